//! What says nothing of the matter: politeness, greetings, fillers, addresses, closing words, what a recogniser adds.

use crate::engine::Engine;
use crate::morph::{Case, Number};
use crate::pack::{Finds, Role};
use crate::phrase::Forms;
use crate::token::TokenKind;
use crate::utterance::{Utterance, View, Word};

use super::{Finder, Island};

/// Words before or behind which a name is an address.
const EDGE: usize = 2;

/// For each token, the role that takes it out of the matter. Spoken punctuation becomes the mark that it names.
pub(crate) fn find(engine: &Engine, utterance: &mut Utterance) -> Vec<Option<Role>> {
    let mut roles = among(engine, utterance);

    let spoken: Vec<usize> = (0..roles.len())
        .filter(|&at| {
            roles.get(at) == Some(&Some(Role::Mark))
                && (at == 0 || roles.get(at - 1) != Some(&Some(Role::Mark)))
        })
        .collect();
    for at in spoken {
        if let (Some(token), Some(role)) = (utterance.tokens.get_mut(at), roles.get_mut(at)) {
            token.kind = TokenKind::Symbol;
            token.norm = ",".to_owned();
            *role = None;
        }
        if let Some(word) = utterance.words.get_mut(at) {
            *word = Word {
                norm: ",".to_owned(),
                ..Word::default()
            };
        }
    }
    lines(utterance, &mut roles);
    roles
}

/// Bullets and numbers of lines («- хлеб», "1. milk", «2) сыр;») are neither words nor amounts.
fn lines(utterance: &mut Utterance, roles: &mut [Option<Role>]) {
    // "1) cheese 2) butter": the number that goes on a list within one line.
    let mut next_number: Option<u32> = None;
    for at in 0..utterance.tokens.len() {
        let Some(token) = utterance.tokens.get(at) else {
            return;
        };
        let first = at == 0 || token.new_line;
        let behind = |back: usize, marks: &[&str]| {
            at.checked_sub(back)
                .and_then(|at| utterance.tokens.get(at))
                .is_some_and(|token| marks.contains(&token.norm.as_str()))
        };
        let next = utterance.tokens.get(at + 1);
        let bullet = token.kind == TokenKind::Symbol
            && matches!(token.norm.as_str(), "-" | "*" | "•" | "·" | "–" | "—" | "+");
        let closed =
            next.is_some_and(|next| next.glued && (next.is(")") || (first && next.is("."))));
        let opened = first || behind(1, &[":", ";", ","]);
        let value = token.norm.parse().ok();
        let goes_on = value.is_some()
            && value == next_number
            && next.is_some_and(|next| next.glued && next.is(")"));
        let number =
            token.kind == TokenKind::Number && closed && (opened || goes_on) && !behind(1, &["("]);
        if number {
            next_number = value.map(|value: u32| value.saturating_add(1));
        }
        let len = match (
            first && bullet && next.is_some_and(|next| !next.glued),
            number,
        ) {
            (true, _) => 1,
            (_, true) => 2,
            _ => continue,
        };
        let line = first && at > 0;
        for role in roles.iter_mut().skip(at).take(len) {
            *role = Some(Role::Mark);
        }
        if let Some(token) = utterance.tokens.get_mut(at + len) {
            token.new_line |= line || number;
        }
    }
}

fn among(engine: &Engine, utterance: &Utterance) -> Vec<Option<Role>> {
    let all = View::new(utterance, 0..utterance.tokens.len(), |_| true);
    let mut roles = vec![None; utterance.tokens.len()];
    let mut finder = Finder::new(engine, &engine.pack.noise, &all);
    let mut found: Vec<Island<'_>> = Vec::new();
    let mut at = 0;
    while at < all.at.len() {
        found.clear();
        // «каждый раз», "from now on", "do you know" is no filler, whatever its words are.
        let known = &engine.pack.known;
        let whole = utterance.words.get(at).and_then(|word| {
            word.entry(known.always, Forms::ANY)
                .or_else(|| word.entry(known.as_said, Forms::ANY))
        });
        if let Some(len) = whole {
            at += len;
            continue;
        }
        finder.at(at, &mut found);
        let best = found
            .iter()
            .filter_map(|island| match island.rule.finds {
                Finds::Island(role) if stands_well(engine, utterance, role, island) => {
                    Some((role, island))
                }
                _ => None,
            })
            .max_by_key(|(_, island)| island.range.end);
        let Some((role, island)) = best else {
            at += 1;
            continue;
        };
        let range = island.range.clone();
        at = range.end.max(at + 1);
        let marked = without_its_commas(engine, utterance, range);
        for slot in roles.get_mut(marked).into_iter().flatten() {
            *slot = Some(role);
        }
    }
    roles
}

/// Whether an island of this role may stand here.
fn stands_well(engine: &Engine, utterance: &Utterance, role: Role, island: &Island<'_>) -> bool {
    let said_before = (0..island.range.start)
        .filter(|&at| utterance.is_said(at))
        .count();
    let said_behind = (island.range.end..utterance.tokens.len())
        .filter(|&at| utterance.is_said(at))
        .take(EDGE + 1)
        .count();
    let mark = |at: usize| utterance.is_mark(at);
    let broken_before = island.range.start == 0 || mark(island.range.start - 1);
    let broken_behind = island.range.end >= utterance.tokens.len() || mark(island.range.end);
    match role {
        Role::Greeting => said_before <= EDGE,
        Role::Closing | Role::Tail => said_behind == 0,
        // An assistant's name at an edge; an endearment only where it is set off, as it may be a word of the matter.
        Role::Address => {
            let assistant =
                (island.range.clone()).any(|at| utterance.has(at, engine.pack.known.assistant));
            let set_off = broken_before && broken_behind;
            // "flour, sugar, yeast"
            let good = island.range.clone().any(|at| {
                utterance
                    .words
                    .get(at)
                    .is_some_and(|word| word.good.is_some())
            });
            // "lunch with boss", "vacuum with the robot"
            let led = island.range.start.checked_sub(1).is_some_and(|before| {
                utterance.has(before, engine.pack.known.article)
                    || utterance.has(before, engine.pack.known.leads_noun)
            });
            let last = island.range.end.saturating_sub(1);
            let plain = utterance.words.get(last).is_some_and(|word| {
                word.readings.first().is_none_or(|reading| {
                    reading.lemma == word.norm
                        || (reading.case == Some(Case::Nominative)
                            && reading.number == Some(Number::Singular))
                })
            });
            let edge = said_before <= EDGE || said_behind < EDGE;
            if assistant {
                ((edge && plain) || set_off) && !led
            } else {
                // "mates are over on friday"
                let subject = utterance.words.get(island.range.end).is_some_and(|word| {
                    (word.readings.iter()).any(|r| r.verb.is_some() && r.lemma != word.norm)
                        && word
                            .entry(engine.pack.known.verb, Forms::IMPERATIVE)
                            .is_none()
                });
                // "feed the hens" is no address: called is who is named as the dictionary has it, without an article.
                let end = plain && !led && !subject && (said_before == 0 || said_behind == 0);
                // "honey, add bread": a good too, but nobody orders it before the order.
                let ordered = orders_behind(engine, utterance, island.range.end);
                let called = said_before == 0 && ordered;
                // "out of milk mate, get two"
                let between = plain && !led && !good && broken_behind && ordered;
                (!good || called)
                    && (set_off || end || between)
                    && (said_before > 0 || said_behind > 0)
            }
        }
        _ => true,
    }
}

/// Whether the next word said is an imperative, or begins a clause that names nothing to buy ("honey, we're out of tea").
fn orders_behind(engine: &Engine, utterance: &Utterance, from: usize) -> bool {
    let next = (from..utterance.tokens.len()).find(|&at| utterance.is_said(at));
    next.and_then(|at| utterance.words.get(at))
        .is_some_and(|word| {
            let known = &engine.pack.known;
            word.entry(known.order, Forms::IMPERATIVE).is_some()
                || (word.good.is_none()
                    && (word.entry(known.verb, Forms::IMPERATIVE).is_some()
                        || word.is(known.never_item)))
        })
}

/// «помой, пожалуйста, окна»: what stands between commas behind an order takes both with it; they part nothing there.
fn without_its_commas(
    engine: &Engine,
    utterance: &Utterance,
    range: std::ops::Range<usize>,
) -> std::ops::Range<usize> {
    let comma = |at: usize| {
        utterance
            .tokens
            .get(at)
            .is_some_and(|token| token.is(",") && token.kind == TokenKind::Symbol)
    };
    let order = range.start.checked_sub(2).is_some_and(|at| {
        utterance.words.get(at).is_some_and(|word| {
            word.entry(engine.pack.known.verb, Forms::IMPERATIVE)
                .is_some()
        })
    });
    let before = range.start > 0 && comma(range.start - 1);
    match (order && before, comma(range.end)) {
        (true, true) => range.start - 1..range.end + 1,
        _ if range.start == 0 && comma(range.end) => range.start..range.end + 1,
        _ => range,
    }
}
