//! Wrong words of the dictionary and their right ones.

use crate::dictionary::WordList;
use crate::rules::{Applicability, Edit, Finding, LineCx, Sink};

/// Says each word of `words` in the line, with `message` of the wrong and the right one.
pub(super) fn check(
    cx: &LineCx<'_>,
    sink: &mut Sink<'_>,
    words: &WordList,
    message: fn(&str, &str) -> String,
) {
    for (range, word) in words.find(cx.text) {
        let place = cx.place(range);
        let edit = Edit::new(place, word.right.clone());
        sink.push(Finding::new(place, message(&word.wrong, &word.right)).fix(
            format!("改为“{}”", word.right),
            Applicability::Choice,
            vec![edit],
        ));
    }
}
