//! How times are corrected, joined and ended in Russian: «нет, лучше», «не в пять, а в шесть».

use super::clock::{self, Certainty};
use super::{counted, prepositions};
use crate::time::cursor::{Cursor, Found};
use crate::time::mention::{Mention, MentionKind};
use crate::time::settle::{self, Words};

pub(crate) const SETTLING: Words = Words {
    corrects: |c, end| {
        settle::filled_with(
            c,
            end,
            &[
                "а",
                "и",
                "или",
                "так",
                "то",
                "не",
                "э",
                "ээ",
                "эээ",
                "ну",
                "давай",
                "давайте",
                "хотя",
                "уж",
                "да",
                "в",
            ],
            &[
                "нет",
                "ой",
                "точнее",
                "вернее",
                "лучше",
                "есть",
                "извини",
                "извините",
                "прости",
                "простите",
                "стоп",
                "погоди",
                "погодите",
                "подожди",
                "подождите",
                "скорее",
                "смысле",
                "поправка",
                "оговорился",
                "оговорилась",
                "ошибся",
                "ошиблась",
                "нее",
                "неа",
                "виноват",
            ],
        )
    },
    until: |c| c.is_any(&["до", "по"]) || c.past("в").is_some_and(|c| c.is("течение")),
    joins: |norm| matches!(norm, "и" | "а" | "но" | "потом"),
    or: &["или", "либо"],
    not: ("не", &["а", ","]),
};

/// «[в пять], нет, шесть»: behind a correction a number tells the same as what is corrected.
pub(super) fn clock_anew<'t>(c: Cursor<'t>, previous: Option<&Mention>) -> Found<'t, MentionKind> {
    let corrected = previous.filter(|said| matches!(said.kind, MentionKind::Clock(_)))?;
    let gap = corrected.range.end..c.at();
    let corrects = (1..=settle::LONGEST_CORRECTION).contains(&gap.len())
        && (SETTLING.corrects)(Cursor::new(c.tokens(), gap.start), gap.end);
    let (reading, end) = clock::reading(c).filter(|_| corrects)?;
    match reading.certainty {
        Certainty::Bare(number) if counted::counts(end, number, counted::Case::Accusative) => None,
        _ => Some((prepositions::clock_kind(reading), end)),
    }
}
