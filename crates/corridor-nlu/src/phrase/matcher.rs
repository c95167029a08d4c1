//! Runs a compiled phrase over the words of a clause.

use std::ops::Range;

use super::compile::Step;
use super::{ClassId, Forms, Phrase, Signature, Slot};

/// Where the slots of a matched phrase lie, as ranges of word positions in the clause.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Captures {
    edges: [Option<u32>; Slot::ALL.len() * 2],
    /// How many entries of the clause the phrase itself names, rather than leaving them to slots and gaps.
    pub named: u16,
}

impl Captures {
    /// The words of a slot, or `None` where the phrase has no such slot.
    #[must_use]
    pub fn get(&self, slot: Slot) -> Option<Range<usize>> {
        let from = (*self.edges.get(slot.index() * 2)?)?;
        let to = (*self.edges.get(slot.index() * 2 + 1)?)?;
        Some(from as usize..to as usize)
    }
}

/// What the matcher asks about the words of a clause.
pub trait Words {
    /// How many there are.
    fn count(&self) -> usize;
    /// How many words the entry of `class` in one of `forms` takes that begins at word `at`; `None` where there is none.
    fn entry(&self, at: usize, class: ClassId, forms: Forms) -> Option<usize>;
    /// How many words the entries of any of these classes take that begin at word `at`, each in its forms: a bit for each length.
    fn entries(&self, at: usize, set: &[(ClassId, Forms)]) -> u32;
    /// Whether the word is a mark that a phrase may pass over.
    fn is_mark(&self, at: usize) -> bool;
}

/// Room for one match after another, so that each need not ask for its own.
#[derive(Default)]
pub struct Scratch {
    failed: Vec<u64>,
    pending: Vec<Pending>,
}

/// What the clause begins with from each of its words on, past marks; the last is its end.
pub fn signatures(
    count: usize,
    is_mark: impl Fn(usize) -> bool,
    of: impl Fn(usize) -> Signature,
) -> Vec<Signature> {
    let mut from = vec![Signature::END; count + 1];
    let mut next = Signature::END;
    for (at, slot) in from.iter_mut().enumerate().take(count).rev() {
        let own = of(at).or(Signature::WORD);
        // A phrase may pass over a mark or ask for it.
        next = if is_mark(at) { own.or(next) } else { own };
        *slot = next;
    }
    from
}

/// Matches the whole clause against the phrase. `begins` are the clause's [`signatures`].
pub fn match_phrase(
    phrase: &Phrase,
    words: &impl Words,
    begins: &[Signature],
    scratch: &mut Scratch,
) -> Option<Captures> {
    let width = words.count() + 1;
    scratch.pending.clear();
    scratch.failed.clear();
    scratch
        .failed
        .resize((phrase.steps.len() * width).div_ceil(64), 0);
    let mut walk = Walk {
        phrase,
        words,
        begins,
        width,
        failed: &mut scratch.failed,
        captures: Captures::default(),
        pending: &mut scratch.pending,
        longest: None,
        whole: true,
        start: 0,
    };
    walk.run().then_some(walk.captures)
}

/// Matches the phrase at word `from`: the longest run of words from there that it covers, with the first word behind it. A run that would take
/// more than [`LONGEST_ISLAND`] words is none.
pub fn match_from(
    phrase: &Phrase,
    words: &impl Words,
    from: usize,
    begins: &[Signature],
    scratch: &mut Scratch,
) -> Option<(usize, Captures)> {
    let width = (words.count() + 1 - from.min(words.count())).min(LONGEST_ISLAND + 1);
    scratch.pending.clear();
    scratch.failed.clear();
    scratch
        .failed
        .resize((phrase.steps.len() * width).div_ceil(64), 0);
    let mut walk = Walk {
        phrase,
        words,
        begins,
        width,
        failed: &mut scratch.failed,
        captures: Captures::default(),
        pending: &mut scratch.pending,
        longest: None,
        whole: false,
        start: from,
    };
    walk.run();
    walk.longest
}

/// A choice to come back to: step, word and count of named entries to go on with, or a capture edge to put back.
enum Pending {
    Try(u16, u32, u16),
    Restore(u8, Option<u32>),
}

/// Words that one island may take, marks between them included.
pub const LONGEST_ISLAND: usize = 16;

struct Walk<'p, W: Words> {
    /// The longest run so far where the phrase need not cover all.
    longest: Option<(usize, Captures)>,
    /// The phrase has to cover all words.
    whole: bool,
    /// The word at which the walk begins.
    start: usize,
    phrase: &'p Phrase,
    words: &'p W,
    begins: &'p [Signature],
    width: usize,
    /// A bit per step and word: been here before, and it led nowhere (or is being tried).
    failed: &'p mut Vec<u64>,
    captures: Captures,
    pending: &'p mut Vec<Pending>,
}

impl<W: Words> Walk<'_, W> {
    fn run(&mut self) -> bool {
        let start = u32::try_from(self.start).unwrap_or(u32::MAX);
        self.pending.push(Pending::Try(0, start, 0));
        while let Some(pending) = self.pending.pop() {
            match pending {
                Pending::Restore(edge, old) => self.set(edge, old),
                Pending::Try(step, at, named) => {
                    if self.follow(step, at, named) {
                        return true;
                    }
                }
            }
        }
        false
    }

    fn set(&mut self, edge: u8, value: Option<u32>) {
        if let Some(slot) = self.captures.edges.get_mut(usize::from(edge)) {
            *slot = value;
        }
    }

    fn seen(&mut self, step: u16, at: u32) -> bool {
        let place = (at as usize).saturating_sub(self.start);
        if place >= self.width {
            return true;
        }
        let bit = usize::from(step) * self.width + place;
        let Some(word) = self.failed.get_mut(bit / 64) else {
            return true;
        };
        let mask = 1 << (bit % 64);
        let seen = *word & mask != 0;
        *word |= mask;
        seen
    }

    /// Whether the clause goes on at `at` with something that the phrase may ask for at `step`.
    fn may_go_on(&self, step: u16, at: u32) -> bool {
        let (Some(ahead), Some(begins)) = (
            self.phrase.ahead.get(usize::from(step)),
            self.begins.get(at as usize),
        ) else {
            return false;
        };
        // A phrase that need not cover all may end before any word.
        let begins = if self.whole {
            *begins
        } else {
            begins.or(Signature::END)
        };
        ahead.meets(begins)
    }

    fn skip_marks(&self, mut at: u32) -> u32 {
        while self.words.is_mark(at as usize) {
            at += 1;
        }
        at
    }

    #[allow(clippy::cast_possible_truncation)]
    fn follow(&mut self, mut step: u16, mut at: u32, mut named: u16) -> bool {
        loop {
            if self.seen(step, at) {
                return false;
            }
            let Some(&now) = self.phrase.steps.get(usize::from(step)) else {
                return false;
            };
            match now {
                Step::Class(class, forms) => {
                    if !self.may_go_on(step, at) {
                        return false;
                    }
                    // A phrase may ask for a mark; else marks are passed over.
                    let found = loop {
                        match self.words.entry(at as usize, class, forms) {
                            Some(len) => break Some(len),
                            None if self.words.is_mark(at as usize) => at += 1,
                            None => break None,
                        }
                    };
                    match found {
                        Some(len) => at += len as u32,
                        None => return false,
                    }
                    named = named.saturating_add(1);
                    step += 1;
                }
                Step::OneOf(set) => {
                    if !self.may_go_on(step, at) {
                        return false;
                    }
                    let set = self
                        .phrase
                        .sets
                        .get(usize::from(set))
                        .map_or(&[][..], Vec::as_slice);
                    let mut lengths = loop {
                        match self.words.entries(at as usize, set) {
                            0 if self.words.is_mark(at as usize) => at += 1,
                            found => break found,
                        }
                    };
                    named = named.saturating_add(1);
                    step += 1;
                    // The longest first, the others to come back to.
                    let Some(longest) = lengths.checked_ilog2() else {
                        return false;
                    };
                    lengths &= !(1 << longest);
                    while lengths != 0 {
                        let length = lengths.trailing_zeros();
                        self.pending.push(Pending::Try(step, at + length, named));
                        lengths &= lengths - 1;
                    }
                    at += longest;
                }
                Step::Any => {
                    if at as usize >= self.words.count() {
                        return false;
                    }
                    at += 1;
                    step += 1;
                }
                Step::Split(first, second) => {
                    match (self.may_go_on(first, at), self.may_go_on(second, at)) {
                        (true, true) => {
                            self.pending.push(Pending::Try(second, at, named));
                            step = first;
                        }
                        (true, false) => step = first,
                        (false, true) => step = second,
                        (false, false) => return false,
                    }
                }
                Step::Jump(to) => step = to,
                Step::Mark(edge) => {
                    if edge % 2 == 0 {
                        at = self.skip_marks(at);
                    }
                    let old = self
                        .captures
                        .edges
                        .get(usize::from(edge))
                        .copied()
                        .flatten();
                    self.pending.push(Pending::Restore(edge, old));
                    self.set(edge, Some(at));
                    step += 1;
                }
                Step::Accept => {
                    self.captures.named = named;
                    if self.whole {
                        return self.skip_marks(at) as usize >= self.words.count();
                    }
                    let end = at as usize;
                    if self
                        .longest
                        .as_ref()
                        .is_none_or(|(longest, _)| end > *longest)
                    {
                        self.longest = Some((end, self.captures.clone()));
                    }
                    return false;
                }
            }
        }
    }
}
