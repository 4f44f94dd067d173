use expect_test::{Expect, expect};

use super::*;
use crate::ide::testing::{changed, cursor, snapshot};

const PLAIN: FormatOptions = FormatOptions {
    ambiguous: AmbiguousWidth::Wide,
    trim_lines: false,
    end_last_line: false,
    trim_end: false,
};

fn applied(text: &str, edits: Edits) -> String {
    let mut text = text.to_owned();
    for (range, new) in edits.into_iter().rev() {
        text.replace_range(range, &new);
    }
    text
}

fn formatted(text: &str, options: FormatOptions) -> String {
    let once = applied(text, format(&snapshot(text), options));
    assert_eq!(format(&snapshot(&once), options), [], "not stable:\n{once}");
    once
}

/// The lines from the first that holds `from` to the last that holds `to`.
fn check(text: &str, (from, to): (&str, &str), expected: &Expect) {
    let all: Vec<&str> = text.lines().collect();
    let start = all.iter().position(|line| line.contains(from)).expect("the first line");
    let end =
        start + all[start..].iter().position(|line| line.contains(to)).expect("the last line");
    expected.assert_eq(&(all[start..=end].join("\n") + "\n"));
}

fn markdown(changes: &[(&str, &str)]) -> String {
    let snapshot = snapshot("");
    let form = &snapshot.settings().engine().forms()[0];
    let layout = crate::form::skeleton::SkeletonLayout::Markdown;
    let mut text = crate::form::skeleton::skeleton(form, "青石县水利局", 2024, layout);
    for (old, new) in changes {
        assert!(text.contains(old), "“{old}” does not stand in:\n{text}");
        text = text.replacen(old, new, 1);
    }
    text
}

#[test]
fn a_table_of_markdown_is_aligned_as_wide_as_it_is_shown() {
    let text = markdown(&[
        ("| --- | --- | --- | --- |", "|:--- | ---: |:---:|---|"),
        ("| 规章 | 0 | 0 | 0 |", "|规章|12 | 3|   4   |"),
    ]);
    check(
        &formatted(&text, PLAIN),
        ("第二十条第（一）项", "行政规范性文件"),
        &expect![[r"
            | 第二十条第（一）项 |                            |              |              |
            | :----------------- | -------------------------: | :----------: | ------------ |
            | 信息内容           |               本年制发件数 | 本年废止件数 | 现行有效件数 |
            | 规章               |                         12 |      3       |            4 |
            | 行政规范性文件     |                          0 |      0       |            0 |
        "]],
    );
}

#[test]
fn the_labels_of_a_row_without_its_spans_are_one_column() {
    let text = changed(&[("（一）予以公开 | 0 | 0 |", "（一）予以公开 | 1234 | 0 |")]);
    check(
        &formatted(&text, PLAIN),
        ("（一）予以公开", "（三）不予公开"),
        &expect![[r"
            三、本年度办理结果 | （一）予以公开                                               | 1234 | 0 | 0 | 0 | 0 | 0 | 0 |
            （二）部分公开（区分处理的，只计这一情形，不计其他情形）                          |    0 | 0 | 0 | 0 | 0 | 0 | 0 |
            （三）不予公开 | 1.属于国家秘密                                                   |    0 | 0 | 0 | 0 | 0 | 0 | 0 |
        "]],
    );
}

#[test]
fn what_is_aligned_is_left_alone_however_wide() {
    let text = formatted(&markdown(&[]), PLAIN);
    let wide = text.replace("| 规章 ", "| 规章  ");
    assert_ne!(format(&snapshot(&wide), PLAIN), []);
    let wider: String = text
        .lines()
        .map(|line| {
            let wider = match line.strip_suffix('|') {
                Some(line) if line.contains("---") => format!("{}-- |", line.trim_end()),
                Some(line) => format!("{line}  |"),
                None => line.to_owned(),
            };
            wider + "\n"
        })
        .collect();
    assert_eq!(format(&snapshot(&wider), PLAIN), [], "{wider}");
}

#[test]
fn quotation_marks_are_as_wide_as_the_author_says() {
    let text = markdown(&[]);
    let narrow = FormatOptions { ambiguous: AmbiguousWidth::Narrow, ..PLAIN };
    let line = |text: String| {
        let line = text.lines().find(|line| line.contains("危及")).expect("the row").to_owned();
        line.find("” ").map(|at| line[at..].find('|'))
    };
    let (wide, narrow) = (line(formatted(&text, PLAIN)), line(formatted(&text, narrow)));
    assert_ne!(wide, narrow);
}

#[test]
fn labels_are_the_forms_where_only_blanks_differ() {
    let text = changed(&[
        ("规章 | 0 |", "规 章 | 0 |"),
        ("（一）予以公开", "(一) 予以公开"),
        ("行政许可", "**行政许可**"),
        ("1.属于国家秘密", "１.属于国家秘密"),
    ]);
    let text = formatted(&text, PLAIN);
    for label in ["\n规章 ", "| （一）予以公开 ", "\n**行政许可** ", "| １.属于国家秘密 "]
    {
        assert!(text.contains(label), "{label}: {text}");
    }
}

#[test]
fn line_ends_and_a_byte_order_mark_stay() {
    let text = format!("\u{feff}{}", markdown(&[]).replace('\n', "\r\n"));
    let text = formatted(&text, PLAIN);
    assert!(text.starts_with('\u{feff}'));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert!(text.contains("| 信息内容           |"), "{text}");
}

#[test]
fn the_end_is_as_the_editor_wants_it() {
    let text = changed(&[("一、总体情况\n", "一、总体情况  \n")]);
    let bare = text.trim_end().to_owned();
    assert_eq!(
        format(&snapshot(&bare), PLAIN).iter().filter(|(at, _)| at.end == bare.len()).count(),
        0
    );
    let ended = formatted(&bare, FormatOptions { end_last_line: true, ..PLAIN });
    assert!(ended.ends_with(bare.lines().last().expect("a line")) || ended.ends_with('\n'));
    let many = formatted(&format!("{text}\n\n\n"), FormatOptions { trim_end: true, ..PLAIN });
    assert!(many.ends_with('\n') && !many.ends_with("\n\n"));
    let trimmed = formatted(&text, FormatOptions { trim_lines: true, ..PLAIN });
    assert!(trimmed.contains("一、总体情况\n"));
    assert_eq!(
        format(
            &snapshot("会议通知  "),
            FormatOptions { trim_lines: true, end_last_line: true, ..PLAIN }
        ),
        []
    );
}

#[test]
fn a_range_gets_the_edits_of_its_lines() {
    let text = markdown(&[]);
    let at = text.find("| 规章").expect("the row");
    let edits = format_range(&snapshot(&text), &(at..at + 3), PLAIN);
    let whole = formatted(&text, PLAIN);
    let changed = applied(&text, edits);
    let differ: Vec<(&str, &str)> =
        text.lines().zip(changed.lines()).filter(|(old, new)| old != new).collect();
    let [(_, new)] = differ[..] else { panic!("{differ:?}") };
    assert!(whole.contains(new));
}

#[test]
fn typing_formats_the_table_that_was_typed_in() {
    let typed = |fixture: &str, typed| {
        let (snapshot, at) = cursor(fixture);
        let text = snapshot.text().to_string();
        (text.clone(), applied(&text, format_typed(&snapshot, at, typed, PLAIN)))
    };
    let row = ("| 规章 | 0 | 0 | 0 |", "| 规章 | 1234567 | 0 | 0 |$0");
    let whole = formatted(&markdown(&[(row.0, &row.1.replace("$0", ""))]), PLAIN);
    let table = |text: &str| {
        let at = text.find("| 第二十条").expect("the table");
        text[at..at + text[at..].find("\n\n").expect("its end")].to_owned()
    };
    let (old, new) = typed(&markdown(&[row]), '|');
    assert_eq!(table(&new), table(&whole));
    let third = |text: &str| text[text.find("| 行政复议").expect("table three")..].to_owned();
    assert_eq!(third(&new), third(&old), "the others stay");
    let entered = markdown(&[(row.0, &row.1.replace("$0", "\n| $0"))]);
    let (_, new) = typed(&entered, '\n');
    assert!(new.contains("| 规章               |      1234567 |"), "{new}");
    assert!(new.contains("\n| \n"), "{new}");
    let (old, new) = typed(&changed(&[("青石县水利局", "青石县水利局|$0")]), '|');
    assert_eq!(old, new);
}
