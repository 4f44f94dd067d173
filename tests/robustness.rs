//! Nothing a file can hold makes the program panic or hang.

mod support;

use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use gouji_core::engine::Settings;
use gouji_core::snapshot::Snapshot;
use gouji_generator::{Layout, Options, Random, Report, compilation, render};
use support::{for_each_seed, settings, times};

/// Longer than any text here takes on a slow machine without optimisation, shorter than a hang.
const PATIENCE: Duration = Duration::from_secs(120);

/// Words that mean something to a reader of reports, in no order at all.
const HAZARDS: &[&str] = &[
    "\n",
    "\r\n",
    "\r",
    "\t",
    "|",
    " | ",
    "||||",
    "\u{a0}",
    "　",
    "<td>",
    "</td>",
    "<table>",
    "</tr>",
    "<td rowspan=\"22\">",
    "<",
    ">",
    "&nbsp;",
    "# ",
    "| --- |",
    "0",
    "7",
    "25977391.028",
    "-4",
    "减4",
    "1,234",
    "１２",
    "三百",
    "99999999999999999999999999999999999999",
    "0.1e9",
    "/",
    "—",
    "一、",
    "二、",
    "三、",
    "（一）",
    "(七)",
    "一、本年新收政府信息公开申请数量",
    "三、本年度办理结果",
    "（七）总计",
    "3.其他",
    "总计",
    "规章",
    "行政许可",
    "行政复议",
    "结果\n维持",
    "自然人",
    "2025年政府信息公开工作年度报告",
    "青石县水利局",
    "六、其他需要报告的事项",
    "申请",
    "件",
    "万元",
    "⼈",
    "⺠",
    "總計",
    "（",
    "）",
    "《",
    "》",
    "“",
    "\u{feff}",
    "\u{200b}",
    "\u{0}",
    "𠮷",
    "e\u{301}",
    "- 3 -",
    "<!-- gouji-ignore requests-balance: x -->",
];

fn read_all(text: &str, settings: &Arc<Settings>) -> usize {
    let snapshot = Snapshot::new(text, settings.clone());
    let findings = snapshot.findings().map(|found| {
        let range = found.range();
        assert!(range.start <= range.end && range.end <= text.len(), "{range:?} of {}", text.len());
        assert!(
            text.is_char_boundary(range.start) && text.is_char_boundary(range.end),
            "{range:?} splits a character"
        );
        1
    });
    findings.sum::<usize>() + snapshot.reports().count()
}

fn in_time(what: &str, text: &str) {
    let started = Instant::now();
    read_all(text, &settings());
    assert!(started.elapsed() < PATIENCE, "{what} took {:?}", started.elapsed());
}

fn hazards(random: &mut Random, count: usize) -> String {
    (0..count).map(|_| *random.pick(HAZARDS)).collect()
}

#[test]
fn any_words_in_any_order_are_read() {
    let settings = settings();
    for_each_seed("words", times("GOUJI_TEST_REPORTS", 100) * 2, 0, |seed| {
        let random = &mut Random::new(seed);
        let length = random.below(400);
        let text = hazards(random, length);
        read_all(&text, &settings);
        None
    });
}

#[test]
fn a_damaged_report_is_read() {
    let settings = settings();
    for_each_seed("damage", times("GOUJI_TEST_REPORTS", 100) * 2, 0, |seed| {
        let random = &mut Random::new(seed);
        let layouts = [Layout::READABLE.as_slice(), &Layout::LOSSY].concat();
        let text = render(&Report::random(seed, &Options::random(random)), *random.pick(&layouts));
        let mut chars: Vec<char> = text.chars().collect();
        for _ in 0..random.between(1, 30) {
            let at = random.below(chars.len() + 1);
            let end = (at + random.below(40)).min(chars.len());
            let count = random.below(3);
            chars.splice(at..end, hazards(random, count).chars().collect::<Vec<_>>());
        }
        let text: String = chars.into_iter().collect();
        read_all(&text, &settings);
        None
    });
}

#[test]
fn long_lines_are_read_in_time() {
    let words = [
        "行政许可0",
        "一",
        "0 ",
        "|",
        "\t",
        "<td>",
        "（",
        "第二十条第（一）项",
        "收到申请3件，",
        "《",
        "1、",
    ];
    for word in words {
        let line = word.repeat(100_000 / word.chars().count());
        in_time(
            &format!("a line of {word:?}"),
            &format!("青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n{line}\n"),
        );
    }
}

#[test]
fn ten_thousand_rows_are_read_in_time() {
    let head = "青石县水利局2024年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n";
    for row in [
        "3.其他 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n",
        "\t0\t0\t0\n",
        "<tr><td>规章</td><td>1</td></tr>\n",
        "总计\n0\n",
        "1.属于国家秘密 0 0 0\n",
        "|\n",
    ] {
        in_time(&format!("rows {row:?}"), &format!("{head}{}", row.repeat(10_000)));
    }
}

#[test]
fn ten_megabytes_are_read_in_time() {
    let reports: Vec<_> = (0..20)
        .map(|seed| Report::random(seed, &Options { prose: 12_000, ..Options::default() }))
        .collect();
    let block = compilation(&reports, Layout::Pipes);
    let megabytes = times("GOUJI_TEST_MEGABYTES", 2) as usize;
    in_time("a compilation", &block.repeat((megabytes << 20) / block.len() + 1));
    in_time("zeros", &"0".repeat(megabytes << 20));
    in_time("line breaks", &"\n".repeat(megabytes << 20));
}

#[test]
fn the_program_reads_any_bytes() {
    let folder =
        tempfile::tempdir().unwrap_or_else(|problem| panic!("no temporary folder: {problem}"));
    let random = &mut Random::new(1);
    for at in 0..times("GOUJI_TEST_REPORTS", 100) / 10 {
        let mut bytes: Vec<u8> = (0..random.below(4000)).map(|_| random.next_u64() as u8).collect();
        if at % 2 == 0 {
            bytes.splice(
                ..0,
                render(&Report::random(at, &Options::default()), Layout::Pipes).into_bytes(),
            );
        }
        std::fs::write(folder.path().join(format!("{at}.txt")), bytes)
            .unwrap_or_else(|problem| panic!("cannot write: {problem}"));
    }
    let mut gouji = Command::new(env!("CARGO_BIN_EXE_gouji"));
    let output =
        gouji.args(["check", "--format", "json", "--fail-on", "never"]).arg(folder.path()).output();
    let output = output.unwrap_or_else(|problem| panic!("cannot run gouji: {problem}"));
    let voice = String::from_utf8_lossy(&output.stderr);
    assert!(
        matches!(output.status.code(), Some(0 | 2)),
        "exit status {:?}: {voice}",
        output.status
    );
    assert!(!voice.contains("panicked"), "{voice}");
    serde_json::from_slice::<serde_json::Value>(&output.stdout)
        .unwrap_or_else(|problem| panic!("no json: {problem}"));
}
