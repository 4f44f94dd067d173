use crate::rules::{Applicability, Edit, Finding, Fixable, Group, LineCx, Scope, Severity, Sink};

rule! {
    /// 固定表述疑有误。
    ///
    /// ## 查什么
    ///
    /// 与固定表述只差一两个字的写法，如漏字、错字。短的表述、只差标点的、词表里列为同样正确的写法不算。词表随程序提供。
    ///
    /// ## 为什么
    ///
    /// 这些表述一字不能差，写错是严重差错。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度坚持以习近平新时代中国特色社会主意思想为指导，主动公开工作有序开展。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度坚持以习近平新时代中国特色社会主义思想为指导，主动公开工作有序开展。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：由编写人对照权威文本确认。
    ///
    /// ## 依据
    ///
    /// 权威发布的文本。
    pub(in crate::rules) static FIXED_PHRASE_NEAR_MISS = {
        id: "fixed-phrase-near-miss",
        group: Group::Typography,
        severity: Severity::Error,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::LineListed(|all| all.phrases.ends().collect(), check),
    };
}

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    for (range, phrase) in cx.settings.engine().dictionary().phrases.near(cx.text) {
        let place = cx.place(range);
        let message =
            format!("“{}”与固定表述“{}”有出入，请核对", cx.slice(place.range), phrase.text);
        let edit = Edit::new(place, phrase.text.clone());
        sink.push(Finding::new(place, message).fix(
            format!("改为“{}”", phrase.text),
            Applicability::Choice,
            vec![edit],
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings};

    const RULE: &str = "fixed-phrase-near-miss";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn a_slip_in_a_phrase_is_shown() {
        for wrong in [
            "习近平新时代中国特色社会主意思想",
            "习近平新时代特色社会主义思想",
            "铸牢中华民族共同意识",
            "全面建设社会主义现代国家",
            "人民日益增长的美好的生活需要",
        ] {
            assert_findings(
                &format!("{HEAD}贯彻落实⟦fixed-phrase-near-miss: {wrong}⟧的要求。\n"),
                &[RULE],
            );
        }
        let text = format!("{HEAD}坚持全心全意为人服务。\n");
        assert!(apply_fix(&text, RULE, 0).contains("坚持全心全意为人民服务。"));
    }

    #[test]
    fn the_phrase_and_what_is_right_as_well_stay() {
        for line in [
            "以习近平新时代中国特色社会主义思想为指导，学习新时代中国特色社会主义思想。",
            "贯彻习近平新时代中国特色社会主义经济思想和习近平法治思想。",
            "坚持以公开为常态，不公开为例外。落实党中央国务院决策部署。",
            "提升获得感、幸福感和安全感，完善中国特色社会主义理论体系。",
            "完善中国特色社会主义制度，推进基层治理体系和治理能力现代化，建设社会主义现代化强国。",
        ] {
            assert_findings(&format!("{HEAD}{line}\n"), &[RULE]);
        }
    }
}
