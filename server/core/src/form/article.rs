//! What the law says about cells: shown to an author who asks, checked by nothing.

use super::model::{Article, Form};
use super::problem::Problems;
use super::schema::RawArticle;

/// Adds the articles of a file to those of its base. An article of the base about rows that the form does not have is left out.
pub(super) fn compile(form: &mut Form, raw: Vec<RawArticle>, problems: &mut Problems<'_>) {
    let mut articles = std::mem::take(&mut form.articles);
    articles.retain(|article| !raw.iter().any(|it| keys(it).eq(article.keys.iter())));
    for article in &mut articles {
        article.cells = article.keys.iter().flat_map(|key| form.find_cells(key)).collect();
    }
    articles.retain(|article| !article.cells.is_empty());
    for article in raw {
        let mut cells = Vec::new();
        for key in &article.cells {
            match form.cells(&key.value) {
                Ok(found) => cells.extend(found),
                Err(message) => {
                    problems.push(key.start, format!("article[{}].cells", key.value), message);
                }
            }
        }
        articles.push(Article {
            keys: keys(&article).cloned().collect(),
            cells,
            text: article.text,
            verified: article.verified,
        });
    }
    form.articles = articles;
}

fn keys(raw: &RawArticle) -> impl Iterator<Item = &String> {
    raw.cells.iter().map(|key| &key.value)
}
