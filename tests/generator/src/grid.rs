//! The three tables as grids of cells with spans: what all layouts are printed from.

use crate::form::{
    BANNER, Block, NATURAL_PERSON, NOTE, ORGANISATION, ORGANISATIONS, OUTCOMES, RESULTS,
    RequestRow, TOTAL,
};
use crate::random::Random;
use crate::report::Report;

/// What a cell is for: layouts that lose something lose it by role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Header,
    /// The label of a row that has its own values.
    Label,
    /// The label of a row span over several rows.
    Group,
    Value,
}

/// A cell; a line break in its text is a break inside the cell.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) columns: usize,
    pub(crate) rows: usize,
    pub(crate) role: Role,
}

/// A table.
#[derive(Debug, Clone)]
pub(crate) struct Grid {
    pub(crate) width: usize,
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// A place in a row: a cell that begins there, or one that a cell further up covers.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Slot<'a> {
    Cell(&'a Cell),
    Covered { columns: usize },
}

impl Grid {
    /// Each row with the places that cells further up cover.
    pub(crate) fn slots(&self) -> Vec<Vec<Slot<'_>>> {
        // For each column: rows that the covering cell still reaches down, and its width where it begins.
        let mut covers = vec![(0, 0); self.width];
        let mut out = Vec::new();
        for row in &self.rows {
            let (mut slots, mut cells, mut column) = (Vec::new(), row.iter(), 0);
            while column < self.width {
                let (left, columns) = covers[column];
                if left > 0 {
                    covers[column].0 -= 1;
                    slots.push(Slot::Covered { columns });
                    column += columns;
                } else if let Some(cell) = cells.next() {
                    covers[column] = (cell.rows - 1, cell.columns);
                    slots.push(Slot::Cell(cell));
                    column += cell.columns;
                } else {
                    break;
                }
            }
            out.push(slots);
        }
        out
    }
}

/// The tables of sections 二, 三 and 四.
pub(crate) fn grids(report: &Report, random: &mut Random) -> [Grid; 3] {
    let mut grids = [proactive(report), requests(report), review(report)];
    if report.options.variants {
        for cell in grids.iter_mut().flat_map(|grid| &mut grid.rows).flatten() {
            if cell.role != Role::Value && random.chance(25) {
                cell.text = variant(cell, report.year, random);
            }
        }
        add_rows(report, &mut grids, random);
    }
    grids
}

fn cell(text: impl Into<String>, columns: usize, rows: usize, role: Role) -> Cell {
    Cell { text: text.into(), columns, rows, role }
}

fn header(text: &str) -> Cell {
    cell(text, 1, 1, Role::Header)
}

fn proactive(report: &Report) -> Grid {
    let mut values = report.proactive.iter();
    let mut rows = Vec::new();
    for Block { caption, headers, columns, rows: labels } in report.form().blocks() {
        // The last column takes what the widest block has more.
        let spread = |at: usize| if at + 1 == columns.len() { 4 - columns.len() } else { 1 };
        rows.push(vec![cell(*caption, 4, 1, Role::Header)]);
        let titles =
            headers.iter().enumerate().map(|(at, title)| cell(*title, spread(at), 1, Role::Header));
        rows.push(std::iter::once(header("信息内容")).chain(titles).collect());
        for (_, label) in *labels {
            let mut row = vec![cell(*label, 1, 1, Role::Label)];
            for at in 0..columns.len() {
                row.push(cell(
                    values.next().cloned().flatten().unwrap_or_default(),
                    spread(at),
                    1,
                    Role::Value,
                ));
            }
            rows.push(row);
        }
    }
    Grid { width: 4, rows }
}

fn requests(report: &Report) -> Grid {
    let mut rows = vec![
        vec![cell(NOTE, 3, 3, Role::Header), cell(BANNER, 7, 1, Role::Header)],
        vec![
            cell(NATURAL_PERSON, 1, 2, Role::Header),
            cell(ORGANISATION, 5, 1, Role::Header),
            cell(TOTAL, 1, 2, Role::Header),
        ],
        ORGANISATIONS.map(header).to_vec(),
    ];
    let all: Vec<&RequestRow> = report.form().request_rows().collect();
    let mut last = None;
    for (at, (row, values)) in all.iter().zip(&report.requests).enumerate() {
        let mut cells = Vec::new();
        if at == 2 {
            cells.push(cell(RESULTS, 1, report.form().result_items() + 1, Role::Group));
        }
        let in_results = (2..all.len() - 1).contains(&at);
        if row.group.is_some() && row.group != last {
            let members = all.iter().filter(|it| it.group == row.group).count();
            cells.push(cell(row.group.unwrap_or(""), 1, members, Role::Group));
        }
        last = row.group;
        let columns = if !in_results {
            3
        } else if row.group.is_none() {
            2
        } else {
            1
        };
        cells.push(cell(row.label, columns, 1, Role::Label));
        cells.extend(values.iter().map(|value| {
            let text = value.map(|it| it.to_string()).unwrap_or_default();
            cell(text, 1, 1, Role::Value)
        }));
        rows.push(cells);
    }
    Grid { width: 10, rows }
}

fn review(report: &Report) -> Grid {
    let mut second: Vec<Cell> =
        OUTCOMES.iter().map(|text| cell(*text, 1, 2, Role::Header)).collect();
    second.push(cell("未经复议直接起诉", 5, 1, Role::Header));
    second.push(cell("复议后起诉", 5, 1, Role::Header));
    let values = report.review.iter().map(|value| {
        let text = value.map(|it| it.to_string()).unwrap_or_default();
        cell(text, 1, 1, Role::Value)
    });
    Grid {
        width: 15,
        rows: vec![
            vec![cell("行政复议", 5, 1, Role::Header), cell("行政诉讼", 10, 1, Role::Header)],
            second,
            OUTCOMES.iter().chain(&OUTCOMES).map(|text| header(text)).collect(),
            values.collect(),
        ],
    }
}

/// Another wording of a label that real reports have.
fn variant(cell: &Cell, year: u16, random: &mut Random) -> String {
    let text = cell.text.as_str();
    let known: &[&str] = match text {
        "规章" => &["规 章"],
        "行政规范性文件" => &["规范性文件"],
        "本年制发件数" if random.chance(50) => return format!("本年({year})制发件数"),
        "本年制发件数" => &["本年 制发件数"],
        "现行有效件数" => &["现行有效件", "现行有效件数 (历史累计)"],
        "本年处理决定数量" => &["本年度处理决定数量"],
        "本年收费金额（单位：万元）" => &["本年收费金额"],
        "自然人" => &["自 然 人", "自然\n人"],
        "总计" => &["总 计", "总\n计"],
        "商业企业" => &["商业 企业", "商业\n企业"],
        "科研机构" => &["科研 机构", "科研\n机构"],
        "社会公益组织" => &["社会公益 组织", "社会\n公益\n组织"],
        "法律服务机构" => &["法律服务 机构", "法律\n服务\n机构"],
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）" => {
            &[
                "（二）部分公开（区分处理的，只计这一情况，不计其他情形）",
                "（二） 部分公开（区分处理的，只计这一情形，不计其他情形）",
            ]
        }
        "5.属于三类内部事务信息" => {
            &["5.属于三类内容事务信息", "5. 属于三类内部事务信息"]
        }
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请" => {
            &["1.逾期不补正"]
        }
        _ if text.starts_with("第二十条") => return text.replace("第二十条", "第二十条  "),
        _ if OUTCOMES.contains(&text) => return broken(text, 2, random),
        _ if text.starts_with(|c: char| c.is_ascii_digit()) => return text.replacen('.', ". ", 1),
        _ => return text.to_owned(),
    };
    (*random.pick(known)).to_owned()
}

fn broken(text: &str, at: usize, random: &mut Random) -> String {
    let (head, tail): (String, String) =
        (text.chars().take(at).collect(), text.chars().skip(at).collect());
    format!("{head}{}{tail}", random.pick(&[" ", "\n"]))
}

/// Rows that the form does not have, as some issuers add them.
fn add_rows(report: &Report, grids: &mut [Grid; 3], random: &mut Random) {
    if random.chance(8) {
        let title = format!("{}年度主动公开情况统计表", report.year);
        grids[0].rows.insert(0, vec![cell(title, 4, 1, Role::Header)]);
    }
    if random.chance(8) {
        let extra = vec![
            cell("其他主动公开文件（不含规范性文件）", 1, 1, Role::Label),
            cell(random.between(1, 90).to_string(), 3, 1, Role::Value),
        ];
        grids[0].rows.push(extra);
    }
}
