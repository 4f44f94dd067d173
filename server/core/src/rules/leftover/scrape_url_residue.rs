use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::rules::{Applicability, Edit, Finding, Fixable, Group, LineCx, Scope, Severity, Sink};

rule! {
    /// 网页抓取残留的图片地址。
    ///
    /// ## 查什么
    ///
    /// 正文里孤立的图片文件名带着网址参数，如“chart.png?sid=…)”。完整的网址和完整的图片标记不查。
    ///
    /// ## 为什么
    ///
    /// 从网页复制时图片没有带过来，只留下半截地址，读者看到的是乱码。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。
    /// + 20250118093000.png?sid=3f2a-11)
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 查阅地址：https://www.example.gov.cn/img/a.png?sid=3
    /// ```
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：残留里常有数字，删去前请确认原处有没有漏掉图片。
    ///
    /// ## 依据
    ///
    /// 公开文本应当只有报告内容。
    pub(in crate::rules) static SCRAPE_URL_RESIDUE = {
        id: "scrape-url-residue",
        group: Group::Leftover,
        severity: Severity::Error,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::LineWith(&["?"], check),
    };
}

static PICTURE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)[a-z0-9_%./:~()!\[\]-]*\.(?:png|jpe?g|gif|bmp)\?[a-z0-9_]+=[a-z0-9_=&%.-]*\)?")
        .ok()
});

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    for range in residues(cx.text) {
        let is_line = range.len() == cx.text.len();
        let place = cx.place(range);
        let message =
            format!("残留网页图片的半截地址“{}”，请删去并检查图片", cx.slice(place.range));
        let title = if is_line { "删去这一行的文字" } else { "删去残留" };
        sink.push(Finding::new(place, message).fix(
            title,
            Applicability::Choice,
            vec![Edit::new(place, "")],
        ));
    }
}

fn residues(line: &str) -> impl Iterator<Item = Range<usize>> {
    let found = PICTURE.as_ref().into_iter().flat_map(|it| it.find_iter(line));
    // Whole addresses are links, ![](a.png?b=c) is a picture, src="a.png?b=c" one in HTML.
    let is_whole = |it: &regex::Match<'_>| {
        it.as_str().contains("//")
            || it.as_str().contains("](")
            || it.as_str().starts_with('/')
            || line[..it.start()].ends_with(['"', '\'', '='])
    };
    found.filter(move |it| !is_whole(it)).map(|it| it.range())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{apply_fix, assert_findings};

    const RULE: &str = "scrape-url-residue";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n六、其他需要报告的事项\n无。\n";

    #[test]
    fn half_an_address_is_shown() {
        let line = "20240101.png?sid=a1-b2)";
        assert_findings(&format!("{HEAD}⟦scrape-url-residue: {line}⟧\n"), &[RULE]);
        assert_eq!(apply_fix(&format!("{HEAD}{line}\n"), RULE, 0), format!("{HEAD}\n"));
        assert_findings(&format!("{HEAD}见图⟦scrape-url-residue: x.jpg?v=2⟧。\n"), &[RULE]);
    }

    #[test]
    fn links_and_pictures_are_meant() {
        for line in [
            "见https://a.gov.cn/x.png?v=2。",
            "![图](x.png?v=2)",
            "<img src=\"x.png?v=2\">",
            "上传图片a.png了吗?",
        ] {
            assert!(residues(line).next().is_none(), "{line}");
        }
    }
}
