//! Slips of the keyboard: cells of the sums with another number than they should have.

use crate::form::{REQUEST_COLUMNS, REVIEW_CELLS, REVIEW_GROUPS};
use crate::random::Random;
use crate::report::Report;

/// A changed cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// `requests.granted.total`.
    pub key: String,
    /// What stood there: what a repair should restore.
    pub old: u64,
    /// What stands there now.
    pub new: u64,
}

impl Report {
    /// Changes `count` cells of the tables whose sums are checked, each to another number; says which.
    pub fn change_cells(&mut self, count: usize, random: &mut Random) -> Vec<Change> {
        let mut changes: Vec<Change> = Vec::new();
        while changes.len() < count {
            let in_review = random.chance(15);
            let (row, column) = (random.below(self.requests.len()), random.below(7));
            let review = random.below(15);
            let key = if in_review { review_key(review) } else { self.request_key(row, column) };
            if changes.iter().any(|change| change.key == key) {
                continue;
            }
            let cell =
                if in_review { &mut self.review[review] } else { &mut self.requests[row][column] };
            let Some(old) = *cell else { continue };
            let new = slip(old, random);
            *cell = Some(new);
            changes.push(Change { key, old, new });
        }
        changes
    }

    fn request_key(&self, row: usize, column: usize) -> String {
        let key = self.form().request_rows().nth(row).map_or("", |it| it.key);
        format!("requests.{key}.{}", REQUEST_COLUMNS[column])
    }
}

fn review_key(cell: usize) -> String {
    format!("review_litigation.{}.{}", REVIEW_GROUPS[cell / 5], REVIEW_CELLS[cell % 5])
}

/// Another number, as a tired person would type it.
fn slip(old: u64, random: &mut Random) -> u64 {
    let text = old.to_string();
    let candidate = match random.below(5) {
        0 => old + 1,
        1 => old.saturating_sub(1),
        2 if text.len() > 1 => {
            let mut digits: Vec<char> = text.chars().collect();
            let at = random.below(digits.len() - 1);
            digits.swap(at, at + 1);
            digits.into_iter().collect::<String>().parse().unwrap_or(old)
        }
        3 => old * 10 + random.between(0, 9),
        _ => random.between(0, old + 9),
    };
    if candidate == old { old + random.between(1, 9) } else { candidate }
}
