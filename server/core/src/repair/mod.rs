//! The smallest sets of cells whose change satisfies every sum of a table (error localisation after Fellegi and Holt).
//!
//! Sums that share cells form a component. A repair changes the fewest cells of its component, three at most, so that all sums of the
//! component hold exactly and every new value fits its cell. Only sets whose new values are uniquely determined count: where two cells
//! stand in the same sums, any split of a difference between them would do, and no figure could be proposed.
//!
//! Knows no form and no text: figures in, repairs out.

mod cover;
mod links;
mod net;
mod rank;
mod search;
mod slip;
mod solve;
#[cfg(test)]
mod tests;

use rust_decimal::Decimal;

pub use links::Links;
use net::Net;
pub use slip::{Slip, slip};

/// Repairs change no more cells than this.
pub(crate) const MOST_CELLS: usize = 3;
/// A table with more broken sums than this is misread or pasted askew rather than wrong: three cells of three sums each mend nine.
pub(crate) const MOST_BROKEN: usize = 9;

/// The figures of a table and the sums that must agree. The three lists of cells have the same length.
#[derive(Debug, Clone, Copy)]
pub struct System<'a> {
    /// A value for each cell; `None` where it is unknown. A sum with an unknown cell neither breaks nor constrains anything.
    pub values: &'a [Option<Decimal>],
    /// What each cell may hold.
    pub kinds: &'a [Kind],
    /// How readily each cell changes: 1 is usual, less is readier.
    pub weights: &'a [Decimal],
    /// The sums.
    pub equations: &'a [Sides<'a>],
    /// [`Links::new`] of the same sums, where somebody has kept them.
    pub links: Option<&'a Links>,
}

/// Two sums of cells that must be equal.
#[derive(Debug, Clone, Copy)]
pub struct Sides<'a> {
    /// Cells of the left side.
    pub left: &'a [usize],
    /// Cells of the right side.
    pub right: &'a [usize],
}

/// What a new value must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A non-negative integer.
    Count,
    /// An integer.
    Change,
    /// A non-negative number with at most so many decimals.
    Amount {
        /// Most places behind the point.
        decimals: u32,
    },
}

/// What is broken, and how it can be mended.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// The broken sums, in the order of [`System::equations`].
    pub broken: Vec<Broken>,
    /// More than `MOST_BROKEN` are: nothing was searched, and there are no clusters.
    pub askew: bool,
    /// The broken sums by component, in the order of each one's first.
    pub clusters: Vec<Cluster>,
}

/// A sum that does not agree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Broken {
    /// Index in [`System::equations`].
    pub equation: usize,
    /// The left side.
    pub left: Decimal,
    /// The right side.
    pub right: Decimal,
    /// Left minus right; never zero.
    pub difference: Decimal,
}

/// The broken sums of one component, with what mends them all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cluster {
    /// Indices in [`Outcome::broken`], ascending.
    pub broken: Vec<usize>,
    /// The best repairs, best first. Empty where no change of up to `MOST_CELLS` cells mends the component.
    pub best: Vec<Repair>,
    /// How many repairs there are.
    pub count: usize,
    /// Whether the search went to its end. Otherwise there may be more repairs than `count` says.
    pub complete: bool,
}

/// One way to mend a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The cells to change, ascending.
    pub changes: Vec<Change>,
}

/// A cell's new value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The cell.
    pub cell: usize,
    /// What it says.
    pub from: Decimal,
    /// What it should say.
    pub to: Decimal,
}

/// Finds the broken sums and, by component, all smallest repairs, of which the best `limit` are listed.
///
/// Sums beyond the range of exact integers of 128 bits count as unknown.
pub fn repair(system: &System<'_>, limit: usize) -> Outcome {
    let mut net = Net::new(system);
    if !net.is_broken() {
        return Outcome::default();
    }
    let broken: Vec<_> = net.broken().collect();
    if broken.len() > MOST_BROKEN {
        return Outcome { broken, askew: true, clusters: Vec::new() };
    }
    net.link(system);
    let clusters = net
        .clusters()
        .into_iter()
        .map(|cluster| cover::mend(&net, system, cluster, limit))
        .collect();
    Outcome { broken, askew: false, clusters }
}
