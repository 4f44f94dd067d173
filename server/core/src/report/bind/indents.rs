//! Pages whose tags are gone and whose indents stayed: tabs before each cell that set nothing apart.

use crate::syntax::{CellKind, Cut, Line, LineView, Shape};

/// Each cell stands alone on its line behind the indents of the page that it was taken from, `→→→规章⏎→→→⏎→→→0`. One line with two cells shows
/// that tabs set cells apart, and one tab before each cell leads them.
pub(super) fn is_indented(cut: &Cut, from_line: usize) -> bool {
    let mut deep = 0;
    for view in cut.iter().skip(from_line).filter(|view| view.line.shape == Shape::Tabbed) {
        let mut filled = view.cells.iter().filter(|cell| cell.kind != CellKind::Blank);
        match (filled.next(), filled.next()) {
            (Some(only), None) if view.cells.last() == Some(only) => deep += 1,
            (None, None) => {}
            _ => return false,
        }
    }
    deep > 1
}

/// A line without its indent.
pub(super) fn dedented(view: LineView<'_>) -> LineView<'_> {
    if !matches!(view.line.shape, Shape::Tabbed | Shape::TabLed) {
        return view;
    }
    let words = view.cells.iter().position(|cell| cell.kind != CellKind::Blank);
    let cells = words.map_or(&[][..], |at| &view.cells[at..]);
    let shape = if cells.is_empty() { Shape::Blank } else { Shape::Bare };
    LineView { line: Line { shape, ..view.line }, cells, ..view }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{check, hits};

    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n二、主动公开政府信息情况\n";

    /// The rows as a page of indented tags leaves them: each cell on its line, behind tabs, among lines of tabs alone.
    fn indented(rows: &[&[&str]]) -> String {
        let cell = |words: &&str| format!("\t\t\n\t\n\t\t\t{words} \n\t\t\n");
        let rows: Vec<String> =
            rows.iter().map(|row| row.iter().map(cell).collect::<String>()).collect();
        format!("{HEAD}\t\n{}", rows.join("\t\n\t\n"))
    }

    #[test]
    fn cells_behind_indents_are_cells_a_line() {
        let rows = |last: &'static str| {
            indented(&[
                &["规章", "0", "0", "0"],
                &["行政规范性文件", "1", "2", "30"],
                &["行政许可", "120"],
                &["行政处罚", "7"],
                &["行政强制", last],
                &["行政事业性收费", "3.5"],
            ])
        };
        let found = check(&rows("1"));
        assert!(found.iter().all(|it| !it.rule.starts_with("table-")), "{found:?}");
        assert!(hits(&rows("1"), "table-unreadable").is_empty());
    }

    #[test]
    fn a_fault_behind_indents_is_found() {
        let row = ["一、本年新收政府信息公开申请数量", "9", "8", "7", "6", "5", "4", "40"];
        let text = indented(&[&row])
            .replace("二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况");
        assert!(check(&text).iter().any(|it| it.words == "40"));
        let right = text.replace("\t40 \n", "\t39 \n");
        assert!(check(&right).iter().all(|it| it.words != "39"));
    }

    #[test]
    fn tabs_that_set_cells_apart_are_no_indents() {
        // The last line of a merged row has blanks and one figure; the others show what its tabs are.
        let table =
            format!("{HEAD}规章\t0\t0\t0\n行政规范性文件\t1\t\n\t\t\t2\n\t\t\t3\n行政许可\t5\n");
        assert_eq!(hits(&table, "table-row-width").len(), 1);
    }
}
