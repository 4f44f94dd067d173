//! `--diff`: what `--fix` would change, as a unified diff that `patch -p0` takes.

use similar::TextDiff;

use super::{File, Format};
use crate::check::totals::Totals;

/// The format of `--diff`.
pub(crate) struct Diff;

impl Format for Diff {
    fn file(&self, file: &File<'_>) -> Vec<u8> {
        let Some((before, after)) = file.change else { return Vec::new() };
        let diff = TextDiff::from_lines(before, after);
        diff.unified_diff().header(file.path, file.path).to_string().into_bytes()
    }

    fn end(&self, _totals: &Totals) -> Vec<u8> {
        Vec::new()
    }
}
