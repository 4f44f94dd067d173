//! What the mechanisms read from a `[[rule]]` of a form, and the cells they speak of.

use rust_decimal::Decimal;
use toml::{Table, Value};

use crate::form::{CellIndex, Form, Level, RuleSpec, TableIndex, ValueKind};
use crate::report::{BoundTable, Cell, Head};
use crate::rules::ReportCx;
use crate::rules::Severity;

/// A cell of the form that a rule is written for.
#[derive(Debug, Clone)]
pub(in crate::rules) struct CellRef {
    /// `proactive.admin_fee.amount`.
    pub(in crate::rules) key: String,
    /// What messages call it: 行政许可·本年处理决定数量.
    pub(in crate::rules) name: String,
    form: String,
    /// Its place in that form.
    pub(in crate::rules) at: (TableIndex, CellIndex),
}

impl CellRef {
    /// The cell of `table`, when the table has it. A table may follow another form of the family, where the same key is another index.
    pub(in crate::rules) fn of<'t>(&self, table: &'t BoundTable) -> Option<&'t Cell> {
        if table.form.id == self.form {
            return (table.table == self.at.0).then(|| table.cell(self.at.1)).flatten();
        }
        let (at, cell) = table.form.cell(&self.key)?;
        (at == table.table).then(|| table.cell(cell)).flatten()
    }

    /// The cell in the first readable table of the report that has it, with the table and the index of its part.
    pub(in crate::rules) fn find<'r>(
        &self,
        cx: &ReportCx<'r>,
    ) -> Option<(usize, &'r BoundTable, &'r Cell)> {
        cx.tables().find_map(|(part, table)| Some((part, table, self.of(table)?)))
    }
}

/// The cells of `params.<name>`: a key or a list of keys, in which `*` stands for any part.
pub(in crate::rules) fn cells(
    spec: &RuleSpec,
    form: &Form,
    name: &str,
) -> Result<Vec<CellRef>, String> {
    let mut found = Vec::new();
    for key in texts(&spec.params, name)? {
        for (table, cell) in form.cells(&key)? {
            let own = &form.tables[table];
            found.push(CellRef {
                key: format!("{}.{}", own.id, own.key(cell)),
                name: cell_name(own, cell),
                form: form.id.clone(),
                at: (table, cell),
            });
        }
    }
    Ok(found)
}

/// The one cell of `params.<name>`.
pub(in crate::rules) fn cell(spec: &RuleSpec, form: &Form, name: &str) -> Result<CellRef, String> {
    let mut found = cells(spec, form, name)?;
    match (found.pop(), found.is_empty()) {
        (Some(cell), true) => Ok(cell),
        _ => Err(format!("“{name}”应为一个单元格")),
    }
}

/// The one cell of `params.<name>`, which must be an amount in 万元; with it the most decimals that make sense.
pub(in crate::rules) fn wan_cell(
    spec: &RuleSpec,
    form: &Form,
    name: &str,
) -> Result<(CellRef, u32), String> {
    let found = cell(spec, form, name)?;
    match kind(form, &found) {
        Some(ValueKind::Amount { unit, decimals }) if unit == "万元" => Ok((found, *decimals)),
        _ => Err(format!("“{name}”应为单位是万元的金额：{}", found.key)),
    }
}

/// What the cell holds.
pub(in crate::rules) fn kind<'f>(form: &'f Form, cell: &CellRef) -> Option<&'f ValueKind> {
    let table = form.tables.get(cell.at.0)?;
    let (block, _, column) = table.locate(cell.at.1);
    Some(&table.blocks.get(block)?.columns.get(column)?.values)
}

/// What messages call a cell: the labels of its row and its column, or of its column groups where rows have no label.
fn cell_name(table: &crate::form::Table, cell: CellIndex) -> String {
    let (block, row, column) = table.locate(cell);
    let (row, column) = (&table.blocks[block].rows[row], &table.blocks[block].columns[column]);
    let group = column.groups.last().map_or("", String::as_str);
    let row = if row.label.text.is_empty() { group } else { row.label.text.as_str() };
    [row, column.label.text.as_str()]
        .into_iter()
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join("·")
}

/// The number at `params.<name>`: an integer, or a decimal as a string so that it stays exact.
pub(in crate::rules) fn decimal(params: &Table, name: &str) -> Result<Decimal, String> {
    let wrong = || format!("“{name}”应为数字；小数请加引号");
    match params.get(name).ok_or_else(|| format!("缺少“{name}”"))? {
        Value::Integer(number) => Ok(Decimal::from(*number)),
        Value::String(number) => Decimal::from_str_exact(number).map_err(|_| wrong()),
        _ => Err(wrong()),
    }
}

/// The text at `params.<name>`.
pub(in crate::rules) fn text(params: &Table, name: &str) -> Result<String, String> {
    let value = params.get(name).and_then(Value::as_str);
    value.map(str::to_owned).ok_or_else(|| format!("缺少文字“{name}”"))
}

/// The texts at `params.<name>`, one or a list of them.
pub(in crate::rules) fn texts(params: &Table, name: &str) -> Result<Vec<String>, String> {
    let wrong = || format!("“{name}”应为文字或一列文字");
    match params.get(name).ok_or_else(|| format!("缺少“{name}”"))? {
        Value::String(one) => Ok(vec![one.clone()]),
        Value::Array(many) => {
            many.iter().map(|it| it.as_str().map(str::to_owned).ok_or_else(wrong)).collect()
        }
        _ => Err(wrong()),
    }
}

/// The severities by level at `params.levels`; `None` when the rule holds for every level.
pub(in crate::rules) fn levels(
    spec: &RuleSpec,
    form: &Form,
) -> Result<Option<Vec<(String, Severity)>>, String> {
    let Some(value) = spec.params.get("levels") else { return Ok(None) };
    let table = value.as_table().ok_or("“levels”应写作 { 层级编号 = \"严重程度\" }")?;
    let severity = |(id, value): (&String, &Value)| {
        if !form.levels.iter().any(|level| level.id == *id) {
            return Err(format!("没有名为“{id}”的层级"));
        }
        let severity = value.as_str().and_then(Severity::from_name);
        severity.map(|it| (id.clone(), it)).ok_or_else(|| format!("没有名为“{value}”的严重程度"))
    };
    table.iter().map(severity).collect::<Result<_, _>>().map(Some)
}

/// Says which of the params is none that the mechanism knows.
pub(in crate::rules) fn only(spec: &RuleSpec, known: &[&str]) -> Result<(), String> {
    match spec.params.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => {
            Err(format!("“{}”不认识“{key}”；可用的有：{}", spec.mechanism, known.join("、")))
        }
        None => Ok(()),
    }
}

/// The level of a report, or the one for issuers of unknown level.
pub(in crate::rules) fn level<'f>(form: &'f Form, head: &Head) -> Option<&'f Level> {
    head.level(form).or_else(|| form.levels.iter().find(|level| level.is_unknown()))
}

/// A figure without the zeros at its end.
pub(in crate::rules) fn plain(number: Decimal) -> Decimal {
    number.normalize()
}
