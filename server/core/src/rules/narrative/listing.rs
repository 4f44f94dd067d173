//! Lists of the prose: parts with a count each, between marks.

use std::borrow::Cow;
use std::ops::Range;

use super::is_count;
use super::sum_mismatch::{ENDS, MARKS};
use crate::report::Figure;
use crate::report::brackets;
use crate::rules::LineCx;

/// A list, whose remarks in brackets are aside: 网站120条（含转载20条）、公众号180条.
pub(super) struct List<'f> {
    /// Its words, remarks blank.
    words: Cow<'f, str>,
    items: Vec<Item<'f>>,
    /// The page's edge may have cut a line that ends without a mark, and the next one goes on with the list.
    pub(super) may_go_on: bool,
    /// Whether a clause with a colon stands behind it.
    is_cut: bool,
}

/// What stands between two marks.
struct Item<'f> {
    range: Range<usize>,
    /// Whether 、 stands before it.
    is_joined: bool,
    /// What it counts, years aside; `None` for one that counts nothing.
    figures: Vec<Option<&'f Figure>>,
}

/// How far parts of a total go.
pub(super) struct Reach {
    /// So many items, two at least.
    pub(super) items: usize,
    /// Whether other words follow.
    pub(super) goes_on: bool,
}

impl Item<'_> {
    /// Whether it is one count like `total`'s. What counts in another unit before it is of its name: 12345热线30件.
    fn is_part(&self, cx: &LineCx<'_>, total: &Figure) -> bool {
        let is_like = |it: &Figure| it.unit(cx.text) == total.unit(cx.text);
        match self.figures[..] {
            [ref names @ .., Some(figure)] => {
                is_like(figure) && names.iter().all(|it| it.is_some_and(|it| !is_like(it)))
            }
            _ => false,
        }
    }
}

impl<'f> List<'f> {
    /// Reads a stretch of a line, up to the clause with a colon, which opens another matter; `None` where a bracket has no other one.
    pub(super) fn read(cx: &LineCx<'f>, range: Range<usize>) -> Option<Self> {
        let line = cx.text;
        let written = line.get(range.clone())?;
        let words = without_remarks(written)?;
        let colon = words.find(['：', ':']);
        let end = match colon {
            Some(colon) => words[..colon].rfind(MARKS)?,
            None => words.trim_end_matches(ENDS).len(),
        };
        let may_go_on = range.end == line.len() && end == written.trim_end().len();
        let words = match words {
            Cow::Borrowed(words) => Cow::Borrowed(&words[..end]),
            Cow::Owned(mut words) => {
                words.truncate(end);
                Cow::Owned(words)
            }
        };
        let facts = cx.facts.within(range.start..range.start + end);
        let is_outside = |it: &&Figure| {
            words.as_bytes().get(it.range.start - range.start).is_some_and(u8::is_ascii_digit)
        };
        let mut figures = facts.iter().filter(is_outside).peekable();
        let (mut items, mut start, mut is_joined) = (Vec::new(), 0, false);
        let mut inside = facts.iter().filter(is_outside).peekable();
        let marks = words.match_indices(MARKS).filter(|(at, _)| {
            // 1,024 is one figure.
            let at = range.start + at;
            while inside.next_if(|it| it.range.end <= at).is_some() {}
            inside.peek().is_none_or(|it| it.range.start > at)
        });
        let ends: Vec<_> = marks.chain([(end, "")]).collect();
        for (at, mark) in ends {
            let mut own = Vec::new();
            while let Some(it) = figures.next_if(|it| it.range.start < range.start + at) {
                // 网站、公众号各3条 are more than 3.
                let is_of_each = line[..it.range.start].trim_end().ends_with(['各', '每']);
                if it.unit(line) != "年" {
                    own.push((is_count(line, it) && !is_of_each).then_some(it));
                }
            }
            items.push(Item { range: start..at, is_joined, figures: own });
            (start, is_joined) = (at + mark.len(), mark == "、");
        }
        Some(Self { words, items, may_go_on, is_cut: colon.is_some() })
    }

    /// How far the parts of `total` go: what follows them may say more of them, as long as it counts none.
    pub(super) fn reach(&self, cx: &LineCx<'f>, total: &Figure) -> Option<Reach> {
        let items = self.leading(cx, total);
        let tail = &self.items[items..];
        let counts = self.counts_like(cx, items, total);
        // In 其中网站120条，微信、微博180条 one figure is of two, and behind a comma there may be any matter.
        let is_joined = tail.first().is_some_and(|it| it.is_joined && it.figures.is_empty());
        let are_joined = self.items[..items].iter().skip(1).all(|it| it.is_joined);
        let ends = !is_joined && (!counts || are_joined);
        (items > 1 && ends).then_some(Reach { items, goes_on: self.goes_on(items) })
    }

    /// How many of the first items are parts of `total`, one count each.
    pub(super) fn leading(&self, cx: &LineCx<'f>, total: &Figure) -> usize {
        self.items.iter().take_while(|it| it.is_part(cx, total)).count()
    }

    /// The same, with names that 、 joins to them: 预算、决算信息3条.
    pub(super) fn leading_with_names(&self, cx: &LineCx<'f>, total: &Figure) -> usize {
        let is_joined = |at: usize| self.items.get(at).is_some_and(|it| it.is_joined);
        let is_name = |at: usize, it: &Item<'_>| it.figures.is_empty() && is_joined(at + 1);
        let items = self.items.iter().enumerate();
        items.take_while(|(at, it)| is_name(*at, it) || it.is_part(cx, total)).count()
    }

    /// Whether 、 stands between names alone, and commas between what is counted.
    pub(super) fn has_commas_alone(&self, items: usize) -> bool {
        let are_counts = |pair: &[Item<'_>]| pair.iter().all(|it| !it.figures.is_empty());
        !self.items[..items].windows(2).any(|pair| pair[1].is_joined && are_counts(pair))
    }

    /// Whether what stands behind the first items counts what `total` does.
    pub(super) fn counts_like(&self, cx: &LineCx<'f>, items: usize, total: &Figure) -> bool {
        let is_like = |it: &&&Figure| it.unit(cx.text) == total.unit(cx.text);
        let tail = self.items.get(items..).unwrap_or_default();
        tail.iter().flat_map(|it| &it.figures).flatten().any(|it| is_like(&it))
    }

    /// Whether anything stands behind the first items.
    pub(super) fn goes_on(&self, items: usize) -> bool {
        self.is_cut || items < self.items.len()
    }

    /// How many items there are up to the first, behind another one, of whose words this is true.
    pub(super) fn items_up_to(&self, is_last: impl Fn(&str) -> bool) -> Option<usize> {
        let mut others = self.items.iter().enumerate().skip(1);
        let last = others.find(|(_, it)| is_last(&self.words[it.range.clone()]));
        last.map(|(at, _)| at + 1)
    }

    /// What the first items count, one thing each. What counts nothing is a name that goes with the next: 预算、决算信息3条.
    pub(super) fn counts(
        &self,
        cx: &LineCx<'f>,
        items: usize,
        total: &Figure,
    ) -> Option<Vec<&'f Figure>> {
        let is_like = |it: &Figure| it.unit(cx.text) == total.unit(cx.text);
        let count = |item: &Item<'f>| {
            let (figure, names) = item.figures.split_last()?;
            let are_names = names.iter().all(|it| it.is_some_and(|it| !is_like(it)));
            figure.filter(|_| are_names)
        };
        let counting = self.items[..items].iter().filter(|it| !it.figures.is_empty());
        counting.map(count).collect()
    }

    /// The words of each of the first items that counts something, with the names before it.
    pub(super) fn names(&self, items: usize) -> Vec<&str> {
        let (mut names, mut start) = (Vec::new(), 0);
        for item in self.items[..items].iter().filter(|it| !it.figures.is_empty()) {
            names.push(&self.words[start..item.range.end]);
            start = item.range.end;
        }
        names
    }

    /// The words of so many items: those before the last, and the last.
    pub(super) fn split(&self, items: usize) -> (&str, &str) {
        let Some(last) = items.checked_sub(1).and_then(|at| self.items.get(at)) else {
            return ("", "");
        };
        (&self.words[..last.range.start], &self.words[last.range.clone()])
    }

    /// How many of the first `items` are parts for sure: all of them between marks of one kind, or those before the first comma.
    pub(super) fn of_one_kind(&self, items: usize) -> Option<usize> {
        let own = &self.items[..items];
        let joined = 1 + own.iter().skip(1).take_while(|it| it.is_joined).count();
        let is_mixed = joined < own.len() && own.iter().skip(1).any(|it| it.is_joined);
        let sure = if is_mixed { joined } else { items };
        (sure > 1).then_some(sure)
    }

    /// What the first items count.
    pub(super) fn figures(&self, items: usize) -> Vec<&'f Figure> {
        self.items[..items].iter().filter_map(|it| it.figures.last().copied().flatten()).collect()
    }
}

/// `words` with blanks for what stands in brackets; `None` where one has no other.
fn without_remarks(words: &str) -> Option<Cow<'_, str>> {
    let pairs = brackets(words);
    let is_bracket = |c: char| matches!(c, '（' | '(' | '）' | ')');
    if pairs.is_empty() {
        return (!words.trim_end_matches(ENDS).contains(is_bracket))
            .then_some(Cow::Borrowed(words));
    }
    let (mut left, mut at) = (String::with_capacity(words.len()), 0);
    for pair in pairs {
        left.push_str(&words[at..pair.start]);
        at = pair.end + words[pair.end..].chars().next().map_or(0, char::len_utf8);
        left.extend(std::iter::repeat_n(' ', at - pair.start));
    }
    left.push_str(&words[at..]);
    (!left.trim_end_matches(ENDS).contains(is_bracket)).then_some(Cow::Owned(left))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_findings, hits, saying};

    const RULE: &str = "narrative-sum-mismatch";

    #[test]
    fn what_follows_the_parts_is_no_part() {
        for says in [
            "全年发布信息⟦narrative-sum-mismatch: 300条⟧，其中网站120条、公众号225条，均经审核。",
            "全年发布解读等信息⟦narrative-sum-mismatch: 300条⟧，其中网站120条、公众号等225条。",
            "全年发布信息⟦narrative-sum-mismatch: 300条⟧，其中网站120条，公众号225条，阅读量达3万次。",
            "全年发布信息⟦narrative-sum-mismatch: 300条⟧，其中网站120条、公众号225条，解读2条，访谈3次。",
            "全年发布信息⟦narrative-sum-mismatch: 300条⟧，其中网站120条，公众号100条，其他信息60条，均经审核。",
        ] {
            assert_findings(&saying(says), &[RULE]);
        }
        for says in [
            "全年发布信息⟦narrative-sum-mismatch: 300条⟧，其中网站100条、公众号80条，视频40条、图解30条，访谈50条、解读1条。",
            "全年受理热线⟦narrative-sum-mismatch: 300件⟧，其中12345热线280件，局长信箱30件。",
        ] {
            assert_findings(&saying(says), &[RULE]);
        }
        for says in [
            "全年发布信息300条，其中网站100条、公众号80条，视频40条、图解30条，访谈70条、解读40条。",
            "全年发布信息300条，其中网站120条、公众号100条，均经审核。",
            "全年发布信息300条，包括网站120条、公众号100条，以及公示栏的全部内容。",
            "全年发布信息300条，其中网站120条，公众号160条，微信、微博80条。",
            "全年发布信息300条，包括网站120条、公众号160条、微信、微博20条。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }

    #[test]
    fn remarks_in_brackets_are_aside() {
        for says in [
            "全年发布信息⟦narrative-sum-mismatch: 300条⟧，其中网站120条（含转载80条）、公众号225条。",
            "全年发布信息300条，其中网站⟦narrative-sum-mismatch: 120条⟧（其中原创80条、转载60条）、公众号180条。",
        ] {
            assert_findings(&saying(says), &[RULE]);
        }
        for says in [
            "全年发布信息300条，其中网站120条（其中原创80条、转载40条）、公众号180条（含视频20条）。",
            "全年发布信息300条，其中网站120条（含转载、公众号225条。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }
}
