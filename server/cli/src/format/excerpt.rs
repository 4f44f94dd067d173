//! The source line under a finding, with carets below the range. Columns are those of a terminal: a Chinese character takes two.
//!
//! Not done by a crate such as annotate-snippets: a paragraph of a report is one line of a thousand columns, of which only the surroundings of the range
//! are useful, and a run over ten thousand files prints tens of thousands of excerpts.

use std::ops::Range;

use gouji_core::text::Text;
use unicode_width::UnicodeWidthChar;

use crate::output::{is_hidden, name_of};

/// Most columns of an excerpt.
const WIDTH: usize = 100;
/// Least columns that are kept before the range where the line has to be cut.
const LEAD: usize = 30;
/// What a tab is shown as, so that cells stay apart whatever the terminal's tab stops are.
const TAB: &str = "    ";
const CUT: &str = "…";

/// A line of the source and the carets below it.
#[derive(Debug, PartialEq)]
pub(super) struct Excerpt {
    /// Its number, from 1.
    pub(super) line: usize,
    /// The line, or the part of it around the range.
    pub(super) source: String,
    /// Columns before the carets.
    pub(super) indent: usize,
    /// Carets; at least one.
    pub(super) carets: usize,
}

/// The excerpt for `range`: its first line.
pub(super) fn excerpt(text: &Text, range: &Range<usize>) -> Excerpt {
    let line = text.line_of(range.start);
    let content = text.line_content(line);
    let start = range.start.clamp(content.start, content.end);
    let end = range.end.clamp(start, content.end);

    // Only the surroundings are looked at: a page of HTML may be one line of a megabyte with a thousand findings in it. WIDTH columns take four times
    // as many bytes at most, since every character has a width: those that would not are shown by name.
    let before = text.slice(start.saturating_sub(WIDTH * 4).max(content.start)..start);
    let after = text.slice(start..(start + WIDTH * 4).min(content.end));
    let (marked, rest) = after.split_at((end - start).min(after.len()));

    let (before, marked, rest) = (show(&before), show(marked), show(rest));
    let total = width(&before) + width(&marked) + width(&rest);
    let is_whole = content.len() <= before.len() + after.len() && total <= WIDTH;
    if is_whole {
        let (indent, carets) = (width(&before), width(&marked).max(1));
        return Excerpt {
            line: line + 1,
            source: (before + &marked + &rest).trim_end().to_owned(),
            indent,
            carets,
        };
    }
    // The text before the range gets the columns that the range and the text after it do not need.
    let ahead = width(&marked) + width(&rest);
    let lead = tail(&before, LEAD.max(WIDTH.saturating_sub(ahead + 2)));
    let is_cut_before = lead.len() < before.len() || start - content.start > WIDTH * 4;
    let mut source = if is_cut_before { CUT.to_owned() } else { String::new() };
    source.push_str(lead);
    let indent = width(&source);
    let shown = marked.clone() + &rest;
    let kept = head(&shown, WIDTH - indent.min(WIDTH - 1));
    let is_cut_after = kept.len() < shown.len() || content.end - start > WIDTH * 4;
    source.push_str(kept);
    let carets = width(head(&marked, width(kept))).max(1);
    if is_cut_after {
        source.push_str(CUT);
    }
    Excerpt { line: line + 1, source: source.trim_end().to_owned(), indent, carets }
}

/// Columns that `text`, already made visible, takes.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

fn show(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => shown.push_str(TAB),
            c if is_hidden(c) => shown.push_str(&name_of(c)),
            c => shown.push(c),
        }
    }
    shown
}

/// The end of `text`, of at most `columns` columns.
fn tail(text: &str, columns: usize) -> &str {
    let mut left = columns;
    let mut start = text.len();
    for (at, c) in text.char_indices().rev() {
        match left.checked_sub(c.width().unwrap_or(0)) {
            Some(rest) => (left, start) = (rest, at),
            None => break,
        }
    }
    &text[start..]
}

/// The beginning of `text`, of at most `columns` columns.
fn head(text: &str, columns: usize) -> &str {
    let mut left = columns;
    for (at, c) in text.char_indices() {
        match left.checked_sub(c.width().unwrap_or(0)) {
            Some(rest) => left = rest,
            None => return &text[..at],
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    /// `⟦` and `⟧` mark the range.
    fn check(source: &str, expected: &Expect) {
        let start = source.find('⟦').unwrap_or(0);
        let source = source.replacen('⟦', "", 1);
        let end = source.find('⟧').unwrap_or(start);
        let source = source.replacen('⟧', "", 1);
        let found = excerpt(&Text::new(&source), &(start..end));
        let carets = " ".repeat(found.indent) + &"^".repeat(found.carets);
        expected.assert_eq(&format!("{} | {}\n  | {carets}\n", found.line, found.source));
        assert!(width(&found.source) <= WIDTH + 2, "{}", found.source);
    }

    #[test]
    fn chinese_takes_two_columns() {
        check(
            "第一行\n收到⟦申请⟧12件\n",
            &expect![[r"
            2 | 收到申请12件
              |     ^^^^
        "]],
        );
    }

    #[test]
    fn tabs_and_hidden_characters_are_shown() {
        check(
            "\t(一)\t⟦\u{200b}⟧2\u{1b}[31m\r\n",
            &expect![[r"
            1 |     (一)    <U+200B>2<U+001B>[31m
              |             ^^^^^^^^
        "]],
        );
    }

    #[test]
    fn an_empty_range_has_one_caret() {
        check(
            "全年收到⟦⟧\n",
            &expect![[r"
            1 | 全年收到
              |         ^
        "]],
        );
    }

    #[test]
    fn a_range_over_lines_ends_with_its_first() {
        check(
            "甲⟦乙\r\n丙⟧丁",
            &expect![[r"
            1 | 甲乙
              |   ^^
        "]],
        );
    }

    #[test]
    fn long_lines_are_cut_around_the_range() {
        let long = "本单位全年主动公开信息".repeat(20);
        check(
            &format!("{long}共⟦12⟧条{long}"),
            &expect![[r"
                1 | …开信息本单位全年主动公开信息共12条本单位全年主动公开信息本单位全年主动公开信息本单位全年主动公开信…
                  |                                ^^
            "]],
        );
        check(
            &format!("{long}共⟦12⟧条"),
            &expect![[r"
                1 | …信息本单位全年主动公开信息本单位全年主动公开信息本单位全年主动公开信息本单位全年主动公开信息共12条
                  |                                                                                                ^^
            "]],
        );
        check(
            &format!("⟦{long}⟧"),
            &expect![[r"
                1 | 本单位全年主动公开信息本单位全年主动公开信息本单位全年主动公开信息本单位全年主动公开信息本单位全年主…
                  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            "]],
        );
    }
}
