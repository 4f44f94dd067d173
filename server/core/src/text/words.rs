//! A set of words, and every place where one of them stands.
//!
//! An automaton reads Chinese byte by byte and three bytes in four lead nowhere. Here a character that begins no word costs one look at a bit, and
//! another one look for its pair; the set is ready a hundred times sooner too, which a program that reads one file feels.

use rustc_hash::FxHashMap;

/// Words to look for.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// A bit for the first character of each word, by the low bits of its number.
    first: Vec<u64>,
    /// A bit for the first two characters of each word, and one for each word of one character.
    begin: Vec<u64>,
    /// By the first two characters (the second is NUL in a word of one), the words that begin so.
    pairs: FxHashMap<(char, char), Vec<Word>>,
}

#[derive(Debug)]
struct Word {
    text: Box<str>,
    index: usize,
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

/// Bits of a character's number that choose its bit.
const BITS: usize = 4096;

impl Words {
    /// A set; empty words stand nowhere.
    pub(crate) fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let bits = || vec![0; BITS / 64];
        let mut set = Self { first: bits(), begin: bits(), pairs: FxHashMap::default() };
        for (index, word) in words.into_iter().enumerate() {
            let mut chars = word.chars();
            let Some(first) = chars.next() else { continue };
            let pair = (first, chars.next().unwrap_or('\0'));
            for (bits, bit) in [(&mut set.first, first as usize), (&mut set.begin, bit_of(pair))] {
                bits[bit % BITS / 64] |= 1 << (bit % 64);
            }
            set.pairs.entry(pair).or_default().push(Word { text: word.into(), index });
        }
        set
    }

    /// Calls `each` with every place in `text` where a word stands, overlapping ones too, by start.
    pub(crate) fn each(&self, text: &str, mut each: impl FnMut(Hit)) {
        if self.pairs.is_empty() {
            return;
        }
        let has = |bits: &[u64], bit: usize| bits[bit % BITS / 64] & (1 << (bit % 64)) != 0;
        let mut chars = text.char_indices();
        while let Some((start, first)) = chars.next() {
            if !has(&self.first, first as usize) {
                continue;
            }
            let second = chars.as_str().chars().next();
            for second in [Some('\0'), second].into_iter().flatten() {
                let pair = (first, second);
                if !has(&self.begin, bit_of(pair)) {
                    continue;
                }
                for word in self.pairs.get(&pair).map_or(&[][..], Vec::as_slice) {
                    if text[start..].starts_with(&*word.text) {
                        each(Hit { word: word.index, start, end: start + word.text.len() });
                    }
                }
            }
        }
    }

    /// Adds every place in `text` where a word stands to `hits`.
    pub(crate) fn find(&self, text: &str, hits: &mut Vec<Hit>) {
        self.each(text, |hit| hits.push(hit));
    }
}

/// Mixes the numbers of two characters.
fn bit_of((first, second): (char, char)) -> usize {
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
