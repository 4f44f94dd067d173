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
    let engine = Engine::builtin();
    let form = engine.forms().iter().find(|form| form.years.contains(year)).expect("a form");
    let text = skeleton(form, "青石县水利局", year, SkeletonLayout::Pipes);
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
