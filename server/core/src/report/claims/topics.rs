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
    /// What the claim counts, but for what a sentence before said of something else last: 收到申请32件，其中网上9件。办结30件.
    Aside,
    Other,
}

/// Where topics of a claim end in a line, and where words that rule it out do.
#[derive(Default)]
pub(super) struct Topics {
    all: Met,
    /// Those out of brackets.
    outside: Met,
}

/// What all claims of a line look at.
pub(super) struct Seen {
    /// All its words, by their ends.
    hits: Vec<Hit>,
    brackets: Vec<Range<usize>>,
    /// Its full stops.
    stops: Vec<usize>,
}

impl Seen {
    pub(super) fn new(cues: &Cues, words: &str) -> Self {
        let mut hits = Vec::new();
        cues.find(words, 0..words.len(), &mut hits);
        let stops = words.match_indices('。').map(|(at, _)| at).collect();
        Self { hits, brackets: brackets(words), stops }
    }
}

/// Ends of words, each with the last start so far.
#[derive(Default)]
struct Met {
    of: Vec<(usize, usize)>,
    not: Vec<(usize, usize)>,
    offices: Vec<(usize, usize)>,
}

impl Topics {
    pub(super) fn new(cues: &Cues, seen: &Seen, claim: usize) -> Self {
        let mut topics = Self::default();
        for hit in &seen.hits {
            let word = &cues.words[hit.word];
            let is_topic = word.topic.binary_search(&claim).is_ok();
            let is_not = word.not.binary_search(&claim).is_ok();
            let is_office = word.offices.binary_search(&claim).is_ok();
            // 均为自然人 says it of all: what ends with a topic and is in it is a part of that. In 主动公开8件，依申请公开3件 documents are
            // counted by what is done with them: what ends with a word that rules it out and is in it is no topic.
            let other = if is_topic { &topics.all.not } else { &topics.all.of };
            let is_within =
                other.last().is_some_and(|(end, start)| *end == hit.end && *start < hit.start);
            if is_within {
                continue;
            }
            topics.all.add(hit, [is_topic, is_not, is_office]);
            if within(&seen.brackets, hit.start).is_none() {
                topics.outside.add(hit, [is_topic, is_not, is_office]);
            }
        }
        topics
    }

    /// Whether a topic is what is met first, going back from `number`; `None` where nothing is met. What brackets before it say is aside:
    /// 收到申请3件（其中网上2件），上年结转1件.
    pub(super) fn met(&self, seen: &Seen, number: usize) -> Option<Topic> {
        let met = if within(&seen.brackets, number).is_some() { &self.all } else { &self.outside };
        let last = |ends: &[(usize, usize)]| {
            let behind = ends.partition_point(|(end, _)| *end <= number);
            ends[..behind].last().map(|(_, start)| *start)
        };
        let (of, not, office) = (last(&met.of), last(&met.not), last(&met.offices));
        let stop = seen.stops.partition_point(|stop| *stop < number).checked_sub(1);
        let sentence = stop.and_then(|at| seen.stops.get(at).copied());
        let topic = match of {
            Some(_) if of <= not && not < sentence => Topic::Aside,
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
