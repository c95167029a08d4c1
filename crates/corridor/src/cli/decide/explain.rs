//! The way to a decision, for the person who asked for it.

use std::fmt::Write as _;

use corridor_decision::{ExplainedToken, Explanation, Step};

use crate::cli::output::{Paint, Tone, printable};

/// The explanation as a page: what was read, what it was taken for, what lost, how long it took.
pub(super) fn readable(explanation: &Explanation, paint: Paint) -> String {
    let mut page = Page {
        text: String::new(),
        paint,
    };
    page.heading(
        "reason",
        &format!("{} ({})", explanation.reason, explanation.language),
    );
    page.heading("tokens", "as said, as matched, lemma");
    page.tokens(&explanation.tokens);
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
    page.heading(
        "alternatives",
        if explanation.alternatives.is_empty() {
            "none"
        } else {
            ""
        },
    );
    for alternative in &explanation.alternatives {
        page.row(&alternative.rule, alternative.why);
    }
    page.heading("steps", "");
    for step in Step::ALL {
        if let Some(took_ms) = explanation
            .steps
            .get(step.name())
            .filter(|took_ms| **took_ms > 0.0)
        {
            page.row(step.name(), &format!("{took_ms:.3}"));
        }
    }
    page.text
}

struct Page {
    text: String,
    paint: Paint,
}

impl Page {
    fn heading(&mut self, name: &str, note: &str) {
        let note = if note.is_empty() {
            String::new()
        } else {
            format!("  {}", self.paint.paint(Tone::Faint, note))
        };
        let _ = writeln!(
            self.text,
            "\n{}{note}",
            self.paint.paint(Tone::Strong, name)
        );
    }

    fn row(&mut self, label: &str, value: &str) {
        let _ = writeln!(
            self.text,
            "  {:<20}  {}",
            printable(label),
            printable(value)
        );
    }

    fn tokens(&mut self, tokens: &[ExplainedToken]) {
        let width = |column: fn(&ExplainedToken) -> &str| {
            tokens
                .iter()
                .map(|token| column(token).chars().count())
                .max()
                .unwrap_or(0)
        };
        let (said, matched) = (width(|token| &token.text), width(|token| &token.norm));
        for token in tokens {
            let lemma = token.lemma.as_deref().unwrap_or_default();
            let repaired = if token.repaired { "  (repaired)" } else { "" };
            let row = format!(
                "{:<said$}  {:<matched$}  {lemma}{repaired}",
                printable(&token.text),
                printable(&token.norm)
            );
            let _ = writeln!(self.text, "  {}", row.trim_end());
        }
    }
}
