//! Finds which agency reports about which year: in the title, else in what stands above it, the preface and the signature.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::fold::{fold, is_plain, is_traditional, unradical};
use super::lexicon::Family;
use super::model::{Head, Named, Place, Title};
use super::stated::{preface_name, stated_name};
use super::titles::{is_short_title, is_title, short_name, without_remark};
use super::untagged::Untagged;
use crate::form::Form;
use crate::syntax::{Cut, LineView, Shape, field_mark};
use crate::text::TextRange;

/// How many lines at the end are searched for the signature.
const SIGNATURE_LINES: usize = 8;
/// Bytes of a title, without tags among its words. With them it may be ten times as long.
const LONGEST_TITLE: usize = 300;
/// Most characters of a line that can be an issuer's name.
const LONGEST_NAME: usize = 40;

/// A part's text with its cut.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) text: &'a str,
    pub(crate) cut: &'a Cut,
    pub(crate) part: usize,
}

/// Reads the title block and preface of the first part, the signature of the last, and the year in the second part if neither says it.
pub(crate) fn head(
    form: &Form,
    family: &Family,
    first: Source<'_>,
    second: Option<Source<'_>>,
    last: Source<'_>,
) -> Head {
    let lines = lines(first);
    let mut head = Head::default();
    if let Some(title) = title(family, first, &lines) {
        let range = title.range;
        let (year, agency) = year_and_agency(family, first, range);
        head.year = year.as_ref().and_then(|year| year_value(&year.text));
        head.agency = agency.or_else(|| beside(family, first, &lines, &title));
        let words = first.text.get(range.to_range()).unwrap_or("");
        let blanks = words.chars().filter(|c| c.is_whitespace()).count();
        let hides_words = !is_plain(words)
            && (words.chars().any(is_traditional) || 3 * blanks > words.chars().count());
        let place = Place::new(first.part, range);
        head.title = Some(Title { place, text: title.folded, year, hides_words });
    }
    head.year = head
        .year
        .or_else(|| reported_year(first.text, &lines))
        .or_else(|| second.and_then(|second| reported_year(second.text, &self::lines(second))));
    let signed = signature(form, last);
    match &head.agency {
        None if head.title.is_none() => {
            // A page often shows its title where a crawler does not look.
            head.agency = signed.or_else(|| stated_name(form, family, first, &lines));
        }
        None => head.agency = signed,
        Some(agency) => {
            let other = |it: &Named| it.text != agency.text;
            let named = preface_name(form, family, first, &lines, &agency.text);
            head.agency_full = named.filter(other).or(signed.filter(other));
        }
    }
    head
}

fn lines(source: Source<'_>) -> Vec<TextRange> {
    source.cut.iter().filter_map(|view| words_of(source.text, view)).collect()
}

/// The words of a line that is no row of a table.
fn words_of(text: &str, view: LineView<'_>) -> Option<TextRange> {
    if matches!(view.line.shape, Shape::Directive | Shape::PageFooter) {
        return None;
    }
    let range = view.words()?;
    let words = &text[range.to_range()];
    let is_lead =
        |c: char| c.is_whitespace() || matches!(c, '#' | '*' | '_' | '=' | '\'' | '\u{feff}');
    let mut led = words.trim_start_matches(is_lead);
    while let Some(rest) = field_mark(led) {
        led = rest.trim_start_matches(is_lead);
    }
    let lead = words.len() - led.len();
    let trimmed = led.trim_end_matches(['*', '_', ' ', '=', '\'']);
    (!trimmed.is_empty()).then(|| {
        TextRange::new(range.start as usize + lead, range.start as usize + lead + trimmed.len())
    })
}

/// A title among the lines of a part.
struct Found {
    range: TextRange,
    folded: String,
    /// Its lines.
    lines: std::ops::Range<usize>,
}

/// The title: the first one with a year, else the first. A title broken over lines is joined.
fn title(family: &Family, source: Source<'_>, lines: &[TextRange]) -> Option<Found> {
    let plain = titled(family, source, lines, |words, folded| is_title(family, words, folded));
    let short = || {
        let is_one = |words: &str, folded: &str| is_short_title(family, words, folded);
        let found = from_line_above(family, source, lines, titled(family, source, lines, is_one)?);
        // Links to the reports of other years name no agency.
        let (year, agency) = year_and_agency(family, source, found.range);
        let names_agency = agency.is_some() || beside(family, source, lines, &found).is_some();
        (year.is_some() && names_agency).then_some(found)
    };
    plain.map(|found| from_line_above(family, source, lines, found)).or_else(short)
}

/// With the line above where that is the year and the issuer: ××局2023年⏎政府信息公开工作年度报告, or 2023年××局⏎….
fn from_line_above(
    family: &Family,
    source: Source<'_>,
    lines: &[TextRange],
    found: Found,
) -> Found {
    let has_year = has_year(source, found.range);
    let above = found.lines.start.checked_sub(1).and_then(|at| lines.get(at)).filter(|_| !has_year);
    let Some(above) = above else { return found };
    let words = &*Untagged::strip(&source.text[above.to_range()]).words;
    let Some((year, _)) = first_year(words).or_else(|| bare_year(words)) else { return found };
    let before = fold(&words[..year.start]);
    let behind = fold(words[year.end..].trim_start_matches(['年', '度']));
    // ××局2023年, or 2023年××局
    let ((issuer, "") | ("", issuer)) = (before.as_str(), behind.as_str()) else { return found };
    let ends = |endings: &[String]| endings.iter().any(|it| issuer.ends_with(it.as_str()));
    if !issuer.is_empty() && !ends(&family.issuer_endings) && !ends(&family.regions) {
        return found;
    }
    let range = above.cover(found.range);
    let folded = fold(&source.text[range.to_range()]);
    Found { range, folded, lines: found.lines.start - 1..found.lines.end }
}

fn titled(
    family: &Family,
    source: Source<'_>,
    lines: &[TextRange],
    is_one: impl Fn(&str, &str) -> bool,
) -> Option<Found> {
    (1..=3).find_map(|pieces| {
        let mut found: Vec<Found> = Vec::new();
        for (at, window) in lines.windows(pieces).enumerate() {
            let range = window[0].cover(window[pieces - 1]);
            if range.len() > LONGEST_TITLE * 10 {
                continue;
            }
            let untagged = Untagged::strip(&source.text[range.to_range()]);
            let words = &*untagged.words;
            if words.len() > LONGEST_TITLE || words.contains(['。', '，', '；', '《', ',', ';'])
            {
                continue;
            }
            let folded = fold(words);
            if is_one(words, &folded) {
                let words = without_remark(words);
                let range =
                    untagged.place(TextRange::new(0, words.len())).shifted(range.start as usize);
                let folded = fold(words);
                found.push(Found { range, folded, lines: at..at + pieces });
            }
        }
        let has_year = |it: &Found| has_year(source, it.range);
        let best = found.iter().position(has_year).unwrap_or(0);
        // A page may print it behind other words first: 标题××局2023年…, then ××局2023年… alone.
        let plainer =
            found.iter().enumerate().skip(best).filter(|(_, it)| has_year(it)).find(|(_, it)| {
                let longer = &found[best].folded;
                it.folded.len() < longer.len()
                    && longer.ends_with(&it.folded)
                    && year_and_agency(family, source, it.range).1.is_some()
            });
        let best = plainer.map_or(best, |(at, _)| at);
        (best < found.len()).then(|| found.swap_remove(best))
    })
}

/// The issuer in a line of its own above or below the title.
fn beside(
    family: &Family,
    source: Source<'_>,
    lines: &[TextRange],
    title: &Found,
) -> Option<Named> {
    let above = title.lines.start.checked_sub(1);
    [above, Some(title.lines.end)].into_iter().flatten().find_map(|at| {
        let named = name(source, *lines.get(at)?)?;
        let folded = fold(&named.text);
        let ends = |endings: &[String]| endings.iter().any(|it| folded.ends_with(it.as_str()));
        (ends(&family.issuer_endings) || ends(&family.regions)).then_some(named)
    })
}

/// The year that words other than the title say is reported on: that of the period from 1 January, else the first that belongs to no date and no
/// edition of a document.
fn reported_year(text: &str, lines: &[TextRange]) -> Option<u16> {
    let mut first = None;
    for line in lines {
        let words = &text[line.to_range()];
        for (range, year) in years(words) {
            let behind: String =
                words[range.end..].chars().filter(|c| !c.is_whitespace()).take(5).collect();
            let behind = behind.strip_prefix('年').unwrap_or(&behind);
            if behind.starts_with("1月1日") {
                return Some(year);
            }
            let is_date = behind.starts_with(|c: char| c.is_ascii_digit());
            let is_edition = behind.starts_with(['修', '版', '第', '印', '公']);
            if !is_date && !is_edition {
                first = first.or(Some(year));
            }
        }
    }
    first
}

fn year_and_agency(
    family: &Family,
    source: Source<'_>,
    title: TextRange,
) -> (Option<Named>, Option<Named>) {
    let untagged = Untagged::strip(&source.text[title.to_range()]);
    let words = &*untagged.words;
    let at =
        |range: std::ops::Range<usize>| untagged.place(range.into()).shifted(title.start as usize);
    let begin = |word: &String| find_folded(words, word);
    let other = || short_name(family, &fold(words))?.first().and_then(begin);
    let subject = family.title.first().and_then(begin).or_else(other).unwrap_or(words.len());
    let Some((range, _)) = first_year(words).or_else(|| bare_year(&words[..subject])) else {
        return (None, name(source, at(0..subject)));
    };
    let year = Named {
        text: words[range.clone()].to_owned(),
        place: Place::new(source.part, at(range.clone())),
    };
    let before = name(source, at(0..range.start.min(named_until(family, words, subject))));
    // 2023年××局政府信息公开…
    let behind = words[range.end..].trim_start_matches(['年', '度', ' ']);
    let behind_at = words.len() - behind.len();
    let agency = before
        .or_else(|| (behind_at < subject).then(|| name(source, at(behind_at..subject))).flatten());
    (Some(year), agency)
}

/// Where the issuer's name ends, at the latest, before the subject that begins at `subject` (××局政府信息公开工作2023年度报告): 人民政府信息公开工作 holds
/// the end of one.
fn named_until(family: &Family, words: &str, subject: usize) -> usize {
    let ends = |at: &usize| {
        family.issuer_endings.iter().any(|ending| words[..*at].ends_with(ending.as_str()))
    };
    let mut behind = words[subject..].char_indices().skip(1).take(2).map(|(at, _)| subject + at);
    behind.find(ends).unwrap_or(subject)
}

/// Where `word` (folded) begins in `words`, whatever spaces stand in between.
fn find_folded(words: &str, word: &str) -> Option<usize> {
    let first = word.chars().next()?;
    words
        .char_indices()
        .filter(|(_, c)| *c == first)
        .map(|(at, _)| at)
        .find(|&at| fold(&words[at..]).starts_with(word))
}

/// The issuer's name at `range`, without spaces; nothing for words that cannot be one.
pub(super) fn name(source: Source<'_>, range: TextRange) -> Option<Named> {
    let untagged = Untagged::strip(&source.text[range.to_range()]);
    let words = &*untagged.words;
    // 首页 > 年度报告 > ××局
    let from = words
        .rfind(['>', '》', '|', '：', ':', '/'])
        .map_or(0, |at| at + words[at..].chars().next().map_or(0, char::len_utf8));
    let trimmed = words[from..].trim().trim_start_matches("关于").trim_end_matches("关于").trim();
    let start = from + words[from..].find(trimmed)?;
    let place = untagged.place(TextRange::new(start, start + trimmed.len()));
    let text: String = trimmed.chars().filter(|c| !c.is_whitespace()).map(unradical).collect();
    let fits = (2..=LONGEST_NAME).contains(&text.chars().count())
        && !text.contains(['：', ':', '，', '。', '/', '|', '>', '.'])
        && !text.chars().any(|c| c.is_ascii_digit());
    let place = Place::new(source.part, place.shifted(range.start as usize));
    fits.then_some(Named { text, place })
}

fn has_year(source: Source<'_>, range: TextRange) -> bool {
    first_year(&Untagged::strip(&source.text[range.to_range()]).words).is_some()
}

/// The name above the date at the end of a report.
fn signature(form: &Form, source: Source<'_>) -> Option<Named> {
    let lines: Vec<TextRange> =
        source.cut.iter().filter_map(|view| words_of(source.text, view)).collect();
    let tail = &lines[lines.len().saturating_sub(SIGNATURE_LINES)..];
    let is_date = |range: &TextRange| {
        let words = fold(&source.text[range.to_range()]);
        words.ends_with('日')
            && words.contains('年')
            && words.contains('月')
            && words.chars().count() <= 14
    };
    let at = tail.windows(2).position(|pair| is_date(&pair[1]))?;
    let named = name(source, tail[at])?;
    form.issuer.endings.iter().any(|ending| named.text.ends_with(ending.as_str())).then_some(named)
}

/// The first year in `words`, as digits or as Chinese numerals, with the range of its digits.
pub(super) fn first_year(words: &str) -> Option<(std::ops::Range<usize>, u16)> {
    years(words).next()
}

/// The year at the end of `words`, where a crawler has lost the 年: ××厅2023.
fn bare_year(words: &str) -> Option<(std::ops::Range<usize>, u16)> {
    let words = words.trim_end();
    let start = words.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    Some((start..words.len(), year_value(&words[start..]).filter(|_| words.len() - start == 4)?))
}

/// A searcher for 年, which is searched for in every line.
static YEAR: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("年"));

/// Where 年 stands in `words`.
pub(crate) fn year_marks(words: &str) -> impl Iterator<Item = usize> {
    YEAR.find_iter(words.as_bytes())
}

/// The years in `words`, as digits or as Chinese numerals, with the ranges of their digits.
pub(crate) fn years(words: &str) -> impl Iterator<Item = (std::ops::Range<usize>, u16)> {
    year_marks(words).filter_map(|end| {
        let mut digits = words[..end].char_indices().rev().filter(|(_, c)| *c != ' ');
        let mut next = || digits.next().filter(|(_, c)| year_digit(*c).is_some());
        let last = next()?;
        let (third, second) = (next()?, next()?);
        let first = next()?;
        let year = year_of([first, second, third, last].into_iter().map(|(_, c)| c))?;
        Some((first.0..last.0 + last.1.len_utf8(), year))
    })
}

/// The year of four digits, in any script; nothing outside 1949–2099.
pub(crate) fn year_value(digits: &str) -> Option<u16> {
    year_of(digits.chars().filter(|c| !c.is_whitespace()))
}

fn year_of(digits: impl Iterator<Item = char>) -> Option<u16> {
    let mut year = 0_u16;
    for c in digits {
        year = year.checked_mul(10)?.checked_add(year_digit(c)?)?;
    }
    (1949..=2099).contains(&year).then_some(year)
}

fn year_digit(c: char) -> Option<u16> {
    match c {
        '0'..='9' => Some(c as u16 - '0' as u16),
        '〇' | '零' | '○' => Some(0),
        '０'..='９' => Some(c as u16 - '０' as u16),
        _ => "一二三四五六七八九".chars().position(|it| it == c).map(|at| at as u16 + 1),
    }
}
