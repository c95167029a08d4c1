//! Two slips that need no second call: a quantity written as a number, and a field left out that may be null.

use serde_json::{Map, Value};

/// The field whose value is a number in words of the schema's `string`.
const QUANTITY: &str = "quantity";

/// Mends them in place, wherever the schema says so. Nothing else is touched.
pub(super) fn mend(value: &mut Value, schema: &Value) {
    match value {
        Value::Object(object) => mend_object(object, schema),
        Value::Array(entries) => {
            if let Some(schema) = schema.get("items") {
                for entry in entries {
                    mend(entry, schema);
                }
            }
        }
        _ => {}
    }
}

fn mend_object(object: &mut Map<String, Value>, schema: &Value) {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
        return;
    };
    let required = schema.get("required").and_then(Value::as_array);
    let is_required =
        |name: &str| required.is_some_and(|names| names.iter().any(|it| it.as_str() == Some(name)));
    for (name, schema) in properties {
        match object.get_mut(name) {
            Some(number @ Value::Number(_)) if name == QUANTITY && allows(schema, "string") => {
                *number = Value::String(number.to_string());
            }
            Some(value) => mend(value, schema),
            None if is_required(name) && allows(schema, "null") => {
                object.insert(name.clone(), Value::Null);
            }
            None => {}
        }
    }
}

fn allows(schema: &Value, kind: &str) -> bool {
    match schema.get("type") {
        Some(Value::String(only)) => only == kind,
        Some(Value::Array(kinds)) => kinds.iter().any(|it| it.as_str() == Some(kind)),
        _ => false,
    }
}
