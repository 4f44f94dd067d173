//! A stretch of text between two borders, with its cut and its marks: a pure function of its text and the forms.

use std::ops::Range;
use std::sync::Arc;

use crate::engine::Engine;
use crate::report::{Content, HeadingMark, Lexicon, Mark, Marked, Template, Typed, mark};
use crate::rules::Directive;
use crate::syntax::{CellKind, Cut, Edited, Line, LineView, Shape, State, is_visible};
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

/// A document whose borders are looked for.
pub(super) struct Whole<'t> {
    text: &'t str,
    cut: Cut,
    pub(super) marks: Vec<Marked>,
    known: Vec<Known>,
}

/// Lines that were taken from a template: the index of the first one, and the template.
type Known = (usize, Arc<Template>);

impl<'t> Whole<'t> {
    /// Cuts and marks a text.
    pub(super) fn new(engine: &Engine, text: &'t str) -> Self {
        let templates = engine.templates().hold();
        // The templates that the text begins with at some line, by those lines.
        let mut known: Vec<Known> = Vec::new();
        let cut = Cut::with(text, State::default(), |rest, cut| {
            let first = cut.lines.len();
            let (template, len) = templates.cut(rest, cut)?;
            known.push((first, template.clone()));
            Some(len)
        });
        debug_assert!(known.is_empty() || cut == Cut::new(text, State::default()));
        let lexicon = engine.lexicon();
        let mut marks = marks(lexicon, text, &cut, &known);
        debug_assert!(known.is_empty() || marks == self::marks(lexicon, text, &cut, &[]));
        fill(&cut, &mut marks);
        Self { text, cut, marks, known }
    }

    /// All of it in one segment.
    pub(super) fn one(self) -> Segment {
        Segment::finish(self.text.into(), self.cut, self.marks, is_visible(self.text))
    }

    /// Splits the text into segments that begin at `lines`, the first of which must be line 0. Each comes with the template that all of it was taken from,
    /// if there is one.
    pub(super) fn split(
        &self,
        lines: &[usize],
    ) -> impl Iterator<Item = (Segment, Option<Arc<Template>>)> {
        let mut cells = &*self.cut.cells;
        let mut marks = self.marks.iter().peekable();
        let mut known = self.known.iter().peekable();
        let mut entry = self.cut.entry;
        let mut start = 0;
        lines.iter().enumerate().map(move |(at, &first)| {
            let last = lines.get(at + 1).copied().unwrap_or(self.cut.lines.len());
            let lines = self.cut.lines[first..last].to_vec();
            let (mut len, mut count) = (0, 0);
            for line in &lines {
                len += line.len as usize;
                count += line.cells as usize;
            }
            let (own, behind) = cells.split_at(count);
            cells = behind;
            let cut = Cut { lines, cells: own.to_vec(), entry };
            entry = cut.exit();
            let mut own = Vec::new();
            while let Some(marked) = marks.next_if(|marked| marked.line < last) {
                own.push(Marked { line: marked.line - first, ..marked.clone() });
            }
            let text = &self.text[start..start + len];
            start += len;
            while known.next_if(|(line, _)| *line < first).is_some() {}
            let is_all = |known: &&Known| known.0 == first && first + known.1.lines() == last;
            let template =
                known.peek().copied().filter(is_all).map(|(_, template)| template.clone());
            let is_visible = template.as_ref().map_or_else(|| is_visible(text), |it| it.is_visible);
            (Segment::finish(text.into(), cut, own, is_visible), template)
        })
    }
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

    fn finish(text: Arc<str>, cut: Cut, mut marks: Vec<Marked>, is_visible: bool) -> Self {
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

/// The marks of all lines. Those of lines that were taken from a template come from it.
fn marks(lexicon: &Lexicon, text: &str, cut: &Cut, known: &[Known]) -> Vec<Marked> {
    let mut marks = Vec::new();
    let mut known = known.iter().peekable();
    let mut views = cut.iter();
    while let Some(view) = views.next() {
        let Some((first, template)) = known.next_if(|(first, _)| *first == view.index) else {
            marks.extend(marked(lexicon, text, view));
            continue;
        };
        marks.extend(template.marks.iter().map(|(line, mark)| Marked {
            line: first + line,
            mark: mark.clone(),
            content: Content::Nothing,
        }));
        if let Some(others) = template.lines().checked_sub(2) {
            views.nth(others);
        }
    }
    marks
}

fn marked(lexicon: &Lexicon, text: &str, view: LineView<'_>) -> Option<Marked> {
    let mark: Mark = mark(lexicon, text, view)?;
    Some(Marked { line: view.index, mark, content: Content::Nothing })
}

/// Sets what stands between the marks.
fn fill(cut: &Cut, marks: &mut [Marked]) {
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
