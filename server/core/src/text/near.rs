//! The words around a place, up to the length of the longest sentence. A line may be a list of ten thousand items without a full stop; if each looked back
//! to the beginning, that would take quadratic time.

/// Bytes of the longest sentence.
const LONGEST: usize = 3000;

/// What stands behind the last of `ends` in `before`.
pub(crate) fn behind_last<'t>(before: &'t str, ends: &[char]) -> &'t str {
    let near = (before.len().saturating_sub(LONGEST)..before.len())
        .find_map(|from| before.get(from..))
        .unwrap_or(before);
    near.rsplit(ends).next().unwrap_or("")
}

/// What stands before the first of `ends` in `behind`.
pub(crate) fn before_first<'t>(behind: &'t str, ends: &[char]) -> &'t str {
    let near = (0..=LONGEST.min(behind.len())).rev().find_map(|to| behind.get(..to));
    near.unwrap_or(behind).split(ends).next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_end_counts() {
        assert_eq!(behind_last("收到。答复，办结", &['。', '，']), "办结");
        assert_eq!(before_first("收到。答复，办结", &['，']), "收到。答复");
        for words in ["", "收到", "𠮷"] {
            assert_eq!((behind_last(words, &['。']), before_first(words, &['。'])), (words, words));
        }
    }

    #[test]
    fn a_list_without_an_end_is_read_as_far_as_a_sentence_goes() {
        let list = "𠮷公开".repeat(LONGEST);
        for found in [behind_last(&list, &['。']), before_first(&list, &['。'])] {
            assert!(LONGEST - found.len() < 4, "{}", found.len());
        }
    }
}
