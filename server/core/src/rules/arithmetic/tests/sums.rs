use super::*;
use crate::rules::{Applicability, Severity};

/// The items of natural persons and their total fall short by one.
fn short_by_one() -> String {
    requests()
        .replace("3.其他 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |", "3.其他 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |")
}

#[test]
fn a_table_that_agrees_is_silent() {
    assert_eq!(sums(&requests()), []);
    assert_eq!(sums(&report("云岭县水利局", 2025)), []);
    assert_eq!(sums(&report("云岭县水利局", 2020)), []);
}

#[test]
fn what_one_repair_mends_is_one_finding() {
    let text = short_by_one();
    let hit = one(&text);
    assert_eq!(
        (hit.rule.as_str(), hit.severity, hit.words.as_str()),
        ("requests-results-total", Severity::Error, "11")
    );
    assert_eq!(&text[hit.range.end..hit.range.end + 4], " | 2", "the total of the first column");
    assert_eq!(
        hit.message,
        "“自然人”列：办理结果分项之和 10 ≠（七）总计 11（差 1）；“总计”列 12 ≠ 13（差 1）。差额与“（三）4.保护第三方合法权益”的 1 相同，可能漏计或重计了这一项。\
         改动最少的修法有 21 种，每种改 2 个数，请核对原始记录后选用"
    );
    assert_eq!(hit.related.len(), 21 + 22, "all other cells of both columns");
    assert_eq!(hit.related[0], ("6".to_owned(), "（一）予以公开 6".to_owned()));
    assert_eq!(hit.related[1], ("7".to_owned(), "（一）予以公开·总计 7".to_owned()));
    assert_eq!(hit.related[42], ("13".to_owned(), "总计 13".to_owned()));
}

#[test]
fn the_best_eight_repairs_are_offered_and_each_mends_all() {
    let text = short_by_one();
    let hit = one(&text);
    let titles: Vec<_> = hit.fixes.iter().map(|fix| fix.title.as_str()).collect();
    assert_eq!(titles.len(), 8);
    assert_eq!(titles[0], "将“（一）予以公开”的自然人、总计各加 1（6 改为 7、7 改为 8）");
    assert!(
        titles.contains(&"将“（三）4.保护第三方合法权益”的自然人、总计各加 1（1 改为 2）"),
        "{titles:?}"
    );
    assert!(titles.contains(&"将“（六）3.其他”的自然人、总计各加 1（0 改为 1）"), "{titles:?}");
    for fix in &hit.fixes {
        assert_eq!((fix.applicability, fix.edits.len()), (Applicability::Choice, 2));
        assert_eq!(sums(&apply_edits(&text, &fix.edits)), [], "{}", fix.title);
    }
}

#[test]
fn programs_get_the_figures() {
    let found = findings(&short_by_one(), builtin());
    let data =
        &found.iter().find(|(rule, _)| rule == "requests-results-total").expect("a finding").1.data;
    assert_eq!(
        (data.difference.map(|it| it.to_string()), data.repairs),
        (Some("1".to_owned()), Some(21))
    );
    let [first, second] = data.relations.as_slice() else { panic!("{data:?}") };
    assert_eq!(
        (first.id.as_str(), first.scope.as_str(), second.scope.as_str()),
        ("requests-results-total", "自然人", "总计")
    );
    assert_eq!(
        (first.left_cells.len(), first.left_cells[0].as_str()),
        (21, "requests.granted.natural_person")
    );
    assert_eq!(first.right_cells, ["requests.results_total.natural_person"]);
    assert_eq!(
        [first.left, first.right, first.difference].map(|it| it.to_string()),
        ["10", "11", "-1"]
    );
}

#[test]
fn one_wrong_cell_has_one_repair() {
    let text = requests().replace("（七）总计 | 11 |", "（七）总计 | 15 |");
    let hit = one(&text);
    assert_eq!(hit.rule, "requests-results-total");
    let message = "“自然人”列：办理结果分项之和 11 ≠（七）总计 15（差 4）；“自然人”列：本年新收＋上年结转 10+3=13 ≠（七）总计＋结转下年度 15+2=17（差 4）；\
         “（七）总计”行：各类申请人之和 17 ≠ 总计 13（差 4）";
    assert!(hit.message.starts_with(message), "{}", hit.message);
    assert!(
        hit.message
            .ends_with("。只有一种改动最少的修法：将“（七）总计”的自然人由 15 改为 11，请核对"),
        "{}",
        hit.message
    );
    assert_eq!(apply_edits(&text, &hit.fixes[0].edits), requests());
}

#[test]
fn a_row_total_speaks_of_its_row() {
    let hit = one(&requests().replace(
        "四、结转下年度继续办理 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |",
        "四、结转下年度继续办理 | 2 | 0 | 0 | 0 | 0 | 0 | 7 |",
    ));
    assert_eq!(hit.rule, "requests-balance", "the first broken relation in the form's order");
    assert!(
        hit.message.contains("“四、结转下年度继续办理”行：各类申请人之和 2 ≠ 总计 7（差 5）"),
        "{}",
        hit.message
    );
}

#[test]
fn tables_without_row_labels_name_their_columns() {
    let text = report("云岭县水利局", 2025)
        .replace(REVIEW, &REVIEW.replacen("0 | 0 | 0 | 0 | 0", "2 | 1 | 0 | 1 | 3", 1));
    let hit = one(&text);
    assert_eq!((hit.rule.as_str(), hit.words.as_str()), ("review-total", "3"));
    assert!(
        hit.message.starts_with("行政复议分项之和 4 ≠ 行政复议总计 3（差 1）。"),
        "{}",
        hit.message
    );
    assert_eq!(hit.related[0].1, "行政复议·结果维持 2");
    let titles: Vec<_> = hit.fixes.iter().map(|fix| fix.title.as_str()).collect();
    assert!(titles.contains(&"将“行政复议·总计”由 3 改为 4"), "{titles:?}");
    assert_eq!(titles.len(), 4, "a third outcome would be negative: {titles:?}");
}

#[test]
fn groups_of_a_table_are_findings_of_their_own() {
    let row = "2 | 1 | 0 | 1 | 3 | 0 | 0 | 0 | 0 | 0 | 6 | 0 | 0 | 1 | 6 |";
    let hits = sums(&report("云岭县水利局", 2025).replace(REVIEW, row));
    assert_eq!(
        hits.iter().map(|hit| hit.rule.as_str()).collect::<Vec<_>>(),
        ["review-total", "suit-after-review-total"]
    );
}

#[test]
fn what_three_cells_cannot_mend_is_said_one_by_one() {
    let text = requests()
        .replace(
            "一、本年新收政府信息公开申请数量 | 10 | 2 | 0 |",
            "一、本年新收政府信息公开申请数量 | 17 | 2 | 0 |",
        )
        .replace("（一）予以公开 | 6 |", "（一）予以公开 | 19 |")
        .replace("1.本机关不掌握相关政府信息 | 3 | 1 |", "1.本机关不掌握相关政府信息 | 3 | 30 |")
        .replace("四、结转下年度继续办理 | 2 | 0 | 0 |", "四、结转下年度继续办理 | 2 | 0 | 40 |");
    let hits = sums(&text);
    assert!(hits.len() > 4, "{hits:#?}");
    for hit in &hits {
        assert!(
            hit.fixes.is_empty()
                && hit.message.ends_with("只改 3 个数以内不能使各项关系同时成立，请逐项核对"),
            "{}",
            hit.message
        );
    }
}

#[test]
fn a_table_askew_is_one_finding() {
    // The totals of natural persons stand one row too low.
    let mut text = requests();
    for (row, wrong) in [
        ("（一）予以公开 | 6 |", "（一）予以公开 | 60 |"),
        ("（七）总计 | 11 |", "（七）总计 | 110 |"),
    ] {
        text = text.replace(row, wrong);
    }
    for label in [
        "1.属于国家秘密",
        "5.属于三类内部事务信息",
        "6.属于四类过程性信息",
        "8.属于行政查询事项",
        "2.重复申请",
        "1.信访举报投诉类申请",
        "3.要求提供公开出版物",
    ] {
        text = text.replace(&format!("{label} | 0 | 0 | 0 |"), &format!("{label} | 0 | 0 | 4 |"));
    }
    let hit = one(&text);
    assert_eq!((hit.rule.as_str(), hit.words.as_str()), ("requests-results-total", "110"));
    assert!(
        hit.message.starts_with(
            "表三有 12 处关系不成立（如“自然人”列：办理结果分项之和 65 ≠（七）总计 110（差 45））"
        ),
        "{}",
        hit.message
    );
    assert_eq!((hit.related.len(), hit.fixes.len()), (11, 0));
    let (_, finding) = findings(&text, builtin())
        .into_iter()
        .find(|(rule, _)| rule == "requests-results-total")
        .expect("a finding");
    assert_eq!((finding.data.relations.len(), finding.data.repairs), (12, Some(0)));
}

#[test]
fn a_relation_that_is_off_takes_no_part() {
    let text = requests().replace("（七）总计 | 11 |", "（七）总计 | 15 |");
    let mut settings = builtin();
    settings.disable(Engine::builtin().registry().find("requests-results-total").expect("a rule"));
    let found: Vec<_> = findings(&text, settings)
        .into_iter()
        .filter(|(rule, _)| SUMS.contains(&rule.as_str()))
        .collect();
    let [(rule, finding)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((rule.as_str(), finding.data.relations.len()), ("requests-balance", 2));

    let ignored = text.replace(
        "（七）总计 |",
        "<!-- gouji-ignore requests-results-total, requests-balance: 已核对 -->\n（七）总计 |",
    );
    let hit = one(&ignored);
    assert_eq!(hit.rule, "requests-row-total", "{}", hit.message);
}

#[test]
fn an_unknown_figure_breaks_nothing() {
    let short = short_by_one();
    for unknown in ["", "/", "无"] {
        let text = short.replace(
            "5.属于三类内部事务信息 | 0 | 0 |",
            &format!("5.属于三类内部事务信息 | {unknown} | 0 |"),
        );
        let hits = sums(&text);
        assert!(hits.iter().all(|hit| !hit.message.contains("“自然人”列")), "{unknown}: {hits:#?}");
    }
}

#[test]
fn rows_that_may_belong_to_a_sum_make_it_unknown() {
    let short = short_by_one();
    let stranger =
        short.replace("（七）总计 |", "4.移送其他机关 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n（七）总计 |");
    assert_eq!(sums(&stranger), []);
    let zero =
        short.replace("（七）总计 |", "4.移送其他机关 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n（七）总计 |");
    assert_eq!(sums(&zero).len(), 1, "a row of zeros is no term");
    let twice =
        short.replace("2.重复申请 |", "2.重复申请 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n2.重复申请 |");
    assert_eq!(sums(&twice), []);
}

#[test]
fn a_unit_behind_a_figure_stays() {
    let text = requests().replace("（七）总计 | 11 |", "（七）总计 | 15件 |");
    let hit = one(&text);
    assert_eq!(
        apply_edits(&text, &hit.fixes[0].edits),
        requests().replace("（七）总计 | 11 |", "（七）总计 | 11件 |")
    );
}

#[test]
fn the_older_form_counts_its_own_items() {
    let rows = [
        ("一、本年新收政府信息公开申请数量", "5 | 0 | 0 | 0 | 0 | 0 | 5"),
        ("（六）其他处理", "4 | 0 | 0 | 0 | 0 | 0 | 4"),
        ("（七）总计", "5 | 0 | 0 | 0 | 0 | 0 | 5"),
    ];
    let hit = one(&filled(2020, &rows));
    assert!(
        hit.message.starts_with("“自然人”列：办理结果分项之和 4 ≠（七）总计 5（差 1）"),
        "{}",
        hit.message
    );
    assert!(hit.message.contains("有 19 种"), "{}", hit.message);
    assert_eq!(hit.fixes[0].title, "将“（六）其他处理”的自然人、总计各加 1（4 改为 5）");
}
