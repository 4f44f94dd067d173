//! What the dictionary says of the numbers that a text gives to a document.

use crate::references::{DocumentNumber, Reference, document_numbers};

/// Whether the document has this number. What stands before the issuer may be words of the sentence.
pub(super) fn is_of(document: &Reference, number: &DocumentNumber<'_>) -> bool {
    let own = document.number.as_deref().and_then(|own| document_numbers(own).next());
    own.is_some_and(|own| {
        (own.year, own.sequence) == (number.year, number.sequence)
            && number.issuer.ends_with(own.issuer)
    })
}

/// The number of the one among the documents of a title that a report about `year` should cite, where it is of the wanted kind.
pub(super) fn in_force<'d>(
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
