//! Tables of words that are looked up for every token.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Words and their roles.
///
/// The table is fixed, so nobody can fill it with colliding words, and a hash without that protection is several times as fast.
pub(crate) type WordMap<V> = HashMap<String, V, BuildHasherDefault<WordHasher>>;

/// Multiply and rotate, eight bytes at a time.
#[derive(Default)]
pub(crate) struct WordHasher {
    state: u64,
}

/// An odd constant with well-mixed bits.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

impl WordHasher {
    fn add(&mut self, chunk: u64) {
        self.state = (self.state.rotate_left(5) ^ chunk).wrapping_mul(FACTOR);
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (chunks, rest) = bytes.as_chunks::<8>();
        for chunk in chunks {
            self.add(u64::from_le_bytes(*chunk));
        }
        if !rest.is_empty() {
            self.add(
                rest.iter()
                    .fold(0, |chunk, byte| chunk << 8 | u64::from(*byte)),
            );
        }
    }

    fn finish(&self) -> u64 {
        // The table takes its index from the low bits, the product is best mixed in the high ones.
        self.state.rotate_left(26)
    }
}
