//! What the words around a year say of it: that it frames what a report tells of its year, or that it may be another.

use crate::form::SectionIndex;
use crate::report::Frame;

/// How old a year in a statement may be: a report is written over that of the last year or, at times, of a year before.
const OLDEST: u16 = 3;
/// How a year ends, and how its first day is written.
const ENDS: [&str; 3] = ["底", "末", "12月31日"];
const FIRST_DAY: &str = "1月1日";

/// What a figure counts does not begin with these: they make it a date or a number of a document.
const NO_UNITS: [char; 6] = ['年', '月', '日', '号', '时', '点'];

/// The words of the form; see [`STALE_YEAR`](super::stale_year::STALE_YEAR).
pub(super) struct Spec {
    pub(super) behind: Vec<String>,
    pub(super) acts: Vec<String>,
    pub(super) subjects: Vec<String>,
    pub(super) statements: Vec<String>,
    pub(super) not: Vec<String>,
    pub(super) pass: Vec<String>,
    pub(super) names: Vec<String>,
    pub(super) publishes: Vec<String>,
    pub(super) until: Vec<String>,
    pub(super) plans: Vec<String>,
    pub(super) plans_in: Option<SectionIndex>,
}

impl Spec {
    pub(super) fn is_stale(&self, line: &str, frame: &Frame, year: u16) -> bool {
        let age = year.saturating_sub(frame.year);
        let is_framed = || {
            frame.is_before(line, &self.behind)
                || self.is_counted(line, frame)
                || is_whole(clause(frame.rest(line)))
        };
        if age == 0 || age > OLDEST || !is_framed() {
            return false;
        }
        let sentence = &line[frame.sentence.clone()];
        if self.is_ruled_out(sentence) || has(clause(frame.rest(line)), &self.names) {
            return false;
        }
        let before = line[..frame.digits.start].trim_end();
        let opens = frame.opens || self.subjects.iter().any(|it| before.ends_with(it.as_str()));
        let is_statement = has(sentence, &self.statements);
        let is_framed = opens || before.ends_with(['，', ',']);
        opens && age == 1 || is_framed && is_statement
    }

    /// Whether the year to come stands where something was done or counted: 2025年度，未收取信息处理费 in the report on 2024.
    pub(super) fn is_ahead(&self, line: &str, frame: &Frame, year: u16) -> bool {
        let sentence = &line[frame.sentence.clone()];
        let counts = || {
            has(frame.rest(line), &self.acts)
                && frame.rest(line).contains(|c: char| c.is_ascii_digit())
        };
        frame.year == year + 1
            && frame.opens
            && !self.plans.is_empty()
            && (frame.is_before(line, &self.behind) || self.is_counted(line, frame))
            && (has(sentence, &self.statements) || counts())
            && !has(sentence, &self.plans)
            && !has(clause(frame.rest(line)), &self.names)
    }

    /// Whether an act follows, and how often it was done: 2024年新收政府信息公开申请6件, but not 2024年发布的政策.
    fn is_counted(&self, line: &str, frame: &Frame) -> bool {
        let rest = frame.rest(line);
        let act = self.acts.iter().find_map(|act| rest.strip_prefix(act.as_str()));
        act.is_some_and(|rest| {
            let clause = clause(rest);
            let digit = |c: char| c.is_ascii_digit();
            let Some(from) = clause.find(digit) else { return false };
            let unit = clause[from..].trim_start_matches(digit).trim_start();
            !clause[..from].contains('的') && unit.starts_with(|c| !NO_UNITS.contains(&c))
        })
    }

    /// Whether the sentence counts up to the end of the year before: 截至2024年12月31日，发布信息1530条.
    pub(super) fn is_counted_until(&self, line: &str, frame: &Frame, year: u16) -> bool {
        let before = line[frame.sentence.start..frame.digits.start].trim_end();
        let before = before.rsplit(['：', ':', '；']).next().unwrap_or("");
        let opens = self
            .until
            .iter()
            .any(|word| before.strip_suffix(word.as_str()).is_some_and(|it| it.trim().is_empty()));
        let rest = frame.rest(line);
        let end = ENDS.iter().find_map(|end| rest.strip_prefix(end));
        let counts = || rest.contains(|c: char| c.is_ascii_digit());
        opens
            && frame.year + 1 == year
            && end.is_some_and(|it| it.starts_with(['，', ',']))
            && counts()
    }

    /// Whether a word rules the sentence out: 结转 does, 上年结转 does not.
    fn is_ruled_out(&self, sentence: &str) -> bool {
        let spans: Vec<_> =
            self.pass.iter().flat_map(|it| sentence.match_indices(it.as_str())).collect();
        let is_passed = |at: usize, word: &str| {
            spans.iter().any(|(from, it)| *from <= at && at + word.len() <= from + it.len())
        };
        let mut words = self.not.iter().flat_map(|it| sentence.match_indices(it.as_str()));
        words.any(|(at, word)| !is_passed(at, word))
    }

    /// Whether the preface says which year's report this is: 现将云岭县水利局2024年政府信息公开工作年度报告公布如下.
    pub(super) fn is_of_report(
        &self,
        line: &str,
        frame: &Frame,
        year: u16,
        title: &[String],
    ) -> bool {
        let (Some(first), Some(last)) = (title.first(), title.last()) else { return false };
        let rest = clause(frame.rest(line));
        let names_it = rest.starts_with(first.as_str()) && rest.contains(last.as_str());
        if !names_it || frame.year >= year || year - frame.year > OLDEST {
            return false;
        }
        let before = &line[frame.sentence.start..frame.digits.start];
        let before = before.rsplit(['，', ',', '；']).next().unwrap_or("");
        // 关于编制2024年…的通知 is another document.
        let said = self.publishes.iter().filter_map(|it| before.find(it.as_str())).min();
        said.is_some_and(|at| !before[..at].ends_with("关于"))
    }
}

/// From the first day to the last: 1月1日至12月31日.
fn is_whole(clause: &str) -> bool {
    clause.starts_with(FIRST_DAY) && clause.ends_with(ENDS[2])
}

fn clause(words: &str) -> &str {
    words.split(['，', ',', '；']).next().unwrap_or("")
}

fn has(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}
