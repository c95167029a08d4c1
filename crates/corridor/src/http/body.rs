//! Reading a request's body within its limits of size and time.

use std::{future::poll_fn, pin::Pin, time::Duration};

use axum::{
    body::{Body, HttpBody as _},
    extract::Request,
    http::{
        HeaderMap, HeaderValue,
        header::{CONTENT_LENGTH, EXPECT},
        request::Parts,
    },
};
use bytes::Bytes;
use tokio::time::timeout;

use super::{
    Service,
    content::require_json,
    limits::Room,
    problem::{Kind, Refusal},
};

/// How many times the limit is still read from a body that is too large before the connection is closed on it: a client that is
/// cut off while it sends sees a reset instead of the answer.
const DISCARD_LIMITS: usize = 16;

/// How much of a refused request is still read, in bytes, and for how long.
const UNREAD_LIMIT_BYTES: usize = 1024 * 1024;
const UNREAD_PATIENCE: Duration = Duration::from_secs(2);

/// A body that was read, with room for its answer.
pub(super) struct Taken {
    /// The head of its request.
    pub(super) head: Parts,
    /// The body.
    pub(super) bytes: Bytes,
    /// To be kept until the answer is written.
    pub(super) room: Room,
}

/// Takes a request whose body is JSON of the service's size.
///
/// # Errors
/// A body that is not declared as JSON; no room for another request; what [`read`] refuses.
pub(super) async fn take_json(service: &Service, request: Request) -> Result<Taken, Refusal> {
    let (head, body) = request.into_parts();
    let room = match require_json(&head.headers).and_then(|()| service.in_flight.enter()) {
        Ok(room) => room,
        Err(refusal) => {
            discard(&head.headers, body);
            return Err(refusal);
        }
    };
    let limit = service.settings.body_limit_bytes.bytes();
    let patience = service.settings.read_timeout_ms.duration();
    let bytes = read(&head.headers, body, limit, patience).await?;
    Ok(Taken { head, bytes, room })
}

/// Reads the whole body.
///
/// # Errors
/// A body above `limit` bytes, however it is framed; one that does not arrive within `patience`; one that breaks off.
pub(super) async fn read(
    headers: &HeaderMap,
    body: Body,
    limit: usize,
    patience: Duration,
) -> Result<Bytes, Refusal> {
    // A client that waits to be told to go on is refused before it sends anything.
    let declared = headers.get(CONTENT_LENGTH).and_then(declared_length);
    if declared.is_some_and(|length| length > limit) && headers.contains_key(EXPECT) {
        return Err(Refusal::too_large(limit));
    }
    timeout(patience, collect(body, limit))
        .await
        .unwrap_or_else(|_| Err(Refusal::of(Kind::BodyTimeout)))
}

/// Reads what a refused request still has to send, beside the refusal on its way: a connection with something unread is reset, and the
/// refusal lost. Nothing of it is kept, and nothing is read from a client that waits to be told to go on.
pub(super) fn discard(headers: &HeaderMap, mut body: Body) {
    if body.is_end_stream() || headers.contains_key(EXPECT) {
        return;
    }
    tokio::spawn(timeout(UNREAD_PATIENCE, async move {
        let mut length = 0_usize;
        while let Ok(Some(piece)) = next_frame(&mut body).await {
            length = length.saturating_add(piece.len());
            if length > UNREAD_LIMIT_BYTES {
                break;
            }
        }
    }));
}

fn declared_length(value: &HeaderValue) -> Option<usize> {
    value.to_str().ok()?.parse().ok()
}

async fn collect(mut body: Body, limit: usize) -> Result<Bytes, Refusal> {
    // Nearly every body is one frame, which needs no copy.
    let Some(first) = next_frame(&mut body).await? else {
        return Ok(Bytes::new());
    };
    if first.len() <= limit && body.is_end_stream() {
        return Ok(first);
    }
    let mut length = first.len();
    let mut bytes = Vec::from(first);
    while let Some(frame) = next_frame(&mut body).await? {
        length = length.saturating_add(frame.len());
        if length <= limit {
            bytes.extend_from_slice(&frame);
        } else if length > limit.saturating_mul(DISCARD_LIMITS) {
            break;
        }
    }
    if length > limit {
        Err(Refusal::too_large(limit))
    } else {
        Ok(bytes.into())
    }
}

/// The next piece of the body; nothing at its end. Trailers are passed over.
pub(super) async fn next_frame(body: &mut Body) -> Result<Option<Bytes>, Refusal> {
    loop {
        match poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await {
            None => return Ok(None),
            Some(Err(_)) => return Err(Refusal::of(Kind::BodyBroken)),
            Some(Ok(frame)) => {
                if let Ok(data) = frame.into_data() {
                    return Ok(Some(data));
                }
            }
        }
    }
}
