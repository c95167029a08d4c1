//! Phrase text to a tree. Macros and classes are still names here.

use thiserror::Error;

use super::{Forms, Slot};

/// One element of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A word by lemma or form; `exact` by form alone.
    Word {
        /// Lower case, ё as е.
        text: String,
        /// Written with `=`.
        exact: bool,
    },
    /// A word class in some forms.
    Class {
        /// Class name.
        name: String,
        /// Forms it may be in.
        forms: Forms,
    },
    /// A macro by name.
    Macro(String),
    /// Elements in a row.
    Sequence(Vec<Node>),
    /// One of several.
    Either(Vec<Node>),
    /// Present or absent.
    Optional(Box<Node>),
    /// A slot; without a pattern of its own it takes one or more words.
    Slot(Slot, Option<Box<Node>>),
    /// Any words or none.
    Gap,
    /// Any one word.
    AnyWord,
}

/// Why a phrase text is no phrase.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum PhraseError {
    /// A bracket without its partner.
    #[error("`{0}` has no partner")]
    Unbalanced(char),
    /// A slot that does not exist.
    #[error("unknown slot `{{{0}}}`; slots are items, title, list, doer, rest, object")]
    UnknownSlot(String),
    /// A form that does not exist.
    #[error("unknown form `{0}`; forms are {names}", names = Forms::NAMES)]
    UnknownForm(String),
    /// Nothing to match.
    #[error(
        "an empty phrase or alternative matches everything; write `?` after what may be absent"
    )]
    Empty,
    /// `?` with nothing before it.
    #[error("`?` must follow what may be absent")]
    DanglingOptional,
}

/// Parses one phrase.
///
/// # Errors
/// The first thing wrong with it.
pub fn parse(text: &str) -> Result<Node, PhraseError> {
    let mut parser = Parser { rest: text };
    let node = parser.alternatives()?;
    match parser.peek() {
        None => Ok(node),
        Some(c) => Err(PhraseError::Unbalanced(c)),
    }
}

struct Parser<'t> {
    rest: &'t str,
}

impl Parser<'_> {
    fn peek(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start();
        self.rest.chars().next()
    }

    fn eat(&mut self, c: char) -> bool {
        if self.peek() == Some(c) {
            self.rest = self.rest.get(c.len_utf8()..).unwrap_or("");
            return true;
        }
        false
    }

    fn until(&mut self, stop: impl Fn(char) -> bool) -> String {
        let end = self.rest.find(stop).unwrap_or(self.rest.len());
        let (head, tail) = self.rest.split_at(end);
        let head = head.trim().to_owned();
        self.rest = tail;
        head
    }

    fn alternatives(&mut self) -> Result<Node, PhraseError> {
        let mut all = vec![self.sequence()?];
        while self.eat('|') {
            all.push(self.sequence()?);
        }
        Ok(if all.len() == 1 {
            all.remove(0)
        } else {
            Node::Either(all)
        })
    }

    fn sequence(&mut self) -> Result<Node, PhraseError> {
        let mut all = Vec::new();
        while let Some(c) = self.peek() {
            if matches!(c, ')' | '|' | '}') {
                break;
            }
            if self.eat('?') {
                let last = all.pop().ok_or(PhraseError::DanglingOptional)?;
                all.push(Node::Optional(Box::new(last)));
                continue;
            }
            all.push(self.element(c)?);
        }
        match all.len() {
            0 => Err(PhraseError::Empty),
            1 => Ok(all.remove(0)),
            _ => Ok(Node::Sequence(all)),
        }
    }

    fn element(&mut self, first: char) -> Result<Node, PhraseError> {
        match first {
            '(' => {
                self.eat('(');
                let node = self.alternatives()?;
                if self.eat(')') {
                    Ok(node)
                } else {
                    Err(PhraseError::Unbalanced('('))
                }
            }
            '<' => {
                self.eat('<');
                let body = self.until(|c| c == '>');
                if !self.eat('>') {
                    return Err(PhraseError::Unbalanced('<'));
                }
                class(&body)
            }
            '{' => self.slot(),
            '@' => {
                self.eat('@');
                Ok(Node::Macro(self.until(|c| {
                    !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
                })))
            }
            '*' => {
                self.eat('*');
                Ok(Node::Gap)
            }
            '_' => {
                self.eat('_');
                Ok(Node::AnyWord)
            }
            '>' => Err(PhraseError::Unbalanced('>')),
            _ => {
                let exact = self.eat('=');
                let text = self.until(|c| {
                    c.is_whitespace() || matches!(c, '(' | ')' | '|' | '?' | '<' | '{' | '}' | '*')
                });
                if text.is_empty() {
                    return Err(PhraseError::Empty);
                }
                Ok(Node::Word {
                    text: text.to_lowercase().replace('ё', "е"),
                    exact,
                })
            }
        }
    }

    fn slot(&mut self) -> Result<Node, PhraseError> {
        self.eat('{');
        let name = self.until(|c| matches!(c, '}' | ':'));
        let slot = Slot::named(&name).ok_or(PhraseError::UnknownSlot(name))?;
        let pattern = if self.eat(':') {
            Some(Box::new(self.alternatives()?))
        } else {
            None
        };
        if self.eat('}') {
            Ok(Node::Slot(slot, pattern))
        } else {
            Err(PhraseError::Unbalanced('{'))
        }
    }
}

fn class(body: &str) -> Result<Node, PhraseError> {
    let (name, forms) = match body.split_once(':') {
        None => (body, Forms::ANY),
        Some((name, list)) => {
            let mut forms: Option<Forms> = None;
            for form in list.split(',').map(str::trim) {
                let form =
                    Forms::named(form).ok_or_else(|| PhraseError::UnknownForm(form.to_owned()))?;
                forms = Some(forms.map_or(form, |all| all.or(form)));
            }
            (name, forms.unwrap_or(Forms::ANY))
        }
    };
    Ok(Node::Class {
        name: name.trim().to_owned(),
        forms,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_element() {
        let node = parse("<add:imp,inf> {items} (в|=на) @list? {doer: <person>} *").unwrap();
        let Node::Sequence(all) = node else {
            panic!("no sequence")
        };
        assert_eq!(all.len(), 6);
        assert!(matches!(&all[3], Node::Optional(inner) if **inner == Node::Macro("list".into())));
        assert_eq!(all[5], Node::Gap);
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(parse("(a|b"), Err(PhraseError::Unbalanced('(')));
        assert_eq!(parse("a )"), Err(PhraseError::Unbalanced(')')));
        assert_eq!(
            parse("{item}"),
            Err(PhraseError::UnknownSlot("item".into()))
        );
        assert_eq!(
            parse("<buy:imperative>"),
            Err(PhraseError::UnknownForm("imperative".into()))
        );
        assert_eq!(parse("a (b|)"), Err(PhraseError::Empty));
        assert_eq!(parse("? a"), Err(PhraseError::DanglingOptional));
    }
}
