//! The result of checking one version of a document, as it is shown, asked for and fixed.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, OnceLock};

use gouji_core::engine::Settings;
use gouji_core::ide::{AmbiguousWidth, HintKinds};
use gouji_core::rules::Severity;
use gouji_core::snapshot::{Found, Snapshot};
use gouji_workspace::config::FileSettings;
use serde::Serialize;
use tower_lsp::lsp_types::{Diagnostic, DiagnosticSeverity, Url};

use crate::capabilities::Client;
use crate::convert::Document;
use crate::shell::notification;

/// Diagnostics of one document at most. An editor that gets ten thousand stops being one.
const MOST: usize = 1000;

/// What a document is checked by.
pub(crate) enum Given {
    /// Its configuration.
    File(Arc<FileSettings>),
    /// The defaults, because its configuration is broken.
    Plain(Arc<Settings>),
}

impl Given {
    pub(crate) fn settings(&self) -> &Arc<Settings> {
        match self {
            Self::File(file) => &file.settings,
            Self::Plain(settings) => settings,
        }
    }

    fn findings<'a>(&'a self, snapshot: &'a Snapshot) -> Box<dyn Iterator<Item = Found<'a>> + 'a> {
        match self {
            Self::File(file) => Box::new(file.findings(snapshot)),
            Self::Plain(_) => Box::new(snapshot.findings()),
        }
    }
}

/// The findings of one version.
pub(crate) struct Checked {
    /// The version that was checked.
    pub(crate) version: i32,
    /// Its text with the findings.
    pub(crate) snapshot: Snapshot,
    given: Given,
    /// What is shown: the worst first.
    pub(crate) diagnostics: Vec<Diagnostic>,
    result_id: OnceLock<String>,
}

impl Checked {
    /// Checks `snapshot` for `client`.
    pub(crate) fn new(
        uri: &Url,
        version: i32,
        snapshot: Snapshot,
        given: Given,
        client: &Client,
    ) -> Self {
        let document = Document { uri, text: snapshot.text(), client };
        let mut found: Vec<Found<'_>> = given.findings(&snapshot).collect();
        found.sort_by_key(|found| std::cmp::Reverse(found.severity()));
        let rest = if found.len() > MOST { found.split_off(MOST - 1) } else { Vec::new() };
        let mut diagnostics: Vec<_> =
            found.into_iter().map(|found| document.diagnostic(found)).collect();
        if let Some(first) = rest.first() {
            diagnostics.push(more(&document, rest.len(), first.severity()));
        }
        Self { version, snapshot, given, diagnostics, result_id: OnceLock::new() }
    }

    /// The hints that are wanted.
    pub(crate) fn inlay_hints(&self) -> HintKinds {
        match &self.given {
            Given::File(file) => file.inlay_hints,
            Given::Plain(_) => HintKinds::default(),
        }
    }

    /// How wide characters of ambiguous width are.
    pub(crate) fn ambiguous_width(&self) -> AmbiguousWidth {
        match &self.given {
            Given::File(file) => file.ambiguous_width,
            Given::Plain(_) => AmbiguousWidth::default(),
        }
    }

    /// All findings, in the order of the text.
    pub(crate) fn findings(&self) -> impl Iterator<Item = Found<'_>> {
        self.given.findings(&self.snapshot)
    }

    /// Equal for equal diagnostics, whatever the version.
    pub(crate) fn result_id(&self) -> &str {
        self.result_id.get_or_init(|| {
            let mut hasher = DefaultHasher::new();
            serde_json::to_vec(&self.diagnostics).unwrap_or_default().hash(&mut hasher);
            format!("{:016x}", hasher.finish())
        })
    }
}

/// The message that shows `diagnostics` for a document; `uri` as the client writes it.
pub(crate) fn publication(uri: &str, version: Option<i32>, diagnostics: &[Diagnostic]) -> Vec<u8> {
    #[derive(Serialize)]
    struct Params<'a> {
        uri: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        version: Option<i32>,
        diagnostics: &'a [Diagnostic],
    }
    notification("textDocument/publishDiagnostics", &Params { uri, version, diagnostics })
}

fn more(document: &Document<'_>, count: usize, worst: Severity) -> Diagnostic {
    Diagnostic {
        range: document.range(0..0),
        severity: Some(if worst >= Severity::Warning {
            DiagnosticSeverity::WARNING
        } else {
            DiagnosticSeverity::INFORMATION
        }),
        source: Some("gouji".to_owned()),
        message: format!("另有 {count} 处问题没有在此列出；运行 gouji check 可查看全部。"),
        ..Diagnostic::default()
    }
}
