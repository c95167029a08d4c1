//! From a model's reply to JSON that fits the schema: without its reasoning, without what stands around the JSON, and
//! with the slips mended that a rule can mend.
//!
//! What is left over after these rungs is for the fallback chain: repair, escalation.

use super::answer_text::answer_part;
use super::json_in_text::{the_object, whole};
use super::rule_repair::mend;

use crate::call::{CallError, CallReply, FinishReason};
use crate::private::Answer;
use crate::prompt::{SchemaProblems, TaskSchema};

/// Why a reply is not usable, with what a repair needs to know.
#[derive(Debug)]
pub(super) struct Unusable {
    pub(super) error: CallError,
    pub(super) problems: Option<SchemaProblems>,
}

impl From<CallError> for Unusable {
    fn from(error: CallError) -> Self {
        Self {
            error,
            problems: None,
        }
    }
}

pub(super) fn judge(reply: &CallReply, schema: &TaskSchema) -> Result<Answer, Unusable> {
    let text = reply.content.expose().trim_start_matches('\u{feff}').trim();
    // A cut answer may happen to end in valid JSON that says less than was meant.
    if reply.finish == FinishReason::Length {
        return Err(CallError::Truncated.into());
    }
    if text.is_empty() {
        return Err(CallError::Empty.into());
    }
    // Marks of reasoning inside an answer that is JSON as it stands are text.
    let mut value = match whole(text) {
        Some(value) => value,
        None => {
            let text = answer_part(text).map_err(|_| CallError::Truncated)?;
            the_object(text).ok_or(CallError::InvalidJson)?
        }
    };
    let Err(problems) = schema.check(&value) else {
        return Ok(Answer::new(value));
    };
    mend(&mut value, schema.as_value());
    if schema.check(&value).is_ok() {
        return Ok(Answer::new(value));
    }
    Err(Unusable {
        error: CallError::SchemaValidationFailed,
        problems: Some(problems),
    })
}
