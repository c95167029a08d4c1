//! The settings file: TOML with a table a section, every name known.

use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::{
    declaration::{Declaration, Notation, Places, Section},
    layers::{Given, Layers},
    problem::{Origin, SettingProblem},
    settings::SECTIONS,
};

/// Adds the values of the file's text to `layers`, and the problems met. `path` is for messages alone.
pub(super) fn push_file(layers: &mut Layers, path: &Path, text: &str) {
    let at = |offset: usize| Origin::File {
        path: path.to_owned(),
        line: line_of(text, offset),
    };
    let (document, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        layers
            .problems
            .extend(errors.iter().map(|error| SettingProblem::Syntax {
                origin: at(error.span().map_or(0, |span| span.start)),
                message: syntax_message(error.message()),
            }));
        return;
    }
    for (name, value) in document.get_ref() {
        let origin = at(name.span().start);
        let Some(section) = SECTIONS
            .iter()
            .find(|section| section.name == name.get_ref())
        else {
            layers
                .problems
                .push(unknown_name(origin, name.get_ref(), value.get_ref()));
            continue;
        };
        let DeValue::Table(table) = value.get_ref() else {
            layers.problems.push(SettingProblem::NotASection {
                origin,
                name: section.name,
            });
            continue;
        };
        for (key, value) in table {
            let origin = at(key.span().start);
            match section
                .settings
                .iter()
                .find(|declaration| declaration.key == key.get_ref())
            {
                Some(declaration) => push_value(layers, declaration, value.get_ref(), origin),
                None => layers.problems.push(SettingProblem::UnknownKey {
                    origin,
                    name: format!("{}.{}", section.name, key.get_ref()),
                    nearest: nearest_setting(Some(section), key.get_ref()),
                }),
            }
        }
    }
}

fn push_value(
    layers: &mut Layers,
    declaration: &'static Declaration,
    value: &DeValue<'_>,
    origin: Origin,
) {
    if declaration.places == Places::Environment {
        layers.problems.push(SettingProblem::SecretInFile {
            origin,
            declaration,
        });
        return;
    }
    let text = match (declaration.notation, value) {
        (Notation::Text, DeValue::String(text)) => Some(text.to_string()),
        (Notation::Integer | Notation::Decimal, DeValue::Integer(number)) => {
            i64::from_str_radix(number.as_str(), number.radix())
                .ok()
                .map(|number| number.to_string())
        }
        (Notation::Decimal, DeValue::Float(number)) => Some(number.as_str().to_owned()),
        (Notation::Boolean, DeValue::Boolean(value)) => Some(value.to_string()),
        _ => None,
    };
    match text {
        Some(text) => layers.push(Given {
            declaration,
            text,
            origin,
        }),
        None => {
            let found = found(declaration.notation, value);
            layers.problems.push(SettingProblem::WrongNotation {
                origin,
                declaration,
                found,
            });
        }
    }
}

fn found(wanted: Notation, value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) if matches!(wanted, Notation::Integer | Notation::Decimal) => {
            "a number this large"
        }
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// A name at the top level that is no section: a misspelt section, or a setting outside its section.
fn unknown_name(origin: Origin, name: &str, value: &DeValue<'_>) -> SettingProblem {
    if value.is_table() {
        let nearest = nearest(
            name,
            SECTIONS.iter().map(|section| (section.name, section.name)),
        );
        SettingProblem::UnknownSection {
            origin,
            name: name.to_owned(),
            nearest,
        }
    } else {
        SettingProblem::UnknownKey {
            origin,
            name: name.to_owned(),
            nearest: nearest_setting(None, name),
        }
    }
}

/// The setting that looks most like `key`: of its own section if one does, else of any.
fn nearest_setting(section: Option<&Section>, key: &str) -> Option<&'static Declaration> {
    let named = |section: &Section| {
        section
            .settings
            .iter()
            .map(|declaration| (declaration.key, declaration))
    };
    section
        .and_then(|section| nearest(key, named(section)))
        .or_else(|| nearest(key, SECTIONS.iter().flat_map(named)))
}

/// The candidate within a third of the name's length in edits; none where nothing is that close.
fn nearest<T>(name: &str, candidates: impl Iterator<Item = (&'static str, T)>) -> Option<T> {
    let limit = (name.chars().count() / 3).max(1);
    candidates
        .map(|(candidate, value)| (strsim::damerau_levenshtein(name, candidate), value))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, value)| value)
}

/// The parser's message on one line. It says "expected nothing" where it cannot say what it expected.
fn syntax_message(message: &str) -> String {
    message
        .lines()
        .filter(|line| *line != "expected nothing")
        .collect::<Vec<_>>()
        .join(", ")
}

/// The line that holds the byte at `offset`, counted from 1.
fn line_of(text: &str, offset: usize) -> usize {
    1 + text
        .bytes()
        .take(offset)
        .filter(|byte| *byte == b'\n')
        .count()
}
