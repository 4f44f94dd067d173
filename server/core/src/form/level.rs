//! The level of an issuer, told by its name.

use std::fmt;
use std::sync::OnceLock;

use regex_syntax::hir::{Capture, Class, Hir, HirKind, Look, Repetition};

use super::lists::{Lists, grouped};
use super::model::{Form, Level};

/// A regular expression over the names of issuers, in which `{{name}}` stands for any word of that list of the form. Parsed when it is first needed. An
/// empty one matches any name, an invalid one none.
///
/// It is interpreted as it is parsed, without an automaton: a name is short and matched once a report, while the lists have hundreds of words, and to
/// build the automaton of the regex crate for them takes twenty times as long as to check a report.
#[derive(Clone, Default)]
pub struct Pattern {
    source: String,
    read: OnceLock<Option<Read>>,
}

#[derive(Clone)]
struct Read {
    pattern: Hir,
    /// The lists that its groups stand for.
    lists: Vec<String>,
}

/// The level of the issuer that it stands beside, worked out when it is first asked for. As it follows from that issuer, any two compare equal, and
/// `Debug` shows nothing.
#[derive(Clone, Default)]
pub(crate) struct KnownLevel(OnceLock<(String, Option<usize>)>);

/// Bytes of the longest name of an issuer: eighty-five Chinese characters.
const LONGEST: usize = 255;

/// A name that is matched against a pattern.
struct Name<'a> {
    text: &'a str,
    groups: &'a [String],
    lists: &'a Lists,
}

/// A set of byte offsets in a name, a bit for each.
#[derive(Clone, Copy, Default, PartialEq)]
struct Places([u64; LONGEST / 64 + 1]);

impl Places {
    fn iter(&self) -> impl Iterator<Item = usize> {
        let words = self.0.into_iter().enumerate();
        words.flat_map(|(word, mut bits)| {
            std::iter::from_fn(move || {
                let bit = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
                bits &= bits - 1;
                Some(word * 64 + bit)
            })
        })
    }

    fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The union of two sets.
    fn with(self, other: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] | other.0[word]))
    }

    /// The difference of two sets.
    fn without(self, others: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] & !others.0[word]))
    }
}

impl FromIterator<usize> for Places {
    fn from_iter<I: IntoIterator<Item = usize>>(places: I) -> Self {
        let mut bits = Self::default();
        for place in places {
            bits.0[place / 64] |= 1 << (place % 64);
        }
        bits
    }
}

impl KnownLevel {
    /// The level of `agency`, always the same one, by its name.
    pub(crate) fn of(&self, form: &Form, agency: &str) -> Option<usize> {
        let (id, level) = self.0.get_or_init(|| (form.id.clone(), level_of(form, agency)));
        if *id == form.id { *level } else { level_of(form, agency) }
    }
}

impl PartialEq for KnownLevel {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for KnownLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("_")
    }
}

impl Level {
    /// Whether the level is the one for issuers whose name tells nothing.
    pub(crate) fn is_unknown(&self) -> bool {
        self.pattern.source.is_empty()
    }
}

impl Pattern {
    /// A pattern in the syntax of the regex crate.
    pub fn new(source: impl Into<String>) -> Self {
        Self { source: source.into(), read: OnceLock::new() }
    }

    /// Does the pattern, with the form's lists, match a part of `name`?
    fn matches(&self, name: &str, lists: &Lists) -> bool {
        let read = || {
            let (pattern, groups) = grouped(&self.source, lists).ok()?;
            Some(Read { pattern: regex_syntax::parse(&pattern).ok()?, lists: groups })
        };
        self.read.get_or_init(read).as_ref().is_some_and(|read| {
            let starts = (0..=name.len()).filter(|at| name.is_char_boundary(*at)).collect();
            let name = Name { text: name, groups: &read.lists, lists };
            !name.behind(&read.pattern, starts).is_empty()
        })
    }
}

impl Name<'_> {
    /// The offsets at which a match of `part` may end that begins at one of `starts`.
    fn behind(&self, part: &Hir, starts: Places) -> Places {
        let after = |at: usize| self.text.get(at..).unwrap_or_default();
        match part.kind() {
            HirKind::Empty => starts,
            HirKind::Literal(word) => {
                let begin = |at: &usize| after(*at).as_bytes().starts_with(&word.0);
                starts.iter().filter(begin).map(|at| at + word.0.len()).collect()
            }
            HirKind::Class(class) => {
                let first = |at: usize| after(at).chars().next().filter(|c| has(class, *c));
                starts.iter().filter_map(|at| Some(at + first(at)?.len_utf8())).collect()
            }
            HirKind::Look(look) => {
                let stands = |at: &usize| match look {
                    Look::Start => *at == 0,
                    Look::End => *at == self.text.len(),
                    _ => false,
                };
                starts.iter().filter(stands).collect()
            }
            HirKind::Capture(group) => match self.words(group) {
                Some(words) => {
                    let ends = |at: usize| {
                        let rest = after(at);
                        // Of hundreds of words nearly all begin with another character.
                        let first = rest.as_bytes().first_chunk::<3>();
                        let may_stand = move |word: &&String| {
                            word.len() < 3 || word.as_bytes().first_chunk::<3>() == first
                        };
                        let stand = words.iter().filter(may_stand);
                        let stand = stand.filter(move |word| rest.starts_with(word.as_str()));
                        stand.map(move |word| at + word.len())
                    };
                    starts.iter().flat_map(ends).collect()
                }
                None => self.behind(&group.sub, starts),
            },
            HirKind::Concat(parts) => {
                let step = |at: Places, part| (!at.is_empty()).then(|| self.behind(part, at));
                parts.iter().try_fold(starts, step).unwrap_or_default()
            }
            HirKind::Alternation(parts) => {
                let ways = parts.iter().map(|part| self.behind(part, starts));
                ways.fold(Places::default(), Places::with)
            }
            HirKind::Repetition(repeated) => self.behind_all(repeated, starts),
        }
    }

    fn behind_all(&self, repeated: &Repetition, starts: Places) -> Places {
        let mut at = starts;
        let mut ends = if repeated.min == 0 { at } else { Places::default() };
        for times in 1..=repeated.max.unwrap_or(u32::MAX) {
            at = self.behind(&repeated.sub, at);
            if times >= repeated.min {
                // Offsets that were reached with fewer repetitions have already been continued from.
                at = at.without(ends);
                ends = ends.with(at);
            }
            if at.is_empty() {
                break;
            }
        }
        ends
    }

    /// The words of the list that a group stands for, if it stands for one.
    fn words(&self, group: &Capture) -> Option<&Vec<String>> {
        let index: usize = group.name.as_deref()?.strip_prefix("list")?.parse().ok()?;
        self.lists.get(self.groups.get(index)?)
    }
}

/// The first level of the form whose pattern matches the issuer's name, as an index into [`Form::levels`]. Blanks in the name don't count.
/// The last level of a form usually matches any name, see [`Level::is_unknown`].
fn level_of(form: &Form, agency: &str) -> Option<usize> {
    let name: String = agency.split_whitespace().collect();
    // What is taken for a name may be a line of megabytes.
    if name.len() > LONGEST {
        return form.levels.iter().position(Level::is_unknown);
    }
    form.levels.iter().position(|level| level.pattern.matches(&name, &form.lists))
}

fn has(class: &Class, c: char) -> bool {
    match class {
        Class::Unicode(class) => {
            class.iter().any(|range| (range.start()..=range.end()).contains(&c))
        }
        Class::Bytes(class) => u8::try_from(c).is_ok_and(|byte| {
            c.is_ascii() && class.iter().any(|range| (range.start()..=range.end()).contains(&byte))
        }),
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_followed_as_a_regular_expression_says() {
        let lists = Lists::from([("城".to_owned(), vec!["甲".to_owned(), "甲乙".to_owned()])]);
        let names = [
            "",
            "甲",
            "甲市",
            "甲乙市",
            "丙甲市",
            "省甲乙市局",
            "市",
            "县局",
            "县县局",
            "乙乙",
            "乙乙乙",
            "乙乙乙乙",
            "a县b",
            "地区办",
            "城区",
        ];
        for pattern in [
            "",
            "^$",
            "市$",
            "^.{2,3}市?$",
            "(?:^|[省丙]){{城}}市",
            "^{{城}}市.+{{城}}?",
            "[^县]局",
            "^[^市]*[^市县]局$",
            "^(?:乙{2})+$",
            "^乙{3,}$",
            "(?:县|市)*局",
            "[^地关]区$",
            "(?:a?)*b|办$",
            "甲|乙|丙",
            "(?:|甲)乙$",
        ] {
            let words = "(?:甲|甲乙)";
            let regex = regex::Regex::new(&pattern.replace("{{城}}", words)).unwrap();
            for name in names {
                let found = Pattern::new(pattern).matches(name, &lists);
                assert_eq!(found, regex.is_match(name), "{pattern} {name}");
            }
        }
    }

    #[test]
    fn a_line_that_is_taken_for_a_name_is_of_no_level() {
        let level = |pattern: &str| Level { pattern: Pattern::new(pattern), ..Level::default() };
        let form = Form { levels: vec![level("县"), level("")], ..Form::default() };
        assert_eq!(level_of(&form, "甲县"), Some(0));
        assert_eq!(level_of(&form, &"县".repeat(200_000)), Some(1));
    }
}
