//! A set of words, and every place where one of them stands.
//!
//! An automaton reads Chinese byte by byte and three bytes in four lead nowhere. Here a character that begins no word costs one look at a bit, and
//! another one look for its pair; the set is ready a hundred times sooner too, which a program that reads one file feels.

use std::ops::Range;

use rustc_hash::FxHashMap;

/// Words to look for.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// By the low bits of a character's number, the first word of one character with these bits: its index in `singles` and one, 0 for none.
    single: Vec<u16>,
    /// The words of one character: the character, its index among all words, and the next one with the same bits, as above.
    singles: Vec<(char, usize, u16)>,
    /// A bit for the first two characters of each longer word.
    begin: Vec<u64>,
    /// A table of pairs, open addressing; its length is a power of two, at least twice the number of pairs.
    pairs: Vec<Pair>,
    /// Words with the same first two characters stand together.
    longer: Vec<Word>,
}

/// The first two characters of words; both are NUL where no pair stands.
#[derive(Debug, Clone, Default)]
struct Pair {
    of: (char, char),
    words: Range<u32>,
}

#[derive(Debug)]
struct Word {
    /// What follows the first two characters.
    rest: Box<str>,
    index: usize,
}

/// Words each once, in the order in which they first came: their indexes are those of a set of them.
#[derive(Default)]
pub(crate) struct Distinct<'a> {
    words: Vec<&'a str>,
    indexes: FxHashMap<&'a str, usize>,
}

/// A word where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Index of the word.
    pub(crate) word: usize,
    /// Its first byte.
    pub(crate) start: usize,
    /// The byte behind it.
    pub(crate) end: usize,
}

/// How many entries the table of single characters has.
const SINGLES: usize = 4096;
/// Bits of a pair's number that choose its bit: so many that few pairs share one.
const PAIRS: usize = 32768;

impl Words {
    /// A set; empty words stand nowhere.
    pub(crate) fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut single = vec![0; SINGLES];
        let mut singles: Vec<(char, usize, u16)> = Vec::new();
        let mut all: Vec<((char, char), &str, usize)> = Vec::new();
        for (index, word) in words.into_iter().enumerate() {
            let mut chars = word.chars();
            match (chars.next(), chars.next()) {
                (Some(first), Some(second)) => all.push(((first, second), chars.as_str(), index)),
                (Some(only), None) => {
                    let first = &mut single[only as usize % SINGLES];
                    singles.push((only, index, std::mem::replace(first, singles.len() as u16 + 1)));
                }
                _ => {}
            }
        }
        all.sort_unstable_by_key(|(pair, _, index)| (*pair, *index));
        let mut set = Self {
            single,
            singles,
            begin: vec![0; PAIRS / 64],
            pairs: vec![Pair::default(); (all.len() * 2).next_power_of_two()],
            longer: Vec::with_capacity(all.len()),
        };
        for same in all.chunk_by(|a, b| a.0 == b.0) {
            let of = same[0].0;
            let bit = number(of) % PAIRS;
            set.begin[bit / 64] |= 1 << (bit % 64);
            let from = set.longer.len() as u32;
            set.longer
                .extend(same.iter().map(|&(_, rest, index)| Word { rest: rest.into(), index }));
            let slot = set.slot(of);
            set.pairs[slot] = Pair { of, words: from..set.longer.len() as u32 };
        }
        set
    }

    /// Calls `each` with every place in `text` where a word stands, overlapping ones too, by start.
    pub(crate) fn each(&self, text: &str, mut each: impl FnMut(Hit)) {
        let single = <&[u16; SINGLES]>::try_from(&*self.single);
        let begin = <&[u64; PAIRS / 64]>::try_from(&*self.begin);
        let (Ok(single), Ok(begin)) = (single, begin) else { return };
        let mut first = '\0';
        let mut start = 0;
        for (at, second) in text.char_indices() {
            // Most pairs begin nothing, and most characters are no word.
            if has(begin, number((first, second))) && at > 0 {
                let behind = at + second.len_utf8();
                for word in self.of((first, second)) {
                    if word.rest.is_empty() || text[behind..].starts_with(&*word.rest) {
                        each(Hit { word: word.index, start, end: behind + word.rest.len() });
                    }
                }
            }
            let mut only = single[second as usize % SINGLES];
            while let Some(&(of, word, further)) =
                self.singles.get(usize::from(only).wrapping_sub(1))
            {
                if of == second {
                    each(Hit { word, start: at, end: at + second.len_utf8() });
                }
                only = further;
            }
            (start, first) = (at, second);
        }
    }

    /// Adds every place in `text` where a word stands to `hits`.
    pub(crate) fn find(&self, text: &str, hits: &mut Vec<Hit>) {
        self.each(text, |hit| hits.push(hit));
    }

    /// The words that begin with a pair.
    #[inline]
    fn of(&self, pair: (char, char)) -> &[Word] {
        let words = self.pairs[self.slot(pair)].words.clone();
        &self.longer[words.start as usize..words.end as usize]
    }

    /// Where in the table the pair stands, or would stand.
    #[inline]
    fn slot(&self, pair: (char, char)) -> usize {
        let mask = self.pairs.len() - 1;
        let mut slot = number(pair) & mask;
        while self.pairs[slot].of != pair && self.pairs[slot].of != ('\0', '\0') {
            slot = (slot + 1) & mask;
        }
        slot
    }
}

impl<'a> Distinct<'a> {
    /// The index of `word`, which is a new one when the word is.
    pub(crate) fn index(&mut self, word: &'a str) -> usize {
        *self.indexes.entry(word).or_insert_with(|| {
            self.words.push(word);
            self.words.len() - 1
        })
    }

    /// The set of them.
    pub(crate) fn set(&self) -> Words {
        Words::new(self.words.iter().copied())
    }
}

/// The bit of a number, by its low bits.
#[inline]
fn has<const N: usize>(bits: &[u64; N], number: usize) -> bool {
    bits[number / 64 % N] >> (number % 64) & 1 != 0
}

/// Mixes the numbers of two characters.
#[inline]
fn number((first, second): (char, char)) -> usize {
    first as usize * 31 + second as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands where, found in the obvious way.
    fn plainly(words: &[&str], text: &str) -> Vec<Hit> {
        let at = |start: usize, text: &str| {
            let here = words.iter().enumerate().filter(|(_, word)| text.starts_with(**word));
            here.map(|(index, word)| Hit { word: index, start, end: start + word.len() })
                .collect::<Vec<_>>()
        };
        text.char_indices().flat_map(|(start, _)| at(start, &text[start..])).collect()
    }

    #[test]
    fn every_place_of_every_word_is_found() {
        let words = ["收到", "共收到", "因", "到", "收到申请", "申", "𠮷申", "a", "ab"];
        for text in ["", "全年共收到申请3件", "因收到到收到", "申𠮷申aab", "收", "共收"]
        {
            let mut found = Vec::new();
            Words::new(words).find(text, &mut found);
            let mut expected = plainly(&words, text);
            let key = |hit: &Hit| (hit.start, hit.word);
            found.sort_by_key(key);
            expected.sort_by_key(key);
            assert_eq!(found, expected, "{text}");
        }
    }
}
