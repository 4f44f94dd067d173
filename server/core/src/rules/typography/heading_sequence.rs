use super::is_tabular;
use super::ordinal::{self, Ordinal};
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, PartCx, Scope, Severity, Sink};

rule! {
    /// 层次序号不连续。
    ///
    /// ## 查什么
    ///
    /// 一个部分里从“（一）”排起的标题，后面有没有错号、重号或跳号，如“（一）（二）（二）”“（一）（二）（四）”。缺的一个写在段落中间的、从头另排的、表格里的不算；末尾一个跳号可能是少了一段，也会指出。
    ///
    /// ## 为什么
    ///
    /// 序号重了或跳了，读者会以为少了一段。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// （二）政府信息管理。落实公开前审查，对行政规范性文件实行动态管理。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// （三）政府信息管理。落实公开前审查，对行政规范性文件实行动态管理。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 可以：只把序号重新排过。确实少了一段的，请不要改序号而是补上。
    ///
    /// ## 依据
    ///
    /// 《党政机关公文格式》（GB/T 9704）关于结构层次序数的规定。
    pub(in crate::rules) static HEADING_SEQUENCE = {
        id: "heading-sequence",
        group: Group::Typography,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::PartWith(&["（", "("], check),
    };
}

fn check(cx: &PartCx<'_>, sink: &mut Sink<'_>) {
    if ordinal::holds_scattered_cells(cx) {
        return;
    }
    let mut ordinals: Vec<Ordinal> = (cx.mentioned())
        .filter(|(_, line)| line.starts_with(['（', '(']) && !is_tabular(line))
        .filter_map(|(range, line)| ordinal::bracketed(line, range.start as usize))
        .collect();
    // A （3） in the place of （三） is said to be that, and leaves no gap.
    let kept: Vec<bool> = (0..ordinals.len())
        .map(|at| ordinals[at].is_han || ordinal::is_of_other_style(&ordinals, at))
        .collect();
    let mut kept = kept.into_iter();
    ordinals.retain(|_| kept.next().unwrap_or(true));
    let mut lists: &[Ordinal] = &ordinals;
    while let Some(first) = lists.iter().position(|it| it.value == 1) {
        let behind = &lists[first + 1..];
        let len = behind.iter().position(|it| it.value == 1).unwrap_or(behind.len());
        list(cx, sink, &lists[first..=first + len]);
        lists = &behind[len..];
    }
}

/// A list that begins at its beginning: its first slip, if what follows counts on from there.
fn list(cx: &PartCx<'_>, sink: &mut Sink<'_>, list: &[Ordinal]) {
    let slip = list.windows(2).position(|pair| pair[1].value != pair[0].value + 1);
    let Some((before, behind)) = slip.map(|at| (&list[at], &list[at + 1..])) else { return };
    let due = before.value + 1;
    let goes_on = |behind: &[Ordinal]| behind.windows(2).all(|it| it[1].value == it[0].value + 1);
    if behind.get(1).is_some_and(|next| next.value == due + 1) && goes_on(&behind[1..]) {
        say(cx, sink, &behind[..1], due, "与前后不连续");
    } else if behind[0].value == before.value && goes_on(behind) {
        say(cx, sink, behind, due, "与前面的重复");
    } else if behind[0].value == due + 1
        && goes_on(behind)
        && !stands_between(cx, before, &behind[0], due)
    {
        say(cx, sink, behind, due, "与前面的不连续，请核对是不是少了一段");
    }
}

fn say(cx: &PartCx<'_>, sink: &mut Sink<'_>, wrong: &[Ordinal], due: usize, what: &str) {
    let mut edits = Vec::new();
    for (it, value) in wrong.iter().zip(due..) {
        let Some(han) = ordinal::HAN.get(value - 1) else { return };
        edits.push(Edit::new(cx.place((it.start..it.end).into()), *han));
    }
    let (Some(first), Some(han)) = (wrong.first(), ordinal::HAN.get(due - 1)) else { return };
    let place = cx.place((first.start..first.end).into());
    let message = format!("序号“（{}）”{what}：这里应是“（{han}）”", cx.slice(place.range));
    sink.push(Finding::new(place, message).fix("改正序号", Applicability::Safe, edits));
}

/// Whether the ordinal that is due stands within the paragraph before.
fn stands_between(cx: &PartCx<'_>, before: &Ordinal, it: &Ordinal, due: usize) -> bool {
    let words = cx.slice((before.end..it.start).into());
    let [point, wide] = [format!("{due}."), format!("{due}．")];
    let opens = |line: &str| line.starts_with(&point) || line.starts_with(&wide);
    if words.lines().any(|line| opens(line.trim_start())) {
        return true;
    }
    ordinal::HAN.get(due - 1).is_some_and(|han| {
        [format!("（{han}）"), format!("({han})"), format!("{han}是"), format!("{han}、")]
            .iter()
            .any(|it| words.contains(it))
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits};

    const RULE: &str = "heading-sequence";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn ordinals_are_counted_anew() {
        for (wrong, right) in [
            (
                "（一）甲。\n（二）乙。\n（二）丙。\n（三）丁。",
                "（一）甲。\n（二）乙。\n（三）丙。\n（四）丁。",
            ),
            ("（一）甲。\n（五）乙。\n（三）丙。", "（一）甲。\n（二）乙。\n（三）丙。"),
            ("（一）甲。\n（二）乙。\n（四）丁。", "（一）甲。\n（二）乙。\n（三）丁。"),
        ] {
            let mended = apply_fix(&format!("{HEAD}{wrong}\n"), RULE, 0);
            assert_eq!(mended, format!("{HEAD}{right}\n"));
            assert!(hits(&mended, RULE).is_empty());
        }
        assert_findings(
            &format!("{HEAD}（一）甲。\n（⟦heading-sequence: 三⟧）丙。\n（四）丁。\n"),
            &[RULE],
        );
    }

    #[test]
    fn new_lists_inner_ordinals_and_cells_stay() {
        for lines in [
            "（一）甲。\n（二）乙。\n（一）丙。\n（二）丁。",
            "（一）甲，（二）乙。\n（三）丙。",
            "（二）乙。\n（三）丙。\n（五）戊。",
            "（1）甲。\n（二）乙。\n（三）丙。",
            "（一）甲。\n（五）戊。\n（四）丙。",
            "（三）不予公开 | 0 |\n（三）不予公开 | 0 |",
        ] {
            assert_findings(&format!("{HEAD}{lines}\n"), &[RULE]);
        }
    }
}
