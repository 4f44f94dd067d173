//! Rewrites a table by its form: the same figures in a layout that is easy to read and edit.

use std::collections::HashMap;
use std::ops::Range;

use crate::form::skeleton::{SkeletonLayout, table_with};
use crate::form::{Table, ValueKind};
use crate::report::{BoundTable, Fit, Layout, Place, Value, fold, is_traditional};
use crate::snapshot::{ReportView, Snapshot};
use crate::syntax::{CellKind, Shape};
use crate::text::{Text, TextRange, line_break};

/// A table in another layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrite {
    /// What messages call the table: 表三.
    pub name: String,
    /// What is replaced, in bytes of the document.
    pub range: Range<usize>,
    /// What stands there then, with the document's own line ends.
    pub text: String,
}

/// The table that `range` touches, rewritten in `layout`: labels become the form's, figures stay as they are written, blanks stay blank.
///
/// `None` if there is no table, if its figures or its other words are not known for certain, or if it looks like that already.
pub fn rewritten(
    snapshot: &Snapshot,
    range: &Range<usize>,
    layout: SkeletonLayout,
) -> Option<Rewrite> {
    let spot = snapshot.spot(range.start)?;
    let (report, from) = (spot.report, spot.at);
    let to = from + range.len();
    let tables = &report.report.parts.get(spot.part)?.tables;
    tables.iter().filter(|table| table.unreadable.is_none()).find_map(|table| {
        let page = Page { report, part: spot.part, text: report.text(spot.part), table };
        let place = page.place()?;
        let touched = place.start as usize <= to && from <= place.end as usize;
        touched.then(|| page.rewrite(place, layout)).flatten()
    })
}

struct Page<'a> {
    report: ReportView<'a>,
    part: usize,
    text: &'a str,
    table: &'a BoundTable,
}

impl Page<'_> {
    /// The lines of the table, or its element in HTML.
    fn place(&self) -> Option<TextRange> {
        let range = self.table.range.to_range();
        let (before, behind) = (self.text.get(..range.start)?, self.text.get(range.end..)?);
        if self.table.layout == Layout::Html {
            let start = before.rfind("<table")?;
            let end = range.end + behind.find("</table>")? + "</table>".len();
            let inside = self.text.get(start..end)?;
            // Of nested tables only the innermost is one.
            let is_one = inside.matches("<table").count() == inside.matches("</table>").count();
            return is_one.then(|| TextRange::new(start, end));
        }
        let breaks = ['\n', '\r'];
        let start = before.rfind(breaks).map_or(0, |at| at + 1);
        let end = behind.find(breaks).map_or(self.text.len(), |at| range.end + at);
        Some(TextRange::new(start, end))
    }

    fn rewrite(&self, place: TextRange, layout: SkeletonLayout) -> Option<Rewrite> {
        let (spec, figures) = self.known()?;
        let labels = table_with(&spec, SkeletonLayout::Tabs, &mut std::iter::empty());
        if !self.holds_only(place, &labels) || !self.says_its_units(&spec) {
            return None;
        }
        let drawn = table_with(&spec, layout, &mut figures.into_iter());
        let ends = line_break(self.text);
        let mut text = drawn.trim_end_matches('\n').replace('\n', ends);
        if self.text.get(place.to_range()) == Some(text.as_str()) {
            return None;
        }
        let range = self.report.range(Place::new(self.part, place));
        part_from_its_neighbours(self.report.snapshot().text(), &range, layout, &mut text);
        Some(Rewrite { name: spec.name.clone(), range, text })
    }

    /// The form's table, with the rows and columns that the document has, and its figures; `None` where one of them belongs to no cell.
    fn known(&self) -> Option<(Table, Vec<String>)> {
        let (table, spec) = (self.table, self.table.spec());
        for row in &table.rows {
            let known = match row.fit {
                Fit::Exact | Fit::Empty => true,
                Fit::Width { .. } | Fit::Duplicate => false,
                Fit::Extra => {
                    row.values.iter().all(|cell| cell.value == Value::Blank)
                        && row.labels.iter().all(|label| label.standard.is_some())
                }
            };
            if !known {
                return None;
            }
        }
        let (mut own, mut figures) = (spec.clone(), Vec::new());
        for (at, block) in own.blocks.iter_mut().enumerate() {
            let has = |row: usize| table.rows.iter().any(|it| it.row == Some((at, row)));
            let rows: Vec<usize> = (0..block.rows.len()).filter(|row| has(*row)).collect();
            let columns = &table.headers.get(at)?.columns;
            for &row in &rows {
                for &column in columns {
                    figures.push(self.figure(spec.cell_at(at, row, column))?);
                }
            }
            block.rows = rows.iter().map(|&row| block.rows[row].clone()).collect();
            block.columns =
                columns.iter().filter_map(|&column| block.columns.get(column).cloned()).collect();
        }
        let shown = |at: usize| table.headers.get(at).is_some_and(|header| header.range.is_some());
        let mut at = 0;
        own.blocks.retain(|block| {
            at += 1;
            !block.rows.is_empty() || shown(at - 1)
        });
        Some((own, figures))
    }

    /// A figure as it is written; `None` for one that would not be the same figure elsewhere.
    fn figure(&self, cell: usize) -> Option<String> {
        let Some(cell) = self.table.cell(cell) else { return Some(String::new()) };
        let written = self.text.get(cell.range.to_range())?;
        let plain = !written.contains(['|', '\t', '\n', '\r', '<', '&', '\\']);
        (plain && cell.value != Value::Unknown).then(|| written.to_owned())
    }

    /// Whether nothing stands at `place` but the figures and what is written on the form. Narrow columns break labels and mix their pieces, so it
    /// is the characters that are counted: all must be among those of `labels`.
    fn holds_only(&self, place: TextRange, labels: &str) -> bool {
        let Some(cut) = self.report.cut(self.part) else { return false };
        let values = self.table.rows.iter().flat_map(|row| &row.values);
        let values: Vec<TextRange> = values.map(|cell| cell.range).collect();
        let mut count: HashMap<char, isize> = HashMap::new();
        for c in fold(labels).chars() {
            *count.entry(c).or_default() += 1;
        }
        let mut only = true;
        for view in cut.iter() {
            if view.start >= place.end as usize {
                break;
            }
            if view.start + view.line.len as usize <= place.start as usize {
                continue;
            }
            if view.line.shape == Shape::Directive {
                return false;
            }
            for cell in view.cells.iter().filter(|cell| cell.kind != CellKind::Blank) {
                let range = cell.range.shifted(view.start);
                let inside = place.start <= range.start && range.end <= place.end;
                if values.contains(&range) {
                    continue;
                }
                let words = self.text.get(range.to_range()).unwrap_or_default();
                let folded = fold(words);
                // A mirror in Traditional characters is converted as a whole or not at all.
                only &= inside && cell.kind == CellKind::Text && !words.chars().any(is_traditional);
                for c in folded.chars() {
                    let left = count.entry(c).or_default();
                    *left -= 1;
                    only &= *left >= 0;
                }
            }
        }
        only
    }

    /// A label that has lost its unit, or has another, must not get the form's: what the figure says would change.
    fn says_its_units(&self, spec: &Table) -> bool {
        let labels = self.table.headers.iter().flat_map(|header| &header.labels);
        let labels: Vec<_> = labels
            .filter_map(|label| Some((label.standard.as_deref()?, label.range.to_range())))
            .collect();
        spec.blocks.iter().flat_map(|block| &block.columns).all(|column| {
            let ValueKind::Amount { unit, .. } = &column.values else { return true };
            let own = labels.iter().filter(|(standard, _)| *standard == column.label.text);
            let mut own = own.filter_map(|(_, range)| self.text.get(range.clone()));
            own.any(|written| fold(written).contains(&fold(unit)))
        })
    }
}

/// A table of Markdown stands between blank lines, any other on lines of its own.
fn part_from_its_neighbours(
    document: &Text,
    range: &Range<usize>,
    layout: SkeletonLayout,
    text: &mut String,
) {
    /// What lies further off does not touch the table.
    const NEAR: usize = 64;
    let ends = line_break(text).to_owned();
    let wanted = if layout == SkeletonLayout::Markdown { 2 } else { 1 };
    let before = document.slice(range.start.saturating_sub(NEAR)..range.start);
    let behind = document.slice(range.end..(range.end + NEAR).min(document.len()));
    if !before.trim().is_empty() {
        let have = breaks(before.chars().rev());
        text.insert_str(0, &ends.repeat(wanted - have.min(wanted)));
    }
    if !behind.trim().is_empty() {
        let have = breaks(behind.chars());
        text.push_str(&ends.repeat(wanted - have.min(wanted)));
    }
}

/// How many line breaks come before the first character that is not blank.
fn breaks(chars: impl Iterator<Item = char>) -> usize {
    let blanks: String = chars.take_while(|c| c.is_whitespace()).collect();
    let (feeds, returns) = (blanks.matches('\n').count(), blanks.matches('\r').count());
    feeds.max(returns)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::ide::testing::{changed, cursor, snapshot};

    fn shown(fixture: &str, layout: SkeletonLayout) -> Option<String> {
        let (snapshot, at) = cursor(fixture);
        let rewrite = rewritten(&snapshot, &(at..at), layout)?;
        let mut text = snapshot.text().to_string();
        text.replace_range(rewrite.range, &rewrite.text);
        Some(text)
    }

    fn lines(text: &str, from: &str, count: usize) -> String {
        let at = text.find(from).expect("the first line");
        text[at..].lines().take(count).fold(String::new(), |all, line| all + line + "\n")
    }

    #[test]
    fn figures_and_blanks_stay_as_they_are_written() {
        let text = changed(&[
            ("规章 | 0 | 0 | 0 |", "规章 | 1,024 | | ０3$0 |"),
            ("行政强制 | 0 |\n", ""),
            ("行政处罚 | 0 |", "行政处罚 | 12件 |"),
        ]);
        let markdown = shown(&text, SkeletonLayout::Markdown).expect("a table");
        expect![[r"
            | 第二十条第（一）项 |  |  |  |
            | --- | --- | --- | --- |
            | 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
            | 规章 | 1,024 |  | ０3 |
            | 行政规范性文件 | 0 | 0 | 0 |
            | 第二十条第（五）项 |  |  |  |
            | 信息内容 | 本年处理决定数量 |  |  |
            | 行政许可 | 0 |  |  |
            | 第二十条第（六）项 |  |  |  |
            | 信息内容 | 本年处理决定数量 |  |  |
            | 行政处罚 | 12件 |  |  |
            | 第二十条第（八）项 |  |  |  |
        "]]
        .assert_eq(&lines(&markdown, "| 第二十条第（一）项", 12));
        let tabs = shown(&text, SkeletonLayout::Tabs).expect("a table");
        assert_eq!(lines(&tabs, "规章\t", 1), "规章\t1,024\t\t０3\n");
    }

    #[test]
    fn every_layout_becomes_markdown_and_says_the_same() {
        for layout in [SkeletonLayout::Pipes, SkeletonLayout::Tabs, SkeletonLayout::Markdown] {
            let text = skeleton_in(layout).replacen("（七）总计", "（七）总计$0", 1);
            for to in [SkeletonLayout::Markdown, SkeletonLayout::Tabs] {
                let Some(written) = shown(&text, to) else {
                    assert_eq!(layout, to);
                    continue;
                };
                assert_ne!(layout, to);
                let plain = text.replacen("$0", "", 1);
                assert_eq!(figures(&written), figures(&plain), "{written}");
                let at = written.find("（七）总计").expect("the row");
                let again = snapshot(&written);
                assert_eq!(rewritten(&again, &(at..at), to), None, "{written}");
            }
        }
    }

    fn skeleton_in(layout: SkeletonLayout) -> String {
        let snapshot = snapshot("");
        let form = &snapshot.settings().engine().forms()[0];
        let mut count = 0;
        let text = crate::form::skeleton::skeleton(form, "青石县水利局", 2024, layout);
        // Every figure another one.
        let cells = text.split_inclusive(['|', '\t', '\n']).map(|piece| {
            count += 1;
            if piece.trim_matches(['|', '\t', '\n', ' ']) == "0" {
                piece.replacen('0', &count.to_string(), 1)
            } else {
                piece.to_owned()
            }
        });
        cells.collect()
    }

    /// All cells of all tables.
    fn figures(text: &str) -> Vec<String> {
        let snapshot = snapshot(text);
        let report = snapshot.reports().next().expect("a report");
        let tables = report.report.tables().flat_map(|(part, table)| {
            let words = report.text(part);
            let cell = move |index| {
                let cell = table.cell(index)?;
                Some(words[cell.range.to_range()].to_owned())
            };
            (0..table.spec().cell_count).map(move |index| format!("{:?}", cell(index)))
        });
        tables.collect()
    }

    #[test]
    fn nothing_is_offered_where_something_would_be_lost() {
        let fine = ("规章 | 0 |", "规章 | $07 |");
        for lost in [
            ("行政许可 | 0 |", "行政许可 | 0 | 3 |"),
            ("行政许可 | 0 |", "行政许可 | 0 |\n另有 5 件在办 | 5 |"),
            ("行政许可 | 0 |", "<!-- gouji-ignore table-cell-blank: 无 -->\n行政许可 | 0 |"),
            ("行政许可 | 0 |", "行政许可（含委托） | 0 |"),
            ("（单位：万元）", "（单位：元）"),
            ("（单位：万元）", ""),
        ] {
            assert_eq!(shown(&changed(&[lost, fine]), SkeletonLayout::Markdown), None, "{lost:?}");
        }
        assert!(shown(&changed(&[fine]), SkeletonLayout::Markdown).is_some());
        assert_eq!(shown("会议$0通知\n", SkeletonLayout::Markdown), None);
        let title = changed(&[("青石县水利局", "青石县$0水利局")]);
        assert_eq!(shown(&title, SkeletonLayout::Markdown), None);
    }

    #[test]
    fn a_table_of_markdown_stands_alone_and_lines_end_as_they_did() {
        let text = changed(&[
            ("规章 | 0 |", "规章 | $07 |"),
            ("\n第二十条第（一）项", "第二十条第（一）项"),
        ]);
        let text = text.replace('\n', "\r\n");
        let markdown = shown(&text, SkeletonLayout::Markdown).expect("a table");
        assert!(markdown.contains("情况\r\n\r\n| 第二十条第（一）项 |"), "{markdown}");
        assert_eq!(markdown.matches('\n').count(), markdown.matches("\r\n").count());
    }

    #[test]
    fn an_element_of_html_is_replaced_as_a_whole() {
        let row = |cells: &[&str]| {
            format!(
                "<tr>{}</tr>",
                cells.iter().map(|cell| format!("<td>{cell}</td>")).collect::<String>()
            )
        };
        let text = changed(&[]);
        let at = text.find("行政复议 |").expect("the third table");
        let end = at + text[at..].find("\n\n").expect("its end");
        let table: String = text[at..end]
            .lines()
            .map(|line| row(&line.trim_end_matches(" |").split(" | ").collect::<Vec<_>>()))
            .collect();
        let html = format!(
            "{}<p>如下：</p><table border=1>{table}</table><p>以上。</p>{}",
            &text[..at],
            &text[end..]
        )
        .replacen("<td>0", "<td>$08", 1);
        let markdown = shown(&html, SkeletonLayout::Markdown).expect("a table");
        assert!(!markdown.contains("<table") && !markdown.contains("</table>"), "{markdown}");
        assert!(markdown.contains("<p>如下：</p>\n\n| 行政复议 |"), "{markdown}");
        assert!(markdown.contains("\n| 8 | 0 | 0 |"), "{markdown}");
        assert!(markdown.contains("|\n\n<p>以上。</p>"), "{markdown}");
    }
}
