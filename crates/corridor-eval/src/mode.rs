//! Who has a say in the decisions that are evaluated.

use crate::vocabulary::words;

words! {
    /// Whose decisions are evaluated.
    Mode {
        /// The rules alone.
        Baseline = "baseline",
        /// The rules with a model, as far as the stages that are on let it.
        Assisted = "assisted",
    }
}
