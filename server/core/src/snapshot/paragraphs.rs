//! Checks of paragraphs ([`Scope::ParagraphWith`]). In nearly every text a line is one; then its findings are kept with it ([`of_line`]). Those of paragraphs
//! that the edge of a page or a tag has broken are made anew whenever their part changes ([`of_joined_lines`]).

use super::lines::Surroundings;
use crate::report::{Facts, Paragraph, Place, lines_of};
use crate::rules::{CheckSet, Edit, Finding, LineCx, Scope, Sink};
use crate::text::TextRange;

/// What checks of paragraphs find in a line that is one, with places in the line. `anchors` are the checks that wait for one of its words.
pub(super) fn of_line(
    cx: &Surroundings<'_>,
    line: &LineCx<'_>,
    anchors: &CheckSet,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let is_awaited = || waiting(cx, anchors).next().is_some();
    let whole = TextRange::new(0, line.text.len());
    match is_awaited().then(|| Paragraph::line(line.text, whole)) {
        Some(paragraph) if paragraph.has_wide_digits() => {
            read(cx, &paragraph.with_ascii_digits(), anchors, &mut findings);
        }
        Some(_) => run(cx, line, anchors, &mut findings),
        None => {}
    }
    findings
}

/// What checks of paragraphs find in those of several lines, with places in the part.
pub(super) fn of_joined_lines(cx: &Surroundings<'_>, findings: &mut Vec<Finding>) {
    let mut memory = Vec::new();
    for run in cx.part.joined.iter().map(lines_of) {
        let lines = cx.part.prose.get(run).unwrap_or_default();
        let Some(paragraph) = Paragraph::of(cx.text, lines) else { continue };
        let paragraph = paragraph.with_ascii_digits();
        let (anchors, _) = cx.settings.engine().anchors().of(&paragraph.words, &mut memory);
        read(cx, &paragraph, &anchors, findings);
    }
}

/// Checks a paragraph whose words stand elsewhere than in a line.
fn read(
    cx: &Surroundings<'_>,
    paragraph: &Paragraph<'_>,
    anchors: &CheckSet,
    findings: &mut Vec<Finding>,
) {
    let facts = Facts::read(&paragraph.words);
    let mut own = Vec::new();
    run(cx, &cx.line(&paragraph.words, &facts), anchors, &mut own);
    findings.extend(own.into_iter().filter_map(|it| placed(it, paragraph, cx.at)));
}

fn run(cx: &Surroundings<'_>, line: &LineCx<'_>, anchors: &CheckSet, findings: &mut Vec<Finding>) {
    for index in waiting(cx, anchors) {
        let scheduled = &cx.settings.engine().registry().checks[index];
        if let Scope::ParagraphWith(_, check) = &scheduled.check {
            check(line, &mut Sink::new(scheduled.rule, cx.settings, findings));
        }
    }
}

/// The checks of paragraphs among `anchors` that run.
fn waiting<'c>(
    cx: &'c Surroundings<'_>,
    anchors: &'c CheckSet,
) -> impl Iterator<Item = usize> + 'c {
    let paragraphs = &cx.settings.engine().anchors().scopes().paragraphs;
    anchors.common(paragraphs).filter(|index| cx.running.has(*index))
}

/// A finding of a paragraph, in its place; `None` where one of its figures is cut. An edit over the edge of a page would join two lines.
fn placed(mut finding: Finding, paragraph: &Paragraph<'_>, part: usize) -> Option<Finding> {
    let is_cut = finding.places().any(|place| paragraph.cuts_figure(place.range));
    let is_whole = |edit: &Edit| paragraph.is_in_line(edit.place.range);
    finding.fixes.retain(|fix| fix.edits.iter().all(is_whole));
    finding.places().for_each(|place| *place = Place::new(part, paragraph.place(place.range)));
    (!is_cut).then_some(finding)
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthChar;

    use crate::rules::testing::{Hit, hits, received, saying};

    /// A report as it stands on pages of so many columns; its tables stay as they are.
    fn printed(report: &str, columns: usize, line_break: &str) -> String {
        let mut text = String::new();
        for line in report.lines() {
            let mut used = 0;
            for c in line.chars() {
                let width = c.width().unwrap_or(0);
                if used + width > columns && !line.contains('|') {
                    text.push_str(line_break);
                    used = 0;
                }
                text.push(c);
                used += width;
            }
            text.push_str(line_break);
        }
        text
    }

    /// What `rule` finds in words on pages of many widths.
    fn on_pages(says: &str, rule: &str) -> Vec<(usize, Vec<Hit>)> {
        let page =
            format!("𠮷林街道明确责任分工，细化办理流程。{says}办理过程全程留痕，定期开展抽查。");
        let widths = (44..76).flat_map(|width| [(width, "\n"), (width, "\r\n")]);
        let found =
            |(width, line_break)| (width, hits(&printed(&saying(&page), width, line_break), rule));
        widths.map(found).collect()
    }

    #[test]
    fn figures_are_read_over_the_edge_of_a_page() {
        for (rule, says, figure) in [
            (
                "narrative-sum-mismatch",
                "全年发布信息300条，其中网站120条、公众号160条、公示栏50条。",
                "300条",
            ),
            ("narrative-sum-mismatch", "全年发布信息300条，包括网站120条、公众号190条。", "300条"),
            ("narrative-percent-mismatch", "全年收到咨询600件，其中网络咨询500件，占73%。", "73%"),
            ("narrative-growth-mismatch", "开展培训12场，比上年增加4场，增长33%。", "33%"),
        ] {
            let mut known = 0;
            for (width, found) in on_pages(says, rule) {
                // Where the edge cuts a figure it isn't known whether it is one.
                let Some(hit) = found.first() else { continue };
                known += 1;
                let words = hit.words.replace(['\r', '\n'], "");
                assert_eq!((found.len(), words.as_str()), (1, figure), "{width}: {says}");
            }
            assert!(known > 48, "{known}: {says}");
        }
    }

    #[test]
    fn right_figures_are_right_over_the_edge_of_a_page() {
        for (rule, says) in [
            (
                "narrative-sum-mismatch",
                "全年发布信息330条，其中网站120条、公众号160条、公示栏50条。",
            ),
            (
                "narrative-sum-mismatch",
                "全年发布信息330条，包括网站120条、公众号160条、公示栏50条。",
            ),
            ("narrative-percent-mismatch", "全年收到咨询600件，其中网络咨询500件，占83%。"),
            ("narrative-growth-mismatch", "开展培训12场，比上年增加4场，增长50%。"),
        ] {
            for (width, found) in on_pages(says, rule) {
                assert_eq!(found, [], "{width}: {says}");
            }
        }
    }

    #[test]
    fn a_fix_replaces_what_stands_in_one_line() {
        let says = "全年发布信息300条，其中网站120条、公众号160条、公示栏50条。";
        for (_, found) in on_pages(says, "narrative-sum-mismatch") {
            let edits = found.iter().flat_map(|hit| &hit.fixes).flat_map(|fix| &fix.edits);
            edits.for_each(|(range, text)| assert_eq!((range.len(), text.as_str()), (3, "330")));
        }
    }

    #[test]
    fn figures_are_read_over_tags_and_in_full_width() {
        for (rule, says, words) in [
            (
                "narrative-sum-mismatch",
                "全年发布信息３００条，其中网站１２０条、公众号１60条、公示栏５０条。",
                "３００条",
            ),
            (
                "narrative-percent-mismatch",
                "全年收到咨询６00件，其中网络咨询５００件，占７３％。",
                "７３％",
            ),
            ("narrative-growth-mismatch", "开展培训12场，比上年增加４场，增长３３%。", "３３%"),
            (
                "narrative-sum-mismatch",
                "<p>全年发布信息<b>300</b>条，其中网站<span>120</span>条、公众号<span>190</span>条。</p>",
                "300</b>条",
            ),
        ] {
            let found = hits(&saying(says), rule);
            assert_eq!(found.iter().map(|it| &*it.words).collect::<Vec<_>>(), [words], "{says}");
        }
        for (rule, says) in [
            (
                "narrative-sum-mismatch",
                "全年发布信息３３０条，其中网站１２０条、公众号１60条、公示栏５０条。",
            ),
            ("narrative-percent-mismatch", "全年收到咨询６00件，其中网络咨询５００件，占８３％。"),
        ] {
            assert_eq!(hits(&saying(says), rule), [], "{says}");
        }
    }

    #[test]
    fn shares_of_the_table_are_read_over_the_edge_of_a_page() {
        let row = |label: &str, n: u32| format!("{label} | {n} | 0 | 0 | 0 | 0 | 0 | {n} |");
        let text = |share: &str, columns: usize| {
            let says = format!(
                "从依申请公开的办理结果看，没有一件超期，予以公开6件，占{share}%，申请人对答复的内容没有异议。"
            );
            let rows =
                [("（一）予以公开", 6), ("1.本机关不掌握相关政府信息", 2), ("（七）总计", 8)];
            let text = rows.iter().fold(received(8, 0, &says), |text, (label, n)| {
                let zeros = format!("{label} | 0 | 0 | 0 | 0 | 0 | 0 | 0 |");
                text.replacen(&zeros, &row(label, *n), 1)
            });
            printed(&text, columns, "\r\n")
        };
        let found =
            |share: &str, columns| hits(&text(share, columns), "narrative-table-percent-mismatch");
        for columns in [44, 46, 60, 62, 64] {
            assert_eq!(
                found("65", columns).iter().map(|it| &*it.words).collect::<Vec<_>>(),
                ["65%"]
            );
            assert_eq!(found("75", columns), []);
        }
    }
}
