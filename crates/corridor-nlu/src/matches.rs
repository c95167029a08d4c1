//! Which rules cover a clause.

use crate::engine::Engine;
use crate::pack::{Mood, Rule};
use crate::phrase::{Captures, Scratch, match_phrase};
use crate::utterance::View;

/// A rule whose phrase covers the clause.
pub(crate) struct Match<'r> {
    pub(crate) rule: &'r Rule,
    /// Entries that the phrase names in this clause, then in general.
    pub(crate) weight: (u16, u16),
    pub(crate) captures: Captures,
}

/// All rules whose phrases cover the clause, first by rank, then by how much the phrase itself says.
pub(crate) fn find<'r>(engine: &'r Engine, view: &View<'_>, mood: Mood) -> Vec<Match<'r>> {
    let rules = &engine.pack.rules;
    let mut present: Vec<crate::phrase::ClassId> = view
        .words()
        .flat_map(|word| word.memberships.iter().map(|m| m.class))
        .collect();
    present.sort_unstable();
    present.dedup();
    let mut places: Vec<(u32, u32)> = present
        .iter()
        .filter_map(|class| engine.pack.rules_by_class.get(class))
        .flatten()
        .chain(&engine.pack.rules_without_class)
        .copied()
        .collect();
    places.sort_unstable();
    places.dedup();
    let mut scratch = Scratch::default();
    let mut found: Vec<Match<'r>> = Vec::new();
    for (r, p) in places {
        let Some(rule) = rules.get(r as usize) else {
            continue;
        };
        if !rule.moods.contains(&mood) {
            continue;
        }
        let Some(phrase) = rule.phrases.get(p as usize) else {
            continue;
        };
        // A phrase without a word of its own says nothing of the language.
        if phrase.key_classes().is_empty() && rule.language != view.utterance.language {
            continue;
        }
        let begins = |class| {
            view.word(0).is_none_or(|word| word.is(class)) || crate::phrase::Words::is_mark(view, 0)
        };
        if !phrase.may_begin(begins)
            || !phrase.may_match(|class| present.binary_search(&class).is_ok())
        {
            continue;
        }
        if let Some(captures) = match_phrase(phrase, view, &mut scratch) {
            found.push(Match {
                rule,
                weight: (captures.named, phrase.weight),
                captures,
            });
        }
    }
    found.sort_by_key(|m| std::cmp::Reverse((m.rule.rank, m.weight)));
    found
}
