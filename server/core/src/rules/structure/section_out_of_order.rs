use super::outline::{Entry, end_of_body, outline};
use crate::form::skeleton::heading;
use crate::report::Place;
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, ReportCx, Scope, Severity, Sink};
use crate::text::TextRange;

rule! {
    /// 各部分的顺序与格式不符。
    ///
    /// ## 查什么
    ///
    /// 一级标题的先后是否与格式一致。只指出挪动最少的那几个部分；目录里的标题、重复出现的标题不参与比较。
    ///
    /// ## 为什么
    ///
    /// 格式固定了各部分的先后，读者和汇总系统按这个顺序取数。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// ~~五、存在的主要问题及改进情况~~
    /// ~~公开工作还存在内容不够全面、更新不够及时等问题。下一步将细化公开事项，明确更新时限，加强业务培训。~~
    /// 六、其他需要报告的事项
    /// 2025年度，本机关未收取政府信息公开信息处理费。
    /// + 五、存在的主要问题及改进情况
    /// + 公开内容不够全面，下一步将细化公开事项。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 五、存在的主要问题及改进情况
    /// 公开内容不够全面，下一步将细化公开事项。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改。可选择把该部分整体移到规定的位置；带落款的最后一部分请手工移动。
    ///
    /// ## 依据
    ///
    /// 该类报告的格式文件。
    pub(crate) static SECTION_OUT_OF_ORDER = {
        id: "section-out-of-order",
        group: Group::Structure,
        severity: Severity::Error,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::Report(check),
    };
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    let mut outline = outline(cx);
    let mut seen = Vec::new();
    outline.retain(|entry| {
        !seen.contains(&entry.section) && {
            seen.push(entry.section);
            true
        }
    });
    if outline.is_sorted_by_key(|entry| entry.section) {
        return;
    }
    let settled = longest_ascending(&outline);
    for entry in
        outline.iter().filter(|entry| !settled.iter().any(|it| it.section == entry.section))
    {
        sink.push(finding(cx, &settled, entry));
    }
}

fn finding(cx: &ReportCx<'_>, settled: &[Entry<'_>], entry: &Entry<'_>) -> Finding {
    let sections = &cx.form.sections;
    let name = heading(&sections[entry.section]);
    let preceding = settled.iter().rfind(|it| it.section < entry.section);
    let following = settled.iter().find(|it| it.section > entry.section);
    let message = match (preceding, following) {
        (Some(it), _) => format!("“{name}”应在“{}”之后", heading(&sections[it.section])),
        (None, Some(it)) => format!("“{name}”应在“{}”之前", heading(&sections[it.section])),
        (None, None) => format!("“{name}”的位置与格式不符"),
    };
    let finding = Finding::new(entry.place(), message);
    match following
        .or(preceding)
        .and_then(|beside| move_block(cx, entry, beside, following.is_some()))
    {
        Some(edits) => {
            finding.fix(format!("把“{name}”移到规定的位置"), Applicability::Choice, edits)
        }
        None => finding,
    }
}

/// Takes the section with the parts that belong to it and puts it before or after the section of `beside`.
fn move_block(
    cx: &ReportCx<'_>,
    entry: &Entry<'_>,
    beside: &Entry<'_>,
    before: bool,
) -> Option<Vec<Edit>> {
    let (parts, last) = (block(cx, entry), *block(cx, beside).last()?);
    let final_part = parts.contains(&(cx.parts().len() - 1));
    let tail = *parts.last()?;
    let signed = end_of_body(cx.whole(tail), cx.part(tail)?.prose(), &cx.form.issuer.endings)
        < cx.whole(tail).trim_end().len();
    if final_part && signed {
        return None;
    }
    let whole = |part: usize| Place::new(part, TextRange::new(0, cx.whole(part).len()));
    let mut moved: String = parts.iter().map(|&part| cx.whole(part)).collect();
    if !moved.ends_with(['\n', '\r']) {
        moved.push('\n');
    }
    let target = if before {
        Place::new(beside.part, TextRange::empty(0))
    } else {
        Place::new(last, TextRange::empty(cx.whole(last).len()))
    };
    if !before && !cx.whole(last).ends_with(['\n', '\r']) {
        moved.insert(0, '\n');
    }
    let mut edits: Vec<_> = parts.into_iter().map(|part| Edit::new(whole(part), "")).collect();
    edits.push(Edit::new(target, moved));
    Some(edits)
}

/// The parts of a section: its own and those of the numbered lines below it that are no section.
fn block(cx: &ReportCx<'_>, entry: &Entry<'_>) -> Vec<usize> {
    let own = |part: &usize| cx.part(*part).is_some_and(|part| part.section().is_none());
    std::iter::once(entry.part).chain((entry.part + 1..cx.parts().len()).take_while(own)).collect()
}

/// The longest run of entries, not necessarily neighbours, that stand in the form's order; of equally long ones the one that ends first.
fn longest_ascending<'a>(outline: &[Entry<'a>]) -> Vec<Entry<'a>> {
    let mut runs: Vec<Vec<Entry<'a>>> = Vec::new();
    for entry in outline {
        let before =
            runs.iter().filter(|run| run.last().is_some_and(|last| last.section < entry.section));
        let mut run =
            before.fold(
                Vec::new(),
                |best: Vec<_>, run| if run.len() > best.len() { run.clone() } else { best },
            );
        run.push(*entry);
        runs.push(run);
    }
    runs.into_iter().fold(Vec::new(), |best, run| if run.len() > best.len() { run } else { best })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::rules::testing::{apply_fix, hits, report};

    const RULE: &str = "section-out-of-order";

    /// The report with section `五、` between `二、` and `三、`.
    fn displaced() -> String {
        let text = report("云岭县水利局", 2025);
        let (third, fifth, sixth) = (
            text.find("三、收到").unwrap(),
            text.find("五、存在").unwrap(),
            text.find("六、其他").unwrap(),
        );
        [&text[..third], &text[fifth..sixth], &text[third..fifth], &text[sixth..]].concat()
    }

    #[test]
    fn the_section_that_moved_is_named_and_moved_back() {
        let found = hits(&displaced(), RULE);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].words, "五、存在的主要问题及改进情况");
        assert!(
            found[0].message.contains("应在“四、政府信息公开行政复议、行政诉讼情况”之后"),
            "{}",
            found[0].message
        );
        assert_eq!(apply_fix(&displaced(), RULE, 0), report("云岭县水利局", 2025));
    }

    #[test]
    fn a_table_of_contents_and_quoted_headings_are_no_order() {
        let text = report("云岭县水利局", 2025);
        let contents = "目录\n一、总体情况\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n四、政府信息公开行政复议、行政诉讼情况\n五、存在的主要问题及改进情况\n六、其他需要报告的事项\n\n";
        let (title, rest) = text.split_once('\n').unwrap();
        assert_eq!(hits(&format!("{title}\n{contents}{rest}"), RULE), []);
        let quoted = text.replace(
            "六、其他需要报告的事项\n",
            "六、其他需要报告的事项\n有关数据见“三、收到和处理政府信息公开申请情况”。\n",
        );
        assert_eq!(hits(&quoted, RULE), []);
    }

    #[test]
    fn a_signed_last_section_is_not_moved() {
        let text = report("云岭县水利局", 2025);
        let (first, second) = (text.find("一、总体").unwrap(), text.find("二、主动").unwrap());
        let signed = [
            &text[..first],
            &text[second..],
            &text[first..second],
            "云岭县水利局\n2026年1月20日\n",
        ]
        .concat();
        let found = hits(&signed, RULE);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].fixes, []);
    }
}
