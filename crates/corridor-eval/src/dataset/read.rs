//! From the text of an entry file to its entries. One that is broken does not hide those after it.

use std::collections::BTreeMap;
use std::ops::Range;

use corridor_contract::{Capabilities, Command, Timestamp};
use serde::Deserialize as _;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::context::{ContextName, GoldenContext};
use super::entry::{Entry, EntryId, Expected, Tag};
use super::expected::{self, Situation};
use super::file::{EntryFile, Source};
use super::problem::DatasetProblem;
use super::raw::{RawEntry, RawHead};
use super::tags::TagList;
use super::wire::Said;
use crate::answer::Answer;
use crate::vocabulary::EntryLanguage;

/// What entries may refer to.
pub(super) struct Known<'d> {
    pub(super) contexts: &'d BTreeMap<ContextName, GoldenContext>,
    pub(super) tags: Option<&'d TagList>,
}

/// The entries of a file; `None` where the file as a whole cannot be read.
pub(super) fn entries(
    source: &Source<'_>,
    path: &str,
    known: &Known<'_>,
    problems: &mut Vec<DatasetProblem>,
) -> Option<(EntryFile, Vec<Entry>)> {
    let (head, raw_entries) = match split(source) {
        Ok(split) => split,
        Err(problem) => {
            problems.push(problem);
            return None;
        }
    };
    problems.extend(source.wrong_version(&head.version));
    let file = EntryFile {
        path: path.to_owned(),
        shown: source.file.clone(),
        language: head.language,
    };
    let mut entries = Vec::with_capacity(raw_entries.len());
    for raw in raw_entries {
        let span = raw.span();
        match RawEntry::deserialize(ValueDeserializer::from(raw)) {
            Ok(raw) => {
                let mut notes = Notes { source, problems };
                entries.extend(entry(raw, &span, head.language, known, &mut notes));
            }
            Err(error) => problems.push(source.toml_problem(&error, &span)),
        }
    }
    Some((file, entries))
}

/// The head of a file and its entries, which are read one by one.
fn split<'t>(source: &Source<'t>) -> Result<(RawHead, Vec<Spanned<DeValue<'t>>>), DatasetProblem> {
    let broken = |error| source.toml_problem(&error, &(0..0));
    let mut root = DeTable::parse(source.text).map_err(broken)?;
    let entries = root
        .get_mut()
        .remove("entry")
        .map(|entries| (entries.span(), entries.into_inner()));
    let entries = match entries {
        Some((_, DeValue::Array(entries))) => entries.into_iter().collect(),
        Some((span, _)) => {
            let hint = "write each entry under [[entry]]";
            return Err(DatasetProblem::new(
                source.place(&span),
                "entry: is no list of entries",
                hint,
            ));
        }
        None => Vec::new(),
    };
    let head = RawHead::deserialize(toml::Deserializer::from(root)).map_err(broken)?;
    Ok((head, entries))
}

/// Where what is wrong with an entry is noted.
pub(super) struct Notes<'n, 't> {
    source: &'n Source<'t>,
    problems: &'n mut Vec<DatasetProblem>,
}

impl Notes<'_, '_> {
    pub(super) fn note(
        &mut self,
        span: &Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.problems
            .push(DatasetProblem::new(self.source.place(span), message, hint));
    }
}

fn entry(
    raw: RawEntry,
    span: &Range<usize>,
    language: EntryLanguage,
    known: &Known<'_>,
    notes: &mut Notes<'_, '_>,
) -> Option<Entry> {
    let id = EntryId::new(raw.id.get_ref());
    if id.is_none() {
        notes.note(
            &raw.id.span(),
            "id: not letters, digits and hyphens",
            "write one like ru-task-042",
        );
    }
    let tags = tags(&raw.tags, known.tags, notes);
    let timestamp = raw
        .timestamp
        .as_ref()
        .map(|said_at| timestamp(said_at, notes));
    let capabilities = raw
        .capabilities
        .as_ref()
        .map(|list| capabilities(list, notes));
    let context_name = ContextName::new(raw.context.get_ref());
    let Some(context) = known.contexts.get(&context_name) else {
        let names: Vec<&str> = known.contexts.keys().map(ContextName::as_str).collect();
        let hint = format!(
            "name a file of contexts/ without .toml: {}",
            names.join(", ")
        );
        notes.note(
            &raw.context.span(),
            format!("context: there is no `{context_name}`"),
            hint,
        );
        return None;
    };
    let timestamp = timestamp.unwrap_or(Some(context.timestamp));
    let capabilities = capabilities.unwrap_or(Some(context.capabilities));
    let situation = Situation {
        context: &context.context,
        capabilities: capabilities?,
    };
    let preferred = expected::preferred(&raw, &situation, notes);
    let accepted: Vec<Option<Answer>> = raw
        .accept
        .iter()
        .map(|other| expected::alternative(other, raw.intent, &situation, notes))
        .collect();
    let id = id?;
    let said = Said {
        id: id.as_str(),
        text: &raw.text,
        timestamp: timestamp?,
        capabilities: capabilities?,
    };
    let command = context.command(&said);
    if let Err(found) = Command::from_slice(&command) {
        for problem in &found {
            notes.note(
                span,
                format!("as a command: {problem}"),
                "correct the entry or its context",
            );
        }
        return None;
    }
    Some(Entry {
        id,
        place: notes.source.place(span),
        language,
        difficulty: raw.difficulty,
        tags: tags?,
        context: context_name,
        text: raw.text,
        command,
        expected: Expected {
            preferred: preferred?,
            accepted: accepted.into_iter().collect::<Option<_>>()?,
        },
        notes: raw.notes,
    })
}

fn tags(
    raw: &Spanned<Vec<Spanned<String>>>,
    known: Option<&TagList>,
    notes: &mut Notes<'_, '_>,
) -> Option<Vec<Tag>> {
    if raw.get_ref().is_empty() {
        notes.note(
            &raw.span(),
            "tags: there is none",
            "say what the entry is there to hold",
        );
        return None;
    }
    let mut tags: Vec<Tag> = Vec::with_capacity(raw.get_ref().len());
    for tag in raw.get_ref() {
        let name = tag.get_ref();
        if known.is_some_and(|known| !known.contains(name)) {
            let hint = "take one from tags.toml, or declare it there with what it means";
            notes.note(&tag.span(), format!("tags: `{name}` is not declared"), hint);
        }
        if tags.iter().any(|other| other.name == *name) {
            notes.note(
                &tag.span(),
                format!("tags: `{name}` is there twice"),
                "write it once",
            );
        }
        tags.push(Tag {
            name: name.clone(),
            place: notes.source.place(&tag.span()),
        });
    }
    Some(tags)
}

fn timestamp(raw: &Spanned<String>, notes: &mut Notes<'_, '_>) -> Option<Timestamp> {
    match raw.get_ref().parse() {
        Ok(timestamp) => Some(timestamp),
        Err(error) => {
            notes.note(
                &raw.span(),
                format!("timestamp: {error}"),
                "write when it is said, with an offset",
            );
            None
        }
    }
}

fn capabilities(
    raw: &Spanned<Vec<corridor_contract::Capability>>,
    notes: &mut Notes<'_, '_>,
) -> Option<Capabilities> {
    match Capabilities::new(raw.get_ref().iter().copied()) {
        Ok(capabilities) => Some(capabilities),
        Err(error) => {
            notes.note(
                &raw.span(),
                format!("capabilities: {error}"),
                "name what the product can do, or leave it out",
            );
            None
        }
    }
}
