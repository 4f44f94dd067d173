//! Suppressions in the document: `<!-- gouji-ignore RULE, RULE: reason -->` before a line, `<!-- gouji-ignore-file RULE: reason -->` anywhere.

use super::{Fixable, Group, Scope, Severity};
use crate::text::TextRange;

rule! {
    /// 不起作用的忽略标记
    ///
    /// ## 查什么
    /// `<!-- gouji-ignore 规则: 理由 -->` 所指的规则在它后面那一行（`gouji-ignore-file` 则在整个文件）没有提出任何问题。
    ///
    /// ## 为什么
    /// 问题改好以后，标记就没有用处了；留着它，将来同一处再出错时就不会有人看到。
    ///
    /// ## 错误示例
    /// ```report
    /// 根据条例的规定编制本报告。
    /// + <!-- gouji-ignore section-heading-nonstandard: 沿用上级文件的写法 -->
    /// ```
    ///
    /// ## 正确示例
    /// ```report
    /// 一、总体情况
    /// ```
    ///
    /// ```report
    /// 根据条例的规定编制本报告。
    /// ```
    ///
    /// ## 何时可以自动修改
    /// 删去标记不改动报告的任何内容，可以自动修改。
    ///
    /// ## 依据
    /// 工具自身的约定。
    pub(crate) static UNUSED_SUPPRESSION = {
        id: "unused-suppression",
        group: Group::Leftover,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::Assembly,
    };
}

rule! {
    /// 忽略标记中的规则名不存在
    ///
    /// ## 查什么
    /// `<!-- gouji-ignore … -->` 中写了一个不存在的规则名。
    ///
    /// ## 为什么
    /// 规则名写错时标记不起作用，写的人却以为问题已被忽略。
    ///
    /// ## 错误示例
    /// ```report
    /// 规章 | 0 | 0 | 0 |
    /// + <!-- gouji-ignore table-cell-blnk: 上级要求留空 -->
    /// ```
    ///
    /// ## 正确示例
    /// ```report
    /// 规章 | 0 | 0 | 0 |
    /// ```
    ///
    /// ## 何时可以自动修改
    /// 不自动修改：应由作者确认想忽略的是哪一条规则。
    ///
    /// ## 依据
    /// 工具自身的约定。
    pub(crate) static UNKNOWN_SUPPRESSION = {
        id: "unknown-suppression",
        group: Group::Leftover,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::No,
        check: Scope::Assembly,
    };
}

/// A suppression as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Directive {
    /// For the whole file, not for the next line.
    pub(crate) whole_file: bool,
    /// The rules with their places in the line.
    pub(crate) rules: Vec<(String, TextRange)>,
}

impl Directive {
    /// Reads a line that holds nothing but an HTML comment; nothing when the comment is no suppression.
    pub(crate) fn read(line: &str) -> Option<Self> {
        let comment = line.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
        let words = comment.trim_start().strip_prefix("gouji-ignore")?;
        let (whole_file, words) =
            words.strip_prefix("-file").map_or((false, words), |words| (true, words));
        let list = words.split([':', '：']).next()?;
        let is_id = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let rules = list.split(|c| !is_id(c)).filter(|id| !id.is_empty());
        let at = |id: &str| id.as_ptr() as usize - line.as_ptr() as usize;
        let rules =
            rules.map(|id| (id.to_owned(), TextRange::new(at(id), at(id) + id.len()))).collect();
        Some(Self { whole_file, rules })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{apply_fix, hits, received, report};

    #[test]
    fn rules_are_read_with_their_places() {
        let line = "  <!-- gouji-ignore table-cell-blank, table-note-missing: 表格由上级下发 -->\n";
        let directive = Directive::read(line);
        let rules: Vec<_> = directive
            .iter()
            .flat_map(|it| &it.rules)
            .map(|(id, range)| (id.as_str(), &line[range.to_range()]))
            .collect();
        assert_eq!(
            rules,
            [
                ("table-cell-blank", "table-cell-blank"),
                ("table-note-missing", "table-note-missing")
            ]
        );
        assert!(
            Directive::read("<!-- gouji-ignore-file title-missing：见网页 -->")
                .is_some_and(|it| it.whole_file)
        );
        assert_eq!(Directive::read("<!-- 批注 -->"), None);
    }

    #[test]
    fn what_is_not_needed_and_what_is_not_known_are_found() {
        let marked = |rules: &str, words: &str| {
            report("云岭县水利局", 2025)
                .replace(
                    "（三）政府信息管理",
                    &format!("<!-- gouji-ignore {rules}: 已核对 -->\n（三）政府信息管理"),
                )
                .replacen("落实公开前审查", words, 1)
        };
        let unused = marked("as-of-now-wording", "落实公开前审查");
        assert_eq!(hits(&unused, "unused-suppression").len(), 1);
        assert_eq!(apply_fix(&unused, "unused-suppression", 0), report("云岭县水利局", 2025));
        let used = marked("as-of-now-wording", "截至目前已审查");
        assert_eq!(hits(&used, "unused-suppression"), []);
        assert_eq!(hits(&used, "as-of-now-wording"), []);
        let unknown = hits(&marked("as-of-now-words", "截至目前已审查"), "unknown-suppression");
        assert_eq!((unknown.len(), unknown[0].words.as_str()), (1, "as-of-now-words"));
        assert!(unknown[0].message.contains("as-of-now-wording"), "{}", unknown[0].message);
        assert_eq!(hits(&used, "unknown-suppression"), []);
    }

    #[test]
    fn a_mark_for_what_another_finding_explains_is_used() {
        let said = |rule: &str, parts: &str| {
            let says = format!("核对。\n<!-- gouji-ignore {rule}: 已核对 -->\n{parts}");
            received(6, 0, &says)
        };
        // The sum is told with the count that the table does not have.
        let slip = "收到政府信息公开申请5件，网络3件，信函3件。";
        let text = said("narrative-channel-sum", slip);
        assert_eq!(hits(&text, "unused-suppression"), []);
        assert_eq!(hits(&text, "narrative-received-mismatch").len(), 1);
        let text = said("narrative-received-mismatch", slip);
        assert_eq!(hits(&text, "unused-suppression"), []);
        let right = "收到政府信息公开申请6件，网络3件，信函3件。";
        let text = said("narrative-channel-sum", right);
        assert_eq!(hits(&text, "unused-suppression").len(), 1);
    }
}
