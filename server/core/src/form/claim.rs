//! How the prose states cells.

use super::at::At;
use super::lists::splice;
use super::model::{CellIndex, Form, TableIndex};
use super::problem::Problems;
use super::schema::RawClaim;

/// How the prose states a cell: cues and a number in one clause, up to ，；。！？. What stands between two numbers is of the second.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Claim {
    /// `requests.new_received.total`, or a sum of such keys.
    pub key: String,
    /// The cells whose sum the claim states: (table, cell).
    pub cells: Vec<(TableIndex, CellIndex)>,
    /// What the number may mean as well, with the keys as written: who says 办理 counts what was carried over, or not.
    pub or: Vec<(String, Vec<(TableIndex, CellIndex)>)>,
    /// Words of which one must stand before the number, in its clause, with no other number between.
    pub before: Vec<String>,
    /// Words of which one, right behind the unit, will do too: 3件予以公开.
    pub behind: Vec<String>,
    /// Words of which one must stand between cue and number, or right behind its unit; empty: none needed.
    pub object: Vec<String>,
    /// Units of which one must follow the number; 万元 and the like are converted to the cell's.
    pub unit: Vec<String>,
    /// Words whose presence in the clause rules the claim out.
    pub not: Vec<String>,
    /// The same, but that topics are not looked for behind them alone: 占44%；部分公开3件.
    pub unless: Vec<String>,
    /// Words that do so unless the issuer's name ends in one of them: 县政府办公室收到5件 in its own report.
    pub offices: Vec<String>,
    /// Going back from the number to the paragraph's start, closed brackets aside, the word of `topic` or `not` met first must be of `topic`; empty: any.
    pub topic: Vec<String>,
    /// What a remark behind the number may say that it holds, without its being another count: 受理8件（含上年结转2件）.
    pub including: Vec<String>,
    /// Whether its words say so little that figures beside it must agree with their cells: 行政许可12件、行政处罚3件.
    pub loose: bool,
    /// Words that rule out a loose one wherever they stand beside it in its sentence.
    pub apart: Vec<String>,
    /// Whether the number must follow the cue at once: 废止2件, not 废止的文件中公开2件.
    pub adjacent: bool,
    /// How many years after the report's the year is that stands at the cue: -1 for 2023年结转4件 in the report on 2024.
    pub year: Option<i16>,
    /// Its name in a list with figures in the same order behind: 行政许可、行政处罚分别为12件、3件.
    pub listed: Vec<String>,
}

/// Adds the claims of a file to those of its base, whose cells are looked up anew in the form's own tables.
pub(super) fn compile(
    form: &mut Form,
    raw: Vec<RawClaim>,
    inherited: usize,
    problems: &mut Problems<'_>,
) {
    // A form that speaks of a cell speaks of it alone: its base's ways are dropped.
    form.claims.retain(|claim| !raw.iter().any(|it| it.cell.value == claim.key));
    let mut claims = std::mem::take(&mut form.claims);
    for claim in &mut claims {
        let again = form.cells(&claim.key).and_then(|cells| {
            let or = claim.or.iter().map(|(key, _)| Ok((key.clone(), form.cells(key)?)));
            Ok((cells, or.collect::<Result<_, String>>()?))
        });
        match again {
            Ok((cells, or)) => (claim.cells, claim.or) = (cells, or),
            Err(message) => {
                let message = format!(
                    "沿用自底本的正文口径与本表单的表格不符：{message}。请重写它，或列入 omit"
                );
                problems.push(inherited, "base", message);
            }
        }
    }
    claims.extend(raw.into_iter().map(|claim| compile_claim(form, claim, problems)));
    form.claims = claims;
}

fn compile_claim(form: &Form, raw: RawClaim, problems: &mut Problems<'_>) -> Claim {
    let cells = form.cells(&raw.cell.value).unwrap_or_else(|message| {
        problems.push(raw.cell.start, key(&raw.cell.value, "cell"), message);
        Vec::new()
    });
    let mut or = Vec::new();
    for key in raw.or.iter().flatten() {
        match form.cells(&key.value) {
            Ok(cells) => or.push((key.value.clone(), cells)),
            Err(message) => problems.push(key.start, self::key(&raw.cell.value, "or"), message),
        }
    }
    for (words, field) in [(&raw.before, "before"), (&raw.unit, "unit")] {
        if words.value.is_empty() {
            problems.push(
                words.start,
                key(&raw.cell.value, field),
                format!("{field} 是空的，至少要有一个词"),
            );
        }
    }
    let mut words = |written: Option<At<Vec<String>>>, field: &str| {
        written
            .map(|it| words(it, || key(&raw.cell.value, field), form, problems))
            .unwrap_or_default()
    };
    Claim {
        or,
        before: words(Some(raw.before), "before"),
        behind: words(raw.behind, "behind"),
        object: words(raw.object, "object"),
        unit: words(raw.unit.into(), "unit"),
        not: words(raw.not, "not"),
        unless: words(raw.unless, "unless"),
        offices: words(raw.offices, "offices"),
        topic: words(raw.topic, "topic"),
        adjacent: raw.adjacent,
        including: words(raw.including, "including"),
        loose: raw.loose,
        apart: words(raw.apart, "apart"),
        year: raw.year,
        listed: words(raw.listed, "listed"),
        cells,
        key: raw.cell.value,
    }
}

fn words(
    written: At<Vec<String>>,
    key: impl Fn() -> String,
    form: &Form,
    problems: &mut Problems<'_>,
) -> Vec<String> {
    // An empty word stands everywhere and would make the list say nothing, or everything.
    if written.value.iter().any(|word| word.chars().all(char::is_whitespace)) {
        problems.push(written.start, key(), "词表里有一个空词");
    }
    splice(written.value, &form.lists).unwrap_or_else(|message| {
        problems.push(written.start, key(), message);
        Vec::new()
    })
}

fn key(cell: &str, field: &str) -> String {
    format!("claim[{cell}].{field}")
}
