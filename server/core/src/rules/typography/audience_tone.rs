use crate::dictionary::{Dictionary, UnwantedList};
use crate::rules::{Finding, Fixable, Group, LineCx, Scope, Severity, Sink};

rule! {
    /// 口气像是向上级汇报。
    ///
    /// ## 查什么
    ///
    /// “汇报如下”“请审阅”“特此报告”一类的话。默认不查，可在配置里启用。
    ///
    /// ## 为什么
    ///
    /// 年度报告向社会公布，读者是公众，不是上级。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展，现将工作情况汇报如下：
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展，现将工作情况公布如下：
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 没有自动修改：怎样说由编写人决定。
    ///
    /// ## 依据
    ///
    /// 《中华人民共和国政府信息公开条例》第四十九条：年度报告向社会公布。
    pub(in crate::rules) static AUDIENCE_TONE = {
        id: "audience-tone",
        group: Group::Typography,
        severity: Severity::Hint,
        enabled: false,
        fixable: Fixable::No,
        check: Scope::LineListed(words, check),
    };
}

fn words(dictionary: &Dictionary) -> Vec<&str> {
    dictionary.unwanted(AUDIENCE_TONE.id).into_iter().flat_map(UnwantedList::texts).collect()
}

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    let Some(list) = cx.settings.engine().dictionary().unwanted(AUDIENCE_TONE.id) else { return };
    for range in list.find(cx.text) {
        let place = cx.place(range);
        let message = format!("报告面向社会，不宜用“{}”这样的口气", cx.slice(place.range));
        sink.push(Finding::new(place, message));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_findings, check};

    const RULE: &str = "audience-tone";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn reports_to_superiors_are_shown() {
        assert_findings(&format!("{HEAD}现将⟦audience-tone: 工作汇报如下⟧，公布如下。\n"), &[RULE]);
        assert_eq!(
            check(&format!("{HEAD}现将工作汇报如下。\n")).iter().find(|hit| hit.rule == RULE),
            None
        );
    }

    #[test]
    fn reports_to_readers_and_reports_that_are_spoken_of_stay() {
        for line in [
            "现将政府信息公开工作报告如下。",
            "现将本年度报告公布如下，请予监督。",
            "召开工作汇报会，听取各股室汇报。",
            "向县政府报送工作报告2份，请示批复后公开。",
        ] {
            assert_findings(&format!("{HEAD}{line}\n"), &[RULE]);
        }
    }
}
