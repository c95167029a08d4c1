//! One thing to write, and the file it belongs to.

use std::fmt;

use corridor_contract::Said;
use corridor_decision::Record;
use corridor_llm::AttemptRecord;
use jiff::Timestamp;
use serde::Serialize;

use super::log_file::LogFile;

/// What waits in the queue. It becomes JSON on the writer's thread, not on the one that answers.
pub enum Entry {
    /// A record of a decision.
    Record(Record),
    /// A record of an attempt at a model call.
    Attempt(AttemptRecord),
    /// What a person said, where the operator asked for it.
    UserText(UserText),
}

/// What a person said, for the one file that may hold it.
pub struct UserText {
    /// When it was decided.
    pub timestamp: Timestamp,
    /// The trace of the request.
    pub trace_id: String,
    /// The product's id of the command.
    pub command_id: String,
    /// The text.
    pub text: Said,
}

impl Entry {
    /// The file it belongs to.
    #[must_use]
    pub fn file(&self) -> LogFile {
        match self {
            Self::Record(Record::Decision(_)) => LogFile::Decisions,
            Self::Record(Record::Latency(_)) => LogFile::PipelineLatency,
            Self::Record(Record::Fallback(_)) => LogFile::FallbackMetrics,
            Self::Record(Record::Shadow(_)) => LogFile::ShadowRouter,
            Self::Record(Record::Assist(_)) => LogFile::Assist,
            Self::Record(Record::Risk(_)) => LogFile::PartialTrustRisk,
            Self::Attempt(_) => LogFile::LlmCalls,
            Self::UserText(_) => LogFile::UserText,
        }
    }

    /// Adds its line. Says whether it could be written as JSON; if not, nothing is added.
    pub(super) fn write_line(&self, lines: &mut Vec<u8>) -> bool {
        let start = lines.len();
        let written = match self {
            Self::Record(Record::Decision(record)) => serde_json::to_writer(&mut *lines, record),
            Self::Record(Record::Latency(record)) => serde_json::to_writer(&mut *lines, record),
            Self::Record(Record::Fallback(record)) => serde_json::to_writer(&mut *lines, record),
            Self::Record(Record::Shadow(record)) => serde_json::to_writer(&mut *lines, record),
            Self::Record(Record::Assist(record)) => serde_json::to_writer(&mut *lines, record),
            Self::Record(Record::Risk(record)) => serde_json::to_writer(&mut *lines, record),
            Self::Attempt(record) => serde_json::to_writer(&mut *lines, record),
            Self::UserText(record) => serde_json::to_writer(&mut *lines, &Line::of(record)),
        };
        if written.is_err() {
            lines.truncate(start);
            return false;
        }
        lines.push(b'\n');
        true
    }
}

/// What was said shows nowhere but in its file.
impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Entry").field(&self.file()).finish()
    }
}

/// The line of `user_text.jsonl`. The one place where a text is written to a file.
#[derive(Serialize)]
struct Line<'t> {
    timestamp: Timestamp,
    trace_id: &'t str,
    command_id: &'t str,
    text: &'t str,
}

impl<'t> Line<'t> {
    fn of(entry: &'t UserText) -> Self {
        Self {
            timestamp: entry.timestamp,
            trace_id: &entry.trace_id,
            command_id: &entry.command_id,
            text: entry.text.expose(),
        }
    }
}
