//! Commands that a client may run on the server.

/// Answers with a rule's page (Markdown); its argument is the rule's id.
pub(crate) const EXPLAIN: &str = "gouji.explainRule";

/// All of them.
pub(crate) const ALL: &[&str] = &[EXPLAIN];
