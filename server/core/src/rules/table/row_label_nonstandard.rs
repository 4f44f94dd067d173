//! Labels that are the form's, but not in the form's wording.

use super::common::{
    Deviation, Rewrite, deviation, lacks_unit, one_finding, readable, same_figures, shortened,
};
use crate::form::Table;
use crate::report::{BoundLabel, BoundTable, fold, is_traditional};
use crate::rules::{Applicability, Edit, Fixable, Group, Scope, Severity, Sink, TableCx};

rule! {
    /// # 行名、列名与格式用字不同
    ///
    /// ## 查什么
    ///
    /// 认得出是哪一项、但用字与格式不同的行名和表头：半角括号、多余的空格、直引号、“其它”、缩短的名称等。
    /// 一张表只报一条，列出所有不同之处。单元格自身的换行不算，收费表头缺少单位另有规则。
    ///
    /// ## 为什么
    ///
    /// 行名是格式的固定文字，用字一致才便于检索、汇总和比对。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 行政规范性 文件 | 0 | 0 | 0 |
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 行政规范性文件 | 0 | 0 | 0 |
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 改为规定用字不改变任何数字时，可以自动修改。原文带有数字或另加了说明的，由编写人选择。
    ///
    /// ## 依据
    ///
    /// 政府信息公开工作年度报告格式中的表样。
    pub(in crate::rules) static TABLE_ROW_LABEL_NONSTANDARD = {
        id: "table-row-label-nonstandard",
        group: Group::Table,
        severity: Severity::Info,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::Table(check),
    };
}

/// A remark behind a label of at most this many characters is part of another wording; a longer one says something of its own.
const SHORT_REMARK: usize = 2;

fn check(cx: &TableCx<'_>, sink: &mut Sink<'_>) {
    let Some(table) = readable(cx) else { return };
    let mut rewrites: Vec<Rewrite> =
        labels(table).filter_map(|label| rewrite(cx, table, label)).collect();
    rewrites.sort_by_key(|it| it.range);
    rewrites.dedup_by_key(|it| it.range);
    let Some(first) = rewrites.first() else { return };
    let count = if rewrites.len() > 1 {
        format!("（{}共 {} 处用字与格式不同）", table.spec().name, rewrites.len())
    } else {
        String::new()
    };
    let Some(mut finding) = one_finding(cx, &rewrites, format!("{}{count}", first.message), None)
    else {
        return;
    };
    let is_begun = |it: &Rewrite| it.text.starts_with(cx.slice(it.range));
    finding = finding.unfinished(rewrites.iter().all(is_begun));
    let (safe, rest): (Vec<_>, Vec<_>) =
        rewrites.iter().partition(|it| is_safe(cx.slice(it.range), &it.text));
    let edits = |rewrites: &[&Rewrite]| {
        rewrites.iter().map(|it| Edit::new(cx.place(it.range), it.text.clone())).collect()
    };
    if !safe.is_empty() {
        finding = finding.fix("改为规定的用字", Applicability::Safe, edits(&safe));
    }
    if !rest.is_empty() {
        let all: Vec<_> = rewrites.iter().collect();
        finding = finding.fix(
            "全部改为规定的用字，原有的数字和说明一并删去",
            Applicability::Choice,
            edits(&all),
        );
    }
    sink.push(finding);
}

/// The labels of header and rows that the form has.
fn labels(table: &BoundTable) -> impl Iterator<Item = &BoundLabel> {
    let headers = table.headers.iter().flat_map(|header| &header.labels);
    headers
        .chain(table.rows.iter().flat_map(|row| &row.labels))
        .filter(|label| label.standard.is_some())
}

fn rewrite(cx: &TableCx<'_>, table: &BoundTable, label: &BoundLabel) -> Option<Rewrite> {
    let standard = label.standard.as_deref()?;
    let written = cx.slice(label.range);
    if written == standard || !has_wording(table.spec(), standard) {
        return None;
    }
    let columns = || table.spec().blocks.iter().flat_map(|block| &block.columns);
    let unit_lost =
        columns().any(|column| column.label.text == standard && lacks_unit(column, written));
    if unit_lost
        || table.spec().note.as_deref() == Some(standard)
        || deviation(written, standard, table.layout) != Deviation::Wording
    {
        return None;
    }
    // A mirror in Traditional characters is converted as a whole; half of it in Simplified ones would be worse.
    if written.chars().any(is_traditional) {
        return None;
    }
    let message = format!("“{}”应为“{}”", shortened(&one_line(written)), shortened(standard));
    // Names are shortened for reading; where that hides the difference, the whole wording is shown.
    let message = if shortened(&one_line(written)) == shortened(standard) {
        format!("“{}”应为“{standard}”", one_line(written))
    } else {
        message
    };
    Some(Rewrite { range: label.range, text: standard.to_owned(), message })
}

/// Whether `standard` is a wording of this form's table; the words of another form of the family mean nothing here.
fn has_wording(spec: &Table, standard: &str) -> bool {
    spec.blocks.iter().any(|block| {
        let fixed = [&block.caption, &block.corner, &block.banner]
            .into_iter()
            .flatten()
            .map(|label| &label.text);
        let columns = block
            .columns
            .iter()
            .flat_map(|column| column.groups.iter().chain([&column.label.text]));
        let rows = block.rows.iter().flat_map(|row| row.groups.iter().chain([&row.label.text]));
        fixed.chain(columns).chain(rows).any(|text| text == standard)
    })
}

fn one_line(text: &str) -> String {
    text.split(['\n', '\r']).map(str::trim).collect()
}

/// Whether the standard wording may take the place of `written` unattended: no figure and no remark goes with it, and no half of a tag, as in `<"td>…`.
fn is_safe(written: &str, standard: &str) -> bool {
    if written.contains(['<', '>']) {
        return false;
    }
    let (written, standard) = (fold(written), fold(standard));
    let remark = written.strip_prefix(&standard).map_or(0, |rest| rest.chars().count());
    same_figures(&written, &standard) && remark <= SHORT_REMARK
}

#[cfg(test)]
mod tests {
    use super::super::common::fixtures::{
        bare, markdown, old, pipe_ended, pipes, swap, tab_led, tabs,
    };
    use crate::rules::Applicability;
    use crate::rules::testing::{apply_fix, hits};

    const RULE: &str = "table-row-label-nonstandard";

    #[test]
    fn one_finding_names_every_label_of_a_table() {
        let text =
            swap(&swap(&pipes(), "（一）予以公开", "(一) 予以公开"), "（七）总计", "(七)总计");
        let found = hits(&text, RULE);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].words, "(一) 予以公开");
        assert_eq!(found[0].related.len(), 1);
        assert_eq!(found[0].fixes[0].applicability, Applicability::Safe);
        assert_eq!(apply_fix(&text, RULE, 0), pipes());
    }

    #[test]
    fn the_wording_of_the_form_is_silent_in_every_layout() {
        for text in [
            pipes(),
            tabs(),
            markdown(),
            old(),
            tab_led(&pipes()),
            pipe_ended(&pipes()),
            bare(&pipes()),
        ] {
            assert!(hits(&text, RULE).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_cell_that_runs_over_lines_is_no_other_wording() {
        let text = swap(&tab_led(&pipes()), "\t结果维持\n", "\t结果\n维持\n");
        assert!(hits(&text, RULE).is_empty());
    }

    #[test]
    fn a_figure_or_a_remark_goes_only_by_choice() {
        let text = swap(&pipes(), "本年制发件数", "本年（2025）制发件数");
        for found in hits(&text, RULE) {
            assert!(
                found.fixes.iter().all(|fix| fix.applicability == Applicability::Choice),
                "{found:?}"
            );
        }
        let remark = swap(&pipes(), "现行有效件数", "现行有效件数（历史累计）");
        let found = hits(&remark, RULE);
        assert_eq!(found[0].fixes[0].applicability, Applicability::Choice);
        assert_eq!(apply_fix(&remark, RULE, 0), pipes());
    }

    #[test]
    fn a_traditional_mirror_is_left_alone() {
        assert!(
            hits(&swap(&pipes(), "行政規章".trim_start_matches("行政規章"), ""), RULE).is_empty()
        );
        assert!(hits(&swap(&pipes(), "（一）予以公开", "（一）予以公開"), RULE).is_empty());
    }

    #[test]
    fn a_lost_unit_is_another_rules() {
        assert!(
            hits(&swap(&pipes(), "本年收费金额（单位：万元）", "本年收费金额"), RULE).is_empty()
        );
    }
}
