//! Why a provider rejects a request, in closed words, each with what to do about it. Nothing a provider wrote gets here.

/// What is wrong with a rejected request. `Display` is the hint for the operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Diagnosis {
    /// The key is missing, wrong or over.
    #[error("the key is refused; check LLM_API_KEY or api_key_file, and authorization")]
    KeyRefused,
    /// The key is known, but may not do this.
    #[error("access is denied; check the key's rights, the project and the region")]
    AccessDenied,
    /// The account has no money or quota left.
    #[error("the account has no quota or money left; top it up at the provider")]
    InsufficientQuota,
    /// The provider does not know the model.
    #[error("the provider does not know the model; check model and project")]
    ModelNotFound,
    /// Nothing answers at this path.
    #[error(
        "nothing answers at this path; base_url is the part before /chat/completions, often ending in /v1"
    )]
    WrongPath,
    /// The provider sends elsewhere, where the key must not follow.
    #[error(
        "the provider redirects, which is not followed; write the address it has moved to as base_url"
    )]
    Redirect,
    /// A proxy wants a login.
    #[error("the proxy refuses; check proxy and its login")]
    ProxyRefused,
    /// The provider does not take the temperature.
    #[error("the model does not take this temperature; set temperature = 1")]
    TemperatureUnsupported,
    /// The provider does not take this field for the token limit.
    #[error("the model does not take this field for the token limit; change token_limit_field")]
    TokenLimitUnsupported,
    /// The provider does not take the schema or its form.
    #[error(
        "the model does not take this structured_output; try \"json_object\" or \"prompt_only\""
    )]
    StructuredOutputUnsupported,
    /// The provider does not take some other field.
    #[error("the model does not take a field of the request; check the settings of the profile")]
    UnsupportedParameter,
    /// Prompt and answer do not fit into the model's context.
    #[error(
        "prompt and answer do not fit the model's context; lower max_tokens or take another model"
    )]
    ContextLength,
    /// The body is larger than the provider takes.
    #[error("the request is larger than the provider takes")]
    RequestTooLarge,
    /// Nothing on the list.
    #[error("check key, project and model")]
    Unrecognised,
}

impl Diagnosis {
    /// Every diagnosis.
    pub const ALL: [Self; 14] = [
        Self::KeyRefused,
        Self::AccessDenied,
        Self::InsufficientQuota,
        Self::ModelNotFound,
        Self::WrongPath,
        Self::Redirect,
        Self::ProxyRefused,
        Self::TemperatureUnsupported,
        Self::TokenLimitUnsupported,
        Self::StructuredOutputUnsupported,
        Self::UnsupportedParameter,
        Self::ContextLength,
        Self::RequestTooLarge,
        Self::Unrecognised,
    ];

    /// The name in records.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::KeyRefused => "key_refused",
            Self::AccessDenied => "access_denied",
            Self::InsufficientQuota => "insufficient_quota",
            Self::ModelNotFound => "model_not_found",
            Self::WrongPath => "wrong_path",
            Self::Redirect => "redirect",
            Self::ProxyRefused => "proxy_refused",
            Self::TemperatureUnsupported => "temperature_unsupported",
            Self::TokenLimitUnsupported => "token_limit_unsupported",
            Self::StructuredOutputUnsupported => "structured_output_unsupported",
            Self::UnsupportedParameter => "unsupported_parameter",
            Self::ContextLength => "context_length",
            Self::RequestTooLarge => "request_too_large",
            Self::Unrecognised => "unrecognised",
        }
    }
}
