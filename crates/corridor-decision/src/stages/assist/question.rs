//! A question to the person: its words may replace the pack's, if it is short, in the right language, on topic and quotes nothing.

use corridor_contract::{ClarifyPurpose, MissingField, Payload, Said};
use corridor_llm::private::Answer;
use corridor_nlu::{Language, PlainWord};

use crate::decide::{Baseline, Decided};
use crate::records::{AssistRefusal, ReasonCode};
use crate::stages::grounding::{Spoken, same_word};
use crate::stages::reading::only_text;
use crate::stages::scene::{Scene, passes_contract};
use crate::words::Words;

use super::{NO_COUNTS, Taken, Verdict, asked_for};

/// The longest question, in characters.
const MOST_CHARS: usize = 120;

/// The longest question, in words.
const MOST_WORDS: usize = 15;

/// Words shorter than this quote nobody.
const SHORTEST_QUOTED: usize = 3;

/// Judges the hint against what is decided by now.
pub(super) fn judge<'c>(
    scene: Scene<'c>,
    answer: &Answer,
    better: &mut Option<Baseline<'c>>,
) -> Verdict {
    let result = match only_text(answer, "question") {
        Ok(question) => replace_question(scene, &question, better),
        Err(broke) => Err(broke.into()),
    };
    Verdict {
        result,
        counts: NO_COUNTS,
    }
}

fn replace_question<'c>(
    scene: Scene<'c>,
    question: &Said,
    better: &mut Option<Baseline<'c>>,
) -> Result<Taken, ReasonCode> {
    let present = better.as_ref().unwrap_or(scene.baseline);
    let asked = asked_for(&scene.baseline.decided);
    // The question was asked for what the baseline lacked; by now something else may be missing, or nothing.
    let Some(field) = asked_for(&present.decided).filter(|field| Some(*field) == asked) else {
        return Ok(Taken::Nothing);
    };
    check(scene, field, question.expose())?;
    let mut decided: Decided = present.decided.clone();
    match &mut decided.decision.payload {
        Payload::Clarify(clarify) if clarify.purpose == ClarifyPurpose::Ask => {
            clarify.question = Said::new(question.expose().trim());
        }
        _ => return Ok(Taken::Nothing),
    }
    if !passes_contract(&decided.decision) {
        return Err(crate::records::InternalError::ContractBroken.into());
    }
    *better = Some(Baseline {
        decided,
        understanding: present.understanding.clone(),
        situation: present.situation.clone(),
    });
    Ok(Taken::Something)
}

/// Whether a question may be put to the person.
fn check(scene: Scene<'_>, missing: MissingField, question: &str) -> Result<(), AssistRefusal> {
    let question = question.trim();
    let count = question.split_whitespace().count();
    if question.is_empty() || question.chars().count() > MOST_CHARS || count > MOST_WORDS {
        return Err(AssistRefusal::QuestionLength);
    }
    if !is_one_question(question) {
        return Err(AssistRefusal::QuestionShape);
    }
    if !is_in(question, scene.language()) {
        return Err(AssistRefusal::QuestionLanguage);
    }
    let words = scene.engine().plain_words(question);
    let topic = listed(
        scene,
        &format!("topic_{}", missing.as_str().replace('.', "_")),
    );
    if !words
        .iter()
        .any(|word| word.content && topic.iter().any(|other| same_word(word, other)))
    {
        return Err(AssistRefusal::QuestionOffTopic);
    }
    if quotes(scene, &words, &topic) {
        return Err(AssistRefusal::QuestionQuotes);
    }
    Ok(())
}

/// One question mark, at the end; otherwise letters, spaces and commas: no digits, links, quotes or second sentence.
fn is_one_question(question: &str) -> bool {
    question.strip_suffix('?').is_some_and(|asked| {
        asked
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, ' ' | ',' | '-' | '–' | '—' | '\'' | '’'))
    })
}

/// Every letter is of the language's alphabet.
fn is_in(question: &str, language: Language) -> bool {
    let own = |c: char| match language {
        Language::Ru => matches!(c, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё'),
        Language::En => c.is_ascii_alphabetic(),
    };
    let mut letters = question.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(own)
}

/// Words that the pack lists under a key.
fn listed(scene: Scene<'_>, key: &str) -> Vec<PlainWord> {
    let words = Words::new(scene.engine(), scene.language());
    match words.find(key) {
        Some(list) => scene.engine().plain_words(list),
        None => Vec::new(),
    }
}

/// Whether the question repeats a content word of the command that is neither of its topic nor one that any question has.
fn quotes(scene: Scene<'_>, words: &[PlainWord], topic: &[PlainWord]) -> bool {
    let spoken = Spoken::new(scene.engine(), &scene.baseline.understanding.utterance, []);
    let common = listed(scene, "topic_common");
    words.iter().any(|word| {
        word.content
            && word.norm.chars().count() >= SHORTEST_QUOTED
            && !topic
                .iter()
                .chain(&common)
                .any(|other| same_word(word, other))
            && spoken.has(word)
    })
}
