//! Model answers kept, so that a comparison can be repeated exactly without the model.
//!
//! One text a prompt version, one JSON object a line, sorted by entry: a new wording of a prompt is a new text, and a change of a recording
//! shows as the lines it changes. It holds what a model answered to entries of a data set, and no address and no key: neither ever comes
//! here.

mod caller;
mod line;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use corridor_llm::CallOrigin;

pub use caller::{Recorder, Replayer};
pub use line::RecordedAnswer;

/// What a model answered, by prompt version, entry and attempt.
#[derive(Debug, Default)]
pub struct Recording {
    answers: Mutex<BTreeMap<Key, Vec<RecordedAnswer>>>,
}

/// Prompt, entry, attempt.
type Key = (String, String, u32);

/// Why a text is no recording.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name}:{line}: {message}")]
pub struct RecordingError {
    /// The text's name.
    pub name: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl Recording {
    /// Reads the texts of a recording, each with its file name.
    ///
    /// # Errors
    /// The first line that is none of a recording.
    pub fn parse<'t>(
        texts: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<Self, RecordingError> {
        let mut answers: BTreeMap<Key, Vec<RecordedAnswer>> = BTreeMap::new();
        for (name, text) in texts {
            let prompt = name.strip_suffix(SUFFIX).unwrap_or(name);
            for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.is_empty()) {
                let (entry, attempt, answer) =
                    line::parse(line).map_err(|message| RecordingError {
                        name: name.to_owned(),
                        line: number,
                        message,
                    })?;
                let key = (prompt.to_owned(), entry, attempt);
                answers.entry(key).or_default().push(answer);
            }
        }
        Ok(Self {
            answers: Mutex::new(answers),
        })
    }

    /// The texts to keep, each with its file name.
    ///
    /// # Errors
    /// Where the JSON writer fails; nothing a recording can hold makes it fail today.
    pub fn to_texts(&self) -> Result<BTreeMap<String, String>, serde_json::Error> {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let mut texts: BTreeMap<String, String> = BTreeMap::new();
        for ((prompt, entry, attempt), rounds) in answers.iter() {
            let text = texts.entry(format!("{prompt}{SUFFIX}")).or_default();
            for answer in rounds {
                text.push_str(&line::write(entry, *attempt, answer)?);
                text.push('\n');
            }
        }
        Ok(texts)
    }

    /// How many answers it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.values().map(Vec::len).sum()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn keep(&self, origin: &CallOrigin, answer: RecordedAnswer) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.entry(key(origin)).or_default().push(answer);
    }

    /// The answer of a round, from 0. A recording of fewer rounds begins anew.
    fn find(&self, origin: &CallOrigin, round: usize) -> Option<RecordedAnswer> {
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let rounds = answers.get(&key(origin))?;
        rounds.get(round.checked_rem(rounds.len())?).cloned()
    }
}

const SUFFIX: &str = ".jsonl";

/// `assist_normalization.ru@1`.
fn key(origin: &CallOrigin) -> Key {
    let prompt = format!("{}@{}", origin.prompt.id, origin.prompt.version);
    (prompt, origin.command_id.clone(), origin.attempt)
}
