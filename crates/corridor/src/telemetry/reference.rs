//! `docs/reference/records.md`: every record and metric, written from their declarations. A test keeps the committed page equal to this.

use std::fmt::Write as _;

use corridor_decision::records::{FieldDoc, ReasonCode, RecordFile, Shape};
use corridor_llm::record::{AttemptField, AttemptRecord};

use super::{
    metrics::{LabelValues, METRICS},
    records::LogFile,
};

/// Lists of words longer than this stand in a section of their own or are cut: a row must stay readable.
const WORDS_IN_A_ROW: usize = 16;

/// The page.
#[must_use]
pub fn reference_page() -> String {
    let mut page = String::from(
        "# Records and metrics\n\n\
         <!-- Generated from the record types and crates/corridor/src/telemetry/metrics/catalogue.rs; CONTRIBUTING.md says how to\n\
         refresh it. -->\n\n\
         What the service writes down and counts. [Observing](../guides/observing.md) says what healthy looks like and what to do when\n\
         it is not.\n\n\
         ## Records\n\n\
         One JSON object a line. Every field is always there; those that may be null say so. Times of day are RFC 3339 in UTC, times\n\
         that something took are in milliseconds. No record holds what a person said or a model answered, save `user_text.jsonl`, which\n\
         is off unless `LOG_USER_TEXT` asks for it.\n",
    );
    for file in RecordFile::ALL.iter().copied() {
        let _ = write!(page, "\n### `{}`\n\n{}\n\n", file.as_str(), file.doc());
        if file == RecordFile::LlmCalls {
            attempt_table(&mut page);
        } else {
            field_table(&mut page, file.fields());
        }
    }
    let _ = write!(
        page,
        "\n### `{}.jsonl`\n\nOne line a command, for the service's user alone (mode 0600), where `LOG_USER_TEXT` asks for it.\n\n\
         | field | type | meaning |\n| --- | --- | --- |\n\
         | `timestamp` | time | When it was decided. |\n\
         | `trace_id` | id | Ties the record to the caller's trace. |\n\
         | `command_id` | id | The product's id of the command. |\n\
         | `text` | text | What the person said. |\n",
        LogFile::UserText
    );
    reasons(&mut page);
    metrics(&mut page);
    page
}

fn field_table(page: &mut String, fields: &[FieldDoc]) {
    page.push_str("| field | type | meaning |\n| --- | --- | --- |\n");
    rows(page, "", fields);
}

/// A row a field; the fields of an object follow it under their full names.
fn rows(page: &mut String, prefix: &str, fields: &[FieldDoc]) {
    for field in fields {
        let name = format!("{prefix}{}", field.name);
        let kind = kind(&field.shape, field.unit, field.nullable);
        let _ = writeln!(page, "| `{name}` | {kind} | {} |", field.doc());
        if let Shape::Object(fields) = field.shape {
            rows(page, &format!("{name}."), fields);
        }
    }
}

fn kind(shape: &Shape, unit: Option<&str>, nullable: bool) -> String {
    let mut kind = match shape {
        Shape::Timestamp => "time".to_owned(),
        Shape::Id => "id".to_owned(),
        Shape::Integer => "whole number".to_owned(),
        Shape::Number => unit.map_or_else(|| "number".to_owned(), |unit| format!("number, {unit}")),
        Shape::Boolean => "true or false".to_owned(),
        Shape::Word(words) => words_in_a_row(&words()),
        Shape::List(of) => format!("list of {}", self::kind(of, None, false)),
        Shape::Object(_) => "object".to_owned(),
    };
    if nullable {
        kind.push_str(", or null");
    }
    kind
}

fn words_in_a_row(words: &[&str]) -> String {
    if words.len() > WORDS_IN_A_ROW {
        return "a [reason](#reasons)".to_owned();
    }
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(" ")
}

fn attempt_table(page: &mut String) {
    page.push_str("| field | type | meaning |\n| --- | --- | --- |\n");
    for AttemptField { name, kind, doc } in AttemptRecord::FIELDS {
        let _ = writeln!(page, "| `{name}` | {kind} | {} |", doc.trim());
    }
}

fn reasons(page: &mut String) {
    page.push_str("\n### Reasons\n\n| reason | meaning |\n| --- | --- |\n");
    for reason in ReasonCode::all() {
        let _ = writeln!(page, "| `{}` | {} |", reason.as_str(), reason.doc());
    }
}

fn metrics(page: &mut String) {
    page.push_str(
        "\n## Metrics\n\n\
         `GET /metrics` answers in the Prometheus text format, and in OpenMetrics where the request accepts that. Times are in seconds.\n\
         Every label holds one of a closed set of words, or a name that configuration gives.\n\n\
         | metric | type | labels | meaning |\n| --- | --- | --- | --- |\n",
    );
    for metric in METRICS {
        let labels: Vec<String> = metric
            .labels
            .iter()
            .map(|label| {
                let values = match label.values {
                    LabelValues::Words(words) => words_in_a_row(&words()),
                    LabelValues::Configured(what) => what.to_owned(),
                };
                format!("`{}`: {values}", label.name)
            })
            .collect();
        let _ = writeln!(
            page,
            "| `{}` | {} | {} | {} |",
            metric.full_name(),
            metric.kind.as_str(),
            labels.join("; "),
            metric.help.trim()
        );
    }
}
