//! A file of bearer tokens: a name and a digest a line, read again whenever it changes.
//!
//! Knows files and digests, and nothing of HTTP.

use std::{
    fmt, fs,
    io::{self, Read as _},
    num::NonZeroU32,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
    time::{Duration, SystemTime},
};

use serde_json::json;

use super::{pace::Pace, token::TokenDigest};
use crate::http::ReadyDetail;

/// How often a token file is looked at for changes.
pub const WATCH_INTERVAL: Duration = Duration::from_millis(500);

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

/// A token that is let in.
#[derive(Clone)]
pub struct Token {
    /// Whom it was made for.
    pub name: TokenName,
    digest: TokenDigest,
    pace: Pace,
}

impl Token {
    /// Counts one request.
    ///
    /// # Errors
    /// One too many; the time until the next is taken.
    pub fn count_request(&self) -> Result<(), Duration> {
        self.pace.take()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Token({})", self.name)
    }
}

/// Named tokens that are let in. Shared by everything that asks; [`TokenFile::watch`] keeps it up to date.
pub struct TokenFile {
    path: PathBuf,
    /// Its key in the details of `/ready`.
    detail_name: &'static str,
    tokens: RwLock<Arc<[Token]>>,
    requests_per_second: Option<NonZeroU32>,
    state: Mutex<State>,
}

/// What is known of the file on disk.
struct State {
    seen: Option<Seen>,
    problem: Option<String>,
}

/// What changes when a file does.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Seen {
    modified: Option<SystemTime>,
    length: u64,
    inode: u64,
}

/// What came of looking at the file again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looked {
    /// It is as it was.
    Same,
    /// It changed and is in force.
    Reloaded,
}

impl TokenFile {
    /// Reads the file. Each token may be used for `requests_per_second`, or as often as its owner likes.
    ///
    /// # Errors
    /// A file that cannot be read, that everybody may write to, that has a broken line, or that holds no token.
    pub fn open(
        path: &Path,
        requests_per_second: Option<NonZeroU32>,
    ) -> Result<Self, TokenFileError> {
        let seen = look_at(path)?;
        let tokens: Vec<_> = read(path)?
            .into_iter()
            .map(|(name, digest)| Token {
                name,
                digest,
                pace: Pace::new(requests_per_second),
            })
            .collect();
        if tokens.is_empty() {
            return Err(TokenFileError::Empty {
                path: path.to_owned(),
            });
        }
        Ok(Self {
            path: path.to_owned(),
            detail_name: "tokens",
            tokens: RwLock::new(tokens.into()),
            requests_per_second,
            state: Mutex::new(State {
                seen: Some(seen),
                problem: None,
            }),
        })
    }

    /// The same file under another name in the details of `/ready`.
    #[must_use]
    pub fn told_as(self, detail_name: &'static str) -> Self {
        Self {
            detail_name,
            ..self
        }
    }

    /// The token that is presented; nothing where it is unknown. The time it takes says nothing of how near a wrong token is to a right
    /// one.
    #[must_use]
    pub fn find(&self, presented: &TokenDigest) -> Option<Token> {
        let tokens = self.tokens();
        // Every token is compared, also behind one that matches.
        tokens
            .iter()
            .filter(|token| token.digest.matches(presented))
            .fold(None, |_, token| Some(token.clone()))
    }

    /// Whether a token that was let in still stands in the file.
    #[must_use]
    pub fn holds(&self, token: &Token) -> bool {
        self.find(&token.digest).is_some()
    }

    /// Reads the file again if it changed. A file that turned bad leaves the tokens as they were; one without any lets nobody in.
    ///
    /// # Errors
    /// As [`TokenFile::open`], once for each change; an empty file is none here, since that is how all tokens are withdrawn.
    pub fn reload(&self) -> Result<Looked, TokenFileError> {
        // The disk may keep us waiting, so nothing is locked meanwhile.
        let before = self.state().seen;
        let seen = look_at(&self.path);
        let now = seen.as_ref().ok().copied();
        if before == now && before.is_some() {
            return Ok(Looked::Same);
        }
        let found = seen.and_then(|_| read(&self.path));
        let mut state = self.state();
        state.seen = now;
        match found {
            Ok(read) => {
                let before = self.tokens();
                let tokens: Vec<_> = read
                    .into_iter()
                    .map(|(name, digest)| Token {
                        // A token that was there before goes on being counted.
                        pace: before
                            .iter()
                            .find(|token| token.digest.matches(&digest))
                            .map_or_else(
                                || Pace::new(self.requests_per_second),
                                |token| token.pace.clone(),
                            ),
                        name,
                        digest,
                    })
                    .collect();
                *self.tokens.write().unwrap_or_else(PoisonError::into_inner) = tokens.into();
                state.problem = None;
                Ok(Looked::Reloaded)
            }
            Err(error) => {
                let message = error.to_string();
                let told_before = state.problem.as_ref() == Some(&message);
                state.problem = Some(message);
                if told_before {
                    Ok(Looked::Same)
                } else {
                    Err(error)
                }
            }
        }
    }

    /// Looks at the file every [`WATCH_INTERVAL`], for as long as it is polled, and logs what came of a change.
    pub async fn watch(self: Arc<Self>) {
        loop {
            tokio::time::sleep(WATCH_INTERVAL).await;
            let file = Arc::clone(&self);
            // A file system may hang, and must not take a thread that answers with it.
            let Ok(looked) = tokio::task::spawn_blocking(move || file.reload()).await else {
                continue;
            };
            match looked {
                Ok(Looked::Same) => {}
                Ok(Looked::Reloaded) => {
                    tracing::info!(file = %self.path.display(), tokens = self.tokens().len(), "tokens reloaded");
                }
                Err(error) => {
                    tracing::error!(%error, hint = error.hint(), "tokens kept as they were");
                }
            }
        }
    }

    /// Whether a token has this name.
    #[must_use]
    pub fn has(&self, name: &TokenName) -> bool {
        self.tokens().iter().any(|token| token.name == *name)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tokens(&self) -> Arc<[Token]> {
        Arc::clone(&self.tokens.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl fmt::Debug for TokenFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenFile({})", self.path.display())
    }
}

impl ReadyDetail for TokenFile {
    fn name(&self) -> &'static str {
        self.detail_name
    }

    fn detail(&self) -> serde_json::Value {
        let state = self.state();
        match &state.problem {
            None => json!({ "status": "ok", "count": self.tokens().len() }),
            Some(problem) => {
                json!({ "status": "kept", "count": self.tokens().len(), "problem": problem })
            }
        }
    }
}

fn look_at(path: &Path) -> Result<Seen, TokenFileError> {
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

fn read(path: &Path) -> Result<Vec<(TokenName, TokenDigest)>, TokenFileError> {
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
