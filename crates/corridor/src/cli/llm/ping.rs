//! `corridor llm ping`: one real call per route.

use std::{fmt::Write as _, sync::Arc};

use corridor_llm::{
    Outcome, PingLine, Runtime, TaskId,
    record::NoRecords,
    start::{MasterSwitch, Refusal, Start},
};
use jiff::Timestamp;
use serde::Serialize;

use crate::{
    cli::{
        failure::Failure,
        output::{Output, Paint, Tone, printable},
    },
    config::{
        Sources,
        values::{StageSwitch, Switch},
    },
    model::{Setup, state},
};

/// Calls every route, or those of one task, and prints each as soon as its task is done.
pub(super) fn ping(
    sources: &Sources,
    task: Option<TaskId>,
    json: bool,
    output: &mut Output,
) -> Result<(), Failure> {
    let settings = sources.load().map_err(Failure::Settings)?;
    let folder = state::StateFolder::new(settings.state.dir.path());
    let start = Setup::new(&settings, &sources.environment)
        .start(
            master(settings.llm.policy_enabled),
            Arc::new(NoRecords),
            Arc::new(Timestamp::now),
            state::budget_use(&folder, Timestamp::now()),
        )
        .map_err(Failure::Model)?;
    let runtime = match start {
        Start::Running(runtime) => runtime,
        Start::Refused(refusal) => return Err(refused(&refusal)),
    };
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|source| Failure::System {
            doing: "make a call",
            source,
        })?
        .block_on(ping_all(&runtime, task, json, output))
}

async fn ping_all(
    runtime: &Runtime,
    task: Option<TaskId>,
    json: bool,
    output: &mut Output,
) -> Result<(), Failure> {
    let mut all_answered = true;
    let tasks: Vec<TaskId> = TaskId::ALL
        .into_iter()
        .filter(|each| task.is_none_or(|task| task == *each))
        .collect();
    let width = runtime
        .policy()
        .routes()
        .map(|route| route.id.to_string().len())
        .max()
        .unwrap_or(0);
    for task in tasks {
        for line in runtime.ping(Some(task)).await {
            all_answered &= line.outcome == Outcome::Success;
            if json {
                output.json_line(&Shown::of(&line))?;
            } else {
                let text = in_words(&line, width, output.paint());
                output.text(&text)?;
            }
        }
        output.flush()?;
    }
    if all_answered {
        Ok(())
    } else {
        Err(Failure::Told)
    }
}

fn master(switch: StageSwitch) -> MasterSwitch {
    match switch.verdict() {
        Some(Switch::On) => MasterSwitch::On,
        Some(Switch::Off) | None => MasterSwitch::Off,
    }
}

fn refused(refusal: &Refusal) -> Failure {
    let hint = match refusal {
        Refusal::SwitchedOff => "LLM_POLICY_ENABLED=true corridor llm ping",
        _ => "corridor llm check shows what each route lacks",
    };
    Failure::Refused {
        message: refusal.to_string(),
        hint: hint.to_owned(),
    }
}

fn in_words(line: &PingLine, width: usize, paint: Paint) -> String {
    let outcome = format!("{:<24}", line.outcome.as_str());
    let tone = if line.outcome == Outcome::Success {
        Tone::Good
    } else {
        Tone::Bad
    };
    let mut text = format!(
        "{:<width$}  {}  {:>6} ms  {:>5} tokens in  {:>4} out",
        line.id.to_string(),
        paint.paint(tone, &outcome),
        line.latency.as_millis(),
        line.usage.input_tokens,
        line.usage.output_tokens,
    );
    let model = line.model.as_deref().map_or_else(String::new, printable);
    let _ = write!(text, "  {model}");
    if let Some(reason) = &line.reason {
        let _ = write!(text, "\n{:width$}  {reason}", "");
    }
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Shown<'a> {
    task: &'static str,
    profile: &'a str,
    model: Option<&'a str>,
    outcome: &'static str,
    reason: Option<&'a str>,
    latency_ms: f64,
    tokens_in: u64,
    tokens_out: u64,
    cost: f64,
}

impl<'a> Shown<'a> {
    fn of(line: &'a PingLine) -> Self {
        Self {
            task: line.id.task.as_str(),
            profile: line.id.profile.as_str(),
            model: line.model.as_deref(),
            outcome: line.outcome.as_str(),
            reason: line.reason.as_deref(),
            latency_ms: line.latency.as_secs_f64() * 1_000.0,
            tokens_in: line.usage.input_tokens,
            tokens_out: line.usage.output_tokens,
            cost: line.cost_micros as f64 / 1e6,
        }
    }
}
