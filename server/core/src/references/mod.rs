//! What reports cite: a dictionary of laws and documents, and how their numbers and titles are found in a text.
//!
//! The dictionary is `data/references.toml`. Rules on citations and the editor read the same entries.

mod pairs;
mod scan;

use serde::Deserialize;

use crate::report::fold;
pub use pairs::{Citation, citations};
pub(crate) use scan::LONGEST_TITLE;
pub use scan::{DocumentNumber, QuotedTitle, Titles, document_numbers};
pub(crate) use scan::{leading_title, quoted_titles};

/// A dictionary of what may be cited.
#[derive(Debug, Default)]
pub struct References {
    entries: Vec<Entry>,
}

/// A law or document.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// Other writings of its number that are right too: 国令第711号.
    #[serde(default)]
    pub also: Vec<String>,
    /// Its number in the standard writing: 国务院令第711号. A law has none.
    pub number: Option<String>,
    /// Its whole title, without 《》.
    pub title: String,
    /// Other names that mean this document and no other.
    #[serde(default)]
    pub names: Vec<String>,
    /// Whether it is in force.
    pub status: Status,
    /// The number of the document that took its place.
    pub replaced_by: Option<String>,
    /// The first report year that should cite that document instead.
    pub replaced_from: Option<u16>,
    /// What a reader should know of it.
    #[serde(default)]
    pub note: String,
    /// Where its text stands on an official site.
    pub url: Option<String>,
    /// Names that people write for its title and that no document has, without 《》.
    #[serde(default)]
    pub misnamed: Vec<String>,
    /// What reports call it once they have said its title, without 《》.
    pub short: Option<String>,
    /// Articles that an older text of it had elsewhere.
    #[serde(default)]
    pub moved: Vec<MovedArticle>,
    /// Checked against a public text; what is not is shown as not vouched for.
    #[serde(default)]
    pub verified: bool,
}

/// An article of a law that its revision numbers anew.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MovedArticle {
    /// Its old number: 第三十一条.
    pub old: String,
    /// Its number now, for the reader.
    pub new: String,
    /// What it speaks of; under its old number stands something else now.
    pub subject: String,
}

/// Whether a document is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// In force.
    Current,
    /// Another one has taken its place.
    Replaced,
    /// An older document; nobody has looked whether it still holds.
    Historical,
}

#[derive(Debug)]
struct Entry {
    reference: Reference,
    /// Issuer, year and sequence of its number, in each of its writings.
    numbers: Vec<(String, Option<u16>, u32)>,
    /// Title and names, folded.
    names: Vec<String>,
}

impl References {
    /// A dictionary of these.
    pub fn new(references: Vec<Reference>) -> Self {
        Self { entries: references.into_iter().map(Entry::new).collect() }
    }

    /// All entries, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Reference> {
        self.entries.iter().map(|entry| &entry.reference)
    }

    /// The document of a number as it stands in a text, whatever its brackets and zeros.
    pub(crate) fn by_number(&self, number: &DocumentNumber<'_>) -> Option<&Reference> {
        self.entry(number).map(|(entry, _)| &entry.reference)
    }

    /// The document of this title or name (without 《》); of several the one in force.
    pub(crate) fn by_title(&self, title: &str) -> Option<&Reference> {
        self.all_by_title(title).next()
    }

    /// The documents of this title or name (without 《》), those in force first.
    pub(crate) fn all_by_title(&self, title: &str) -> impl Iterator<Item = &Reference> {
        let title = fold(title);
        let named = move |entry: &&Entry| entry.names.contains(&title);
        self.entries.iter().filter(named).map(|entry| &entry.reference)
    }

    /// Where a known number begins: the run of words before its year may begin with words of the sentence.
    pub(crate) fn start_of(&self, number: &DocumentNumber<'_>) -> Option<usize> {
        let (_, issuer) = self.entry(number)?;
        Some(number.range.start + number.issuer.len() - issuer)
    }

    /// The entry of a number, and how many bytes of the run of words before it are its issuer.
    fn entry(&self, number: &DocumentNumber<'_>) -> Option<(&Entry, usize)> {
        self.entries.iter().find_map(|entry| {
            entry.numbers.iter().find_map(|(issuer, year, sequence)| {
                if *year != number.year || *sequence != number.sequence {
                    return None;
                }
                // In 国务院第711号令 the word stands behind.
                let ordering = issuer.strip_suffix('令').filter(|_| year.is_none());
                let mut writings = std::iter::once(issuer.as_str()).chain(ordering);
                let own = writings.find(|it| number.issuer.ends_with(it))?;
                Some((entry, own.len()))
            })
        })
    }
}

impl Entry {
    fn new(reference: Reference) -> Self {
        let written = reference.number.iter().chain(&reference.also);
        let numbers = written.filter_map(|number| {
            let number = document_numbers(number).next()?;
            Some((number.issuer.to_owned(), number.year, number.sequence))
        });
        let numbers = numbers.collect();
        let names =
            std::iter::once(&reference.title).chain(&reference.names).map(|name| fold(name));
        Self { names: names.collect(), numbers, reference }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;

    #[test]
    fn the_dictionary_is_read() {
        let own = Dictionary::builtin();
        let references = &own.references;
        assert!(references.entries.len() > 10);
        for entry in &references.entries {
            let reference = &entry.reference;
            assert_eq!(
                usize::from(reference.number.is_some()) + reference.also.len(),
                entry.numbers.len(),
                "{reference:?}"
            );
            assert!(!reference.title.starts_with('《'), "{reference:?}");
            assert_eq!(reference.status == Status::Replaced, reference.replaced_by.is_some());
            assert_eq!(reference.replaced_by.is_some(), reference.replaced_from.is_some());
            if let Some(number) = &reference.replaced_by {
                let heir = document_numbers(number).next().and_then(|it| references.by_number(&it));
                assert_eq!(heir.map(|it| it.status), Some(Status::Current), "{number}");
            }
        }
    }

    #[test]
    fn a_number_is_known_whatever_stands_before_it_and_around_its_year() {
        let own = Dictionary::builtin();
        let references = &own.references;
        for (text, known) in [
            ("根据国务院令第711号的规定", Some("国务院令第711号")),
            ("按照国办公开办函[2021]30号编制", Some("国办公开办函〔2021〕30号")),
            ("（国办公开办函〔2021〕第030号）", Some("国办公开办函〔2021〕30号")),
            ("河北省人民政府令〔2008〕第9号", Some("河北省人民政府令〔2008〕第9号")),
            ("青政办发〔2021〕30号", None),
            ("国办公开办函〔2020〕30号", None),
        ] {
            let number = document_numbers(text).next().expect("a number");
            let found = references.by_number(&number);
            assert_eq!(found.and_then(|it| it.number.as_deref()), known, "{text}");
        }
    }

    #[test]
    fn a_title_means_the_document_in_force() {
        let own = Dictionary::builtin();
        let found = own.references.by_title("政府信息公开条例").expect("known");
        assert_eq!(found.number.as_deref(), Some("国务院令第711号"));
        assert!(own.references.by_title("条例").is_none());
    }
}
