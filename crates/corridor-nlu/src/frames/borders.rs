//! Where a frame may begin.

use crate::pack::{Finds, Opens};
use crate::phrase::Forms;
use crate::token::TokenKind;

use super::reader::Reader;

/// Borders of one utterance. What has more is no speech of people; it is asked about.
const MOST: usize = 24;
/// Pauses before words that begin nothing for certain are borders where there are but few of them.
const MOST_PAUSES: usize = 4;

/// The positions of the view at which a frame may begin, the first excluded; `None` where there are too many.
pub(super) fn find(reader: &Reader<'_, '_, '_>) -> Option<Vec<usize>> {
    let view = reader.view;
    let mut sure = Vec::new();
    let mut pauses = Vec::new();
    let mut orders = 0;
    for at in 1..view.at.len() {
        let Some(token) = view.token(at) else {
            continue;
        };
        if token.kind == TokenKind::Symbol || inside_a_trigger(reader, at) {
            continue;
        }
        let before = view.token(at - 1);
        let ended = token.new_line
            || before.is_some_and(|t| matches!(t.norm.as_str(), "." | "!" | "?" | ";" | ":"));
        let paused = ended
            || before.is_some_and(|t| t.is(",") || (t.is("-") && !t.glued))
            || view
                .word(at - 1)
                .is_some_and(|word| word.is(reader.engine.pack.known.and));
        let opened = opens(reader, at);
        // Counted as they are found: a text of nothing but orders is given up at once.
        if opened {
            orders += 1;
            if orders > MOST {
                return None;
            }
        }
        // A time or a filler was said between: "… this morning so put coffee on the list".
        if ended
            || opened
            || (paused && begins(reader, at))
            || (reader.filled(at) && puts(reader, at))
            || (lacks_behind(reader, at) && tells(reader, at - 1))
        {
            sure.push(at);
        } else if paused {
            pauses.push(at);
        }
    }
    if pauses.len() <= MOST_PAUSES {
        sure.extend(pauses);
        sure.sort_unstable();
    }
    if sure.len() > MOST {
        sure.retain(|&at| opens(reader, at));
    }
    (sure.len() <= MOST).then_some(sure)
}

/// A trigger begins here that opens a frame without any pause before it.
fn opens(reader: &Reader<'_, '_, '_>, at: usize) -> bool {
    reader.islands.iter().any(|island| {
        island.range.start == at
            && match island.rule.finds {
                Finds::Trigger(Opens::Need) => reader.filled(at),
                Finds::Trigger(Opens::Put | Opens::Wish | Opens::Check) => false,
                Finds::Trigger(Opens::Add) => reader.islands.iter().any(|other| {
                    other.range.start == at && other.finds(Finds::Trigger(Opens::Put))
                }),
                Finds::Trigger(_) => true,
                Finds::Island(role) => matches!(
                    role,
                    crate::pack::Role::Statement | crate::pack::Role::Reason
                ),
                _ => false,
            }
    }) || reader.view.word(at).is_some_and(|word| {
        word.entry(reader.engine.pack.known.order, Forms::IMPERATIVE)
            .is_some()
    })
}

/// An order to put something somewhere, or a chore's, begins here.
fn puts(reader: &Reader<'_, '_, '_>, at: usize) -> bool {
    reader.orders_a_chore(at)
        || reader.is_imperative(at)
            && reader.islands.iter().any(|island| {
                island.range.start == at
                    && matches!(island.rule.finds, Finds::Trigger(Opens::Put | Opens::Add))
            })
}

/// «варю борщ | свёклы нет»: a noun whose lack is told right behind it.
fn lacks_behind(reader: &Reader<'_, '_, '_>, at: usize) -> bool {
    let good = reader
        .view
        .word(at)
        .and_then(|word| word.good)
        .map(|(_, len)| len);
    good.is_some_and(|len| {
        reader.islands.iter().any(|island| {
            island.range.start == at + len && island.finds(Finds::Trigger(Opens::Lack))
        })
    })
}

/// A finite verb, or a noun behind one: what was told ends here.
fn tells(reader: &Reader<'_, '_, '_>, at: usize) -> bool {
    let verb = reader.engine.pack.known.verb;
    let forms = Forms::FIRST.or(Forms::THIRD).or(Forms::PAST);
    let finite = |at: usize| {
        reader.view.word(at).is_some_and(|word| {
            word.entry(verb, forms).is_some() && word.entry(verb, Forms::NOMINAL).is_none()
        })
    };
    finite(at) || at.checked_sub(1).is_some_and(finite)
}

/// Behind a pause: a verb, a person, a word that begins clauses, any trigger.
fn begins(reader: &Reader<'_, '_, '_>, at: usize) -> bool {
    let known = &reader.engine.pack.known;
    reader.view.word(at).is_some_and(|word| {
        word.entry(known.verb, Forms::ANY).is_some() || word.is(known.head) || word.is(known.person)
    }) || reader.islands.iter().any(|island| {
        island.range.start == at
            && matches!(island.rule.finds, Finds::Trigger(_) | Finds::Island(_))
    })
}

fn inside_a_trigger(reader: &Reader<'_, '_, '_>, at: usize) -> bool {
    reader.islands.iter().any(|island| {
        matches!(island.rule.finds, Finds::Trigger(_))
            && island.range.start < at
            && at < island.range.end
    })
}
