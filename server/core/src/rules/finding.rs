//! Findings, with their fixes and data.

use rust_decimal::Decimal;

use super::{Cure, Severity};
use crate::report::Place;

/// Index of a rule in [`crate::rules::Registry`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleIndex(pub u16);

/// One finding, with places that count from their parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Which rule.
    pub rule: RuleIndex,
    /// The configured severity. In a draft it may be shown as a hint: see `Found::severity`.
    pub severity: Severity,
    /// What is wrong, with the figures, and what to do (Chinese).
    pub message: String,
    /// Where.
    pub place: Place,
    /// Other places that take part.
    pub related: Vec<Related>,
    /// Ways to settle it, the best first.
    pub fixes: Vec<Fix>,
    /// The changes of one figure that would settle it, by which findings of the same cause are recognised.
    pub cures: Vec<Cure>,
    /// What other rules found of the same cause, and where: it is told with this one.
    pub explains: Vec<(RuleIndex, Place)>,
    /// Figures for programs.
    pub data: Data,
    /// Whether something is only not written yet, so that more writing would settle it.
    pub is_unfinished: bool,
}

/// Another place that takes part in a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    /// What stands there: （一）予以公开 78.
    pub message: String,
    /// Where.
    pub place: Place,
}

/// One way to settle a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// What it does.
    pub title: String,
    /// Whether it may run unattended.
    pub applicability: Applicability,
    /// All its edits; they do not overlap.
    pub edits: Vec<Edit>,
}

/// Whether a fix may run unattended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applicability {
    /// Changes no number, year or citation, deletes no sentence, and brings no new finding.
    Safe,
    /// The author decides.
    Choice,
}

/// A replacement.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// What is replaced.
    pub place: Place,
    /// By what.
    pub text: String,
}

/// Figures of a finding, for programs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Data {
    /// The difference between two figures that should be equal.
    pub difference: Option<Decimal>,
    /// The broken relations, for a finding on sums.
    pub relations: Vec<BrokenRelation>,
    /// How many minimal repairs there are, of which `fixes` shows the best.
    pub repairs: Option<usize>,
}

/// One broken relation of a finding on sums.
#[derive(Debug, Clone, PartialEq)]
pub struct BrokenRelation {
    /// Its id.
    pub id: String,
    /// Column, row or group: 自然人.
    pub scope: String,
    /// Keys of the cells of the left side.
    pub left_cells: Vec<String>,
    /// Keys of the cells of the right side.
    pub right_cells: Vec<String>,
    /// Sum of the left side.
    pub left: Decimal,
    /// Sum of the right side.
    pub right: Decimal,
    /// Left minus right.
    pub difference: Decimal,
}

impl Finding {
    /// A finding without related places, fixes or figures. Its rule and severity are set by [`Sink::push`](super::Sink::push).
    pub fn new(place: Place, message: impl Into<String>) -> Self {
        Self {
            rule: RuleIndex(0),
            severity: Severity::Hint,
            message: message.into(),
            place,
            related: Vec::new(),
            fixes: Vec::new(),
            cures: Vec::new(),
            explains: Vec::new(),
            data: Data::default(),
            is_unfinished: false,
        }
    }

    /// Sets whether more writing would settle the finding.
    #[must_use]
    pub(crate) fn unfinished(self, is_unfinished: bool) -> Self {
        Self { is_unfinished, ..self }
    }

    /// The finding of a line, in its place: `by` bytes further on, in `part`.
    pub(crate) fn placed(mut self, part: usize, by: usize) -> Self {
        self.places().for_each(|place| *place = Place::new(part, place.range.shifted(by)));
        self
    }

    /// All its places.
    pub(crate) fn places(&mut self) -> impl Iterator<Item = &mut Place> {
        let edits = self.fixes.iter_mut().flat_map(|fix| &mut fix.edits);
        std::iter::once(&mut self.place)
            .chain(self.related.iter_mut().map(|it| &mut it.place))
            .chain(edits.map(|edit| &mut edit.place))
            .chain(self.cures.iter_mut().map(|cure| &mut cure.place))
    }

    /// Adds a related place.
    #[must_use]
    pub fn related(mut self, place: Place, message: impl Into<String>) -> Self {
        self.related.push(Related { message: message.into(), place });
        self
    }

    /// Adds changes of one figure that would settle the finding; impossible ones are left out.
    #[must_use]
    pub(crate) fn cured_by(mut self, cures: impl IntoIterator<Item = Cure>) -> Self {
        self.cures.extend(cures.into_iter().filter(Cure::is_possible));
        self
    }

    /// Adds a fix.
    #[must_use]
    pub fn fix(
        mut self,
        title: impl Into<String>,
        applicability: Applicability,
        edits: Vec<Edit>,
    ) -> Self {
        self.fixes.push(Fix { title: title.into(), applicability, edits });
        self
    }
}

impl Edit {
    /// Puts `text` in place of what stands at `place`.
    pub fn new(place: Place, text: impl Into<String>) -> Self {
        Self { place, text: text.into() }
    }
}
