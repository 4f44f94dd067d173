//! Slips of the hand that turn one figure into another.

use rust_decimal::Decimal;

/// A slip of the hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// Two digits changed places: 234 and 324.
    Swap,
    /// A zero was added or lost: 120 and 12.
    Zero,
    /// One digit is another: 78 and 58.
    Digit,
}

/// The slip that leads from one non-negative figure to another, in either direction.
pub fn slip(a: Decimal, b: Decimal) -> Option<Slip> {
    let scale = a.normalize().scale().max(b.normalize().scale());
    let integer = |it: Decimal| {
        it.normalize().mantissa().checked_mul(10_i128.checked_pow(scale - it.normalize().scale())?)
    };
    between(integer(a)?, integer(b)?)
}

/// As [`slip`], for integers in the same unit. Figures of more than 19 digits are not explained.
pub(super) fn between(a: i128, b: i128) -> Option<Slip> {
    let (a, b) = (Digits::new(u64::try_from(a).ok()?), Digits::new(u64::try_from(b).ok()?));
    let (long, short) = if a.len >= b.len { (&a, &b) } else { (&b, &a) };
    if long.len != short.len {
        return if short.len == 0 {
            long.is_round().then_some(Slip::Digit)
        } else {
            long.without_zero(short).then_some(Slip::Zero)
        };
    }
    let mut places = (0..a.len).filter(|&at| a.digits[at] != b.digits[at]);
    match (places.next(), places.next(), places.next()) {
        (Some(_), None, _) => Some(Slip::Digit),
        (Some(x), Some(y), None) if a.digits[x] == b.digits[y] && a.digits[y] == b.digits[x] => {
            Some(Slip::Swap)
        }
        _ => None,
    }
}

/// The decimal digits of a figure, the last one first; none for zero.
struct Digits {
    digits: [u8; 20],
    len: usize,
}

impl Digits {
    fn new(mut number: u64) -> Self {
        let mut it = Self { digits: [0; 20], len: 0 };
        while number != 0 {
            it.digits[it.len] = (number % 10) as u8;
            it.len += 1;
            number /= 10;
        }
        it
    }

    /// Only the first digit is not zero.
    fn is_round(&self) -> bool {
        self.digits[..self.len - 1].iter().all(|&it| it == 0)
    }

    /// Whether leaving out one zero gives `short`.
    fn without_zero(&self, short: &Self) -> bool {
        let same = self.digits.iter().zip(&short.digits).take_while(|(a, b)| a == b).count();
        // Among several zeros in a row it does not matter which one goes.
        let from = self.digits[..same.min(self.len)]
            .iter()
            .rposition(|&it| it != 0)
            .map_or(0, |it| it + 1);
        let lost = (from..=same).find(|&at| at < self.len && self.digits[at] == 0);
        self.len == short.len + 1
            && lost.is_some_and(|at| self.digits[at + 1..self.len] == short.digits[at..short.len])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_slip() {
        let between = |a: &str, b: &str| {
            slip(
                Decimal::from_str_exact(a).unwrap_or_default(),
                Decimal::from_str_exact(b).unwrap_or_default(),
            )
        };
        assert_eq!(between("234", "324"), Some(Slip::Swap));
        assert_eq!(between("14.5", "54.1"), Some(Slip::Swap));
        assert_eq!(between("12", "120"), Some(Slip::Zero));
        assert_eq!(between("105", "15"), Some(Slip::Zero));
        assert_eq!(between("1000", "100"), Some(Slip::Zero));
        assert_eq!(between("78", "58"), Some(Slip::Digit));
        assert_eq!(between("0", "7"), Some(Slip::Digit));
        assert_eq!(between("0", "12"), None);
        assert_eq!(between("12", "345"), None);
        assert_eq!(between("12", "34"), None);
        assert_eq!(between("12", "12"), None);
        assert_eq!(between("-12", "12"), None);
    }

    #[test]
    fn survives_the_largest_figures() {
        assert_eq!(slip(Decimal::MAX, Decimal::ONE), None);
        assert_eq!(between(i128::MAX, i128::MAX - 1), None);
        assert_eq!(between(u64::MAX.into(), i128::from(u64::MAX) - 1), Some(Slip::Digit));
        assert_eq!(
            between(10_000_000_000_000_000_005, 1_000_000_000_000_000_005),
            Some(Slip::Zero)
        );
    }
}
