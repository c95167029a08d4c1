//! Plausible answers, made from the request alone: which schema is asked for and what the person said.
//!
//! This is a stand-in for a model, not a reader of commands: it splits at commas and conjunctions and drops a few
//! trigger words, enough for answers that look right and are sometimes wrong, as a model's are.

use serde_json::{Value, json};

/// What a request asks for.
#[derive(Debug)]
pub(super) struct Question {
    /// The schema's name, or its title where it stands in the prompt.
    schema: String,
    text: String,
}

impl Question {
    pub(super) fn read(body: &Value) -> Self {
        let messages = body
            .get("messages")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let content = |role: &str| {
            let of_role = messages
                .iter()
                .find(|message| message.get("role").and_then(Value::as_str) == Some(role));
            of_role
                .and_then(|message| message.get("content")?.as_str())
                .unwrap_or_default()
        };
        let named = body
            .pointer("/response_format/json_schema/name")
            .and_then(Value::as_str);
        let schema = named.map_or_else(|| title_in(content("system")), str::to_owned);
        let data = content("user")
            .split_once("<data>")
            .and_then(|(_, rest)| rest.split_once("</data>"));
        let data: Value = data
            .and_then(|(json, _)| serde_json::from_str(json).ok())
            .unwrap_or_default();
        let text = data
            .get("text")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        Self { schema, text }
    }

    /// An answer that fits the schema and what was said.
    pub(super) fn plausible(&self) -> Value {
        self.answer(&self.text, &items(&self.text))
    }

    /// An answer that fits the schema and names what nobody said.
    pub(super) fn ungrounded(&self) -> Value {
        let (text, name) = match self.is_russian() {
            true => ("купи батут", "батут"),
            false => ("buy a trampoline", "trampoline"),
        };
        self.answer(
            text,
            &[json!({"name": name, "quantity": "7", "unit": null, "list": null})],
        )
    }

    /// An answer with a value that the schema does not allow.
    pub(super) fn wrong_enum(&self) -> Value {
        let mut answer = self.plausible();
        if let Some(object) = answer.as_object_mut() {
            let wrong = if object.contains_key("intent") {
                json!("purchase_everything")
            } else {
                json!(7)
            };
            let key = object
                .keys()
                .find(|key| *key == "intent")
                .or(object.keys().next())
                .cloned();
            object.extend(key.map(|key| (key, wrong)));
        }
        answer
    }

    fn answer(&self, text: &str, items: &[Value]) -> Value {
        let without_list = || -> Vec<Value> {
            let cut = |item: &Value| json!({"name": item["name"], "quantity": item["quantity"], "unit": item["unit"]});
            items.iter().map(cut).collect()
        };
        match self.schema.as_str() {
            "assist_normalization" => json!({"text": text}),
            "assist_clarify" if self.is_russian() => {
                json!({"question": "Что именно нужно добавить?"})
            }
            "assist_clarify" => json!({"question": "What exactly should I add?"}),
            "assist_entity_extraction" => json!({"items": without_list(), "title": null}),
            _ => {
                let intent = if items.is_empty() {
                    "unknown"
                } else {
                    "add_shopping_item"
                };
                json!({"intent": intent, "items": items, "confidence": 0.9})
            }
        }
    }

    fn is_russian(&self) -> bool {
        self.text
            .chars()
            .any(|letter| matches!(letter, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё'))
    }
}

/// The title of a schema that stands in a prompt.
fn title_in(prompt: &str) -> String {
    let title = prompt
        .split_once("\"title\":\"")
        .and_then(|(_, rest)| rest.split_once('"'));
    title.map(|(title, _)| title.to_owned()).unwrap_or_default()
}

const DROPPED: [&str; 22] = [
    "купи",
    "купить",
    "добавь",
    "добавить",
    "возьми",
    "надо",
    "нужно",
    "пожалуйста",
    "в",
    "список",
    "покупок",
    "add",
    "buy",
    "get",
    "please",
    "to",
    "the",
    "a",
    "some",
    "shopping",
    "list",
    "my",
];

fn items(text: &str) -> Vec<Value> {
    let text = text
        .to_lowercase()
        .replace([',', ';'], " , ")
        .replace(['.', '!', '?'], " ");
    let words: Vec<&str> = text
        .split_whitespace()
        .filter(|word| !DROPPED.contains(word))
        .collect();
    words
        .split(|word| matches!(*word, "," | "и" | "and"))
        .filter_map(item)
        .collect()
}

fn item(words: &[&str]) -> Option<Value> {
    let (quantity, rest) = match words.split_first() {
        Some((first, rest)) if !rest.is_empty() && first.chars().all(|c| c.is_ascii_digit()) => {
            (Some(*first), rest)
        }
        _ => (None, words),
    };
    let name = rest.join(" ");
    (!name.is_empty())
        .then(|| json!({"name": name, "quantity": quantity, "unit": null, "list": null}))
}
