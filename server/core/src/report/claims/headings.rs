//! What stands above paragraphs: behind 依申请公开 on a line of its own, 收到申请6件 in the next says what was received.

use std::borrow::Cow;

use super::Cues;
use super::topics::{Seen, Topic, Topics};

/// A heading is no longer, in bytes.
const LONGEST: usize = 120;
/// What its number may hold: （二）, 2., 二、.
const NUMBER: &str = "（(一二三四五六七八九十0123456789）)、.．";

/// The heading of a paragraph.
pub(super) struct Heading<'a> {
    words: Cow<'a, str>,
    /// Its words that matter, once a claim has asked for them.
    seen: Option<Seen>,
}

impl<'a> Heading<'a> {
    pub(super) fn new(words: Cow<'a, str>) -> Self {
        Self { words, seen: None }
    }

    /// Whether it says that its paragraphs are of what `claim` counts.
    pub(super) fn topic(&mut self, cues: &Cues, claim: usize) -> Topic {
        let words = &self.words;
        let seen = self.seen.get_or_insert_with(|| Seen::new(cues, words));
        Topics::new(cues, seen, claim).met(seen, words.len()).unwrap_or(Topic::Other)
    }
}

/// Whether a line is a heading: short, without a figure or a mark, but for its number and a full stop behind a numbered one.
pub(in crate::report) fn is_heading(line: &str) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    let line = line.trim();
    let title = line.trim_start_matches(|c| NUMBER.contains(c));
    let marks: &[char] =
        if title.len() < line.len() { &['。', '：', ':'] } else { &['：', ':'] };
    let title = title.trim_end_matches(marks);
    let is_mark = |c: char| c.is_ascii_digit() || matches!(c, '，' | ',' | '。' | '；' | ';');
    !title.is_empty() && !title.contains(is_mark)
}

#[cfg(test)]
mod tests {
    use super::is_heading;

    #[test]
    fn headings_are_short_lines_without_figures() {
        for line in [
            "（二）依申请公开",
            "(二) 依申请公开情况。",
            "2.依申请公开：",
            "依申请公开情况",
            "三、申请情况",
        ] {
            assert!(is_heading(line), "{line}");
        }
        for line in [
            "收到申请6件",
            "继续办理。",
            "（二）依申请公开。全年收到申请",
            "申请方面，按期办理",
            "",
            "（二）",
        ] {
            assert!(!is_heading(line), "{line}");
        }
    }
}
