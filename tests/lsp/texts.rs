//! Reports for the sessions, made from the form itself.

use gouji_core::form::skeleton::{SkeletonLayout, skeleton};

/// A complete report without a fault; all its figures are zero.
pub(crate) fn report(agency: &str, layout: SkeletonLayout) -> String {
    let forms = gouji_core::form::builtin();
    let form = forms.iter().find(|form| form.id == "annual-report-2021").expect("built in");
    skeleton(form, agency, 2024, layout)
}

/// A report with one finding, whose message repeats what stands before the returned position (line, column).
pub(crate) fn with_unknown_rule() -> (String, u32, u32) {
    const MARK: &str = "<!-- gouji-ignore no-such-rule-1";
    let text = format!("{}{MARK}: 测试 -->\n", report("青石县水利局", SkeletonLayout::Pipes));
    let line = text.lines().count() as u32 - 1;
    (text, line, MARK.len() as u32)
}

/// A report with a finding that has a safe fix: a mark that does nothing, in the last line.
pub(crate) fn with_unused_mark() -> String {
    format!(
        "{}<!-- gouji-ignore unknown-suppression: 测试 -->\n",
        report("青石县水利局", SkeletonLayout::Pipes)
    )
}

/// Many reports in one file, the last one with a finding.
pub(crate) fn compilation(reports: usize) -> String {
    let one = report("青石县水利局", SkeletonLayout::Pipes);
    one.repeat(reports) + &with_unknown_rule().0
}

/// A report of zeros in which `changes` (old, new) are made, and where `needle` stands in it (line, column in UTF-16).
pub(crate) fn changed(changes: &[(&str, &str)], needle: &str) -> (String, u32, u32) {
    let mut text = report("青石县水利局", SkeletonLayout::Pipes);
    for (old, new) in changes {
        assert!(text.contains(old), "“{old}” does not stand in:\n{text}");
        text = text.replacen(old, new, 1);
    }
    let at = text.find(needle).expect("the needle stands there");
    let line = text[..at].matches('\n').count() as u32;
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let column = text[start..at].encode_utf16().count() as u32;
    (text, line, column)
}
