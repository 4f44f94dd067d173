use std::cell::LazyCell;

use crate::references::{DocumentNumber, Titles, document_numbers};
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, LineCx, Scope, Severity, Sink};

rule! {
    /// 发文字号的年份没有用六角括号。
    ///
    /// ## 查什么
    ///
    /// 发文字号里括着四位年份的括号，如“[2021]”“（2021）”。不以“号”结尾的年份、书名号里的文字和“（2019）5号楼”一类的说法不查。
    ///
    /// ## 为什么
    ///
    /// 发文字号的年份用六角括号“〔〕”，用别的括号既不规范，也不便检索。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度按照国办公开办函[2021]30号文件编制报告。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度按照国办公开办函〔2021〕30号文件编制报告。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 可以：只换括号，年份和顺序号不变。
    ///
    /// ## 依据
    ///
    /// 《党政机关公文格式》（GB/T 9704）关于发文字号的规定。
    pub(in crate::rules) static DOCNUM_BRACKET = {
        id: "docnum-bracket",
        group: Group::Citation,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::LineWith(&["号"], check),
    };
}

/// How codes of issuers end. 会议室（2019）3号 is none.
pub(super) const CODES: &[char] = &[
    '函', '发', '办', '字', '规', '令', '厅', '委', '府', '政', '通', '告', '文', '公', '批', '复',
    '督',
];
/// What follows 号 where it numbers a thing: （2019）5号楼.
const THINGS: &[char] = &['楼', '院', '线', '机', '门', '厅', '室', '库', '路', '街', '地', '窗'];

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    let titles = LazyCell::new(|| Titles::of(cx.text));
    for number in document_numbers(cx.text).filter(|number| is_wrong(cx.text, number)) {
        if titles.hold(number.range.start) {
            continue;
        }
        let written = &cx.text[number.bracketed.clone()];
        let brackets = written.trim();
        let start = number.bracketed.start + (written.len() - written.trim_start().len());
        let end = start + brackets.len();
        let (Some(open), Some(close)) = (brackets.chars().next(), brackets.chars().next_back())
        else {
            continue;
        };
        let edits = vec![
            Edit::new(cx.place(start..start + open.len_utf8()), "〔"),
            Edit::new(cx.place(end - close.len_utf8()..end), "〕"),
        ];
        let message = format!("发文字号的年份应使用六角括号“〔〕”，此处写作“{brackets}”");
        let finding = Finding::new(cx.place(start..end), message);
        sink.push(finding.fix("改用六角括号", Applicability::Safe, edits));
    }
}

fn is_wrong(text: &str, number: &DocumentNumber<'_>) -> bool {
    let written = text[number.bracketed.clone()].trim();
    let standard = written.starts_with('〔') && written.ends_with('〕');
    !written.is_empty()
        && !standard
        && number.issuer.ends_with(CODES)
        && !text[number.range.end..].starts_with(THINGS)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits};

    const RULE: &str = "docnum-bracket";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn other_brackets_become_hexagonal_ones() {
        for (wrong, right) in [
            ("按青政办发[2023]12号执行。", "按青政办发〔2023〕12号执行。"),
            ("按青政办发（2023）12号执行。", "按青政办发〔2023〕12号执行。"),
            ("按青政办发〔2023]12号执行。", "按青政办发〔2023〕12号执行。"),
        ] {
            let mended = apply_fix(&format!("{HEAD}{wrong}\n"), RULE, 0);
            assert_eq!(mended, format!("{HEAD}{right}\n"));
            assert!(hits(&mended, RULE).is_empty());
        }
    }

    #[test]
    fn a_year_in_brackets_need_not_be_of_a_number() {
        assert_findings(
            &format!(
                "{HEAD}规划（2019）已经印发。在县政府（2019）5号楼查阅，见《青政办发[2023]12号汇编》。按青政办发⟦docnum-bracket: [2023]⟧12号执行。\n"
            ),
            &[RULE],
        );
    }
}
