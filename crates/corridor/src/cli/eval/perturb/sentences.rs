//! The sentences of a pack's expectations as entries, said in the household that expectations are tried in.

use corridor_eval::{
    EntryLanguage,
    dataset::{Entry, EntryId, Place},
    perturb::{LanguageWords, sentence},
};
use serde_json::{Value, json};

use crate::{cli::failure::Failure, engine::Engine};

/// As `corridor-nlu` has it for expectations; the packs guide describes it.
const RU: &str = include_str!("household/ru.json");
const EN: &str = include_str!("household/en.json");

/// When everything is said.
const NOW: &str = "2026-06-15T12:00:00+03:00";

/// The sentences, and for each whether its expectation holds.
pub(super) struct Sentences {
    pub(super) entries: Vec<Entry>,
    pub(super) hold: Vec<bool>,
}

pub(super) fn of_pack(engine: &Engine, words: &[LanguageWords]) -> Result<Sentences, Failure> {
    let understanding = engine.decider().engine();
    let report = understanding
        .run_expectations()
        .map_err(|problems| Failure::Load(problems.into()))?;
    let mut sentences = Sentences {
        entries: Vec::new(),
        hold: Vec::new(),
    };
    for (number, outcome) in (1..).zip(&report.outcomes) {
        let expected = &outcome.expected;
        let read_by = words.iter().find(|words| words.reads(&expected.say));
        let language = read_by.and_then(|words| EntryLanguage::from_word(words.language()));
        let (Some(language), Some(id)) = (language, EntryId::new(format!("say-{number:04}")))
        else {
            continue;
        };
        let household = if language == EntryLanguage::English {
            EN
        } else {
            RU
        };
        let Ok(context) = serde_json::from_str::<Value>(household) else {
            continue;
        };
        let command = json!({
            "command_id": id.as_str(),
            "user_id": "u-1",
            "timestamp": NOW,
            "text": expected.say,
            "capabilities": ["start_job", "propose_create_task", "propose_add_shopping_item", "clarify", "reject", "confirm"],
            "context": context,
        });
        let place = Place {
            file: expected.file.as_str().into(),
            line: expected.line.unwrap_or(1),
        };
        let text = expected.say.clone();
        let command = command.to_string().into_bytes();
        sentences
            .entries
            .push(sentence(id, place, language, text, command));
        sentences.hold.push(outcome.passed());
    }
    Ok(sentences)
}
