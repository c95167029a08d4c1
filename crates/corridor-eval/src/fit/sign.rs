//! What a weight must be like.

/// The sign that a weight must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// More of it makes a decision likelier right.
    Plus,
    /// More of it makes a decision likelier wrong.
    Minus,
    /// Either.
    Free,
}

impl Sign {
    /// Whether a weight has the sign; 0 has every sign.
    #[must_use]
    pub fn allows(self, weight: f64) -> bool {
        match self {
            Self::Plus => weight >= 0.0,
            Self::Minus => weight <= 0.0,
            Self::Free => true,
        }
    }

    /// The sign as it is written: `+`, `-` or `free`.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "+" => Some(Self::Plus),
            "-" => Some(Self::Minus),
            "free" => Some(Self::Free),
            _ => None,
        }
    }
}
