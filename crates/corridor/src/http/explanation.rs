//! The wire shape of an explanation. Fields may be added, and are never renamed.

use std::collections::BTreeMap;

use corridor_contract::Decision;
use corridor_decision::Explanation;
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
    /// ISO 639-1 code of the language of the answer.
    language: &'a str,
    /// Why the decision is what it is, in one of a closed set of words.
    reason: &'a str,
    /// The tokens, in order.
    tokens: Vec<Token<'a>>,
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
            language,
            reason,
            tokens,
            clauses,
            alternatives,
            steps,
        } = explanation;
        Self {
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
