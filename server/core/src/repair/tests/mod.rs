//! The search against its examples and against brute force.

mod examples;
mod oracle;

use rust_decimal::Decimal;

use super::{Kind, Outcome, Sides, System, repair};

/// A system that owns its parts.
#[derive(Debug, Clone, Default)]
struct Sheet {
    values: Vec<Option<Decimal>>,
    kinds: Vec<Kind>,
    weights: Vec<Decimal>,
    equations: Vec<(Vec<usize>, Vec<usize>)>,
}

impl Sheet {
    /// Counts that are all known.
    fn counts(values: &[i64]) -> Self {
        let values: Vec<_> = values.iter().map(|&it| Some(Decimal::from(it))).collect();
        Self {
            kinds: vec![Kind::Count; values.len()],
            weights: vec![Decimal::ONE; values.len()],
            values,
            equations: Vec::new(),
        }
    }

    fn equation(mut self, left: &[usize], right: &[usize]) -> Self {
        self.equations.push((left.to_vec(), right.to_vec()));
        self
    }

    fn repair(&self, limit: usize) -> Outcome {
        let equations: Vec<_> =
            self.equations.iter().map(|(left, right)| Sides { left, right }).collect();
        repair(
            &System {
                values: &self.values,
                kinds: &self.kinds,
                weights: &self.weights,
                equations: &equations,
                links: None,
            },
            limit,
        )
    }
}

/// Numbers that look random and are the same every time (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((word ^ (word >> 31)) % end as u64) as usize
    }
}
