use crate::references::{References, quoted_titles};
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, LineCx, Scope, Severity, Sink};

rule! {
    /// 法规名称有误。
    ///
    /// ## 查什么
    ///
    /// 书名号里的名称是随附目录中列出的误写（如“政务信息公开条例”），或者与目录里“中华人民共和国……”的全称只差一个字。地方性法规、目录里没有的名称不查。
    ///
    /// ## 为什么
    ///
    /// 所引的法规不叫这个名字，读者找不到。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度认真学习《政务信息公开条例》，规范工作流程。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度认真学习《中华人民共和国政府信息公开条例》，规范工作流程。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：改名称就是改引用，由编写人核对后采用。
    ///
    /// ## 依据
    ///
    /// 随附的法规和文件目录。
    pub(in crate::rules) static LAW_NAME_WRONG = {
        id: "law-name-wrong",
        group: Group::Citation,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::LineWith(&["《"], check),
    };
}

/// Shorter names differ by one character from one another: 立法法, 司法法.
const SHORTEST: usize = 11;

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    let references = &cx.settings.engine().dictionary().references;
    for quoted in quoted_titles(cx.text) {
        if references.by_title(quoted.title).is_some() {
            continue;
        }
        let Some(right) = meant(references, quoted.title) else { continue };
        let inner = quoted.range.start + '《'.len_utf8()..quoted.range.end - '》'.len_utf8();
        let place = cx.place(inner);
        let message = format!("没有名为《{}》的法规，应为《{right}》", quoted.title);
        let edit = Edit::new(place, right);
        sink.push(Finding::new(place, message).fix(
            format!("改为《{right}》"),
            Applicability::Choice,
            vec![edit],
        ));
    }
}

/// The title that a wrong one stands for.
fn meant<'r>(references: &'r References, title: &str) -> Option<&'r str> {
    let length = title.chars().count();
    let is_near = |right: &str| {
        let count = right.chars().count();
        right.starts_with("中华人民共和国")
            && count >= SHORTEST
            && count.abs_diff(length) <= 1
            && strsim::osa_distance(right, title) == 1
    };
    let misnamed = |names: &[String]| names.iter().any(|name| name == title);
    references
        .iter()
        .find(|it| misnamed(&it.misnamed) || is_near(&it.title))
        .map(|it| it.title.as_str())
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings};

    const RULE: &str = "law-name-wrong";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn names_that_no_law_has_are_shown() {
        let text = format!(
            "{HEAD}学习《⟦law-name-wrong: 政务信息公开条例⟧》《⟦law-name-wrong: 中华人民共和国政府信息公开条列⟧》和《⟦law-name-wrong: 中华人民共和国信息公开条例⟧》。\n"
        );
        assert_findings(&text, &[RULE]);
        let text = format!("{HEAD}学习《信息公开条例》。\n");
        assert!(apply_fix(&text, RULE, 0).contains("《中华人民共和国政府信息公开条例》"));
    }

    #[test]
    fn laws_of_places_and_other_laws_have_names_of_their_own() {
        let text = format!(
            "{HEAD}学习《条例》《政府信息公开条例》《青石省政府信息公开条例》《青石省政务公开条例》《中华人民共和国行政许可法》《中华人民共和国刑事诉讼法》和《中华人民共和国司法法》。\n"
        );
        assert_findings(&text, &[RULE]);
    }
}
