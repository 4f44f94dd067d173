//! What a person waits for: the whole pass of a report (cut, bind, check) with every rule on, and the pass after one typed character.
//!
//! | case | fastest | median |
//! |---|---|---|
//! | 10 KB in pipes | 152 µs | 174 µs |
//! | in tabs | 162 µs | 173 µs |
//! | in Markdown (11 KB) | 180 µs | 207 µs |
//! | in lines led by tabs | 189 µs | 213 µs |
//! | as the text of a PDF | 269 µs | 313 µs |
//! | in HTML (16 KB) | 337 µs | 579 µs |
//! | a typed digit, one report / 100 in 1 MB | 39 / 42 µs | 40 / 44 µs |
//! | a typed character, one report / 100 in 1 MB | 47 / 47 µs | 57 / 52 µs |
//! | 10,000 claims, in lines / in one | 39 / 15 ms | 48 / 29 ms |
//! | 10,000 citations, in lines / in one | 46 / 97 ms | 106 / 132 ms |
//! | a paragraph of a megabyte | 9.7 ms | 21 ms |
//!
//! AMD EPYC, two virtual processors, 2026-11-28, built without link-time optimisation while four other builds ran (load 11): the medians of what
//! takes milliseconds are mostly theirs, and the fastest is the one to compare. A typed digit is timed twice, once where it breaks the sums and is
//! explained and repaired, once where it is taken back. What each rule costs is in `rules.rs`, what must hold on any machine in `gates.rs`.
//!
//! `gouji check` over folders, against `rg -c '[0-9]+(\.[0-9]+)?'` in the same rounds (CPU, medians of three; 2026-11-29, alone on the machine,
//! which was half as fast that day as the day before):
//!
//! | files | CPU | of ripgrep's | peak memory |
//! |---|---|---|---|
//! | 10,000 of 8 KB, one thread | 4.5 s | 22× | 16 MB |
//! | 10,000 of 8 KB, two threads | 4.5 s | 22× | 16 MB |
//! | one of 10 MB | 0.61 s | 33× | 49 MB |
//! | one of 8 KB, cold (wall, least of 150) | 6.8 ms | | 14 MB |
//! | 1,000 sums of ten in a form of the user's own, cold, beside three builds | 15 ms | | 16 MB |
//!
//! On the faster day an older program took 12×, 15× and 27×; only what was measured in the same rounds can be compared. There that program took
//! 10.5 ms for a cold start, 7.8 now (18 million instructions instead of 44: the forms' TOML is read when the program is built), and 106 MB for the
//! large file, because what was bound in a report was kept until the last one was checked.

mod texts;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use gouji_core::snapshot::Snapshot;
use gouji_generator::Layout;
use texts::{Typing, look, many, of, one, settings};

fn main() {
    divan::main();
}

fn pass(bencher: Bencher, text: &str) {
    let settings = settings();
    bencher
        .counter(BytesCount::new(text.len()))
        .bench(|| look(&Snapshot::new(black_box(text), settings.clone())));
}

#[divan::bench(args = [Layout::TabLed, Layout::Tabs, Layout::Pipes, Layout::Markdown, Layout::Html, Layout::Pdf])]
fn whole_pass_of_10_kb(bencher: Bencher, layout: Layout) {
    pass(bencher, &one(layout));
}

#[divan::bench(args = [1, 100])]
fn typed_digit(bencher: Bencher, reports: u64) {
    let mut typing = Typing::digit(&many(reports), settings());
    bencher.counter(2_usize).bench_local(|| typing.twice());
}

#[divan::bench(args = [1, 100])]
fn typed_word(bencher: Bencher, reports: u64) {
    let mut typing = Typing::word(&many(reports), settings());
    bencher.counter(2_usize).bench_local(|| typing.twice());
}

#[divan::bench(args = [10, 100, 1000], sample_count = 10)]
fn whole_pass_by_reports(bencher: Bencher, reports: u64) {
    pass(bencher, &many(reports));
}

#[divan::bench(args = [5_000, 10_000], sample_count = 10)]
fn claims(bencher: Bencher, count: usize) {
    pass(bencher, &of("全年新收政府信息公开申请12件", count, true));
}

#[divan::bench(args = [5_000, 10_000], sample_count = 10)]
fn claims_in_one_line(bencher: Bencher, count: usize) {
    pass(bencher, &of("全年新收政府信息公开申请12件", count, false));
}

#[divan::bench(args = [5_000, 10_000], sample_count = 10)]
fn citations(bencher: Bencher, count: usize) {
    pass(bencher, &of("按照《政府信息公开条例》（国务院令第711号）", count, true));
}

#[divan::bench(args = [5_000, 10_000], sample_count = 10)]
fn citations_in_one_line(bencher: Bencher, count: usize) {
    pass(bencher, &of("按照《政府信息公开条例》（国务院令第711号）", count, false));
}

#[divan::bench(args = [5_000, 10_000], sample_count = 10)]
fn paragraph_of_a_megabyte(bencher: Bencher, count: usize) {
    pass(
        bencher,
        &of(
            "梳理公开事项3项，逐项明确内容、时限和责任科室，及时回应（一）群众“关切”",
            count,
            false,
        ),
    );
}

#[divan::bench(args = ["行政许可0", "（", "收到申请3件，", "|", "<td>"], sample_count = 10)]
fn line_of_100_000_characters(bencher: Bencher, word: &str) {
    pass(bencher, &of(&word.repeat(100_000 / word.chars().count()), 1, true));
}

#[divan::bench(args = ["3.其他 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n", "0 |\n", "<tr><td>规章</td><td>1</td></tr>\n"], sample_count = 10)]
fn table_of_10_000_rows(bencher: Bencher, row: &str) {
    let head = "青石县水利局2024年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n";
    pass(bencher, &format!("{head}{}", row.repeat(10_000)));
}
