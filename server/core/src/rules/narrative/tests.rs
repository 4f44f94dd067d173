use crate::rules::testing::{assert_findings, hits, received, saying};

/// A report of real figures that `says` something.
pub(super) fn filled(says: &str) -> String {
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
const RULES: [(&str, &[&str], &[&str]); 11] = [
    (
        "narrative-carry-mismatch",
        &[
            "收到申请公开6件，⟦R: 上年结转2件⟧。",
            "收到申请公开6件，结⟦R: 转下年度继续办理3件⟧。",
            "收到申请公开6件，其余⟦R: 3件结转下年⟧度办理。",
            "收到申请公开6件（网络4件、信函2件），⟦R: 上年结转2件⟧。",
            "收到申请公开6件，2024⟦R: 年度结转4件⟧。",
            "收到申请公开6件，⟦R: 4件结转20⟧26年继续办理。",
            "收到申请公开6件，结⟦R: 转至2026年继续办理4件⟧。",
        ],
        &[
            "收到申请公开6件，2023年结转4件，4件结转2025年办理，转20件。",
            "收到申请公开6件，上年结转1件，结转下年度2件。",
            "收到申请公开6件，2件结转下年度，1件投诉结转下年度。",
            "办理申请公开7件，结转上年后新收到6件。",
            "网上收到（含申请公开6件），上年结转3件。",
            "收到申请公开6件，2024年结转1件，结转2026年2件。",
            "收到行政复议申请6件，上年结转3件。",
            "网上收到申请公开6件，其中上年结转3件来自网络。",
        ],
    ),
    (
        "narrative-no-carry-conflict",
        &[
            "收到申请公开6件，⟦R: 没有上年结转的申请⟧。",
            "收到申请公开6件，⟦R: 无结转下年度办理的申请⟧。",
        ],
        &[
            "收到申请公开6件，没有上年结转的行政复议案件。",
            "收到申请公开6件，2024年没有上年结转的申请。",
            "收到申请公开6件，网上没有上年结转的申请。",
            "没有结转下年的资金。",
        ],
    ),
    (
        "narrative-processed-mismatch",
        &["收到申请公开6件，⟦R: 办结4件⟧。", "共⟦R: 办理政府信息公开申请9件⟧（含上年结转1件）。"],
        &[
            "共办理政府信息公开申请9件（含咨询3件）。",
            "共办理政府信息公开申请9件，其中含协助答复3件。",
            "收到申请公开6件，办结申请中予以公开3件。",
            "收到申请公开6件，办结5件。",
            "收到申请公开6件，按时答复3件。",
            "收到申请公开6件，办结申请（含上年结转）5件。",
            "办理申请公开6件，办结投诉举报4件。",
        ],
    ),
    (
        "narrative-result-mismatch",
        &[
            "答复的申请中，⟦R: 予以公开2件⟧。",
            "办结的申请中，⟦R: 无法提供３件⟧。",
            "办结的申请中，⟦R: 无法提供3件⟧。",
            "办结的申请中，⟦R: 2件予以公开⟧、2件无法提供。",
        ],
        &[
            "审核公文30件，其中主动公开18件，依申请公开3件，不予公开9件。",
            "办结的申请中，予以公开3件。",
            "办结的申请中，予以公开3件，无法提供2件。",
            "办结的申请中，3件予以公开、2件无法提供。",
            "办结的申请中，3件申请予以公开和2件申请无法提供。",
            "办结的申请中，1件予以公开2件无法提供。",
            "办结的申请中，予以公开及部分公开2件。",
            "办结的申请中，本机关不掌握而无法提供1件。",
            "主动予以公开文件120件。",
        ],
    ),
    (
        "narrative-review-mismatch",
        &[
            "因政府⟦R: 信息公开工作被申请行政复议3件⟧。",
            "因政府⟦R: 信息公开引起的行政复议3件⟧、行政诉讼2件。",
        ],
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
        &[
            "因政府⟦R: 信息公开工作被提起行政诉讼3件⟧。",
            "因政府信息公开引起的行政复议2件，⟦R: 行政诉讼案件3件⟧。",
            "因政府信息公开申请产生行政复议2起，均胜诉；⟦R: 行政诉讼3起⟧，其中胜诉2起。",
        ],
        &[
            "因政府信息公开工作被提起行政诉讼2件。",
            "政府信息公开行政诉讼一审2件、二审1件。",
            "全年行政诉讼应诉5件。",
            "政府信息公开行政诉讼审结1件。",
            "因政府信息公开引起的行政复议2件、行政诉讼2件。",
            "因政府信息公开引起的行政复议和行政诉讼4件。",
            "因政府信息公开引起的行政复议2件，其中行政诉讼1件。",
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
            "全年作出行政许可决定0.29万件、行政处罚决定69件。",
            "作出行政许可决定、行政处罚决定2998件。",
        ],
    ),
    (
        "narrative-penalty-mismatch",
        &["全年⟦R: 作出行政处罚决定68件⟧。"],
        &[
            "全年作出行政许可决定2929件、行政处罚69件。",
            "全年作出行政许可决定2929件，行政处罚案件归档12件。",
            "全年作出行政许可决定2929件，公开行政处罚20件。",
            "全年作出行政许可决定2929件。检查中提出行政处罚建议12件。",
            "评查行政处罚12件。",
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
            "全年制发行政规范性文件1件，⟦R: 废止3件⟧，现行有效18件。",
            "全年制发规范性文件1件（废止2件，⟦R: 现行有效19件⟧）。",
            "行政规范性文件本年废止2件，⟦R: 现行有效共19件⟧。",
        ],
        &[
            "全年制发规范性文件1件，废止规范性文件2件。",
            "全年印发政府文件12件。",
            "修改、制定规范性文件13件。",
            "公开规范性文件12件。",
            "规范性文件清理结果：废止3件、失效2件、修改2件、继续有效5件。",
            "全年制发规范性文件1件，废止2件，现行有效18件。",
            "全年制发规范性文件1件，清理后废止3件，公布现行有效19件。",
            "印发规范性文件1件，废止证明事项5件。",
            "印发规范性文件1件，建立制度3项，废止5件。",
            "印发规范性文件1件，修改、废止5件。",
            "印发规范性文件1件，各部门废止5件。",
            "印发规范性文件1件，其中废止5件。",
            "印发规范性文件1件，废止的文件中公开5件。",
            "印发规范性文件1件，拟废止5件。",
            "制定规章3件，废止5件，现行有效9件。",
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

#[test]
fn applicants_and_reasons_are_compared_with_their_cells() {
    let says = "全年收到政府信息公开申请6件，其中⟦narrative-applicant-mismatch: 自然人5件⟧，⟦narrative-applicant-mismatch: 法人或其他组织1件⟧。";
    assert_findings(&received(6, 0, says), &["narrative-applicant-mismatch"]);
    for says in [
        "全年收到政府信息公开申请6件，其中自然人6件，法人或其他组织0件。",
        "全年收到政府信息公开申请6件，均已答复，其中自然人5件。",
        "全年收到公民、法人或其他组织5件政府信息公开申请。",
        "全年收到政府信息公开申请6件，自然人和商业企业5件。",
    ] {
        assert_eq!(hits(&received(6, 0, says), "narrative-applicant-mismatch"), [], "{says}");
    }
    let says = "收到政府信息公开申请6件，占全县的9%，均为自然人申请；⟦narrative-result-mismatch: 予以公开5件⟧。";
    assert_findings(&received(6, 0, says), &["narrative-result-mismatch"]);
    let says = "县政府办公室收到政府信息公开申请5件。";
    assert_eq!(hits(&received(6, 0, says), "narrative-received-mismatch"), []);
    let own = received(6, 0, says).replace("云岭县水利局", "云岭县人民政府办公室");
    assert_eq!(hits(&own, "narrative-received-mismatch").len(), 1);
    let says = "受理政府信息公开申请8件（⟦narrative-carry-mismatch: 含上年结转2件⟧）。";
    assert_findings(&received(6, 0, says), &["narrative-carry-mismatch"]);
    let says = "政府信息公开申请中，⟦narrative-result-mismatch: 本机关不掌握相关政府信息5件⟧。";
    assert_findings(&received(6, 0, says), &["narrative-result-mismatch"]);
    for says in [
        "政府信息公开申请中，重复申请、要求提供公开出版物5件。",
        "政府信息公开申请中，因本机关不掌握相关政府信息无法提供5件。",
        "复议案件中，重复申请5件。",
    ] {
        assert_eq!(hits(&received(6, 0, says), "narrative-result-mismatch"), [], "{says}");
    }
}

#[test]
fn what_was_handled_may_be_counted_in_several_ways() {
    const RULE: &str = "narrative-processed-mismatch";
    for says in [
        "全年⟦narrative-processed-mismatch: 办理政府信息公开申请9件⟧。",
        "全年⟦narrative-processed-mismatch: 处理政府信息公开申请9件⟧（含上年结转1件）。",
        // What the one counts says nothing of the other.
        "全年办理政府信息公开申请7件，⟦narrative-processed-mismatch: 办结4件⟧。",
    ] {
        assert_findings(&filled(says), &[RULE]);
    }
    for says in [
        "全年办理政府信息公开申请5件。",
        "全年办理政府信息公开申请6件。",
        "全年处理政府信息公开申请7件（含上年结转1件）。",
        "全年办理县政府转来的政府信息公开申请4件。",
        "全年协助办理政府信息公开申请4件。",
        "全年办理网上政府信息公开申请4件。",
        "全年办理信访投诉4件，未涉及政府信息公开申请。",
    ] {
        assert_eq!(hits(&filled(says), RULE), [], "{says}");
    }
}

#[test]
fn two_results_under_one_figure_are_their_sum() {
    const RULE: &str = "narrative-result-mismatch";
    for says in [
        "依申请公开的办理结果：⟦narrative-result-mismatch: 予以公开或部分公开4件⟧、占80%。",
        "依申请公开的办理结果：⟦narrative-result-mismatch: 同意公开4件⟧。",
    ] {
        assert_findings(&filled(says), &[RULE]);
    }
    for says in [
        "依申请公开的办理结果：予以公开或部分公开3件，占60%。",
        "依申请公开的办理结果：同意公开或部分公开共3件。",
        "依申请公开的办理结果：公开、部分公开共4件。",
        "依申请公开的办理结果：不予公开或部分公开4件。",
        "依申请公开的办理结果：予以公开或部分公开、无法提供4件。",
        "依申请公开的办理结果：不掌握的占予以公开的4件。",
        "主动公开或部分公开文件4件。",
    ] {
        assert_eq!(hits(&filled(says), RULE), [], "{says}");
    }
}

#[test]
fn reviews_of_a_paragraph_on_requests_are_of_disclosure() {
    const RULE: &str = "narrative-review-mismatch";
    let says = "收到政府信息公开申请6件，⟦narrative-review-mismatch: 引发行政复议3件⟧。";
    assert_findings(&filled(says), &[RULE]);
    for says in [
        "收到政府信息公开申请6件，引发行政复议2件。",
        "收到政府信息公开申请6件，引发行政复议、行政诉讼3件。",
        "办理行政许可6件，引发行政复议3件。",
    ] {
        assert_eq!(hits(&filled(says), RULE), [], "{says}");
    }
    let says = "收到政府信息公开申请6条，⟦narrative-carry-mismatch: 上年结转2条⟧。";
    assert_findings(&filled(says), &["narrative-carry-mismatch"]);
}

#[test]
fn a_request_may_be_described_behind_its_count() {
    let says = "⟦narrative-received-mismatch: 收到5份要求公开政府信息的申请⟧。";
    assert_findings(&filled(says), &["narrative-received-mismatch"]);
    let others = ["收到5份要求公开政府信息的建议。", "收到6份要求公开政府信息的申请。"];
    for says in others {
        assert_eq!(hits(&filled(says), "narrative-received-mismatch"), [], "{says}");
    }
}

#[test]
fn small_counts_in_words_are_compared() {
    for says in [
        "全年⟦narrative-received-mismatch: 收到政府信息公开申请五件⟧，均已答复。",
        "全年⟦narrative-received-mismatch: 收到两份政府信息公开申请⟧。",
        "因政府⟦narrative-review-mismatch: 信息公开工作被申请行政复议三起⟧。",
    ] {
        let rules = ["narrative-received-mismatch", "narrative-review-mismatch"];
        assert_findings(&filled(says), &rules);
    }
    for says in [
        "全年收到政府信息公开申请六件，均已答复。",
        "因政府信息公开工作被申请行政复议两起。",
        "政府信息公开申请收到一件、办结一件、答复一件。",
        "全年收到政府信息公开申请二十三件，收到第三件政府信息公开申请时，办好三件事。",
        "收到的每两件政府信息公开申请抽查一件；收到政府信息公开申请两、三件的，及时报告。",
        "收到政府信息公开申请三件以上的，及时报告。",
    ] {
        for rule in [
            "narrative-received-mismatch",
            "narrative-review-mismatch",
            "narrative-processed-mismatch",
        ] {
            assert_eq!(hits(&filled(says), rule), [], "{says}");
        }
    }
}

#[test]
fn what_has_changed_since_last_year_leaves_the_topic() {
    for says in [
        "收到政府信息公开申请6件，同比增长20%，⟦narrative-processed-mismatch: 办结4件⟧。",
        "收到政府信息公开申请6件，较上年减少3件；⟦narrative-processed-mismatch: 办结4件⟧。",
        "政府信息公开申请⟦narrative-received-mismatch: 新收5件⟧，⟦narrative-processed-mismatch: 办结4件⟧。",
    ] {
        let rules = ["narrative-received-mismatch", "narrative-processed-mismatch"];
        assert_findings(&filled(says), &rules);
    }
    for says in [
        "收到政府信息公开申请6件，办结比上年增加4件。",
        "收到政府信息公开申请6件，办结5件，较上年增加4件。",
        "收到政府信息公开申请6件，同比增长20%，投诉办结4件。",
        "收到政府信息公开申请6件，去年收到3件，办结3件。",
        "政府信息公开申请新收6件，办结5件，投诉新收4件。",
    ] {
        for rule in ["narrative-received-mismatch", "narrative-processed-mismatch"] {
            assert_eq!(hits(&filled(says), rule), [], "{says}");
        }
    }
}

#[test]
fn applicants_that_are_named_in_passing_take_no_figure() {
    for says in [
        "⟦narrative-received-mismatch: 收到公民、法人和其他组织政府信息公开申请5件⟧。",
        "⟦narrative-received-mismatch: 收到公民、法人或其他组织提出的政府信息公开申请5件⟧。",
        "⟦narrative-received-mismatch: 受理公民、法人及其他组织的政府信息公开申请5件⟧。",
    ] {
        assert_findings(&filled(says), &["narrative-received-mismatch"]);
    }
    for says in [
        "收到公民、法人和其他组织政府信息公开申请6件。",
        "收到政府信息公开申请：法人或其他组织5件。",
        "收到政府信息公开申请中法人或其他组织5件。",
    ] {
        assert_eq!(hits(&filled(says), "narrative-received-mismatch"), [], "{says}");
    }
}
