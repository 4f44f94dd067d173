//! Lays out the cells of a form's tables.

use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::at::At;
use super::ids::{Shape, check_ids, decimal, upsert};
use super::model::{Block, Column, Form, Label, Row, SectionIndex, Table, ValueKind};
use super::problem::Problems;
use super::schema::{
    RawBlock, RawColumn, RawKind, RawLabel, RawNumber, RawRow, RawTable, RawValues,
};
use crate::nearest::suggest;

/// More cells than any printed table has; keeps a form of nonsense from filling the memory.
const MOST_CELLS: usize = 10_000;

/// Adds the tables of a file to `form` and ties each to its section.
pub(super) fn compile(form: &mut Form, raw: Vec<RawTable>, problems: &mut Problems<'_>) {
    check_ids(raw.iter().map(|it| &it.id), "table", Shape::Snake, problems);
    for table in raw {
        let known = form.table(&table.id.value);
        let Some(section) = section_of(form, &table, problems) else { continue };
        let index = known.unwrap_or(form.tables.len());
        for it in form.sections.iter_mut().filter(|it| it.table == Some(index)) {
            it.table = None;
        }
        if form.sections[section].table.is_some() {
            let message = format!("部分“{}”已有一张表格，一个部分只能有一张", table.section.value);
            problems.push(
                table.section.start,
                format!("table[{}].section", table.id.value),
                message,
            );
        }
        form.sections[section].table = Some(index);
        upsert(&mut form.tables, known, lay_out(table, section, problems));
    }
}

fn section_of(form: &Form, table: &RawTable, problems: &mut Problems<'_>) -> Option<SectionIndex> {
    let found = form.section(&table.section.value);
    if found.is_none() {
        let near =
            suggest(&table.section.value, form.sections.iter().map(|section| section.id.as_str()));
        let key = format!("table[{}].section", table.id.value);
        problems.push(
            table.section.start,
            key,
            format!("没有编号为“{}”的部分{near}", table.section.value),
        );
    }
    found
}

fn lay_out(raw: RawTable, section: SectionIndex, problems: &mut Problems<'_>) -> Table {
    let key = format!("table[{}]", raw.id.value);
    if raw.blocks.value.is_empty() {
        problems.push(
            raw.id.start,
            format!("{key}.block"),
            "表格没有区块，至少要有一个 [[table.block]]",
        );
    }
    let mut made = Table {
        id: raw.id.value,
        name: raw.name,
        section,
        note: raw.note,
        blocks: Vec::new(),
        cell_count: 0,
        names: super::names::Names::default(),
    };
    for (at, block) in raw.blocks.value.into_iter().enumerate() {
        let key = format!("{key}.block[{}]", at + 1);
        let rows = block.rows.len().max(1);
        let cells = rows.saturating_mul(block.columns.value.len());
        if made.cell_count.saturating_add(cells) > MOST_CELLS {
            problems.push(block.columns.start, key, format!("表格超过 {MOST_CELLS} 个单元格"));
            return made;
        }
        let start = block.columns.start;
        let block = compile_block(block, made.cell_count, &key, problems);
        made.cell_count += block.rows.len() * block.columns.len();
        made.blocks.push(block);
        report_twice(&made, start, &key, problems);
    }
    made
}

/// Row `a.b` with column `c` and row `a` with column `b.c` are the same key, and so is a row in two blocks.
fn report_twice(table: &Table, start: usize, key: &str, problems: &mut Problems<'_>) {
    let Some(block) = table.blocks.last().filter(|_| !problems.trusted) else { return };
    // Which is so nowhere in a single block whose columns have no points, as most tables are: a large one need not be written out.
    if table.blocks.len() == 1 && block.columns.iter().all(|column| !column.id.contains('.')) {
        return;
    }
    let keys = table.keys();
    let mut seen: FxHashSet<&String> = keys[..block.first_cell].iter().collect();
    if let Some(twice) = keys[block.first_cell..].iter().find(|key| !seen.insert(key)) {
        problems.push(
            start,
            key,
            format!("单元格“{twice}”出现了两次，行和列的编号合起来应各不相同"),
        );
    }
}

fn compile_block(
    raw: RawBlock,
    first_cell: usize,
    key: &str,
    problems: &mut Problems<'_>,
) -> Block {
    check_ids(
        raw.columns.value.iter().map(|it| &it.id),
        &format!("{key}.columns"),
        Shape::Snake,
        problems,
    );
    check_ids(raw.rows.iter().map(|it| &it.id), &format!("{key}.rows"), Shape::Snake, problems);
    if raw.columns.value.is_empty() {
        problems.push(raw.columns.start, format!("{key}.columns"), "没有列，至少要有一列");
    }
    let values = value_kind(&raw.values, &format!("{key}.values"), raw.columns.start, problems);
    let mut rows: Vec<Row> =
        raw.rows.into_iter().map(|row| compile_row(row, key, problems)).collect();
    if rows.is_empty() {
        rows.push(Row { weight: Decimal::ONE, ..Row::default() });
    }
    let columns = raw
        .columns
        .value
        .into_iter()
        .map(|column| compile_column(column, &values, key, problems))
        .collect();
    Block {
        caption: raw.caption.map(label),
        corner: raw.corner.map(label),
        banner: raw.banner.map(label),
        columns,
        rows,
        first_cell,
    }
}

fn compile_column(
    raw: RawColumn,
    values: &ValueKind,
    key: &str,
    problems: &mut Problems<'_>,
) -> Column {
    let key = format!("{key}.columns[{}]", raw.id.value);
    report_empty(&raw.id, &raw.label, &key, problems);
    let values = raw.values.map_or_else(
        || values.clone(),
        |own| value_kind(&own, &format!("{key}.values"), raw.id.start, problems),
    );
    let weight = weight(raw.weight.as_ref(), &key, problems);
    Column {
        id: raw.id.value,
        label: Label { text: raw.label, accept: raw.accept },
        groups: raw.group,
        values,
        weight,
    }
}

fn compile_row(raw: RawRow, key: &str, problems: &mut Problems<'_>) -> Row {
    let key = format!("{key}.rows[{}]", raw.id.value);
    report_empty(&raw.id, &raw.label, &key, problems);
    let weight = weight(raw.weight.as_ref(), &key, problems);
    Row {
        id: raw.id.value,
        label: Label { text: raw.label, accept: raw.accept },
        groups: raw.group,
        weight,
    }
}

fn weight(written: Option<&At<RawNumber>>, key: &str, problems: &mut Problems<'_>) -> Decimal {
    let Some(written) = written else { return Decimal::ONE };
    let message = match decimal(written.value) {
        Ok(number) if number > Decimal::ZERO => return number,
        Ok(number) => format!("weight 应大于0，现为 {number}"),
        Err(message) => message,
    };
    problems.push(written.start, format!("{key}.weight"), message);
    Decimal::ONE
}

fn report_empty(id: &At<String>, label: &str, key: &str, problems: &mut Problems<'_>) {
    if label.trim().is_empty() {
        problems.push(id.start, format!("{key}.label"), "名称是空的，应写明表内的文字");
    }
}

fn value_kind(raw: &RawValues, key: &str, start: usize, problems: &mut Problems<'_>) -> ValueKind {
    let decimals = raw.decimals.as_ref();
    if raw.kind != RawKind::Amount && (raw.unit.is_some() || decimals.is_some()) {
        problems.push(start, key, "只有 kind = \"amount\" 才能写 unit 和 decimals");
    }
    if let Some(most) = decimals.filter(|it| it.value > 12) {
        problems.push(
            most.start,
            format!("{key}.decimals"),
            format!("小数位数应为0至12，现为 {}", most.value),
        );
    }
    match raw.kind {
        RawKind::Count => ValueKind::Count,
        RawKind::Change => ValueKind::Change,
        RawKind::Amount => ValueKind::Amount {
            unit: raw.unit.clone().unwrap_or_default(),
            decimals: decimals.map_or(2, |it| u32::from(it.value)),
        },
    }
}

fn label(raw: RawLabel) -> Label {
    match raw {
        RawLabel::Text(text) => Label { text, accept: Vec::new() },
        RawLabel::Full(full) => Label { text: full.text, accept: full.accept },
    }
}
