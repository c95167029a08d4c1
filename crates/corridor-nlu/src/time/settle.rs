//! What mentions mean beside each other: a time said anew takes back the one before it, and an end of a rhythm is no day of its own.

use std::ops::Range;

use super::cursor::Cursor;
use super::mention::{Day, Every, Mention, MentionKind};
use crate::token::{Token, TokenKind};

/// What a language says between and around times.
pub(crate) struct Words {
    /// Whether the words of a correction fill the whole range.
    pub(crate) corrects: fn(Cursor<'_>, usize) -> bool,
    /// "until", «до»: what begins the end of a rhythm.
    pub(crate) until: fn(Cursor<'_>) -> bool,
    /// "and": what begins another clause between a rhythm and a day.
    pub(crate) joins: fn(&str) -> bool,
    /// "or": what joins two times of which one is meant.
    pub(crate) or: &'static [&'static str],
    /// "not" before a time that is taken back, and what stands before the right one.
    pub(crate) not: (&'static str, &'static [&'static str]),
}

/// Looks at all mentions of a text, in their order.
pub(crate) fn settle(mentions: &mut [Mention], tokens: &[Token], words: &Words) {
    if mentions.len() < 2 {
        return;
    }
    for at in 1..mentions.len() {
        take_back(mentions, at, tokens, words);
        leave_open(mentions, at, tokens, words);
    }
    end_rhythms(mentions, tokens, words);
}

/// What of a due date a mention tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tells {
    Day,
    Clock,
    Part,
}

fn tells(kind: &MentionKind) -> Option<Tells> {
    match kind {
        MentionKind::Day(_)
        | MentionKind::DayAttribute(_)
        | MentionKind::Recurrence(_)
        | MentionKind::Several(_)
        | MentionKind::Past => Some(Tells::Day),
        MentionKind::Part { day, .. } => Some(if day.is_some() {
            Tells::Day
        } else {
            Tells::Part
        }),
        MentionKind::Offset(offset) => Some(if offset.seconds == 0 {
            Tells::Day
        } else {
            Tells::Clock
        }),
        MentionKind::Clock(_) | MentionKind::Impossible => Some(Tells::Clock),
        MentionKind::Duration(_) | MentionKind::Unresolved(_) | MentionKind::Aside => None,
    }
}

/// «в пять, нет, в шесть», "tomorrow at 5, no, friday at 6": where a correction stands before the mention at `at`, the run of mentions
/// before it loses what the run from it on tells anew. The words of the correction go with them.
fn take_back(mentions: &mut [Mention], at: usize, tokens: &[Token], words: &Words) {
    let (Some(before), Some(after)) = (
        at.checked_sub(1).and_then(|at| mentions.get(at)),
        mentions.get(at),
    ) else {
        return;
    };
    let gap = before.range.end..after.range.start;
    let begins = negated(mentions, at, &gap, tokens, words);
    let corrected = !gap.is_empty()
        && gap.len() <= LONGEST_CORRECTION
        && (words.corrects)(Cursor::new(tokens, gap.start), gap.end);
    if !corrected && begins.is_none() {
        return;
    }
    let said: Vec<Tells> = run(mentions, at..mentions.len())
        .take(LONGEST_RUN)
        .filter_map(|mention| tells(&mention.kind))
        .collect();
    let first = (0..at)
        .rev()
        .take(LONGEST_RUN)
        .take_while(|&index| index + 1 == at || touch(mentions, index))
        .last()
        .unwrap_or(at);
    let mut any = false;
    for mention in mentions.get_mut(first..at).into_iter().flatten() {
        if tells(&mention.kind).is_some_and(|told| said.contains(&told)) {
            mention.kind = MentionKind::Aside;
            any = true;
        }
    }
    if any && let Some(before) = mentions.get_mut(at - 1) {
        before.range.end = gap.end;
        if let Some(begin) = begins {
            before.range.start = begin;
        }
    }
}

/// How many mentions one time is told by at most (day, part, clock, rhythm).
const LONGEST_RUN: usize = 6;

/// How many words a correction has at most.
pub(crate) const LONGEST_CORRECTION: usize = 6;

/// «сегодня или завтра»: the first day is due, the other describes. Of two clock times neither is known to be meant.
fn leave_open(mentions: &mut [Mention], at: usize, tokens: &[Token], words: &Words) {
    let Some([.., first, second]) = mentions.get_mut(..=at) else {
        return;
    };
    let gap = first.range.end..second.range.start;
    let [or] = tokens.get(gap.clone()).unwrap_or(&[]) else {
        return;
    };
    if !words.or.contains(&or.norm.as_str()) || tells(&first.kind) != tells(&second.kind) {
        return;
    }
    match tells(&first.kind) {
        Some(Tells::Day) => {}
        Some(Tells::Clock | Tells::Part) => first.kind = MentionKind::RANGE,
        None => return,
    }
    second.kind = MentionKind::VAGUE;
    second.range.start = gap.start;
}

/// «не в пять, а в шесть»: where the mention before `at` is denied, its beginning with the "not".
fn negated(
    mentions: &[Mention],
    at: usize,
    gap: &Range<usize>,
    tokens: &[Token],
    words: &Words,
) -> Option<usize> {
    let (not, but) = words.not;
    let before = mentions.get(at.checked_sub(1)?)?;
    let begin = before.range.start.checked_sub(1)?;
    let denied = tokens.get(begin)?.is(not);
    let last = tokens.get(gap.clone())?.last()?;
    let right = but.contains(&last.norm.as_str()) && gap.len() <= 2;
    (denied && right).then_some(begin)
}

/// The mentions from the first of the range on that stand side by side.
fn run(mentions: &[Mention], range: Range<usize>) -> impl Iterator<Item = &Mention> {
    let mut end = None;
    mentions
        .get(range)
        .into_iter()
        .flatten()
        .take_while(move |mention| {
            let joined = end.is_none_or(|end| mention.range.start == end);
            end = Some(mention.range.end);
            joined
        })
}

fn touch(mentions: &[Mention], index: usize) -> bool {
    match (mentions.get(index), mentions.get(index + 1)) {
        (Some(first), Some(second)) => first.range.end == second.range.start,
        _ => false,
    }
}

/// «каждый день до среды»: the day that ends a rhythm belongs to the description. A deadline inside each round stays («каждый месяц до
/// пятого числа»).
fn end_rhythms(mentions: &mut [Mention], tokens: &[Token], words: &Words) {
    let rhythms: Vec<(Range<usize>, Every)> = mentions
        .iter()
        .filter_map(|mention| match mention.kind {
            MentionKind::Recurrence(recurrence) => Some((mention.range.clone(), recurrence.every)),
            _ => None,
        })
        .take(MOST_RHYTHMS)
        .collect();
    if rhythms.is_empty() {
        return;
    }
    for mention in mentions {
        if !(words.until)(Cursor::new(tokens, mention.range.start)) {
            continue;
        }
        let ends = rhythms.iter().any(|(range, every)| {
            let between = if range.end <= mention.range.start {
                range.end..mention.range.start
            } else {
                mention.range.end..range.start
            };
            can_end(*every, &mention.kind) && !parts(tokens, between, words)
        });
        if ends {
            mention.kind = MentionKind::VAGUE;
        }
    }
}

/// More rhythms than anybody says in one text bound the work on hostile ones.
const MOST_RHYTHMS: usize = 8;

fn can_end(every: Every, kind: &MentionKind) -> bool {
    let (monthly, hourly) = match every {
        Every::After(offset) => (offset.months > 0, offset.seconds > 0),
        _ => (false, false),
    };
    match kind {
        MentionKind::Day(Day::DayOfMonth(_)) => !monthly,
        MentionKind::Day(_) | MentionKind::Offset(_) => true,
        MentionKind::Clock(_) | MentionKind::Part { .. } => hourly,
        _ => false,
    }
}

/// Whether another clause may begin between two places.
fn parts(tokens: &[Token], between: Range<usize>, words: &Words) -> bool {
    if between.len() > FARTHEST_END {
        return true;
    }
    tokens.get(between).into_iter().flatten().any(|token| {
        token.new_line
            || (words.joins)(&token.norm)
            || (token.kind == TokenKind::Symbol
                && matches!(token.norm.as_str(), "," | "." | ";" | "!" | "?"))
    })
}

/// How many words may stand between a rhythm and its end.
const FARTHEST_END: usize = 12;

/// Whether nothing but these words and marks stands from `c` to `end`, a strong one among them.
pub(crate) fn filled_with(c: Cursor<'_>, end: usize, weak: &[&str], strong: &[&str]) -> bool {
    let mut any = false;
    let mut at = c;
    while at.at() < end {
        let norm = at.norm();
        if strong.contains(&norm) {
            any = true;
        } else if !weak.contains(&norm) && !matches!(norm, "," | "-" | "." | "...") {
            return false;
        }
        at = at.next();
    }
    any
}
