use std::cell::LazyCell;
use std::ops::Range;

use super::docnum_bracket::CODES;
use crate::references::{Titles, document_numbers};
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, LineCx, Scope, Severity, Sink};

rule! {
    /// 发文字号写法不规范。
    ///
    /// ## 查什么
    ///
    /// 发文字号的顺序号前加了“第”、补了“0”，年份或顺序号旁边有空格，年份只写两位，漏了“号”字。令的编号（“国务院令第711号”）漏了“第”字。政府令、部门规章令（如“省人民政府令〔2008〕第9号”）照例有“第”，不查；书名号里的文字不查；几个顺序号合用一个“号”（〔2019〕60、61号）不算漏。
    ///
    /// ## 为什么
    ///
    /// 写法不一，检索时就找不到同一件文件。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度按照国办公开办函〔2021〕第030号文件编制报告。
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
    /// 去掉“第”、“0”和空格、给令补上“第”的可以，年份和顺序号不变；补年份、补“号”字由编写人确认。
    ///
    /// ## 依据
    ///
    /// 《党政机关公文格式》（GB/T 9704）关于发文字号的规定。
    pub(in crate::rules) static DOCNUM_FORM = {
        id: "docnum-form",
        group: Group::Citation,
        severity: Severity::Info,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::LineWith(&["〕", "号"], check),
    };
}

/// What stands behind a number whose 号 was left out; before 、 the next number shares it.
const ENDS: &[char] = &['）', ')', '》', '。', '；', '文'];

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    let titles = LazyCell::new(|| Titles::of(cx.text));
    let in_title = |at: usize| titles.hold(at);
    for number in document_numbers(cx.text).filter(|it| it.year.is_some() && is_code(it.issuer)) {
        let tail = number.bracketed.end..number.range.end;
        let right = format!("{}号", number.sequence);
        if in_title(tail.start) {
            continue;
        }
        let issuer_end = number.range.start + number.issuer.len();
        let mut edits: Vec<Edit> = blanks(cx.text, issuer_end..tail.start)
            .map(|blank| Edit::new(cx.place(blank), ""))
            .collect();
        if folded(&cx.text[tail.clone()]) != right {
            edits.push(Edit::new(cx.place(tail), right.as_str()));
        }
        if !edits.is_empty() {
            // Where an unknown issuer begins is not certain; its end is.
            let place = cx.place(number.bracketed.start..number.range.end);
            let whole = number.year.map(|year| format!("〔{year}〕{right}")).unwrap_or_default();
            let message = format!("发文字号宜写作“{whole}”，此处为“{}”", cx.slice(place.range));
            let finding = Finding::new(place, message);
            sink.push(finding.fix("改为规范写法", Applicability::Safe, edits));
        }
    }
    for number in orders(cx.text).filter(|it| !in_title(it.start)) {
        let place = cx.place(number.clone());
        let right = format!("第{}", cx.slice(place.range));
        let message = format!("令的编号宜写作“{right}”");
        let edit = Edit::new(cx.place(number.start..number.start), "第");
        sink.push(Finding::new(place, message).fix("补上“第”", Applicability::Safe, vec![edit]));
    }
    for (open, _) in cx.text.match_indices('〔') {
        if let Some((range, right)) = incomplete(cx.text, open)
            && !in_title(open)
        {
            let place = cx.place(range);
            let message = format!("发文字号“{}”不完整，疑为“{right}”", cx.slice(place.range));
            let edit = Edit::new(place, right.as_str());
            let fix = format!("改为“{right}”");
            sink.push(Finding::new(place, message).fix(fix, Applicability::Choice, vec![edit]));
        }
    }
}

/// The numbers of orders that lack their 第: 国务院令711号.
fn orders(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices('令').filter_map(move |(at, order)| {
        let start = at + order.len();
        let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
        let end = start + digits;
        let is_number = (1..=4).contains(&digits) && text[end..].starts_with('号');
        // 口令3号 is none.
        (is_number && text[..at].ends_with(['院', '府', '席']))
            .then_some(start..end + '号'.len_utf8())
    })
}

fn is_code(issuer: &str) -> bool {
    issuer.ends_with(CODES) && !issuer.ends_with('令')
}

/// The digits and signs of a tail in half width; blanks stay, so that they differ.
fn folded(tail: &str) -> String {
    let plain = |c: char| match c {
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10).unwrap_or(c),
        other => other,
    };
    tail.chars().map(plain).collect()
}

/// The blanks before a year, in its brackets and behind them, each by itself.
fn blanks(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let start = range.start;
    let blank = |(_, c): &(usize, char)| c.is_whitespace();
    text[range]
        .char_indices()
        .filter(blank)
        .map(move |(at, c)| start + at..start + at + c.len_utf8())
}

/// The stretch from the bracket at `open` on that lacks two digits of its year or its 号, and what it should be.
fn incomplete(text: &str, open: usize) -> Option<(Range<usize>, String)> {
    if !is_code(text[..open].trim_end()) {
        return None;
    }
    let inner = &text[open + '〔'.len_utf8()..];
    let (year, rest) = inner.split_once('〕')?;
    let digits = |words: &str| !words.is_empty() && words.bytes().all(|byte| byte.is_ascii_digit());
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (sequence, behind) = rest.split_at(end);
    if !digits(year) || !digits(sequence) || sequence.len() > 5 {
        return None;
    }
    let has_mark = behind.starts_with('号');
    let full = match year.len() {
        2 if has_mark => format!("20{year}"),
        4 if !has_mark && behind.starts_with(ENDS) => year.to_owned(),
        _ => return None,
    };
    let mark = if has_mark { '号'.len_utf8() } else { 0 };
    let range = open..text.len() - behind.len() + mark;
    Some((range, format!("〔{full}〕{sequence}号")))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits};

    const RULE: &str = "docnum-form";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn numbers_are_written_one_way() {
        for (wrong, right) in [
            ("按国办公开办函〔2021〕第30号编制。", "按国办公开办函〔2021〕30号编制。"),
            ("按国办公开办函〔2021〕030号编制。", "按国办公开办函〔2021〕30号编制。"),
            ("按国办公开办函 〔2021〕 30 号编制。", "按国办公开办函〔2021〕30号编制。"),
            ("按青政办发〔 2021〕30号编制。", "按青政办发〔2021〕30号编制。"),
            ("按国务院令711号编制。", "按国务院令第711号编制。"),
            ("按青政办发〔21〕30号编制。", "按青政办发〔2021〕30号编制。"),
            ("（青政办发〔2021〕30）", "（青政办发〔2021〕30号）"),
            ("按青政办发〔2021〕30文件编制。", "按青政办发〔2021〕30号文件编制。"),
        ] {
            let mended = apply_fix(&format!("{HEAD}{wrong}\n"), RULE, 0);
            assert_eq!(mended, format!("{HEAD}{right}\n"));
            assert!(hits(&mended, RULE).is_empty());
        }
    }

    #[test]
    fn orders_titles_and_shared_marks_are_right() {
        for line in [
            "按国办公开办函〔2021〕30号编制。",
            "按国办公开办函[2021]30号编制。",
            "按青石省人民政府令〔2008〕第9号执行。",
            "见《青政办发〔2021〕第030号汇编》。",
            "按国办公开办函〔2019〕60、61号编制。",
            "会议室（2019）第3号门。",
            "按国务院令第711号、国务院第711号令编制，口令3号。",
            "按《国务院令711号》编制。",
            "按青政办发〔2021〕３０号编制。",
        ] {
            assert_findings(&format!("{HEAD}{line}\n"), &[RULE]);
        }
    }
}
