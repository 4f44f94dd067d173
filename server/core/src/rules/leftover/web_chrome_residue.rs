use super::unwanted;
use crate::rules::{Fixable, Group, PartCx, Scope, Severity, Sink};

rule! {
    /// 网页导航文字残留。
    ///
    /// ## 查什么
    ///
    /// 从网页复制时带来的按钮和导航，如“【打印本页】”“字号：大 中 小”“上一篇：…”。网页文件（HTML）本身、句子里说到这些功能的不算。词表随程序提供。一个部分合并为一条。
    ///
    /// ## 为什么
    ///
    /// 导航文字不是报告的内容。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。
    /// + 【打印本页】 【关闭窗口】
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展，网站增加打印本页的按钮。
    /// ```
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：由编写人确认后删去。
    ///
    /// ## 依据
    ///
    /// 公开文本应当只有报告内容。
    pub(in crate::rules) static WEB_CHROME_RESIDUE = {
        id: "web-chrome-residue",
        group: Group::Leftover,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::PartListed(|all| unwanted::words(all, "web-chrome-residue"), check),
    };
}

fn check(cx: &PartCx<'_>, sink: &mut Sink<'_>) {
    let places = unwanted::places(cx, WEB_CHROME_RESIDUE.id);
    unwanted::say(sink, cx, &places, |words| format!("残留网页的导航文字“{words}”，请删去"), true);
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings};

    const RULE: &str = "web-chrome-residue";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn buttons_of_pages_go_together() {
        let text = format!(
            "{HEAD}⟦web-chrome-residue: 字号：大 中 小⟧\n及时公开。\n【打印本页】\n上一篇：水利局预算\n"
        );
        assert_findings(&text, &[RULE]);
        let text = format!("{HEAD}字号：大 中 小\n及时公开。【打印本页】\n");
        assert_eq!(apply_fix(&text, RULE, 0), format!("{HEAD}\n及时公开。\n"));
    }

    #[test]
    fn what_only_looks_like_it_stays() {
        for line in [
            "网站增加打印本页、返回顶部功能，浏览次数3万次。",
            "<p>【打印本页】</p>",
            "开设“扫一扫”专栏，群众扫一扫即可查阅。",
            "新增附件下载3个。",
        ] {
            assert_findings(&format!("{HEAD}{line}\n"), &[RULE]);
        }
    }
}
