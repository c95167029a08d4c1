//! From settings to a model client.

use std::{path::PathBuf, sync::Arc};

use corridor_llm::{
    ApiKey, AttemptSink, Clock, Policy, PromptLibrary,
    file_problem::{FileProblem, FileProblems},
    policy::{PolicyInputs, PolicySource},
    private::ApiKeyError,
    runtime::BudgetUse,
    start::{MasterSwitch, PlaceholderRule, Refusal, Start, StartError, StartSettings, start},
};

use crate::{
    config::{
        DecisionSettings, Environment, LlmSettings, PartialTrustSettings, Settings, values::Switch,
    },
    engine::LoadError,
    pack_folder::PackFolder,
};

/// The folder of a pack that holds its prompts.
const PROMPTS_FOLDER: &str = "prompts";

/// What a model client is made from.
#[derive(Clone, Copy)]
pub struct Setup<'a> {
    llm: &'a LlmSettings,
    trust: &'a PartialTrustSettings,
    decision: &'a DecisionSettings,
    environment: &'a Environment,
}

/// Why there is neither a model client nor a plain refusal: somebody has to mend something.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SetupError {
    /// The policy registry or a prompt is wrong.
    #[error("{0}")]
    Files(#[from] FileProblems),
    /// The file of `llm.api_key_file` holds no key.
    #[error("{}: {source}", path.display())]
    KeyFile {
        /// The file.
        path: PathBuf,
        /// Why.
        source: ApiKeyError,
    },
    /// `partial_trust.profile_id` names a profile that the policy does not have.
    #[error(
        "partial_trust.profile_id (PARTIAL_TRUST_PROFILE_ID): the policy has no profile `{profile}`"
    )]
    UnknownProfile {
        /// The profile.
        profile: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// The pack that brings the prompts cannot be read.
    #[error("{0}")]
    Pack(#[from] LoadError),
    /// The HTTP client cannot be built.
    #[error("the model client cannot be built: {0}")]
    Client(String),
}

impl SetupError {
    /// What to do about it; nothing where each problem says that itself.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Files(_) => None,
            Self::Pack(_) => Some("corridor check tells what is wrong with the pack".to_owned()),
            Self::KeyFile { .. } => {
                Some("name a file that this user may read and that holds the key alone".to_owned())
            }
            Self::UnknownProfile { known, .. } => Some(format!("one of: {}", known.join(", "))),
            Self::Client(_) => {
                Some("corridor llm check shows what the model client is made from".to_owned())
            }
        }
    }

    /// Everything wrong, each with what to do, one a line.
    #[must_use]
    pub fn problems(&self) -> Vec<String> {
        match self {
            Self::Files(problems) => problems.list().iter().map(FileProblem::in_a_line).collect(),
            other => {
                let hint = other
                    .hint()
                    .map_or_else(String::new, |hint| format!("; {hint}"));
                vec![format!("{other}{hint}")]
            }
        }
    }
}

impl From<StartError> for SetupError {
    fn from(error: StartError) -> Self {
        match error {
            StartError::Policy(problems) => Self::Files(problems),
            other => Self::Client(other.to_string()),
        }
    }
}

impl<'a> Setup<'a> {
    /// Takes settings, and the environment for the policy's `${VARIABLE}`.
    #[must_use]
    pub fn new(settings: &'a Settings, environment: &'a Environment) -> Self {
        Self {
            llm: &settings.llm,
            trust: &settings.partial_trust,
            decision: &settings.decision,
            environment,
        }
    }

    /// The same with the prompts of the pack that these settings name.
    #[must_use]
    pub fn with_pack_of(self, settings: &'a Settings) -> Self {
        Self {
            decision: &settings.decision,
            ..self
        }
    }

    /// Starts the model client, or says why not. With the master switch off no file is read.
    ///
    /// # Errors
    /// A policy, prompt, key or certificate file that is wrong.
    pub fn start(
        self,
        master: MasterSwitch,
        sink: Arc<dyn AttemptSink>,
        clock: Arc<dyn Clock>,
        budget_use: Option<BudgetUse>,
    ) -> Result<Start, SetupError> {
        if master == MasterSwitch::Off {
            return Ok(Start::Refused(Refusal::SwitchedOff));
        }
        // Read for its checks beyond the registry itself.
        self.policy()?;
        Ok(start(StartSettings {
            master,
            policy: &self.source()?,
            inputs: self.inputs(&self.variables())?,
            placeholders: self.placeholders(),
            prompts: self.prompts()?,
            sink,
            clock,
            budget_use,
        })?)
    }

    /// The checked registry and the prompts, for those who bring a caller of their own. The master switch is not looked at.
    ///
    /// # Errors
    /// A policy, prompt or key file that is wrong.
    pub fn parts(self) -> Result<(Policy, PromptLibrary), SetupError> {
        Ok((self.policy()?, self.prompts()?))
    }

    /// The policy alone, for those who only look at it.
    ///
    /// # Errors
    /// A policy or key file that is wrong.
    pub fn policy(self) -> Result<Policy, SetupError> {
        let policy = Policy::load(&self.source()?, &self.inputs(&self.variables())?)?;
        match &self.trust.profile_id {
            Some(profile) if !policy.profiles().contains(profile.id()) => {
                Err(SetupError::UnknownProfile {
                    profile: profile.id().to_string(),
                    known: policy.profiles().iter().map(ToString::to_string).collect(),
                })
            }
            _ => Ok(policy),
        }
    }

    /// What a variable without a value means.
    #[must_use]
    pub fn placeholders(self) -> PlaceholderRule {
        match self.llm.policy_allow_placeholders {
            Switch::On => PlaceholderRule::Allow,
            Switch::Off => PlaceholderRule::Refuse,
        }
    }

    fn source(self) -> Result<PolicySource, FileProblems> {
        match &self.llm.policy_path {
            Some(path) => PolicySource::read(path.path()),
            None => Ok(PolicySource::embedded()),
        }
    }

    fn variables(self) -> impl Fn(&str) -> Option<String> + 'a {
        move |name| self.environment.get(name).cloned()
    }

    fn inputs<'v>(
        self,
        variables: &'v dyn Fn(&str) -> Option<String>,
    ) -> Result<PolicyInputs<'v>, SetupError> {
        Ok(PolicyInputs {
            variables,
            base_url: self.llm.base_url.as_ref().map(|url| url.text()),
            api_key: self.key()?,
            profile: self
                .llm
                .policy_profile
                .as_ref()
                .map(|profile| profile.id().to_string()),
        })
    }

    fn key(self) -> Result<Option<ApiKey>, SetupError> {
        if let Some(secret) = &self.llm.api_key {
            return Ok(Some(secret.key().clone()));
        }
        let Some(file) = &self.llm.api_key_file else {
            return Ok(None);
        };
        let path = file.path();
        ApiKey::from_file(path)
            .map(Some)
            .map_err(|source| SetupError::KeyFile {
                path: path.to_owned(),
                source,
            })
    }

    /// The prompts of the highest pack that brings some, else those of the household pack.
    fn prompts(self) -> Result<PromptLibrary, SetupError> {
        let folders = match &self.decision.pack_dir {
            Some(folder) => PackFolder::read(folder.path())?.folders,
            None => Vec::new(),
        };
        let own = folders
            .iter()
            .map(|folder| folder.join(PROMPTS_FOLDER))
            .find(|folder| folder.is_dir());
        Ok(match own {
            Some(folder) => PromptLibrary::load(&folder)?,
            None => PromptLibrary::embedded()?,
        })
    }
}
