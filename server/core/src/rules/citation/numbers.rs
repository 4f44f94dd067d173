//! What the dictionary says of the numbers that a text gives to a document.

use crate::references::{DocumentNumber, Reference, citations, document_numbers};
use crate::rules::{Applicability, Edit, Finding, LineCx, Sink};

/// Which numbers a rule judges.
pub(super) struct Judged {
    /// What they are called.
    pub(super) noun: &'static str,
    /// Those of the rule's kind.
    pub(super) is_of_kind: fn(&DocumentNumber<'_>) -> bool,
    /// A number of another issuer is wrong too; else it may be that of whoever passed the document on.
    pub(super) any_issuer: bool,
}

/// Says the numbers behind titles of the dictionary that their documents never had.
pub(super) fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>, judged: &Judged) {
    let references = &cx.settings.engine().dictionary().references;
    for citation in citations(cx.text) {
        // A number that some document has is told by the rule on titles.
        let is_unknown = |number: &&DocumentNumber<'_>| {
            (judged.is_of_kind)(number) && references.by_number(number).is_none()
        };
        for number in citation.numbers.iter().filter(is_unknown) {
            let known: Vec<_> = references.all_by_title(citation.title.title).collect();
            let Some(right) = in_force(&known, cx.head.year, judged.is_of_kind) else { break };
            let shared = known.iter().find_map(|document| shared_issuer(document, number));
            let whole = judged.any_issuer.then_some(number.issuer.len());
            let Some(issuer) = whole.or(shared) else { continue };
            let start = number.range.start + number.issuer.len() - issuer;
            let place = cx.place(start..number.range.end);
            let message = format!(
                "《{}》的{}是{right}，此处写作“{}”，请核对",
                citation.title.title,
                judged.noun,
                cx.slice(place.range)
            );
            let edits = vec![Edit::new(place, right)];
            let finding = Finding::new(place, message);
            sink.push(finding.fix(format!("改为{right}"), Applicability::Choice, edits));
        }
    }
}

/// The number of the one among the documents of a title that a report about `year` should cite, where it is of the wanted kind.
fn in_force<'d>(
    documents: &[&'d Reference],
    year: Option<u16>,
    wanted: fn(&DocumentNumber<'_>) -> bool,
) -> Option<&'d str> {
    let holds = |document: &&&Reference| match document.replaced_from {
        Some(from) => year.is_some_and(|year| year < from),
        None => document.replaced_by.is_none(),
    };
    // One that was in force then stands behind the one that took its place.
    let right = documents.iter().rfind(holds)?.number.as_deref()?;
    document_numbers(right).next().filter(|number| wanted(number))?;
    Some(right)
}

/// The length of the issuer's code, where the document has the same one.
fn shared_issuer(document: &Reference, number: &DocumentNumber<'_>) -> Option<usize> {
    let own = document_numbers(document.number.as_deref()?).next()?.issuer;
    number.issuer.ends_with(own).then_some(own.len())
}
