//! A new entry, drafted from what the engine answers. The draft is for a person to judge: an answer is not right by being given.

mod toml_text;

use crate::answer::Answer;
use crate::check;
use crate::dataset::wire::Said;
use crate::dataset::{
    ContextName, Dataset, DatasetFiles, DatasetProblem, EntryFile, EntryId, GoldenContext,
};
use crate::executor::{ExecutionError, Executor, decide};
use crate::vocabulary::{Difficulty, EntryLanguage, Intent};

/// What a person gives of a new entry.
#[derive(Clone, Debug)]
pub struct DraftRequest {
    /// What is said.
    pub text: String,
    /// The household it is said in.
    pub context: ContextName,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// What it is there to hold.
    pub tags: Vec<String>,
    /// The file to append to, relative to the set's root; by language, difficulty and intent where none is named.
    pub file: Option<String>,
    /// Why the answer is right, where it is not obvious.
    pub notes: Option<String>,
}

/// An entry to append.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its id.
    pub id: EntryId,
    /// The file it goes to, relative to the set's root.
    pub file: String,
    /// The entry as TOML.
    pub entry: String,
    /// The file with the entry at its end.
    pub file_text: String,
}

/// Why there is no draft.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DraftError {
    /// There is no such household.
    #[error("there is no context `{name}`; there are {}", known.join(", "))]
    Context {
        /// The name.
        name: ContextName,
        /// Those that there are.
        known: Vec<String>,
    },
    /// The command cannot be decided.
    #[error(transparent)]
    Execution(#[from] ExecutionError),
    /// The decision is of a kind that entries do not have.
    #[error("the decision ({action}) is of a kind that entries do not have")]
    Kind {
        /// Its action.
        action: corridor_contract::Action,
    },
    /// No file is the obvious one.
    #[error("no file of the set is the obvious one for this entry; name one of {}", known.join(", "))]
    NoFile {
        /// Those that there are.
        known: Vec<String>,
    },
    /// The file has no ids to go on from.
    #[error(
        "{file}: has no entry whose id could be counted on from; write its first entry by hand"
    )]
    NoId {
        /// The file.
        file: String,
    },
    /// The set would not be sound with the entry in it.
    #[error("the set would not be sound with this entry in it")]
    Unsound {
        /// The entry, for a person to correct.
        entry: String,
        /// What would be wrong, in the file as it would be.
        problems: Vec<DatasetProblem>,
    },
}

/// Decides the command and drafts an entry of the answer. `files` and `dataset` are the same set, without problems.
///
/// # Errors
/// Where the request does not fit the set, or the draft would not.
pub fn draft(
    files: &DatasetFiles,
    dataset: &Dataset,
    request: &DraftRequest,
    executor: &dyn Executor,
) -> Result<Draft, DraftError> {
    let context = dataset
        .contexts
        .get(&request.context)
        .ok_or_else(|| DraftError::Context {
            name: request.context.clone(),
            known: dataset.contexts.keys().map(ToString::to_string).collect(),
        })?;
    let answer = answer(request, context, executor)?;
    let intent = answer.intent.ok_or(DraftError::Kind {
        action: answer.action,
    })?;
    let file = file_for(dataset, request, intent)?;
    let id = next_id(dataset, file).ok_or_else(|| DraftError::NoId {
        file: file.path.clone(),
    })?;
    let entry = toml_text::entry(&id, request, intent, &answer);
    let before = files.text(&file.path).unwrap_or_default();
    let file_text = format!("{}\n\n{entry}", before.trim_end());
    let draft = Draft {
        id,
        file: file.path.clone(),
        entry,
        file_text,
    };
    match problems_with(files, &draft) {
        problems if problems.is_empty() => Ok(draft),
        problems => Err(DraftError::Unsound {
            entry: draft.entry,
            problems,
        }),
    }
}

fn answer(
    request: &DraftRequest,
    context: &GoldenContext,
    executor: &dyn Executor,
) -> Result<Answer, DraftError> {
    // Ids of actions follow from the command's id, but answers do not: the entry's own id may be found later.
    let said = Said {
        id: "draft",
        text: &request.text,
        timestamp: context.timestamp,
        capabilities: context.capabilities,
    };
    let decision = decide(executor, &context.command(&said))?;
    Ok(Answer::of(&decision))
}

/// The file that is named, else the one for entries of this language, difficulty and intent.
fn file_for<'d>(
    dataset: &'d Dataset,
    request: &DraftRequest,
    intent: Intent,
) -> Result<&'d EntryFile, DraftError> {
    let named = |path: &str| dataset.files.iter().find(|file| file.path == path);
    let found = match (&request.file, language_of(&request.text)) {
        (Some(path), _) => named(path),
        (None, Some(language)) => {
            let name = match (request.difficulty, intent) {
                (Difficulty::Hard, _) => "hard",
                (_, Intent::AddShoppingItem) => "shopping",
                (_, Intent::CreateTask) => "tasks",
                (_, Intent::ClarifyNeeded) => "clarify",
                (_, Intent::Reject) => "reject",
                (_, Intent::Confirm) => "confirm",
            };
            let mut of_language = dataset
                .files
                .iter()
                .filter(|file| file.language == language);
            let only = of_language.next().filter(|_| of_language.next().is_none());
            named(&format!("{language}/{name}.toml")).or(only)
        }
        (None, None) => None,
    };
    found.ok_or_else(|| DraftError::NoFile {
        known: dataset.files.iter().map(|file| file.path.clone()).collect(),
    })
}

/// The language that a text's letters show; none without letters.
fn language_of(text: &str) -> Option<EntryLanguage> {
    let has = |belongs: fn(char) -> bool| text.chars().any(belongs);
    let is_cyrillic = |letter: char| matches!(letter, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё');
    match (has(is_cyrillic), has(|letter| letter.is_ascii_alphabetic())) {
        (true, true) => Some(EntryLanguage::Mixed),
        (true, false) => Some(EntryLanguage::Russian),
        (false, true) => Some(EntryLanguage::English),
        (false, false) => None,
    }
}

/// The number after the highest of the file's prefix; numbers in between were dropped and stay unused.
fn next_id(dataset: &Dataset, file: &EntryFile) -> Option<EntryId> {
    let mut in_file = dataset
        .entries
        .iter()
        .filter(|entry| entry.place.file == file.shown);
    let (prefix, _) = parted(&in_file.next_back()?.id)?;
    let numbers = dataset.entries.iter().filter_map(|entry| parted(&entry.id));
    let highest = numbers
        .filter(|(other, _)| *other == prefix)
        .map(|(_, number)| number)
        .max()?;
    EntryId::new(format!("{prefix}-{:03}", highest + 1))
}

/// `ru-task-042` as (`ru-task`, 42).
fn parted(id: &EntryId) -> Option<(&str, u32)> {
    let (prefix, number) = id.as_str().rsplit_once('-')?;
    Some((prefix, number.parse().ok()?))
}

/// What would be wrong with the entry once it is in the set, which had no problems.
fn problems_with(files: &DatasetFiles, draft: &Draft) -> Vec<DatasetProblem> {
    let reading = Dataset::read(&files.with(&draft.file, draft.file_text.clone()));
    let mut problems = reading.problems;
    if let Some(entry) = reading.dataset.entry(draft.id.as_str()) {
        let duplicates = check::duplicates(&reading.dataset.entries);
        problems.extend(
            duplicates
                .into_iter()
                .filter(|problem| problem.place == entry.place),
        );
    }
    problems
}
