//! Stretches of a sentence that say nothing of what their words say elsewhere: 针对存在的不足 names no shortcoming.

use serde::Deserialize;

use crate::form::RuleSpec;

/// What ends a stretch where its author does not say otherwise.
const UNTIL: &str = "，。；：、";

/// A stretch that begins with one of `from`. Without `to` it reaches as far as `within` characters or the first of `until`; with `to` only where one of
/// those ends it there, the last one if several do. A form describes it so, rather than by a regular expression, since reading one of those takes
/// longer at every start than all else of a rule.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stretch {
    from: Vec<String>,
    #[serde(default)]
    to: Vec<String>,
    /// Characters between its first and its last word; no bound where it is not given.
    within: Option<usize>,
    /// Characters that stand in no stretch.
    until: Option<String>,
}

impl Stretch {
    /// The stretches at `key`, which may be missing.
    ///
    /// # Errors
    /// What is wrong with them. Chinese.
    pub(super) fn read(spec: &RuleSpec, key: &str) -> Result<Vec<Self>, String> {
        let Some(value) = spec.params.get(key) else { return Ok(Vec::new()) };
        let stretches: Vec<Self> = value.clone().try_into().map_err(|error| {
            format!("“{key}”应是一组 {{ from = [词], to = [词], within = 字数, until = \"标点\" }}，其中只有 from 必写：{error}")
        })?;
        let is_empty = |words: &[String]| words.iter().any(String::is_empty);
        if stretches.iter().any(|it| it.from.is_empty() || is_empty(&it.from) || is_empty(&it.to)) {
            return Err(format!("“{key}”的 from 要有词，from 和 to 里不能有空的词"));
        }
        Ok(stretches)
    }

    /// `line` without them.
    pub(super) fn cut(&self, line: &str) -> String {
        let mut left = String::with_capacity(line.len());
        let mut rest = line;
        while let Some((at, begun)) = self.next(rest) {
            left.push_str(&rest[..at]);
            rest = &rest[at..];
            match self.reach(&rest[begun..]) {
                Some(reach) => rest = &rest[begun + reach..],
                None => {
                    left.push_str(&rest[..begun]);
                    rest = &rest[begun..];
                }
            }
        }
        left.push_str(rest);
        left
    }

    /// Where the next stretch may begin, and the bytes of its first word: the longest of those that stand there.
    fn next(&self, text: &str) -> Option<(usize, usize)> {
        let found =
            self.from.iter().filter_map(|word| Some((text.find(word.as_str())?, word.len())));
        found.min_by_key(|&(at, len)| (at, std::cmp::Reverse(len)))
    }

    /// The bytes of a stretch behind its first word, if it is one.
    fn reach(&self, text: &str) -> Option<usize> {
        let until = self.until.as_deref().unwrap_or(UNTIL);
        let within = self.within.unwrap_or(usize::MAX);
        let inner = text.char_indices().take_while(|(_, c)| !until.contains(*c)).take(within);
        if self.to.is_empty() {
            return Some(inner.last().map_or(0, |(at, c)| at + c.len_utf8()));
        }
        let starts = std::iter::once(0).chain(inner.map(|(at, c)| at + c.len_utf8()));
        let ends = starts.filter_map(|at| {
            let ending = |word: &&String| text[at..].starts_with(word.as_str());
            self.to.iter().filter(ending).map(|word| at + word.len()).max()
        });
        ends.max()
    }
}

#[cfg(test)]
mod tests {
    use super::Stretch;

    fn stretch(from: &[&str], to: &[&str], within: Option<usize>) -> Stretch {
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        Stretch { from: words(from), to: words(to), within, until: None }
    }

    #[test]
    fn without_a_last_word_it_reaches_to_the_next_mark() {
        let against = stretch(&["针对"], &[], None);
        assert_eq!(against.cut("针对存在的不足，加强培训。"), "，加强培训。");
        assert_eq!(against.cut("针对更新慢、解读少等问题，加强培训"), "、解读少等问题，加强培训");
        assert_eq!(against.cut("加强针对"), "加强");
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
    fn marks_that_end_it_may_be_named() {
        let mut hot = stretch(&["热点"], &["问题"], Some(6));
        hot.until = Some("，。".to_owned());
        assert_eq!(hot.cut("热点、难点问题较多，热点。问题"), "较多，热点。问题");
    }
}
