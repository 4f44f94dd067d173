//! How a grid is printed, by kind of layout.

pub(crate) mod html;
pub(crate) mod lines;
pub(crate) mod parts;
pub(crate) mod pdf;
pub(crate) mod rows;

use crate::random::Random;

/// A cell's text in one line: its breaks become nothing or a space, the same throughout a table.
fn flat(text: &str, joint: &str) -> String {
    text.replace('\n', joint)
}

fn joint(random: &mut Random) -> &'static str {
    random.pick::<&str>(&["", " "])
}

/// A long text with a break at a random character; short ones stay whole.
fn with_break(text: &str, percent: usize, random: &mut Random) -> String {
    let length = text.chars().count();
    if length < 6 || text.contains('\n') || !random.chance(percent) {
        return text.to_owned();
    }
    let at = 3 + random.below(length - 4);
    text.chars().take(at).chain(['\n']).chain(text.chars().skip(at)).collect()
}
