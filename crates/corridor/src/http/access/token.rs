//! One bearer token: made once, kept only as its digest.

use std::fmt;

use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq;

/// What every token begins with, so that one that leaked is recognised.
const PREFIX: &str = "corridor_";

/// Random bytes in a token: 256 bits, which nobody guesses, so that one round of SHA-256 is enough to keep it by.
const RANDOM_BYTES: usize = 32;

/// The longest token that is looked at, in bytes. Longer ones are unknown without being hashed.
const LONGEST_BYTES: usize = 256;

/// A new token, to be shown once to whoever will use it.
pub struct NewToken(String);

impl NewToken {
    /// Makes a token from the system's random numbers.
    ///
    /// # Errors
    /// A system that gives none.
    pub fn make() -> Result<Self, getrandom::Error> {
        let mut random = [0; RANDOM_BYTES];
        getrandom::fill(&mut random)?;
        Ok(Self(format!("{PREFIX}{}", hex(&random))))
    }

    /// The token itself. Whoever has it is let in.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What a token file keeps of it.
    #[must_use]
    pub fn digest(&self) -> TokenDigest {
        TokenDigest(Sha256::digest(self.0.as_bytes()).into())
    }
}

impl fmt::Debug for NewToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewToken(private)")
    }
}

/// The SHA-256 digest of a token. Two are compared in constant time.
#[derive(Clone, Copy)]
pub struct TokenDigest([u8; 32]);

impl TokenDigest {
    /// The digest of what a request presents; nothing for what is too long to be a token.
    #[must_use]
    pub fn of_presented(presented: &[u8]) -> Option<Self> {
        (presented.len() <= LONGEST_BYTES).then(|| Self(Sha256::digest(presented).into()))
    }

    /// Reads 64 hexadecimal digits.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if pairs.len() != bytes.len() || !rest.is_empty() {
            return None;
        }
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            let digit = |digit: &u8| char::from(*digit).to_digit(16);
            *byte = u8::try_from(digit(high)? * 16 + digit(low)?).ok()?;
        }
        Some(Self(bytes))
    }

    /// Whether both are digests of one token, in a time that does not tell where they differ.
    #[must_use]
    pub fn matches(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

/// As token files write it.
impl fmt::Display for TokenDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for TokenDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenDigest(private)")
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 0xf])
        .filter_map(|nibble| char::from_digit(u32::from(nibble), 16))
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where it stands")]
mod tests {
    use super::{NewToken, TokenDigest};

    #[test]
    fn a_new_token_is_known_by_its_digest_alone() {
        let token = NewToken::make().unwrap();
        let kept = TokenDigest::from_hex(&token.digest().to_string()).unwrap();
        let presented = TokenDigest::of_presented(token.reveal().as_bytes()).unwrap();
        assert!(kept.matches(&presented));
        let other = NewToken::make().unwrap();
        assert!(!kept.matches(&other.digest()));
        assert_eq!(token.reveal().len(), 9 + 64);
        assert!(!format!("{token:?}").contains(token.reveal()));
    }

    /// The digest of "abc" in FIPS 180-2, so that files written today are read tomorrow.
    #[test]
    fn a_digest_is_sha_256() {
        let digest = TokenDigest::of_presented(b"abc").unwrap().to_string();
        assert_eq!(
            digest,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn what_is_no_digest_is_refused() {
        for text in [
            "",
            "ba78",
            &"g".repeat(64),
            &"a".repeat(65),
            &"é".repeat(32),
        ] {
            assert!(TokenDigest::from_hex(text).is_none(), "{text}");
        }
        assert!(TokenDigest::of_presented(&[b'a'; 257]).is_none());
    }
}
