//! The figures that the prose repeats.

use crate::report::Report;

/// What the prose says. Taken before any cell is blanked or changed, as an author writes the text first and spoils the table later.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Requests newly received.
    pub new_received: u64,
    /// Carried over from last year.
    pub carried_in: u64,
    /// Carried on into the next year.
    pub carried_out: u64,
    /// Results of the year.
    pub results: u64,
    /// Granted.
    pub granted: u64,
    /// Partly granted.
    pub partial: u64,
    /// Reviews.
    pub reviews: u64,
    /// Suits, direct and after review.
    pub suits: u64,
    /// Licensing decisions.
    pub licensing: String,
    /// Penalties.
    pub penalty: String,
}

impl Facts {
    pub(crate) fn of(report: &Report) -> Self {
        let cells = report.cells();
        let text = |key: &str| cells.get(key).cloned().unwrap_or_default();
        let number = |key: &str| text(key).parse().unwrap_or(0);
        Self {
            new_received: number("requests.new_received.total"),
            carried_in: number("requests.carried_in.total"),
            carried_out: number("requests.carried_out.total"),
            results: number("requests.results_total.total"),
            granted: number("requests.granted.total"),
            partial: number("requests.partial.total"),
            reviews: number("review_litigation.review.total"),
            suits: number("review_litigation.suit_direct.total")
                + number("review_litigation.suit_after_review.total"),
            licensing: text("proactive.licensing.decisions"),
            penalty: text("proactive.penalty.decisions"),
        }
    }
}
