//! Cells of HTML whose words stand in several pieces, since a tag changed the letters: `<span>1.</span><span lang=EN-US>属于国家秘密</span>`.

use super::runs::{LONGEST_LABEL, Token, Tokens};
use crate::syntax::{CellKind, Shape, joins, kind_of, untagged};
use crate::text::TextRange;

/// Bytes of such a cell, with the tags in it. What is longer is a paragraph, which is not read again for each of its pieces.
const LONGEST: usize = 1500;

impl Tokens<'_> {
    /// Adds a piece to the last cell, if only tags that part nothing stand between them.
    pub(super) fn join(&mut self, text: &str, piece: TextRange, kind: CellKind) -> bool {
        let in_words = |kind: CellKind| kind != CellKind::Blank;
        let is_open = |last: &Token| last.shape == Shape::Markup && in_words(last.kind);
        let Some(mut last) = self.list.last().copied().filter(is_open) else { return false };
        let between = text.get(last.range.end as usize..piece.start as usize);
        if !in_words(kind) || !between.is_some_and(joins) {
            return false;
        }
        last.range = last.range.cover(piece);
        self.folds.truncate(last.fold.start as usize);
        let is_cell = last.range.len() <= LONGEST;
        let said = if is_cell { untagged(&text[last.range.to_range()]) } else { String::new() };
        last.kind = if is_cell { kind_of(&said) } else { CellKind::Text };
        if last.kind == CellKind::Text && said.len() <= LONGEST_LABEL {
            self.lexicon.fold_into(&said, &mut self.folds);
        }
        last.fold = TextRange::new(last.fold.start as usize, self.folds.len());
        self.list.pop();
        self.list.push(last);
        true
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{check, hits};

    fn page(normative: &str, says: &str) -> String {
        format!(
            "<h1>青石县水利局2024年政府信息公开工作年度报告</h1>
<p>一、总体情况</p>
<p>（三）政府信息管理。{says}</p>
<p>二、主动公开政府信息情况</p>
<table>
<tr><td><span>规</span><b><span
 lang=EN-US>章</span></b></td><td>0</td><td>0</td><td>0</td></tr>
<tr><td>行政规范性文件</td>{normative}</tr>
</table>
"
        )
    }

    #[test]
    fn tags_within_a_word_or_a_figure_part_nothing() {
        let normative = "<td><b>1</b><b>2</b></td><td>&nbsp;<span>3</span></td><td><i>1</i><span
 lang=EN-US style='font-size:9.0pt'>00</span></td>";
        let says = "<span>制发行政规范性文件</span><span
lang=EN-US style='font-size:16.0pt'>12</span><span>件。</span>";
        let right = page(normative, says);
        let found: Vec<_> =
            check(&right).into_iter().filter(|it| it.rule.contains("table-row")).collect();
        assert!(found.iter().all(|it| it.rule == "table-row-missing"), "{found:?}");
        assert!(hits(&right, "narrative-normative-mismatch").is_empty());
        let wrong = page(normative, &says.replace(">12<", ">13<"));
        let found = hits(&wrong, "narrative-normative-mismatch");
        assert_eq!(found.len(), 1);
        assert!(found[0].words.ends_with(">13</span><span>件"), "{}", found[0].words);
    }

    #[test]
    fn tags_that_part_cells_lines_and_remarks_do() {
        // A remark that is raised, a break, blanks between two figures.
        for cell in ["12<sup>1</sup>", "12<br>3", "12 <span>3</span>"] {
            let text = page(
                &format!("<td>{cell}</td><td>3</td><td>100</td>"),
                "制发行政规范性文件123件。",
            );
            assert!(hits(&text, "narrative-normative-mismatch").is_empty(), "{cell}");
        }
    }
}
