//! Ordinals at the start of a line: （一）, （2）.

use crate::rules::PartCx;

/// Han numerals by value less one.
pub(super) const HAN: [&str; 20] = [
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四",
    "十五", "十六", "十七", "十八", "十九", "二十",
];

/// A bracketed ordinal at the start of a line.
pub(super) struct Ordinal {
    /// In the part, without brackets.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) value: usize,
    pub(super) is_han: bool,
}

/// The ordinal of a line that starts at byte `at` of the part.
pub(super) fn bracketed(line: &str, at: usize) -> Option<Ordinal> {
    let inner = line.strip_prefix(['（', '('])?;
    let (written, _) = inner.split_once(['）', ')'])?;
    let start = at + line.len() - inner.len();
    let han = HAN.iter().position(|it| *it == written).map(|it| it + 1);
    let value = match han {
        Some(value) => value,
        None if written.len() <= 2 && written.bytes().all(|b| b.is_ascii_digit()) => {
            written.parse().ok()?
        }
        None => return None,
    };
    Some(Ordinal { start, end: start + written.len(), value, is_han: han.is_some() })
}

/// Whether the ordinal at `at` is written （3） where those around it leave exactly the place of a （三）: a level below would leave none.
pub(super) fn is_of_other_style(ordinals: &[Ordinal], at: usize) -> bool {
    let (Some(it), Some(next)) = (ordinals.get(at), ordinals.get(at + 1)) else { return false };
    let fits = match at.checked_sub(1).and_then(|at| ordinals.get(at)) {
        Some(before) => before.is_han && before.value + 1 == it.value,
        None => it.value == 1,
    };
    !it.is_han && fits && next.is_han && next.value == it.value + 1
}

/// Whether cells of a table that was not read stand among the part's sentences: their ordinals are rows.
pub(super) fn holds_scattered_cells(cx: &PartCx<'_>) -> bool {
    let section = cx.part.heading.as_ref().and_then(|heading| heading.section);
    let expected = section.is_some_and(|section| cx.form.sections[section].table.is_some());
    expected && cx.part.tables.is_empty()
        || cx.part.tables.iter().any(|table| table.unreadable.is_some())
}
