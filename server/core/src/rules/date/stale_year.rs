//! A time frame that still is the year before: text of the last report that was not brought up to date.

use super::stale_words::Spec;
use super::year_conflict::conflict;
use crate::form::{Form, RuleSpec};
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

/// What shows, at the end of the line before, that a year at the start of a line opens no sentence.
const GOES_ON: [char; 9] = ['，', '、', ',', '较', '比', '与', '和', '从', '自'];

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
    for (at, mention) in cx.mentions.iter().enumerate() {
        let next = cx.mentions.get(at + 1).map(|next| next.line);
        let line = Line::new(cx, spec, year, mention.line, next);
        for (at, frame) in line.frames.iter().enumerate() {
            let is_ahead = line.is_ahead(at, frame);
            if is_ahead || line.is_of_report(frame) || line.is_stale(at, frame) {
                sink.push(line.finding(frame, is_ahead));
            }
        }
    }
}

/// A line with years.
struct Line<'a> {
    spec: &'a Spec,
    form: &'a Form,
    year: u16,
    place: Place,
    words: &'a str,
    frames: &'a [Frame],
    in_preface: bool,
    /// Whether it stands where no year to come is expected.
    may_be_ahead: bool,
    /// Whether the year at its beginning is one of a comparison over several lines: a list with a line a year, or a sentence that goes on.
    is_compared: bool,
}

impl<'a> Line<'a> {
    fn new(
        cx: &ReportCx<'a>,
        spec: &'a Spec,
        year: u16,
        place: Place,
        next: Option<Place>,
    ) -> Self {
        let part = cx.part(place.part());
        let heading = part.and_then(|it| it.heading());
        let frames = cx.frames(place);
        let begins = frames.first().is_some_and(|first| first.digits.start == 0);
        let is_listed = || next.is_some_and(|next| is_listed_before(cx, place, next, year));
        Self {
            spec,
            form: cx.form,
            year,
            place,
            words: cx.line(place),
            frames,
            in_preface: part.is_some() && heading.is_none(),
            may_be_ahead: heading
                .is_some_and(|it| it.section.is_some() && it.section != spec.plans_in),
            is_compared: begins && (is_listed() || goes_on(cx, place)),
        }
    }

    /// Whether the text around a year is that of an older report.
    fn is_stale(&self, at: usize, frame: &Frame) -> bool {
        let &Self { spec, words, year, .. } = self;
        !(frame.digits.start == 0 && self.is_compared)
            && (spec.is_stale(words, frame, year) || spec.is_counted_until(words, frame, year))
            && !is_compared(frame, self.frames.get(at + 1), year)
            && !self.of_sentence(at).any(|it| it.year >= year)
    }

    fn is_ahead(&self, at: usize, frame: &Frame) -> bool {
        self.may_be_ahead
            && self.spec.is_ahead(self.words, frame, self.year)
            && !self.of_sentence(at).any(|it| it.year <= self.year)
    }

    fn is_of_report(&self, frame: &Frame) -> bool {
        self.in_preface && self.spec.is_of_report(self.words, frame, self.year, &self.form.title)
    }

    /// The years of a sentence: it may name the report year before the one at `at`, too.
    fn of_sentence(&self, at: usize) -> impl Iterator<Item = &Frame> {
        let sentence = &self.frames[at].sentence;
        let from = self.frames.partition_point(|it| it.sentence.start < sentence.start);
        self.frames[from..].iter().take_while(move |it| it.sentence == *sentence)
    }

    fn finding(&self, frame: &Frame, is_ahead: bool) -> Finding {
        let (year, old) = (self.year, frame.year);
        let message = if is_ahead {
            format!("报告的是{year}年，“{old}年”不是报告年度，请核对")
        } else {
            format!("报告的是{year}年，“{old}年”疑为上一年度的文字没有更新，请核对")
        };
        let place = |range: &std::ops::Range<usize>| {
            let range = TextRange::from(range.clone()).shifted(self.place.range.start as usize);
            Place::new(self.place.part(), range)
        };
        let edit = Edit::new(place(&frame.digits), year.to_string());
        Finding::new(place(&frame.range), message).fix(
            format!("改为{year}年"),
            Applicability::Choice,
            vec![edit],
        )
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
        cx.whole(line.part()).get(between).is_some_and(|it| it.trim().is_empty())
    };
    let begins = |first: &Frame| first.digits.start == 0 && first.year >= year;
    line.part == next.part && cx.frames(next).first().is_some_and(begins) && between()
}

/// Whether the line goes on with the sentence of the line before, as lines of a PDF do.
fn goes_on(cx: &ReportCx<'_>, line: Place) -> bool {
    cx.whole(line.part())
        .get(..line.range.start as usize)
        .is_some_and(|it| it.trim_end().ends_with(GOES_ON))
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
