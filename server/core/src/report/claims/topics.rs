//! What the words before a number speak of.

use std::ops::Range;

use super::Cues;
use crate::text::Hit;

/// What the words before a number speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    /// What the claim counts.
    Met,
    /// The same, as an office has it: of all only in the office's own report.
    OfOffice,
    Other,
}

/// Where topics of a claim end in a line, and where words that rule it out do.
#[derive(Default)]
pub(super) struct Topics {
    all: Met,
    /// Those out of brackets.
    outside: Met,
}

/// Ends of words, each with the last start so far.
#[derive(Default)]
struct Met {
    of: Vec<(usize, usize)>,
    not: Vec<(usize, usize)>,
    offices: Vec<(usize, usize)>,
}

impl Topics {
    pub(super) fn new(cues: &Cues, hits: &[Hit], brackets: &[Range<usize>], claim: usize) -> Self {
        let mut topics = Self::default();
        for hit in hits {
            let word = &cues.words[hit.word];
            let is_topic = word.topic.binary_search(&claim).is_ok();
            let is_not = word.not.binary_search(&claim).is_ok();
            let is_office = word.offices.binary_search(&claim).is_ok();
            // 均为自然人 says it of all: what ends with a topic and is in it is a part of that.
            let is_within = !is_topic
                && topics
                    .all
                    .of
                    .last()
                    .is_some_and(|(end, start)| *end == hit.end && *start < hit.start);
            if is_within {
                continue;
            }
            topics.all.add(hit, [is_topic, is_not, is_office]);
            if within(brackets, hit.start).is_none() {
                topics.outside.add(hit, [is_topic, is_not, is_office]);
            }
        }
        topics
    }

    /// Whether a topic is what is met first, going back from `number`; `None` where nothing is met. What brackets before it say is aside:
    /// 收到申请3件（其中网上2件），上年结转1件.
    pub(super) fn met(&self, brackets: &[Range<usize>], number: usize) -> Option<Topic> {
        let met = if within(brackets, number).is_some() { &self.all } else { &self.outside };
        let last = |ends: &[(usize, usize)]| {
            let behind = ends.partition_point(|(end, _)| *end <= number);
            ends[..behind].last().map(|(_, start)| *start)
        };
        let (of, not, office) = (last(&met.of), last(&met.not), last(&met.offices));
        let topic = match of {
            _ if of <= not => Topic::Other,
            _ if of <= office => Topic::OfOffice,
            _ => Topic::Met,
        };
        (of.is_some() || not.is_some()).then_some(topic)
    }
}

impl Met {
    fn add(&mut self, hit: &Hit, is_one: [bool; 3]) {
        let lists = [&mut self.of, &mut self.not, &mut self.offices];
        for (list, is_of_it) in lists.into_iter().zip(is_one) {
            if is_of_it {
                let last = list.last().map_or(0, |(_, start)| *start);
                list.push((hit.end, hit.start.max(last)));
            }
        }
    }
}

/// The outermost pairs of brackets in a line.
pub(crate) fn brackets(words: &str) -> Vec<Range<usize>> {
    let (mut pairs, mut open) = (Vec::new(), Vec::new());
    for (at, bracket) in words.match_indices(['（', '(', '）', ')']) {
        if matches!(bracket, "（" | "(") {
            open.push(at);
        } else if let Some(start) = open.pop()
            && open.is_empty()
        {
            pairs.push(start..at);
        }
    }
    pairs
}

fn within(brackets: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    let behind = brackets.partition_point(|pair| pair.end <= at);
    brackets.get(behind).filter(|pair| pair.start <= at)
}
