//! What messages call rows, columns and cells.

use std::borrow::Cow;

use crate::form::{CellIndex, Table};
pub(in crate::rules) use crate::form::{column_name, shortened};

/// A row: 一、本年新收政府信息公开申请数量. Empty for the only row of a block without labels.
pub(in crate::rules) fn row_name(table: &Table, block: usize, row: usize) -> Cow<'_, str> {
    let label = table
        .blocks
        .get(block)
        .and_then(|block| block.rows.get(row))
        .map(|row| row.label.text.as_str());
    shortened(label.unwrap_or_default())
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
