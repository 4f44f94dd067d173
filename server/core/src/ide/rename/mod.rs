//! The agency's name and the report's year, everywhere they stand.

mod agency;
mod year;

use std::ops::Range;

use super::format::Edits;
use crate::report::Place;
use crate::snapshot::{ReportView, Snapshot};
use crate::text::TextRange;

/// What may be renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The agency's name, or the full one that preface and signature have.
    Agency,
    /// The year that the report is about.
    Year,
}

/// One thing and everywhere it stands in its report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// What it is.
    pub subject: Subject,
    /// Where it stands at the cursor, in bytes of the document.
    pub at: Range<usize>,
    /// Everywhere, in the order of the text; `at` is one of them.
    pub places: Vec<Range<usize>>,
}

/// The name or year that `offset` lies in or touches; of two that meet there the one behind.
pub fn naming(snapshot: &Snapshot, offset: usize) -> Option<Naming> {
    let report = snapshot.spot(offset)?.report;
    let found = |subject, places: Vec<Place>| {
        let mut places: Vec<_> = places.into_iter().map(|place| report.range(place)).collect();
        places.sort_by_key(|place| (place.start, place.end));
        places.dedup_by(|later, earlier| later.start < earlier.end);
        let at = places.iter().find(|it| it.start <= offset && offset <= it.end)?.clone();
        Some(Naming { subject, at, places })
    };
    let head = &report.report.head;
    let agencies = [&head.agency, &head.agency_full].into_iter().flatten();
    let agencies = agencies.map(|named| (Subject::Agency, agency::places(report, named)));
    let all = agencies.chain([(Subject::Year, year::places(report))]);
    all.filter_map(|(subject, places)| found(subject, places)).max_by_key(|it| it.at.start)
}

impl Naming {
    /// The edits that make it `new` everywhere.
    ///
    /// # Errors
    /// Why `new` cannot be its name, for the one who typed it.
    pub fn renamed(&self, snapshot: &Snapshot, new: &str) -> Result<Edits, String> {
        let new = new.trim();
        match self.subject {
            Subject::Agency => agency::check(new)?,
            Subject::Year => year::check(new)?,
        }
        let edit = |place: &Range<usize>| {
            let new = match self.subject {
                Subject::Agency => new.to_owned(),
                Subject::Year => year::written_like(&snapshot.text().slice(place.clone()), new),
            };
            (place.clone(), new)
        };
        Ok(self.places.iter().map(edit).collect())
    }

    /// The places with the same words as at the cursor, which may be typed over together; none where it stands alone.
    pub fn linked(&self, snapshot: &Snapshot) -> Vec<Range<usize>> {
        let text = snapshot.text();
        let own = text.slice(self.at.clone());
        let same = self.places.iter().filter(|place| text.slice((*place).clone()) == own);
        let same: Vec<_> = same.cloned().collect();
        if same.len() > 1 { same } else { Vec::new() }
    }
}

/// Places in the texts of a report's parts, by what finds ranges in one of them.
fn in_parts(report: ReportView<'_>, find: impl Fn(&str) -> Vec<Range<usize>>) -> Vec<Place> {
    let parts = 0..report.report.parts.len();
    let places = parts.flat_map(|part| {
        let ranges = find(report.text(part)).into_iter();
        ranges.map(move |range| Place::new(part, TextRange::from(range)))
    });
    places.collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::ide::testing::{changed, cursor, words};

    /// The text with every place marked.
    fn marked(fixture: &str) -> String {
        let (snapshot, at) = cursor(fixture);
        let Some(naming) = naming(&snapshot, at) else { return "nothing".to_owned() };
        let mut text = snapshot.text().to_string();
        for place in naming.places.iter().rev() {
            text.insert(place.end, '⟧');
            text.insert(place.start, '⟦');
        }
        text
    }

    /// The lines of the report with marks in them.
    fn lines(changes: &[(&str, &str)]) -> Vec<String> {
        let text = marked(&changed(changes));
        text.lines().filter(|line| line.contains('⟦')).map(str::to_owned).collect()
    }

    const TITLE: (&str, &str) = ("青石县水利局2024年", "青石县水利$0局2024年");
    const LATER: &str = "（三）政府信息管理。";

    #[test]
    fn the_agency_is_named_in_title_preface_and_signature() {
        let text = changed(&[TITLE, (LATER, "（三）政府信息管理。青石县水利局按时更新。")])
            + "\n青石县水利局\n2025年1月20日\n";
        let text = marked(&text);
        assert!(text.starts_with("⟦青石县水利局⟧2024年"), "{text}");
        assert!(text.contains("编制⟦青石县水利局⟧2024年"), "{text}");
        assert!(text.contains("。⟦青石县水利局⟧按时更新"), "{text}");
        assert!(text.ends_with("\n⟦青石县水利局⟧\n2025年1月20日\n"), "{text}");
    }

    #[test]
    fn a_longer_name_is_another_body() {
        for other in
            ["云岭市青石县水利局", "青石县水利局办公室", "青石县水务局", "青石县水利局管理委员会"]
        {
            let later = format!("（三）政府信息管理。{other}代管网站。");
            let found = lines(&[TITLE, (LATER, &later)]);
            assert!(!found.iter().any(|line| line.contains("代管")), "{found:?}");
        }
    }

    #[test]
    fn a_region_that_reports_is_no_part_of_other_names() {
        let later = "（三）政府信息管理。青石县共公开120条，青石县水利局、青石县城关镇参加。";
        let text = changed(&[(LATER, later)]).replace("青石县水利局2024年", "青石县2024年");
        let text = marked(&text.replacen("青石县2024", "青石$0县2024", 1));
        assert!(text.starts_with("⟦青石县⟧2024年"), "{text}");
        assert!(text.contains("。⟦青石县⟧共公开120条，青石县水利局、青石县城关镇参加"), "{text}");
    }

    #[test]
    fn a_full_name_beside_a_short_one_is_renamed_on_its_own() {
        let signed = changed(&[]).replace("青石县水利局", "青石县工信局");
        let text = signed.clone() + "\n青石县工业和信息化$0局\n2025年1月20日\n";
        assert!(marked(&text).ends_with("⟦青石县工业和信息化局⟧\n2025年1月20日\n"));
        assert_eq!(marked(&text).matches('⟦').count(), 1);
        let text =
            signed.replacen("工信局", "工信$0局", 1) + "\n青石县工业和信息化局\n2025年1月20日\n";
        assert_eq!(marked(&text).matches("⟦青石县工信局⟧").count(), 2);
    }

    #[test]
    fn the_year_is_renamed_where_the_report_speaks_of_itself() {
        let said = "（三）政府信息管理。2024年，我局公开120条，比2023年多20条；2024年度培训2期。\
                    2024年3月1日起施行的办法已经公开。截至2024年12月31日有效的文件5件。";
        let found = lines(&[("水利局2024年", "水利局2$0024年"), (LATER, said)]);
        assert_eq!(found[0], "青石县水利局⟦2024⟧年政府信息公开工作年度报告");
        assert!(found[1].contains("编制青石县水利局⟦2024⟧年政府信息公开"), "{}", found[1]);
        assert!(found[1].ends_with("为⟦2024⟧年1月1日至⟦2024⟧年12月31日。"), "{}", found[1]);
        let said = said.replace("。2024年，", "。⟦2024⟧年，").replace("；2024年度", "；⟦2024⟧年度");
        let said = said.replace("截至2024年", "截至⟦2024⟧年");
        assert!(found.iter().any(|line| line.starts_with(&said)), "{found:?}");
    }

    #[test]
    fn the_year_of_another_document_is_not_the_reports() {
        for other in [
            "《关于做好2024年政府信息公开工作年度报告编制的通知》",
            "国办公开办函〔2024〕30号",
            "《2024年工作要点》",
            "云岭市水务局2024年政府信息公开工作年度报告",
            "《云岭市2024年政府信息公开工作年度报告》",
            "（2024年修订）",
            "自2024年1月1日起施行",
        ] {
            let later = format!("（三）政府信息管理。见{other}，已经公开。");
            let found = lines(&[("水利局2024年", "水利局2$0024年"), (LATER, &later)]);
            assert!(!found.iter().any(|line| line.contains("见")), "{found:?}");
        }
        let own =
            "（三）政府信息管理。见《青石县水利局2024年政府信息公开工作年度报告》，已经公开。";
        let found = lines(&[("水利局2024年", "水利局2$0024年"), (LATER, own)]);
        assert!(found.iter().any(|line| line.contains("见《青石县水利局⟦2024⟧年")), "{found:?}");
    }

    #[test]
    fn digits_stay_what_they_are() {
        let text = changed(&[]).replacen("2024年", "二〇二$0四年", 1);
        let (snapshot, at) = cursor(&text);
        let edits = naming(&snapshot, at).unwrap().renamed(&snapshot, "2025").unwrap();
        let said: Vec<_> = edits.iter().map(|(_, new)| new.as_str()).collect();
        assert_eq!(said[0], "二〇二五");
        assert!(said.len() > 3 && said[1..].iter().all(|it| *it == "2025"), "{said:?}");
    }

    #[test]
    fn a_name_that_cannot_be_one_is_refused() {
        let (snapshot, at) = cursor(&changed(&[TITLE]));
        let found = naming(&snapshot, at).unwrap();
        for new in ["", "局", "水利局2号", "水利局，青石", "水\n利局"] {
            assert!(found.renamed(&snapshot, new).is_err(), "{new}");
        }
        assert!(
            found
                .renamed(&snapshot, " 青山县水利局 ")
                .unwrap()
                .iter()
                .all(|(_, it)| it == "青山县水利局")
        );
        let (snapshot, at) = cursor(&changed(&[("水利局2024年", "水利局2$0024年")]));
        let found = naming(&snapshot, at).unwrap();
        for new in ["", "24", "2025年", "1024", "20255"] {
            assert!(found.renamed(&snapshot, new).is_err(), "{new}");
        }
    }

    #[test]
    fn what_is_written_alike_is_linked() {
        let text = changed(&[]).replacen("青石县水利局2024年", "青 石 县水利$0局2024年", 1);
        let (snapshot, at) = cursor(&text);
        assert!(naming(&snapshot, at).unwrap().linked(&snapshot).is_empty());
        let (snapshot, at) = cursor(&changed(&[TITLE]));
        let linked = naming(&snapshot, at).unwrap().linked(&snapshot);
        assert_eq!(linked.len(), 2);
        assert!(linked.iter().all(|place| words(&snapshot, place) == "青石县水利局"));
    }

    #[test]
    fn other_words_have_no_name() {
        assert_eq!(marked(&changed(&[("统计期限", "统计$0期限")])), "nothing");
        assert_eq!(marked("会议通知$0"), "nothing");
    }
}
