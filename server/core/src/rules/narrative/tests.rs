use crate::rules::testing::{assert_findings, hits, saying};

/// A report of real figures that `says` something.
fn filled(says: &str) -> String {
    let requests = |label: &str, n: u32| {
        let row = |n: u32| format!("{label} | {n} | 0 | 0 | 0 | 0 | 0 | {n} |");
        (row(0), row(n))
    };
    let owned = |(old, new): (&str, &str)| (old.to_owned(), new.to_owned());
    let zeros = ["0"; 15].join(" | ");
    let rows = [
        requests("一、本年新收政府信息公开申请数量", 6),
        requests("二、上年结转政府信息公开申请数量", 1),
        requests("（一）予以公开", 3),
        requests("1.本机关不掌握相关政府信息", 2),
        requests("（七）总计", 5),
        requests("四、结转下年度继续办理", 2),
        owned(("行政规范性文件 | 0 | 0 | 0 |", "行政规范性文件 | 1 | 2 | 18 |")),
        owned(("行政许可 | 0 |", "行政许可 | 2929 |")),
        owned(("行政处罚 | 0 |", "行政处罚 | 69 |")),
        owned(("行政强制 | 0 |", "行政强制 | 4 |")),
        owned(("行政事业性收费 | 0 |", "行政事业性收费 | 730.6 |")),
        (zeros, "2 | 0 | 0 | 0 | 2 | 1 | 0 | 0 | 0 | 1 | 1 | 0 | 0 | 0 | 1".to_owned()),
    ];
    rows.iter().fold(saying(says), |text, (old, new)| {
        assert!(text.contains(old.as_str()), "{old}");
        text.replacen(old.as_str(), new, 1)
    })
}

/// Each rule: what it finds, and sentences on something else that only looks like it.
const RULES: [(&str, &[&str], &[&str]); 10] = [
    (
        "narrative-carry-mismatch",
        &["收到申请公开6件，⟦R: 上年结转2件⟧。", "收到申请公开6件，结⟦R: 转下年度继续办理3件⟧。"],
        &[
            "收到申请公开6件，上年结转1件，结转下年度2件。",
            "收到申请公开6件，2024年结转1件，结转2026年2件。",
            "收到行政复议申请6件，上年结转3件。",
            "网上收到申请公开6件，其中上年结转3件来自网络。",
        ],
    ),
    (
        "narrative-processed-mismatch",
        &["收到申请公开6件，⟦R: 办结4件⟧。"],
        &[
            "收到申请公开6件，办结5件。",
            "收到申请公开6件，按时答复3件。",
            "收到申请公开6件，办结申请（含上年结转）5件。",
            "办理申请公开6件，办结投诉举报4件。",
        ],
    ),
    (
        "narrative-result-mismatch",
        &["答复的申请中，⟦R: 予以公开2件⟧。", "办结的申请中，⟦R: 无法提供3件⟧。"],
        &[
            "办结的申请中，予以公开3件。",
            "办结的申请中，予以公开3件，无法提供2件。",
            "办结的申请中，予以公开及部分公开2件。",
            "办结的申请中，本机关不掌握而无法提供1件。",
            "主动予以公开文件120件。",
        ],
    ),
    (
        "narrative-review-mismatch",
        &["因政府⟦R: 信息公开工作被申请行政复议3件⟧。"],
        &[
            "因政府信息公开工作被申请行政复议2件。",
            "全年办理行政复议案件3件。",
            "审结政府信息公开行政复议1件。",
            "政府信息公开行政复议和行政诉讼共4件。",
            "因政府信息公开工作被申请行政复议比上年增加3件。",
        ],
    ),
    (
        "narrative-litigation-mismatch",
        &["因政府⟦R: 信息公开工作被提起行政诉讼3件⟧。"],
        &[
            "因政府信息公开工作被提起行政诉讼2件。",
            "政府信息公开行政诉讼一审2件、二审1件。",
            "全年行政诉讼应诉5件。",
            "政府信息公开行政诉讼审结1件。",
        ],
    ),
    (
        "narrative-licensing-mismatch",
        &["全年⟦R: 作出行政许可决定2930件⟧。"],
        &[
            "全年作出行政许可决定2929件。",
            "公示行政许可决定300件。",
            "线上作出行政许可决定2000件。",
            "其中省级作出行政许可决定12件。",
            "梳理行政许可事项45项。",
        ],
    ),
    (
        "narrative-penalty-mismatch",
        &["全年⟦R: 作出行政处罚决定68件⟧。"],
        &[
            "全年作出行政处罚决定69件。",
            "公开行政处罚决定20件。",
            "作出简易行政处罚决定12件。",
            "作出行政许可、行政处罚决定3000件。",
        ],
    ),
    (
        "narrative-compulsion-mismatch",
        &["全年⟦R: 实施行政强制5件⟧。"],
        &["全年实施行政强制4件。", "解除行政强制1件。", "现有行政强制等92项权力事项。"],
    ),
    (
        "narrative-fee-mismatch",
        &["收取⟦R: 行政事业性收费731.6万元⟧。"],
        &[
            "收取行政事业性收费730.6万元。",
            "收取行政事业性收费7306000元。",
            "收取行政事业性收费0.07亿元。",
            "减免行政事业性收费120万元。",
            "行政事业性收费和罚没收入共1300万元。",
            "收取信息处理费380元。",
        ],
    ),
    (
        "narrative-normative-mismatch",
        &[
            "全年⟦R: 制发规范性文件3件⟧。",
            "全年⟦R: 废止规范性文件1件⟧。",
            "⟦R: 现行有效规范性文件19件⟧。",
        ],
        &[
            "全年制发规范性文件1件，废止规范性文件2件。",
            "全年印发政府文件12件。",
            "修改、制定规范性文件13件。",
            "公开规范性文件12件。",
            "规范性文件清理结果：废止3件、失效2件、修改2件、继续有效5件。",
        ],
    ),
];

#[test]
fn every_figure_of_the_tables_is_compared_and_no_other() {
    for (rule, wrong, right) in RULES {
        for says in wrong {
            assert_findings(&filled(&says.replace("⟦R:", &format!("⟦{rule}:"))), &[rule]);
        }
        for says in right {
            assert_eq!(hits(&filled(says), rule), [], "{says}");
        }
    }
}
