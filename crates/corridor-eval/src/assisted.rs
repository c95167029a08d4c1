//! The whole pipeline in this process: rules with a model, as far as its stages let it.

use std::sync::Arc;
use std::time::Duration;

use corridor_contract::Command;
use corridor_decision::{Pipeline, StepTimes};
use tokio::runtime::Handle;

use crate::executor::{ExecutionError, Executor, Repeats, stamp};
use crate::model_use::RunRecords;

/// Decides through a pipeline, and waits for a command's shadow before the next one: a model that is slow is asked about every entry.
pub struct Assisted {
    pipeline: Arc<Pipeline>,
    records: Arc<RunRecords>,
    runtime: Handle,
    patience: Duration,
}

impl Assisted {
    /// Decides by `pipeline`, whose sink is `records`, on `runtime`. A command that has not settled after `patience` is not waited for.
    #[must_use]
    pub fn new(
        pipeline: Arc<Pipeline>,
        records: Arc<RunRecords>,
        runtime: Handle,
        patience: Duration,
    ) -> Self {
        Self {
            pipeline,
            records,
            runtime,
            patience,
        }
    }
}

impl Executor for Assisted {
    fn execute(&self, command: &[u8]) -> Result<Vec<u8>, ExecutionError> {
        let command = Command::from_slice(command).map_err(ExecutionError::Command)?;
        let decided = self.runtime.block_on(async {
            let mut steps = StepTimes::default();
            let decided = self
                .pipeline
                .decide(&command, stamp(&command), &mut steps)
                .await;
            let settled = self.records.settled(command.command_id.as_str());
            // Without it the decision stands all the same; only the shadow's record comes too late for the report.
            let _ = tokio::time::timeout(self.patience, settled).await;
            decided
        });
        decided
            .decision
            .to_json_vec()
            .map_err(|error| ExecutionError::Unanswered {
                reason: error.to_string(),
            })
    }

    fn repeats(&self) -> Repeats {
        Repeats::MayVary
    }
}
