//! What runs unattended is safe: over all example reports, reports made in every layout and random slips in them, no figure, year or citation changes,
//! no sentence goes, nothing new is wrong, and a second run finds nothing to do. All rules are on, and every rule with a safe fix takes part.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use gouji_core::engine::{Engine, Settings};
use gouji_core::ide::{apply_edits, safe_fix, safe_fixes};
use gouji_core::references::document_numbers;
use gouji_core::rules::{Fixable, Group};
use gouji_core::snapshot::{Found, Snapshot};
use gouji_generator::{Layout, Options, Random, Report, render};
use support::{cells, examples, keep};

/// As many as the command line makes.
const ROUNDS: usize = 10;

#[test]
fn all_safe_fixes_of_an_example_change_no_fact() {
    let mut fixed = 0;
    for (name, text) in examples() {
        match problem(&text) {
            Ok(rules) => fixed += rules.values().sum::<usize>(),
            Err(problem) => panic!("{name}: {problem}"),
        }
    }
    assert!(fixed >= 6, "only {fixed} fixes");
}

#[test]
fn all_safe_fixes_after_random_slips_change_no_fact() {
    let examples = examples();
    let count = support::times("GOUJI_TEST_REPORTS", 400);
    let taken = Mutex::new(BTreeSet::new());
    support::for_each_seed("safe fixes", count, 0, |seed| {
        let mut random = Random::new(seed);
        let (name, text) = if random.chance(50) {
            random.pick(&examples).clone()
        } else {
            let layouts = [Layout::READABLE.as_slice(), &Layout::LOSSY].concat();
            let layout = *random.pick(&layouts);
            let options = Options::random(&mut random);
            (layout.name().to_owned(), render(&Report::random(seed, &options), layout))
        };
        let mut text = slipped(&text, &mut random);
        // Each has its turn.
        turn(&mut text, TURNS[seed as usize % TURNS.len()], &mut random);
        match problem(&text) {
            Ok(rules) => {
                taken.lock().expect("no panic").extend(rules.into_keys());
                None
            }
            Err(problem) => {
                Some(format!("{name}: {problem} in {}", keep(&format!("fixes-{seed}.txt"), &text)))
            }
        }
    });
    let taken = taken.into_inner().expect("no panic");
    let engine = Engine::builtin();
    let rules = engine.registry().rules().iter().filter(|rule| rule.fixable == Fixable::Safe);
    let idle: Vec<_> = rules.filter(|rule| !taken.contains(&*rule.id)).map(|it| &*it.id).collect();
    assert!(idle.is_empty(), "no slip was one for {idle:?}");
}

/// Every rule is on.
fn settings() -> Arc<Settings> {
    let engine = Engine::builtin();
    let mut settings = Settings::new(engine.clone());
    for rule in engine.registry().rules() {
        settings.enable(engine.registry().find(&rule.id).expect("a rule"));
    }
    Arc::new(settings)
}

/// What goes wrong in drafts: widths, doubled marks, blanks, what was pasted along.
const SLIPS: [&str; 28] = [
    ",",
    ".",
    "，，",
    "。。",
    "、。",
    ";",
    ":",
    " ",
    "\u{a0}",
    "\u{3000}",
    "\t",
    "（",
    "(",
    "〔",
    "[",
    "”",
    "\"",
    "《",
    "》》",
    "１",
    "２０２４",
    "1,234",
    "截止",
    "截止到12月31日",
    "国办公开办函[2021]30号",
    "第",
    "\u{200b}",
    "\u{7}",
];

/// What goes wrong at places of its own: words of a report and what stands there instead.
const TURNS: [(&str, &str); 40] = [
    ("\n五、", "\n四、"),
    ("\n六、", "\n"),
    ("\n二、", "\n　　二、"),
    ("\n三、", "\n### 三、"),
    ("（二）", "（2）"),
    ("（二）", "（三）"),
    ("（三）", "（三） "),
    ("（四）", "（四）、"),
    ("（一）予以公开", "(一) 予以公开"),
    ("（七）总计", "(七)总计"),
    ("规章", "规 章"),
    (" 0 |", " ０ |"),
    (" 0 |", " 1,234 |"),
    (" 0 |", " 3件 |"),
    ("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", ""),
    ("等于第三项加第四项之和", "等于第三项与第四项之和"),
    ("\t\t2.重复申请", "2.重复申请\t\t"),
    ("结果维持", "结果 维持"),
    ("1月1日", "01月01日"),
    ("2025年1月1日", "2025-1-1"),
    ("〔2021〕", "[2021]"),
    ("〔2021〕30号", "〔2021〕第030号"),
    ("〔2021〕", "〔 2021〕"),
    ("《中华人民共和国政府信息公开条例》", "《实施<政府信息公开条例>办法》"),
    ("》和《", "》、《"),
    ("。", "。。"),
    ("。\n", "。 \n"),
    ("。\n", "。\n\n\n\n"),
    ("，", ","),
    ("（", "("),
    ("）", ")"),
    ("年", " 年 "),
    ("公开", "公\u{a0}开"),
    ("公开", "公\u{200b}开"),
    ("公开", "“公开”、“解读”"),
    ("公开", "\"公开\""),
    ("公开", "公开&nbsp;"),
    ("公开", "[bookmark: _GoBack]公开"),
    ("截至", "截止"),
    ("\n一、", "\n<!-- gouji-ignore stale-year: 已核对 -->\n一、"),
];

/// The text with a few slips, mostly where a line has words.
fn slipped(text: &str, random: &mut Random) -> String {
    let mut text = text.to_owned();
    for _ in 0..random.between(1, 6) {
        let at = random.below(text.len() + 1);
        let at = (at..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
        match random.below(8) {
            0 => {
                let next = text[at..].chars().next().map_or(0, char::len_utf8);
                text.replace_range(at..at + next, "");
            }
            1 => {
                let next = text[at..].chars().next().map_or(0, char::len_utf8);
                let again = text[at..at + next].to_owned();
                text.insert_str(at, &again);
            }
            2 | 3 => text.insert_str(at, SLIPS[random.below(SLIPS.len())]),
            _ => turn(&mut text, *random.pick(&TURNS), random),
        }
    }
    text
}

/// Writes `to` for `from` somewhere.
fn turn(text: &mut String, (from, to): (&str, &str), random: &mut Random) {
    let places: Vec<_> = text.match_indices(from).map(|(at, _)| at).collect();
    if !places.is_empty() {
        let at = *random.pick(&places);
        text.replace_range(at..at + from.len(), to);
    }
}

/// How many fixes of each rule were made, or what they broke.
fn problem(text: &str) -> Result<BTreeMap<String, usize>, String> {
    let (mut now, mut made) = (text.to_owned(), BTreeMap::new());
    for _ in 0..ROUNDS {
        let snapshot = Snapshot::new(&now, settings());
        let fixes = safe_fixes(snapshot.findings());
        if fixes.count == 0 {
            return if made.is_empty() {
                Ok(made)
            } else {
                compare(text, &snapshot).map(|()| made)
            };
        }
        let mut may_lose = false;
        for found in snapshot.findings().filter(|found| safe_fix(found).is_some()) {
            changes_no_fact(&now, &found)?;
            may_lose |= is_exempt(&found);
            *made.entry(found.rule().id.to_string()).or_default() += 1;
        }
        let next =
            apply_edits(&now, &fixes.edits).ok_or("edits that overlap or cut a character")?;
        if !may_lose && figures_of(&now) != figures_of(&next) {
            return Err(format!("{:?} change the figures of the text", made.keys()));
        }
        now = next;
    }
    Err(format!("not done after {ROUNDS} rounds"))
}

/// What is left over from a web page, and a suppression, is no fact; ordinals count nothing.
fn is_exempt(found: &Found<'_>) -> bool {
    let rule = found.rule();
    rule.group == Group::Leftover
        || ["heading-numeral", "heading-sequence", "section-number"]
            .iter()
            .any(|own| rule.id.starts_with(own))
}

/// A safe fix writes the figures that it takes away, whatever their width, and takes no sentence with it.
fn changes_no_fact(text: &str, found: &Found<'_>) -> Result<(), String> {
    let Some(fix) = safe_fix(found).filter(|_| !is_exempt(found)) else { return Ok(()) };
    let pieces = |new: bool| {
        fix.edits.iter().map(move |edit| {
            if new { edit.text.clone() } else { text[found.report.range(edit.place)].to_owned() }
        })
    };
    let figures = |new: bool| pieces(new).flat_map(|it| figures_of(&it)).collect::<Vec<_>>();
    let rule = &found.rule().id;
    if figures(false) != figures(true) {
        return Err(format!("{rule} makes {:?} {:?}", figures(false), figures(true)));
    }
    let words = |new: bool| {
        let pieces = pieces(new).collect::<String>();
        let words = pieces.chars().filter(|c| c.is_alphanumeric()).count();
        (pieces.matches('。').count(), words)
    };
    let ((old_stops, old_words), (stops, words)) = (words(false), words(true));
    if old_stops > stops && old_words > words + 4 {
        return Err(format!("{rule} deletes a sentence: {}", fix.title));
    }
    Ok(())
}

/// The figures of a text, without what separates thousands and leading zeros.
fn figures_of(text: &str) -> Vec<String> {
    let mut figures: Vec<String> = Vec::new();
    // Half as wide, and nothing else of it folded: the mark in 2025-1-1 parts figures.
    let narrow = |c: char| match c {
        '０'..='９' | '，' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    };
    let chars: Vec<char> = text.chars().map(narrow).collect();
    let mut is_open = false;
    for (at, &c) in chars.iter().enumerate() {
        let digits = |range: std::ops::Range<usize>| {
            chars.get(range).is_some_and(|it| it.iter().all(char::is_ascii_digit))
        };
        let separates = c == ',' && is_open && digits(at + 1..at + 4) && !digits(at + 4..at + 5);
        if c.is_ascii_digit() {
            if !is_open {
                figures.push(String::new());
            }
            if let Some(figure) = figures.last_mut() {
                figure.push(c);
            }
        }
        is_open = c.is_ascii_digit() || separates;
    }
    for figure in &mut figures {
        let short = figure.trim_start_matches('0');
        *figure = if short.is_empty() { "0".to_owned() } else { short.to_owned() };
    }
    figures
}

/// The figures of all tables, the citations and the findings, before and after.
fn compare(text: &str, after: &Snapshot) -> Result<(), String> {
    let before = Snapshot::new(text, settings());
    let readable = Snapshot::new(&readable(text), settings());
    let (old, new) = (figures(&before), figures(after));
    // A fix may make a figure readable; one that could be read stays what it was, unless a label was in two and the columns were taken for others.
    for (key, value) in old.iter().filter(|(_, value)| !value.is_empty()) {
        if new.get(key) != Some(value) && new.get(key) != figures(&readable).get(key) {
            return Err(format!("{key}: {value} became {:?}", new.get(key)));
        }
    }
    let (old, mut new) = (citations(&before), citations(after).into_iter());
    if !old.iter().all(|citation| new.any(|it| it == *citation)) {
        return Err(format!("citations {old:?} became {:?}", citations(after)));
    }
    // What is in the way of reading hides what it stands in: a control character within a month leaves no period that could be wrong.
    let (old, new) = (by_rule(&readable), by_rule(after));
    let worse = new.iter().find(|(rule, count)| old.get(*rule).unwrap_or(&0) < count);
    worse.map_or(Ok(()), |(rule, count)| {
        Err(format!("{rule}: {count} findings where there were {:?}", old.get(rule)))
    })
}

/// The text without what is in the way of reading it.
fn readable(text: &str) -> String {
    let snapshot = Snapshot::new(text, settings());
    let blinds =
        ["control-char", "nbsp-or-ideographic-space", "html-residue", "word-field-residue"];
    let in_the_way = snapshot.findings().filter(|found| blinds.contains(&&*found.rule().id));
    apply_edits(text, &safe_fixes(in_the_way).edits).unwrap_or_default()
}

fn figures(snapshot: &Snapshot) -> BTreeMap<String, String> {
    let reports = snapshot.reports().enumerate();
    reports
        .flat_map(|(at, report)| {
            cells(report.report).into_iter().map(move |(key, value)| (format!("{at} {key}"), value))
        })
        .collect()
}

/// Year and sequence of every document number.
fn citations(snapshot: &Snapshot) -> Vec<(Option<u16>, u32)> {
    let text = snapshot.text().to_string();
    document_numbers(&text).map(|it| (it.year, it.sequence)).collect()
}

fn by_rule(snapshot: &Snapshot) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for found in snapshot.findings() {
        // A section that nothing is known of is an unknown heading as soon as one stands in its place.
        let id = match &*found.rule().id {
            "extra-top-level-section" => "missing-section",
            id => id,
        };
        *counts.entry(id.to_owned()).or_insert(0) += 1;
    }
    counts
}
