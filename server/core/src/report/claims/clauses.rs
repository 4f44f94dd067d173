//! Where the clauses of a line begin and end.

use std::ops::Range;

use crate::report::paragraphs::is_spelled;
use crate::report::prose::group_end;

/// Calls `each` with the clauses that hold a figure, which are few: the words between two commas or stops. 、 does not end a clause: it joins applicants
/// (公民、法人和其他组织). Returns whether the line holds digits of full width or counts in words, which are no figures here.
pub(super) fn clauses(words: &str, mut each: impl FnMut(Range<usize>)) -> bool {
    let bytes = words.as_bytes();
    let (mut start, mut at, mut has_figure) = (0, 0, false);
    let mut has_others = false;
    while let Some(&byte) = bytes.get(at) {
        let len = match byte {
            b',' | 0xef if is_in_figure(words, at) => {
                at += if byte == b',' { 1 } else { 3 };
                continue;
            }
            b',' | b';' | b':' | b'(' | b')' => 1,
            0xe3 | 0xef if is_stop(&bytes[at..]) => 3,
            0..=0x7f => {
                has_figure |= byte.is_ascii_digit();
                at += 1;
                continue;
            }
            0x80..=0xdf => {
                at += 2;
                continue;
            }
            0xef => {
                has_others |= matches!(bytes[at..], [_, 0xbc, 0x90..=0x99, ..]);
                at += 3;
                continue;
            }
            // 件, 份, 宗 or 起 may be counted in words. Looked at by bytes, since every character comes by here.
            0xe4 | 0xe5 | 0xe8 => {
                let is_counter = matches!(
                    (byte, bytes.get(at + 1), bytes.get(at + 2)),
                    (0xe4, Some(0xbb), Some(0xb6 | 0xbd))
                        | (0xe5, Some(0xae), Some(0x97))
                        | (0xe8, Some(0xb5), Some(0xb7))
                );
                has_others = has_others || (is_counter && is_spelled(words, at));
                at += 3;
                continue;
            }
            0xe0..=0xee => {
                at += 3;
                continue;
            }
            _ => {
                at += 4;
                continue;
            }
        };
        if std::mem::take(&mut has_figure) {
            each(start..at);
        }
        at += len;
        start = at;
    }
    if has_figure {
        each(start..bytes.len());
    }
    has_others
}

/// Whether the comma at `at` stands before three digits of a figure: 5,620.
fn is_in_figure(words: &str, at: usize) -> bool {
    words[..at].ends_with(|c: char| c.is_ascii_digit()) && group_end(words, at).is_some()
}

/// Does 。！（），：；or ？ begin here?
fn is_stop(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0xe3, 0x80, 0x82, ..] | [0xef, 0xbc, 0x81 | 0x88 | 0x89 | 0x8c | 0x9a | 0x9b | 0x9f, ..]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_with_figures_are_those_between_marks() {
        let line =
            "全年（2025年）收到公民、法人申请1,024件，无上年结转；办结5，620件。共收费3元: 附2件";
        let mut found = Vec::new();
        clauses(line, |range| found.push(&line[range]));
        let expected =
            ["2025年", "收到公民、法人申请1,024件", "办结5，620件", "共收费3元", " 附2件"];
        assert_eq!(found, expected);
    }
}
