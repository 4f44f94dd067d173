//! How a hand turns one figure into another.

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

/// The same for figures in one unit. Figures of more than 19 digits are nobody's handwriting.
pub(super) fn between(a: i128, b: i128) -> Option<Slip> {
    let (mut a, mut b) = (u64::try_from(a).ok()?, u64::try_from(b).ok()?);
    if a == b || a == 0 || b == 0 {
        return digit_of_zero(a, b);
    }
    while a.is_multiple_of(10) && b.is_multiple_of(10) {
        (a, b) = (a / 10, b / 10);
    }
    let differ = |at: u32| digit(a, at) != digit(b, at);
    if length(a) != length(b) {
        return lost_zero(a.max(b), a.min(b)).then_some(Slip::Zero);
    }
    let mut places = (0..length(a)).filter(|&at| differ(at));
    match (places.next(), places.next(), places.next()) {
        (Some(_), None, _) => Some(Slip::Digit),
        (Some(x), Some(y), None) if digit(a, x) == digit(b, y) && digit(a, y) == digit(b, x) => {
            Some(Slip::Swap)
        }
        _ => None,
    }
}

/// 0 and 7 differ in one digit, 0 and 12 in more.
fn digit_of_zero(a: u64, b: u64) -> Option<Slip> {
    let other = a.max(b);
    (a != b && other.is_multiple_of(10_u64.pow(length(other) - 1))).then_some(Slip::Digit)
}

/// Whether leaving out one zero turns `long` into `short`.
fn lost_zero(long: u64, short: u64) -> bool {
    (0..length(long)).filter(|&at| digit(long, at) == 0).any(|at| {
        let power = 10_u64.pow(at);
        long / power / 10 * power + long % power == short
    })
}

fn digit(number: u64, at: u32) -> u64 {
    number / 10_u64.pow(at) % 10
}

fn length(number: u64) -> u32 {
    number.checked_ilog10().unwrap_or(0) + 1
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
