//! What the words of a report are, for colouring: headings, labels, figures, totals, claims, citations.

use std::ops::Range;

use super::relations::total;
use crate::form::CellIndex;
use crate::references::{References, document_numbers, quoted_titles};
use crate::report::{BoundTable, Part, Place, Value};
use crate::rules::Directive;
use crate::snapshot::ReportView;
use crate::text::TextRange;

/// A stretch of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// In bytes of the document; never over a line break, never overlapping another one.
    pub range: Range<usize>,
    /// What it is.
    pub kind: TokenKind,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TokenKind {
    /// A report's title.
    Title,
    /// A section's heading.
    Section,
    /// A label of a row or a column, or a table's remark.
    Label,
    /// A figure.
    Value,
    /// A figure that others should add up to.
    Total,
    /// The figure of a claim in the prose.
    Claim,
    /// A title between 《》, a document's number.
    Citation,
    /// A suppression.
    Comment,
}

/// The tokens of a report's parts that `range` (bytes of the document) meets, in the order of the text.
pub fn tokens(report: ReportView<'_>, range: &Range<usize>) -> Vec<Token> {
    let mut tokens = Vec::new();
    for (at, part) in report.report.parts.iter().enumerate() {
        let own = report.part(at);
        if own.start <= range.end && range.start <= own.end {
            of_part(report, at, part, &mut tokens);
        }
    }
    tokens.retain(|token| token.range.start < range.end && range.start < token.range.end);
    tokens
}

fn of_part(report: ReportView<'_>, at: usize, part: &Part, tokens: &mut Vec<Token>) {
    let text = report.text(at);
    let mut found: Vec<(TextRange, TokenKind)> = Vec::new();
    let title = report.report.head.title.iter().filter(|title| title.place.part() == at);
    found.extend(title.map(|title| (title.place.range, TokenKind::Title)));
    found.extend(part.heading.iter().map(|heading| (heading.range, TokenKind::Section)));
    part.tables.iter().for_each(|table| of_table(table, &mut found));
    let claims = part.claims.iter().filter(|claim| !claim.is_loose);
    found.extend(claims.map(|claim| (claim.number, TokenKind::Claim)));
    of_words(text, &report.snapshot().dictionary().references, &mut found);
    // Of two that overlap the one that begins first is kept, and of two that begin together the longer one.
    found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    for (range, kind) in found {
        if range.start >= end && !range.is_empty() {
            end = range.end;
            for line in lines(text, range) {
                let range = report.range(Place::new(at, line));
                tokens.push(Token { range, kind });
            }
        }
    }
}

fn of_table(table: &BoundTable, found: &mut Vec<(TextRange, TokenKind)>) {
    let headers = table.headers.iter().flat_map(|header| &header.labels);
    let labels = headers.chain(table.rows.iter().flat_map(|row| &row.labels));
    found.extend(labels.map(|label| (label.range, TokenKind::Label)));
    found.extend(table.note.map(|note| (note, TokenKind::Label)));
    let totals = totals(table);
    let cells = table.cells.iter().enumerate();
    found.extend(cells.filter_map(|(index, cell)| {
        let cell = cell.as_ref().filter(|cell| matches!(cell.value, Value::Number(..)))?;
        let is_total = totals.binary_search(&index).is_ok();
        Some((cell.range, if is_total { TokenKind::Total } else { TokenKind::Value }))
    }));
    // Figures whose column is not known are figures all the same.
    let rows = table.rows.iter().flat_map(|row| &row.values);
    let loose = rows.filter(|cell| matches!(cell.value, Value::Number(..)));
    found.extend(loose.map(|cell| (cell.range, TokenKind::Value)));
}

/// The cells that others should add up to, ascending.
fn totals(table: &BoundTable) -> Vec<CellIndex> {
    let relations = table.form.relations.iter().filter(|it| it.table == table.table);
    let totals = relations.flat_map(|relation| {
        relation.instances.iter().filter_map(move |it| Some(total(relation, it)?.0))
    });
    let mut totals: Vec<CellIndex> = totals.collect();
    totals.sort_unstable();
    totals
}

fn of_words(text: &str, references: &References, found: &mut Vec<(TextRange, TokenKind)>) {
    found.extend(quoted_titles(text).map(|it| (TextRange::from(it.range), TokenKind::Citation)));
    found.extend(document_numbers(text).map(|number| {
        // Before an unknown issuer the sentence may go on, and its year is the first thing that is certain.
        let known = references.start_of(&number);
        let start = known.unwrap_or(number.bracketed.start).max(number.range.start);
        (TextRange::new(start, number.range.end), TokenKind::Citation)
    }));
    for start in memchr::memmem::find_iter(text.as_bytes(), "<!--") {
        let line = text[start..].split(['\n', '\r']).next().unwrap_or("").trim_end();
        if Directive::read(line).is_some() {
            found.push((TextRange::new(start, start + line.len()), TokenKind::Comment));
        }
    }
}

/// The lines of a stretch, without blanks around them.
fn lines(text: &str, range: TextRange) -> impl Iterator<Item = TextRange> {
    let words = text.get(range.to_range()).unwrap_or("");
    words.split(['\n', '\r']).filter_map(move |line| {
        let inner = line.trim();
        let start = inner.as_ptr() as usize - words.as_ptr() as usize;
        let start = range.start as usize + start;
        (!inner.is_empty()).then(|| TextRange::new(start, start + inner.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::testing::{changed, snapshot, words};

    fn shown(text: &str, range: Range<usize>) -> Vec<(TokenKind, String)> {
        let snapshot = snapshot(text);
        let tokens = snapshot.reports().flat_map(|report| tokens(report, &range));
        let tokens: Vec<Token> = tokens.collect();
        for pair in tokens.windows(2) {
            assert!(pair[0].range.end <= pair[1].range.start, "{pair:?}");
        }
        tokens.iter().map(|token| (token.kind, words(&snapshot, &token.range))).collect()
    }

    #[test]
    fn every_kind_of_word_has_its_token() {
        let text = changed(&[
            (
                "（三）政府信息管理。",
                "收到政府信息公开申请8件，依据《某某办法》（青政办发〔2020〕5号）。\n（三）政府信息管理。",
            ),
            ("（一）予以公开 | 0 |", "（一）予以公开 | 61 |"),
            ("（七）总计 | 0 |", "（七）总计 | 62 |"),
            ("三、收到", "<!-- gouji-ignore table-cell-blank: 理由 -->\n三、收到"),
        ]);
        let found = shown(&text, 0..text.len());
        for (kind, words) in [
            (TokenKind::Section, "一、总体情况"),
            (TokenKind::Label, "（一）予以公开"),
            (TokenKind::Label, "自然人"),
            (TokenKind::Value, "61"),
            (TokenKind::Total, "62"),
            (TokenKind::Claim, "8"),
            (TokenKind::Citation, "《某某办法》"),
            (TokenKind::Citation, "〔2020〕5号"),
            (TokenKind::Citation, "国务院令第711号"),
            (TokenKind::Comment, "<!-- gouji-ignore table-cell-blank: 理由 -->"),
        ] {
            assert!(found.contains(&(kind, words.to_owned())), "{kind:?} {words}: {found:?}");
        }
        assert_eq!(found[0].0, TokenKind::Title, "{found:?}");
    }

    #[test]
    fn a_label_over_two_lines_is_two_tokens() {
        let text = changed(&[("结果维持", "结果\n维持")]);
        let found = shown(&text, 0..text.len());
        for words in ["结果", "维持"] {
            assert!(found.contains(&(TokenKind::Label, words.to_owned())), "{words}: {found:?}");
        }
    }

    #[test]
    fn a_range_has_its_tokens_alone() {
        let text = changed(&[("规章 | 0 | 0 | 0 |", "规章 | 12 | 34 | 56 |")]);
        let at = text.find("34").expect("there");
        assert_eq!(shown(&text, at..at + 1), [(TokenKind::Value, "34".to_owned())]);
    }
}
