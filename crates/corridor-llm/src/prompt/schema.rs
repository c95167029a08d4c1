//! The shape an answer must have, compiled once.

use std::sync::Arc;

use serde_json::Value;
use serde_json::value::RawValue;

use crate::call::OutputSchema;
use crate::file_problem::{FileProblem, SourceFile};
use crate::private::PromptText;

/// A task's schema with its validator.
pub(crate) struct TaskSchema {
    output: Arc<OutputSchema>,
    text: String,
    schema: Value,
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
        let text = on_one_line(file.text);
        let written = RawValue::from_string(text.clone()).map_err(|error| {
            problem(
                format!("is not JSON: {error}"),
                "write a JSON Schema, draft 2020-12",
            )
        })?;
        Ok(Self {
            text,
            output: Arc::new(OutputSchema {
                name: name.to_owned(),
                schema: written,
            }),
            schema,
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

    /// The schema as data, for repair by rule.
    pub(crate) fn as_value(&self) -> &Value {
        &self.schema
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

/// JSON without the white space between its tokens, its keys in the order they are written. Parsing and printing would
/// sort them.
fn on_one_line(json: &str) -> String {
    let mut in_string = false;
    let mut is_escaped = false;
    let mut line = String::with_capacity(json.len());
    for character in json.chars() {
        if in_string {
            match character {
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '"' => in_string = false,
                _ => {}
            }
        } else if character == '"' {
            in_string = true;
        } else if character.is_ascii_whitespace() {
            continue;
        }
        line.push(character);
    }
    line
}

impl std::fmt::Debug for TaskSchema {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TaskSchema({})", self.output.name)
    }
}

#[cfg(test)]
mod tests {
    use super::on_one_line;

    #[test]
    fn one_line_keeps_order_and_strings() {
        assert_eq!(
            on_one_line("{ \"b\": \"x \\\" y\",\n  \"a\": [1, 2] }\n"),
            r#"{"b":"x \" y","a":[1,2]}"#
        );
    }
}
