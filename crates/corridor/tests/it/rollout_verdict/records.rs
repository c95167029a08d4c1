//! Records of a model of known quality.

use serde_json::{Value, json};

/// How often a model does what, 0 to 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quality {
    /// A call fails.
    pub(super) errors: f64,
    /// An answer is refused by the rules.
    pub(super) refusals: f64,
    /// An answer that is taken differs from the rules' own.
    pub(super) disagreements: f64,
    /// A call is slower than a second.
    pub(super) slow: f64,
}

/// What came of one visit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draw {
    pub(super) outcome: Drawn,
    pub(super) slow: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Drawn {
    Failed,
    Refused,
    TakenDifferent,
    TakenSame,
}

impl Quality {
    /// One visit by chance.
    pub(super) fn draw(self, random: &mut fastrand::Rng) -> Draw {
        let outcome = if random.f64() < self.errors {
            Drawn::Failed
        } else if random.f64() < self.refusals {
            Drawn::Refused
        } else if random.f64() < self.disagreements {
            Drawn::TakenDifferent
        } else {
            Drawn::TakenSame
        };
        let slow = random.f64() < self.slow;
        Draw { outcome, slow }
    }
}

/// A visit as a line of `partial_trust_risk.jsonl`.
pub(super) fn risk(number: usize, draw: Draw, rate: f64) -> Value {
    let (status, reason) = match draw.outcome {
        Drawn::Failed => ("fallback_deterministic", json!("timeout")),
        Drawn::Refused => ("fallback_deterministic", json!("coverage_lost")),
        Drawn::TakenDifferent | Drawn::TakenSame => ("accepted_llm", Value::Null),
    };
    let summary = json!({
        "action": "start_job", "intent": "add_shopping_item", "item_count": 1, "quantity_count": 0, "unit_count": 0,
        "list_count": 0, "confidence": 0.9,
    });
    let diff = match draw.outcome {
        Drawn::Failed | Drawn::Refused => Value::Null,
        outcome => json!({
            "items": if matches!(outcome, Drawn::TakenSame) { "same" } else { "different" },
            "items_shared": 1, "items_missing": 0, "items_extra": u8::from(matches!(outcome, Drawn::TakenDifferent)),
            "amounts_different": 0, "lists_different": 0,
        }),
    };
    json!({
        "timestamp": time(number), "trace_id": format!("t-{number}"), "command_id": format!("c-{number}"),
        "corridor_intent": "add_shopping_item", "sample_rate": rate, "sampled": true, "status": status, "reason_code": reason,
        "latency_ms": if draw.slow { 1100.0 } else { 240.5 }, "model_meta": null, "baseline": summary,
        "llm": if diff.is_null() { Value::Null } else { summary.clone() }, "diff": diff,
    })
}

/// A shadow call as a line of `shadow_router.jsonl`.
pub(super) fn shadow(number: usize, draw: Draw) -> Value {
    let failed = matches!(draw.outcome, Drawn::Failed);
    let intent = if matches!(draw.outcome, Drawn::TakenDifferent) {
        "different"
    } else {
        "same"
    };
    let diff = json!({
        "intent": intent, "action": intent, "items": "same", "amounts": "same", "lists": "same",
        "items_shared": 1, "items_missing": 0, "items_extra": 0, "amounts_different": 0, "lists_different": 0,
    });
    let answered = |value: Value| if failed { Value::Null } else { value };
    json!({
        "timestamp": time(number), "trace_id": format!("t-{number}"), "command_id": format!("c-{number}"),
        "status": if failed { "failed" } else { "compared" }, "error_type": if failed { json!("unavailable") } else { Value::Null },
        "latency_ms": if draw.slow { 3100.0 } else { 800.25 },
        "suggested_intent": answered(json!("add_shopping_item")), "suggested_action": answered(json!("start_job")),
        "suggested_job_type": answered(json!("add_shopping_item")), "baseline_intent": "add_shopping_item",
        "baseline_action": "start_job", "baseline_job_type": "add_shopping_item", "diff": answered(diff),
        "suggested_item_count": answered(json!(1)), "baseline_item_count": 1, "model_meta": null,
    })
}

/// A minute later for each record.
fn time(number: usize) -> String {
    let start: jiff::Timestamp = "2026-06-15T00:00:00Z".parse().unwrap();
    (start + jiff::SignedDuration::from_mins(i64::try_from(number).unwrap())).to_string()
}
