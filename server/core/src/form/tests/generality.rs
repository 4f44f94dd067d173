//! Forms that gouji does not bring: another kind of document, and a user's change of a form that gouji brings.

use super::{FORMS, read};
use crate::form::skeleton::{SkeletonLayout, table_text};
use crate::form::{Comparison, Form, Severity, ValueKind};

pub(super) const FINAL_ACCOUNTS: &str = include_str!("final-accounts.toml");

fn keys(form: &Form, cells: &[usize]) -> Vec<String> {
    cells.iter().map(|&cell| form.tables[0].key(cell)).collect()
}

#[test]
fn a_form_of_amounts_is_read_by_the_same_code() {
    let form = read(FINAL_ACCOUNTS, &[]).unwrap();
    assert_eq!((form.tables[0].cell_count, form.family.as_str()), (12 + 15, "final-accounts"));
    let wan = ValueKind::Amount { unit: "万元".into(), decimals: 2 };
    let kinds = |block: usize| -> Vec<_> {
        form.tables[0].blocks[block].columns.iter().map(|column| column.values.clone()).collect()
    };
    assert_eq!(kinds(0), [wan.clone(), wan.clone()]);
    assert_eq!(kinds(1), [wan.clone(), wan, ValueKind::Count]);
    assert_eq!(form.claims[0].not, ["预算", "财政专户", "其中", "三公"]);
    let claimed: Vec<usize> = form.claims[0].cells.iter().map(|&(_, cell)| cell).collect();
    assert_eq!(keys(&form, &claimed), ["expense.basic.final", "expense.project.final"]);
}

#[test]
fn a_relation_may_span_blocks() {
    let form = read(FINAL_ACCOUNTS, &[]).unwrap();
    let relation = &form.relations[1];
    let instance = &relation.instances[1];
    assert_eq!((relation.instances.len(), instance.scope.as_str()), (2, "决算数"));
    assert_eq!(keys(&form, &instance.left), ["income_sum.final", "opening_balance.final"]);
    assert_eq!(keys(&form, &instance.right), ["expense_sum.final", "closing_balance.final"]);
    assert_eq!(keys(&form, &[instance.total]), ["expense_sum.final"]);
}

#[test]
fn a_relation_of_rows_holds_where_its_columns_are() {
    let form = read(FINAL_ACCOUNTS, &[]).unwrap();
    let relation = &form.relations[2];
    assert_eq!((relation.instances.len(), relation.comparison), (11, Comparison::AtMost));
    assert_eq!(form.relations[3].instances.len(), 1);
}

#[test]
fn a_form_of_amounts_has_a_skeleton() {
    let form = read(FINAL_ACCOUNTS, &[]).unwrap();
    let text = table_text(&form, 0, SkeletonLayout::Markdown);
    assert!(text.contains("| 按性质分 | 一、基本支出 | 0 | 0 | 0 |"), "{text}");
}

#[test]
fn a_user_changes_what_they_name_and_keeps_the_rest() {
    let own = r#"
id = "our-report"
base = "annual-report-2021"
years = "2024.."
omit = ["in-force-below-issued"]

[[section]]
id = "problems"
number = "五"
heading = "存在的问题"

[[relation]]
id = "review-total"
table = "review_litigation"
each = "table"
equation = "review.upheld + review.corrected + review.other = review.total"
severity = "warning"
left = "已审结之和"
right = "总计"

[[claim]]
cell = "requests.new_received.total"
before = ["收文"]
unit = ["件"]

[[rule]]
id = "our-rule"
use = "unit-slip"
group = "plausibility"
"#;
    let base = &FORMS[0];
    let form = read(own, &FORMS).unwrap();
    assert_eq!((form.name.as_str(), form.family.as_str()), (base.name.as_str(), "annual-report"));
    assert_eq!(form.relations.len(), base.relations.len() - 1);
    let relation = form.relations.iter().find(|it| it.id == "review-total").unwrap();
    assert_eq!((relation.severity, relation.instances[0].left.len()), (Severity::Warning, 3));
    assert!(relation.page.contains("## 查什么"));
    assert_eq!(
        form.section("problems").map(|at| form.sections[at].heading.as_str()),
        Some("存在的问题")
    );
    let received = |form: &Form| -> Vec<_> {
        form.claims.iter().filter(|it| it.key == "requests.new_received.total").cloned().collect()
    };
    assert_eq!(received(&form)[0].before, ["收文"]);
    // It takes the place of all that the base says of the cell.
    let others = base.claims.len() - received(base).len();
    assert_eq!((received(&form).len(), form.claims.len()), (1, others + 1));
    assert_eq!(form.rules.len(), base.rules.len() + 1);
    assert_eq!((&form.tables, &form.levels), (&base.tables, &base.levels));
}

#[test]
fn a_changed_table_must_fit_what_the_base_says_of_it() {
    let own = r#"
id = "our-report"
base = "annual-report-2021"
years = "2024.."

[[table]]
id = "review_litigation"
name = "表四"
section = "review_litigation"

[[table.block]]
columns = [{ id = "review.total", label = "总计" }]
"#;
    let problems = read(own, &FORMS).unwrap_err();
    assert!(problems.iter().all(|problem| (problem.line, problem.key.as_str()) == (3, "base")));
    assert!(
        problems.iter().any(|problem| problem.message.contains("review-total")),
        "{problems:?}"
    );
}
