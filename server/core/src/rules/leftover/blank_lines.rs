use crate::rules::{Applicability, Edit, Finding, Fixable, Group, PartCx, Scope, Severity, Sink};
use crate::syntax::Shape;

rule! {
    /// 连续空行过多。
    ///
    /// ## 查什么
    ///
    /// 表格以外连着三行以上的空行，一个部分合并为一条。默认不查，可在配置里启用。
    ///
    /// ## 为什么
    ///
    /// 多余的空行使版面松散，多半是删去内容后留下的。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。
    /// + ␠
    /// + ␠
    /// + ␠
    /// + 做好政策解读。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。
    /// + ␠
    /// + 做好政策解读。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 可以：只删空行，留一行。
    ///
    /// ## 依据
    ///
    /// 文本排版的通行做法。
    pub(in crate::rules) static BLANK_LINES = {
        id: "blank-lines",
        group: Group::Leftover,
        severity: Severity::Hint,
        enabled: false,
        fixable: Fixable::Safe,
        check: Scope::Part(check),
    };
}

/// Blank lines that are too many.
const MANY: usize = 3;

fn check(cx: &PartCx<'_>, sink: &mut Sink<'_>) {
    let (mut edits, mut count) = (Vec::new(), 0);
    let mut run: Vec<(usize, usize)> = Vec::new();
    let in_table = |at: usize| {
        cx.part
            .tables
            .iter()
            .any(|table| (table.range.start as usize..table.range.end as usize).contains(&at))
    };
    let mut close = |run: &mut Vec<(usize, usize)>| {
        if run.len() >= MANY {
            count += run.len();
            let (start, end) = (run[1].0, run[run.len() - 1].1);
            edits.push(Edit::new(cx.place((start..end).into()), ""));
        }
        run.clear();
    };
    for view in cx.cut.iter() {
        let is_blank =
            view.line.shape == Shape::Blank && view.line.line_break > 0 && !in_table(view.start);
        if is_blank {
            run.push((view.start, view.start + view.line.len as usize));
        } else {
            close(&mut run);
        }
    }
    close(&mut run);
    let Some(first) = edits.first().map(|edit| edit.place) else { return };
    let message = format!("连续空行过多，这一部分共 {count} 行");
    sink.push(Finding::new(first, message).fix("只留一行空行", Applicability::Safe, edits));
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits};

    const RULE: &str = "blank-lines";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn one_blank_line_stays() {
        let text = format!("{HEAD}及时公开。\n\n\n\n按期答复。\n\n规范管理。\r\n\r\n  \r\n\r\n");
        assert_eq!(hits(&text, RULE).len(), 1);
        let mended = apply_fix(&text, RULE, 0);
        assert_eq!(mended, format!("{HEAD}及时公开。\n\n按期答复。\n\n规范管理。\r\n\r\n"));
        assert!(hits(&mended, RULE).is_empty());
    }

    #[test]
    fn a_few_blank_lines_stay() {
        assert_findings(&format!("{HEAD}及时公开。\n\n\n按期答复。\n"), &[RULE]);
    }
}
