//! Commands that a client may run on the server.

/// Answers with a rule's page (Markdown); its arguments are the rule's id and, for the forms of its folder, a document.
pub(crate) const EXPLAIN: &str = "gouji.explainRule";

/// All of them.
pub(crate) const ALL: &[&str] = &[EXPLAIN];
