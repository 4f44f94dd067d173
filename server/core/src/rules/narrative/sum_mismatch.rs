use std::ops::Range;

use rust_decimal::Decimal;

use crate::rules::{
    Applicability, Edit, Finding, Fixable, Group, LineCx, Scope, Severity, Sink, show,
};

rule! {
    /// 总数与所列分项之和不符。
    ///
    /// ## 查什么
    ///
    /// 正文先写总数，紧接着用“包括”“分别为”列出各分项的，各分项之和是否等于总数；用“其中”列出的，各分项之和是否超过总数。
    /// 总数和各分项须是同一量词，至少两个分项；带“等”“余”“约”“近”“多”的不查，分项只列出一部分的不查。
    ///
    /// ## 为什么
    ///
    /// 分项加不出总数，读者无法知道该信哪个数。差额恰好等于某一分项时，多半是总数漏计了这一项。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 全年发布信息300条，其中政府网站120条、微信公众号160条、公示栏50条。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 全年发布信息330条，其中政府网站120条、微信公众号160条、公示栏50条。
    /// 全年发布信息330条，其中政府网站120条、微信公众号160条。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：错的可能是总数，也可能是分项，同一条信息还可能在几个平台重复发布。可以选择把总数改为分项之和。
    ///
    /// ## 依据
    ///
    /// “其中”“包括”“分别为”的含义。
    pub(crate) static NARRATIVE_SUM_MISMATCH = {
        id: "narrative-sum-mismatch",
        group: Group::Narrative,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::LineWith(&["其中", "包括", "分别为", "分别是"], check),
    };
}

/// Words between a total and its parts; whether they name all of them.
const LEADS: [(&str, bool); 6] = [
    ("其中", false),
    ("包括", true),
    ("分别为", true),
    ("分别是", true),
    ("其中包括", false),
    ("其中：", false),
];

/// Words that make a figure or a list of them uncertain.
const DOUBTS: [&str; 18] = [
    "等", "余", "约", "近", "多", "超", "逾", "以上", "左右", "不含", "另", "同比", "增", "减",
    "占", "%", "％", "重复",
];

/// A figure with the word behind it.
struct Figure<'l> {
    range: Range<usize>,
    value: Decimal,
    unit: &'l str,
    end: usize,
}

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    let mut start = 0;
    for sentence in cx.text.split_inclusive(['。', '；', ';', '！', '？']) {
        let from = start;
        start += sentence.len();
        for (lead, is_all) in LEADS {
            for (at, _) in sentence.match_indices(lead) {
                if let Some(finding) = judge(cx, from, sentence, (at, lead, is_all)) {
                    sink.push(finding);
                }
            }
        }
    }
}

/// The finding on the total before the lead at `at` of a sentence that starts at `from` of the line.
fn judge(
    cx: &LineCx<'_>,
    from: usize,
    sentence: &str,
    (at, lead, is_all): (usize, &str, bool),
) -> Option<Finding> {
    let head = sentence[..at].strip_suffix(['，', ',', '（', '('])?;
    let total = figures(head)?.pop()?;
    let behind = &sentence[at + lead.len()..];
    let list = behind.trim_end_matches(['。', '；', ';', '！', '？', '）', ')']);
    // A second lead or a bracket opens another list, a full figure sentence another matter.
    let is_plain = !list.contains(['（', '(', '：', ':', '）', ')'])
        && LEADS.iter().all(|(lead, _)| !list.contains(lead))
        && DOUBTS.iter().all(|doubt| !list.contains(doubt));
    let clause = head.rfind(['，', ',', '、', '：']).map_or(head, |at| &head[at..]);
    let is_sure = total.end == head.len() && DOUBTS.iter().all(|doubt| !clause.contains(doubt));
    if !is_plain || !is_sure || total.value.is_zero() {
        return None;
    }
    let parts = figures(list)?;
    let pieces = list.split(['、', '，', ',']).count();
    if parts.len() < 2 || parts.len() != pieces || parts.iter().any(|it| it.unit != total.unit) {
        return None;
    }
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, it| sum.checked_add(it.value))?;
    let is_wrong = if is_all { sum != total.value } else { sum > total.value };
    // A comma may lead on to what is no part of the total: 其中A5件、B6件，办结9件.
    let is_one_list = !(list.contains('、') && list.contains(['，', ',']));
    if !is_wrong || !is_one_list {
        return None;
    }
    let difference = sum.checked_sub(total.value)?.abs();
    let mut message = format!(
        "总数为 {}，所列 {} 项之和为 {}，相差 {}",
        show(total.value),
        parts.len(),
        show(sum),
        show(difference)
    );
    let base = at + lead.len();
    let mut same = parts.iter().filter(|part| part.value == difference);
    if let (Some(part), None) = (same.next(), same.next()) {
        let piece = list[..part.end].rsplit(['、', '，', ',']).next().unwrap_or("").trim();
        message.push_str(&format!("，恰好等于“{piece}”，可能漏计或多计了这一项"));
    }
    message.push_str("：请核对总数和各项；各项有重复的请说明");
    let at_total = from + total.range.start..from + total.range.end;
    let mut finding = Finding::new(cx.place(from + total.range.start..from + total.end), message);
    for part in &parts {
        let range = from + base + part.range.start..from + base + part.end;
        finding = finding.related(cx.place(range), format!("分项 {}", show(part.value)));
    }
    finding.data.difference = Some(difference);
    let edit = Edit::new(cx.place(at_total), show(sum));
    Some(finding.fix(
        format!("把总数改为各项之和 {}", show(sum)),
        Applicability::Choice,
        vec![edit],
    ))
}

/// The figures of a text with the one character behind each; a year is none. `None` when a figure cannot be read.
fn figures(text: &str) -> Option<Vec<Figure<'_>>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|it| at + it) {
        let end = text[start..]
            .find(|c: char| !(c.is_ascii_digit() || c == '.'))
            .map_or(text.len(), |it| start + it);
        at = end;
        let unit = text[end..].chars().next().map_or("", |c| &text[end..end + c.len_utf8()]);
        let unit = if text[end..].starts_with("万元") { "万元" } else { unit };
        if unit == "年" {
            continue;
        }
        let is_unit = unit.starts_with(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c));
        // 1.2万条 is a round figure.
        if !is_unit || matches!(unit, "万" | "亿" | "月" | "日" | "时") {
            return None;
        }
        let value = Decimal::from_str_exact(&text[start..end]).ok()?;
        found.push(Figure { range: start..end, value, unit, end: end + unit.len() });
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits, report};

    const RULE: &str = "narrative-sum-mismatch";

    fn saying(words: &str) -> String {
        report("云岭县水利局", 2025).replacen("规范申请的登记、审核、办理、答复和归档。", words, 1)
    }

    #[test]
    fn parts_above_their_total_are_found_with_the_part_left_out() {
        let says = "全年发布信息⟦narrative-sum-mismatch: 300条⟧，其中网站120条、微信公众号160条、公示栏50条、简报20条。";
        assert_findings(&saying(says), &[RULE]);
        let says = "全年发布信息300条，其中网站140条、微信公众号160条、公示栏50条。";
        assert!(hits(&saying(says), RULE)[0].message.contains("恰好等于“公示栏50条”"));
    }

    #[test]
    fn parts_left_out_and_doubtful_lists_are_no_fault() {
        for says in [
            "全年发布信息300条，其中网站120条、微信公众号160条。",
            "全年发布信息300余条，其中网站220条、微信公众号160条。",
            "全年发布信息300条，其中网站220条、视频160个。",
            "全年发布信息300条，包括网站120条、微信公众号180条。",
            "全年发布信息300条，包括网站120条、微信公众号等160条。",
            "全年发布信息300条，其中网站120条、公示栏80条，解读160条。",
            "2024年发布信息300条，其中2024年3月发布220条、4月发布160条。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }

    #[test]
    fn the_total_can_be_set_to_the_sum() {
        let says =
            |total: u32| saying(&format!("全年发布信息{total}条，包括网站120条、公众号160条。"));
        assert_eq!(apply_fix(&says(300), RULE, 0), says(280));
    }
}
