//! The shape an answer must have, compiled once.

use std::sync::Arc;

use serde_json::Value;

use crate::call::OutputSchema;
use crate::file_problem::{FileProblem, SourceFile};
use crate::private::PromptText;

/// A task's schema with its validator.
pub(crate) struct TaskSchema {
    output: Arc<OutputSchema>,
    text: String,
    validator: jsonschema::Validator,
}

/// What does not fit, worded for the model that gave the answer. It may quote the answer, so it is private.
#[derive(Debug, Clone)]
pub(crate) struct SchemaProblems(pub(crate) PromptText);

/// The most problems a model is shown; the first ones usually cause the others.
const SHOWN_PROBLEMS: usize = 5;

impl TaskSchema {
    pub(super) fn parse(name: &str, file: SourceFile<'_>) -> Result<Self, FileProblem> {
        let problem = |message: String, hint: &str| file.problem(0..0, "", message, hint);
        let schema: Value = serde_json::from_str(file.text).map_err(|error| {
            problem(
                format!("is not JSON: {error}"),
                "write a JSON Schema, draft 2020-12",
            )
        })?;
        if schema.get("type").and_then(Value::as_str) != Some("object") {
            return Err(problem(
                "does not describe an object".to_owned(),
                "write \"type\": \"object\" at the top",
            ));
        }
        let validator = jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .build(&schema)
            .map_err(|error| {
                problem(
                    format!("is no valid schema: {error}"),
                    "write a JSON Schema, draft 2020-12",
                )
            })?;
        Ok(Self {
            text: schema.to_string(),
            output: Arc::new(OutputSchema {
                name: name.to_owned(),
                schema,
            }),
            validator,
        })
    }

    pub(crate) fn output(&self) -> &Arc<OutputSchema> {
        &self.output
    }

    /// The schema in one line, for prompts.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Checks an answer as it is; nothing is coerced.
    pub(crate) fn check(&self, answer: &Value) -> Result<(), SchemaProblems> {
        if self.validator.is_valid(answer) {
            return Ok(());
        }
        let lines: Vec<String> = self
            .validator
            .iter_errors(answer)
            .take(SHOWN_PROBLEMS)
            .map(|error| format!("- {}: {error}", error.instance_path()))
            .collect();
        Err(SchemaProblems(PromptText::new(lines.join("\n"))))
    }
}

impl std::fmt::Debug for TaskSchema {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TaskSchema({})", self.output.name)
    }
}
