//! Everything of gouji that touches the disk and no protocol: configuration, forms on disk, decoding, walking, atomic writes.

pub mod config;
pub mod decode;
pub mod file;
pub mod walk;
