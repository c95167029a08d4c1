//! Settings: `corridor.toml`, then environment, then flags.
//!
//! `settings.rs` declares every setting once; everything that documents or reads settings follows from there. Nothing here reads
//! the process's environment by itself: [`Sources`] is filled by the command line.

pub mod declaration;
mod file;
mod layers;
mod problem;
pub mod reference;
mod settings;
mod table;
pub mod values;

use std::path::{Path, PathBuf};

pub use layers::{Environment, Flags};
pub use problem::{Origin, SettingProblem, SettingProblems};
pub use settings::{
    AssistSettings, DecisionSettings, GuardSettings, LlmSettings, LogSettings,
    PartialTrustSettings, RecordSettings, SECTIONS, ServerSettings, Settings, ShadowSettings,
    StateSettings, TraceSettings,
};

use layers::Layers;

/// The file that is read where none is named, if it exists in the working directory.
pub const DEFAULT_FILE: &str = "corridor.toml";

/// The environment variable that names the settings file.
pub const FILE_VARIABLE: &str = "CORRIDOR_CONFIG";

/// Where settings come from.
#[derive(Debug, Default)]
pub struct Sources {
    /// The settings file the command line names.
    pub file: Option<PathBuf>,
    /// The process's environment.
    pub environment: Environment,
    /// The settings the command line gives.
    pub flags: Flags,
}

impl Sources {
    /// Reads and checks all settings.
    ///
    /// # Errors
    /// Every problem of every source, at once.
    pub fn load(&self) -> Result<Settings, SettingProblems> {
        let mut layers = Layers::default();
        if let Some(path) = self.settings_file() {
            match std::fs::read_to_string(&path) {
                Ok(text) => file::push_file(&mut layers, &path, &text),
                Err(source) => layers
                    .problems
                    .push(SettingProblem::Unreadable { path, source }),
            }
        }
        layers.push_environment(&self.environment);
        layers.push_flags(&self.flags);
        match Settings::from_layers(&mut layers) {
            Some(settings) if layers.problems.is_empty() => Ok(settings),
            _ => Err(SettingProblems::new(layers.problems)),
        }
    }

    /// The file to read: the one the command line names, else the environment's, else the default one if it is there.
    #[must_use]
    pub fn settings_file(&self) -> Option<PathBuf> {
        self.file
            .clone()
            .or_else(|| {
                self.environment
                    .get(FILE_VARIABLE)
                    .filter(|path| !path.is_empty())
                    .map(PathBuf::from)
            })
            .or_else(|| Some(PathBuf::from(DEFAULT_FILE)).filter(|path| Path::exists(path)))
    }
}
