//! Citations of documents whose place another one has taken.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::references::{DocumentNumber, document_numbers};
use crate::rules::{Applicability, Edit, Finding, LineCx, Sink};

/// Says the numbers of replaced documents that `wanted` picks, where the line doesn't name the document in force as well: that is history.
pub(super) fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>, wanted: fn(&DocumentNumber<'_>) -> bool) {
    let references = &cx.settings.engine().dictionary().references;
    // Once a line: one of a page of HTML may cite thousands.
    let cited = OnceCell::new();
    let cite = || {
        let known = |it| references.by_number(&it)?.number.as_deref();
        document_numbers(cx.text).filter_map(known).collect::<BTreeSet<_>>()
    };
    for number in document_numbers(cx.text).filter(wanted) {
        let Some(old) = references.by_number(&number) else { continue };
        let (Some(heir), Some(from), Some(year)) =
            (old.replaced_by.as_deref(), old.replaced_from, cx.head.year)
        else {
            continue;
        };
        if year < from || cited.get_or_init(cite).contains(heir) {
            continue;
        }
        let start = references.start_of(&number).unwrap_or(number.range.start);
        let place = cx.place(start..number.range.end);
        let message =
            format!("“{}”已被{heir}取代，{from}年度起应引用现行文件", cx.slice(place.range));
        let edit = Edit::new(place, heir);
        sink.push(Finding::new(place, message).fix(
            format!("改为{heir}"),
            Applicability::Choice,
            vec![edit],
        ));
    }
}
