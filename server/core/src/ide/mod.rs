//! What an editor shows besides findings: plain functions on a snapshot.
//!
//! Types are core's own, and ranges are byte ranges of the document; the server converts them to the protocol's. A function that takes a cursor looks
//! only at the part that holds it and at figures that are already bound, and runs no checks.

mod completion;
mod fixes;
mod folding;
mod format;
mod highlight;
mod hover;
mod inlay;
mod lens;
mod links;
mod markup;
mod navigation;
mod preview;
mod preview_table;
mod relations;
mod rename;
mod rewrite;
mod selection;
mod symbols;
mod target;
#[cfg(test)]
mod testing;
mod tokens;

pub use crate::form::skeleton::{SkeletonLayout, heading, skeleton, title};
pub use completion::{Completion, CompletionKind, Situation, Stop, completions};
pub use fixes::{SafeFixes, apply_edits, fix_edits, safe_fix, safe_fixes};
pub use folding::folds;
pub use format::{AmbiguousWidth, Edits, FormatOptions, format, format_range, format_typed};
pub use highlight::{Highlight, HighlightKind, highlights};
pub use hover::{Hover, hover};
pub use inlay::{Hint, HintKind, HintKinds, hints};
pub use lens::{Lens, TableAt, tables_with_relations};
pub use links::{Link, links};
pub use markup::Markup;
pub use navigation::{Definition, definition, references};
pub use preview::{
    Piece, PreviewBlock, PreviewCell, PreviewCellKind, PreviewItem, PreviewLabel, PreviewRelation,
    PreviewRow, PreviewTable, PreviewWords, Standing, Stray, Tally, WordsKind, preview, tally,
};
pub use rename::{Naming, Subject, naming};
pub use rewrite::{Rewrite, rewritten};
pub use selection::selections;
pub use symbols::{Symbol, SymbolKind, symbols};
pub use tokens::{Token, TokenKind, tokens};
