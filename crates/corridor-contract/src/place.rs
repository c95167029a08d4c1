//! Places in a document, and their pointers, which never repeat what the document says.

/// What stands in a pointer for a name that the contract does not know.
pub(crate) const UNKNOWN_NAME: &str = "‹unknown›";

/// Every property name of the contract. They hold neither `~` nor `/`, so that a pointer takes them as they are.
const PROPERTY_NAMES: &[&str] = &[
    "action",
    "assignee_id",
    "capabilities",
    "code",
    "command_id",
    "confidence",
    "confirmation_id",
    "context",
    "created_at",
    "decision_id",
    "decision_outcome",
    "decision_version",
    "default_assignee_id",
    "default_list_id",
    "defaults",
    "description",
    "details",
    "display_name",
    "due",
    "expires_at",
    "explanation",
    "household",
    "household_id",
    "idempotency_key",
    "item",
    "job_hint",
    "job_id",
    "job_type",
    "list_id",
    "max_open_tasks_per_user",
    "members",
    "missing_fields",
    "name",
    "options",
    "payload",
    "policies",
    "proposed_actions",
    "quantity",
    "question",
    "quiet_hours",
    "reason",
    "reasons",
    "role",
    "schema_version",
    "shopping_lists",
    "status",
    "summary",
    "task",
    "text",
    "timestamp",
    "title",
    "trace_id",
    "ui_message",
    "unit",
    "user_id",
    "workload_score",
    "zone_id",
    "zones",
];

/// One step down from a place.
#[derive(Clone, Copy)]
enum Step<'a> {
    Property(&'a str),
    Unknown,
    Element(usize),
}

/// Where a walk stands: the root, or a step below another place. Lives on the stack, so that a valid document pays nothing for it.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a>(Option<(&'a Place<'a>, Step<'a>)>);

impl<'a> Place<'a> {
    /// The document itself.
    pub(crate) const ROOT: Self = Self(None);

    /// The property `name` of this object. A name that is nowhere in the contract is not told.
    pub(crate) fn property(&'a self, name: &'a str) -> Self {
        Self(Some((self, Step::Property(name))))
    }

    /// A property of this object that the contract does not have here.
    pub(crate) fn unknown_property(&'a self) -> Self {
        Self(Some((self, Step::Unknown)))
    }

    /// The element `index` of this array, counted from 0.
    pub(crate) fn element(&'a self, index: usize) -> Self {
        Self(Some((self, Step::Element(index))))
    }

    /// The place as a JSON Pointer (RFC 6901).
    pub(crate) fn pointer(&self) -> String {
        let Some((parent, step)) = self.0 else {
            return String::new();
        };
        let parent = parent.pointer();
        match step {
            Step::Property(name) => format!("{parent}/{}", told_name(name)),
            Step::Unknown => format!("{parent}/{UNKNOWN_NAME}"),
            Step::Element(index) => format!("{parent}/{index}"),
        }
    }
}

/// A property name as a pointer may tell it.
pub(crate) fn told_name(name: &str) -> &str {
    if PROPERTY_NAMES.contains(&name) {
        name
    } else {
        UNKNOWN_NAME
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{PROPERTY_NAMES, Place};
    use crate::schema::Side;

    #[test]
    fn a_name_that_is_not_the_contracts_is_not_told() {
        let details = Place::ROOT.property("details");
        assert_eq!(
            details.property("canary").element(3).pointer(),
            "/details/‹unknown›/3"
        );
    }

    #[test]
    fn names_are_those_of_the_schemas() {
        let mut names = Vec::new();
        for side in Side::ALL {
            collect(&serde_json::from_str(side.schema()).unwrap(), &mut names);
        }
        names.sort();
        names.dedup();
        assert_eq!(names, PROPERTY_NAMES);
    }

    fn collect(schema: &Value, names: &mut Vec<String>) {
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            names.extend(properties.keys().cloned());
        }
        match schema {
            Value::Object(below) => below.values().for_each(|schema| collect(schema, names)),
            Value::Array(below) => below.iter().for_each(|schema| collect(schema, names)),
            _ => {}
        }
    }

    #[test]
    fn names_need_no_escaping() {
        assert!(PROPERTY_NAMES.iter().all(|name| !name.contains(['~', '/'])));
    }
}
