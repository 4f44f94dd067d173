use super::ordinal::HAN;
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, PartCx, Scope, Severity, Sink};
use crate::text::TextRange;

rule! {
    /// “一是”“二是”的次序不连续。
    ///
    /// ## 查什么
    ///
    /// 从“一是”列起的各项，后面有没有重号或跳号，如“一是……；二是……；二是……”“一是……；三是……”。各项在一段里，或者每段以其中一项开头。从头另列的、一项里面再列的不算。
    ///
    /// ## 为什么
    ///
    /// 序号重了或跳了，读者会以为少了一项。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 公开工作还存在不足：一是内容不够全面，二是更新不够及时，二是解读偏少。下一步将细化公开事项，加强业务培训。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 公开工作还存在不足：一是内容不够全面，二是更新不够及时，三是解读偏少。下一步将细化公开事项，加强业务培训。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：可能是少写了一项。可以选择改正序号。
    ///
    /// ## 依据
    ///
    /// 列举各项应依次编号。
    pub(in crate::rules) static LIST_SEQUENCE = {
        id: "list-sequence",
        group: Group::Typography,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::PartWith(&["一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "十是"], check),
    };
}

/// What stands before an item: the end of the one before it, or what leads to the list.
const BOUNDS: [char; 9] = ['。', '；', ';', '：', ':', '，', ',', '）', '、'];

/// 二是 at the start of an item.
struct Item {
    /// Its numeral, in the part.
    range: TextRange,
    value: usize,
    /// Whether it begins its line.
    opens_line: bool,
    line: usize,
}

fn check(cx: &PartCx<'_>, sink: &mut Sink<'_>) {
    let mut items = Vec::new();
    for (at, (range, line)) in cx.mentioned().enumerate() {
        add_items(&mut items, at, range.start as usize, line);
    }
    // A list goes on in the same line, or in one that begins with an item.
    let goes_on = |a: &Item, b: &Item| b.value > 1 && (a.line == b.line || b.opens_line);
    let lists: Vec<&[Item]> = items.chunk_by(goes_on).collect();
    for (at, list) in lists.iter().enumerate() {
        // Behind an only 一是, another list in the same line stands within its first item.
        let is_nested = at.checked_sub(1).and_then(|at| lists.get(at)).is_some_and(|before| {
            before.last().map(|it| it.line) == list.first().map(|it| it.line)
        });
        if list.first().is_some_and(|it| it.value == 1) && !is_nested {
            say(cx, sink, list);
        }
    }
}

fn add_items(items: &mut Vec<Item>, line: usize, start: usize, words: &str) {
    for (at, _) in words.match_indices('是') {
        let before = &words[..at];
        let Some(numeral) = before.chars().next_back() else { continue };
        let Some(value) = HAN[..10].iter().position(|it| it.starts_with(numeral)) else { continue };
        let lead = before[..at - numeral.len_utf8()].trim_end();
        if lead.is_empty() || lead.ends_with(BOUNDS) {
            let from = start + at - numeral.len_utf8();
            let range = TextRange::new(from, start + at);
            items.push(Item { range, value: value + 1, opens_line: lead.is_empty(), line });
        }
    }
}

/// The first slip of a list, if what follows counts on from there.
fn say(cx: &PartCx<'_>, sink: &mut Sink<'_>, list: &[Item]) {
    let slip = list.windows(2).position(|pair| pair[1].value != pair[0].value + 1);
    let Some((before, behind)) = slip.map(|at| (&list[at], &list[at + 1..])) else { return };
    let Some(first) = behind.first() else { return };
    let goes_on = behind.windows(2).all(|it| it[1].value == it[0].value + 1);
    let due = before.value + 1;
    let what = match first.value {
        value if value == before.value => "与前面的重复",
        value if value == due + 1 => "与前面的不连续，请核对是不是少了一项",
        _ => return,
    };
    if !goes_on {
        return;
    }
    let Some(han) = HAN.get(due - 1) else { return };
    // The edge of a page may part 三 from 是, and the mark before it may be missing.
    let between = TextRange::new(before.range.end as usize, first.range.start as usize);
    let between: String = cx.slice(between).split_whitespace().collect();
    if between.contains(&format!("{han}是")) {
        return;
    }
    let edits = behind
        .iter()
        .zip(due..)
        .filter_map(|(item, value)| Some(Edit::new(cx.place(item.range), *HAN.get(value - 1)?)));
    let range =
        TextRange::new(first.range.start as usize, first.range.end as usize + '是'.len_utf8());
    let message = format!("“{}”{what}：这里应是“{han}是”", cx.slice(range));
    let finding = Finding::new(cx.place(range), message);
    sink.push(finding.fix("改正序号", Applicability::Choice, edits.collect()));
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, report};

    const RULE: &str = "list-sequence";
    const TEMPLATE: &str = "公开工作还存在内容不够全面、更新不够及时等问题。";

    fn with(words: &str) -> String {
        let text = report("云岭县水利局", 2025);
        assert!(text.contains(TEMPLATE));
        text.replacen(TEMPLATE, words, 1)
    }

    #[test]
    fn a_number_that_is_double_or_left_out_is_found() {
        for words in [
            "还存在不足：一是内容偏少；二是更新较慢；⟦list-sequence: 二是⟧解读单一。",
            "还存在不足：一是内容偏少；⟦list-sequence: 三是⟧解读单一。",
            "还存在不足。一是内容偏少。二是更新较慢。⟦list-sequence: 四是⟧解读单一。五是人员不足。",
            "还存在不足：\n一是内容偏少。\n二是更新较慢。\n⟦list-sequence: 二是⟧解读单一。\n",
            "不足：一是内容偏少；⟦list-sequence: 三是⟧解读单一。措施：一是补齐内容；二是丰富解读。",
        ] {
            assert_findings(&with(words), &[RULE]);
        }
        let mended =
            apply_fix(&with("不足：一是内容偏少，二是更新较慢，二是解读单一，三是人少。"), RULE, 0);
        assert!(mended.contains("二是更新较慢，三是解读单一，四是人少"), "{mended}");
    }

    #[test]
    fn lists_in_order_and_other_words_pass() {
        for words in [
            "不足：一是内容偏少；二是更新较慢；三是解读单一。措施：一是补齐内容；二是丰富解读。",
            "不足：一是内容偏少，一是内容偏旧；二是更新较慢。",
            "不足：一是内容偏少：一是解读少，二是数据少；二是更新较慢；三是人少。",
            "不足：一是内容偏少，这三是难点。",
            "不足：一是内容偏少；二\n是更新较慢；三是解读单一。",
            "不足：一是内容偏少二是更新较慢；三是解读单一。",
            "首先补齐内容，二是丰富解读。",
            "不足：一是内容偏少，其三是老问题；二是更新较慢。",
            "一是内容偏少。\n另外，三是办公室人员不足。",
        ] {
            assert_findings(&with(words), &[RULE]);
        }
    }
}
