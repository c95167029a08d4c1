//! What a policy comes to, route by route, as data to print. Keys are never shown, only whether there is one.

use std::time::Duration;

use crate::policy::{Action, Gap, Limits, Policy, Price, Route, RouteId};
use crate::start::{PlaceholderRule, Refusal, needs_key, refusal};

/// A policy, spelled out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyReport {
    /// The policy's file.
    pub file: String,
    /// The profile used where a task names none.
    pub profile: String,
    /// What a day may cost.
    pub limits: Limits,
    /// Every route.
    pub routes: Vec<RouteReport>,
    /// Why no model would be called, if so. The master switch is not looked at.
    pub refusal: Option<Refusal>,
}

/// One route, spelled out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteReport {
    /// The route's place.
    pub id: RouteId,
    /// The call, or what it lacks (`${LLM_MODEL}`, `base_url`).
    pub call: Result<CallReport, Vec<String>>,
    /// What tokens cost.
    pub price: Price,
    /// The most calls under way at once.
    pub max_concurrency: usize,
    /// The fallback chain in words, such as `invalid_json, schema_validation_failed → repair`.
    pub chain: Vec<String>,
}

/// Where a route's calls go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallReport {
    /// The provider's dialect.
    pub provider: &'static str,
    /// The model, as configured.
    pub model: String,
    /// The address calls go to.
    pub url: String,
    /// Whether there is a key.
    pub key: KeyState,
    /// How the answer's shape is asked for.
    pub structured_output: &'static str,
    /// The limit of one attempt.
    pub timeout: Duration,
    /// The most tokens of an answer.
    pub max_tokens: u32,
}

/// Whether there is a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyState {
    /// There is one; it is not shown.
    Set,
    /// There is none and none is needed.
    NotNeeded,
    /// There is none, and calls would be refused.
    Missing,
}

impl KeyState {
    /// A closed name for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Set => "set",
            Self::NotNeeded => "not_needed",
            Self::Missing => "missing",
        }
    }

    /// What to print instead of the key.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Set => "•••••••• (set)",
            Self::NotNeeded => "none (not needed on loopback)",
            Self::Missing => "MISSING",
        }
    }
}

/// Routes beyond this machine that have no price although the policy limits what a day may cost: nothing they cost would be counted.
#[must_use]
pub fn uncounted(policy: &Policy) -> Vec<RouteId> {
    if policy.limits().max_spend_micros_per_day.is_none() {
        return Vec::new();
    }
    let costs_unseen = |route: &&std::sync::Arc<Route>| {
        let is_elsewhere = route
            .call
            .as_ref()
            .is_ok_and(|spec| !spec.base_url.is_loopback());
        is_elsewhere && route.price == Price::default()
    };
    policy
        .routes()
        .filter(costs_unseen)
        .map(|route| route.id.clone())
        .collect()
}

/// Spells a policy out.
#[must_use]
pub fn report(policy: &Policy, placeholders: PlaceholderRule) -> PolicyReport {
    PolicyReport {
        file: policy.file().to_owned(),
        profile: policy.profile().to_string(),
        limits: policy.limits().clone(),
        routes: policy.routes().map(|route| route_report(route)).collect(),
        refusal: refusal(policy, placeholders),
    }
}

fn route_report(route: &Route) -> RouteReport {
    let call = match &route.call {
        Ok(spec) => Ok(CallReport {
            provider: spec.provider.as_str(),
            model: spec.model.clone(),
            url: spec.base_url.chat_completions().to_string(),
            key: match (&spec.key, needs_key(spec)) {
                (Some(_), _) => KeyState::Set,
                (None, false) => KeyState::NotNeeded,
                (None, true) => KeyState::Missing,
            },
            structured_output: spec.structured_output.as_str(),
            timeout: spec.timeouts.total,
            max_tokens: spec.max_tokens,
        }),
        Err(gaps) => Err(gaps.iter().map(gap_in_words).collect()),
    };
    RouteReport {
        id: route.id.clone(),
        call,
        price: route.price,
        max_concurrency: route.max_concurrency,
        chain: route.chain.steps().iter().map(step_in_words).collect(),
    }
}

fn gap_in_words(gap: &Gap) -> String {
    match gap {
        Gap::Placeholder { variable } => format!("${{{variable}}}"),
        Gap::BaseUrl => "base_url".to_owned(),
    }
}

fn step_in_words(step: &crate::policy::Step) -> String {
    let outcomes: Vec<&str> = step.on.iter().map(|outcome| outcome.as_str()).collect();
    let action = match &step.action {
        Action::Retry { max_retries } => format!("retry, at most {max_retries}"),
        Action::Repair => "repair once".to_owned(),
        Action::Escalate { to } => format!("escalate to {to}"),
    };
    format!("{} → {action}", outcomes.join(", "))
}
