use super::{is_han, is_tabular, ordinal};
use crate::report::{are_joined, fold};
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, PartCx, Scope, Severity, Sink};
use crate::text::TextRange;

rule! {
    /// 段末缺少句号。
    ///
    /// ## 查什么
    ///
    /// 超过30字、中间已有句号、末尾却没有标点的段落。一个部分里有两段以上如此的（多半是换行的文稿）、联系方式、表格不查。
    ///
    /// ## 为什么
    ///
    /// 段末没有标点，读者会以为后面少了文字。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。建立健全公开审查制度，落实专人负责，做到应公开尽公开，回应群众关切
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。建立健全公开审查制度，落实专人负责，做到应公开尽公开，回应群众关切。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：也可能是后面真的少了文字。
    ///
    /// ## 依据
    ///
    /// 《标点符号用法》（GB/T 15834）。
    pub(in crate::rules) static SENTENCE_END_MISSING = {
        id: "sentence-end-missing",
        group: Group::Typography,
        severity: Severity::Hint,
        enabled: true,
        fixable: Fixable::Choice,
        unfinished: true,
        check: Scope::Part(check),
    };
}

/// Characters from which on a line is a paragraph.
const LONG: usize = 30;
/// The fewest characters that a page's lines hold.
const BROKEN: usize = 20;
/// The most characters that a page's lines hold.
const WIDEST: usize = 60;

fn check(cx: &PartCx<'_>, sink: &mut Sink<'_>) {
    if ordinal::holds_scattered_cells(cx) {
        return;
    }
    let (mut found, mut open) = (None::<TextRange>, 0);
    let mut lines = cx.lines().peekable();
    while let Some((range, line, ..)) = lines.next() {
        // A tag within the sentence: <span>占综合考核分值的</span><span>4%</span>.
        if lines.peek().is_some_and(|(next, ..)| are_joined(cx.text, range, *next)) {
            continue;
        }
        // Two lines of one paragraph: `……更新还不够及时。下一步加强业⏎务培训。`
        found = found.filter(|before| !goes_on(cx, *before, range, line));
        // In a text broken at the page's edge most lines end within a sentence: `……共受理申请 3119 件，答`. Not all have a full stop before.
        let ends_within =
            line.ends_with(|c: char| is_han(c) || c.is_ascii_digit() || matches!(c, '，' | '、'));
        open += usize::from(ends_within && line.chars().count() >= BROKEN && !is_tabular(line));
        if open > 2 {
            return;
        }
        if !lacks_its_stop(line) {
            continue;
        }
        if found.replace(range).is_some() {
            return;
        }
    }
    // Where a page lost its line ends, the next heading ends the paragraph: ……培训2次。 二、主动公开政府信息情况
    let Some(range) = found.filter(|range| !ends_with_heading(cx, *range)) else { return };
    let tail = cx.slice(range).char_indices().next_back().map_or(0, |(at, _)| at);
    let place = cx.place((range.start as usize + tail..range.end as usize).into());
    let end = cx.place((range.end as usize..range.end as usize).into());
    let finding = Finding::new(place, "段末缺少句号：请补上，或核对后面是不是少了文字");
    sink.push(finding.fix("补上句号", Applicability::Choice, vec![Edit::new(end, "。")]));
}

/// Whether a line is a paragraph with full stops whose last sentence has none.
fn lacks_its_stop(line: &str) -> bool {
    if !line.ends_with(|c| is_han(c) || matches!(c, '）' | '”' | '》'))
        || line.ends_with("。”")
        || line.ends_with("。）")
    {
        return false;
    }
    let Some((_, last)) = line.rsplit_once('。') else { return false };
    let is_contact = last.contains(['：', ':', '@']);
    // A remark in brackets behind the full stop: ……有序开展。（数据来自统计部门）
    let is_remark = last.starts_with(['（', '(']) && last.ends_with(['）', ')']);
    !is_contact
        && !is_remark
        && !is_tabular(line)
        && line.chars().count() > LONG
        && last.chars().count() >= 4
}

/// Does a heading of the form stand behind the last sentence?
fn ends_with_heading(cx: &PartCx<'_>, range: TextRange) -> bool {
    let line = cx.slice(range);
    let behind = line.rsplit_once('。').map_or(line, |(_, behind)| behind);
    let behind = fold(behind);
    cx.form.sections.iter().any(|section| behind.ends_with(fold(&section.heading).as_str()))
}

/// Is `next` the rest of a sentence that the page's edge cut at the end of `before`?
fn goes_on(cx: &PartCx<'_>, before: TextRange, next: TextRange, words: &str) -> bool {
    let between = cx.slice(TextRange::new(before.end as usize, next.start as usize));
    let begins = |c: char| {
        matches!(
            c,
            '（' | '(' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '第'
        ) || c.is_ascii_digit()
    };
    cx.slice(before).chars().count() <= WIDEST
        && matches!(between, "\n" | "\r\n" | "\r")
        && words.ends_with('。')
        && !words.starts_with(begins)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings};

    const RULE: &str = "sentence-end-missing";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    const PARAGRAPH: &str =
        "及时公开政府信息。建立健全公开审查制度，落实专人负责，做到应公开尽公开，回应群众关切";

    #[test]
    fn a_paragraph_gets_its_full_stop() {
        let text = format!("{HEAD}{PARAGRAPH}\n");
        assert_eq!(apply_fix(&text, RULE, 0), format!("{HEAD}{PARAGRAPH}。\n"));
    }

    #[test]
    fn broken_lines_headings_and_contacts_have_none() {
        for lines in [
            format!("{PARAGRAPH}\n{PARAGRAPH}"),
            format!("{PARAGRAPH}。"),
            format!("{PARAGRAPH}的\n热点问题。"),
            format!("{PARAGRAPH}："),
            "（一）建立健全公开审查制度落实专人负责做到应公开尽公开回应群众关切".to_owned(),
            format!("{PARAGRAPH}。联系地址：青石县人民路政务大楼"),
            format!("{PARAGRAPH}。 二、主动公开政府信息情况"),
        ] {
            assert_findings(&format!("{HEAD}{lines}\n"), &[RULE]);
        }
    }
}
