//! Items and a title found in the command: taken only where one was missing, only if they were said, and only if nothing else was.

use corridor_contract::MissingField;
use corridor_llm::private::Answer;
use corridor_nlu::amount::Amount;
use corridor_nlu::time;
use corridor_nlu::token::TokenKind;
use corridor_nlu::{Clause, Meaning, PlainWord, TaskReading};

use crate::decide::Baseline;
use crate::reason::Reason;
use crate::records::{AssistCounts, AssistRefusal, ReasonCode};
use crate::stages::grounding::{Spoken, is_name};
use crate::stages::reading::{Entities, ReadItem};
use crate::stages::scene::Scene;

use super::{NO_COUNTS, Taken, Verdict, replace};

/// How sure the rules are of an item or title that a hint filled in: an order was understood, and every word was said; what ties them was
/// not checked by a rule.
const CONFIDENCE_OF_FILLED: f64 = 0.8;

/// Judges the hint against what is decided by now.
pub(super) fn judge<'c>(
    scene: Scene<'c>,
    answer: &Answer,
    better: &mut Option<Baseline<'c>>,
) -> Verdict {
    let entities = match Entities::of(answer) {
        Ok(entities) => entities,
        Err(broke) => return Verdict::refused(broke),
    };
    let mut counts = AssistCounts {
        items: u32::try_from(entities.items.len()).unwrap_or(u32::MAX),
        titles: u32::from(entities.title.is_some()),
        ..NO_COUNTS
    };
    let present = better.as_ref().unwrap_or(scene.baseline);
    let filled = match present.decided.reason {
        Reason::Incomplete(MissingField::ItemName) if !entities.items.is_empty() => {
            shopping(scene, present, &entities)
        }
        Reason::Incomplete(MissingField::TaskTitle) if entities.title.is_some() => {
            task(scene, present, &entities)
        }
        _ => {
            return Verdict {
                result: Ok(Taken::Nothing),
                counts,
            };
        }
    };
    let next = filled
        .map_err(ReasonCode::from)
        .map(|clauses| rebuilt(scene, present, clauses));
    let result = match next {
        // Filling one gap must not be the way to leave something else undone.
        Ok(next) if !is_filled(next.decided.reason) => {
            Err(AssistRefusal::TransitionNotAllowed.into())
        }
        Ok(next) => replace(scene, better, next),
        Err(reason) => Err(reason),
    };
    if result.is_ok() {
        counts.items_taken = counts.items;
    }
    Verdict { result, counts }
}

/// The decision that changed clauses come to.
fn rebuilt<'c>(scene: Scene<'c>, present: &Baseline<'c>, clauses: Vec<Clause>) -> Baseline<'c> {
    let language = present.understanding.language;
    Baseline {
        decided: scene
            .decider
            .build(scene.command, scene.stamp, language, &clauses),
        understanding: corridor_nlu::Understanding {
            clauses,
            ..present.understanding.clone()
        },
        situation: present.situation.clone(),
    }
}

fn is_filled(reason: Reason) -> bool {
    matches!(
        reason,
        Reason::Clear | Reason::Compound | Reason::Incomplete(_)
    )
}

/// The clauses with the missing items in their place.
fn shopping(
    scene: Scene<'_>,
    present: &Baseline<'_>,
    entities: &Entities,
) -> Result<Vec<Clause>, AssistRefusal> {
    let engine = scene.engine();
    let utterance = &present.understanding.utterance;
    let spoken = Spoken::new(engine, utterance, []);
    let mut words = Vec::new();
    for item in &entities.items {
        words.extend(checked_name(&spoken, item.name.expose())?);
        if !engine.names_a_known_good(&spoken.words_of(item.name.expose())) {
            return Err(AssistRefusal::HintItemUnknown);
        }
    }
    amounts_were_said(scene, present, &entities.items)?;
    accounts_for_all(scene, present, &words)?;
    let language = present.understanding.language;
    let timed = !time::scan(&utterance.tokens, utterance.language).is_empty();
    Ok(with_meaning(
        &present.understanding.clauses,
        &Meaning::AskItem,
        Meaning::Shopping {
            items: entities
                .items
                .iter()
                .map(|item| item.to_item(engine, language, None))
                .collect(),
            list: None,
            timed,
        },
    ))
}

/// The clauses with the missing title in its place.
fn task(
    scene: Scene<'_>,
    present: &Baseline<'_>,
    entities: &Entities,
) -> Result<Vec<Clause>, AssistRefusal> {
    let utterance = &present.understanding.utterance;
    let spoken = Spoken::new(scene.engine(), utterance, []);
    let title = entities
        .title
        .as_ref()
        .map_or("", |title| title.expose())
        .trim();
    let words = checked_name(&spoken, title)?;
    accounts_for_all(scene, present, &words)?;
    // A time would have to become a due date, which is for the rules alone.
    if !time::scan(&utterance.tokens, utterance.language).is_empty() {
        return Err(AssistRefusal::HintLeavesWords);
    }
    let mut letters = title.chars();
    let capital = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect();
    Ok(with_meaning(
        &present.understanding.clauses,
        &Meaning::AskTitle,
        Meaning::Tasks(vec![TaskReading {
            title: capital,
            doer: None,
            zone: None,
            due: None,
            description: None,
            repaired: false,
        }]),
    ))
}

/// The content words of a name that can be one and was said.
fn checked_name(spoken: &Spoken<'_>, name: &str) -> Result<Vec<PlainWord>, AssistRefusal> {
    let words = spoken.words_of(name);
    if !is_name(name) || !words.iter().any(|word| word.content) {
        return Err(AssistRefusal::HintLength);
    }
    if !spoken.has_all(&words) {
        return Err(AssistRefusal::HintNotGrounded);
    }
    Ok(words.into_iter().filter(|word| word.content).collect())
}

/// Quantities and units are amounts that were said, each for one item, and every amount that was said is given.
fn amounts_were_said(
    scene: Scene<'_>,
    present: &Baseline<'_>,
    items: &[ReadItem],
) -> Result<(), AssistRefusal> {
    let engine = scene.engine();
    let mut left = engine.said_amounts(&present.understanding.utterance);
    for item in items {
        let unit = item.unit_as_written(engine, present.understanding.language);
        if item.unit.is_some() && unit.is_none() {
            return Err(AssistRefusal::HintUnitNotSaid);
        }
        if item.quantity.is_none() && item.unit.is_none() {
            continue;
        }
        let same_quantity = |quantity: &Amount| Some(*quantity) == item.amount();
        let Some(at) = left.iter().position(|said| same_quantity(&said.quantity)) else {
            return Err(AssistRefusal::HintQuantityNotSaid);
        };
        if left.swap_remove(at).unit.as_deref() != unit {
            return Err(AssistRefusal::HintUnitNotSaid);
        }
    }
    if left.is_empty() {
        Ok(())
    } else {
        Err(AssistRefusal::HintLeavesWords)
    }
}

/// Every word that a thing may be made of is in the hint, and no list or person is named: what the hint leaves out would be lost.
fn accounts_for_all(
    scene: Scene<'_>,
    present: &Baseline<'_>,
    words: &[PlainWord],
) -> Result<(), AssistRefusal> {
    let engine = scene.engine();
    let utterance = &present.understanding.utterance;
    let may = engine.may_name_things(utterance);
    let left = utterance
        .tokens
        .iter()
        .zip(&utterance.words)
        .zip(may)
        .enumerate()
        .any(|(at, ((token, word), may))| {
            let taken = words.iter().any(|taken| {
                taken.keys().any(|key| {
                    key == word.norm || word.readings.iter().any(|reading| reading.lemma == key)
                })
            });
            let counted = word.number.is_some()
                || engine
                    .unit_as_written(present.understanding.language, &word.norm)
                    .is_some();
            let names = engine.names_somebody_or_a_list(utterance, at);
            let free = may && token.kind == TokenKind::Word && !counted && engine.is_content(word);
            !taken && (free || names)
        });
    if left {
        Err(AssistRefusal::HintLeavesWords)
    } else {
        Ok(())
    }
}

/// The clauses with the first that means `missing` meaning `filled`.
fn with_meaning(clauses: &[Clause], missing: &Meaning, filled: Meaning) -> Vec<Clause> {
    let mut clauses = clauses.to_vec();
    if let Some(clause) = clauses.iter_mut().find(|clause| clause.meaning == *missing) {
        clause.meaning = filled;
        clause.confidence = clause.confidence.min(CONFIDENCE_OF_FILLED);
    }
    clauses
}
