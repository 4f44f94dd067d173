use crate::references::{Reference, citations};
use crate::report::fold;
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, LineCx, Scope, Severity, Sink};

rule! {
    /// 文号和文件名称说的不是同一件文件。
    ///
    /// ## 查什么
    ///
    /// 书名号里的名称和后面括号里的文号都在随附的目录里，却是两件不同的文件。名称不在目录里的（如简称、节录）不查。
    ///
    /// ## 为什么
    ///
    /// 名称和文号有一个错了，读者不知道依据的是哪一件。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 报告按照《政府信息公开工作年度报告格式》（国办公开办函〔2019〕61号）编制。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 报告按照《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）编制。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：看不出错的是名称还是文号，由编写人选择。
    ///
    /// ## 依据
    ///
    /// 随附的法规和文件目录。
    pub(in crate::rules) static DOCNUM_TITLE_MISMATCH = {
        id: "docnum-title-mismatch",
        group: Group::Citation,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::LineWith(&["》（", "》("], check),
    };
}

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    let references = &cx.settings.engine().dictionary().references;
    for citation in citations(cx.text) {
        let titled: Vec<_> = references.all_by_title(citation.title.title).collect();
        let [first, ..] = titled.as_slice() else { continue };
        for number in &citation.numbers {
            let Some(numbered) = references.by_number(number) else { continue };
            let is_titled = titled.iter().any(|document| std::ptr::eq(*document, numbered));
            if is_titled || is_akin(citation.title.title, numbered) {
                continue;
            }
            let start = references.start_of(number).unwrap_or(number.range.start);
            let place = cx.place(start..number.range.end);
            let title = citation.title.range.start + '《'.len_utf8()
                ..citation.title.range.end - '》'.len_utf8();
            let message = format!(
                "{}是《{}》的文号，与前面的名称不符",
                cx.slice(place.range),
                numbered.title
            );
            let mut finding = Finding::new(place, message);
            if let Some(right) = first.number.as_deref() {
                let edits = vec![Edit::new(place, right)];
                finding = finding.fix(format!("文号改为{right}"), Applicability::Choice, edits);
            }
            let edits = vec![Edit::new(cx.place(title), numbered.title.as_str())];
            let renaming = format!("名称改为《{}》", numbered.title);
            sink.push(finding.fix(renaming, Applicability::Choice, edits));
        }
    }
}

/// Whether the title is a shorter or longer name of the document: …年度报告格式 is …年度报告格式（试行） too.
fn is_akin(title: &str, document: &Reference) -> bool {
    let title = fold(title);
    std::iter::once(&document.title).chain(&document.names).any(|name| {
        let name = fold(name);
        name.contains(&title) || title.contains(&name)
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings};

    const RULE: &str = "docnum-title-mismatch";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn a_title_with_the_number_of_another_document_is_shown() {
        let text = format!(
            "{HEAD}按照《政府信息公开信息处理费管理办法》（⟦docnum-title-mismatch: 国办函〔2018〕12号⟧）收费。\n"
        );
        assert_findings(&text, &[RULE]);
        let text =
            format!("{HEAD}按照《政府信息公开信息处理费管理办法》（国办函〔2018〕12号）收费。\n");
        assert!(apply_fix(&text, RULE, 0).contains("》（国办函〔2020〕109号）"));
        assert!(apply_fix(&text, RULE, 1).contains(
            "《国务院办公厅关于做好政府网站年度报表发布工作的通知》（国办函〔2018〕12号）"
        ));
    }

    #[test]
    fn names_that_the_dictionary_does_not_have_prove_nothing() {
        for line in [
            "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
            "《收费办法》（国办函〔2020〕109号）",
            "《政府信息公开工作年度报告格式》（国办公开办函〔2019〕60号）",
            "《条例》（国务院令第711号）",
            "《政府信息公开信息处理费管理办法》（财政局办理）和国办函〔2018〕12号",
        ] {
            assert_findings(&format!("{HEAD}按照{line}办理。\n"), &[RULE]);
        }
    }
}
