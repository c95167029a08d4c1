//! How a decision came about, for the caller alone: an explanation holds what was said.

use corridor_nlu::evidence::Evidence;
use corridor_nlu::{Engine, Situation, Understanding};
use serde::Serialize;

use crate::reason::Reason;
use crate::steps::{Step, StepTimes};

/// The version of the JSON form: it grows with every field that is added, and none is ever renamed.
const VERSION: u32 = 2;

/// The way from text to decision.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// The version of this form.
    pub explanation_version: u32,
    /// ISO 639-1 code of the language of the answer.
    pub language: &'static str,
    /// Why the decision is what it is; from a closed set.
    pub reason: &'static str,
    /// The tokens, in order.
    pub tokens: Vec<ExplainedToken>,
    /// Triggers and words with a role of their own, in the order of their first words.
    pub islands: Vec<ExplainedIsland>,
    /// What speaks for executing and against it; absent where nothing is to be executed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<ExplainedEvidence>,
    /// The best reading that was tried and comes to something else; absent where there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runner_up: Option<ExplainedReading>,
    /// The clauses, in order.
    pub clauses: Vec<ExplainedClause>,
    /// Rules that matched and did not hold, in the order tried.
    pub alternatives: Vec<ExplainedRule>,
    /// Time spent in each step, in milliseconds, by the step's name.
    pub steps: std::collections::BTreeMap<&'static str, f64>,
}

/// A token.
#[derive(Clone, Debug, Serialize)]
pub struct ExplainedToken {
    /// As said.
    pub text: String,
    /// First byte in the command's text.
    pub start: usize,
    /// First byte behind it.
    pub end: usize,
    /// As matched: lower case, ё as е, typos repaired.
    pub norm: String,
    /// Its likeliest lemma, where it is a word with one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lemma: Option<String>,
    /// A typo was repaired.
    pub repaired: bool,
    /// What it is to the reading; from a closed set.
    pub role: &'static str,
    /// What a word without a place adds to the log odds of being right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<f64>,
}

/// Words that a phrase of the pack found, whatever stands around them.
#[derive(Clone, Debug, Serialize)]
pub struct ExplainedIsland {
    /// The role of the words, or the frame that they open.
    pub kind: &'static str,
    /// The rule of the phrase.
    pub rule: String,
    /// The first of its tokens, from 0.
    pub from: usize,
    /// The first token behind it.
    pub to: usize,
}

/// How sure it is that the decision is right, and why.
#[derive(Clone, Debug, Serialize)]
pub struct ExplainedEvidence {
    /// How likely it is right in every part, 0..1.
    pub likely: f64,
    /// From where on it is executed.
    pub threshold: f64,
    /// The log odds before anything is known.
    pub bias: f64,
    /// The features that are there, those that count most first.
    pub features: Vec<ExplainedFeature>,
}

/// A feature of the reading.
#[derive(Clone, Debug, Serialize)]
pub struct ExplainedFeature {
    /// Its name.
    pub feature: &'static str,
    /// How much of it there is.
    pub value: f64,
    /// What one of it adds to the log odds.
    pub weight: f64,
    /// What it adds here.
    pub adds: f64,
}

/// A reading that lost.
#[derive(Clone, Debug, Serialize)]
pub struct ExplainedReading {
    /// What its frames say, in order.
    pub frames: Vec<&'static str>,
    /// Their rules.
    pub rules: Vec<String>,
    /// How much worse it reads, in the costs that readings are compared by.
    pub margin: f64,
}

/// A clause.
#[derive(Clone, Debug, Serialize)]
pub struct ExplainedClause {
    /// What it means and its slots, as one line (`buy: молоко 2 л; list Продукты`).
    pub meaning: Vec<String>,
    /// Rules that fired, outermost first.
    pub rules: Vec<String>,
    /// How sure, 0..1.
    pub confidence: f64,
}

/// A rule that lost.
#[derive(Clone, Debug, Serialize)]
pub struct ExplainedRule {
    /// The rule's id.
    pub rule: String,
    /// Why it did not hold.
    pub why: &'static str,
}

impl Explanation {
    pub(crate) fn new(
        engine: &Engine,
        understood: &Understanding,
        situation: &Situation<'_>,
        reason: Reason,
        steps: &StepTimes,
    ) -> Self {
        let utterance = &understood.utterance;
        let tokens = utterance
            .tokens
            .iter()
            .zip(&utterance.words)
            .enumerate()
            .map(|(at, (token, word))| ExplainedToken {
                text: token.text.clone(),
                start: token.span.start,
                end: token.span.end,
                norm: word.norm.clone(),
                lemma: word.readings.first().map(|reading| reading.lemma.clone()),
                repaired: word.repaired,
                role: understood.roles.get(at).map_or("", |role| role.name()),
                cost: (understood.roles.get(at))
                    .and_then(|role| role.cost())
                    .map(|feature| engine.weights().of(feature)),
            });
        let clauses = understood.clauses.iter().map(|clause| ExplainedClause {
            meaning: clause.lines(&situation.household),
            rules: clause.rules.iter().map(ToString::to_string).collect(),
            confidence: clause.confidence,
        });
        let alternatives = understood.declined.iter().map(|lost| ExplainedRule {
            rule: lost.rule.to_string(),
            why: lost.why,
        });
        let islands = understood.islands.iter().map(|island| ExplainedIsland {
            kind: island.kind,
            rule: island.rule.to_string(),
            from: island.tokens.start,
            to: island.tokens.end,
        });
        let runner_up = understood.runner_up.as_ref().map(|other| ExplainedReading {
            frames: other.frames.clone(),
            rules: other.rules.iter().map(ToString::to_string).collect(),
            margin: other.margin,
        });
        Self {
            explanation_version: VERSION,
            islands: islands.collect(),
            evidence: understood
                .evidence
                .as_ref()
                .map(|evidence| ExplainedEvidence::new(engine, evidence)),
            runner_up,
            language: understood.language.code(),
            reason: reason.name(),
            tokens: tokens.collect(),
            clauses: clauses.collect(),
            alternatives: alternatives.collect(),
            steps: Step::ALL
                .into_iter()
                .map(|step| (step.name(), steps.spent(step).as_secs_f64() * 1000.0))
                .collect(),
        }
    }
}

impl ExplainedEvidence {
    fn new(engine: &Engine, evidence: &Evidence) -> Self {
        let weights = engine.weights();
        let mut features: Vec<ExplainedFeature> = evidence
            .features
            .iter()
            .map(|&(feature, value)| ExplainedFeature {
                feature: feature.name(),
                value,
                weight: weights.of(feature),
                adds: weights.of(feature) * value,
            })
            .collect();
        features.sort_by(|one, other| other.adds.abs().total_cmp(&one.adds.abs()));
        Self {
            likely: evidence.likely,
            threshold: engine.execute_threshold(),
            bias: weights.bias(),
            features,
        }
    }
}
