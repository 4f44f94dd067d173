use crate::rules::{Finding, Fixable, Group, LineCx, Scope, Severity, Sink};

rule! {
    /// 公务邮箱用了免费邮箱。
    ///
    /// ## 查什么
    ///
    /// “@163.com”“@qq.com”一类免费邮箱的地址。默认不查，可在配置里启用。
    ///
    /// ## 为什么
    ///
    /// 公务联系用政务域名的邮箱，便于群众辨认，也便于单位管理。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。
    /// + 联系邮箱：xxgk@163.com。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。
    /// + 联系邮箱：xxgk@yunling.gov.cn。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 没有自动修改：程序不知道单位的政务邮箱。
    ///
    /// ## 依据
    ///
    /// 各地关于使用政务邮箱的规定。
    pub(in crate::rules) static FREE_EMAIL = {
        id: "free-email",
        group: Group::Typography,
        severity: Severity::Hint,
        enabled: false,
        fixable: Fixable::No,
        check: Scope::LineWith(&["@"], check),
    };
}

/// Services that anybody may use, by the name that they have registered.
const SERVICES: [&str; 11] =
    ["163", "126", "qq", "sina", "sohu", "139", "189", "gmail", "hotmail", "outlook", "foxmail"];

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    for at in memchr::memchr_iter(b'@', cx.text.as_bytes()) {
        let is_name = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        let name = cx.text[..at].len() - cx.text[..at].trim_end_matches(is_name).len();
        let domain = &cx.text[at + 1..];
        let domain = &domain[..domain.len() - domain.trim_start_matches(is_name).len()];
        // vip.sina.com.cn is one, qq.gov.cn is none.
        let mut labels = domain.trim_end_matches('.').rsplit('.').skip(1);
        let service = labels.find(|it| *it != "com").unwrap_or("").to_ascii_lowercase();
        if name > 0 && SERVICES.contains(&service.as_str()) {
            let place = cx.place(at - name..at + 1 + domain.len());
            sink.push(Finding::new(place, "公务联系宜用政务域名的邮箱"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_findings, check};

    const RULE: &str = "free-email";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn only_free_services_are_shown() {
        let text =
            format!("{HEAD}邮箱⟦free-email: xxgk@163.com⟧、b@hz.gov.cn、@163.com、a@1633.com。\n");
        assert_findings(&text, &[RULE]);
        for line in [
            "邮箱（⟦free-email: yl_slj-1@QQ.com⟧）。",
            "E-mail:⟦free-email: xxgk@vip.sina.com⟧",
            "投稿邮箱：⟦free-email: a.b@139.com⟧，电话0000-1234567。",
        ] {
            assert_findings(&format!("{HEAD}{line}\n"), &[RULE]);
        }
    }

    #[test]
    fn accounts_of_an_office_and_other_signs_stay() {
        for line in [
            "邮箱xxgk@qq.yunling.gov.cn、163@yunling.gov.cn。",
            "微博@云岭水利发布163条，@163的网友留言。",
            "qq邮箱和163.com的邮件均可提交申请。",
        ] {
            assert_findings(&format!("{HEAD}{line}\n"), &[RULE]);
        }
        // Very common in counties, and nothing is wrong with the report.
        let text = format!("{HEAD}邮箱xxgk@163.com。\n");
        assert!(check(&text).iter().all(|hit| hit.rule != RULE));
    }
}
