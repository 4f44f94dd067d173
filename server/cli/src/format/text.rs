//! `--format text`: for people, with the source line under each finding.

use std::fmt::Write;

use gouji_core::ide::safe_fix;
use gouji_core::rules::Severity;
use gouji_core::snapshot::{Found, Snapshot};
use gouji_workspace::output::range;

use super::excerpt::excerpt;
use super::{File, Format};
use crate::check::totals::Totals;
use crate::output::visible;

/// Most related places that are listed; a merged finding on sums may have dozens.
const RELATED: usize = 6;

/// The format `text`.
pub(crate) struct Text {
    pub(crate) colored: bool,
    pub(crate) quiet: bool,
}

impl Format for Text {
    fn file(&self, file: &File<'_>) -> Vec<u8> {
        let mut out = String::new();
        for found in file.findings {
            // Writing to a string cannot fail.
            let _ = self.finding(&mut out, file, found);
        }
        out.into_bytes()
    }

    fn end(&self, totals: &Totals) -> Vec<u8> {
        if self.quiet { Vec::new() } else { summary(totals).into_bytes() }
    }
}

/// A severity in Chinese.
pub(crate) fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "错误",
        Severity::Warning => "警告",
        Severity::Info => "提示",
        Severity::Hint => "建议",
    }
}

/// The last line: how much was checked, and what was found.
pub(crate) fn summary(totals: &Totals) -> String {
    let mut line = match totals.reports {
        0 => "没有检查任何报告".to_owned(),
        reports => format!("检查了 {} 个文件、{reports} 份报告：", totals.files - totals.faults),
    };
    let counts = [
        (totals.error, "错误"),
        (totals.warning, "警告"),
        (totals.info, "提示"),
        (totals.hint, "建议"),
    ];
    let counts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{count} 个{name}"))
        .collect();
    if counts.is_empty() && totals.reports > 0 {
        line.push_str("没有发现问题");
    }
    line.push_str(&counts.join("、"));
    if totals.fixed > 0 {
        let _ = write!(line, "。已改正 {} 处（{} 个文件）", totals.fixed, totals.fixed_files);
    } else if totals.fixable > 0 {
        let _ = write!(line, "。其中 {} 个可用 --fix 自动改正", totals.fixable);
    }
    if totals.faults > 0 {
        let _ = write!(line, "。{} 个文件有误，见上", totals.faults);
    }
    line.push('\n');
    line
}

impl Text {
    fn finding(&self, out: &mut String, file: &File<'_>, found: &Found<'_>) -> std::fmt::Result {
        let Some(text) = file.snapshot.map(Snapshot::text) else { return Ok(()) };
        let bytes = found.range();
        let start = range(text, &bytes).start;
        let (bold, color, dim, reset) = self.colors(found.severity());
        let (path, message) = (visible(file.path), visible(&found.finding.message));
        let (name, rule) = (severity_name(found.severity()), &found.rule().id);
        writeln!(
            out,
            "{bold}{path}:{}:{}{reset}: {color}{name}[{rule}]{reset} {message}",
            start.line, start.column
        )?;

        let excerpt = excerpt(text, &bytes);
        let gutter = excerpt.line.to_string().len();
        let (indent, carets) = (" ".repeat(excerpt.indent), "^".repeat(excerpt.carets));
        writeln!(out, "  {dim}{} |{reset} {}", excerpt.line, excerpt.source)?;
        writeln!(out, "  {dim}{:gutter$} |{reset} {indent}{color}{carets}{reset}", "")?;

        let mut note = |line: &str| writeln!(out, "  {dim}{:gutter$} ={reset} {line}", "");
        let related = &found.finding.related;
        for other in related.iter().take(RELATED) {
            let start = range(text, &found.report.range(other.place)).start;
            note(&format!("第 {} 行：{}", start.line, visible(&other.message)))?;
        }
        if related.len() > RELATED {
            note(&format!("另有 {} 处有关", related.len() - RELATED))?;
        }
        let fixes = &found.finding.fixes;
        if let Some(fix) = safe_fix(found) {
            note(&format!("可自动改正（--fix）：{}", visible(&fix.title)))?;
        } else if let Some(fix) = fixes.first() {
            let ways = found.finding.data.repairs.unwrap_or(fixes.len());
            let ways =
                if ways > 1 { format!("（共有 {ways} 种改法）") } else { String::new() };
            note(&format!("可以这样改：{}{ways}", visible(&fix.title)))?;
        }
        writeln!(out)
    }

    /// Bold, the severity's colour, dim, and their end.
    fn colors(
        &self,
        severity: Severity,
    ) -> (&'static str, &'static str, &'static str, &'static str) {
        if !self.colored {
            return ("", "", "", "");
        }
        let color = match severity {
            Severity::Error => "\x1b[1;31m",
            Severity::Warning => "\x1b[1;33m",
            Severity::Info => "\x1b[1;36m",
            Severity::Hint => "\x1b[1;32m",
        };
        ("\x1b[1m", color, "\x1b[2m", "\x1b[0m")
    }
}
