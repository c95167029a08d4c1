//! What every stage sees of a command: the command, the baseline, and what may be asked about it.

use corridor_contract::{Command, Decision};
use corridor_llm::{Correlation, PersonText, TaskInput};
use corridor_nlu::{Engine, Language};

use crate::decide::{Baseline, Decider, Stamp};
use crate::records::{Intent, SkipReason};

use super::Stages;

/// One command on its way.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub(crate) decider: &'a Decider,
    pub(crate) stages: &'a Stages,
    pub(crate) command: &'a Command,
    pub(crate) stamp: &'a Stamp,
    pub(crate) baseline: &'a Baseline<'a>,
}

impl Scene<'_> {
    pub(crate) fn engine(&self) -> &Engine {
        self.decider.engine()
    }

    pub(crate) fn language(&self) -> Language {
        self.baseline.understanding.language
    }

    pub(crate) fn baseline_intent(&self) -> Intent {
        Intent::of(&self.baseline.decided.decision.payload)
    }

    /// Why the text is not to be sent to a model, or nothing.
    pub(crate) fn unfit_text(&self) -> Option<SkipReason> {
        let text = &self.command.text;
        // Bytes first: a text is never longer in characters than in bytes, and most are short.
        let max = self.stages.max_text_chars;
        let too_long = text.expose().len() > max && text.expose().chars().count() > max;
        (text.is_blank() || too_long).then_some(SkipReason::TextLength)
    }

    /// The command as a model gets it.
    pub(crate) fn input(&self) -> TaskInput {
        let correlation = Correlation {
            trace_id: self.stamp.trace_id.clone(),
            command_id: self.command.command_id.as_str().to_owned(),
        };
        let language = match self.language() {
            Language::Ru => corridor_llm::Language::Ru,
            Language::En => corridor_llm::Language::En,
        };
        TaskInput::new(
            correlation,
            language,
            PersonText::new(self.command.text.expose()),
        )
    }

    /// The command with the names of the household's lists.
    pub(crate) fn input_with_lists(&self) -> TaskInput {
        let lists = &self.command.context.household.shopping_lists;
        self.input().with_lists(
            lists
                .iter()
                .map(|list| PersonText::new(list.name.expose()))
                .collect(),
        )
    }
}

/// Whether a decision that did not come from rules alone passes the contract's own check, from its bytes.
pub(crate) fn passes_contract(decision: &Decision) -> bool {
    decision
        .to_json_vec()
        .is_ok_and(|bytes| Decision::from_slice(&bytes).is_ok())
}
