//! One answer as a line of a recording.

use corridor_llm::call::{BudgetLimit, Diagnosis, MalformedReply, TimeoutPhase, UnavailableCause};
use corridor_llm::{CallError, CallFailure, CallReply, FinishReason, ModelText, Usage};
use serde::{Deserialize, Serialize};

/// How a call ended.
#[derive(Clone, Debug)]
pub enum RecordedAnswer {
    /// With an answer.
    Reply(CallReply),
    /// Without one.
    Failure(CallFailure),
    /// It was given up before it ended, for lack of time.
    GivenUp,
}

/// A line. Unknown keys are errors.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    entry: String,
    attempt: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
    /// Whether the answer was cut at the token limit.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    cut: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    failure: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    http_status: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tokens_in: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tokens_out: Option<u64>,
}

const GIVEN_UP: &str = "given_up";

pub(super) fn write(
    entry: &str,
    attempt: u32,
    answer: &RecordedAnswer,
) -> Result<String, serde_json::Error> {
    let bare = Line {
        entry: entry.to_owned(),
        attempt,
        answer: None,
        cut: false,
        failure: None,
        detail: None,
        http_status: None,
        tokens_in: None,
        tokens_out: None,
    };
    let line = match answer {
        RecordedAnswer::Reply(reply) => Line {
            answer: Some(reply.content.expose().to_owned()),
            cut: reply.finish == FinishReason::Length,
            http_status: reply.http_status,
            tokens_in: reply.usage.map(|usage| usage.input_tokens),
            tokens_out: reply.usage.map(|usage| usage.output_tokens),
            ..bare
        },
        RecordedAnswer::Failure(failure) => Line {
            failure: Some(failure.error.outcome().as_str().to_owned()),
            detail: failure.error.detail().map(str::to_owned),
            http_status: failure.http_status,
            ..bare
        },
        RecordedAnswer::GivenUp => Line {
            failure: Some(GIVEN_UP.to_owned()),
            ..bare
        },
    };
    serde_json::to_string(&line)
}

/// Entry, attempt and answer of a line; else what is wrong with it, without its content.
pub(super) fn parse(text: &str) -> Result<(String, u32, RecordedAnswer), String> {
    let line: Line = serde_json::from_str(text)
        .map_err(|error| format!("is no line of a recording (column {})", error.column()))?;
    let answer = match (line.answer, line.failure.as_deref()) {
        (Some(content), None) => RecordedAnswer::Reply(CallReply {
            content: ModelText::new(content),
            finish: if line.cut {
                FinishReason::Length
            } else {
                FinishReason::Complete
            },
            usage: line
                .tokens_in
                .zip(line.tokens_out)
                .map(|(input_tokens, output_tokens)| Usage {
                    input_tokens,
                    output_tokens,
                }),
            http_status: line.http_status,
        }),
        (None, Some(GIVEN_UP)) => RecordedAnswer::GivenUp,
        (None, Some(failure)) => RecordedAnswer::Failure(CallFailure {
            error: error(failure, line.detail.as_deref(), line.http_status)
                .ok_or("its failure is none that this build knows")?,
            http_status: line.http_status,
        }),
        _ => return Err("has to have either an answer or a failure".to_owned()),
    };
    Ok((line.entry, line.attempt, answer))
}

/// The error of that name. A wait that a provider asked for is not kept: a replay does not wait.
fn error(failure: &str, detail: Option<&str>, http_status: Option<u16>) -> Option<CallError> {
    let error = match failure {
        "timeout" => CallError::Timeout(match detail? {
            "queue" => TimeoutPhase::Queue,
            "connect" => TimeoutPhase::Connect,
            "first_byte" => TimeoutPhase::FirstByte,
            "idle" => TimeoutPhase::Idle,
            _ => TimeoutPhase::Total,
        }),
        "unavailable" => CallError::Unavailable(match detail? {
            "refused" => UnavailableCause::Refused,
            "dns" => UnavailableCause::Dns,
            "tls" => UnavailableCause::Tls,
            "certificate_expired" => UnavailableCause::CertificateExpired,
            "certificate_wrong_host" => UnavailableCause::CertificateWrongHost,
            "certificate_unknown_authority" => UnavailableCause::CertificateUnknownAuthority,
            "client_certificate_wanted" => UnavailableCause::ClientCertificateWanted,
            "status" => UnavailableCause::Status(http_status?),
            _ => UnavailableCause::Disconnected,
        }),
        "rate_limited" => CallError::RateLimited { retry_after: None },
        "rejected" => CallError::Rejected {
            status: http_status?,
            diagnosis: Diagnosis::ALL
                .into_iter()
                .find(|diagnosis| Some(diagnosis.as_str()) == detail)
                .unwrap_or(Diagnosis::Unrecognised),
        },
        "provider_error" => CallError::ProviderError(match detail? {
            "error_body" => MalformedReply::ErrorBody,
            "html" => MalformedReply::Html,
            "no_choice" => MalformedReply::NoChoice,
            _ => MalformedReply::NotJson,
        }),
        "invalid_json" => CallError::InvalidJson,
        "schema_validation_failed" => CallError::SchemaValidationFailed,
        "empty" => CallError::Empty,
        "truncated" => CallError::Truncated,
        "refused" => CallError::Refused,
        "too_large" => CallError::TooLarge { limit_bytes: 0 },
        "budget_exhausted" => CallError::BudgetExhausted(match detail? {
            "spend" => BudgetLimit::Spend,
            _ => BudgetLimit::Calls,
        }),
        "circuit_open" => CallError::CircuitOpen,
        "cancelled" => CallError::Cancelled,
        "not_configured" => CallError::NotConfigured,
        _ => return None,
    };
    Some(error)
}
