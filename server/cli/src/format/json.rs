//! `--format json`: one object, with a line for each file.

use gouji_core::rules::{Applicability, BrokenRelation, Fix};
use gouji_core::snapshot::{Found, ReportView, Snapshot};
use gouji_core::text::Text;
use gouji_workspace::output::{Range, range, write};
use serde::Serialize;

use super::{File, Format};
use crate::check::totals::Totals;

/// The version of the shape of this output.
pub(crate) const SCHEMA: u32 = 1;

/// The format `json`.
pub(crate) struct Json;

#[derive(Serialize)]
struct FileJson<'a> {
    path: &'a str,
    reports: Vec<ReportJson<'a>>,
    findings: Vec<FindingJson<'a>>,
    error: Option<&'a str>,
}

#[derive(Serialize)]
struct ReportJson<'a> {
    form: &'a str,
    agency: Option<&'a str>,
    year: Option<u16>,
}

#[derive(Serialize)]
struct FindingJson<'a> {
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    range: Range,
    related: Vec<RelatedJson<'a>>,
    fixes: Vec<FixJson<'a>>,
    data: DataJson<'a>,
    url: Option<String>,
}

#[derive(Serialize)]
struct RelatedJson<'a> {
    message: &'a str,
    range: Range,
}

#[derive(Serialize)]
struct FixJson<'a> {
    title: &'a str,
    applicability: &'static str,
    edits: Vec<EditJson<'a>>,
}

#[derive(Serialize)]
struct EditJson<'a> {
    range: Range,
    text: &'a str,
}

/// Figures are strings, because a program's JSON reader may make a binary float of a number.
#[derive(Serialize)]
struct DataJson<'a> {
    difference: Option<String>,
    relations: Vec<RelationJson<'a>>,
    repairs: Option<usize>,
}

#[derive(Serialize)]
struct RelationJson<'a> {
    id: &'a str,
    scope: &'a str,
    left_cells: &'a [String],
    right_cells: &'a [String],
    left: String,
    right: String,
    difference: String,
}

/// The counts at the end.
#[derive(Serialize)]
pub(crate) struct SummaryJson {
    files: usize,
    reports: usize,
    error: usize,
    warning: usize,
    info: usize,
    hint: usize,
}

impl Format for Json {
    fn begin(&self) -> Vec<u8> {
        format!("{{\"schema\":{SCHEMA},\"files\":[").into_bytes()
    }

    fn file(&self, file: &File<'_>) -> Vec<u8> {
        if !file.is_listed() {
            return Vec::new();
        }
        let reports = file.snapshot.into_iter().flat_map(Snapshot::reports);
        let text = file.snapshot.map(Snapshot::text);
        let findings = text
            .into_iter()
            .flat_map(|text| file.findings.iter().map(|found| finding(text, found)));
        let json = FileJson {
            path: file.path,
            reports: reports.map(report).collect(),
            findings: findings.collect(),
            error: file.error,
        };
        let mut out = b"\n".to_vec();
        write(&mut out, &json);
        out
    }

    fn separator(&self) -> &'static [u8] {
        b","
    }

    fn end(&self, totals: &Totals) -> Vec<u8> {
        let mut out = b"\n],\"summary\":".to_vec();
        write(&mut out, &SummaryJson::new(totals));
        out.extend(b"}\n");
        out
    }
}

impl SummaryJson {
    pub(crate) fn new(totals: &Totals) -> Self {
        let Totals { files, reports, error, warning, info, hint, .. } = *totals;
        Self { files, reports, error, warning, info, hint }
    }
}

fn report(view: ReportView<'_>) -> ReportJson<'_> {
    let head = &view.report.head;
    let agency = head.agency.as_ref().map(|agency| agency.text.as_str());
    ReportJson { form: &view.report.form.id, agency, year: head.year }
}

fn finding<'a>(text: &Text, found: &Found<'a>) -> FindingJson<'a> {
    let finding = found.finding;
    let place = |place| range(text, &found.report.range(place));
    let related = finding
        .related
        .iter()
        .map(|related| RelatedJson { message: &related.message, range: place(related.place) });
    let fix = |fix: &'a Fix| FixJson {
        title: &fix.title,
        applicability: match fix.applicability {
            Applicability::Safe => "safe",
            Applicability::Choice => "choice",
        },
        edits: fix
            .edits
            .iter()
            .map(|edit| EditJson { range: place(edit.place), text: &edit.text })
            .collect(),
    };
    FindingJson {
        rule: &found.rule().id,
        severity: found.severity().name(),
        message: &finding.message,
        range: range(text, &found.range()),
        related: related.collect(),
        fixes: finding.fixes.iter().map(fix).collect(),
        data: DataJson {
            difference: finding.data.difference.map(|difference| difference.to_string()),
            relations: finding.data.relations.iter().map(relation).collect(),
            repairs: finding.data.repairs,
        },
        url: found.rule().url(),
    }
}

fn relation(broken: &BrokenRelation) -> RelationJson<'_> {
    RelationJson {
        id: &broken.id,
        scope: &broken.scope,
        left_cells: &broken.left_cells,
        right_cells: &broken.right_cells,
        left: broken.left.to_string(),
        right: broken.right.to_string(),
        difference: broken.difference.to_string(),
    }
}
