//! What the claims of the annual report say of sentences, most of them traps seen in published reports. The sentences are our own.

use super::form;
use crate::form::Claim;

/// The claims that the paragraph makes, as `key=number`: the meaning of [`Claim`], written out plainly.
fn claims(paragraph: &str) -> Vec<String> {
    let form = form("annual-report-2021");
    let mut found = Vec::new();
    let mut start = 0;
    for clause in paragraph.split_inclusive(['，', '；', '。', '！', '？']) {
        for (before, number, after) in numbers(clause) {
            let stated = |claim: &&Claim| {
                let at =
                    start + (before.as_ptr() as usize - clause.as_ptr() as usize) + before.len();
                says(claim, before, after, clause, &paragraph[..at])
            };
            let mut own: Vec<String> = form
                .claims
                .iter()
                // What loose ones say depends on the figures beside them.
                .filter(|claim| !claim.loose)
                .filter(stated)
                .map(|claim| format!("{}={number}", claim.key))
                .collect();
            // Two ways of one cell may find one number.
            own.dedup();
            found.extend(own);
        }
        start += clause.len();
    }
    found
}

fn says(claim: &Claim, before: &str, after: &str, clause: &str, so_far: &str) -> bool {
    let has = |text: &str, words: &[String]| words.iter().any(|word| text.contains(word.as_str()));
    let Some(unit) = claim.unit.iter().find(|unit| after.starts_with(unit.as_str())) else {
        return false;
    };
    let is_first = claim.behind.iter().any(|word| after[unit.len()..].starts_with(word.as_str()));
    let is_next = before.trim_end().ends_with(['、', '和', '及', '与', '或', '并']);
    let cue = claim.before.iter().filter_map(|word| before.rfind(word.as_str())).max();
    let adverbs = ['了', '共', '为', ' '];
    let is_adjacent = |word: &String| before.trim_end_matches(adverbs).ends_with(word.as_str());
    if claim.adjacent && !claim.before.iter().any(is_adjacent) {
        return false;
    }
    let Some(cue) = is_first.then_some(before.len()).or(cue.filter(|_| !is_next)) else {
        return false;
    };
    let is_dated = |word: &String| {
        let digits = |text: &str| text.len() == 4 && text.bytes().all(|it| it.is_ascii_digit());
        clause.match_indices(word.as_str()).any(|(at, _)| {
            let before = clause[..at].get(at.saturating_sub(4)..).is_some_and(digits);
            let end = at + word.len();
            let within = word.ends_with("20") && clause.get(end - 2..end + 2).is_some_and(digits);
            before || within
        })
    };
    if claim.year.is_some() && !claim.before.iter().any(is_dated) {
        return false;
    }
    let object =
        claim.object.is_empty() || has(&before[cue..], &claim.object) || has(after, &claim.object);
    let last = |words: &[String]| words.iter().filter_map(|word| so_far.rfind(word.as_str())).max();
    let topic = claim.topic.is_empty() || last(&claim.topic) > last(&claim.not);
    object && topic && !has(clause, &claim.not) && !has(clause, &claim.unless)
}

/// Every number that is no year, with what stands between it and its neighbours.
fn numbers(clause: &str) -> Vec<(&str, &str, &str)> {
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(start) = clause[at..].find(|c: char| c.is_ascii_digit()).map(|it| at + it) {
        let end = clause[start..]
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .map_or(clause.len(), |it| start + it);
        if !clause[end..].starts_with('年') {
            spans.push((start, end));
        }
        at = end;
    }
    let edge = |at: usize| spans.get(at).map_or(clause.len(), |span| span.0);
    let from = |at: usize| if at == 0 { 0 } else { spans[at - 1].1 };
    (0..spans.len())
        .map(|at| {
            (
                &clause[from(at)..spans[at].0],
                &clause[spans[at].0..spans[at].1],
                &clause[spans[at].1..edge(at + 1)],
            )
        })
        .collect()
}

#[track_caller]
fn check(paragraph: &str, expected: &[&str]) {
    assert_eq!(claims(paragraph), expected, "{paragraph}");
}

#[test]
fn requests_are_stated() {
    check(
        "全年收到公民、法人和其他组织政府信息公开申请16件，上年结转2件。",
        &["requests.new_received.total=16", "requests.carried_in.total=2"],
    );
    check("2025年全区共新收政府信息公开申请233宗。", &["requests.new_received.total=233"]);
    check("（二）依申请公开。全年收到申请6件。", &["requests.new_received.total=6"]);
    check("全年收到6件政府信息公开申请。", &["requests.new_received.total=6"]);
    check(
        "2025年收到政府信息公开申请6件，2024年结转4件，转2026年办理3件。",
        &[
            "requests.new_received.total=6",
            "requests.carried_in.total=4",
            "requests.carried_out.total=3",
        ],
    );
    // It may hold what was carried over or not; either is right.
    check(
        "全年受理政府信息公开申请6件。",
        &["requests.new_received.total + requests.carried_in.total=6"],
    );
    check(
        "办结的申请中，3件予以公开、2件不予公开，1件结转下年度办理。",
        &["requests.granted.total=3", "requests.refused.*.total=2", "requests.carried_out.total=1"],
    );
    check(
        "全年收到政府信息公开申请6件；办结5件，结转下年度继续办理3件。",
        &[
            "requests.new_received.total=6",
            "requests.results_total.total=5",
            "requests.carried_out.total=3",
        ],
    );
    check(
        "（二）依申请公开。2025年度未收到政府信息公开申请，上年度结转数量0件，转下一年度办理数量1件。",
        &["requests.carried_in.total=0", "requests.carried_out.total=1"],
    );
    check(
        "收到政府信息公开申请130件。申请均按期办理。其中，予以公开78件、部分公开37件，无法提供15件。",
        &[
            "requests.new_received.total=130",
            "requests.granted.total=78",
            "requests.partial.total=37",
            "requests.unable.*.total=15",
        ],
    );
    check(
        "办结的申请中，不予公开4件，不予处理2件，其他处理1件。",
        &[
            "requests.refused.*.total=4",
            "requests.unprocessed.*.total=2",
            "requests.other.*.total=1",
        ],
    );
}

#[test]
fn what_only_looks_like_a_claim_of_requests_is_none() {
    // Another kind of case, and what follows it.
    check("全年收到行政复议申请200件，上年结转20件，办结180件，结转下年度40件。", &[]);
    check(
        "收到政府信息公开申请6件。收到行政复议申请200件，上年结转20件。",
        &["requests.new_received.total=6"],
    );
    check("12345热线收到诉求3000件，办结2998件。", &[]);
    check("受理并办结网民留言751件。", &[]);
    // Counts that hold what was carried over.
    check("全年收办政府信息公开申请3646件。", &[]);
    check(
        "收到政府信息公开申请9件，办结申请（含上年结转）11件。",
        &["requests.new_received.total=9"],
    );
    check("政府信息公开申请新收及上年结转共8件。", &[]);
    // A part: a channel, a body, a kind of applicant, a time.
    check("通过网络渠道收到政府信息公开申请5件，信函收到政府信息公开申请1件。", &[]);
    check("其中市政府办公室收到政府信息公开申请12件。", &[]);
    check("收到自然人提出的政府信息公开申请9件。", &[]);
    check("上半年收到政府信息公开申请4件。", &[]);
    check("收到政府信息公开申请比上年增加3件。", &[]);
    // Of what, nothing says, or something else does.
    check("全年收到申请6件。", &[]);
    check("（二）依申请公开。全年收到12件。", &[]);
    check("（二）依申请公开。办理行政许可，收到申请70件。", &[]);
    // Several results in one figure, and one reason of several.
    check("政府信息公开申请中，予以公开及部分公开6件。", &[]);
    check("政府信息公开申请中，予以公开、部分公开6件。", &[]);
    check("政府信息公开申请中，因属于国家秘密不予公开1件。", &[]);
    check("政府信息公开申请中，本机关不掌握而无法提供的265件。", &[]);
    // Not the outcome of a request.
    check("全年主动予以公开文件120件。", &[]);
    check("建议提案答复予以公开35件。", &[]);
}

#[test]
fn reviews_and_suits_are_stated_only_where_disclosure_caused_them() {
    check("因政府信息公开工作被申请行政复议3件。", &["review_litigation.review.total=3"]);
    check(
        "发生政府信息公开行政复议2件，政府信息公开行政诉讼1件。",
        &[
            "review_litigation.review.total=2",
            "review_litigation.suit_direct.total + review_litigation.suit_after_review.total=1",
        ],
    );
    check("复议后起诉4件。", &["review_litigation.suit_after_review.total=4"]);
    check("未经复议直接起诉5件。", &["review_litigation.suit_direct.total=5"]);
    check("全年办理行政复议案件500件。", &[]);
    check("全年审结政府信息公开行政复议134件。", &[]);
    check("政府信息公开行政复议和行政诉讼共7件。", &[]);
    check("政府信息公开申请6件、行政复议3件。", &[]);
}

#[test]
fn table_two_is_stated() {
    check(
        "全年作出行政许可决定2929件、行政处罚决定69件。",
        &["proactive.licensing.decisions=2929", "proactive.penalty.decisions=69"],
    );
    check("收取行政事业性收费730.6万元。", &["proactive.admin_fee.amount=730.6"]);
    check(
        "全年制发规范性文件1件，废止规范性文件2件。",
        &["proactive.normative_docs.issued=1", "proactive.normative_docs.repealed=2"],
    );
    check("现行有效的行政规范性文件18件。", &["proactive.normative_docs.in_force=18"]);
}

#[test]
fn what_only_looks_like_a_claim_of_table_two_is_none() {
    check("现有行政许可、行政处罚、行政强制等7种类型92项权力事项。", &[]);
    check("公示行政许可决定300件、行政处罚决定20件。", &[]);
    check("作出行政许可、行政处罚等决定500件。", &[]);
    check("保留行政许可事项45项。", &[]);
    check("减免行政事业性收费120万元。", &[]);
    check("行政事业性收费项目10个。", &[]);
    check("行政事业性收费和罚没收入共300万元。", &[]);
    check("修改、制定规范性文件13件。", &[]);
    check("主动公开规范性文件12件。", &[]);
    check("规范性文件清理结果：废止3件、失效2件、修改2件、继续有效5件。", &[]);
}

/// Published reports make the claims that their tables bear out, and no other.
#[test]
fn published_reports_state_what_their_tables_hold() {
    let folder = std::env::var("GOUJI_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").to_owned());
    for (file, expected) in [
        (
            "000_3c7dae6246faf446",
            &[
                "requests.new_received.total=6",
                "requests.carried_in.total=0",
                "requests.carried_out.total=2",
                "proactive.normative_docs.issued=1",
                "proactive.admin_fee.amount=730.6",
            ][..],
        ),
        ("001_fc168d16272330f5", &[]),
        (
            "002_3df69a2263e004c1",
            &[
                "requests.carried_in.total=0",
                "requests.results_total.total=0",
                "requests.carried_out.total=0",
            ],
        ),
        ("003_6a2e39087ce2b2dc", &[]),
        (
            "004_c21181e90a4aea60",
            &[
                "requests.new_received.total=233",
                "requests.granted.total=78",
                "requests.partial.total=37",
            ],
        ),
    ] {
        let Ok(text) = std::fs::read_to_string(format!("{folder}/seeds/{file}.txt")) else {
            println!("skipped: no {file} in {folder}/seeds");
            continue;
        };
        let plain = text.replace(',', "，").replace(' ', "");
        let found: Vec<_> = plain.lines().flat_map(claims).collect();
        assert_eq!(found, expected, "{file}");
    }
}
