//! Every range of every answer, over all reports of ours and in the three encodings, slices the words that core names.
//!
//! The columns are counted by a reading of the protocol that shares no code with the program: a column inside a character or past a line's end
//! fails here.

use std::ops::Range;

use gouji_core::ide::{self, HintKinds, Markup, Situation, SkeletonLayout};
use gouji_core::snapshot::Snapshot;
use serde_json::{Value, json};

use crate::client::{Client, of};
use crate::slices;
use crate::support::examples;

pub(crate) const URI: &str = "file:///a.txt";
/// Cursors a document.
const CURSORS: usize = 8;

/// A document under test, as the client sees it.
pub(crate) struct Page<'a> {
    pub(crate) name: &'a str,
    pub(crate) text: &'a str,
    encoding: &'a str,
    /// First byte of each line.
    pub(crate) lines: Vec<usize>,
    pub(crate) client: Client,
}

/// First byte of each line; lines end at LF, CRLF or CR.
fn lines(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = |at: &usize| match bytes[*at] {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    std::iter::once(0).chain((0..bytes.len()).filter(ends).map(|at| at + 1)).collect()
}

impl Page<'_> {
    fn width(&self, c: char) -> u64 {
        match self.encoding {
            "utf-8" => c.len_utf8() as u64,
            "utf-16" => c.len_utf16() as u64,
            _ => 1,
        }
    }

    /// The byte of a position; panics where no character begins.
    pub(crate) fn byte(&self, position: &Value) -> usize {
        let number = |key: &str| position[key].as_u64().unwrap_or_else(|| panic!("{position}"));
        let (line, column) = (number("line") as usize, number("character"));
        let starts = &self.lines;
        let start = *starts.get(line).unwrap_or_else(|| panic!("no line {line}"));
        let end = starts.get(line + 1).copied().unwrap_or(self.text.len());
        let content = self.text[start..end].trim_end_matches(['\n', '\r']);
        let mut at = 0;
        for (byte, c) in content.char_indices() {
            if at == column {
                return start + byte;
            }
            at += self.width(c);
        }
        assert_eq!(at, column, "{position} is no place of “{content}” in {}", self.encoding);
        start + content.len()
    }

    pub(crate) fn bytes(&self, range: &Value) -> Range<usize> {
        self.byte(&range["start"])..self.byte(&range["end"])
    }

    pub(crate) fn position(&self, byte: usize) -> Value {
        let starts = &self.lines;
        let line = starts.partition_point(|start| *start <= byte) - 1;
        let column: u64 = self.text[starts[line]..byte].chars().map(|c| self.width(c)).sum();
        json!({ "line": line, "character": column })
    }

    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Vec<Value> {
        match self.client.ask(method, params) {
            Value::Array(list) => list,
            Value::Null => Vec::new(),
            one => vec![one],
        }
    }

    /// The ranges under `key` of a list's items, or the items themselves.
    pub(crate) fn ranges(&self, items: &[Value], key: &str) -> Vec<Range<usize>> {
        items
            .iter()
            .map(|item| self.bytes(if key.is_empty() { item } else { &item[key] }))
            .collect()
    }

    pub(crate) fn same<T: PartialEq + std::fmt::Debug>(&self, what: &str, shown: T, named: T) {
        assert_eq!(shown, named, "{what} of {} in {}", self.name, self.encoding);
    }

    pub(crate) fn at(&self, byte: usize) -> Value {
        json!({ "textDocument": { "uri": URI }, "position": self.position(byte) })
    }
}

/// The text as it is, and with all that makes columns hard: a byte order mark, CRLF, characters beyond the first plane. Each with encodings.
fn variants(text: &str) -> [(String, &'static [&'static str]); 2] {
    // Labels keep their words: only the prose before the second section is changed.
    let border = text.find("二、").unwrap_or(0);
    let head = text[..border].replace("工作", "工𠮷作");
    let hard = format!("\u{feff}{}", (head + &text[border..]).replace('\n', "\r\n"));
    [(text.to_owned(), &["utf-16"]), (hard, &["utf-8", "utf-16", "utf-32"])]
}

#[test]
fn every_range_slices_the_words_that_it_names() {
    let mut cells = 0;
    for (name, text) in examples() {
        for (text, encodings) in variants(&text) {
            for &encoding in encodings {
                let capabilities = json!({
                    "general": { "positionEncodings": [encoding] },
                    "textDocument": {
                        "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
                        "publishDiagnostics": { "relatedInformation": true },
                    },
                });
                let mut page = Page {
                    name: &name,
                    text: &text,
                    encoding,
                    lines: lines(&text),
                    client: Client::initialized(capabilities),
                };
                page.client.open(URI, &text);
                let settings =
                    gouji_core::engine::Settings::new(gouji_core::engine::Engine::builtin());
                let snapshot = Snapshot::new(&text, settings.into());
                diagnostics(&mut page, &snapshot);
                whole(&mut page, &snapshot);
                slices::edits(&mut page, &snapshot);
                cells += cursors(&mut page, &snapshot);
            }
        }
    }
    assert!(cells > 500, "only {cells} cursors met a figure");
}

fn diagnostics(page: &mut Page<'_>, snapshot: &Snapshot) {
    let shown = page.client.diagnostics(URI, 1);
    let mut ranges = page.ranges(&shown, "range");
    let mut found: Vec<_> = snapshot.findings().map(|found| found.range()).collect();
    ranges.sort_by_key(|range| (range.start, range.end));
    found.sort_by_key(|range| (range.start, range.end));
    page.same("diagnostics", ranges, found);

    // Of many places some are shown.
    let related =
        shown.iter().flat_map(|it| it["relatedInformation"].as_array().into_iter().flatten());
    let related: Vec<(Range<usize>, String)> = related
        .map(|it| {
            let message = it["message"].as_str().expect("a message").to_owned();
            (page.bytes(&it["location"]["range"]), message)
        })
        .collect();
    let named = snapshot.findings().flat_map(|found| {
        let related = found.finding.related.iter();
        related.map(move |it| (found.report.range(it.place), it.message.clone()))
    });
    let named: Vec<(Range<usize>, String)> = named.collect();
    for place in related {
        assert!(named.contains(&place), "{place:?} of {} in {}", page.name, page.encoding);
    }
}

/// What is asked for a whole document.
fn whole(page: &mut Page<'_>, snapshot: &Snapshot) {
    fn flat(symbol: &Value, out: &mut Vec<Value>) {
        out.push(symbol.clone());
        symbol["children"].as_array().into_iter().flatten().for_each(|child| flat(child, out));
    }
    fn flat_core(symbol: &ide::Symbol, out: &mut Vec<(Range<usize>, Range<usize>)>) {
        out.push((symbol.range.clone(), symbol.selection.clone()));
        symbol.children.iter().for_each(|child| flat_core(child, out));
    }
    let (mut shown, mut named) = (Vec::new(), Vec::new());
    page.ask("textDocument/documentSymbol", of(URI)).iter().for_each(|it| flat(it, &mut shown));
    ide::symbols(snapshot).for_each(|it| flat_core(&it, &mut named));
    let both = page.ranges(&shown, "range").into_iter().zip(page.ranges(&shown, "selectionRange"));
    page.same("symbols", both.collect::<Vec<_>>(), named);

    let links = page.ask("textDocument/documentLink", of(URI));
    let named: Vec<_> = ide::links(snapshot).map(|link| link.range).collect();
    page.same("links", page.ranges(&links, "range"), named);

    let lenses = page.ask("textDocument/codeLens", of(URI));
    let named: Vec<_> =
        ide::tables_with_relations(snapshot).map(|table| table.start()..table.start()).collect();
    page.same("lenses", page.ranges(&lenses, "range"), named);

    let mut params = of(URI);
    params["range"] =
        json!({ "start": { "line": 0, "character": 0 }, "end": page.position(page.text.len()) });
    let hints = page.ask("textDocument/inlayHint", params);
    let shown: Vec<_> = hints.iter().map(|hint| page.byte(&hint["position"])).collect();
    let named = ide::hints(snapshot, 0..page.text.len(), HintKinds::default());
    page.same("hints", shown, named.iter().map(|hint| hint.offset).collect());

    let mut params = of(URI);
    params["options"] = json!({ "tabSize": 4, "insertSpaces": true });
    let edits = page.ask("textDocument/formatting", params);
    let named = ide::format(snapshot, ide::FormatOptions::default());
    let named: Vec<_> = named.into_iter().map(|(range, _)| range).collect();
    page.same("formatting", page.ranges(&edits, "range"), named);

    let folds = page.ask("textDocument/foldingRange", of(URI));
    let end = |fold: &Value, end: &str| {
        page.byte(&json!({
            "line": fold[format!("{end}Line")], "character": fold[format!("{end}Character")],
        }))
    };
    let shown: Vec<_> = folds.iter().map(|fold| end(fold, "start")..end(fold, "end")).collect();
    page.same("folds", shown, ide::folds(snapshot).collect());

    let symbols = page.ask("workspace/symbol", json!({ "query": "" }));
    let shown: Vec<_> = symbols.iter().map(|it| page.bytes(&it["location"]["range"])).collect();
    let mut named = Vec::new();
    ide::symbols(snapshot).for_each(|it| flat_core(&it, &mut named));
    for range in shown {
        assert!(
            named.iter().any(|(whole, name)| range == *whole || range == *name),
            "{range:?} of {}",
            page.name
        );
    }

    let half = page.lines[page.lines.len() / 2];
    for (method, range) in
        [("full", 0..page.text.len()), ("range", 0..half), ("range", half..page.text.len())]
    {
        let mut params = of(URI);
        params["range"] =
            json!({ "start": page.position(range.start), "end": page.position(range.end) });
        let answer = page.client.ask(&format!("textDocument/semanticTokens/{method}"), params);
        let shown = tokens(page, &answer);
        let named = snapshot.reports().flat_map(|report| ide::tokens(report, &range));
        page.same("tokens", shown, named.map(|token| token.range).collect());
    }
}

fn tokens(page: &Page<'_>, answer: &Value) -> Vec<Range<usize>> {
    let data: Vec<u64> =
        answer["data"].as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
    let (mut line, mut column, mut shown) = (0, 0, Vec::new());
    for token in data.chunks_exact(5) {
        column = if token[0] == 0 { column + token[1] } else { token[1] };
        line += token[0];
        let place = |column: u64| page.byte(&json!({ "line": line, "character": column }));
        shown.push(place(column)..place(column + token[2]));
    }
    shown
}

/// What is asked at a cursor; returns how many of them met a figure with relations.
fn cursors(page: &mut Page<'_>, snapshot: &Snapshot) -> usize {
    // Figures and claims, a few of them, and places that are as good as any.
    let tokens = snapshot.reports().flat_map(|report| ide::tokens(report, &(0..page.text.len())));
    let figures: Vec<_> = tokens.map(|token| token.range.start).collect();
    let step = |count: usize| (count / CURSORS).max(1);
    let anywhere = (0..page.text.len()).step_by(step(page.text.len()));
    let anywhere = anywhere.filter(|at| page.text.is_char_boundary(*at));
    let cursors: Vec<usize> =
        figures.iter().copied().step_by(step(figures.len())).chain(anywhere).collect();
    let mut met = 0;
    for byte in cursors {
        // Between CR and LF no client's cursor stands.
        if page.text[..byte].ends_with('\r') && page.text[byte..].starts_with('\n') {
            continue;
        }
        let hover = page.ask("textDocument/hover", page.at(byte));
        let named = ide::hover(snapshot, byte, Markup::Plain);
        page.same(
            "hover",
            page.ranges(&hover, "range"),
            named.iter().map(|it| it.range.clone()).collect(),
        );
        let said = hover.first().map(|it| it["contents"]["value"].clone());
        page.same("hover", said, named.map(|it| it.text.into()));

        let offers = page.client.ask("textDocument/completion", page.at(byte));
        let offers = offers["items"].as_array().expect("a list").iter().map(|item| {
            let edit = &item["textEdit"];
            (page.bytes(&edit["range"]), edit["newText"].as_str().unwrap_or_default().to_owned())
        });
        // The year matters for a report that is to come alone.
        let situation = Situation { year: 2025, layout: SkeletonLayout::Pipes, invoked: true };
        let named = ide::completions(snapshot, byte, situation).into_iter();
        let named: Vec<_> = named.map(|offer| (offer.range, offer.text)).collect();
        page.same("completions", offers.collect(), named);

        let found = page.ask("textDocument/definition", page.at(byte));
        let named = ide::definition(snapshot, byte).map(|it| it.targets).unwrap_or_default();
        page.same("definition", page.ranges(&found, "range"), named);

        let mut params = page.at(byte);
        params["context"] = json!({ "includeDeclaration": true });
        let used = page.ask("textDocument/references", params);
        page.same("references", page.ranges(&used, "range"), ide::references(snapshot, byte, true));

        let lit = page.ask("textDocument/documentHighlight", page.at(byte));
        let named: Vec<_> =
            ide::highlights(snapshot, byte).into_iter().map(|it| it.range).collect();
        met += usize::from(named.len() > 1);
        page.same("highlights", page.ranges(&lit, "range"), named);

        let params = json!({ "textDocument": { "uri": URI }, "positions": [page.position(byte)] });
        let chain = page.ask("textDocument/selectionRange", params).remove(0);
        let mut shown = Vec::new();
        let mut step = &chain;
        while !step.is_null() {
            shown.push(page.bytes(&step["range"]));
            step = &step["parent"];
        }
        page.same("selections", shown, ide::selections(snapshot, byte));
    }
    met
}
