//! Places in a schema file, and what stands there.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// Keywords that say something to people and nothing to a validator.
pub(super) const WORDING: &[&str] = &[
    "title",
    "description",
    "examples",
    "$comment",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
];

/// What an absent schema is.
static EVERYTHING: Value = Value::Bool(true);

/// A schema within a file.
#[derive(Clone)]
pub(super) struct Location<'a> {
    root: &'a Value,
    pub(super) schema: &'a Value,
    pub(super) pointer: String,
}

impl<'a> Location<'a> {
    pub(super) fn root(root: &'a Value) -> Self {
        Self {
            root,
            schema: root,
            pointer: String::new(),
        }
    }

    pub(super) fn keyword(&self, keyword: &str) -> Option<&'a Value> {
        self.schema.get(keyword)
    }

    /// The schema under a keyword; absent, it allows everything.
    pub(super) fn subschema(&self, keyword: &str) -> Self {
        self.below(keyword)
            .unwrap_or_else(|| self.at(&EVERYTHING, keyword))
    }

    /// The schema under a keyword, if it is there.
    pub(super) fn below(&self, keyword: &str) -> Option<Self> {
        Some(self.at(self.keyword(keyword)?, keyword))
    }

    /// The schemas under a keyword that holds a list of them.
    pub(super) fn list(&self, keyword: &str) -> Vec<Self> {
        let Some(list) = self.below(keyword) else {
            return Vec::new();
        };
        let schemas = list.schema.as_array().into_iter().flatten().enumerate();
        schemas
            .map(|(index, schema)| list.at(schema, &index.to_string()))
            .collect()
    }

    /// The schema of a property that is declared.
    pub(super) fn property(&self, name: &str) -> Option<Self> {
        self.below("properties")?.below(name)
    }

    pub(super) fn property_names(&self) -> BTreeSet<&'a str> {
        let properties = self.keyword("properties").and_then(Value::as_object);
        properties
            .into_iter()
            .flat_map(Map::keys)
            .map(String::as_str)
            .collect()
    }

    /// The schema that a `$ref` here leads to: `None` without one, an error where it leads out of the file or nowhere.
    pub(super) fn target(&self) -> Option<Result<Self, ()>> {
        let reference = self.keyword("$ref")?;
        let pointer = reference
            .as_str()
            .and_then(|reference| reference.strip_prefix('#'));
        let target = pointer.and_then(|pointer| {
            Some(Self {
                root: self.root,
                schema: self.root.pointer(pointer)?,
                pointer: pointer.to_owned(),
            })
        });
        Some(target.ok_or(()))
    }

    /// This place, or the one that a chain of references leads to.
    pub(super) fn resolved(&self) -> Self {
        let mut location = self.clone();
        // A chain without end is no schema; where it is cut makes no difference.
        for _ in 0..32 {
            match location.target() {
                Some(Ok(target)) => location = target,
                _ => break,
            }
        }
        location
    }

    /// The properties that must be there with one fixed value each: what tells this schema apart from others of a choice.
    pub(super) fn tags(&self) -> Vec<(&'a str, &'a Value)> {
        let here = self.resolved();
        let required = here.required();
        let constant = |name| Some((name, here.property(name)?.resolved().keyword("const")?));
        required.into_iter().filter_map(constant).collect()
    }

    pub(super) fn required(&self) -> BTreeSet<&'a str> {
        let names = self.keyword("required").and_then(Value::as_array);
        names
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }

    /// Whether everything is allowed here.
    pub(super) fn allows_everything(&self) -> bool {
        *self.schema == Value::Bool(true) || self.schema.as_object().is_some_and(Map::is_empty)
    }

    /// Whether nothing is.
    pub(super) fn allows_nothing(&self) -> bool {
        *self.schema == Value::Bool(false)
    }

    /// The keywords here, those for people aside.
    pub(super) fn rules(&self) -> BTreeSet<&'a str> {
        let keywords = self
            .schema
            .as_object()
            .into_iter()
            .flat_map(Map::keys)
            .map(String::as_str);
        keywords
            .filter(|keyword| !WORDING.contains(keyword))
            .collect()
    }

    fn at(&self, schema: &'a Value, step: &str) -> Self {
        let step = step.replace('~', "~0").replace('/', "~1");
        Self {
            root: self.root,
            schema,
            pointer: format!("{}/{step}", self.pointer),
        }
    }
}

/// A schema without the keywords for people, to ask whether two mean the same.
pub(super) fn meaning(schema: &Value) -> Value {
    let Value::Object(keywords) = schema else {
        return schema.clone();
    };
    let rules = keywords
        .iter()
        .filter(|(keyword, _)| !WORDING.contains(&keyword.as_str()));
    rules
        .map(|(keyword, value)| (keyword.clone(), meaning_under(keyword, value)))
        .collect()
}

/// What stands under a keyword, in the same way. Only where a schema is expected do `title` and the like talk to people; elsewhere they are names of properties or plain data.
pub(super) fn meaning_under(keyword: &str, value: &Value) -> Value {
    match (keyword, value) {
        (
            "properties" | "patternProperties" | "$defs" | "dependentSchemas",
            Value::Object(schemas),
        ) => schemas
            .iter()
            .map(|(name, schema)| (name.clone(), meaning(schema)))
            .collect(),
        ("allOf" | "anyOf" | "oneOf" | "prefixItems", Value::Array(schemas)) => {
            schemas.iter().map(meaning).collect()
        }
        (
            "items"
            | "contains"
            | "not"
            | "if"
            | "then"
            | "else"
            | "additionalProperties"
            | "propertyNames"
            | "unevaluatedItems"
            | "unevaluatedProperties",
            schema,
        ) => meaning(schema),
        _ => value.clone(),
    }
}
