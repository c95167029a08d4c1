//! English words that make a name of the time beside them ("the Sunday dress", "five o'clock tea"), and those that ask for a day.

use super::senses::{Preposition, Sense, sense};
use super::{date, prepositions};
use crate::time::cursor::Cursor;
use crate::token::TokenKind;

/// Events that a weekday before them tells the time of ("the friday meeting").
const EVENTS: &str = "
    meeting call appointment party game match class lesson practice dinner lunch brunch breakfast standup stand-up dentist interview exam
    flight concert session training rehearsal visit deadline trip bus train shift morning afternoon evening night delivery pickup
";

/// What weekdays only name.
const NAMED: &str = "roast best school paper papers times dress blues club market church";

/// Words that make a weekday behind them a holiday or a name.
const NAMING: &str = "
    black good ash cyber fat shrove palm easter bowl ruby taco freaky blue girl man pancake mothering maundy super casual
";

/// Whether the weekday at `c`, which ends before `end`, belongs to a name.
pub(super) fn names_something(c: Cursor<'_>, end: Cursor<'_>) -> bool {
    let before = c.before().map_or("", |token| token.norm.as_str());
    if listed(NAMING, before) || listed(NAMED, end.norm()) {
        return true;
    }
    // "saturday night live"
    if end.is("night") && end.next().is_any(&["live", "fever", "lights"]) {
        return true;
    }
    let owned = matches!(
        before,
        "the" | "a" | "an" | "my" | "her" | "his" | "our" | "your" | "their"
    );
    owned
        && end.token().is_some_and(|token| {
            token.kind == TokenKind::Word
                && sense(&token.norm).is_none()
                && !listed(EVENTS, &token.norm)
                && !date::stands_alone(end)
        })
}

/// "five o'clock tea" names a drink.
pub(super) fn is_tea(c: Cursor<'_>, end: Cursor<'_>) -> bool {
    let said = end
        .before()
        .is_some_and(|token| token.norm.ends_with("clock"));
    said && c.at() < end.at() && end.is_any(&["tea", "shadow", "news"])
}

fn listed(list: &str, norm: &str) -> bool {
    list.split_ascii_whitespace().any(|word| word == norm)
}

/// Whether the words around a short weekday, which ends before `after`, ask for one: "sat at 11", "remind me wed to …", "call mom sun".
pub(super) fn asks_for_day(c: Cursor<'_>, after: Cursor<'_>) -> bool {
    let before = c.before().map_or("", |token| token.norm.as_str());
    if matches!(before, "me" | "us") {
        return true;
    }
    let next = after.skip(",");
    if date::date(next).is_some() || prepositions::sure_clock(next).is_some() {
        return true;
    }
    match sense(next.norm()) {
        Some(Sense::Part(_)) => true,
        Some(Sense::Preposition(
            preposition @ (Preposition::At
            | Preposition::By
            | Preposition::Before
            | Preposition::After
            | Preposition::Around
            | Preposition::In),
        )) => prepositions::phrase(next.next(), preposition).is_some(),
        // At the end, but not "in the sun", "to wed", "we sat".
        None if after.token().is_none() => {
            !before.is_empty()
                && !matches!(
                    before,
                    "the"
                        | "a"
                        | "to"
                        | "she"
                        | "he"
                        | "we"
                        | "i"
                        | "they"
                        | "who"
                        | "newly"
                        | "full"
                        | "some"
                )
        }
        _ => false,
    }
}
