//! The contract's schemas as components: the same files that validate, with their inner definitions beside them.

use corridor_contract::Side;
use serde_json::{Map, Value};

/// The schemas of command and decision, and of what they are made of, each under its component's name.
pub(super) fn schemas() -> Vec<(String, Value)> {
    Side::ALL
        .iter()
        .flat_map(|side| {
            let name = name(*side);
            let mut schema: Map<String, Value> =
                serde_json::from_str(side.schema()).unwrap_or_default();
            schema.remove("$schema");
            let inner = match schema.remove("$defs") {
                Some(Value::Object(inner)) => inner,
                _ => Map::new(),
            };
            let mut all = vec![(name.to_owned(), Value::Object(schema))];
            all.extend(
                inner
                    .into_iter()
                    .map(|(key, schema)| (component(name, &key), schema)),
            );
            for (_, schema) in &mut all {
                point_at_components(schema, name);
            }
            all
        })
        .collect()
}

fn name(side: Side) -> &'static str {
    match side {
        Side::Command => "Command",
        Side::Decision => "Decision",
    }
}

/// `shopping_list` inside `Command` becomes `CommandShoppingList`: both sides may use a word in different ways.
fn component(side: &str, key: &str) -> String {
    let words = key.split('_').map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    std::iter::once(side.to_owned()).chain(words).collect()
}

/// Turns references inside the schema file into references to components.
fn point_at_components(schema: &mut Value, side: &str) {
    match schema {
        Value::Object(object) => {
            for (key, value) in object {
                match value {
                    Value::String(reference) if key == "$ref" => {
                        if let Some(inner) = reference.strip_prefix("#/$defs/") {
                            *reference = format!("#/components/schemas/{}", component(side, inner));
                        }
                    }
                    _ => point_at_components(value, side),
                }
            }
        }
        Value::Array(list) => list
            .iter_mut()
            .for_each(|value| point_at_components(value, side)),
        _ => {}
    }
}
