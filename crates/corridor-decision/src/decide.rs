//! The decision of the rules: a command to its baseline. What models may add to it is in [`pipeline`](crate::Pipeline).

use corridor_contract::{
    Command, Confidence, Decision, DecisionId, DecisionVersion, SchemaVersion, Timestamp, TraceId,
};
use corridor_nlu::evidence::Evidence;
use corridor_nlu::token::Token;
use corridor_nlu::tokenize::tokenize;
use corridor_nlu::{Clause, Engine, Language, Situation, Understanding};
use jiff::tz::TimeZone;

use crate::explain::Explanation;
use crate::plan;
use crate::reason::Reason;
use crate::records::Source;
use crate::situation;
use crate::steps::{Step, StepTimes};

/// What an operator sets about decisions.
#[derive(Clone, Debug)]
pub struct DecisionSettings {
    /// The language of words to people where neither text nor names tell.
    pub language: Language,
    /// The zone in which times resolve; without it, the offset of the command's timestamp.
    pub timezone: Option<TimeZone>,
}

/// What is new with each decision and not Corridor's to make up.
#[derive(Clone, Debug)]
pub struct Stamp {
    /// When it is decided.
    pub created_at: jiff::Timestamp,
    /// Its id, new each time.
    pub decision_id: String,
    /// Ties it to records and to the caller's trace.
    pub trace_id: String,
}

/// A decision with what records and later stages need to know about it.
#[derive(Clone, Debug)]
pub struct Decided {
    /// What the product gets.
    pub decision: Decision,
    /// Why.
    pub reason: Reason,
    /// The language of its words.
    pub language: Language,
    /// Who made it.
    pub source: Source,
    /// Rules that fired, by id.
    pub rules: Vec<corridor_nlu::RuleId>,
}

/// What the rules decide, and everything that later stages may ask about it.
pub(crate) struct Baseline<'c> {
    pub(crate) decided: Decided,
    pub(crate) understanding: Understanding,
    pub(crate) situation: Situation<'c>,
}

/// Decides commands. Costly to make, cheap to share.
pub struct Decider {
    engine: Engine,
    settings: DecisionSettings,
    version: DecisionVersion,
}

impl Decider {
    /// A decider with this understanding.
    #[must_use]
    pub fn new(engine: Engine, settings: DecisionSettings) -> Self {
        let version = format!(
            "corridor-{}+{}",
            env!("CARGO_PKG_VERSION"),
            engine.pack_version()
        );
        Self {
            engine,
            settings,
            version: DecisionVersion::new(version),
        }
    }

    /// The understanding inside.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Decides. Total: every valid command gets a valid decision, the same each time but for the stamp.
    #[must_use]
    pub fn decide(&self, command: &Command, stamp: Stamp, steps: &mut StepTimes) -> Decided {
        self.baseline(command, &stamp, steps).decided
    }

    /// Decides, and says how it came to that. For the caller alone: an explanation holds what was said.
    #[must_use]
    pub fn explain(
        &self,
        command: &Command,
        stamp: Stamp,
        steps: &mut StepTimes,
    ) -> (Decided, Explanation) {
        let baseline = self.baseline(command, &stamp, steps);
        let reason = baseline.decided.reason;
        let explanation = Explanation::new(
            &self.engine,
            &baseline.understanding,
            &baseline.situation,
            reason,
            steps,
        );
        (baseline.decided, explanation)
    }

    /// What speaks for executing the reading of a command, where that is what it comes to.
    #[must_use]
    pub fn evidence(&self, command: &Command) -> Option<Evidence> {
        let situation = situation::of(
            command,
            self.settings.timezone.as_ref(),
            self.settings.language,
        );
        let tokens = tokenize(command.text.expose());
        self.engine.understand_tokens(tokens, &situation).evidence
    }

    /// What the rules decide, with what they understood.
    pub(crate) fn baseline<'c>(
        &self,
        command: &'c Command,
        stamp: &Stamp,
        steps: &mut StepTimes,
    ) -> Baseline<'c> {
        let tokens = steps.measure(Step::Normalize, || tokenize(command.text.expose()));
        steps.measure(Step::CoreLogic, || self.understand(command, tokens, stamp))
    }

    fn understand<'c>(
        &self,
        command: &'c Command,
        tokens: Vec<Token>,
        stamp: &Stamp,
    ) -> Baseline<'c> {
        let situation = situation::of(
            command,
            self.settings.timezone.as_ref(),
            self.settings.language,
        );
        let understanding = self.engine.understand_tokens(tokens, &situation);
        Baseline {
            decided: self.build(
                command,
                stamp,
                understanding.language,
                &understanding.clauses,
            ),
            understanding,
            situation,
        }
    }

    /// What the rules make of another text for the same command.
    pub(crate) fn reread<'c>(
        &self,
        command: &'c Command,
        text: &str,
        stamp: &Stamp,
    ) -> Baseline<'c> {
        self.understand(command, tokenize(text), stamp)
    }

    /// The decision that clauses come to. The one builder: of what rules understood and of what a model suggests alike.
    pub(crate) fn build(
        &self,
        command: &Command,
        stamp: &Stamp,
        language: Language,
        clauses: &[Clause],
    ) -> Decided {
        let created_at = Timestamp::from(stamp.created_at);
        let plan = plan::make(&self.engine, command, language, clauses, created_at);
        Decided {
            reason: plan.reason,
            language,
            source: Source::Baseline,
            rules: clauses
                .iter()
                .flat_map(|clause| clause.rules.iter().cloned())
                .collect(),
            decision: Decision {
                decision_id: DecisionId::new(stamp.decision_id.as_str()),
                command_id: command.command_id.clone(),
                trace_id: TraceId::new(stamp.trace_id.as_str()),
                confidence: Confidence::clamped(plan.confidence),
                payload: plan.payload,
                explanation: plan.explanation,
                schema_version: SchemaVersion::CURRENT,
                decision_version: self.version.clone(),
                created_at,
            },
        }
    }
}
