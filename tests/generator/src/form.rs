//! The two forms of the annual report as a test sees them: labels and keys.

/// Which form a report follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Form {
    /// Report years 2021 and later.
    #[default]
    Y2021,
    /// Report years 2019 and 2020.
    Y2019,
}

/// A row of the requests table.
pub(crate) struct RequestRow {
    pub(crate) key: &'static str,
    pub(crate) group: Option<&'static str>,
    pub(crate) label: &'static str,
}

/// A part of the table on proactive disclosure with a header of its own.
pub(crate) struct Block {
    pub(crate) caption: &'static str,
    pub(crate) headers: &'static [&'static str],
    pub(crate) columns: &'static [&'static str],
    pub(crate) rows: &'static [(&'static str, &'static str)],
}

pub(crate) const NOTE: &str =
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";
pub(crate) const BANNER: &str = "申请人情况";
pub(crate) const NATURAL_PERSON: &str = "自然人";
pub(crate) const ORGANISATION: &str = "法人或其他组织";
pub(crate) const ORGANISATIONS: [&str; 5] =
    ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"];
pub(crate) const TOTAL: &str = "总计";
pub(crate) const RESULTS: &str = "三、本年度办理结果";
pub(crate) const OUTCOMES: [&str; 5] = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];
pub(crate) const REQUEST_COLUMNS: [&str; 7] = [
    "natural_person",
    "business",
    "research",
    "public_benefit",
    "legal_service",
    "other_org",
    "total",
];
pub(crate) const REVIEW_GROUPS: [&str; 3] = ["review", "suit_direct", "suit_after_review"];
pub(crate) const REVIEW_CELLS: [&str; 5] = ["upheld", "corrected", "other", "pending", "total"];

pub(crate) const HEADINGS: [&str; 6] = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
];

const REFUSED: &str = "（三）不予公开";
const UNABLE: &str = "（四）无法提供";
const UNPROCESSED: &str = "（五）不予处理";
const OTHER: &str = "（六）其他处理";

const fn row(key: &'static str, group: Option<&'static str>, label: &'static str) -> RequestRow {
    RequestRow { key, group, label }
}

const COMMON: [RequestRow; 20] = [
    row("new_received", None, "一、本年新收政府信息公开申请数量"),
    row("carried_in", None, "二、上年结转政府信息公开申请数量"),
    row("granted", None, "（一）予以公开"),
    row("partial", None, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    row("refused.state_secret", Some(REFUSED), "1.属于国家秘密"),
    row("refused.barred_by_law", Some(REFUSED), "2.其他法律行政法规禁止公开"),
    row("refused.security_stability", Some(REFUSED), "3.危及“三安全一稳定”"),
    row("refused.third_party", Some(REFUSED), "4.保护第三方合法权益"),
    row("refused.internal_affairs", Some(REFUSED), "5.属于三类内部事务信息"),
    row("refused.deliberative", Some(REFUSED), "6.属于四类过程性信息"),
    row("refused.case_file", Some(REFUSED), "7.属于行政执法案卷"),
    row("refused.admin_inquiry", Some(REFUSED), "8.属于行政查询事项"),
    row("unable.not_held", Some(UNABLE), "1.本机关不掌握相关政府信息"),
    row("unable.needs_creation", Some(UNABLE), "2.没有现成信息需要另行制作"),
    row("unable.unclear", Some(UNABLE), "3.补正后申请内容仍不明确"),
    row("unprocessed.petition", Some(UNPROCESSED), "1.信访举报投诉类申请"),
    row("unprocessed.repeat", Some(UNPROCESSED), "2.重复申请"),
    row("unprocessed.publication", Some(UNPROCESSED), "3.要求提供公开出版物"),
    row("unprocessed.vexatious", Some(UNPROCESSED), "4.无正当理由大量反复申请"),
    row("unprocessed.reissue", Some(UNPROCESSED), "5.要求行政机关确认或重新出具已获取信息"),
];
const OTHER_2021: [RequestRow; 3] = [
    row(
        "other.no_correction",
        Some(OTHER),
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    ),
    row(
        "other.fee_unpaid",
        Some(OTHER),
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    ),
    row("other.misc", Some(OTHER), "3.其他"),
];
const OTHER_2019: [RequestRow; 1] = [row("other", None, OTHER)];
const CLOSING: [RequestRow; 2] =
    [row("results_total", None, "（七）总计"), row("carried_out", None, "四、结转下年度继续办理")];

const DOCUMENTS_2021: &[&str] = &["本年制发件数", "本年废止件数", "现行有效件数"];
const DECISIONS_2021: &[&str] = &["本年处理决定数量"];
const DOCUMENTS_2019: &[&str] = &["本年新制作数量", "本年新公开数量", "对外公开总数量"];
const DECISIONS_2019: &[&str] = &["上一年项目数量", "本年增/减", "处理决定数量"];

const BLOCKS_2021: [Block; 4] = [
    Block {
        caption: "第二十条第（一）项",
        headers: DOCUMENTS_2021,
        columns: &["issued", "repealed", "in_force"],
        rows: &[("rules", "规章"), ("normative_docs", "行政规范性文件")],
    },
    Block {
        caption: "第二十条第（五）项",
        headers: DECISIONS_2021,
        columns: &["decisions"],
        rows: &[("licensing", "行政许可")],
    },
    Block {
        caption: "第二十条第（六）项",
        headers: DECISIONS_2021,
        columns: &["decisions"],
        rows: &[("penalty", "行政处罚"), ("compulsion", "行政强制")],
    },
    Block {
        caption: "第二十条第（八）项",
        headers: &["本年收费金额（单位：万元）"],
        columns: &["amount"],
        rows: &[("admin_fee", "行政事业性收费")],
    },
];

const BLOCKS_2019: [Block; 5] = [
    Block {
        caption: "第二十条第（一）项",
        headers: DOCUMENTS_2019,
        columns: &["made", "disclosed", "disclosed_total"],
        rows: &[("rules", "规章"), ("normative_docs", "规范性文件")],
    },
    Block {
        caption: "第二十条第（五）项",
        headers: DECISIONS_2019,
        columns: &["last_year_items", "change", "decisions"],
        rows: &[("licensing", "行政许可"), ("other_services", "其他对外管理服务事项")],
    },
    Block {
        caption: "第二十条第（六）项",
        headers: DECISIONS_2019,
        columns: &["last_year_items", "change", "decisions"],
        rows: &[("penalty", "行政处罚"), ("compulsion", "行政强制")],
    },
    Block {
        caption: "第二十条第（八）项",
        headers: &["上一年项目数量", "本年增/减"],
        columns: &["last_year_items", "change"],
        rows: &[("admin_fee", "行政事业性收费")],
    },
    Block {
        caption: "第二十条第（九）项",
        headers: &["采购项目数量", "采购总金额"],
        columns: &["items", "amount"],
        rows: &[("procurement", "政府集中采购")],
    },
];

impl Form {
    pub(crate) fn blocks(self) -> &'static [Block] {
        match self {
            Self::Y2021 => &BLOCKS_2021,
            Self::Y2019 => &BLOCKS_2019,
        }
    }

    pub(crate) fn request_rows(self) -> impl Iterator<Item = &'static RequestRow> {
        let other: &[RequestRow] = match self {
            Self::Y2021 => &OTHER_2021,
            Self::Y2019 => &OTHER_2019,
        };
        COMMON.iter().chain(other).chain(&CLOSING)
    }

    /// Keys of the proactive table in the order of its cells: `rules.issued`.
    pub(crate) fn proactive_keys(self) -> impl Iterator<Item = String> {
        self.blocks().iter().flat_map(|block| {
            block.rows.iter().flat_map(|(row, _)| {
                block.columns.iter().map(move |column| format!("{row}.{column}"))
            })
        })
    }

    /// Number of rows between the two that open the requests table and the two that close it.
    pub(crate) fn result_items(self) -> usize {
        self.request_rows().count() - 4
    }

    /// The form's id in exported data.
    pub fn id(self) -> &'static str {
        match self {
            Self::Y2021 => "annual-report-2021",
            Self::Y2019 => "annual-report-2019",
        }
    }
}
