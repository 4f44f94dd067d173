//! A document is read window by window, so that what is needed only to find and split its reports takes the memory of a few reports, and not that of a text
//! of a thousand.

use std::sync::Arc;

use super::segment::{Segment, fill, marked};
use crate::engine::Engine;
use crate::report::{Content, Lexicon, Marked, ReportBorders, Template, borders};
use crate::syntax::{Cut, State, is_visible};

/// Bytes of the first window. It is small, because its reports become templates for the others.
const FIRST: usize = if cfg!(debug_assertions) { 1 << 12 } else { 1 << 16 };
/// Bytes of the others, unless they hold too few reports.
const USUAL: usize = 8 * FIRST;

/// The windows of a text, each with the borders of its reports. A text without reports is one window.
pub(super) struct Windows<'t> {
    engine: &'t Engine,
    rest: &'t str,
    /// The state before the rest.
    entry: State,
    /// Bytes of the next window.
    len: usize,
    /// Bytes of those behind it, unless they hold too few reports.
    usual: usize,
    is_over: bool,
}

/// Some lines of a document, all of it if that holds no report.
pub(super) struct Window<'t> {
    text: &'t str,
    cut: Cut,
    marks: Vec<Marked>,
    known: Vec<Known>,
}

/// Lines that were taken from a template: the index of the first one, and the template.
type Known = (usize, Arc<Template>);

impl<'t> Windows<'t> {
    /// The windows of a text.
    pub(super) fn new(engine: &'t Engine, text: &'t str) -> Self {
        Self {
            engine,
            rest: text,
            entry: State::default(),
            len: FIRST,
            usual: USUAL,
            is_over: false,
        }
    }

    /// The whole text as one window.
    pub(super) fn one(engine: &'t Engine, text: &'t str) -> Self {
        Self { len: text.len(), ..Self::new(engine, text) }
    }
}

impl<'t> Iterator for Windows<'t> {
    type Item = (Window<'t>, Vec<ReportBorders>);

    fn next(&mut self) -> Option<Self::Item> {
        // Whether a title opens a report depends on what stands between it and the next title. So in a window that ends before the text does, the last
        // title may be misjudged, and with it the end of the report before, and whether that is one. The report before those begins where it should.
        const UNSURE: usize = 3;
        while !self.is_over {
            let (text, behind) = lines(self.rest, self.len);
            let mut window = Window::new(self.engine, text, self.entry);
            let mut found = borders(self.engine.lexicon(), &window.marks);
            self.is_over = behind.is_empty();
            if !self.is_over {
                let sure = found.len().saturating_sub(UNSURE);
                if sure == 0 {
                    self.len = self.len.saturating_mul(4);
                    continue;
                }
                window.end_at(found[sure].parts[0].line);
                found.truncate(sure);
                self.len = self.len.max(self.usual);
            }
            self.rest = &self.rest[window.text.len()..];
            self.entry = window.cut.exit();
            return Some((window, found));
        }
        None
    }
}

/// The first lines of a text, `least` bytes or more, and the others.
fn lines(text: &str, least: usize) -> (&str, &str) {
    let behind = text.as_bytes().get(least..).unwrap_or_default();
    let end = memchr::memchr(b'\n', behind).map_or(text.len(), |end| least + end + 1);
    text.split_at(end)
}

impl<'t> Window<'t> {
    /// Cuts and marks some lines, before which `entry` is the state.
    fn new(engine: &Engine, text: &'t str, entry: State) -> Self {
        let templates = engine.templates().hold();
        // The templates that the text begins with at some line, by those lines.
        let mut known: Vec<Known> = Vec::new();
        let cut = Cut::with(text, entry, |rest, cut| {
            let first = cut.lines.len();
            let (template, len) = templates.cut(rest, cut)?;
            known.push((first, template.clone()));
            Some(len)
        });
        debug_assert!(known.is_empty() || cut == Cut::new(text, entry));
        let lexicon = engine.lexicon();
        let mut marks = marks(lexicon, text, &cut, &known);
        debug_assert!(known.is_empty() || marks == self::marks(lexicon, text, &cut, &[]));
        fill(&cut, &mut marks);
        Self { text, cut, marks, known }
    }

    /// Drops the lines from this one on.
    fn end_at(&mut self, line: usize) {
        let (mut len, mut cells) = (0, 0);
        for line in self.cut.lines.drain(line..) {
            len += line.len as usize;
            cells += line.cells as usize;
        }
        self.text = &self.text[..self.text.len() - len];
        self.cut.cells.truncate(self.cut.cells.len() - cells);
        self.marks.truncate(self.marks.partition_point(|marked| marked.line < line));
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

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use gouji_generator::Random;

    use super::*;
    use crate::report::PartBorder;

    const LINES: &[&str] = &[
        "青石县水利局2021年政府信息公开工作年度报告",
        "Page 7 - 青石县水利局2021年政府信息公开工作年度报告",
        "青石县水利局",
        "青石大学2020-2021学年信息公开工作年度报告",
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
        "（一）主动公开政府信息情况",
        "（二）收到和处理政府信息公开申请情况",
        "1.总体情况",
        "一、加强领导",
        "本年度收到申请31件。",
        "| 申请 | 3 | 1 |",
        "<table><tr><td>",
        "3</td></tr></table>",
        "",
    ];

    /// Reports of all kinds, whole, torn, listed and repeated.
    fn text(random: &mut Random) -> String {
        let mut text = String::new();
        for _ in 0..2 + random.below(12) {
            let (start, end) =
                if random.chance(60) { (0, 15) } else { (random.below(9), 10 + random.below(9)) };
            for (at, line) in LINES.iter().enumerate().take(end).skip(start) {
                if matches!(at, 0 | 4..=9) && random.chance(90) || random.chance(20) {
                    text += line;
                    text += if random.chance(95) { "\n" } else { "\r\n" };
                }
                for _ in 0..random.below(9) * usize::from(random.chance(20)) {
                    text += "全县各部门加强组织领导，完善制度，主动公开各类政府信息。\n";
                }
            }
        }
        text
    }

    /// The bytes of each report and each part's first line and heading.
    type Found = Vec<(Range<usize>, usize, Vec<PartBorder>)>;

    fn found(windows: Windows<'_>) -> (usize, Found) {
        let (mut all, mut start, mut line, mut count) = (Found::new(), 0, 0, 0);
        for (window, reports) in windows {
            let starts: Vec<usize> =
                window.cut.iter().map(|view| view.start).chain([window.text.len()]).collect();
            for (at, report) in reports.iter().enumerate() {
                let next = reports.get(at + 1).map_or(starts.len() - 1, |next| next.parts[0].line);
                let parts = report
                    .parts
                    .iter()
                    .map(|part| PartBorder { line: line + part.line, ..part.clone() });
                let bytes = start + starts[report.parts[0].line]..start + starts[next];
                all.push((bytes, report.family, parts.collect()));
            }
            start += window.text.len();
            line += window.cut.lines.len();
            count += 1;
        }
        (count, all)
    }

    #[test]
    fn windows_of_any_size_hold_the_reports_of_the_whole_text() {
        let engine = Engine::builtin();
        let mut random = Random::new(7);
        let (mut windows, mut reports) = (0, 0);
        for round in 0..400 {
            let text = text(&mut random);
            let (_, whole) = found(Windows::one(&engine, &text));
            for len in [1, 300, 700, 1500, 4000] {
                let small = Windows { len, usual: len, ..Windows::new(&engine, &text) };
                let (count, all) = found(small);
                assert_eq!(all, whole, "round {round}, windows of {len} bytes\n{text}");
                windows += count - 1;
            }
            reports += whole.len();
        }
        assert!(windows > 400 && reports > 800, "{windows} more windows, {reports} reports");
    }
}
