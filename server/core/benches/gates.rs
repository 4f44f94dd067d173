//! Ratios within one run, which hold on any machine, busy or not: they fail the run (`cargo test --benches`) when something has become slow in
//! proportion. Times are the least of many rounds, and what is compared is measured in turn. A pass is compared with a tally of pairs of characters,
//! which takes memory and branches as it does: beside a neighbour on the same core a pass takes 950 µs for 510, and the tally 950 for 655, while a
//! loop over the bytes stays as it is. A comparison that fails is made again; between two attempts it waits until a burst of others' work may be over.

// What it measures is what it is for.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_macros,
    reason = "core does no I/O; its bench has a reader"
)]

mod texts;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use gouji_core::snapshot::Snapshot;
use gouji_core::text::Encoding;
use gouji_generator::Layout;
use texts::{Typing, look, many, of, one, rows, settings, strangers};

/// Rounds of one comparison; each side runs once in a round.
const ROUNDS: usize = 40;
/// Rounds of what takes milliseconds.
const FEW: usize = 3;
/// A comparison has failed when it has failed as often as this, one after the other.
const TRIES: usize = 4;
/// Between two attempts.
const BREAK: Duration = Duration::from_secs(5);

fn main() {
    let settings = settings();
    let small = one(Layout::Pipes);
    let pass = |text: &str| look(&Snapshot::new(text, settings.clone()));
    let strangers = strangers(&small);
    let next = RefCell::new(strangers.iter().cycle());
    let pass_of_small = || pass(next.borrow_mut().next().map_or("", String::as_str));
    let mut gates = Gates::default();

    gates.hold(
        "a pass, by a tally of the pairs of characters in its text",
        1.08,
        ROUNDS,
        pass_of_small,
        || tally(&small),
    );

    let large = many(100);
    let mut typing = [
        ("digit", Typing::digit(&small, settings.clone()), Typing::digit(&large, settings.clone())),
        ("word", Typing::word(&small, settings.clone()), Typing::word(&large, settings.clone())),
    ];
    for (what, small_one, large_one) in &mut typing {
        // Two edits, so that the limit of one is half of it.
        gates.hold(
            &format!("a typed {what} twice, by a pass"),
            0.9,
            ROUNDS,
            || small_one.twice(),
            pass_of_small,
        );
        gates.hold(
            &format!("a typed {what} in 1 MB, by one in 10 KB"),
            2.0,
            ROUNDS,
            || large_one.twice(),
            || small_one.twice(),
        );
    }

    for words in [
        "全年新收政府信息公开申请12件",
        "按照《政府信息公开条例》（国务院令第711号）",
        "梳理公开事项3项、逐项明确（一）“内容”",
        "行政许可、行政处罚分别",
        "申请从8件增加到12件，增长40%",
        "落实\"三审三校\"和'一网通办'",
        "截止2024年12月，依据国务院令第492号（国办发〔2018〕37号）公开锟斤拷",
        "文件5件，分别为《办法》（",
        "作出行政许可1件、行政处罚2件、",
        "<span>收到申请</span><span>5</span>件，",
        "共公开3条，其中：网站1条；其他2条；",
        "收到申请三件，其中网上２件；",
    ] {
        for (is_line, place) in [(true, "in lines"), (false, "in one line")] {
            gates.hold_linear(&format!("{words} {place}"), |count| of(words, count, is_line), pass);
        }
    }
    for row in [
        "规章 | 0 |\n",
        "规章 | 0 | 0 | 0 |\n规 | 0 0 | 0 |\n",
        "规章 | 0 0 | 0 |\n",
        "规章\n\t\n0\n\t\n",
        "行政许可,1,024\n",
        "规章\t",
        "规章\n",
    ] {
        gates.hold_linear(&format!("{row:?}"), |count| rows(row, count), pass);
    }
    for item in ["动态10条；", "动态10条，", "公开94件（50%），"] {
        let list = |count| of(&format!("办结188件，其中：{}其他6件", item.repeat(count)), 1, true);
        gates.hold_linear(&format!("{item} in one list"), list, pass);
    }
    gates.hold_linear(
        "columns in one line of a text that is only read",
        |count| of("公开", count, false),
        |text| {
            let read = Snapshot::settled(text, settings.clone());
            let column = |at| read.text().position(at, Encoding::Utf32).column as usize;
            (0..text.len()).step_by(16).map(column).max().unwrap_or_default()
        },
    );
    gates.end();
}

/// How often the pair of characters stands there that stands there most: a string for each pair, and a search for it in a tree.
fn tally(text: &str) -> usize {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut before = ' ';
    for c in text.chars() {
        *counts.entry(String::from_iter([before, c])).or_default() += 1;
        before = c;
    }
    counts.into_values().max().unwrap_or_default()
}

#[derive(Default)]
struct Gates {
    failed: Vec<String>,
}

impl Gates {
    /// `one` takes at most `limit` times as long as `other`.
    fn hold(
        &mut self,
        what: &str,
        limit: f64,
        rounds: usize,
        mut one: impl FnMut() -> usize,
        mut other: impl FnMut() -> usize,
    ) {
        for attempt in 1..=TRIES {
            let mut least = [Duration::MAX; 2];
            for _ in 0..rounds {
                least[0] = least[0].min(time(&mut one));
                least[1] = least[1].min(time(&mut other));
            }
            let ratio = least[0].as_secs_f64() / least[1].as_secs_f64();
            let said =
                format!("{what}: {ratio:.2} (at most {limit}; {:?} and {:?})", least[0], least[1]);
            println!("{said}");
            if ratio <= limit {
                return;
            }
            if attempt == TRIES {
                self.failed.push(said);
            } else {
                std::thread::sleep(BREAK);
            }
        }
    }

    /// Four times as much takes four times as long, and somewhat longer where it leaves the caches; what is quadratic takes sixteen times.
    fn hold_linear(
        &mut self,
        what: &str,
        text: impl Fn(usize) -> String,
        pass: impl Fn(&str) -> usize,
    ) {
        let (few, many) = (text(10_000), text(40_000));
        let what = format!("40,000 times {what}, by 10,000");
        self.hold(&what, 9.0, FEW, || pass(&many), || pass(&few));
    }

    fn end(self) {
        assert!(self.failed.is_empty(), "too slow:\n{}", self.failed.join("\n"));
    }
}

fn time(run: &mut impl FnMut() -> usize) -> Duration {
    let start = Instant::now();
    black_box(run());
    start.elapsed()
}
