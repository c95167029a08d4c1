//! Tokens to words: readings, typo repair, classes, goods and numbers.

mod people;

use crate::engine::Engine;
use crate::household::Household;
use crate::language::Language;
use crate::languages::{self, ru::particles};
use crate::morph::{Pos, VerbForm};
use crate::pack::Membership;
use crate::phrase::Forms;
use crate::token::{Script, Token, TokenKind};
use crate::typo::{Kinds, Slip, one_edit_away, two_vowels_away};
use crate::utterance::{Utterance, Word};

use people::{looks_like_a_name, mark_members, may_name_a_member};

/// Repairs tried per utterance: a text of nothing but unknown words must stay cheap.
const MOST_REPAIRS: usize = 12;

/// English words of so many letters have few neighbours: a stray letter in one is a slip.
const LONG_ENGLISH_WORD: usize = 7;

/// A reading that almost nobody means («мой» as an order to wash) makes no verb.
pub(crate) const LEAST_SHARE: f32 = 0.05;

/// What a word must be as a verb to be one where it also names a known good.
const GOOD_FIRST_SHARE: f32 = 0.9;

/// Reads every token.
pub(crate) fn annotate(
    engine: &Engine,
    tokens: Vec<Token>,
    household: &Household<'_>,
    fallback: Language,
) -> Utterance {
    let mut tokens = languages::en::contractions::split(&tokens).unwrap_or(tokens);
    if is_shouted(&tokens) {
        for token in &mut tokens {
            token.text = token.text.to_lowercase();
        }
    }
    let language = language_of(&tokens, fallback);
    let mut repairs = MOST_REPAIRS;
    let mut words: Vec<Word> = tokens
        .iter()
        .map(|token| read(engine, token, household, &mut repairs))
        .collect();
    // Numbers and times are told from tokens.
    for (token, word) in tokens.iter_mut().zip(&words) {
        if word.repaired {
            token.norm.clone_from(&word.norm);
        }
    }
    for at in 0..words.len() {
        classify(engine, &tokens, &mut words, at, language);
    }
    mark_lists(engine, &mut words, household);
    mark_members(engine, &tokens, &mut words, household);
    Utterance {
        tokens,
        words,
        language,
    }
}

/// Whether everything is in capitals, so that none of them tells a name.
fn is_shouted(tokens: &[Token]) -> bool {
    let words = || tokens.iter().filter(|token| token.kind == TokenKind::Word);
    words().count() > 1 && words().all(|token| !token.text.chars().any(char::is_lowercase))
}

/// The language most words are in; of equal shares, the fallback.
fn language_of(tokens: &[Token], fallback: Language) -> Language {
    let count = |script| {
        tokens
            .iter()
            .filter(|token| token.script == script)
            .map(|token| token.norm.len())
            .sum::<usize>()
    };
    // A Cyrillic letter takes two bytes.
    let (cyrillic, latin) = (count(Script::Cyrillic) / 2, count(Script::Latin));
    match cyrillic.cmp(&latin) {
        std::cmp::Ordering::Greater => Language::Ru,
        std::cmp::Ordering::Less => Language::En,
        std::cmp::Ordering::Equal => fallback,
    }
}

fn read(engine: &Engine, token: &Token, household: &Household<'_>, repairs: &mut usize) -> Word {
    let mut word = Word {
        norm: token.norm.clone(),
        ..Word::default()
    };
    if token.kind != TokenKind::Word {
        return word;
    }
    match token.script {
        Script::Cyrillic => {
            if let Some(order) = particles::softened_order(engine, &word.norm) {
                return order;
            }
            if let Some(noun) = particles::stressed_noun(engine, &word.norm) {
                word.norm = noun;
            }
            word.readings = engine
                .memo
                .readings(&word.norm, || engine.russian.read(&word.norm));
            word.unknown = !word.readings.iter().any(|reading| reading.known);
        }
        Script::Latin => {
            word.readings = engine
                .memo
                .readings(&word.norm, || engine.english.read(&word.norm))
        }
        Script::Other | Script::None => word.unknown = true,
    }
    if *repairs > 0
        && needs_repair(engine, &word, token)
        && !may_name_a_member(engine, &word.norm, household)
    {
        *repairs -= 1;
        repair(engine, &mut word, token.script);
    }
    word
}

fn needs_repair(engine: &Engine, word: &Word, token: &Token) -> bool {
    // A capital is a name that people spell as they like.
    if token.script == Script::Latin
        && token.span.start > 0
        && token.text.chars().next().is_some_and(char::is_uppercase)
    {
        return false;
    }
    // Most Russian words are told by the dictionary alone.
    if token.script == Script::Cyrillic && !word.unknown {
        return false;
    }
    if engine.pack.lexicon.knows(word) || !engine.names.find(&word.norm).is_empty() {
        return false;
    }
    match token.script {
        Script::Cyrillic => !word.norm.contains('-'),
        Script::Latin => !token.norm.contains(['-', '\'']) && !engine.is_english_word(word),
        _ => false,
    }
}

/// Replaces the word where exactly one word of the pack is a single edit away; a slip of the hand goes before any other. English has no
/// dictionary of ours behind it, so a rare slip there may well be a word that nobody listed,
/// unless it is one letter from what chores are about.
fn repair(engine: &Engine, word: &mut Word, script: Script) {
    let morphology = if script == Script::Cyrillic {
        &engine.russian
    } else {
        &engine.english
    };
    let mut found: Vec<(Slip, String, String)> = Vec::new();
    for kinds in [Kinds::Hand, Kinds::Others] {
        one_edit_away(&word.norm, kinds, |candidate, slip| {
            if script == Script::Cyrillic && !morphology.knows(candidate) {
                return;
            }
            let lexicon = &engine.pack.lexicon;
            let lemma = lexicon
                .repairable(candidate, slip, morphology.as_ref())
                .or_else(|| measures(engine, candidate, script));
            if let Some(lemma) = lemma {
                found.push((slip, candidate.to_owned(), lemma));
            }
        });
        // A slip of the hand has no rivals of another kind.
        if !found.is_empty() {
            break;
        }
    }
    if found.is_empty() && script == Script::Cyrillic {
        two_vowels_away(&word.norm, |candidate| {
            if let Some(lemma) =
                engine
                    .pack
                    .lexicon
                    .repairable(candidate, Slip::Ear, morphology.as_ref())
            {
                found.push((Slip::Ear, candidate.to_owned(), lemma));
            }
        });
    }
    let Some(best) = found.iter().map(|(slip, ..)| *slip).min() else {
        return;
    };
    let lexicon = &engine.pack.lexicon;
    if best == Slip::Ear {
        // «вынисти» is «вынести»; that «выносит» is near too takes nothing from it.
        found.retain(|(slip, _, lemma)| *slip == best || lexicon.names_a_thing(lemma));
    }
    let thing = engine.pack.known.thing;
    let told = |(_, candidate, lemma): &(Slip, String, String)| {
        lexicon.in_class(lemma, thing)
            || lexicon.is_order(lemma)
            || candidate.chars().count() >= LONG_ENGLISH_WORD
            || measures(engine, candidate, script).is_some()
    };
    if script == Script::Latin && best == Slip::Rare && !found.iter().all(told) {
        return;
    }
    // An order is likelier than a chore that lies as near: «напосни» is «напомни», not «наполни».
    let orders =
        |(_, _, lemma): &(Slip, String, String)| lexicon.in_class(lemma, engine.pack.known.order);
    if found.iter().any(orders)
        && !found
            .iter()
            .any(|(_, _, lemma)| lexicon.names_a_thing(lemma))
    {
        found.retain(orders);
    }
    let mut likely = found.into_iter();
    let Some((_, candidate, lemma)) = likely.next() else {
        return;
    };
    // Two words that mean different things: ask rather than guess.
    if likely.any(|(_, _, other)| other != lemma) {
        return;
    }
    word.readings = morphology.read(&candidate).into();
    word.norm = candidate;
    word.repaired = true;
    word.unknown = false;
}

/// The number or unit that a word says, where it is long enough not to be anything else.
fn measures(engine: &Engine, word: &str, script: Script) -> Option<String> {
    const SHORTEST: usize = 5;
    if word.chars().count() < SHORTEST {
        return None;
    }
    let (language, morphology, is_number) = match script {
        Script::Cyrillic => (
            Language::Ru,
            &engine.russian,
            languages::ru::numbers::is_number_word(word),
        ),
        _ => (
            Language::En,
            &engine.english,
            languages::en::numbers::is_number_word(word),
        ),
    };
    if is_number {
        return Some(word.to_owned());
    }
    let unit = engine
        .pack
        .units
        .find(language, word, &morphology.read(word))?;
    Some(unit.write.clone())
}

fn classify(engine: &Engine, tokens: &[Token], words: &mut [Word], at: usize, language: Language) {
    let known = &engine.pack.known;
    let mut memberships = Vec::with_capacity(6);
    let good = engine.pack.lexicon.good_at(words, at);
    let least = if good.is_some() {
        GOOD_FIRST_SHARE
    } else {
        LEAST_SHARE
    };
    engine
        .pack
        .lexicon
        .memberships(words, at, least, &mut memberships);
    let Some(token) = tokens.get(at) else { return };
    let number = match (token.kind, token.script) {
        (TokenKind::Word, Script::Cyrillic) => languages::ru::numbers::cardinal(tokens, at),
        (TokenKind::Word, Script::Latin) => languages::en::numbers::cardinal(tokens, at),
        (TokenKind::Word, _) => None,
        _ if language == Language::Ru => languages::ru::numbers::cardinal(tokens, at),
        _ => languages::en::numbers::cardinal(tokens, at),
    };
    let Some(word) = words.get_mut(at) else {
        return;
    };
    let mut add = |class, forms, len: usize| {
        memberships.push(Membership {
            class,
            forms,
            len: u16::try_from(len).unwrap_or(u16::MAX),
        });
    };
    if let Some((_, len)) = good {
        add(known.good, Forms::NOMINAL, len);
    }
    if let Some(numeral) = &number {
        add(known.number, Forms::NOMINAL, numeral.len);
    }
    let ordered = word
        .readings
        .iter()
        .any(|r| r.verb == Some(VerbForm::Imperative) && r.share > LEAST_SHARE);
    let lower = token.text.chars().next().is_some_and(char::is_lowercase);
    // «лук полей»: spoken text has no capitals, and goods and orders are likelier there than names.
    let common = (ordered && (lower || at == 0)) || (good.is_some() && lower);
    let named = !engine.names.find(&word.norm).is_empty() && !common;
    if named || looks_like_a_name(engine, token, word, at) {
        add(known.person, Forms::NOMINAL, 1);
    }
    if token.script == Script::Cyrillic {
        // «мыло» is soap before it is "washed".
        let least = if good.is_some() {
            GOOD_FIRST_SHARE
        } else {
            LEAST_SHARE
        };
        for reading in word
            .readings
            .iter()
            .filter(|reading| reading.pos == Pos::Verb && reading.share > least)
        {
            let forms = match reading.verb {
                Some(VerbForm::Imperative) => Forms::IMPERATIVE,
                Some(VerbForm::Infinitive) => Forms::INFINITIVE,
                Some(VerbForm::SecondPerson) => Forms::SECOND,
                Some(VerbForm::ThirdPerson) => Forms::THIRD,
                Some(VerbForm::FirstPerson) => Forms::FIRST,
                Some(VerbForm::Past) => Forms::PAST,
                _ => continue,
            };
            add(known.verb, forms, 1);
        }
    }
    // «тетрадь А5» has no conjunction in it.
    if token.norm.chars().count() == 1
        && tokens
            .get(at + 1)
            .is_some_and(|next| next.glued && next.kind == TokenKind::Number)
    {
        memberships.retain(|m| m.class != known.and && m.class != known.article);
    }
    let lexicon = &engine.pack.lexicon;
    word.objects = memberships
        .extract_if(.., |m| lexicon.is_apart(m.class))
        .collect();
    word.memberships = memberships;
    word.good = good;
    word.number = number;
}

/// Marks the words of the household's own list names.
fn mark_lists(engine: &Engine, words: &mut [Word], household: &Household<'_>) {
    if household.lists.is_empty() {
        return;
    }
    for list in &household.lists {
        for part in list.split_whitespace() {
            let part = crate::pack::plain(part);
            if part.chars().count() < 3 {
                continue;
            }
            for word in words.iter_mut() {
                if is_word_of_name(word, &part) && !word.is(engine.pack.known.own_list) {
                    word.memberships.push(Membership {
                        class: engine.pack.known.own_list,
                        forms: Forms::NOMINAL,
                        len: 1,
                    });
                }
            }
        }
    }
}

/// Whether a word is a form of a word of a name («кухне» of «Кухня»).
pub(crate) fn is_word_of_name(word: &Word, part: &str) -> bool {
    word.norm == *part
        || word.readings.iter().any(|reading| reading.lemma == *part)
        || (word.readings.is_empty() && crate::household::same_stem(&word.norm, part))
}
