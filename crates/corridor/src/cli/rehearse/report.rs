//! The rehearsal in words, and as JSON.

use std::fmt::Write as _;

use serde::Serialize;

use super::{
    commands::Replay,
    home::{Home, Played},
    promises::Kept,
    step::Step,
};
use crate::{
    cli::output::{Paint, Tone},
    model::{ClientStatus, GuardStatus, switches::SwitchName},
};

/// What is told before the first step.
pub(super) fn opening(replay: &Replay, home: &Home) -> String {
    format!(
        "A service at http://{} and a provider at http://{}/v1, both in this process.\n\
         {} commands at each step: {}.\n",
        home.address(),
        home.provider_address(),
        replay.commands.len(),
        replay.source,
    )
}

/// One step.
pub(super) fn line(step: &Step, played: &Played, paint: Paint) -> String {
    let tally = &played.tally;
    let mut text = format!(
        "\n{}  {} answers, p95 {:.1} ms",
        paint.paint(Tone::Strong, &format!("{:<14}", step.name)),
        played.answers.len(),
        tally.p95_ms(),
    );
    if let Some(after) = played.in_force_after {
        let _ = write!(text, ", in force after {:.1} s", after.as_secs_f64());
    }
    text.push('\n');
    for (label, file) in [
        ("shadow", "shadow_router.jsonl"),
        ("assist", "assist.jsonl"),
        ("corridor", "partial_trust_risk.jsonl"),
        ("model calls", "llm_calls.jsonl"),
    ] {
        let statuses = tally.statuses(file);
        if statuses.is_empty() {
            continue;
        }
        let shown: Vec<String> = statuses
            .iter()
            .take(5)
            .map(|(status, count)| format!("{count} {status}"))
            .collect();
        let more = if statuses.len() > 5 { ", …" } else { "" };
        let _ = writeln!(text, "  {label:<12}  {}{more}", shown.join(", "));
    }
    let _ = writeln!(text, "  {:<12}  {}", "an operator", sees(played, paint));
    text
}

/// The switches, the client and the guard, as `/ready` tells them.
fn sees(played: &Played, paint: Paint) -> String {
    let status = &played.status;
    let on: Vec<&str> = [
        SwitchName::Master,
        SwitchName::Shadow,
        SwitchName::Assist,
        SwitchName::PartialTrust,
    ]
    .into_iter()
    .filter(|switch| status.switches.of(*switch).is_on())
    .map(SwitchName::as_str)
    .collect();
    let mut text = match on.as_slice() {
        [] => "all off".to_owned(),
        on => format!("{} on", on.join(", ")),
    };
    let master = status.switches.of(SwitchName::Master);
    if let (ClientStatus::Off, Some(cause)) = (&status.client, master.cause()) {
        let _ = write!(text, " ({})", cause.as_str());
    }
    if let GuardStatus::Tripped(trip) = &status.guard {
        let words = format!(
            "; the guard tripped: {} of {} visits, {}",
            trip.bad,
            trip.samples,
            trip.cause.as_str()
        );
        text.push_str(&paint.paint(Tone::Asking, &words));
    }
    text
}

/// The promises and the records.
pub(super) fn closing(kept: &Kept, files: &[(String, usize)], paint: Paint) -> String {
    let mut text = String::from("\nrecords\n");
    for (file, lines) in files {
        let _ = writeln!(text, "  {lines:>6}  {file}");
    }
    text.push_str("\npromises\n");
    for line in &kept.promises {
        let word = if line.kept {
            paint.paint(Tone::Good, "kept  ")
        } else {
            paint.paint(Tone::Bad, "broken")
        };
        let _ = writeln!(text, "  {word}  {}", line.promise);
        for words in &line.broken_by {
            let _ = writeln!(text, "          {words}");
        }
    }
    text
}

/// One step, for programs.
#[derive(Serialize)]
pub(super) struct Shown<'a> {
    step: &'a str,
    answers: usize,
    p95_ms: f64,
    in_force_after_ms: Option<u128>,
    shadow: Vec<(&'a str, usize)>,
    assist: Vec<(&'a str, usize)>,
    corridor: Vec<(&'a str, usize)>,
    model_calls: Vec<(&'a str, usize)>,
    switches: &'a crate::model::Status,
}

impl<'a> Shown<'a> {
    pub(super) fn of(step: &'a Step, played: &'a Played) -> Self {
        let statuses = |file| played.tally.statuses(file);
        Self {
            step: step.name,
            answers: played.answers.len(),
            p95_ms: played.tally.p95_ms(),
            in_force_after_ms: played.in_force_after.map(|after| after.as_millis()),
            shadow: statuses("shadow_router.jsonl"),
            assist: statuses("assist.jsonl"),
            corridor: statuses("partial_trust_risk.jsonl"),
            model_calls: statuses("llm_calls.jsonl"),
            switches: &played.status,
        }
    }
}
