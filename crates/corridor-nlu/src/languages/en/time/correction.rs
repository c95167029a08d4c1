//! How times are corrected, joined and ended in English: "no wait", "not at 5 but at 6".

use super::clock;
use super::prepositions;
use crate::time::cursor::{Cursor, Found};
use crate::time::mention::{Mention, MentionKind};
use crate::time::settle::{self, Words};

pub(crate) const SETTLING: Words = Words {
    corrects: |c, end| {
        settle::filled_with(
            c,
            end,
            &[
                "or", "er", "um", "uh", "oh", "it", "that", "let", "let's", "then", "on", "better",
                "maybe", "i",
            ],
            &[
                "no",
                "wait",
                "sorry",
                "mean",
                "meant",
                "actually",
                "rather",
                "make",
                "scratch",
                "correction",
                "oops",
                "nope",
                "instead",
                "nah",
            ],
        )
    },
    until: |c| c.is_any(&["until", "till", "til", "through", "thru", "within"]),
    joins: |norm| matches!(norm, "and" | "but" | "then"),
    or: &["or"],
    not: ("not", &["but", ","]),
};

/// "[at 7], actually make that 8": behind a correction a number tells the same as what is corrected.
pub(super) fn clock_anew<'t>(c: Cursor<'t>, previous: Option<&Mention>) -> Found<'t, MentionKind> {
    let corrected = previous.filter(|said| matches!(said.kind, MentionKind::Clock(_)))?;
    let gap = corrected.range.end..c.at();
    let corrects = (1..=settle::LONGEST_CORRECTION).contains(&gap.len())
        && (SETTLING.corrects)(Cursor::new(c.tokens(), gap.start), gap.end);
    let (reading, end) = clock::reading(c).filter(|(_, end)| corrects && !clock::counts(*end))?;
    Some((prepositions::clock_kind(reading), end))
}
