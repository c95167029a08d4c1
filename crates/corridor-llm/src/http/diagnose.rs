//! What a rejection means: its status, and the codes of its body held against a list. A body may echo key or prompt, so
//! nothing of it is kept.

use serde_json::Value;

use crate::call::{CallError, Diagnosis};

/// The failure that a status from 300 to 499 and its body mean.
pub(super) fn rejection(status: u16, body: &[u8]) -> CallError {
    let body = serde_json::from_slice::<Value>(body).unwrap_or(Value::Null);
    // Gateways wrap the error in a list, or leave the wrapping out.
    let body = body.get(0).unwrap_or(&body);
    let error = body
        .get("error")
        .filter(|it| it.is_object())
        .unwrap_or(body);
    let word = |key: &str| {
        error
            .get(key)
            .and_then(Value::as_str)
            .map(str::to_ascii_lowercase)
    };
    let codes = [word("code"), word("type"), word("status")];
    let codes = || codes.iter().flatten().map(String::as_str);
    if codes().any(is_filter) {
        return CallError::Refused;
    }
    let param = word("param").unwrap_or_default();
    let diagnosis = codes()
        .find_map(|code| of_code(code, &param))
        .unwrap_or_else(|| of_status(status));
    CallError::Rejected { status, diagnosis }
}

/// Whether a 429 says that the account is empty, which no waiting mends.
pub(super) fn is_out_of_quota(rejection: CallError) -> bool {
    matches!(
        rejection,
        CallError::Rejected {
            diagnosis: Diagnosis::InsufficientQuota,
            ..
        }
    )
}

fn is_filter(code: &str) -> bool {
    matches!(
        code,
        "content_filter"
            | "content_policy_violation"
            | "responsibleaipolicyviolation"
            | "data_inspection_failed"
    )
}

fn of_code(code: &str, param: &str) -> Option<Diagnosis> {
    Some(match code {
        "unsupported_parameter"
        | "unsupported_value"
        | "unknown_parameter"
        | "invalid_parameter"
        | "extra_forbidden" => of_parameter(param),
        "model_not_found" | "model_not_exist" | "invalid_model" | "deploymentnotfound"
        | "notfounderror" => Diagnosis::ModelNotFound,
        "insufficient_quota"
        | "insufficient_balance"
        | "billing_hard_limit_reached"
        | "billing_not_active"
        | "insufficient_credits" => Diagnosis::InsufficientQuota,
        "context_length_exceeded" | "exceed_context_size_error" | "string_above_max_length" => {
            Diagnosis::ContextLength
        }
        "invalid_api_key" | "authentication_error" | "unauthenticated" => Diagnosis::KeyRefused,
        "permission_denied" | "unsupported_country_region_territory" => Diagnosis::AccessDenied,
        _ => return None,
    })
}

fn of_parameter(param: &str) -> Diagnosis {
    match param {
        "temperature" => Diagnosis::TemperatureUnsupported,
        "max_tokens" | "max_completion_tokens" => Diagnosis::TokenLimitUnsupported,
        _ if param.starts_with("response_format") => Diagnosis::StructuredOutputUnsupported,
        _ => Diagnosis::UnsupportedParameter,
    }
}

fn of_status(status: u16) -> Diagnosis {
    match status {
        300..=399 => Diagnosis::Redirect,
        401 => Diagnosis::KeyRefused,
        402 => Diagnosis::InsufficientQuota,
        403 => Diagnosis::AccessDenied,
        404 | 405 => Diagnosis::WrongPath,
        407 => Diagnosis::ProxyRefused,
        413 => Diagnosis::RequestTooLarge,
        _ => Diagnosis::Unrecognised,
    }
}
