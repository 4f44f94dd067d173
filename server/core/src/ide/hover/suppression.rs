//! A suppression: the page of the rule that it names.

use super::{Hover, Markup};
use crate::rules::Directive;
use crate::snapshot::Snapshot;

pub(super) fn hover(snapshot: &Snapshot, offset: usize, markup: Markup) -> Option<Hover> {
    let text = snapshot.text();
    let line = text.line_content(text.line_of(offset));
    let directive = Directive::read(&text.slice(line.clone()))?;
    let at = offset.saturating_sub(line.start);
    let (id, range) =
        directive.rules.iter().find(|(_, range)| range.touches(at)).or(directive.rules.first())?;
    let range = range.shifted(line.start).to_range();
    let registry = snapshot.settings().engine().registry();
    let text = match registry.find(id) {
        Some(rule) => {
            let body = registry.info(rule).markdown();
            match markup {
                Markup::Markdown => format!("**{}**\n\n{body}", markup.words(id)),
                Markup::Plain => format!("{id}\n{body}"),
            }
        }
        None => format!("没有名为“{}”的规则", markup.words(id)),
    };
    Some(Hover { range, text })
}
