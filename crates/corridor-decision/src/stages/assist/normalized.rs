//! The text with slips repaired: taken only if each changed word is a repair of a word that was said.

use corridor_llm::private::Answer;
use corridor_nlu::token::{Script, Token, TokenKind};
use corridor_nlu::typo::distance;
use corridor_nlu::utterance::Word;
use corridor_nlu::{Engine, Marker, Utterance};

use crate::decide::Baseline;
use crate::records::{AssistCounts, AssistRefusal};
use crate::stages::reading::only_text;
use crate::stages::scene::Scene;

use super::{NO_COUNTS, Taken, Verdict, replace};

/// Signs that a repair may add or drop: they part words and say nothing else. Question marks, percent signs and dashes stay.
const FREE_SIGNS: [&str; 8] = [".", ",", ";", ":", "!", "\"", "(", ")"];

/// A shorter word is never repaired by edits: too many words lie near it.
const SHORTEST_REPAIRED: usize = 4;

/// From this length on a repair may be of two edits.
const TWO_EDITS_FROM: usize = 6;

/// A text this much longer than what was said, in characters, is no repair of it.
const MOST_ADDED_CHARS: usize = 40;

/// Judges the hint; what the rules make of an accepted text becomes `better`.
pub(super) fn judge<'c>(
    scene: Scene<'c>,
    answer: &Answer,
    better: &mut Option<Baseline<'c>>,
) -> Verdict {
    let text = match only_text(answer, "text") {
        Ok(text) => text,
        Err(broke) => return Verdict::refused(broke),
    };
    let said = scene.command.text.expose();
    if text.expose().trim() == said.trim() {
        return Verdict {
            result: Ok(Taken::Nothing),
            counts: NO_COUNTS,
        };
    }
    if text.expose().chars().count() > said.chars().count().saturating_add(MOST_ADDED_CHARS) {
        return Verdict::refused(AssistRefusal::WordAdded);
    }
    let next = scene
        .decider
        .reread(scene.command, text.expose(), scene.stamp);
    let engine = scene.engine();
    let words_changed = match repairs(
        engine,
        &scene.baseline.understanding.utterance,
        &next.understanding.utterance,
    ) {
        Ok(changed) => changed,
        Err(refusal) => return Verdict::refused(refusal),
    };
    let counts = AssistCounts {
        words_changed,
        ..NO_COUNTS
    };
    if words_changed == 0
        && next.decided.decision.payload == scene.baseline.decided.decision.payload
    {
        return Verdict {
            result: Ok(Taken::Nothing),
            counts,
        };
    }
    Verdict {
        result: replace(scene, better, next),
        counts,
    }
}

/// How many words of `said` are repaired in `text`.
///
/// # Errors
/// Why `text` is no repair of `said`.
pub(super) fn repairs(
    engine: &Engine,
    said: &Utterance,
    text: &Utterance,
) -> Result<u32, AssistRefusal> {
    if signs(said) != signs(text) {
        return Err(AssistRefusal::SignChanged);
    }
    if Marker::ALL
        .into_iter()
        .any(|marker| engine.count_markers(said, marker) != engine.count_markers(text, marker))
    {
        return Err(AssistRefusal::MarkerChanged);
    }
    let (before, after) = (Words::of(engine, said), Words::of(engine, text));
    if let Some(changed) = align(&before, &after) {
        return Ok(changed);
    }
    Err(if numbers(said) != numbers(text) {
        AssistRefusal::NumberChanged
    } else {
        match after.count().cmp(&before.count()) {
            std::cmp::Ordering::Greater => AssistRefusal::WordAdded,
            std::cmp::Ordering::Less => AssistRefusal::WordDropped,
            std::cmp::Ordering::Equal => AssistRefusal::WordNotARepair,
        }
    })
}

/// The signs that carry meaning, in any order.
fn signs(utterance: &Utterance) -> Vec<&str> {
    let mut signs: Vec<&str> = utterance
        .tokens
        .iter()
        .filter(|token| token.kind == TokenKind::Symbol)
        .map(|token| token.norm.as_str())
        .filter(|sign| !FREE_SIGNS.contains(sign))
        .collect();
    signs.sort_unstable();
    signs
}

fn numbers(utterance: &Utterance) -> Vec<corridor_nlu::amount::Amount> {
    let mut numbers: Vec<_> = utterance
        .words
        .iter()
        .filter_map(|word| word.number.as_ref())
        .map(|number| number.amount)
        .collect();
    numbers.sort_unstable();
    numbers
}

/// Words and numbers of an utterance, signs left out.
struct Words<'u> {
    engine: &'u Engine,
    utterance: &'u Utterance,
    at: Vec<usize>,
}

impl<'u> Words<'u> {
    fn of(engine: &'u Engine, utterance: &'u Utterance) -> Self {
        Self {
            engine,
            utterance,
            at: (0..utterance.tokens.len())
                .filter(|&at| utterance.is_said(at))
                .collect(),
        }
    }

    fn count(&self) -> usize {
        self.at.len()
    }

    fn get(&self, index: usize) -> Option<(&'u Token, &'u Word)> {
        let at = *self.at.get(index)?;
        Some((
            self.utterance.tokens.get(at)?,
            self.utterance.words.get(at)?,
        ))
    }

    fn known_as_said(&self, index: usize) -> bool {
        self.at
            .get(index)
            .is_some_and(|&at| self.engine.knows_as_said(self.utterance, at))
    }

    /// Two words written as one.
    fn joined(&self, index: usize) -> Option<String> {
        let ((first, _), (second, _)) = (self.get(index)?, self.get(index + 1)?);
        let words = first.kind == TokenKind::Word && second.kind == TokenKind::Word;
        words.then(|| format!("{}{}", first.norm, second.norm))
    }
}

/// The least number of words changed on a way from `before` to `after` in which every step is allowed, or nothing where there is none.
/// Dynamic programming over both texts; the order of words stays.
fn align(before: &Words<'_>, after: &Words<'_>) -> Option<u32> {
    let (rows, columns) = (before.count() + 1, after.count() + 1);
    let mut best: Vec<Option<u32>> = vec![None; rows.checked_mul(columns)?];
    let place = |row: usize, column: usize| row * columns + column;
    if let Some(first) = best.first_mut() {
        *first = Some(0);
    }
    for row in 0..rows {
        for column in 0..columns {
            let Some(cost) = best.get(place(row, column)).copied().flatten() else {
                continue;
            };
            for step in steps(before, row, after, column) {
                let (to_row, to_column) = (row + step.before, column + step.after);
                if let Some(cell) = best.get_mut(place(to_row, to_column)) {
                    let total = cost.saturating_add(step.changed);
                    *cell = Some(cell.map_or(total, |known| known.min(total)));
                }
            }
        }
    }
    best.last().copied().flatten()
}

/// Some words of one text that stand for some words of the other.
struct Step {
    before: usize,
    after: usize,
    changed: u32,
}

/// The allowed steps from a place in both texts.
fn steps(before: &Words<'_>, row: usize, after: &Words<'_>, column: usize) -> Vec<Step> {
    let mut steps = Vec::with_capacity(2);
    let (Some((said, said_word)), Some((text, text_word))) = (before.get(row), after.get(column))
    else {
        return steps;
    };
    let mut step = |before, after, changed| {
        steps.push(Step {
            before,
            after,
            changed,
        });
    };
    if said.norm == text.norm {
        step(1, 1, 0);
    } else if is_repair(before, row, after, column) {
        step(1, 1, 1);
    }
    // Number words as digits, or the other way round: the same amount, each as long as it is written.
    if let (Some(number), Some(other)) = (&said_word.number, &text_word.number)
        && number.amount == other.amount
    {
        step(number.len, other.len, u32::from(said.norm != text.norm));
    }
    // Only letters of words that nobody knows move together or apart: "не давно" stays.
    if before.joined(row).as_deref() == Some(&text.norm)
        && !(before.known_as_said(row) && before.known_as_said(row + 1))
    {
        step(2, 1, 1);
    }
    if after.joined(column).as_deref() == Some(&said.norm) && !before.known_as_said(row) {
        step(1, 2, 1);
    }
    steps
}

/// Whether one word is a repair of another: another form of it that is no verb's, or a small edit of a word that nobody knows to one that
/// somebody does.
fn is_repair(before: &Words<'_>, row: usize, after: &Words<'_>, column: usize) -> bool {
    let (Some((said, said_word)), Some((text, text_word))) = (before.get(row), after.get(column))
    else {
        return false;
    };
    if said.kind != TokenKind::Word || text.kind != TokenKind::Word || said.script != text.script {
        return false;
    }
    // The rules' own repair came to the same word.
    if said_word.repaired && said_word.norm == text.norm {
        return true;
    }
    if before.known_as_said(row) {
        return same_lemma(said_word, text_word);
    }
    let length = said.norm.chars().count();
    let most = if length >= TWO_EDITS_FROM { 2 } else { 1 };
    length >= SHORTEST_REPAIRED
        && matches!(said.script, Script::Cyrillic | Script::Latin)
        && after.known_as_said(column)
        && distance(&said.norm, &text.norm) <= most
}

/// Whether two words are forms of one noun or adjective. Forms of verbs tell what was done from what is to be done, so they stay.
fn same_lemma(a: &Word, b: &Word) -> bool {
    let is_verb = |word: &Word| word.readings.iter().any(|reading| reading.verb.is_some());
    !is_verb(a)
        && !is_verb(b)
        && a.readings
            .iter()
            .any(|reading| b.readings.iter().any(|other| other.lemma == reading.lemma))
}
