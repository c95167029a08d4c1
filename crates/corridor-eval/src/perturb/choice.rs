//! Which variants are taken where there are many: by a hash, so that a text always gives the same ones.

/// FNV-1a, 64 bits (G. Fowler, L. C. Noll, K.-P. Vo). Small, and the same everywhere; nobody hostile chooses its input.
pub(super) fn hash(parts: &[&str]) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    parts.iter().fold(0xcbf2_9ce4_8422_2325, |hash, part| {
        step(part.bytes().fold(hash, step), 0)
    })
}

/// The `most` of `all` with the least hashes. Adding words to a language's file then moves few of the others.
pub(super) fn choose<T>(mut all: Vec<T>, most: usize, key: impl Fn(&T) -> u64) -> Vec<T> {
    all.sort_by_key(key);
    all.truncate(most);
    all
}
