//! Who may use the service: bearer tokens, and which paths ask for them.
//!
//! Whoever reaches a loopback address is on this machine; any other address asks for tokens unless the operator says that
//! something in front of the service does.

mod gate;
mod pace;
mod token;
mod token_file;
mod token_lines;

pub(super) use gate::{Caller, Gate, guard};
pub use token::{NewToken, TokenDigest};
pub use token_file::{Looked, Token, TokenFile, WATCH_INTERVAL};
pub use token_lines::{TokenFileError, TokenName, line};

use std::{net::SocketAddr, sync::Arc};

use crate::config::{
    ServerSettings,
    values::{FilePath, Switch},
};

/// Why the service would be open to strangers, or cannot tell them apart.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AccessError {
    /// An address that others reach, and nothing that keeps them out.
    #[error("{address} is reachable from other machines, and no token is asked for")]
    Unprotected {
        /// The address.
        address: SocketAddr,
        /// The flag that would name a token file for it.
        flag: &'static str,
    },
    /// Tokens are asked for and not asked for.
    #[error("--no-auth and --token-file contradict each other")]
    Contradiction,
    /// A token file is not usable.
    #[error(transparent)]
    TokenFile(#[from] TokenFileError),
}

impl AccessError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Unprotected { flag, .. } => format!(
                "name a file of tokens with --{flag}, listen on 127.0.0.1, or say --no-auth where something in front keeps strangers out"
            ),
            Self::Contradiction => "leave one of them out".to_owned(),
            Self::TokenFile(error) => error.hint().to_owned(),
        }
    }
}

/// What is asked of callers, by group of paths.
#[derive(Debug)]
pub(super) struct Access {
    /// Of those who want commands decided.
    pub(super) clients: Gate,
    /// Of those who want metrics.
    pub(super) metrics: Gate,
    /// Of those who want to change how the service runs; nothing where that is not offered.
    pub(super) admin: Option<Gate>,
    /// The files behind the gates, to be watched.
    pub(super) files: Vec<Arc<TokenFile>>,
}

impl Access {
    /// What the settings ask for.
    ///
    /// # Errors
    /// Settings that would let strangers in without saying so, and token files that cannot be used.
    pub(super) fn new(settings: &ServerSettings) -> Result<Self, AccessError> {
        let no_auth = settings.no_auth == Switch::On;
        if no_auth && settings.token_file.is_some() {
            return Err(AccessError::Contradiction);
        }
        let open = |path: &Option<FilePath>, rate| match path {
            Some(path) => TokenFile::open(path.path(), rate).map(Some),
            None => Ok(None),
        };
        let rate = settings.token_requests_per_second.get();
        let clients = open(&settings.token_file, rate)?.map(Arc::new);
        // Operators may be asked for tokens also where clients are not.
        let operators = open(&settings.operator_token_file, None)?
            .map(|file| Arc::new(file.told_as("operator_tokens")));
        let public = settings.listen.get();
        if clients.is_none() && !public.ip().is_loopback() && !no_auth {
            return Err(AccessError::Unprotected {
                address: public,
                flag: "token-file",
            });
        }
        let operator = settings.operator_listen.map(|address| address.get());
        if let Some(address) = operator
            && operators.is_none()
            && !address.ip().is_loopback()
            && !no_auth
        {
            return Err(AccessError::Unprotected {
                address,
                flag: "operator-token-file",
            });
        }
        let on_loopback = operator.unwrap_or(public).ip().is_loopback();
        let operator_gate = operators
            .as_ref()
            .map(|file| Gate::tokens(file, clients.as_ref()));
        Ok(Self {
            clients: clients
                .as_ref()
                .map_or(Gate::Open, |file| Gate::tokens(file, operators.as_ref())),
            metrics: operator_gate.clone().unwrap_or(Gate::Open),
            admin: operator_gate.filter(|_| on_loopback),
            files: clients.into_iter().chain(operators).collect(),
        })
    }
}
