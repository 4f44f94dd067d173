use super::*;

/// The sentence between the statement and the advice.
#[track_caller]
fn explanation(text: &str) -> String {
    let hits = sums(text);
    let hit = hits.first().unwrap_or_else(|| panic!("nothing found in:\n{text}"));
    let sentences: Vec<_> = hit.message.split('。').collect();
    let [_, explanation, _] = sentences.as_slice() else {
        panic!("no explanation: {}", hit.message)
    };
    (*explanation).to_owned()
}

/// Table 四 with these figures for reviews.
fn review(figures: &str) -> String {
    report("云岭县水利局", 2025).replace(REVIEW, &REVIEW.replacen("0 | 0 | 0 | 0 | 0", figures, 1))
}

#[test]
fn digits_in_the_wrong_order() {
    assert_eq!(
        explanation(&review("24 | 3 | 0 | 0 | 45")),
        "“行政复议·结果维持”的 24 与 42 数字颠倒，可能是笔误"
    );
    assert_eq!(
        explanation(&review("42 | 5 | 16 | 0 | 36")),
        "“行政复议·总计”的 36 与 63 数字颠倒，可能是笔误"
    );
}

#[test]
fn a_zero_too_many() {
    assert_eq!(
        explanation(&review("310 | 9 | 2 | 0 | 42")),
        "“行政复议·结果维持”的 310 与 31 多写或少写一个 0，可能是笔误"
    );
}

#[test]
fn a_single_digit() {
    assert_eq!(
        explanation(&review("131 | 9 | 2 | 0 | 122")),
        "“行政复议·结果维持”的 131 与 111 只差一位数字，可能是笔误"
    );
}

#[test]
fn a_term_left_out_or_counted_twice() {
    assert_eq!(
        explanation(&review("13 | 19 | 0 | 0 | 13")),
        "差额与“行政复议·结果纠正”的 19 相同，行政复议总计可能漏计了这一项"
    );
    assert_eq!(
        explanation(&review("13 | 7 | 0 | 0 | 27")),
        "差额与“行政复议·结果纠正”的 7 相同，行政复议总计可能重复计了这一项"
    );
}

#[test]
fn a_term_with_the_wrong_sign() {
    assert_eq!(
        explanation(&review("25 | 4 | 0 | 0 | 21")),
        "差额是“行政复议·结果纠正”的 4 的两倍，可能加减弄反"
    );
}

#[test]
fn a_unit_of_ten_thousand() {
    assert_eq!(
        explanation(&review("160000 | 3 | 0 | 0 | 19")),
        "“行政复议·结果维持”的 160000 与 16 相差一万倍，可能用错了单位"
    );
}

#[test]
fn another_figure_of_the_column() {
    let rows = [
        ("一、本年新收政府信息公开申请数量", "19 | 0 | 0 | 0 | 0 | 0 | 19"),
        ("二、上年结转政府信息公开申请数量", "4 | 0 | 0 | 0 | 0 | 0 | 4"),
        ("（一）予以公开", "19 | 0 | 0 | 0 | 0 | 0 | 19"),
        ("（七）总计", "23 | 0 | 0 | 0 | 0 | 0 | 23"),
    ];
    assert_eq!(
        explanation(&filled(2025, &rows)),
        "差额与“二、上年结转政府信息公开申请数量”的 4 相同，可能漏登或重登了这一项"
    );
}

#[test]
fn what_proves_nothing_is_not_said() {
    let hit = one(&review("13 | 8 | 0 | 0 | 26"));
    assert_eq!(
        hit.message,
        "行政复议分项之和 21 ≠ 行政复议总计 26（差 5）。改动最少的修法有 5 种，每种改 1 个数，请核对原始记录后选用"
    );
}
