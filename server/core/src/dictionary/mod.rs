//! The word lists behind the rules: typos, terms, fixed phrases, leftovers, and the laws and documents that reports cite.
//!
//! gouji's own stand in `data/words.toml`, `data/phrases.toml`, `data/unwanted.toml` and `data/references.toml`; a user's configuration adds to them.

mod doubled;
mod phrases;
mod unwanted;
mod words;

use std::sync::{Arc, LazyLock};

use serde::Deserialize;

use crate::packed::{packed, unpack};
use crate::references::{Reference, References};
use crate::report::Hedges;
pub use doubled::Doubled;
pub use phrases::{Phrase, Phrases};
pub use unwanted::{Spot, Unwanted, UnwantedList};
pub use words::{Word, WordList};

/// All lists of an engine.
#[derive(Debug, Default)]
pub struct Dictionary {
    /// Typos, with their corrections.
    pub typos: WordList,
    /// Terms that are not the standard ones, with those that are.
    pub terms: WordList,
    /// Phrases that are fixed to the letter.
    pub phrases: Phrases,
    /// Words that do not belong in a report, by the rule that reports them.
    pub unwanted: Vec<UnwantedList>,
    /// Laws and documents that reports cite.
    pub references: References,
    /// Words that make a figure a rough one.
    pub hedges: Hedges,
    /// Pairs of such words, of which one is enough.
    pub doubled: Doubled,
    /// Words before the telephone number of an office.
    pub office_lines: Vec<String>,
}

/// Entries of the lists, as a file or a user gives them.
#[derive(Debug, Clone, Default)]
pub struct Entries {
    /// See [`Dictionary::typos`].
    pub typos: Vec<Word>,
    /// See [`Dictionary::terms`].
    pub terms: Vec<Word>,
    /// See [`Dictionary::phrases`].
    pub phrases: Vec<Phrase>,
    /// See [`Dictionary::unwanted`].
    pub unwanted: Vec<Unwanted>,
    /// See [`Dictionary::references`].
    pub references: Vec<Reference>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordFile {
    office_lines: Vec<String>,
    hedges: Hedges,
    doubled: Doubled,
    typo: Vec<Word>,
    term: Vec<Word>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseFile {
    phrase: Vec<Phrase>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct UnwantedFile {
    unwanted: Vec<Unwanted>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReferenceFile {
    reference: Vec<Reference>,
}

static BUILTIN: LazyLock<Arc<Dictionary>> = LazyLock::new(|| {
    let (entries, words) = own();
    Arc::new(Dictionary::new(entries, words))
});

impl Dictionary {
    /// The lists that gouji brings.
    pub fn builtin() -> Arc<Self> {
        BUILTIN.clone()
    }

    /// gouji's lists with a user's entries. An entry for the same word, phrase, number or title replaces gouji's own; a word that is its own correction
    /// is no longer reported.
    pub fn extended(more: Entries) -> Self {
        let (mut all, words) = own();
        merge(&mut all.typos, more.typos, |word| word.wrong.clone());
        merge(&mut all.terms, more.terms, |word| word.wrong.clone());
        merge(&mut all.phrases, more.phrases, |phrase| phrase.text.clone());
        merge(&mut all.unwanted, more.unwanted, |it| (it.rule.clone(), it.text.clone()));
        let key = |it: &Reference| it.number.clone().unwrap_or_else(|| it.title.clone());
        merge(&mut all.references, more.references, key);
        Self::new(all, words)
    }

    /// The words that `rule` reports.
    pub fn unwanted(&self, rule: &str) -> Option<&UnwantedList> {
        self.unwanted.iter().find(|list| list.rule() == rule)
    }

    fn new(entries: Entries, words: WordFile) -> Self {
        Self {
            typos: WordList::new(entries.typos),
            terms: WordList::new(entries.terms),
            phrases: Phrases::new(entries.phrases),
            unwanted: UnwantedList::by_rule(entries.unwanted),
            references: References::new(entries.references),
            hedges: words.hedges,
            doubled: words.doubled,
            office_lines: words.office_lines,
        }
    }
}

/// Adds `more` to `all`; an entry replaces one with the same key.
fn merge<T, K: PartialEq>(all: &mut Vec<T>, more: Vec<T>, key: impl Fn(&T) -> K) {
    for entry in more {
        match all.iter_mut().find(|known| key(known) == key(&entry)) {
            Some(known) => *known = entry,
            None => all.push(entry),
        }
    }
}

/// gouji's own entries, and the lists that users cannot add to.
fn own() -> (Entries, WordFile) {
    // A test holds that the files are right.
    let mut words: WordFile = unpack(packed!("words")).unwrap_or_default();
    let phrases: PhraseFile = unpack(packed!("phrases")).unwrap_or_default();
    let unwanted: UnwantedFile = unpack(packed!("unwanted")).unwrap_or_default();
    let references: ReferenceFile = unpack(packed!("references")).unwrap_or_default();
    let entries = Entries {
        typos: std::mem::take(&mut words.typo),
        terms: std::mem::take(&mut words.term),
        phrases: phrases.phrase,
        unwanted: unwanted.unwanted,
        references: references.reference,
    };
    (entries, words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_read() {
        let (own, _) = own();
        let lengths = [
            (own.typos.len(), 20),
            (own.terms.len(), 1),
            (own.phrases.len(), 5),
            (own.unwanted.len(), 20),
            (own.references.len(), 10),
        ];
        for (length, least) in lengths {
            assert!(length >= least);
        }
    }

    #[test]
    fn a_right_word_is_none_of_the_wrong_ones() {
        let known = Dictionary::builtin();
        let (own, _) = own();
        for word in own.typos.iter().chain(&own.terms) {
            let found =
                known.typos.find(&word.right).next().or(known.terms.find(&word.right).next());
            assert!(found.is_none(), "{}", word.right);
        }
    }

    #[test]
    fn every_list_of_what_is_unwanted_is_of_a_rule() {
        for list in &Dictionary::builtin().unwanted {
            assert!(Unwanted::RULES.contains(&list.rule()), "{}", list.rule());
        }
    }

    #[test]
    fn a_users_entry_takes_the_place_of_the_own_one() {
        let word = |wrong: &str, right: &str| Word {
            wrong: wrong.into(),
            right: right.into(),
            ..Word::default()
        };
        let more = Entries {
            typos: vec![word("布署", "布署"), word("公开拦", "公开栏")],
            ..Entries::default()
        };
        let dictionary = Dictionary::extended(more);
        let found: Vec<_> =
            dictionary.typos.find("布署公开拦和按排").map(|(_, word)| word.right.clone()).collect();
        assert_eq!(found, ["公开栏", "安排"]);
    }
}
