use std::sync::Arc;

use crate::engine::{Engine, Settings};
use crate::form::{RuleSpec, Years};
use crate::rules::testing::{Hit, apply_fix, assert_findings, check, hits, report};
use crate::rules::{Group, Registry, Severity};

const SLIP: &str = "fee-unit-slip";

/// The report of `agency` with a fee.
fn fee(agency: &str, amount: &str) -> String {
    report(agency, 2025).replace("行政事业性收费 | 0 |", &format!("行政事业性收费 | {amount} |"))
}

fn severities(hits: &[Hit]) -> Vec<Severity> {
    hits.iter().map(|hit| hit.severity).collect()
}

#[test]
fn a_development_zone_with_the_revenue_of_a_nation_is_an_error() {
    let text = fee("云岭高新技术产业开发区", "25977391.028");
    let found = hits(&text, SLIP);
    assert_eq!(severities(&found), [Severity::Error]);
    assert_eq!(found[0].words, "25977391.028");
    for part in [
        "约 2597.74 亿元",
        "100～30000 万元",
        "866 倍",
        "除以 10000 后为 2597.74 万元",
        "3 位小数",
        "混加",
    ] {
        assert!(found[0].message.contains(part), "{part}: {}", found[0].message);
    }
    assert_eq!(hits(&apply_fix(&text, SLIP, 0), SLIP), []);
    assert!(apply_fix(&text, SLIP, 0).contains("行政事业性收费 | 2597.74 |"));
}

#[test]
fn what_real_reports_print_is_silent() {
    let real = [
        ("云岭县水利局", "0"),
        ("云岭县水利局", "172"),
        ("云岭省工业和信息化厅", "730.6"),
        ("云岭市", "316441"),
        ("云岭市人民政府", "316441.5523"),
        ("云岭市自然资源和规划局", "18250.1234"),
        ("青石镇人民政府", "3.5"),
        ("云岭大学", "98000"),
        ("财政部", "2500000"),
    ];
    for (agency, amount) in real {
        assert_eq!(hits(&fee(agency, amount), SLIP), [], "{agency} {amount}");
    }
}

#[test]
fn every_level_has_its_own_measure() {
    let cases = [
        ("青石镇人民政府", "6000000", Some(Severity::Error)),
        ("云岭县水利局", "5000000", Some(Severity::Error)),
        ("云岭市水利局", "5000000", Some(Severity::Error)),
        ("云岭市人民政府", "2000000", Some(Severity::Warning)),
        ("云岭大学", "2000000", Some(Severity::Warning)),
        ("云岭大学", "20000000", Some(Severity::Error)),
        ("云岭县水利局", "15000", None),
    ];
    for (agency, amount, severity) in cases {
        assert_eq!(
            hits(&fee(agency, amount), SLIP).first().map(|hit| hit.severity),
            severity,
            "{agency} {amount}"
        );
    }
}

#[test]
fn the_nations_total_is_beyond_anyone() {
    let found = hits(&fee("财政部", "40000000"), SLIP);
    assert_eq!(severities(&found), [Severity::Error]);
    assert!(
        found[0].message.contains("全国行政事业性收费一年的收入总额（约 40000000 万元）"),
        "{}",
        found[0].message
    );
}

#[test]
fn the_prose_proves_a_slip_whatever_the_level() {
    let text = fee("云岭市水利局", "7306000")
        .replace("（二）依申请公开。", "全年行政事业性收费730.6万元。（二）依申请公开。");
    let found = hits(&text, SLIP);
    assert_eq!(severities(&found), [Severity::Error]);
    assert!(
        found[0].message.contains("正文为 730.6 万元，表中为 7306000 万元，相差一万倍"),
        "{}",
        found[0].message
    );
    assert!(found[0].related[0].0.contains("730.6万元"), "{:?}", found[0].related);
    assert_eq!(found[0].fixes[0].title, "改为 730.6（与正文一致）");
    assert_eq!(hits(&text.replace("7306000 |", "730.6 |"), SLIP), []);
    assert_eq!(severities(&hits(&text.replace("7306000 |", "0.07306 |"), SLIP)), [Severity::Error]);
    assert_eq!(
        severities(&hits(
            &text.replace("730.6万元", "7306000元").replace("7306000 |", "7310000 |"),
            SLIP
        )),
        [Severity::Error]
    );
}

#[test]
fn a_written_yuan_proves_a_slip() {
    let text = fee("云岭县水利局", "251000元");
    assert_eq!(severities(&hits(&text, SLIP)), [Severity::Error]);
    assert!(apply_fix(&text, SLIP, 0).contains("行政事业性收费 | 25.1 |"));
    assert_eq!(hits(&fee("云岭县水利局", "0元"), SLIP), []);
    assert_eq!(hits(&fee("云岭县水利局", "25.1万元"), SLIP), []);
}

#[test]
fn a_header_in_yuan_is_mended_with_its_figure() {
    let text = fee("云岭县水利局", "251000")
        .replace("本年收费金额（单位：万元）", "本年收费金额（单位：元）");
    assert_eq!(severities(&hits(&text, SLIP)), [Severity::Error]);
    let fixed = apply_fix(&text, SLIP, 0);
    assert!(
        fixed.contains("本年收费金额（单位：万元）") && fixed.contains("行政事业性收费 | 25.1 |"),
        "{fixed}"
    );
    assert_eq!(
        hits(&report("云岭县水利局", 2025).replace("（单位：万元）", "（单位：元）"), SLIP),
        []
    );
}

#[test]
fn noise_and_precision_share_no_figure() {
    let ids = |amount: &str| {
        let found = check(&fee("云岭县水利局", amount));
        found
            .into_iter()
            .map(|hit| hit.rule)
            .filter(|rule| rule.starts_with("fee-"))
            .collect::<Vec<_>>()
    };
    assert_eq!(ids("0.30000000000000004"), ["fee-float-noise"]);
    assert_eq!(ids("12.34567891"), ["fee-too-precise"]);
    assert_eq!(ids("12.345678"), [""; 0]);
    assert_eq!(ids("12.3400000000"), [""; 0]);
    assert_eq!(ids("0.0026"), ["fee-too-small"]);
    assert_eq!(ids("0.01"), [""; 0]);
    assert!(
        apply_fix(&fee("云岭县水利局", "0.30000000000000004"), "fee-float-noise", 0)
            .contains("| 0.3 |")
    );
    assert!(
        apply_fix(&fee("云岭县水利局", "12.34567891"), "fee-too-precise", 0)
            .contains("| 12.345679 |")
    );
}

#[test]
fn rules_are_for_those_who_may_make_them() {
    let with_rules = |agency: &str| {
        severities(&hits(
            &report(agency, 2025).replace("规章 | 0 | 0 | 0 |", "规章 | 0 | 0 | 3 |"),
            "rules-without-power",
        ))
    };
    for agency in
        ["云岭县水利局", "青石镇人民政府", "云岭县人民政府", "云岭高新技术产业开发区管理委员会"]
    {
        assert_eq!(with_rules(agency), [Severity::Warning], "{agency}");
    }
    for agency in ["云岭市水利局", "云岭省水利厅"] {
        assert_eq!(with_rules(agency), [Severity::Hint], "{agency}");
    }
    for agency in ["云岭市人民政府", "云岭市", "云岭省人民政府", "财政部", "云岭大学"]
    {
        assert_eq!(with_rules(agency), [], "{agency}");
    }
}

#[test]
fn direct_suits_are_asked_about_since_2024() {
    let suits = |year: u16| {
        let row = "0 | 0 | 0 | 0 | 0 | 2 | 0 | 0 | 0 | 2 | 0 | 0 | 0 | 0 | 0 |";
        let text = report("云岭县水利局", year)
            .replace("0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |", row);
        hits(&text, "direct-suit-since-2024")
    };
    assert_eq!(severities(&suits(2024)), [Severity::Hint]);
    assert!(
        suits(2025)[0].message.contains("“未经复议直接起诉·总计”为 2"),
        "{}",
        suits(2025)[0].message
    );
    assert_eq!(suits(2023), []);
    assert_eq!(suits(2020), []);
}

#[test]
fn a_small_office_may_carry_over_most() {
    let carry = |new: u32, out: u32| {
        let text = report("云岭县水利局", 2025)
            .replace(
                "一、本年新收政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
                &format!("一、本年新收政府信息公开申请数量 | {new} | 0 | 0 | 0 | 0 | 0 | {new} |"),
            )
            .replace(
                "四、结转下年度继续办理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
                &format!("四、结转下年度继续办理 | {out} | 0 | 0 | 0 | 0 | 0 | {out} |"),
            );
        hits(&text, "carry-ratio").into_iter().map(|hit| hit.message).collect::<Vec<_>>()
    };
    assert_eq!(
        carry(30, 16),
        ["结转下年度 16 件，占本年应办 30 件的 53.3%：请核对是否有已办结的申请未计入办理结果"]
    );
    assert_eq!(carry(30, 15), [""; 0]);
    assert_eq!(carry(19, 19), [""; 0]);
}

#[test]
fn a_share_above_the_whole_is_found() {
    let with = |sentence: &str| {
        report("云岭县水利局", 2025)
            .replace("（二）依申请公开。", &format!("{sentence}（二）依申请公开。"))
    };
    for sentence in [
        "予以公开10件，占⟦percent-out-of-range: 120%⟧。",
        "占比为⟦percent-out-of-range: 133.3%⟧；",
        "全年办结率达到⟦percent-out-of-range: 101 ％⟧，",
        "重点领域信息公开率⟦percent-out-of-range: 1000%⟧。",
    ] {
        assert_findings(&with(sentence), &["percent-out-of-range"]);
    }
    for sentence in [
        "占83%，比上年增长120%。",
        "占比较上年提高120%。",
        "完成年度目标的133%。",
        "占全年任务的133%。",
        "按时答复率100%、点击量增长230%。",
        "办结率100.0%。",
        "占地扩大到150%。",
        "公开率%。",
    ] {
        assert_findings(&with(sentence), &["percent-out-of-range"]);
    }
}

#[test]
fn rules_that_are_off_stay_off() {
    let found =
        check(&report("云岭县水利局", 2025).replace("行政许可 | 0 |", "行政许可 | 12000000 |"));
    assert!(found.iter().all(|hit| hit.rule != "count-outlier"), "{found:?}");
    assert_eq!(
        hits(
            &report("云岭县水利局", 2025).replace("行政许可 | 0 |", "行政许可 | 12000000 |"),
            "count-outlier"
        )
        .len(),
        1
    );
    assert_eq!(
        hits(
            &report("云岭市人民政府", 2025).replace("行政许可 | 0 |", "行政许可 | 12000000 |"),
            "count-outlier"
        ),
        []
    );
}

#[test]
fn a_wrong_key_is_named() {
    let engine = Engine::builtin();
    let problem = |mechanism: &str, params: &str| {
        let mut form = engine.forms()[0].as_ref().clone();
        form.rules = vec![Arc::new(RuleSpec {
            id: "own-rule".into(),
            mechanism: mechanism.into(),
            group: Group::Plausibility,
            severity: Severity::Hint,
            enabled: true,
            unfinished: false,
            years: Years::default(),
            page: "".into(),
            params: params.parse().unwrap(),
            line: 7,
        })];
        Registry::new([&form]).err().unwrap().remove(0).message
    };
    assert!(
        problem(
            "amount-unit",
            "cell = \"requests.granted.total\"\nceiling = 1\nceiling_name = \"\""
        )
        .contains("单位是万元的金额")
    );
    assert!(
        problem("amount-floor", "cell = \"proactive.admin_fee.amount\"").contains("缺少“below”")
    );
    assert!(
        problem("amount-floor", "cell = \"proactive.admin_fee.amount\"\nbelow = 0.01")
            .contains("小数请加引号")
    );
    assert!(
        problem(
            "nonzero",
            "cells = \"proactive.rules.*\"\nmessage = \"\"\nlevels = { village = \"hint\" }"
        )
        .contains("没有名为“village”的层级")
    );
    assert!(problem("nonzero", "cell = \"proactive.rules.*\"").contains("不认识“cell”"));
    assert!(problem("level-band", "cells = \"proactive.admin_fee.amount\"").contains("应为件数"));
}

#[test]
fn the_settings_of_a_user_win() {
    let engine = Engine::builtin();
    let rule = engine.registry().find(SLIP).unwrap();
    let mut settings = Settings::new(engine);
    settings.set(rule, Severity::Info);
    let snapshot = crate::snapshot::Snapshot::new(&fee("云岭县水利局", "5000000"), settings.into());
    assert!(
        snapshot
            .findings()
            .any(|found| found.rule().id == SLIP && found.severity() == Severity::Info)
    );
}
