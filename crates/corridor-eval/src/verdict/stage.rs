//! The stages of a rollout, in order.

use crate::vocabulary::words;

words! {
    /// A stage at which a model has a say.
    RolloutStage {
        /// It reads along.
        Shadow = "shadow",
        /// It gives hints.
        Assist = "assist",
        /// One command in a hundred may be answered by it.
        Corridor1 = "corridor_1",
        /// Five in a hundred.
        Corridor5 = "corridor_5",
        /// Ten in a hundred: the last stage.
        Corridor10 = "corridor_10",
    }
}

impl RolloutStage {
    /// The stage after this one; `None` after the last.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        let position = Self::ALL.iter().position(|stage| *stage == self)?;
        Self::ALL.get(position + 1).copied()
    }

    /// The stage before this one; `None` before the first.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        let position = Self::ALL.iter().position(|stage| *stage == self)?;
        Self::ALL.get(position.checked_sub(1)?).copied()
    }

    /// The corridor's stage at a share of commands, 0 to 1.
    #[must_use]
    pub fn of_rate(rate: f64) -> Self {
        if rate < 0.03 {
            Self::Corridor1
        } else if rate < 0.075 {
            Self::Corridor5
        } else {
            Self::Corridor10
        }
    }

    /// Whether candidates may be executed at it.
    #[must_use]
    pub const fn is_corridor(self) -> bool {
        matches!(self, Self::Corridor1 | Self::Corridor5 | Self::Corridor10)
    }

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Shadow => "shadow",
            Self::Assist => "assist",
            Self::Corridor1 => "corridor 1 %",
            Self::Corridor5 => "corridor 5 %",
            Self::Corridor10 => "corridor 10 %",
        }
    }
}
