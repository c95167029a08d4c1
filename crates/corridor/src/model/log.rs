//! What the log says of models: one line on the start, then one line a change, with old and new value.

use corridor_decision::stages::Trip;
use corridor_llm::{
    check::uncounted,
    start::{Refusal, Start},
};

use super::{
    status::{ClientStatus, FilesStatus, Status},
    switches::{Cause, SwitchName, Veto},
};
use crate::config::Settings;

/// Who changes something, for the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By<'a> {
    /// The service starts.
    Start,
    /// A file changed, or SIGHUP came.
    Reload,
    /// An operator of this name.
    Admin(&'a str),
    /// The guard.
    Guard,
}

/// An operator's word on a switch.
pub(super) fn admin_word(switch: SwitchName, old: Veto, new: Veto, by: &str) {
    let word = |veto| match veto {
        Veto::Silent => "silent",
        Veto::Off => "off",
    };
    tracing::info!(
        switch = switch.as_str(),
        old = word(old),
        new = word(new),
        by,
        "admin's word on a switch"
    );
}

/// The guard tripped.
pub(super) fn tripped(trip: &Trip) {
    tracing::warn!(
        cause = trip.cause.as_str(),
        samples = trip.samples,
        bad = trip.bad,
        at_least = trip.at_least,
        limit = trip.limit,
        "the guard switched partial trust off; `corridor rollout switches --rearm` arms it again"
    );
}

/// Somebody armed the guard again.
pub(super) fn rearmed(trip: &Trip, by: &str) {
    tracing::info!(cause = trip.cause.as_str(), tripped_at = %trip.at, by, "guard armed again");
}

/// What is different from before.
pub(super) fn changes(old: &Status, new: &Status, by: By<'_>) {
    let by = match by {
        By::Start => return start(new),
        By::Reload => "reload",
        By::Admin(_) => "admin",
        By::Guard => "guard",
    };
    for (switch, _, verdict) in new.switches.iter() {
        let before = old.switches.of(*switch);
        if before.as_str() != verdict.as_str() {
            tracing::info!(
                switch = switch.as_str(),
                old = before.as_str(),
                new = verdict.as_str(),
                off_because = verdict.cause().map(|cause| cause.as_str()),
                by,
                "switch changed"
            );
        }
    }
    if old.files != FilesStatus::Good && new.files == FilesStatus::Good {
        tracing::info!("settings are good again");
    }
}

/// One line on whether models are called. A refusal has had its line.
fn start(status: &Status) {
    match &status.client {
        ClientStatus::Refused { .. } => {}
        ClientStatus::Off => match status.switches.of(SwitchName::Master).cause() {
            Some(Cause::Unset) | None => {
                tracing::info!(reason = "switched_off", "{}", Refusal::SwitchedOff);
            }
            Some(cause) => tracing::info!(
                reason = "switched_off",
                off_because = cause.as_str(),
                "models are off"
            ),
        },
        ClientStatus::Running => {
            let on: Vec<&str> = status
                .switches
                .iter()
                .filter(|(_, _, verdict)| verdict.is_on())
                .map(|(switch, ..)| switch.as_str())
                .collect();
            tracing::info!(switches_on = on.join(" "), "models may be called");
        }
    }
}

/// What is wrong with files, each a line.
pub(super) fn bad_files(problems: &[String]) {
    for problem in problems {
        tracing::error!(
            %problem,
            "bad settings: the last good ones stay in force, and every model stage is off until this is mended"
        );
    }
}

/// What came of making a client: a refusal, routes that will never answer, or money that is spent without being counted.
pub(super) fn client(start: &Start) {
    match start {
        Start::Refused(refusal) => tracing::warn!(reason = refusal.as_str(), "{refusal}"),
        Start::Running(runtime) => {
            let left_out: Vec<String> = runtime
                .policy()
                .routes()
                .filter(|route| route.call.is_err())
                .map(|route| route.id.to_string())
                .collect();
            if !left_out.is_empty() {
                tracing::warn!(
                    routes = left_out.join(" "),
                    "variables of the policy have no value, and these routes are left out: a stage that asks by one of them does nothing; \
                     `corridor llm check` names the variables"
                );
            }
            let free = uncounted(runtime.policy());
            if !free.is_empty() {
                tracing::warn!(
                    routes = free.len(),
                    "the policy limits what a day may cost, but gives no price for these routes: nothing they cost is counted"
                );
            }
        }
    }
}

/// Only what concerns models is taken while running. Told once, where it comes to wait or ceases to.
pub(super) fn waits_for_a_restart(at_start: &Settings, old: &Settings, new: &Settings) {
    let waiting = |settings: &Settings| -> Vec<&'static str> {
        [
            ("server", at_start.server != settings.server),
            ("decision", at_start.decision != settings.decision),
            ("log", at_start.log != settings.log),
            ("records", at_start.records != settings.records),
            ("traces", at_start.traces != settings.traces),
            ("state", at_start.state != settings.state),
        ]
        .into_iter()
        .filter_map(|(section, waits)| waits.then_some(section))
        .collect()
    };
    let now = waiting(new);
    if now != waiting(old) && !now.is_empty() {
        tracing::warn!(
            sections = now.join(" "),
            "changed settings of these sections wait for a restart"
        );
    }
}
