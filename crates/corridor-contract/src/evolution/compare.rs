//! The comparison of two schemas, keyword by keyword, through `$ref`.

use std::collections::HashSet;

use serde_json::Value;

use super::keywords::{
    LOWER_LIMITS, OPAQUE_RULES, UPPER_LIMITS, limit_change, rule_change, set_change, type_change,
    values,
};
use super::location::{Location, WORDING, meaning, meaning_under};
use super::{Bump, Change, ChangeKind};
use crate::schema::Side;

/// Compares two versions of a side's schema. The order of properties and where a definition stands make no difference.
#[must_use]
pub fn compare(old: &Value, new: &Value, side: Side) -> Vec<Change> {
    let mut comparison = Comparison {
        side,
        changes: Vec::new(),
        seen: HashSet::new(),
    };
    comparison.schemas(&Location::root(old), &Location::root(new));
    comparison.changes
}

/// Keywords that the comparison knows beside those of [`LOWER_LIMITS`], [`UPPER_LIMITS`] and [`OPAQUE_RULES`].
const UNDERSTOOD: &[&str] = &[
    "$ref",
    "$defs",
    "type",
    "enum",
    "const",
    "required",
    "properties",
    "additionalProperties",
    "items",
    "uniqueItems",
    "allOf",
    "anyOf",
    "oneOf",
    "if",
    "then",
    "else",
];

pub(super) struct Comparison {
    side: Side,
    changes: Vec<Change>,
    /// Pairs of places that are compared already, so that a definition is told of once and a circle of references ends.
    seen: HashSet<(String, String)>,
}

impl Comparison {
    pub(super) fn schemas(&mut self, old: &Location<'_>, new: &Location<'_>) {
        if !self.seen.insert((old.pointer.clone(), new.pointer.clone())) {
            return;
        }
        if old.allows_everything() && new.allows_everything() {
            return;
        }
        match (old.target(), new.target()) {
            (None, None) => self.keywords(old, new),
            (Some(Ok(old_target)), Some(Ok(new_target))) => {
                self.keywords(old, new);
                self.schemas(&old_target, &new_target);
            }
            (Some(Ok(target)), None) if old.rules().len() == 1 => self.schemas(&target, new),
            (None, Some(Ok(target))) if new.rules().len() == 1 => self.schemas(old, &target),
            (Some(Err(())), Some(Err(()))) if meaning(old.schema) == meaning(new.schema) => {
                self.keywords(old, new)
            }
            _ => self.note(
                new,
                ChangeKind::NotUnderstood,
                "A reference here cannot be followed.",
            ),
        }
    }

    fn keywords(&mut self, old: &Location<'_>, new: &Location<'_>) {
        match (old.allows_nothing(), new.allows_nothing()) {
            (true, true) => {}
            (true, false) => self.note(
                new,
                ChangeKind::Widened,
                "Nothing was allowed here and now something is.",
            ),
            (false, true) => self.note(
                new,
                ChangeKind::Narrowed,
                "Something was allowed here and now nothing is.",
            ),
            (false, false) => {
                self.wording(old, new);
                self.types(old, new);
                self.values(old, new);
                self.limits(old, new);
                self.required(old, new);
                self.properties(old, new);
                self.schemas(&old.subschema("items"), &new.subschema("items"));
                self.every_of(old, new);
                self.ways("anyOf", old, new);
                self.ways("oneOf", old, new);
                self.condition(old, new);
                self.other_keywords(old, new);
            }
        }
    }

    fn wording(&mut self, old: &Location<'_>, new: &Location<'_>) {
        for keyword in WORDING
            .iter()
            .filter(|keyword| old.keyword(keyword) != new.keyword(keyword))
        {
            self.note(
                new,
                ChangeKind::Wording,
                format!("The {} changed.", keyword.trim_start_matches('$')),
            );
        }
    }

    fn types(&mut self, old: &Location<'_>, new: &Location<'_>) {
        let (old_type, new_type) = (old.keyword("type"), new.keyword("type"));
        for kind in
            type_change(old_type, new_type).unwrap_or_else(|| vec![ChangeKind::NotUnderstood])
        {
            self.note(
                new,
                kind,
                format!(
                    "The type was {} and is {}.",
                    written(old_type),
                    written(new_type)
                ),
            );
        }
    }

    fn values(&mut self, old: &Location<'_>, new: &Location<'_>) {
        match (values(old.schema), values(new.schema)) {
            (None, None) => {}
            (Some(_), None) => self.note(
                new,
                ChangeKind::Widened,
                "Any value is allowed, no longer those of a list.",
            ),
            (None, Some(_)) => self.note(
                new,
                ChangeKind::Narrowed,
                "Only the values of a list are allowed now.",
            ),
            (Some(old_values), Some(new_values)) => {
                for value in new_values
                    .iter()
                    .filter(|value| !old_values.contains(value))
                {
                    self.note(
                        new,
                        ChangeKind::Widened,
                        format!("The value {value} is new."),
                    );
                }
                for value in old_values
                    .iter()
                    .filter(|value| !new_values.contains(value))
                {
                    self.note(
                        old,
                        ChangeKind::Narrowed,
                        format!("The value {value} is gone."),
                    );
                }
            }
        }
    }

    fn limits(&mut self, old: &Location<'_>, new: &Location<'_>) {
        let lower = LOWER_LIMITS
            .iter()
            .map(|(keyword, absent)| (*keyword, *absent, ChangeKind::Narrowed));
        let upper = UPPER_LIMITS
            .iter()
            .map(|keyword| (*keyword, None, ChangeKind::Widened));
        for (keyword, absent, raised) in lower.chain(upper) {
            let (was, is) = (old.keyword(keyword), new.keyword(keyword));
            if let Some(kind) = limit_change(was, is, absent, raised) {
                self.note(
                    new,
                    kind,
                    format!("`{keyword}` was {} and is {}.", written(was), written(is)),
                );
            }
        }
        for keyword in OPAQUE_RULES {
            let (was, is) = (old.keyword(keyword), new.keyword(keyword));
            if let Some(kind) = rule_change(was, is) {
                self.note(
                    new,
                    kind,
                    format!("`{keyword}` was {} and is {}.", written(was), written(is)),
                );
            }
        }
        let unique =
            |location: &Location<'_>| location.keyword("uniqueItems") == Some(&Value::Bool(true));
        for kind in set_change(unique(old) && !unique(new), !unique(old) && unique(new)) {
            self.note(new, kind, "Whether elements may repeat changed.");
        }
    }

    fn required(&mut self, old: &Location<'_>, new: &Location<'_>) {
        let (was, is) = (old.required(), new.required());
        for name in is.difference(&was) {
            self.note(
                new,
                ChangeKind::Narrowed,
                format!("The property `{name}` is required now."),
            );
        }
        for name in was.difference(&is) {
            self.note(
                new,
                ChangeKind::Widened,
                format!("The property `{name}` is no longer required."),
            );
        }
    }

    /// Compares what each property may be: what is declared for it, else what is said of additional ones.
    fn properties(&mut self, old: &Location<'_>, new: &Location<'_>) {
        let (old_rest, new_rest) = (
            old.subschema("additionalProperties"),
            new.subschema("additionalProperties"),
        );
        self.schemas(&old_rest, &new_rest);
        let (was, is) = (old.property_names(), new.property_names());
        if was != is
            && (old.keyword("patternProperties").is_some()
                || new.keyword("patternProperties").is_some())
        {
            self.note(
                new,
                ChangeKind::NotUnderstood,
                "Properties came or went beside `patternProperties`.",
            );
        }
        for name in was.union(&is) {
            match (old.property(name), new.property(name)) {
                (Some(old), Some(new)) => self.schemas(&old, &new),
                (None, Some(new)) if old_rest.allows_nothing() => {
                    self.note(
                        &new,
                        ChangeKind::Widened,
                        format!("The property `{name}` is new."),
                    );
                }
                (None, Some(new)) => self.schemas(&old_rest, &new),
                (Some(old), None) if new_rest.allows_nothing() => {
                    self.note(
                        &old,
                        ChangeKind::Narrowed,
                        format!("The property `{name}` is gone."),
                    );
                }
                (Some(old), None) => self.schemas(&old, &new_rest),
                (None, None) => {}
            }
        }
    }

    fn other_keywords(&mut self, old: &Location<'_>, new: &Location<'_>) {
        for keyword in old
            .rules()
            .union(&new.rules())
            .filter(|keyword| !is_understood(keyword))
        {
            self.opaque(keyword, old, new);
        }
    }

    /// A keyword that can be told to mean the same or not, and no more.
    pub(super) fn opaque(&mut self, keyword: &str, old: &Location<'_>, new: &Location<'_>) {
        let (was, is) = (old.keyword(keyword), new.keyword(keyword));
        let means = |value: Option<&Value>| value.map(|value| meaning_under(keyword, value));
        if means(was) != means(is) {
            self.note(
                new,
                ChangeKind::NotUnderstood,
                format!("`{keyword}` changed."),
            );
        } else if was != is {
            self.note(
                new,
                ChangeKind::Wording,
                format!("The words under `{keyword}` changed."),
            );
        }
    }

    pub(super) fn note(
        &mut self,
        location: &Location<'_>,
        kind: ChangeKind,
        what: impl Into<String>,
    ) {
        let (bump, consequence) = weigh(self.side, kind);
        let sentence = format!("{} {consequence}", what.into());
        self.changes.push(Change {
            pointer: location.pointer.clone(),
            kind,
            bump,
            sentence,
        });
    }
}

/// What a change needs, and what it means for peers.
fn weigh(side: Side, kind: ChangeKind) -> (Bump, &'static str) {
    match (side, kind) {
        (Side::Command, ChangeKind::Widened) => {
            (Bump::Minor, "Commands of the old schema stay valid.")
        }
        (Side::Command, ChangeKind::Narrowed) => (
            Bump::Major,
            "Products that send by the old schema may be refused.",
        ),
        (Side::Decision, ChangeKind::Widened) => (
            Bump::Major,
            "Consumers that hold the old schema may refuse decisions.",
        ),
        (Side::Decision, ChangeKind::Narrowed) => {
            (Bump::Minor, "Decisions stay valid by the old schema.")
        }
        (_, ChangeKind::Wording) => (Bump::Patch, "The same documents are valid."),
        (_, ChangeKind::NotUnderstood) => (
            Bump::Major,
            "The check cannot tell what this means for peers, so it counts as breaking.",
        ),
    }
}

fn is_understood(keyword: &str) -> bool {
    let is_limit =
        LOWER_LIMITS.iter().any(|(limit, _)| *limit == keyword) || UPPER_LIMITS.contains(&keyword);
    is_limit || OPAQUE_RULES.contains(&keyword) || UNDERSTOOD.contains(&keyword)
}

fn written(keyword: Option<&Value>) -> String {
    keyword.map_or_else(|| "not limited".to_owned(), Value::to_string)
}
