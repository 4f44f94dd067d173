//! Semantic tokens: the legend, the encoding of tokens, and the delta between two results.

use gouji_core::ide::{Token, TokenKind};
use tower_lsp::lsp_types::{
    SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokensEdit,
    SemanticTokensLegend,
};

use super::Converter;

/// The token types, in the order of their numbers. They are standard ones, so that every theme has colours for them.
const TYPES: [SemanticTokenType; 7] = [
    SemanticTokenType::CLASS,
    SemanticTokenType::NAMESPACE,
    SemanticTokenType::PROPERTY,
    SemanticTokenType::NUMBER,
    SemanticTokenType::VARIABLE,
    SemanticTokenType::STRING,
    SemanticTokenType::COMMENT,
];
/// The modifier of totals; there is no standard one.
const TOTAL: SemanticTokenModifier = SemanticTokenModifier::new("total");

/// The legend: what the numbers of types and modifiers mean.
pub(crate) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend { token_types: TYPES.to_vec(), token_modifiers: vec![TOTAL] }
}

impl Converter<'_> {
    /// Tokens, which must be in the order of the text, each encoded relative to the one before.
    pub(crate) fn tokens(&self, tokens: impl Iterator<Item = Token>) -> Vec<SemanticToken> {
        let (mut line, mut column) = (0, 0);
        let place = |token: Token| {
            let range = self.range(token.range);
            let (token_type, token_modifiers_bitset) = number(token.kind);
            let delta_line = range.start.line - line;
            let from = if delta_line == 0 { column } else { 0 };
            (line, column) = (range.start.line, range.start.character);
            SemanticToken {
                delta_line,
                delta_start: column - from,
                length: range.end.character - range.start.character,
                token_type,
                token_modifiers_bitset,
            }
        };
        tokens.map(place).collect()
    }
}

/// The one edit that turns `old` into `new`; none if they are equal.
pub(crate) fn difference(old: &[SemanticToken], new: &[SemanticToken]) -> Vec<SemanticTokensEdit> {
    let same = |(one, other): &(&SemanticToken, &SemanticToken)| one == other;
    let start = old.iter().zip(new).take_while(same).count();
    let end = old[start..].iter().rev().zip(new[start..].iter().rev()).take_while(same).count();
    let (old, new) = (&old[start..old.len() - end], &new[start..new.len() - end]);
    if old.is_empty() && new.is_empty() {
        return Vec::new();
    }
    vec![SemanticTokensEdit {
        start: 5 * start as u32,
        delete_count: 5 * old.len() as u32,
        data: Some(new.to_vec()),
    }]
}

/// The type of a kind and its modifiers, as numbers of the legend.
fn number(kind: TokenKind) -> (u32, u32) {
    match kind {
        TokenKind::Title => (0, 0),
        TokenKind::Section => (1, 0),
        TokenKind::Label => (2, 0),
        TokenKind::Value => (3, 0),
        TokenKind::Total => (3, 1),
        TokenKind::Claim => (4, 0),
        TokenKind::Citation => (5, 0),
        TokenKind::Comment => (6, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_makes_the_new_of_the_old() {
        let tokens = |lengths: &[u32]| -> Vec<SemanticToken> {
            let token = |&length: &u32| SemanticToken { length, ..SemanticToken::default() };
            lengths.iter().map(token).collect()
        };
        for (old, new, edits) in [
            (&[1, 2, 3][..], &[1, 2, 3][..], 0),
            (&[1, 2, 3], &[1, 4, 3], 1),
            (&[1, 1], &[1], 1),
            (&[], &[5, 6], 1),
            (&[7], &[], 1),
        ] {
            let (old, new) = (tokens(old), tokens(new));
            let found = difference(&old, &new);
            assert_eq!(found.len(), edits);
            let mut made = old.clone();
            for edit in found {
                let (start, count) = (edit.start as usize / 5, edit.delete_count as usize / 5);
                made.splice(start..start + count, edit.data.into_iter().flatten());
            }
            assert_eq!(made, new);
        }
    }
}
