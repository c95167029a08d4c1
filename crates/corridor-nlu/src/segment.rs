//! Clauses: where one order ends and the next begins.
//!
//! The whole utterance is tried first: a rule that covers it all knows best. Only where none does, it is cut where a new order may begin,
//! and a cut counts only if both sides mean something by themselves.

use crate::judge::{Judge, Judged, Verdict};
use crate::pack::Mood;
use crate::phrase::Forms;
use crate::token::TokenKind;
use crate::utterance::View;

/// More orders in one utterance are not told apart; the rest stays one clause.
const MOST_CLAUSES: usize = 16;
/// A piece that means nothing alone is joined with at most this many after it.
const MOST_JOINED: usize = 3;

/// The clauses of an utterance with what each means.
pub(crate) struct Clauses<'u>(pub(crate) Vec<(View<'u>, Option<Judged>)>);

/// Cuts and judges.
pub(crate) fn judge<'u>(judge: &mut Judge<'_>, whole: &View<'u>) -> Clauses<'u> {
    let judged = judge.judge(whole, Mood::Plain, 0);
    let not_ours = matches!(
        judged.as_ref().map(|judged| &judged.verdict),
        Some(Verdict::NotOurs(_))
    );
    if judged.is_some() && !not_ours {
        return Clauses(vec![(whole.clone(), judged)]);
    }
    let cuts = cuts(judge, whole);
    if cuts.is_empty() {
        return Clauses(vec![(whole.clone(), judged)]);
    }
    let clauses = in_pieces(judge, whole, &cuts);
    // «не забудь купить хлеб и полить цветы» only looks like a negation as a whole; but what is not ours in a part, is as a whole;
    // a part that must be refused is refused all the same.
    let ours = |clause: &(View<'_>, Option<Judged>)| {
        clause
            .1
            .as_ref()
            .is_some_and(|judged| !matches!(judged.verdict, Verdict::NotOurs(_)))
    };
    let rejected = clauses.iter().any(|(_, judged)| {
        matches!(
            judged.as_ref().map(|judged| &judged.verdict),
            Some(Verdict::Reject(_))
        )
    });
    if not_ours && !rejected && !clauses.iter().all(ours) {
        return Clauses(vec![(whole.clone(), judged)]);
    }
    Clauses(clauses)
}

fn in_pieces<'u>(
    judge: &mut Judge<'_>,
    whole: &View<'u>,
    cuts: &[usize],
) -> Vec<(View<'u>, Option<Judged>)> {
    let mut edges = vec![0];
    edges.extend(cuts);
    edges.push(whole.at.len());
    let mut clauses = Vec::new();
    let mut piece = 0;
    let mut mood = Mood::Plain;
    while piece + 1 < edges.len() {
        let mut taken = None;
        // A piece that means nothing alone may mean something with the next.
        for joined in 1..=MOST_JOINED {
            let (Some(&from), Some(&to)) = (edges.get(piece), edges.get(piece + joined)) else {
                break;
            };
            let view = without_conjunctions(judge, whole.part(from..to));
            // «надо купить хлеб и позвонить маме»: the need goes on where an infinitive does.
            let mood = if begins_with_infinitive(judge, &view) {
                mood
            } else {
                Mood::Plain
            };
            if let Some(judged) = judge.judge(&view, mood, 0) {
                taken = Some((joined, view, Some(judged)));
                break;
            }
        }
        let (joined, view, judged) = match taken {
            Some(taken) => taken,
            None => {
                let (from, to) = (
                    edges.get(piece).copied().unwrap_or(0),
                    edges.get(piece + 1).copied().unwrap_or(0),
                );
                (1, whole.part(from..to), None)
            }
        };
        piece += joined;
        mood = judged
            .as_ref()
            .map_or(Mood::Plain, |judged: &Judged| judged.mood);
        clauses.push((view, judged));
    }
    clauses
}

fn begins_with_infinitive(judge: &Judge<'_>, view: &View<'_>) -> bool {
    view.word(0).is_some_and(|word| {
        word.entry(judge.engine.pack.known.verb, Forms::INFINITIVE)
            .is_some()
    })
}

fn without_conjunctions<'u>(judge: &Judge<'_>, view: View<'u>) -> View<'u> {
    let and = judge.engine.pack.known.and;
    let mut view = view.trimmed();
    while view.word(0).is_some_and(|word| word.is(and)) {
        view = view.part(1..view.at.len()).trimmed();
    }
    while view.at.len() > 1
        && view
            .word(view.at.len() - 1)
            .is_some_and(|word| word.is(and))
    {
        view = view.part(0..view.at.len() - 1).trimmed();
    }
    view
}

/// Places where a clause may begin: the first word of an order behind a conjunction or a mark, an imperative of the pack's orders
/// anywhere, and whatever follows the end of a sentence.
fn cuts(judge: &Judge<'_>, view: &View<'_>) -> Vec<usize> {
    let known = &judge.engine.pack.known;
    let mut cuts = Vec::new();
    for at in 1..view.at.len() {
        let (Some(word), Some(token)) = (view.word(at), view.token(at)) else {
            continue;
        };
        if token.kind == TokenKind::Symbol {
            continue;
        }
        let before = view.token(at - 1);
        let sentence = before.is_some_and(|t| matches!(t.norm.as_str(), "." | "!" | "?" | ";"))
            || token.new_line;
        let broken = sentence
            || before.is_some_and(|t| t.is(","))
            || view.word(at - 1).is_some_and(|w| w.is(known.and));
        let order = word
            .entry(known.verb, Forms::IMPERATIVE.or(Forms::INFINITIVE))
            .is_some()
            || word.is(known.head)
            || word.is(known.person);
        let strong = word.entry(known.order, Forms::IMPERATIVE).is_some();
        if sentence || (broken && order) || strong {
            cuts.push(at);
            if cuts.len() + 1 >= MOST_CLAUSES {
                break;
            }
        }
    }
    cuts
}
