//! The published samples, where they are there.
#![allow(clippy::disallowed_types, clippy::disallowed_macros)] // a test reads files, and says what it skips

use std::path::PathBuf;

use super::*;

fn sample(number: &str) -> Option<String> {
    let shared = std::env::var_os("GOUJI_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    let seeds = std::fs::read_dir(shared.join("seeds")).ok()?;
    let mut files = seeds.filter_map(|it| Some(it.ok()?.path()));
    let file = files
        .find(|it| it.file_name().is_some_and(|name| name.to_string_lossy().starts_with(number)))?;
    std::fs::read_to_string(file).ok()
}

#[test]
fn the_carried_over_case_is_named() {
    let Some(text) = sample("004_") else { return println!("skipped: no samples") };
    let hit = one(&text);
    assert_eq!((hit.rule.as_str(), hit.words.as_str()), ("requests-results-total", "234"));
    assert_eq!(text[..hit.range.start].matches('\n').count() + 1, 289);
    assert!(
        hit.message.contains("“二、上年结转政府信息公开申请数量”的 1 相同，可能"),
        "{}",
        hit.message
    );
    assert!(hit.message.contains("21 种"), "{}", hit.message);
    assert_eq!(hit.fixes[0].title, "将“（六）3.其他”的自然人、总计各加 1（12 改为 13）");
    assert!(hit.fixes.iter().all(|fix| sums(&apply_edits(&text, &fix.edits)).is_empty()));
}

#[test]
fn the_others_add_up() {
    let mut read = 0;
    for number in ["000_", "001_", "002_", "003_"] {
        let Some(text) = sample(number) else { continue };
        read += 1;
        let hits: Vec<_> = check(&text)
            .into_iter()
            .filter(|hit| SUMS.contains(&hit.rule.as_str()) || hit.rule.starts_with("requests-"))
            .collect();
        assert_eq!(hits, [], "{number}");
    }
    if read == 0 {
        println!("skipped: no samples");
    }
}
