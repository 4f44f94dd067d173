//! The form's printed remark in other words.

use super::common::{readable, same_figures};
use crate::report::{Layout, fold};
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, Scope, Severity, Sink, TableCx};

rule! {
    /// # 勾稽关系说明的文字有改动
    ///
    /// ## 查什么
    ///
    /// 表头左上角的说明与格式印制的文字不同。只有全角、半角、空格和标点的差别时不报。
    ///
    /// ## 为什么
    ///
    /// 说明写的就是核对关系，改一个字（如“第三项”写成“第二项”），意思就变了。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第五项之和） | 申请人情况 |
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// (本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和) | 申请人情况 |
    /// ```
    ///
    /// ```report
    /// （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况 |
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 恢复印制的原文，不改动数字时可以自动修改；说明里写有阿拉伯数字的由编写人选择。
    ///
    /// ## 依据
    ///
    /// 政府信息公开工作年度报告格式中的表样。
    pub(in crate::rules) static TABLE_NOTE_ALTERED = {
        id: "table-note-altered",
        group: Group::Table,
        severity: Severity::Info,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::Table(check),
    };
}

fn check(cx: &TableCx<'_>, sink: &mut Sink<'_>) {
    // In the text of a PDF the remark is broken over lines between other cells: its words are not all in one place.
    let Some(table) = readable(cx).filter(|table| table.layout != Layout::Spaces) else { return };
    let (Some(range), Some(note)) = (table.note, table.spec().note.as_deref()) else { return };
    let written = cx.slice(range);
    if written == note || fold(written) == fold(note) {
        return;
    }
    let finding = Finding::new(cx.place(range), format!("说明的文字与格式不同，应为“{note}”"));
    let applicability =
        if same_figures(written, note) { Applicability::Safe } else { Applicability::Choice };
    // Tags inside the note would be lost with its words.
    sink.push(if written.contains('<') {
        finding
    } else {
        finding.fix("恢复格式印制的说明", applicability, vec![Edit::new(cx.place(range), note)])
    });
}

#[cfg(test)]
mod tests {
    use super::super::common::fixtures::{pipes, swap};
    use crate::rules::Applicability;
    use crate::rules::testing::{apply_fix, hits};

    const RULE: &str = "table-note-altered";

    #[test]
    fn other_words_are_restored() {
        let text = swap(&pipes(), "等于第三项加第四项之和", "等于第三项与第五项之和");
        assert_eq!(hits(&text, RULE)[0].fixes[0].applicability, Applicability::Safe);
        assert_eq!(apply_fix(&text, RULE, 0), pipes());
        let digits = swap(&pipes(), "等于第三项加第四项之和", "等于第3项加第4项之和");
        assert_eq!(
            hits(&digits, RULE)[0].fixes[0].applicability,
            Applicability::Choice,
            "figures would go"
        );
    }

    #[test]
    fn width_and_punctuation_are_no_other_words() {
        let text = swap(
            &pipes(),
            "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
            "(本列数据的勾稽关系为: 第一项加第二项之和,等于第三项加第四项之和。)",
        );
        assert!(hits(&text, RULE).is_empty(), "{:?}", hits(&text, RULE));
        assert!(hits(&pipes(), RULE).is_empty());
    }
}
