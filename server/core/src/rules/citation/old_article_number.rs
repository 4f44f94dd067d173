use std::cell::LazyCell;

use crate::references::{Reference, Titles};
use crate::rules::{Finding, Fixable, Group, LineCx, Scope, Severity, Sink};

rule! {
    /// 引用的条文号是修订以前的。
    ///
    /// ## 查什么
    ///
    /// 说到年度报告，却引《政府信息公开条例》（或《条例》）旧文本的第三十一条、第三十二条；现行文本是第四十九条、第五十条。条文号紧跟在别的法律后面的不查，同一行也写了现行条文号的不查。
    ///
    /// ## 为什么
    ///
    /// 2019年修订后条文重新编号，旧条文号下面规定的是别的事。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 根据《中华人民共和国政府信息公开条例》第三十一条的规定，向社会公布本年度报告。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 根据《中华人民共和国政府信息公开条例》第五十条的规定，向社会公布本年度报告。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不提供：新旧条文并不一一对应，请编写人核对。
    ///
    /// ## 依据
    ///
    /// 《中华人民共和国政府信息公开条例》（国务院令第711号）第四十九条、第五十条。
    pub(in crate::rules) static OLD_ARTICLE_NUMBER = {
        id: "old-article-number",
        group: Group::Citation,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::No,
        check: Scope::LineWith(&["条"], check),
    };
}

/// The furthest that an article stands behind its law's title, in bytes: （国务院令第711号，以下简称《条例》）第….
const REACH: usize = 120;

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    let titles = LazyCell::new(|| Titles::of(cx.text));
    let references = &cx.settings.engine().dictionary().references;
    for document in references.iter().filter(|document| !document.moved.is_empty()) {
        for article in &document.moved {
            if !cx.text.contains(&article.subject) || cx.text.contains(&article.new) {
                continue;
            }
            for (at, words) in cx.text.match_indices(&article.old) {
                if is_of(&titles, cx.text, at, document) {
                    let place = cx.place(at..at + words.len());
                    let message = format!(
                        "“{words}”是《{}》修订以前的条文号，{}现由{}规定",
                        document.title, article.subject, article.new
                    );
                    sink.push(Finding::new(place, message));
                }
            }
        }
    }
}

/// Whether the title nearest before byte `at` means the document.
fn is_of(titles: &Titles<'_>, text: &str, at: usize, document: &Reference) -> bool {
    titles.before(at).is_some_and(|title| {
        let names = std::iter::once(&document.title).chain(&document.names).chain(&document.short);
        at - title.range.end <= REACH
            && !text[title.range.end..at].contains('。')
            && names.into_iter().any(|name| *name == title.title)
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::assert_findings;

    const RULE: &str = "old-article-number";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn articles_of_the_old_text_are_shown() {
        assert_findings(
            &format!(
                "{HEAD}根据《中华人民共和国政府信息公开条例》（国务院令第711号，以下简称《条例》）⟦old-article-number: 第三十二条⟧编制本年度报告。\n按照《条例》⟦old-article-number: 第三十一条⟧公布年度报告。\n"
            ),
            &[RULE],
        );
    }

    #[test]
    fn other_laws_other_subjects_and_todays_articles_are_right() {
        for line in [
            "根据《中华人民共和国政府信息公开条例》第四十九条和第五十条编制本年度报告。",
            "根据《青石省政府信息公开规定》第三十一条编制本年度报告。",
            "《条例》和《中华人民共和国档案法》第三十一条对年度报告未作规定。",
            "按照《条例》第三十二条征求第三方意见。",
            "《条例》原第三十一条现为第四十九条，年度报告据此编制。",
        ] {
            assert_findings(&format!("{HEAD}{line}\n"), &[RULE]);
        }
    }
}
