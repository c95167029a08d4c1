//! Nouns contracted with a verb: "toilet paper's run out", "the kettle's bust". Pronouns keep theirs ("it's"): phrases name them whole.

use crate::token::{Token, TokenKind};

use super::vocabulary;

/// What follows "'s" where it is "is" or "has", and never where it is a possessive.
const PREDICATES: &[&str] = &[
    "all",
    "almost",
    "nearly",
    "running",
    "getting",
    "about",
    "out",
    "gone",
    "finished",
    "finishing",
    "empty",
    "low",
    "used",
    "run",
    "done",
    "bust",
    "broken",
    "knackered",
    "dead",
    "dying",
    "just",
    "basically",
    "pretty",
    "totally",
    "going",
    "gonna",
    "still",
    "too",
    "so",
    "very",
    "poorly",
    "ill",
    "sick",
    "hungry",
    "starving",
    "tired",
    "away",
    "home",
    "back",
    "here",
    "coming",
    "late",
    "asleep",
    "ready",
    "full",
    "dirty",
    "blocked",
    "leaking",
    "stuck",
    "mouldy",
    "moldy",
    "rotten",
    "stale",
    "sour",
    "expired",
    "due",
    "flat",
    "frozen",
    "overflowing",
    "crying",
    "throwing",
];

/// The same behind common nouns alone: "put Hellmann's on the list" is a name.
const PLACES: &[&str] = &["on", "in", "at", "past", "off"];

/// The verb of a contracted noun, as its token's norm.
pub(crate) const VERB: &str = "'s";

/// The stem and the verb of each contracted noun as tokens of their own; nothing where there is none.
pub(crate) fn split(tokens: &[Token]) -> Option<Vec<Token>> {
    let is_one = |at: usize| {
        let token = tokens
            .get(at)
            .filter(|token| token.kind == TokenKind::Word)?;
        let stem = token.norm.strip_suffix(VERB)?;
        let follows = tokens.get(at + 1)?;
        let follows = follows.norm.as_str();
        let common = vocabulary::contains(stem) && PLACES.contains(&follows);
        (!PRONOUNS.contains(&stem) && (common || PREDICATES.contains(&follows))).then_some(())
    };
    (0..tokens.len()).find_map(is_one)?;
    let mut apart = Vec::with_capacity(tokens.len() + 1);
    for (at, token) in tokens.iter().enumerate() {
        if is_one(at).is_none() {
            apart.push(token.clone());
            continue;
        }
        // As written, the apostrophe may take more bytes than in the norm, but the ending is two characters.
        let ending: usize = token.text.chars().rev().take(2).map(char::len_utf8).sum();
        let (Some(text), Some(verb)) = (
            token.text.get(..token.text.len() - ending),
            token.text.get(token.text.len() - ending..),
        ) else {
            apart.push(token.clone());
            continue;
        };
        let border = token.span.end.saturating_sub(ending).max(token.span.start);
        apart.push(Token {
            span: token.span.start..border,
            text: text.to_owned(),
            norm: token.norm.trim_end_matches(VERB).to_owned(),
            ..token.clone()
        });
        apart.push(Token {
            span: border..token.span.end,
            text: verb.to_owned(),
            norm: VERB.to_owned(),
            glued: true,
            new_line: false,
            ..token.clone()
        });
    }
    Some(apart)
}

/// Words that phrases name with their verb.
const PRONOUNS: &[&str] = &[
    "it",
    "that",
    "what",
    "who",
    "there",
    "let",
    "he",
    "she",
    "where",
    "how",
    "when",
    "why",
    "here",
    "this",
    "one",
    "everyone",
    "everybody",
    "someone",
    "somebody",
    "nobody",
    "everything",
    "something",
    "nothing",
    "which",
];
