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

/// A diagnostic in the form that its client asks for.
enum Written {
    /// As it is published.
    Published(Box<str>),
    /// As it is pulled, with a hash of it.
    Pulled(Box<Diagnostic>, u64),
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
            more: more.map(|more| Written::of(more, client)),
            client: Some(client.clone()),
        }
    }

    /// As they are published; none for a client that pulls.
    pub(crate) fn published(&self) -> impl Iterator<Item = &str> {
        self.written().filter_map(|it| match it {
            Written::Published(json) => Some(&**json),
            Written::Pulled(..) => None,
        })
    }

    /// As they are pulled; none for a client that does not.
    pub(crate) fn pulled(&self) -> Vec<Diagnostic> {
        let pulled = self.written().filter_map(|it| match it {
            Written::Pulled(diagnostic, _) => Some((**diagnostic).clone()),
            Written::Published(_) => None,
        });
        pulled.collect()
    }

    fn written(&self) -> impl Iterator<Item = &Written> {
        self.items.iter().map(|item| &item.written).chain(&self.more)
    }
}

/// Equal for equal diagnostics that are pulled.
impl Hash for Shown {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for it in self.written() {
            if let Written::Pulled(_, hash) = it {
                hash.hash(state);
            }
        }
    }
}

impl Item {
    fn new(document: &Document<'_>, found: Found<'_>) -> Self {
        let parts = found.parts().map(|(start, text)| (document.position(start), text.clone()));
        Self {
            finding: found.finding.clone(),
            severity: found.severity(),
            parts: parts.collect(),
            written: Written::new(document, found),
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
    fn new(document: &Document<'_>, found: Found<'_>) -> Self {
        if document.client.pulls {
            return Self::of(document.diagnostic(found), document.client);
        }
        Self::Published(document.published(found).into())
    }

    fn of(diagnostic: Diagnostic, client: &Client) -> Self {
        // A diagnostic is always JSON.
        let json = serde_json::to_string(&diagnostic).unwrap_or_default();
        if !client.pulls {
            return Self::Published(json.into());
        }
        let mut hasher = DefaultHasher::new();
        json.hash(&mut hasher);
        Self::Pulled(Box::new(diagnostic), hasher.finish())
    }
}
