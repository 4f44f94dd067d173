use expect_test::{Expect, expect};

use super::*;
use crate::ide::testing::{changed, cursor, words};

/// What is said at `$0`, behind the words that it is said of.
#[track_caller]
fn check(fixture: &str, expected: &Expect) {
    let (snapshot, at) = cursor(fixture);
    let said = match hover(&snapshot, at, Markup::Plain) {
        Some(hover) => format!("⟦{}⟧\n{}\n", words(&snapshot, &hover.range), hover.text),
        None => "nothing\n".to_owned(),
    };
    expected.assert_eq(&said);
}

const NEW: &str = "一、本年新收政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |";
const GRANTED: &str = "（一）予以公开 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |";
const TOTAL: &str = "（七）总计 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |";
const FEE: &str = "行政事业性收费 | 0 |";

#[test]
fn a_total_names_its_terms_and_says_what_does_not_hold() {
    let text = changed(&[
        (NEW, "一、本年新收政府信息公开申请数量 | 5 | 1 | 0 | 0 | 0 | 0 | 6 |"),
        (GRANTED, "（一）予以公开 | 3 | 1 | 0 | 0 | 0 | 0 | 4 |"),
        ("3.其他 | 0 |", "3.其他 | 2 |"),
        (TOTAL, "（七）总计 | $06 | 1 | 0 | 0 | 0 | 0 | 6 |"),
    ]);
    check(
        &text,
        &expect![[r"
            ⟦6⟧
            （七）总计·自然人：6（表三）
            ✗ 本列：办理结果分项之和 5＝（一）予以公开 3＋（六）3.其他 2，不等于（七）总计 6，差 1
            ✗ 本列：本年新收＋上年结转 5，不等于（七）总计＋结转下年度 6，差 1
            ✗ 本行：各类申请人之和 6＋1＝7，不等于总计 6，差 1
        "]],
    );
}

#[test]
fn a_cell_says_where_it_stands_and_what_the_prose_says_of_it() {
    let text = changed(&[
        (NEW, "一、本年新收政府信息公开申请数量 | 5 | 1 | 0 | 0 | 0 | 0 | 6$0 |"),
        ("（三）政府信息管理。", "全年收到政府信息公开申请8件。\n（三）政府信息管理。"),
    ]);
    check(
        &text,
        &expect![[r"
            ⟦6⟧
            一、本年新收政府信息公开申请数量·总计：6（表三）
            ✗ 本列：本年新收＋上年结转 6，不等于（七）总计＋结转下年度 0，差 6
            ✓ 本行：各类申请人之和 6＝自然人 5＋商业企业 1，等于总计 6
            正文第 7 行“收到政府信息公开申请8件”：表中为 6，与正文相差 2
        "]],
    );
}

#[test]
fn a_blank_leaves_its_relations_open() {
    check(
        &changed(&[(GRANTED, "（一）予以公开 | 3 | $0 | 0 | 0 | 0 | 0 | 3 |")]),
        &expect![[r"
            ⟦⟧
            （一）予以公开·商业企业：空白（表三）
            ? 本列：办理结果分项之和与（七）总计：“（一）予以公开”没有数字，无法核对
            ? 本行：各类申请人之和与总计：“（一）予以公开”没有数字，无法核对
        "]],
    );
}

#[test]
fn a_row_says_what_the_law_says() {
    check(
        &changed(&[("4.保护第三方合法权益", "4.保护$0第三方合法权益")]),
        &expect![[r"
        ⟦4.保护第三方合法权益⟧
        三、本年度办理结果 › （三）不予公开 › 4.保护第三方合法权益（表三）
        《政府信息公开条例》第十五条：公开会损害第三方合法权益的信息不得公开，第三方同意或不公开会对公共利益造成重大影响的除外。（供参考）
    "]],
    );
    check(
        &changed(&[("1.属于国家秘密 | 0 | 0 |", "1.属于国家秘密 | 0 | 0$0 |")]),
        &expect![[r"
            ⟦0⟧
            （三）1.属于国家秘密·商业企业：0（表三）
            ✓ 本列：办理结果分项之和 0，等于（七）总计 0
            ✓ 本行：各类申请人之和 0，等于总计 0
            《政府信息公开条例》第十四条：国家秘密，法律、行政法规禁止公开的信息，以及公开后可能危及国家安全、公共安全、经济安全、社会稳定（“三安全一稳定”）的信息，不予公开。（供参考）
        "]],
    );
}

#[test]
fn a_claim_says_which_cell_it_states() {
    let text = changed(&[
        (NEW, "一、本年新收政府信息公开申请数量 | 6 | 0 | 0 | 0 | 0 | 0 | 6 |"),
        ("（三）政府信息管理。", "全年收到政府信息公开$0申请6件。\n（三）政府信息管理。"),
    ]);
    check(
        &text,
        &expect![[r"
        ⟦收到政府信息公开申请6件⟧
        一、本年新收政府信息公开申请数量·总计（表三）
        表中为 6，与正文一致
    "]],
    );
}

#[test]
fn an_amount_is_said_in_three_units() {
    check(
        &changed(&[(FEE, "行政事业性收费 | 730$0.6 |")]),
        &expect![[r"
        ⟦730.6⟧
        行政事业性收费·本年收费金额：730.6（表二）
        7,306,000 元 ＝ 730.6 万元 ＝ 0.07306 亿元
        《政府信息公开条例》第二十条第（八）项：行政事业性收费项目及其依据、标准应当主动公开。（供参考）
    "]],
    );
    check(
        &changed(&[("（三）政府信息管理。", "（三）政府信息管理。建设投入25.98$0亿元。")]),
        &expect![[r"
        ⟦25.98亿元⟧
        2,598,000,000 元 ＝ 259,800 万元 ＝ 25.98 亿元
    "]],
    );
}

#[test]
fn a_citation_says_what_it_is_and_whether_it_holds() {
    let cite = |words: &str| {
        changed(&[("（三）政府信息管理。", &format!("（三）政府信息管理。依据{words}办理。"))])
    };
    check(
        &cite("国务院令$0第492号"),
        &expect![[r"
        ⟦国务院令第492号⟧
        《中华人民共和国政府信息公开条例》
        国务院令第492号，已被 国务院令第711号 取代
        2007年4月5日公布、2008年5月1日起施行的文本，2019年5月15日起以修订文本为准。
    "]],
    );
    check(
        &cite("《政府信息公开$0条例》"),
        &expect![[r"
        ⟦《政府信息公开条例》⟧
        《中华人民共和国政府信息公开条例》
        国务院令第711号，现行
        2019年4月3日公布修订文本，2019年5月15日起施行。
    "]],
    );
    check(
        &cite("国办发〔2016〕80号$0"),
        &expect![[r"
        ⟦国办发〔2016〕80号⟧
        《国务院办公厅印发《关于全面推进政务公开工作的意见》实施细则的通知》
        国办发〔2016〕80号，较早的文件，引用前请核对是否仍有效（供参考）
    "]],
    );
    check(
        &cite("《某某$0办法》"),
        &expect![[r"
        nothing
    "]],
    );
}

#[test]
fn a_suppression_shows_the_page_of_its_rule() {
    let mark =
        |id: &str| changed(&[("三、收到", &format!("<!-- gouji-ignore {id}: 理由 -->\n三、收到"))]);
    let (snapshot, at) = cursor(&mark("$0table-cell-blank"));
    let hover = hover(&snapshot, at, Markup::Markdown).expect("a page");
    assert_eq!(words(&snapshot, &hover.range), "table-cell-blank");
    assert!(hover.text.contains("## 查什么"), "{}", hover.text);
    check(
        &mark("$0no-such-rule"),
        &expect![[r"
        ⟦no-such-rule⟧
        没有名为“no-such-rule”的规则
    "]],
    );
}

#[test]
fn a_text_without_a_report_says_nothing() {
    check(
        "会议通知：收费$0 5万元。\n",
        &expect![[r"
        nothing
    "]],
    );
}
