//! What a check of a whole report has looked at. If an edit changes none of it, the findings of the check stay valid.

/// What there is to look at in a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aspect {
    /// Its heading, and whether anything stands below it.
    Heading,
    /// The lines of its running text, their words and claims.
    Prose,
    /// Its tables.
    Tables,
    /// Any byte of it.
    Text,
}

/// A set of aspects of parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Reads(u64);

impl Reads {
    /// Adds an aspect of a part.
    pub(crate) fn with(self, part: usize, aspect: Aspect) -> Self {
        // Four bits a part. In a report with more than sixteen parts, which is rare, the last ones share their bits.
        let bit = part.min(15) * 4 + aspect as usize;
        Self(self.0 | 1 << bit)
    }

    /// Whether the two sets have an element in common.
    pub(crate) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aspects_meet_their_own_kind_in_their_own_part() {
        let one = Reads::default().with(2, Aspect::Prose).with(3, Aspect::Text);
        assert!(one.meets(Reads::default().with(3, Aspect::Text)));
        assert!(!one.meets(Reads::default().with(3, Aspect::Prose).with(2, Aspect::Text)));
        assert!(!one.meets(Reads::default()));
        let late = Reads::default().with(15, Aspect::Tables);
        assert!(late.meets(Reads::default().with(400, Aspect::Tables)));
    }
}
