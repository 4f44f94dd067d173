//! The text around the tables: our own words, in agreement with the figures.

use crate::form::Form;
use crate::random::Random;
use crate::report::Report;

const TOPICS: [&str; 12] = [
    "规划计划",
    "财政预决算",
    "重大项目",
    "行政许可",
    "监督检查",
    "人事任免",
    "惠企政策",
    "民生实事",
    "环境保护",
    "安全生产",
    "教育卫生",
    "乡村建设",
];

/// The paragraph between title and first heading.
pub(crate) fn preface(report: &Report) -> String {
    let year = report.year;
    let format = match report.form() {
        Form::Y2021 => "国办公开办函〔2021〕30号",
        Form::Y2019 => "国办公开办函〔2019〕60号",
    };
    format!(
        "本报告依据《中华人民共和国政府信息公开条例》（国务院令第711号）和《中华人民共和国政府信息公开工作年度报告格式》（{format}）编制。\
         所列数据的统计期限为{year}年1月1日至{year}年12月31日。"
    )
}

/// The paragraphs of the first section.
pub(crate) fn overview(report: &Report, random: &mut Random) -> Vec<String> {
    let facts = &report.facts;
    let channels = [random.between(200, 2000), random.between(100, 900), random.between(100, 900)];
    let mut paragraphs = vec![
        format!(
            "（一）主动公开。全年通过各类渠道公开信息{}条，包括政府网站{}条、微信{}条、微博{}条。",
            channels.iter().sum::<u64>(),
            channels[0],
            channels[1],
            channels[2]
        ),
        format!("（二）依申请公开。{}", requests(report)),
        match report.form() {
            Form::Y2021 => format!(
                "（三）政府信息管理。坚持先审查后公开，定期清理文件。全年作出行政许可决定{}件、行政处罚决定{}件。",
                facts.licensing, facts.penalty
            ),
            Form::Y2019 => "（三）政府信息管理。坚持先审查后公开，定期清理文件。".to_owned(),
        },
        "（四）政府信息公开平台建设。做好栏目维护和内容更新，方便群众查询。".to_owned(),
        "（五）监督保障。明确分管负责人和专职人员，开展业务培训2次，将公开工作纳入年度工作考核，接受社会评议，未发生责任追究情形。".to_owned(),
    ];
    let wanted = report.options.prose.saturating_sub(1500);
    let mut written = 0;
    while written < wanted {
        let filler = filler(random);
        written += filler.len();
        let at = 1 + random.below(paragraphs.len());
        paragraphs.insert(at.max(2).min(paragraphs.len()), filler);
    }
    paragraphs
}

fn requests(report: &Report) -> String {
    let facts = &report.facts;
    if facts.new_received == 0 {
        return format!(
            "{}年未收到政府信息公开申请，上年结转{}件，结转下年度继续办理{}件。",
            report.year, facts.carried_in, facts.carried_out
        );
    }
    format!(
        "全年新收政府信息公开申请{}件，上年结转{}件，办结{}件，结转下年度继续办理{}件。办结的申请中，予以公开{}件，部分公开{}件。",
        facts.new_received,
        facts.carried_in,
        facts.results,
        facts.carried_out,
        facts.granted,
        facts.partial
    )
}

fn filler(random: &mut Random) -> String {
    let (first, second) = (random.below(6), 6 + random.below(6));
    format!(
        "围绕{}和{}等重点领域，梳理公开事项{}项，逐项明确内容、时限和责任科室，及时回应群众关切，组织解读活动{}次，推动公开内容更加准确、完整、便于查询。",
        TOPICS[first],
        TOPICS[second],
        random.between(3, 90),
        random.between(2, 30)
    )
}

/// The fifth section.
pub(crate) fn problems(report: &Report) -> Vec<String> {
    vec![
        "一年来的工作还存在解读形式单一、部分栏目更新不够及时的问题。".to_owned(),
        format!(
            "{}年将丰富解读形式，完善栏目更新机制，加强业务培训，把公开要求落到每个科室。",
            report.year + 1
        ),
    ]
}

/// The sixth section.
pub(crate) fn other_matters(report: &Report) -> Vec<String> {
    vec![format!("{}年度未收取政府信息公开信息处理费。", report.year)]
}
