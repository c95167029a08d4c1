//! Who answered a component's question.

use corridor_llm::runtime::TaskSummary;

use super::field::record;
use super::scalar::RecordId;

record! {
    /// Who answered, by names that operators gave.
    ModelMeta {
        /// The profile that gave the result.
        profile: RecordId,
        /// Its route: task and profile.
        route: RecordId,
        /// The prompt's id; null where none was made.
        prompt_id: Option<RecordId>,
        /// The prompt's version; null where none was made.
        prompt_version: Option<RecordId>,
        /// Whether another profile was asked in the end.
        escalated: bool,
        /// Whether an answer was sent back to be mended.
        repaired: bool,
        /// Attempts made.
        attempts: u32,
    }
}

impl From<&TaskSummary> for ModelMeta {
    fn from(summary: &TaskSummary) -> Self {
        let prompt = summary.prompt.as_ref();
        Self {
            profile: RecordId::new(summary.route.profile.as_str()),
            route: RecordId::new(summary.route.to_string()),
            prompt_id: prompt.map(|prompt| RecordId::new(prompt.id.clone())),
            prompt_version: prompt.map(|prompt| RecordId::new(prompt.version.clone())),
            escalated: summary.escalated,
            repaired: summary.repaired,
            attempts: summary.attempts,
        }
    }
}
