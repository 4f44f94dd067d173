//! Anchors: the words without which a check finds nothing. One scan of a line finds the anchors of all checks.

use std::sync::Arc;

use super::registry::{Check, Scheduled, Scope};
use crate::dictionary::Dictionary;
use crate::text::{Distinct, Words};

/// The ten digits, as anchors of checks that need a figure.
pub(crate) const DIGITS: &[&str] = &["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// The anchors of all checks.
#[derive(Default)]
pub(crate) struct Anchors {
    set: Words,
    /// By word, the checks that wait for it.
    waiting: Vec<CheckSet>,
    /// By check, the words that it waits for, in its order.
    words: Vec<Box<[u32]>>,
    /// By word, whether a check of whole reports waits for it: such checks are told which of their words a line holds.
    is_told: Vec<bool>,
    none: CheckSet,
    scopes: Scopes,
}

/// The checks by their scope.
#[derive(Default)]
pub(crate) struct Scopes {
    /// Checks of lines that wait for no word.
    pub(crate) any_line: CheckSet,
    /// Checks of paragraphs.
    pub(crate) paragraphs: CheckSet,
    /// Checks of parts.
    pub(crate) parts: CheckSet,
    /// Checks of parts that wait for no word.
    pub(crate) any_part: CheckSet,
    /// Checks of tables.
    pub(crate) tables: CheckSet,
    /// Checks of whole reports.
    pub(crate) reports: CheckSet,
    /// Checks of whole reports that wait for words.
    pub(crate) reports_with: CheckSet,
}

/// A set of checks, by their indexes in the registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CheckSet(Arc<[u64]>);

impl Anchors {
    pub(crate) fn new(checks: &[Scheduled], dictionary: &Dictionary) -> Self {
        let mut words = Distinct::default();
        let mut waiting: Vec<Vec<usize>> = Vec::new();
        let mut own: Vec<Vec<u32>> = vec![Vec::new(); checks.len()];
        let mut wait = |word, check: usize| {
            let index = words.index(word);
            waiting.resize_with(waiting.len().max(index + 1), Vec::new);
            waiting[index].push(check);
            own[check].push(index as u32);
        };
        for (check, scheduled) in checks.iter().enumerate() {
            match &scheduled.check {
                Scope::ReportWith(words, _)
                | Scope::PartWith(words, _)
                | Scope::LineWith(words, _)
                | Scope::ParagraphWith(words, _) => {
                    for word in words {
                        wait(word, check);
                    }
                }
                Scope::PartListed(words, _) | Scope::LineListed(words, _) => {
                    for word in words(dictionary) {
                        wait(word, check);
                    }
                }
                _ => {}
            }
        }
        let is_of_report = |check: usize| matches!(checks[check].check, Scope::ReportWith(..));
        let set = |those: &Vec<usize>| CheckSet::of(checks.len(), those.iter().copied());
        Self {
            set: words.set(),
            is_told: waiting.iter().map(|those| those.iter().any(|it| is_of_report(*it))).collect(),
            waiting: waiting.iter().map(set).collect(),
            words: own.into_iter().map(Vec::into_boxed_slice).collect(),
            none: CheckSet::new(checks.len(), |_| false),
            scopes: Scopes::of(checks),
        }
    }

    /// The checks by their scope.
    pub(crate) fn scopes(&self) -> &Scopes {
        &self.scopes
    }

    /// The words that the check at `index` waits for, in its order.
    pub(crate) fn words_of(&self, index: usize) -> &[u32] {
        &self.words[index]
    }

    /// The checks that wait for a word of `line`, and the words of `line` that checks of whole reports wait for, ascending. `words` is a buffer to reuse.
    pub(crate) fn of(&self, line: &str, words: &mut Vec<u32>) -> (CheckSet, Box<[u32]>) {
        words.clear();
        let mut found: Arc<[u64]> = Arc::from(&*self.none.0);
        // It has just been made, so nobody else holds it.
        if let Some(found) = Arc::get_mut(&mut found) {
            self.set.each(line, |hit| {
                for (found, more) in found.iter_mut().zip(self.waiting[hit.word].0.iter()) {
                    *found |= more;
                }
                if self.is_told[hit.word] {
                    words.push(hit.word as u32);
                }
            });
        }
        words.sort_unstable();
        words.dedup();
        (CheckSet(found), words.as_slice().into())
    }
}

impl Scopes {
    fn of(checks: &[Scheduled]) -> Self {
        let set = |has: fn(&Check) -> bool| {
            CheckSet::new(checks.len(), |index| has(&checks[index].check))
        };
        Self {
            any_line: set(|it| matches!(it, Scope::Line(_))),
            paragraphs: set(|it| matches!(it, Scope::ParagraphWith(..))),
            parts: set(|it| {
                matches!(it, Scope::Part(_) | Scope::PartWith(..) | Scope::PartListed(..))
            }),
            any_part: set(|it| matches!(it, Scope::Part(_))),
            tables: set(|it| matches!(it, Scope::Table(_))),
            reports: set(|it| matches!(it, Scope::Report(_) | Scope::ReportWith(..))),
            reports_with: set(|it| matches!(it, Scope::ReportWith(..))),
        }
    }
}

impl CheckSet {
    /// The set of those among `count` checks for which `has` is true.
    pub(crate) fn new(count: usize, has: impl Fn(usize) -> bool) -> Self {
        Self::of(count, (0..count).filter(|&index| has(index)))
    }

    /// The set of `indexes` among `count` checks.
    fn of(count: usize, indexes: impl Iterator<Item = usize>) -> Self {
        let mut bits = vec![0; count.div_ceil(64)];
        for index in indexes {
            bits[index / 64] |= 1 << (index % 64);
        }
        Self(bits.into())
    }

    /// The checks that are in any of `sets`.
    pub(crate) fn union<'a>(sets: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut sets = sets.into_iter();
        let mut bits = sets.next().map_or_else(Vec::new, |first| first.0.to_vec());
        for set in sets {
            for (all, more) in bits.iter_mut().zip(set.0.iter()) {
                *all |= more;
            }
        }
        Self(bits.into())
    }

    /// Is the check at `index` among them?
    pub(crate) fn has(&self, index: usize) -> bool {
        self.0.get(index / 64).is_some_and(|bits| bits >> (index % 64) & 1 == 1)
    }

    /// The checks of this set and of `other`, ascending.
    pub(crate) fn common<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = usize> + 'a {
        self.0
            .iter()
            .zip(other.0.iter())
            .enumerate()
            .flat_map(|(block, (a, b))| ones_of(block, a & b))
    }
}

/// The bits of a block that are set, ascending.
fn ones_of(block: usize, mut left: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let next = (left != 0).then(|| left.trailing_zeros() as usize)?;
        left &= left - 1;
        Some(block * 64 + next)
    })
}

impl Default for CheckSet {
    fn default() -> Self {
        Self(Arc::from([]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Years;
    use crate::rules::RuleIndex;

    fn waiting(words: &[&str]) -> Scheduled {
        let words = words.iter().map(|&word| word.to_owned()).collect();
        Scheduled {
            rule: RuleIndex(0),
            form: None,
            years: Years::default(),
            check: Scope::LineWith(words, Box::new(|_, _| {})),
        }
    }

    #[test]
    fn a_line_calls_the_checks_that_wait_for_its_words() {
        let mut checks: Vec<Scheduled> = (0..70).map(|_| waiting(&["从不"])).collect();
        checks[3] = waiting(&["截止", "收到"]);
        checks[68] = waiting(DIGITS);
        checks[69] = waiting(&["收到申请", "截止"]);
        let anchors = Anchors::new(&checks, &Dictionary::default());
        let all = CheckSet::new(checks.len(), |_| true);
        let called =
            |line: &str| anchors.of(line, &mut Vec::new()).0.common(&all).collect::<Vec<_>>();
        assert_eq!(called("全年收到申请3件"), [3, 68, 69]);
        assert_eq!(called("截止目前"), [3, 69]);
        assert_eq!(called("共收到来信"), [3]);
        assert_eq!(called("无。"), [0_usize; 0]);
        let odd = CheckSet::new(checks.len(), |index| index % 2 == 1);
        assert_eq!(
            anchors.of("收到申请3件", &mut Vec::new()).0.common(&odd).collect::<Vec<_>>(),
            [3, 69]
        );
    }
}
