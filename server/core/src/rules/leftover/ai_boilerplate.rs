use super::unwanted;
use crate::rules::{Fixable, Group, PartCx, Scope, Severity, Sink};

rule! {
    /// 疑似人工智能生成的套话。
    ///
    /// ## 查什么
    ///
    /// 聊天工具的开头和结尾，如“以下是一篇…示例”“您可以根据实际情况进行修改”。词表随程序提供。一个部分合并为一条。
    ///
    /// ## 为什么
    ///
    /// 这些话是写给使用者看的，留在报告里说明没有人看过成稿。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 好的，以下是一份年度报告。
    /// 本年度主动公开工作有序开展。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：请编写人通读全文，核对每个事实和数字。
    ///
    /// ## 依据
    ///
    /// 国办公开办函〔2021〕30号：不得敷衍塞责。
    pub(in crate::rules) static AI_BOILERPLATE = {
        id: "ai-boilerplate",
        group: Group::Leftover,
        severity: Severity::Error,
        enabled: true,
        fixable: Fixable::No,
        check: Scope::PartListed(|all| unwanted::words(all, "ai-boilerplate"), check),
    };
}

fn check(cx: &PartCx<'_>, sink: &mut Sink<'_>) {
    let places = unwanted::places(cx, AI_BOILERPLATE.id);
    unwanted::say(
        sink,
        cx,
        &places,
        |words| format!("“{words}”像是人工智能生成的话，请删去并通读全文"),
        false,
    );
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_findings, hits};

    const RULE: &str = "ai-boilerplate";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn talk_to_the_user_is_shown() {
        for line in [
            "⟦ai-boilerplate: 以下是一篇⟧年度报告示例。",
            "内容完整，⟦ai-boilerplate: 您可以根据实际情况⟧修改。",
        ] {
            assert_findings(&format!("{HEAD}{line}\n"), &[RULE]);
        }
        assert!(hits(&format!("{HEAD}作为人工智能助手。\n"), RULE)[0].fixes.is_empty());
    }

    #[test]
    fn what_only_looks_like_it_stays() {
        for line in [
            "部门根据实际情况修改公开指南，以下是主要做法。",
            "开展人工智能培训，作为重点工作推进。",
        ] {
            assert_findings(&format!("{HEAD}{line}\n"), &[RULE]);
        }
    }
}
