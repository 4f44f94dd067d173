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
