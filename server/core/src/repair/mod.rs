//! The smallest sets of cells whose change satisfies every relation.
