//! The door that an evaluation goes through: the same bytes in and out as a request.

use corridor_contract::{Command, Decision, Problems, SchemaDefect, SchemaValidator, Side};
use corridor_decision::{Decider, Stamp, StepTimes};

/// Something that answers commands: in this process, or behind a connection.
pub trait Executor: Sync {
    /// The decision on a command, both as JSON on the wire.
    ///
    /// # Errors
    /// Where there is no decision to be had.
    fn execute(&self, command: &[u8]) -> Result<Vec<u8>, ExecutionError>;

    /// Whether the same command may get another answer another time.
    fn repeats(&self) -> Repeats {
        Repeats::Exactly
    }
}

/// Whether an executor answers the same each time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeats {
    /// It does; anything else is a defect.
    Exactly,
    /// A model has its say, and models vary.
    MayVary,
}

/// Why a command has no decision that could be judged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExecutionError {
    /// The command was refused.
    #[error("the command breaks the contract: {0}")]
    Command(Problems),
    /// What came back is no decision.
    #[error("the decision breaks the contract: {0}")]
    Decision(Problems),
    /// Decisions cannot be checked at all.
    #[error(transparent)]
    Schema(#[from] SchemaDefect),
    /// Nothing came back.
    #[error("no decision came back: {reason}")]
    Unanswered {
        /// Why.
        reason: String,
    },
}

/// The decider in this process. Ids and times follow from the command, so a run can be repeated to the byte.
#[derive(Clone, Copy)]
pub struct InProcess<'d> {
    decider: &'d Decider,
}

impl<'d> InProcess<'d> {
    /// Executes by `decider`.
    #[must_use]
    pub fn new(decider: &'d Decider) -> Self {
        Self { decider }
    }
}

impl Executor for InProcess<'_> {
    fn execute(&self, command: &[u8]) -> Result<Vec<u8>, ExecutionError> {
        let command = Command::from_slice(command).map_err(ExecutionError::Command)?;
        let decided = self
            .decider
            .decide(&command, stamp(&command), &mut StepTimes::default());
        decided
            .decision
            .to_json_vec()
            .map_err(|error| ExecutionError::Unanswered {
                reason: error.to_string(),
            })
    }
}

/// Ids and times that follow from the command.
pub(crate) fn stamp(command: &Command) -> Stamp {
    Stamp {
        created_at: command.timestamp.instant(),
        decision_id: format!("decision-{}", command.command_id),
        trace_id: format!("trace-{}", command.command_id),
    }
}

/// Executes a command and reads the decision, which is held to the schema as well as to the types.
pub(crate) fn decide(executor: &dyn Executor, command: &[u8]) -> Result<Decision, ExecutionError> {
    let bytes = executor.execute(command)?;
    let decision = Decision::from_slice(&bytes).map_err(ExecutionError::Decision)?;
    let document = serde_json::from_slice(&bytes).map_err(|error| ExecutionError::Unanswered {
        reason: error.to_string(),
    })?;
    let problems = SchemaValidator::of(Side::Decision)?.validate(&document);
    if problems.is_empty() {
        Ok(decision)
    } else {
        Err(ExecutionError::Decision(problems))
    }
}
