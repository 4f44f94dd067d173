use super::*;
use crate::rules::testing::{apply_fix, hits};

fn with_subtotal(subtotal: &str) -> String {
    requests().replace(
        "（三）不予公开 | 1.属于国家秘密 |",
        &format!("（三）不予公开 | {subtotal} |\n1.属于国家秘密 |"),
    )
}

#[test]
fn a_subtotal_must_be_the_sum_of_its_items() {
    assert_eq!(hits(&with_subtotal("1 | 0 | 0 | 0 | 0 | 0 | 1"), "requests-group-subtotal"), []);
    let text = with_subtotal("1 | 0 | 4 | 0 | 0 | 0 | 5");
    let found = hits(&text, "requests-group-subtotal");
    let [hit] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!((hit.words.as_str(), hit.related.len()), ("4", 8));
    assert_eq!(
        hit.message,
        "“（三）不予公开”的小计与分项不符：“科研机构”列分项之和 0 ≠ 小计 4、“总计”列 1 ≠ 5；格式没有这一行小计，请删去或核对"
    );
    assert_eq!(
        apply_fix(&text, "requests-group-subtotal", 0),
        with_subtotal("1 | 0 | 0 | 0 | 0 | 0 | 1")
    );
    assert_eq!(sums(&text), [], "a subtotal is no term of the total");
}

#[test]
fn a_subtotal_of_unknown_items_is_not_checked() {
    let text = with_subtotal("1 | 0 | 4 | 0 | 0 | 0 | 5")
        .replace("8.属于行政查询事项 | 0 | 0 | 0 |", "8.属于行政查询事项 | 0 | 0 | / |");
    let found = hits(&text, "requests-group-subtotal");
    assert!(
        found.iter().all(|hit| hit.message.contains("“总计”列分项之和 1 ≠ 小计 5")),
        "{found:#?}"
    );
}

/// The table without its last column.
fn without_totals(text: &str) -> String {
    let cut = |line: &str| -> String {
        let cells: Vec<_> = line.split(" | ").collect();
        let is_row = cells
            .iter()
            .rev()
            .take_while(|cell| cell.trim_end_matches(" |").parse::<u32>().is_ok())
            .count()
            == 7;
        if is_row {
            format!("{} |", cells[..cells.len() - 1].join(" | "))
        } else {
            line.replace("自然人 | 法人或其他组织 | 总计 |", "自然人 | 法人或其他组织 |")
        }
    };
    text.lines().map(cut).collect::<Vec<_>>().join("\n")
}

#[test]
fn missing_totals_are_worked_out_when_every_row_is_whole() {
    let text = without_totals(&requests());
    let found = hits(&text, "requests-total-derivable");
    let [hit] = found.as_slice() else { panic!("{found:#?}\n{text}") };
    assert_eq!(
        hit.message,
        "表三没有“总计”列，但各行分项齐全，可由各列相加得出：一、本年新收政府信息公开申请数量 12、二、上年结转政府信息公开申请数量 3、（一）予以公开 7、\
         （三）4.保护第三方合法权益 1、（四）1.本机关不掌握相关政府信息 4、（六）3.其他 1等 8 行，其余各行为 0；请补上这一列"
    );
    let empty = hits(&without_totals(&report("云岭县水利局", 2025)), "requests-total-derivable");
    assert!(empty[0].message.contains("各行都是 0"), "{}", empty[0].message);
    let gap = text.replace("8.属于行政查询事项 | 0 | 0 |", "8.属于行政查询事项 |  | 0 |");
    assert_eq!(hits(&gap, "requests-total-derivable"), []);
    assert_eq!(hits(&requests(), "requests-total-derivable"), []);
}

#[test]
fn an_item_may_not_exceed_its_total_even_where_others_are_blank() {
    let blank = requests().replace("2.重复申请 | 0 | 0 |", "2.重复申请 |  | 0 |");
    assert_eq!(hits(&blank, "requests-component-exceeds"), []);
    let text = blank.replace(
        "（一）予以公开 | 6 | 1 | 0 | 0 | 0 | 0 | 7 |",
        "（一）予以公开 | 26 | 1 | 0 | 0 | 0 | 0 |  |",
    );
    let found = hits(&text, "requests-component-exceeds");
    let [hit] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(hit.words, "26");
    assert!(
        hit.message.starts_with("“（一）予以公开·自然人”的 26 大于（七）总计 11；有的单元格没有数"),
        "{}",
        hit.message
    );
    let together = blank.replace(
        "1.本机关不掌握相关政府信息 | 3 | 1 | 0 | 0 | 0 | 0 | 4 |",
        "1.本机关不掌握相关政府信息 | 9 | 1 | 0 | 0 | 0 | 0 |  |",
    );
    let found = hits(&together, "requests-component-exceeds");
    assert!(
        found[0].message.starts_with("“自然人”列已填的 20 项之和 17 大于（七）总计 11"),
        "{}",
        found[0].message
    );
    let whole = requests().replace("（一）予以公开 | 6 |", "（一）予以公开 | 26 |");
    assert_eq!(hits(&whole, "requests-component-exceeds"), [], "the relations say it");
}

#[test]
fn one_figure_that_breaks_its_row_and_exceeds_its_column_is_told_once() {
    let blank = requests().replace("2.重复申请 | 0 | 0 |", "2.重复申请 |  | 0 |");
    let text = blank.replace("（一）予以公开 | 6 |", "（一）予以公开 | 26 |");
    assert_eq!(hits(&text, "requests-component-exceeds"), []);
    let found = hits(&text, "requests-row-total");
    assert_eq!(found.len(), 1);
    // Two figures are two slips.
    let two = text
        .replace("2.没有现成信息需要另行制作 | 0 | 0 |", "2.没有现成信息需要另行制作 | 0 | 3 |");
    let sums = check(&two).into_iter().filter(|it| it.rule.starts_with("requests-"));
    assert_eq!(
        sums.map(|it| it.rule).collect::<Vec<_>>(),
        ["requests-component-exceeds", "requests-results-total"]
    );
}

#[test]
fn a_side_may_not_be_smaller_than_it_must() {
    let text = report("云岭县水利局", 2025)
        .replace("行政规范性文件 | 0 | 0 | 0 |", "行政规范性文件 | 5 | 0 | 3 |");
    let found = hits(&text, "in-force-below-issued");
    let [hit] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(
        hit.message,
        "“行政规范性文件”行：现行有效、本年废止件数之和 3 小于本年制发件数 5，请核对"
    );
    assert_eq!(hits(&text.replace("| 5 | 0 | 3 |", "| 5 | 0 | 5 |"), "in-force-below-issued"), []);
    assert_eq!(hits(&text.replace("| 5 | 0 | 3 |", "| 5 | 0 | / |"), "in-force-below-issued"), []);
    // Two of the five may have been repealed in the year in which they were issued.
    assert_eq!(hits(&text.replace("| 5 | 0 | 3 |", "| 5 | 2 | 3 |"), "in-force-below-issued"), []);
    assert_eq!(
        hits(&text.replace("| 5 | 0 | 3 |", "| 5 | 1 | 3 |"), "in-force-below-issued").len(),
        1
    );
}

#[test]
fn what_is_disclosed_in_all_holds_what_is_new() {
    let with = |counts: &str| {
        let text = report("云岭县水利局", 2019);
        assert!(text.contains("规范性文件 | 0 | 0 | 0 |"), "{text}");
        let row = format!("规范性文件 | {counts} |");
        hits(&text.replace("规范性文件 | 0 | 0 | 0 |", &row), "disclosed-total-below-new")
    };
    let found = with("4 | 4 | 2");
    let [hit] = found.as_slice() else { panic!("{found:#?}") };
    assert!(hit.message.contains("“规范性文件”行") && hit.message.contains('2'), "{}", hit.message);
    // More may be disclosed than was made: what earlier years left over.
    for counts in ["4 | 4 | 31", "4 | 4 | 4", "4 | 6 | 30", "4 | 4 | "] {
        assert_eq!(with(counts), [], "{counts}");
    }
}
