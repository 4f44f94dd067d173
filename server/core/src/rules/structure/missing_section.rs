use super::extra_top_level_section::stand_in;
use super::outline::{Entry, end_of_body, line_start, outline, rest_of_line, with_line_ends_of};
use crate::form::SectionIndex;
use crate::form::skeleton::{SkeletonLayout, heading, section_text};
use crate::report::{BoundTable, Layout, Place};
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, ReportCx, Scope, Severity, Sink};
use crate::text::TextRange;

rule! {
    /// 缺少格式规定的部分。
    ///
    /// ## 查什么
    ///
    /// 报告是否包含格式规定的全部一级标题。标题按文字识别，序号、标点和常见的不同写法不影响识别。全文只认出一个一级标题时视为节选，不检查；
    /// 序号相符、位置相符但文字认不出的标题，由 `extra-top-level-section` 提示，不算缺少；抓取时丢了换行、标题连在段落中的，也不算。
    ///
    /// ## 为什么
    ///
    /// 格式规定的各部分“不能遗漏”。没有内容的部分也要保留标题，表格填 0。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// ~~五、存在的主要问题及改进情况~~
    /// ~~公开工作还存在内容不够全面、更新不够及时等问题。下一步将细化公开事项，明确更新时限，加强业务培训。~~
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 五、存在的主要问题及改进情况
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改。可选择插入该部分的标题；有规定表格的，连同表格一起插入，数字为 0，须据实填写。
    ///
    /// ## 依据
    ///
    /// 该类报告的格式文件；本格式各部分的标题见所用格式的定义。
    pub(crate) static MISSING_SECTION = {
        id: "missing-section",
        group: Group::Structure,
        severity: Severity::Error,
        enabled: true,
        fixable: Fixable::Choice,
        unfinished: true,
        check: Scope::Report(check),
    };
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    let outline = outline(cx);
    if outline.is_empty() {
        return;
    }
    for section in 0..cx.form.sections.len() {
        let present = outline.iter().any(|entry| entry.section == section);
        if !present && stand_in(cx, &outline, section).is_none() && !runs_in(cx, section) {
            sink.push(Gap { cx, outline: &outline, section }.finding());
        }
    }
}

/// A section that is missing, and those that are there.
struct Gap<'a> {
    cx: &'a ReportCx<'a>,
    outline: &'a [Entry<'a>],
    section: SectionIndex,
}

/// Does the heading stand within a line that has lost its line ends, between spaces: …监督。 一、总体情况 （一）主动公开…? Or at the end of one
/// that should have ended before it: …8766001）。一、总体情况, …培训1次。 二、主动公开政府信息情况? A preface that lists 一、总体情况，二、… has commas there.
fn runs_in(cx: &ReportCx<'_>, section: SectionIndex) -> bool {
    let name = heading(&cx.form.sections[section]);
    cx.parts().any(|part| {
        let text = part.text();
        text.match_indices(&name).any(|(at, _)| {
            let (before, behind) = (&text[..at], &text[at + name.len()..]);
            // **一、总体情况**: a heading that Markdown has in a cell with all that stands below it.
            if before.ends_with("**") && behind.starts_with("**") {
                return true;
            }
            let ends_line = behind.is_empty() || behind.starts_with(['\n', '\r']);
            let stands_apart =
                before.ends_with([' ', '\u{3000}']) && behind.starts_with([' ', '\u{3000}']);
            let ends_sentence = || before.trim_end_matches([' ', '\u{3000}']).ends_with('。');
            stands_apart || (ends_line && ends_sentence())
        })
    })
}

impl Gap<'_> {
    fn finding(&self) -> Finding {
        if let Some((part, table)) = self.table() {
            return self.before_table(part, table.start as usize);
        }
        let others = || self.outline.iter();
        let following = others().filter(|it| it.section > self.section).min_by_key(|it| it.section);
        let preceding = others().filter(|it| it.section < self.section).max_by_key(|it| it.section);
        match (following, preceding) {
            (Some(entry), _) => {
                let start = entry.heading.range.start as usize;
                self.beside(entry, "之前", line_start(self.cx.whole(entry.part), start))
            }
            (None, Some(entry)) => {
                let prose = self.cx.part(entry.part).map_or(&[][..], |part| part.prose());
                let endings = &self.cx.form.issuer.endings;
                let at = end_of_body(self.cx.whole(entry.part), prose, endings);
                self.beside(entry, "之后", at)
            }
            (None, None) => {
                Finding::new(Place::default(), format!("缺少“{}”部分，请补上", self.name()))
            }
        }
    }

    /// The section's table stands below another heading.
    fn before_table(&self, part: usize, start: usize) -> Finding {
        let (name, text) = (self.name(), self.cx.whole(part));
        let message = format!("缺少“{name}”标题：该部分的表格在此处，请在表格前补上标题");
        let finding = Finding::new(Place::new(part, rest_of_line(text, start)), message);
        let line = format!("{}{name}\n", self.prefix().unwrap_or_default());
        let place = Place::new(part, TextRange::empty(line_start(text, start)));
        let edit = Edit::new(place, with_line_ends_of(text, &line));
        self.offer(finding, format!("在表格前插入标题“{name}”"), edit)
    }

    /// The section's place is on this side of `anchor`: at `at` in its part.
    fn beside(&self, anchor: &Entry<'_>, side: &str, at: usize) -> Finding {
        let (form, name) = (self.cx.form, self.name());
        let anchor_name = heading(&form.sections[anchor.section]);
        let message = format!(
            "缺少“{name}”部分，请在“{anchor_name}”{side}补上；没有内容的，保留标题并如实说明"
        );
        let place = Place::new(anchor.part, TextRange::empty(at));
        let edit = Edit::new(place, self.block(self.cx.whole(anchor.part), at));
        let title = match form.sections[self.section].table {
            Some(_) => format!("插入“{name}”及其空表（数字为 0，须据实填写）"),
            None => format!("插入“{name}”"),
        };
        self.offer(Finding::new(anchor.place(), message), title, edit)
    }

    fn name(&self) -> String {
        heading(&self.cx.form.sections[self.section])
    }

    /// Attaches the fix, except in HTML, where a plain line would be no heading.
    fn offer(&self, finding: Finding, title: String, edit: Edit) -> Finding {
        match self.prefix() {
            Some(_) => finding.fix(title, Applicability::Choice, vec![edit]),
            None => finding,
        }
    }

    /// The section's text in the manner of its neighbours, for insertion at `at`.
    fn block(&self, text: &str, at: usize) -> String {
        let prefix = self.prefix().unwrap_or_default();
        let table = self.cx.tables().next().map(|(_, table)| table.layout);
        let layout = match table {
            Some(Layout::Markdown) => SkeletonLayout::Markdown,
            Some(Layout::Tabs | Layout::TabLed) => SkeletonLayout::Tabs,
            None if prefix.starts_with('#') => SkeletonLayout::Markdown,
            _ => SkeletonLayout::Pipes,
        };
        let head = self.cx.head;
        let agency = head.agency.as_ref().map_or("", |agency| &agency.text);
        let own = section_text(self.cx.form, self.section, agency, head.year, layout);
        let own = own.trim_start_matches(['#', ' ']);
        let before = if at == line_start(text, at) { "" } else { "\n\n" };
        let after = if at < text.trim_end().len() { "\n" } else { "" };
        with_line_ends_of(text, &format!("{before}{prefix}{own}{after}"))
    }

    /// What stands before a heading on its line; `None` where that is HTML.
    fn prefix(&self) -> Option<String> {
        let entry = self.outline.last()?;
        let (text, start) = (self.cx.whole(entry.part), entry.heading.range.start as usize);
        let prefix = text.get(line_start(text, start)..start)?;
        (!prefix.contains('<')).then(|| prefix.to_owned())
    }

    /// The section's table where it stands below another heading.
    fn table(&self) -> Option<(usize, TextRange)> {
        let id = &self.cx.form.sections[self.section].id;
        let is_own = |table: &BoundTable| table.form.sections[table.spec().section].id == *id;
        let (part, table) = self.cx.tables().find(|(_, table)| is_own(table))?;
        Some((part, table.range))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::rules::testing::{apply_fix, hits, report};

    const RULE: &str = "missing-section";

    /// The report without the lines from `heading` to the next top-level heading.
    fn without(report: &str, heading: &str) -> String {
        let start = report.find(heading).unwrap();
        let rest = &report[start + heading.len()..];
        let next = ["二、主动", "三、收到", "四、政府", "五、存在", "六、其他"]
            .iter()
            .filter_map(|next| rest.find(next))
            .min();
        let end = next.map_or(report.len(), |next| start + heading.len() + next);
        format!("{}{}", &report[..start], &report[end..])
    }

    #[test]
    fn headings_of_other_kinds_of_markup_are_headings() {
        let whole = report("云岭县水利局", 2025);
        let marked = |open: &str, close: &str| {
            let is_heading = |line: &str| {
                ["一、", "二、主动", "三、收到", "四、政府", "五、", "六、", "云岭县水利局2025"]
                    .iter()
                    .any(|it| {
                        line.starts_with(it) && line.chars().count() < 40 && !line.contains('|')
                    })
            };
            let line = |line: &str| {
                if is_heading(line) {
                    format!("{open}{line}{close}\n")
                } else {
                    format!("{line}\n")
                }
            };
            whole.lines().map(line).collect::<String>()
        };
        for (open, close) in [("== ", ""), ("= ", " ="), ("'''", "'''"), ("**", "**"), ("__", "__")]
        {
            let text = marked(open, close);
            assert!(text.contains(&format!("{open}二、主动")));
            for rule in [RULE, "title-missing", "issuer-missing", "issuer-inconsistent"] {
                assert_eq!(hits(&text, rule), [], "{rule} in {text}");
            }
        }
    }

    #[test]
    fn headings_in_bold_within_a_line_are_there() {
        let whole = report("云岭县水利局", 2025);
        let lost = whole.replace("一、总体情况\n", "如有疑问请联系我们。  **一、总体情况**  ");
        assert_ne!(lost, whole);
        assert_eq!(hits(&lost, RULE), []);
        let named = lost.replace("**一、总体情况**", "一、总体情况的写法");
        assert_eq!(hits(&named, RULE).len(), 1);
    }

    #[test]
    fn a_complete_report_is_silent() {
        assert_eq!(hits(&report("云岭县水利局", 2025), RULE), []);
    }

    #[test]
    fn each_section_can_be_missed_and_put_back() {
        let whole = report("云岭县水利局", 2025);
        for heading in [
            "一、总体情况",
            "二、主动公开",
            "三、收到和处理",
            "四、政府信息公开行政复议",
            "五、存在的主要问题",
            "六、其他需要",
        ] {
            let text = without(&whole, heading);
            let found = hits(&text, RULE);
            assert_eq!(found.len(), 1, "{heading}: {found:?}");
            assert!(found[0].message.contains(heading), "{}", found[0].message);
            assert_eq!(hits(&apply_fix(&text, RULE, 0), RULE), [], "{heading}");
        }
    }

    #[test]
    fn a_heading_at_the_end_of_a_paragraph_is_there() {
        let whole = report("云岭县水利局", 2025);
        let glued = whole.replacen("\n一、总体情况", "如有疑问，请与办公室联系。一、总体情况", 1);
        assert_ne!(glued, whole);
        assert_eq!(hits(&glued, RULE), []);
        let apart = whole.replacen("\n二、主动公开", "本年度培训2次。 二、主动公开", 1);
        assert_ne!(apart, whole);
        assert_eq!(hits(&apart, RULE), []);
    }

    #[test]
    fn a_title_on_every_page_opens_no_report() {
        let whole = report("云岭县水利局", 2025);
        let at = whole.find("四、政府信息公开行政复议").unwrap();
        let pages = format!(
            "{}第8页-云岭县水利局2025年政府信息公开工作年度报告\n{}",
            &whole[..at],
            &whole[at..]
        );
        assert_eq!(hits(&pages, RULE), []);
        let two = format!("{whole}\n{}", whole.replacen("六、其他需要报告的事项", "", 1));
        assert_eq!(hits(&two, RULE).len(), 1, "another report is one of its own");
    }

    #[test]
    fn an_excerpt_is_not_measured() {
        assert_eq!(
            hits("云岭县水利局2025年政府信息公开工作年度报告\n一、总体情况\n开展了工作。\n", RULE),
            []
        );
    }

    #[test]
    fn a_heading_lost_before_its_table_is_put_before_the_table() {
        let text = report("云岭县水利局", 2025).replace("三、收到和处理政府信息公开申请情况\n", "");
        let found = hits(&text, RULE);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].message.contains("该部分的表格在此处"), "{}", found[0].message);
        assert_eq!(hits(&apply_fix(&text, RULE, 0), RULE), []);
    }

    #[test]
    fn an_unknown_wording_in_its_place_is_not_missing() {
        let text =
            report("云岭县水利局", 2025).replace("五、存在的主要问题及改进情况", "五、努力方向");
        assert_eq!(hits(&text, RULE), []);
    }

    #[test]
    fn a_heading_in_a_line_that_lost_its_ends_is_not_missing() {
        let text = report("云岭县水利局", 2025)
            .replace("一、总体情况\n", "统计期限为全年。 一、总体情况 （一）主动公开。 ");
        assert_eq!(hits(&text, RULE), []);
        let listed = without(&report("云岭县水利局", 2025), "一、总体情况")
            .replace("二、主动", "包括一、总体情况，二、主动公开政府信息情况等。\n二、主动");
        assert_eq!(hits(&listed, RULE).len(), 1);
    }

    #[test]
    fn the_last_section_goes_before_the_signature() {
        let text = without(&report("云岭县水利局", 2025), "六、其他需要")
            + "\n云岭县水利局\n2026年1月20日\n";
        let fixed = apply_fix(&text, RULE, 0);
        assert!(
            fixed.find("六、其他需要").unwrap() < fixed.find("2026年1月20日").unwrap(),
            "{fixed}"
        );
    }

    #[test]
    fn a_year_before_any_form_is_not_measured() {
        assert_eq!(
            hits(&without(&report("云岭县水利局", 2025), "五、存在").replace("2025", "2015"), RULE),
            []
        );
    }

    #[test]
    fn markdown_and_windows_lines_are_kept() {
        let markdown =
            report("云岭县水利局", 2025).replace("五、", "## 五、").replace("六、其", "## 六、其");
        let fixed = apply_fix(&without(&markdown, "五、存在"), RULE, 0);
        assert!(fixed.contains("## 五、存在"), "{fixed}");
        let windows = without(&report("云岭县水利局", 2025), "四、政府").replace('\n', "\r\n");
        let fixed = apply_fix(&windows, RULE, 0);
        assert_eq!(fixed.matches('\n').count(), fixed.matches("\r\n").count());
    }
}
