//! The household that a text is decided for: the one in a file, else a sample.

use std::path::Path;

use serde_json::Value;

use super::source::{json_file, json_text};
use crate::{
    cli::failure::Failure,
    config::{DecisionSettings, values::Language},
};

/// The sample household in each language: the same home, with names a speaker of the language would use. `docs/guides/cli.md`
/// shows it.
const SAMPLE_RU: &str = include_str!("sample-household/ru.json");
const SAMPLE_EN: &str = include_str!("sample-household/en.json");

const HINT: &str =
    "write the `context` of a command: {\"household\": {\"members\": [{\"user_id\": \"…\"}]}}";

/// A command's `context`: from the file, if one is named, else the sample household in the text's language.
pub(super) fn for_text(
    text: &str,
    file: Option<&Path>,
    settings: &DecisionSettings,
) -> Result<Value, Failure> {
    match file {
        Some(path) => json_file(path, HINT),
        None => sample(text, settings.language),
    }
}

/// The sample household in the text's language, or in `otherwise` where no letter shows one.
pub(in crate::cli) fn sample(text: &str, otherwise: Language) -> Result<Value, Failure> {
    let sample = match language_of(text).unwrap_or(otherwise) {
        Language::Russian => SAMPLE_RU,
        Language::English => SAMPLE_EN,
    };
    json_text(sample.as_bytes(), "the sample household", HINT)
}

/// The language that a text's letters show: Cyrillic or Latin, whichever comes first.
fn language_of(text: &str) -> Option<Language> {
    text.chars().find_map(|letter| match letter {
        'а'..='я' | 'А'..='Я' | 'ё' | 'Ё' => Some(Language::Russian),
        'a'..='z' | 'A'..='Z' => Some(Language::English),
        _ => None,
    })
}
