//! Who reports: levels with their bands, and how names are recognised.

use super::ids::{Shape, check_ids, decimal};
use super::level::Pattern;
use super::lists::grouped;
use super::model::{Band, Form, Issuer, Level};
use super::problem::Problems;
use super::schema::{RawBand, RawIssuer, RawLevel};

/// Replaces the levels of the base when the file has any: their order matters, so two lists can't be mixed.
pub(super) fn levels(form: &mut Form, raw: Vec<RawLevel>, problems: &mut Problems<'_>) {
    check_ids(raw.iter().map(|it| &it.id), "level", Shape::Snake, problems);
    if raw.is_empty() {
        // The base may speak of cells that the form does not have: then there is no figure to hold against the band.
        let mut levels = std::mem::take(&mut form.levels);
        for level in &mut levels {
            level.bands.retain(|band| form.cell(&band.cell).is_some());
        }
        form.levels = levels;
        return;
    }
    form.levels = raw.into_iter().map(|level| compile_level(form, level, problems)).collect();
}

fn compile_level(form: &Form, raw: RawLevel, problems: &mut Problems<'_>) -> Level {
    let key = format!("level[{}]", raw.id.value);
    let is_read = if problems.trusted { Ok(()) } else { check(&raw.pattern.value, form) };
    let pattern = match is_read {
        Ok(()) => raw.pattern.value,
        Err(message) => {
            problems.push(raw.pattern.start, format!("{key}.pattern"), message);
            String::new()
        }
    };
    let bands = raw.bands.into_iter().filter_map(|it| band(form, it, &key, problems)).collect();
    Level {
        id: raw.id.value,
        name: raw.name,
        pattern: Pattern::new(pattern),
        region: raw.region,
        bands,
    }
}

/// A pattern is read when it is first needed, except that of a user, who wants to know what is wrong with it.
fn check(pattern: &str, form: &Form) -> Result<(), String> {
    use regex_syntax::Error;
    use regex_syntax::hir::Look;
    let (pattern, _) = grouped(pattern, &form.lists)?;
    let problem = match regex_syntax::parse(&pattern) {
        Ok(read) => {
            let is_known = |look| matches!(look, Look::Start | Look::End);
            let all_known = read.properties().look_set().iter().all(is_known);
            return if all_known { Ok(()) } else { Err("定位只能用 ^ 和 $".into()) };
        }
        Err(Error::Parse(error)) => (error.span().start.offset, error.kind().to_string()),
        Err(Error::Translate(error)) => (error.span().start.offset, error.kind().to_string()),
        Err(_) => return Err("不是正确的正则表达式".into()),
    };
    let rest: String = pattern.get(problem.0..).unwrap_or_default().chars().take(12).collect();
    Err(format!("不是正确的正则表达式：从“{rest}”起读不懂（{}）", problem.1))
}

/// Takes over what the file says of issuers.
pub(super) fn issuer(form: &mut Form, raw: RawIssuer) {
    let mut short: Vec<(String, String)> = raw.short.into_iter().collect();
    // A longer ending is the more specific one and must be tried first.
    short.sort_unstable_by(|(a, _), (b, _)| {
        b.chars().count().cmp(&a.chars().count()).then_with(|| a.cmp(b))
    });
    form.issuer = Issuer { endings: raw.endings, short, regions: raw.regions };
}

fn band(form: &Form, raw: RawBand, key: &str, problems: &mut Problems<'_>) -> Option<Band> {
    let key = format!("{key}.band[{}]", raw.cell.value);
    let mut number = |it: super::schema::RawNumber, start: usize, field: &str| {
        decimal(it).map_err(|message| problems.push(start, format!("{key}.{field}"), message)).ok()
    };
    let warn_above = number(raw.warn_above.value, raw.warn_above.start, "warn_above");
    let error_above = number(raw.error_above.value, raw.error_above.start, "error_above");
    let usual: Option<Vec<_>> = raw
        .usual
        .as_ref()
        .map(|it| it.value.iter().filter_map(|&n| number(n, it.start, "usual")).collect());
    let usual = match (usual.as_deref(), &raw.usual) {
        (None, _) => None,
        (Some([low, high]), _) if low <= high => Some((*low, *high)),
        (Some(_), written) => {
            let start = written.as_ref().map_or(raw.cell.start, |it| it.start);
            problems.push(
                start,
                format!("{key}.usual"),
                "usual 应为两个数：最小值和最大值，如 [0, 500]",
            );
            None
        }
    };
    match form.cells(&raw.cell.value).as_deref() {
        Ok([_]) => {}
        Ok(_) => problems.push(raw.cell.start, format!("{key}.cell"), "区间只能说一个单元格"),
        Err(message) => problems.push(raw.cell.start, format!("{key}.cell"), message.clone()),
    }
    let (warn_above, error_above) = (warn_above?, error_above?);
    if warn_above > error_above {
        problems.push(
            raw.error_above.start,
            format!("{key}.error_above"),
            format!("error_above 应不小于 warn_above（{warn_above}）"),
        );
    }
    Some(Band { cell: raw.cell.value, usual, warn_above, error_above })
}
