//! What a candidate must pass to be sent in the baseline's place: one function and one reason code a rule, asked in order.
//!
//! Why each of them: `docs/decisions/acceptance-rules.md`.

use corridor_contract::Payload;
use corridor_nlu::amount::Amount;
use corridor_nlu::token::TokenKind;
use corridor_nlu::utterance::Word;
use corridor_nlu::{ListMention, PlainWord};

use crate::decide::Decided;
use crate::reason::Reason;
use crate::records::{Intent, TrustRefusal};
use crate::stages::compare::items_of;
use crate::stages::grounding::is_name;
use crate::stages::reading::{MOST_ITEMS, ReadIntent};
use crate::stages::scene::passes_contract;

use super::candidate::{Candidate, CandidateItem, covers, spoken_words};

/// The least confidence of its own that a candidate may have, where it has one.
pub(crate) const LEAST_CONFIDENCE: f64 = 0.6;

/// Whether a candidate, and the decision built from it, pass a rule.
type Rule = fn(&Candidate<'_>, &Decided) -> bool;

/// Rules in the order they are asked, each with the refusal of whoever does not pass.
const RULES: [(TrustRefusal, Rule); 21] = [
    (TrustRefusal::IntentMismatch, intent_is_the_baselines),
    (TrustRefusal::ItemCount, some_items_and_not_too_many),
    (TrustRefusal::NameLength, names_are_names),
    (TrustRefusal::NameNotGrounded, names_were_said),
    (TrustRefusal::NameNotAThing, names_are_of_things),
    (TrustRefusal::ItemAdded, items_are_about_the_baselines),
    (TrustRefusal::ItemsMixed, items_are_not_mixed),
    (TrustRefusal::ItemSplit, items_are_not_split),
    (TrustRefusal::CoverageLost, nothing_is_lost),
    (TrustRefusal::WordsMoved, words_stay_in_place),
    (TrustRefusal::WordsAdded, added_words_were_said_there),
    (TrustRefusal::QuantityNotSaid, quantities_were_said),
    (TrustRefusal::UnitNotSaid, units_were_said),
    (TrustRefusal::AmountChanged, amounts_stay),
    (TrustRefusal::UnknownList, lists_are_known),
    (TrustRefusal::ListNotSaid, lists_were_said),
    (TrustRefusal::LowConfidence, confident_enough),
    (TrustRefusal::OutcomeChanged, outcome_stays),
    (TrustRefusal::ListChanged, lists_stay),
    (TrustRefusal::MessageChanged, message_stays),
    (TrustRefusal::ContractInvalid, contract_holds),
];

/// The first rule that does not hold, or nothing.
pub(super) fn refusal(candidate: &Candidate<'_>, built: &Decided) -> Option<TrustRefusal> {
    RULES
        .iter()
        .find(|(_, holds)| !holds(candidate, built))
        .map(|(refusal, _)| *refusal)
}

fn intent_is_the_baselines(candidate: &Candidate<'_>, _: &Decided) -> bool {
    candidate.reading.intent == ReadIntent::AddShoppingItem
        && candidate.scene.baseline_intent() == Intent::AddShoppingItem
}

fn some_items_and_not_too_many(candidate: &Candidate<'_>, _: &Decided) -> bool {
    let words = &candidate.scene.baseline.understanding.utterance.words;
    (1..=words.len().min(MOST_ITEMS)).contains(&candidate.items.len())
}

fn names_are_names(candidate: &Candidate<'_>, _: &Decided) -> bool {
    candidate
        .items
        .iter()
        .all(|item| is_name(item.read.name.expose()) && item.content().next().is_some())
}

fn names_were_said(candidate: &Candidate<'_>, _: &Decided) -> bool {
    candidate
        .items
        .iter()
        .all(|item| candidate.spoken.has_all(&item.words))
}

/// A word of a name that is in none of the baseline's names must be one that a thing may be made of: no order, person, list, time or
/// amount.
fn names_are_of_things(candidate: &Candidate<'_>, _: &Decided) -> bool {
    let utterance = &candidate.scene.baseline.understanding.utterance;
    let engine = candidate.scene.engine();
    let language = candidate.scene.language();
    let in_baseline = |word: &PlainWord| candidate.baseline.iter().any(|item| item.has(word));
    let may_be = |word: &PlainWord| {
        word.kind == TokenKind::Word
            && engine.unit_as_written(language, &word.norm).is_none()
            && utterance
                .words
                .iter()
                .zip(&candidate.may_name_things)
                .any(|(said, may)| *may && is_form(word, said))
    };
    candidate
        .items
        .iter()
        .flat_map(CandidateItem::content)
        .all(|word| in_baseline(word) || may_be(word))
}

fn items_are_about_the_baselines(candidate: &Candidate<'_>, _: &Decided) -> bool {
    candidate.items.iter().all(|item| {
        item.content()
            .any(|word| candidate.baseline.iter().any(|baseline| baseline.has(word)))
    })
}

/// Each item has words of one item of the baseline alone: «молоко хлеб» is not what «молоко» and «хлеб» are, and «красный лук» not what
/// «зелёный лук» and «красный перец» are.
fn items_are_not_mixed(candidate: &Candidate<'_>, _: &Decided) -> bool {
    candidate.items.iter().all(|item| {
        let own = candidate.partner(item);
        let foreign = |word: &PlainWord| {
            !own.is_some_and(|own| own.has(word))
                && candidate.baseline.iter().any(|other| other.has(word))
        };
        match own {
            Some(_) => !item.content().any(foreign),
            // Part of one item, which coverage refuses, is no mixture.
            None => {
                item.partners.is_empty()
                    && candidate
                        .baseline
                        .iter()
                        .any(|other| item.content().all(|word| other.has(word)))
            }
        }
    })
}

/// No item of the baseline becomes several: «корм для кошки» is no cat, and «шоколадное молоко» no milk beside it.
fn items_are_not_split(candidate: &Candidate<'_>, _: &Decided) -> bool {
    candidate.baseline.iter().all(|baseline| {
        let made_of_it = candidate
            .items
            .iter()
            .filter(|item| {
                let own = candidate.partner(item);
                match own {
                    Some(own) => std::ptr::eq(own, baseline),
                    None => item.content().all(|word| baseline.has(word)),
                }
            })
            .count();
        made_of_it <= 1
    })
}

/// Each item of the baseline is there, whole: some item has all of its content words.
fn nothing_is_lost(candidate: &Candidate<'_>, _: &Decided) -> bool {
    candidate
        .items
        .iter()
        .all(|item| candidate.partner(item).is_some())
        && candidate.items.len() == candidate.baseline.len()
}

/// Small words stay, and with them the order of a name. Only one noun and its adjectives may change places («рыба красная»).
fn words_stay_in_place(candidate: &Candidate<'_>, _: &Decided) -> bool {
    candidate.items.iter().all(|item| {
        let Some(baseline) = candidate.partner(item) else {
            return false;
        };
        is_noun_with_adjectives(&baseline.words) || is_subsequence(&baseline.words, &item.words)
    })
}

/// Content words more than the baseline's are taken only where the whole name was said as it stands, word after word, and no small word
/// with them: what stands behind «для» or "for" is a use or an occasion more often than a variety.
fn added_words_were_said_there(candidate: &Candidate<'_>, _: &Decided) -> bool {
    let said = &candidate.scene.baseline.understanding.utterance.words;
    candidate.items.iter().all(|item| {
        let Some(baseline) = candidate.partner(item) else {
            return false;
        };
        if !item.adds_to(baseline) {
            return true;
        }
        let words: Vec<&PlainWord> = item
            .words
            .iter()
            .filter(|word| word.kind != TokenKind::Symbol)
            .collect();
        let small = words.iter().filter(|word| !word.content).count();
        let small_before = baseline.words.iter().filter(|word| !word.content).count();
        small == small_before
            && said.windows(words.len().max(1)).any(|window| {
                window
                    .iter()
                    .zip(&words)
                    .all(|(said, word)| is_form(word, said))
            })
    })
}

/// Whether a word is a form of one that was said.
fn is_form(word: &PlainWord, said: &Word) -> bool {
    word.keys()
        .any(|key| key == said.norm || said.readings.iter().any(|reading| reading.lemma == key))
}

/// Whether a name is one noun, and adjectives.
fn is_noun_with_adjectives(words: &[PlainWord]) -> bool {
    let is_adjective = |word: &&PlainWord| {
        word.readings
            .first()
            .is_some_and(|reading| reading.is_attribute() && reading.case.is_some())
    };
    words.iter().all(|word| word.content)
        && words.iter().filter(is_adjective).count() + 1 == words.len()
}

/// Whether all of `words` stand in `name`, in their order.
fn is_subsequence(words: &[PlainWord], name: &[PlainWord]) -> bool {
    let mut name = name.iter();
    words.iter().all(|said| name.any(|word| covers(word, said)))
}

/// Each quantity is an exact amount that was said, and no amount serves two items.
fn quantities_were_said(candidate: &Candidate<'_>, _: &Decided) -> bool {
    let mut left: Vec<Amount> = candidate.said.iter().map(|said| said.quantity).collect();
    candidate
        .items
        .iter()
        .all(|item| match &item.read.quantity {
            None => true,
            Some(_) => item
                .quantity
                .and_then(|quantity| left.iter().position(|said| *said == quantity))
                .map(|at| left.swap_remove(at))
                .is_some(),
        })
}

/// Each unit was said with its quantity.
fn units_were_said(candidate: &Candidate<'_>, _: &Decided) -> bool {
    candidate.items.iter().all(|item| match &item.read.unit {
        None => true,
        Some(_) => candidate.said.iter().any(|said| {
            item.unit.is_some()
                && said.unit.as_deref() == item.unit
                && Some(said.quantity) == item.quantity
        }),
    })
}

/// An amount that the rules read stays with its item.
fn amounts_stay(candidate: &Candidate<'_>, _: &Decided) -> bool {
    candidate.baseline.iter().all(|baseline| {
        let quantity = baseline
            .item
            .quantity
            .as_ref()
            .and_then(|quantity| Amount::from_decimal(quantity.expose()));
        let unit = baseline.item.unit.as_ref().map(|unit| unit.expose());
        quantity.is_none()
            || candidate.items.iter().any(|item| {
                let own = candidate.partner(item);
                own.is_some_and(|own| std::ptr::eq(own, baseline))
                    && item.quantity == quantity
                    && item.unit == unit
            })
    })
}

fn lists_are_known(candidate: &Candidate<'_>, _: &Decided) -> bool {
    candidate
        .items
        .iter()
        .all(|item| item.list != Some(ListMention::Unknown))
}

/// A list is one that was said, or the one that the baseline chose.
fn lists_were_said(candidate: &Candidate<'_>, _: &Decided) -> bool {
    let lists = &candidate.scene.command.context.household.shopping_lists;
    candidate.items.iter().all(|item| {
        let Some(ListMention::Known(index)) = item.list else {
            return true;
        };
        let Some(list) = lists.get(index) else {
            return false;
        };
        let chosen = candidate
            .baseline
            .iter()
            .any(|baseline| baseline.item.list_id.as_ref() == Some(&list.list_id));
        let name = spoken_words(candidate.spoken.words_of(list.name.expose()));
        chosen || (!name.is_empty() && candidate.spoken.has_all(&name))
    })
}

fn confident_enough(candidate: &Candidate<'_>, _: &Decided) -> bool {
    candidate
        .reading
        .confidence
        .is_none_or(|confidence| (LEAST_CONFIDENCE..=1.0).contains(&confidence))
}

fn outcome_stays(candidate: &Candidate<'_>, built: &Decided) -> bool {
    built.reason == Reason::Clear
        && Intent::of(&built.decision.payload) == candidate.scene.baseline_intent()
        && items_of(&built.decision.payload).count() == candidate.items.len()
}

/// An item goes to the list that the baseline chose for it.
fn lists_stay(candidate: &Candidate<'_>, built: &Decided) -> bool {
    candidate
        .items
        .iter()
        .zip(items_of(&built.decision.payload))
        .all(|(item, built)| {
            candidate
                .partner(item)
                .is_some_and(|baseline| baseline.item.list_id == built.list_id)
        })
}

fn message_stays(candidate: &Candidate<'_>, built: &Decided) -> bool {
    match (
        &candidate.scene.baseline.decided.decision.payload,
        &built.decision.payload,
    ) {
        (Payload::StartJob(baseline), Payload::StartJob(built)) => {
            baseline.ui_message == built.ui_message
        }
        _ => false,
    }
}

fn contract_holds(_: &Candidate<'_>, built: &Decided) -> bool {
    passes_contract(&built.decision)
}
