//! The wire shape of an explanation. Fields may be added, and are never renamed.

use std::collections::BTreeMap;

use corridor_contract::Decision;
use corridor_decision::{ExplainedEvidence, Explanation};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;

/// A decision with its explanation. `corridor decide --explain --json` prints the same.
#[derive(Serialize, JsonSchema)]
pub struct Explained<'a> {
    /// What the rules decide.
    #[schemars(schema_with = "decision_component")]
    decision: &'a Decision,
    /// How they came to it.
    explanation: ExplanationBody<'a>,
}

impl<'a> Explained<'a> {
    /// Puts both together.
    #[must_use]
    pub fn new(decision: &'a Decision, explanation: &'a Explanation) -> Self {
        Self {
            decision,
            explanation: ExplanationBody::of(explanation),
        }
    }
}

fn decision_component(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "$ref": "#/components/schemas/Decision" })
}

/// The way from text to decision.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Explanation")]
struct ExplanationBody<'a> {
    /// The version of this shape.
    explanation_version: u32,
    /// ISO 639-1 code of the language of the answer.
    language: &'a str,
    /// Why the decision is what it is, in one of a closed set of words.
    reason: &'a str,
    /// The tokens, in order.
    tokens: Vec<Token<'a>>,
    /// Triggers and words with a role of their own, in the order of their first words.
    islands: Vec<Island<'a>>,
    /// What speaks for executing and against it; absent where nothing is to be executed.
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<EvidenceBody>,
    /// The best reading that was tried and comes to something else; absent where there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    runner_up: Option<OtherReading<'a>>,
    /// The clauses, in order.
    clauses: Vec<Clause<'a>>,
    /// Rules that matched and did not hold, in the order tried.
    alternatives: Vec<Alternative<'a>>,
    /// Time spent in each step, in milliseconds, by the step's name.
    steps: &'a BTreeMap<&'static str, f64>,
}

/// A token.
#[derive(Serialize, JsonSchema)]
struct Token<'a> {
    /// As said.
    text: &'a str,
    /// Its first byte in the command's text, in UTF-8.
    start: usize,
    /// The first byte behind it.
    end: usize,
    /// As matched: lower case, ё as е, typos repaired.
    norm: &'a str,
    /// Its likeliest lemma, where it is a word with one.
    #[serde(skip_serializing_if = "Option::is_none")]
    lemma: Option<&'a str>,
    /// A typo was repaired.
    repaired: bool,
    /// What it is to the reading, in one of a closed set of words.
    role: &'a str,
    /// What a word without a place adds to the log odds of being right.
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<f64>,
}

/// Words that a phrase of the pack found, whatever stands around them.
#[derive(Serialize, JsonSchema)]
struct Island<'a> {
    /// The role of the words, or the frame that they open.
    kind: &'a str,
    /// The rule's id.
    rule: &'a str,
    /// The number of its first token, from 0.
    from: usize,
    /// The number of the first token behind it.
    to: usize,
}

/// How sure it is that the decision is right, and why.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Evidence")]
struct EvidenceBody {
    /// How likely it is right in every part, 0 to 1.
    likely: f64,
    /// From where on it is executed.
    threshold: f64,
    /// The log odds before anything is known.
    bias: f64,
    /// The features that are there, those that count most first.
    features: Vec<Feature>,
}

/// A feature of the reading.
#[derive(Serialize, JsonSchema)]
struct Feature {
    /// Its name.
    feature: &'static str,
    /// How much of it there is.
    value: f64,
    /// What one of it adds to the log odds.
    weight: f64,
    /// What it adds here.
    adds: f64,
}

/// A reading that lost.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RunnerUp")]
struct OtherReading<'a> {
    /// What its frames say, in order.
    frames: &'a [&'static str],
    /// Ids of their rules.
    rules: &'a [String],
    /// How much worse it reads, in the costs that readings are compared by.
    margin: f64,
}

/// A clause.
#[derive(Serialize, JsonSchema)]
struct Clause<'a> {
    /// What it means and its slots, a line each.
    meaning: &'a [String],
    /// Ids of the rules that fired, outermost first.
    rules: &'a [String],
    /// How sure, 0 to 1.
    confidence: f64,
}

/// A rule that lost.
#[derive(Serialize, JsonSchema)]
struct Alternative<'a> {
    /// The rule's id.
    rule: &'a str,
    /// Why it did not hold.
    why: &'a str,
}

impl<'a> ExplanationBody<'a> {
    /// Names every field there is, so that a new one is not forgotten.
    fn of(explanation: &'a Explanation) -> Self {
        let Explanation {
            explanation_version,
            islands,
            evidence,
            runner_up,
            language,
            reason,
            tokens,
            clauses,
            alternatives,
            steps,
        } = explanation;
        Self {
            explanation_version: *explanation_version,
            islands: islands
                .iter()
                .map(|island| Island {
                    kind: island.kind,
                    rule: &island.rule,
                    from: island.from,
                    to: island.to,
                })
                .collect(),
            evidence: evidence.as_ref().map(EvidenceBody::of),
            runner_up: runner_up.as_ref().map(|other| OtherReading {
                frames: &other.frames,
                rules: &other.rules,
                margin: other.margin,
            }),
            language,
            reason,
            tokens: tokens
                .iter()
                .map(|token| Token {
                    text: &token.text,
                    start: token.start,
                    end: token.end,
                    norm: &token.norm,
                    lemma: token.lemma.as_deref(),
                    repaired: token.repaired,
                    role: token.role,
                    cost: token.cost,
                })
                .collect(),
            clauses: clauses
                .iter()
                .map(|clause| Clause {
                    meaning: &clause.meaning,
                    rules: &clause.rules,
                    confidence: clause.confidence,
                })
                .collect(),
            alternatives: alternatives
                .iter()
                .map(|rule| Alternative {
                    rule: &rule.rule,
                    why: rule.why,
                })
                .collect(),
            steps,
        }
    }
}

impl EvidenceBody {
    fn of(evidence: &ExplainedEvidence) -> Self {
        Self {
            likely: evidence.likely,
            threshold: evidence.threshold,
            bias: evidence.bias,
            features: evidence
                .features
                .iter()
                .map(|one| Feature {
                    feature: one.feature,
                    value: one.value,
                    weight: one.weight,
                    adds: one.adds,
                })
                .collect(),
        }
    }
}
