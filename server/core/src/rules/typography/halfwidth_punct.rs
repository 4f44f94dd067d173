use super::{is_han, is_tabular};
use crate::report::Place;
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, ReportCx, Scope, Severity, Sink};

rule! {
    /// 中文句子里用了半角标点。
    ///
    /// ## 查什么
    ///
    /// 句子里紧挨汉字的半角逗号、分号、冒号、问号、叹号和成对的括号。一段合并为一条，全文都用半角时合并为一条。表格、网址、邮箱、时间、小数和列表编号“1)”不查。
    ///
    /// ## 为什么
    ///
    /// 中文标点占一个字的位置，混用半角，版面疏密不匀，也不合国家标准。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展,全年无投诉(含来信)。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展，全年无投诉（含来信）。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 可以：只换标点的宽窄，文字和数字不变。
    ///
    /// ## 依据
    ///
    /// 《标点符号用法》（GB/T 15834）。
    pub(in crate::rules) static HALFWIDTH_PUNCT = {
        id: "halfwidth-punct",
        group: Group::Typography,
        severity: Severity::Info,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::ReportWith(MARKS, check),
    };
}

/// Paragraphs from which on half width is a habit rather than a slip.
const A_HABIT: usize = 3;

/// What a line must hold to be looked at.
const MARKS: &[&str] = &[",", ";", ":", "?", "!", ")"];

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    let mut paragraphs = Vec::new();
    for line in cx.mentions.iter().map(|it| it.line) {
        let at = line.range.start as usize;
        let place = |mark: usize| Place { range: (at + mark..at + mark + 1).into(), ..line };
        let edits: Vec<_> = marks(cx.line(line))
            .into_iter()
            .map(|(mark, text)| Edit::new(place(mark), text))
            .collect();
        if !edits.is_empty() {
            paragraphs.push(edits);
        }
    }
    let has_full =
        || cx.parts().any(|part| part.prose().iter().any(|line| part.line(*line).contains('，')));
    if paragraphs.len() >= A_HABIT && !has_full() {
        let edits: Vec<_> = paragraphs.into_iter().flatten().collect();
        say(sink, format!("全文使用半角标点，共 {} 处，应改用全角", edits.len()), edits);
        return;
    }
    for edits in paragraphs {
        say(sink, format!("中文句子应使用全角标点，这一段有 {} 处半角", edits.len()), edits);
    }
}

fn say(sink: &mut Sink<'_>, message: String, edits: Vec<Edit>) {
    let Some(first) = edits.first().map(|edit| edit.place) else { return };
    sink.push(Finding::new(first, message).fix("改用全角标点", Applicability::Safe, edits));
}

fn is_pause(c: char) -> bool {
    matches!(c, '，' | '、' | '；' | '：' | '。' | ',' | ';' | ':')
}

/// Half-width marks of a sentence by their places, with what they should be.
fn marks(line: &str) -> Vec<(usize, &'static str)> {
    if is_tabular(line) || line.contains("](") || !line.contains(is_han) {
        return Vec::new();
    }
    let (mut found, mut open) = (Vec::new(), Vec::new());
    let mut before = None;
    for (at, c) in line.char_indices() {
        let behind = line[at + c.len_utf8()..].chars().next();
        match c {
            // A doubled mark is one too many, whatever its width: another rule says which.
            ',' | ';' | ':' if [before, behind].iter().flatten().any(|&it| is_pause(it)) => {}
            ',' | ';' | ':' | '?' | '!' if is_chinese(before) && !is_latin(behind, c) => {
                found.push((at, full(c)));
            }
            '(' => open.push((at, before)),
            ')' => {
                if let Some((start, lead)) = open.pop() {
                    // 函数f(x) and 1) are not ours; a remark has Chinese in or before it.
                    if line[start..at].contains(is_han) || lead.is_some_and(is_han) {
                        found.extend([(start, "（"), (at, "）")]);
                    }
                }
            }
            _ => {}
        }
        before = Some(c);
    }
    found.sort_unstable();
    found
}

/// A mark behind this belongs to a Chinese sentence.
fn is_chinese(before: Option<char>) -> bool {
    before.is_some_and(|c| is_han(c) || "”’》〉）)】〕％%".contains(c))
}

/// A mark before this may belong to an address or a field: 网址:http, but 2件,3 is a sentence.
fn is_latin(behind: Option<char>, mark: char) -> bool {
    mark == '?' && behind.is_some_and(|c| c.is_ascii_alphanumeric())
}

fn full(mark: char) -> &'static str {
    match mark {
        ',' => "，",
        ';' => "；",
        ':' => "：",
        '?' => "？",
        _ => "！",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{apply_fix, hits};

    const RULE: &str = "halfwidth-punct";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn rows_of_a_spreadsheet_keep_their_commas() {
        assert!(marks("规章,3,5,74").is_empty());
        assert!(marks("行政许可,11398889").is_empty());
        assert_eq!(marks("收到申请2件,3件办结").len(), 1);
    }

    #[test]
    fn the_marks_of_a_paragraph_are_one_finding() {
        let text = format!("{HEAD}收到申请3件,均已答复(含结转):网上2件。\n其余，无。\n");
        assert_eq!(hits(&text, RULE).len(), 1);
        let mended = apply_fix(&text, RULE, 0);
        assert_eq!(
            mended,
            format!("{HEAD}收到申请3件，均已答复（含结转）：网上2件。\n其余，无。\n")
        );
        assert!(hits(&mended, RULE).is_empty());
    }

    #[test]
    fn half_width_throughout_is_one_finding() {
        let text =
            format!("{HEAD}(一)公开指南,及时更新。\n(二)依申请,按期答复。\n(三)管理,规范。\n");
        let found = hits(&text, RULE);
        assert_eq!((found.len(), found[0].fixes[0].edits.len()), (1, 9));
        assert!(hits(&apply_fix(&text, RULE, 0), RULE).is_empty());
    }

    #[test]
    fn what_is_no_sentence_keeps_its_marks() {
        for line in [
            "时间9:30，金额1,234.5元，比例3:1，网址https://a.gov.cn/x?id=1，邮箱a@b.cn",
            "1)加强领导",
            "予以公开,部分公开 | 3 |",
            "[办法](a.html),略",
            "Rust, C++ (2024)",
        ] {
            assert!(marks(line).is_empty(), "{line}: {:?}", marks(line));
        }
    }
}
