//! Record files as figures: how long commands took, how models fared, what they cost.
//!
//! Files are read as streams, line by line, into counters and histograms of fixed size, so that memory does not grow with what is read.
//! What cannot be read as a record is counted, named with file and line, and skipped; its content is never repeated.

mod broken;
mod calls;
mod decisions;
mod fallback;
mod latency;
pub(crate) mod line_reader;
mod lines;
mod percentiles;
mod shadow;
mod tally;
mod text;
mod trust;
mod window;

use std::io::{self, Read};

use corridor_decision::records::RecordFile;
use serde::{Deserialize, Serialize};

pub use broken::{Broken, BrokenLine, BrokenReason, UnreadableFile};
pub use calls::{CallStats, TaskStats};
pub use decisions::DecisionStats;
pub use fallback::{ComponentStats, FallbackStats};
pub use latency::{LatencyGroup, LatencyStats};
pub use percentiles::Percentiles;
pub use shadow::ShadowStats;
pub use tally::Tally;
pub use trust::TrustStats;
pub use window::Window;

use broken::BrokenLines;
use line_reader::{Line, LineReader};
use lines::{AssistLine, Stamped};

/// Reads record files and adds them up.
#[derive(Debug)]
pub struct StatsReader {
    window: Window,
    span: Span,
    files: u64,
    lines: u64,
    outside: u64,
    latency: latency::Adding,
    fallback: fallback::Adding,
    calls: calls::Adding,
    decisions: DecisionStats,
    shadow: ShadowStats,
    trust: TrustStats,
    broken: BrokenLines,
}

/// What was read, as figures.
#[derive(Clone, Debug, Serialize)]
pub struct Stats {
    /// Files read.
    pub files: u64,
    /// Lines read, broken ones and those outside the window included.
    pub lines: u64,
    /// Records that count.
    pub records: u64,
    /// Records that are older or newer than asked for.
    pub outside_window: u64,
    /// Time of the oldest and of the newest record that counts; none where there is none.
    #[serde(flatten)]
    pub span: Span,
    /// What was decided.
    pub decisions: DecisionStats,
    /// How long commands took.
    pub latency: LatencyStats,
    /// How models fared.
    pub fallback: FallbackStats,
    /// What models were asked and what it cost.
    pub calls: CallStats,
    /// How the shadow compares.
    pub shadow: ShadowStats,
    /// Visits to the corridor.
    pub partial_trust: TrustStats,
    /// What could not be read.
    pub broken: Broken,
}

/// The time that records cover.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The oldest.
    pub from: Option<jiff::Timestamp>,
    /// The newest.
    pub to: Option<jiff::Timestamp>,
}

impl Span {
    fn add(&mut self, time: jiff::Timestamp) {
        self.from = Some(self.from.map_or(time, |from| from.min(time)));
        self.to = Some(self.to.map_or(time, |to| to.max(time)));
    }
}

impl StatsReader {
    /// Nothing read yet. Records outside the window will not count.
    #[must_use]
    pub fn new(window: Window) -> Self {
        Self {
            window,
            span: Span::default(),
            files: 0,
            lines: 0,
            outside: 0,
            latency: latency::Adding::new(),
            fallback: fallback::Adding::new(),
            calls: calls::Adding::default(),
            decisions: DecisionStats::default(),
            shadow: ShadowStats::default(),
            trust: TrustStats::default(),
            broken: BrokenLines::default(),
        }
    }

    /// Reads one file of records. `name` is what a broken line of it is told with.
    ///
    /// # Errors
    /// What the reader says. Everything before that counts.
    pub fn read(&mut self, file: RecordFile, name: &str, reader: impl Read) -> io::Result<()> {
        self.files = self.files.saturating_add(1);
        let mut reader = LineReader::new(reader);
        let mut number = 0_u64;
        while let Some(line) = reader.next()? {
            number = number.saturating_add(1);
            self.lines = self.lines.saturating_add(1);
            let result = match line {
                Line::Whole(line) => self.add(file, line),
                Line::TooLong => Err(BrokenReason::TooLong),
            };
            if let Err(reason) = result {
                self.broken.add(name, number, reason);
            }
        }
        Ok(())
    }

    /// Notes a file that cannot be read, or not to its end, and why.
    pub fn unreadable(&mut self, name: &str, error: &io::Error) {
        self.broken.unreadable(name, error);
    }

    fn add(&mut self, file: RecordFile, line: &[u8]) -> Result<(), BrokenReason> {
        match file {
            RecordFile::PipelineLatency => {
                if let Some(record) = self.within(line)? {
                    self.latency.add(&record);
                }
            }
            RecordFile::FallbackMetrics => {
                if let Some(record) = self.within(line)? {
                    self.fallback.add(&record);
                }
            }
            RecordFile::LlmCalls => {
                if let Some(record) = self.within(line)? {
                    self.calls.add(&record);
                }
            }
            RecordFile::Decisions => {
                if let Some(record) = self.within(line)? {
                    self.decisions.add(&record);
                }
            }
            RecordFile::ShadowRouter => {
                if let Some(record) = self.within(line)? {
                    self.shadow.add(&record);
                }
            }
            RecordFile::PartialTrustRisk => {
                if let Some(record) = self.within(line)? {
                    self.trust.add(&record);
                }
            }
            // What became of assist steps stands in the fallback records too, beside the other components.
            RecordFile::Assist => drop(self.within::<AssistLine<'_>>(line)?),
        }
        Ok(())
    }

    /// The line as a record; nothing where its time is outside the window.
    fn within<'l, T: Deserialize<'l> + Stamped>(
        &mut self,
        line: &'l [u8],
    ) -> Result<Option<T>, BrokenReason> {
        let record: T = serde_json::from_slice(line).map_err(|error| BrokenReason::of(&error))?;
        let time = record
            .timestamp()
            .parse()
            .map_err(|_| BrokenReason::NoRecord)?;
        if !self.window.holds(time) {
            self.outside = self.outside.saturating_add(1);
            return Ok(None);
        }
        self.span.add(time);
        Ok(Some(record))
    }

    /// The figures.
    #[must_use]
    pub fn finish(self) -> Stats {
        let broken = self.broken.finish();
        Stats {
            files: self.files,
            lines: self.lines,
            records: self
                .lines
                .saturating_sub(self.outside)
                .saturating_sub(broken.lines),
            outside_window: self.outside,
            span: self.span,
            decisions: self.decisions,
            latency: self.latency.finish(),
            fallback: self.fallback.finish(),
            calls: self.calls.finish(),
            shadow: self.shadow,
            partial_trust: self.trust,
            broken,
        }
    }
}
