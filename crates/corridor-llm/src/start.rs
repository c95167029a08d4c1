//! Whether models may be called at all: asked in order, and each refusal is one line that says what to do.
//!
//! Is the master switch on? Are the policy's variables filled in? Is there an address and a key? Until every answer is
//! yes no client is built and no socket opened, and the service runs on rules alone.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use crate::call::{CallSpec, Provider};
use crate::clock::Clock;
use crate::file_problem::{FileProblem, FileProblems};
use crate::http::{ClientError, HttpCaller};
use crate::policy::{Gap, Policy, PolicyInputs, PolicySource, Route};
use crate::prompt::PromptLibrary;
use crate::record::AttemptSink;
use crate::runtime::{BudgetUse, Runtime, RuntimeParts};

/// The switch over everything that calls a model (`LLM_POLICY_ENABLED`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MasterSwitch {
    /// Models may be called.
    On,
    /// Nothing is called, nothing is even read.
    Off,
}

/// What a variable without a value means (`LLM_POLICY_ALLOW_PLACEHOLDERS`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceholderRule {
    /// No model is called.
    Refuse,
    /// Routes that need it are left out; the others work.
    Allow,
}

/// What to start from.
pub struct StartSettings<'a> {
    /// The switch over everything.
    pub master: MasterSwitch,
    /// The policy registry.
    pub policy: &'a PolicySource,
    /// What it is completed with.
    pub inputs: PolicyInputs<'a>,
    /// What a variable without a value means.
    pub placeholders: PlaceholderRule,
    /// The prompts.
    pub prompts: PromptLibrary,
    /// Who takes the records.
    pub sink: Arc<dyn AttemptSink>,
    /// The wall clock.
    pub clock: Arc<dyn Clock>,
    /// What today has cost before this start, where known.
    pub budget_use: Option<BudgetUse>,
}

/// What came of a start.
#[derive(Debug)]
pub enum Start {
    /// Models may be called.
    Running(Box<Runtime>),
    /// They may not; say so once and go on with rules alone.
    Refused(Refusal),
}

/// Why no model is called. Its `Display` is the one line for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// The master switch is off.
    SwitchedOff,
    /// Variables of the policy have no value; at least one.
    PlaceholdersUnresolved(Vec<FileProblem>),
    /// No address for these profiles.
    BaseUrlMissing {
        /// The profiles.
        profiles: BTreeSet<String>,
    },
    /// No key for these profiles.
    KeyMissing {
        /// The profiles.
        profiles: BTreeSet<String>,
    },
}

/// Why a start cannot even be refused properly: something is wrong that somebody has to mend.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The policy registry is wrong.
    #[error("{0}")]
    Policy(#[from] FileProblems),
    /// The HTTP client cannot be built.
    #[error("{0}")]
    Client(#[from] ClientError),
}

/// Starts the model client, or says why not.
///
/// # Errors
/// When the policy file is wrong or a certificate file cannot be used. A missing variable, address or key is no error
/// but a [`Refusal`].
pub fn start(settings: StartSettings<'_>) -> Result<Start, StartError> {
    if settings.master == MasterSwitch::Off {
        return Ok(Start::Refused(Refusal::SwitchedOff));
    }
    let policy = Policy::load(settings.policy, &settings.inputs)?;
    if let Some(refusal) = refusal(&policy, settings.placeholders) {
        return Ok(Start::Refused(refusal));
    }
    let specs = policy
        .routes()
        .filter_map(|route| route.call.as_deref().ok());
    let caller = Arc::new(HttpCaller::new(specs)?.with_clock(Arc::clone(&settings.clock)));
    Ok(Start::Running(Box::new(Runtime::new(RuntimeParts {
        policy,
        prompts: settings.prompts,
        caller,
        sink: settings.sink,
        clock: settings.clock,
        budget_use: settings.budget_use,
    }))))
}

/// The first reason not to call a model under this policy, in the order people should mend them.
#[must_use]
pub fn refusal(policy: &Policy, placeholders: PlaceholderRule) -> Option<Refusal> {
    let usable = policy.routes().any(|route| route.call.is_ok());
    if !policy.unresolved().is_empty() && (placeholders == PlaceholderRule::Refuse || !usable) {
        return Some(Refusal::PlaceholdersUnresolved(
            policy.unresolved().to_vec(),
        ));
    }
    let lacking = |lacks: &dyn Fn(&Route) -> bool| -> BTreeSet<String> {
        policy
            .routes()
            .filter(|route| lacks(route))
            .map(|route| route.id.profile.to_string())
            .collect()
    };
    let profiles =
        lacking(&|route| matches!(&route.call, Err(gaps) if gaps.contains(&Gap::BaseUrl)));
    if !profiles.is_empty() {
        return Some(Refusal::BaseUrlMissing { profiles });
    }
    let profiles = lacking(&|route| {
        route
            .call
            .as_ref()
            .is_ok_and(|spec| spec.key.is_none() && needs_key(spec))
    });
    (!profiles.is_empty()).then_some(Refusal::KeyMissing { profiles })
}

/// Servers on this machine need no key; everybody else does.
pub(crate) fn needs_key(spec: &CallSpec) -> bool {
    spec.provider != Provider::OpenAiCompatible || !spec.base_url.is_loopback()
}

impl Refusal {
    /// A closed name for metrics and records.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::SwitchedOff => "switched_off",
            Self::PlaceholdersUnresolved(_) => "placeholders_unresolved",
            Self::BaseUrlMissing { .. } => "base_url_missing",
            Self::KeyMissing { .. } => "key_missing",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SwitchedOff => {
                f.write_str("models are off: LLM_POLICY_ENABLED is not set to true")
            }
            Self::PlaceholdersUnresolved(problems) => {
                f.write_str("models are off: the policy has variables without a value: ")?;
                for (position, problem) in problems.iter().enumerate() {
                    let separator = if position > 0 { "; " } else { "" };
                    write!(f, "{separator}{}: {}", problem.place(), problem.message)?;
                }
                f.write_str("; set them in the environment or write the values into the file")
            }
            Self::BaseUrlMissing { profiles } => write!(
                f,
                "models are off: no base URL for {}; set LLM_BASE_URL or base_url in the policy",
                listed(profiles)
            ),
            Self::KeyMissing { profiles } => write!(
                f,
                "models are off: no key for {}; set LLM_API_KEY or api_key_file in the policy",
                listed(profiles)
            ),
        }
    }
}

fn listed(profiles: &BTreeSet<String>) -> String {
    let names: Vec<String> = profiles
        .iter()
        .map(|profile| format!("profile {profile}"))
        .collect();
    names.join(", ")
}
