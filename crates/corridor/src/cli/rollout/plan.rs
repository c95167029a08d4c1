//! `corridor rollout plan`: the steps of a rollout, what allows the next one by the limits of `corridor rollout verdict`, and where the
//! settings are.

use std::{fmt::Write as _, time::Duration};

use corridor_eval::verdict::{Limits, RolloutStage};
use corridor_llm::start::refusal;
use serde::Serialize;

use crate::{
    cli::{
        failure::Failure,
        output::{Output, Paint, Tone},
    },
    config::{Settings, Sources},
    model::{
        Kept, Setup, Verdicts,
        state::StateFolder,
        switches::{SwitchName, Veto},
    },
};

/// One step of a rollout.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    Rules,
    Shadow,
    Assist,
    Corridor,
}

#[derive(Serialize)]
struct Shown<'a> {
    step: &'a str,
    is_current: bool,
    /// Off, though a later step is on.
    is_skipped: bool,
    switch_on: Vec<String>,
    effect: &'a str,
    look_at: &'a str,
    go_when: Vec<String>,
}

/// Prints the steps.
pub(super) fn plan(sources: &Sources, json: bool, output: &mut Output) -> Result<(), Failure> {
    let settings = sources.load().map_err(Failure::Settings)?;
    let kept = Kept::read(&StateFolder::new(settings.state.dir.path()));
    let mut verdicts = Verdicts::judge(&settings, &kept, Veto::Silent);
    if verdicts.of(SwitchName::Master).is_on() && !can_call(&settings, sources) {
        verdicts = verdicts.without_model();
    }
    let rate = settings.partial_trust.sample_rate.get();
    let current = current(&verdicts, rate);
    let steps: Vec<Shown<'_>> = STEPS
        .iter()
        .map(|(step, share)| Shown {
            is_current: current == (*step, *share),
            is_skipped: is_skipped(*step, current.0, &verdicts),
            ..shown(*step, *share)
        })
        .collect();
    if json {
        output.json(&steps)?;
    } else {
        let paint = output.paint();
        output.text(&in_words(&steps, &verdicts, rate, paint))?;
    }
    Ok(())
}

/// Whether a model could be called with these settings; `corridor llm check` says why not.
fn can_call(settings: &Settings, sources: &Sources) -> bool {
    let setup = Setup::new(settings, &sources.environment);
    setup
        .policy()
        .is_ok_and(|policy| refusal(&policy, setup.placeholders()).is_none())
}

/// The share of commands that partial trust begins with.
const FIRST_SHARE: f64 = 0.01;

/// The steps in order; the corridor's with the share of commands.
const STEPS: [(Step, f64); 6] = [
    (Step::Rules, 0.0),
    (Step::Shadow, 0.0),
    (Step::Assist, 0.0),
    (Step::Corridor, FIRST_SHARE),
    (Step::Corridor, 0.05),
    (Step::Corridor, 0.1),
];

/// The last step whose switch is on; the corridor's first step is any share at all.
fn current(verdicts: &Verdicts, rate: f64) -> (Step, f64) {
    let is_on = |switch| verdicts.of(switch).is_on();
    let is_reached = |(step, share): &&(Step, f64)| match step {
        Step::Rules => true,
        Step::Shadow => is_on(SwitchName::Shadow),
        Step::Assist => is_on(SwitchName::Assist),
        Step::Corridor => {
            is_on(SwitchName::PartialTrust)
                && rate > 0.0
                && (rate >= *share || *share <= FIRST_SHARE)
        }
    };
    STEPS
        .iter()
        .rev()
        .find(is_reached)
        .copied()
        .unwrap_or((Step::Rules, 0.0))
}

/// Whether a step before the current one is off: the rollout has gone past it, or somebody left it out.
fn is_skipped(step: Step, current: Step, verdicts: &Verdicts) -> bool {
    let is_off = |switch| !verdicts.of(switch).is_on();
    match step {
        Step::Shadow => current > step && is_off(SwitchName::Shadow),
        Step::Assist => current > step && is_off(SwitchName::Assist),
        Step::Rules | Step::Corridor => false,
    }
}

fn shown(step: Step, share: f64) -> Shown<'static> {
    let percent = |share: f64| format!("{} %", share * 100.0);
    let limits = Limits::default();
    let samples = |stage| format!("at least {} samples", Limits::min_samples(stage));
    let errors = format!("errors below {}", percent(limits.max_error_share));
    let slow = |after: Duration| {
        format!(
            "slower than {} ms less than {}",
            after.as_millis(),
            percent(limits.max_slow_share)
        )
    };
    let refused = format!(
        "answers refused by the rules below {}",
        percent(limits.max_refusal_share)
    );
    let differing = format!(
        "answers other than the rules' below {}",
        percent(limits.max_disagreement_share)
    );
    match step {
        Step::Rules => Shown {
            step: "rules alone",
            is_current: false,
            is_skipped: false,
            switch_on: Vec::new(),
            effect: "no model is called",
            look_at: "corridor llm check, corridor llm ping",
            go_when: vec!["every route answers".to_owned()],
        },
        Step::Shadow => Shown {
            step: "shadow",
            is_current: false,
            is_skipped: false,
            switch_on: vec![
                "LLM_POLICY_ENABLED=true".to_owned(),
                "SHADOW_ROUTER_ENABLED=true".to_owned(),
            ],
            effect: "a model reads along; no answer changes or waits",
            look_at: "corridor rollout verdict --shadow-log logs/shadow_router.jsonl",
            go_when: vec![
                samples(RolloutStage::Shadow),
                errors,
                differing,
                slow(limits.shadow_slow_after),
            ],
        },
        Step::Assist => Shown {
            step: "assist",
            is_current: false,
            is_skipped: false,
            switch_on: vec![
                "ASSIST_MODE_ENABLED=true".to_owned(),
                "ASSIST_NORMALIZATION_ENABLED, ASSIST_ENTITY_EXTRACTION_ENABLED, ASSIST_CLARIFY_ENABLED as wanted".to_owned(),
            ],
            effect: "where the rules did not understand, they may take a hint; such a command waits at most assist.timeout_ms",
            look_at: "corridor rollout verdict --assist-log logs/assist.jsonl",
            go_when: vec![
                samples(RolloutStage::Assist),
                errors,
                refused,
                slow(limits.answer_slow_after),
            ],
        },
        Step::Corridor => Shown {
            step: match share {
                share if share < 0.02 => "corridor 1 %",
                share if share < 0.06 => "corridor 5 %",
                _ => "corridor 10 %",
            },
            is_current: false,
            is_skipped: false,
            switch_on: vec![
                "PARTIAL_TRUST_ENABLED=true".to_owned(),
                format!("PARTIAL_TRUST_SAMPLE_RATE={share}"),
            ],
            effect: "for that share of shopping commands, a candidate that passes every rule is executed",
            look_at: "corridor rollout verdict --risk-log logs/partial_trust_risk.jsonl; the guard at /ready",
            go_when: vec![
                samples(RolloutStage::of_rate(share)),
                errors,
                refused,
                differing,
                slow(limits.answer_slow_after),
                "the guard is armed and nobody complained".to_owned(),
            ],
        },
    }
}

fn in_words(steps: &[Shown<'_>], verdicts: &Verdicts, rate: f64, paint: Paint) -> String {
    let mut text = String::new();
    for (number, step) in (1..).zip(steps) {
        let mark = if step.is_current { "▶" } else { " " };
        let name = paint.paint(Tone::Strong, &format!("{number}  {}", step.step));
        let off = match step.is_skipped {
            true => " (off, though a later step is on)",
            false => "",
        };
        let _ = writeln!(text, "{mark} {name}{off}");
        for (label, words) in [
            ("effect", step.effect.to_owned()),
            ("switch on", step.switch_on.join("\n              ")),
            ("look at", step.look_at.to_owned()),
            ("go on when", step.go_when.join("; ")),
        ] {
            if !words.is_empty() {
                let label = paint.paint(Tone::Faint, &format!("{label:<10}"));
                let _ = writeln!(text, "   {label} {words}");
            }
        }
        text.push('\n');
    }
    text.push_str("by the settings here (corridor rollout switches asks a running service)\n");
    for (switch, _, verdict) in verdicts.iter() {
        let (tone, word) = match verdict.cause() {
            None => (Tone::Good, "on".to_owned()),
            Some(cause) => (Tone::Faint, format!("off ({})", cause.as_str())),
        };
        let _ = writeln!(
            text,
            "   {:<26} {}",
            switch.as_str(),
            paint.paint(tone, &word)
        );
    }
    let _ = writeln!(text, "   {:<26} {rate}", "sample rate");
    text.push_str(
        "back at any time: one explicit off wins. docs/guides/rollout.md is the runbook.\n",
    );
    text
}
