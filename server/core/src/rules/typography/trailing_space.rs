use crate::rules::{Applicability, Edit, Finding, Fixable, Group, ReportCx, Scope, Severity, Sink};

rule! {
    /// 行尾有空格。
    ///
    /// ## 查什么
    ///
    /// 正文行尾的空格，全文合并为一条（下例用␠表示空格）。表格、制表符不查；带 `#` 标题的文件里行尾恰好两个空格是换行标记，也不查。
    ///
    /// ## 为什么
    ///
    /// 看不见的空格在排版、比对和转换时会带来多余的改动。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。␠
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 可以：只删行尾的空格。
    ///
    /// ## 依据
    ///
    /// 文本排版的通行做法。
    pub(in crate::rules) static TRAILING_SPACE = {
        id: "trailing-space",
        group: Group::Typography,
        severity: Severity::Hint,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::Report(check),
    };
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    let mut places = Vec::new();
    let mut is_markdown = false;
    for part in cx.parts() {
        let text = part.text();
        is_markdown |= part.heading().is_some() && text.trim_start().starts_with('#');
        for range in part.prose() {
            let end = range.end as usize;
            let Some(rest) = text.get(end..) else { continue };
            let blanks = rest.len() - rest.trim_start_matches([' ', '\u{3000}']).len();
            if blanks > 0 && (blanks == rest.len() || rest[blanks..].starts_with(['\n', '\r'])) {
                places.push((part.place((end..end + blanks).into()), &rest[..blanks] == "  "));
            }
        }
    }
    let edits: Vec<Edit> = (places.into_iter())
        .filter(|&(_, breaks)| !(breaks && is_markdown))
        .map(|(place, _)| Edit::new(place, ""))
        .collect();
    let Some(first) = edits.first().map(|edit| edit.place) else { return };
    let message = format!("行尾有空格，全文 {} 行", edits.len());
    sink.push(Finding::new(first, message).fix("删去行尾的空格", Applicability::Safe, edits));
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits};

    const RULE: &str = "trailing-space";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn blanks_at_the_end_go_together() {
        let text = format!("{HEAD}及时公开。 \n按期答复。　\r\n规范管理。   ");
        assert_eq!(hits(&text, RULE).len(), 1);
        assert_eq!(
            apply_fix(&text, RULE, 0),
            format!("{HEAD}及时公开。\n按期答复。\r\n规范管理。")
        );
    }

    #[test]
    fn tabs_cells_and_breaks_of_markdown_stay() {
        for line in ["及时公开。\t", "规章 | 0 | \n", "及时公开。"] {
            assert_findings(&format!("{HEAD}{line}\n"), &[RULE]);
        }
        assert_findings(
            &format!("{}及时公开。  \n按期答复。\n", HEAD.replace("一、", "## 一、")),
            &[RULE],
        );
    }
}
