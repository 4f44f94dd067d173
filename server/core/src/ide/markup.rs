//! Texts for a pop-up, with and without Markdown.

/// How a text is marked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// Markdown.
    Markdown,
    /// Nothing but words and line breaks.
    Plain,
}

impl Markup {
    /// Words of a document: no character of theirs marks anything up.
    pub(super) fn words(self, words: &str) -> String {
        let mut text = String::with_capacity(words.len());
        for c in words.chars() {
            if self == Self::Markdown
                && matches!(
                    c,
                    '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '&' | '$'
                )
            {
                text.push('\\');
            }
            text.push(if c.is_whitespace() { ' ' } else { c });
        }
        text
    }

    /// Words that stand out.
    pub(super) fn bold(self, words: &str) -> String {
        match self {
            Self::Markdown => format!("**{}**", self.words(words)),
            Self::Plain => words.to_owned(),
        }
    }

    /// The items of a list, one a line.
    pub(super) fn list(self, items: &[String]) -> String {
        let bullet = if self == Self::Markdown { "- " } else { "" };
        let lines: Vec<String> = items.iter().map(|item| format!("{bullet}{item}")).collect();
        lines.join("\n")
    }

    /// Paragraphs, without empty ones.
    pub(super) fn paragraphs(self, paragraphs: &[String]) -> String {
        let between = if self == Self::Markdown { "\n\n" } else { "\n" };
        let filled: Vec<&str> =
            paragraphs.iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
        filled.join(between)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_document_mark_nothing_up() {
        assert_eq!(Markup::Markdown.words("a*b_c|<br>\n"), "a\\*b\\_c\\|\\<br\\> ");
        assert_eq!(Markup::Plain.words("a*b\n"), "a*b ");
        assert_eq!(Markup::Markdown.bold("3.其他"), "**3.其他**");
        assert_eq!(Markup::Plain.paragraphs(&["甲".into(), String::new(), "乙".into()]), "甲\n乙");
    }
}
