//! The diagnostics of a document as JSON. Writing them all takes as long as the checks of an edit, while an edit changes few of them: so a diagnostic
//! is taken over as it was written if its finding is the same and the parts that it names begin at the same positions.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use gouji_core::rules::{Finding, Severity};
use gouji_core::snapshot::Found;
use tower_lsp::lsp_types::Position;

use crate::capabilities::Client;
use crate::convert::Converter;

/// The diagnostics of one version of a document.
#[derive(Default)]
pub(crate) struct Diagnostics {
    /// The client that they were written for.
    client: Option<Arc<Client>>,
    items: Vec<Arc<Item>>,
    /// The diagnostic that counts those which are not shown.
    more: Option<Written>,
}

struct Item {
    finding: Arc<Finding>,
    severity: Severity,
    /// The parts that the finding names: where each begins, and its text.
    parts: Vec<(Position, Arc<str>)>,
    written: Written,
}

/// A diagnostic as JSON, the same whether it is published or pulled.
struct Written {
    json: Box<str>,
    /// A hash of the JSON, computed only for a client that pulls.
    hash: u64,
}

impl Diagnostics {
    /// Writes the diagnostics of `found`, in that order, and puts `more` behind them; takes over from `before` what is the same there.
    pub(crate) fn new(
        converter: &Converter<'_>,
        client: &Arc<Client>,
        found: &[Found<'_>],
        more: Option<String>,
        before: &Self,
    ) -> Self {
        let same = before.client.as_ref().is_some_and(|before| Arc::ptr_eq(before, client));
        let known: HashMap<_, _> = (before.items.iter().filter(|_| same))
            .map(|item| (Arc::as_ptr(&item.finding), item))
            .collect();
        let item = |found: &Found<'_>| {
            let known = known.get(&Arc::as_ptr(found.finding));
            match known.filter(|item| item.still_holds(converter, *found)) {
                Some(item) => Arc::clone(item),
                None => Arc::new(Item::new(converter, *found)),
            }
        };
        Self {
            items: found.iter().map(item).collect(),
            more: more.map(|json| Written::new(json, client)),
            client: Some(client.clone()),
        }
    }

    /// Each diagnostic as JSON.
    pub(crate) fn json(&self) -> impl Iterator<Item = &str> {
        self.written().map(|it| &*it.json)
    }

    /// An id that is equal for equal diagnostics, if the client pulls.
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
    fn new(converter: &Converter<'_>, found: Found<'_>) -> Self {
        let parts = found.parts().map(|(start, text)| (converter.position(start), text.clone()));
        Self {
            finding: found.finding.clone(),
            severity: found.severity(),
            parts: parts.collect(),
            written: Written::new(converter.published(found), converter.client),
        }
    }

    /// Whether `found`, which has the same finding, would be written in the same way.
    fn still_holds(&self, converter: &Converter<'_>, found: Found<'_>) -> bool {
        let mut parts = found.parts();
        self.severity == found.severity()
            && self.parts.iter().all(|(position, text)| {
                parts.next().is_some_and(|(start, now)| {
                    Arc::ptr_eq(text, now) && *position == converter.position(start)
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
