//! Readings and forms of words seen before. Household speech is a few thousand words said over and over; reading each once halves the
//! cost of a command.
//!
//! Changes no answer: readings and forms depend on the word alone. Keeps only words that the dictionary has, so nothing that one person alone said
//! stays in memory.

use std::hash::{BuildHasher, Hasher};
use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::morph::{Form, Reading};

/// Locks, so that threads seldom wait for each other.
const SHARDS: usize = 16;
/// Words kept in a shard, and as many with their forms; with some 300 bytes a word and 100 for its forms, 13 MB in all.
const MOST_WORDS: usize = 2_048;

/// Words of one shard with their readings.
type Shard = RwLock<FxHashMap<Box<str>, Arc<[Reading]>>>;

/// Words of one shard with the other forms they were wanted in.
type FormShard = RwLock<FxHashMap<Box<str>, Vec<Inflected>>>;

/// Another form of a word.
struct Inflected {
    /// Which word of those that are written alike.
    entry: (u16, u16),
    wanted: Form,
    /// Nothing where the word has no such form.
    word: Option<Box<str>>,
}

/// A bounded memory of readings and forms.
#[derive(Default)]
pub(crate) struct Memo {
    shards: [Shard; SHARDS],
    forms: [FormShard; SHARDS],
}

impl Memo {
    /// The readings of `word`, by `read` the first time.
    pub(crate) fn readings(
        &self,
        word: &str,
        read: impl FnOnce() -> Vec<Reading>,
    ) -> Arc<[Reading]> {
        let Some(shard) = self.shards.get(shard_of(word)) else {
            return read().into();
        };
        if let Some(known) = shard
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(word)
        {
            return Arc::clone(known);
        }
        let readings: Arc<[Reading]> = read().into();
        if readings.iter().any(|reading| reading.known) {
            let mut words = shard.write().unwrap_or_else(PoisonError::into_inner);
            if words.len() < MOST_WORDS {
                words.insert(word.into(), Arc::clone(&readings));
            }
        }
        readings
    }

    /// The word of `reading` in another form, by `inflect` the first time.
    pub(crate) fn form(
        &self,
        reading: &Reading,
        wanted: Form,
        inflect: impl FnOnce() -> Option<String>,
    ) -> Option<String> {
        let (Some(entry), true, Some(shard)) = (
            reading.entry,
            reading.known,
            self.forms.get(shard_of(&reading.form)),
        ) else {
            return inflect();
        };
        let is_wanted = |one: &&Inflected| one.entry == entry && one.wanted == wanted;
        if let Some(known) = shard
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(reading.form.as_str())
            .and_then(|forms| forms.iter().find(is_wanted))
        {
            return known.word.as_deref().map(str::to_owned);
        }
        let word = inflect();
        let mut words = shard.write().unwrap_or_else(PoisonError::into_inner);
        if words.len() < MOST_WORDS || words.contains_key(reading.form.as_str()) {
            let forms = words.entry(reading.form.as_str().into()).or_default();
            // Another thread may have been faster.
            if !forms.iter().any(|one| is_wanted(&one)) {
                forms.push(Inflected {
                    entry,
                    wanted,
                    word: word.as_deref().map(Into::into),
                });
            }
        }
        word
    }
}

fn shard_of(word: &str) -> usize {
    let mut hasher = FxBuildHasher.build_hasher();
    hasher.write(word.as_bytes());
    usize::try_from(hasher.finish() >> 32).unwrap_or(0) % SHARDS
}
