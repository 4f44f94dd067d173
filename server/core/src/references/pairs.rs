//! Titles with the number that a text gives them: 《…条例》（国务院令第711号）.

use super::scan::{DocumentNumber, QuotedTitle, document_numbers, quoted_titles};

/// A title and the numbers in the brackets behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation<'t> {
    /// The title.
    pub title: QuotedTitle<'t>,
    /// Its numbers, in bytes of the text; a law that was revised may have two.
    pub numbers: Vec<DocumentNumber<'t>>,
}

/// The titles of a text that have a number in the brackets right behind them.
pub fn citations(text: &str) -> impl Iterator<Item = Citation<'_>> {
    quoted_titles(text).filter_map(|title| {
        let (start, remark) = remark(text, title.range.end)?;
        let numbers: Vec<_> = document_numbers(remark).map(|number| number.moved(start)).collect();
        (!numbers.is_empty()).then_some(Citation { title, numbers })
    })
}

/// The words in the brackets that open at byte `at` of the text, and where they begin.
fn remark(text: &str, at: usize) -> Option<(usize, &str)> {
    let behind = &text[at..];
    let inner = behind.trim_start().strip_prefix(['（', '('])?;
    let end = inner.find(['）', ')', '《', '\n', '\r'])?;
    Some((text.len() - inner.len(), &inner[..end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_belongs_to_the_title_before_its_brackets() {
        let text = "《甲条例》（国务院令第711号，以下简称《条例》）、《乙》（试行）和《丙通知》(国办函〔2020〕109号)、国办函〔2018〕12号";
        let found: Vec<_> = citations(text)
            .map(|it| (it.title.title, &text[it.numbers[0].range.clone()], it.numbers.len()))
            .collect();
        assert_eq!(found, [("甲条例", "国务院令第711号", 1), ("丙通知", "国办函〔2020〕109号", 1)]);
        let text = "《甲条例》（2007年国务院令第492号公布，国务院令第711号修订）";
        let numbers = citations(text).next().map(|it| it.numbers);
        let numbers: Vec<_> = numbers.iter().flatten().map(|it| it.sequence).collect();
        assert_eq!(numbers, [492, 711]);
    }
}
