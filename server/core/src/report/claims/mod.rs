//! Figures of the prose that state a cell: every cue in place inside one clause, or none.
//!
//! 收到公民、法人和其他组织政府信息公开申请6件 is a claim, 收到行政复议申请4件 is none. All words that matter are found in one pass of a clause, and
//! what is asked again for every cue is kept, so that the time is linear in a line of any length.

mod clauses;
mod headings;
mod listed;
mod numbers;
mod topics;

use std::borrow::Cow;
use std::ops::Range;

use clauses::clauses;
use headings::Heading;
pub(super) use headings::is_heading;
use numbers::{Number, holds_more, is_followed, number_right_before, number_with_unit, year_at};
pub(crate) use topics::brackets;
use topics::{Seen, Topic, Topics};

use super::model::BoundClaim;
use super::paragraphs::paragraphs;
use super::prose::Hedges;
use super::value;
use crate::form::{Claim, Form};
use crate::text::{Distinct, Hit, TextRange, Words};

/// What joins the items of a list.
const JOINS: [char; 6] = ['、', '和', '及', '与', '或', '并'];
/// What may stand between a cue and a number that has to follow it at once: 废止了2件.
const ADVERBS: [char; 4] = ['了', '共', '为', ' '];
/// Cues before a number that are looked at for the one that it belongs to.
const CUES_BEFORE: usize = 8;
/// Characters between a number with its unit and the object behind it: 3件有效的政府信息公开申请.
const OBJECT_WITHIN: usize = 6;
/// Bytes from that number to the end of its object.
const OBJECT_NEAR: usize = 60;

/// The words of a form's claims, all in one set, and those that make their figures uncertain.
pub(crate) struct Cues {
    hedges: Hedges,
    set: Words,
    words: Vec<Word>,
}

/// The claims in which a word plays a part, ascending.
#[derive(Default)]
struct Word {
    before: Vec<usize>,
    behind: Vec<usize>,
    object: Vec<usize>,
    not: Vec<usize>,
    unless: Vec<usize>,
    offices: Vec<usize>,
    topic: Vec<usize>,
}

/// A line with what its claims have asked of it.
struct Line<'a, 'h> {
    form: &'a Form,
    cues: &'a Cues,
    words: &'a str,
    heading: &'a mut Heading<'h>,
    /// When a claim has asked what stands before it.
    seen: Option<Seen>,
    /// By claim.
    topics: Vec<Option<Topics>>,
}

/// A clause of a line with its words, by their ends.
struct Clause<'a> {
    range: Range<usize>,
    hits: &'a [Hit],
    /// Those of them that a number may follow.
    cues: &'a [&'a Hit],
}

/// What a claim has asked of a clause.
#[derive(Clone, Default)]
struct Asked {
    /// A word of the clause rules the claim out.
    is_out: bool,
    /// One does, unless the issuer is an office.
    is_of_office: bool,
    /// The number that was found last.
    number: Option<Number>,
    /// No number with a unit of the claim is left.
    is_last: bool,
    /// Start of the number of the last claim.
    stated: Option<usize>,
}

impl Cues {
    /// The cues of `form`.
    pub(crate) fn new<'f>(form: &'f Form, hedges: &Hedges) -> Self {
        let mut distinct = Distinct::default();
        let mut words: Vec<Word> = Vec::new();
        for (index, claim) in form.claims.iter().enumerate() {
            let mut add = |list: &'f [String], part: fn(&mut Word) -> &mut Vec<usize>| {
                for word in list {
                    let at = distinct.index(word);
                    words.resize_with(words.len().max(at + 1), Word::default);
                    part(&mut words[at]).push(index);
                }
            };
            add(&claim.before, |word| &mut word.before);
            add(&claim.behind, |word| &mut word.behind);
            add(&claim.object, |word| &mut word.object);
            add(&claim.not, |word| &mut word.not);
            add(&claim.unless, |word| &mut word.unless);
            add(&claim.offices, |word| &mut word.offices);
            add(&claim.topic, |word| &mut word.topic);
        }
        Self { hedges: hedges.clone(), set: distinct.set(), words }
    }

    /// Puts all words of a stretch of a line into `hits`, by their ends.
    fn find(&self, line: &str, stretch: Range<usize>, hits: &mut Vec<Hit>) {
        hits.clear();
        self.set.find(&line[stretch.clone()], hits);
        for hit in &mut *hits {
            (hit.start, hit.end) = (hit.start + stretch.start, hit.end + stretch.start);
        }
        hits.sort_unstable_by_key(|hit| (hit.end, hit.start));
    }
}

/// The claims in lines of a text, some of which are one paragraph ([`Part::joined`](super::Part)), below the heading `above`.
pub(crate) fn claims(
    form: &Form,
    cues: &Cues,
    (text, prose, joined): (&str, &[TextRange], &[Range<u32>]),
    above: &str,
) -> Vec<BoundClaim> {
    let mut found: Vec<BoundClaim> = Vec::new();
    if form.claims.is_empty() {
        return found;
    }
    let mut heading = Heading::new(Cow::Borrowed(above));
    let (mut hits, mut asked) = (Vec::new(), Vec::new());
    for paragraph in paragraphs(text, prose, joined) {
        if is_heading(&paragraph.words) {
            heading = Heading::new(paragraph.words);
            continue;
        }
        let (mut paragraph, from) = (paragraph, found.len());
        loop {
            let (words, heading) = (&*paragraph.words, &mut heading);
            let mut line = Line { form, cues, words, heading, seen: None, topics: Vec::new() };
            let has_others = clauses(words, |stretch| {
                cues.find(words, stretch.clone(), &mut hits);
                line.state(stretch, &hits, &mut asked, &mut found);
            });
            let mut own = found.split_off(from);
            if !has_others {
                listed::continued(form, &cues.hedges, words, &mut own);
                listed::listed(form, &cues.hedges, words, &mut own);
                found.append(&mut own);
                break;
            }
            // Rare: 收到申请１２件, 收到申请三件. Only then is a paragraph read twice.
            paragraph = paragraph.with_counts_in_digits();
        }
        let mut kept = from;
        for at in from..found.len() {
            let claim = &mut found[at];
            // Where half of its digits stand in the next line, nobody could mend it.
            let is_in_line = paragraph.is_in_line(claim.number);
            claim.range = paragraph.place(claim.range);
            claim.number = paragraph.place(claim.number);
            if is_in_line {
                found.swap(kept, at);
                kept += 1;
            }
        }
        found.truncate(kept);
    }
    found.sort_by_key(|claim| (claim.range.start, claim.claim));
    found
}

impl Line<'_, '_> {
    /// Adds the claims of a clause, with places in the line.
    fn state(
        &mut self,
        range: Range<usize>,
        hits: &[Hit],
        asked: &mut Vec<Asked>,
        found: &mut Vec<BoundClaim>,
    ) {
        let words = &self.cues.words;
        let is_cue =
            |hit: &Hit| !words[hit.word].before.is_empty() || !words[hit.word].behind.is_empty();
        if !hits.iter().any(is_cue) {
            return;
        }
        let cues: Vec<&Hit> =
            hits.iter().filter(|hit| !words[hit.word].before.is_empty()).collect();
        let clause = &Clause { range, hits, cues: &cues };
        // What an earlier clause asked, of those claims alone that this one speaks of: a form has a hundred.
        asked.resize_with(self.form.claims.len(), Asked::default);
        for word in clause.hits.iter().map(|hit| &words[hit.word]) {
            let own = word.before.iter().chain(&word.behind);
            own.for_each(|claim| asked[*claim] = Asked::default());
        }
        for word in clause.hits.iter().map(|hit| &words[hit.word]) {
            word.not.iter().chain(&word.unless).for_each(|claim| asked[*claim].is_out = true);
            word.offices.iter().for_each(|claim| asked[*claim].is_of_office = true);
        }
        let from = found.len();
        for cue in clause.hits {
            let Word { before, behind, .. } = &words[cue.word];
            let only_behind = behind.iter().filter(|it| before.binary_search(it).is_err());
            for &index in before.iter().chain(only_behind) {
                let Some(claim) = self.claim(clause, cue, index, &mut asked[index]) else {
                    continue;
                };
                // Two ways of one cell may find one number.
                let key = |it: &BoundClaim| self.form.claims.get(it.claim).map(|claim| &claim.key);
                let near = found[from..].iter_mut().rev();
                let known = near
                    .take_while(|it| it.number.start >= claim.number.start)
                    .find(|it| it.number == claim.number && key(it) == key(&claim));
                match known {
                    Some(known) if known.is_loose && !claim.is_loose => *known = claim,
                    Some(_) => {}
                    None => found.push(claim),
                }
            }
        }
    }

    /// The claim that `cue` makes, if all else that it needs is in the clause.
    fn claim(
        &mut self,
        clause: &Clause<'_>,
        cue: &Hit,
        index: usize,
        asked: &mut Asked,
    ) -> Option<BoundClaim> {
        let (spec, words, hedges) = (&self.form.claims[index], self.words, &self.cues.hedges);
        if asked.is_out {
            return None;
        }
        let word = &self.cues.words[cue.word];
        let takes = |claims: &[usize]| claims.binary_search(&index).is_ok();
        let is_digit = |c: char| c.is_ascii_digit();
        let first = takes(&word.behind)
            .then(|| number_right_before(words, clause.range.start..cue.start, &spec.unit, hedges))
            .flatten();
        let is_first = first.is_some();
        let number = match first {
            // In 3件不予公开2件 it is not known which.
            Some(_) if spec.year.is_none() && words[cue.end..].starts_with(is_digit) => {
                return None;
            }
            Some(number) => number,
            None if takes(&word.before) => {
                asked.number(&words[..clause.range.end], cue, spec, hedges)?
            }
            None => return None,
        };
        let Number { range: number, unit, end, hedged } = number;
        // Two cues of one claim before one number (共收到, 收到) are one claim.
        if asked.stated == Some(number.start) {
            return None;
        }
        let mut range = cue.start.min(number.start)..cue.end.max(end);
        let year = spec.year.and_then(|_| year_at(words, cue.start..cue.end));
        if spec.year.is_some() && year.is_none() {
            return None;
        }
        // In 1件予以公开、2件不予公开 the second number is of another item.
        if !is_first && words[cue.end..number.start].trim_end().ends_with(JOINS) {
            return None;
        }
        if spec.adjacent
            && !is_first
            && !(words[cue.end..number.start].trim_matches(ADVERBS).is_empty()
                && ends_apart(&words[clause.range.start..cue.start], &spec.unit))
        {
            return None;
        }
        if !is_first && self.is_taken(clause, cue, index, number.start) {
            return None;
        }
        if !spec.object.is_empty() {
            range.end = range.end.max(self.object(clause, cue, index, end)?);
        }
        let topic =
            if spec.topic.is_empty() { Topic::Met } else { self.topic(index, number.start) };
        if topic == Topic::Other || topic == Topic::Aside && spec.loose {
            return None;
        }
        let digits = &words[number.clone()];
        let joined = digits.contains(' ').then(|| digits.replace(' ', ""));
        let written = value::read(joined.as_deref().unwrap_or(digits)).number()?;
        let before = words[clause.range.start..number.start].trim_end();
        let behind = words[end..].trim_start();
        if holds_more(behind, hedges, &spec.including) || is_followed(behind) {
            return None;
        }
        let hedged = hedged
            || hedges.before.iter().any(|hedge| before.ends_with(hedge.as_str()))
            || hedges.behind.iter().any(|hedge| behind.starts_with(hedge.as_str()));
        asked.stated = Some(number.start);
        Some(BoundClaim {
            claim: index,
            range: range.into(),
            number: number.into(),
            value: written,
            unit,
            hedged,
            year,
            of_office: asked.is_of_office || topic == Topic::OfOffice,
            is_loose: spec.loose || topic == Topic::Aside,
        })
    }

    /// Whether another cell's cue stands nearer to the number: in 办结申请中予以公开15件 the 15 are not all that was closed.
    fn is_taken(&self, clause: &Clause<'_>, cue: &Hit, claim: usize, number: usize) -> bool {
        let before = clause.cues.partition_point(|hit| hit.end <= number);
        // What a number has to follow at once takes none farther off: 收到公民、法人和其他组织申请6件.
        let takes = |hit: &&&Hit| {
            let is_free = |at: &usize| self.form.claims.get(*at).is_none_or(|it| !it.adjacent);
            self.cues.words[hit.word].before.iter().any(is_free)
                || self.words[hit.end..number].trim_matches(ADVERBS).is_empty()
        };
        let mut near = clause.cues[..before].iter().rev().take(CUES_BEFORE);
        let Some(nearest) = near.find(takes) else { return false };
        let key = |at: usize| self.form.claims.get(at).map(|claim| &claim.key);
        let own = |at: &usize| *at == claim || key(*at) == key(claim);
        nearest.start >= cue.end && !self.cues.words[nearest.word].before.iter().any(own)
    }

    /// Where the object of a claim ends: one between cue and number, else one right behind its unit (收到3件政府信息公开申请).
    fn object(&self, clause: &Clause<'_>, cue: &Hit, claim: usize, end: usize) -> Option<usize> {
        let hits = &clause.hits[clause.hits.partition_point(|hit| hit.end <= cue.start)..];
        let is_object = |hit: &&Hit| {
            hit.start >= cue.start && self.cues.words[hit.word].object.binary_search(&claim).is_ok()
        };
        let behind = hits.partition_point(|hit| hit.end <= end);
        if hits[..behind].iter().any(|hit| is_object(&hit)) {
            return Some(end);
        }
        let near = hits[behind..].iter().take_while(|hit| hit.end <= end + OBJECT_NEAR);
        let object = near.filter(is_object).min_by_key(|hit| hit.start)?;
        let between = self.words.get(end..object.start)?;
        let is_its = between.chars().count() <= OBJECT_WITHIN
            && !between.contains(|c: char| c.is_ascii_digit() || c == '、' || c == '和');
        is_its.then_some(object.end)
    }

    /// In 收到复议申请4件，其中信息公开2件 the word that is met first, going back from the number, says what is counted.
    fn topic(&mut self, claim: usize, number: usize) -> Topic {
        self.topics.resize_with(self.form.claims.len(), || None);
        let (cues, words) = (self.cues, self.words);
        let seen = self.seen.get_or_insert_with(|| Seen::new(cues, words));
        let topics = self.topics[claim].get_or_insert_with(|| Topics::new(cues, seen, claim));
        let met = topics.met(seen, number);
        met.unwrap_or_else(|| self.heading.topic(cues, claim))
    }
}

/// Whether what stands before a cue has a figure of its own: not so in 修改、废止2件.
fn ends_apart(before: &str, units: &[String]) -> bool {
    let before = before.trim_end();
    let other = before.trim_end_matches(JOINS);
    other.len() == before.len() || units.iter().any(|unit| other.ends_with(unit.as_str()))
}

impl Asked {
    /// The first number behind `cue` that a unit of the claim follows. Cues come by their ends, so that no number is looked at twice.
    fn number(&mut self, words: &str, cue: &Hit, spec: &Claim, hedges: &Hedges) -> Option<Number> {
        if self.number.as_ref().is_none_or(|it| it.range.start < cue.end) && !self.is_last {
            self.number = number_with_unit(words, cue.end, &spec.unit, hedges);
            self.is_last = self.number.is_none();
        }
        self.number.clone()
    }
}

#[cfg(test)]
mod tests;
