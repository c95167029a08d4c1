//! A node together with its place: what a check looks at.

use std::borrow::Cow;

use super::Null;
use crate::at_least_one::AtLeastOne;
use crate::json::Node;
use crate::place::Place;
use crate::problem::{Findings, ProblemCode};

/// A value of the document and where it stands.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) node: &'a Node<'a>,
    pub(super) place: Place<'a>,
    null: Null,
}

/// An object whose unknown properties are noted.
#[derive(Clone, Copy)]
pub(super) struct Object<'a> {
    place: &'a Place<'a>,
    null: Null,
    properties: &'a [(Cow<'a, str>, Node<'a>)],
    names: &'static [&'static str],
}

impl<'a> At<'a> {
    pub(super) fn root(node: &'a Node<'a>, null: Null) -> Self {
        Self {
            node,
            place: Place::ROOT,
            null,
        }
    }

    /// Notes a problem of this value.
    pub(super) fn note<T>(
        &self,
        findings: &mut Findings,
        code: ProblemCode,
        message: impl Into<String>,
    ) -> Option<T> {
        findings.note(&self.place, code, message);
        None
    }

    /// Notes a problem about which there is no more to say than its code does.
    pub(super) fn note_code<T>(&self, findings: &mut Findings, code: ProblemCode) -> Option<T> {
        findings.note_code(&self.place, code);
        None
    }

    /// Notes that the value is not `expected`, which comes with its article.
    pub(super) fn wrong_type<T>(&self, findings: &mut Findings, expected: &str) -> Option<T> {
        let found = match self.node {
            Node::Null => "null",
            Node::Bool(_) => "a boolean",
            Node::Number(_) => "a number",
            Node::Text(_) => "a string",
            Node::Array(_) => "an array",
            Node::Object(_) => "an object",
        };
        self.note(
            findings,
            ProblemCode::WrongType,
            format!("This is {found}. Send {expected}."),
        )
    }

    /// The value as a closed object: notes every property that is not among `names`.
    pub(super) fn object(
        &'a self,
        findings: &mut Findings,
        names: &'static [&'static str],
    ) -> Option<Object<'a>> {
        let Node::Object(properties) = self.node else {
            return self.wrong_type(findings, "an object");
        };
        for _ in properties
            .iter()
            .filter(|(name, _)| !names.contains(&name.as_ref()))
        {
            let known = names.join(", ");
            let message = format!(
                "The contract has no such property here. Remove it, or correct it to one of: {known}."
            );
            findings.note(
                &self.place.unknown_property(),
                ProblemCode::UnknownProperty,
                message,
            );
        }
        Some(Object {
            place: &self.place,
            null: self.null,
            properties,
            names,
        })
    }

    /// The value as an array; elements with problems are left out.
    pub(super) fn list<T>(
        &self,
        findings: &mut Findings,
        read: fn(&At<'_>, &mut Findings) -> Option<T>,
    ) -> Option<Vec<T>> {
        let Node::Array(elements) = self.node else {
            return self.wrong_type(findings, "an array");
        };
        let mut list = Vec::with_capacity(elements.len());
        for (index, node) in elements.iter().enumerate() {
            let element = At {
                node,
                place: self.place.element(index),
                null: self.null,
            };
            list.extend(read(&element, findings));
        }
        Some(list)
    }

    /// The value as an array with an element; elements with problems are left out.
    pub(super) fn at_least_one<T>(
        &self,
        findings: &mut Findings,
        read: fn(&At<'_>, &mut Findings) -> Option<T>,
    ) -> Option<AtLeastOne<T>> {
        if matches!(self.node, Node::Array(elements) if elements.is_empty()) {
            return self.note_code(findings, ProblemCode::TooFewElements);
        }
        AtLeastOne::new(self.list(findings, read)?).ok()
    }
}

impl Object<'_> {
    /// Reads the property `name`, which must be there.
    pub(super) fn required<T>(
        &self,
        findings: &mut Findings,
        name: &'static str,
        read: impl FnOnce(&At<'_>, &mut Findings) -> Option<T>,
    ) -> Option<T> {
        let place = self.place.property(name);
        match self.node(name) {
            Some(node) => read(
                &At {
                    node,
                    place,
                    null: self.null,
                },
                findings,
            ),
            None => {
                findings.note_code(&place, ProblemCode::MissingProperty);
                None
            }
        }
    }

    /// Reads the property `name` where it is there.
    pub(super) fn optional<T>(
        &self,
        findings: &mut Findings,
        name: &'static str,
        read: impl FnOnce(&At<'_>, &mut Findings) -> Option<T>,
    ) -> Option<T> {
        match self.node(name)? {
            Node::Null if self.null == Null::Absent => None,
            node => read(
                &At {
                    node,
                    place: self.place.property(name),
                    null: self.null,
                },
                findings,
            ),
        }
    }

    fn node(&self, name: &'static str) -> Option<&Node<'_>> {
        debug_assert!(
            self.names.contains(&name),
            "{name} is read but not among the object's names"
        );
        self.properties
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, node)| node)
    }
}
