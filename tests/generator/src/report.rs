//! A report: who, which year, and figures whose sums hold.

use std::collections::BTreeMap;

use crate::facts::Facts;
use crate::form::{Form, REQUEST_COLUMNS, REVIEW_CELLS, REVIEW_GROUPS};
use crate::random::Random;

/// What kind of report to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Which form.
    pub form: Form,
    /// How large the figures are.
    pub figures: Busyness,
    /// Leave some cells of the tables blank.
    pub blanks: bool,
    /// Which characters.
    pub script: Script,
    /// `( ) : ,` beside full-width `、“”`, as half the web prints them.
    pub half_width: bool,
    /// Wordings of labels, headers and headings that real reports have beside the form's own.
    pub variants: bool,
    /// Bytes of prose, roughly; the least is some 1,500.
    pub prose: usize,
}

/// How large the figures are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Busyness {
    /// Nearly all are 0, as in most real reports.
    Quiet,
    /// A bureau's: a few dozen requests.
    Usual,
    /// A city's: thousands of requests.
    Busy,
}

/// Which characters a report is printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// Simplified.
    Simplified,
    /// Traditional, as mirrors convert it.
    Traditional,
    /// Traditional with the Simplified character in brackets behind some.
    Both,
}

/// A report. Its figures may be changed; its prose then still states the old ones.
#[derive(Debug, Clone)]
pub struct Report {
    /// What it was made by.
    pub seed: u64,
    /// What it was made with.
    pub options: Options,
    /// The issuer.
    pub agency: String,
    /// The report year.
    pub year: u16,
    /// The table on proactive disclosure, cell by cell in the form's order; `None` is blank.
    pub proactive: Vec<Option<String>>,
    /// The table on requests: rows in the form's order.
    pub requests: Vec<[Option<u64>; 7]>,
    /// The table on reviews and suits.
    pub review: [Option<u64>; 15],
    /// What the prose says.
    pub facts: Facts,
}

const PLACES: [&str; 8] =
    ["青石县", "南湾区", "澜江市", "白鹿区", "云溪县", "松原镇", "东岭县", "长汀区"];
const OFFICES: [&str; 8] = [
    "水利局",
    "民政局",
    "交通运输局",
    "农业农村局",
    "自然资源局",
    "市场监督管理局",
    "卫生健康委员会",
    "人民政府",
];

impl Default for Options {
    fn default() -> Self {
        Self {
            form: Form::Y2021,
            figures: Busyness::Usual,
            blanks: false,
            script: Script::Simplified,
            half_width: false,
            variants: false,
            prose: 3000,
        }
    }
}

impl Options {
    /// A mixture as the world has it: mostly quiet, now and then busy, one in twenty of the old form.
    pub fn random(random: &mut Random) -> Self {
        Self {
            form: if random.chance(5) { Form::Y2019 } else { Form::Y2021 },
            figures: *random.pick(&[
                Busyness::Quiet,
                Busyness::Usual,
                Busyness::Usual,
                Busyness::Busy,
            ]),
            blanks: false,
            script: Script::Simplified,
            half_width: random.chance(40),
            variants: random.chance(60),
            prose: 1500 + random.below(4000),
        }
    }
}

impl Report {
    /// The report of a seed.
    pub fn random(seed: u64, options: &Options) -> Self {
        let random = &mut Random::new(seed);
        let place = *random.pick(&PLACES);
        let office = if place.ends_with('镇') { "人民政府" } else { *random.pick(&OFFICES) };
        let year = match options.form {
            Form::Y2021 => 2021 + random.below(5),
            Form::Y2019 => 2019 + random.below(2),
        };
        let mut report = Self {
            seed,
            options: *options,
            agency: format!("{place}{office}"),
            year: year as u16,
            proactive: proactive(options, random),
            requests: requests(options, random),
            review: review(options, random),
            facts: Facts::default(),
        };
        report.facts = Facts::of(&report);
        if options.blanks {
            report.blank_some(random);
        }
        report
    }

    /// The form.
    pub fn form(&self) -> Form {
        self.options.form
    }

    /// Every cell by its key: `requests.new_received.total`. A blank one is empty.
    pub fn cells(&self) -> BTreeMap<String, String> {
        let text = |cell: &Option<u64>| cell.map(|it| it.to_string()).unwrap_or_default();
        let mut cells = BTreeMap::new();
        for (key, cell) in self.form().proactive_keys().zip(&self.proactive) {
            cells.insert(format!("proactive.{key}"), cell.clone().unwrap_or_default());
        }
        for (row, values) in self.form().request_rows().zip(&self.requests) {
            for (column, value) in REQUEST_COLUMNS.iter().zip(values) {
                cells.insert(format!("requests.{}.{column}", row.key), text(value));
            }
        }
        for (group, values) in REVIEW_GROUPS.iter().zip(self.review.chunks(5)) {
            for (cell, value) in REVIEW_CELLS.iter().zip(values) {
                cells.insert(format!("review_litigation.{group}.{cell}"), text(value));
            }
        }
        cells
    }

    fn blank_some(&mut self, random: &mut Random) {
        for _ in 0..random.between(1, 6) {
            let row = random.below(self.requests.len());
            self.requests[row][random.below(7)] = None;
        }
        if random.chance(30) {
            self.review[random.below(15)] = None;
        }
        if random.chance(30) {
            let at = random.below(self.proactive.len());
            self.proactive[at] = None;
        }
    }
}

fn count(options: &Options, random: &mut Random) -> u64 {
    match options.figures {
        Busyness::Quiet if random.chance(93) => 0,
        Busyness::Quiet => random.between(1, 3),
        Busyness::Usual if random.chance(65) => 0,
        Busyness::Usual => random.between(1, 40),
        Busyness::Busy if random.chance(20) => random.between(0, 9),
        Busyness::Busy => random.between(10, 400),
    }
}

fn requests(options: &Options, random: &mut Random) -> Vec<[Option<u64>; 7]> {
    let items = options.form.result_items();
    let mut rows = vec![[0_u64; 7]; items + 4];
    for column in 0..6 {
        for row in &mut rows[2..2 + items] {
            row[column] = count(options, random);
        }
        let total: u64 = rows[2..2 + items].iter().map(|row| row[column]).sum();
        let out = count(options, random) % 61;
        let carried = (count(options, random) % 61).min(total + out);
        rows[items + 2][column] = total;
        rows[items + 3][column] = out;
        rows[1][column] = carried;
        rows[0][column] = total + out - carried;
    }
    for row in &mut rows {
        row[6] = row[..6].iter().sum();
    }
    rows.into_iter().map(|row| row.map(Some)).collect()
}

fn review(options: &Options, random: &mut Random) -> [Option<u64>; 15] {
    let mut cells = [None; 15];
    for group in cells.chunks_mut(5) {
        let mut total = 0;
        for cell in &mut group[..4] {
            let value = count(options, random);
            total += value;
            *cell = Some(value);
        }
        group[4] = Some(total);
    }
    cells
}

fn proactive(options: &Options, random: &mut Random) -> Vec<Option<String>> {
    let documents = match options.figures {
        Busyness::Quiet => [0, 0, random.between(0, 3)],
        Busyness::Usual => [random.between(0, 4), random.between(0, 3), random.between(5, 60)],
        Busyness::Busy => [random.between(5, 60), random.between(0, 80), random.between(80, 900)],
    };
    let mut values: Vec<String> =
        options.form.proactive_keys().map(|key| proactive_cell(&key, options, random)).collect();
    for (cell, value) in values[3..6].iter_mut().zip(documents) {
        *cell = value.to_string();
    }
    values.into_iter().map(Some).collect()
}

fn proactive_cell(key: &str, options: &Options, random: &mut Random) -> String {
    let (row, column) = key.split_once('.').unwrap_or((key, ""));
    match (row, column) {
        // Most issuers here may make no rules; a figure would be a finding of its own.
        ("rules", _) => "0".to_owned(),
        (_, "change") => match random.below(4) {
            0 => format!("减{}", random.between(1, 9)),
            1 => format!("-{}", random.between(1, 9)),
            2 => random.between(1, 9).to_string(),
            _ => "0".to_owned(),
        },
        ("admin_fee", "amount") => fee(options, random),
        ("procurement", "amount") => format!("{}元", random.between(1, 900) * 1000),
        _ => count(options, random).to_string(),
    }
}

fn fee(options: &Options, random: &mut Random) -> String {
    if options.figures == Busyness::Quiet || random.chance(60) {
        return "0".to_owned();
    }
    let whole = random.between(12, 900);
    match random.below(4) {
        0 => format!("{whole}.{}", random.between(1, 9)),
        1 => format!("{whole}.{:02}{}", random.below(100), random.between(1, 9)),
        2 => format!("{whole}.{:03}{}", random.below(1000), random.between(1, 9)),
        _ => whole.to_string(),
    }
}
