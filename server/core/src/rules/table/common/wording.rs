//! How a label in the text differs from the form's wording.

use unicode_normalization::UnicodeNormalization;

use super::is_grid;
use crate::form::{Column, ValueKind};
use crate::report::{Layout, fold};

/// How a label differs from the form's wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rules::table) enum Deviation {
    /// Not at all, or only by what the layout adds of itself.
    None,
    /// By nothing but blanks or breaks inside a word, in a grid, where the layout puts none.
    Split,
    /// By its characters.
    Wording,
}

/// Compares a label with the form's wording.
pub(in crate::rules::table) fn deviation(
    written: &str,
    standard: &str,
    layout: Layout,
) -> Deviation {
    if written == standard {
        return Deviation::None;
    }
    // In the text of a PDF labels are wrapped around numbers, and in HTML and Markdown a label may hold tags and entities: what they say is certain,
    // how is not.
    if layout == Layout::Spaces || written.contains(['<', '&', '\\']) {
        return Deviation::None;
    }
    let written = written.trim().trim_matches('*');
    let unbroken = without_breaks(written);
    if written == standard || (!is_grid(layout) && unbroken == standard) {
        return Deviation::None;
    }
    if is_grid(layout) && is_split(written, standard) {
        Deviation::Split
    } else {
        Deviation::Wording
    }
}

/// Lines of a cell joined, with the blanks around each break.
fn without_breaks(text: &str) -> String {
    text.split(['\n', '\r']).map(str::trim).collect()
}

/// Whether `written` is `standard` with blanks or breaks between two Chinese characters and nowhere else.
fn is_split(written: &str, standard: &str) -> bool {
    let mut expected = standard.chars();
    let mut before = None;
    let mut gap = false;
    for c in written.chars() {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        if expected.next() != Some(c) || (gap && !(before.is_some_and(is_han) && is_han(c))) {
            return false;
        }
        before = Some(c);
        gap = false;
    }
    expected.next().is_none()
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

/// Whether two texts hold the same digits in the same order, so that one may replace the other unattended.
pub(in crate::rules::table) fn same_figures(one: &str, other: &str) -> bool {
    let digits = |text: &str| text.nfkc().filter(char::is_ascii_digit).collect::<String>();
    digits(one) == digits(other)
}

/// Whether a column's header lost the unit that the form prints in it.
pub(in crate::rules::table) fn lacks_unit(column: &Column, written: &str) -> bool {
    let ValueKind::Amount { unit, .. } = &column.values else { return false };
    !unit.is_empty()
        && column.label.text.contains(unit.as_str())
        && !fold(written).contains(unit.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_break_is_invisible_where_a_cell_has_its_own_lines() {
        assert_eq!(deviation("结果\n 维持", "结果维持", Layout::TabLed), Deviation::None);
        assert_eq!(deviation("结果\n维持", "结果维持", Layout::Markdown), Deviation::Split);
        assert_eq!(deviation("结果 维持", "结果维持", Layout::Tabs), Deviation::Split);
        assert_eq!(deviation("结果 维持", "结果维持", Layout::Pipes), Deviation::Wording);
    }

    #[test]
    fn a_blank_beside_a_bracket_is_wording() {
        assert_eq!(
            deviation("（一） 予以公开", "（一）予以公开", Layout::Tabs),
            Deviation::Wording
        );
        assert_eq!(deviation("(一)予以公开", "（一）予以公开", Layout::Pipes), Deviation::Wording);
        assert_eq!(
            deviation("**（一）予以公开**", "（一）予以公开", Layout::Markdown),
            Deviation::None
        );
        assert_eq!(
            deviation("<b>(一)</b>予以公开", "（一）予以公开", Layout::Html),
            Deviation::None
        );
    }

    #[test]
    fn figures_are_compared_without_width() {
        assert!(same_figures("１. 属于国家秘密", "1.属于国家秘密"));
        assert!(!same_figures("本年(2023)制发件数", "本年制发件数"));
    }
}
