//! A set of words, and every place where one of them stands.
//!
//! An automaton reads Chinese byte by byte and three bytes in four lead nowhere. Here a character that begins no word costs one look at a bit, and
//! another one look for its pair; the set is ready a hundred times sooner too, which a program that reads one file feels.

use std::ops::Range;

use rustc_hash::FxHashMap;

/// Words to look for.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// By a character's own number, the first word of one character with it: its index in `singles` and one, 0 for none.
    single: Vec<u16>,
    /// The words of one character: the character, its index among all words, and the next one with the same number, as above.
    singles: Vec<(u32, usize, u16)>,
    /// A bit for the first two characters of each longer word.
    begin: Vec<u64>,
    /// A table of pairs, open addressing; its length is a power of two, at least twice the number of pairs.
    pairs: Vec<Pair>,
    /// Words with the same first two characters stand together.
    longer: Vec<Word>,
}

/// The first two characters of words; both are 0 where no pair stands.
#[derive(Debug, Clone, Default)]
struct Pair {
    of: (u32, u32),
    words: Range<u32>,
}

#[derive(Debug)]
struct Word {
    /// The third character; 0 where the word has two.
    third: u32,
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

/// Bits of a character's number that choose its entry among single ones.
const SINGLE_BITS: u32 = 11;
/// How many entries the table of single characters has.
const SINGLES: usize = 1 << SINGLE_BITS;
/// Bits of a pair's number that choose its bit: so many that few pairs share one.
const PAIR_BITS: u32 = 15;
/// How many bits there are for pairs.
const PAIRS: usize = 1 << PAIR_BITS;

impl Words {
    /// A set; empty words stand nowhere.
    pub(crate) fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut single = vec![0; SINGLES];
        let mut singles: Vec<(u32, usize, u16)> = Vec::new();
        let mut all: Vec<((u32, u32), &str, usize)> = Vec::new();
        for (index, word) in words.into_iter().enumerate() {
            let Some((first, len)) = character(word.as_bytes(), 0) else { continue };
            let Some((second, more)) = character(word.as_bytes(), len) else {
                let entry = &mut single[entry(own(first))];
                singles.push((first, index, std::mem::replace(entry, singles.len() as u16 + 1)));
                continue;
            };
            all.push(((first, second), &word[len + more..], index));
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
            let (first, second) = same[0].0;
            let number = number(own(first), second);
            let bit = bit(number);
            set.begin[bit / 64] |= 1 << (bit % 64);
            let from = set.longer.len() as u32;
            set.longer.extend(same.iter().map(|&(_, rest, index)| Word {
                third: character(rest.as_bytes(), 0).map_or(0, |(third, _)| third),
                rest: rest.into(),
                index,
            }));
            let slot = set.slot((first, second), number);
            set.pairs[slot] = Pair { of: (first, second), words: from..set.longer.len() as u32 };
        }
        set
    }

    /// Calls `each` with every place in `text` where a word stands, overlapping ones too, by start.
    pub(crate) fn each(&self, text: &str, mut each: impl FnMut(Hit)) {
        let single = <&[u16; SINGLES]>::try_from(&*self.single);
        let begin = <&[u64; PAIRS / 64]>::try_from(&*self.begin);
        let (Ok(single), Ok(begin)) = (single, begin) else { return };
        let bytes = text.as_bytes();
        // The character before, and its number.
        let (mut start, mut first, mut before) = (0, 0, 0);
        let mut at = 0;
        while let Some((second, len)) = character(bytes, at) {
            let behind = at + len;
            let pair = number(before, second);
            // Most pairs begin nothing, and most characters are no word.
            if has(begin, bit(pair)) {
                let third = character(bytes, behind).map_or(0, |(third, _)| third);
                for word in self.of((first, second), pair) {
                    let may_be = word.third == 0 || word.third == third;
                    if may_be && bytes[behind..].starts_with(word.rest.as_bytes()) {
                        each(Hit { word: word.index, start, end: behind + word.rest.len() });
                    }
                }
            }
            let own = own(second);
            let mut only = single[entry(own)];
            while let Some(&(of, word, further)) =
                self.singles.get(usize::from(only).wrapping_sub(1))
            {
                if of == second {
                    each(Hit { word, start: at, end: behind });
                }
                only = further;
            }
            (start, first, before, at) = (at, second, own, behind);
        }
    }

    /// Adds every place in `text` where a word stands to `hits`.
    pub(crate) fn find(&self, text: &str, hits: &mut Vec<Hit>) {
        self.each(text, |hit| hits.push(hit));
    }

    /// The words that begin with a pair.
    #[inline]
    fn of(&self, pair: (u32, u32), number: u32) -> &[Word] {
        let words = self.pairs[self.slot(pair, number)].words.clone();
        &self.longer[words.start as usize..words.end as usize]
    }

    /// Where in the table the pair stands, or would stand.
    #[inline]
    fn slot(&self, pair: (u32, u32), number: u32) -> usize {
        let mask = self.pairs.len() - 1;
        let mut slot = (number >> 8) as usize & mask;
        while self.pairs[slot].of != pair && self.pairs[slot].of != (0, 0) {
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

/// The character at byte `at` as its bytes, the first one lowest, and how many they are; `None` at the end. No code point is made of them: that would
/// take as long as all that is asked of it.
#[inline]
fn character(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    let four = match bytes.get(at..at + 4).map(<[u8; 4]>::try_from) {
        Some(Ok(four)) => u32::from_le_bytes(four),
        _ => tail(bytes.get(at..).filter(|rest| !rest.is_empty())?),
    };
    // Nearly all characters are Chinese, and take three.
    Some(if four & 0xf0 == 0xe0 {
        (four & 0xff_ffff, 3)
    } else if four & 0x80 == 0 {
        (four & 0xff, 1)
    } else if four & 0xe0 == 0xc0 {
        (four & 0xffff, 2)
    } else {
        (four, 4)
    })
}

/// The last bytes of a text, fewer than four.
#[cold]
fn tail(rest: &[u8]) -> u32 {
    rest.iter().rev().fold(0, |all, byte| all << 8 | u32::from(*byte))
}

/// The number of a character.
#[inline]
fn own(character: u32) -> u32 {
    character.wrapping_mul(0x9e37_79b1)
}

/// The number of a pair, from that of its first character. The upper bits are well mixed.
#[inline]
fn number(own: u32, second: u32) -> u32 {
    own.wrapping_add(second).wrapping_mul(0x85eb_ca6b)
}

/// The entry of a character among single ones.
#[inline]
fn entry(own: u32) -> usize {
    (own >> (u32::BITS - SINGLE_BITS)) as usize
}

/// The bit of a pair.
#[inline]
fn bit(number: u32) -> usize {
    (number >> (u32::BITS - PAIR_BITS)) as usize
}

#[inline]
fn has<const N: usize>(bits: &[u64; N], bit: usize) -> bool {
    bits[bit / 64 % N] >> (bit % 64) & 1 != 0
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
        for text in
            ["", "全年共收到申请3件", "因收到到收到", "申𠮷申aab", "收", "共收", "é到é收到ab𠮷"]
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
