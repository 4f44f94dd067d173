//! Lines that name a report, or a document of another kind.

use super::fold::fold;
use super::lexicon::Family;
use super::marks::is_numbered;

/// Does a line, with its fold, read as a title of the family? 三门峡市水利局… begins with no numeral.
pub(super) fn is_title(family: &Family, line: &str, folded: &str) -> bool {
    // Most lines are too short.
    let least: usize = family.title.iter().map(String::len).sum();
    if folded.len() < least || folded.chars().count() > 70 || family.title.is_empty() {
        return false;
    }
    // 首页 > 政府信息公开年报 > 局机关报告 says where a page lies; only its last piece may be a title.
    if let Some(at) = line.rfind(" > ") {
        let last = &line[at + " > ".len()..];
        return is_title(family, last, &fold(last));
    }
    let remark = &line[without_remark(line).len()..];
    let folded = if remark.is_empty() {
        folded
    } else {
        folded.strip_suffix(fold(remark).as_str()).unwrap_or(folded)
    };
    // …报告（2023年度）
    let words = folded.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '年' | '度'));
    let mut rest = words;
    for (index, word) in family.title.iter().enumerate() {
        match rest.find(word.as_str()) {
            Some(at) => rest = &rest[at + word.len()..],
            // 政府信息公开工作告年度报: the standard words, muddled.
            None => return index == 1 && is_muddled(rest, &family.title_tail),
        }
    }
    rest.is_empty() && !is_numbered(line)
}

/// A title without what brackets behind it say of the file: …年度报告（文字版）. A year there is the title's own.
pub(super) fn without_remark(line: &str) -> &str {
    const LONGEST: usize = 6;
    let words = line.trim_end();
    let inner = words.strip_suffix([')', '）']);
    let open = inner.and_then(|inner| {
        let open = inner.rfind(['(', '（'])?;
        let said = inner[open..].trim_start_matches(['(', '（']);
        let is_short = (1..=LONGEST).contains(&said.chars().count());
        (is_short && !said.contains(|c: char| c.is_ascii_digit())).then_some(open)
    });
    open.map_or(line, |open| line[..open].trim_end())
}

/// Does it bear another name, as the titles of pages do: ××局2023年政府信息公开年报? It opens no report, since lists of links are made of these.
pub(super) fn is_short_title(family: &Family, line: &str, folded: &str) -> bool {
    short_name(family, folded).is_some()
        && folded.chars().count() <= 70
        // 当前位置：首页>政务公开>2023年政务公开工作报告
        && !line.contains(['>', '：', ':'])
        && !is_numbered(line)
}

/// The other name that a title bears, by its words.
pub(super) fn short_name<'f>(family: &'f Family, folded: &str) -> Option<&'f [String]> {
    bearing(&family.title_short, folded)
}

/// Does it name a document of another kind: ××大学2023—2024学年信息公开工作报告?
pub(super) fn is_other_title(family: &Family, folded: &str) -> bool {
    bearing(&family.title_other, folded).is_some()
}

/// The one of `names` that a title bears.
fn bearing<'f>(names: &'f [Vec<String>], folded: &str) -> Option<&'f [String]> {
    let bears = |name: &&Vec<String>| {
        let (last, others) = name.split_last()?;
        let mut rest = folded.strip_suffix(last.as_str())?;
        for word in others {
            rest = rest.split_once(word.as_str())?.1;
        }
        Some(())
    };
    names.iter().find(|name| bears(name).is_some()).map(Vec::as_slice)
}

fn is_muddled(words: &str, sorted: &[char]) -> bool {
    let mut chars: Vec<char> = words.chars().collect();
    chars.sort_unstable();
    chars == sorted
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{check, report};

    /// A university's report on an academic year, in the sections that the ministry of education asks for.
    fn university(title: &str) -> String {
        format!(
            "{title}
根据《高等学校信息公开办法》编制本报告。
一、概述
学校公开各类信息120条。
二、主动公开情况
公开招生信息56条。
三、依申请公开情况
收到申请3件。
四、对信息公开的评议情况
评议良好。
五、因信息公开受到举报、复议、诉讼的情况
未发生。
六、存在的主要问题及改进措施
下一学年完善清单。
"
        )
    }

    #[test]
    fn a_document_of_another_kind_is_no_report() {
        for title in [
            "云岭大学2023—2024学年信息公开工作年度报告",
            "2023-2024学年度云岭职业技术学院信息公开工作报告",
            "云岭大学信息公开年度报告（2023—2024学年）",
        ] {
            assert_eq!(check(&university(title)), [], "{title}");
        }
        // A report of the form's own kind is checked, whatever stands below or above it.
        let own = report("云岭县水利局", 2025);
        let link = "云岭大学2023—2024学年信息公开工作年度报告\n";
        let other = university("云岭大学2023—2024学年信息公开工作年度报告");
        let wrong = own.replacen("三、收到和处理政府信息公开申请情况\n", "", 1);
        for text in [format!("{link}{wrong}"), format!("{wrong}{link}"), format!("{other}{wrong}")]
        {
            assert!(check(&text).iter().any(|it| it.rule == "missing-section"), "{text}");
        }
    }

    #[test]
    fn a_school_that_keeps_to_the_form_has_its_report_checked() {
        let own = report("云岭小学", 2025).replacen("三、收到和处理政府信息公开申请情况\n", "", 1);
        let (_, below) = own.split_once('\n').expect("a title");
        let text = format!("云岭小学2024—2025学年信息公开工作年度报告\n{below}");
        assert!(check(&text).iter().any(|it| it.rule == "missing-section"));
    }
}
