//! Which words name people: the household's members first, then whoever a capital gives away.

use super::{LEAST_SHARE, is_word_of_name};
use crate::engine::Engine;
use crate::household::Household;
use crate::morph::{Pos, Reading, VerbForm};
use crate::names::{Likeness, NameForm, Names, without_marks};
use crate::pack::Membership;
use crate::phrase::Forms;
use crate::token::{Script, Token, TokenKind};
use crate::utterance::Word;

/// Marks the members' names: those that no table of names has («Босс», "Grandpa Joe"), those said in the other alphabet («Бобу» for Bob),
/// and how the household writes each.
pub(super) fn mark_members(
    engine: &Engine,
    tokens: &[Token],
    words: &mut [Word],
    household: &Household<'_>,
) {
    let person = engine.pack.known.person;
    if household.members.iter().all(Option::is_none) {
        return;
    }
    let as_names: Vec<&[NameForm]> = words
        .iter()
        .zip(tokens)
        .map(
            |(word, token)| match token.kind == TokenKind::Word && !is_no_name(word) {
                true => engine.names.find(&word.norm),
                false => &[],
            },
        )
        .collect();
    for member in household.members.iter().flatten() {
        for (written, part) in member
            .split([' ', '-', '\u{a0}'])
            .filter(|part| !part.is_empty())
            .zip(crate::household::parts_of_name(member))
        {
            if part.chars().count() < 2 {
                continue;
            }
            let forms = engine.names.find(&part);
            let listed = !forms.is_empty();
            let kin = forms.iter().any(|form| form.kin);
            let mut described = false;
            for ((word, token), said) in words.iter_mut().zip(tokens).zip(&as_names) {
                let of_somebody = std::mem::replace(&mut described, describes(word));
                if token.kind != TokenKind::Word || word.written.is_some() || is_no_name(word) {
                    continue;
                }
                let Some(likeness) = named(engine, (token, word, said), (&part, forms)) else {
                    continue;
                };
                let foreign = word.norm.is_ascii() != part.is_ascii();
                let untold = !listed
                    || foreign
                    || said.is_empty()
                    || (likeness == Likeness::Same && !kin && !is_order(word));
                if untold && likeness != Likeness::Possessive && !word.is(person) {
                    word.memberships.push(Membership {
                        class: person,
                        forms: Forms::NOMINAL,
                        len: 1,
                    });
                }
                // «Петиной бабушке» is another's, «деду» of «Дедушка» a common noun.
                let common = kin && (of_somebody || likeness == Likeness::Related);
                let named = (word.is(person) && !common) || likeness == Likeness::Possessive;
                word.written = named.then(|| written_as(token, written, likeness));
            }
        }
    }
    for at in 0..words.len() {
        if words.get(at).is_some_and(|word| word.is(person))
            && !names_a_person(engine, tokens, words, at)
            && let Some(word) = words.get_mut(at)
        {
            word.memberships.retain(|m| m.class != person);
            word.written = None;
        }
    }
}

/// A preposition, a conjunction, a number: most words of a sentence need no look into the names.
fn is_no_name(word: &Word) -> bool {
    word.number.is_some()
        || word.readings.first().is_some_and(|reading| {
            reading.known
                && !reading.lemma.is_ascii()
                && matches!(
                    reading.pos,
                    Pos::Preposition | Pos::Function | Pos::Pronoun | Pos::Adverb | Pos::Numeral
                )
        })
}

/// «полей»: an order rather than a name.
fn is_order(word: &Word) -> bool {
    word.readings
        .iter()
        .any(|r| r.verb == Some(VerbForm::Imperative) && r.share > LEAST_SHARE)
}

/// «Петиной», "his": who comes next is somebody's.
fn describes(word: &Word) -> bool {
    word.readings.first().is_some_and(Reading::is_attribute)
        || matches!(
            word.norm.as_str(),
            "my" | "our" | "his" | "her" | "their" | "your" | "the" | "a"
        )
        || word.norm.ends_with("'s")
}

/// Whether a word may name a member: it is no slip of another word then.
pub(super) fn may_name_a_member(engine: &Engine, norm: &str, household: &Household<'_>) -> bool {
    let said = without_marks(norm);
    household
        .members
        .iter()
        .flatten()
        .flat_map(|member| crate::household::parts_of_name(member))
        .any(|part| engine.names.likeness(&said, &part).is_some())
}

/// How a word names a part of a member's name.
fn named(
    engine: &Engine,
    (token, word, as_name): (&Token, &Word, &[NameForm]),
    (part, forms): (&str, &[NameForm]),
) -> Option<Likeness> {
    let said = without_marks(&word.norm);
    // "Mei-Lin", «Мэй-Лин» are one token of two parts.
    if token.text.contains('-') {
        let likeness = said
            .split('-')
            .filter_map(|piece| engine.names.likeness(piece, part))
            .max();
        return likeness.or_else(|| engine.names.likeness(&said, part));
    }
    if said.is_ascii() != part.is_ascii() {
        // «Бобу» for Bob: a bean is likelier than a name only where nothing says so.
        let likely = word.good.is_none()
            && said.chars().count() > 1
            && !(said.is_ascii() && engine.is_english_word(word));
        return likely.then(|| engine.names.likeness(&said, part)).flatten();
    }
    let found = engine.names.compare((&said, as_name), (part, forms));
    if found.is_none()
        && (word.unknown || word.readings.iter().any(Reading::is_attribute))
        && engine.names.is_of(&said, part)
    {
        return Some(Likeness::Possessive);
    }
    // A kinship word that is no table's own form stays what it is («мамин», "mother").
    found.or_else(|| (forms.is_empty() && is_word_of_name(word, part)).then_some(Likeness::Same))
}

/// The name as the household writes it, or with a capital what was said for it.
fn written_as(token: &Token, written: &str, likeness: Likeness) -> Box<str> {
    let said = without_marks(&token.norm);
    if likeness == Likeness::Same && *said == *without_marks(&crate::pack::plain(written)) {
        return written.into();
    }
    let mut name = String::with_capacity(token.text.len());
    let mut begins = true;
    for c in token.text.to_lowercase().chars() {
        if begins {
            name.extend(c.to_uppercase());
        } else {
            name.push(c);
        }
        begins = c == '-';
    }
    name.into()
}

/// Words between a name and what he is to do.
const LONGEST_BETWEEN: usize = 5;

/// Whether grammar says that a name which is an everyday word too («вера», "will") is one here: a member's name that is called, asked or
/// said with a capital; anybody's where somebody is asked.
fn names_a_person(engine: &Engine, tokens: &[Token], words: &[Word], at: usize) -> bool {
    let (Some(word), Some(token)) = (words.get(at), tokens.get(at)) else {
        return false;
    };
    let russian = token.script == Script::Cyrillic;
    let everyday = match russian {
        true => {
            !engine.names.find(&word.norm).iter().any(|form| form.kin)
                && word
                    .readings
                    .iter()
                    .any(|r| r.share > 0.2 && r.pos == Pos::Noun && r.known && !r.animate)
        }
        false => Names::is_word(&word.norm),
    };
    let lower = token.text.chars().next().is_some_and(char::is_lowercase);
    if !(everyday || word.good.is_some() && lower) {
        return true;
    }
    let known = &engine.pack.known;
    let norm = |index: Option<usize>| {
        index
            .and_then(|index| words.get(index))
            .map_or("", |word| word.norm.as_str())
    };
    let before = at.checked_sub(1);
    let is_asked = before
        .and_then(|index| words.get(index))
        .is_some_and(|word| {
            let classes = if russian { known.ru } else { known.en };
            word.is(classes.ask_doer)
                || word.is(classes.remind)
                || word.is(classes.assign)
                || word.is(known.let_him)
                || matches!(word.norm.as_str(), "want" | "need" | "make" | "sure")
        });
    let member = word.written.is_some();
    if !member {
        let told = matches!(norm(Some(at + 1)), "to" | "чтобы" | "чтоб")
            || words
                .get(at + 1)
                .is_some_and(|word| word.entry(known.verb, Forms::INFINITIVE).is_some() && russian);
        return is_asked && told;
    }
    let capital = token.text.chars().next().is_some_and(char::is_uppercase)
        && token.text.chars().any(char::is_lowercase);
    let starts = before.is_none_or(|index| {
        tokens
            .get(index)
            .is_some_and(|token| token.kind == TokenKind::Symbol || token.new_line)
            || words.get(index).is_some_and(|word| word.is(known.and))
    });
    let called = starts
        && (matches!(
            norm(Some(at + 1)),
            "," | ":" | "-" | "needs" | "has" | "should" | "must" | "ought" | "gets" | "to"
        ) || (russian
            // A time may stand between («Лев, завтра вынеси…», «Лев завтра вынеси…»).
            && words.iter().skip(at + 1).take(LONGEST_BETWEEN).any(|word| {
                word.is(known.let_him)
                    || word.is(known.ru.need)
                    || word
                        .entry(
                            known.verb,
                            Forms::IMPERATIVE.or(Forms::INFINITIVE).or(Forms::THIRD),
                        )
                        .is_some()
            })));
    let closes = at + 1 == words.len() && norm(before) == ",";
    let given = matches!(
        norm(before),
        "for" | "with" | "to" | "from" | "and" | "для" | "с" | "у" | "к"
    );
    (capital && !starts) || is_asked || called || closes || given
}

/// A capital inside a sentence on a word that is none of the language's: somebody's name that no table has.
pub(super) fn looks_like_a_name(engine: &Engine, token: &Token, word: &Word, at: usize) -> bool {
    let capital = token.text.chars().next().is_some_and(char::is_uppercase)
        && token.text.chars().skip(1).all(char::is_lowercase)
        && token.text.chars().count() > 2;
    if !capital || at == 0 || word.good.is_some() || engine.pack.lexicon.knows(word) {
        return false;
    }
    match token.script {
        Script::Cyrillic => {
            word.readings
                .iter()
                .any(|r| r.pos == Pos::ProperNoun && r.animate)
                || word.unknown
        }
        Script::Latin => !engine.is_english_word(word),
        _ => false,
    }
}
