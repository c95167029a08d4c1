//! What no calendar tells in Russian: events of the day, parts of spans.

use super::counted::is_infinitive;
use super::senses::{Preposition, Sense, sense};
use crate::time::cursor::{Cursor, Found};
use crate::time::mention::MentionKind;
use crate::token::TokenKind;

/// After a day and «после», «перед», «до»: whatever stands there up to the end or to the task («[в субботу] после бассейна»).
pub(super) fn event(c: Cursor<'_>, preposition: Preposition) -> Found<'_, MentionKind> {
    const LONGEST: usize = 2;
    if !matches!(
        preposition,
        Preposition::After | Preposition::Before | Preposition::Until
    ) {
        return None;
    }
    let mut end = c;
    for _ in 0..LONGEST {
        end.token().filter(|token| token.kind == TokenKind::Word)?;
        end = end.next();
        let over = end.token().is_none_or(|token| {
            is_infinitive(&token.norm) || matches!(token.norm.as_str(), "," | ".")
        });
        if over {
            return Some((MentionKind::VAGUE, end));
        }
    }
    None
}

/// What happens every day at a time of the household's own.
pub(super) fn daily_event(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let end = c.past_any(&[
        "работы",
        "работой",
        "школы",
        "школой",
        "уроков",
        "уроками",
        "занятий",
        "занятиями",
        "садика",
        "завтрака",
        "завтраком",
        "ужина",
        "ужином",
        "обедом",
        "сна",
        "сном",
        "тренировки",
        "тренировкой",
        "прогулки",
        "прогулкой",
        "темноты",
        "пар",
        "парами",
        "выходом",
        "уходом",
        "поездкой",
        "поездки",
        "отъездом",
        "душа",
        "бани",
        "смены",
        "сменой",
        "сада",
        "садиком",
        "кружка",
        "спортзала",
        "собрания",
        "собранием",
        "совещания",
        "совещанием",
        "каникул",
        "каникулами",
        "полдника",
        "рассвета",
        "заката",
        "выходных",
        "праздников",
        "праздниками",
        "отпуска",
        "отпуском",
    ])?;
    Some((MentionKind::VAGUE, end))
}

/// «первой половине июля», «второй половине недели»
pub(super) fn half_of_span(c: Cursor<'_>) -> Option<Cursor<'_>> {
    let span = c.past_any(&["первой", "второй"])?.past("половине")?;
    matches!(sense(span.norm())?, Sense::Month(_) | Sense::Unit(_)).then(|| span.next())
}
