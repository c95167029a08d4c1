//! What is wrong with a document, told without repeating any of it.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::place::Place;

/// How many problems are told; the rest are counted.
pub const MAX_PROBLEMS: usize = 100;

/// Declares the codes once: word on the wire, what it means, what to do.
macro_rules! problem_codes {
    ($($variant:ident = $word:literal, $meaning:literal, $hint:literal;)+) => {
        /// What kind of problem a document has. The words are stable: clients may branch on them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum ProblemCode {
            $(#[doc = $meaning] $variant,)+
        }

        impl ProblemCode {
            /// Every code, in the order of the reference page.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// What it means, as a sentence.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)+ }
            }

            /// What to do about it, as a sentence.
            #[must_use]
            pub const fn hint(self) -> &'static str {
                match self { $(Self::$variant => $hint,)+ }
            }
        }
    };
}

problem_codes! {
    NotUtf8 = "not_utf8", "The document is not UTF-8.", "Send JSON encoded as UTF-8.";
    NotJson = "not_json", "The document is not JSON.", "Send one JSON document and nothing after it.";
    TooDeep = "too_deep", "Arrays and objects are nested too deeply.", "Nest at most 127 of them.";
    DuplicateKey = "duplicate_key", "An object has a property twice.", "Send each property once.";
    NumberOutOfRange = "number_out_of_range", "A number is too large for a 64-bit float.",
        "Send numbers below 1.8e308 in size.";
    LoneSurrogate = "lone_surrogate", "A string escapes half of a surrogate pair.",
        "Escape characters beyond U+FFFF as a pair, or send them as UTF-8.";
    WrongType = "wrong_type", "A value has another type than the contract's.", "Send the type that the message names.";
    UnknownProperty = "unknown_property", "An object has a property that the contract does not know.",
        "Remove the property, or check its spelling.";
    MissingProperty = "missing_property", "A required property is missing.", "Send the property.";
    UnknownValue = "unknown_value", "A string is not one of the values that the contract allows here.",
        "Send one of the values that the message lists.";
    Empty = "empty", "A text that must not be empty is.", "Send at least one character.";
    TooFewElements = "too_few_elements", "An array that must have an element has none.", "Send at least one element.";
    OutOfRange = "out_of_range", "A number is outside the range that the contract allows.",
        "Send a number within the range that the message names.";
    NotADateTime = "not_a_date_time", "A text is not an RFC 3339 date-time.",
        "Send a date-time with an offset, like 2026-06-15T18:00:00+03:00.";
    NotAVersion = "not_a_version", "A text is not a version.", "Send MAJOR.MINOR.PATCH, like 2.1.0.";
    StatusMismatch = "status_mismatch", "The status does not go with the action.",
        "Send the status that the message names.";
    OutcomeMismatch = "outcome_mismatch", "The decision_outcome does not go with the action.",
        "Send the outcome that the message names, or none.";
    SchemaViolation = "schema_violation", "A value breaks a rule of the schema that has no code of its own.",
        "Compare the value with the schema.";
    MoreProblems = "more_problems", "There are more problems than are told.",
        "Solve the problems that are told, then try again.";
}

impl fmt::Display for ProblemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for ProblemCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// One thing that is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    pointer: String,
    code: ProblemCode,
    message: String,
}

impl Problem {
    /// Where: a JSON Pointer (RFC 6901) into the document, empty for the document as a whole. A name that the contract does not know
    /// is written `‹unknown›`, since it may be something that a person said.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// What kind of problem.
    #[must_use]
    pub fn code(&self) -> ProblemCode {
        self.code
    }

    /// What is wrong and what to do, for a person. Never holds anything of the document.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() {
            "document"
        } else {
            &self.pointer
        };
        write!(f, "{place}: {} ({})", self.message, self.code)
    }
}

/// Everything that is wrong with a document, at most [`MAX_PROBLEMS`] and then one that tells how many more there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// The problems, in the order they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }

    /// How many are told.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none; then the document is valid.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            let line_break = if index == 0 { "" } else { "\n" };
            write!(f, "{line_break}{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// Collects problems while a document is looked through.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    told: Vec<Problem>,
    untold: usize,
}

impl Findings {
    /// Notes a problem whose message says what the rule is here, and nothing of the document.
    pub(crate) fn note(
        &mut self,
        place: &Place<'_>,
        code: ProblemCode,
        message: impl Into<String>,
    ) {
        if self.has_room() {
            self.told.push(Problem {
                pointer: place.pointer(),
                code,
                message: message.into(),
            });
        }
    }

    /// Notes a problem at a pointer that repeats nothing of the document.
    pub(crate) fn note_pointer(&mut self, pointer: String, code: ProblemCode, message: String) {
        if self.has_room() {
            self.told.push(Problem {
                pointer,
                code,
                message,
            });
        }
    }

    /// Whether one more problem may be told; counts it where not.
    fn has_room(&mut self) -> bool {
        let has_room = self.told.len() < MAX_PROBLEMS;
        self.untold += usize::from(!has_room);
        has_room
    }

    /// Notes a problem about which there is no more to say than its code does.
    pub(crate) fn note_code(&mut self, place: &Place<'_>, code: ProblemCode) {
        self.note(place, code, format!("{} {}", code.meaning(), code.hint()));
    }

    pub(crate) fn into_problems(self) -> Problems {
        let mut list = self.told;
        if self.untold > 0 {
            let code = ProblemCode::MoreProblems;
            let message = format!(
                "{} more problems are not told. {}",
                self.untold,
                code.hint()
            );
            list.push(Problem {
                pointer: String::new(),
                code,
                message,
            });
        }
        Problems(list)
    }
}
