//! The edits of every answer slice the words that core replaces.

use std::ops::Range;

use gouji_core::ide::{self, Edits, FormatOptions};
use gouji_core::snapshot::Snapshot;
use serde_json::{Value, json};

use crate::client::of;
use crate::positions::{Page, URI};

/// Lines that are formatted on their own, and cursors that are typed at.
const STEPS: usize = 6;

impl Page<'_> {
    /// The edits of a list.
    fn edits(&self, edits: &[Value]) -> Edits {
        let edit = |edit: &Value| {
            (self.bytes(&edit["range"]), edit["newText"].as_str().expect("text").to_owned())
        };
        edits.iter().map(edit).collect()
    }

    /// The edits of an action, of a rename.
    fn written(&self, edit: &Value) -> Edits {
        self.edits(edit["changes"][URI].as_array().expect("edits of the document"))
    }
}

/// Everything that writes into the document.
pub(crate) fn edits(page: &mut Page<'_>, snapshot: &Snapshot) {
    actions(page, snapshot);
    formatting(page, snapshot);
    names(page, snapshot);
}

fn actions(page: &mut Page<'_>, snapshot: &Snapshot) {
    let mut params = of(URI);
    params["range"] = json!({ "start": page.position(0), "end": page.position(page.text.len()) });
    params["context"] = json!({ "diagnostics": [] });
    let actions = page.ask("textDocument/codeAction", params);
    let fixes: Vec<Edits> = snapshot
        .findings()
        .flat_map(|found| found.finding.fixes.iter().map(move |fix| ide::fix_edits(found, fix)))
        .collect();
    let shown = actions.iter().take(fixes.len()).map(|action| page.written(&action["edit"]));
    page.same("fixes", shown.collect::<Vec<_>>(), fixes.clone());
    for action in actions[fixes.len()..].iter().filter(|action| action.get("edit").is_some()) {
        let shown = page.written(&action["edit"]);
        match action["kind"].as_str() {
            Some("source.fixAll.gouji") => {
                page.same("fix all", shown, ide::safe_fixes(snapshot.findings()).edits);
            }
            Some("quickfix") => {
                let [(range, text)] = &shown[..] else { panic!("{action}") };
                assert!(range.is_empty() && text.contains("gouji-ignore") || text.ends_with(", "));
            }
            _ => {
                let whole = 0..page.text.len();
                let layouts = [ide::SkeletonLayout::Markdown, ide::SkeletonLayout::Tabs];
                let named = layouts.iter().filter_map(|it| ide::rewritten(snapshot, &whole, *it));
                assert!(named.into_iter().any(|it| shown == [(it.range, it.text)]), "{action}");
            }
        }
    }
}

fn formatting(page: &mut Page<'_>, snapshot: &Snapshot) {
    let options = json!({ "tabSize": 4, "insertSpaces": true });
    let step = (page.lines.len() / STEPS).max(1);
    let starts: Vec<usize> = page.lines.iter().copied().step_by(step).collect();
    for start in starts {
        let rest = page.text.len() - start;
        let end = start + page.text[start..].find(['\r', '\n']).unwrap_or(rest);
        let range: Range<usize> = start..end;
        let mut params = of(URI);
        params["options"] = options.clone();
        params["range"] = json!({ "start": page.position(start), "end": page.position(end) });
        let shown = page.ask("textDocument/rangeFormatting", params);
        let named = ide::format_range(snapshot, &range, FormatOptions::default());
        page.same("range formatting", page.edits(&shown), named);

        let mut params = page.at(end);
        params["options"] = options.clone();
        params["ch"] = json!("|");
        let shown = page.ask("textDocument/onTypeFormatting", params);
        let named = ide::format_typed(snapshot, end, '|', FormatOptions::default());
        page.same("formatting on type", page.edits(&shown), named);
    }
}

/// Once in every report that has a name.
fn names(page: &mut Page<'_>, snapshot: &Snapshot) {
    for report in snapshot.reports() {
        let head = &report.report.head;
        let year = head.title.as_ref().and_then(|title| title.year.as_ref());
        for (named, new) in [(head.agency.as_ref(), "青山县水务局"), (year, "2031")] {
            let Some(named) = named else { continue };
            let at = report.range(named.place).start;
            let Some(naming) = ide::naming(snapshot, at) else { continue };
            let prepared = page.ask("textDocument/prepareRename", page.at(at));
            page.same("names", page.ranges(&prepared, "range"), vec![naming.at.clone()]);
            assert_eq!(prepared[0]["placeholder"], page.text[naming.at.clone()]);
            let mut params = page.at(at);
            params["newName"] = json!(new);
            let edit = page.client.ask("textDocument/rename", params);
            let named = naming.renamed(snapshot, new).expect("a name");
            page.same("renames", page.written(&edit), named);
            let linked = page.client.ask("textDocument/linkedEditingRange", page.at(at));
            let linked = linked["ranges"].as_array().cloned().unwrap_or_default();
            page.same("linked", page.ranges(&linked, ""), naming.linked(snapshot));
        }
    }
}
