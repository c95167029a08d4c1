//! Keywords that stand for themselves: types, values, limits, and rules that are there or not.

use serde_json::Value;

use super::ChangeKind;

/// Keywords that bound something from below: raising them allows less. Those that count things start at 0.
pub(super) const LOWER_LIMITS: &[(&str, Option<f64>)] = &[
    ("minimum", None),
    ("exclusiveMinimum", None),
    ("minLength", Some(0.0)),
    ("minItems", Some(0.0)),
    ("minProperties", Some(0.0)),
];

/// Keywords that bound something from above: raising them allows more.
pub(super) const UPPER_LIMITS: &[&str] = &[
    "maximum",
    "exclusiveMaximum",
    "maxLength",
    "maxItems",
    "maxProperties",
];

/// Keywords that allow less when they are there, and about whose values nothing is known.
pub(super) const OPAQUE_RULES: &[&str] = &["pattern", "format", "multipleOf"];

const ALL_TYPES: [&str; 7] = [
    "null", "boolean", "integer", "number", "string", "array", "object",
];

/// What became of a set when some elements went in and some went out.
pub(super) fn set_change(added: bool, removed: bool) -> Vec<ChangeKind> {
    let widened = added.then_some(ChangeKind::Widened);
    let narrowed = removed.then_some(ChangeKind::Narrowed);
    widened.into_iter().chain(narrowed).collect()
}

/// What a change of `type` does. `number` covers `integer`; no `type` covers everything.
pub(super) fn type_change(old: Option<&Value>, new: Option<&Value>) -> Option<Vec<ChangeKind>> {
    let (old, new) = (types(old)?, types(new)?);
    Some(set_change(
        !new.iter().all(|one| old.contains(one)),
        !old.iter().all(|one| new.contains(one)),
    ))
}

fn types(keyword: Option<&Value>) -> Option<Vec<&str>> {
    let mut types = match keyword {
        None => ALL_TYPES.to_vec(),
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(several)) => several
            .iter()
            .map(Value::as_str)
            .collect::<Option<Vec<_>>>()?,
        Some(_) => return None,
    };
    if types.contains(&"number") {
        types.push("integer");
    }
    Some(types)
}

/// The values that `enum` and `const` leave, `None` for all there are.
pub(super) fn values(schema: &Value) -> Option<Vec<&Value>> {
    let listed = schema
        .get("enum")
        .and_then(Value::as_array)
        .map(|values| values.iter().collect::<Vec<_>>());
    match (listed, schema.get("const")) {
        (Some(values), Some(constant)) => Some(
            values
                .into_iter()
                .filter(|value| *value == constant)
                .collect(),
        ),
        (None, Some(constant)) => Some(vec![constant]),
        (listed, None) => listed,
    }
}

/// What a change of a limit does, `raised` being what a larger limit does.
pub(super) fn limit_change(
    old: Option<&Value>,
    new: Option<&Value>,
    absent: Option<f64>,
    raised: ChangeKind,
) -> Option<ChangeKind> {
    let lowered = match raised {
        ChangeKind::Narrowed => ChangeKind::Widened,
        _ => ChangeKind::Narrowed,
    };
    let limit =
        |keyword: Option<&Value>| keyword.map_or(Some(absent), |value| value.as_f64().map(Some));
    match (limit(old), limit(new)) {
        (Some(Some(old)), Some(Some(new))) if old == new => None,
        (Some(Some(old)), Some(Some(new))) if new > old => Some(raised),
        (Some(Some(_)), Some(Some(_))) => Some(lowered),
        (Some(None), Some(None)) => None,
        (Some(None), Some(Some(_))) => Some(ChangeKind::Narrowed),
        (Some(Some(_)), Some(None)) => Some(ChangeKind::Widened),
        _ => Some(ChangeKind::NotUnderstood),
    }
}

/// What a change of a rule does of which only its presence is understood.
pub(super) fn rule_change(old: Option<&Value>, new: Option<&Value>) -> Option<ChangeKind> {
    match (old, new) {
        (old, new) if old == new => None,
        (None, Some(_)) => Some(ChangeKind::Narrowed),
        (Some(_), None) => Some(ChangeKind::Widened),
        _ => Some(ChangeKind::NotUnderstood),
    }
}
