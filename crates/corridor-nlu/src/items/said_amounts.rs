//! The amounts of an utterance, whatever they belong to: what a quantity that somebody else suggests is held against.

use crate::amount::Amount;
use crate::engine::Engine;
use crate::utterance::{Utterance, View};

use super::amount;

/// An amount that was said: exact, no range and no limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidAmount {
    /// How many or how much.
    pub quantity: Amount,
    /// Of what unit or container, as a decision writes it.
    pub unit: Option<String>,
}

impl Engine {
    /// The exact amounts of an utterance, in order. Ranges, limits and vague words give none, as in items.
    #[must_use]
    pub fn said_amounts(&self, utterance: &Utterance) -> Vec<SaidAmount> {
        let view = View::new(utterance, 0..utterance.tokens.len(), |_| true);
        let mut amounts = Vec::new();
        let mut at = 0;
        while at < utterance.tokens.len() {
            let Some(measured) = amount::read(self, &view, at, utterance.language) else {
                at += 1;
                continue;
            };
            if let Some(quantity) = measured.quantity {
                amounts.push(SaidAmount {
                    quantity,
                    unit: measured.unit,
                });
            }
            at = measured.end.max(at + 1);
        }
        amounts
    }
}
