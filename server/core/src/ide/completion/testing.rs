//! Helpers of the tests: a text with `$0` in; the list, or the text after an offer was taken, out.

use super::{Completion, Situation, completions};
use crate::form::skeleton::SkeletonLayout;
use crate::ide::testing::cursor;

pub(super) const SITUATION: Situation =
    Situation { year: 2025, layout: SkeletonLayout::Pipes, invoked: true };

/// The offers of a user who asks for them. What every one must hold is looked at.
#[track_caller]
pub(super) fn offers(fixture: &str) -> Vec<Completion> {
    offers_in(fixture, SITUATION)
}

/// The same in another situation.
#[track_caller]
pub(super) fn offers_in(fixture: &str, situation: Situation) -> Vec<Completion> {
    let (snapshot, at) = cursor(fixture);
    let text = snapshot.text().to_string();
    let found = completions(&snapshot, at, situation);
    for offer in &found {
        assert_eq!(offer.range.start, found[0].range.start, "{offer:?}");
        let range = offer.range.clone();
        let typed = text.get(range.start..at).expect("the cursor is in the range");
        assert!(at <= range.end && text.get(range.clone()).is_some(), "{offer:?}");
        assert!(!text[range].contains(['\n', '\r']), "{offer:?}");
        assert!(offer.filter.starts_with(typed), "{offer:?}");
        assert!(!offer.filter.contains(['\n', '\r']), "{offer:?}");
        let mut last = 0;
        for stop in &offer.stops {
            assert!(last <= stop.range.start && offer.text.get(stop.range.clone()).is_some());
            last = stop.range.end;
        }
    }
    found
}

/// The first offer.
#[track_caller]
pub(super) fn first(fixture: &str) -> Completion {
    offers(fixture).into_iter().next().expect("an offer")
}

/// Labels with what stands beside them.
#[track_caller]
pub(super) fn listed(fixture: &str) -> Vec<String> {
    let line = |it: &Completion| format!("{} {}", it.label, it.detail).trim_end().to_owned();
    offers(fixture).iter().map(line).collect()
}

/// The labels of offers that come by themselves.
#[track_caller]
pub(super) fn quiet(fixture: &str) -> Vec<String> {
    let found = offers_in(fixture, Situation { invoked: false, ..SITUATION });
    found.into_iter().map(|offer| offer.label).collect()
}

/// The text after the offer of this label was taken.
#[track_caller]
pub(super) fn accepted(fixture: &str, label: &str) -> String {
    accepted_in(fixture, label, SITUATION)
}

/// The same in another situation.
#[track_caller]
pub(super) fn accepted_in(fixture: &str, label: &str, situation: Situation) -> String {
    let found = offers_in(fixture, situation);
    let labels: Vec<&str> = found.iter().map(|offer| offer.label.as_str()).collect();
    let offer = found.iter().find(|offer| offer.label == label);
    let offer = offer.unwrap_or_else(|| panic!("{label} is not among {labels:?}"));
    let mut text = fixture.replacen("$0", "", 1);
    text.replace_range(offer.range.clone(), &offer.text);
    text
}
