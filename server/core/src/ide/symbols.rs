//! The outline of a document: its reports, their sections, tables and rows.

use std::ops::Range;

use crate::report::{BoundRow, BoundTable, Part, Place, Value};
use crate::snapshot::{ReportView, Snapshot};
use crate::text::TextRange;

/// A node of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// What it is called.
    pub name: String,
    /// A few words more; may be empty.
    pub detail: String,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it, in bytes of the document.
    pub range: Range<usize>,
    /// What the cursor goes to, within `range`.
    pub selection: Range<usize>,
    /// What it consists of, in the order of the text.
    pub children: Vec<Symbol>,
}

/// What a symbol is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SymbolKind {
    /// A report.
    Report,
    /// A part below a top-level heading.
    Section,
    /// A table of the form.
    Table,
    /// A row with its values.
    Row,
}

/// The outline, a symbol for each report.
pub fn symbols(snapshot: &Snapshot) -> impl Iterator<Item = Symbol> {
    snapshot.reports().map(report)
}

fn report(view: ReportView<'_>) -> Symbol {
    let head = &view.report.head;
    let whole = view.whole();
    let (name, selection) = match &head.title {
        Some(title) => (title.text.clone(), view.range(title.place)),
        None => (view.report.form.name.clone(), whole.start..whole.start),
    };
    let agency = head.agency.as_ref().map(|agency| agency.text.clone()).unwrap_or_default();
    let year = head.year.map(|year| format!("{year}年")).unwrap_or_default();
    let parts = view.report.parts.iter().enumerate();
    Symbol {
        name,
        detail: format!("{agency}{year}"),
        kind: SymbolKind::Report,
        range: whole,
        selection,
        children: parts.flat_map(|(at, part)| section(view, at, part)).collect(),
    }
}

/// A section; what stands before the first heading gives its tables alone.
fn section(view: ReportView<'_>, at: usize, part: &Part) -> Vec<Symbol> {
    let tables = part.tables.iter().map(|it| table(view, at, it)).collect();
    let Some(heading) = &part.heading else { return tables };
    vec![Symbol {
        name: words(view, at, heading.range),
        detail: String::new(),
        kind: SymbolKind::Section,
        range: view.part(at),
        selection: view.range(Place::new(at, heading.range)),
        children: tables,
    }]
}

fn table(view: ReportView<'_>, part: usize, table: &BoundTable) -> Symbol {
    let place = |range| view.range(Place::new(part, range));
    let first = table.headers.iter().find_map(|header| header.labels.first());
    let first = first.or_else(|| table.rows.first().and_then(|row| row.labels.first()));
    let range = place(table.range);
    let selection = first.map_or(range.start..range.start, |label| place(label.range));
    let inside = range.start <= selection.start && selection.end <= range.end;
    Symbol {
        name: table.spec().name.clone(),
        detail: if table.unreadable.is_some() { "读不准".to_owned() } else { String::new() },
        kind: SymbolKind::Table,
        selection: if inside { selection } else { range.start..range.start },
        range,
        children: table.rows.iter().filter_map(|it| row(view, part, table, it)).collect(),
    }
}

fn row(view: ReportView<'_>, part: usize, table: &BoundTable, row: &BoundRow) -> Option<Symbol> {
    let label = row.labels.last()?;
    let spec = table.spec();
    let named = row.row.and_then(|(block, at)| spec.names(spec.cell_at(block, at, 0)));
    let name = match named.map(|names| names.row.clone()).filter(|name| !name.is_empty()) {
        Some(name) => name,
        None => words(view, part, label.range),
    };
    let values = row.values.iter().filter(|cell| cell.value != Value::Blank);
    let values: Vec<String> = values.map(|cell| words(view, part, cell.range)).collect();
    let place = |range| view.range(Place::new(part, range));
    (!name.is_empty()).then(|| Symbol {
        name,
        detail: values.join(" "),
        kind: SymbolKind::Row,
        range: place(row.range.cover(label.range)),
        selection: place(label.range),
        children: Vec::new(),
    })
}

/// Words of the document on one line.
fn words(view: ReportView<'_>, part: usize, range: TextRange) -> String {
    let text = view.text(part).get(range.to_range()).unwrap_or("");
    text.split(['\n', '\r', '\t']).map(str::trim).filter(|it| !it.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::ide::testing::{changed, snapshot};

    fn lines(symbol: &Symbol, depth: usize, out: &mut String) {
        assert!(symbol.range.start <= symbol.selection.start, "{symbol:?}");
        assert!(symbol.selection.end <= symbol.range.end, "{symbol:?}");
        let line = format!("{:?} {} {}", symbol.kind, symbol.name, symbol.detail);
        out.push_str(&format!("{}{}\n", "  ".repeat(depth), line.trim_end()));
        let mut end = symbol.range.start;
        for child in &symbol.children {
            assert!(end <= child.range.start && child.range.end <= symbol.range.end, "{child:?}");
            end = child.range.end;
            lines(child, depth + 1, out);
        }
    }

    #[test]
    fn an_outline_has_reports_sections_tables_and_rows() {
        let snapshot = snapshot(&changed(&[("规章 | 0 | 0 | 0 |", "规章 | 1 | 0 | 13 |")]));
        let mut out = String::new();
        symbols(&snapshot).for_each(|symbol| lines(&symbol, 0, &mut out));
        expect![[r"
            Report 青石县水利局2024年政府信息公开工作年度报告 青石县水利局2024年
              Section 一、总体情况
              Section 二、主动公开政府信息情况
                Table 表二
                  Row 规章 1 0 13
                  Row 行政规范性文件 0 0 0
                  Row 行政许可 0
                  Row 行政处罚 0
                  Row 行政强制 0
                  Row 行政事业性收费 0
              Section 三、收到和处理政府信息公开申请情况
                Table 表三
                  Row 一、本年新收政府信息公开申请数量 0 0 0 0 0 0 0
                  Row 二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0
                  Row （一）予以公开 0 0 0 0 0 0 0
                  Row （二）部分公开 0 0 0 0 0 0 0
                  Row （三）1.属于国家秘密 0 0 0 0 0 0 0
                  Row （三）2.其他法律行政法规禁止公开 0 0 0 0 0 0 0
                  Row （三）3.危及“三安全一稳定” 0 0 0 0 0 0 0
                  Row （三）4.保护第三方合法权益 0 0 0 0 0 0 0
                  Row （三）5.属于三类内部事务信息 0 0 0 0 0 0 0
                  Row （三）6.属于四类过程性信息 0 0 0 0 0 0 0
                  Row （三）7.属于行政执法案卷 0 0 0 0 0 0 0
                  Row （三）8.属于行政查询事项 0 0 0 0 0 0 0
                  Row （四）1.本机关不掌握相关政府信息 0 0 0 0 0 0 0
                  Row （四）2.没有现成信息需要另行制作 0 0 0 0 0 0 0
                  Row （四）3.补正后申请内容仍不明确 0 0 0 0 0 0 0
                  Row （五）1.信访举报投诉类申请 0 0 0 0 0 0 0
                  Row （五）2.重复申请 0 0 0 0 0 0 0
                  Row （五）3.要求提供公开出版物 0 0 0 0 0 0 0
                  Row （五）4.无正当理由大量反复申请 0 0 0 0 0 0 0
                  Row （五）5.要求行政机关确认或重新出具已获取信息 0 0 0 0 0 0 0
                  Row （六）1.申请人无正当理由逾期不补正、行政机关… 0 0 0 0 0 0 0
                  Row （六）2.申请人逾期未按收费通知要求缴纳费用、… 0 0 0 0 0 0 0
                  Row （六）3.其他 0 0 0 0 0 0 0
                  Row （七）总计 0 0 0 0 0 0 0
                  Row 四、结转下年度继续办理 0 0 0 0 0 0 0
              Section 四、政府信息公开行政复议、行政诉讼情况
                Table 表四
              Section 五、存在的主要问题及改进情况
              Section 六、其他需要报告的事项
        "]]
        .assert_eq(&out);
    }
}
