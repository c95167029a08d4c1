//! The same number in the other notation.

use super::base::Base;
use super::kind::Kind;
use super::language::LanguageWords;
use super::text::replaced;
use super::variant::Variant;

/// Words to digits.
pub(super) fn digits(language: &LanguageWords, base: &Base<'_>) -> Vec<Variant> {
    let is_word = |said: &str| !said.chars().any(|letter| letter.is_ascii_digit());
    variants(Kind::Digits, language, base, |said, number| {
        is_word(said).then(|| number.to_owned())
    })
}

/// Digits to words. A number that has several words takes its form from what is counted, so it is left alone.
pub(super) fn words(language: &LanguageWords, base: &Base<'_>) -> Vec<Variant> {
    variants(
        Kind::NumberWord,
        language,
        base,
        |said, number| match language.raw.numbers.get(number)?.as_slice() {
            [word] if said == number => Some(word.clone()),
            _ => None,
        },
    )
}

fn variants(
    kind: Kind,
    language: &LanguageWords,
    base: &Base<'_>,
    write: impl Fn(&str, &str) -> Option<String>,
) -> Vec<Variant> {
    let text = base.text();
    let change = |position: usize| {
        let word = base.words.get(position)?;
        let number = language.number(&word.plain)?;
        let counts = is_amount(base, number) || is_time(language, base, position, number);
        if !counts || !stands_alone(language, base, position) || names(base, &word.plain) {
            return None;
        }
        let changed = replaced(text, &word.span, &write(&word.plain, number)?)?;
        Some(Variant::same(kind, changed, base))
    };
    (0..base.words.len()).filter_map(change).collect()
}

/// Whether it is the amount of an item.
fn is_amount(base: &Base<'_>, number: &str) -> bool {
    let mut items = base.answer.items.iter();
    items.any(|item| item.quantity.as_deref() == Some(number))
}

/// Whether it is the hour at which a task is due.
fn is_time(language: &LanguageWords, base: &Base<'_>, position: usize, number: &str) -> bool {
    let behind_at = position
        .checked_sub(1)
        .and_then(|before| base.words.get(before))
        .is_some_and(|before| language.raw.number_places.times.contains(&before.plain));
    let hour = |due: &String| {
        let clock = due.split_once('T')?.1;
        let hour: u32 = clock.get(..2)?.parse().ok()?;
        Some((hour, clock.get(3..5)? == "00"))
    };
    let said: Option<u32> = number.parse().ok();
    let is_due = |due: &String| {
        hour(due).is_some_and(|(hour, full)| {
            full && said.is_some_and(|said| said == hour || said + 12 == hour)
        })
    };
    behind_at
        && base
            .answer
            .tasks
            .iter()
            .any(|task| task.due.as_ref().is_some_and(is_due))
}

/// Whether no other number and no mark inside a number stands beside it.
fn stands_alone(language: &LanguageWords, base: &Base<'_>, position: usize) -> bool {
    let Some(word) = base.words.get(position) else {
        return false;
    };
    let text = base.text();
    let before = text
        .get(..word.span.start)
        .and_then(|before| before.chars().next_back());
    let behind = text
        .get(word.span.end..)
        .and_then(|behind| behind.chars().next());
    let free = |letter: Option<char>| {
        letter.is_none_or(|letter| letter.is_whitespace() || letter == ',' || letter == '.')
    };
    let joins = |letter: Option<char>, further: Option<char>| {
        matches!(letter, Some(',' | '.')) && further.is_some_and(char::is_alphanumeric)
    };
    let further = text
        .get(word.span.end..)
        .and_then(|behind| behind.chars().nth(1));
    let nearest = text
        .get(..word.span.start)
        .and_then(|before| before.chars().rev().nth(1));
    let beside = [position.checked_sub(1), position.checked_add(1)];
    let is_number = |word: &super::text::Word| {
        word.plain.chars().any(|letter| letter.is_ascii_digit())
            || language.number(&word.plain).is_some()
            || language.raw.number_places.neighbours.contains(&word.plain)
    };
    free(before)
        && free(behind)
        && !joins(behind, further)
        && !joins(before, nearest)
        && !beside
            .into_iter()
            .flatten()
            .filter_map(|at| base.words.get(at))
            .any(is_number)
}

/// Whether the number is part of a name, a title or a description.
fn names(base: &Base<'_>, number: &str) -> bool {
    let (items, tasks) = (&base.answer.items, &base.answer.tasks);
    let said = items
        .iter()
        .map(|item| item.name.as_str())
        .chain(tasks.iter().map(|task| task.title.as_str()))
        .chain(tasks.iter().filter_map(|task| task.description.as_deref()));
    said.into_iter().any(|text| {
        super::text::words(text)
            .iter()
            .any(|word| word.plain == number)
    })
}
