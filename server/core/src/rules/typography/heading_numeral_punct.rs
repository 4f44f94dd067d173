use super::{grouped, is_han, is_tabular, ordinal};
use crate::rules::{Edit, Fixable, Group, PartCx, Scope, Severity, Sink};

rule! {
    /// 序号后的标点不规范。
    ///
    /// ## 查什么
    ///
    /// 行首的“（一）、”“（1）、”和“1、”。括号后面不加标点，阿拉伯数字序号用“1.”。后面紧跟数字的、表格里的不查。一个部分合并为一条。
    ///
    /// ## 为什么
    ///
    /// 公文的层次序号有固定写法，写法不一，层次就不清楚。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。
    /// + （一）、主动公开。及时发布信息。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。
    /// + （一）主动公开。及时发布信息。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 可以：只删或换序号后面的标点。
    ///
    /// ## 依据
    ///
    /// 《党政机关公文格式》（GB/T 9704）：结构层次序数依次为“一、”“（一）”“1.”“（1）”。
    pub(in crate::rules) static HEADING_NUMERAL_PUNCT = {
        id: "heading-numeral-punct",
        group: Group::Typography,
        severity: Severity::Info,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::PartWith(MARKS, check),
    };
}

/// What may number an item, with the mark that should not follow it.
const MARKS: &[&str] =
    &["）、", ")、", "0、", "1、", "2、", "3、", "4、", "5、", "6、", "7、", "8、", "9、"];

fn check(cx: &PartCx<'_>, sink: &mut Sink<'_>) {
    if ordinal::holds_scattered_cells(cx) {
        return;
    }
    let mut edits = Vec::new();
    for (range, line) in cx.mentioned() {
        let Some((at, right)) = wrong_mark(line) else { continue };
        if !is_tabular(line) {
            let at = range.start as usize + at;
            edits.push(Edit::new(cx.place((at..at + '、'.len_utf8()).into()), right));
        }
    }
    let message = |count| {
        format!("序号后的标点不规范：“（一）”后面不加标点，数字序号用“1.”；这一部分有 {count} 处")
    };
    grouped(sink, message, "改用规范的标点", edits);
}

/// Where a 、 stands behind an ordinal, and what should.
fn wrong_mark(line: &str) -> Option<(usize, &'static str)> {
    let (written, right) = if ordinal::bracketed(line, 0).is_some() {
        (
            line.find(['）', ')'])
                .map(|at| at + line[at..].chars().next().map_or(0, char::len_utf8))?,
            "",
        )
    } else {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=2).contains(&digits) || line.starts_with('0') {
            return None;
        }
        (digits, ".")
    };
    let words = line[written..].strip_prefix('、')?;
    // 1、2号楼 is no ordinal.
    words.starts_with(|c| is_han(c) || "《“".contains(c)).then_some((written, right))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits};

    const RULE: &str = "heading-numeral-punct";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn marks_behind_ordinals_are_mended_together() {
        let text = format!("{HEAD}（一）、主动公开。\n1、发布信息。\n2、解读政策。\n");
        assert_eq!(hits(&text, RULE).len(), 1);
        let mended = apply_fix(&text, RULE, 0);
        assert_eq!(mended, format!("{HEAD}（一）主动公开。\n1.发布信息。\n2.解读政策。\n"));
        assert!(hits(&mended, RULE).is_empty());
    }

    #[test]
    fn right_ones_figures_and_cells_stay() {
        for line in [
            "（一）主动公开。",
            "1.发布信息。",
            "1、2号楼查阅。",
            "2024、今年。",
            "1、属于国家秘密 | 0 |",
            "（略）、有关情况。",
        ] {
            assert_findings(&format!("{HEAD}{line}\n"), &[RULE]);
        }
    }
}
