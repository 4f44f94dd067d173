//! A complete, empty report of any form: the text behind the command `gouji.newReport`, behind the fixes that insert what is missing, and behind the
//! examples on rules' pages.

use super::{Block, Form, Row, Section, SectionIndex, Table, TableIndex};

/// How the tables of a skeleton are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SkeletonLayout {
    /// A row a line, cells ended by pipes, nothing for a cell that a span covers: what most published reports look like.
    #[default]
    Pipes,
    /// Markdown: headings with `##`, tables with a delimiter row, a blank cell for one that a span covers.
    Markdown,
    /// A row a line, cells separated by tabs, a blank cell for one that a span covers: pastes into Word and WPS as a table.
    Tabs,
}

/// A cell of the drawn table; `None` where a span covers it.
type Drawn = Option<String>;

/// The whole report: title, preface, sections with their headings and words, tables with zeros. It ends with a newline.
pub fn skeleton(form: &Form, agency: &str, year: u16, layout: SkeletonLayout) -> String {
    let title = title(form, agency, year);
    let mut text = match layout {
        SkeletonLayout::Markdown => format!("# {title}\n"),
        SkeletonLayout::Pipes | SkeletonLayout::Tabs => format!("{title}\n"),
    };
    paragraphs(&mut text, &filled(&form.preface, agency, Some(year)), layout);
    for section in 0..form.sections.len() {
        text.push('\n');
        text.push_str(&section_text(form, section, agency, Some(year), layout));
    }
    text
}

/// The standard title: agency, year and the form's wording.
pub fn title(form: &Form, agency: &str, year: u16) -> String {
    format!("{agency}{year}年{}", form.title_standard)
}

/// The standard heading with its numeral: 三、收到和处理政府信息公开申请情况.
pub fn heading(section: &Section) -> String {
    let mark = if section.number.starts_with(|c: char| c.is_ascii_digit()) { "." } else { "、" };
    match section.number.as_str() {
        "" => section.heading.clone(),
        number => format!("{number}{mark}{}", section.heading),
    }
}

/// A section: its heading, the form's words for it and its table, as far as it has them; without a year they speak of 本年. It ends with a newline;
/// empty for an index beyond the form.
pub(crate) fn section_text(
    form: &Form,
    section: SectionIndex,
    agency: &str,
    year: Option<u16>,
    layout: SkeletonLayout,
) -> String {
    let Some(spec) = form.sections.get(section) else { return String::new() };
    let mut text = match layout {
        SkeletonLayout::Markdown => format!("## {}\n", heading(spec)),
        SkeletonLayout::Pipes | SkeletonLayout::Tabs => format!("{}\n", heading(spec)),
    };
    paragraphs(&mut text, &filled(&spec.template, agency, year), layout);
    if let Some(table) = spec.table {
        text.push('\n');
        text.push_str(&table_text(form, table, layout));
    }
    text
}

/// A table with captions, headers, row labels and zeros. It ends with a newline; empty for an index beyond the form.
pub(crate) fn table_text(form: &Form, table: TableIndex, layout: SkeletonLayout) -> String {
    let Some(table) = form.tables.get(table) else { return String::new() };
    table_with(table, layout, &mut std::iter::repeat("0".to_owned()))
}

/// A table with these figures, given in the order of [`CellIndex`](super::CellIndex); where they end, cells are blank. It ends with a newline.
pub(crate) fn table_with(
    table: &Table,
    layout: SkeletonLayout,
    figures: &mut dyn Iterator<Item = String>,
) -> String {
    let mut text = String::new();
    for (index, row) in draw(table, figures).iter().enumerate() {
        text.push_str(&line(row, layout));
        text.push('\n');
        if index == 0 && layout == SkeletonLayout::Markdown {
            text.push_str(&"| --- ".repeat(row.len()));
            text.push_str("|\n");
        }
    }
    text
}

/// A row of a table with zeros, as it stands behind the row before it; without a line break.
pub(crate) fn row_text(table: &Table, block: usize, row: usize, layout: SkeletonLayout) -> String {
    let (labels, width) = measures(table);
    let figures = &mut std::iter::repeat("0".to_owned());
    let rows = table.blocks.get(block).map(|block| body(block, labels, width, figures));
    let rows = rows.unwrap_or_default();
    rows.get(row).map(|row| line(row, layout)).unwrap_or_default()
}

/// A block of a table with its caption, header and zeros, a line a row.
pub(crate) fn block_lines(table: &Table, block: usize, layout: SkeletonLayout) -> Vec<String> {
    let (labels, width) = measures(table);
    let figures = &mut std::iter::repeat("0".to_owned());
    drawn(table, block, (labels, width), figures).iter().map(|row| line(row, layout)).collect()
}

/// Markdown joins lines that no blank line parts.
fn paragraphs(text: &mut String, body: &str, layout: SkeletonLayout) {
    for line in body.lines().filter(|line| !line.is_empty()) {
        text.push_str(if layout == SkeletonLayout::Markdown { "\n" } else { "" });
        text.push_str(line);
        text.push('\n');
    }
}

pub(crate) fn filled(template: &str, agency: &str, year: Option<u16>) -> String {
    let agency = if agency.is_empty() { "本机关" } else { agency };
    let template = template.replace("{agency}", agency);
    match year {
        Some(year) => template.replace("{year}", &year.to_string()),
        None => template.replace("{year}年", "本年").replace("{year}", ""),
    }
}

fn line(row: &[Drawn], layout: SkeletonLayout) -> String {
    let all = || row.iter().map(|cell| cell.as_deref().unwrap_or(""));
    match layout {
        SkeletonLayout::Pipes => row
            .iter()
            .flatten()
            .flat_map(|cell| [cell, " | "])
            .collect::<String>()
            .trim_end()
            .to_owned(),
        SkeletonLayout::Markdown => format!("| {} |", all().collect::<Vec<_>>().join(" | ")),
        SkeletonLayout::Tabs => all().collect::<Vec<_>>().join("\t"),
    }
}

/// The table as a grid in which all rows are equally wide.
fn draw(table: &Table, figures: &mut dyn Iterator<Item = String>) -> Vec<Vec<Drawn>> {
    let (labels, width) = measures(table);
    let mut grid = Vec::new();
    for block in 0..table.blocks.len() {
        grid.extend(drawn(table, block, (labels, width), figures));
    }
    grid
}

/// Columns of labels, and all columns.
fn measures(table: &Table) -> (usize, usize) {
    let depth = |row: &Row| if row.label.text.is_empty() { 0 } else { row.groups.len() + 1 };
    let labels = table.rows().map(|(_, _, row)| depth(row)).max().unwrap_or(0);
    let columns = table.blocks.iter().map(|block| block.columns.len()).max().unwrap_or(0);
    (labels, labels + columns)
}

fn drawn(
    table: &Table,
    index: usize,
    (labels, width): (usize, usize),
    figures: &mut dyn Iterator<Item = String>,
) -> Vec<Vec<Drawn>> {
    let Some(block) = table.blocks.get(index) else { return Vec::new() };
    let mut grid = Vec::new();
    if let Some(caption) = &block.caption {
        grid.push(span(width, 0, &caption.text));
    }
    let note = table.note.as_ref().filter(|_| index == 0);
    let corner = block.corner.as_ref().map(|corner| &corner.text).or(note);
    grid.extend(header(block, labels, width, corner.filter(|_| labels > 0)));
    grid.extend(body(block, labels, width, figures));
    grid
}

fn header(block: &Block, labels: usize, width: usize, corner: Option<&String>) -> Vec<Vec<Drawn>> {
    let mut grid: Vec<_> =
        block.banner.iter().map(|banner| span(width, labels, &banner.text)).collect();
    let first = grid.len();
    let depth = block.columns.iter().map(|column| column.groups.len()).max().unwrap_or(0) + 1;
    grid.resize(first + depth, vec![None; width]);
    for (at, column) in block.columns.iter().enumerate() {
        for (level, group) in column.groups.iter().enumerate() {
            let same =
                at > 0 && block.columns[at - 1].groups.get(..=level) == column.groups.get(..=level);
            if !same {
                grid[first + level][labels + at] = Some(group.clone());
            }
        }
        grid[first + column.groups.len()][labels + at] = Some(column.label.text.clone());
    }
    if let Some(corner) = corner {
        grid[0][0] = Some(corner.clone());
    }
    grid
}

fn body(
    block: &Block,
    labels: usize,
    width: usize,
    figures: &mut dyn Iterator<Item = String>,
) -> Vec<Vec<Drawn>> {
    let mut grid = Vec::new();
    for (at, row) in block.rows.iter().enumerate() {
        let mut cells = vec![None; width];
        for (level, group) in row.groups.iter().enumerate() {
            let same =
                at > 0 && block.rows[at - 1].groups.get(..=level) == row.groups.get(..=level);
            if !same {
                cells[level] = Some(group.clone());
            }
        }
        if !row.label.text.is_empty() {
            cells[row.groups.len()] = Some(row.label.text.clone());
        }
        for value in &mut cells[labels..labels + block.columns.len()] {
            *value = Some(figures.next().unwrap_or_default());
        }
        grid.push(cells);
    }
    grid
}

fn span(width: usize, at: usize, text: &str) -> Vec<Drawn> {
    let mut row = vec![None; width];
    if let Some(cell) = row.get_mut(at) {
        *cell = Some(text.to_owned());
    }
    row
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::form::{Column, Label};

    fn label(text: &str) -> Label {
        Label { text: text.into(), accept: Vec::new() }
    }

    fn column(text: &str, groups: &[&str]) -> Column {
        Column {
            id: text.into(),
            label: label(text),
            groups: groups.iter().map(|&it| it.into()).collect(),
            ..Column::default()
        }
    }

    fn row(text: &str, groups: &[&str]) -> Row {
        Row {
            id: text.into(),
            label: label(text),
            groups: groups.iter().map(|&it| it.into()).collect(),
            ..Row::default()
        }
    }

    fn form() -> Form {
        let first = Block {
            banner: Some(label("申请人")),
            columns: vec![
                column("个人", &[]),
                column("企业", &["单位"]),
                column("社团", &["单位"]),
                column("合计", &[]),
            ],
            rows: vec![
                row("一、新收", &[]),
                row("（一）公开", &["二、结果"]),
                row("1.秘密", &["二、结果", "（二）不公开"]),
                row("2.其他", &["二、结果", "（二）不公开"]),
            ],
            ..Block::default()
        };
        let second = Block {
            caption: Some(label("第二项")),
            corner: Some(label("内容")),
            columns: vec![column("件数", &[])],
            rows: vec![row("许可", &[])],
            first_cell: 16,
            ..Block::default()
        };
        let bare = Block {
            columns: vec![column("维持", &["复议"]), column("纠正", &["复议"])],
            rows: vec![Row::default()],
            ..Block::default()
        };
        Form {
            title_standard: "工作报告".into(),
            preface: "现将{agency}{year}年的报告公布。".into(),
            sections: vec![
                Section {
                    number: "一".into(),
                    heading: "概况".into(),
                    template: "{year}年度未收费。\n没有其他情况。\n".into(),
                    ..Section::default()
                },
                Section {
                    number: "二".into(),
                    heading: "申请".into(),
                    table: Some(0),
                    ..Section::default()
                },
            ],
            tables: vec![
                Table {
                    note: Some("（应相等）".into()),
                    blocks: vec![first, second],
                    cell_count: 17,
                    ..Table::default()
                },
                Table { blocks: vec![bare], cell_count: 2, ..Table::default() },
            ],
            ..Form::default()
        }
    }

    #[test]
    fn pipes_leave_out_what_a_span_covers() {
        expect![[r"
            某局2025年工作报告
            现将某局2025年的报告公布。

            一、概况
            2025年度未收费。
            没有其他情况。

            二、申请

            （应相等） | 申请人 |
            个人 | 单位 | 合计 |
            企业 | 社团 |
            一、新收 | 0 | 0 | 0 | 0 |
            二、结果 | （一）公开 | 0 | 0 | 0 | 0 |
            （二）不公开 | 1.秘密 | 0 | 0 | 0 | 0 |
            2.其他 | 0 | 0 | 0 | 0 |
            第二项 |
            内容 | 件数 |
            许可 | 0 |
        "]]
        .assert_eq(&skeleton(&form(), "某局", 2025, SkeletonLayout::Pipes));
    }

    #[test]
    fn markdown_and_tabs_keep_every_column() {
        expect![[r"
            | （应相等） |  |  | 申请人 |  |  |  |
            | --- | --- | --- | --- | --- | --- | --- |
            |  |  |  | 个人 | 单位 |  | 合计 |
            |  |  |  |  | 企业 | 社团 |  |
            | 一、新收 |  |  | 0 | 0 | 0 | 0 |
            | 二、结果 | （一）公开 |  | 0 | 0 | 0 | 0 |
            |  | （二）不公开 | 1.秘密 | 0 | 0 | 0 | 0 |
            |  |  | 2.其他 | 0 | 0 | 0 | 0 |
            | 第二项 |  |  |  |  |  |  |
            | 内容 |  |  | 件数 |  |  |  |
            | 许可 |  |  | 0 |  |  |  |
        "]]
        .assert_eq(&table_text(&form(), 0, SkeletonLayout::Markdown));
        expect!["复议\t\n维持\t纠正\n0\t0\n"].assert_eq(&table_text(
            &form(),
            1,
            SkeletonLayout::Tabs,
        ));
    }

    #[test]
    fn paragraphs_are_parted_in_markdown_and_need_no_year() {
        expect![[r"
            ## 一、概况

            本年度未收费。

            没有其他情况。
        "]]
        .assert_eq(&section_text(&form(), 0, "", None, SkeletonLayout::Markdown));
    }

    #[test]
    fn an_index_beyond_the_form_draws_nothing() {
        assert_eq!(table_text(&form(), 9, SkeletonLayout::Pipes), "");
        assert_eq!(section_text(&form(), 9, "", None, SkeletonLayout::Pipes), "");
    }
}
