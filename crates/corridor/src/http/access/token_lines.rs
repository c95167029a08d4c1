//! The lines of a token file: reading and checking them, and what can be wrong with the file.
//!
//! Knows one look at one file; watching it is [`super::token_file`]'s.

use std::{
    fmt, fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use super::token::TokenDigest;

/// The largest token file that is read, in bytes: thousands of tokens.
const LARGEST_BYTES: u64 = 1024 * 1024;

/// The longest name of a token, in characters.
const LONGEST_NAME: usize = 64;

/// The name of a token: whom it was made for. It may be logged.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenName(Arc<str>);

impl TokenName {
    /// What a name may be, in words.
    pub const ALLOWED: &'static str =
        "1 to 64 letters, digits, dots, dashes and underscores of ASCII";

    /// Checks a name; nothing where it is none.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        ((1..=LONGEST_NAME).contains(&text.len()) && text.bytes().all(allowed))
            .then(|| Self(text.into()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TokenName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The line of a token file for a token with this name and digest, without its end.
#[must_use]
pub fn line(name: &TokenName, digest: &TokenDigest) -> String {
    format!("{name} {digest}")
}

/// Why a file gives no tokens. Nothing of the file is repeated: a token may stand in it by mistake.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TokenFileError {
    /// The file cannot be read.
    #[error("{}: cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Everybody on the machine may write to the file.
    #[error("{}: everybody on this machine may write to it", path.display())]
    WritableByAll {
        /// The file.
        path: PathBuf,
    },
    /// A line is none of a token.
    #[error("{}:{line}: {reason}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The file is far larger than a file of tokens.
    #[error("{}: is larger than {LARGEST_BYTES} bytes", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// There is no token in the file.
    #[error("{}: there is no token in it", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
}

impl TokenFileError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => {
                "name a file that exists and that the service's user may read"
            }
            Self::WritableByAll { .. } => "take the permission away: chmod o-w FILE",
            Self::TooLarge { .. } => "name a file of tokens; each takes a line",
            Self::Line { .. } => {
                "write NAME and the token's digest on each line; `corridor token new NAME` makes one"
            }
            Self::Empty { .. } => "add a line with `corridor token new NAME --file FILE`",
        }
    }
}

/// What changes when a file does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    modified: Option<SystemTime>,
    length: u64,
    inode: u64,
}

/// What the file is on disk now, unread.
pub(super) fn look_at(path: &Path) -> Result<Seen, TokenFileError> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};

    let metadata = fs::metadata(path).map_err(|source| TokenFileError::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    if metadata.permissions().mode() & 0o002 != 0 {
        return Err(TokenFileError::WritableByAll {
            path: path.to_owned(),
        });
    }
    Ok(Seen {
        modified: metadata.modified().ok(),
        length: metadata.len(),
        inode: metadata.ino(),
    })
}

/// The tokens of the file.
pub(super) fn read(path: &Path) -> Result<Vec<(TokenName, TokenDigest)>, TokenFileError> {
    let mut text = String::new();
    fs::File::open(path)
        .and_then(|file| file.take(LARGEST_BYTES + 1).read_to_string(&mut text))
        .map_err(|source| TokenFileError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
    if u64::try_from(text.len()).is_ok_and(|length| length > LARGEST_BYTES) {
        return Err(TokenFileError::TooLarge {
            path: path.to_owned(),
        });
    }
    parse(&text).map_err(|(line, reason)| TokenFileError::Line {
        path: path.to_owned(),
        line,
        reason,
    })
}

/// The tokens of a file's text. Blank lines and lines that begin with `#` are passed over.
fn parse(text: &str) -> Result<Vec<(TokenName, TokenDigest)>, (usize, &'static str)> {
    let mut tokens: Vec<(TokenName, TokenDigest)> = Vec::new();
    for (number, line) in (1..).zip(text.lines().map(str::trim)) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mut words = line.split_whitespace();
        let (Some(name), Some(digest), None) = (words.next(), words.next(), words.next()) else {
            return Err((number, "is not a name and a digest with a space between"));
        };
        let name = TokenName::new(name).ok_or((
            number,
            "the name is not 1 to 64 letters, digits, dots, dashes and underscores of ASCII",
        ))?;
        let digest = TokenDigest::from_hex(digest).ok_or((
            number,
            "the digest is not 64 hexadecimal digits; a token itself does not belong here",
        ))?;
        if tokens.iter().any(|(known, _)| *known == name) {
            return Err((number, "the name stands on a line before"));
        }
        tokens.push((name, digest));
    }
    Ok(tokens)
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails where it stands"
)]
mod tests {
    use super::{TokenName, line, parse};
    use crate::http::access::token::NewToken;

    #[test]
    fn lines_comments_and_blanks_are_read() {
        let token = NewToken::make().unwrap();
        let product = line(&TokenName::new("product").unwrap(), &token.digest());
        let tokens = parse(&format!("# who may decide\r\n\n  {product}  \r\n")).unwrap();
        assert_eq!(tokens.len(), 1);
        assert_eq!(tokens[0].0.as_str(), "product");
        assert!(tokens[0].1.matches(&token.digest()));
    }

    #[test]
    fn a_broken_line_is_named() {
        let digest = "0".repeat(64);
        for (text, at) in [
            ("product".to_owned(), 1),
            (format!("\nproduct {digest} more"), 2),
            (format!("прод {digest}"), 1),
            (format!("a {digest}\na {digest}"), 2),
            ("product corridor_canary".to_owned(), 1),
        ] {
            let (number, reason) = parse(&text).unwrap_err();
            assert_eq!(number, at, "{text}: {reason}");
            assert!(!reason.contains("canary"));
        }
    }
}
