//! Labels that are the form's, but not in the form's wording.

use std::collections::BTreeSet;

use super::common::{
    Deviation, Rewrite, deviation, fold, lacks_unit, one_finding, readable, same_figures, shortened,
};
use crate::form::Table;
use crate::report::{BoundLabel, BoundTable};
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
const SHORT_REMARK: usize = 4;

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

/// Whether the standard wording may take the place of `written` unattended: no figure and no remark goes with it.
fn is_safe(written: &str, standard: &str) -> bool {
    let (written, standard) = (fold(written), fold(standard));
    let remark = written
        .strip_prefix(&standard)
        .map_or(0, |rest| rest.chars().collect::<BTreeSet<_>>().len());
    same_figures(&written, &standard) && remark <= SHORT_REMARK
}
