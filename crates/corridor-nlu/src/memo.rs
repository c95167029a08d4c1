//! Readings of words seen before. Household speech is a few thousand words said over and over; reading each once halves the cost of a
//! command.
//!
//! Changes no answer: a reading depends on the word alone. Keeps only words that the dictionary has, so nothing that one person alone said
//! stays in memory.

use std::hash::{BuildHasher, Hasher};
use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::morph::Reading;

/// Locks, so that threads seldom wait for each other.
const SHARDS: usize = 16;
/// Words kept in a shard; with some 300 bytes a word, 10 MB in all.
const MOST_WORDS: usize = 2_048;

/// Words of one shard with their readings.
type Shard = RwLock<FxHashMap<Box<str>, Arc<[Reading]>>>;

/// A bounded memory of readings.
#[derive(Default)]
pub(crate) struct Memo {
    shards: [Shard; SHARDS],
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
}

fn shard_of(word: &str) -> usize {
    let mut hasher = FxBuildHasher.build_hasher();
    hasher.write(word.as_bytes());
    usize::try_from(hasher.finish() >> 32).unwrap_or(0) % SHARDS
}
