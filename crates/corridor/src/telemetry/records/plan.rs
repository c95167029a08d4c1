//! Which files are written, where, and within which limits.

use std::{path::PathBuf, time::Duration};

use jiff::SignedDuration;

use super::log_file::{LogFile, PerFile};
use crate::config::{RecordSettings, values::Switch};

/// What the settings say about records, put together.
#[derive(Clone, Debug)]
pub struct RecordPlan {
    /// Where each file is; none where it is not written.
    pub paths: PerFile<Option<PathBuf>>,
    /// Files that are switched off. What they hold from before is removed in its time all the same.
    pub retired: Vec<PathBuf>,
    /// The most entries that wait to be written.
    pub queue_length: usize,
    /// The longest that an entry waits before it is written.
    pub flush_interval: Duration,
    /// The size at which a file is rotated, in bytes.
    pub rotate_bytes: u64,
    /// The age of its first record at which a file is rotated.
    pub rotate_age: SignedDuration,
    /// The age at which records are removed.
    pub keep_age: SignedDuration,
    /// The size of all files together, in bytes, above which the oldest are removed.
    pub keep_bytes: u64,
}

/// A mistake that shows only when settings are put together.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// Two files share a path.
    #[error("the records {first} and {second} have the same path, {}", path.display())]
    SamePath {
        /// One of them.
        first: LogFile,
        /// The other.
        second: LogFile,
        /// Their path.
        path: PathBuf,
    },
}

/// However many files are being written, they stay well below what is kept of all together.
const SHARE_OF_A_FILE: u64 = 16;

impl RecordPlan {
    /// Puts the settings together.
    ///
    /// # Errors
    /// Two files with the same path.
    pub fn new(settings: &RecordSettings) -> Result<Self, PlanError> {
        let keep_bytes = settings.max_total_mb.bytes();
        let keep_age = settings.max_age_days.duration();
        let paths =
            PerFile::from_fn(|file| is_written(settings, file).then(|| path_of(settings, file)));
        let plan = Self {
            retired: LogFile::ALL
                .into_iter()
                .map(|file| path_of(settings, file))
                .filter(|path| {
                    paths
                        .iter()
                        .all(|(_, written)| written.as_ref() != Some(path))
                })
                .collect(),
            paths,
            queue_length: settings.queue_length.get(),
            flush_interval: settings.flush_interval_ms.duration(),
            rotate_bytes: settings
                .rotate_mb
                .bytes()
                .min(keep_bytes.div_ceil(SHARE_OF_A_FILE)),
            rotate_age: settings.rotate_hours.duration().min(keep_age),
            keep_age,
            keep_bytes,
        };
        plan.refuse_shared_paths()?;
        Ok(plan)
    }

    /// Whether any file is written.
    #[must_use]
    pub fn writes_anything(&self) -> bool {
        self.paths.iter().any(|(_, path)| path.is_some())
    }

    fn refuse_shared_paths(&self) -> Result<(), PlanError> {
        for (index, (first, path)) in self.paths.iter().enumerate() {
            let twin = self
                .paths
                .iter()
                .skip(index.saturating_add(1))
                .find(|(_, other)| path.is_some() && *other == path);
            if let (Some(path), Some((second, _))) = (path, twin) {
                return Err(PlanError::SamePath {
                    first,
                    second,
                    path: path.clone(),
                });
            }
        }
        Ok(())
    }
}

fn is_written(settings: &RecordSettings, file: LogFile) -> bool {
    settings.enabled == Switch::On
        && match file {
            LogFile::PipelineLatency => settings.pipeline_latency == Switch::On,
            LogFile::FallbackMetrics => settings.fallback_metrics == Switch::On,
            LogFile::UserText => settings.user_text == Switch::On,
            LogFile::Decisions
            | LogFile::ShadowRouter
            | LogFile::Assist
            | LogFile::PartialTrustRisk
            | LogFile::LlmCalls => true,
        }
}

fn path_of(settings: &RecordSettings, file: LogFile) -> PathBuf {
    let set = match file {
        LogFile::Decisions => &settings.decisions_path,
        LogFile::PipelineLatency => &settings.pipeline_latency_path,
        LogFile::FallbackMetrics => &settings.fallback_metrics_path,
        LogFile::ShadowRouter => &settings.shadow_router_path,
        LogFile::Assist => &settings.assist_path,
        LogFile::PartialTrustRisk => &settings.partial_trust_risk_path,
        LogFile::LlmCalls => &settings.llm_calls_path,
        LogFile::UserText => &settings.user_text_path,
    };
    set.as_ref().map_or_else(
        || settings.dir.path().join(format!("{file}.jsonl")),
        |path| path.path().to_owned(),
    )
}
