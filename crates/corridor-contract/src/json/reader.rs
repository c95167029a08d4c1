//! The reader: RFC 8259 by recursive descent.

use std::borrow::Cow;

use super::{MAX_DEPTH, Node, number, string};
use crate::place::Place;
use crate::problem::{Findings, ProblemCode};

/// Reading cannot go on; the problem is noted.
pub(super) struct Stop;

/// Room for the properties of an object to begin with.
const USUAL_PROPERTIES: usize = 8;

/// Reads one document that fills `text`.
pub(super) fn read<'a>(text: &'a str, findings: &mut Findings) -> Option<Node<'a>> {
    let mut reader = Reader {
        text,
        at: 0,
        depth: 0,
        findings,
    };
    reader.document().ok()
}

/// A position in a text.
pub(super) struct Reader<'a, 'f> {
    text: &'a str,
    at: usize,
    depth: usize,
    findings: &'f mut Findings,
}

impl<'a> Reader<'a, '_> {
    fn document(&mut self) -> Result<Node<'a>, Stop> {
        self.skip_white_space();
        let node = self.value(&Place::ROOT)?;
        self.skip_white_space();
        match self.peek() {
            None => Ok(node),
            Some(_) => Err(self.stop(&Place::ROOT, "the document has ended before this")),
        }
    }

    fn value(&mut self, place: &Place<'_>) -> Result<Node<'a>, Stop> {
        match self.peek() {
            Some(b'{') => self.object(place),
            Some(b'[') => self.array(place),
            Some(b'"') => string::read(self, place).map(Node::Text),
            Some(b'-' | b'0'..=b'9') => number::read(self, place).map(Node::Number),
            Some(b't') => self.word(place, "true", Node::Bool(true)),
            Some(b'f') => self.word(place, "false", Node::Bool(false)),
            Some(b'n') => self.word(place, "null", Node::Null),
            _ => Err(self.stop(place, "a value is expected")),
        }
    }

    fn word(&mut self, place: &Place<'_>, word: &str, node: Node<'a>) -> Result<Node<'a>, Stop> {
        if self.rest().starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(node)
        } else {
            Err(self.stop(place, "a value is expected"))
        }
    }

    fn array(&mut self, place: &Place<'_>) -> Result<Node<'a>, Stop> {
        self.descend(place)?;
        let mut elements = Vec::new();
        if !self.opens_empty(b']') {
            loop {
                self.skip_white_space();
                elements.push(self.value(&place.element(elements.len()))?);
                if self.ends(place, b']', "a comma or the end of the array is expected")? {
                    break;
                }
            }
        }
        self.depth -= 1;
        Ok(Node::Array(elements))
    }

    fn object(&mut self, place: &Place<'_>) -> Result<Node<'a>, Stop> {
        self.descend(place)?;
        let mut properties = Properties::default();
        if !self.opens_empty(b'}') {
            properties.list.reserve(USUAL_PROPERTIES);
            loop {
                self.skip_white_space();
                if self.peek() != Some(b'"') {
                    return Err(self.stop(place, "a property name in quotes is expected"));
                }
                let name = string::read(self, &place.unknown_property())?;
                self.skip_white_space();
                let property = place.property(&name);
                if !self.skip(b':') {
                    return Err(self.stop(&property, "a colon is expected"));
                }
                self.skip_white_space();
                let value = self.value(&property)?;
                if properties.has(&name) {
                    self.findings
                        .note_code(&property, ProblemCode::DuplicateKey);
                } else {
                    properties.push(name, value);
                }
                if self.ends(place, b'}', "a comma or the end of the object is expected")? {
                    break;
                }
            }
        }
        self.depth -= 1;
        Ok(Node::Object(properties.list))
    }

    fn descend(&mut self, place: &Place<'_>) -> Result<(), Stop> {
        self.at += 1;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            self.findings.note_code(place, ProblemCode::TooDeep);
            return Err(Stop);
        }
        Ok(())
    }

    fn opens_empty(&mut self, close: u8) -> bool {
        self.skip_white_space();
        self.skip(close)
    }

    /// After an element: whether the array or object ends, rather than going on after a comma.
    fn ends(&mut self, place: &Place<'_>, close: u8, otherwise: &str) -> Result<bool, Stop> {
        self.skip_white_space();
        if self.skip(b',') {
            Ok(false)
        } else if self.skip(close) {
            Ok(true)
        } else {
            Err(self.stop(place, otherwise))
        }
    }

    fn skip_white_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }
}

/// What the readers of strings and numbers need.
impl<'a> Reader<'a, '_> {
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn skip(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// The bytes that are still to be read.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Takes `length` bytes, which must end where a character does.
    pub(super) fn take(&mut self, length: usize) -> &'a str {
        let end = self.at + length;
        let taken = self.text.get(self.at..end).unwrap_or_default();
        self.at = end;
        taken
    }

    pub(super) fn note(&mut self, place: &Place<'_>, code: ProblemCode) {
        self.findings.note_code(place, code);
    }

    /// Notes that the text is not JSON here, and why.
    pub(super) fn stop(&mut self, place: &Place<'_>, why: &str) -> Stop {
        let before = self.text.get(..self.at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before
            .chars()
            .rev()
            .take_while(|character| *character != '\n')
            .count()
            + 1;
        let code = ProblemCode::NotJson;
        let message = if self.text.trim().is_empty() {
            format!("The document is empty. {}", code.hint())
        } else {
            format!(
                "{} Line {line}, column {column}: {why}. {}",
                code.meaning(),
                code.hint()
            )
        };
        self.findings.note(place, code, message);
        Stop
    }
}

/// The properties of an object as they are read. Few are looked through; many get an index, so that time stays linear.
#[derive(Default)]
struct Properties<'a> {
    list: Vec<(Cow<'a, str>, Node<'a>)>,
    index: std::collections::HashSet<Cow<'a, str>>,
}

impl<'a> Properties<'a> {
    /// From how many properties on an index pays.
    const INDEXED: usize = 32;

    fn has(&self, name: &str) -> bool {
        if self.list.len() < Self::INDEXED {
            self.list.iter().any(|(known, _)| known == name)
        } else {
            self.index.contains(name)
        }
    }

    fn push(&mut self, name: Cow<'a, str>, value: Node<'a>) {
        if self.list.len() + 1 == Self::INDEXED {
            self.index
                .extend(self.list.iter().map(|(name, _)| name.clone()));
        }
        if self.list.len() + 1 >= Self::INDEXED {
            self.index.insert(name.clone());
        }
        self.list.push((name, value));
    }
}
