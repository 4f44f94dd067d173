//! What a person waits for: the whole pass of a report, and the pass after one typed digit.

use std::sync::Arc;

use divan::{Bencher, black_box};
use gouji_core::engine::{Engine, Settings};
use gouji_core::snapshot::Snapshot;
use gouji_generator::{Busyness, Layout, Options, Report, compilation, render};

fn main() {
    divan::main();
}

fn settings() -> Arc<Settings> {
    Arc::new(Settings::new(Engine::builtin()))
}

/// A report of some 10 KB, as a bureau writes it.
fn report(seed: u64) -> Report {
    let options = Options { figures: Busyness::Usual, prose: 6500, ..Options::default() };
    Report::random(seed, &options)
}

/// Many reports in one file.
fn reports(bytes: usize, layout: Layout) -> String {
    let one = render(&report(0), layout).len();
    let all: Vec<_> = (0..bytes.div_ceil(one) as u64).map(report).collect();
    compilation(&all, layout)
}

/// Everything that an editor shows of a document.
fn look(snapshot: &Snapshot) -> usize {
    snapshot.reports().count() + snapshot.findings().map(|found| found.range().end).sum::<usize>()
}

#[divan::bench(args = [Layout::TabLed, Layout::Tabs, Layout::Pipes, Layout::Markdown, Layout::Html, Layout::Pdf])]
fn whole_pass_of_10_kb(bencher: Bencher, layout: Layout) {
    let (text, settings) = (reports(10_000, layout), settings());
    bencher.bench(|| look(&Snapshot::new(black_box(&text), settings.clone())));
}

/// The place behind `words` in the middle of a text.
fn behind(text: &str, words: &str) -> usize {
    let middle = (text.len() / 2..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let at = text[middle..].find(words).map(|at| at + middle).or_else(|| text.find(words));
    at.expect("words of a report in pipes") + words.len()
}

/// One digit typed before a figure of the table in the middle, and taken back: two passes.
fn digit(bencher: Bencher, text: &str) {
    let at = behind(text, "1.本机关不掌握相关政府信息 | ");
    let mut snapshot = Snapshot::new(text, settings());
    look(&snapshot);
    bencher.counter(2_usize).bench_local(|| {
        snapshot.edit(at..at, "1");
        let first = look(&snapshot);
        snapshot.edit(at..at + 1, "");
        first + look(&snapshot)
    });
}

#[divan::bench]
fn typed_digit_in_10_kb(bencher: Bencher) {
    digit(bencher, &reports(10_000, Layout::Pipes));
}

#[divan::bench]
fn typed_digit_in_1_mb(bencher: Bencher) {
    digit(bencher, &reports(1_000_000, Layout::Pipes));
}

/// A character typed in the prose and taken back: two passes.
#[divan::bench(args = [10_000, 1_000_000])]
fn typed_word(bencher: Bencher, bytes: usize) {
    let text = reports(bytes, Layout::Pipes);
    let at = behind(&text, "梳理公开事项");
    let mut snapshot = Snapshot::new(&text, settings());
    look(&snapshot);
    bencher.counter(2_usize).bench_local(|| {
        snapshot.edit(at..at, "细");
        let first = look(&snapshot);
        snapshot.edit(at..at + "细".len(), "");
        first + look(&snapshot)
    });
}

#[divan::bench(args = [10_000, 100_000, 1_000_000, 10_000_000], sample_count = 10)]
fn whole_pass_by_size(bencher: Bencher, bytes: usize) {
    let (text, settings) = (reports(bytes, Layout::Pipes), settings());
    bencher
        .counter(divan::counter::BytesCount::new(text.len()))
        .bench(|| look(&Snapshot::new(black_box(&text), settings.clone())));
}

#[divan::bench(args = ["行政许可0", "（", "收到申请3件，", "|", "<td>"], sample_count = 10)]
fn line_of_100_000_characters(bencher: Bencher, word: &str) {
    let line = word.repeat(100_000 / word.chars().count());
    let (text, settings) =
        (format!("青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n{line}\n"), settings());
    bencher
        .counter(divan::counter::BytesCount::new(text.len()))
        .bench(|| look(&Snapshot::new(black_box(&text), settings.clone())));
}

#[divan::bench(args = ["3.其他 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n", "0 |\n", "<tr><td>规章</td><td>1</td></tr>\n"], sample_count = 10)]
fn table_of_10_000_rows(bencher: Bencher, row: &str) {
    let head = "青石县水利局2024年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n";
    let (text, settings) = (format!("{head}{}", row.repeat(10_000)), settings());
    bencher
        .counter(divan::counter::BytesCount::new(text.len()))
        .bench(|| look(&Snapshot::new(black_box(&text), settings.clone())));
}
