use super::outline::{outline, rest_of_line, with_line_ends_of};
use crate::form::Form;
use crate::form::skeleton::title;
use crate::report::{Place, fold};
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, ReportCx, Scope, Severity, Sink};
use crate::text::TextRange;

rule! {
    /// 没有报告标题。
    ///
    /// ## 查什么
    ///
    /// 第一个一级标题之前是否有一行报告标题，即依次含有格式规定的标题用词的一行。全文只认出一个一级标题时视为节选，不检查。
    ///
    /// ## 为什么
    ///
    /// 标题写明哪个机关、哪一年的什么报告。没有标题，读者无从确认，工具也只能从正文推断机关和年份。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// ~~云岭县水利局2025年政府信息公开工作年度报告~~
    /// ```
    ///
    /// ```report
    /// ~~云岭县水利局2025年政府信息公开工作年度报告~~
    /// 2025年度，本机关未收取政府信息公开信息处理费。
    /// + 云岭县水利局
    /// + 2026年1月20日
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 云岭县水利局2025年政府信息公开工作年度报告
    /// ```
    ///
    /// ```report
    /// 2025年度，本机关未收取政府信息公开信息处理费。
    /// + 云岭县水利局
    /// + 2026年1月20日
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改，因为网页可能另有标题栏。正文已写明机关和年份的，可选择插入规范标题。
    ///
    /// ## 依据
    ///
    /// 该类报告的格式文件。
    pub(crate) static TITLE_MISSING = {
        id: "title-missing",
        group: Group::Structure,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Choice,
        unfinished: true,
        check: Scope::Report(check),
    };
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    let (form, head) = (cx.form, cx.head);
    let text = cx.whole(0);
    if head.title.is_some()
        || outline(cx).is_empty()
        || text.lines().any(|line| may_be_title(form, line))
    {
        return;
    }
    let start =
        text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').len();
    let message = format!("缺少报告标题，请在开头写明“机关全称＋年份＋{}”", form.title_standard);
    let mut finding = Finding::new(Place::new(0, rest_of_line(text, start)), message);
    if let (Some(agency), Some(year)) = (&head.agency, head.year) {
        let title = title(form, &agency.text, year);
        let insert = with_line_ends_of(text, &format!("{title}\n"));
        let edit = Edit::new(Place::new(0, TextRange::empty(start)), insert);
        finding = finding.fix(format!("插入标题“{title}”"), Applicability::Choice, vec![edit]);
    }
    sink.push(finding);
}

/// Whether a line before the first heading holds the title's words, and is no sentence: …年度报告（公开版）, 关于公布…年度报告的公告. Where the end
/// of the title's line was lost, a sentence goes on behind them: ××局2025年政府信息公开工作年度报告根据《….
fn may_be_title(form: &Form, line: &str) -> bool {
    let words = line.split(['。', '，', '；', '《', ',', ';']).next().unwrap_or(line);
    // A page may name it where none of its text is: <meta name="ArticleTitle" content="…">.
    let folded = fold(words.strip_prefix("<meta").unwrap_or(words));
    let mut rest = folded.as_str();
    let in_order = form.title.iter().all(|word| {
        let at = rest.find(word.as_str());
        rest = at.map_or("", |at| &rest[at + word.len()..]);
        at.is_some()
    });
    in_order && (words.len() == line.len() || !rest.is_empty())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::rules::testing::{apply_fix, hits, report};

    const RULE: &str = "title-missing";

    #[test]
    fn a_report_without_title_is_found_once() {
        let text = report("云岭县水利局", 2025);
        let (_, untitled) = text.split_once('\n').unwrap();
        assert_eq!(hits(&text, RULE), []);
        assert_eq!(hits(untitled, RULE).len(), 1);
    }

    #[test]
    fn the_signature_and_the_preface_make_a_title() {
        let text = report("云岭县水利局", 2025);
        let (title, untitled) = text.split_once('\n').unwrap();
        assert_eq!(apply_fix(untitled, RULE, 0), text);
        let unnamed = untitled.replace("云岭县水利局", "本机关");
        assert_eq!(hits(&unnamed, RULE)[0].fixes, []);
        let signed = format!("{unnamed}\n云岭县水利局\n2026年1月20日\n");
        assert_eq!(apply_fix(&signed, RULE, 0), format!("{title}\n{signed}"));
    }

    #[test]
    fn a_line_that_may_be_the_title_will_do() {
        let text = report("云岭县水利局", 2025);
        let (title, untitled) = text.split_once('\n').unwrap();
        for line in [
            format!("{title}（公开版）"),
            format!("关于公布{title}的公告"),
            "2025年政府信息公开年度报告全文".into(),
            format!("{title}按照《中华人民共和国政府信息公开条例》编制，统计期限为全年。"),
        ] {
            assert_eq!(hits(&format!("{line}\n{untitled}"), RULE), [], "{line}");
        }
    }

    #[test]
    fn the_title_of_a_page_will_do() {
        let text = report("云岭县水利局", 2025);
        let (title, untitled) = text.split_once('\n').unwrap();
        for head in [
            format!("<html><head><title>{title}</title></head><body>"),
            format!("<meta name=\"ArticleTitle\" content=\"{title}\">"),
        ] {
            assert_eq!(hits(&format!("{head}\n{untitled}"), RULE), [], "{head}");
        }
    }

    #[test]
    fn an_excerpt_needs_no_title() {
        assert_eq!(hits("五、存在的主要问题及改进情况\n公开不够及时。\n", RULE), []);
    }
}
