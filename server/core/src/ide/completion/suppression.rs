//! In a line that silences rules: the rules' ids, those that have something to say first.

use super::cursor::Cursor;
use super::{Completion, CompletionKind};

/// What such a line begins with.
const OPENINGS: [&str; 2] = ["<!-- gouji-ignore-file ", "<!-- gouji-ignore "];

/// The ids for the cursor; `None` outside of such lines.
pub(super) fn complete(cursor: &Cursor<'_>) -> Option<Vec<Completion>> {
    let before = cursor.before().trim_start();
    let Some(ids) = OPENINGS.iter().find_map(|opening| before.strip_prefix(opening)) else {
        let begun = OPENINGS.iter().filter(|it| it.starts_with(before) && !before.is_empty());
        let offer = |opening: &&str| {
            let name = opening.trim_start_matches("<!-- ").trim_end();
            let sides = (before.len(), 0);
            let mut offer = cursor.offer(CompletionKind::Rule, name, sides, (*opening).to_owned());
            let place = if *opening == OPENINGS[0] { "本文件中" } else { "下一行" };
            offer.detail = format!("忽略{place}的规则，要写理由");
            offer
        };
        let offers: Vec<_> = begun.rev().map(offer).collect();
        return (!offers.is_empty()).then_some(offers);
    };
    if ids.contains([':', '：']) {
        return Some(Vec::new());
    }
    let typed = ids.rsplit([',', '，', '、', ' ']).next().unwrap_or_default();
    let named: Vec<&str> = ids.split([',', '，', '、', ' ']).collect();
    let behind = cursor.behind();
    let rest = behind.len()
        - behind.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '-').len();
    let registry = cursor.snapshot.settings().engine().registry();
    let speaks = |id: &str| cursor.snapshot.findings().any(|found| found.rule().id == id);
    let rules = registry.rules().iter().filter(|rule| rule.id.starts_with(typed));
    let mut rules: Vec<_> =
        rules.filter(|rule| !named.iter().any(|it| *it == rule.id && *it != typed)).collect();
    rules.sort_by_key(|rule| !speaks(&rule.id));
    let offers = rules.into_iter().map(|rule| {
        // A page begins with what it is about.
        let title = rule.page.trim_start().lines().next().unwrap_or_default();
        let title = title.trim_start_matches(['#', ' ']);
        let sides = (typed.len(), rest);
        let mut offer = cursor.offer(CompletionKind::Rule, &*rule.id, sides, rule.id.to_string());
        title.clone_into(&mut offer.detail);
        offer
    });
    Some(offers.collect())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{accepted, offers};
    use crate::ide::testing::changed;

    const BALANCE: (&str, &str) = ("四、结转下年度继续办理 | 0 |", "四、结转下年度继续办理 | 1 |");

    #[test]
    fn rules_that_speak_come_first() {
        let line = "<!-- gouji-ignore requests-$0 -->\n四、结转";
        let text = changed(&[BALANCE, ("四、结转", line)]);
        let found = offers(&text);
        assert_eq!(found[0].label, "requests-balance");
        assert!(found.len() > 3 && found.iter().all(|it| it.label.starts_with("requests-")));
        assert!(found[0].detail.contains("本年新收加上年结转"), "{}", found[0].detail);
        let expected = line.replace("requests-$0", "requests-row-total");
        assert_eq!(
            accepted(&text, "requests-row-total"),
            changed(&[BALANCE, ("四、结转", &expected)])
        );
    }

    #[test]
    fn the_mark_itself_follows_from_its_beginning() {
        for typed in ["<!", "<!-- ", "<!-- gouji-ig"] {
            let text = changed(&[("四、结转", &format!("{typed}$0\n四、结转"))]);
            let names: Vec<String> = offers(&text).into_iter().map(|it| it.label).collect();
            assert_eq!(names, ["gouji-ignore", "gouji-ignore-file"], "{typed}");
            let expected = changed(&[("四、结转", "<!-- gouji-ignore \n四、结转")]);
            assert_eq!(accepted(&text, "gouji-ignore"), expected);
        }
    }

    #[test]
    fn a_named_rule_is_not_named_again_and_a_reason_is_the_authors() {
        let text = changed(&[(
            "四、结转",
            "<!-- gouji-ignore requests-balance, requests-$0 -->\n四、结转",
        )]);
        assert!(offers(&text).iter().all(|it| it.label != "requests-balance"));
        let text = changed(&[("四、结转", "<!-- gouji-ignore requests-balance: $0 -->\n四、结转")]);
        assert!(offers(&text).is_empty());
    }
}
