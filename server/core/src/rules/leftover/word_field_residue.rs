use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::rules::{Applicability, Edit, Finding, Fixable, Group, PartCx, Scope, Severity, Sink};

rule! {
    /// 正文里残留文字处理软件的标记。
    ///
    /// ## 查什么
    ///
    /// 书签、批注和域代码：“[bookmark: …]”“[comment: …]”“HYPERLINK "…"”“PAGEREF …”“TOC \o …”“\* MERGEFORMAT”“{ PAGE }”。只提到软件名称的不查。
    ///
    /// ## 为什么
    ///
    /// 这些标记是从文稿转换时带出来的，不是报告的内容。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// [bookmark: _GoBack]本年度主动公开工作有序开展。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 标记里没有数字时可以自动删去；有数字的（如页码、网址）由编写人确认。
    ///
    /// ## 依据
    ///
    /// 公开文本应当只有报告内容。
    pub(in crate::rules) static WORD_FIELD_RESIDUE = {
        id: "word-field-residue",
        group: Group::Leftover,
        severity: Severity::Error,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::Part(check),
    };
}

static FIELD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let field = r#"\[(?:bookmark|comment)\s*:[^\[\]]{0,80}\]|HYPERLINK\s+(?:\\l\s+)?["“][^"”]{0,400}["”]|PAGEREF\s+\S{1,60}(?:\s+\\h)?|TOC\s+\\o\s+["“][^"”]{0,20}["”](?:\s+\\[a-z])*|\\\*\s*MERGEFORMAT|\{\s*(?:PAGE|NUMPAGES)\s*\}"#;
    Regex::new(field).ok()
});

fn check(cx: &PartCx<'_>, sink: &mut Sink<'_>) {
    let mut seen = 0;
    for at in signs(cx.text) {
        if at < seen {
            continue;
        }
        let start = cx.text[..at].rfind('\n').map_or(0, |end| end + 1);
        seen =
            memchr::memchr(b'\n', &cx.text.as_bytes()[at..]).map_or(cx.text.len(), |end| at + end);
        for range in fields(&cx.text[start..seen]) {
            say(cx, sink, start + range.start..start + range.end);
        }
    }
}

/// Where a mark may be, in order: most parts have no such place.
fn signs(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    // Capitals are rare in Chinese, so that a look at each costs less than a search for each word.
    let is_word = |at: &usize| {
        ["HYPERLINK", "PAGEREF", "TOC"].iter().any(|word| bytes[*at..].starts_with(word.as_bytes()))
    };
    let words = memchr::memchr3_iter(b'H', b'P', b'T', bytes).filter(is_word);
    let mut found: Vec<_> = memchr::memchr3_iter(b'[', b'{', b'\\', bytes).chain(words).collect();
    found.sort_unstable();
    found
}

fn say(cx: &PartCx<'_>, sink: &mut Sink<'_>, range: Range<usize>) {
    let written = &cx.text[range.clone()];
    let has_figure = written.contains(|c: char| c.is_numeric());
    let applicability = if has_figure { Applicability::Choice } else { Applicability::Safe };
    let place = cx.place(range.into());
    let message = format!("残留文字处理软件的标记“{written}”，请删去");
    sink.push(Finding::new(place, message).fix(
        "删去标记",
        applicability,
        vec![Edit::new(place, "")],
    ));
}

fn fields(line: &str) -> impl Iterator<Item = Range<usize>> {
    let field = FIELD.as_ref();
    field.into_iter().flat_map(|field| field.find_iter(line).map(|it| it.range()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{apply_fix, hits, report};

    const RULE: &str = "word-field-residue";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn marks_go() {
        for mark in ["[bookmark: _GoBack]", r"\* MERGEFORMAT", "{ PAGE }"] {
            let text = format!("{HEAD}{mark}（五）监督保障。加强考核。\n");
            assert_eq!(apply_fix(&text, RULE, 0), format!("{HEAD}（五）监督保障。加强考核。\n"));
            assert_eq!(hits(&text, RULE)[0].fixes[0].applicability, Applicability::Safe);
        }
    }

    #[test]
    fn marks_in_a_table_or_a_heading_are_found_and_hide_nothing() {
        let plain = report("云岭县水利局", 2025);
        let others = [
            "table-row-missing",
            "table-row-unknown",
            "table-row-width",
            "table-cell-blank",
            "missing-section",
        ];
        for (words, marked) in [
            ("行政许可 | 0 |", "[bookmark: _GoBack]行政许可 | 0 |"),
            ("行政许可 | 0 |", "行政许可 | [bookmark: _GoBack]0 |"),
            ("行政许可 | 0 |", "行政许可 | 0[bookmark: OLE_LINK] |"),
            ("2.重复申请", "2.重复[bookmark: _GoBack]申请"),
            ("三、收到和处理", "[bookmark: _GoBack]三、收到和处理"),
            ("三、收到和处理", "三、[bookmark: _GoBack]收到和处理"),
            ("公开申请情况\n", "公开申请情况[bookmark: _GoBack]\n"),
            ("云岭县水利局2025年", "[bookmark: _GoBack]云岭县水利局2025年"),
        ] {
            assert!(plain.contains(words), "{words}");
            let text = plain.replacen(words, marked, 1);
            for rule in others {
                assert_eq!(hits(&text, rule), [], "{marked}");
            }
            assert_eq!(hits(&text, RULE).len(), 1, "{marked}");
            assert_eq!(apply_fix(&text, RULE, 0), plain, "{marked}");
        }
    }

    #[test]
    fn marks_with_figures_are_the_authors_to_delete() {
        for mark in
            [r#"HYPERLINK "http://a.gov.cn/1.html""#, r"PAGEREF _Toc1234 \h", r#"TOC \o "1-3" \h"#]
        {
            let found = hits(&format!("{HEAD}目录{mark} 见后。\n"), RULE);
            assert_eq!(found.len(), 1, "{mark}");
            assert_eq!(found[0].fixes[0].applicability, Applicability::Choice);
        }
    }

    #[test]
    fn words_about_the_program_stay() {
        assert!(fields("上传Word版和PDF版，PAGE一词[附件]{略}，TOC考试").next().is_none());
    }
}
