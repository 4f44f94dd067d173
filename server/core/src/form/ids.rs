//! Ids, numbers and the taking over of a base's items: what all kinds of items share.

use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::at::At;
use super::problem::Problems;
use super::schema::RawNumber;

/// Reports every id of `ids` that is not of the wanted shape or stands there twice.
pub(super) fn check_ids<'r>(
    ids: impl Iterator<Item = &'r At<String>>,
    list: &str,
    wanted: Shape,
    problems: &mut Problems<'_>,
) {
    if problems.trusted {
        return;
    }
    let mut seen = FxHashSet::default();
    for id in ids {
        let key = || if list.is_empty() { "id".into() } else { format!("{list}[{}].id", id.value) };
        if !wanted.fits(&id.value) {
            problems.push(
                id.start,
                key(),
                format!("编号“{}”的写法不对，应为{}", id.value, wanted.name()),
            );
        }
        if !seen.insert(id.value.as_str()) {
            problems.push(
                id.start,
                key(),
                format!("编号“{}”重复，同一列表里的编号应各不相同", id.value),
            );
        }
    }
}

/// How an id is written.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    /// `requests-balance`.
    Kebab,
    /// `carried_in`, `refused.case_file`.
    Snake,
}

impl Shape {
    fn fits(self, id: &str) -> bool {
        let separators: &[char] = match self {
            Self::Kebab => &['-'],
            Self::Snake => &['.', '_'],
        };
        let word = |word: &str| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        id.split(separators).all(word)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Kebab => "小写英文字母、数字和连字符，如 requests-balance",
            Self::Snake => "小写英文字母、数字和下划线，可用点分段，如 carried_in",
        }
    }
}

/// The exact decimal that an author wrote.
pub(super) fn decimal(number: RawNumber) -> Result<Decimal, String> {
    let text = match number {
        RawNumber::Int(number) => return Ok(Decimal::from(number)),
        // The shortest text that reads back as the same float is what stood in the file, for up to fifteen digits.
        RawNumber::Float(number) => number.to_string(),
    };
    Decimal::from_str_exact(&text).map_err(|_| format!("“{text}”超出了可以精确表示的范围"))
}

/// Puts `item` in the place of the base's item, else at the end.
pub(super) fn upsert<T>(items: &mut Vec<T>, known: Option<usize>, item: T) {
    match known.and_then(|at| items.get_mut(at)) {
        Some(old) => *old = item,
        None => items.push(item),
    }
}
