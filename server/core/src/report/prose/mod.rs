//! What a line of running text says, read once for all rules: a pure function of its words. An edit reads only the lines anew whose words it changes.

/// What a line says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {}

impl Facts {
    /// Reads a line.
    pub(crate) fn read(_line: &str) -> Self {
        Self {}
    }
}
