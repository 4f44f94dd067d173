//! What messages call rows, columns and cells.

use std::borrow::Cow;

use crate::form::{Block, CellIndex, Table};

/// Longest name in a message, in characters; some labels are whole sentences.
const LONGEST: usize = 20;

/// A row: 一、本年新收政府信息公开申请数量. Empty for the only row of a block without labels.
pub(in crate::rules) fn row_name(table: &Table, block: usize, row: usize) -> Cow<'_, str> {
    let label = table
        .blocks
        .get(block)
        .and_then(|block| block.rows.get(row))
        .map(|row| row.label.text.as_str());
    shortened(label.unwrap_or_default())
}

/// A column: 自然人; with the header above it where the block has two of the same name.
pub(in crate::rules) fn column_name(block: &Block, column: usize) -> Cow<'_, str> {
    let Some(spec) = block.columns.get(column) else { return Cow::Borrowed("") };
    let name = shortened(&spec.label.text);
    let twins = block.columns.iter().filter(|it| it.label.text == spec.label.text).count();
    match spec.groups.last() {
        Some(group) if twins > 1 => format!("{group}·{name}").into(),
        _ => name,
    }
}

/// A cell: 行政许可·本年处理决定数量.
pub(in crate::rules::table) fn cell_name(table: &Table, cell: CellIndex) -> String {
    let (block, row, column) = table.locate(cell);
    let column =
        table.blocks.get(block).map(|block| column_name(block, column)).unwrap_or_default();
    match row_name(table, block, row) {
        row if row.is_empty() => column.into_owned(),
        row => format!("{row}·{column}"),
    }
}

/// The headers above a column as a message calls them: 行政诉讼·复议后起诉.
pub(in crate::rules::table) fn group_path(groups: &[String]) -> String {
    groups.join("·")
}

/// A label without the remark in brackets behind it, cut where it is long.
pub(in crate::rules::table) fn shortened(label: &str) -> Cow<'_, str> {
    // （一）予以公开 begins with a bracket, which is no remark; 第二十条第（一）项 goes on behind its bracket, which is no remark either.
    let first = label.chars().next().map_or(0, char::len_utf8);
    let is_remark = label.ends_with(['）', ')']);
    let remark = is_remark.then(|| label[first..].find(['（', '('])).flatten();
    let label = remark.map_or(label, |at| &label[..first + at]).trim_end();
    // The usual label is short enough whatever its characters.
    if label.len() <= LONGEST {
        return Cow::Borrowed(label);
    }
    match label.char_indices().nth(LONGEST) {
        Some((at, _)) => Cow::Owned(format!("{}…", &label[..at])),
        None => Cow::Borrowed(label),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_loses_its_remark_and_its_length() {
        assert_eq!(shortened("（二）部分公开（区分处理的，只计这一情形）"), "（二）部分公开");
        assert_eq!(shortened("（一）予以公开"), "（一）予以公开");
        assert_eq!(shortened("第二十条第（一）项"), "第二十条第（一）项");
        assert_eq!(
            shortened("1.申请人无正当理由逾期不补正、行政机关不再处理其申请"),
            "1.申请人无正当理由逾期不补正、行政机关…"
        );
        assert_eq!(shortened(""), "");
    }
}
