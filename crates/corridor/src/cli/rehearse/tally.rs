//! What record files say, counted: the files as they stand on the disk, as an operator would read them.

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::Value;

/// The file with one record a command, written last.
pub(super) const FALLBACK_FILE: &str = "fallback_metrics.jsonl";

/// Counts of what was read.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    /// Lines by file.
    lines: BTreeMap<String, usize>,
    /// How often a status stood in a file's records.
    statuses: BTreeMap<(String, String), usize>,
    /// The time of each command, milliseconds.
    totals_ms: Vec<f64>,
    /// Lines that are no record.
    broken: usize,
    text: String,
}

impl Tally {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Reads on where it stopped, and gives the counts of what is new.
    pub(super) fn of_new_lines(&mut self, folder: &Path) -> Self {
        let mut new = Self::new();
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let file = entry.file_name().to_string_lossy().into_owned();
            if !file.ends_with(".jsonl") {
                continue;
            }
            let text = fs::read_to_string(entry.path()).unwrap_or_default();
            let known = self.lines.get(&file).copied().unwrap_or(0);
            for line in text.lines().skip(known) {
                new.take(&file, line);
            }
        }
        for (file, lines) in &new.lines {
            let known = self.lines.entry(file.clone()).or_default();
            *known = known.saturating_add(*lines);
        }
        self.text.push_str(&new.text);
        self.broken = self.broken.saturating_add(new.broken);
        new
    }

    /// How many lines a file has now.
    pub(super) fn lines_of(folder: &Path, file: &str) -> usize {
        fs::read_to_string(folder.join(file))
            .unwrap_or_default()
            .lines()
            .count()
    }

    /// Lines of the file with one record a command, read so far.
    pub(super) fn fallback_lines(&self) -> usize {
        self.lines.get(FALLBACK_FILE).copied().unwrap_or(0)
    }

    /// Lines by file.
    pub(super) fn lines_by_file(&self) -> Vec<(String, usize)> {
        self.lines.clone().into_iter().collect()
    }

    /// Lines of one file.
    pub(super) fn lines(&self, file: &str) -> usize {
        self.lines.get(file).copied().unwrap_or(0)
    }

    /// Lines that are no record.
    pub(super) fn broken(&self) -> usize {
        self.broken
    }

    /// Everything read.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// How often each status stood in a file's records, most often first.
    pub(super) fn statuses(&self, file: &str) -> Vec<(&str, usize)> {
        let mut found: Vec<(&str, usize)> = self
            .statuses
            .iter()
            .filter(|((of, _), _)| of == file)
            .map(|((_, status), count)| (status.as_str(), *count))
            .collect();
        found.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        found
    }

    /// The time that 95 of 100 commands stayed below inside the service, milliseconds.
    pub(super) fn p95_ms(&self) -> f64 {
        let mut totals = self.totals_ms.clone();
        totals.sort_by(f64::total_cmp);
        let place = totals
            .len()
            .saturating_mul(95)
            .div_ceil(100)
            .saturating_sub(1);
        totals.get(place).copied().unwrap_or(0.0)
    }

    fn take(&mut self, file: &str, line: &str) {
        let lines = self.lines.entry(file.to_owned()).or_default();
        *lines = lines.saturating_add(1);
        self.text.push_str(line);
        self.text.push('\n');
        let Ok(record) = serde_json::from_str::<Value>(line) else {
            self.broken = self.broken.saturating_add(1);
            return;
        };
        let word = ["status", "llm_outcome", "outcome"]
            .into_iter()
            .find_map(|key| record.get(key)?.as_str());
        if let Some(word) = word {
            let key = (file.to_owned(), word.to_owned());
            let count = self.statuses.entry(key).or_default();
            *count = count.saturating_add(1);
        }
        self.totals_ms
            .extend(record.get("total_ms").and_then(Value::as_f64));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where it stands")]
mod tests {
    use super::*;

    #[test]
    fn new_lines_are_counted_once() {
        let folder = std::env::temp_dir().join(format!("corridor-tally-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join(FALLBACK_FILE);
        fs::write(&file, "{\"llm_outcome\":\"success\"}\nnot json\n").unwrap();
        let mut tally = Tally::new();
        let first = tally.of_new_lines(&folder);
        assert_eq!(first.lines(FALLBACK_FILE), 2);
        assert_eq!(first.statuses(FALLBACK_FILE), [("success", 1)]);
        assert_eq!(first.broken(), 1);
        let text = fs::read_to_string(&file).unwrap() + "{\"llm_outcome\":\"error\"}\n";
        fs::write(&file, text).unwrap();
        let second = tally.of_new_lines(&folder);
        assert_eq!(second.statuses(FALLBACK_FILE), [("error", 1)]);
        assert_eq!(tally.fallback_lines(), 3);
        fs::remove_dir_all(&folder).unwrap();
    }
}
