//! Reads `new_received + carried_in = results_total + carried_out` and works it out for each column, row or the table.

use super::cells::Glob;
use super::model::{Block, CellIndex, Comparison, Each, Equation, Table};
use crate::nearest::suggest;

/// The comparison and the instances of `text` over `table`, or what is wrong with it (Chinese).
pub(super) fn expand(
    text: &str,
    each: Each,
    table: &Table,
) -> Result<(Comparison, Vec<Equation>), String> {
    let (comparison, left, right) = split(text)?;
    let (left, right) = (terms(left)?, terms(right)?);
    let instances = match each {
        Each::Column => by_column(&left, &right, table)?,
        Each::Row => by_row(&left, &right, table)?,
        Each::Table => {
            let keys = table.keys();
            let side =
                |terms: &[&str]| pick(terms, keys.iter().map(String::as_str).enumerate(), "单元格");
            vec![equation(table.name.clone(), side(&left)?, side(&right)?)?]
        }
    };
    Ok((comparison, instances))
}

fn split(text: &str) -> Result<(Comparison, &str, &str), String> {
    let at = text.find(['=', '>', '<']).ok_or("等式缺少 =、>= 或 <=")?;
    let (left, rest) = text.split_at(at);
    let signs = [(">=", Comparison::AtLeast), ("<=", Comparison::AtMost), ("=", Comparison::Equal)];
    let found = signs
        .iter()
        .find_map(|(sign, comparison)| rest.strip_prefix(sign).map(|right| (*comparison, right)));
    let (comparison, right) = found.ok_or("只能用 =、>= 或 <= 比较")?;
    if right.contains(['=', '>', '<']) {
        return Err("等式只能有一个比较符号".into());
    }
    Ok((comparison, left, right))
}

fn terms(side: &str) -> Result<Vec<&str>, String> {
    let terms: Vec<&str> = side.split('+').map(str::trim).collect();
    if terms.contains(&"") {
        return Err("等式缺少一项：+ 和比较符号的两边都要有编号".into());
    }
    Ok(terms)
}

/// The indices that `terms` name among `valid`; a term with `*` names all that it matches.
fn pick<'n, T: Copy + PartialEq>(
    terms: &[&str],
    valid: impl Iterator<Item = (T, &'n str)>,
    what: &str,
) -> Result<Vec<T>, String> {
    let valid: Vec<(T, &str)> = valid.collect();
    let mut picked = Vec::new();
    for term in terms {
        let (glob, before) = (Glob::new(term), picked.len());
        for (index, name) in &valid {
            if glob.matches(name) {
                if picked.contains(index) {
                    return Err(format!("“{name}”在等式一边写了两次"));
                }
                picked.push(*index);
            }
        }
        if picked.len() == before {
            return Err(format!(
                "没有名为“{term}”的{what}{}",
                suggest(term, valid.iter().map(|(_, name)| *name))
            ));
        }
    }
    Ok(picked)
}

/// The terms are rows: an instance for every column of the block in which the first one stands.
fn by_column(left: &[&str], right: &[&str], table: &Table) -> Result<Vec<Equation>, String> {
    let rows = || table.rows().map(|(block, row, it)| ((block, row), it.id.as_str()));
    let (left, right) = (pick(left, rows(), "行")?, pick(right, rows(), "行")?);
    let Some(first) = left.first().and_then(|(block, _)| table.blocks.get(*block)) else {
        return Ok(Vec::new());
    };
    let cells = |rows: &[(usize, usize)], column: &str| -> Result<Vec<CellIndex>, String> {
        let cell = |&(block, row): &(usize, usize)| {
            let found = table.blocks[block].columns.iter().position(|it| it.id == column);
            let missing = || {
                format!("行“{}”没有列“{column}”，不能同列相加", table.blocks[block].rows[row].id)
            };
            found.map(|column| table.cell_at(block, row, column)).ok_or_else(missing)
        };
        rows.iter().map(cell).collect()
    };
    let instance = |column: &super::model::Column| {
        equation(column.label.text.clone(), cells(&left, &column.id)?, cells(&right, &column.id)?)
    };
    first.columns.iter().map(instance).collect()
}

/// The terms are columns: an instance for every row of the blocks that have all of them.
fn by_row(left: &[&str], right: &[&str], table: &Table) -> Result<Vec<Equation>, String> {
    let terms = || left.iter().chain(right).map(|term| Glob::new(term));
    let has_all =
        |block: &&Block| terms().all(|term| block.columns.iter().any(|it| term.matches(&it.id)));
    // Where no block has them all, what the first one lacks is named.
    let some = table.blocks.iter().position(|block| has_all(&block)).unwrap_or(0);
    let mut instances = Vec::new();
    for (index, block) in table.blocks.iter().enumerate().skip(some) {
        if index > some && !has_all(&block) {
            continue;
        }
        let columns =
            || block.columns.iter().enumerate().map(|(column, it)| (column, it.id.as_str()));
        let (left, right) = (pick(left, columns(), "列")?, pick(right, columns(), "列")?);
        for (row, it) in block.rows.iter().enumerate() {
            let cells = |columns: &[usize]| {
                columns.iter().map(|&column| table.cell_at(index, row, column)).collect()
            };
            let scope =
                if it.label.text.is_empty() { table.name.clone() } else { it.label.text.clone() };
            instances.push(equation(scope, cells(&left), cells(&right))?);
        }
    }
    Ok(instances)
}

fn equation(
    scope: String,
    left: Vec<CellIndex>,
    right: Vec<CellIndex>,
) -> Result<Equation, String> {
    if left.iter().any(|cell| right.contains(cell)) {
        return Err("同一单元格不能既在左边又在右边".into());
    }
    let total = match (left.as_slice(), right.as_slice()) {
        ([total], _) | (_, [total, ..]) => *total,
        _ => return Err("等式两边都要有单元格".into()),
    };
    Ok(Equation { scope, left, right, total })
}
