//! The way to a decision, for the person who asked for it. No line is wider than the terminal.

mod page;

use corridor_decision::{ExplainedEvidence, ExplainedToken, Explanation, Step};

use crate::cli::output::Paint;
use page::Page;

/// The explanation as a page: what was read, what each word is, what speaks for the reading, what lost, how long it took.
pub(super) fn readable(explanation: &Explanation, paint: Paint, width: usize) -> String {
    let mut page = Page::new(paint, width);
    page.heading(
        "reason",
        &format!("{} ({})", explanation.reason, explanation.language),
    );
    page.heading(
        "words",
        "as said, what it is to the reading, as matched, lemma",
    );
    words(&mut page, &explanation.tokens);
    page.heading("islands", &or_none(explanation.islands.is_empty()));
    for island in &explanation.islands {
        let said = explanation.tokens.get(island.from..island.to);
        let said: Vec<&str> = said
            .unwrap_or_default()
            .iter()
            .map(|token| token.text.as_str())
            .collect();
        page.row(
            island.kind,
            &format!("{}  ({})", said.join(" "), island.rule),
        );
    }
    for (number, clause) in explanation.clauses.iter().enumerate() {
        page.heading(
            &format!("clause {}", number + 1),
            &format!("confidence {:.2}", clause.confidence),
        );
        for meaning in &clause.meaning {
            page.row("slots", meaning);
        }
        for rule in &clause.rules {
            page.row("rules", rule);
        }
    }
    if let Some(evidence) = &explanation.evidence {
        weighed(&mut page, evidence);
    }
    page.heading("runner-up", &or_none(explanation.runner_up.is_none()));
    if let Some(other) = &explanation.runner_up {
        page.row("frames", &other.frames.join(", "));
        if !other.rules.is_empty() {
            page.row("rules", &other.rules.join(", "));
        }
        page.row("reads worse by", &format!("{:.2}", other.margin));
    }
    page.heading(
        "declined rules",
        &or_none(explanation.alternatives.is_empty()),
    );
    for alternative in &explanation.alternatives {
        page.row(&alternative.rule, alternative.why);
    }
    page.heading("steps", "milliseconds");
    for step in Step::ALL {
        if let Some(took_ms) = explanation
            .steps
            .get(step.name())
            .filter(|took_ms| **took_ms > 0.0)
        {
            page.row(step.name(), &format!("{took_ms:.3}"));
        }
    }
    page.into_text()
}

fn or_none(is_empty: bool) -> String {
    if is_empty { "none" } else { "" }.to_owned()
}

fn words(page: &mut Page, tokens: &[ExplainedToken]) {
    let rows = tokens.iter().map(|token| {
        let cost = token
            .cost
            .map_or_else(String::new, |cost| format!(" ({cost:+.2})"));
        let repaired = if token.repaired { "  (repaired)" } else { "" };
        [
            token.text.clone(),
            format!("{}{cost}", token.role.replace('_', " ")),
            token.norm.clone(),
            format!("{}{repaired}", token.lemma.as_deref().unwrap_or_default()),
        ]
    });
    page.table(&rows.collect::<Vec<_>>());
}

fn weighed(page: &mut Page, evidence: &ExplainedEvidence) {
    page.heading(
        "evidence",
        &format!(
            "right with a likelihood of {:.2}; executed from {:.2} on",
            evidence.likely, evidence.threshold
        ),
    );
    page.row("bias", &format!("{:+.2}", evidence.bias));
    for feature in &evidence.features {
        let how = format!("{:.2} x {:+.2}", feature.value, feature.weight);
        page.row(
            &feature.feature.replace('_', " "),
            &format!("{:+.2}  ({how})", feature.adds),
        );
    }
}
