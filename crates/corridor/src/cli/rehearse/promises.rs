//! What the service promises, checked at every step of the rehearsal.

use std::time::Duration;

use corridor_decision::stages::SampleRate;
use serde::Serialize;
use serde_json::Value;

use super::{
    commands::{Answer, CANARY, Replay},
    home::{Home, Played},
    step::{Provider, STAGE_TIMEOUT_MS, Stage, Step},
    tally::FALLBACK_FILE,
};
use crate::model::switches::SwitchName;

/// What a busy machine may add to a deadline before it counts as missed.
const SLACK: Duration = Duration::from_secs(2);

/// Declares the promises once: what is promised, in words.
macro_rules! promises {
    ($($variant:ident = $words:literal,)+) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        enum Promise { $($variant,)+ }

        impl Promise {
            const ALL: &'static [Self] = &[$(Self::$variant,)+];

            fn words(self) -> &'static str {
                match self { $(Self::$variant => $words,)+ }
            }
        }
    };
}

promises! {
    Answered = "every command gets a decision that the contract allows",
    InTime = "within the deadlines of the stages that are on",
    ShadowUnseen = "shadow changes no decision",
    AssistBounded = "assist turns no refusal and no other intent into an execution",
    SampleStable = "partial trust touches only commands in its sample that the rules execute",
    OutageUnseen = "without a provider every decision is that of the rules",
    OffIsOff = "switched off, nothing reaches the provider, and decisions are those of the rules",
    GuardHolds = "the guard switches partial trust off in an outage and keeps it off when the provider is back",
    Recorded = "every command is recorded, every line is a record",
    Private = "neither what was said nor the key shows in records or state",
    WellSent = "the provider is sent what its API wants",
    SwitchesWork = "changed settings and switches come into force by themselves",
}

/// What broke, with the step.
pub(super) struct Promises<'a> {
    replay: &'a Replay,
    baseline: Vec<Option<Value>>,
    broken: Vec<(Promise, String)>,
}

/// How the promises were kept.
#[derive(Serialize)]
pub(super) struct Kept {
    /// Each promise, with what broke it.
    pub(super) promises: Vec<Line>,
}

/// One promise.
#[derive(Serialize)]
pub(super) struct Line {
    /// In words.
    pub(super) promise: &'static str,
    /// Whether it was kept.
    pub(super) kept: bool,
    /// What broke it, a line a step.
    pub(super) broken_by: Vec<String>,
}

impl Kept {
    /// Whether every promise was kept.
    pub(super) fn is_whole(&self) -> bool {
        self.promises.iter().all(|line| line.kept)
    }
}

impl<'a> Promises<'a> {
    pub(super) fn new(replay: &'a Replay) -> Self {
        Self {
            replay,
            baseline: Vec::new(),
            broken: Vec::new(),
        }
    }

    /// Checks what came of a step. The first one gives the rules' own decisions.
    pub(super) fn check(&mut self, step: &Step, played: &Played) {
        if self.baseline.is_empty() {
            self.baseline = played
                .answers
                .iter()
                .map(|one| one.decision.clone())
                .collect();
        }
        let answers = &played.answers;
        let unanswered = answers.iter().filter(|one| one.decision.is_none()).count();
        self.demand(Promise::Answered, step, unanswered, "commands without");
        let late = answers
            .iter()
            .filter(|one| one.took > allowed(step.stage))
            .count();
        self.demand(Promise::InTime, step, late, "answers late");
        let unforced = usize::from(played.in_force_after.is_none());
        self.demand(Promise::SwitchesWork, step, unforced, "not in force");
        let recorded = played.tally.lines(FALLBACK_FILE);
        let missing = answers
            .len()
            .abs_diff(recorded)
            .saturating_add(played.tally.broken());
        self.demand(
            Promise::Recorded,
            step,
            missing,
            "records missing or broken",
        );

        let same = match (step.stage, step.provider) {
            (Stage::Shadow, _) => Some(Promise::ShadowUnseen),
            (Stage::Rules | Stage::SwitchedOff, _) => Some(Promise::OffIsOff),
            (_, Provider::Gone) => Some(Promise::OutageUnseen),
            _ => None,
        };
        if let Some(promise) = same {
            let changed = self.changed(answers).count();
            self.demand(promise, step, changed, "decisions changed");
        }
        match step.stage {
            Stage::Rules | Stage::SwitchedOff => {
                let requests = usize::try_from(played.provider_requests).unwrap_or(usize::MAX);
                self.demand(
                    Promise::OffIsOff,
                    step,
                    requests,
                    "requests to the provider",
                );
            }
            Stage::Shadow => {}
            Stage::Assist => self.check_changes(step, answers, None),
            Stage::Corridor(rate) => self.check_changes(step, answers, SampleRate::new(rate).ok()),
        }
        if step.provider != Provider::Plays {
            let let_through = usize::from(trusts(played));
            self.demand(
                Promise::GuardHolds,
                step,
                let_through,
                "partial trust still on",
            );
        }
    }

    /// Checks what only shows at the end.
    pub(super) async fn close(mut self, home: &mut Home) -> Kept {
        home.close().await;
        let leaks = home.written().matches(CANARY).count();
        if leaks > 0 {
            self.broken
                .push((Promise::Private, format!("{leaks} places")));
        }
        let violations = home.violations();
        if violations > 0 {
            self.broken
                .push((Promise::WellSent, format!("{violations} violations")));
        }
        let line = |promise: &Promise| {
            let of = self.broken.iter().filter(|(broken, _)| broken == promise);
            let broken_by: Vec<String> = of.map(|(_, words)| words.clone()).collect();
            Line {
                promise: promise.words(),
                kept: broken_by.is_empty(),
                broken_by,
            }
        };
        Kept {
            promises: Promise::ALL.iter().map(line).collect(),
        }
    }

    fn demand(&mut self, promise: Promise, step: &Step, broken: usize, what: &str) {
        if broken > 0 {
            self.broken
                .push((promise, format!("{}: {broken} {what}", step.name)));
        }
    }

    /// The places of answers that differ from the rules' own.
    fn changed(&self, answers: &[Answer]) -> impl Iterator<Item = usize> {
        answers
            .iter()
            .zip(&self.baseline)
            .enumerate()
            .filter(|(_, (answer, baseline))| answer.decision != **baseline)
            .map(|(place, _)| place)
    }

    /// Whether each change is one that assist, or for sampled commands partial trust, may make.
    fn check_changes(&mut self, step: &Step, answers: &[Answer], rate: Option<SampleRate>) {
        let mut beyond_assist = 0_usize;
        let mut beyond_sample = 0_usize;
        for place in self.changed(answers).collect::<Vec<_>>() {
            let (Some(answer), Some(Some(baseline)), Some(said)) = (
                answers
                    .get(place)
                    .and_then(|answer| answer.decision.as_ref()),
                self.baseline.get(place),
                self.replay.commands.get(place),
            ) else {
                continue;
            };
            let is_execution = |decision: &Value| word(decision, "/action") == "start_job";
            let same_job = word(answer, "/payload/job_type") == word(baseline, "/payload/job_type");
            let is_within = match word(baseline, "/action") {
                "clarify" => true,
                "start_job" => is_execution(answer) && same_job,
                _ => false,
            };
            beyond_assist = beyond_assist.saturating_add(usize::from(!is_within));
            // Assist may have filled in what was said, so only the executions whose items changed count here.
            let trusted = rate.is_some_and(|rate| rate.takes(&said.id));
            let is_touched = is_execution(baseline) && self.was_confident(place);
            beyond_sample = beyond_sample.saturating_add(usize::from(is_touched && !trusted));
        }
        self.demand(
            Promise::AssistBounded,
            step,
            beyond_assist,
            "changes beyond what is allowed",
        );
        self.demand(
            Promise::SampleStable,
            step,
            beyond_sample,
            "changes outside the sample",
        );
    }

    /// Whether the rules were sure of a command, so that assist has no business with it.
    fn was_confident(&self, place: usize) -> bool {
        let confidence = self
            .baseline
            .get(place)
            .and_then(|decision| decision.as_ref()?.get("confidence")?.as_f64());
        confidence.is_some_and(|confidence| confidence >= 0.9)
    }
}

fn trusts(played: &Played) -> bool {
    played.status.switches.of(SwitchName::PartialTrust).is_on()
}

fn word<'v>(decision: &'v Value, pointer: &str) -> &'v str {
    decision
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// The most that an answer may take.
fn allowed(stage: Stage) -> Duration {
    let stages = match stage {
        Stage::Rules | Stage::Shadow | Stage::SwitchedOff => 0,
        Stage::Assist => 1,
        Stage::Corridor(_) => 2,
    };
    Duration::from_millis(STAGE_TIMEOUT_MS.saturating_mul(stages)).saturating_add(SLACK)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where it stands")]
mod tests {
    use std::path::Path;

    use serde_json::json;

    use super::*;

    fn answer(action: &str, confidence: f64, more: &str) -> Answer {
        Answer {
            decision: Some(json!({
                "action": action, "confidence": confidence, "explanation": more,
                "payload": { "job_type": "add_shopping_item" },
            })),
            took: Duration::ZERO,
        }
    }

    /// Which promises a change from `before` to `after` breaks.
    fn broken(before: &Answer, after: &Answer, rate: Option<f64>) -> Vec<Promise> {
        let replay = Replay::gather(Path::new("/absent"), 10).unwrap();
        let mut promises = Promises::new(&replay);
        promises.baseline = vec![before.decision.clone()];
        let step = Step {
            name: "step",
            stage: Stage::Assist,
            provider: Provider::Plays,
        };
        let rate = rate.and_then(|rate| SampleRate::new(rate).ok());
        promises.check_changes(&step, std::slice::from_ref(after), rate);
        promises
            .broken
            .iter()
            .map(|(promise, _)| *promise)
            .collect()
    }

    #[test]
    fn only_what_a_stage_may_change_is_no_breach() {
        let sure = answer("start_job", 0.99, "rules");
        let unsure = answer("start_job", 0.7, "rules");
        let changed = answer("start_job", 0.99, "model");
        let question = answer("clarify", 0.99, "rules");
        let refusal = answer("reject", 0.99, "rules");
        assert_eq!(broken(&question, &changed, None), []);
        assert_eq!(broken(&unsure, &changed, None), []);
        assert_eq!(broken(&refusal, &changed, None), [Promise::AssistBounded]);
        assert_eq!(
            broken(&sure, &question, Some(1.0)),
            [Promise::AssistBounded]
        );
        assert_eq!(broken(&sure, &changed, None), [Promise::SampleStable]);
        assert_eq!(broken(&sure, &changed, Some(0.0)), [Promise::SampleStable]);
        assert_eq!(broken(&sure, &changed, Some(1.0)), []);
    }
}
