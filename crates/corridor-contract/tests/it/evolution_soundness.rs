//! What the comparison says of two schemas is true of the documents they allow.
//!
//! Schemas of the contract are changed at random, whether that makes sense or not; then documents are tried by both versions.

use corridor_contract::evolution::{ChangeKind, compare};
use corridor_contract::{SchemaValidator, Side, generate};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use crate::mutation::{Edit, edited, edits};

#[derive(Clone, Debug)]
enum SchemaEdit {
    RemoveKey(Index),
    SetKey(&'static str, Value),
    RemoveElement(Index),
    AddElement(Value),
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn on_commands(
        schema_edits in vec((any::<Index>(), schema_edit()), 1..4),
        document in generate::command(),
        edits in edits(),
    ) {
        sound(Side::Command, &schema_edits, serde_json::to_value(document).unwrap(), &edits)?;
    }

    #[test]
    fn on_decisions(
        schema_edits in vec((any::<Index>(), schema_edit()), 1..4),
        document in generate::decision(),
        edits in edits(),
    ) {
        sound(Side::Decision, &schema_edits, serde_json::to_value(document).unwrap(), &edits)?;
    }
}

fn sound(
    side: Side,
    schema_edits: &[(Index, SchemaEdit)],
    document: Value,
    edits: &[Edit],
) -> Result<(), TestCaseError> {
    let old: Value = serde_json::from_str(side.schema()).unwrap();
    let mut new = old.clone();
    for (place, edit) in schema_edits {
        apply(&mut new, *place, edit);
    }
    let Ok(validator) = SchemaValidator::new(&new) else {
        return Ok(());
    };
    let kinds: Vec<ChangeKind> = compare(&old, &new, side)
        .into_iter()
        .map(|change| change.kind)
        .collect();
    let may = |kind| kinds.contains(&kind) || kinds.contains(&ChangeKind::NotUnderstood);
    for document in [edited(document.clone(), edits), document] {
        let was_valid = SchemaValidator::of(side)
            .unwrap()
            .validate(&document)
            .is_empty();
        let is_valid = validator.validate(&document).is_empty();
        prop_assert!(
            is_valid || !was_valid || may(ChangeKind::Narrowed),
            "refused now: {document}\n{kinds:?}\n{new}"
        );
        prop_assert!(
            was_valid || !is_valid || may(ChangeKind::Widened),
            "taken now: {document}\n{kinds:?}\n{new}"
        );
    }
    Ok(())
}

fn apply(schema: &mut Value, place: Index, edit: &SchemaEdit) {
    let wants_object = matches!(edit, SchemaEdit::RemoveKey(_) | SchemaEdit::SetKey(..));
    let mut pointers = Vec::new();
    collect(schema, String::new(), wants_object, &mut pointers);
    match (schema.pointer_mut(place.get::<String>(&pointers)), edit) {
        (Some(Value::Object(object)), SchemaEdit::RemoveKey(index)) if !object.is_empty() => {
            let keys: Vec<String> = object.keys().cloned().collect();
            object.remove(index.get(&keys));
        }
        (Some(Value::Object(object)), SchemaEdit::SetKey(key, value)) => {
            object.insert((*key).to_owned(), value.clone());
        }
        (Some(Value::Array(array)), SchemaEdit::RemoveElement(index)) if !array.is_empty() => {
            array.remove(index.index(array.len()));
        }
        (Some(Value::Array(array)), SchemaEdit::AddElement(value)) => array.push(value.clone()),
        _ => {}
    }
}

/// Pointers to the objects of a schema, or to its arrays.
fn collect(value: &Value, pointer: String, objects: bool, pointers: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                collect(value, format!("{pointer}/{name}"), objects, pointers);
            }
        }
        Value::Array(array) => {
            for (index, value) in array.iter().enumerate() {
                collect(value, format!("{pointer}/{index}"), objects, pointers);
            }
        }
        _ => return,
    }
    if value.is_object() == objects {
        pointers.push(pointer);
    }
}

fn schema_edit() -> impl Strategy<Value = SchemaEdit> {
    let keyword = prop::sample::select(vec![
        ("type", json!("string")),
        ("type", json!(["string", "null", "integer"])),
        ("type", json!("number")),
        ("type", json!(["object", "array"])),
        ("enum", json!(["", "x", "ok", 1, null])),
        ("const", json!("x")),
        ("minLength", json!(2)),
        ("maxLength", json!(3)),
        ("minItems", json!(2)),
        ("maxItems", json!(1)),
        ("uniqueItems", json!(true)),
        ("minimum", json!(1)),
        ("maximum", json!(0.5)),
        ("exclusiveMinimum", json!(0)),
        ("format", json!("date-time")),
        ("pattern", json!("^[a-z]")),
        ("required", json!(["text"])),
        ("additionalProperties", json!(true)),
        ("additionalProperties", json!({ "type": "string" })),
        ("items", json!({ "type": "string" })),
        ("items", json!(false)),
        ("properties", json!({})),
        ("extra", json!({ "type": "string" })),
        ("text", json!({})),
        ("extra", json!(true)),
        (
            "anyOf",
            json!([{ "type": "string" }, { "required": ["extra"] }]),
        ),
        ("description", json!("words")),
        ("not", json!({ "const": "x" })),
        ("oneOf", json!([{ "type": "string" }, { "type": "object" }])),
        ("then", json!({ "minLength": 1 })),
        ("if", json!({ "type": "string" })),
        ("else", json!(false)),
        ("$ref", json!("#/$defs/member")),
        ("$ref", json!("#/$defs/task")),
        ("minProperties", json!(2)),
        ("propertyNames", json!({ "maxLength": 9 })),
        ("patternProperties", json!({ "^e": { "type": "string" } })),
        ("allOf", json!([{ "type": ["string", "object"] }])),
        ("dependentRequired", json!({ "text": ["extra"] })),
    ]);
    let element = prop::sample::select(vec![
        json!("extra"),
        json!("text"),
        json!("x"),
        json!({ "type": "object" }),
        json!("null"),
    ]);
    prop_oneof![
        2 => any::<Index>().prop_map(SchemaEdit::RemoveKey),
        5 => keyword.prop_map(|(key, value)| SchemaEdit::SetKey(key, value)),
        1 => any::<Index>().prop_map(SchemaEdit::RemoveElement),
        1 => element.prop_map(SchemaEdit::AddElement),
    ]
}
