//! The decision: what a product gets back.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::confidence::Confidence;
use crate::ids::{CommandId, DecisionId, DecisionVersion, TraceId};
use crate::payload::Payload;
use crate::said::Said;
use crate::timestamp::Timestamp;
use crate::version::SchemaVersion;
use crate::vocabulary::{Action, Outcome, Status};

/// Room for a decision as JSON to begin with, in bytes: a list of five items fits without growing.
const USUAL_JSON_BYTES: usize = 4096;

/// What Corridor decided. Status, action and outcome follow from the payload, so they cannot contradict it.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// New for each decision.
    pub decision_id: DecisionId,
    /// The command this answers.
    pub command_id: CommandId,
    /// Ties the decision to records and to the caller's trace.
    pub trace_id: TraceId,
    /// How sure it is.
    pub confidence: Confidence,
    /// What to do.
    pub payload: Payload,
    /// Why, for a person.
    pub explanation: Said,
    /// The contract's version; [`SchemaVersion::CURRENT`] in a decision of this build.
    pub schema_version: SchemaVersion,
    /// The engine and pack that decided.
    pub decision_version: DecisionVersion,
    /// When it was decided.
    pub created_at: Timestamp,
}

impl Decision {
    /// How it ended.
    #[must_use]
    pub fn status(&self) -> Status {
        self.payload.status()
    }

    /// What the product is to do.
    #[must_use]
    pub fn action(&self) -> Action {
        self.payload.action()
    }

    /// What it amounts to.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.payload.outcome()
    }

    /// The decision as JSON on one line.
    ///
    /// # Errors
    /// Where the JSON writer fails; nothing a decision can hold makes it fail today.
    pub fn to_json_vec(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut json = Vec::with_capacity(USUAL_JSON_BYTES);
        serde_json::to_writer(&mut json, self)?;
        Ok(json)
    }

    /// The decision as JSON on one line.
    ///
    /// # Errors
    /// As [`Decision::to_json_vec`].
    pub fn to_json_string(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }
}

impl Serialize for Decision {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Decision", 12)?;
        out.serialize_field("decision_id", &self.decision_id)?;
        out.serialize_field("command_id", &self.command_id)?;
        out.serialize_field("trace_id", &self.trace_id)?;
        out.serialize_field("status", &self.status())?;
        out.serialize_field("action", &self.action())?;
        out.serialize_field("decision_outcome", &self.outcome())?;
        out.serialize_field("confidence", &self.confidence)?;
        out.serialize_field("payload", &self.payload)?;
        out.serialize_field("explanation", self.explanation.expose())?;
        out.serialize_field("schema_version", &self.schema_version)?;
        out.serialize_field("decision_version", &self.decision_version)?;
        out.serialize_field("created_at", &self.created_at)?;
        out.end()
    }
}
