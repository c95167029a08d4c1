//! What a place in a clause may begin with, in a few bits.
//!
//! A sieve after Bloom ("Space/time trade-offs in hash coding with allowable errors", 1970): classes share bits, so two signatures that
//! meet may still have no class in common, but where they do not meet, they have none. It spares most steps of most walks.

use super::ClassId;

/// A set of classes, and whether a word or the end may come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signature(u128);

impl Signature {
    const CLASS_BITS: u16 = 126;

    /// Any word.
    pub const WORD: Self = Self(1 << 126);
    /// The end of the clause.
    pub const END: Self = Self(1 << 127);
    /// Whatever there is.
    pub const ANYTHING: Self = Self(u128::MAX);

    /// A word of this class.
    #[must_use]
    pub const fn of(class: ClassId) -> Self {
        Self(1 << (class.0 % Self::CLASS_BITS))
    }

    /// Both together.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether something of one may be in the other.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shares_a_class_meets() {
        for class in [0, 1, 125, 126, 127, 500, u16::MAX] {
            let one = Signature::of(ClassId(class));
            assert!(one.meets(one.or(Signature::of(ClassId(7)))));
            assert!(one.meets(Signature::ANYTHING));
            assert!(!one.meets(Signature::WORD) && !one.meets(Signature::END));
        }
    }
}
