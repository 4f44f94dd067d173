//! The result of checking one version of a document: what diagnostics, requests and fixes are made from.

use std::sync::{Arc, OnceLock};

use gouji_core::engine::Settings;
use gouji_core::ide::{AmbiguousWidth, HintKinds};
use gouji_core::snapshot::{Found, Snapshot};
use gouji_workspace::config::FileSettings;
use tower_lsp::lsp_types::Url;

use crate::capabilities::Client;
use crate::convert::Converter;
use crate::diagnostics::Diagnostics;

/// Most diagnostics of one document; ten thousand of them bring editors to a standstill.
const MOST: usize = 1000;

/// The settings that a document is checked with.
pub(crate) enum DocumentSettings {
    /// Those of its configuration.
    Configured(Arc<FileSettings>),
    /// The built-in ones, because its configuration is broken.
    Defaults(Arc<Settings>),
}

impl DocumentSettings {
    /// The part of the settings that core knows: rules and severities.
    pub(crate) fn core(&self) -> &Arc<Settings> {
        match self {
            Self::Configured(file) => &file.settings,
            Self::Defaults(settings) => settings,
        }
    }

    fn findings<'a>(&'a self, snapshot: &'a Snapshot) -> Box<dyn Iterator<Item = Found<'a>> + 'a> {
        match self {
            Self::Configured(file) => Box::new(file.findings(snapshot)),
            Self::Defaults(_) => Box::new(snapshot.findings()),
        }
    }
}

/// The findings of one version.
pub(crate) struct Checked {
    /// The version that was checked.
    pub(crate) version: i32,
    /// Its text, bound and checked.
    pub(crate) snapshot: Snapshot,
    settings: DocumentSettings,
    /// Its diagnostics, the worst first.
    pub(crate) diagnostics: Arc<Diagnostics>,
    result_id: OnceLock<String>,
}

/// The URI of a document, and how the client spells it.
#[derive(Clone, Copy)]
pub(crate) struct Named<'a> {
    pub(crate) uri: &'a Url,
    pub(crate) spelling: &'a str,
}

impl Checked {
    /// The result for `snapshot`. Diagnostics that are the same as in `before`, the ones last shown, are taken over as they were written.
    pub(crate) fn new(
        Named { uri, spelling }: Named<'_>,
        version: i32,
        snapshot: Snapshot,
        settings: DocumentSettings,
        client: &Arc<Client>,
        before: &Diagnostics,
    ) -> Self {
        let converter = Converter { uri, spelling, text: snapshot.text(), client };
        let mut found: Vec<Found<'_>> = settings.findings(&snapshot).collect();
        found.sort_by_key(|found| std::cmp::Reverse(found.severity()));
        let rest = if found.len() > MOST { found.split_off(MOST - 1) } else { Vec::new() };
        let more = rest.first().map(|first| converter.published_rest(rest.len(), first.severity()));
        let diagnostics = Arc::new(Diagnostics::new(&converter, client, &found, more, before));
        Self { version, snapshot, settings, diagnostics, result_id: OnceLock::new() }
    }

    /// Which inlay hints the user wants.
    pub(crate) fn inlay_hints(&self) -> HintKinds {
        match &self.settings {
            DocumentSettings::Configured(file) => file.inlay_hints,
            DocumentSettings::Defaults(_) => HintKinds::default(),
        }
    }

    /// How wide characters of ambiguous width are taken to be.
    pub(crate) fn ambiguous_width(&self) -> AmbiguousWidth {
        match &self.settings {
            DocumentSettings::Configured(file) => file.ambiguous_width,
            DocumentSettings::Defaults(_) => AmbiguousWidth::default(),
        }
    }

    /// All findings, in the order of the text.
    pub(crate) fn findings(&self) -> impl Iterator<Item = Found<'_>> {
        self.settings.findings(&self.snapshot)
    }

    /// An id that is equal for equal diagnostics, whatever the version.
    pub(crate) fn result_id(&self) -> &str {
        self.result_id.get_or_init(|| written_id(self.diagnostics.result_id()))
    }
}

/// The id of a result as the protocol has it.
pub(crate) fn written_id(id: u64) -> String {
    format!("{id:016x}")
}
