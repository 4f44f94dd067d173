//! A stretch of text between two borders, with its cut and its marks: a pure function of its text and the forms.

use std::ops::Range;
use std::sync::Arc;

use crate::report::{Content, HeadingMark, Lexicon, Mark, Marked, Typed, mark};
use crate::rules::Directive;
use crate::syntax::{CellKind, Cut, Edited, Line, LineView, Shape, is_visible};
use crate::text::TextRange;

/// A part's text, or the whole text of a document without a report.
#[derive(Debug, PartialEq)]
pub(super) struct Segment {
    pub(super) text: Arc<str>,
    pub(super) cut: Cut,
    pub(super) marks: Vec<Marked>,
    pub(super) directives: Vec<Placed>,
    /// Whether it has no invisible characters.
    pub(super) is_visible: bool,
}

/// A suppression and the line that it applies to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub(super) directive: Directive,
    /// First byte of the directive's line.
    pub(super) start: usize,
    /// The line that it applies to; empty, at the end of the segment, if that is the first line of the next one.
    pub(super) target: TextRange,
}

impl Segment {
    /// The segment after an edit of its text, and the figure that was edited if nothing else was.
    pub(super) fn edited(
        &self,
        lexicon: &Lexicon,
        range: Range<usize>,
        insert: &str,
    ) -> (Self, Option<Typed>) {
        let mut text = String::with_capacity(self.text.len() + insert.len());
        text.push_str(&self.text[..range.start]);
        text.push_str(insert);
        text.push_str(&self.text[range.end..]);
        let edited = self.cut.edited(&text, range.clone(), insert.len());
        let typed = self.typed(&edited, &range, insert.len());
        let mut marks: Vec<Marked> =
            self.marks.iter().filter(|marked| marked.line < edited.stale.start).cloned().collect();
        for view in edited.cut.iter().skip(edited.fresh.start).take(edited.fresh.len()) {
            marks.extend(marked(lexicon, &text, view));
        }
        for kept in self.marks.iter().filter(|marked| marked.line >= edited.stale.end) {
            marks.push(Marked {
                line: kept.line - edited.stale.len() + edited.fresh.len(),
                ..kept.clone()
            });
        }
        let is_visible = self.is_visible && is_visible(insert) || is_visible(&text);
        (Self::finish(text.into(), edited.cut, marks, is_visible), typed)
    }

    /// The number cell that holds the whole edit, if nothing but its length has changed among the cells.
    fn typed(&self, edited: &Edited, range: &Range<usize>, inserted: usize) -> Option<Typed> {
        let (stale, fresh) = (&edited.stale, &edited.fresh);
        if stale.len() != fresh.len() {
            return None;
        }
        let mut found: Option<Typed> = None;
        let old = self.cut.iter().skip(stale.start).take(stale.len());
        for (old, new) in old.zip(edited.cut.iter().skip(fresh.start)) {
            let line =
                |view: &LineView<'_>| (view.line.shape, view.line.line_break, view.line.exit);
            if line(&old) != line(&new) || old.cells.len() != new.cells.len() {
                return None;
            }
            for (was, is) in old.cells.iter().zip(new.cells) {
                if (was.kind, was.column, was.opens_row) != (is.kind, is.column, is.opens_row) {
                    return None;
                }
                let (from, to) = (was.range.shifted(old.start), is.range.shifted(new.start));
                let holds = from.start as usize <= range.start && range.end <= from.end as usize;
                let grown = from.len() + inserted == to.len() + range.len();
                match found {
                    Some(it) if from.start < it.from.end => return None,
                    Some(it) if from.start - it.from.end != to.start - it.to.end => return None,
                    None if holds
                        && grown
                        && from.start == to.start
                        && was.kind == CellKind::Number =>
                    {
                        found = Some(Typed { from, to });
                    }
                    None if from != to => return None,
                    Some(_) | None => {}
                }
            }
        }
        found
    }

    pub(super) fn finish(
        text: Arc<str>,
        cut: Cut,
        mut marks: Vec<Marked>,
        is_visible: bool,
    ) -> Self {
        fill(&cut, &mut marks);
        let directives = if cut.lines.iter().any(|line| line.shape == Shape::Directive) {
            directives(&text, &cut)
        } else {
            Vec::new()
        };
        Self { text, cut, marks, directives, is_visible }
    }

    /// The segment without what is needed only to bind or edit it.
    pub(super) fn settled(&self) -> Self {
        let (text, directives) = (self.text.clone(), self.directives.clone());
        Self {
            text,
            cut: Cut::default(),
            marks: Vec::new(),
            directives,
            is_visible: self.is_visible,
        }
    }

    /// The heading in the first line.
    pub(super) fn heading(&self) -> Option<HeadingMark> {
        match self.marks.first() {
            Some(Marked { line: 0, mark: Mark::Heading(heading), .. }) => Some(heading.clone()),
            _ => None,
        }
    }

    /// Whether the borders of the document would be the same with `other` in the place of this segment.
    pub(super) fn same_borders(&self, other: &Self) -> bool {
        self.marks.len() == other.marks.len()
            && self
                .marks
                .iter()
                .zip(&other.marks)
                .all(|(a, b)| a.mark.same_border(&b.mark) && a.content == b.content)
            && self.marks.first().map(|it| it.line == 0)
                == other.marks.first().map(|it| it.line == 0)
            && self.cut.exit() == other.cut.exit()
            && self.directives.len() == other.directives.len()
            && self
                .directives
                .iter()
                .zip(&other.directives)
                .all(|(a, b)| a.directive == b.directive)
            && self.has_content() == other.has_content()
    }

    fn has_content(&self) -> bool {
        let first = self.marks.first().map_or(self.cut.lines.len(), |marked| marked.line);
        self.cut.lines[..first].iter().any(|line| line.cells > 0)
    }
}

pub(super) fn marked(lexicon: &Lexicon, text: &str, view: LineView<'_>) -> Option<Marked> {
    let mark: Mark = mark(lexicon, text, view)?;
    Some(Marked { line: view.index, mark, content: Content::Nothing })
}

/// Sets what stands between the marks.
pub(super) fn fill(cut: &Cut, marks: &mut [Marked]) {
    for at in 0..marks.len() {
        let end = marks.get(at + 1).map_or(cut.lines.len(), |next| next.line);
        marks[at].content = content(&cut.lines[marks[at].line + 1..end]);
    }
}

fn content(lines: &[Line]) -> Content {
    const FEW: usize = 6;
    const SHORT: u32 = 60;
    let mut filled = lines.iter().filter(|line| line.cells > 0);
    let mut count = 0;
    let long = filled.find(|line| {
        count += 1;
        count > FEW || line.len > SHORT
    });
    match (long, count) {
        (Some(_), _) => Content::Much,
        (None, 0) => Content::Nothing,
        (None, _) => Content::Little,
    }
}

fn directives(text: &str, cut: &Cut) -> Vec<Placed> {
    let mut placed: Vec<Placed> = Vec::new();
    let mut waiting = 0;
    for view in cut.iter() {
        if view.line.shape == Shape::Directive {
            if let Some(directive) =
                Directive::read(&text[view.start..view.start + view.line.len as usize])
            {
                placed.push(Placed {
                    directive,
                    start: view.start,
                    target: TextRange::empty(text.len()),
                });
            }
            continue;
        }
        for it in &mut placed[waiting..] {
            it.target = TextRange::new(view.start, view.start + view.line.len as usize);
        }
        waiting = placed.len();
    }
    placed
}
