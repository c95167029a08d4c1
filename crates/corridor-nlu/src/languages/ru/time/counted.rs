//! Whether a bare number counts the word after it («в три магазина») or tells a time («в три позвонить»).
//!
//! There is no dictionary here: what numbers demand of a noun's ending in each case tells most words apart, short lists the rest. Where
//! both readings stay possible the number counts, as a time lost is asked for and a time invented is not.

use super::senses::{Sense, sense};
use crate::time::cursor::Cursor;
use crate::token::{Script, TokenKind};

/// The case in which the preposition puts the number and what it counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// «в три магазина», «на три»
    Accusative,
    /// «до трёх магазинов»
    Genitive,
    /// «к трём магазинам»
    Dative,
}

/// Whether the bare number, which ended just before `c`, counts what stands there.
pub(super) fn counts(c: Cursor<'_>, number: i64, case: Case) -> bool {
    let Some(token) = c.token() else { return false };
    match token.kind {
        TokenKind::Number => return true,
        TokenKind::Symbol => {
            return matches!(
                token.norm.as_str(),
                "%" | "°" | "№" | "$" | "€" | "₽" | "+" | "/" | "x"
            ) || hyphenates(c);
        }
        TokenKind::Word if token.glued => return true,
        TokenKind::Word => {}
    }
    let norm = token.norm.as_str();
    match sense(norm) {
        Some(
            Sense::Unit(_)
            | Sense::HalfUnit(_)
            | Sense::Number
            | Sense::Month(_)
            | Sense::Times
            | Sense::Parts(_),
        ) => return true,
        Some(Sense::Governed) | None => {}
        Some(_) => return false,
    }
    if COUNTED.split_ascii_whitespace().any(|word| word == norm) {
        return true;
    }
    if is_infinitive(norm)
        || NEVER_COUNTED
            .split_ascii_whitespace()
            .any(|word| word == norm)
    {
        return false;
    }
    // What is counted is written small: a capital begins a name.
    if token.text.chars().next().is_some_and(char::is_uppercase) {
        return false;
    }
    token.script != Script::Cyrillic || ending_fits(norm, number, case)
}

/// «5-литровая»
fn hyphenates(c: Cursor<'_>) -> bool {
    c.is("-") && c.is_glued() && c.next().is_glued()
}

/// Infinitives of two syllables and more; no counted form of a noun ends so.
pub(super) fn is_infinitive(norm: &str) -> bool {
    norm.chars().count() >= 4
        && ["ть", "ться", "ти", "тись", "чь", "чься"]
            .iter()
            .any(|ending| norm.ends_with(ending))
}

fn ending_fits(norm: &str, number: i64, case: Case) -> bool {
    let ends_in = |endings: &[&str]| endings.iter().any(|ending| norm.ends_with(ending));
    let (last, teen) = (number % 10, (11..=14).contains(&(number % 100)));
    let closes_syllable = norm
        .chars()
        .last()
        .is_some_and(|last| !"аеиоуыэюя".contains(last));
    match case {
        Case::Accusative if last == 1 && !teen => true,
        Case::Accusative if (2..=4).contains(&last) && !teen => {
            ends_in(&["а", "я", "ы", "и", "ых", "их", "ые", "ие"])
        }
        Case::Accusative | Case::Genitive => {
            closes_syllable && !ends_in(&["ай", "уй", "яй", "ись", "ось", "ась", "те"])
        }
        Case::Dative => ends_in(&["ам", "ям", "ым", "им"]),
    }
}

/// Nouns that stand after a number whatever their ending: undeclined measures, and what has a number for its name («в 5 школу»).
const COUNTED: &str = "
    кило евро см км мм кг мг гр г л мл шт штук рублей руб человек процентов градусов раз раза метров литров
    школу школе школы квартиру квартире класс классе кабинет кабинете подъезд подъезде этаж этаже дом доме палату палате
    больницу больнице поликлинику поликлинике группу группе корпус корпусе номер номере автобус автобусе маршрутку
";

/// Words that follow a time: function words, frequent orders, and events in the nominative whose endings could be counted.
const NEVER_COUNTED: &str = "
    и а но или что чтобы чтоб как когда если то не ни у о об про для из от за над при мне меня нам нас тебе ему ей им его ее их
    мой моя мое мои моей моего моему моим мою наш наша я ты он она мы вы они это пожалуйста надо нужно пора буду будет есть
    нет ой точнее вернее лучше извини прости стоп
    напомни напомните позвони купи забери вынеси сходи помой встреть отвези приготовь включи проверь полей покорми погуляй разбуди
    ужин обед завтрак урок концерт поезд самолет рейс матч созвон футбол хоккей врач прием стоматолог дантист поход приезд фильм сеанс
    сын муж папа мама день экзамен тест семинар совет час
";
