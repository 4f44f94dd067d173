use super::*;

fn shown(text: &str) -> Vec<String> {
    let cut = Cut::new(text, State::default());
    cut.iter()
        .map(|view| {
            let cells: Vec<_> = view
                .cells
                .iter()
                .map(|cell| {
                    let words = &text[view.start..][cell.range.to_range()];
                    match cell.kind {
                        CellKind::Blank => "□".to_owned(),
                        CellKind::Number => format!("#{words}"),
                        CellKind::Mark => format!("?{words}"),
                        CellKind::Text => words.to_owned(),
                    }
                })
                .collect();
            format!("{:?} {}", view.line.shape, cells.join("·"))
        })
        .collect()
}

#[test]
fn every_layout_is_cut_into_the_same_cells() {
    assert_eq!(shown("\t规章\n\t0\n\t\n\n"), ["TabLed 规章", "TabLed #0", "TabLed □", "Blank "]);
    assert_eq!(shown("\t(二) 部分公开\t0\t\t3"), ["Tabbed □·(二) 部分公开·#0·□·#3"]);
    assert_eq!(
        shown("|\n规章 |\n0 | ||\n| |||"),
        ["LonePipe ", "PipeEnded 规章", "PipeEnded #0·□·□", "PipeEnded □·□·□"]
    );
    assert_eq!(shown("(二)部分公开 | 16 | 1 | 0 |"), ["Piped (二)部分公开·#16·#1·#0"]);
    assert_eq!(shown("| 规章 |       0 |  / |"), ["Piped 规章·#0·?/"]);
    assert_eq!(shown("| a | b |\n|---|:--|"), ["Piped a·b", "Delimiter "]);
    assert_eq!(shown("（一）予以公开 1 0 0 12"), ["Spaced （一）予以公开·#1·#0·#0·#12"]);
    assert_eq!(
        shown("4 0 0\n- 3 -\n第 3 页 共 8 页"),
        ["Spaced #4·#0·#0", "PageFooter ", "PageFooter "]
    );
    assert_eq!(shown("规章  0   5"), ["Spaced 规章·#0·#5"]);
    assert_eq!(shown("总计  \u{feff}复议　0　\u{200b}　3"), ["Spaced 总计·复议·#0·#3"]);
    assert_eq!(shown("规章｜0｜｜5"), ["Spaced 规章·#0·□·#5"]);
}

#[test]
fn tags_around_a_cell_between_pipes_are_none_of_its_words() {
    assert_eq!(
        shown(
            "| <span style=\"a\">规章</span> | <b>**0**</b><span lang=\"EN-US\"></span> | <i></i> | &nbsp; | <a>5</a> |"
        ),
        ["Piped 规章·#0·□·□·#5"]
    );
    // A remark that is raised, two figures and a title in brackets have no such tags around them.
    assert_eq!(
        shown("| 12<sup>1</sup> | <b>1</b> <b>2</b> | <条例> | 3> |"),
        ["Piped 12<sup>1</sup>·<b>1</b> <b>2</b>·<条例>·3>"]
    );
}

#[test]
fn tags_cut_cells_over_lines() {
    assert_eq!(
        shown("<tr><td rowspan=\"2\">规章</td><td>0</td><td>&nbsp;</td>\n<td>\n5\n</td></tr>"),
        ["Markup 规章·#0·□", "Markup ", "Markup #5", "Markup "]
    );
    assert_eq!(shown("<p>规章</p><tr><td>0</td></tr>"), ["Markup 规章", "Markup #0"]);
    assert_eq!(shown("<!-- gouji-ignore table-cell-blank: 有意 -->"), ["Directive "]);
    assert_eq!(shown("《实施<条例>办法》 a<5"), ["Bare 《实施<条例>办法》 a<5"]);
}

#[test]
fn values_are_told_from_words() {
    for number in
        ["0", "1,234", "730.6", "１２", "160.5964万元", "-4", "减4", "增加10项", "减少 4", "3 件"]
    {
        assert!(is_number_like(number), "{number}");
    }
    for words in ["增加", "加3", "1.", "第3", "2025年", "三", "A1", "1-2", ""] {
        assert!(!is_number_like(words), "{words}");
    }
    assert!(is_mark("——") && is_mark("/") && !is_mark("－－－－－"));
}

#[test]
fn an_edited_cut_equals_a_new_one() {
    let pieces = [
        "\t", "|", "\n", "\r", "\r\n", "0", "中", "<td>", "</td>", "</p>", "<br", ">", "<!--",
        "-->", " ", "规章", "𠮷", "{|", "|-", "|}", "!",
    ];
    let mut seed = 7_u64;
    let mut next = |bound: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % bound
    };
    let mut text: String = (0..60).map(|_| pieces[next(pieces.len())]).collect();
    let mut cut = Cut::new(&text, State::default());
    for round in 0..20_000 {
        let boundary = |at: usize, text: &str| {
            (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
        };
        let start = boundary(next(text.len() + 1), &text);
        let end = boundary((start + next(4)).min(text.len()), &text).max(start);
        let insert: String = (0..next(3)).map(|_| pieces[next(pieces.len())]).collect();
        let before = text.clone();
        text.replace_range(start..end, &insert);
        cut = cut.edited(&text, start..end, insert.len()).cut;
        assert_eq!(
            cut,
            Cut::new(&text, State::default()),
            "round {round}: {before:?} {start}..{end} {insert:?}"
        );
        if text.len() > 400 {
            text.truncate(boundary(200, &text));
            cut = Cut::new(&text, State::default());
        }
    }
}

#[test]
fn a_text_is_closed_by_what_ends_its_last_line() {
    let is_closed = |text: &str| Cut::new(text, State::default()).is_closed(text);
    for text in ["一\n", "<p>一</p>", "一<br>", "一<br>|二</p>", "| 一 |\n二<br/>"] {
        assert!(is_closed(text), "{text:?}");
    }
    // What follows a break within a row of pipes is of that row.
    for text in ["", "一", "<td>一</td>", "| 一<br>", "二\n | 一<br/>"] {
        assert!(!is_closed(text), "{text:?}");
    }
}

#[test]
fn a_break_inside_a_row_of_pipes_ends_no_line() {
    let text = "| 结果<br>维持 | 结果<br/>纠正 |\n<p>一</p>二<br>三";
    let cut = Cut::new(text, State::default());
    let words: Vec<Vec<&str>> = cut
        .iter()
        .map(|view| {
            view.cells.iter().map(|cell| &text[cell.range.shifted(view.start).to_range()]).collect()
        })
        .collect();
    assert_eq!(words, [vec!["结果<br>维持", "结果<br/>纠正"], vec!["一"], vec!["二"], vec!["三"]]);
}

#[test]
fn a_line_of_more_columns_than_can_be_counted_is_cut_all_the_same() {
    for cell in ["<td>1</td>", "1 | ", "1\t", "1,"] {
        let text = cell.repeat(usize::from(u16::MAX) + 9);
        let cut = Cut::new(&text, State::default());
        assert!(cut.cells.len() < text.len() && !cut.lines.is_empty(), "{cell}");
    }
}

#[test]
fn a_number_in_bold_is_a_number() {
    let text = "| **规章** | **3** | `0` | ** |";
    let cut = Cut::new(text, State::default());
    let kinds: Vec<CellKind> = cut.cells.iter().map(|cell| cell.kind).collect();
    assert_eq!(kinds, [CellKind::Text, CellKind::Number, CellKind::Number, CellKind::Mark]);
}

#[test]
fn names_of_columns_without_one_are_blank_cells() {
    use CellKind::{Blank, Number, Text};

    let kinds = |line: &str| -> Vec<CellKind> {
        let cut = Cut::new(line, State::default());
        cut.cells.iter().map(|cell| cell.kind).collect()
    };
    assert_eq!(kinds("|二、主动公开政府信息情况|Col2|Col13|\n"), [Text, Blank, Blank]);
    assert_eq!(kinds("| 规章 | Unnamed: 1 | NaN | 0 |\n"), [Text, Blank, Blank, Number]);
    assert_eq!(kinds("| Column | Col2a | Unnamed | NaNs |\n"), [Text; 4]);
}

#[test]
fn rows_and_cells_of_tei_are_those_of_html() {
    let lines = "<table>\n  <row span=\"4\">\n    <cell>规章</cell>\n    <cell/>\n    <cell role=\"data\">0</cell>\n  </row>\n</table>\n";
    let told: Vec<_> =
        shown(lines).into_iter().filter(|line| line.len() > "Markup ".len()).collect();
    assert_eq!(
        told.iter().filter(|line| line.contains("规章") || line.contains("#0")).count(),
        2,
        "{told:?}"
    );
    assert!(told.iter().any(|line| line.contains('□')), "{told:?}");
}
