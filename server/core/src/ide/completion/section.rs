//! On a line of its own, outside of tables: the next missing section with its heading and table, all that are missing, or the table of the section.

use super::cursor::Cursor;
use super::{Completion, CompletionKind};
use crate::form::skeleton::{heading, section_text, table_text};
use crate::form::{SectionIndex, shortened};
use crate::report::{Heading, fold};

/// The sections, and the section's own table.
pub(super) fn complete(cursor: &Cursor<'_>) -> Vec<Completion> {
    if !cursor.behind().trim().is_empty() || in_table(cursor) {
        return Vec::new();
    }
    let form = cursor.form();
    let Some(typed) = cursor.words() else { return Vec::new() };
    let due = due(cursor);
    let mut offers: Vec<Completion> =
        table(cursor).into_iter().filter(|_| typed.is_empty()).collect();
    let is_meant = |section: &SectionIndex| {
        let section = &form.sections[*section];
        !typed.is_empty()
            && (fold(&heading(section)).starts_with(&typed)
                || fold(&section.heading).starts_with(&typed))
    };
    if typed.is_empty() {
        offers.extend(due.first().map(|section| one(cursor, *section)));
    } else {
        offers.extend(due.iter().filter(|it| is_meant(it)).map(|section| one(cursor, *section)));
    }
    if typed.is_empty() && due.len() > 1 {
        let texts: Vec<String> = due.iter().map(|section| text_of(cursor, *section)).collect();
        let mut offer = offer(cursor, format!("其余 {} 个部分", due.len()), &texts.join("\n"));
        "各部分的标题和空表，数字为 0".clone_into(&mut offer.detail);
        offers.push(offer);
    }
    offers
}

/// The sections that are missing between the headings around the cursor.
fn due(cursor: &Cursor<'_>) -> Vec<SectionIndex> {
    let parts = &cursor.spot.report.report.parts;
    let section = |heading: &Option<Heading>| heading.as_ref().and_then(|heading| heading.section);
    let (before, behind) = parts.split_at((cursor.spot.part + 1).min(parts.len()));
    // The line of the cursor may be a heading already: then it is what is being written.
    let own = parts.get(cursor.spot.part).and_then(|part| part.heading.as_ref());
    let is_own = own.is_some_and(|heading| {
        cursor.line.start <= heading.range.start as usize
            && heading.range.start as usize <= cursor.line.end
    });
    let before = if is_own { &before[..before.len() - 1] } else { before };
    let above = before.iter().rev().find_map(|part| section(&part.heading));
    let below = behind.iter().find_map(|part| section(&part.heading));
    let there: Vec<SectionIndex> =
        before.iter().chain(behind).filter_map(|part| section(&part.heading)).collect();
    (0..cursor.form().sections.len())
        .filter(|it| !there.contains(it))
        .filter(|it| above.is_none_or(|above| above < *it) && below.is_none_or(|below| *it < below))
        .collect()
}

/// The table of the section, where none of it is there.
fn table(cursor: &Cursor<'_>) -> Option<Completion> {
    let part = cursor.spot.report.report.parts.get(cursor.spot.part)?;
    let section = part.heading.as_ref()?.section?;
    let table = cursor.form().sections.get(section)?.table?;
    let spec = cursor.form().tables.get(table)?;
    let is_there = cursor.spot.report.report.tables().any(|(_, it)| it.spec().id == spec.id);
    if is_there || cursor.line.start <= part.heading.as_ref()?.range.start as usize {
        return None;
    }
    let text = table_text(cursor.form(), table, cursor.layout());
    let mut offer = offer(cursor, spec.name.clone(), &text);
    offer.kind = CompletionKind::Table;
    "按格式插入整张表，数字为 0".clone_into(&mut offer.detail);
    Some(offer)
}

fn one(cursor: &Cursor<'_>, section: SectionIndex) -> Completion {
    let form = cursor.form();
    let name = heading(&form.sections[section]);
    let mut offer = offer(cursor, shortened(&name).into_owned(), &text_of(cursor, section));
    offer.detail = match form.sections[section].table {
        Some(_) => "插入标题和空表，数字为 0".to_owned(),
        None => "插入这一部分".to_owned(),
    };
    offer
}

fn text_of(cursor: &Cursor<'_>, section: SectionIndex) -> String {
    let report = cursor.spot.report.report;
    let agency = report.head.agency.as_ref().map_or("", |agency| &agency.text);
    let text = section_text(&report.form, section, agency, report.head.year, cursor.layout());
    match marks(cursor) {
        Some(marks) => format!("{marks}{}", text.trim_start_matches(['#', ' '])),
        None => text,
    }
}

/// The marks of the other headings: `##`, or none.
fn marks<'a>(cursor: &Cursor<'a>) -> Option<&'a str> {
    let report = cursor.spot.report;
    let headings = report.report.parts.iter().enumerate();
    let mut headings = headings.filter_map(|(at, part)| Some((at, part.heading.as_ref()?.range)));
    let (part, range) =
        headings.find(|(part, _)| *part != cursor.spot.part || cursor.line.start > 0)?;
    let text = report.text(part);
    let start = text[..range.start as usize].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let marks = &text[start..range.start as usize];
    marks.chars().all(|c| c == '#' || c == ' ').then_some(marks)
}

/// Replaces what is written of the line; parted from the text around it by blank lines.
fn offer(cursor: &Cursor<'_>, label: String, text: &str) -> Completion {
    let below = cursor.text[cursor.line.end..].trim_start_matches(['\r', '\n']);
    let follows = !below.is_empty() || cursor.spot.part + 1 < cursor.spot.report.report.parts.len();
    let is_parted = cursor.text[cursor.line.end..].replace('\r', "").starts_with("\n\n")
        || (below.is_empty() && cursor.text[cursor.line.end..].lines().count() > 1);
    let behind = if follows && !is_parted { "\n" } else { "" };
    let text = format!("{}{behind}", text.trim_end_matches('\n'));
    cursor.below(CompletionKind::Section, label, &text)
}

fn in_table(cursor: &Cursor<'_>) -> bool {
    cursor.tables().any(|table| table.range.touches(cursor.at))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{accepted, listed, offers};
    use crate::ide::testing::{changed, snapshot};

    const LITIGATION: &str = "四、政府信息公开行政复议、行政诉讼情况";

    /// The report without the section of `heading`, up to `next`.
    fn without(heading: &str, next: &str, line: &str) -> String {
        let text = changed(&[]);
        let (start, end) = (text.find(heading).expect("there"), text.find(next).expect("there"));
        format!("{}{line}{}", &text[..start], &text[end..])
    }

    #[test]
    fn the_next_missing_section_comes_with_its_table() {
        let text = without("四、政府信息", "五、存在", "$0\n\n");
        let listed = listed(&text);
        assert_eq!(listed, [format!("{LITIGATION} 插入标题和空表，数字为 0")]);
        assert_eq!(accepted(&text, LITIGATION), changed(&[]));
    }

    #[test]
    fn what_is_written_of_a_heading_chooses() {
        for typed in ["四", "四、政府信息公开", "政府信息公开行政"] {
            let text = without("四、政府信息", "五、存在", &format!("{typed}$0\n\n"));
            assert_eq!(accepted(&text, LITIGATION), changed(&[]), "{typed}");
        }
        let text = without("四、政府信息", "五、存在", "六$0\n\n");
        assert!(offers(&text).is_empty());
    }

    #[test]
    fn what_is_written_so_far_is_followed_by_the_rest() {
        let text = changed(&[]);
        let end = text.find("三、收到和处理").expect("there");
        let cut = format!("{}$0", &text[..end]);
        let whole = accepted(&cut, "其余 4 个部分");
        assert_eq!(whole.trim_end(), text.trim_end());
        let found = snapshot(&whole);
        assert_eq!(found.findings().count(), 0, "{whole}");
        assert_eq!(found.reports().next().map(|report| report.is_whole()), Some(true));
    }

    #[test]
    fn a_heading_is_marked_like_the_others() {
        let text = changed(&[
            ("一、总体", "## 一、总体"),
            ("二、主动", "## 二、主动"),
            ("四、政府", "## 四、政府"),
            ("五、存在", "$0\n\n五、存在"),
        ]);
        let end = text.find("五、存在").expect("there");
        let whole = accepted(&text[..end], "五、存在的主要问题及改进情况");
        assert!(whole.contains("\n## 五、存在的主要问题及改进情况\n"), "{whole}");
    }

    #[test]
    fn the_sections_own_table_comes_below_its_heading() {
        let text = changed(&[]);
        let start = text.find("行政复议 | 行政诉讼").expect("there");
        let end = text.find("五、存在").expect("there");
        let cut = format!("{}$0\n\n{}", &text[..start], &text[end..]);
        assert_eq!(accepted(&cut, "表四"), text);
    }

    #[test]
    fn a_whole_report_lacks_nothing() {
        assert!(offers(&changed(&[("五、存在", "$0\n五、存在")])).is_empty());
    }
}
