//! An entry as TOML, in the order and layout of those that are there.

use std::fmt::Write as _;

use super::DraftRequest;
use crate::answer::{Answer, Item, Task};
use crate::dataset::EntryId;
use crate::vocabulary::Intent;

/// The `[[entry]]` with its line break at the end.
pub(super) fn entry(
    id: &EntryId,
    request: &DraftRequest,
    intent: Intent,
    answer: &Answer,
) -> String {
    let mut lines = vec![
        "[[entry]]".to_owned(),
        format!("id = {}", quoted(id.as_str())),
        format!("text = {}", quoted(&request.text)),
        format!("context = {}", quoted(request.context.as_str())),
        format!("difficulty = {}", quoted(request.difficulty.as_str())),
        format!(
            "tags = {}",
            list(request.tags.iter().map(|tag| quoted(tag)).collect())
        ),
        format!("intent = {}", quoted(intent.as_str())),
        format!("action = {}", quoted(answer.action.as_str())),
    ];
    if !answer.items.is_empty() {
        lines.push(format!(
            "items = {}",
            tables(answer.items.iter().map(item).collect())
        ));
    }
    if !answer.tasks.is_empty() {
        lines.push(format!(
            "tasks = {}",
            tables(answer.tasks.iter().map(task).collect())
        ));
    }
    if !answer.missing_fields.is_empty() {
        let fields = answer
            .missing_fields
            .iter()
            .map(|field| quoted(field.as_str()))
            .collect();
        lines.push(format!("missing_fields = {}", list(fields)));
    }
    lines.extend(
        answer
            .reject_code
            .as_ref()
            .map(|code| format!("reject_code = {}", quoted(code))),
    );
    lines.extend(
        request
            .notes
            .as_ref()
            .map(|notes| format!("notes = {}", quoted(notes))),
    );
    lines.join("\n") + "\n"
}

fn item(item: &Item) -> String {
    table(&[
        ("name", Some(&item.name)),
        ("quantity", item.quantity.as_ref()),
        ("unit", item.unit.as_ref()),
        ("list", item.list.as_ref()),
    ])
}

fn task(task: &Task) -> String {
    table(&[
        ("title", Some(&task.title)),
        ("assignee", task.assignee.as_ref()),
        ("zone", task.zone.as_ref()),
        ("due", task.due.as_ref()),
        ("description", task.description.as_ref()),
    ])
}

/// An inline table of the fields that are there.
fn table(fields: &[(&str, Option<&String>)]) -> String {
    let fields = fields
        .iter()
        .filter_map(|(name, value)| Some(format!("{name} = {}", quoted((*value)?))));
    format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))
}

/// One table on the line, several on lines of their own.
fn tables(tables: Vec<String>) -> String {
    if tables.len() < 2 {
        return list(tables);
    }
    let lines = tables.iter().fold(String::new(), |mut lines, table| {
        // Writing to a string cannot fail.
        let _ = writeln!(lines, "  {table},");
        lines
    });
    format!("[\n{lines}]")
}

fn list(elements: Vec<String>) -> String {
    format!("[{}]", elements.join(", "))
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            control if control.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(control));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}
