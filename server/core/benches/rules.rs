//! What each rule costs in a whole pass of a report of 10 KB: the pass with it alone, less the pass without any.
//!
//! 80 µs without rules, 196 µs with all 169. The slowest:
//!
//! | rule | cost |
//! |---|---|
//! | overview-off-topic | 8.9 µs |
//! | overview-too-long | 8.6 µs |
//! | missing-section | 8.3 µs |
//! | date-format | 8.1 µs |
//! | narrative-sum-mismatch | 7.6 µs |
//!
//! Intel Xeon, two virtual processors, alone on the machine, 2026-11-29, linked as it is shipped. Most rules read as nothing: a line that holds none
//! of their words does not call them. What differs by less than 2 µs from run to run is noise.

// What it measures is what it is for.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_macros,
    reason = "core does no I/O; its bench has a reader"
)]

mod texts;

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use gouji_core::engine::{Engine, Settings};
use gouji_core::snapshot::Snapshot;
use gouji_generator::Layout;
use texts::{look, one, settings};

/// How many are shown.
const SHOWN: usize = 10;

fn main() {
    // Run as a test, a bench only shows that it runs.
    let rounds = if std::env::args().any(|it| it == "--bench") { 300 } else { 2 };
    let text = one(Layout::Pipes);
    let engine = Engine::builtin();
    let mut none = Settings::new(engine.clone());
    let rules: Vec<_> = engine
        .registry()
        .rules()
        .iter()
        .filter_map(|rule| engine.registry().find(&rule.id))
        .collect();
    for rule in &rules {
        none.disable(*rule);
    }
    let mut alone: Vec<(Arc<Settings>, Duration)> = rules
        .iter()
        .map(|rule| {
            let mut settings = none.clone();
            settings.enable(*rule);
            (Arc::new(settings), Duration::MAX)
        })
        .collect();
    let none = Arc::new(none);
    let all = settings();
    let (mut least, mut whole) = (Duration::MAX, Duration::MAX);
    let pass = |settings: &Arc<Settings>| {
        let start = Instant::now();
        black_box(look(&Snapshot::new(&text, settings.clone())));
        start.elapsed()
    };
    for _ in 0..rounds {
        whole = whole.min(pass(&all));
        for (settings, own) in &mut alone {
            // In turn, so that both find the processor in the same state.
            least = least.min(pass(&none));
            *own = (*own).min(pass(settings));
        }
    }
    println!("{least:?} without rules, {whole:?} with all {}", rules.len());
    let mut costs: Vec<_> = rules
        .iter()
        .zip(alone)
        .map(|(rule, (_, own))| (own.saturating_sub(least), &engine.registry().info(*rule).id))
        .collect();
    costs.sort_unstable_by(|a, b| b.cmp(a));
    for (cost, rule) in costs.iter().take(SHOWN) {
        println!("{:6.1} µs {rule}", cost.as_secs_f64() * 1e6);
    }
}
