//! A file of bearer tokens: a name and a digest a line, read again whenever it changes.
//!
//! Knows files and digests, and nothing of HTTP. What stands in the file is read by [`super::token_lines`].

use std::{
    fmt,
    num::NonZeroU32,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
    time::Duration,
};

use serde_json::json;

use super::{
    pace::Pace,
    token::TokenDigest,
    token_lines::{Seen, TokenFileError, TokenName, look_at, read},
};
use crate::http::ReadyDetail;

/// How often a token file is looked at for changes.
pub const WATCH_INTERVAL: Duration = Duration::from_millis(500);

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
