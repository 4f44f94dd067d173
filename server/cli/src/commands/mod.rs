//! One file a command.

pub(crate) mod check;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod lsp;
pub(crate) mod new;
pub(crate) mod rules;
