//! Every metric there is, declared once: registration, the reference page and the test of labels follow from here.

use corridor_contract::Action;
use corridor_decision::{
    Step,
    records::{
        AnswerLanguage, AssistStatus, AssistStep, Comparison, ComponentStatus, Intent, LlmOutcome,
        ReasonCode, RiskStatus, ShadowStatus, Source,
    },
};
use corridor_llm::{Outcome, TaskId};
use prometheus_client::registry::Unit;

use crate::{model::switches::SwitchName, telemetry::records::LogFile};

/// Before every name.
pub(super) const PREFIX: &str = "corridor";

/// One metric, as it is declared.
#[derive(Debug)]
pub struct MetricDoc {
    /// Its name, without the prefix, the unit and what its kind adds.
    pub(super) name: &'static str,
    /// What it is.
    pub kind: Kind,
    /// What its values are in; none for plain counts.
    pub unit: Option<Measure>,
    /// Its labels.
    pub labels: &'static [LabelDoc],
    /// What it says.
    pub help: &'static str,
}

/// What a metric is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Grows, until the service starts again.
    Counter,
    /// Goes up and down.
    Gauge,
    /// Counts of values by size.
    Histogram,
}

impl Kind {
    /// The kind's name in expositions.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
        }
    }
}

/// What values are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Seconds.
    Seconds,
}

impl Measure {
    /// Its name in metrics.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Seconds => "seconds",
        }
    }

    pub(super) fn unit(self) -> Unit {
        match self {
            Self::Seconds => Unit::Seconds,
        }
    }
}

/// One label of a metric.
#[derive(Debug)]
pub struct LabelDoc {
    /// Its name.
    pub name: &'static str,
    /// What it may hold.
    pub values: LabelValues,
}

/// What a label may hold: never anything that was said, so that the number of series is bounded.
#[derive(Clone, Copy, Debug)]
pub enum LabelValues {
    /// One of these words.
    Words(fn() -> Vec<&'static str>),
    /// A name that the operator's configuration or the program itself gives, and that says what.
    Configured(&'static str),
}

impl MetricDoc {
    /// The name of the family, with prefix and unit.
    #[must_use]
    pub fn family(&self) -> String {
        match self.unit {
            Some(unit) => format!("{PREFIX}_{}_{}", self.name, unit.as_str()),
            None => format!("{PREFIX}_{}", self.name),
        }
    }

    /// The name to ask for: that of the family, with `_total` for a counter.
    #[must_use]
    pub fn full_name(&self) -> String {
        match self.kind {
            Kind::Counter => format!("{}_total", self.family()),
            Kind::Gauge | Kind::Histogram => self.family(),
        }
    }
}

/// The label value where a reason is null.
pub(super) const NO_REASON: &str = "none";

/// The words of a closed set that has `ALL` and `as_str`.
macro_rules! words_of {
    ($type:ty) => {
        LabelValues::Words(|| <$type>::ALL.iter().map(|one| one.as_str()).collect())
    };
}

macro_rules! metrics {
    ($(
        $(#[doc = $help:literal])+
        $constant:ident: $kind:ident $name:literal $(in $unit:ident)? { $($label:ident: $values:expr,)* }
    )+) => {
        $(
            pub(super) static $constant: MetricDoc = MetricDoc {
                name: $name,
                kind: Kind::$kind,
                unit: { let unit: Option<Measure> = None; $(let unit: Option<Measure> = { let _ = unit; Some(Measure::$unit) };)? unit },
                labels: &[$(LabelDoc { name: stringify!($label), values: $values },)*],
                help: concat!($($help),+),
            };
        )+

        /// Every metric, in the order of the reference.
        pub static METRICS: &[&MetricDoc] = &[$(&$constant,)+];
    };
}

/// The steps of a command as label values: the unit is in the metric's name.
const STEPS: LabelValues = LabelValues::Words(|| Step::ALL.into_iter().map(step_label).collect());
const REASONS: LabelValues = LabelValues::Words(|| {
    ReasonCode::all()
        .map(ReasonCode::as_str)
        .chain([NO_REASON])
        .collect()
});
const TASKS: LabelValues = words_of!(TaskId);
const PROFILES: LabelValues = LabelValues::Configured("a profile of the policy registry");
const OUTCOMES: LabelValues = LabelValues::Words(|| {
    Outcome::FAILURES
        .into_iter()
        .chain([Outcome::Success])
        .map(Outcome::as_str)
        .collect()
});
const COMPONENTS: LabelValues = LabelValues::Words(|| COMPONENT_NAMES.to_vec());

/// The components of a command, in the order of records.
pub(super) const COMPONENT_NAMES: [&str; 5] = [
    "shadow",
    "assist_normalizer",
    "assist_entities",
    "assist_clarify",
    "partial_trust",
];

/// A step's name as a label value.
pub(super) fn step_label(step: Step) -> &'static str {
    step.name().trim_end_matches("_ms")
}

metrics! {
    /// Decisions sent.
    DECISIONS: Counter "decisions" {
        action: words_of!(Action),
        intent: words_of!(Intent),
        language: words_of!(AnswerLanguage),
        source: words_of!(Source),
    }
    /// Time from a command's first step to its decision, waiting for models included.
    COMMAND_DURATION: Histogram "command_duration" in Seconds {
        models: LabelValues::Words(|| vec!["on", "off"]),
    }
    /// Time of each step of a command.
    STEP_DURATION: Histogram "step_duration" in Seconds {
        step: STEPS,
    }
    /// The part of a command's time in which its answer waited for a model, of commands that waited.
    MODEL_WAIT: Histogram "model_wait" in Seconds {}
    /// Commands by how models fared on them.
    LLM_OUTCOMES: Counter "llm_outcomes" {
        outcome: words_of!(LlmOutcome),
        reason: REASONS,
    }
    /// Commands by how each model component fared on them.
    COMPONENTS_SETTLED: Counter "components" {
        component: COMPONENTS,
        status: words_of!(ComponentStatus),
    }
    /// Time of a model component where it ran.
    COMPONENT_DURATION: Histogram "component_duration" in Seconds {
        component: COMPONENTS,
    }
    /// Shadow calls.
    SHADOW_CALLS: Counter "shadow_calls" {
        status: words_of!(ShadowStatus),
        reason: REASONS,
    }
    /// Shadow readings compared with the decision of the rules, in one respect each.
    SHADOW_COMPARISONS: Counter "shadow_comparisons" {
        respect: LabelValues::Words(|| vec!["intent", "action", "items", "amounts", "lists"]),
        result: words_of!(Comparison),
    }
    /// Assist hints.
    ASSIST_STEPS: Counter "assist_steps" {
        step: words_of!(AssistStep),
        status: words_of!(AssistStatus),
        reason: REASONS,
    }
    /// Visits to the corridor of partial trust.
    TRUST_VISITS: Counter "partial_trust_visits" {
        status: words_of!(RiskStatus),
        reason: REASONS,
    }
    /// Attempts at model calls.
    MODEL_CALLS: Counter "model_calls" {
        task: TASKS,
        profile: PROFILES,
        provider: LabelValues::Configured("a provider that the program knows"),
        outcome: OUTCOMES,
    }
    /// Time of an attempt at a model call.
    MODEL_CALL_DURATION: Histogram "model_call_duration" in Seconds {
        task: TASKS,
        profile: PROFILES,
    }
    /// Tokens of model calls, as far as providers tell.
    MODEL_TOKENS: Counter "model_tokens" {
        task: TASKS,
        profile: PROFILES,
        direction: LabelValues::Words(|| vec!["in", "out"]),
    }
    /// Cost of model calls, in the currency of the policy registry.
    MODEL_COST: Counter "model_cost" {
        task: TASKS,
        profile: PROFILES,
    }
    /// Breakers: 1 for the state a route is in, 0 for the others.
    BREAKER_STATE: Gauge "breaker_state" {
        task: TASKS,
        profile: PROFILES,
        state: LabelValues::Words(|| BREAKER_STATES.to_vec()),
    }
    /// Switches, after everybody who may say off: 1 for on, 0 for off.
    SWITCH_ON: Gauge "switch_on" {
        switch: words_of!(SwitchName),
    }
    /// The model client: 1 for the state it is in, 0 for the others.
    MODEL_CLIENT: Gauge "model_client_state" {
        state: LabelValues::Words(|| CLIENT_STATES.to_vec()),
    }
    /// Whether settings and policy files are good: 1; 0 keeps every model stage off.
    FILES_GOOD: Gauge "settings_good" {}
    /// Shadow calls under way.
    SHADOW_UNDER_WAY: Gauge "shadow_calls_under_way" {}
    /// Shadow calls that wait for a place.
    SHADOW_WAITING: Gauge "shadow_calls_waiting" {}
    /// Shadow calls that were not made because the queue was full or the service under load.
    SHADOW_SHED: Counter "shadow_calls_shed" {}
    /// Records by what became of them.
    RECORDS: Counter "records" {
        file: words_of!(LogFile),
        result: LabelValues::Words(|| vec!["written", "dropped", "failed"]),
    }
    /// Whether the last write of a record file failed: 1, else 0.
    RECORDS_FAILING: Gauge "record_file_failing" {
        file: words_of!(LogFile),
    }
    /// Records that wait to be written.
    RECORD_QUEUE: Gauge "record_queue_length" {}
    /// Half lines found in record files after a sudden end, and set aside.
    HALF_LINES: Counter "record_half_lines" {}
    /// Spans by what became of them.
    SPANS: Counter "trace_spans" {
        result: LabelValues::Words(|| vec!["sent", "dropped", "failed"]),
    }
    /// The versions that run; always 1.
    BUILD_INFO: Gauge "build_info" {
        version: LabelValues::Configured("the program's version"),
        api_version: LabelValues::Configured("the HTTP API's version"),
        schema_version: LabelValues::Configured("the contract's version"),
        pack_version: LabelValues::Configured("the pack's name and version"),
    }
}

/// The states of a breaker.
pub(super) const BREAKER_STATES: [&str; 3] = ["passing", "tripped", "probing"];

/// The states of the model client.
pub(super) const CLIENT_STATES: [&str; 3] = ["running", "off", "refused"];
