//! Figures of published reports, in words of our own: what adds up stays silent, and the same with one digit changed is found.

mod support;

use gouji_core::engine::Engine;
use gouji_core::ide::{SkeletonLayout, skeleton};
use gouji_core::rules::Group;
use gouji_core::snapshot::Snapshot;
use support::settings;

/// Stands for the only row of the review table, which has no label.
const REVIEWS: &str = "复议和诉讼";

/// A report of a year: its skeleton, with figures in rows named by the beginning of their labels, and a sentence at the end of the first part.
fn report(year: u16, sentence: &str, rows: &[(&str, &[u32])]) -> String {
    report_of("青石县水利局", year, sentence, rows)
}

fn report_of(agency: &str, year: u16, sentence: &str, rows: &[(&str, &[u32])]) -> String {
    let engine = Engine::builtin();
    let form = engine.forms().iter().find(|form| form.years.contains(year)).expect("a form");
    let text = skeleton(form, agency, year, SkeletonLayout::Pipes);
    let mut text = text.replacen("\n二、", &format!("{sentence}\n二、"), 1);
    for (label, figures) in rows {
        let is_row = |line: &&str| {
            let words = line.split(" | 0").next().unwrap_or_default();
            let own = words.rsplit(" | ").next().unwrap_or_default();
            if *label == REVIEWS {
                line.matches('0').count() == 15
            } else {
                own.starts_with(label) && own.len() < line.len()
            }
        };
        let line = text.lines().find(is_row).unwrap_or_else(|| panic!("no row {label}")).to_owned();
        assert_eq!(line.matches("0 |").count(), figures.len(), "{label}");
        let words = line.split("0 |").next().unwrap_or_default();
        let figures: String = figures.iter().map(|figure| format!("{figure} | ")).collect();
        text = text.replacen(&line, &format!("{words}{}", figures.trim_end()), 1);
    }
    text
}

/// The rules of figures that say something, in order.
fn said(text: &str) -> Vec<String> {
    let snapshot = Snapshot::new(text, settings());
    let groups = [Group::Arithmetic, Group::Narrative];
    let found = snapshot.findings().filter(|found| groups.contains(&found.rule().group));
    found.map(|found| found.rule().id.to_string()).collect()
}

/// All rules that say something, in order.
fn all_said(text: &str) -> Vec<String> {
    let snapshot = Snapshot::new(text, settings());
    snapshot.findings().map(|found| found.rule().id.to_string()).collect()
}

/// The same number in one column of persons and in the total.
fn natural(count: u32) -> [u32; 7] {
    [count, 0, 0, 0, 0, 0, count]
}

#[test]
fn parts_that_add_up_are_silent_and_one_digit_off_is_found() {
    for (right, wrong) in [
        (
            "全年主动公开信息2406条，其中政务动态1215条、通知公告1129条、政策文件62条。",
            "全年主动公开信息2406条，其中政务动态1215条、通知公告1129条、政策文件63条。",
        ),
        (
            "全年主动公开信息2698条，其中工作动态1201条、公示公告251条、规划44条、预决算45条、政策16条、其他1141条。",
            "全年主动公开信息2698条，其中工作动态1201条、公示公告251条、规划44条、预决算45条、政策16条、其他1411条。",
        ),
        (
            "全年主动公开信息26365条，其中文件1086条、动态4345条、公告2533条、解读2223条、回应2513条、规划293条、服务11983条、其他1389条。",
            "全年主动公开信息26365条，其中文件1086条、动态4345条、公告2533条、解读2223条、回应2513条、规划293条、服务19183条、其他1389条。",
        ),
        (
            "全市主动公开信息425224条，其中市级106873条、县区318351条。",
            "全市主动公开信息425224条，其中市级106873条、县区318531条。",
        ),
    ] {
        assert_eq!(said(&report(2024, right, &[])), [""; 0], "{right}");
        assert_eq!(said(&report(2024, wrong, &[])), ["narrative-sum-mismatch"], "{wrong}");
    }
}

#[test]
fn what_names_some_of_its_parts_is_silent() {
    for sentence in [
        "全年公开信息5929条，网站发布1965条，公众号发布3397条，报纸刊登10条。",
        "收到群众来信91件，涉及征地45件、社保18件、就业2件。",
        "全年报送信息276条，其中网站216条、公众号50条，另向上级报送100余条。",
        "全年公开信息276条，其中动态216条、公告50条等。",
    ] {
        assert_eq!(said(&report(2024, sentence, &[])), [""; 0], "{sentence}");
    }
}

#[test]
fn requests_of_two_channels_are_those_of_the_table() {
    let rows: &[(&str, &[u32])] = &[
        ("一、本年新收", &natural(74)),
        ("（一）予以公开", &natural(71)),
        ("（七）总计", &natural(71)),
        ("四、结转", &natural(3)),
    ];
    let sentence = "2024年收到线上申请65件，办结62件，结转3件；收到线下申请9件。";
    assert_eq!(said(&report(2024, sentence, rows)), [""; 0]);
}

#[test]
fn what_is_handled_holds_what_was_carried_in() {
    let rows: &[(&str, &[u32])] = &[
        ("一、本年新收", &natural(3525)),
        ("二、上年结转", &natural(121)),
        ("（一）予以公开", &natural(3463)),
        ("（七）总计", &natural(3463)),
        ("四、结转", &natural(183)),
    ];
    for sentence in [
        "2024年共受理政府信息公开申请3646件。",
        "2024年办理政府信息公开申请3646件（含上年结转121件）。",
        "2024年收办政府信息公开申请3646件，其中新收3525件、上年结转121件。",
        "2024年收到政府信息公开申请3525件，答复3463件，含上年结转121件。",
        "2024年新收政府信息公开申请3525件，2023年结转121件，办结3463件，结转2025年183件。",
        "2024年区政府办公室收到政府信息公开申请12件。",
    ] {
        assert_eq!(said(&report(2024, sentence, rows)), [""; 0], "{sentence}");
    }
    let wrong = "2024年新收政府信息公开申请3552件，办结3463件，结转下年度183件。";
    assert_eq!(said(&report(2024, wrong, rows)), ["narrative-received-mismatch"]);
}

#[test]
fn reviews_may_be_counted_when_they_are_closed_and_come_from_other_years() {
    let reviews: &[u32] = &[96, 21, 17, 36, 170, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let rows: &[(&str, &[u32])] = &[(REVIEWS, reviews)];
    let sentence = "2024年审结因政府信息公开引起的行政复议134件。";
    assert_eq!(said(&report(2024, sentence, rows)), [""; 0]);
    let wrong: &[u32] = &[96, 21, 17, 36, 107, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    assert_eq!(said(&report(2024, "", &[(REVIEWS, wrong)])), ["review-total"]);
}

#[test]
fn a_citys_review_table_adds_up() {
    let rows: &[(&str, &[u32])] =
        &[(REVIEWS, &[119, 25, 91, 24, 259, 7, 0, 15, 6, 28, 21, 1, 7, 9, 38])];
    assert_eq!(said(&report(2024, "", rows)), [""; 0]);
    let rows: &[(&str, &[u32])] =
        &[(REVIEWS, &[376, 97, 196, 121, 790, 16, 1, 12, 27, 56, 74, 1, 30, 51, 156])];
    assert_eq!(said(&report(2024, "", rows)), [""; 0]);
}

#[test]
fn the_report_of_2019_contradicts_its_table_once() {
    let rows: &[(&str, &[u32])] = &[
        ("一、本年新收", &[821, 38, 0, 0, 0, 0, 859]),
        ("二、上年结转", &[18, 0, 0, 0, 0, 0, 18]),
        ("（一）予以公开", &[258, 14, 0, 0, 0, 0, 272]),
        ("（二）部分公开", &[3, 0, 0, 0, 0, 0, 3]),
        ("4.保护第三方", &[34, 1, 0, 0, 0, 0, 35]),
        ("1.本机关不掌握", &[317, 20, 0, 0, 0, 0, 337]),
        ("2.重复申请", &[155, 0, 0, 0, 0, 0, 155]),
        ("（六）其他处理", &[0, 3, 0, 0, 0, 0, 3]),
        ("（七）总计", &[767, 38, 0, 0, 0, 0, 805]),
        ("四、结转", &[72, 0, 0, 0, 0, 0, 72]),
    ];
    assert_eq!(said(&report(2019, "", rows)), [""; 0]);
    let sentence = "2019年共答复政府信息公开申请805件，其中不予公开35件，无法提供265件。";
    assert_eq!(said(&report(2019, sentence, rows)), ["narrative-result-mismatch"]);
}

#[test]
fn cut_shares_of_the_report_of_2019_pass() {
    let rows: &[(&str, &[u32])] = &[
        ("一、本年新收", &natural(859)),
        ("二、上年结转", &natural(18)),
        ("（一）予以公开", &natural(272)),
        ("（二）部分公开", &natural(3)),
        ("4.保护第三方", &natural(35)),
        ("1.本机关不掌握", &natural(337)),
        ("2.重复申请", &natural(158)),
        ("（七）总计", &natural(805)),
        ("四、结转", &natural(72)),
    ];
    let shares = |of_refused: &str| {
        let sentence = format!(
            "2019年共答复政府信息公开申请805件，其中不予公开35件，占{of_refused}；不予处理158件，占19.6%。"
        );
        said(&report(2019, &sentence, rows))
    };
    assert_eq!(shares("4.34%"), [""; 0], "4.348 cut off");
    assert_eq!(shares("4.35%"), [""; 0]);
    assert_eq!(shares("4.43%"), ["narrative-percent-mismatch"]);
    // An amount of the form of 2019 has a unit of its own, and a total left blank is asked for once.
    let text = report(2019, "", rows)
        .replace("政府集中采购 | 0 | 0 |", "政府集中采购 | 2 | 251000元 |")
        .replace(" | 0 | 0 | 0 | 0 | 0 | 0 |\n2.其他", " | 0 | 0 | 0 | 0 | 0 |  |\n2.其他")
        .replace("35 | 0 | 0 | 0 | 0 | 0 | 35 |", "35 | 0 | 0 | 0 | 0 | 0 |  |")
        .replace("337 | 0 | 0 | 0 | 0 | 0 | 337 |", "337 | 0 | 0 | 0 | 0 | 0 |  |");
    assert!(text.contains("251000元"), "{text}");
    assert_eq!(all_said(&text), ["table-cell-blank"]);
}

#[test]
fn a_city_of_ten_million_is_silent() {
    let rows: &[(&str, &[u32])] = &[
        ("规章", &[3, 5, 74]),
        ("行政规范性文件", &[564, 984, 4185]),
        ("行政许可", &[11_398_889]),
        ("行政事业性收费", &[316_441]),
        ("一、本年新收", &[13600, 469, 0, 0, 0, 0, 14069]),
        ("二、上年结转", &[547, 13, 0, 0, 0, 0, 560]),
        ("（一）予以公开", &[6000, 200, 0, 0, 0, 0, 6200]),
        ("（二）部分公开", &[1200, 100, 0, 0, 0, 0, 1300]),
        ("1.本机关不掌握", &[4000, 100, 0, 0, 0, 0, 4100]),
        ("1.信访举报", &[2000, 40, 0, 0, 0, 0, 2040]),
        ("3.其他", &[164, 6, 0, 0, 0, 0, 170]),
        ("（七）总计", &[13364, 446, 0, 0, 0, 0, 13810]),
        ("四、结转", &[783, 36, 0, 0, 0, 0, 819]),
        (REVIEWS, &[376, 97, 196, 121, 790, 16, 1, 12, 27, 56, 74, 1, 30, 51, 156]),
    ];
    let sentence =
        "2025年全市新收政府信息公开申请14069件，上年结转560件，办结13810件，结转下年度819件。";
    let fee = "2025年度，全市发出收费通知4件，总金额400元，实际收取政府信息公开信息处理费400元。";
    let text = report_of("青石市人民政府", 2025, sentence, rows)
        .replace("存在的主要问题及改进情况", "存在问题及改进情况")
        .replace("2025年度，本机关未收取政府信息公开信息处理费。", fee);
    assert!(text.contains(fee) && text.contains("五、存在问题及改进情况"), "{text}");
    assert_eq!(all_said(&text), ["direct-suit-since-2024", "section-heading-nonstandard"]);
    let wrong = text.replace("| 13364 | 446 |", "| 13346 | 446 |");
    assert_eq!(said(&wrong), ["requests-results-total"]);
    let wrong = text.replace("行政事业性收费 | 316441", "行政事业性收费 | 3164410000");
    assert!(all_said(&wrong).contains(&"fee-unit-slip".to_owned()), "{:?}", all_said(&wrong));
}

#[test]
fn applicants_of_all_kinds_add_up() {
    let all: &[u32] = &[3746, 63, 0, 0, 19, 2, 3830];
    let rows = |total: &[u32]| {
        let rows = [("一、本年新收", total), ("（一）予以公开", all), ("（七）总计", all)];
        let fee = "2025年度，有1件政府信息公开申请收取信息处理费380元。";
        report(2025, "", &rows).replace("2025年度，本机关未收取政府信息公开信息处理费。", fee)
    };
    assert_eq!(all_said(&rows(all)), [""; 0]);
    assert_eq!(said(&rows(&[3746, 63, 0, 0, 19, 2, 3803])), ["requests-balance"]);
}

#[test]
fn results_told_together_and_in_part_are_silent() {
    let rows: &[(&str, &[u32])] = &[
        ("一、本年新收", &natural(12)),
        ("（一）予以公开", &natural(5)),
        ("（二）部分公开", &natural(1)),
        ("1.本机关不掌握", &natural(6)),
        ("（七）总计", &natural(12)),
    ];
    let told = |share: u32| {
        let sentence = format!(
            "2024年收到政府信息公开申请12件，其中予以公开及部分公开6件，占50%；无法提供6件，占{share}%。"
        );
        said(&report(2024, &sentence, rows))
    };
    assert_eq!(told(50), [""; 0]);
    assert_eq!(told(60), ["narrative-percent-mismatch"]);
    let rows: &[(&str, &[u32])] = &[
        ("一、本年新收", &natural(91)),
        ("（一）予以公开", &natural(45)),
        ("（二）部分公开", &natural(18)),
        ("4.保护第三方", &natural(2)),
        ("2.重复申请", &natural(26)),
        ("（七）总计", &natural(91)),
    ];
    let told = |refused: u32| {
        let sentence = format!(
            "2024年收到政府信息公开申请91件，其中予以公开45件、部分公开18件、不予公开{refused}件。"
        );
        said(&report(2024, &sentence, rows))
    };
    assert_eq!(told(2), [""; 0]);
    assert_eq!(told(12), ["narrative-result-mismatch"]);
}

#[test]
fn strokes_blanks_and_an_old_outline_are_said_and_nothing_is_reckoned() {
    let list = "本报告由总体情况、主动公开情况、收到和处理申请情况、行政复议和行政诉讼情况、存在的主要问题及改进情况等六部分组成。";
    let text = report(2023, "", &[])
        .replace("本报告所列数据", &format!("{list}本报告所列数据"))
        .replace("规章 | 0 | 0 | 0 |", "规章 | / | / | / |")
        .replace(
            "1.属于国家秘密 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
            "1.属于国家秘密 |  |  |  |  |  |  | 0 |",
        );
    let overview = text.find("（二）依申请公开").expect("the overview")
        ..text.find("（三）").expect("its third part");
    let text = format!("{}{}", &text[..overview.start], &text[overview.end..]);
    assert_eq!(
        all_said(&text),
        [
            "preface-section-list-mismatch",
            "overview-subsection-missing",
            "heading-sequence",
            "table-cell-not-number",
            "table-cell-blank"
        ]
    );
}

#[test]
fn reviews_without_requests_and_figures_without_tables_are_silent() {
    let reviews: &[u32] = &[1, 0, 1, 0, 2, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1];
    assert_eq!(all_said(&report(2025, "", &[(REVIEWS, reviews)])), [""; 0]);
    let sentence = "2025年收到政府信息公开申请12件，办结9件，结转下年度3件，因政府信息公开工作被申请行政复议2件。";
    let text = report(2025, sentence, &[]);
    assert_ne!(said(&text), [""; 0]);
    let bare: String = text
        .lines()
        .filter(|line| !line.contains('|'))
        .fold(String::new(), |text, line| text + line + "\n");
    assert_eq!(said(&bare), [""; 0]);
    // Of a table that a crawler has cut, no value is known.
    let mut seen = std::collections::BTreeSet::new();
    let cut: String = (text.replace(" | ", "\n").replace(" |", "").lines())
        .filter(|line| seen.insert((*line).to_owned()))
        .fold(String::new(), |text, line| text + line + "\n");
    assert_eq!(said(&cut), [""; 0], "{cut}");
}
