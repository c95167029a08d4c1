//! How a decision came about, for the caller alone: an explanation holds what was said.

use corridor_nlu::{Situation, Understanding};
use serde::Serialize;

use crate::reason::Reason;
use crate::steps::{Step, StepTimes};

/// The way from text to decision. The JSON form is stable: fields are added, never renamed.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// ISO 639-1 code of the language of the answer.
    pub language: &'static str,
    /// Why the decision is what it is; from a closed set.
    pub reason: &'static str,
    /// The tokens, in order.
    pub tokens: Vec<ExplainedToken>,
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
            .map(|(token, word)| ExplainedToken {
                text: token.text.clone(),
                start: token.span.start,
                end: token.span.end,
                norm: word.norm.clone(),
                lemma: word.readings.first().map(|reading| reading.lemma.clone()),
                repaired: word.repaired,
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
        Self {
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
