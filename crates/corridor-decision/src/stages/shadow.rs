//! Shadow: a model's own reading of a command, compared with the baseline and recorded. It never reaches the answer.
//!
//! A call is handed over when the answer is ready and goes on by itself, within its own deadline; see [`desk`] for how many at once.

pub(crate) mod desk;

use std::sync::Arc;

use corridor_contract::{Action, Command, JobType, Payload};
use corridor_llm::private::Answer;
use corridor_llm::{Outcome, Runtime, TaskId, TaskInput};
use corridor_nlu::{Clause, ListMention, Meaning, TaskReading};
use tokio::sync::watch;
use tokio::time::{Duration, Instant};

use crate::decide::{Decided, Decider, Stamp};
use crate::pipeline::Settlement;
use crate::records::{
    Comparison, ComponentRecord, ComponentStatus, Intent, InternalError, ModelMeta, ReasonCode,
    ShadowDiff, ShadowRecord, ShadowStatus,
};

use super::ask::{Asked, ask, contained};
use super::compare::{compare, compared, items_of};
use super::reading::{ReadIntent, Reading};
use super::scene::Scene;

/// A shadow call with everything it needs, and the records that wait for it.
pub(crate) struct ShadowJob {
    runtime: Arc<Runtime>,
    decider: Arc<Decider>,
    input: TaskInput,
    command: Command,
    stamp: Stamp,
    baseline: Decided,
    handed_over: Instant,
    deadline: Instant,
    settlement: Settlement,
}

/// What a model's reading comes to, beside the baseline.
struct Compared {
    intent: Intent,
    action: Action,
    job_type: Option<JobType>,
    items: u32,
    diff: ShadowDiff,
}

impl ShadowJob {
    /// A call about the command of `scene`.
    pub(crate) fn new(
        scene: Scene<'_>,
        decider: &Arc<Decider>,
        runtime: &Arc<Runtime>,
        timeout: Duration,
        settlement: Settlement,
    ) -> Box<Self> {
        let now = Instant::now();
        Box::new(Self {
            runtime: Arc::clone(runtime),
            decider: Arc::clone(decider),
            input: scene.input_with_lists(),
            command: scene.command.clone(),
            stamp: scene.stamp.clone(),
            baseline: scene.baseline.decided.clone(),
            handed_over: now,
            deadline: now + timeout,
            settlement,
        })
    }

    /// Gives the records back without a call.
    pub(crate) fn give_up(self) -> Settlement {
        self.settlement
    }

    /// Makes the call and writes its records. Ends by its deadline, or at once when `stop` turns true.
    pub(crate) async fn run(self: Box<Self>, mut stop: watch::Receiver<bool>) {
        // The model client keeps the deadline: it must see its own time-outs, for its records and its breaker.
        let asked = tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => Err(Outcome::Cancelled),
            asked = ask(&self.runtime, TaskId::ShoppingExtraction, self.input.clone(), self.deadline) => Ok(asked),
        };
        let (result, meta) = match asked {
            Ok(Asked { result, meta, .. }) => (result, meta),
            Err(outcome) => (Err(ReasonCode::from(outcome)), None),
        };
        let compared = match result {
            Ok(answer) => contained(async { self.compare(&answer) })
                .await
                .and_then(|compared| compared)
                .map_err(ReasonCode::from),
            Err(reason) => Err(reason),
        };
        self.settle(compared, meta);
    }

    /// The decision that the model's reading would come to, by the builder of all decisions; compared, never sent.
    fn compare(&self, answer: &Answer) -> Result<Compared, InternalError> {
        let reading = Reading::of(answer)?;
        let language = self.baseline.language;
        let engine = self.decider.engine();
        let meaning = match reading.intent {
            ReadIntent::AddShoppingItem if reading.items.is_empty() => Meaning::AskItem,
            ReadIntent::AddShoppingItem => Meaning::Shopping {
                items: reading
                    .items
                    .iter()
                    .map(|item| {
                        let list = item.list.as_ref().map(|list| self.list(list.expose()));
                        item.to_item(engine, language, list)
                    })
                    .collect(),
                list: None,
                timed: false,
            },
            // Extraction gives no titles: the kind of the job is all that is compared.
            ReadIntent::CreateTask => Meaning::Tasks(vec![TaskReading {
                title: String::new(),
                doer: None,
                zone: None,
                due: None,
                description: None,
                repaired: false,
            }]),
            ReadIntent::Unknown => Meaning::NotUnderstood,
        };
        let clause = Clause {
            meaning,
            rules: Vec::new(),
            confidence: 1.0,
        };
        let suggested = self
            .decider
            .build(&self.command, &self.stamp, language, &[clause])
            .decision;
        let baseline = &self.baseline.decision;
        let items = compare(
            &compared(engine, language, &baseline.payload),
            &compared(engine, language, &suggested.payload),
        );
        let intent = Intent::of(&suggested.payload);
        Ok(Compared {
            intent,
            action: suggested.action(),
            job_type: job_type(&suggested.payload),
            items: u32::try_from(reading.items.len()).unwrap_or(u32::MAX),
            diff: ShadowDiff {
                intent: same(intent == Intent::of(&baseline.payload)),
                action: same(suggested.action() == baseline.action()),
                items: items.items(),
                amounts: items.amounts(),
                lists: items.lists(),
                items_shared: items.shared,
                items_missing: items.missing,
                items_extra: items.extra,
                amounts_different: items.amounts_different,
                lists_different: items.lists_different,
            },
        })
    }

    fn list(&self, name: &str) -> ListMention {
        let lists = &self.command.context.household.shopping_lists;
        let wanted = name.trim().to_lowercase();
        lists
            .iter()
            .position(|list| list.name.expose().trim().to_lowercase() == wanted)
            .map_or(ListMention::Unknown, ListMention::Known)
    }

    fn settle(self, compared: Result<Compared, ReasonCode>, meta: Option<ModelMeta>) {
        let latency = self.handed_over.elapsed();
        let (status, component) = match &compared {
            Ok(_) => (ShadowStatus::Compared, ComponentStatus::Success),
            Err(ReasonCode::Internal(_)) => (ShadowStatus::Error, ComponentStatus::Error),
            Err(_) => (ShadowStatus::Failed, ComponentStatus::Failed),
        };
        let reason = compared.as_ref().err().copied();
        let compared = compared.ok();
        let baseline = &self.baseline.decision;
        let account = self.settlement.account();
        account.shadow(ShadowRecord {
            timestamp: account.now(),
            trace_id: account.trace_id(),
            command_id: account.command_id(),
            status,
            error_type: reason,
            latency_ms: latency.into(),
            suggested_intent: compared.as_ref().map(|compared| compared.intent),
            suggested_action: compared.as_ref().map(|compared| compared.action),
            suggested_job_type: compared.as_ref().and_then(|compared| compared.job_type),
            baseline_intent: Intent::of(&baseline.payload),
            baseline_action: baseline.action(),
            baseline_job_type: job_type(&baseline.payload),
            suggested_item_count: compared.as_ref().map(|compared| compared.items),
            baseline_item_count: u32::try_from(items_of(&baseline.payload).count())
                .unwrap_or(u32::MAX),
            diff: compared.map(|compared| compared.diff),
            model_meta: meta,
        });
        self.settlement.settle(ComponentRecord {
            status: component,
            reason,
            latency_ms: Some(latency.into()),
        });
    }
}

fn same(same: bool) -> Comparison {
    if same {
        Comparison::Same
    } else {
        Comparison::Different
    }
}

fn job_type(payload: &Payload) -> Option<JobType> {
    match payload {
        Payload::StartJob(job) => Some(job.job_type),
        _ => None,
    }
}
