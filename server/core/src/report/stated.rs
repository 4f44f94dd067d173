//! The issuer's name as the preface states it.

use super::fold::fold;
use super::head::{Source, first_year, name, years};
use super::lexicon::Family;
use super::model::Named;
use crate::form::Form;
use crate::text::TextRange;

/// Words before the name in 现公布××局2025年政府信息公开….
const INTRODUCE: [&str; 6] = ["公布", "发布", "公开", "编制", "制定", "现将"];
/// Words behind the name in 由××局编制.
const BEHIND: [&str; 6] = ["编制", "按照", "根据", "依据", "结合", "撰写"];

/// Longest run of letters in which a name is looked for, in characters: a line may hold ten thousand years, or 由.
const LONGEST: usize = 60;

/// The issuer of a report without title: 现发布《××局2025年政府信息公开…》, 现公布××局2025年政府信息公开…, 由××局编制.
pub(super) fn stated_name(
    form: &Form,
    family: &Family,
    source: Source<'_>,
    lines: &[TextRange],
) -> Option<Named> {
    lines.iter().find_map(|line| {
        let words = &source.text[line.to_range()];
        let at = |from: usize, to: usize| {
            let start = line.start as usize;
            name(source, TextRange::new(start + from, start + to))
        };
        let subject = |behind: &str| {
            let behind: String =
                behind.chars().take(LONGEST).skip_while(|c| "年度 ".contains(*c)).collect();
            family.title.first().is_some_and(|word| fold(&behind).starts_with(word.as_str()))
        };
        let titled = years(words).filter(|(year, _)| subject(&words[year.end..]));
        let before_year = titled.into_iter().find_map(|(year, _)| {
            let before = words[..year.start].trim_end();
            let run = run_before(before);
            let quoted = before[..run].ends_with('《');
            let begin = if quoted { 0 } else { introduced(&before[run..])? };
            is_issuer(form, &before[run + begin..], true).then(|| at(run + begin, before.len()))?
        });
        before_year.or_else(|| {
            words.match_indices('由').find_map(|(from, own)| {
                let from = from + own.len();
                let letters = words[from..].char_indices().take(LONGEST);
                let run = letters.take_while(|(_, c)| c.is_alphabetic()).last();
                let run = &words[from..from + run.map_or(0, |(at, c)| at + c.len_utf8())];
                let end = BEHIND.iter().filter_map(|word| run.find(word)).min()?;
                is_issuer(form, &run[..end], false).then(|| at(from, from + end))?
            })
        })
    })
}

/// Where the letters at the end of `words` begin, at most [`LONGEST`] of them.
fn run_before(words: &str) -> usize {
    let letters = words.char_indices().rev().take(LONGEST).take_while(|(_, c)| c.is_alphabetic());
    letters.last().map_or(words.len(), |(at, _)| at)
}

/// Where a name begins behind the last word that introduces one. 机构编制委员会 holds such a word itself.
fn introduced(words: &str) -> Option<usize> {
    let ends = INTRODUCE.iter().filter_map(|word| Some(words.rfind(word)? + word.len()));
    ends.max().filter(|&end| !words[..end].ends_with("机构编制"))
}

/// Do the words end like an issuer's name, or like a region's, and are they no 我局?
fn is_issuer(form: &Form, words: &str, or_region: bool) -> bool {
    const SHORTEST: usize = 4;
    let ends = |endings: &[String]| endings.iter().any(|ending| words.ends_with(ending.as_str()));
    (ends(&form.issuer.endings) || or_region && ends(&form.issuer.regions))
        && words.chars().count() >= SHORTEST
        && !words.starts_with(['我', '本', '该', '全', '各'])
}

/// The issuer's name in 编制××局2025年政府信息公开…. Where the name begins is not marked, so only one that begins like the title's, or differs from it
/// in one character (another district's name left in), is told from the words before it.
pub(super) fn preface_name(
    form: &Form,
    family: &Family,
    source: Source<'_>,
    lines: &[TextRange],
    agency: &str,
) -> Option<Named> {
    let ends =
        |name: &str| form.issuer.endings.iter().any(|ending| name.ends_with(ending.as_str()));
    let begins: String = agency.chars().take(2).collect();
    for line in lines {
        let words = &source.text[line.to_range()];
        let Some((year, _)) = first_year(words) else { continue };
        let behind = words[year.end..].trim_start_matches(['年', '度', ' ']);
        let subject =
            family.title.first().is_some_and(|word| fold(behind).starts_with(word.as_str()));
        let before = words[..year.start].trim_end();
        let run = run_before(before);
        if !subject || before.ends_with(agency) || !ends(before) {
            continue;
        }
        let names = before[run..].char_indices().map(|(at, _)| run + at);
        let found = names
            .into_iter()
            .find(|&at| before[at..].starts_with(&begins) || is_slip(agency, &before[at..]));
        if let Some(start) = found {
            let start = line.start as usize + start;
            let end = line.start as usize + before.len();
            return name(source, TextRange::new(start, end));
        }
    }
    None
}

/// Do two names of equal length differ in one character, other than 我区 for a district?
fn is_slip(agency: &str, name: &str) -> bool {
    let mut differ = agency.chars().zip(name.chars()).filter(|(a, b)| a != b);
    agency.chars().count() == name.chars().count()
        && differ.next().is_some_and(|(_, c)| !"我本该此全各".contains(c))
        && differ.next().is_none()
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{hits, report};

    /// The title that is offered for a report with this preface and none.
    fn titled(preface: &str) -> String {
        let whole = report("云岭县水利局", 2025);
        let from = whole.find("一、总体情况").unwrap_or(0);
        let text = format!("{preface}统计期限为2025年1月1日至2025年12月31日。\n{}", &whole[from..]);
        let found = hits(&text, "title-missing");
        assert_eq!(found.len(), 1, "{preface}");
        found[0].fixes.first().map_or(String::new(), |fix| fix.title.clone())
    }

    #[test]
    fn a_preface_names_the_issuer() {
        for preface in [
            "根据规定，现公布青石市水利局2025年政府信息公开工作年度报告。",
            "按照要求，现发布《青石市水利局2025年度政府信息公开工作年度报告》。",
            "本报告由青石市水利局编制，",
            "本报告由青石市水利局按照《格式》要求编制。",
            "根据规定，编制青石市水利局2025年政府信息公开工作年度报告。",
        ] {
            let title = "插入标题“青石市水利局2025年政府信息公开工作年度报告”";
            assert_eq!(titled(preface), title, "{preface}");
        }
    }

    #[test]
    fn what_may_be_no_name_is_none() {
        for preface in [
            "现公布我局2025年政府信息公开工作年度报告。",
            "现公布本机关2025年政府信息公开工作年度报告。",
            "按照规定，由中共青石市委机构编制委员会办公室2025年政府信息公开工作年度报告汇总。",
            "本报告由总体情况、主动公开政府信息情况等部分组成。",
            "根据青石市水利局要求，现公布2025年政府信息公开工作年度报告。",
        ] {
            assert_eq!(titled(preface), "", "{preface}");
        }
    }
}
