use std::sync::LazyLock;

use regex::Regex;

use crate::rules::{Applicability, Edit, Finding, Fixable, Group, LineCx, Scope, Severity, Sink};

rule! {
    /// 概数重复。
    ///
    /// ## 查什么
    ///
    /// 一个数前后都加了表示大概的词，如“近300余件”“约20条左右”“超过100多人次”。“最近”“签约”“预约”“节约”里的字和“近三年多”一类的时间不算。
    ///
    /// ## 为什么
    ///
    /// “近”“约”“余”“左右”说的是同一件事，用一个就够；“近”是不到，“余”是超出，合在一起互相矛盾。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 全年主动公开政府信息近300余条。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 全年主动公开政府信息300余条。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：留哪一个要看实际的数。
    ///
    /// ## 依据
    ///
    /// 《出版物上数字用法》（GB/T 15835）关于概数的规定。
    pub(in crate::rules) static HEDGE_DOUBLE = {
        id: "hedge-double",
        group: Group::Typography,
        severity: Severity::Hint,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::LineWith(&["余", "多", "左右", "上下"], check),
    };
}

static HEDGES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let unit =
        r"(?:万|亿|千|百)?(?:余|多|(?:[件条个次项篇人户家期场份万亿元次]{1,3})?(?:左右|上下))";
    Regex::new(&format!(r"(大约|将近|接近|超过|近|约)\s?(\d[\d.,]*)({unit})")).ok()
});

/// Where 近 and 约 end another word: 签约30余家.
const WORDS: &[char] = &[
    '签', '预', '节', '条', '公', '制', '合', '契', '特', '违', '最', '附', '临', '靠', '邻', '履',
    '缔',
];
/// How the hedges before a figure end.
const EARLY: [&str; 3] = ["近", "约", "超过"];
/// Those behind it.
const LATE: [&str; 3] = ["余", "多", "左右"];

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    // Few lines hold one, and none needs the pattern.
    if !EARLY.iter().any(|word| cx.text.match_indices(word).any(|it| is_at_figure(cx.text, it))) {
        return;
    }
    let Some(hedges) = HEDGES.as_ref() else { return };
    for found in hedges.captures_iter(cx.text) {
        let (Some(early), Some(late), Some(all)) = (found.get(1), found.get(3), found.get(0))
        else {
            continue;
        };
        let behind = &cx.text[all.end()..];
        let is_time = behind.starts_with(['年', '天', '月', '日'])
            || behind.starts_with("个月")
            || late.as_str().starts_with('年');
        if is_time || cx.text[..early.start()].ends_with(WORDS) {
            continue;
        }
        let hedge = LATE
            .into_iter()
            .chain(["上下"])
            .find(|word| late.as_str().ends_with(word))
            .unwrap_or("余");
        let place = cx.place(all.range());
        let message =
            format!("“{}”里“{}”和“{hedge}”都表示大概，只留一个", all.as_str(), early.as_str());
        let drop = |range: std::ops::Range<usize>| vec![Edit::new(cx.place(range), "")];
        let finding = Finding::new(place, message)
            .fix(format!("删去“{}”", early.as_str()), Applicability::Choice, drop(early.range()))
            .fix(
                format!("删去“{hedge}”"),
                Applicability::Choice,
                drop(all.end() - hedge.len()..all.end()),
            );
        sink.push(finding);
    }
}

fn is_at_figure(line: &str, (at, word): (usize, &str)) -> bool {
    let behind = &line[at + word.len()..];
    behind.strip_prefix(char::is_whitespace).unwrap_or(behind).starts_with(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings};

    const RULE: &str = "hedge-double";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn one_of_two_hedges_goes() {
        let text =
            format!("{HEAD}公开信息⟦hedge-double: 近300余⟧条，培训⟦hedge-double: 约20人左右⟧。\n");
        assert_findings(&text, &[RULE]);
        let text = format!("{HEAD}接待群众超过1.2万多人次。\n");
        assert_eq!(apply_fix(&text, RULE, 0), format!("{HEAD}接待群众1.2万多人次。\n"));
        assert_eq!(apply_fix(&text, RULE, 1), format!("{HEAD}接待群众超过1.2万人次。\n"));
    }

    #[test]
    fn one_hedge_and_other_words_stay() {
        for line in [
            "公开近300条、约20件，300余人。",
            "签约30余家，预约20多次，节约50余万元。",
            "最近3年多次培训，近3年多来。",
        ] {
            assert_findings(&format!("{HEAD}{line}\n"), &[RULE]);
        }
    }
}
