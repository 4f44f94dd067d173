//! Fixed sentences of the kind of report, for an author who writes one: checked by nothing.

use super::ids::upsert;
use super::model::{Form, SectionIndex};
use super::problem::Problems;
use super::schema::RawPhrase;
use crate::nearest::suggest;

/// A fixed sentence, for an author who writes one. No check reads it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Phrase {
    /// What it is about: 统计期限.
    pub name: String,
    /// The section whose sentence it is; `None` for the preface.
    pub section: Option<SectionIndex>,
    /// The sentence, with `{agency}`, `{year}`, and `{number}` for each figure that the author fills in.
    pub text: String,
}

/// Adds the phrases of a file to those of its base; one of the same name takes the old one's place.
pub(super) fn compile(form: &mut Form, raw: Vec<RawPhrase>, problems: &mut Problems<'_>) {
    for phrase in raw {
        let key = format!("phrase[{}]", phrase.name.value);
        if phrase.name.value.trim().is_empty() || phrase.text.trim().is_empty() {
            problems.push(phrase.name.start, &*key, "name 和 text 都要写明");
        }
        let section = phrase.section.and_then(|section| {
            let found = form.section(&section.value);
            if found.is_none() {
                let near = suggest(
                    &section.value,
                    form.sections.iter().map(|section| section.id.as_str()),
                );
                let message = format!("没有编号为“{}”的部分{near}", section.value);
                problems.push(section.start, format!("{key}.section"), message);
            }
            found
        });
        let known = form.phrases.iter().position(|it| it.name == phrase.name.value);
        upsert(
            &mut form.phrases,
            known,
            Phrase { name: phrase.name.value, section, text: phrase.text },
        );
    }
}
