//! What messages call the rows, columns and cells of a table, worked out once for each cell that a message speaks of.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use super::model::{Block, CellIndex, Table};

/// Longest name in a message, in characters; some labels are whole sentences.
const LONGEST: usize = 20;

/// The names of one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellNames {
    /// The key with the table's id: `requests.granted.natural_person`.
    pub key: String,
    /// The row: （六）3.其他. The numeral of the group stands before a numbered label, because several groups have a 3. Empty for the only row of a
    /// block without labels.
    pub row: String,
    /// The column: 自然人.
    pub column: String,
    /// Both: （六）3.其他·自然人.
    pub cell: String,
}

/// By cell, names that are made when they are first asked for. Two tables are equal whether or not theirs are made.
#[derive(Clone, Default)]
pub struct Names(OnceLock<Vec<OnceLock<CellNames>>>);

impl PartialEq for Names {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Names")
    }
}

impl Table {
    /// What messages call a cell; `None` for an index that the table does not have.
    pub fn names(&self, cell: CellIndex) -> Option<&CellNames> {
        let all = self.names.0.get_or_init(|| vec![OnceLock::new(); self.cell_count]);
        all.get(cell).map(|names| names.get_or_init(|| self.name(cell)))
    }

    fn name(&self, cell: CellIndex) -> CellNames {
        let (block, row, column) = self.locate(cell);
        let key = format!("{}.{}", self.id, self.key(cell));
        let column = column_name(&self.blocks[block], column).into_owned();
        let row = titled(&self.blocks[block], row);
        let cell = if row.is_empty() { column.clone() } else { format!("{row}·{column}") };
        CellNames { key, row, column, cell }
    }
}

/// A column: 自然人; with the header above it where the block has two of the same name.
pub(crate) fn column_name(block: &Block, column: usize) -> Cow<'_, str> {
    let Some(spec) = block.columns.get(column) else { return Cow::Borrowed("") };
    let name = shortened(&spec.label.text);
    let twins = block.columns.iter().filter(|it| it.label.text == spec.label.text).count();
    match spec.groups.last() {
        Some(group) if twins > 1 => format!("{group}·{name}").into(),
        _ => name,
    }
}

/// A label without the remark in brackets behind it, cut where it is long.
pub(crate) fn shortened(label: &str) -> Cow<'_, str> {
    // （一）予以公开 begins with a bracket, which is no remark; 第二十条第（一）项 goes on behind its bracket, which is no remark either.
    let first = label.chars().next().map_or(0, char::len_utf8);
    let is_remark = label.ends_with(['）', ')']);
    let remark = is_remark.then(|| label[first..].find(['（', '('])).flatten();
    let label = remark.map_or(label, |at| &label[..first + at]).trim_end();
    match label.char_indices().nth(LONGEST) {
        Some((at, _)) => Cow::Owned(format!("{}…", &label[..at])),
        None => Cow::Borrowed(label),
    }
}

fn titled(block: &Block, row: usize) -> String {
    let Some(row) = block.rows.get(row) else { return String::new() };
    let name = shortened(&row.label.text);
    let group = row.groups.last().filter(|group| group.starts_with('（'));
    let numeral = group.and_then(|group| Some(&group[..group.find('）')? + '）'.len_utf8()]));
    match numeral {
        Some(numeral) if name.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("{numeral}{name}")
        }
        _ => name.into_owned(),
    }
}
