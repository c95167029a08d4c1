//! Evidence: what speaks for a reading and what against it, and how likely a decision by it is right.
//!
//! Every word of the utterance is accounted for ([`WordRole`]); named features are counted over words and frames ([`Feature`]); a logistic
//! model with the pack's weights makes a probability of them ([`Weights`]). Knows no words of any language.

mod accounting;
mod features;
mod weights;

pub use accounting::WordRole;
pub use features::{Feature, Sign};
pub use weights::Weights;

pub(crate) use accounting::{Read, account};
pub(crate) use features::{Counted, features};

/// What speaks for executing a reading, and against it.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The features that are there, in the order of [`Feature::ALL`]; one that is not named is 0.
    pub features: Vec<(Feature, f64)>,
    /// How likely a decision by this reading is right in every part, 0..1.
    pub likely: f64,
}
