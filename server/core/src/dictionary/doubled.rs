//! Doubled hedges: 近300余条 says twice that the figure is rough.

use std::ops::Range;

use serde::Deserialize;

/// The hedges that may stand around one figure, of which one is enough.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Doubled {
    /// Hedges before the figure: 近300余条.
    pub before: Vec<String>,
    /// Hedges right behind the figure: 300余.
    pub after: Vec<String>,
    /// Hedges behind its unit: 约20人左右.
    pub behind: Vec<String>,
    /// What may belong to the figure: 1.2万多.
    pub number: Vec<String>,
    /// What may stand between it and [`Doubled::behind`].
    pub unit: Vec<String>,
    /// Characters that make another word of the one before the figure: 签约30余家.
    pub other: Vec<String>,
    /// What makes the figure a time: 近3年多.
    pub time: Vec<String>,
}

impl Doubled {
    /// The two words around the figure at `range` of the line, when both are there.
    pub fn around(&self, line: &str, range: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
        let head = line[..range.start].trim_end();
        let ending = |words: &[String], text: &str| {
            let lengths =
                words.iter().filter(|word| text.ends_with(word.as_str())).map(String::len);
            lengths.max()
        };
        let start = head.len() - ending(&self.before, head)?;
        if ending(&self.other, &line[..start]).is_some() {
            return None;
        }
        let late = self.late(line, range.end)?;
        let is_time = self.time.iter().any(|word| {
            line[late.end..].starts_with(word.as_str())
                || line[range.end..].starts_with(word.as_str())
        });
        (!is_time).then_some((start..head.len(), late))
    }

    /// The word behind the figure that ends at `end`, or behind its unit.
    fn late(&self, line: &str, end: usize) -> Option<Range<usize>> {
        let behind = |start: usize, words: &[String]| {
            let own = words.iter().filter(|word| line[start..].starts_with(word.as_str()));
            own.map(|word| start + word.len()).max()
        };
        let number = behind(end, &self.number).unwrap_or(end);
        let unit = behind(number, &self.unit).unwrap_or(number);
        let at = |start: usize, words: &[String]| Some(start..behind(start, words)?);
        at(number, &self.after)
            .or_else(|| at(number, &self.behind))
            .or_else(|| at(unit, &self.behind))
    }
}
