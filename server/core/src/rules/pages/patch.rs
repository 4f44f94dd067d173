//! Puts the lines of an example into a complete report.

use unicode_normalization::UnicodeNormalization as _;

/// The clean text with the example's lines in place of its own.
pub(super) fn patch(clean: &str, example: &str, title: &[String]) -> Result<String, String> {
    let mut text = Patched { lines: clean.lines().map(str::to_owned).collect(), cursor: None };
    for line in example.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
        if let Some(inserted) = line.strip_prefix("+ ") {
            text.insert(inserted);
        } else if let Some(deleted) =
            line.strip_prefix("~~").and_then(|line| line.strip_suffix("~~"))
        {
            let at = text
                .find(deleted, title)
                .ok_or_else(|| format!("the skeleton has no line like “{deleted}”"))?;
            text.lines.remove(at);
            text.cursor = at.checked_sub(1);
        } else if let Some(at) = text.find(line, title) {
            text.lines[at] = with_spans(&text.lines[at], line);
            text.cursor = Some(at);
        } else if line.contains('|') || heading_numeral(line).is_some() {
            return Err(format!(
                "the skeleton has no line like “{line}”; use “+ {line}” to insert it"
            ));
        } else {
            text.insert(line);
        }
    }
    Ok(text.lines.join("\n") + "\n")
}

/// The skeleton under patching, and the line patched last.
struct Patched {
    lines: Vec<String>,
    cursor: Option<usize>,
}

impl Patched {
    fn insert(&mut self, line: &str) {
        let at = self.cursor.map_or(0, |cursor| cursor + 1);
        self.lines.insert(at, line.to_owned());
        self.cursor = Some(at);
    }

    /// The line that `line` stands for.
    fn find(&self, line: &str, title: &[String]) -> Option<usize> {
        if line.contains('|') {
            self.best(0.5, |own| row_likeness(own, line))
        } else if let Some(numeral) = heading_numeral(line) {
            let by_wording = |own: &str| {
                heading_numeral(own)
                    .map_or(0.0, |of| f64::from(u8::from(own[of.len()..] == line[numeral.len()..])))
            };
            self.best(1.0, by_wording).or_else(|| {
                self.best(1.0, |own| f64::from(u8::from(heading_numeral(own) == Some(numeral))))
            })
        } else if !line.contains('。') && title.iter().all(|word| line.contains(word)) {
            Some(0)
        } else {
            let prose = |own: &str| {
                if is_prose(own) { strsim::normalized_levenshtein(own, line) } else { 0.0 }
            };
            self.best(0.6, prose).filter(|&at| at > 0).or_else(|| self.next_prose())
        }
    }

    /// The likeliest line; of equal ones the first after the cursor.
    fn best(&self, least: f64, likeness: impl Fn(&str) -> f64) -> Option<usize> {
        let after = self.cursor.map_or(0, |cursor| cursor + 1);
        let order = (after..self.lines.len()).chain(0..after);
        let mut best = None;
        for at in order {
            let score = likeness(&self.lines[at]);
            if score >= least && best.is_none_or(|(_, top)| score > top) {
                best = Some((at, score));
            }
        }
        best.map(|(at, _)| at)
    }

    /// The first line of prose after the cursor in its section, unless the cursor stands on prose itself: then more prose follows it.
    fn next_prose(&self) -> Option<usize> {
        let first_heading = || self.lines.iter().position(|line| heading_numeral(line).is_some());
        let cursor = match self.cursor {
            Some(cursor) if cursor > 0 && is_prose(&self.lines[cursor]) => return None,
            Some(cursor) => cursor,
            None => first_heading()?,
        };
        let section = (cursor + 1..self.lines.len())
            .take_while(|&at| heading_numeral(&self.lines[at]).is_none());
        section.into_iter().find(|&at| is_prose(&self.lines[at]))
    }
}

/// How much a row of the example is like a row of the skeleton: above 2 with the same label.
fn row_likeness(own: &str, line: &str) -> f64 {
    if !own.contains('|') {
        return 0.0;
    }
    let (own_cells, cells) = (cells(own), cells(line));
    let whole = strsim::normalized_levenshtein(&fold(own), &fold(line));
    let data = own_cells.last().is_some_and(|cell| cell == "0");
    let label = own_cells.iter().rposition(|cell| cell != "0");
    match label {
        None if cells.len() == own_cells.len()
            && cells[0].starts_with(|c: char| c.is_ascii_digit())
            && !cells[0].contains('.') =>
        {
            2.0 + whole
        }
        None => 0.0,
        Some(label) if data => {
            let label = &own_cells[label];
            if cells.iter().take(3).any(|cell| cell == label) {
                return 2.0 + whole;
            }
            let digits =
                |cell: &str| cell.starts_with(|c: char| c.is_numeric()) && !cell.contains('.');
            cells
                .iter()
                .take(3)
                .filter(|cell| !digits(cell))
                .map(|cell| strsim::normalized_levenshtein(cell, label))
                .fold(0.0, f64::max)
        }
        Some(_) if cells[0] == own_cells[0] => 2.0 + whole,
        Some(_) => whole,
    }
}

/// The example's row, with the row spans before its label that only the skeleton writes.
fn with_spans(own: &str, line: &str) -> String {
    let (own_cells, cells) = (cells(own), cells(line));
    let Some(label) = own_cells
        .iter()
        .rposition(|cell| cell != "0")
        .filter(|&label| label > 0 && own.contains('|'))
    else {
        return line.to_owned();
    };
    if own_cells.last().is_none_or(|cell| cell != "0")
        || own_cells[..label].iter().any(|span| cells.contains(span))
    {
        return line.to_owned();
    }
    let spans: Vec<_> = own.split('|').take(label).map(str::trim).collect();
    format!("{} | {line}", spans.join(" | "))
}

fn cells(row: &str) -> Vec<String> {
    let row = row.trim();
    row.strip_suffix('|').unwrap_or(row).split('|').map(fold).collect()
}

fn fold(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// 三、 at the start of a line that is no row.
fn heading_numeral(line: &str) -> Option<&str> {
    let wording = line.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    let numeral = line.len() - wording.len();
    (numeral > 0 && wording.starts_with('、') && !line.contains('|'))
        .then(|| &line[..numeral + '、'.len_utf8()])
}

fn is_prose(line: &str) -> bool {
    !line.is_empty() && !line.contains('|') && heading_numeral(line).is_none()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    const CLEAN: &str = "\
某局2025年工作报告
数据统计期限为2025年1月1日至2025年12月31日。

一、概况
2025年，开展了工作。

二、申请
内容 | 件数 |
二、结果 | （一）公开 | 0 | 0 |
（二）不公开 | 1.秘密 | 0 | 0 |
2.其他 | 0 | 0 |
维持 | 纠正 |
0 | 0 |

三、其他
未收费。
";

    #[track_caller]
    fn patched(example: &str, expected: &Expect) {
        let title = ["工作".to_owned(), "报告".to_owned()];
        let text = patch(CLEAN, example, &title).unwrap_or_else(|problem| problem);
        let diff = text.lines().filter(|line| !CLEAN.lines().any(|own| own == *line));
        let gone = CLEAN.lines().filter(|own| !text.lines().any(|line| line == *own));
        expected.assert_eq(
            &gone
                .map(|line| format!("-{line}\n"))
                .chain(diff.map(|line| format!("+{line}\n")))
                .collect::<String>(),
        );
    }

    #[test]
    fn rows_are_found_by_label() {
        patched(
            "(二)不公开 | 1. 秘密 | 3 | 0 |\n2.其它 | 4件 | 0 |\n1 | 0 |\n内 容 | 件 |",
            &expect![[r"
                -内容 | 件数 |
                -（二）不公开 | 1.秘密 | 0 | 0 |
                -2.其他 | 0 | 0 |
                -0 | 0 |
                +内 容 | 件 |
                +(二)不公开 | 1. 秘密 | 3 | 0 |
                +2.其它 | 4件 | 0 |
                +1 | 0 |
            "]],
        );
    }

    #[test]
    fn spans_may_be_left_out() {
        patched(
            "1.秘密 | 2 | 0 |\n（一）公开 | 2 | 0 |",
            &expect![[r"
            -二、结果 | （一）公开 | 0 | 0 |
            -（二）不公开 | 1.秘密 | 0 | 0 |
            +二、结果 | （一）公开 | 2 | 0 |
            +（二）不公开 | 1.秘密 | 2 | 0 |
        "]],
        );
    }

    #[test]
    fn headings_are_found_by_wording_then_by_numeral() {
        patched(
            "四、申请\n三、其他事项\n~~一、概况~~",
            &expect![[r"
            -一、概况
            -二、申请
            -三、其他
            +四、申请
            +三、其他事项
        "]],
        );
    }

    #[test]
    fn prose_follows_its_heading() {
        patched(
            "2024年度工作报告\n三、其他\n收费400元。\n另收80元。\n+ 落款",
            &expect![[r"
            -某局2025年工作报告
            -未收费。
            +2024年度工作报告
            +收费400元。
            +另收80元。
            +落款
        "]],
        );
        patched(
            "全年未收到申请。",
            &expect![[r"
            -2025年，开展了工作。
            +全年未收到申请。
        "]],
        );
        patched(
            "统计期限为2024年1月1日至2024年12月31日。",
            &expect![[r"
            -数据统计期限为2025年1月1日至2025年12月31日。
            +统计期限为2024年1月1日至2024年12月31日。
        "]],
        );
    }

    #[test]
    fn what_matches_nothing_is_a_problem() {
        assert!(patch(CLEAN, "七、附件", &[]).is_err());
        assert!(patch(CLEAN, "毫不相干的一行 | 0 |", &[]).is_err());
        assert!(patch(CLEAN, "+ 七、附件", &[]).is_ok());
    }
}
