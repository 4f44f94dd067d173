//! What an editor shows besides findings: plain functions on a snapshot.

pub use crate::form::skeleton::{
    SkeletonLayout, heading, section_text, skeleton, table_text, title,
};
