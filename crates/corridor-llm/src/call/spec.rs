//! Where a call goes, with which model, key and limits. Complete: nothing is left to be looked up at call time.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use reqwest::Url;

use crate::private::ApiKey;

/// The wire dialect of a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Provider {
    /// Yandex AI Studio's chat completions, with its project header and model names.
    YandexAiStudio,
    /// Anything that speaks OpenAI's chat completions: OpenAI, Ollama, vLLM, llama.cpp, LiteLLM, Cloud.ru and the like.
    OpenAiCompatible,
}

impl Provider {
    /// The name in the policy registry and in records.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::YandexAiStudio => "yandex_ai_studio",
            Self::OpenAiCompatible => "openai_compatible",
        }
    }
}

/// One call, fully specified. The policy registry builds these; tests may build their own.
#[derive(Debug, Clone)]
pub struct CallSpec {
    /// The wire dialect.
    pub provider: Provider,
    /// The model's name as configured: short, or a full `gpt://` address for Yandex AI Studio.
    pub model: String,
    /// The address that `/chat/completions` is added to.
    pub base_url: BaseUrl,
    /// The project or folder the call is billed to.
    pub project: Option<String>,
    /// How the key is sent.
    pub authorization: Authorization,
    /// The key; none is fine for servers on loopback.
    pub key: Option<ApiKey>,
    /// Whether the provider may keep requests.
    pub data_logging: DataLogging,
    /// Sampling temperature, 0 to 2.
    pub temperature: f64,
    /// The most tokens an answer may have.
    pub max_tokens: u32,
    /// The body's field that carries `max_tokens`.
    pub token_limit_field: TokenLimitField,
    /// How the answer's shape is asked for.
    pub structured_output: StructuredOutput,
    /// The limits of one attempt.
    pub timeouts: Timeouts,
    /// The largest response body accepted, bytes.
    pub max_response_bytes: usize,
    /// How the endpoint is reached.
    pub network: Network,
}

/// How a key is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authorization {
    /// `Authorization: Bearer …`
    Bearer,
    /// `Authorization: Api-Key …`, as Yandex AI Studio takes for service accounts.
    ApiKey,
}

/// Whether the provider may keep what it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataLogging {
    /// Ask the provider not to (`x-data-logging-enabled: false`).
    Refuse,
    /// Say nothing, and the provider does as it pleases.
    ProviderDefault,
}

/// How the shape of the answer is asked for. The answer is checked against the schema in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StructuredOutput {
    /// `response_format` with the schema, strict.
    JsonSchema,
    /// `response_format: json_object`; the schema stands in the prompt.
    JsonObject,
    /// No `response_format`; the schema stands in the prompt.
    PromptOnly,
}

impl StructuredOutput {
    /// The name in the policy registry.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::JsonSchema => "json_schema",
            Self::JsonObject => "json_object",
            Self::PromptOnly => "prompt_only",
        }
    }
}

/// The body's field for the token limit: providers disagree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenLimitField {
    /// `max_tokens`, which nearly everybody takes.
    MaxTokens,
    /// `max_completion_tokens`, which OpenAI's newer models insist on.
    MaxCompletionTokens,
}

/// The limits of one attempt. Each is within the next: connect ≤ first byte ≤ total, idle ≤ total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// To open the connection.
    pub connect: Duration,
    /// From the start of the attempt to the reply's first byte.
    pub first_byte: Duration,
    /// Between two pieces of the reply.
    pub idle: Duration,
    /// For the whole attempt.
    pub total: Duration,
}

/// How an endpoint is reached. Calls that agree on it and on the address share one pool of connections.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Network {
    /// A proxy for every call.
    pub proxy: Option<ProxyUrl>,
    /// A PEM file of certificate authorities to trust beside the system's.
    pub extra_ca_file: Option<PathBuf>,
}

/// A proxy's address, which may hold a password and so does not show itself.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ProxyUrl(Url);

impl ProxyUrl {
    /// Takes an http or https address with a host.
    ///
    /// # Errors
    /// When it is anything else.
    pub fn new(text: &str) -> Result<Self, BaseUrlError> {
        let url = Url::parse(text.trim()).map_err(|_| BaseUrlError::NotHttp)?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
            return Err(BaseUrlError::NotHttp);
        }
        Ok(Self(url))
    }

    pub(crate) fn expose(&self) -> &Url {
        &self.0
    }
}

impl fmt::Debug for ProxyUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ProxyUrl(private)")
    }
}

/// Whether commands may travel unencrypted beyond this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlainHttp {
    /// Only to loopback.
    Refuse,
    /// The operator says that the network in between is trusted.
    Allow,
}

/// A provider's address: http or https, no credentials, query or fragment.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl(Url);

/// Why a text is no base URL. Does not show it: an address may hold a password by mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BaseUrlError {
    /// Not an absolute http or https address with a host.
    #[error("not an http or https address with a host")]
    NotHttp,
    /// A user name or password inside.
    #[error("holds a user name or password; give the key by LLM_API_KEY or api_key_file instead")]
    Credentials,
    /// A query or fragment.
    #[error("holds a query or fragment; give the part before /chat/completions alone")]
    Query,
    /// Plain http to another machine.
    #[error("is plain http to another machine, so commands and the key would travel unencrypted")]
    PlainHttp,
}

impl BaseUrl {
    /// Takes an address such as `https://host/v1`; a slash at its end changes nothing.
    ///
    /// # Errors
    /// When the address is not one that commands and a key may be sent to.
    pub fn new(text: &str, plain_http: PlainHttp) -> Result<Self, BaseUrlError> {
        let url = Url::parse(text.trim()).map_err(|_| BaseUrlError::NotHttp)?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
            return Err(BaseUrlError::NotHttp);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(BaseUrlError::Credentials);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(BaseUrlError::Query);
        }
        let url = Self(url);
        if url.0.scheme() == "http" && !url.is_loopback() && plain_http == PlainHttp::Refuse {
            return Err(BaseUrlError::PlainHttp);
        }
        Ok(url)
    }

    /// Whether the address is this machine: `localhost` or a loopback IP address.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        let host = self.0.host_str().unwrap_or_default();
        let address = host.trim_start_matches('[').trim_end_matches(']');
        host.eq_ignore_ascii_case("localhost")
            || address
                .parse::<std::net::IpAddr>()
                .is_ok_and(|address| address.is_loopback())
    }

    /// Whether the connection is encrypted.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Scheme, host and port: what a pool of connections belongs to.
    #[must_use]
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// The address of the chat completions below this one.
    #[must_use]
    pub fn chat_completions(&self) -> Url {
        let mut url = self.0.clone();
        let path = format!("{}/chat/completions", url.path().trim_end_matches('/'));
        url.set_path(&path);
        url
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_urls_are_checked_at_the_door() {
        let refused = |text| BaseUrl::new(text, PlainHttp::Refuse).unwrap_err();
        assert_eq!(refused("ftp://host/v1"), BaseUrlError::NotHttp);
        assert_eq!(refused("host/v1"), BaseUrlError::NotHttp);
        assert_eq!(
            refused("https://user:secret@host/v1"),
            BaseUrlError::Credentials
        );
        assert_eq!(refused("https://host/v1?key=secret"), BaseUrlError::Query);
        assert_eq!(refused("http://host/v1"), BaseUrlError::PlainHttp);
        assert!(BaseUrl::new("http://host/v1", PlainHttp::Allow).is_ok());
        for loopback in [
            "http://127.0.0.1:8080",
            "http://localhost/v1",
            "http://[::1]:1/v1",
            "http://127.8.0.1",
        ] {
            assert!(
                BaseUrl::new(loopback, PlainHttp::Refuse).is_ok_and(|url| url.is_loopback()),
                "{loopback}"
            );
        }
    }

    #[test]
    fn chat_completions_stands_below_the_base() {
        for base in ["https://host/v1", "https://host/v1/"] {
            let url = BaseUrl::new(base, PlainHttp::Refuse).unwrap();
            assert_eq!(
                url.chat_completions().as_str(),
                "https://host/v1/chat/completions"
            );
        }
        let bare = BaseUrl::new("https://host", PlainHttp::Refuse).unwrap();
        assert_eq!(
            bare.chat_completions().as_str(),
            "https://host/chat/completions"
        );
    }
}
