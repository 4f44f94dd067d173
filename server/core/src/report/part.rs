//! Binds the text of one part: its heading, tables, prose and claims.

use super::bind;
use super::claims::Cues;
use super::fold::fold;
use super::kept_claims::{Prose, kept_claims};
use super::lexicon::Lexicon;
use super::marks::HeadingMark;
use super::model::{BoundTable, Heading, Part};
use super::paragraphs::{are_joined, joined_lines};
use super::templates::{Template, Templates};
use crate::syntax::{CellKind, Cut, Shape};
use crate::text::TextRange;

/// What stands in for a table that is no text; each begins with `!`, `<` or a full stop.
const PICTURES: &[&str] = &["![", "<img", ".png", ".jpg", ".jpeg", ".gif", ".bmp"];

/// A part to bind: a pure function of these.
pub(crate) struct Source<'a> {
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) cues: &'a Cues,
    pub(crate) text: &'a str,
    pub(crate) cut: &'a Cut,
    /// The heading in the first line.
    pub(crate) heading: Option<&'a HeadingMark>,
    pub(crate) family: usize,
    /// The form that the report's year calls for.
    pub(crate) form: usize,
    /// The same part under the same form before an edit, with its text: what it says need not be read again. It decides nothing.
    pub(crate) before: Option<(&'a Part, &'a str)>,
    /// Tables of other parts, one of which may be this one's but for its figures. They decide nothing.
    pub(crate) templates: Option<&'a Templates>,
    /// The one that all its lines were taken from.
    pub(crate) template: Option<&'a Template>,
}

/// Binds a part.
pub(crate) fn part(source: &Source<'_>) -> Part {
    let section = source.heading.and_then(|heading| heading.section).map(|(_, section)| section);
    let heading = source.heading.map(|mark| heading(source.text, mark));
    let from_line = usize::from(heading.is_some());
    let own = bind::Source {
        lexicon: source.lexicon,
        text: source.text,
        cut: source.cut,
        from_line,
        family: source.family,
        form: source.form,
        section,
    };
    let tables = match source.templates {
        Some(templates) => templates.bind(&own, source.template),
        None => bind::bind(&own),
    };
    let prose = prose(source, heading.as_ref(), &tables);
    let joined = joined_lines(source.text, &prose);
    let form = &source.lexicon.forms[source.form];
    let before = source.before.map(|(part, text)| {
        let Part { prose: lines, joined, .. } = part;
        (Prose { text, lines, joined }, part.claims.as_slice())
    });
    let lines = Prose { text: source.text, lines: &prose, joined: &joined };
    let claims = kept_claims(form, source.cues, &lines, before);
    let has_content = source.cut.lines.iter().skip(from_line).any(|line| line.cells > 0)
        || heading.is_some() && prose.first().is_some_and(|it| runs_in(*it, source.cut));
    let has_picture = has_picture(source.text.as_bytes());
    Part { heading, tables, claims, prose, joined, has_content, has_picture }
}

fn heading(text: &str, mark: &HeadingMark) -> Heading {
    Heading {
        section: mark.section.map(|(_, section)| section),
        range: mark.range,
        numeral: mark.numeral,
        number: mark.number,
        wording: mark.wording,
        text: fold(&text[mark.wording.to_range()]),
    }
}

/// Words behind the heading on its own line: 六、其他需要报告的事项：无。
fn runs_in(prose: TextRange, cut: &Cut) -> bool {
    cut.lines.first().is_some_and(|line| prose.start < line.len)
}

fn has_picture(text: &[u8]) -> bool {
    let begins = |at: usize, mark: &str| {
        let mark = mark.as_bytes();
        text.get(at + 1) == mark.get(1) && text[at..].starts_with(mark)
    };
    memchr::memchr3_iter(b'!', b'<', b'.', text)
        .any(|at| PICTURES.iter().any(|mark| begins(at, mark)))
}

/// Running text: what is neither heading, table nor blank.
fn prose(source: &Source<'_>, heading: Option<&Heading>, tables: &[BoundTable]) -> Vec<TextRange> {
    let mut prose = Vec::new();
    // By its start, the farthest end of what begins there or before: a text may hold a table many thousand times.
    let mut reach: Vec<TextRange> = tables.iter().map(|table| table.range).collect();
    reach.sort_unstable();
    let mut farthest = 0;
    for table in &mut reach {
        farthest = farthest.max(table.end);
        table.end = farthest;
    }
    let in_table = |range: TextRange| {
        let before = reach.partition_point(|table| table.start <= range.start);
        before.checked_sub(1).is_some_and(|last| range.end <= reach[last].end)
    };
    let mut add = |range: TextRange| {
        if !range.is_empty() && !in_table(range) {
            prose.push(range);
        }
    };
    let mut pieces = Pieces::default();
    for view in source.cut.iter() {
        let (Some(first), Some(last)) = (view.cells.first(), view.cells.last()) else { continue };
        if view.line.shape == Shape::Markup {
            for cell in view.cells.iter().filter(|cell| cell.kind != CellKind::Blank) {
                let piece = cell.range.shifted(view.start);
                if heading.is_none_or(|heading| piece.start >= heading.range.end) {
                    pieces.add(source.text, piece, cell.kind == CellKind::Text, &mut add);
                }
            }
            continue;
        }
        let mut range = match view.line.shape {
            Shape::Commas => view.words().unwrap_or_default(),
            _ => first.range.cover(last.range).shifted(view.start),
        };
        if let Some(heading) = heading.filter(|heading| range.start < heading.range.end) {
            let rest = source.text.get(heading.range.end as usize..range.end as usize);
            let marks = ['。', '：', ':', '；', '，', ',', '*', '#', '|'];
            let is_mark = |c: char| c.is_whitespace() || marks.contains(&c);
            let words = rest.unwrap_or("").trim_start_matches(is_mark);
            range.start = range.end - words.len() as u32;
        }
        add(range);
    }
    prose
}

/// Pieces of text between the tags of HTML. A figure alone is none, but it may be a piece of a sentence: 收到申请<span>12</span>件.
#[derive(Default)]
struct Pieces {
    last: Option<TextRange>,
    /// Figures that the next words may go on from.
    figures: Vec<TextRange>,
}

impl Pieces {
    fn add(
        &mut self,
        text: &str,
        piece: TextRange,
        is_words: bool,
        add: &mut impl FnMut(TextRange),
    ) {
        let follows = |before: Option<&TextRange>| {
            before.is_some_and(|before| are_joined(text, *before, piece))
        };
        let goes_on = follows(self.last.as_ref());
        if !follows(self.figures.last()) {
            self.figures.clear();
        }
        if !is_words && !goes_on {
            self.figures.push(piece);
            return;
        }
        self.figures.drain(..).for_each(&mut *add);
        add(piece);
        self.last = Some(piece);
    }
}
