use crate::references::{DocumentNumber, References, document_numbers};
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, LineCx, Scope, Severity, Sink};

rule! {
    /// 发文机关代字疑有错字。
    ///
    /// ## 查什么
    ///
    /// 年份和顺序号与常用文件相同、机关代字只差一两个字的发文字号。代字短的（如“国办发”）与各地的代字相近，不查；令的编号不查。
    ///
    /// ## 为什么
    ///
    /// 文号错一个字，读者就找不到所引的文件。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度按照国办公开版函〔2021〕30号文件编制报告。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度按照国办公开办函〔2021〕30号文件编制报告。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：引用的是哪件文件，由编写人确认。
    ///
    /// ## 依据
    ///
    /// 随附的法规和文件目录。
    pub(in crate::rules) static DOCNUM_TYPO = {
        id: "docnum-typo",
        group: Group::Citation,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::LineWith(&["号"], check),
    };
}

/// Shorter codes differ by one character from place to place: 国办发, 冀办发.
const SHORTEST_CODE: usize = 5;

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    let references = &cx.settings.engine().dictionary().references;
    for number in document_numbers(cx.text) {
        if number.year.is_none() || references.by_number(&number).is_some() {
            continue;
        }
        let Some((written, issuer)) = slip(references, &number) else { continue };
        let end = number.range.start + number.issuer.len();
        let place = cx.place(end - written.len()..end);
        let message = format!("发文机关代字“{written}”疑为“{issuer}”，请核对所引文件");
        let edit = Edit::new(place, issuer.clone());
        sink.push(Finding::new(place, message).fix(
            format!("改为“{issuer}”"),
            Applicability::Choice,
            vec![edit],
        ));
    }
}

/// The words that stand for a known issuer, and the issuer.
fn slip<'t>(references: &References, number: &DocumentNumber<'t>) -> Option<(&'t str, String)> {
    references.iter().filter_map(|it| it.number.as_deref()).find_map(|known| {
        let known = document_numbers(known).next()?;
        let length = known.issuer.chars().count();
        if (known.year, known.sequence) != (number.year, number.sequence)
            || length < SHORTEST_CODE
            || known.issuer.ends_with('令')
        {
            return None;
        }
        let near = (length - 1..=length + 1).filter_map(|count| {
            let written = last(number.issuer, count)?;
            let is_code = written.chars().next() == known.issuer.chars().next();
            let distance = strsim::levenshtein(written, known.issuer);
            (is_code && (1..=2).contains(&distance)).then_some((distance, written))
        });
        near.min().map(|(_, written)| (written, known.issuer.to_owned()))
    })
}

/// The last `count` characters.
fn last(words: &str, count: usize) -> Option<&str> {
    words.char_indices().rev().nth(count.checked_sub(1)?).map(|(at, _)| &words[at..])
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings};

    const RULE: &str = "docnum-typo";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn a_known_number_with_a_wrong_character_is_shown() {
        let text = format!(
            "{HEAD}版式采用⟦docnum-typo: 国办公开版函⟧[2019]61号，缺字的有⟦docnum-typo: 国办公开函⟧〔2021〕30号。\n"
        );
        assert_findings(&text, &[RULE]);
        let text = format!("{HEAD}版式采用国办公开版函[2019]61号。\n");
        assert!(apply_fix(&text, RULE, 0).contains("采用国办公开办函[2019]61号"));
    }

    #[test]
    fn other_issuers_number_their_own_documents() {
        let text = format!(
            "{HEAD}按照冀办发〔2018〕37号、青县公开办函〔2021〕30号、国办公开版函〔2022〕7号和河南省人民政府令〔2008〕第9号执行。\n"
        );
        assert_findings(&text, &[RULE]);
    }
}
