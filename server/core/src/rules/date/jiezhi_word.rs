use crate::rules::{Applicability, Edit, Finding, Fixable, Group, LineCx, Scope, Severity, Sink};

rule! {
    /// “截止”应为“截至”。
    ///
    /// ## 查什么
    ///
    /// 正文里“截止”后面是不是紧跟时间，如“截止2025年底”“截止到12月31日”。“截止日期”“报名截止”不查。
    ///
    /// ## 为什么
    ///
    /// “截止”是到此为止，后面不带时间；说统计到某一时间应当用“截至”。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// （五）监督保障。截止2025年12月31日，举办政府信息公开培训2期。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// （五）监督保障。截至2025年12月31日，举办政府信息公开培训2期。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 可以自动修改，只换“截止”两个字。
    ///
    /// ## 依据
    ///
    /// 《现代汉语词典》。
    pub(crate) static JIEZHI_WORD = {
        id: "jiezhi-word",
        group: Group::Date,
        severity: Severity::Info,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::LineWith(&["截止"], check),
    };
}

/// The wrong word with what may belong to it, longest first.
const WORDS: [&str; 4] = ["截止到", "截止至", "截止于", "截止"];
/// What stands before a real end: 报名截止2025年3月1日.
const ENDED: [&str; 8] = ["报名", "申报", "申请", "征集", "提交", "受理", "时间", "投票"];

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    for (at, _) in cx.text.match_indices(WORDS[3]) {
        let rest = &cx.text[at..];
        let word = WORDS.iter().find(|word| rest.starts_with(**word)).unwrap_or(&WORDS[3]);
        let behind = rest[word.len()..].trim_start_matches(' ');
        let is_time = behind.starts_with(|c: char| c.is_ascii_digit())
            && behind
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .starts_with(['年', '月', '日'])
            || ["目前", "年底", "年末", "本年", "今年", "当前"]
                .iter()
                .any(|it| behind.starts_with(it));
        if !is_time || ENDED.iter().any(|it| cx.text[..at].ends_with(it)) {
            continue;
        }
        let place = cx.place(at..at + word.len());
        let finding = Finding::new(place, format!("“{word}”后面是时间，应为“截至”"));
        let edit = Edit::new(place, "截至");
        sink.push(finding.fix("改为“截至”", Applicability::Safe, vec![edit]));
    }
}
