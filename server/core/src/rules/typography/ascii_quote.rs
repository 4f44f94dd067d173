use super::{grouped, is_han, is_tabular};
use crate::rules::{Edit, Finding, Fixable, Group, PartCx, Scope, Severity, Sink};

rule! {
    /// 用了英文的直引号。
    ///
    /// ## 查什么
    ///
    /// 紧挨汉字、括着汉字的直引号 `"…"` 和 `'…'`。代码、网址、英寸和英文里的撇号不算。一个部分合并为一条，引号成单的另外指出。
    ///
    /// ## 为什么
    ///
    /// 中文引号分开头和结尾，直引号看不出是哪一头。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度落实"三审三校"制度，工作有序开展。
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
    /// 成对的可以：只换引号。成单的由编写人补齐。
    ///
    /// ## 依据
    ///
    /// 《标点符号用法》（GB/T 15834）。
    pub(in crate::rules) static ASCII_QUOTE = {
        id: "ascii-quote",
        group: Group::Typography,
        severity: Severity::Info,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::PartWith(&["\"", "'"], check),
    };
}

/// A straight mark with the Chinese ones that stand for a pair of it.
struct Quotes {
    mark: char,
    opening: char,
    closing: char,
}

const DOUBLE: Quotes = Quotes { mark: '"', opening: '“', closing: '”' };
const SINGLE: Quotes = Quotes { mark: '\'', opening: '‘', closing: '’' };

fn check(cx: &PartCx<'_>, sink: &mut Sink<'_>) {
    let mut edits = Vec::new();
    for (range, line) in cx.mentioned() {
        if is_tabular(line) || line.contains("](") {
            continue;
        }
        let base = range.start as usize;
        let place = |at: usize| cx.place((base + at..base + at + 1).into());
        for quotes in [DOUBLE, SINGLE] {
            let marks: Vec<usize> = line.match_indices(quotes.mark).map(|(at, _)| at).collect();
            if let ([odd], '"') = (marks.as_slice(), quotes.mark)
                && stands_by_han(line, *odd)
            {
                sink.push(Finding::new(
                    place(*odd),
                    "这里的直引号没有与之成对的另一个，请补齐并改用中文引号",
                ));
            }
            for (open, close) in quotes.pairs(line, &marks) {
                edits.push(Edit::new(place(open), quotes.opening.to_string()));
                edits.push(Edit::new(place(close), quotes.closing.to_string()));
            }
        }
    }
    edits.sort_by_key(|edit| edit.place);
    grouped(
        sink,
        |count| format!("应使用中文引号，这一部分有 {} 对直引号", count / 2),
        "改用中文引号",
        edits,
    );
}

impl Quotes {
    /// The pairs among the marks of a line that are quotation marks for certain.
    fn pairs(&self, line: &str, marks: &[usize]) -> Vec<(usize, usize)> {
        let &Self { opening, closing, .. } = self;
        if !marks.len().is_multiple_of(2) {
            return Vec::new();
        }
        let (mut pairs, mut seen, mut depth) = (Vec::new(), 0, 0_isize);
        for pair in marks.chunks_exact(2) {
            let &[open, close] = pair else { continue };
            for c in line[seen..open].chars() {
                depth += isize::from(c == opening) - isize::from(c == closing);
            }
            seen = open;
            let words = &line[open + 1..close];
            // Where both kinds are mixed, nobody knows which is whose partner.
            let is_mixed = words.contains([opening, closing]) || depth != 0;
            if !is_mixed && self.may_quote(words) {
                pairs.push((open, close));
            }
        }
        pairs
    }

    /// Whether Chinese words stand between the marks. Single ones are apostrophes and primes, too.
    fn may_quote(&self, words: &str) -> bool {
        words.contains(is_han)
            && (self.mark == '"' || words.starts_with(is_han) && words.ends_with(is_han))
    }
}

fn stands_by_han(line: &str, at: usize) -> bool {
    line[..at].ends_with(is_han) && line[at + 1..].starts_with(is_han)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits};

    const RULE: &str = "ascii-quote";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn pairs_become_chinese_ones() {
        let text = format!("{HEAD}落实\"三审三校\"制度。\n做好\"放管服\"和'一网通办'。\n");
        assert_eq!(hits(&text, RULE).len(), 1);
        let mended = apply_fix(&text, RULE, 0);
        assert_eq!(mended, format!("{HEAD}落实“三审三校”制度。\n做好“放管服”和‘一网通办’。\n"));
        assert!(hits(&mended, RULE).is_empty());
    }

    #[test]
    fn an_odd_one_is_the_authors() {
        let text = format!("{HEAD}落实⟦ascii-quote: \"⟧三审三校制度。\n");
        assert_findings(&text, &[RULE]);
        assert!(
            hits(&text.replace("⟦ascii-quote: ", "").replace('⟧', ""), RULE)[0].fixes.is_empty()
        );
    }

    #[test]
    fn latin_words_inches_and_pages_keep_theirs() {
        for line in [
            "屏幕15\"大，HYPERLINK \"a.html\"，people's。",
            "<a title=\"公开\">公开</a>",
            "\"公开\" | 3 |",
            "做好\"“公开”和“解读”\"工作，落实“公开\"和\"解读”制度。",
        ] {
            assert_findings(&format!("{HEAD}{line}\n"), &[RULE]);
        }
    }
}
