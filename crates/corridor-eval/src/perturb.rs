//! Metamorphic tests: commands changed in ways that must not change what is decided, and in ways that must.
//!
//! After M. T. Ribeiro, T. Wu, C. Guestrin, S. Singh: *Beyond Accuracy: Behavioral Testing of NLP Models with CheckList*, ACL 2020. Every
//! entry that is decided right is a *base*. A [`Kind`] that keeps the meaning gives variants that must be decided as the base is; one that
//! turns it gives variants that must never be executed. What a kind does is code here; the words it uses are data of the language
//! ([`LanguageWords`]), and other goods and names come from the pack and the household. Variants follow from the base's id and text alone.

mod base;
mod choice;
mod goods;
mod kind;
mod language;
mod letters;
mod names;
mod numbers;
mod order;
mod rates;
mod report;
mod run;
mod same;
mod slip;
mod stems;
mod text;
mod turn;
mod variant;
mod wrap;

pub use base::{Base, sentence};
pub use goods::GoodsProblem;
pub use kind::{Direction, Kind};
pub use language::{LanguageWords, WordsProblem};
pub use rates::{AcceptedRates, RatesError, RatesVerdict};
pub use report::{Failing, Figures, KindFigures, PERTURBATION_SCHEMA, PerturbationReport};
pub(crate) use run::acts;
pub use run::{Perturbed, Selection};
pub use variant::{Perturber, Variant};
