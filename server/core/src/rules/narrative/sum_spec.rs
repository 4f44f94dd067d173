//! What `total-of-parts` is told of words, and the words of a line that lead from a total to its parts.

use std::cmp::Reverse;
use std::ops::Range;

use super::has;
use crate::form::RuleSpec;
use crate::report::{Figure, brackets};
use crate::rules::plausibility::params;
use crate::text::{Hit, Words, behind_last};

pub(super) struct Spec {
    /// Words between a total and its parts, then words between parts and the total behind them, then words of the rest.
    pub(super) words: Words,
    /// How many there are before those of the rest.
    pub(super) others: usize,
    /// What the former say.
    leads: Vec<Says>,
    pub(super) opens: Vec<String>,
    pub(super) rest: Vec<String>,
    plain: Vec<String>,
    means: Vec<String>,
    pub(super) totals: Vec<String>,
    pub(super) open: Vec<String>,
    pub(super) repeats: Vec<String>,
    pub(super) aside: Vec<String>,
    pub(super) counted: Vec<String>,
    pub(super) doubt: Words,
    /// Sets of words, of which each part has one, that name all parts between them, and the word before the total without which they do not.
    whole: Vec<(Vec<String>, String)>,
    not_of: Vec<String>,
    pub(super) alike: Vec<String>,
}

/// What a lead says of the parts behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    /// That they are some of the total's.
    Some,
    /// That they are all of them.
    All,
    /// Nothing: it stands right behind the total's unit: 300条：, 300条信息中.
    Nothing,
}

/// A word that leads from a total to its parts.
pub(super) struct Lead {
    pub(super) at: Range<usize>,
    says: Says,
    /// Where their list ends at the latest, unless it goes on over semicolons.
    pub(super) end: usize,
    /// Where one that does ends at the latest.
    pub(super) reach: usize,
}

impl Lead {
    /// Whether it names all parts.
    pub(super) fn is_all(&self) -> bool {
        self.says == Says::All
    }

    /// Whether the total stands right before it.
    pub(super) fn is_behind_total(&self) -> bool {
        self.says == Says::Nothing
    }
}

/// Characters of the longest name of a rest.
const LONGEST_REST: usize = 20;

impl Spec {
    /// Reads the keys of a rule; returns the words without which it finds nothing too.
    pub(super) fn read(spec: &RuleSpec) -> Result<(Self, Vec<String>), String> {
        let keys = [
            "some", "all", "lists", "opens", "closes", "totals", "rest", "plain", "means", "open",
            "repeats", "aside", "counted", "doubt", "whole", "not_of", "alike",
        ];
        params::only(spec, &keys)?;
        let texts = |key| params::texts(&spec.params, key);
        let (some, all, lists, closes) =
            (texts("some")?, texts("all")?, texts("lists")?, texts("closes")?);
        let kinds = [(&some, Says::Some), (&all, Says::All), (&lists, Says::Nothing)];
        let leads = kinds.iter().flat_map(|(words, says)| words.iter().map(|_| *says)).collect();
        let rest = texts("rest")?;
        let others = [some, all, lists, closes].concat();
        let words = [others.as_slice(), &rest].concat();
        let (doubt, whole) = (texts("doubt")?, texts("whole")?);
        let mut plain = texts("plain")?;
        // Of two words that fit, the longer one.
        plain.sort_by_key(|word| Reverse(word.len()));
        let own = Self {
            words: Words::new(words.iter().map(String::as_str)),
            others: others.len(),
            leads,
            opens: texts("opens")?,
            rest,
            plain,
            means: texts("means")?,
            totals: texts("totals")?,
            open: texts("open")?,
            repeats: texts("repeats")?,
            aside: texts("aside")?,
            counted: texts("counted")?,
            doubt: Words::new(doubt.iter().map(String::as_str)),
            whole: whole.iter().map(|it| set_of(it)).collect(),
            not_of: texts("not_of")?,
            alike: texts("alike")?,
        };
        Ok((own, words))
    }

    /// What stands behind the words of an item that is the rest: the 3件 of 其他3件, of 其他相关信息3件 and of 预算、职能等其他信息3件. 其他栏目3件 is an item
    /// like others.
    pub(super) fn rest<'l>(&self, item: &'l str) -> Option<&'l str> {
        let count = item.find(|c: char| c.is_ascii_digit())?;
        let name = item[..count].trim();
        self.rest.iter().find_map(|word| {
            let at = name.rfind(word.as_str())?;
            let (before, mut behind) = (&name[..at], name[at + word.len()..].trim_start());
            let is_listed = self.open.iter().any(|it| before.ends_with(it.as_str()));
            if !(before.is_empty() || is_listed) || behind.chars().nth(LONGEST_REST).is_some() {
                return None;
            }
            let words = || self.plain.iter().chain(&self.means);
            while let Some(rest) = words().find_map(|it| behind.strip_prefix(&**it)) {
                behind = rest;
            }
            behind.is_empty().then_some(&item[count..])
        })
    }

    /// Whether an item that is the rest names it by how it came: 其他渠道发布3条.
    pub(super) fn is_by_means(&self, item: &str) -> bool {
        has(&self.means, item)
    }

    /// Whether items with these words are all that there are of `total`: 网站发布信息30条，其中概况3条、动态9条、公开目录18条.
    pub(super) fn names_all(&self, line: &str, total: &Figure, items: &[&str]) -> bool {
        let names = |set: &[String]| {
            // A word that stands in two items names neither.
            let of = |item: &&str| set.iter().position(|word| item.contains(word.as_str()));
            let mut found: Vec<_> = items.iter().filter_map(of).collect();
            found.sort_unstable();
            found.dedup();
            set.len() == items.len() && found.len() == set.len()
        };
        let is_of = |word: &str| {
            let head = behind_last(&line[..total.range.start], &['。', '；', ';']);
            head.contains(word) && !has(&self.not_of, head)
        };
        self.whole.iter().any(|(set, word)| names(set) && (word.is_empty() || is_of(word)))
    }

    /// The leads of a sentence, each the longest at its place. Behind one with another in its list it isn't known what the second is of, so only the last
    /// is one to judge, and the last in each pair of brackets.
    pub(super) fn leads(&self, line: &str, sentence: Range<usize>, words: &[Hit]) -> Vec<Lead> {
        let mut found: Vec<Lead> = words
            .iter()
            .filter_map(|hit| {
                let says = *self.leads.get(hit.word)?;
                // 300条：leads behind the unit.
                let unit = line[hit.start..].chars().next().filter(|_| says == Says::Nothing);
                let at = hit.start + unit.map_or(0, char::len_utf8)..hit.end;
                let end = sentence.end;
                Some(Lead { at, says, end, reach: end })
            })
            .collect();
        if found.is_empty() {
            return found;
        }
        found.sort_by_key(|it| (it.at.start, Reverse(it.at.end)));
        found.dedup_by(|it, kept| it.at.start < kept.at.end);
        let pairs = brackets(&line[sentence.clone()]);
        for lead in &mut found {
            let at = lead.at.start - sentence.start;
            let pair = pairs.get(pairs.partition_point(|pair| pair.end <= at));
            lead.end =
                pair.filter(|it| it.start <= at).map_or(sentence.end, |it| sentence.start + it.end);
        }
        // Those out of brackets come to stand last, and of those with one end the last is kept.
        found.sort_by_key(|it| it.end);
        found.reverse();
        found.dedup_by_key(|it| it.end);
        found
    }
}

/// The words of a set and what makes it whole: 概况 + 动态 + 公开 = 网站.
fn set_of(written: &str) -> (Vec<String>, String) {
    let (set, word) = written.split_once('=').unwrap_or((written, ""));
    (set.split('+').map(|it| it.trim().to_owned()).collect(), word.trim().to_owned())
}
