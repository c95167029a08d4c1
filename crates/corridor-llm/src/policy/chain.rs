//! Fallback chains: what follows a failure, as data.
//!
//! A chain belongs to a route. After a failure the first step that names the outcome and is not used up is taken; where
//! none is left, the failure is the result. Escalation goes to another profile's route, whose own chain goes on from
//! there. Every step is used a bounded number of times and profiles must not escalate in a circle, so a task always
//! ends.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::table::{At, Table, one_of};
use super::{ProfileId, RouteId};
use crate::call::Outcome;
use crate::task::TaskId;

/// What follows a failure, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chain {
    steps: Vec<Step>,
}

/// One step of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The outcomes the step answers.
    pub on: BTreeSet<Outcome>,
    /// What it does.
    pub action: Action,
}

/// What a step does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// The same call again after a pause, at most that often.
    Retry {
        /// The most retries while the task stays on this route.
        max_retries: u32,
    },
    /// Once in a task: the model sees the schema and its own answer and is asked to mend it.
    Repair,
    /// The same task under another profile.
    Escalate {
        /// The profile to go to.
        to: ProfileId,
    },
}

impl Chain {
    /// What is done where the registry names no chain: one repair, then the escalation given, then the failure.
    #[must_use]
    pub fn standard(escalate_to: Option<ProfileId>) -> Self {
        let on = || BTreeSet::from([Outcome::InvalidJson, Outcome::SchemaValidationFailed]);
        let mut steps = vec![Step {
            on: on(),
            action: Action::Repair,
        }];
        steps.extend(escalate_to.map(|to| Step {
            on: on(),
            action: Action::Escalate { to },
        }));
        Self { steps }
    }

    /// The steps, in order.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }
}

/// A chain as written, with the places of its escalations for later checks.
#[derive(Debug, Clone, Default)]
pub(super) struct WrittenChain {
    pub(super) chain: Chain,
    pub(super) escalations: Vec<Escalation>,
}

/// Where a chain escalates to.
#[derive(Debug, Clone)]
pub(super) struct Escalation {
    pub(super) to: ProfileId,
    pub(super) field: String,
    pub(super) span: Range<usize>,
}

#[derive(Clone, Copy)]
enum Verb {
    Retry,
    Repair,
    Escalate,
}

pub(super) fn read(owner: &Table<'_>, profiles: &BTreeSet<ProfileId>) -> Option<WrittenChain> {
    let tables = owner.tables("chain")?;
    let mut written = WrittenChain::default();
    for table in tables.value {
        let step = read_step(&table, profiles, &mut written.escalations);
        written.chain.steps.extend(step);
        table.finish();
    }
    Some(written)
}

fn read_step(
    table: &Table<'_>,
    profiles: &BTreeSet<ProfileId>,
    escalations: &mut Vec<Escalation>,
) -> Option<Step> {
    let verb = table.choice(
        "do",
        &[
            ("retry", Verb::Retry),
            ("repair", Verb::Repair),
            ("escalate", Verb::Escalate),
        ],
    );
    let on = table.texts("on");
    // Asked for in every step, so that a misplaced one is told apart from an unknown one.
    let max_retries = table.integer("max_retries", 1..=5);
    let to = table.text("to");
    let Some(verb) = verb else {
        table.report(
            table.span(),
            "do",
            "says not what to do",
            "do = \"retry\", \"repair\" or \"escalate\"",
        );
        return None;
    };
    let action = match verb.value {
        Verb::Retry => Action::Retry {
            max_retries: max_retries.map_or(1, |at| u32::try_from(at.value).unwrap_or(1)),
        },
        Verb::Repair => Action::Repair,
        Verb::Escalate => Action::Escalate {
            to: read_target(table, to, profiles, escalations)?,
        },
    };
    let on = read_outcomes(table, on, verb.value);
    (!on.is_empty()).then_some(Step { on, action })
}

fn read_target(
    table: &Table<'_>,
    to: Option<At<String>>,
    profiles: &BTreeSet<ProfileId>,
    escalations: &mut Vec<Escalation>,
) -> Option<ProfileId> {
    let Some(to) = to else {
        table.report(
            table.span(),
            "to",
            "is missing",
            "name the profile to escalate to",
        );
        return None;
    };
    let Some(profile) = profiles.iter().find(|profile| profile.as_str() == to.value) else {
        let known: Vec<&str> = profiles.iter().map(ProfileId::as_str).collect();
        table.report(
            to.span,
            "to",
            format!("unknown profile `{}`", to.value),
            one_of(&to.value, &known),
        );
        return None;
    };
    escalations.push(Escalation {
        to: profile.clone(),
        field: table.field("to"),
        span: to.span,
    });
    Some(profile.clone())
}

fn read_outcomes(
    table: &Table<'_>,
    on: Option<At<Vec<At<String>>>>,
    verb: Verb,
) -> BTreeSet<Outcome> {
    let (fits, rule): (fn(Outcome) -> bool, &str) = match verb {
        Verb::Retry => (Outcome::is_transient, "a retry cannot help here"),
        Verb::Repair => (Outcome::is_repairable, "there is no answer to repair here"),
        Verb::Escalate => (Outcome::can_escalate, "another route cannot help here"),
    };
    let known: Vec<&str> = Outcome::FAILURES
        .into_iter()
        .filter(|outcome| fits(*outcome))
        .map(Outcome::as_str)
        .collect();
    let Some(on) = on.filter(|on| !on.value.is_empty()) else {
        table.report(
            table.span(),
            "on",
            "names no outcome",
            format!("one of: {}", known.join(", ")),
        );
        return BTreeSet::new();
    };
    let mut outcomes = BTreeSet::new();
    for name in on.value {
        match Outcome::FAILURES
            .into_iter()
            .find(|outcome| outcome.as_str() == name.value)
        {
            Some(outcome) if fits(outcome) => drop(outcomes.insert(outcome)),
            Some(_) => table.report(
                name.span,
                "on",
                format!("`{}`: {rule}", name.value),
                one_of("", &known),
            ),
            None => {
                let message = format!("unknown outcome `{}`", name.value);
                table.report(name.span, "on", message, one_of(&name.value, &known));
            }
        }
    }
    outcomes
}

/// The escalation that closes a circle of profiles for a task, if any does.
pub(super) fn find_loop<'a>(
    task: TaskId,
    profiles: &BTreeSet<ProfileId>,
    escalations: &'a BTreeMap<RouteId, Vec<Escalation>>,
) -> Option<(&'a Escalation, Vec<ProfileId>)> {
    fn walk<'a>(
        task: TaskId,
        path: &mut Vec<ProfileId>,
        escalations: &'a BTreeMap<RouteId, Vec<Escalation>>,
    ) -> Option<(&'a Escalation, Vec<ProfileId>)> {
        let id = RouteId {
            task,
            profile: path.last()?.clone(),
        };
        for escalation in escalations.get(&id).into_iter().flatten() {
            path.push(escalation.to.clone());
            let seen = path
                .iter()
                .filter(|profile| **profile == escalation.to)
                .count();
            let found = if seen > 1 {
                Some((escalation, path.clone()))
            } else {
                walk(task, path, escalations)
            };
            path.pop();
            if found.is_some() {
                return found;
            }
        }
        None
    }
    profiles
        .iter()
        .find_map(|start| walk(task, &mut vec![start.clone()], escalations))
}
