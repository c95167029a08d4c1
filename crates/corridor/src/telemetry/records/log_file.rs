//! The record files there are.

use std::fmt;

use serde::Serialize;

/// A file of records, one JSON object a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFile {
    /// One line a decision.
    Decisions,
    /// One line a decision: how long it and each of its steps took.
    PipelineLatency,
    /// One line a decision: what became of the model's part in it.
    FallbackMetrics,
    /// One line a shadow call.
    ShadowRouter,
    /// One line an assist step.
    Assist,
    /// One line a visit to the corridor.
    PartialTrustRisk,
    /// One line an attempt at a model call.
    LlmCalls,
    /// One line a command, with what the person said. Off unless asked for.
    UserText,
}

impl LogFile {
    /// Every file, in the order of the documentation. A file's place here is its number.
    pub const ALL: [Self; 8] = [
        Self::Decisions,
        Self::PipelineLatency,
        Self::FallbackMetrics,
        Self::ShadowRouter,
        Self::Assist,
        Self::PartialTrustRisk,
        Self::LlmCalls,
        Self::UserText,
    ];

    /// Its name in metrics and messages, and in its folder with `.jsonl` behind it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Decisions => "decisions",
            Self::PipelineLatency => "pipeline_latency",
            Self::FallbackMetrics => "fallback_metrics",
            Self::ShadowRouter => "shadow_router",
            Self::Assist => "assist",
            Self::PartialTrustRisk => "partial_trust_risk",
            Self::LlmCalls => "llm_calls",
            Self::UserText => "user_text",
        }
    }

    /// Whether others than the service's own user may read it.
    #[must_use]
    pub const fn is_private(self) -> bool {
        matches!(self, Self::UserText)
    }

    /// Whether its records may keep an answer waiting a moment rather than be lost.
    #[must_use]
    pub const fn may_wait(self) -> bool {
        matches!(self, Self::Decisions)
    }
}

impl fmt::Display for LogFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A value for each file.
#[derive(Clone, Debug, Default)]
pub struct PerFile<T>([T; LogFile::ALL.len()]);

impl<T> PerFile<T> {
    /// Makes a value for each file.
    pub fn from_fn(mut make: impl FnMut(LogFile) -> T) -> Self {
        Self(LogFile::ALL.map(&mut make))
    }

    /// The file's value.
    pub fn get(&self, file: LogFile) -> &T {
        let Self(
            [
                decisions,
                latency,
                fallback,
                shadow,
                assist,
                risk,
                calls,
                text,
            ],
        ) = self;
        match file {
            LogFile::Decisions => decisions,
            LogFile::PipelineLatency => latency,
            LogFile::FallbackMetrics => fallback,
            LogFile::ShadowRouter => shadow,
            LogFile::Assist => assist,
            LogFile::PartialTrustRisk => risk,
            LogFile::LlmCalls => calls,
            LogFile::UserText => text,
        }
    }

    /// The file's value, to change.
    pub fn get_mut(&mut self, file: LogFile) -> &mut T {
        let Self(
            [
                decisions,
                latency,
                fallback,
                shadow,
                assist,
                risk,
                calls,
                text,
            ],
        ) = self;
        match file {
            LogFile::Decisions => decisions,
            LogFile::PipelineLatency => latency,
            LogFile::FallbackMetrics => fallback,
            LogFile::ShadowRouter => shadow,
            LogFile::Assist => assist,
            LogFile::PartialTrustRisk => risk,
            LogFile::LlmCalls => calls,
            LogFile::UserText => text,
        }
    }

    /// Every file with its value.
    pub fn iter(&self) -> impl Iterator<Item = (LogFile, &T)> {
        LogFile::ALL.into_iter().zip(&self.0)
    }
}
