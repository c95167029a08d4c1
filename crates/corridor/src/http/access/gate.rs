//! What a group of paths asks of its callers, and the check of each request.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, header::AUTHORIZATION},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{Token, TokenDigest, TokenFile};
use crate::http::{
    body,
    problem::{Kind, Refusal},
};

/// What a group of paths asks of its callers.
#[derive(Clone, Debug)]
pub(in crate::http) enum Gate {
    /// Nothing: whoever can connect is let in.
    Open,
    /// A token.
    Tokens {
        /// Of this file.
        allowed: Arc<TokenFile>,
        /// A token of this file is known, and not for these paths.
        known: Option<Arc<TokenFile>>,
    },
}

/// Who sent a request.
#[derive(Clone, Debug)]
pub(in crate::http) enum Caller {
    /// Somebody who was not asked.
    Anonymous,
    /// The owner of a token.
    Named(Token),
}

impl Caller {
    /// Counts one request.
    ///
    /// # Errors
    /// One too many; the time until the next is taken.
    pub(in crate::http) fn count_request(&self) -> Result<(), Duration> {
        match self {
            Self::Anonymous => Ok(()),
            Self::Named(token) => token.count_request(),
        }
    }
}

impl Gate {
    pub(in crate::http) fn tokens(
        allowed: &Arc<TokenFile>,
        known: Option<&Arc<TokenFile>>,
    ) -> Self {
        Self::Tokens {
            allowed: Arc::clone(allowed),
            known: known.cloned(),
        }
    }

    /// Whether somebody who was let in still would be: a token may be withdrawn while its request goes on.
    pub(in crate::http) fn still_admits(&self, caller: &Caller) -> bool {
        match (self, caller) {
            (Self::Tokens { allowed, .. }, Caller::Named(token)) => allowed.holds(token),
            (Self::Tokens { .. }, Caller::Anonymous) => false,
            (Self::Open, _) => true,
        }
    }

    /// Who sends a request with these headers.
    ///
    /// # Errors
    /// No token, more than one, an unknown one, or one for other paths.
    pub(in crate::http) fn admit(&self, headers: &HeaderMap) -> Result<Caller, Refusal> {
        let Self::Tokens { allowed, known } = self else {
            return Ok(Caller::Anonymous);
        };
        let presented = bearer_token(headers).ok_or(Refusal::of(Kind::TokenMissing))?;
        let digest = TokenDigest::of_presented(presented).ok_or(Refusal::of(Kind::TokenUnknown))?;
        match allowed.find(&digest) {
            Some(token) => Ok(Caller::Named(token)),
            None if known
                .as_ref()
                .is_some_and(|file| file.find(&digest).is_some()) =>
            {
                Err(Refusal::of(Kind::TokenNotAllowed))
            }
            None => Err(Refusal::of(Kind::TokenUnknown)),
        }
    }
}

/// Lets a request through its gate, with its [`Caller`] for whoever asks, or refuses it.
pub(in crate::http) async fn guard(
    State(gate): State<Gate>,
    mut request: Request,
    next: Next,
) -> Response {
    let admitted = gate.admit(request.headers()).and_then(|caller| {
        caller.count_request().map_err(Refusal::rate_limited)?;
        Ok(caller)
    });
    match admitted {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(refusal) => {
            let (head, body) = request.into_parts();
            body::discard(&head.headers, body);
            refusal.into_response()
        }
    }
}

/// What stands behind `Bearer` (RFC 6750) in the one `Authorization` header.
fn bearer_token(headers: &HeaderMap) -> Option<&[u8]> {
    const SCHEME: &[u8] = b"bearer ";
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let value = values.next()?.as_bytes();
    if values.next().is_some() {
        return None;
    }
    let (scheme, token) = value.split_at_checked(SCHEME.len())?;
    let token = token.trim_ascii();
    (scheme.eq_ignore_ascii_case(SCHEME) && !token.is_empty()).then_some(token)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where it stands")]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header::AUTHORIZATION};

    use super::bearer_token;

    fn headers(values: &[&[u8]]) -> HeaderMap {
        values
            .iter()
            .map(|value| (AUTHORIZATION, HeaderValue::from_bytes(value).unwrap()))
            .collect()
    }

    #[test]
    fn a_bearer_token_is_found_however_its_scheme_is_written() {
        for value in ["Bearer canary", "bearer canary", "BEARER   canary "] {
            assert_eq!(
                bearer_token(&headers(&[value.as_bytes()])),
                Some(&b"canary"[..]),
                "{value}"
            );
        }
    }

    #[test]
    fn anything_else_is_none() {
        let cases: [&[&[u8]]; 7] = [
            &[],
            &[b""],
            &[b"Bearer"],
            &[b"Bearer "],
            &[b"Basic canary"],
            &[b"Bearercanary"],
            &[b"Bearer canary", b"Bearer canary"],
        ];
        for values in cases {
            assert_eq!(bearer_token(&headers(values)), None, "{values:?}");
        }
    }
}
