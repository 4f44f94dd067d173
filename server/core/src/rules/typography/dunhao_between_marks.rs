use super::grouped;
use crate::rules::{Edit, Fixable, Group, PartCx, Scope, Severity, Sink};

rule! {
    /// 书名号、引号之间用了顿号。
    ///
    /// ## 查什么
    ///
    /// 并列的书名号或引号之间的顿号：“》、《”“”、“”。中间有括注的（“》（试行）、《”）不算。一个部分合并为一条。
    ///
    /// ## 为什么
    ///
    /// 书名号和引号已经把各项隔开，再用顿号重复。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度制定《公开制度》、《审查办法》，工作有序开展。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度制定《公开制度》《审查办法》，工作有序开展。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 可以：只删顿号。
    ///
    /// ## 依据
    ///
    /// 《标点符号用法》（GB/T 15834—2011）4.5.3.5：标有引号的并列成分之间、标有书名号的并列成分之间通常不用顿号。
    pub(in crate::rules) static DUNHAO_BETWEEN_MARKS = {
        id: "dunhao-between-marks",
        group: Group::Typography,
        severity: Severity::Info,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::PartWith(&["》、《", "”、“"], check),
    };
}

fn check(cx: &PartCx<'_>, sink: &mut Sink<'_>) {
    let mut edits = Vec::new();
    for (range, line) in cx.mentioned() {
        for (at, mark) in line.match_indices('、') {
            let (before, behind) = (&line[..at], &line[at + mark.len()..]);
            if before.ends_with('》') && behind.starts_with('《')
                || before.ends_with('”') && behind.starts_with('“')
            {
                let at = range.start as usize + at;
                edits.push(Edit::new(cx.place((at..at + mark.len()).into()), ""));
            }
        }
    }
    let message = |count| format!("并列的书名号、引号之间不用顿号，这一部分有 {count} 处");
    grouped(sink, message, "删去这些顿号", edits);
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits};

    const RULE: &str = "dunhao-between-marks";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn the_marks_of_a_part_go_together() {
        let text = format!("{HEAD}印发《甲》、《乙》和“丙”、“丁”。\n再印发《戊》、《己》。\n");
        assert_eq!(hits(&text, RULE).len(), 1);
        let mended = apply_fix(&text, RULE, 0);
        assert_eq!(mended, format!("{HEAD}印发《甲》《乙》和“丙”“丁”。\n再印发《戊》《己》。\n"));
        assert!(hits(&mended, RULE).is_empty());
    }

    #[test]
    fn remarks_and_other_lists_keep_theirs() {
        assert_findings(
            &format!("{HEAD}《甲》（试行）、《乙》，《甲》、乙、“丙”、《丁》。\n"),
            &[RULE],
        );
    }
}
