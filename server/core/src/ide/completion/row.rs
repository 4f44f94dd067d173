//! In a table, on a line of its own: the rows that are still missing, with their zeros, written as the table writes its rows.

use rust_decimal::Decimal;

use super::cursor::{Cursor, is_separator};
use super::{Completion, CompletionKind, Stop};
use crate::form::shortened;
use crate::form::skeleton::{SkeletonLayout, block_lines, row_text};
use crate::report::{BoundRow, BoundTable, Fit, Layout, fold};
use crate::rules::{Pattern, TableCx, forced_values, layout_beside};

/// A row of the form: block and row in it.
type Index = (usize, usize);

/// The next missing row and, if more are missing before the next row that is there, all of them; the missing rows of the words that are written.
pub(super) fn complete(cursor: &Cursor<'_>) -> Vec<Completion> {
    let Some(gap) = Gap::find(cursor) else { return Vec::new() };
    let typed = fold(cursor.typed());
    if !typed.is_empty() {
        let is_meant = |&(block, row): &Index| {
            let spec = &gap.table.spec().blocks[block].rows[row];
            fold(&spec.label.text).contains(&typed)
        };
        let meant = gap.missing().filter(is_meant);
        return meant.filter_map(|row| gap.one(row)).collect();
    }
    if !cursor.situation.invoked {
        return Vec::new();
    }
    let due: Vec<Index> = gap.missing().filter(|row| gap.is_next(*row)).collect();
    let mut offers: Vec<Completion> =
        due.first().and_then(|row| gap.one(*row)).into_iter().collect();
    if due.len() > 1 {
        offers.extend(gap.all(&due));
    }
    offers
}

/// A line between two rows.
struct Gap<'a, 'c> {
    cursor: &'c Cursor<'a>,
    table: &'a BoundTable,
    /// The row before it, or nothing where the header is.
    previous: Option<Index>,
    /// The row behind it.
    next: Option<Index>,
}

impl<'a, 'c> Gap<'a, 'c> {
    fn find(cursor: &'c Cursor<'a>) -> Option<Self> {
        let line = &cursor.line;
        let before = |end: u32| end as usize <= line.start;
        let table =
            cursor.tables().filter(|table| (table.range.start as usize) < line.start).last()?;
        if !cursor.ends_line() {
            return None;
        }
        let rows = |wanted: &dyn Fn(&BoundRow) -> bool| {
            table.rows.iter().filter(|row| wanted(row)).collect::<Vec<_>>()
        };
        let previous = rows(&|row| before(row.range.end));
        let headers = table.headers.iter().filter_map(|header| header.range);
        let header = headers.filter(|range| before(range.end)).map(|range| range.end).max();
        let above = previous.iter().map(|row| row.range.end).chain(header).max()? as usize;
        let between = cursor.text.get(above..line.start)?;
        // Two blank lines end a table.
        if !between.chars().all(is_separator) || between.matches('\n').count() > 2 {
            return None;
        }
        // A row that has its figures needs none.
        let here = |row: &BoundRow| {
            (row.range.start as usize) < line.end && row.range.end as usize > line.start
        };
        if rows(&here).iter().any(|row| !row.values.is_empty()) {
            return None;
        }
        let next = rows(&|row| row.range.start as usize >= line.end);
        Some(Self {
            cursor,
            table,
            previous: previous.iter().rev().find_map(|row| row.row),
            next: next.iter().find_map(|row| row.row),
        })
    }

    /// The rows that the table lacks, in the order of the form.
    fn missing(&self) -> impl Iterator<Item = Index> + '_ {
        let has = |index: Index| {
            let found = self.table.rows.iter().find(|row| row.row == Some(index));
            found.is_some_and(|row| row.fit != Fit::Empty)
        };
        let rows = self.table.spec().rows().map(|(block, row, _)| (block, row));
        rows.filter(move |index| !has(*index))
    }

    /// Whether the row belongs here.
    fn is_next(&self, row: Index) -> bool {
        self.previous.is_none_or(|previous| previous < row)
            && self.next.is_none_or(|next| row < next)
    }

    fn one(&self, row: Index) -> Option<Completion> {
        let text = self.written(row, self.previous)?;
        let (block, at) = row;
        let spec = &self.table.spec().blocks[block].rows[at].label.text;
        let label =
            if spec.is_empty() { "各项数值".to_owned() } else { shortened(spec).into_owned() };
        let mut offer = self.offer(label, text);
        "插入这一行，数值为 0".clone_into(&mut offer.detail);
        if let Some(figures) = self.forced(row) {
            fill(&mut offer, &figures);
        }
        Some(offer)
    }

    /// The figures of a missing row, where the relations give all of them and not all are 0.
    fn forced(&self, (block, row): Index) -> Option<Vec<Decimal>> {
        let spec = self.table.spec();
        let cells = spec.blocks[block].columns.len();
        let first = spec.cell_at(block, row, 0);
        let forced = forced_values(self.table, |cell| (first..first + cells).contains(&cell));
        let figures = (first..first + cells).map(|cell| forced.get(&cell).map(|it| it.value));
        let figures: Vec<Decimal> = figures.collect::<Option<_>>()?;
        figures.iter().any(|figure| !figure.is_zero()).then_some(figures)
    }

    fn all(&self, rows: &[Index]) -> Option<Completion> {
        let mut previous = self.previous;
        let mut lines = Vec::new();
        for &row in rows {
            lines.push(self.written(row, previous)?);
            previous = Some(row);
        }
        let mut offer = self.offer(format!("其余 {} 行", rows.len()), lines.join("\n"));
        "插入到下一行之前缺少的各行，数值为 0".clone_into(&mut offer.detail);
        offer.stops.clear();
        Some(offer)
    }

    fn offer(&self, label: String, text: String) -> Completion {
        let cursor = self.cursor;
        let typed = cursor.before().len();
        let stops = zeros(&text);
        let mut offer =
            cursor.offer(CompletionKind::Row, label, (typed, cursor.behind().len()), text);
        offer.stops = stops;
        offer
    }

    /// The lines of a row behind `previous`; with caption and header where it is the first one of its block.
    fn written(&self, (block, row): Index, previous: Option<Index>) -> Option<String> {
        let spec = self.table.spec();
        let opens = previous.is_none_or(|(at, _)| at != block);
        let has_header = self.table.headers.get(block).is_some_and(|header| header.range.is_some());
        if opens && !has_header {
            let layout = self.drawn_layout()?;
            let lines = block_lines(spec, block, layout);
            let head = lines.len().checked_sub(spec.blocks[block].rows.len())?;
            // The row must be the first of its block: what comes between would be missing for good.
            return (row == 0).then(|| lines[..=head].join("\n"));
        }
        self.copied((block, row), previous).or_else(|| self.drawn((block, row), previous))
    }

    /// As the rows around it are written.
    fn copied(&self, (block, row): Index, previous: Option<Index>) -> Option<String> {
        let rows = &self.table.spec().blocks[block].rows;
        let wording = &rows[row];
        let open = match previous {
            Some((at, row)) if at == block => rows[row].groups.as_slice(),
            _ => &[],
        };
        let kept = open.iter().zip(&wording.groups).take_while(|(one, other)| one == other).count();
        let labels: Vec<&str> = wording.groups[kept..]
            .iter()
            .chain([&wording.label.text])
            .map(String::as_str)
            .collect();
        let report = self.cursor.spot.report;
        let cx = TableCx {
            table: self.table,
            part: self.cursor.spot.part,
            text: self.cursor.text,
            form: &report.report.form,
            head: &report.report.head,
            settings: self.cursor.snapshot.settings(),
            suppressed: &[],
        };
        let pattern = Pattern::of(&cx, block, wording, labels.len())?;
        // What ends the row before, the line break, and what leads the row.
        let lead = pattern.lead.replace("\r\n", "\n").replace('\r', "\n");
        let (end, _) = lead.split_once('\n')?;
        let (_, start) = lead.rsplit_once('\n')?;
        Some(format!("{start}{}{end}", pattern.row(&labels)))
    }

    /// As an empty report has it.
    fn drawn(&self, (block, row): Index, previous: Option<Index>) -> Option<String> {
        // Group labels are drawn where a group begins, so the row before must be there.
        let follows = row == 0 || previous == Some((block, row - 1));
        let layout = self.drawn_layout().filter(|_| follows)?;
        Some(row_text(self.table.spec(), block, row, layout))
    }

    /// The layout in which a row may be drawn; `None` where a row takes several lines.
    fn drawn_layout(&self) -> Option<SkeletonLayout> {
        matches!(self.table.layout, Layout::Tabs | Layout::Pipes | Layout::Markdown)
            .then(|| layout_beside(self.table.layout))
    }
}

/// Puts figures where the zeros of a row stand.
fn fill(offer: &mut Completion, figures: &[Decimal]) {
    if offer.stops.len() != figures.len() {
        return;
    }
    let mut longer = 0;
    for (stop, figure) in offer.stops.iter_mut().zip(figures) {
        let (figure, start) = (figure.normalize().to_string(), stop.range.start + longer);
        offer.text.replace_range(start..=start, &figure);
        stop.range = start..start + figure.len();
        longer += figure.len() - 1;
    }
    offer.filter.clone_from(&offer.text);
    "插入这一行，数值由勾稽关系推出".clone_into(&mut offer.detail);
}

/// The zeros that stand alone in a cell.
fn zeros(text: &str) -> Vec<Stop> {
    let alone = |at: usize| {
        let beside = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || c == '|');
        beside(text[..at].chars().next_back()) && beside(text[at + 1..].chars().next())
    };
    let zeros = text.match_indices('0').map(|(at, _)| at).filter(|at| alone(*at));
    zeros.enumerate().map(|(group, at)| Stop { range: at..at + 1, group }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{accepted, first, listed, offers, quiet};
    use crate::engine::Engine;
    use crate::form::skeleton::{SkeletonLayout, skeleton};
    use crate::ide::testing::changed;

    const ROW: &str = "行政处罚 | 0 |\n";

    fn report(layout: SkeletonLayout) -> String {
        let engine = Engine::builtin();
        let form = engine.forms().iter().find(|it| it.years.contains(2024)).expect("a form");
        skeleton(form, "青石县水利局", 2024, layout)
    }

    /// The report with the line of `label` replaced by `line`.
    fn with(layout: SkeletonLayout, label: &str, line: &str) -> (String, String) {
        let text = report(layout);
        let row = text.lines().find(|it| it.contains(label)).expect("a row").to_owned();
        (text.replacen(&row, line, 1), text)
    }

    #[test]
    fn the_next_row_comes_with_its_zeros_in_every_layout() {
        for layout in [SkeletonLayout::Pipes, SkeletonLayout::Markdown, SkeletonLayout::Tabs] {
            for label in [
                "行政处罚",
                "6.属于四类过程性信息",
                "（七）总计",
                "（四）无法提供",
                "四、结转下年度",
            ] {
                let (fixture, whole) = with(layout, label, "$0");
                assert_eq!(accepted(&fixture, &first(&fixture).label), whole, "{label}");
                assert_eq!(offers(&fixture).len(), 1, "{label}: nothing else is missing");
            }
        }
    }

    #[test]
    fn words_choose_among_the_missing_rows() {
        let text = changed(&[(
            "6.属于四类过程性信息 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n7.属于行政执法案卷 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n",
            "执法$0\n",
        )]);
        assert_eq!(quiet(&text), ["7.属于行政执法案卷"]);
        let text = text.replace("执法$0", "$0");
        assert_eq!(listed(&text)[1], "其余 2 行 插入到下一行之前缺少的各行，数值为 0");
        assert_eq!(accepted(&text, "其余 2 行"), changed(&[]));
        assert!(quiet(&text).is_empty(), "a list on every new line would be in the way");
    }

    #[test]
    fn a_row_that_the_others_settle_comes_with_its_figures() {
        let changes = [
            (
                "一、本年新收政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
                "一、本年新收政府信息公开申请数量 | 5 | 12 | 0 | 0 | 0 | 0 | 17 |",
            ),
            (
                "（一）予以公开 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
                "（一）予以公开 | 3 | 12 | 0 | 0 | 0 | 0 | 15 |",
            ),
            (
                "（七）总计 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
                "（七）总计 | 3 | 12 | 0 | 0 | 0 | 0 | 15 |",
            ),
            (
                "四、结转下年度继续办理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
                "四、结转下年度继续办理 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |",
            ),
        ];
        let whole = changed(&changes);
        let own_lines = changes
            .into_iter()
            .filter(|(row, _)| !row.starts_with('（') || row.starts_with("（七）"));
        for (_, row) in own_lines {
            let label = row.split(" | ").next().expect("a label");
            let cut = whole.replacen(row, "$0", 1);
            assert_eq!(listed(&cut), [format!("{label} 插入这一行，数值由勾稽关系推出")]);
            assert_eq!(accepted(&cut, label), whole);
            let offer = first(&cut);
            let figures = offer.stops.iter().map(|it| &offer.text[it.range.clone()]);
            assert!(figures.eq(row.trim_end_matches(" |").split(" | ").skip(1)));
        }
    }

    #[test]
    fn the_figures_of_a_row_are_stops() {
        let offer = first(&changed(&[
            ("（一）予以公开", "（一）予以公开"),
            ("2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |", "$0"),
        ]));
        let figures: Vec<&str> =
            offer.stops.iter().map(|it| &offer.text[it.range.clone()]).collect();
        assert_eq!(figures, ["0"; 7]);
    }

    #[test]
    fn a_block_brings_its_header() {
        let block =
            "第二十条第（六）项 |\n信息内容 | 本年处理决定数量 |\n行政处罚 | 0 |\n行政强制 | 0 |\n";
        let text = changed(&[(block, "$0\n")]);
        assert_eq!(accepted(&text, "其余 2 行"), changed(&[]));
        assert_eq!(accepted(&text, "行政处罚"), changed(&[("行政强制 | 0 |\n", "")]));
    }

    #[test]
    fn a_row_of_a_cell_a_line_is_written_so() {
        let cells = |text: &str| {
            let cell_a_line = |line: &str| match line.strip_suffix('|') {
                Some(cells) => {
                    cells.split('|').map(|cell| format!("\t{}\n", cell.trim())).collect::<String>()
                        + "\n"
                }
                None => format!("{line}\n"),
            };
            text.lines().map(cell_a_line).collect::<String>()
        };
        let row = "\t2.重复申请\n\t0\n\t0\n\t0\n\t0\n\t0\n\t0\n\t0\n";
        let whole = cells(&changed(&[]));
        assert!(whole.contains(row));
        let cut = whole.replacen(row, "$0\n", 1);
        assert_eq!(accepted(&cut, "2.重复申请"), whole);
    }

    #[test]
    fn windows_lines_stay() {
        let text = changed(&[("6.属于四类过程性信息 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n7.属于行政执法案卷 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |", "$0")]).replace('\n', "\r\n");
        assert_eq!(accepted(&text, "其余 2 行"), changed(&[]).replace('\n', "\r\n"));
        let one = offers(&text).into_iter().find(|it| it.label.starts_with("6."));
        let one = one.expect("offered");
        let figures: Vec<&str> = one.stops.iter().map(|it| &one.text[it.range.clone()]).collect();
        assert_eq!(figures, ["0"; 7]);
    }

    #[test]
    fn a_whole_table_lacks_nothing() {
        assert!(listed(&changed(&[(ROW, "行政处罚 | 0 |\n$0\n")])).is_empty());
        assert!(
            listed(&changed(&[("（三）政府信息管理。", "$0\n（三）政府信息管理。")])).is_empty()
        );
    }
}
