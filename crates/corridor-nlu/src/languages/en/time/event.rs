//! What no calendar tells in English: events of the day, parts of spans.

use super::senses::{Sense, sense};
use crate::time::cursor::{Cursor, Found};
use crate::time::mention::MentionKind;
use crate::token::TokenKind;

/// After a day and "after" or "before": whatever stands there up to the end or to the task ("[friday] after the gym").
pub(super) fn event(c: Cursor<'_>) -> Found<'_, MentionKind> {
    const LONGEST: usize = 2;
    let mut end = c
        .past_any(&["the", "my", "our", "his", "her", "their", "your"])
        .unwrap_or(c);
    for _ in 0..LONGEST {
        end.token().filter(|token| token.kind == TokenKind::Word)?;
        end = end.next();
        if end.token().is_none() || end.is_any(&["to", ",", "."]) {
            return Some((MentionKind::VAGUE, end));
        }
    }
    None
}

/// What happens every day at a time of the household's own.
pub(super) fn daily_event(c: Cursor<'_>) -> Found<'_, MentionKind> {
    let end = c
        .past_any(&[
            "work",
            "school",
            "lunch",
            "dinner",
            "breakfast",
            "supper",
            "bed",
            "bedtime",
            "class",
            "classes",
            "dark",
            "dusk",
            "sunset",
            "sunrise",
            "practice",
            "training",
            "church",
            "tea",
            "teatime",
            "lessons",
            "homework",
            "nursery",
            "kindergarten",
            "gym",
        ])
        .or_else(|| {
            c.past("the")?.past_any(&[
                "gym", "meeting", "game", "show", "party", "holidays", "weekend",
            ])
        })?;
    Some((MentionKind::VAGUE, end))
}

/// "the first half of july", "the second half of next week"
pub(super) fn half_of_span(c: Cursor<'_>) -> Option<Cursor<'_>> {
    let half = c.past("the")?.past_any(&["first", "second"])?;
    let of = half.past_all(&["half", "of"])?;
    let span = of.past_any(&["the", "this", "next"]).unwrap_or(of);
    matches!(sense(span.norm())?, Sense::Month(_) | Sense::Unit(_)).then(|| span.next())
}
