//! The policy registry: which model does which task, for what money, within which limits, and what follows a failure.
//!
//! A TOML file, checked whole when it is loaded. [`Policy`] holds nothing left to check: a route is ready to call or
//! says which value it lacks.

mod chain;
mod layer;
mod load;
mod placeholder;
mod route_builder;
mod settings;
mod source;
mod table;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use chain::{Action, Chain, Step};
pub use load::PolicyInputs;
pub use placeholder::Variables;
pub use source::PolicySource;

use crate::call::CallSpec;
use crate::file_problem::{FileProblem, FileProblems};
use crate::task::TaskId;

/// A profile's name, as the operator chose it: 1 to 40 lower-case ASCII letters, digits, `_` or `-`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProfileId(Arc<str>);

impl ProfileId {
    /// Takes a name; none where it is not one a profile may have.
    #[must_use]
    pub fn new(name: &str) -> Option<Self> {
        let allowed = |byte: u8| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-')
        };
        ((1..=40).contains(&name.len()) && name.bytes().all(allowed)).then(|| Self(name.into()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn shared(&self) -> Arc<str> {
        Arc::clone(&self.0)
    }
}

impl fmt::Display for ProfileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A route's place in the registry.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RouteId {
    /// What is asked.
    pub task: TaskId,
    /// Of whom.
    pub profile: ProfileId,
}

impl fmt::Display for RouteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.task.as_str(), self.profile)
    }
}

/// How one task is done under one profile.
#[derive(Debug, Clone)]
pub struct Route {
    /// The route's place.
    pub id: RouteId,
    /// The call, or what it lacks.
    pub call: Result<Arc<CallSpec>, Vec<Gap>>,
    /// What tokens cost.
    pub price: Price,
    /// The most calls under way at once.
    pub max_concurrency: usize,
    /// What follows a failure.
    pub chain: Chain,
}

/// A value that a route lacks, so that it cannot be called.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Gap {
    /// A `${VARIABLE}` without a value.
    Placeholder {
        /// The variable.
        variable: String,
    },
    /// No base URL, neither in the file nor by `LLM_BASE_URL`.
    BaseUrl,
}

/// What tokens cost, in millionths of the currency for a million tokens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Price {
    /// For tokens sent.
    pub input_micros_per_million: u64,
    /// For tokens answered.
    pub output_micros_per_million: u64,
}

impl Price {
    /// The cost of that many tokens in millionths of the currency, rounded up.
    #[must_use]
    pub fn cost_micros(self, input_tokens: u64, output_tokens: u64) -> u64 {
        let cost = |tokens: u64, price: u64| u128::from(tokens).saturating_mul(u128::from(price));
        let total = cost(input_tokens, self.input_micros_per_million)
            .saturating_add(cost(output_tokens, self.output_micros_per_million));
        u64::try_from(total.div_ceil(1_000_000)).unwrap_or(u64::MAX)
    }
}

/// What a day may cost, all routes together. A day is a UTC day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The currency of prices and limits, for people; nothing is converted.
    pub currency: String,
    /// Calls a day; none for no limit.
    pub max_calls_per_day: Option<u64>,
    /// Money a day in millionths of the currency; none for no limit.
    pub max_spend_micros_per_day: Option<u64>,
}

/// When a route rests and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakerSettings {
    /// Failures in a row after which the route rests.
    pub failures_to_trip: u32,
    /// The first rest.
    pub cooldown: Duration,
    /// The longest rest; each failed probe doubles the rest up to here.
    pub max_cooldown: Duration,
}

/// The pause before a retry: a random time up to `base` doubled per retry, at most `max` ("full jitter").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackoffSettings {
    /// The upper bound before the first retry.
    pub base: Duration,
    /// The upper bound before any retry.
    pub max: Duration,
}

/// The whole registry, checked.
#[derive(Debug, Clone)]
pub struct Policy {
    file: String,
    profile: ProfileId,
    profiles: Vec<ProfileId>,
    limits: Limits,
    breaker: Option<BreakerSettings>,
    backoff: BackoffSettings,
    routes: BTreeMap<RouteId, Arc<Route>>,
    unresolved: Vec<FileProblem>,
}

impl Policy {
    /// Reads and checks a registry.
    ///
    /// # Errors
    /// Everything wrong in the file, each with line and hint. A variable without a value is no error here: its routes
    /// say so, and [`Policy::unresolved`] lists them.
    pub fn load(source: &PolicySource, inputs: &PolicyInputs<'_>) -> Result<Self, FileProblems> {
        load::load(source, inputs)
    }

    /// The same registry without breaker: for evaluations, where what became of one command must not decide another's fate.
    #[must_use]
    pub fn without_breaker(mut self) -> Self {
        self.breaker = None;
        self
    }

    /// The same registry without daily limits: for answers that cost nothing, such as recorded ones.
    #[must_use]
    pub fn without_limits(mut self) -> Self {
        self.limits.max_calls_per_day = None;
        self.limits.max_spend_micros_per_day = None;
        self
    }

    /// The file's name, for messages.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The profile of tasks that do not name one.
    #[must_use]
    pub fn profile(&self) -> &ProfileId {
        &self.profile
    }

    /// Every profile, by name.
    #[must_use]
    pub fn profiles(&self) -> &[ProfileId] {
        &self.profiles
    }

    /// What a day may cost.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// When a route rests; none where the breaker is switched off.
    #[must_use]
    pub fn breaker(&self) -> Option<BreakerSettings> {
        self.breaker
    }

    /// The pause before a retry.
    #[must_use]
    pub fn backoff(&self) -> BackoffSettings {
        self.backoff
    }

    /// Every route: each task under each profile.
    pub fn routes(&self) -> impl Iterator<Item = &Arc<Route>> {
        self.routes.values()
    }

    /// The route of a task under a profile; none where the profile does not exist.
    #[must_use]
    pub fn route(&self, id: &RouteId) -> Option<&Arc<Route>> {
        self.routes.get(id)
    }

    /// Variables without a value: file, line, and what to set.
    #[must_use]
    pub fn unresolved(&self) -> &[FileProblem] {
        &self.unresolved
    }
}
