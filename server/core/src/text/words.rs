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
    /// What follows the first two characters of each, one behind the other.
    rests: String,
}

/// The first two characters of words; both are 0 where no pair stands.
#[derive(Debug, Clone, Default)]
struct Pair {
    of: (u32, u32),
    words: Range<u32>,
    /// A bit for what may stand behind it; all where it is a word itself. Of the pairs that begin words few are those words.
    thirds: u32,
}

#[derive(Debug)]
struct Word {
    /// The first eight bytes of its rest, or all of them and zeros: most words are told by them, without a call to compare them.
    head: u64,
    /// Where its rest stands among all.
    rest: Range<u32>,
    index: u32,
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

/// How many entries the table of single characters has, a power of two.
const SINGLES: usize = 1 << 11;
/// How many times 64 bits there are for pairs, a power of two: so many that few pairs share one.
const PAIRS: usize = 1 << 9;
/// The same for a set of few words. A scan touches all of both, which takes longer than the scan where nothing of it is at hand.
const FEW_SINGLES: usize = 1 << 7;
const FEW_PAIRS: usize = 1 << 5;
/// So many are few.
const FEW: usize = 64;

impl Words {
    /// A set; empty words stand nowhere.
    pub(crate) fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let words: Vec<&str> = words.into_iter().collect();
        let is_few = words.len() <= FEW;
        let mut single = vec![0; if is_few { FEW_SINGLES } else { SINGLES }];
        let mut begin = vec![0; if is_few { FEW_PAIRS } else { PAIRS }];
        let mut singles: Vec<(u32, usize, u16)> = Vec::new();
        let mut all: Vec<((u32, u32), &str, usize)> = Vec::new();
        for (index, word) in words.into_iter().enumerate() {
            let Some((first, behind)) = character(word.as_bytes()) else { continue };
            let Some((second, rest)) = character(behind) else {
                let at = entry(own(first), single.len());
                let entry = &mut single[at];
                singles.push((first, index, std::mem::replace(entry, singles.len() as u16 + 1)));
                continue;
            };
            all.push(((first, second), &word[word.len() - rest.len()..], index));
        }
        all.sort_unstable_by_key(|(pair, _, index)| (*pair, *index));
        let mut set = Self {
            single,
            singles,
            begin: Vec::new(),
            pairs: vec![Pair::default(); (all.len() * 2).next_power_of_two()],
            longer: Vec::with_capacity(all.len()),
            rests: String::with_capacity(all.iter().map(|(_, rest, _)| rest.len()).sum()),
        };
        for same in all.chunk_by(|a, b| a.0 == b.0) {
            let (first, second) = same[0].0;
            let number = number(own(first), second);
            let bit = bit(number, begin.len());
            begin[bit / 64] |= 1 << (bit % 64);
            let from = set.longer.len() as u32;
            let mut thirds = 0;
            for &(_, rest, index) in same {
                let start = set.rests.len() as u32;
                set.rests.push_str(rest);
                let (head, end) = (eight(rest.as_bytes()), set.rests.len() as u32);
                set.longer.push(Word { head, rest: start..end, index: index as u32 });
                let third = character(rest.as_bytes());
                thirds |= third.map_or(u32::MAX, |(third, _)| 1 << third_bit(third));
            }
            let words = from..set.longer.len() as u32;
            let slot = set.slot((first, second), number);
            set.pairs[slot] = Pair { of: (first, second), words, thirds };
        }
        set.begin = begin;
        set
    }

    /// Calls `each` with every place in `text` where a word stands, overlapping ones too, by start.
    pub(crate) fn each(&self, text: &str, each: impl FnMut(Hit)) {
        if self.single.len() == FEW_SINGLES {
            self.scan::<FEW_SINGLES, FEW_PAIRS>(text, each);
        } else {
            self.scan::<SINGLES, PAIRS>(text, each);
        }
    }

    /// [`Words::each`] with tables of a known size, so that no look at them has to be checked.
    fn scan<const S: usize, const P: usize>(&self, text: &str, mut each: impl FnMut(Hit)) {
        let single = <&[u16; S]>::try_from(&*self.single);
        let begin = <&[u64; P]>::try_from(&*self.begin);
        let (Ok(single), Ok(begin)) = (single, begin) else { return };
        // From the next character on.
        let mut rest = text.as_bytes();
        // The character before, and its number.
        let (mut first, mut before) = (0, 0);
        while let Some((second, behind)) = character(rest) {
            let pair = number(before, second);
            // Most pairs begin nothing, and most characters are no word.
            if has(begin, bit(pair, P)) {
                let pair = &self.pairs[self.slot((first, second), pair)];
                let third = character(behind).map_or(0, |(third, _)| third);
                if pair.thirds >> third_bit(third) & 1 != 0 {
                    self.longer(pair, behind, |word, more| {
                        let end = text.len() - behind.len();
                        let start = end - length(first) - length(second);
                        each(Hit { word, start, end: end + more });
                    });
                }
            }
            let own = own(second);
            let mut only = single[entry(own, S)];
            while let Some(&(of, word, further)) =
                self.singles.get(usize::from(only).wrapping_sub(1))
            {
                if of == second {
                    let end = text.len() - behind.len();
                    each(Hit { word, start: end - length(second), end });
                }
                only = further;
            }
            (first, before, rest) = (second, own, behind);
        }
    }

    /// Calls `each` with the words of a pair that go on with `behind`, and how many bytes of it they have.
    #[inline(never)]
    fn longer(&self, pair: &Pair, behind: &[u8], mut each: impl FnMut(usize, usize)) {
        let ahead = eight(behind);
        for word in &self.longer[pair.words.start as usize..pair.words.end as usize] {
            let len = word.rest.len();
            let others = u64::BITS - 8 * len.min(8) as u32;
            let begins = (ahead ^ word.head).unbounded_shl(others) == 0;
            let rest = || &self.rests.as_bytes()[word.rest.start as usize..word.rest.end as usize];
            if begins && (len <= 8 || behind.starts_with(rest())) {
                each(word.index as usize, len);
            }
        }
    }

    /// Adds every place in `text` where a word stands to `hits`.
    pub(crate) fn find(&self, text: &str, hits: &mut Vec<Hit>) {
        self.each(text, |hit| hits.push(hit));
    }

    /// Does one of the words stand in `text`?
    pub(crate) fn stand_in(&self, text: &str) -> bool {
        let mut stands = false;
        self.each(text, |_| stands = true);
        stands
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

/// The first character as its bytes, the first one lowest, and what stands behind it; `None` at the end. No code point is made of them: that would take
/// as long as all that is asked of it.
#[inline]
fn character(rest: &[u8]) -> Option<(u32, &[u8])> {
    let four = match rest.first_chunk() {
        Some(four) => u32::from_le_bytes(*four),
        None if rest.is_empty() => return None,
        None => tail(rest),
    };
    // Nearly all characters are Chinese, and take three.
    if four & 0xf0 == 0xe0 {
        Some((four & 0xff_ffff, rest.get(3..)?))
    } else if four & 0x80 == 0 {
        Some((four & 0xff, rest.get(1..)?))
    } else if four & 0xe0 == 0xc0 {
        Some((four & 0xffff, rest.get(2..)?))
    } else {
        Some((four, rest.get(4..)?))
    }
}

/// The last bytes of a text, fewer than four.
#[cold]
fn tail(rest: &[u8]) -> u32 {
    rest.iter().rev().fold(0, |all, byte| all << 8 | u32::from(*byte))
}

/// The first eight bytes, the first one lowest, with zeros behind the last.
#[inline]
fn eight(rest: &[u8]) -> u64 {
    match rest.first_chunk() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => rest.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte)),
    }
}

/// How many bytes a character has.
fn length(character: u32) -> usize {
    (u32::BITS - character.leading_zeros()).div_ceil(8).max(1) as usize
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

/// The bit of a character behind a pair.
#[inline]
fn third_bit(character: u32) -> u32 {
    own(character) >> (u32::BITS - 5)
}

/// The entry of a character among so many single ones.
#[inline]
fn entry(own: u32, singles: usize) -> usize {
    (own >> (u32::BITS - singles.trailing_zeros())) as usize
}

/// The bit of a pair among so many times 64.
#[inline]
fn bit(number: u32, pairs: usize) -> usize {
    (number >> (u32::BITS - (pairs * 64).trailing_zeros())) as usize
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
        let few = ["收到", "共收到", "因", "到", "收到政府信息申请", "申", "𠮷申", "a", "ab"];
        let others: Vec<_> = (0..FEW).map(|at| format!("办{at}")).collect();
        let many: Vec<_> = few.into_iter().chain(others.iter().map(String::as_str)).collect();
        for words in [&few[..], &many] {
            every_place_is_found(words);
        }
    }

    fn every_place_is_found(words: &[&str]) {
        for text in [
            "",
            "全年共收到政府信息申请3件，收到政府信息申",
            "因收到到收到",
            "申𠮷申aab",
            "收",
            "共收",
            "é到é收到ab𠮷",
            "办理办31件",
        ] {
            let mut found = Vec::new();
            Words::new(words.iter().copied()).find(text, &mut found);
            let mut expected = plainly(words, text);
            let key = |hit: &Hit| (hit.start, hit.word);
            found.sort_by_key(key);
            expected.sort_by_key(key);
            assert_eq!(found, expected, "{text}");
            let stands = Words::new(words.iter().copied()).stand_in(text);
            assert_eq!(stands, !expected.is_empty(), "{text}");
        }
    }
}
