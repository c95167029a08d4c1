//! Parts of a command in another order: the list, the day.

use std::ops::Range;

use super::base::Base;
use super::kind::Kind;
use super::language::LanguageWords;
use super::stems::Form;
use super::text::{Word, bytes, find, first_large, split_end, words};
use super::variant::Variant;

/// The list from behind to the front, or back.
pub(super) fn lists(language: &LanguageWords, base: &Base<'_>) -> Vec<Variant> {
    let items = &base.answer.items;
    let one_list = items.windows(2).all(|pair| match pair {
        [one, other] => one.list == other.list,
        _ => true,
    });
    if items.is_empty() || !base.answer.tasks.is_empty() || !one_list || !base.is_one_line() {
        return Vec::new();
    }
    // With several orders, which of them a list behind belongs to may change.
    if orders(language, &base.words) != 1 {
        return Vec::new();
    }
    let range = longest_at_an_end(language, base);
    variants(Kind::ListOrder, language, base, range)
}

/// The day from behind to the front, or back, with a clock time that stands behind it.
pub(super) fn days(language: &LanguageWords, base: &Base<'_>) -> Vec<Variant> {
    let order = &language.raw.order;
    let (items, tasks) = (&base.answer.items, &base.answer.tasks);
    let one = (tasks.len() == 1 && items.is_empty()) || (tasks.is_empty() && !items.is_empty());
    if !one || !base.is_one_line() {
        return Vec::new();
    }
    let all = &base.words;
    let mut found: Vec<Range<usize>> = order
        .days
        .iter()
        .filter_map(|day| find(all, &words(day), 0))
        .collect();
    // "Tomorrow morning" holds "tomorrow"; the longer one is meant.
    found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    found.dedup_by_key(|range| range.start);
    let Some(day) = found.first().cloned() else {
        return Vec::new();
    };
    let is_tail = |word: &Word| {
        let digits = word.plain.chars().all(|letter| letter.is_ascii_digit());
        digits || order.day_tail.contains(&word.plain) || order.day_links.contains(&word.plain)
    };
    let tail = all.iter().skip(day.end).take_while(|word| is_tail(word));
    let range = day.start..day.end + tail.count();
    // "Friday at quarter to nine" goes on beyond the words that are known to move along.
    let is_cut = all
        .get(range.end - 1)
        .is_some_and(|last| order.day_links.contains(&last.plain));
    let another = found.iter().any(|other| other.start >= range.end);
    let is_bound = day
        .start
        .checked_sub(1)
        .and_then(|before| all.get(before))
        .is_some_and(|before| order.day_bound.contains(&before.plain));
    if another || is_bound || is_cut {
        return Vec::new();
    }
    variants(Kind::DayOrder, language, base, Some(range))
}

/// The longest phrase with a list in it that the text begins or ends with, or that stands behind the order.
fn longest_at_an_end(language: &LanguageWords, base: &Base<'_>) -> Option<Range<usize>> {
    let all = &base.words;
    let mut found: Vec<Range<usize>> = Vec::new();
    for pattern in &language.raw.order.lists {
        for name in &base.lists {
            let phrase: Vec<Place> = pattern
                .split_whitespace()
                .flat_map(|part| {
                    let is_name = part.contains("{}");
                    let own = words(&part.replace("{}", name));
                    own.into_iter().map(move |word| Place { word, is_name })
                })
                .collect();
            let fits = |start: usize| {
                let here = all.get(start..start + phrase.len()).unwrap_or_default();
                !here.is_empty()
                    && here
                        .iter()
                        .zip(&phrase)
                        .all(|(word, place)| place.fits(word))
            };
            let last = all.len().checked_sub(phrase.len());
            let starts = last
                .into_iter()
                .flat_map(|last| (0..=MOST_BEFORE).chain([last]));
            found.extend(
                starts
                    .filter(|start| fits(*start))
                    .map(|start| start..start + phrase.len()),
            );
        }
    }
    found.into_iter().max_by_key(ExactSizeIterator::len)
}

/// A word of a phrase that names a list.
struct Place {
    word: Word,
    /// Names stand in any case.
    is_name: bool,
}

impl Place {
    fn fits(&self, said: &Word) -> bool {
        let (own, said) = (&self.word.plain, &said.plain);
        own == said || (self.is_name && Form::of(said, own, 2, 3).is_some())
    }
}

/// The range in front and behind, wherever it did not stand before. In front of the rest it stands where the rest begins with an order.
fn variants(
    kind: Kind,
    language: &LanguageWords,
    base: &Base<'_>,
    range: Option<Range<usize>>,
) -> Vec<Variant> {
    let texts = range.and_then(|range| moved(language, base, &range));
    let texts = texts.into_iter().flatten();
    texts.map(|text| Variant::same(kind, text, base)).collect()
}

fn moved(language: &LanguageWords, base: &Base<'_>, range: &Range<usize>) -> Option<Vec<String>> {
    let (all, text) = (&base.words, base.text());
    let span = bytes(all, range)?;
    let (body, end) = split_end(text);
    let part = text.get(span.clone())?;
    let (before, behind) = (body.get(..span.start)?.trim(), body.get(span.end..)?.trim());
    // A heading or a quotation is no part of the sentence, and a comma keeps apart what it parts.
    let is_apart = |side: &str| side.contains([':', '«', '"']) || side.starts_with(',');
    if is_apart(before) || is_apart(behind) || before.ends_with(',') {
        return None;
    }
    let capital = |said: String| {
        let said = if text.starts_with(char::is_uppercase) {
            first_large(&said)
        } else {
            said
        };
        format!("{said}{end}")
    };
    let first_is_order =
        |from: usize| orders(language, all.get(from..from + 1).unwrap_or_default()) == 1;
    let in_front = |rest: &str| capital(format!("{part} {}", base.in_the_middle(rest)));
    let at_end = |rest: &str| capital(format!("{rest} {}", base.in_the_middle(part)));
    let texts = match (before.is_empty(), behind.is_empty()) {
        (true, false) if first_is_order(range.end) => vec![at_end(behind)],
        (false, true) if first_is_order(0) => vec![in_front(before)],
        // "Remind me tomorrow to": a day behind the order itself is nobody else's.
        (false, false) if first_is_order(0) && range.start <= MOST_BEFORE => {
            let rest = format!("{before} {behind}");
            vec![in_front(&rest), at_end(&rest)]
        }
        _ => return None,
    };
    Some(texts)
}

/// How many words an order has before a day or a list in the middle.
const MOST_BEFORE: usize = 2;

/// How many of the words order something.
pub(super) fn orders(language: &LanguageWords, all: &[Word]) -> usize {
    let is_order = |word: &&Word| {
        let orders = &language.raw.orders;
        orders
            .iter()
            .any(|order| super::text::plain(order) == word.plain)
    };
    all.iter().filter(is_order).count()
}
