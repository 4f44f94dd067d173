//! A form of another kind: amounts with decimals, changes that may be negative, words of its own.

use super::*;
use crate::form;

const FORM: &str = r#"
id = "grant-report"
name = "专项资金使用报告"
family = "grant-report"
years = "2020.."
title = ["专项资金", "报告"]
title_standard = "专项资金使用情况报告"

[[section]]
id = "money"
number = "一"
heading = "资金收支情况"

[[section]]
id = "other"
number = "二"
heading = "其他说明"

[[table]]
id = "money"
name = "收支表"
section = "money"

[[table.block]]
values = { kind = "amount", unit = "万元", decimals = 2 }
columns = [{ id = "planned", label = "预算数" }, { id = "spent", label = "决算数" }, { id = "change", label = "增减", values = { kind = "change" } }]
rows = [{ id = "wages", label = "人员经费" }, { id = "works", label = "工程经费" }, { id = "all", label = "经费合计", weight = 2 }]

[[relation]]
id = "money-total"
table = "money"
each = "column"
equation = "wages + works = all"
severity = "warning"
basis = "表内行名"
left = "各项经费之和"
right = "经费合计"
page = "p"
"#;

fn engine() -> Arc<Engine> {
    let form = form::read(FORM, &[], &mut |_| unreachable!()).expect("a form");
    Arc::new(Engine::new(vec![form]).unwrap_or_else(|problems| panic!("{problems:?}")))
}

fn text(rows: [&str; 3]) -> String {
    format!(
        "青石镇2024年专项资金使用情况报告\n\n一、资金收支情况\n项目 | 预算数 | 决算数 | 增减 |\n人员经费 | {} |\n工程经费 | {} |\n经费合计 | {} |\n\n二、其他说明\n无其他说明。\n",
        rows[0], rows[1], rows[2]
    )
}

fn found(text: &str) -> Vec<Finding> {
    let found = findings(text, Settings::new(engine()));
    found
        .into_iter()
        .filter(|(rule, _)| rule == "money-total")
        .map(|(_, finding)| finding)
        .collect()
}

#[test]
fn amounts_are_summed_exactly() {
    assert_eq!(found(&text(["0.1 | 12.35万元 | -3", "0.2 | 7.65 | 5", "0.3 | 20.00 | 2"])), []);
    assert_eq!(
        found(&text(["0.1 | 123500元 | -3", "0.2 | 7.65 | 5", "0.3 | 21 | 2"])),
        [],
        "another unit is no term"
    );
}

#[test]
fn a_broken_amount_is_said_in_the_words_of_the_form() {
    let text = text(["0.1 | 12.35万元 | -3", "0.2 | 7.65 | 5", "0.3 | 21 | 3"]);
    let found = found(&text);
    let [spent, change] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(
        spent.message,
        "“决算数”列：各项经费之和 12.35+7.65=20 ≠ 经费合计 21（差 1）。改动最少的修法有 3 种，每种改 1 个数，请核对原始记录后选用"
    );
    let titles: Vec<_> = spent.fixes.iter().map(|fix| fix.title.as_str()).collect();
    assert_eq!(
        titles,
        [
            "将“人员经费”的决算数由 12.35 改为 13.35",
            "将“工程经费”的决算数由 7.65 改为 8.65",
            "将“经费合计”的决算数由 21 改为 20"
        ]
    );
    let edit = &spent.fixes[0].edits[0];
    assert_eq!(
        (edit.text.as_str(), edit.place.range.len()),
        ("13.35", "12.35".len()),
        "the unit stays"
    );
    assert!(
        change.fixes.iter().any(|fix| fix.title == "将“人员经费”的增减由 -3 改为 -2"),
        "{:#?}",
        change.fixes
    );
}
