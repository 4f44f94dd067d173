use super::unwanted;
use crate::rules::{Fixable, Group, PartCx, Scope, Severity, Sink};

rule! {
    /// 疑似乱码。
    ///
    /// ## 查什么
    ///
    /// 编码转换出错留下的字，如“锟斤拷”。词表随程序提供。一个部分合并为一条。
    ///
    /// ## 为什么
    ///
    /// 乱码处原来的文字已经看不出来，读者读不懂。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度主动公开锟斤拷工作有序开展。
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
    /// 没有自动修改：原来的字要从原稿找回。
    ///
    /// ## 依据
    ///
    /// 公开文本应当可读。
    pub(in crate::rules) static MOJIBAKE = {
        id: "mojibake",
        group: Group::Leftover,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::No,
        check: Scope::PartListed(|all| unwanted::words(all, "mojibake"), check),
    };
}

fn check(cx: &PartCx<'_>, sink: &mut Sink<'_>) {
    let places = unwanted::places(cx, MOJIBAKE.id);
    unwanted::say(
        sink,
        cx,
        &places,
        |words| format!("“{words}”像是乱码，请从原稿找回这里的文字"),
        false,
    );
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_findings, hits};

    const RULE: &str = "mojibake";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn lost_words_are_shown() {
        assert_findings(&format!("{HEAD}主动公开⟦mojibake: 锟斤拷⟧工作，淇℃伅公开。\n"), &[RULE]);
        assert_eq!(hits(&format!("{HEAD}鏀垮簻信息。锟斤拷\n"), RULE)[0].related.len(), 1);
    }

    #[test]
    fn what_only_looks_like_it_stays() {
        for line in ["及时公开，火热开展。", "Ãngel 是人名。"] {
            assert_findings(&format!("{HEAD}{line}\n"), &[RULE]);
        }
    }
}
