//! What a wrong file is told.

use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::{FORMS, read};

/// A small, right file. Every test breaks it in one place.
pub(super) const RIGHT: &str = r#"id = "yearly"
name = "年度表"
years = "2021.."
title = ["年度", "表"]

[lists]
others = ["支出"]

[[section]]
id = "income"
number = "一"
heading = "收入"

[[table]]
id = "income"
name = "表一"
section = "income"

[[table.block]]
columns = [{ id = "this_year", label = "本年" }, { id = "total", label = "合计" }]
rows = [
  { id = "tax", label = "税收" },
  { id = "sum", label = "合计", weight = 2 },
]
values = { kind = "amount", unit = "万元", decimals = 2 }

[[relation]]
id = "income-sum"
table = "income"
each = "column"
equation = "tax = sum"
left = "税收"
right = "合计"

[[claim]]
cell = "income.tax.total"
before = ["税收"]
unit = ["万元"]
not = ["{{others}}"]

[[rule]]
id = "income-slip"
use = "unit-slip"
group = "plausibility"
anything = [1, "{{others}}"]

[[level]]
id = "unknown"
name = "层级不明"
pattern = ""

[[level.band]]
cell = "income.tax.total"
warn_above = 1
error_above = 2.5
"#;

/// Breaks the right file in each of the ways `(right, wrong)`, by itself, and lists what is told.
#[track_caller]
fn check(ways: &[(&str, &str)], expected: &Expect) {
    let mut told = String::new();
    for (right, wrong) in ways {
        assert_eq!(RIGHT.matches(right).count(), 1, "{right}");
        let problems = read(&RIGHT.replace(right, wrong), &FORMS).expect_err(wrong);
        for (at, problem) in problems.iter().enumerate() {
            let mark = if at == 0 { '-' } else { ' ' };
            let _ = writeln!(told, "{mark} {} {}: {}", problem.line, problem.key, problem.message);
        }
    }
    expected.assert_eq(&told);
}

#[test]
fn a_page_may_be_a_file_that_can_be_read() {
    let right = "anything = [1";
    check(
        &[
            (right, "page = \"pages/none.md\"\nanything = [1"),
            ("left = \"税收\"", "left = \"税收\"\npage = \"none.md\""),
        ],
        &expect![[r"
            - 42 rule[income-slip].page: 读不了规则说明的文件“pages/none.md”：entity not found
            - 28 relation[income-sum].page: 读不了规则说明的文件“none.md”：entity not found
        "]],
    );
    let form = |page: &str| {
        let with_page = RIGHT.replace(right, &format!("page = {page}\n{right}"));
        crate::form::read(&with_page, &[], &mut |path| Ok(format!("{path}说明"))).unwrap()
    };
    assert_eq!(form("\"a.md\"").rules[0].page, "a.md说明");
    // A text that only ends like a file is a text.
    assert_eq!(form("\"\"\"说明\n见 a.md\"\"\"").rules[0].page, "说明\n见 a.md");
}

#[test]
fn the_right_file_is_right() {
    let form = read(RIGHT, &[]).unwrap_or_else(|problems| panic!("{problems:?}"));
    assert_eq!(form.claims[0].not, ["支出"]);
    assert_eq!(form.rules[0].params.to_string(), "anything = [1, \"支出\"]\n");
    assert_eq!(form.rules[0].line, 41);
}

#[test]
fn syntax() {
    check(
        &[
            ("id = \"yearly\"", "id = \"yearly"),
            ("number = \"一\"", "number ="),
            ("number = \"一\"", "number \"一\""),
            ("number = \"一\"", "编号 = \"一\""),
            ("[[relation]]", "[[relation]"),
            ("number = \"一\"", "number = \"一\"\nnumber = \"二\""),
            ("rows = [", "rows = "),
        ],
        &expect![[r"
            - 1 id: 不合 TOML 语法：字符串缺少结尾的引号，或含有不能直接写的字符
            - 11 number: 不合 TOML 语法：等号后面缺少值，或字符串没有写在引号里
            - 11 number: 不合 TOML 语法：键和值之间缺少等号
            - 11 编号: 不合 TOML 语法：键含有中文等字符时要写在引号里
            - 27 relation: 不合 TOML 语法：[[…]] 没有写完
            - 12 number: 不合 TOML 语法：同一个键写了两次
            - 22 id: 不合 TOML 语法：这里应是“键 = 值”
        "]],
    );
}

#[test]
fn unknown_and_missing_keys() {
    check(
        &[
            ("number = \"一\"", "numbr = \"一\""),
            ("columns = [{ id", "colums = [{ id"),
            ("{ id = \"tax\", label", "{ id = \"tax\", lable"),
            ("[[claim]]", "[[claims]]"),
            ("use = \"unit-slip\"", "mechanism = \"unit-slip\""),
            ("name = \"年度表\"", ""),
            ("kind = \"amount\", ", ""),
        ],
        &expect![[r"
            - 9 section[income].number: 缺少“number”：标题前的序号，不含顿号。
              11 section[income].numbr: 没有名为“numbr”的键；最接近的是“number”
            - 19 table[income].block[1].columns: 缺少“columns”：数值列，自左至右。
              20 table[income].block[1].colums: 没有名为“colums”的键；最接近的是“columns”
            - 22 table[income].block[1].rows[tax].label: 缺少“label”：行名。
              22 table[income].block[1].rows[tax].lable: 没有名为“lable”的键；最接近的是“label”
            - 35 claims: 没有名为“claims”的键；最接近的是“claim”
            - 41 rule[income-slip].use: 缺少“use”：检查机制的名称。
            - 1 name: 缺少 name：没有底本的表单必须写明
            - 25 table[income].block[1].values.kind: 缺少“kind”：种类。
        "]],
    );
}

#[test]
fn wrong_types() {
    check(
        &[
            ("years = \"2021..\"", "years = 2021"),
            ("title = [\"年度\", \"表\"]", "title = \"年度\""),
            ("kind = \"amount\"", "kind = \"amuont\""),
            ("each = \"column\"", "each = \"columns\""),
            ("each = \"column\"", "each = true"),
            ("decimals = 2", "decimals = -1"),
            ("decimals = 2", "decimals = 13"),
            ("weight = 2", "weight = \"2\""),
            ("weight = 2", "weight = 0"),
            ("warn_above = 1\n", "warn_above = 1e40\n"),
            ("[[table.block]]\n", "[[table.block]]\ncorner = { txt = \"项目\" }\n"),
            ("[[table.block]]\n", "[[table.block]]\ncorner = 3\n"),
            ("group = \"plausibility\"", "group = \"plausible\""),
            ("kind = \"amount\", unit", "kind = \"count\", unit"),
        ],
        &expect![[r#"
            - 3 years: 应为字符串，现为整数 2021
            - 4 title: 应为列表，现为字符串“年度”
            - 25 table[income].block[1].values.kind: 没有“amuont”这个取值；最接近的是“amount”
            - 30 relation[income-sum].each: 没有“columns”这个取值；最接近的是“column”
            - 30 relation[income-sum].each: 应为字符串，取值为 column、row、table 之一，现为 true
            - 25 table[income].block[1].values.decimals: 应为0至12的整数，现为 -1
            - 25 table[income].block[1].values.decimals: 小数位数应为0至12，现为 13
            - 23 table[income].block[1].rows[sum].weight: 应为数，现为字符串“2”
            - 23 table[income].block[1].rows[sum].weight: weight 应大于0，现为 0
            - 54 level[unknown].band[income.tax.total].warn_above: “10000000000000000000000000000000000000000”超出了可以精确表示的范围
            - 20 table[income].block[1].corner.text: 缺少“text”：规范文字。
              20 table[income].block[1].corner.txt: 没有名为“txt”的键；最接近的是“text”
            - 20 table[income].block[1].corner: 应为字符串或表，现为整数 3
            - 44 rule[income-slip].group: 没有“plausible”这个取值；最接近的是“plausibility”
            - 20 table[income].block[1].values: 只有 kind = "amount" 才能写 unit 和 decimals
        "#]],
    );
}

#[test]
fn names() {
    check(
        &[
            ("section = \"income\"", "section = \"incomes\""),
            ("table = \"income\"", "table = \"outcome\""),
            ("\"tax = sum\"", "\"taxes = sum\""),
            ("cell = \"income.tax.total\"\nbefore", "cell = \"income.tax.sum\"\nbefore"),
            ("cell = \"income.tax.total\"\nbefore", "cell = \"tax\"\nbefore"),
            ("cell = \"income.tax.total\"\nwarn", "cell = \"income.tax.*\"\nwarn"),
            ("not = [\"{{others}}\"]", "not = [\"{{other}}\"]"),
            ("pattern = \"\"", "pattern = \"{{cities}}市\""),
            ("pattern = \"\"", "pattern = \"(市\""),
            ("years = \"2021..\"", "years = \"2021..\"\nbase = \"annual-report-2012\""),
            ("years = \"2021..\"", "years = \"2021..\"\nomit = [\"x\"]"),
        ],
        &expect![[r"
            - 17 table[income].section: 没有编号为“incomes”的部分；最接近的是“income”
            - 29 relation[income-sum].table: 没有名为“outcome”的表格；最接近的是“income”
            - 31 relation[income-sum].equation: 没有名为“taxes”的行；最接近的是“tax”
            - 36 claim[income.tax.sum].cell: 表格“income”里没有单元格“tax.sum”；最接近的是“tax.total”
            - 36 claim[tax].cell: “tax”不是单元格，应写作“表.行.列”
            - 53 level[unknown].band[income.tax.*].cell: 区间只能说一个单元格
            - 39 claim[income.tax.total].not: [lists] 里没有词表“other”；最接近的是“others”
            - 50 level[unknown].pattern: [lists] 里没有词表“cities”；可用的有：others
            - 50 level[unknown].pattern: 不是正确的正则表达式：从“(市”起读不懂（unclosed group）
            - 4 base: 没有编号为“annual-report-2012”的表单可作底本；最接近的是“annual-report-2019”
            - 4 omit: 底本里没有“x”这样的关系、规则或正文口径
        "]],
    );
}

#[test]
fn ids() {
    check(
        &[
            ("id = \"tax\"", "id = \"sum\""),
            ("id = \"tax\"", "id = \"税\""),
            ("id = \"yearly\"", "id = \"Yearly Form\""),
            ("id = \"income-slip\"", "id = \"income-sum\""),
        ],
        &expect![[r"
            - 23 table[income].block[1].rows[sum].id: 编号“sum”重复，同一列表里的编号应各不相同
            - 22 table[income].block[1].rows[税].id: 编号“税”的写法不对，应为小写英文字母、数字和下划线，可用点分段，如 carried_in
            - 1 id: 编号“Yearly Form”的写法不对，应为小写英文字母、数字和连字符，如 requests-balance
            - 42 rule[income-sum].id: 编号“income-sum”已是一条关系的编号
        "]],
    );
}

#[test]
fn equations() {
    check(
        &[
            ("\"tax = sum\"", "\"tax sum\""),
            ("\"tax = sum\"", "\"tax = sum = tax\""),
            ("\"tax = sum\"", "\"tax > sum\""),
            ("\"tax = sum\"", "\"tax + = sum\""),
            ("\"tax = sum\"", "\"tax + tax = sum\""),
            ("\"tax = sum\"", "\"tax + sum = sum\""),
            ("\"tax = sum\"", "\"\""),
        ],
        &expect![[r"
            - 31 relation[income-sum].equation: 等式缺少 =、>= 或 <=
            - 31 relation[income-sum].equation: 等式只能有一个比较符号
            - 31 relation[income-sum].equation: 只能用 =、>= 或 <= 比较
            - 31 relation[income-sum].equation: 等式缺少一项：+ 和比较符号的两边都要有编号
            - 31 relation[income-sum].equation: “tax”在等式一边写了两次
            - 31 relation[income-sum].equation: 同一单元格不能既在左边又在右边
            - 31 relation[income-sum].equation: 等式缺少 =、>= 或 <=
        "]],
    );
}

#[test]
fn emptiness_and_order() {
    check(
        &[
            (
                "columns = [{ id = \"this_year\", label = \"本年\" }, { id = \"total\", label = \"合计\" }]",
                "columns = []",
            ),
            ("label = \"税收\"", "label = \" \""),
            ("heading = \"收入\"", "heading = \"\""),
            ("before = [\"税收\"]", "before = []"),
            ("before = [\"税收\"]", "before = [\"\"]"),
            ("heading = \"收入\"", "heading = \"收入\"\nwords = [[]]"),
            ("years = \"2021..\"", "years = \"2021..2019\""),
            ("years = \"2021..\"", "years = \"二〇二一\""),
            ("warn_above = 1\n", "warn_above = 3\n"),
            ("warn_above = 1\n", "usual = [3]\nwarn_above = 1\n"),
            (
                "[[level]]",
                "[[table]]\nid = \"more\"\nname = \"表二\"\nsection = \"income\"\nblock = []\n\n[[level]]",
            ),
        ],
        &expect![[r"
            - 20 table[income].block[1].columns: 没有列，至少要有一列
            - 22 table[income].block[1].rows[tax].label: 名称是空的，应写明表内的文字
            - 10 section[income].heading: 标题是空的，应写明不含序号的规范标题
            - 37 claim[income.tax.total].before: before 是空的，至少要有一个词
            - 37 claim[income.tax.total].before: 词表里有一个空词
            - 10 section[income].words: 有一组词是空的，每组至少要有一个词
            - 3 years: 年份范围“2021..2019”的起年晚于止年
            - 3 years: “二〇二一”不是年份范围，应写作 2021..、2019..2020、..2018 或 2021
            - 55 level[unknown].band[income.tax.total].error_above: error_above 应不小于 warn_above（3）
            - 54 level[unknown].band[income.tax.total].usual: usual 应为两个数：最小值和最大值，如 [0, 500]
            - 48 table[more].block: 表格没有区块，至少要有一个 [[table.block]]
              50 table[more].section: 部分“income”已有一张表格，一个部分只能有一张
        "]],
    );
}
