use std::ops::Range;

use super::ordinal::{self, HAN, Ordinal};
use super::{is_han, is_tabular};
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, PartCx, Scope, Severity, Sink};

rule! {
    /// 同级标题的序号样式不一致。
    ///
    /// ## 查什么
    ///
    /// 一个部分里，“（二）（三）…”中间或前面缺的那一个是不是写成了“（1）”或“1.”样式。“（一）”下面另起的“（1）（2）”是下一层，不算；表格里的序号不查。
    ///
    /// ## 为什么
    ///
    /// 同级标题序号样式不同，读者会把它当成另一层。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。
    /// + （1）主动公开。及时发布信息。
    /// + （二）依申请公开。依法答复申请。
    /// + （三）监督保障。加强考核培训。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。
    /// + （一）主动公开。及时发布信息。
    /// + （二）依申请公开。依法答复申请。
    /// + （三）监督保障。加强考核培训。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 可以：前后序号已确定它应是第几，只换序号的写法，次序不变。
    ///
    /// ## 依据
    ///
    /// 《党政机关公文格式》（GB/T 9704）：结构层次序数依次为“一、”“（一）”“1.”“（1）”。
    pub(in crate::rules) static HEADING_NUMERAL_STYLE = {
        id: "heading-numeral-style",
        group: Group::Typography,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::PartWith(&["（", "("], check),
    };
}

/// The 3. that opens the only numbered line between two ordinals which leave the place of a （三）.
fn digits_between(cx: &PartCx<'_>, before: &Ordinal, next: &Ordinal) -> Option<Range<usize>> {
    let due = (before.value + 1).to_string();
    let from = cx.part.prose.partition_point(|it| (it.start as usize) < before.end);
    let lines = cx.part.prose[from..].iter().take_while(|it| (it.end as usize) < next.start);
    let mut numbered = lines.filter(|it| cx.slice(**it).starts_with(|c: char| c.is_ascii_digit()));
    let (range, None) = (numbered.next()?, numbered.next()) else { return None };
    let rest = cx.slice(*range).strip_prefix(due.as_str())?;
    let mark = rest.chars().next().filter(|c| matches!(c, '.' | '．'))?;
    let start = range.start as usize;
    let is_heading = rest[mark.len_utf8()..].trim_start().starts_with(is_han);
    is_heading.then(|| start..start + due.len() + mark.len_utf8())
}

fn check(cx: &PartCx<'_>, sink: &mut Sink<'_>) {
    let ordinals: Vec<_> = (cx.mentioned())
        .filter(|(_, line)| line.starts_with(['（', '(']) && !is_tabular(line))
        .filter_map(|(range, line)| ordinal::bracketed(line, range.start as usize))
        .collect();
    for pair in ordinals.windows(2) {
        let [before, next] = pair else { continue };
        if !(before.is_han && next.is_han && next.value == before.value + 2) {
            continue;
        }
        let Some((range, han)) = digits_between(cx, before, next).zip(HAN.get(before.value)) else {
            continue;
        };
        let place = cx.place(range.into());
        let message = format!("同级标题用“（一）”样式的序号，此处应为“（{han}）”");
        let edit = Edit::new(place, format!("（{han}）"));
        let title = format!("改为“（{han}）”");
        sink.push(Finding::new(place, message).fix(title, Applicability::Safe, vec![edit]));
    }
    for (at, it) in ordinals.iter().enumerate() {
        if !ordinal::is_of_other_style(&ordinals, at) {
            continue;
        }
        let Some(han) = HAN.get(it.value.wrapping_sub(1)) else { continue };
        let place = cx.place((it.start..it.end).into());
        let message = format!("同级标题用汉字序号，此处应为“（{han}）”");
        let edit = Edit::new(place, *han);
        sink.push(Finding::new(place, message).fix(
            format!("改为“（{han}）”"),
            Applicability::Safe,
            vec![edit],
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings};

    const RULE: &str = "heading-numeral-style";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn a_figure_in_the_place_of_a_numeral_is_shown() {
        let text = format!("{HEAD}（1）主动公开。\n（二）依申请公开。\n");
        assert!(apply_fix(&text, RULE, 0).contains("（一）主动公开。\n（二）"));
        assert_findings(
            &format!(
                "{HEAD}（一）主动公开。\n（⟦heading-numeral-style: 2⟧）依申请公开。\n（三）管理。\n"
            ),
            &[RULE],
        );
    }

    #[test]
    fn a_level_below_and_a_list_of_figures_stay() {
        for lines in [
            "（一）主动公开。\n（1）网站。\n（2）公报。\n（二）依申请公开。",
            "（一）主动公开。\n（1）网站。\n（二）依申请公开。",
            "（1）网站。\n（2）公报。",
            "（一）甲 | 1 |\n（2）乙 | 1 |\n（三）丙 | 1 |",
        ] {
            assert_findings(&format!("{HEAD}{lines}\n"), &[RULE]);
        }
    }
}
