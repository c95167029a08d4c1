//! Small damage done to valid documents, so that tests meet documents that are nearly right.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

/// One change at one place of a document.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    place: Index,
    change: Change,
}

#[derive(Clone, Debug)]
enum Change {
    Replace(Value),
    Remove,
    Add(String, Value),
}

/// Up to three changes.
pub(crate) fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let name =
        prop::sample::select(&["extra", "text", "status", "payload", "", "a/b~c", "context"][..]);
    let change = prop_oneof![
        4 => value().prop_map(Change::Replace),
        2 => Just(Change::Remove),
        1 => (name, value()).prop_map(|(name, value)| Change::Add(name.to_owned(), value)),
    ];
    vec(
        (any::<Index>(), change).prop_map(|(place, change)| Edit { place, change }),
        0..=3,
    )
}

/// The document with the edits made.
pub(crate) fn edited(mut document: Value, edits: &[Edit]) -> Value {
    for edit in edits {
        let mut pointers = Vec::new();
        collect_pointers(&document, String::new(), &mut pointers);
        let pointer = edit.place.get(&pointers).clone();
        apply(&mut document, &pointer, &edit.change);
    }
    document
}

fn apply(document: &mut Value, pointer: &str, change: &Change) {
    match change {
        Change::Replace(value) => {
            *document
                .pointer_mut(pointer)
                .expect("the pointer was collected") = value.clone()
        }
        Change::Add(name, value) => {
            if let Some(Value::Object(object)) = document.pointer_mut(pointer) {
                object.insert(name.clone(), value.clone());
            }
        }
        Change::Remove => {
            let Some((parent, last)) = pointer.rsplit_once('/') else {
                return;
            };
            match document.pointer_mut(parent) {
                Some(Value::Object(object)) => drop(object.remove(last)),
                Some(Value::Array(array)) => drop(array.remove(last.parse().expect("an index"))),
                _ => {}
            }
        }
    }
}

fn collect_pointers(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                let name = name.replace('~', "~0").replace('/', "~1");
                collect_pointers(value, format!("{pointer}/{name}"), pointers);
            }
        }
        Value::Array(array) => {
            for (index, value) in array.iter().enumerate() {
                collect_pointers(value, format!("{pointer}/{index}"), pointers);
            }
        }
        _ => {}
    }
    pointers.push(pointer);
}

fn value() -> impl Strategy<Value = Value> {
    let numbers = vec![
        json!(0),
        json!(-0.0),
        json!(1),
        json!(0.5),
        json!(-1),
        json!(-1.5),
        json!(3.0),
        json!(1.5),
        json!(1e300),
        json!(u64::MAX),
        json!(1.8446744073709552e19),
        json!(i64::MIN),
        json!(1.0000000000000002),
    ];
    let strings = vec![
        "",
        "x",
        "ok",
        "clarify",
        "error",
        "execute",
        "reject",
        "confirm",
        "start_job",
        "propose_create_task",
        "propose_add_shopping_item",
        "unknown",
        "item.name",
        "2.1.0",
        "2.1",
        "02.1.0",
        "2026-06-15T18:00:00+03:00",
        "2026-06-15T18:00:00",
        "2026-06-15",
        "2016-12-31T23:59:60Z",
        "2016-12-31T22:59:60Z",
        "2023-02-29T00:00:00Z",
        "2024-02-29T00:00:00z",
        "9999-12-31T23:59:59-23:59",
        "2026-06-15t18:00:00.5-00:00",
        "2026-06-15T18:00:00+24:00",
        "2026-06-15 18:00:00Z",
        "2026-06-15T24:00:00Z",
    ];
    prop_oneof![
        2 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::Bool),
        3 => prop::sample::select(numbers),
        6 => prop::sample::select(strings).prop_map(|string| json!(string)),
        1 => Just(json!([])),
        1 => Just(json!({})),
        1 => Just(json!([{}, null, "x"])),
        1 => Just(json!({ "name": "x", "zone_id": null })),
    ]
}
