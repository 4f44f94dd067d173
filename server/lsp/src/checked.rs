//! The result of checking one version of a document, as it is shown, asked for and fixed.

use std::sync::{Arc, OnceLock};

use gouji_core::engine::Settings;
use gouji_core::ide::{AmbiguousWidth, HintKinds};
use gouji_core::rules::Severity;
use gouji_core::snapshot::{Found, Snapshot};
use gouji_workspace::config::FileSettings;
use tower_lsp::lsp_types::{Diagnostic, DiagnosticSeverity, Url};

use crate::capabilities::Client;
use crate::convert::Document;
use crate::shown::Shown;

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
    pub(crate) shown: Arc<Shown>,
    result_id: OnceLock<String>,
}

/// The URI of a document, and how the client writes it.
#[derive(Clone, Copy)]
pub(crate) struct Named<'a> {
    pub(crate) uri: &'a Url,
    pub(crate) spelling: &'a str,
}

impl Checked {
    /// What is shown of `snapshot`, as far as it can be `before`, which was shown last.
    pub(crate) fn new(
        Named { uri, spelling }: Named<'_>,
        version: i32,
        snapshot: Snapshot,
        given: Given,
        client: &Arc<Client>,
        before: &Shown,
    ) -> Self {
        let document = Document { uri, spelling, text: snapshot.text(), client };
        let mut found: Vec<Found<'_>> = given.findings(&snapshot).collect();
        found.sort_by_key(|found| std::cmp::Reverse(found.severity()));
        let rest = if found.len() > MOST { found.split_off(MOST - 1) } else { Vec::new() };
        let more = rest.first().map(|first| more(&document, rest.len(), first.severity()));
        let shown = Arc::new(Shown::new(&document, client, &found, more, before));
        Self { version, snapshot, given, shown, result_id: OnceLock::new() }
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
        self.result_id.get_or_init(|| written_id(self.shown.result_id()))
    }
}

/// The id of a result as it goes over the wire.
pub(crate) fn written_id(id: u64) -> String {
    format!("{id:016x}")
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
