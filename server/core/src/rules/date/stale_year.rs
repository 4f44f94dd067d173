//! A time frame that still is the year before: text of the last report that was not brought up to date.

use super::year_conflict::conflict;
use crate::form::{Form, RuleSpec, SectionIndex};
use crate::report::{Frame, Place};
use crate::rules::plausibility::params;
use crate::rules::{
    Applicability, Check, Edit, Finding, Fixable, Mechanism, ReportCx, Scope, Sink,
};
use crate::text::TextRange;

/// `stale-year`. Keys: `behind`, what follows a year that is a time frame; `acts`, verbs that do so where the clause counts something; `subjects`,
/// who may stand before such a year; `statements`, words of sentences that speak of the report year wherever the year stands; `not`, words that rule
/// a sentence out, but for those within one of `pass`; `names`, words that make a year part of a name when they stand between it and the next comma;
/// `publishes`, words of the preface behind which the year is that of the report itself; `until`, words before the end of a year up to which is counted;
/// `plans`, words of a sentence that may well speak of the next year, and `plans_in`, the section where all may.
pub(crate) static STALE_YEAR: Mechanism =
    Mechanism { name: "stale-year", fixable: Fixable::Choice, build };

/// How old a year in a statement may be: a report is written over that of the last year or, at times, of a year before.
const OLDEST: u16 = 3;
/// What shows, at the end of the line before, that a year at the start of a line opens no sentence.
const GOES_ON: [char; 9] = ['，', '、', ',', '较', '比', '与', '和', '从', '自'];

/// How a year ends, and how its first day is written.
const ENDS: [&str; 3] = ["底", "末", "12月31日"];
const FIRST_DAY: &str = "1月1日";

/// What a figure counts does not begin with these: they make it a date or a number of a document.
const NO_UNITS: [char; 6] = ['年', '月', '日', '号', '时', '点'];

struct Spec {
    behind: Vec<String>,
    acts: Vec<String>,
    subjects: Vec<String>,
    statements: Vec<String>,
    not: Vec<String>,
    pass: Vec<String>,
    names: Vec<String>,
    publishes: Vec<String>,
    until: Vec<String>,
    plans: Vec<String>,
    plans_in: Option<SectionIndex>,
}

fn build(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    let keys = [
        "behind",
        "acts",
        "subjects",
        "statements",
        "not",
        "pass",
        "names",
        "publishes",
        "until",
        "plans",
        "plans_in",
    ];
    params::only(spec, &keys)?;
    let texts = |name: &str| params::texts(&spec.params, name);
    let optional = |name| {
        if spec.params.contains_key(name) { texts(name) } else { Ok(Vec::new()) }
    };
    let own = Spec {
        behind: texts("behind")?,
        acts: optional("acts")?,
        subjects: texts("subjects")?,
        statements: texts("statements")?,
        not: texts("not")?,
        pass: optional("pass")?,
        names: texts("names")?,
        publishes: optional("publishes")?,
        until: optional("until")?,
        plans: optional("plans")?,
        plans_in: params::text(&spec.params, "plans_in").ok().and_then(|id| form.section(&id)),
    };
    Ok(Scope::ReportWith(vec!["年".to_owned()], Box::new(move |cx, sink| check(cx, sink, &own))))
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    let Some(year) = cx.head.year else { return };
    // A text that is of another year altogether is one finding, at its title.
    if conflict(cx).is_some() {
        return;
    }
    for (at, line) in cx.mentions.iter().map(|it| it.line).enumerate() {
        let follows =
            cx.mentions.get(at + 1).is_some_and(|next| is_listed_before(cx, line, next.line, year));
        let words = cx.line(line);
        let frames = cx.frames(line);
        let heading = cx.part(line.part as usize).and_then(|it| it.heading());
        let may_be_ahead =
            heading.is_some_and(|it| it.section.is_some() && it.section != spec.plans_in);
        let in_preface = cx.part(line.part as usize).is_some_and(|it| it.heading().is_none());
        for (at, frame) in frames.iter().enumerate() {
            let next = frames.get(at + 1);
            // The sentence may name the report year before it, too.
            let from = frames.partition_point(|it| it.sentence.start < frame.sentence.start);
            let same = frames[from..].iter().take_while(|it| it.sentence == frame.sentence);
            // A list with a line a year is a comparison, too.
            let goes_on = frame.digits.start == 0 && (follows || goes_on(cx, line));
            let is_frame = || {
                !goes_on
                    && (spec.is_stale(words, frame, year)
                        || spec.is_counted_until(words, frame, year))
                    && !is_compared(frame, next, year)
                    && !same.clone().any(|it| it.year >= year)
            };
            let is_ahead = || {
                may_be_ahead
                    && spec.is_ahead(words, frame, year)
                    && !same.clone().any(|it| it.year <= year)
            };
            let is_own = in_preface && spec.is_of_report(words, frame, year, &cx.form.title);
            let is_ahead = is_ahead();
            if !is_own && !is_ahead && !is_frame() {
                continue;
            }
            let place = |range: std::ops::Range<usize>| {
                let range = TextRange::from(range).shifted(line.range.start as usize);
                Place::new(line.part as usize, range)
            };
            let old = frame.year;
            let message = if is_ahead {
                format!("报告的是{year}年，“{old}年”不是报告年度，请核对")
            } else {
                format!("报告的是{year}年，“{old}年”疑为上一年度的文字没有更新，请核对")
            };
            let edit = Edit::new(place(frame.digits.clone()), year.to_string());
            let finding = Finding::new(place(frame.range.clone()), message);
            sink.push(finding.fix(format!("改为{year}年"), Applicability::Choice, vec![edit]));
        }
    }
}

/// Whether the next sentence speaks of the report year: 2024年，收到3件。2025年，收到5件。
fn is_compared(frame: &Frame, next: Option<&Frame>, year: u16) -> bool {
    next.is_some_and(|next| {
        next.year >= year
            && next.opens
            && next.sentence.start <= frame.sentence.end + '。'.len_utf8()
    })
}

/// Whether the next line begins with the report year: 2024年收到3件。⏎2025年收到5件。
fn is_listed_before(cx: &ReportCx<'_>, line: Place, next: Place, year: u16) -> bool {
    let between = || {
        let between = line.range.end as usize..next.range.start as usize;
        cx.whole(line.part as usize).get(between).is_some_and(|it| it.trim().is_empty())
    };
    let begins = |first: &Frame| first.digits.start == 0 && first.year >= year;
    line.part == next.part && cx.frames(next).first().is_some_and(begins) && between()
}

/// Whether the line goes on with the sentence of the line before, as lines of a PDF do.
fn goes_on(cx: &ReportCx<'_>, line: Place) -> bool {
    cx.whole(line.part as usize)
        .get(..line.range.start as usize)
        .is_some_and(|it| it.trim_end().ends_with(GOES_ON))
}

impl Spec {
    fn is_stale(&self, line: &str, frame: &Frame, year: u16) -> bool {
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
    fn is_ahead(&self, line: &str, frame: &Frame, year: u16) -> bool {
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
    fn is_counted_until(&self, line: &str, frame: &Frame, year: u16) -> bool {
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
    fn is_of_report(&self, line: &str, frame: &Frame, year: u16, title: &[String]) -> bool {
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

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, report};

    const RULE: &str = "stale-year";
    const FIRST: &str = "（一）主动公开。";

    fn with(words: &str) -> String {
        let text = report("云岭县水利局", 2025);
        assert!(text.contains(FIRST));
        text.replacen(FIRST, &format!("{words}\n{FIRST}"), 1)
    }

    #[test]
    fn the_year_before_as_a_time_frame_is_found() {
        for words in [
            "⟦stale-year: 2024年⟧，我局公开信息69条。",
            "做好公开工作。⟦stale-year: 2024 年⟧度，公开信息69条，同比增长3%。",
            "公开方面：⟦stale-year: 2024年⟧全局公开信息69条。",
            "一是⟦stale-year: 2024年⟧我局公开信息69条。",
            "我局⟦stale-year: 2024年⟧共公开信息69条。",
            "按照规定，⟦stale-year: 2023年⟧度未收取信息处理费。",
            "（二）依申请公开。⟦stale-year: 2024年⟧新收政府信息公开申请6件，上年结转0件，结转下年度继续办理2件。",
            "截至⟦stale-year: 2024年⟧12月31日，网站发布信息1530条。",
            "⟦stale-year: 2024年⟧1月1日至12月31日，网站发布信息1530条。",
            "（一）主动公开。⟦stale-year: 2024年⟧通过门户网站发布信息1530条，其中政策83条。",
        ] {
            assert_findings(&with(words), &[RULE]);
        }
    }

    #[test]
    fn the_year_to_come_is_found_where_something_was_done() {
        for words in [
            "⟦stale-year: 2026年⟧度，本机关未收取政府信息公开信息处理费。",
            "（一）主动公开。⟦stale-year: 2026年⟧，全年通过门户网站公开政府信息1560条。",
        ] {
            assert_findings(&with(words), &[RULE]);
        }
        for words in [
            "2026年，将公开政府信息列入考核，发布信息1000条以上。",
            "2026年，计划发布信息1000条。",
            "2026年1月，公布报告并发布解读1条。",
            "2026年，我局提高公开质量。",
            "2025年公开信息69条，2026年公开更多信息，争取80条。",
        ] {
            assert_findings(&with(words), &[RULE]);
        }
    }

    #[test]
    fn comparisons_pass() {
        for words in [
            "2024年，收到申请3件，2025年收到5件。",
            "2024年，收到申请3件。2025年，收到申请5件。",
            "与2024年相比，收到申请多2件。",
            "较2024年，申请多2件；比2024年度，减少1件。",
            "2024年，收到3件，今年收到5件。",
            "2024年收到申请3件。\n2025年收到申请5件。",
        ] {
            assert_findings(&with(words), &[RULE]);
        }
    }

    #[test]
    fn projects_and_history_pass() {
        for words in [
            "2024年，公开栏目建成启用，运行平稳。",
            "2024年全县水利项目名单已公开。",
            "截至2024年底，共有规范性文件12件，2025年制定1件。",
            "对截至2024年12月31日，现行有效的12件文件作了清理。",
            "2024年1月1日至3月31日，发布信息120条。",
            "2024年发布的12件文件已解读。",
            "2024年通过2023年12月的验收。",
            "2024年收到申请1件，结转的已办结。",
            "2024年，县政府印发《公开目录》，我局照办。",
            "2024年以来，我局坚持每季自查。",
            "2024年我局部门决算已公开。",
            "2019年，我局开设公开专栏。",
            "公开《2024年，我们这样治水》等读本。",
        ] {
            assert_findings(&with(words), &[RULE]);
        }
    }

    #[test]
    fn file_names_and_addresses_pass() {
        for words in [
            "联系邮箱gxqxxgk2024@163.com，附件20240902162649448.png。",
            "附件：ndbg2024年，共3页.doc",
            "网址：http://www.example.gov.cn/2024/gk。",
        ] {
            assert_findings(&with(words), &[RULE]);
        }
    }

    #[test]
    fn the_preface_speaks_of_this_report() {
        const OWN: &str = "编制云岭县水利局2025年政府信息公开工作年度报告";
        let with = |words: &str| report("云岭县水利局", 2025).replacen(OWN, words, 1);
        for words in [
            "编制云岭县水利局⟦stale-year: 2024年⟧政府信息公开工作年度报告",
            "现将⟦stale-year: 2024年⟧度政府信息公开工作情况报告如下",
        ] {
            assert_findings(&with(words), &[RULE]);
        }
        for words in [
            OWN,
            "参照云岭县水利局2024年政府信息公开工作年度报告",
            "按照《关于编制2024年政府信息公开工作年度报告的通知》",
            "按照关于编制2024年政府信息公开工作年度报告的通知",
        ] {
            assert_findings(&with(words), &[RULE]);
        }
    }

    #[test]
    fn what_was_carried_over_passes() {
        assert_findings(&with("2024年，结转的1件申请已办结。"), &[RULE]);
        assert_findings(&with("加上\n较\n2024年，收到的3件，共8件。"), &[RULE]);
    }

    #[test]
    fn the_fix_writes_the_report_year() {
        let mended = apply_fix(&with("2024年，我局公开信息69条。"), RULE, 0);
        assert!(mended.contains("\n2025年，我局公开信息69条。"), "{mended}");
        assert_findings(&mended, &[RULE]);
    }
}
