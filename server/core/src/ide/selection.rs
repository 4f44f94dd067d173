//! What contains the cursor, step by step: figure, clause, sentence, line, row, table, section, report.

use std::ops::Range;

use super::target::{CellAt, ClaimAt};
use crate::report::Place;
use crate::snapshot::{Snapshot, Spot};
use crate::text::TextRange;

/// The stretches around `offset`, in bytes of the document, each within the next; the last one is the whole document.
pub fn selections(snapshot: &Snapshot, offset: usize) -> Vec<Range<usize>> {
    let text = snapshot.text();
    let offset = text.clamp(offset..offset).start;
    let mut around = vec![text.line_content(text.line_of(offset)), 0..text.len()];
    if let Some(spot) = snapshot.spot(offset) {
        of_report(spot, &mut around);
    }
    around.retain(|range| range.start <= offset && offset <= range.end && !range.is_empty());
    around.sort_by_key(|range| (range.len(), range.start));
    let mut chain: Vec<Range<usize>> = Vec::new();
    for range in around {
        let fits = chain.last().is_none_or(|inner| {
            range.start <= inner.start && inner.end <= range.end && range != *inner
        });
        if fits {
            chain.push(range);
        }
    }
    if chain.is_empty() {
        chain.push(0..text.len());
    }
    chain
}

fn of_report(spot: Spot<'_>, around: &mut Vec<Range<usize>>) {
    let report = spot.report;
    around.extend(CellAt::find(spot).map(|cell| cell.range()));
    if let Some(claim) = ClaimAt::find(spot) {
        around.push(report.range(Place::new(spot.part, claim.claim.number)));
        around.push(claim.range());
    }
    around.push(report.part(spot.part));
    around.push(report.whole());
    let Some(part) = report.report.parts.get(spot.part) else { return };
    let mut add = |range: TextRange| around.push(report.range(Place::new(spot.part, range)));
    part.heading.iter().for_each(|heading| add(heading.wording));
    for table in part.tables.iter().filter(|table| table.range.touches(spot.at)) {
        add(table.range);
        for row in table.rows.iter().filter(|row| row.range.touches(spot.at)) {
            add(row.range);
            row.labels.iter().for_each(|label| add(label.range));
        }
        table.headers.iter().flat_map(|header| &header.labels).for_each(|label| add(label.range));
    }
    for prose in part.prose.iter().filter(|prose| prose.touches(spot.at)) {
        add(*prose);
        let words = report.text(spot.part).get(prose.to_range()).unwrap_or("");
        let at = spot.at - prose.start as usize;
        for ends in [&['，', '；', '：', '。', '！', '？', ',', ';'][..], &['。', '！', '？', '；']]
        {
            let (before, behind) = words.split_at(at);
            let start = before
                .rfind(ends)
                .map_or(0, |it| it + before[it..].chars().next().map_or(0, char::len_utf8));
            let end = behind.find(ends).map_or(words.len(), |it| at + it);
            add(TextRange::new(start, end).shifted(prose.start as usize));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::testing::{changed, cursor, words};

    /// The stretches of one line, innermost first, and how many larger ones follow.
    fn shown(fixture: &str) -> (Vec<String>, usize) {
        let (snapshot, at) = cursor(fixture);
        let all: Vec<String> =
            selections(&snapshot, at).iter().map(|range| words(&snapshot, range)).collect();
        let short = all.iter().filter(|words| !words.contains('\n')).count();
        (all[..short].to_vec(), all.len() - short)
    }

    #[test]
    fn a_selection_grows_from_the_figure_to_the_document() {
        let (short, larger) = shown(&changed(&[("规章 | 0 | 0 | 0 |", "规章 | 12 | $034 | 0 |")]));
        assert_eq!(short, ["34", "规章 | 12 | 34 | 0", "规章 | 12 | 34 | 0 |"]);
        // Table, section, the report, which is the document.
        assert_eq!(larger, 3);
    }

    #[test]
    fn prose_grows_by_clause_and_sentence() {
        let text = "工作有序。全年收到政府信息公开申请8$0件，上年结转0件。此外无事。";
        let (short, _) =
            shown(&changed(&[("（三）政府信息管理。", &format!("{text}\n（三）政府信息管理。"))]));
        let plain = text.replace("$0", "");
        let sentence = "全年收到政府信息公开申请8件，上年结转0件";
        let clause = "全年收到政府信息公开申请8件";
        assert_eq!(short, ["8", "收到政府信息公开申请8件", clause, sentence, plain.as_str()]);
    }

    #[test]
    fn any_text_has_its_line_and_itself() {
        assert_eq!(shown("会议$0通知\n"), (vec!["会议通知".to_owned()], 1));
        assert_eq!(shown("$0"), (vec![String::new()], 0));
    }
}
