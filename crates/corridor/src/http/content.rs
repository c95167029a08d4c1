//! What a request's body claims to be, and answers that are JSON.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    body::{Body, Bytes, HttpBody},
    http::{
        HeaderMap, HeaderValue,
        header::{CONTENT_ENCODING, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use hyper::body::{Frame, SizeHint};
use serde::Serialize;

use super::{
    limits::Room,
    problem::{Kind, Refusal},
};

/// Accepts a body that is declared as plain JSON in UTF-8.
///
/// # Errors
/// Any other media type, another character set, or a compressed body.
pub(super) fn require_json(headers: &HeaderMap) -> Result<(), Refusal> {
    require(headers, is_json_media_type, Kind::UnsupportedMediaType)
}

/// Accepts a body that is declared as a JSON value a line in UTF-8.
///
/// # Errors
/// Any other media type, another character set, or a compressed body.
pub(super) fn require_ndjson(headers: &HeaderMap) -> Result<(), Refusal> {
    require(headers, is_ndjson_media_type, Kind::NotDeclaredAsLines)
}

fn require(
    headers: &HeaderMap,
    is_wanted: fn(&[u8]) -> bool,
    otherwise: Kind,
) -> Result<(), Refusal> {
    if !headers
        .get(CONTENT_TYPE)
        .is_some_and(|value| is_utf8_of(value.as_bytes(), is_wanted))
    {
        return Err(Refusal::of(otherwise));
    }
    match headers.get(CONTENT_ENCODING) {
        Some(encoding) if !encoding.as_bytes().eq_ignore_ascii_case(b"identity") => {
            Err(Refusal::of(Kind::UnsupportedContentEncoding))
        }
        _ => Ok(()),
    }
}

/// Whether a `Content-Type` is of a wanted media type, with no `charset` but UTF-8.
fn is_utf8_of(content_type: &[u8], is_wanted: fn(&[u8]) -> bool) -> bool {
    let mut parts = content_type
        .split(|byte| *byte == b';')
        .map(<[u8]>::trim_ascii);
    let media_type = parts.next().unwrap_or_default();
    is_wanted(media_type) && parts.all(|parameter| !names_other_charset(parameter))
}

/// The names that are in use; none of them is registered.
fn is_ndjson_media_type(media_type: &[u8]) -> bool {
    [
        "application/x-ndjson",
        "application/ndjson",
        "application/jsonl",
    ]
    .iter()
    .any(|name| media_type.eq_ignore_ascii_case(name.as_bytes()))
}

/// `application/json` or `application/…+json`.
fn is_json_media_type(media_type: &[u8]) -> bool {
    const PREFIX: &[u8] = b"application/";
    let Some((prefix, subtype)) = media_type.split_at_checked(PREFIX.len()) else {
        return false;
    };
    let ends_in_json = subtype.len() > b"+json".len()
        && subtype
            .last_chunk::<5>()
            .is_some_and(|suffix| suffix.eq_ignore_ascii_case(b"+json"));
    prefix.eq_ignore_ascii_case(PREFIX) && (subtype.eq_ignore_ascii_case(b"json") || ends_in_json)
}

fn names_other_charset(parameter: &[u8]) -> bool {
    const NAME: &[u8] = b"charset=";
    parameter
        .split_at_checked(NAME.len())
        .is_some_and(|(name, value)| {
            let value = value
                .strip_prefix(b"\"")
                .and_then(|value| value.strip_suffix(b"\""))
                .unwrap_or(value);
            name.eq_ignore_ascii_case(NAME)
                && !value.eq_ignore_ascii_case(b"utf-8")
                && !value.eq_ignore_ascii_case(b"utf8")
        })
}

/// A 200 with these bytes as JSON.
pub(super) fn json(bytes: impl Into<Bytes>) -> Response {
    json_body(Body::from(bytes.into()))
}

/// The same, in flight until it is written or given up.
pub(super) fn json_in_flight(bytes: Vec<u8>, room: Room) -> Response {
    json_body(Body::new(InRoom {
        bytes: bytes.into(),
        _room: room,
    }))
}

fn json_body(body: Body) -> Response {
    let mut response = Response::new(body);
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// A 200 with this value as JSON.
pub(super) fn json_of(value: &impl Serialize) -> Response {
    match serde_json::to_vec(value) {
        Ok(bytes) => json(bytes),
        Err(_) => Refusal::of(Kind::Internal).into_response(),
    }
}

/// The body of an answer, with its place among the requests in flight.
struct InRoom {
    bytes: Bytes,
    _room: Room,
}

impl HttpBody for InRoom {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let bytes = std::mem::take(&mut self.bytes);
        Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(u64::try_from(self.bytes.len()).unwrap_or(u64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::{is_json_media_type, is_ndjson_media_type, is_utf8_of};

    fn is_json(content_type: &[u8]) -> bool {
        is_utf8_of(content_type, is_json_media_type)
    }

    #[test]
    fn lines_of_json_go_by_several_names() {
        for (content_type, is_wanted) in [
            ("application/x-ndjson", true),
            ("application/x-ndjson; charset=utf-8", true),
            ("Application/NDJSON", true),
            ("application/jsonl", true),
            ("application/json", false),
            ("application/x-ndjson; charset=koi8-r", false),
            ("", false),
        ] {
            let found = is_utf8_of(content_type.as_bytes(), is_ndjson_media_type);
            assert_eq!(found, is_wanted, "{content_type}");
        }
    }

    #[test]
    fn json_in_utf8_is_accepted_however_it_is_written() {
        for content_type in [
            "application/json",
            "Application/JSON",
            "application/json; charset=utf-8",
            "application/json;charset=\"UTF-8\"",
            "application/vnd.product+json",
            "application/json; profile=x",
        ] {
            assert!(is_json(content_type.as_bytes()), "{content_type}");
        }
    }

    #[test]
    fn everything_else_is_not() {
        for content_type in [
            "",
            "text/plain",
            "text/json",
            "application/",
            "application/+json",
            "application/jsonp",
            "application/json; charset=windows-1251",
            "multipart/form-data",
        ] {
            assert!(!is_json(content_type.as_bytes()), "{content_type}");
        }
    }
}
