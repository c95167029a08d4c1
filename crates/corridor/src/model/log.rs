//! What the log says of models: one line on the start, then one line a change, with old and new value.

use corridor_decision::stages::Trip;
use corridor_llm::start::Refusal;

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

/// Only what concerns models is taken while running.
pub(super) fn waits_for_a_restart(old: &Settings, new: &Settings) {
    let waits = [
        ("server", old.server != new.server),
        ("decision", old.decision != new.decision),
        ("log", old.log != new.log),
        ("state", old.state != new.state),
    ];
    for (section, changed) in waits {
        if changed {
            tracing::warn!(
                section,
                "changed settings of this section wait for a restart"
            );
        }
    }
}
