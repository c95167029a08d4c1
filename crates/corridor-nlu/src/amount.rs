//! How much of something: an exact, non-negative decimal.
//!
//! Quantities are compared and printed as said, so binary floating point is out. This module knows digits and arithmetic; words
//! for numbers belong to the languages.

pub mod digits;

use std::fmt;

const SCALE: u64 = 1_000_000;
const DECIMALS: usize = 6;

/// A non-negative decimal with at most six decimals, up to about eighteen trillion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount {
    millionths: u64,
}

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self { millionths: 0 };
    /// One.
    pub const ONE: Self = Self { millionths: SCALE };
    /// One half.
    pub const HALF: Self = Self {
        millionths: SCALE / 2,
    };
    /// One quarter.
    pub const QUARTER: Self = Self {
        millionths: SCALE / 4,
    };

    /// A whole number; `None` where it is too large.
    #[must_use]
    pub fn from_integer(value: u64) -> Option<Self> {
        value
            .checked_mul(SCALE)
            .map(|millionths| Self { millionths })
    }

    /// Digits with at most one decimal point or comma between them («2», «2,5», «0.002»); `None` for anything else, for more than
    /// six decimals and for numbers too large.
    #[must_use]
    pub fn from_decimal(text: &str) -> Option<Self> {
        let (whole, decimals) = text
            .split_once(['.', ','])
            .map_or((text, None), |(whole, rest)| (whole, Some(rest)));
        let whole = Self::from_integer(parse_digits(whole)?)?;
        let Some(decimals) = decimals else {
            return Some(whole);
        };
        if decimals.len() > DECIMALS {
            return None;
        }
        let shift = u32::try_from(DECIMALS - decimals.len()).ok()?;
        let part = parse_digits(decimals)?.checked_mul(10_u64.checked_pow(shift)?)?;
        whole.checked_add(Self { millionths: part })
    }

    /// `numerator / denominator`: exact where six decimals hold it, else rounded to three, as people write it (0.333). `None` for a
    /// denominator of zero and for numbers too large.
    #[must_use]
    pub fn from_fraction(numerator: u64, denominator: u64) -> Option<Self> {
        let scaled = numerator.checked_mul(SCALE)?;
        if scaled.checked_rem(denominator)? == 0 {
            return Some(Self {
                millionths: scaled / denominator,
            });
        }
        let thousandths = numerator.checked_mul(1000)?.checked_add(denominator / 2)? / denominator;
        thousandths
            .checked_mul(SCALE / 1000)
            .map(|millionths| Self { millionths })
    }

    /// The sum; `None` where it is too large.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.millionths
            .checked_add(other.millionths)
            .map(|millionths| Self { millionths })
    }

    /// The product, cut to six decimals; `None` where it is too large.
    #[must_use]
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let product = u128::from(self.millionths).checked_mul(u128::from(other.millionths))?
            / u128::from(SCALE);
        u64::try_from(product)
            .ok()
            .map(|millionths| Self { millionths })
    }

    /// The whole part.
    #[must_use]
    pub const fn floor(self) -> u64 {
        self.millionths / SCALE
    }

    /// What remains above the whole part.
    #[must_use]
    pub const fn fraction(self) -> Self {
        Self {
            millionths: self.millionths % SCALE,
        }
    }

    /// The nearest whole number, halves up.
    #[must_use]
    pub const fn round(self) -> u64 {
        self.floor() + (self.fraction().millionths >= SCALE / 2) as u64
    }

    /// The value where it is a whole number.
    #[must_use]
    pub fn as_integer(self) -> Option<u64> {
        self.millionths
            .is_multiple_of(SCALE)
            .then_some(self.millionths / SCALE)
    }
}

/// A decimal string with a point and without trailing zeros: "1.5", "12", "0.002".
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.millionths / SCALE, self.millionths % SCALE);
        if part == 0 {
            return write!(f, "{whole}");
        }
        let decimals = format!("{part:0DECIMALS$}");
        write!(f, "{whole}.{}", decimals.trim_end_matches('0'))
    }
}

/// How a number was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumeralForm {
    /// It starts with digits or a fraction sign («2», «2 тысячи», «½»).
    Digits,
    /// It is words alone («двадцать пять»).
    Words,
}

/// A number found among tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numeral {
    /// Its value.
    pub amount: Amount,
    /// How many tokens it takes; at least one.
    pub len: usize,
    /// How it was given.
    pub form: NumeralForm,
}

/// The value of ASCII digits alone: no sign, no space, at least one digit.
fn parse_digits(text: &str) -> Option<u64> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}
