//! Record files as evidence, line by line.

use std::io::{self, Read};

use corridor_decision::records::{AssistRecord, RecordFile, RiskRecord, ShadowRecord};
use jiff::Timestamp;
use serde::de::DeserializeOwned;

use super::{Evidence, Limits};
use crate::stats::{
    Window,
    line_reader::{Line, LineReader},
};

/// Reads record files into evidence, in any order.
#[derive(Debug)]
pub struct EvidenceReader {
    limits: Limits,
    window: Window,
    evidence: Evidence,
    broken: Vec<ReadProblem>,
}

/// A line that is no record. What it holds instead is not told: it may be anything.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: is no record of this file")]
pub struct ReadProblem {
    /// The file.
    pub file: String,
    /// The line, from 1; in a compressed file, that of its content.
    pub line: u64,
}

/// How many broken lines are named; more are only counted.
const NAMED: usize = 20;

impl EvidenceReader {
    /// Nothing read yet. Records outside of `window` will not count.
    #[must_use]
    pub fn new(limits: Limits, window: Window) -> Self {
        Self {
            limits,
            window,
            evidence: Evidence::default(),
            broken: Vec::new(),
        }
    }

    /// Reads one file of records, unpacked. `name` is what a broken line of it is told with. Files that say nothing about a rollout are
    /// passed over.
    ///
    /// # Errors
    /// What the reader says. Everything before that counts.
    pub fn read(&mut self, file: RecordFile, name: &str, reader: impl Read) -> io::Result<()> {
        let mut reader = LineReader::new(reader);
        let mut number = 0;
        while let Some(line) = reader.next()? {
            number += 1;
            let counts = match line {
                Line::Whole(line) => self.add(file, line),
                Line::TooLong => false,
            };
            self.evidence.broken_lines.count(!counts);
            if !counts && self.broken.len() < NAMED {
                self.broken.push(ReadProblem {
                    file: name.to_owned(),
                    line: number,
                });
            }
        }
        Ok(())
    }

    /// Whether the line is a record of that file.
    fn add(&mut self, file: RecordFile, line: &[u8]) -> bool {
        let limits = self.limits;
        match file {
            RecordFile::ShadowRouter => {
                let Some(record) = parse::<ShadowRecord>(line) else {
                    return false;
                };
                if self.counts(record.timestamp) {
                    self.evidence.shadow(&record, &limits);
                }
            }
            RecordFile::Assist => {
                let Some(record) = parse::<AssistRecord>(line) else {
                    return false;
                };
                if self.counts(record.timestamp) {
                    self.evidence.assist(&record, &limits);
                }
            }
            RecordFile::PartialTrustRisk => {
                let Some(record) = parse::<RiskRecord>(line) else {
                    return false;
                };
                if self.counts(record.timestamp) {
                    self.evidence.risk(&record, &limits);
                }
            }
            _ => {}
        }
        true
    }

    fn counts(&self, time: Timestamp) -> bool {
        self.window.holds(time)
    }

    /// What was read, with the first lines that are no records.
    #[must_use]
    pub fn finish(self) -> (Evidence, Vec<ReadProblem>) {
        (self.evidence, self.broken)
    }
}

fn parse<T: DeserializeOwned>(line: &[u8]) -> Option<T> {
    serde_json::from_slice(line).ok()
}
