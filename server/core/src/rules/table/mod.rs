//! Whether the tables of the form are there, whole, and filled with plain numbers. A table whose text is damaged is said to be so once, and no
//! other rule of this group speaks of it.

mod cell_blank;
mod cell_fullwidth_digit;
mod cell_han_number;
mod cell_line_break;
mod cell_not_integer;
mod cell_not_number;
mod cell_thousand_separator;
mod cell_unit_suffix;
mod column_missing;
mod common;
mod duplicate;
mod fee_unit_caption_missing;
mod header_misaligned;
mod legacy_form;
mod missing;
mod note_altered;
mod note_missing;
mod review_column_group_missing;
mod row_duplicate;
mod row_label_nonstandard;
mod row_missing;
mod row_order;
mod row_shifted;
mod row_unknown;
mod row_width;
mod unreadable;

pub(super) use cell_blank::TABLE_CELL_BLANK;
pub(super) use cell_fullwidth_digit::TABLE_CELL_FULLWIDTH_DIGIT;
pub(super) use cell_han_number::TABLE_CELL_HAN_NUMBER;
pub(super) use cell_line_break::TABLE_CELL_LINE_BREAK;
pub(super) use cell_not_integer::TABLE_CELL_NOT_INTEGER;
pub(super) use cell_not_number::TABLE_CELL_NOT_NUMBER;
pub(super) use cell_thousand_separator::TABLE_CELL_THOUSAND_SEPARATOR;
pub(super) use cell_unit_suffix::TABLE_CELL_UNIT_SUFFIX;
pub(super) use column_missing::TABLE_COLUMN_MISSING;
pub(crate) use common::{Pattern, beside as layout_beside, forced_values};
pub(super) use duplicate::TABLE_DUPLICATE;
pub(super) use fee_unit_caption_missing::FEE_UNIT_CAPTION_MISSING;
pub(super) use header_misaligned::TABLE_HEADER_MISALIGNED;
pub(super) use legacy_form::TABLE_LEGACY_FORM;
pub(super) use missing::TABLE_MISSING;
pub(super) use note_altered::TABLE_NOTE_ALTERED;
pub(super) use note_missing::TABLE_NOTE_MISSING;
pub(super) use review_column_group_missing::REVIEW_COLUMN_GROUP_MISSING;
pub(super) use row_duplicate::TABLE_ROW_DUPLICATE;
pub(super) use row_label_nonstandard::TABLE_ROW_LABEL_NONSTANDARD;
pub(super) use row_missing::TABLE_ROW_MISSING;
pub(super) use row_order::TABLE_ROW_ORDER;
pub(super) use row_shifted::TABLE_ROW_SHIFTED;
pub(super) use row_unknown::TABLE_ROW_UNKNOWN;
pub(super) use row_width::TABLE_ROW_WIDTH;
pub(super) use unreadable::TABLE_UNREADABLE;

#[cfg(test)]
#[allow(clippy::disallowed_types, clippy::disallowed_macros, clippy::disallowed_methods)] // a test reads files, and says what it skips
mod tests {
    use std::collections::BTreeMap;

    use gouji_generator::{Layout, Options, Random, Report, Script, render};
    use unicode_normalization::UnicodeNormalization;

    use super::common::fixtures::table_hits;
    use crate::rules::Applicability;
    use crate::rules::testing::{Hit, apply_edits};

    /// Reports of the samples beside the repository; none where it stands alone.
    fn samples() -> Vec<(String, String)> {
        let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
        let shared = std::env::var("GOUJI_SHARED").unwrap_or_else(|_| beside.to_owned());
        let Ok(folder) = std::fs::read_dir(format!("{shared}/seeds")) else {
            println!("no samples at {shared}: nothing read");
            return Vec::new();
        };
        let texts =
            folder.flatten().filter(|file| file.path().extension().is_some_and(|it| it == "txt"));
        let name = |file: &std::fs::DirEntry| file.file_name().to_string_lossy().into_owned();
        let mut texts: Vec<_> = texts
            .filter_map(|file| Some((name(&file), std::fs::read_to_string(file.path()).ok()?)))
            .collect();
        texts.sort();
        texts
    }

    fn generated(
        seeds: std::ops::Range<u64>,
        adjust: impl Fn(&mut Options),
    ) -> Vec<(String, String)> {
        let mut texts = Vec::new();
        for seed in seeds {
            let mut options = Options::random(&mut Random::new(seed));
            adjust(&mut options);
            let report = Report::random(seed, &options);
            let texts_of = Layout::READABLE.iter().map(|&layout| {
                (format!("seed {seed}, {}", layout.name()), render(&report, layout))
            });
            texts.extend(texts_of);
        }
        texts
    }

    fn digits(text: &str) -> String {
        text.nfkc().filter(char::is_ascii_digit).collect()
    }

    fn counts(hits: &[Hit]) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for hit in hits {
            *counts.entry(hit.rule.as_str()).or_default() += 1;
        }
        counts
    }

    /// The text after all safe fixes that do not overlap, the earlier winning.
    fn fixed(text: &str, hits: &[Hit]) -> String {
        let mut edits: Vec<_> = Vec::new();
        for hit in hits {
            for fix in hit.fixes.iter().filter(|fix| fix.applicability == Applicability::Safe) {
                let meets = |(range, _): &(std::ops::Range<usize>, String)| {
                    edits.iter().any(|(it, _): &(std::ops::Range<usize>, String)| {
                        range.start < it.end && it.start < range.end
                    })
                };
                if !fix.edits.iter().any(meets) {
                    edits.extend(fix.edits.clone());
                }
            }
        }
        apply_edits(text, &edits)
    }

    #[test]
    fn a_clean_report_is_silent_in_every_layout() {
        let texts = generated(0..4, |options| {
            options.blanks = false;
            options.variants = false;
            options.half_width = false;
            options.script = Script::Simplified;
        });
        for (name, text) in texts {
            assert_eq!(table_hits(&text), [], "{name}:\n{text}");
        }
    }

    #[test]
    fn safe_fixes_change_no_figure_and_bring_no_finding() {
        let mut applied = 0;
        for (name, mut text) in samples().into_iter().chain(generated(0..6, |_| {})) {
            let mut hits = table_hits(&text);
            for _ in 0..10 {
                let next = fixed(&text, &hits);
                if next == text {
                    break;
                }
                applied += 1;
                assert_eq!(digits(&next), digits(&text), "{name}");
                let found = table_hits(&next);
                for (rule, count) in counts(&found) {
                    let before = counts(&hits).get(rule).copied().unwrap_or(0);
                    assert!(count <= before, "{name}: {rule} {before} → {count}\n{next}");
                }
                (text, hits) = (next, found);
            }
            assert_eq!(fixed(&text, &hits), text, "{name}: a second run changes nothing");
        }
        assert!(applied >= 40, "only {applied} texts were fixed");
    }

    #[test]
    fn the_samples_show_what_is_known_of_them() {
        const KNOWN: [(&str, &[(&str, usize)]); 5] = [
            ("000", &[("table-row-label-nonstandard", 23), ("table-cell-blank", 88)]),
            ("001", &[]),
            (
                "002",
                &[
                    ("table-header-misaligned", 38),
                    ("table-row-label-nonstandard", 43),
                    ("table-row-shifted", 60),
                    ("table-cell-line-break", 70),
                ],
            ),
            (
                "003",
                &[
                    ("table-column-missing", 52),
                    ("table-row-label-nonstandard", 57),
                    ("table-row-width", 59),
                    ("table-cell-line-break", 84),
                ],
            ),
            ("004", &[("table-row-label-nonstandard", 18), ("table-row-label-nonstandard", 95)]),
        ];
        for (name, text) in samples() {
            let Some((_, known)) = KNOWN.iter().find(|(number, _)| name.starts_with(number)) else {
                continue;
            };
            let line = |hit: &Hit| text[..hit.range.start].matches('\n').count() + 1;
            let hits = table_hits(&text);
            let found: Vec<_> = hits.iter().map(|hit| (hit.rule.as_str(), line(hit))).collect();
            assert_eq!(found, *known, "{name}");
        }
    }
}
