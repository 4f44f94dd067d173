//! Words, phrases and documents that a user adds to gouji's dictionary.

use gouji_core::dictionary::{self, Dictionary, Entries, Spot};
use gouji_core::nearest::suggest;
use gouji_core::references::{self, Status, document_numbers};

use super::choice::choice;
use super::node::Node;
use super::table::table;
use super::value::{NonBlank, Place, Reader, Value, Year};
use super::{At, Config};

table! {
    /// 一个错写及其正确写法。与 gouji 自带的词写法相同时取代它；两者相同，表示这样写不算错。
    pub struct WordEntry {
        /// 错误的写法。
        "wrong" => wrong: NonBlank,
        /// 正确的写法。
        "right" => right: NonBlank,
        /// 前面是这些字时不算错。
        "after" => after: Vec<String> = [],
        /// 后面是这些字时不算错。
        "before" => before: Vec<String> = [],
        /// 只有后面是数字时才算错。默认 false。
        "figure" => figure: bool = false,
    }
    check(reader, fields) {
        if let (Some(wrong), Some(right)) = (&wrong, &right) {
            let word = dictionary::Word {
                wrong: wrong.text(),
                right: right.text(),
                after: after.clone().unwrap_or_default(),
                before: before.clone().unwrap_or_default(),
                figure: figure.unwrap_or_default(),
            };
            if word.never_ends() {
                let (name, dictionary::Word { wrong, right, .. }) = (fields.name(), word);
                let fault = format!("{name} 的 right“{right}”含有 wrong“{wrong}”，改了还会再报");
                let message = format!("{fault}：请用 before 或 after 写明何时不算错");
                reader.problem(&fields.origin, message);
            }
        }
    }
}

table! {
    /// 一个固定表述：文稿中与它只差一两个字的写法会被指出。
    pub struct PhraseEntry {
        /// 表述的全文，不少于八个字。
        "text" => text: NonBlank,
        /// 与它相近、同样正确的写法。
        "also" => also: Vec<String> = [],
    }
    check(reader, _) {
        if let Some(NonBlank(At { value, origin })) = &text {
            let (length, least) = (value.chars().count(), dictionary::Phrase::SHORTEST);
            if length < least {
                let fault = format!("[[phrases]] 的 text 只有 {length} 个字，与太多文字相近");
                let message = format!("{fault}：请写不少于 {least} 个字，短的词用 [[typos]]");
                reader.problem(origin, message);
            }
        }
    }
}

table! {
    /// 不应留在报告中的文字。
    pub struct UnwantedEntry {
        /// 由哪一条规则指出，如 web-chrome-residue。
        "rule" => rule: NonBlank,
        /// 文字。
        "text" => text: NonBlank,
        /// 在什么位置才算。默认 anywhere。
        "at" => at: Option<Spot> = "anywhere",
    }
    check(reader, _) {
        if let Some(NonBlank(At { value, origin })) = &rule
            && !dictionary::Unwanted::RULES.contains(&value.as_str())
        {
            let near = suggest(value, dictionary::Unwanted::RULES);
            let message = format!("[[unwanted]] 的 rule“{value}”不是查遗留文字的规则{near}");
            reader.problem(origin, message);
        }
    }
}

choice! {
    /// 文字在什么位置才算。
    "Spot" for Spot {
        /// 任何位置。
        "anywhere" => Spot::Anywhere,
        /// 行首。
        "start" => Spot::Start,
        /// 独占一行。
        "line" => Spot::Line,
        /// 括号之内，从开头起。
        "bracket" => Spot::Bracket,
    }
}

table! {
    /// 一件报告常引用的法规或文件。与 gouji 自带的文件文号相同时取代它。
    pub struct ReferenceEntry {
        /// 文号，如 国办公开办函〔2021〕30号；法律没有文号，不写。
        "number" => number: Option<Number> = null,
        /// 全称，不含书名号。
        "title" => title: NonBlank,
        /// 正文常用的其他名称，不含书名号。
        "names" => names: Vec<String> = [],
        /// 取代它的文件的文号；不写表示现行有效。
        "replaced-by" => replaced_by: Option<Number> = null,
        /// 从哪一年度的报告起应引用取代它的文件。
        "replaced-from" => replaced_from: Option<Year> = null,
        /// 悬停时显示的说明。
        "note" => note: Option<String> = "",
        /// 官方网站上的全文。
        "url" => url: Option<String> = null,
    }
    check(reader, fields) {
        if matches!(replaced_by, Some(Some(_))) != matches!(replaced_from, Some(Some(_))) {
            reader.problem(
                &fields.origin,
                "[[references]] 的 replaced-by 和 replaced-from 应同时写：被哪一件取代，从哪一年度起",
            );
        }
    }
}

/// The number of a document, as the rules on citations find it in a text.
#[derive(Debug, Clone)]
pub struct Number(String);

impl Value for Number {
    type Schema = String;

    fn read(node: Node, place: Place<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let At { value, origin } = At::<String>::read(node, place, reader)?;
        let is_whole = |it: references::DocumentNumber<'_>| it.range == (0..value.len());
        if !document_numbers(&value).next().is_some_and(is_whole) {
            let Place { key, .. } = place;
            reader.problem(
                &origin,
                format!(
                    "{key} 的值“{value}”不是文号：应如 国办公开办函〔2021〕30号 或 国务院令第711号"
                ),
            );
        }
        Some(Self(value))
    }
}

/// gouji's dictionary with what `config` adds; `None` when it adds nothing.
pub(super) fn dictionary(config: &Config) -> Option<Dictionary> {
    if summary(config).is_empty() {
        return None;
    }
    let Config { typos, terms, phrases, unwanted, references, .. } = config;
    Some(Dictionary::extended(Entries {
        typos: typos.iter().map(WordEntry::entry).collect(),
        terms: terms.iter().map(WordEntry::entry).collect(),
        phrases: phrases.iter().map(PhraseEntry::entry).collect(),
        unwanted: unwanted.iter().map(UnwantedEntry::entry).collect(),
        references: references.iter().map(ReferenceEntry::entry).collect(),
    }))
}

/// How many entries `config` adds to each list, for its author: 错别字 2、法规和文件 1; empty when none.
pub(super) fn summary(config: &Config) -> String {
    let lists = [
        ("错别字", config.typos.len()),
        ("不规范用语", config.terms.len()),
        ("固定表述", config.phrases.len()),
        ("遗留文字", config.unwanted.len()),
        ("法规和文件", config.references.len()),
    ];
    let added = lists.iter().filter(|(_, count)| *count > 0);
    added.map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join("、")
}

impl WordEntry {
    fn entry(&self) -> dictionary::Word {
        let Self { wrong, right, after, before, figure } = self;
        dictionary::Word {
            wrong: wrong.text(),
            right: right.text(),
            after: after.clone(),
            before: before.clone(),
            figure: *figure,
        }
    }
}

impl PhraseEntry {
    fn entry(&self) -> dictionary::Phrase {
        dictionary::Phrase { text: self.text.text(), also: self.also.clone() }
    }
}

impl UnwantedEntry {
    fn entry(&self) -> dictionary::Unwanted {
        let at = self.at.unwrap_or_default();
        dictionary::Unwanted { rule: self.rule.text(), text: self.text.text(), at }
    }
}

impl ReferenceEntry {
    fn entry(&self) -> references::Reference {
        let number = |number: &Option<Number>| number.as_ref().map(|number| number.0.clone());
        let is_replaced = self.replaced_by.is_some();
        references::Reference {
            also: Vec::new(),
            number: number(&self.number),
            title: self.title.text(),
            names: self.names.clone(),
            status: if is_replaced { Status::Replaced } else { Status::Current },
            replaced_by: number(&self.replaced_by),
            replaced_from: self.replaced_from.map(|year| year.0),
            note: self.note.clone().unwrap_or_default(),
            url: self.url.clone(),
            misnamed: Vec::new(),
            short: None,
            moved: Vec::new(),
            // Who adds a document vouches for it.
            verified: true,
        }
    }
}
