//! What tells one provider from another on the wire: headers and the model's name. Everything else is the
//! chat-completions shape, which all of them share.

mod openai_compatible;
mod yandex_ai_studio;

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};

use crate::call::{Authorization, CallSpec, Provider};

/// What a provider wants of a request.
#[derive(Debug)]
pub(crate) struct Dialect {
    pub(crate) headers: HeaderMap,
    pub(crate) model: String,
}

/// A value of the spec that cannot stand in a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotHeaderText;

/// The provider's wishes for a call.
pub(crate) fn dialect(spec: &CallSpec) -> Result<Dialect, NotHeaderText> {
    match spec.provider {
        Provider::YandexAiStudio => yandex_ai_studio::dialect(spec),
        Provider::OpenAiCompatible => openai_compatible::dialect(spec),
    }
}

fn authorize(headers: &mut HeaderMap, spec: &CallSpec) -> Result<(), NotHeaderText> {
    let Some(key) = &spec.key else { return Ok(()) };
    let scheme = match spec.authorization {
        Authorization::Bearer => "Bearer",
        Authorization::ApiKey => "Api-Key",
    };
    let mut value = header_value(&format!("{scheme} {}", key.expose()))?;
    // Keeps the key out of the HTTP stack's own debug output.
    value.set_sensitive(true);
    headers.insert(AUTHORIZATION, value);
    Ok(())
}

const OPENAI_PROJECT: HeaderName = HeaderName::from_static("openai-project");

fn name_project(headers: &mut HeaderMap, spec: &CallSpec) -> Result<(), NotHeaderText> {
    if let Some(project) = &spec.project {
        headers.insert(OPENAI_PROJECT, header_value(project)?);
    }
    Ok(())
}

fn header_value(text: &str) -> Result<HeaderValue, NotHeaderText> {
    HeaderValue::from_str(text).map_err(|_| NotHeaderText)
}
