//! One cause, one finding, over the rules: of findings that one change of one figure would mend, the surest is told, and names the places of the others.

use std::cmp::Reverse;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::rules::{Cure, Finding, Related};

/// Changes of one figure that are remembered. Many figures of a text that differ from one cell each ask for another value of it, and each would be
/// compared with all before it.
const MOST: usize = 8;

/// The findings without those that a surer one explains, in the same order.
pub(super) fn by_cause(findings: Vec<Arc<Finding>>) -> Vec<Arc<Finding>> {
    let mut order: Vec<usize> =
        (0..findings.len()).filter(|&at| !findings[at].cures.is_empty()).collect();
    if order.len() < 2 {
        return findings;
    }
    // The louder is surer, then the one that leaves fewer figures in doubt.
    let doubts = |finding: &Finding| {
        let mut figures: Vec<_> = finding.cures.iter().map(Cure::at).collect();
        figures.sort_unstable();
        figures.dedup();
        figures.len()
    };
    order.sort_by_cached_key(|&at| (Reverse(findings[at].severity), doubts(&findings[at]), at));
    let mut told: FxHashMap<(u32, u32), Vec<(usize, &Cure)>> = FxHashMap::default();
    let mut explained: FxHashMap<usize, usize> = FxHashMap::default();
    for at in order {
        let mut known = findings[at].cures.iter().flat_map(|cure| {
            let same = told.get(&cure.at()).into_iter().flatten();
            same.filter(|(_, other)| cure.meets(other)).map(|(by, _)| *by)
        });
        if let Some(by) = known.next() {
            explained.insert(at, by);
            continue;
        }
        for cure in &findings[at].cures {
            let same = told.entry(cure.at()).or_default();
            if same.len() < MOST {
                same.push((at, cure));
            }
        }
    }
    if explained.is_empty() {
        return findings;
    }
    let mut kept: Vec<Option<Arc<Finding>>> = findings.iter().cloned().map(Some).collect();
    for at in 0..findings.len() {
        let Some(&by) = explained.get(&at) else { continue };
        kept[at] = None;
        if let Some(surer) = &mut kept[by] {
            add(Arc::make_mut(surer), &findings[at]);
        }
    }
    kept.into_iter().flatten().collect()
}

/// Names where else the cause shows.
fn add(surer: &mut Finding, other: &Finding) {
    surer.explains.push((other.rule, other.place));
    let is_named = surer.related.iter().any(|it| it.place == other.place);
    if other.place != surer.place && !is_named {
        let said = other.message.split(['：', '。']).next().unwrap_or("");
        let message = format!("同一处差错，这里也对不上：{said}");
        surer.related.push(Related { message, place: other.place });
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Hit, check, received};

    /// What is said of the figures of a report on 6 requests, 4 granted and 2 granted in part, with one row's figures replaced.
    fn said(says: &str, change: (&str, &str)) -> Vec<Hit> {
        let zeros = " | 0 | 0 | 0 | 0 | 0 | 0 | 0 |";
        let mut text = received(6, 0, says);
        let partial = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）";
        for (label, n) in [("（一）予以公开", 4), (partial, 2), ("（七）总计", 6)] {
            let row = format!("{label} | {n} | 0 | 0 | 0 | 0 | 0 | {n} |");
            text = text.replacen(&format!("{label}{zeros}"), &row, 1);
        }
        let text = text.replacen(change.0, change.1, 1);
        let is_on_figures =
            |hit: &Hit| ["narrative-", "requests-"].iter().any(|group| hit.rule.starts_with(group));
        check(&text).into_iter().filter(is_on_figures).collect()
    }

    const NONE: (&str, &str) = ("", "");

    #[test]
    fn one_figure_of_the_text_that_is_wrong_is_told_once() {
        for (says, rule) in [
            (
                "办结政府信息公开申请6件，其中予以公开5件，部分公开2件。",
                "narrative-result-mismatch",
            ),
            (
                "办结政府信息公开申请8件，其中予以公开4件，其他4件，占50%。",
                "narrative-processed-mismatch",
            ),
            ("收到政府信息公开申请7件，比上年的4件增长50%。", "narrative-received-mismatch"),
            ("收到政府信息公开申请7件，比上年增加2件，增长50%。", "narrative-received-mismatch"),
            ("收到政府信息公开申请4件，比上年减少2件，下降25%。", "narrative-received-mismatch"),
            ("收到政府信息公开申请5件，网络3件，信函3件。", "narrative-received-mismatch"),
            (
                "收到政府信息公开申请5件。全年收到政府信息公开申请5件。",
                "narrative-received-mismatch",
            ),
        ] {
            let hits = said(says, NONE);
            let rules: Vec<_> = hits.iter().map(|hit| hit.rule.as_str()).collect();
            assert_eq!(rules, [rule], "{says}");
        }
        let hits = said("办结政府信息公开申请6件，其中予以公开5件，部分公开2件。", NONE);
        let (words, message) = hits[0].related.last().expect("the sum");
        assert!(words == "6件" && message.contains("所列 2 项之和为 7"), "{message}");
    }

    #[test]
    fn one_cell_that_is_wrong_is_told_once() {
        let change = (
            "（一）予以公开 | 4 | 0 | 0 | 0 | 0 | 0 | 4 |",
            "（一）予以公开 | 5 | 0 | 0 | 0 | 0 | 0 | 4 |",
        );
        assert_eq!(said("办结政府信息公开申请6件，其中予以公开4件。", change).len(), 1);
        let change = (
            "（七）总计 | 6 | 0 | 0 | 0 | 0 | 0 | 6 |",
            "（七）总计 | 6 | 0 | 0 | 0 | 0 | 0 | 7 |",
        );
        let hits = said("办结政府信息公开申请6件，予以公开4件，占66.7%。", change);
        assert_eq!(
            hits.iter().map(|hit| hit.rule.as_str()).collect::<Vec<_>>(),
            ["requests-results-total"]
        );
    }

    #[test]
    fn two_slips_are_told_twice() {
        for says in [
            "收到政府信息公开申请7件，办结5件。",
            "收到政府信息公开申请7件，比上年增加2件，增长80%。",
            "办结政府信息公开申请6件，其中予以公开3件，部分公开5件。",
            "办结政府信息公开申请7件，其中予以公开4件，部分公开4件。",
            "收到政府信息公开申请5件。全年收到政府信息公开申请7件。",
        ] {
            assert_eq!(said(says, NONE).len(), 2, "{says}");
        }
    }
}
