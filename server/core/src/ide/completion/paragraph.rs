//! In a section whose words the form divides into named paragraphs: those that are missing. （二）依申请公开。

use super::cursor::{Cursor, Here};
use super::{Completion, CompletionKind, Stop};
use crate::form::skeleton::filled;
use crate::report::fold;

/// Ends the name of a paragraph.
const END: char = '。';

/// A paragraph of the form.
struct Named<'t> {
    /// With its ordinal: （二）依申请公开.
    name: &'t str,
    /// All of it.
    text: &'t str,
}

/// The paragraphs that are missing between those around the cursor and begin with what is written; on an empty line only when they are asked for.
pub(super) fn complete(cursor: &Cursor<'_>) -> Vec<Completion> {
    let report = cursor.spot.report.report;
    let heading = report.parts.get(cursor.spot.part).and_then(|part| part.heading.as_ref());
    let Some((heading, section)) = heading.and_then(|it| Some((it, it.section?))) else {
        return Vec::new();
    };
    let is_heading = cursor.line.start <= heading.range.start as usize;
    let typed = cursor.typed();
    if is_heading || !cursor.ends_line() || (typed.is_empty() && !cursor.situation.invoked) {
        return Vec::new();
    }
    let head = &report.head;
    let agency = head.agency.as_ref().map_or("", |agency| &agency.text);
    let template = filled(&cursor.form().sections[section].template, agency, head.year);
    let named: Vec<Named<'_>> = template.lines().filter_map(Named::of).collect();
    if !named.iter().any(|it| it.begins_with(typed)) {
        return Vec::new();
    }
    let last_above = named.iter().rposition(|it| it.is_in(&cursor.text[..cursor.line.start]));
    let first_below = named.iter().position(|it| it.is_in(&cursor.text[cursor.line.end..]));
    let due = last_above.map_or(0, |at| at + 1)..first_below.unwrap_or(named.len());
    let due = named.get(due).unwrap_or_default().iter();
    due.filter(|it| it.begins_with(typed)).map(|it| it.offer(cursor)).collect()
}

impl<'t> Named<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let (name, _) = text.starts_with('（').then(|| text.split_once(END))??;
        Some(Self { name, text })
    }

    /// The name without its ordinal.
    fn words(&self) -> &'t str {
        self.name.split_once('）').map_or(self.name, |(_, words)| words)
    }

    fn is_in(&self, text: &str) -> bool {
        let (name, words) = (fold(self.name), fold(self.words()));
        text.lines().map(fold).any(|line| line.starts_with(&name) || line.starts_with(&words))
    }

    fn begins_with(&self, typed: &str) -> bool {
        let folded = fold(typed);
        if folded.is_empty() || typed.contains(END) {
            return matches!(typed, "" | "（" | "(");
        }
        fold(self.name).starts_with(&folded) || fold(self.words()).starts_with(&folded)
    }

    fn offer(&self, line: &Here<'_>) -> Completion {
        let sides = (line.typed().len(), line.behind().len());
        let mut offer = line.offer(CompletionKind::Phrase, self.name, sides, self.text.to_owned());
        let words = self.name.len() + END.len_utf8();
        offer.stops.push(Stop { range: words..self.text.len(), group: 0 });
        "插入名称和示例文字".clone_into(&mut offer.detail);
        offer
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{accepted, first, listed, offers, quiet};
    use crate::ide::testing::changed;

    /// The report without the paragraphs from （二） to （四）, with `line` in their place.
    fn report(line: &str) -> String {
        let text = changed(&[]);
        let (start, end) =
            (text.find("（二）依").expect("there"), text.find("（五）监").expect("there"));
        format!("{}{line}{}", &text[..start], &text[end..])
    }

    #[test]
    fn what_is_missing_comes_in_its_order() {
        let names: Vec<String> = offers(&report("$0\n")).into_iter().map(|it| it.label).collect();
        assert_eq!(names, ["（二）依申请公开", "（三）政府信息管理", "（四）政府信息公开平台建设"]);
        let text = report("$0\n（三）政府信息管理。已落实。\n");
        assert_eq!(listed(&text), ["（二）依申请公开 插入名称和示例文字"]);
        assert!(quiet(&report("$0\n")).is_empty());
    }

    #[test]
    fn a_paragraph_follows_from_its_beginning() {
        let start = changed(&[]);
        let start = start.find("（二）依").expect("there");
        let own = changed(&[])[start..].lines().next().expect("a line").to_owned();
        for typed in ["（", "(", "（二", "(二)依", "依申请"] {
            let text = report(&format!("{typed}$0\n"));
            assert_eq!(quiet(&text)[0], "（二）依申请公开", "{typed}");
            assert_eq!(accepted(&text, "（二）依申请公开"), report(&format!("{own}\n")), "{typed}");
        }
        let offer = first(&report("$0\n"));
        let body = &offer.text[offer.stops[0].range.clone()];
        assert!(own.ends_with(body) && own.starts_with(&format!("（二）依申请公开。{body}")));
    }

    #[test]
    fn other_words_begin_none() {
        for line in ["全年$0\n", "“$0\n", "（二）依申请公开。$0\n", "收到（$0）\n"]
        {
            assert!(quiet(&report(line)).is_empty(), "{line}: {:?}", quiet(&report(line)));
        }
    }
}
