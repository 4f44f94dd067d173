use super::is_han;
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, LineCx, Scope, Severity, Sink};

rule! {
    /// 标点重复。
    ///
    /// ## 查什么
    ///
    /// 连着写了两个标点，如“。。”“，，”“；。”“，。”。省略号“……”、破折号“——”、“？！”“！！”和三个以上的句号不算。
    ///
    /// ## 为什么
    ///
    /// 多半是修改时留下的，读者会以为中间漏了字。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展……
    /// ```
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 两个相同的，或者一个停顿、一个句号的，可以：只删多余的标点。“。，”一类看不出该留哪一个的，由编写人选择。
    ///
    /// ## 依据
    ///
    /// 《标点符号用法》（GB/T 15834）。
    pub(in crate::rules) static DUPLICATE_PUNCT = {
        id: "duplicate-punct",
        group: Group::Typography,
        severity: Severity::Info,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::LineWith(PAIRS, check),
    };
}

/// Marks of a pause.
const PAUSES: &str = "，、；：";

/// Two marks in a row.
const PAIRS: &[&str] = &[
    "，，", "，、", "，；", "，：", "，。", "、，", "、、", "、；", "、：", "、。", "；，", "；、",
    "；；", "；：", "；。", "：，", "：、", "：；", "：：", "：。", "。，", "。、", "。；", "。：",
    "。。", "，,", "，;", "，:", "、,", "、;", "、:", "；,", "；;", "；:", "：,", "：;", "：:",
    "。,", "。;", "。:", ",，", ",、", ",；", ",：", ",。", ";，", ";、", ";；", ";：", ";。",
    ":，", ":、", ":；", ":：", ":。", ",,", ",;", ",:", ";,", ";;", ";:", ":,", ":;", "::",
];

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    let mut from = 0;
    let is_either = |c: char| is_mark(c) || HALF.contains(&c);
    while let Some(start) = cx.text[from..].find(is_either).map(|at| from + at) {
        let behind = cx.text[start..].trim_start_matches(is_either);
        let run = start..cx.text.len() - behind.len();
        from = run.end;
        // Half-width marks alone are doubled within a Chinese sentence; `::` in an address is meant.
        let is_within = || cx.text[..start].ends_with(is_han) && behind.starts_with(is_han);
        if !cx.text[run.clone()].contains(is_mark) && !is_within() {
            continue;
        }
        let marks: Vec<char> = cx.text[run.clone()].chars().map(full).collect();
        let &[first, second] = marks.as_slice() else { continue };
        let (kept, applicability) = match (first, second) {
            (first, second) if first == second => (first, Applicability::Safe),
            (first, '。') if PAUSES.contains(first) => ('。', Applicability::Safe),
            ('。', _) => ('。', Applicability::Choice),
            (_, second) => (second, Applicability::Choice),
        };
        let place = cx.place(run.clone());
        let message = format!("标点“{}”重复，只留一个", &cx.text[run]);
        let finding = Finding::new(place, message);
        let edit = Edit::new(place, kept.to_string());
        sink.push(finding.fix(format!("改为“{kept}”"), applicability, vec![edit]));
    }
}

/// The half-width ones among them.
const HALF: [char; 3] = [',', ';', ':'];

fn full(c: char) -> char {
    match c {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        other => other,
    }
}

fn is_mark(c: char) -> bool {
    c == '。' || PAUSES.contains(c)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits};

    const RULE: &str = "duplicate-punct";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn one_of_two_marks_goes() {
        let text =
            format!("{HEAD}及时公开⟦duplicate-punct: 。。⟧按期答复⟦duplicate-punct: ；。⟧\n");
        assert_findings(&text, &[RULE]);
        for (wrong, right) in [
            ("。。", "。"),
            ("，，", "，"),
            ("；。", "。"),
            ("。，", "。"),
            ("，,", "，"),
            (":：", "："),
            (",、", "、"),
            (",,", "，"),
            (",:", "："),
        ] {
            let mended = apply_fix(&format!("{HEAD}及时公开{wrong}按期答复\n"), RULE, 0);
            assert_eq!(mended, format!("{HEAD}及时公开{right}按期答复\n"));
            assert!(hits(&mended, RULE).is_empty());
        }
    }

    #[test]
    fn dots_dashes_and_cries_are_meant() {
        for line in [
            "及时公开……按期答复——真的？！好！！",
            "等等。。。",
            "时间：9:00，12:00。",
            "代码a::b，::1，C,,D。",
            "公开，“答复”。（完）。",
        ] {
            assert_findings(&format!("{HEAD}{line}\n"), &[RULE]);
        }
    }
}
