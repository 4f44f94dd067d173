use std::ops::Range;

use super::dates::{Date, dates as written, joins};
use crate::report::year_marks;
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, LineCx, Scope, Severity, Sink};

rule! {
    /// 日期写法不规范。
    ///
    /// ## 查什么
    ///
    /// 正文里用点、短横或者斜线写的日期（2025.1.1）、月日前面的零（01月05日）、只写两位的年份（25年3月、25年度）、一半汉字一半数字的日期（2025年三月、二〇二五年3月）。网页抬头的发布时间、书名号里的、带时刻的不查。
    ///
    /// ## 为什么
    ///
    /// 公文里的日期用阿拉伯数字把年、月、日写全，年份写四位，月、日不编虚位。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// （五）监督保障。2025.9.1，举办政府信息公开培训1期。
    /// ```
    ///
    /// ```report
    /// （五）监督保障。2025年09月01日，举办政府信息公开培训1期。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// （五）监督保障。2025年9月1日，举办政府信息公开培训1期。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 只换分隔符号、去掉虚位的，可以自动修改；起止日期、报告年度以后的日期换分隔符号，补年份的前两位、把汉字换成数字的，请自己选择。
    ///
    /// ## 依据
    ///
    /// 《党政机关公文格式》（GB/T 9704）；《出版物上数字用法》（GB/T 15835）。
    pub(crate) static DATE_FORMAT = {
        id: "date-format",
        group: Group::Date,
        severity: Severity::Info,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::LineWith(&["20", "年"], check),
    };
}

/// What a page prints beside its own dates.
const CHROME: [&str; 8] =
    ["发布时间", "发布日期", "日期：", "日期:", "时间：", "时间:", "来源", "浏览"];

/// A date that is written otherwise.
struct Odd {
    range: Range<usize>,
    right: String,
    applicability: Applicability,
}

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    let mut found = separated(cx.text, cx.head.year);
    let separated = found.len();
    for at in year_marks(cx.text) {
        let figure = cx.text[..at].trim_end_matches(|c: char| c.is_ascii_digit()).len()..at;
        if figure.is_empty() {
            found.extend(han_year(cx.text, at).filter(|_| month(cx.text, behind(at)).is_some()));
        } else {
            found.extend(padded(cx.text, at));
            found.extend(cx.head.year.and_then(|year| short_year(cx.text, figure, year)));
            found.extend(han_month(cx.text, at));
        }
    }
    if found.is_empty() || CHROME.iter().any(|word| cx.text.contains(word)) {
        return;
    }
    // A page prints dates of its own around the report: • 2026-01-12, and below the title 2026年01月12日.
    let is_sentence = cx.text.contains(['，', '。', '；', ',']);
    if !is_sentence && cx.section.is_none() {
        return;
    }
    for odd in found.into_iter().skip(if is_sentence { 0 } else { separated }) {
        let before = &cx.text[..odd.range.start];
        if before.matches('《').count() > before.matches('》').count() {
            continue;
        }
        let place = cx.place(odd.range);
        let finding = Finding::new(place, format!("日期宜写作“{}”", odd.right));
        let edit = Edit::new(place, odd.right.clone());
        sink.push(finding.fix(format!("改为“{}”", odd.right), odd.applicability, vec![edit]));
    }
}

/// Behind the 年 that stands at `year`.
fn behind(year: usize) -> usize {
    year + '年'.len_utf8()
}

/// The digits from `at` on, at most `most`, as number, with the place behind them.
fn digits(line: &str, at: usize, most: usize) -> Option<(u16, usize)> {
    let rest = line.get(at..)?;
    let len = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    ((1..=most).contains(&len)).then(|| Some((rest[..len].parse().ok()?, at + len)))?
}

/// 2025.1.1, 2025-01-01, 2025/1/1: the same mark twice, and a day of the calendar. Written out, an end of a stretch and a day after the reported year
/// are what other rules judge, so the author looks at them first.
fn separated(line: &str, reported: Option<u16>) -> Vec<Odd> {
    let mut dates = Vec::new();
    // Nearly every figure begins otherwise.
    let twenties = memchr::memchr_iter(b'2', line.as_bytes());
    for at in twenties.filter(|&at| line.as_bytes().get(at + 1) == Some(&b'0')) {
        let date = || {
            let (year, end) = digits(line, at, 4).filter(|it| it.1 == at + 4)?;
            let mark = line[end..].chars().next().filter(|c| ".-/".contains(*c))?;
            let (month, end) = digits(line, end + 1, 2)?;
            let (day, end) = digits(line, end + line[end..].strip_prefix(mark).map(|_| 1)?, 2)?;
            // 2025-01-02 09:30 is what a machine prints; 2025.1.2.zip is a file. In 2025.1.1-2025.12.31 a hyphen joins two dates.
            let is_word = |c: char| {
                c.is_ascii_alphanumeric() || "./_:".contains(c) || c == '-' && mark == '-'
            };
            let is_free =
                !line[..at].ends_with(is_word) && !line[end..].trim_start().starts_with(is_word);
            let date = Date { range: at..end, year: Some(year), month, day };
            (is_free && date.exists()).then_some((date, year))
        };
        dates.extend(date());
    }
    let joined = |from: usize, to: usize| line.get(from..to).is_some_and(joins);
    if dates.is_empty() {
        return Vec::new();
    }
    let ends: Vec<_> =
        written(line).into_iter().chain(dates.iter().map(|(date, _)| date.clone())).collect();
    let odd = |(date, year): (Date, u16)| {
        let range = date.range;
        let is_stretch = ends
            .iter()
            .any(|it| joined(it.range.end, range.start) || joined(range.end, it.range.start));
        let is_safe = !is_stretch && reported.is_some_and(|reported| year <= reported);
        let applicability = if is_safe { Applicability::Safe } else { Applicability::Choice };
        Odd { range, right: format!("{year}年{}月{}日", date.month, date.day), applicability }
    };
    dates.into_iter().map(odd).collect()
}

/// 01月05日 behind the figure before the 年 at `year`: without the zeros.
fn padded(line: &str, year: usize) -> Option<Odd> {
    let from = behind(year);
    let (month, behind) = month(line, from)?;
    let day_at = behind + '月'.len_utf8();
    let day = digits(line, day_at, 2).filter(|it| line[it.1..].starts_with('日'));
    let (end, right) = match day {
        Some((day, end)) => (end, format!("{month}月{day}")),
        None => (behind, month.to_string()),
    };
    let is_odd = line[from..end] != right;
    is_odd.then_some(Odd { range: from..end, right, applicability: Applicability::Safe })
}

/// 25年3月 and 25年度 in a report on 2025 or the years beside it.
fn short_year(line: &str, figure: Range<usize>, year: u16) -> Option<Odd> {
    let behind = behind(figure.end);
    let is_dated = line[behind..].starts_with('度') || month(line, behind).is_some();
    let short: u16 = line[figure.clone()].parse().ok().filter(|_| figure.len() == 2)?;
    let is_near = (year - 1..=year + 1).contains(&(2000 + short));
    // 近25年1月… and 第25年 count years; so does ’25年.
    let before = &line[..figure.start];
    // At the start of a line it may be the rest of a year that the page's edge cut: 20⏎25年1月.
    let is_free = !before.ends_with(['近', '第', '满', '达', '.', '-', '/', '—', '～', '~'])
        && !before.trim().is_empty();
    let right = (2000 + short).to_string();
    let odd = Odd { range: figure, right, applicability: Applicability::Choice };
    (is_dated && is_near && is_free).then_some(odd)
}

/// The month in digits at `at`, with the place of its 月.
fn month(line: &str, at: usize) -> Option<(u16, usize)> {
    digits(line, at, 2).filter(|it| line[it.1..].starts_with('月'))
}

/// 三月 and 三月五日 behind the figure before the 年 at `year`.
fn han_month(line: &str, year: usize) -> Option<Odd> {
    let from = behind(year);
    let (month, behind) = han(line, from, 12)?;
    let rest = line[behind..].strip_prefix('月')?;
    let day_at = line.len() - rest.len();
    let day = han(line, day_at, 31).filter(|it| line[it.1..].starts_with('日'));
    let (end, right) = match day {
        Some((day, end)) => (end, format!("{month}月{day}")),
        None => (behind, month.to_string()),
    };
    Some(Odd { range: from..end, right, applicability: Applicability::Choice })
}

/// The year in Chinese numerals before `end`.
fn han_year(line: &str, end: usize) -> Option<Odd> {
    const DIGITS: &str = "〇一二三四五六七八九";
    let digit = |c: char| {
        let c = if matches!(c, '零' | '○' | 'Ｏ' | 'O') { '〇' } else { c };
        DIGITS.chars().position(|it| it == c)
    };
    let (mut right, mut start) = (String::new(), end);
    for (at, c) in line[..end].char_indices().rev() {
        let Some(digit) = digit(c) else { break };
        right.insert_str(0, &digit.to_string());
        start = at;
        if right.len() > 4 {
            return None;
        }
    }
    (right.len() == 4 && right.starts_with("20")).then_some(Odd {
        range: start..end,
        right,
        applicability: Applicability::Choice,
    })
}

/// The Chinese numeral from `at` on, up to `most`, with the place behind it.
fn han(line: &str, at: usize, most: u16) -> Option<(u16, usize)> {
    let (mut value, mut end) = (0, at);
    for c in line.get(at..)?.chars() {
        let own = "一二三四五六七八九".chars().position(|it| it == c);
        value = match (c, own) {
            ('十', _) => u16::max(value, 1) * 10,
            (_, Some(digit)) => value + digit as u16 + 1,
            _ => break,
        };
        if value > most {
            return None;
        }
        end += c.len_utf8();
    }
    (value > 0).then_some((value, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{assert_findings, hits, report};

    const RULE: &str = "date-format";

    fn with(words: &str) -> String {
        report("云岭县水利局", 2025).replace("规范申请的登记、审核、办理、答复和归档。", words)
    }

    #[test]
    fn each_odd_writing_gets_the_right_one() {
        for (words, right, applicability) in [
            ("于2025.1.1公布。", "2025年1月1日", Applicability::Safe),
            ("于2025-01-15公布。", "2025年1月15日", Applicability::Safe),
            ("于2026.1.5公布。", "2026年1月5日", Applicability::Choice),
            ("于2025年01月05日公布。", "1月5", Applicability::Safe),
            ("于2025年05月公布。", "5", Applicability::Safe),
            ("于25年3月公布。", "2025", Applicability::Choice),
            ("25年度公开信息30条。", "2025", Applicability::Choice),
            ("于二〇二五年1月20日公布。", "2025", Applicability::Choice),
            ("于二零二六年1月公布。", "2026", Applicability::Choice),
            ("于2025年三月二十五日公布。", "3月25", Applicability::Choice),
            ("于2025年十二月公布。", "12", Applicability::Choice),
        ] {
            let found = hits(&with(words), RULE);
            assert_eq!(found.len(), 1, "{words}: {found:?}");
            assert_eq!(found[0].fixes[0].edits[0].1, right, "{words}");
            assert_eq!(found[0].fixes[0].applicability, applicability, "{words}");
        }
    }

    #[test]
    fn both_ends_of_a_stretch_are_the_author_s_choice() {
        for words in ["自2025.1.1-2025.12.31统计。", "自2025-1-1至2025-12-31统计。"] {
            let found = hits(&with(words), RULE);
            let kinds: Vec<_> = found.iter().map(|hit| hit.fixes[0].applicability).collect();
            assert_eq!(kinds, [Applicability::Choice; 2], "{words}");
        }
        let found = hits(&with("自2025-1-1至2024年12月31日统计。"), RULE);
        assert_eq!(found[0].fixes[0].applicability, Applicability::Choice);
    }

    #[test]
    fn what_only_looks_like_a_date_passes() {
        for words in [
            "发布时间：2025-01-15 09:30",
            "图片20240902162649448.png，附件2025.1.1.zip。",
            "2025-01-15 09:30更新。",
            "执行《2025.1.1起施行的办法》。",
            "2025年10月20日公布，近25年3月最多。",
            "二〇二五年一月二十日公布，第25年度，2025年度。",
            "2025年一季度，“十四五”时期，2025年十件实事。",
            "第20.13.5条，比例2025.13.1，2025.2.30。",
            "规范办理。\n2026-01-12\n• 2026-01-12 信息员",
        ] {
            assert_findings(&with(words), &[RULE]);
        }
    }

    #[test]
    fn a_date_of_the_page_is_not_the_report_s() {
        let title = "云岭县水利局2025年政府信息公开工作年度报告\n";
        let text = report("云岭县水利局", 2025);
        let dated = text.replacen(title, &format!("{title}2026年01月12日\n"), 1);
        assert_findings(&dated, &[RULE]);
        assert_findings(&format!("{text}\n2026年⟦date-format: 01月12⟧日\n"), &[RULE]);
    }

    #[test]
    fn chinese_numerals_are_read() {
        let read = |words: &str| han(words, 0, 31).map(|it| it.0);
        assert_eq!(
            ["十", "十二", "二十", "二十五", "三十一"].map(read),
            [10, 12, 20, 25, 31].map(Some)
        );
        assert_eq!(["三十二", "月", ""].map(read), [None; 3]);
    }
}
