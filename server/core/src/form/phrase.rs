//! Fixed sentences of the kind of report, for an author who writes one: checked by nothing.

use super::ids::upsert;
use super::model::{Form, Phrase};
use super::problem::{Problems, suggest};
use super::schema::RawPhrase;

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
