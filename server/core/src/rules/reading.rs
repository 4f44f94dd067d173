//! Paragraphs of a report with what they say, for checks of whole reports.

use std::borrow::Cow;
use std::ops::Range;

use super::context::PartOf;
use crate::report::{Facts, Paragraph};
use crate::text::TextRange;

/// A paragraph with its facts; digits of full width are read as ASCII ones.
pub(crate) struct Reading<'a> {
    paragraph: Paragraph<'a>,
    facts: Cow<'a, Facts>,
}

impl<'a> PartOf<'_, 'a> {
    /// The paragraphs in which these lines of its running text stand, which ascend.
    pub(crate) fn readings_of(self, lines: impl Iterator<Item = TextRange>) -> Vec<Reading<'a>> {
        let read = |paragraph: Paragraph<'a>| {
            // Facts of a line that is a paragraph are known.
            let known = paragraph.as_line().and_then(|line| self.facts_of(line));
            if let Some(known) = known.filter(|_| !paragraph.has_wide_digits()) {
                return Reading { paragraph, facts: Cow::Borrowed(known) };
            }
            let paragraph = paragraph.with_ascii_digits();
            let facts = Cow::Owned(Facts::read(&paragraph.words));
            Reading { paragraph, facts }
        };
        self.paragraphs_of(lines).into_iter().map(read).collect()
    }
}

impl Reading<'_> {
    pub(crate) fn words(&self) -> &str {
        &self.paragraph.words
    }

    pub(crate) fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Where a range of its words stands in the part.
    pub(crate) fn place(&self, range: Range<usize>) -> TextRange {
        self.paragraph.place(range.into())
    }
}
