//! What a person waits for: the whole pass of a report (cut, bind, check) with every rule on, and the pass after one typed character.
//!
//! | case | fastest | median |
//! |---|---|---|
//! | 10 KB in pipes | 160 µs | 172 µs |
//! | in tabs | 175 µs | 187 µs |
//! | in Markdown (11 KB) | 180 µs | 192 µs |
//! | in lines led by tabs | 198 µs | 213 µs |
//! | as the text of a PDF | 372 µs | 392 µs |
//! | in HTML (16 KB) | 231 µs | 252 µs |
//! | a typed digit, one report / 100 in 1 MB | 42 / 46 µs | 44 / 48 µs |
//! | a typed character, one report / 100 in 1 MB | 30 / 33 µs | 31 / 34 µs |
//! | 10,000 claims, in lines / in one | 11 / 7.9 ms | 12 / 8.1 ms |
//! | 10,000 citations, in lines / in one | 32 / 21 ms | 32 / 21 ms |
//! | a paragraph of a megabyte | 8.7 ms | 8.8 ms |
//!
//! Intel Xeon, two virtual processors, alone on the machine, 2026-11-29, linked as it is shipped. A typed digit is timed twice, once where it breaks
//! the sums and is explained and repaired, once where it is taken back. What each rule costs is in `rules.rs`, what must hold on any machine in
//! `gates.rs`.
//!
//! `gouji check` over folders, against `rg -c '[0-9]+(\.[0-9]+)?'` in the same rounds (medians of five; 2026-11-29, an Intel Xeon with two virtual
//! processors, alone on the machine), and the program of the day before, without mimalloc and linked thinly:
//!
//! | files | CPU | of ripgrep's | the day before | peak memory |
//! |---|---|---|---|---|
//! | 10,000 of 8 KB, two threads | 1.87 s | 15.5× | 2.75 s, 22.7× | 20 MB |
//! | one of 10 MB | 0.23 s | 19× | 0.32 s, 26× | 55 MB |
//! | one of 8 KB, cold (wall, least of 150) | 3.9 ms | | 4.7 ms | 12 MB |
//! | 1,000 sums of ten in a form of the user's own, cold | 8.5 ms | | 9.9 ms | 17 MB |
//!
//! On a slower Xeon (2.1 GHz, noisy, 2026-11-30) the program without the templates of `report/templates/` and with them, in the same rounds: 10,000
//! files 3.9 and 2.9 s of CPU (least 3.0 and 2.4), 26 and 19 times ripgrep's; 10 MB 0.38 and 0.28 s, 22 and 16 times. Times of a pass above are of
//! reports that are no copies of one read before.
//!
//! On a third Xeon (model 167, alone, the same day) 10,000 files take 1.72–1.82 s, 12–14 times ripgrep's; 10 MB 0.22–0.25 s, 14–19 times, since ripgrep
//! itself takes 12 to 17 ms; one file cold 4.1 ms (least of 60) with the C library in the program, 4.5 with the shared one. A report of 8 KB whose
//! tables are like some read before takes 1.25 million instructions there.
//!
//! A report of 8 KB takes 1.45 million instructions (1.6 the day before, with fewer rules), a cold check of one file 14.3 million, of which reading the
//! forms is more than half; 16 million when the pages of rules were read at each start. The check of one
//! that misses an aspect takes 16.6 million, and 35.7 when the levels of issuers were made automata for it.

mod texts;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use gouji_core::snapshot::Snapshot;
use gouji_generator::Layout;
use texts::{Typing, look, many, of, one, settings, strangers};

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
    let (settings, texts) = (settings(), strangers(&one(layout)));
    let mut next = texts.iter().cycle();
    bencher.counter(BytesCount::new(texts[0].len())).bench_local(|| {
        let text = next.next().map_or("", String::as_str);
        look(&Snapshot::new(black_box(text), settings.clone()))
    });
}

#[divan::bench(args = [Layout::TabLed, Layout::Tabs, Layout::Pipes, Layout::Markdown, Layout::Html])]
fn whole_pass_of_a_copy_of_10_kb(bencher: Bencher, layout: Layout) {
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
