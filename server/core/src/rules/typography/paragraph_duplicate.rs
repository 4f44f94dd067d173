use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashSet};

use super::is_tabular;
use crate::report::{Paragraph, Place};
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, ReportCx, Scope, Severity, Sink};
use crate::text::TextRange;

rule! {
    /// 段落重复。
    ///
    /// ## 查什么
    ///
    /// 超过30字、有句号、一字不差出现两次的段落。表格及其说明不查。
    ///
    /// ## 为什么
    ///
    /// 多半是粘贴时多贴了一次；同样的话说两遍也占篇幅。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展，建立健全公开审查制度，落实专人负责，做到应公开尽公开。
    /// + 本年度主动公开工作有序开展，建立健全公开审查制度，落实专人负责，做到应公开尽公开。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展，建立健全公开审查制度，落实专人负责，做到应公开尽公开。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：删哪一段由编写人决定。
    ///
    /// ## 依据
    ///
    /// 公开的报告不应敷衍、重复。
    pub(in crate::rules) static PARAGRAPH_DUPLICATE = {
        id: "paragraph-duplicate",
        group: Group::Typography,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::Report(check),
    };
}

/// Characters from which on two equal lines are no accident.
const LONG: usize = 30;

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    // Two paragraphs that the page's edge breaks may share a line.
    let all: Vec<(usize, Paragraph<'_>)> = cx
        .parts()
        .flat_map(|part| {
            let all = part.paragraphs().into_iter();
            all.filter(|it| it.words.len() > LONG).map(move |it| (part.index, it))
        })
        .collect();
    // Where all differ, as in nearly every report, their hashes do, and nothing needs to be sorted.
    let mut hashes = FxHashSet::with_capacity_and_hasher(all.len(), FxBuildHasher);
    if all.iter().all(|(_, paragraph)| hashes.insert(FxBuildHasher.hash_one(&*paragraph.words))) {
        return;
    }
    let mut lines: Vec<(&str, Place)> = all
        .iter()
        .map(|(part, paragraph)| {
            let words = &*paragraph.words;
            let range = paragraph.place(TextRange::new(0, words.len()));
            (words, Place::new(*part, range))
        })
        .collect();
    lines.sort_unstable();
    for same in lines.chunk_by(|(one, _), (other, _)| one == other) {
        let [(line, first), again @ ..] = same else { continue };
        let is_short = || line.chars().nth(LONG).is_none();
        if again.is_empty() || is_short() || !line.contains('。') || is_tabular(line) {
            continue;
        }
        for &(_, place) in again {
            let finding = Finding::new(place, "这一段与前面的一段完全相同，请删去一段或改写")
                .related(*first, "前面的一段");
            sink.push(finding.fix("删去这一段", Applicability::Choice, vec![Edit::new(place, "")]));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits};

    const RULE: &str = "paragraph-duplicate";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    const PARAGRAPH: &str =
        "及时公开政府信息，建立健全公开审查制度，落实专人负责，做到应公开尽公开，回应群众关切。";

    #[test]
    fn the_second_one_is_shown() {
        let text =
            format!("{HEAD}{PARAGRAPH}\n按期答复。\n二、主动公开政府信息情况\n{PARAGRAPH}\n");
        assert_eq!(hits(&text, RULE)[0].related[0].0, PARAGRAPH);
        assert!(hits(&apply_fix(&text, RULE, 0), RULE).is_empty());
    }

    #[test]
    fn paragraphs_that_share_a_line_between_the_edges_of_a_page_differ() {
        let shared = "规范办理依申请公开，完善登记、审核、办理。答复、归档等环节的要求，提高答复质";
        let lines = |first: &str, last: &str| format!("{first}\n{shared}\n{last}\n");
        let one =
            lines("（二）各科室按期答复申请人，与申请人当面沟通并做好记录，按月通报进展，", "量。");
        let other = lines(
            "（三）各街道按期答复申请人，与申请人电话沟通并做好记录，按季通报进展，",
            "量，接受评议。",
        );
        assert_findings(&format!("{HEAD}{one}{other}"), &[RULE]);
        assert_eq!(hits(&format!("{HEAD}{one}{one}"), RULE).len(), 1);
    }

    #[test]
    fn short_and_different_ones_stay() {
        assert_findings(
            &format!("{HEAD}未收费。\n未收费。\n{PARAGRAPH}\n{PARAGRAPH}（一）\n"),
            &[RULE],
        );
    }
}
