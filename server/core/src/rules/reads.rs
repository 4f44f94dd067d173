//! What a check of a whole report has looked at. An edit that leaves all of it leaves what the check has found.

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

/// Aspects of parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Reads(u64);

impl Reads {
    /// With this aspect of this part.
    pub(crate) fn with(self, part: usize, aspect: Aspect) -> Self {
        // A report of more parts is rare; the last ones then count as one.
        let bit = part.min(15) * 4 + aspect as usize;
        Self(self.0 | 1 << bit)
    }

    /// Is anything in both?
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
