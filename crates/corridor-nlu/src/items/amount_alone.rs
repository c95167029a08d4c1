//! An amount without its item: «две упаковки», "two more".

use crate::engine::Engine;
use crate::language::Language;
use crate::phrase::Forms;
use crate::utterance::View;

use super::{SaidAmount, amount};

/// Where the amount ends that is said at `at`, if it is an exact one.
pub(crate) fn amount_end(
    engine: &Engine,
    view: &View<'_>,
    at: usize,
    language: Language,
) -> Option<usize> {
    let measured = amount::read(engine, view, at, language)?;
    measured.quantity.map(|_| measured.end)
}

/// An amount without its item at the front of a list, and where what follows it begins: «[килограмм] и кочан капусты».
pub(crate) fn amount_in_front(
    engine: &Engine,
    view: &View<'_>,
    language: Language,
) -> Option<(SaidAmount, usize)> {
    let measured = amount::read(engine, view, 0, language).filter(|measured| !measured.each)?;
    let parted = |at: usize| {
        let joins = view
            .word(at)
            .is_some_and(|word| word.is(engine.pack.known.and));
        // Not "M&Ms".
        view.token(at)
            .is_some_and(|token| token.is(",") || (joins && !token.glued))
    };
    let unit = measured.unit?;
    let quantity = measured.quantity?;
    (parted(measured.end) && view.at.len() > measured.end + 1).then_some((
        SaidAmount {
            quantity,
            unit: Some(unit),
        },
        measured.end + 1,
    ))
}

/// The amount that the words say and nothing else; pointers and vague words may stand beside it.
pub(crate) fn amount_alone(
    engine: &Engine,
    view: &View<'_>,
    language: Language,
) -> Option<SaidAmount> {
    let known = &engine.pack.known;
    let idle = |at: usize| {
        let word = view.word(at)?;
        let class = [known.vague, known.pointer, known.and]
            .into_iter()
            .find_map(|class| word.entry(class, Forms::ANY));
        class.or_else(|| view.utterance.is_mark(*view.at.get(at)?).then_some(1))
    };
    let mut at = 0;
    let mut found = None;
    while at < view.at.len() {
        let measured =
            amount::read(engine, view, at, language).filter(|measured| measured.quantity.is_some());
        match (measured, idle(at)) {
            (Some(measured), _) if found.is_none() => {
                at = measured.end.max(at + 1);
                let unit = measured.unit.clone();
                found = measured
                    .quantity
                    .map(|quantity| SaidAmount { quantity, unit });
            }
            (_, Some(len)) => at += len,
            _ => return None,
        }
    }
    found
}
