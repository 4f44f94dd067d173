use std::sync::LazyLock;

use memchr::memmem::Finder;
use regex::Regex;

use super::unwanted::markup;
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, PartCx, Scope, Severity, Sink};

rule! {
    /// 网页代码残留。
    ///
    /// ## 查什么
    ///
    /// 文稿里的网页实体（`&nbsp;` `&amp;` 一类）、`mso-` 样式和 `<o:p>` `<span…>` `<font…>` 标签。网页文件（HTML）和带表格代码的文件本来就有这些，不查。一个部分合并为一条。
    ///
    /// ## 为什么
    ///
    /// 从网页复制时带来的代码，读者看到的是乱码。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度主动公开&nbsp;工作有序开展。
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
    /// 空格、引号、破折号一类的实体可以换成字符；其余和标签由编写人删去。
    ///
    /// ## 依据
    ///
    /// 公开文本应当只有报告内容。
    pub(in crate::rules) static HTML_RESIDUE = {
        id: "html-residue",
        group: Group::Leftover,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::Part(check),
    };
}

/// Entities and tags.
const CODE: &str = r"&(?:#[0-9]{2,5}|#x[0-9a-fA-F]{2,5}|nbsp|amp|lt|gt|quot|ldquo|rdquo|lsquo|rsquo|mdash|middot|hellip|ensp|emsp);|</?(?:o:p|span|font)(?:\s[^<>]*)?/?>";
/// Styles of Word. Few pages hold one, and the pattern is long to build.
const STYLE: &str = r"mso-[a-z-]+[ \t]*:[^;\n]{1,40};?";

/// What a declaration of Office begins with, looked for in every part.
static OFFICE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("mso-"));
static PLAIN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(CODE).ok());
static STYLED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!("{STYLE}|{CODE}")).ok());

fn check(cx: &PartCx<'_>, sink: &mut Sink<'_>) {
    let bytes = cx.text.as_bytes();
    let has_style = OFFICE.find(bytes).is_some();
    if !has_style && memchr::memchr2(b'&', b'<', bytes).is_none() || is_page(cx.text) {
        return;
    }
    let Some(code) = (if has_style { &STYLED } else { &PLAIN }).as_ref() else { return };
    let mut is_markup = markup(cx);
    let (mut edits, mut others) = (Vec::new(), Vec::new());
    for found in code.find_iter(cx.text) {
        let place = cx.place(found.range().into());
        let is_tag = found.as_str().starts_with('<');
        // Entities of a line with tags are right there.
        if !is_tag && is_markup(found.start()) && !found.as_str().starts_with("mso-") {
            continue;
        }
        match character(&cx.text[..found.start()], found.as_str(), &cx.text[found.end()..]) {
            Some(text) => edits.push(Edit::new(place, text)),
            None => others.push(Edit::new(place, "")),
        }
    }
    let mut say = |edits: Vec<Edit>, title: &str, applicability| {
        let Some(first) = edits.first().map(|edit| edit.place) else { return };
        let message =
            format!("残留网页代码“{}”，这一部分有 {} 处", cx.slice(first.range), edits.len());
        sink.push(Finding::new(first, message).fix(title, applicability, edits));
    };
    say(edits, "换成字符", Applicability::Safe);
    say(others, "删去代码", Applicability::Choice);
}

/// A page, or a text with tables in code: tags are how it is written.
fn is_page(text: &str) -> bool {
    ["<td", "<tr", "<table", "<p>", "<p ", "<div", "<section", "<body", "<TD", "<TABLE", "<P"]
        .iter()
        .any(|tag| text.contains(tag))
}

/// What an entity stands for, where putting it in changes no figure and makes no new slip.
fn character(before: &str, entity: &str, behind: &str) -> Option<&'static str> {
    let is_figure = |c: char| c.is_ascii_alphanumeric();
    match entity {
        "&nbsp;" | "&ensp;" | "&emsp;" | "&#160;" => {
            let joins = before.ends_with(is_figure)
                && behind.starts_with(|c: char| is_figure(c) || c == '&');
            Some(if joins { " " } else { "" })
        }
        "&ldquo;" => Some("“"),
        "&rdquo;" => Some("”"),
        "&lsquo;" => Some("‘"),
        "&rsquo;" => Some("’"),
        "&mdash;" => Some("—"),
        "&middot;" => Some("·"),
        "&hellip;" => Some("…"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits};

    const RULE: &str = "html-residue";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn entities_become_characters() {
        let text = format!("{HEAD}及时&nbsp;公开&ldquo;信息&rdquo;，3&nbsp;4件。\n");
        assert_eq!(hits(&text, RULE).len(), 1);
        let mended = apply_fix(&text, RULE, 0);
        assert_eq!(mended, format!("{HEAD}及时公开“信息”，3 4件。\n"));
        assert!(hits(&mended, RULE).is_empty());
    }

    #[test]
    fn tags_are_the_authors_to_delete() {
        let text = format!("{HEAD}及时<o:p></o:p>公开，mso-bidi-font-size:16.0pt;按期答复。\n");
        assert_eq!(apply_fix(&text, RULE, 0), format!("{HEAD}及时公开，按期答复。\n"));
    }

    #[test]
    fn pages_and_ampersands_keep_theirs() {
        for line in [
            "<p>及时&nbsp;公开</p>",
            "<section><span leaf=\"\">及时公开</span></section>",
            "R&D经费，A&B;公司",
            "条例<修订>，网址?a=1&b=2",
        ] {
            assert_findings(&format!("{HEAD}{line}\n"), &[RULE]);
        }
    }
}
