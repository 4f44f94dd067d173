//! Cells by their keys: `requests.new_received.total`, `requests.refused.*.total`, sums of such.

use super::model::{CellIndex, Form, Table, TableIndex};
use crate::nearest::suggest;

impl Form {
    /// The cells that `keys` names: one key, or several joined by `+`, in the order of the tables. A `*` stands for one or more characters, so
    /// that `review_litigation.*.total` is three cells and `requests.refused.*.total` eight.
    ///
    /// # Errors
    /// Says in Chinese which name is unknown and which valid one is nearest; also when a cell is named twice.
    pub fn cells(&self, keys: &str) -> Result<Vec<(TableIndex, CellIndex)>, String> {
        let mut cells = Vec::new();
        for key in keys.split('+') {
            let found = self.cells_of(key.trim())?;
            if let Some(twice) = found.iter().find(|cell| cells.contains(*cell)) {
                return Err(format!(
                    "单元格“{}.{}”写了两次",
                    self.tables[twice.0].id,
                    self.tables[twice.0].key(twice.1)
                ));
            }
            cells.extend(found);
        }
        Ok(cells)
    }

    fn cells_of(&self, key: &str) -> Result<Vec<(TableIndex, CellIndex)>, String> {
        let (name, rest) =
            key.split_once('.').ok_or_else(|| format!("“{key}”不是单元格，应写作“表.行.列”"))?;
        let Some(table) = self.table(name) else {
            return Err(format!(
                "没有名为“{name}”的表格{}",
                suggest(name, self.tables.iter().map(|table| table.id.as_str()))
            ));
        };
        let found = self.find_cells(key);
        if found.is_empty() {
            let keys = self.tables[table].keys();
            return Err(format!(
                "表格“{name}”里没有单元格“{rest}”{}",
                suggest(rest, keys.iter().map(String::as_str))
            ));
        }
        Ok(found)
    }

    /// The cells that one key names; none where it names none.
    pub(super) fn find_cells(&self, key: &str) -> Vec<(TableIndex, CellIndex)> {
        let Some((name, rest)) = key.split_once('.') else { return Vec::new() };
        let Some(at) = self.table(name) else { return Vec::new() };
        let table = &self.tables[at];
        let key = Glob::new(rest);
        let mut own = String::new();
        let mut found = Vec::new();
        for (block, row, it) in table.rows() {
            // Most keys are of another row.
            if !(key.head.starts_with(it.id.as_str()) || it.id.starts_with(key.head)) {
                continue;
            }
            for (column, spec) in table.blocks[block].columns.iter().enumerate() {
                own.clear();
                own.extend([it.id.as_str(), if it.id.is_empty() { "" } else { "." }, &spec.id]);
                if key.matches(&own) {
                    found.push((at, table.cell_at(block, row, column)));
                }
            }
        }
        found
    }
}

impl Table {
    /// The keys of all cells, by index.
    pub fn keys(&self) -> Vec<String> {
        (0..self.cell_count).map(|cell| self.key(cell)).collect()
    }
}

/// A name in which `*` stands for one or more characters. It is split once, as a form compares its keys with some ten thousand names at every start.
pub(super) struct Glob<'p> {
    head: &'p str,
    /// What stands behind each star.
    rest: Vec<&'p str>,
}

impl<'p> Glob<'p> {
    pub(super) fn new(pattern: &'p str) -> Self {
        match pattern.split_once('*') {
            Some((head, rest)) => Self { head, rest: rest.split('*').collect() },
            None => Self { head: pattern, rest: Vec::new() },
        }
    }

    /// Does it match all of `name`?
    pub(super) fn matches(&self, name: &str) -> bool {
        match self.rest.split_last() {
            Some((last, middle)) => self.left(name, middle).is_some_and(|left| {
                // At least one character is the last star's.
                left.len() > last.len() && left.ends_with(last)
            }),
            None => self.head == name,
        }
    }

    /// What is left of `name` for the last star and what stands behind it, where each of the others takes as little as it can.
    fn left<'n>(&self, name: &'n str, middle: &[&str]) -> Option<&'n str> {
        middle.iter().try_fold(name.strip_prefix(self.head)?, |left, piece| {
            let behind = &left[left.chars().next()?.len_utf8()..];
            behind.find(piece).map(|at| &behind[at + piece.len()..])
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Glob;

    fn matches(pattern: &str, name: &str) -> bool {
        Glob::new(pattern).matches(name)
    }

    #[test]
    fn a_star_stands_for_at_least_one_character() {
        assert!(matches("refused.*", "refused.case_file"));
        assert!(!matches("refused.*", "refused."));
        assert!(!matches("refused.*", "refused"));
        assert!(matches("*.total", "review.total"));
        assert!(!matches("*.total", "review.total2"));
        assert!(matches("*", "a"));
        assert!(matches("a*b*c", "axbbyc"));
        assert!(!matches("a*b*c", "abc"));
        assert!(!matches("a*b*", "axb"));
        assert!(matches("a*b*", "axby"));
        assert!(matches("a**b", "axyb") && !matches("a**b", "axb"));
        assert!(matches("*b*b", "abcbb") && !matches("*b*b", "abb"));
        assert!(!matches(&"*".repeat(1 << 20), "ab"), "however many there are");
    }
}
