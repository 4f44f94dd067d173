//! Prints the report of a seed: `cargo run -p gouji-generator --example render -- 12-pdf 7`.

use std::io::Write;

use gouji_generator::{Layout, Options, Random, Report, render};

fn main() -> std::io::Result<()> {
    let mut words = std::env::args().skip(1);
    let name = words.next().unwrap_or_default();
    let seed = words.next().and_then(|word| word.parse().ok()).unwrap_or(1);
    let mut all = Layout::READABLE.into_iter().chain(Layout::LOSSY);
    let Some(layout) = all.find(|layout| layout.name() == name) else {
        let names: Vec<_> =
            Layout::READABLE.into_iter().chain(Layout::LOSSY).map(Layout::name).collect();
        return Err(std::io::Error::other(format!(
            "no layout {name:?}; there are {}",
            names.join(", ")
        )));
    };
    let report = Report::random(seed, &Options::random(&mut Random::new(seed)));
    std::io::stdout().write_all(render(&report, layout).as_bytes())
}
