//! The diagnostics of a document as its client gets them. Writing them takes as long as the checks of an edit, and an edit moves few of them: one
//! is taken over as it was written while its finding is the same and the parts that it names stand on the same lines.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use gouji_core::rules::{Finding, Severity};
use gouji_core::snapshot::Found;
use tower_lsp::lsp_types::{Diagnostic, Position};

use crate::capabilities::Client;
use crate::convert::Document;

/// The diagnostics of one version of a document.
#[derive(Default)]
pub(crate) struct Shown {
    /// For whom they were written.
    client: Option<Arc<Client>>,
    items: Vec<Arc<Item>>,
    /// What is said of those that are not shown.
    more: Option<Written>,
}

struct Item {
    finding: Arc<Finding>,
    severity: Severity,
    /// The parts that it names, and where they begin.
    parts: Vec<(Position, Arc<str>)>,
    written: Written,
}

/// A diagnostic as its client gets it, published or pulled.
struct Written {
    json: Box<str>,
    /// Of the text, for a client that pulls.
    hash: u64,
}

impl Shown {
    /// Writes `found`, and `more` behind it, in the order given.
    pub(crate) fn new(
        document: &Document<'_>,
        client: &Arc<Client>,
        found: &[Found<'_>],
        more: Option<Diagnostic>,
        before: &Self,
    ) -> Self {
        let same = before.client.as_ref().is_some_and(|before| Arc::ptr_eq(before, client));
        let known: HashMap<_, _> = (before.items.iter().filter(|_| same))
            .map(|item| (Arc::as_ptr(&item.finding), item))
            .collect();
        let item = |found: &Found<'_>| {
            let known = known.get(&Arc::as_ptr(found.finding));
            match known.filter(|item| item.still_holds(document, *found)) {
                Some(item) => Arc::clone(item),
                None => Arc::new(Item::new(document, *found)),
            }
        };
        Self {
            items: found.iter().map(item).collect(),
            // A diagnostic is always JSON.
            more: more
                .map(|more| serde_json::to_string(&more).unwrap_or_default())
                .map(|json| Written::new(json, client)),
            client: Some(client.clone()),
        }
    }

    /// Each as JSON.
    pub(crate) fn json(&self) -> impl Iterator<Item = &str> {
        self.written().map(|it| &*it.json)
    }

    /// Equal for equal diagnostics, for a client that pulls.
    pub(crate) fn result_id(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.written().for_each(|it| it.hash.hash(&mut hasher));
        hasher.finish()
    }

    fn written(&self) -> impl Iterator<Item = &Written> {
        self.items.iter().map(|item| &item.written).chain(&self.more)
    }
}

impl Item {
    fn new(document: &Document<'_>, found: Found<'_>) -> Self {
        let parts = found.parts().map(|(start, text)| (document.position(start), text.clone()));
        Self {
            finding: found.finding.clone(),
            severity: found.severity(),
            parts: parts.collect(),
            written: Written::new(document.published(found), document.client),
        }
    }

    /// Would it be written in the same way? `found` has its very finding.
    fn still_holds(&self, document: &Document<'_>, found: Found<'_>) -> bool {
        let mut parts = found.parts();
        self.severity == found.severity()
            && self.parts.iter().all(|(position, text)| {
                parts.next().is_some_and(|(start, now)| {
                    Arc::ptr_eq(text, now) && *position == document.position(start)
                })
            })
    }
}

impl Written {
    fn new(json: String, client: &Client) -> Self {
        let mut hasher = DefaultHasher::new();
        if client.pulls {
            json.hash(&mut hasher);
        }
        Self { json: json.into(), hash: hasher.finish() }
    }
}
