//! The decider as this machine runs it: a pack from disk or built in, ids, and no clock of its own.

use std::{
    io,
    path::PathBuf,
    sync::{Arc, LazyLock},
    time::Instant,
};

use corridor_contract::Command;
use corridor_decision::{Decided, Decider, Explanation, Pipeline, RecordSink, Stamp, StepTimes};
use corridor_nlu::{PackFiles, PackProblems};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    config::{DecisionSettings, values},
    pack_folder::PackFolder,
};

/// Decides commands, with an id for each decision. Costly to load, cheap to share.
pub struct Engine(Arc<Decider>);

impl Engine {
    /// Loads the pack that the settings name, or the one built in.
    ///
    /// # Errors
    /// A pack that cannot be read, or everything wrong with it.
    pub fn load(settings: &DecisionSettings) -> Result<Self, LoadError> {
        Ok(Self::over(load_pack(settings)?, settings))
    }

    /// The same without a threshold: it executes whatever it can, for those who look for the right threshold.
    ///
    /// # Errors
    /// A pack that cannot be read, or everything wrong with it.
    pub fn load_without_threshold(settings: &DecisionSettings) -> Result<Self, LoadError> {
        let understanding = load_pack(settings)?.with_execute_threshold(0.0);
        Ok(Self::over(understanding, settings))
    }

    fn over(understanding: corridor_nlu::Engine, settings: &DecisionSettings) -> Self {
        let settings = corridor_decision::DecisionSettings {
            language: match settings.language {
                values::Language::Russian => corridor_nlu::Language::Ru,
                values::Language::English => corridor_nlu::Language::En,
            },
            timezone: settings.timezone.as_ref().map(|zone| zone.get().clone()),
        };
        Self(Arc::new(Decider::new(understanding, settings)))
    }

    /// Name and version of the pack.
    #[must_use]
    pub fn pack_version(&self) -> &str {
        self.0.engine().pack_version()
    }

    /// The decider itself, for those who bring time and ids of their own.
    #[must_use]
    pub fn decider(&self) -> &Decider {
        &self.0
    }

    /// The whole way of a command around these rules, with every model stage off. Records go to `sink`.
    #[must_use]
    pub fn pipeline(&self, sink: Arc<dyn RecordSink>) -> Arc<Pipeline> {
        let clock = Arc::new(Timestamp::now);
        Arc::new(Pipeline::new(Arc::clone(&self.0), sink, clock))
    }

    /// Decides a command at the time `now`. Without a trace id of the caller the decision gets one of its own.
    #[must_use]
    pub fn decide(&self, command: &Command, trace_id: Option<&str>, now: Timestamp) -> Decided {
        self.0
            .decide(command, stamp(trace_id, now), &mut StepTimes::default())
    }

    /// Decides a command at the time `now` and says how it came to that. `steps` may hold what was measured before.
    #[must_use]
    pub fn explain(
        &self,
        command: &Command,
        now: Timestamp,
        steps: &mut StepTimes,
    ) -> (Decided, Explanation) {
        self.0.explain(command, stamp(None, now), steps)
    }
}

/// Nothing measured yet, with this machine's monotonic clock to measure by.
#[must_use]
pub fn measured_steps() -> StepTimes {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    StepTimes::with_clock(|| START.elapsed())
}

/// Time and ids of a decision made at `created_at`. Without a trace id of the caller it gets one of its own.
#[must_use]
pub fn stamp(trace_id: Option<&str>, created_at: Timestamp) -> Stamp {
    Stamp {
        created_at,
        decision_id: Uuid::now_v7().to_string(),
        trace_id: trace_id.map_or_else(|| Uuid::new_v4().simple().to_string(), str::to_owned),
    }
}

/// Loads the understanding alone, for those who look into the pack.
///
/// # Errors
/// A pack that cannot be read, or everything wrong with it.
pub fn load_pack(settings: &DecisionSettings) -> Result<corridor_nlu::Engine, LoadError> {
    let files = match &settings.pack_dir {
        Some(folder) => PackFolder::read(folder.path())?.files,
        None => PackFiles::household(),
    };
    Ok(corridor_nlu::Engine::from_pack(&files)?)
}

/// Why there is nothing to decide with.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// A file or folder of the pack cannot be read.
    #[error("{}: cannot be read: {source}", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The folder holds no pack.
    #[error("{}: there is no TOML file in this folder", folder.display())]
    Empty {
        /// The folder.
        folder: PathBuf,
    },
    /// The pack is wrong.
    #[error("the pack has {} problem{}", problems.iter().len(), if problems.iter().len() == 1 { "" } else { "s" })]
    Pack {
        /// What is wrong.
        problems: PackProblems,
    },
    /// A pack is laid over itself, or over more packs than anybody has.
    #[error("{}: this pack is laid over too many others", folder.display())]
    Endless {
        /// The folder.
        folder: PathBuf,
    },
}

impl From<PackProblems> for LoadError {
    fn from(problems: PackProblems) -> Self {
        Self::Pack { problems }
    }
}
