//! One prompt file: TOML front matter between `+++` lines, then a template per message.
//!
//! ```text
//! +++
//! id = "assist_clarify.en"
//! version = "1"
//! task = "assist_clarify"
//! language = "en"
//! schema = "assist_clarify.schema.json"
//! +++
//! === system ===
//! …
//! === user ===
//! {{ data }}
//! ```

use std::ops::Range;

use serde::Deserialize;

use crate::file_problem::{FileProblem, SourceFile};
use crate::task::{Language, TaskId};

/// What a prompt is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Purpose {
    /// To ask for a task.
    Task(TaskId),
    /// To ask for an answer to be mended; it follows the conversation of any task.
    Repair,
}

/// A prompt file, split and checked.
#[derive(Debug)]
pub(super) struct PromptFile<'a> {
    pub(super) id: String,
    pub(super) version: String,
    pub(super) purpose: Purpose,
    pub(super) language: Language,
    /// The schema's file name; a repair has none of its own.
    pub(super) schema: Option<String>,
    /// Instructions; a repair has none of its own.
    pub(super) system: Option<&'a str>,
    pub(super) user: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrontMatter {
    id: String,
    version: String,
    task: String,
    language: String,
    schema: Option<String>,
}

const FENCE: &str = "+++\n";
const SYSTEM: &str = "=== system ===\n";
const USER: &str = "=== user ===\n";

impl<'a> PromptFile<'a> {
    pub(super) fn parse(file: SourceFile<'a>) -> Result<Self, FileProblem> {
        let Some((front, body)) = file
            .text
            .strip_prefix(FENCE)
            .and_then(|rest| rest.split_once(FENCE))
        else {
            return Err(file.problem(
                0..0,
                "",
                "has no front matter",
                "start the file with +++, keys, and +++",
            ));
        };
        let matter: FrontMatter = toml::from_str(front).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            let hint = "keys: id, version, task, language, schema";
            file.problem(shift(span, FENCE.len()), "", error.message(), hint)
        })?;
        let purpose = match matter.task.as_str() {
            "repair" => Purpose::Repair,
            name => match TaskId::from_name(name) {
                Some(task) => Purpose::Task(task),
                None => {
                    return Err(file.problem(
                        4..4,
                        "task",
                        format!("unknown task `{name}`"),
                        "a task's name, or repair",
                    ));
                }
            },
        };
        let Some(language) = Language::from_code(&matter.language) else {
            let message = format!("unknown language `{}`", matter.language);
            return Err(file.problem(4..4, "language", message, "ru or en"));
        };
        let expected = format!("{}.{}", matter.task, matter.language);
        if matter.id != expected {
            let message = format!("`{}` does not say task and language", matter.id);
            return Err(file.problem(4..4, "id", message, format!("id = \"{expected}\"")));
        }
        if matter.version.trim().is_empty() {
            return Err(file.problem(
                4..4,
                "version",
                "is blank",
                "raise it with every change of the wording",
            ));
        }
        let (system, user) = split_messages(file, body, purpose)?;
        let schema = match (purpose, matter.schema) {
            (Purpose::Task(_), None) => {
                return Err(file.problem(
                    4..4,
                    "schema",
                    "is missing",
                    "name the schema's file in this folder",
                ));
            }
            (Purpose::Repair, Some(_)) => {
                return Err(file.problem(
                    4..4,
                    "schema",
                    "has no place in a repair",
                    "a repair takes the task's schema",
                ));
            }
            (_, schema) => schema,
        };
        Ok(Self {
            id: matter.id,
            version: matter.version,
            purpose,
            language,
            schema,
            system,
            user,
        })
    }
}

fn split_messages<'a>(
    file: SourceFile<'a>,
    body: &'a str,
    purpose: Purpose,
) -> Result<(Option<&'a str>, &'a str), FileProblem> {
    let at_end = file.text.len()..file.text.len();
    let Some((before, user)) = body.split_once(USER) else {
        return Err(file.problem(
            at_end,
            "",
            "has no user message",
            "write === user === before it",
        ));
    };
    let system = before.split_once(SYSTEM).map(|(_, system)| system.trim());
    match (purpose, system) {
        (Purpose::Task(_), None) => Err(file.problem(
            at_end,
            "",
            "has no system message",
            "write === system === before it",
        )),
        (Purpose::Repair, Some(_)) => Err(file.problem(
            at_end,
            "",
            "a repair has no system message",
            "it follows the task's own",
        )),
        (_, system) => Ok((system, user.trim())),
    }
}

fn shift(span: Range<usize>, by: usize) -> Range<usize> {
    span.start.saturating_add(by)..span.end.saturating_add(by)
}
