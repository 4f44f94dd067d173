//! Words that do not belong in a report: those of web pages, of chat bots, of drafts.

use std::ops::Range;

use serde::Deserialize;

use crate::text::Words;

/// Words that do not belong in a report.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unwanted {
    /// The rule that reports them, one of [`Unwanted::RULES`].
    pub rule: String,
    /// The words.
    pub text: String,
    /// Where they must stand.
    #[serde(default)]
    pub at: Spot,
}

/// Where words must stand to be unwanted. 增加打印本页功能 is a sentence, 【打印本页】 alone is a button.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spot {
    /// Anywhere in a line.
    #[default]
    Anywhere,
    /// At its start.
    Start,
    /// Alone in it, brackets and blanks aside.
    Line,
    /// Behind an opening bracket; all up to the closing one belongs to them.
    Bracket,
}

/// The words that one rule reports.
#[derive(Debug, Default)]
pub struct UnwantedList {
    rule: String,
    entries: Vec<Unwanted>,
    set: Words,
}

/// Brackets and what is like them on pages.
const OPENING: [char; 6] = ['（', '(', '【', '[', '〔', '［'];
const CLOSING: [char; 6] = ['）', ')', '】', ']', '〕', '］'];
/// Longest remark in brackets, in characters.
const LONGEST_REMARK: usize = 80;

impl Unwanted {
    /// The rules whose words stand in a list.
    pub const RULES: [&'static str; 7] = [
        "web-chrome-residue",
        "ai-boilerplate",
        "template-instruction-left",
        "review-mark-left",
        "placeholder-left",
        "mojibake",
        "audience-tone",
    ];

    /// The whole stretch that the words at `range` belong to, if they stand where they must.
    fn whole(&self, line: &str, range: Range<usize>) -> Option<Range<usize>> {
        let (before, behind) = (&line[..range.start], &line[range.end..]);
        let is_frame = |c: char| c.is_whitespace() || OPENING.contains(&c) || CLOSING.contains(&c);
        match self.at {
            Spot::Anywhere => Some(range),
            Spot::Start => before.chars().all(is_frame).then_some(0..line.len()),
            Spot::Line => {
                let is_alone = before.chars().all(is_frame) && behind.chars().all(is_frame);
                is_alone.then_some(0..line.len())
            }
            Spot::Bracket => {
                let open = before.trim_end().strip_suffix(OPENING)?;
                let remark = behind.char_indices().take(LONGEST_REMARK);
                let (close, mark) = remark.into_iter().find(|(_, c)| CLOSING.contains(c))?;
                Some(open.len()..range.end + close + mark.len_utf8())
            }
        }
    }
}

impl UnwantedList {
    /// A list for each rule.
    pub(super) fn by_rule(entries: Vec<Unwanted>) -> Vec<Self> {
        let mut lists: Vec<Self> = Vec::new();
        for entry in entries.into_iter().filter(|entry| !entry.text.is_empty()) {
            match lists.iter_mut().find(|list| list.rule == entry.rule) {
                Some(list) => list.entries.push(entry),
                None => lists.push(Self {
                    rule: entry.rule.clone(),
                    entries: vec![entry],
                    set: Words::default(),
                }),
            }
        }
        for list in &mut lists {
            list.set = Words::new(list.entries.iter().map(|entry| entry.text.as_str()));
        }
        lists
    }

    /// The rule whose list it is.
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// The words.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.text.as_str())
    }

    /// The words that stand alone in a line elsewhere, in brackets of their own within a title: …年度报告（征求意见稿）.
    pub(crate) fn in_title(&self, title: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        self.set.each(title, |hit| {
            let (before, behind) = (&title[..hit.start], &title[hit.end..]);
            let open = before.trim_end().strip_suffix(OPENING);
            let rest = behind.trim_start().strip_prefix(CLOSING);
            let is_alone = self.entries[hit.word].at == Spot::Line;
            if let (Some(open), Some(rest), true) = (open, rest, is_alone) {
                found.push(open.len()..title.len() - rest.len());
            }
        });
        found
    }

    /// The stretches of a line that belong to words of the list; they do not overlap.
    pub fn find(&self, line: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        self.set.each(line, |hit| {
            found.extend(self.entries[hit.word].whole(line, hit.start..hit.end));
        });
        found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        found.retain(|range| {
            let is_next = range.start >= end;
            end = if is_next { range.end } else { end };
            is_next
        });
        found
    }
}
