//! Tables of another year's form.

use super::common::{is_there, line_of};
use crate::form::{Block, Form};
use crate::report::{BoundTable, Fit, Place};
use crate::rules::{Finding, Fixable, Group, ReportCx, Scope, Severity, Sink};
use crate::text::TextRange;

rule! {
    /// # 使用了别的年度的表格格式
    ///
    /// ## 查什么
    ///
    /// 报告年度应当用一种格式，表格的栏目却是同类的另一种格式（例如 2021 年以后的报告仍用“上一年项目数量”“本年增/减”）。
    /// 两种格式完全相同的表格不算。一份报告一条。
    /// 表头是一种格式、行名是另一种格式的（“对外公开总数量”下面是 2021 年格式的各行），数值属于哪一列无法确认，不作核对，也在这里说明。
    ///
    /// ## 为什么
    ///
    /// 新旧格式的统计口径不同，用错格式的数据无法汇总，也无法与上一年度衔接。
    ///
    /// ## 错误示例
    ///
    /// ```report 2019
    /// 云岭县水利局2022年政府信息公开工作年度报告
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report 2019
    /// 行政许可 | 0 | 0 | 0 |
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不能：新旧格式的栏目不同，数据要重新统计。
    ///
    /// ## 依据
    ///
    /// 国务院办公厅政府信息与政务公开办公室印发的年度报告格式：2019、2020 年用国办公开办函〔2019〕60号格式，2021 年起用国办公开办函〔2021〕30号格式。
    pub(in crate::rules) static TABLE_LEGACY_FORM = {
        id: "table-legacy-form",
        group: Group::Table,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::No,
        check: Scope::Report(check),
    };
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    foreign_header(cx, sink);
    let Some(year) = cx.head.year else { return };
    let forms = cx.settings.engine().forms();
    let due = |table: &BoundTable| {
        let due =
            forms.iter().find(|form| form.family == table.form.family && form.years.contains(year));
        due.filter(|form| form.id != table.form.id && differs(form, table)).cloned()
    };
    let readable = cx.tables().filter(|(_, table)| table.unreadable.is_none() && is_there(table));
    let mut wrong = readable.filter_map(|(part, table)| Some((part, table, due(table)?)));
    let Some((part, table, form)) = wrong.next() else { return };
    let age = if table.form.years.from < form.years.from { "旧" } else { "新" };
    let message = format!(
        "{year}年的报告使用了{age}格式的{}（{}）；请改用“{}”重新填报",
        table.spec().name,
        table.form.name,
        form.name
    );
    let mut finding = Finding::new(place(cx, part, table), message);
    for (part, table, _) in wrong {
        finding =
            finding.related(place(cx, part, table), format!("{}也是{age}格式", table.spec().name));
    }
    sink.push(finding);
}

/// The rows of one form below the header of another: which column a value belongs to is not known.
fn foreign_header(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    let mut labels =
        cx.tables().filter(|(_, table)| table.unreadable.is_none()).filter_map(|(part, table)| {
            let foreign = table.headers.iter().find_map(|header| header.foreign)?;
            Some((Place::new(part, foreign), table))
        });
    let Some((place, table)) = labels.next() else { return };
    let message = format!(
        "{}的表头“{}”是另一种格式的，与下面的行不相配，这些行的数值属于哪一列无法确认，未作核对；请按“{}”重新填报",
        table.spec().name,
        cx.whole(place.part()).get(place.range.to_range()).unwrap_or_default().trim(),
        table.form.name
    );
    sink.push(Finding::new(place, message));
}

/// Whether a row that stands there is another one in `form`: some tables never changed, and of others most rows, so that a half-written one may be
/// of either form.
fn differs(form: &Form, table: &BoundTable) -> bool {
    let spec = table.spec();
    let Some(same) = form.tables.iter().find(|it| it.id == spec.id) else { return true };
    let has = |(block, row): (usize, usize)| {
        let (columns, row) = (&spec.blocks[block].columns, &spec.blocks[block].rows[row].id);
        let holds = |it: &Block| it.columns == *columns && it.rows.iter().any(|at| at.id == *row);
        same.blocks.iter().any(holds)
    };
    // Without its figures, the row of one form may be the group of the other.
    let filled = table.rows.iter().filter(|row| row.fit == Fit::Exact);
    !filled.filter_map(|row| row.row).all(has)
}

fn place(cx: &ReportCx<'_>, part: usize, table: &BoundTable) -> Place {
    let text = cx.whole(part);
    let start = table.range.start as usize;
    let end = line_of(text, start).end.clamp(table.range.start, table.range.end);
    Place::new(part, TextRange { start: table.range.start, end })
}

#[cfg(test)]
mod tests {
    use super::super::common::fixtures::{old, pipes};
    use crate::rules::testing::hits;

    const RULE: &str = "table-legacy-form";

    #[test]
    fn a_header_of_the_other_form_leaves_its_rows_unknown() {
        let header = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |";
        let row = "行政规范性文件 | 0 | 0 | 0 |";
        let new = pipes();
        assert!(new.contains(header) && new.contains(row), "{new}");
        let mixed = new
            .replace(header, "信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |")
            .replace(row, "规范性文件 | 6 | 6 | 33 |")
            .replacen(
                "一、总体情况\n",
                "一、总体情况\n本年度制发行政规范性文件6件，废止行政规范性文件0件。\n",
                1,
            );
        let found = hits(&mixed, RULE);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].words, "本年新制作数量");
        assert_eq!(hits(&mixed, "narrative-normative-mismatch"), []);
        // A header of which a crawler left one label.
        let cut = mixed.replace("本年新制作数量 | 本年新公开数量", "本年新 | 本年新");
        assert_eq!(hits(&cut, RULE).len(), 1);
        // Unknown words, and a label of its own among them, say nothing.
        let own = mixed.replace("本年新制作数量", "本年制发件数");
        assert_eq!(hits(&own, RULE), []);
    }

    #[test]
    fn the_year_tells_the_form() {
        let late = old().replace("2019年", "2022年");
        let found = hits(&late, RULE);
        assert_eq!(found.len(), 1, "one finding a report");
        assert!(
            found[0].message.contains("2022年的报告使用了旧格式的表二"),
            "{}",
            found[0].message
        );
        assert_eq!(found[0].related.len(), 1, "表四 never changed: {found:?}");
        let early = pipes().replace("2025年", "2020年");
        assert!(
            hits(&early, RULE)[0].message.contains("新格式"),
            "{}",
            hits(&early, RULE)[0].message
        );
    }

    #[test]
    fn rows_of_either_form_are_of_the_years() {
        // As it is being written: no row tells the forms apart yet.
        let text = pipes();
        let (start, end) = (text.find("三、收到"), text.find("（四）无法提供"));
        let begun = &text[start.expect("there")..end.expect("there")];
        for year in ["2025年", "2020年"] {
            let title = format!("云岭县水利局{year}政府信息公开工作年度报告\n");
            assert!(hits(&(title + begun), RULE).is_empty(), "{year}");
        }
    }

    #[test]
    fn the_form_of_the_year_is_silent() {
        for text in
            [old(), old().replace("2019年", "2020年"), pipes(), pipes().replace("2025年", "2021年")]
        {
            assert!(hits(&text, RULE).is_empty());
        }
    }
}
