//! Everything of gouji that touches the disk and no protocol: configuration, forms on disk, decoding, walking, atomic writes; and the output
//! that command line and editor share.

pub mod config;
pub mod decode;
pub mod export;
pub mod file;
pub mod output;
pub mod walk;
