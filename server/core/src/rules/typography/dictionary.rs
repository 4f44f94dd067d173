//! Wrong words of the dictionary and their right ones.

use crate::dictionary::WordList;
use crate::report::is_traditional;
use crate::rules::{Applicability, Edit, Finding, LineCx, Sink};

/// Says each word of `words` in the line, with `message` of the wrong and the right one.
pub(super) fn check(
    cx: &LineCx<'_>,
    sink: &mut Sink<'_>,
    words: &WordList,
    message: fn(&str, &str) -> String,
) {
    let mut found = words.find(cx.text).peekable();
    if found.peek().is_none() || is_traditional_text(cx.text) {
        return;
    }
    for (range, word) in found {
        let place = cx.place(range);
        let edit = Edit::new(place, word.right.clone());
        sink.push(Finding::new(place, message(&word.wrong, &word.right)).fix(
            format!("改为“{}”", word.right),
            Applicability::Choice,
            vec![edit],
        ));
    }
}

/// Is the line one of Traditional Chinese, where 答覆 is spelt so? The lists are of Simplified words.
fn is_traditional_text(line: &str) -> bool {
    const FEWEST: usize = 3;
    line.chars().filter(|c| is_traditional(*c)).take(FEWEST).count() == FEWEST
}
