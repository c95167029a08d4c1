//! Ids that a retried command must get again: derived from the command's id and the position of an action alone.

use corridor_contract::{CommandId, ConfirmationId, IdempotencyKey, JobId};
use sha2::{Digest, Sha256};

/// Hexadecimal digits kept of a digest: 128 bits.
const DIGITS: usize = 32;

pub(crate) fn job(command: &CommandId) -> JobId {
    JobId::new(format!("job-{}", digest(&["job", command.as_str()])))
}

pub(crate) fn confirmation(command: &CommandId) -> ConfirmationId {
    ConfirmationId::new(format!(
        "confirm-{}",
        digest(&["confirmation", command.as_str()])
    ))
}

/// `position` counts the actions of a decision from 0.
pub(crate) fn idempotency_key(command: &CommandId, position: usize) -> IdempotencyKey {
    IdempotencyKey::new(digest(&["action", command.as_str(), &position.to_string()]))
}

/// SHA-256 over the parts, each led by its length so that no two lists of parts read alike.
fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let mut text = String::with_capacity(DIGITS);
    for byte in hash.finalize().iter().take(DIGITS / 2) {
        for nibble in [byte >> 4, byte & 0xf] {
            let first = if nibble < 10 { b'0' } else { b'a' - 10 };
            text.push(char::from(first + nibble));
        }
    }
    text
}
