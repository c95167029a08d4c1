//! Metrics: fed by records as they pass, and by the state of the service when they are asked for.

mod catalogue;
mod exposition;
mod labels;
mod scrape;

use std::{
    array,
    sync::{Arc, Mutex, atomic::AtomicU64},
};

use corridor_decision::{
    Record, Step,
    records::{
        AssistRecord, ComponentRecord, DecisionRecord, FallbackRecord, LatencyRecord, Millis,
        ReasonCode, RiskRecord, ShadowRecord, StepsRecord,
    },
};
use corridor_llm::AttemptRecord;
use prometheus_client::{
    metrics::{
        counter::Counter,
        family::{Family, MetricConstructor},
        gauge::Gauge,
        histogram::Histogram,
    },
    registry::{self, Registry},
};

pub use catalogue::{Kind, LabelDoc, LabelValues, METRICS, Measure, MetricDoc};
pub use scrape::{Watched, router};

use catalogue::{COMPONENT_NAMES, NO_REASON, PREFIX};
use labels::{
    AssistLabels, BreakerLabels, BuildLabels, CallLabels, ComparisonLabels, ComponentLabels,
    DecisionLabels, FileLabels, ModelsLabels, OutcomeLabels, RecordLabels, ResultLabels,
    RouteLabels, SettledLabels, StateLabels, StatusLabels, StepLabels, SwitchLabels, TokenLabels,
};

type Timed<L> = Family<L, Histogram, Buckets>;

/// Every metric. Counting is a few atomic additions; nothing here waits for anybody.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    /// Held from looking up to encoding: looking up clears series that another scrape at the same time would miss.
    scraping: Mutex<()>,
    decisions: Family<DecisionLabels, Counter>,
    with_models: Histogram,
    without_models: Histogram,
    steps: [Histogram; Step::ALL.len()],
    model_wait: Histogram,
    llm_outcomes: Family<OutcomeLabels, Counter>,
    components: Family<SettledLabels, Counter>,
    component_duration: Timed<ComponentLabels>,
    shadow_calls: Family<StatusLabels, Counter>,
    shadow_comparisons: Family<ComparisonLabels, Counter>,
    assist_steps: Family<AssistLabels, Counter>,
    trust_visits: Family<StatusLabels, Counter>,
    model_calls: Family<CallLabels, Counter>,
    model_call_duration: Timed<RouteLabels>,
    model_tokens: Family<TokenLabels, Counter>,
    model_cost: Family<RouteLabels, Counter<f64, AtomicU64>>,
    breaker_state: Family<BreakerLabels, Gauge>,
    switch_on: Family<SwitchLabels, Gauge>,
    model_client: Family<StateLabels, Gauge>,
    files_good: Gauge,
    shadow_under_way: Gauge,
    shadow_waiting: Gauge,
    shadow_shed: Counter,
    records: Family<RecordLabels, Counter>,
    records_failing: Family<FileLabels, Gauge>,
    record_queue: Gauge,
    half_lines: Counter,
    spans: Family<ResultLabels, Counter>,
    build_info: Family<BuildLabels, Gauge>,
}

/// Upper bounds of a histogram's buckets, in seconds.
#[derive(Clone, Copy, Debug)]
struct Buckets(&'static [f64]);

impl MetricConstructor<Histogram> for Buckets {
    fn new_metric(&self) -> Histogram {
        Histogram::new(self.0.iter().copied())
    }
}

/// For steps that take microseconds by themselves and seconds where they wait for a model.
const FINE: Buckets = Buckets(&[
    1e-6, 2.5e-6, 5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 1e-2, 2.5e-2,
    5e-2, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0,
]);

/// For whatever waits for a model.
const COARSE: Buckets = Buckets(&[
    5e-3, 1e-2, 2.5e-2, 5e-2, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 30.0,
]);

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix(PREFIX);
        let r = &mut registry;
        let command_duration = register(r, &catalogue::COMMAND_DURATION, timed(FINE));
        let of = |models| command_duration.get_or_create_owned(&ModelsLabels { models });
        let (with_models, without_models) = (of("on"), of("off"));
        let step_duration = register(r, &catalogue::STEP_DURATION, timed(FINE));
        Self {
            decisions: register(r, &catalogue::DECISIONS, Family::default()),
            with_models,
            without_models,
            steps: array::from_fn(|index| {
                let step = Step::ALL
                    .get(index)
                    .map_or("", |step| catalogue::step_label(*step));
                step_duration.get_or_create_owned(&StepLabels { step })
            }),
            model_wait: register(r, &catalogue::MODEL_WAIT, COARSE.new_metric()),
            llm_outcomes: register(r, &catalogue::LLM_OUTCOMES, Family::default()),
            components: register(r, &catalogue::COMPONENTS_SETTLED, Family::default()),
            component_duration: register(r, &catalogue::COMPONENT_DURATION, timed(COARSE)),
            shadow_calls: register(r, &catalogue::SHADOW_CALLS, Family::default()),
            shadow_comparisons: register(r, &catalogue::SHADOW_COMPARISONS, Family::default()),
            assist_steps: register(r, &catalogue::ASSIST_STEPS, Family::default()),
            trust_visits: register(r, &catalogue::TRUST_VISITS, Family::default()),
            model_calls: register(r, &catalogue::MODEL_CALLS, Family::default()),
            model_call_duration: register(r, &catalogue::MODEL_CALL_DURATION, timed(COARSE)),
            model_tokens: register(r, &catalogue::MODEL_TOKENS, Family::default()),
            model_cost: register(r, &catalogue::MODEL_COST, Family::default()),
            breaker_state: register(r, &catalogue::BREAKER_STATE, Family::default()),
            switch_on: register(r, &catalogue::SWITCH_ON, Family::default()),
            model_client: register(r, &catalogue::MODEL_CLIENT, Family::default()),
            files_good: register(r, &catalogue::FILES_GOOD, Gauge::default()),
            shadow_under_way: register(r, &catalogue::SHADOW_UNDER_WAY, Gauge::default()),
            shadow_waiting: register(r, &catalogue::SHADOW_WAITING, Gauge::default()),
            shadow_shed: register(r, &catalogue::SHADOW_SHED, Counter::default()),
            records: register(r, &catalogue::RECORDS, Family::default()),
            records_failing: register(r, &catalogue::RECORDS_FAILING, Family::default()),
            record_queue: register(r, &catalogue::RECORD_QUEUE, Gauge::default()),
            half_lines: register(r, &catalogue::HALF_LINES, Counter::default()),
            spans: register(r, &catalogue::SPANS, Family::default()),
            build_info: register(r, &catalogue::BUILD_INFO, Family::default()),
            registry,
            scraping: Mutex::default(),
        }
    }
}

impl Metrics {
    /// Counts what a record says.
    pub fn count(&self, record: &Record) {
        match record {
            Record::Decision(record) => self.count_decision(record),
            Record::Latency(record) => self.count_latency(record),
            Record::Fallback(record) => self.count_fallback(record),
            Record::Shadow(record) => self.count_shadow(record),
            Record::Assist(record) => self.count_assist(record),
            Record::Risk(record) => self.count_visit(record),
        }
    }

    /// Counts an attempt at a model call.
    pub fn count_attempt(&self, record: &AttemptRecord) {
        let route = RouteLabels {
            task: record.task,
            profile: Arc::clone(&record.profile),
        };
        self.model_calls
            .get_or_create(&CallLabels {
                task: record.task,
                profile: Arc::clone(&record.profile),
                provider: record.provider,
                outcome: record.outcome.as_str(),
            })
            .inc();
        self.model_call_duration
            .get_or_create(&route)
            .observe(record.latency_ms / 1000.0);
        for (direction, tokens) in [("in", record.tokens_in), ("out", record.tokens_out)] {
            self.model_tokens
                .get_or_create(&TokenLabels {
                    task: record.task,
                    profile: Arc::clone(&record.profile),
                    direction,
                })
                .inc_by(tokens.unwrap_or_default());
        }
        // A counter must not go down, whatever the policy's prices are.
        self.model_cost
            .get_or_create(&route)
            .inc_by(record.cost.max(0.0));
    }

    fn count_decision(&self, record: &DecisionRecord) {
        let labels = DecisionLabels {
            action: record.action.as_str(),
            intent: record.intent.as_str(),
            language: record.language.as_str(),
            source: record.source.as_str(),
        };
        self.decisions.get_or_create(&labels).inc();
    }

    fn count_latency(&self, record: &LatencyRecord) {
        let total = if record.llm_enabled {
            &self.with_models
        } else {
            &self.without_models
        };
        total.observe(seconds(record.total_ms));
        for (histogram, step) in self.steps.iter().zip(Step::ALL) {
            histogram.observe(seconds(step_time(&record.steps, step)));
        }
        if record.llm_ms > Millis::default() {
            self.model_wait.observe(seconds(record.llm_ms));
        }
    }

    fn count_fallback(&self, record: &FallbackRecord) {
        let labels = OutcomeLabels {
            outcome: record.llm_outcome.as_str(),
            reason: reason(record.fallback_reason),
        };
        self.llm_outcomes.get_or_create(&labels).inc();
        let components = &record.components;
        let components: [&ComponentRecord; 5] = [
            &components.shadow,
            &components.assist_normalizer,
            &components.assist_entities,
            &components.assist_clarify,
            &components.partial_trust,
        ];
        for (component, record) in COMPONENT_NAMES.into_iter().zip(components) {
            let status = record.status.as_str();
            self.components
                .get_or_create(&SettledLabels { component, status })
                .inc();
            if let Some(latency) = record.latency_ms {
                self.component_duration
                    .get_or_create(&ComponentLabels { component })
                    .observe(seconds(latency));
            }
        }
    }

    fn count_shadow(&self, record: &ShadowRecord) {
        let labels = StatusLabels {
            status: record.status.as_str(),
            reason: reason(record.error_type),
        };
        self.shadow_calls.get_or_create(&labels).inc();
        let Some(diff) = &record.diff else {
            return;
        };
        for (respect, result) in [
            ("intent", diff.intent),
            ("action", diff.action),
            ("items", diff.items),
            ("amounts", diff.amounts),
            ("lists", diff.lists),
        ] {
            let result = result.as_str();
            self.shadow_comparisons
                .get_or_create(&ComparisonLabels { respect, result })
                .inc();
        }
    }

    fn count_assist(&self, record: &AssistRecord) {
        let labels = AssistLabels {
            step: record.step.as_str(),
            status: record.status.as_str(),
            reason: reason(record.error_type),
        };
        self.assist_steps.get_or_create(&labels).inc();
    }

    fn count_visit(&self, record: &RiskRecord) {
        let labels = StatusLabels {
            status: record.status.as_str(),
            reason: reason(record.reason_code),
        };
        self.trust_visits.get_or_create(&labels).inc();
    }
}

fn timed<L>(buckets: Buckets) -> Timed<L>
where
    L: Clone + std::hash::Hash + Eq,
{
    Family::new_with_constructor(buckets)
}

/// Registers a metric under its name and documentation.
fn register<M: registry::Metric + Clone>(registry: &mut Registry, doc: &MetricDoc, metric: M) -> M {
    // The library ends the help with a full stop of its own.
    let help = doc.help.trim().trim_end_matches('.');
    match doc.unit {
        Some(unit) => registry.register_with_unit(doc.name, help, unit.unit(), metric.clone()),
        None => registry.register(doc.name, help, metric.clone()),
    }
    metric
}

fn seconds(time: Millis) -> f64 {
    time.as_f64() / 1000.0
}

fn reason(reason: Option<ReasonCode>) -> &'static str {
    reason.map_or(NO_REASON, ReasonCode::as_str)
}

fn step_time(steps: &StepsRecord, step: Step) -> Millis {
    match step {
        Step::ValidateCommand => steps.validate_command_ms,
        Step::Normalize => steps.normalize_ms,
        Step::Shadow => steps.shadow_ms,
        Step::Assist => steps.assist_ms,
        Step::CoreLogic => steps.core_logic_ms,
        Step::PartialTrust => steps.partial_trust_ms,
        Step::ValidateDecision => steps.validate_decision_ms,
    }
}
