//! The schema files, and validation by them.
//!
//! For documents that Corridor did not build and has time for, and to check what it built: a second opinion that knows nothing of this
//! crate's types.

use std::sync::LazyLock;

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::paths::LocationSegment;
use jsonschema::{Draft, ValidationError};
use serde_json::Value;

use crate::place::{UNKNOWN_NAME, told_name};
use crate::problem::{Findings, ProblemCode, Problems};

/// Which side of the wire a document is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// What products send.
    Command,
    /// What products get.
    Decision,
}

impl Side {
    /// Both sides.
    pub const ALL: [Self; 2] = [Self::Command, Self::Decision];

    /// The side's schema, JSON Schema draft 2020-12.
    #[must_use]
    pub const fn schema(self) -> &'static str {
        match self {
            Self::Command => include_str!("../schemas/command.schema.json"),
            Self::Decision => include_str!("../schemas/decision.schema.json"),
        }
    }

    /// The file name of the side's schema.
    #[must_use]
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Command => "command.schema.json",
            Self::Decision => "decision.schema.json",
        }
    }
}

/// Why a schema cannot be used to validate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the schema cannot be used: {reason}; correct the schema file")]
pub struct SchemaDefect {
    reason: String,
}

/// A schema, ready to validate by.
#[derive(Debug)]
pub struct SchemaValidator(jsonschema::Validator);

impl SchemaValidator {
    /// The validator for a side of the contract; compiled on first use and kept.
    ///
    /// # Errors
    /// Where the schema in this build is broken, which the tests of this crate rule out.
    pub fn of(side: Side) -> Result<&'static Self, SchemaDefect> {
        static COMMAND: LazyLock<Result<SchemaValidator, SchemaDefect>> =
            LazyLock::new(|| SchemaValidator::from_text(Side::Command.schema()));
        static DECISION: LazyLock<Result<SchemaValidator, SchemaDefect>> =
            LazyLock::new(|| SchemaValidator::from_text(Side::Decision.schema()));
        let validator = match side {
            Side::Command => &COMMAND,
            Side::Decision => &DECISION,
        };
        validator.as_ref().map_err(SchemaDefect::clone)
    }

    /// A validator for a schema of another version.
    ///
    /// # Errors
    /// Where the schema is not one of draft 2020-12, or refers to another file.
    pub fn new(schema: &Value) -> Result<Self, SchemaDefect> {
        jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .build(schema)
            .map(Self)
            .map_err(|error| SchemaDefect {
                reason: error.to_string(),
            })
    }

    fn from_text(schema: &str) -> Result<Self, SchemaDefect> {
        let schema = serde_json::from_str(schema).map_err(|error| SchemaDefect {
            reason: error.to_string(),
        })?;
        Self::new(&schema)
    }

    /// Everything that is wrong with a document, sorted by pointer; nothing if it is valid. Finds what typed validation finds, except
    /// what a `Value` can no longer tell: duplicate keys and everything else that makes a text no JSON.
    #[must_use]
    pub fn validate(&self, document: &Value) -> Problems {
        let mut errors: Vec<Told> = self
            .0
            .iter_errors(document)
            .flat_map(|error| told(&error))
            .collect();
        errors.sort_by(|one, other| {
            (&one.pointer, other.weight()).cmp(&(&other.pointer, one.weight()))
        });
        errors.dedup_by(|next, kept| kept.weight() > 0 && next.pointer == kept.pointer);
        let mut findings = Findings::default();
        for error in errors {
            findings.note_pointer(error.pointer, error.code, error.message);
        }
        findings.into_problems()
    }
}

/// A schema error in the contract's words.
#[derive(Clone)]
struct Told {
    pointer: String,
    code: ProblemCode,
    message: String,
}

impl Told {
    fn new(pointer: String, code: ProblemCode, what_to_send: &str) -> Self {
        Self {
            pointer,
            code,
            message: format!("{} {what_to_send}", code.meaning()),
        }
    }

    /// A value of the wrong type breaks other keywords too, and an unknown word breaks both the vocabulary and what goes with an action:
    /// where several errors meet in one place, the heaviest is the one to tell. Those of weight 0 do not meet.
    fn weight(&self) -> u8 {
        match self.code {
            ProblemCode::WrongType => 3,
            ProblemCode::UnknownValue => 2,
            ProblemCode::StatusMismatch | ProblemCode::OutcomeMismatch => 1,
            _ => 0,
        }
    }
}

fn told(error: &ValidationError<'_>) -> Vec<Told> {
    let here = pointer(error);
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            let code = ProblemCode::UnknownProperty;
            vec![Told::new(format!("{here}/{UNKNOWN_NAME}"), code, code.hint()); unexpected.len()]
        }
        ValidationErrorKind::Required { property } => {
            let code = ProblemCode::MissingProperty;
            let name = property.as_str().map_or(UNKNOWN_NAME, told_name);
            vec![Told::new(format!("{here}/{name}"), code, code.hint())]
        }
        kind => {
            let for_action = error.schema_path().as_str().contains("/then/");
            let (code, what_to_send) = rule(kind, &here, for_action);
            vec![Told::new(
                here,
                code,
                what_to_send.as_deref().unwrap_or(code.hint()),
            )]
        }
    }
}

/// What a schema error amounts to at `here`, and what to send instead where that is more than the code's hint. `for_action` says that the
/// rule is one that goes with an action.
fn rule(kind: &ValidationErrorKind, here: &str, for_action: bool) -> (ProblemCode, Option<String>) {
    match kind {
        ValidationErrorKind::Type { kind } => {
            let types = match kind {
                TypeKind::Single(one) => one.to_string(),
                TypeKind::Multiple(several) => several
                    .iter()
                    .map(|one| one.to_string())
                    .collect::<Vec<_>>()
                    .join(" or "),
            };
            (ProblemCode::WrongType, Some(format!("Send {types}.")))
        }
        ValidationErrorKind::Enum { options: allowed }
        | ValidationErrorKind::Constant {
            expected_value: allowed,
        } => {
            let code = match here {
                "/status" if for_action => ProblemCode::StatusMismatch,
                "/decision_outcome" if for_action => ProblemCode::OutcomeMismatch,
                _ => ProblemCode::UnknownValue,
            };
            (code, Some(format!("Allowed here: {allowed}.")))
        }
        ValidationErrorKind::MinItems { .. } => (ProblemCode::TooFewElements, None),
        ValidationErrorKind::MinLength { .. } => (ProblemCode::Empty, None),
        ValidationErrorKind::Minimum { limit } => (
            ProblemCode::OutOfRange,
            Some(format!("Send {limit} or more.")),
        ),
        ValidationErrorKind::Maximum { limit } => (
            ProblemCode::OutOfRange,
            Some(format!("Send {limit} or less.")),
        ),
        ValidationErrorKind::Format { .. } => (ProblemCode::NotADateTime, None),
        ValidationErrorKind::Pattern { .. } => (ProblemCode::NotAVersion, None),
        _ => (ProblemCode::SchemaViolation, None),
    }
}

/// Where an error is, as a pointer that repeats nothing of the document.
fn pointer(error: &ValidationError<'_>) -> String {
    let step = |segment| match segment {
        LocationSegment::Property(name) => format!("/{}", told_name(&name)),
        LocationSegment::Index(index) => format!("/{index}"),
    };
    error.instance_path().into_iter().map(step).collect()
}
