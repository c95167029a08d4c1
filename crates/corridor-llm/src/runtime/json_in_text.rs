//! The one JSON object in a model's text. What could be meant in two ways is no answer.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// The most places tried as the start of JSON, which bounds the work on hostile answers.
const MAX_STARTS: usize = 32;

/// The whole text as JSON, where it is nothing else.
pub(super) fn whole(text: &str) -> Option<Value> {
    let Unambiguous(value) = serde_json::from_str(text).ok()?;
    Some(value)
}

/// The whole text as JSON, or the only object inside fences, prose and citations. Equal objects count as one; different
/// ones, an object inside a list, or broken and cut JSON are no answer: which one was meant is anybody's guess.
pub(super) fn the_object(text: &str) -> Option<Value> {
    if let Some(value) = whole(text) {
        return Some(value);
    }
    let mut found: Option<Value> = None;
    let mut rest = text;
    for _ in 0..MAX_STARTS {
        let Some(start) = rest.find(['{', '[']) else {
            return found;
        };
        rest = rest.get(start..)?;
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Unambiguous>();
        let length = match values.next() {
            Some(Ok(Unambiguous(value))) => {
                match (&found, value) {
                    // A citation such as [1], or a word in brackets.
                    (_, list @ Value::Array(_)) if !holds_object(&list) => {}
                    (_, Value::Array(_)) => return None,
                    (None, object) => found = Some(object),
                    (Some(earlier), object) if *earlier == object => {}
                    _ => return None,
                }
                values.byte_offset()
            }
            // JSON that is cut, or says two things of one key: what stands inside it is not the answer.
            Some(Err(error)) if error.is_eof() || error.is_data() => return None,
            _ if is_meant_as_json(rest) => return None,
            // No JSON after all: a bracket in prose.
            _ => 1,
        };
        rest = rest.get(length..)?;
    }
    if rest.contains(['{', '[']) {
        None
    } else {
        found
    }
}

fn holds_object(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::Array(entries) => entries.iter().any(holds_object),
        _ => false,
    }
}

/// Whether broken JSON stands here rather than a bracket in prose, so that an object inside it is a fragment.
fn is_meant_as_json(text: &str) -> bool {
    let is_followed_by = |mark, next: char| {
        text.strip_prefix(mark)
            .is_some_and(|rest: &str| rest.trim_start().starts_with(next))
    };
    is_followed_by('{', '"') || is_followed_by('[', '{')
}

/// JSON in which no key stands twice with different values.
struct Unambiguous(Value);

impl<'de> Deserialize<'de> for Unambiguous {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Unambiguous(entry)) = entries.next_element()? {
            list.push(entry);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some((key, Unambiguous(value))) = entries.next_entry::<String, _>()? {
            match object.get(&key) {
                Some(earlier) if *earlier != value => {
                    return Err(A::Error::custom("a key stands twice"));
                }
                _ => object.insert(key, value),
            };
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fences_prose_and_citations_are_stripped() {
        let object = json!({"a": {"b": "}"}});
        for text in [
            r#"{"a":{"b":"}"}}"#,
            "```json\n{\"a\":{\"b\":\"}\"}}\n```",
            r#"Вот ответ: {"a":{"b":"}"}} Готово!"#,
            r#"The {answer} is {"a":{"b":"}"}}"#,
            r#"As said in [1] and [2, 3]: {"a":{"b":"}"}} [4]"#,
            r#"{"a":{"b":"}"}} or again {"a":{"b":"}"}}"#,
            r#"{"a":{"b":"}"},"a":{"b":"}"}}"#,
        ] {
            assert_eq!(the_object(text), Some(object.clone()), "{text}");
        }
    }

    #[test]
    fn nothing_is_guessed() {
        for text in [
            "",
            "```json\n[{\"a\":1}]\n```",
            "[{\"a\":1}",
            "Either [{\"a\":1}] or nothing",
            "{",
            r#"{"a":1"#,
            r#"{"a":[{"a":1}"#,
            r#"{"a":[{"a":1}],}"#,
            r#"{"a":1} or {"a":2}"#,
            r#"{"a":1,"a":2}"#,
            "no",
            &"{".repeat(100_000),
        ] {
            assert_eq!(the_object(text), None, "{text:.20}");
        }
    }
}
