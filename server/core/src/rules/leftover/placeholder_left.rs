use std::sync::LazyLock;

use regex::Regex;

use super::unwanted;
use crate::dictionary::Dictionary;
use crate::rules::{Fixable, Group, PartCx, Scope, Severity, Sink};

rule! {
    /// 占位符没有替换。
    ///
    /// ## 查什么
    ///
    /// 数字或名称的位置上写着“X件”“××条”“20XX年”“____”“【待补充】”，或者数字的位置空着（“公开信息  条”）。地名、人名里的“××路”“李××”和独占一行的横线不算。一个部分合并为一条。
    ///
    /// ## 为什么
    ///
    /// 留着占位符，说明数据没有填。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度主动公开信息XX条，工作有序开展。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度主动公开信息12条，工作有序开展。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 没有自动修改：应填什么，程序不知道。
    ///
    /// ## 依据
    ///
    /// 公开文本应当完整。
    pub(in crate::rules) static PLACEHOLDER_LEFT = {
        id: "placeholder-left",
        group: Group::Leftover,
        severity: Severity::Error,
        enabled: true,
        fixable: Fixable::No,
        check: Scope::PartListed(words, check),
    };
}

static PLACEHOLDER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let unit = r"(?:余?[件条篇期项次份场册个]|万[余多元条件人次]|人次|年度?|月\d|月[xX×]|日|%)";
    let organ = "(?:县|局|委|办公室|镇人民政府|街道办)";
    Regex::new(&format!(
        r"(?:20\d?[xX×]{{1,2}}年)|(?:[×xX]{{1,4}}{unit})|(?:[×xX]{{2,4}}{organ})|(?:_{{3,}})|(?: {{2,}}[件条篇次份期])"
    ))
    .ok()
});

/// Signs of which every placeholder that is not in the dictionary holds one.
const SIGNS: [&str; 10] = ["x", "X", "×", "___", "  件", "  条", "  篇", "  次", "  份", "  期"];

fn words(dictionary: &Dictionary) -> Vec<&str> {
    let mut words = unwanted::words(dictionary, PLACEHOLDER_LEFT.id);
    words.extend(SIGNS);
    words
}

fn check(cx: &PartCx<'_>, sink: &mut Sink<'_>) {
    let mut places = unwanted::places(cx, PLACEHOLDER_LEFT.id);
    let listed = places.len();
    let is_candidate = |line: &str| SIGNS.iter().any(|sign| line.contains(sign));
    if cx.mentioned().any(|(_, line)| is_candidate(line))
        && let Some(placeholder) = PLACEHOLDER.as_ref()
    {
        let mut is_markup = unwanted::markup(cx);
        for (range, line) in cx.mentioned() {
            if line.bytes().all(|b| matches!(b, b'_' | b' ')) {
                continue;
            }
            for found in placeholder.find_iter(line) {
                // 2×3年 is a product, iPhoneX件 a name, 李××年 a person.
                let before = line[..found.start()].chars().next_back();
                let is_part = before.is_some_and(|c| {
                    c.is_alphanumeric() && (c.is_ascii() || SURNAMES.contains(c))
                        || "×./_-".contains(c)
                });
                // 公开信息  条。 lacks its figure; blanks elsewhere set words apart.
                let behind = line[found.end()..].chars().next();
                let lacks = || {
                    before.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
                        && behind.is_some_and(|c| "，。；、）".contains(c))
                };
                if found.as_str().starts_with(' ') && !lacks() {
                    continue;
                }
                let start = range.start as usize + found.start();
                let place = cx.place((start..start + found.len()).into());
                // Those of the list stand in order and apart.
                let before =
                    places[..listed].partition_point(|it| it.range.end <= place.range.start);
                let is_known =
                    places[..listed].get(before).is_some_and(|it| it.range.start < place.range.end);
                if !(is_part || is_known || is_markup(start)) {
                    places.push(place);
                }
            }
        }
    }
    places.sort();
    unwanted::say(sink, cx, &places, |words| format!("占位符“{words}”没有替换成实际内容"), false);
}

/// Before ××, these make a name.
const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗";

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_findings, hits};

    const RULE: &str = "placeholder-left";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn what_was_to_be_filled_in_is_shown() {
        for line in [
            "公开⟦placeholder-left: XX条⟧。",
            "收到申请⟦placeholder-left: ×件⟧。",
            "⟦placeholder-left: 202X年⟧公开。",
            "浏览⟦placeholder-left: X万余⟧次。",
            "收到⟦placeholder-left: ____⟧件。",
            "⟦placeholder-left: ××县⟧水利局公开。",
            "公开⟦placeholder-left: 【待补充】⟧条。",
            "主动公开信息⟦placeholder-left:   条⟧，解读文件3件。",
        ] {
            assert_findings(&format!("{HEAD}{line}\n"), &[RULE]);
        }
        assert_eq!(hits(&format!("{HEAD}公开X条、Y条，答复X件。\n"), RULE)[0].related.len(), 1);
    }

    #[test]
    fn names_products_and_rulers_stay() {
        for line in [
            "住在××路，李××年初申请。",
            "面积2×3个，型号X1件，DX条码。",
            "____________",
            "政策文件  条目清楚，共3条。",
            "公开3  条。",
            "Excel年度版，MAX件。",
            "<a href=\"x_件\">公开</a>",
        ] {
            assert_findings(&format!("{HEAD}{line}\n"), &[RULE]);
        }
    }
}
