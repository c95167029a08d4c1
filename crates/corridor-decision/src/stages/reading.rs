//! A model's answer as types: what it reads in a command, before anything of it is believed.

use corridor_contract::Said;
use corridor_llm::private::Answer;
use corridor_nlu::amount::Amount;
use corridor_nlu::{Engine, ItemReading, Language, ListMention};
use serde_json::Value;

use crate::records::InternalError;

use super::grounding::LONGEST_NAME;

/// More items than anybody names in one command. One more is kept, so that whoever counts sees that there are too many.
pub(crate) const MOST_ITEMS: usize = 100;

/// What a model takes a command for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReadIntent {
    AddShoppingItem,
    CreateTask,
    Unknown,
}

/// An item as a model wrote it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ReadItem {
    pub(crate) name: Said,
    pub(crate) quantity: Option<Said>,
    pub(crate) unit: Option<Said>,
    pub(crate) list: Option<Said>,
}

/// A model's reading of a command.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reading {
    pub(crate) intent: ReadIntent,
    pub(crate) items: Vec<ReadItem>,
    pub(crate) confidence: Option<f64>,
}

/// Items and a title that a model found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entities {
    pub(crate) items: Vec<ReadItem>,
    pub(crate) title: Option<Said>,
}

impl Reading {
    /// Of `shopping_extraction` and `partial_trust_shopping`.
    ///
    /// # Errors
    /// Where an answer that passed its schema does not have the schema's shape after all.
    pub(crate) fn of(answer: &Answer) -> Result<Self, InternalError> {
        let answer = answer.expose();
        let intent = match required(answer, "intent")?.expose() {
            "add_shopping_item" => ReadIntent::AddShoppingItem,
            "create_task" => ReadIntent::CreateTask,
            "unknown" => ReadIntent::Unknown,
            _ => return Err(InternalError::AnswerUnreadable),
        };
        Ok(Self {
            intent,
            items: items(answer)?,
            confidence: match answer.get("confidence") {
                None | Some(Value::Null) => None,
                Some(number) => Some(number.as_f64().ok_or(InternalError::AnswerUnreadable)?),
            },
        })
    }
}

impl Entities {
    /// Of `assist_entity_extraction`.
    ///
    /// # Errors
    /// As [`Reading::of`].
    pub(crate) fn of(answer: &Answer) -> Result<Self, InternalError> {
        let answer = answer.expose();
        Ok(Self {
            items: items(answer)?,
            title: optional(answer, "title")?.map(cut),
        })
    }
}

/// The only text of `assist_normalization` and `assist_clarify`.
pub(crate) fn only_text(answer: &Answer, key: &str) -> Result<Said, InternalError> {
    required(answer.expose(), key)
}

impl ReadItem {
    /// The item as the rules would have read it, for the one builder of decisions. What cannot be an amount becomes none: whether that may
    /// be is for the acceptance rules to say.
    pub(crate) fn to_item(
        &self,
        engine: &Engine,
        language: Language,
        list: Option<ListMention>,
    ) -> ItemReading {
        let name = self.name.expose().trim();
        ItemReading {
            name: name.to_owned(),
            quantity: self.amount(),
            unit: self.unit_as_written(engine, language).map(str::to_owned),
            list,
            known: engine.names_a_known_good(&engine.plain_words(name)),
            repaired: false,
        }
    }

    /// The quantity, where it is a decimal number above 0.
    pub(crate) fn amount(&self) -> Option<Amount> {
        let quantity = self.quantity.as_ref()?;
        Amount::from_decimal(quantity.expose().trim()).filter(|amount| *amount > Amount::ZERO)
    }

    /// The unit as decisions write it, where it is one.
    pub(crate) fn unit_as_written<'e>(
        &self,
        engine: &'e Engine,
        language: Language,
    ) -> Option<&'e str> {
        engine.unit_as_written(language, self.unit.as_ref()?.expose())
    }
}

fn items(answer: &Value) -> Result<Vec<ReadItem>, InternalError> {
    let items = answer
        .get("items")
        .and_then(Value::as_array)
        .ok_or(InternalError::AnswerUnreadable)?;
    items
        .iter()
        .take(MOST_ITEMS + 1)
        .map(|item| {
            Ok(ReadItem {
                name: cut(required(item, "name")?),
                quantity: optional(item, "quantity")?.map(cut),
                unit: optional(item, "unit")?.map(cut),
                list: optional(item, "list")?.map(cut),
            })
        })
        .collect()
}

/// A text that may be null or absent; one that is blank says as little.
fn optional(object: &Value, key: &str) -> Result<Option<Said>, InternalError> {
    match object.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(_) => required(object, key).map(|text| Some(text).filter(|text| !text.is_blank())),
    }
}

/// A text that must be there; it may be blank.
fn required(object: &Value, key: &str) -> Result<Said, InternalError> {
    match object.get(key) {
        Some(Value::String(text)) => Ok(Said::new(text)),
        _ => Err(InternalError::AnswerUnreadable),
    }
}

/// A name that is too long stays too long, but no longer than it takes to see that: nobody is to read a quarter of a megabyte.
fn cut(name: Said) -> Said {
    match name.expose().char_indices().nth(LONGEST_NAME + 1) {
        Some((end, _)) => Said::new(name.expose().get(..end).unwrap_or_default()),
        None => name,
    }
}
