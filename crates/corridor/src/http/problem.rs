//! Refused requests, as RFC 9457 problem documents.
//!
//! A document says what is wrong and what to do, and never repeats what was sent.

use std::{fmt::Write as _, time::Duration};

use axum::{
    body::Body,
    http::{
        HeaderValue, StatusCode,
        header::{CONNECTION, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE},
    },
    response::{IntoResponse, Response},
};
use corridor_contract::{Problem, ProblemCode, Problems};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;

use super::{limits, request_log::Told};

/// Declares the kinds of refusal once: word on the wire, status, title, and what to do.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $variant:ident = $code:literal, $status:ident, $title:literal, $detail:literal;)+) => {
        /// Why a request is refused. The words are stable: clients may branch on them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Kind {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Kind {
            /// Every kind, in the order of the reference page.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The document's `code`.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The document's `type`: a name, not an address.
            #[must_use]
            pub const fn type_uri(self) -> &'static str {
                match self { $(Self::$variant => concat!("urn:corridor:problem:", $code),)+ }
            }

            /// The answer's status.
            #[must_use]
            pub const fn status(self) -> StatusCode {
                match self { $(Self::$variant => StatusCode::$status,)+ }
            }

            /// What is wrong, in a few words.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)+ }
            }

            /// What to do, as a sentence.
            #[must_use]
            pub const fn detail(self) -> &'static str {
                match self { $(Self::$variant => $detail,)+ }
            }
        }
    };
}

kinds! {
    /// The body is not UTF-8.
    NotUtf8 = "not_utf8", BAD_REQUEST, "The body is not UTF-8", "Send the command as JSON encoded in UTF-8.";
    /// The body is not JSON.
    NotJson = "not_json", BAD_REQUEST, "The body is not JSON", "Send one command as one JSON object and nothing after it.";
    /// The command breaks the contract.
    ContractViolation = "contract_violation", BAD_REQUEST, "The command breaks the contract",
        "Solve what `errors` lists; each entry points at its place in the body.";
    /// The body is no change of switches.
    InvalidChange = "invalid_change", BAD_REQUEST, "The body is no change of switches",
        "Send a JSON object of switch names, each with \"off\" or null, and \"guard\" with \"armed\"; nothing was changed.";
    /// The body ended before its time.
    BodyBroken = "body_broken", BAD_REQUEST, "The body broke off", "Send the whole body, framed as its headers say.";
    /// The request does not say which host it is for.
    HostInvalid = "host_invalid", BAD_REQUEST, "The request does not name its host",
        "Send exactly one Host header, as HTTP/1.1 asks.";
    /// No token came with the request.
    TokenMissing = "token_missing", UNAUTHORIZED, "A token is needed",
        "Send one `Authorization: Bearer TOKEN` header with a token that the service's operator made.";
    /// The token is none that is let in.
    TokenUnknown = "token_unknown", UNAUTHORIZED, "The token is not known",
        "Ask the service's operator for a new token; this one was withdrawn or never given.";
    /// The token is known and not for this path.
    TokenNotAllowed = "token_not_allowed", FORBIDDEN, "The token is not for this path",
        "Tokens of server.token_file decide, tokens of server.operator_token_file operate: use one of the other kind.";
    /// Nothing is served under this path.
    NotFound = "not_found", NOT_FOUND, "There is nothing here",
        "GET /openapi.json lists what there is.";
    /// The path takes other methods.
    MethodNotAllowed = "method_not_allowed", METHOD_NOT_ALLOWED, "The path does not take this method",
        "Use a method that the Allow header names.";
    /// The body took too long to arrive.
    BodyTimeout = "body_timeout", REQUEST_TIMEOUT, "The body did not arrive in time",
        "Send the request again; server.read_timeout_ms sets how long a body may take.";
    /// The body is too large.
    BodyTooLarge = "body_too_large", PAYLOAD_TOO_LARGE, "The body is too large",
        "Send a smaller command; server.body_limit_bytes sets the limit.";
    /// The body is not declared as JSON.
    UnsupportedMediaType = "unsupported_media_type", UNSUPPORTED_MEDIA_TYPE, "The body is not declared as JSON",
        "Send Content-Type: application/json, in UTF-8.";
    /// The body is not declared as JSON lines.
    NotDeclaredAsLines = "not_declared_as_lines", UNSUPPORTED_MEDIA_TYPE, "The body is not declared as JSON lines",
        "Send Content-Type: application/x-ndjson, in UTF-8, a command on each line.";
    /// The body is compressed.
    UnsupportedContentEncoding = "unsupported_content_encoding", UNSUPPORTED_MEDIA_TYPE, "The body is encoded",
        "Send the body without Content-Encoding.";
    /// The token's owner asks too often.
    RateLimited = "rate_limited", TOO_MANY_REQUESTS, "Too many requests with this token",
        "Wait as long as Retry-After says; server.token_requests_per_second sets the rate.";
    /// Too much is being answered.
    Overloaded = "overloaded", SERVICE_UNAVAILABLE, "The service has too much to do",
        "Wait as long as Retry-After says, and longer each time; server.max_requests_in_flight sets the limit.";
    /// The service stops in the middle of a batch.
    Stopping = "stopping", SERVICE_UNAVAILABLE, "The service stops",
        "Send this line and those behind it again, in a new batch.";
    /// Too many are connected.
    TooManyConnections = "too_many_connections", SERVICE_UNAVAILABLE, "Too many connections are open",
        "Use connections more than once, wait as long as Retry-After says; server.max_connections and server.max_http2_connections set the limits.";
    /// A change of switches cannot be kept over a restart.
    ChangeNotKept = "change_not_kept", INTERNAL_SERVER_ERROR, "The change is in effect, and a restart will forget it",
        "Let the service write to the folder of state.dir, then send the change again.";
    /// Something broke inside.
    Internal = "internal_error", INTERNAL_SERVER_ERROR, "Something broke inside Corridor",
        "Send the request again; if it breaks again, report it with the service's log.";
}

impl Kind {
    /// What `WWW-Authenticate` says (RFC 6750), where a token would have helped.
    const fn challenge(self) -> Option<&'static str> {
        match self {
            Self::TokenMissing => Some("Bearer realm=\"corridor\""),
            Self::TokenUnknown => Some("Bearer realm=\"corridor\", error=\"invalid_token\""),
            Self::TokenNotAllowed => {
                Some("Bearer realm=\"corridor\", error=\"insufficient_scope\"")
            }
            _ => None,
        }
    }
}

/// A refused request: its kind, what the contract says where it was asked, and the limit where one was passed.
#[derive(Debug)]
pub struct Refusal {
    kind: Kind,
    problems: Option<Problems>,
    limit_bytes: Option<usize>,
    retry_after: Option<Duration>,
}

impl Refusal {
    /// A refusal that its kind says all about.
    #[must_use]
    pub fn of(kind: Kind) -> Self {
        Self {
            kind,
            problems: None,
            limit_bytes: None,
            retry_after: None,
        }
    }

    /// A body above this many bytes.
    #[must_use]
    pub fn too_large(limit_bytes: usize) -> Self {
        Self {
            kind: Kind::BodyTooLarge,
            problems: None,
            limit_bytes: Some(limit_bytes),
            retry_after: None,
        }
    }

    /// A token that was used too often, with the time until it may be used again.
    #[must_use]
    pub fn rate_limited(retry_after: Duration) -> Self {
        Self {
            retry_after: Some(retry_after),
            ..Self::of(Kind::RateLimited)
        }
    }

    /// A body that is no command.
    #[must_use]
    pub fn of_command(problems: Problems) -> Self {
        let kind = match problems.iter().next().map(Problem::code) {
            Some(ProblemCode::NotUtf8) => Kind::NotUtf8,
            Some(ProblemCode::NotJson) => Kind::NotJson,
            _ => Kind::ContractViolation,
        };
        Self {
            kind,
            problems: Some(problems),
            limit_bytes: None,
            retry_after: None,
        }
    }

    /// Why the request is refused.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The problem document.
    #[must_use]
    pub fn document(&self) -> Document<'_> {
        let kind = self.kind;
        let mut detail = kind.detail().to_owned();
        if let Some(limit) = self.limit_bytes {
            let _ = write!(detail, " It is {limit} bytes.");
        }
        let errors = self
            .problems
            .iter()
            .flat_map(Problems::iter)
            .map(Fault::of)
            .collect();
        Document {
            r#type: kind.type_uri(),
            title: kind.title(),
            status: kind.status().as_u16(),
            code: kind.code(),
            detail,
            errors,
        }
    }
}

/// An RFC 9457 problem document, with `code` and `errors` as extensions.
#[derive(Debug, JsonSchema, Serialize)]
#[schemars(rename = "Problem")]
pub struct Document<'a> {
    /// A name of the kind of problem, not an address.
    r#type: &'static str,
    /// What is wrong, in a few words.
    title: &'static str,
    /// The answer's status.
    status: u16,
    /// The kind of problem; stable, to branch on.
    #[schemars(schema_with = "code_component")]
    code: &'static str,
    /// What to do.
    detail: String,
    /// Where a command breaks the contract.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Fault<'a>>,
}

/// What stands in a stream of decisions for a line that was not decided.
#[derive(Debug, JsonSchema, Serialize)]
pub struct BadLine<'a> {
    /// The line, counted from 1, blank lines included.
    pub line: u64,
    /// What is wrong with it.
    pub error: Document<'a>,
}

/// One place of a command that breaks the contract.
#[derive(Debug, JsonSchema, Serialize)]
struct Fault<'a> {
    /// A JSON Pointer (RFC 6901) into the body.
    pointer: &'a str,
    /// What kind of fault; stable, to branch on.
    #[schemars(schema_with = "fault_codes")]
    code: ProblemCode,
    /// What is wrong, and what to do.
    detail: &'a str,
}

fn code_component(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "$ref": "#/components/schemas/ProblemCode" })
}

fn fault_codes(_: &mut SchemaGenerator) -> Schema {
    let words: Vec<_> = ProblemCode::ALL.iter().map(|code| code.as_str()).collect();
    json_schema!({ "type": "string", "enum": words })
}

impl<'a> Fault<'a> {
    fn of(problem: &'a Problem) -> Self {
        Self {
            pointer: problem.pointer(),
            code: problem.code(),
            detail: problem.message(),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self.document()).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.kind.status();
        let headers = response.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if matches!(
            self.kind,
            Kind::BodyTooLarge | Kind::BodyTimeout | Kind::BodyBroken
        ) {
            // The rest of the body may still be on its way and must not be taken for the next request.
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        if matches!(
            self.kind.status(),
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS
        ) {
            let wait = self.retry_after.unwrap_or(limits::RETRY_AFTER);
            // Whole seconds, rounded up: who comes back too early is refused again.
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
            .extensions_mut()
            .insert(Told::Refused(self.kind.code()));
        let headers = response.headers_mut();
        if let Some(challenge) = self.kind.challenge() {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        response
    }
}

/// `docs/reference/problems.md`.
#[must_use]
pub fn reference_page() -> String {
    let mut page = String::from(
        "# Problems\n\n\
         <!-- Generated from crates/corridor/src/http/problem.rs and crates/corridor-contract/src/problem.rs; CONTRIBUTING.md says\n\
         how to refresh it. -->\n\n\
         A refused request is answered with a problem document (RFC 9457, `application/problem+json`): `type`, `title`, `status`,\n\
         `detail`, the stable `code`, and for a command that breaks the contract `errors`, each with a JSON `pointer` into the body, a\n\
         stable `code` and a `detail`. No document repeats what was sent.\n\n\
         ## Refusals\n\n\
         | status | code | meaning | what to do |\n| --- | --- | --- | --- |\n",
    );
    for kind in Kind::ALL {
        let _ = writeln!(
            page,
            "| {} | `{}` | {} | {} |",
            kind.status().as_u16(),
            kind.code(),
            kind.title(),
            kind.detail()
        );
    }
    page.push_str(
        "\n## Codes in `errors`\n\n| code | meaning | what to do |\n| --- | --- | --- |\n",
    );
    for code in ProblemCode::ALL {
        let _ = writeln!(page, "| `{code}` | {} | {} |", code.meaning(), code.hint());
    }
    page
}
