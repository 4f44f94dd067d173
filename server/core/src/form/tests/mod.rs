#![allow(clippy::unwrap_used, clippy::print_stdout)]
#![allow(clippy::disallowed_macros, clippy::disallowed_types)] // tests read files, and a skipped one says so

use std::path::Path;
use std::sync::{Arc, LazyLock};

use super::*;

mod claims;
mod format;
mod generality;
mod problems;

/// Their files.
const FILES: [&str; 2] = [
    include_str!("../forms/annual-report-2021.toml"),
    include_str!("../forms/annual-report-2019.toml"),
];

/// Reads a form whose files, if it names any, stand beside gouji's own.
fn read(source: &str, known: &[Form]) -> Result<Form, Vec<Problem>> {
    let forms = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/form/forms");
    super::read(source, known, &mut |path| {
        std::fs::read_to_string(forms.join(path)).map_err(|error| error.kind().to_string())
    })
}

/// The forms that gouji brings, read once.
static FORMS: LazyLock<Vec<Form>> = LazyLock::new(builtin);

fn form(id: &str) -> &'static Form {
    FORMS.iter().find(|form| form.id == id).unwrap()
}

#[test]
fn the_forms_of_the_annual_report_are_read() {
    let cells = |form: &Form| {
        form.tables.iter().map(|table| (table.id.clone(), table.cell_count)).collect::<Vec<_>>()
    };
    assert_eq!(
        cells(form("annual-report-2021")),
        [("proactive".into(), 10), ("requests".into(), 175), ("review_litigation".into(), 15)]
    );
    assert_eq!(
        cells(form("annual-report-2019")),
        [("proactive".into(), 22), ("requests".into(), 161), ("review_litigation".into(), 15)]
    );
}

#[test]
fn packed_forms_are_what_their_files_say() {
    let mut known = Vec::new();
    for source in FILES {
        let mut form = read(source, &known).unwrap();
        // Where a rule stands is for messages about a user's form.
        form.rules.iter_mut().for_each(|rule| Arc::make_mut(rule).line = 1);
        known.push(form);
    }
    assert_eq!(*FORMS, known);
}

#[test]
fn relations_are_written_out_in_their_order() {
    let shape = |form: &Form| {
        form.relations
            .iter()
            .map(|it| format!("{} {}", it.id, it.instances.len()))
            .collect::<Vec<_>>()
    };
    let common = [
        "requests-balance 7",
        "requests-row-total 25",
        "review-total 1",
        "direct-suit-total 1",
        "suit-after-review-total 1",
    ];
    let mut of_2021 = vec!["requests-results-total 7"];
    of_2021.extend(common);
    of_2021.push("in-force-below-issued 2");
    assert_eq!(shape(form("annual-report-2021")), of_2021);
    let mut of_2019: Vec<_> =
        of_2021.iter().map(|it| it.replace("row-total 25", "row-total 23")).collect();
    of_2019.pop();
    of_2019.push("disclosed-total-below-new 2".into());
    assert_eq!(shape(form("annual-report-2019")), of_2019);
}

#[test]
fn a_column_of_results_sums_twenty_one_items_and_stands_at_the_total() {
    let form = form("annual-report-2021");
    let relation = &form.relations[0];
    let table = &form.tables[relation.table];
    let first = &relation.instances[0];
    assert_eq!((first.scope.as_str(), first.left.len(), first.right.len()), ("自然人", 21, 1));
    assert_eq!(table.key(first.total), "results_total.natural_person");
    let balance = &form.relations[1].instances[6];
    assert_eq!(
        (balance.scope.as_str(), table.key(balance.total).as_str()),
        ("总计", "results_total.total")
    );
}

#[test]
fn an_issuer_is_of_the_most_specific_level_that_its_name_tells() {
    let form = form("annual-report-2021");
    let level = |name: &str| {
        KnownLevel::default().of(form, name).map_or("none", |level| form.levels[level].id.as_str())
    };
    for (name, expected) in [
        ("国家市场监督管理总局", "state_department"),
        ("工业和信息化部", "state_department"),
        ("云岭县青溪镇人民政府", "town"),
        ("临江区东门街道办事处", "town"),
        ("北京市人民政府", "province_government"),
        ("广西壮族自治区人民政府", "province_government"),
        ("河北省工业和信息化厅", "province_department"),
        ("湖南省市场监督管理局", "province_department"),
        ("河北省人民政府国有资产监督管理委员会", "province_department"),
        ("河北省公安厅", "province_department"),
        ("上海市市场监督管理局", "province_department"),
        ("石狮市人民政府", "county_government"),
        ("开远市", "county_government"),
        ("北京市海淀区人民政府", "county_government"),
        ("上海市浦东新区人民政府", "county_government"),
        ("石家庄高新技术产业开发区", "county_government"),
        ("苏州工业园区管理委员会", "county_government"),
        ("卫滨区工业和信息化局", "county_department"),
        ("石家庄市长安区教育局", "county_department"),
        ("广西壮族自治区南宁市青秀区教育局", "county_department"),
        ("天津市滨海新区财政局", "county_department"),
        ("晋江市市场监督管理局", "county_department"),
        ("湘西土家族苗族自治州吉首市民政局", "county_department"),
        ("石家庄市人民政府", "city_government"),
        ("大兴安岭地区行政公署", "city_government"),
        ("邢台市工业和信息化局", "city_department"),
        ("石家庄市市场监督管理局", "city_department"),
        ("邢台市社区矫正管理局", "city_department"),
        ("广西壮族自治区南宁市教育局", "city_department"),
        ("天津市市场监督管理委员会", "province_department"),
        // The office reports now for itself, now for the whole region.
        ("河北省人民政府办公厅", "unknown"),
        ("石狮市人民政府办公室", "unknown"),
        ("某某大学", "unknown"),
    ] {
        assert_eq!(level(name), expected, "{name}");
    }
}

#[test]
fn a_base_gives_its_levels_without_the_bands_of_cells_that_are_not_there() {
    let bands = |id: &str| form(id).levels.iter().map(|level| level.bands.len()).sum::<usize>();
    assert_eq!((bands("annual-report-2021"), bands("annual-report-2019")), (11, 2));
}

/// The section of a numbered heading: by its wording, else by the first set of words.
fn section(wording: &str) -> Option<&'static str> {
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let sections = &form("annual-report-2021").sections;
    let exact = |it: &&Section| {
        bare(&it.heading) == bare(wording) || it.accept.iter().any(|own| bare(own) == bare(wording))
    };
    let words = |it: &&Section| {
        it.words.iter().any(|set| set.iter().all(|word| bare(wording).contains(word.as_str())))
    };
    sections.iter().find(exact).or_else(|| sections.iter().find(words)).map(|it| it.id.as_str())
}

#[test]
fn headings_of_published_reports_are_sections() {
    for (wording, expected) in [
        ("总体工作情况", "overview"),
        ("工作基本情况", "overview"),
        ("概述", "overview"),
        ("政府信息公开工作概况", "overview"),
        ("行政机关主动公开政府信息情况", "proactive"),
        ("主动公开情况", "proactive"),
        ("收到和处理政府信息公开申请情况", "requests"),
        ("收到和处理政府信息公开申请基本情况", "requests"),
        ("处理政府信息公开申请情况", "requests"),
        ("因政府信息公开工作被申请行政复议、提起行政诉讼情况", "review_litigation"),
        ("政府信息公开行政复议行政诉讼情况", "review_litigation"),
        ("政府信息公开工作存在的主要问题及改进情况", "problems"),
        ("存在的主要问题和改进情况", "problems"),
        ("存在的困难问题及改进措施", "problems"),
        ("其他需报告事项", "other_matters"),
        ("其他需要报告的事项情况", "other_matters"),
    ] {
        assert_eq!(section(wording), Some(expected), "{wording}");
    }
}

#[test]
fn rows_and_sentences_are_no_headings() {
    for form in FORMS.iter() {
        let rows = form.tables.iter().flat_map(Table::rows).map(|(_, _, row)| row);
        for words in
            rows.flat_map(|row| row.groups.iter().chain([&row.label.text]).chain(&row.label.accept))
        {
            assert_eq!(section(words), None, "{words}");
        }
    }
    for words in [
        "加强组织领导",
        "针对以上问题加以改进",
        "未发生行政复议行政诉讼",
        "收到群众来信",
        "行政复议",
        "主要问题",
        "改进措施",
    ] {
        assert_eq!(section(words), None, "{words}");
    }
}
