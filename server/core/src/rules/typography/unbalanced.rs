use super::{is_tabular, ordinal};
use crate::rules::{Finding, Fixable, Group, PartCx, Scope, Severity, Sink};
use crate::text::TextRange;

rule! {
    /// 括号、书名号不成对。
    ///
    /// ## 查什么
    ///
    /// 一个部分的正文里，没有另一半的圆括号、方括号、六角括号和书名号。列表编号“1)”“一）”、表格、半截网址不查；全角半角混用的算一对。
    ///
    /// ## 为什么
    ///
    /// 少了一半，读者不知道括注或书名到哪里为止。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度印发《公开制度，工作有序开展。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度印发《公开制度》，工作有序开展。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：另一半应在哪里，只有编写人知道。
    ///
    /// ## 依据
    ///
    /// 《标点符号用法》（GB/T 15834）。
    pub(in crate::rules) static BRACKET_UNBALANCED = {
        id: "bracket-unbalanced",
        group: Group::Typography,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::No,
        check: Scope::PartWith(
            &["（", "(", "）", ")", "《", "》", "【", "】", "〔", "〕", "〈", "〉"],
            brackets,
        ),
    };
}

rule! {
    /// 引号不成对。
    ///
    /// ## 查什么
    ///
    /// 一个部分的正文里，没有另一半的“”和‘’，包括两个都写成“的。
    ///
    /// ## 为什么
    ///
    /// 少了一半，读者不知道引文到哪里为止。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度落实“三审三校制度，工作有序开展。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度落实“三审三校”制度，工作有序开展。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：另一半应在哪里，只有编写人知道。
    ///
    /// ## 依据
    ///
    /// 《标点符号用法》（GB/T 15834）。
    pub(in crate::rules) static QUOTE_UNBALANCED = {
        id: "quote-unbalanced",
        group: Group::Typography,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::No,
        check: Scope::PartWith(&["“", "”", "‘", "’"], quotes),
    };
}

/// Kinds of marks: the opening ones, the closing ones.
const BRACKETS: &[(&str, &str)] =
    &[("（(", "）)"), ("《", "》"), ("【", "】"), ("〔", "〕"), ("〈", "〉")];
const QUOTES: &[(&str, &str)] = &[("“", "”"), ("‘", "’")];

/// What a mark is: the index of its kind, and whether it opens.
type Role = (usize, bool);

fn brackets(cx: &PartCx<'_>, sink: &mut Sink<'_>) {
    let role = |c| match c {
        '（' | '(' => Some((0, true)),
        '）' | ')' => Some((0, false)),
        '《' => Some((1, true)),
        '》' => Some((1, false)),
        '【' => Some((2, true)),
        '】' => Some((2, false)),
        '〔' => Some((3, true)),
        '〕' => Some((3, false)),
        '〈' => Some((4, true)),
        '〉' => Some((4, false)),
        _ => None,
    };
    check(cx, sink, BRACKETS, role);
}

fn quotes(cx: &PartCx<'_>, sink: &mut Sink<'_>) {
    let role = |c| match c {
        '“' => Some((0, true)),
        '”' => Some((0, false)),
        '‘' => Some((1, true)),
        '’' => Some((1, false)),
        _ => None,
    };
    check(cx, sink, QUOTES, role);
}

/// A mark and the index of its line.
type Marked = (usize, TextRange);

/// The marks of one kind that are not paired.
#[derive(Default, Clone)]
struct Unpaired {
    /// Opening marks, which may still be paired.
    open: Vec<Marked>,
    left: Vec<Marked>,
}

/// Pairs over the whole part, as the text of a PDF breaks its sentences at the page's edge. What is left over in one line is one finding.
fn check(
    cx: &PartCx<'_>,
    sink: &mut Sink<'_>,
    kinds: &[(&str, &str)],
    role: impl Fn(char) -> Option<Role>,
) {
    if cx.mentions.is_empty() || ordinal::holds_scattered_cells(cx) {
        return;
    }
    let mut unpaired = vec![Unpaired::default(); kinds.len()];
    for (index, (range, line)) in cx.mentioned().enumerate() {
        for (at, c) in line.char_indices() {
            // Most characters are no marks.
            if ('\u{4e00}'..='\u{9fff}').contains(&c) {
                continue;
            }
            let Some((kind, is_opening)) = role(c) else { continue };
            let start = range.start as usize + at;
            let mark = (index, (start..start + c.len_utf8()).into());
            if is_opening {
                unpaired[kind].open(c, mark);
            } else {
                unpaired[kind].close(mark, &line[..at]);
            }
        }
        if unpaired.iter().any(|it| it.is_in(index)) && (is_tabular(line) || line.contains("](")) {
            for it in &mut unpaired {
                it.forget(index);
            }
        }
    }
    for (kind, unpaired) in kinds.iter().zip(unpaired) {
        for place in unpaired.one_a_line() {
            sink.push(finding(cx, place, kind));
        }
    }
}

fn finding(cx: &PartCx<'_>, place: TextRange, &(openings, closings): &(&str, &str)) -> Finding {
    let mark = cx.slice(place);
    let is_opening = openings.contains(mark);
    let (own, other) = if is_opening { (openings, closings) } else { (closings, openings) };
    let at = own.chars().position(|c| mark.starts_with(c)).unwrap_or(0);
    let other = other.chars().nth(at).unwrap_or(' ');
    let message = format!("“{mark}”没有与之成对的“{other}”，请补齐或删去");
    Finding::new(cx.place(place), message).unfinished(is_opening)
}

impl Unpaired {
    fn open(&mut self, c: char, mark: Marked) {
        // Of “三审三校“ the second is the wrong one.
        let is_second = |open: &mut Marked| matches!(c, '“' | '‘') && open.0 == mark.0;
        if self.open.pop_if(is_second).is_some() {
            self.left.push(mark);
        } else {
            self.open.push(mark);
        }
    }

    fn close(&mut self, mark: Marked, before: &str) {
        if self.open.pop().is_none() && !numbers(before) {
            self.left.push(mark);
        }
    }

    /// Whether the last line, `index`, has one.
    fn is_in(&self, index: usize) -> bool {
        [&self.open, &self.left].iter().any(|list| list.last().is_some_and(|it| it.0 == index))
    }

    /// Drops those of the last line, `index`.
    fn forget(&mut self, index: usize) {
        for list in [&mut self.open, &mut self.left] {
            list.truncate(list.partition_point(|it| it.0 < index));
        }
    }

    /// The first of each line.
    fn one_a_line(self) -> impl Iterator<Item = TextRange> {
        let Self { open, mut left } = self;
        left.extend(open);
        left.sort_unstable();
        left.dedup_by_key(|it| it.0);
        left.into_iter().map(|(_, place)| place)
    }
}

/// Whether the words before a closing bracket are an ordinal of a list, 1) or 一）, or the tail of an address.
fn numbers(before: &str) -> bool {
    let word = before.trim_end_matches(|c: char| "一二三四五六七八九十".contains(c));
    before.ends_with(|c: char| c.is_ascii_alphanumeric())
        || word.len() < before.len()
            && (word.is_empty() || word.ends_with(['。', '；', '：', ' ', '，', '\u{3000}']))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::assert_findings;

    const RULES: [&str; 2] = ["bracket-unbalanced", "quote-unbalanced"];
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn halves_are_shown_once_a_line() {
        let text = format!(
            "{HEAD}印发⟦bracket-unbalanced: 《⟧公开制度，答复3件（含网上）⟦bracket-unbalanced: ）⟧。\n落实“三审三校⟦quote-unbalanced: “⟧。\n做好公开⟦quote-unbalanced: ”⟧工作。\n"
        );
        assert_findings(&text, &RULES);
        let text =
            format!("{HEAD}学习《实施<公开条例>办法》和⟦bracket-unbalanced: 《⟧《公开指南》。\n");
        assert_findings(&text, &RULES);
    }

    #[test]
    fn what_is_broken_over_lines_and_ordinals_are_whole() {
        for lines in [
            "（一）主动公开（含\n解读）情况。",
            "1)加强领导。2）充实力量。一）公开。",
            "答复申请(含网上）3件。",
            "甲）乙（ | 3 |",
            "见20240101.png?sid=a1)",
            "他说“甲‘乙’丙”。",
            "学习《实施<公开条例>办法》。",
        ] {
            assert_findings(&format!("{HEAD}{lines}\n"), &RULES);
        }
    }
}
