//! Addresses: those that stand in the text, and those of laws and documents whose address is known.

use std::ops::Range;

use crate::references::{document_numbers, quoted_titles};
use crate::report::Place;
use crate::snapshot::{ReportView, Snapshot};
use crate::text::TextRange;

/// A stretch that leads somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// In bytes of the document.
    pub range: Range<usize>,
    /// Where to.
    pub url: String,
    /// What is there; may be empty.
    pub tooltip: String,
}

/// The links of a document's reports, in the order of the text.
pub fn links(snapshot: &Snapshot) -> impl Iterator<Item = Link> {
    snapshot.reports().flat_map(|report| {
        (0..report.report.parts.len()).flat_map(move |part| of_part(report, part))
    })
}

fn of_part(report: ReportView<'_>, part: usize) -> Vec<Link> {
    let (text, references) = (report.text(part), &report.snapshot().dictionary().references);
    let mut links = Vec::new();
    let mut add = |range: Range<usize>, url: &str, tooltip: String| {
        let range = report.range(Place::new(part, TextRange::from(range)));
        links.push(Link { range, url: url.to_owned(), tooltip });
    };
    for range in addresses(text) {
        add(range.clone(), &text[range], String::new());
    }
    let titles = quoted_titles(text)
        .filter_map(|title| Some((title.range, references.by_title(title.title)?)));
    let numbers = document_numbers(text).filter_map(|number| {
        let from = references.start_of(&number)?;
        Some((from..number.range.end, references.by_number(&number)?))
    });
    for (range, reference) in titles.chain(numbers) {
        if let Some(url) = &reference.url {
            add(range, url, format!("《{}》", reference.title));
        }
    }
    links.sort_by_key(|link| (link.range.start, link.range.end));
    // An address in a title leads where it says.
    links.dedup_by(|later, earlier| later.range.start < earlier.range.end);
    links
}

/// Web addresses. They end where Chinese begins: `https://www.example.gov.cn/zwgk/，电话…`.
fn addresses(text: &str) -> impl Iterator<Item = Range<usize>> {
    memchr::memmem::find_iter(text.as_bytes(), "http").filter_map(|start| {
        let rest = &text[start..];
        let host = rest.strip_prefix("https://").or_else(|| rest.strip_prefix("http://"))?;
        let is_part = |c: char| {
            c.is_ascii_graphic()
                && !matches!(c, '"' | '\'' | '<' | '>' | '`' | '|' | '\\' | '^' | '{' | '}')
        };
        let len = host.find(|c| !is_part(c)).unwrap_or(host.len());
        let mut address = &host[..len];
        // The stop of a sentence or the bracket around an address is no part of it.
        while let Some(shorter) = address.strip_suffix(['.', ',', ';', ':', '!', '?', ']', ')']) {
            if address.ends_with(')') && shorter.contains('(') {
                break;
            }
            address = shorter;
        }
        let end = start + (rest.len() - host.len()) + address.len();
        address.starts_with(|c: char| c.is_ascii_alphanumeric()).then_some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::ide::testing::{changed, snapshot, words};

    fn shown(sentence: &str) -> Vec<String> {
        let with = changed(&[
            ("《中华人民共和国政府信息公开条例》（国务院令第711号）", "规定"),
            ("（三）政府信息管理。", &format!("{sentence}\n（三）政府信息管理。")),
        ]);
        let snapshot = snapshot(&with);
        let links = links(&snapshot);
        links.map(|it| format!("{} → {}", words(&snapshot, &it.range), it.url)).collect()
    }

    #[test]
    fn addresses_end_where_words_begin() {
        assert_eq!(
            shown(
                "见政府网站（http://www.qingshi.gov.cn/zwgk/）和https://a.cn/b?c=1。另见http://，httpd"
            ),
            [
                "http://www.qingshi.gov.cn/zwgk/ → http://www.qingshi.gov.cn/zwgk/",
                "https://a.cn/b?c=1 → https://a.cn/b?c=1"
            ]
        );
    }

    #[test]
    fn a_citation_leads_to_its_text_where_that_is_known() {
        let own = Dictionary::builtin();
        let url = own.references.by_title("政府信息公开条例").and_then(|it| it.url.as_deref());
        let url = url.expect("known");
        assert_eq!(
            shown("依据《政府信息公开条例》（国务院令第711号）和《某某办法》办理"),
            [format!("《政府信息公开条例》 → {url}"), format!("国务院令第711号 → {url}")]
        );
    }
}
