//! Stretches of a sentence that say nothing of what their words say elsewhere: 针对存在的不足 names no shortcoming.

use std::cmp::Reverse;

use serde::Deserialize;

use crate::form::RuleSpec;
use crate::text::{Hit, Words};

/// What ends a stretch where its author does not say otherwise.
const UNTIL: &str = "，。；：、";

/// A stretch that begins with one of `from`. Without `to` it reaches as far as `within` characters or the first of `until`; with `to` only where one of
/// those ends it there, the last one if several do. A form describes it so, rather than by a regular expression, since reading one of those takes
/// longer at every start than all else of a rule.
#[derive(Debug)]
pub(super) struct Stretch {
    from: Words,
    to: Vec<String>,
    /// What makes another word of a first one: 针对性.
    unless: Vec<String>,
    /// Characters between its first and its last word.
    within: usize,
    /// Characters that stand in no stretch.
    until: String,
}

/// A stretch as a form writes it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "{ from = [词] }")]
struct Raw {
    from: Vec<String>,
    to: Vec<String>,
    unless: Vec<String>,
    within: Option<usize>,
    until: Option<String>,
}

impl Stretch {
    /// The stretches at `key`, which may be missing.
    ///
    /// # Errors
    /// What is wrong with them. Chinese.
    pub(super) fn read(spec: &RuleSpec, key: &str) -> Result<Vec<Self>, String> {
        let Some(value) = spec.params.get(key) else { return Ok(Vec::new()) };
        let raw: Vec<Raw> = value.clone().try_into().map_err(|error| {
            format!("“{key}”应是一组 {{ from = [词], to = [词], unless = [字], within = 字数, until = \"标点\" }}：{error}")
        })?;
        raw.into_iter()
            .map(Self::new)
            .collect::<Result<_, _>>()
            .map_err(|it| format!("“{key}”{it}"))
    }

    fn new(raw: Raw) -> Result<Self, &'static str> {
        if raw.from.is_empty()
            || raw.from.iter().chain(&raw.to).chain(&raw.unless).any(String::is_empty)
        {
            return Err("的 from 要有词，from 和 to 里不能有空的词");
        }
        // Without an end in sight each first word would be followed to the end of its line.
        if raw.within.is_none() && !raw.to.is_empty() {
            return Err("写了 to 就要写 within：其间至多几个字");
        }
        Ok(Self {
            from: Words::new(raw.from.iter().map(String::as_str)),
            to: raw.to,
            unless: raw.unless,
            within: raw.within.unwrap_or(usize::MAX),
            until: raw.until.unwrap_or_else(|| UNTIL.to_owned()),
        })
    }

    /// `line` without them.
    pub(super) fn cut(&self, line: &str) -> String {
        let mut hits = Vec::new();
        self.from.find(line, &mut hits);
        // Of those that begin at one place the longest.
        hits.sort_unstable_by_key(|hit| (hit.start, Reverse(hit.end)));
        let mut left = String::with_capacity(line.len());
        let mut at = 0;
        for Hit { start, end, .. } in hits {
            let is_other = |word: &String| line[end..].starts_with(word.as_str());
            if start < at || self.unless.iter().any(is_other) {
                continue;
            }
            if let Some(reach) = self.reach(&line[end..]) {
                left.push_str(&line[at..start]);
                at = end + reach;
            }
        }
        left.push_str(&line[at..]);
        left
    }

    /// The bytes of a stretch behind its first word, if it is one.
    fn reach(&self, text: &str) -> Option<usize> {
        let inner = text.char_indices().take_while(|(_, c)| !self.until.contains(*c));
        let ends = inner.take(self.within).map(|(at, c)| at + c.len_utf8());
        if self.to.is_empty() {
            return Some(ends.last().unwrap_or(0));
        }
        let closed = std::iter::once(0).chain(ends).filter_map(|at| {
            let closing = |word: &&String| text[at..].starts_with(word.as_str());
            self.to.iter().filter(closing).map(|word| at + word.len()).max()
        });
        closed.max()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Raw, Stretch};

    fn stretch(from: &[&str], to: &[&str], within: Option<usize>) -> Stretch {
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        let unless = words(&["性"]);
        Stretch::new(Raw { from: words(from), to: words(to), unless, within, until: None }).unwrap()
    }

    #[test]
    fn without_a_last_word_it_reaches_to_the_next_mark() {
        let against = stretch(&["针对"], &[], None);
        assert_eq!(against.cut("针对存在的不足，加强培训。"), "，加强培训。");
        assert_eq!(against.cut("针对更新慢、解读少等问题，加强培训"), "、解读少等问题，加强培训");
        assert_eq!(against.cut("加强针对"), "加强");
        assert_eq!(against.cut("解读的针对性不强"), "解读的针对性不强");
    }

    #[test]
    fn with_a_last_word_it_is_one_only_where_that_stands_near() {
        let solved = stretch(&["解决", "发现"], &["问题", "不足"], Some(4));
        assert_eq!(solved.cut("解决了三个问题，仍有不足"), "，仍有不足");
        assert_eq!(solved.cut("发现问题和不足"), "", "the last one ends it");
        assert_eq!(solved.cut("解决群众急难愁盼的问题"), "解决群众急难愁盼的问题", "too far");
        assert_eq!(solved.cut("及时解决。问题仍多"), "及时解决。问题仍多", "beyond a mark");
    }

    #[test]
    fn the_longest_first_word_counts() {
        let hot = stretch(&["热点", "热点、难点"], &["问题"], Some(2));
        assert_eq!(hot.cut("回应热点、难点问题"), "回应");
    }

    #[test]
    fn a_last_word_wants_a_bound() {
        let endless =
            Raw { from: vec!["解决".into()], to: vec!["问题".into()], ..Raw::default() };
        assert!(Stretch::new(endless).is_err());
        assert!(Stretch::new(Raw::default()).is_err());
    }

    #[test]
    fn marks_that_end_it_may_be_named() {
        let mut hot = stretch(&["热点"], &["问题"], Some(6));
        hot.until = "，。".to_owned();
        assert_eq!(hot.cut("热点、难点问题较多，热点。问题"), "较多，热点。问题");
    }
}
