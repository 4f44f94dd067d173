use crate::report::Place;
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, ReportCx, Scope, Severity, Sink};

rule! {
    /// 一级标题的缩进不一致。
    ///
    /// ## 查什么
    ///
    /// 六个部分的标题前面空白是不是相同，以多数为准。用制表符缩进的（是表格的样子）、带 `#` 或网页标记的不查。
    ///
    /// ## 为什么
    ///
    /// 同级标题缩进不同，版面不齐。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// ~~三、收到和处理政府信息公开申请情况~~
    /// + 　　三、收到和处理政府信息公开申请情况
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 三、收到和处理政府信息公开申请情况
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 可以：只增减标题前的空白。
    ///
    /// ## 依据
    ///
    /// 公文排版的通行做法。
    pub(in crate::rules) static HEADING_INDENT = {
        id: "heading-indent",
        group: Group::Typography,
        severity: Severity::Hint,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::Report(check),
    };
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    let mut indents = Vec::new();
    for part in cx.parts().filter(|part| part.section().is_some()) {
        let Some(before) = part.before_heading() else { continue };
        let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let indent = &before[start..];
        if !indent.chars().all(|c| matches!(c, ' ' | '\u{3000}' | '\u{a0}')) {
            return;
        }
        indents.push((part.place((start..before.len()).into()), indent));
    }
    let count = |wanted: &str| indents.iter().filter(|(_, indent)| *indent == wanted).count();
    let Some(&(_, usual)) = indents.iter().find(|(_, indent)| count(indent) * 2 >= indents.len())
    else {
        return;
    };
    let wrong: Vec<Place> =
        indents.iter().filter(|(_, indent)| *indent != usual).map(|(place, _)| *place).collect();
    let Some(&first) = wrong.first() else { return };
    let edits = wrong.iter().map(|&place| Edit::new(place, usual)).collect();
    let message = format!("六个部分的标题缩进不一致，有 {} 个与多数不同", wrong.len());
    let mut finding = Finding::new(first, message);
    for &place in &wrong[1..] {
        finding = finding.related(place, "这个标题的缩进也不同");
    }
    sink.push(finding.fix("与多数标题对齐", Applicability::Safe, edits));
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, hits, report};

    const RULE: &str = "heading-indent";

    #[test]
    fn the_odd_ones_are_aligned() {
        let clean = report("云岭县水利局", 2025);
        let text = clean.replace("一、总体", "　　一、总体").replace("六、其他", "    六、其他");
        assert_eq!((hits(&text, RULE).len(), hits(&text, RULE)[0].related.len()), (1, 1));
        let mended = apply_fix(&text, RULE, 0);
        assert_eq!(mended, clean);
        assert!(hits(&mended, RULE).is_empty());
    }

    #[test]
    fn one_indent_tabs_and_marks_are_no_fault() {
        let clean = report("云岭县水利局", 2025);
        let all = ["一、总", "二、主", "三、收到", "四、政府", "五、存", "六、其"];
        for indent in ["　　", "", "## "] {
            let text = all
                .iter()
                .fold(clean.clone(), |text, it| text.replace(it, &format!("{indent}{it}")));
            assert!(hits(&text, RULE).is_empty());
        }
        assert!(hits(&clean.replace("二、主", "\t二、主"), RULE).is_empty());
    }
}
