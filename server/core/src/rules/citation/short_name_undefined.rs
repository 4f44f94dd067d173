use crate::references::quoted_titles;
use crate::report::Place;
use crate::rules::{Finding, Fixable, Group, ReportCx, Scope, Severity, Sink};
use crate::text::TextRange;

rule! {
    /// 法规的简称前面没有交代。
    ///
    /// ## 查什么
    ///
    /// 正文用了“《条例》”这样的简称，前面却没有写过“以下简称《条例》”（或“以下称”），也没有在同一处写出全称。一份报告只说一次，指在第一次使用的地方。
    ///
    /// ## 为什么
    ///
    /// 叫“条例”的法规很多，第一次出现时写全称并注明简称，读者才知道是哪一部。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度严格执行《条例》，依法办理申请。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度严格执行《中华人民共和国政府信息公开条例》，依法办理申请。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不提供：在哪里写全称由编写人决定。
    ///
    /// ## 依据
    ///
    /// 《党政机关公文处理工作条例》关于公文用语的要求：使用非规范化简称，应当先用全称并注明简称。
    pub(in crate::rules) static SHORT_NAME_UNDEFINED = {
        id: "short-name-undefined",
        group: Group::Citation,
        severity: Severity::Hint,
        enabled: true,
        fixable: Fixable::No,
        check: Scope::ReportWith(&["《", "简称", "下称"], check),
    };
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    let references = &cx.settings.engine().dictionary().references;
    for document in references.iter() {
        let Some(short) = document.short.as_deref() else { continue };
        let mut named = false;
        for line in cx.mentions.iter().map(|it| it.line) {
            let text = cx.line(line);
            named |= defines(text, short);
            let used = quoted_titles(text).find(|it| it.title == short);
            let Some(used) = used.filter(|_| !named) else {
                if named {
                    break;
                }
                continue;
            };
            // 学习《中华人民共和国政府信息公开条例》，落实《条例》: in one sentence it is clear.
            let is_clear = quoted_titles(&text[..used.range.start])
                .any(|it| it.title.ends_with(short) && it.title != short);
            if !is_clear {
                let place = Place {
                    range: TextRange::from(used.range).shifted(line.range.start as usize),
                    ..line
                };
                let message = format!(
                    "简称“《{short}》”前面没有交代，首次出现时宜写“《{}》（以下简称《{short}》）”",
                    document.title
                );
                sink.push(Finding::new(place, message));
            }
            break;
        }
    }
}

/// Whether the line says that it will use the short name: 以下简称《条例》, 下称“条例”, 以下简称新《条例》.
fn defines(line: &str, short: &str) -> bool {
    const REACH: usize = 8;
    ["简称", "下称"].iter().any(|word| {
        line.match_indices(word).any(|(at, word)| {
            let behind = &line[at + word.len()..];
            let end = behind.char_indices().nth(REACH).map_or(behind.len(), |(at, _)| at);
            behind[..end].contains(short)
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::assert_findings;

    const RULE: &str = "short-name-undefined";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n";

    #[test]
    fn the_first_use_is_shown_once() {
        assert_findings(
            &format!(
                "{HEAD}一、总体情况\n严格执行⟦short-name-undefined: 《条例》⟧，落实《条例》要求。\n按照《条例》答复。\n"
            ),
            &[RULE],
        );
    }

    #[test]
    fn a_short_name_that_was_given_is_understood() {
        for line in [
            "根据《中华人民共和国政府信息公开条例》（以下简称《条例》）编制。",
            "根据《中华人民共和国政府信息公开条例》（国务院令第711号，以下简称“《条例》”）编制。",
            "根据《中华人民共和国政府信息公开条例》（下称条例）编制。",
            "根据修订的《中华人民共和国政府信息公开条例》（以下简称新《条例》）编制，落实《条例》。",
            "学习《中华人民共和国政府信息公开条例》，落实《条例》要求。",
            "学习《中华人民共和国政府信息公开条例》。",
        ] {
            let text = format!("{HEAD}{line}\n一、总体情况\n工作有序开展。\n");
            assert_findings(&text, &[RULE]);
        }
        let text = format!(
            "{HEAD}根据《中华人民共和国政府信息公开条例》（以下简称《条例》）编制。\n一、总体情况\n严格执行《条例》。\n"
        );
        assert_findings(&text, &[RULE]);
    }
}
