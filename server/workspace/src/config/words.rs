//! Words, phrases and documents that a user adds to gouji's dictionary.

use gouji_core::dictionary::{self, Dictionary, Entries};
use gouji_core::nearest::suggest;
use gouji_core::references::{self, Status, document_numbers};
use schemars::JsonSchema;

use super::node::Node;
use super::reader::{Fields, Reader};
use super::{At, Config, Problem};

/// 一个错写及其正确写法。与 gouji 自带的词写法相同时取代它；两者相同，表示这样写不算错。
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct WordEntry {
    /// 错误的写法。
    pub wrong: String,
    /// 正确的写法。
    pub right: String,
    /// 前面是这些字时不算错。
    #[schemars(default)]
    pub after: Vec<String>,
    /// 后面是这些字时不算错。
    #[schemars(default)]
    pub before: Vec<String>,
    /// 只有后面是数字时才算错。默认 false。
    #[schemars(default)]
    pub figure: bool,
}

/// 一个固定表述：文稿中与它只差一两个字的写法会被指出。
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PhraseEntry {
    /// 表述的全文，不少于八个字。
    pub text: String,
    /// 与它相近、同样正确的写法。
    #[schemars(default)]
    pub also: Vec<String>,
}

/// 不应留在报告中的文字。
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct UnwantedEntry {
    /// 由哪一条规则指出，如 web-chrome-residue。
    pub rule: String,
    /// 文字。
    pub text: String,
    /// 在什么位置才算。默认 anywhere。
    #[schemars(with = "Spot", default, extend("default" = "anywhere"))]
    pub at: Option<Spot>,
}

/// 文字在什么位置才算。
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum Spot {
    /// 任何位置。
    Anywhere,
    /// 行首。
    Start,
    /// 独占一行。
    Line,
    /// 括号之内，从开头起。
    Bracket,
}

/// 一件报告常引用的法规或文件。与 gouji 自带的文件文号相同时取代它。
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ReferenceEntry {
    /// 文号，如 国办公开办函〔2021〕30号；法律没有文号，不写。
    #[schemars(with = "String", default)]
    pub number: Option<String>,
    /// 全称，不含书名号。
    pub title: String,
    /// 正文常用的其他名称，不含书名号。
    #[schemars(default)]
    pub names: Vec<String>,
    /// 取代它的文件的文号；不写表示现行有效。
    #[schemars(with = "String", default)]
    pub replaced_by: Option<String>,
    /// 从哪一年度的报告起应引用取代它的文件。
    #[schemars(with = "u16", default)]
    pub replaced_from: Option<u16>,
    /// 悬停时显示的说明。
    #[schemars(default)]
    pub note: String,
    /// 官方网站上的全文。
    #[schemars(with = "String", default)]
    pub url: Option<String>,
}

const SPOTS: [(&str, Spot); 4] = [
    ("anywhere", Spot::Anywhere),
    ("start", Spot::Start),
    ("line", Spot::Line),
    ("bracket", Spot::Bracket),
];

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
        let Self { wrong, right, after, before, figure } = self.clone();
        dictionary::Word { wrong, right, after, before, figure }
    }
}

impl PhraseEntry {
    fn entry(&self) -> dictionary::Phrase {
        dictionary::Phrase { text: self.text.clone(), also: self.also.clone() }
    }
}

impl UnwantedEntry {
    fn entry(&self) -> dictionary::Unwanted {
        let at = match self.at {
            None | Some(Spot::Anywhere) => dictionary::Spot::Anywhere,
            Some(Spot::Start) => dictionary::Spot::Start,
            Some(Spot::Line) => dictionary::Spot::Line,
            Some(Spot::Bracket) => dictionary::Spot::Bracket,
        };
        dictionary::Unwanted { rule: self.rule.clone(), text: self.text.clone(), at }
    }
}

impl ReferenceEntry {
    fn entry(&self) -> references::Reference {
        let Self { number, title, names, replaced_by, replaced_from, note, url } = self.clone();
        let status = if replaced_by.is_some() { Status::Replaced } else { Status::Current };
        // Who adds a document vouches for it.
        let verified = true;
        references::Reference {
            also: Vec::new(),
            number,
            title,
            names,
            status,
            replaced_by,
            replaced_from,
            note,
            url,
            misnamed: Vec::new(),
            short: None,
            moved: Vec::new(),
            verified,
        }
    }
}

impl Reader<'_> {
    pub(super) fn typo(&mut self, node: Node) -> Option<WordEntry> {
        self.word(node, "[[typos]]")
    }

    pub(super) fn term(&mut self, node: Node) -> Option<WordEntry> {
        self.word(node, "[[terms]]")
    }

    fn word(&mut self, node: Node, name: &'static str) -> Option<WordEntry> {
        let origin = node.origin.clone();
        let mut fields =
            self.fields(node, name, &["wrong", "right", "after", "before", "figure"])?;
        let wrong = self.words(&mut fields, "wrong", &origin);
        let right = self.words(&mut fields, "right", &origin);
        let after = self.plain_texts(&mut fields, "after");
        let before = self.plain_texts(&mut fields, "before");
        let figure = fields.take("figure").and_then(|node| self.flag(&node, "figure"));
        self.finish(fields);
        let figure = figure.unwrap_or(false);
        let entry = WordEntry { wrong: wrong?.value, right: right?.value, after, before, figure };
        if entry.entry().never_ends() {
            let WordEntry { wrong, right, .. } = &entry;
            self.problems.push(Problem::new(
                &origin,
                format!(
                    "{name} 的 right“{right}”含有 wrong“{wrong}”，改了还会再报：请用 before 或 after 写明何时不算错"
                ),
            ));
        }
        Some(entry)
    }

    pub(super) fn phrase(&mut self, node: Node) -> Option<PhraseEntry> {
        let origin = node.origin.clone();
        let mut fields = self.fields(node, "[[phrases]]", &["text", "also"])?;
        let text = self.words(&mut fields, "text", &origin);
        let also = self.plain_texts(&mut fields, "also");
        self.finish(fields);
        let At { value: text, origin } = text?;
        let (length, least) = (text.chars().count(), dictionary::Phrase::SHORTEST);
        if length < least {
            self.problems.push(Problem::new(
                &origin,
                format!(
                    "[[phrases]] 的 text 只有 {length} 个字，与太多文字相近：请写不少于 {least} 个字，短的词用 [[typos]]"
                ),
            ));
        }
        Some(PhraseEntry { text, also })
    }

    pub(super) fn unwanted(&mut self, node: Node) -> Option<UnwantedEntry> {
        let origin = node.origin.clone();
        let mut fields = self.fields(node, "[[unwanted]]", &["rule", "text", "at"])?;
        let rule = self.words(&mut fields, "rule", &origin);
        let text = self.words(&mut fields, "text", &origin);
        let at = fields.take("at").and_then(|node| self.choice(node, "at", &SPOTS));
        self.finish(fields);
        if let Some(At { value, origin }) = &rule
            && !dictionary::Unwanted::RULES.contains(&value.as_str())
        {
            let near = suggest(value, dictionary::Unwanted::RULES);
            self.problems.push(Problem::new(
                origin,
                format!("[[unwanted]] 的 rule“{value}”不是查遗留文字的规则{near}"),
            ));
        }
        Some(UnwantedEntry { rule: rule?.value, text: text?.value, at })
    }

    pub(super) fn reference(&mut self, node: Node) -> Option<ReferenceEntry> {
        let origin = node.origin.clone();
        let mut fields = self.fields(
            node,
            "[[references]]",
            &["number", "title", "names", "replaced-by", "replaced-from", "note", "url"],
        )?;
        let title = self.words(&mut fields, "title", &origin);
        let names = self.plain_texts(&mut fields, "names");
        let number = self.document_number(&mut fields, "number");
        let replaced_by = self.document_number(&mut fields, "replaced-by");
        let from = fields.take("replaced-from");
        let replaced_from = from.and_then(|node| self.year(&node, "replaced-from"));
        let note = fields.take("note").and_then(|node| self.text(node, "note"));
        let url = fields.take("url").and_then(|node| self.text(node, "url"));
        self.finish(fields);
        if replaced_by.is_some() != replaced_from.is_some() {
            self.problems.push(Problem::new(
                &origin,
                "[[references]] 的 replaced-by 和 replaced-from 应同时写：被哪一件取代，从哪一年度起",
            ));
        }
        Some(ReferenceEntry {
            number,
            title: title?.value,
            names,
            replaced_by,
            replaced_from,
            note: note.map(|note| note.value).unwrap_or_default(),
            url: url.map(|url| url.value),
        })
    }

    /// A document number that the rules on citations can find in a text.
    fn document_number(&mut self, fields: &mut Fields, key: &str) -> Option<String> {
        let At { value, origin } = fields.take(key).and_then(|node| self.text(node, key))?;
        let is_whole = |it: references::DocumentNumber<'_>| it.range == (0..value.len());
        if !document_numbers(&value).next().is_some_and(is_whole) {
            self.problems.push(Problem::new(
                &origin,
                format!(
                    "{key} 的值“{value}”不是文号：应如 国办公开办函〔2021〕30号 或 国务院令第711号"
                ),
            ));
        }
        Some(value)
    }

    /// A text that has to be there and says something.
    fn words(
        &mut self,
        fields: &mut Fields,
        key: &str,
        origin: &super::Origin,
    ) -> Option<At<String>> {
        let text = self.required(fields, key, origin)?;
        if text.value.trim().is_empty() {
            let message = format!("{} 的 {key} 是空的：请写出文字", fields.name);
            self.problems.push(Problem::new(&text.origin, message));
            return None;
        }
        Some(text)
    }

    fn plain_texts(&mut self, fields: &mut Fields, key: &str) -> Vec<String> {
        let texts = fields.take(key).map(|node| self.texts(node, key)).unwrap_or_default();
        texts.into_iter().map(|text| text.value).collect()
    }
}
