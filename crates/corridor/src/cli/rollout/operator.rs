//! The operator's side of a running service, over HTTP.

use std::{env, fs, path::Path, time::Duration};

use reqwest::{
    Client, Method, Url,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue},
    redirect::Policy,
};
use serde_json::Value;

use crate::cli::failure::Failure;

/// Longer than any answer takes; switching models on may read certificates.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The environment variable that holds an operator's token.
const TOKEN_VARIABLE: &str = "CORRIDOR_OPERATOR_TOKEN";

/// A service, and the token to speak to it.
pub(in crate::cli) struct Operator {
    client: Client,
    switches: Url,
    token: HeaderValue,
}

impl Operator {
    /// The service at an address such as `http://127.0.0.1:8080`, with the token of a file or of the environment.
    pub(in crate::cli) fn at(url: &str, token_file: Option<&Path>) -> Result<Self, Failure> {
        Self::with_token(url, &token(token_file)?)
    }

    /// The same with a token. The admin API is served on loopback alone, so plain http it is.
    pub(in crate::cli) fn with_token(url: &str, token: &str) -> Result<Self, Failure> {
        let base = Url::parse(url).ok();
        let switches = base
            .filter(|url| url.scheme() == "http")
            .and_then(|url| url.join("/v1/admin/switches").ok())
            .ok_or_else(|| {
                refused(
                    "--url is no http address",
                    "http://127.0.0.1:8080, for example",
                )
            })?;
        Ok(Self {
            client: client()?,
            switches,
            token: header(token)?,
        })
    }

    /// Reads the switches, or changes them first.
    pub(in crate::cli) async fn ask(&self, change: Option<&Value>) -> Result<Value, Failure> {
        let (method, body) = match change {
            Some(change) => (Method::PATCH, change.to_string()),
            None => (Method::GET, String::new()),
        };
        let response = self
            .client
            .request(method, self.switches.clone())
            .header(AUTHORIZATION, self.token.clone())
            .header(CONTENT_TYPE, "application/json")
            .body(body)
            .send()
            .await
            .map_err(|error| {
                refused(
                    &format!("no answer from {}: {}", self.switches, error.without_url()),
                    "check --url, and that the service runs",
                )
            })?;
        let status = response.status();
        let answer: Value = response
            .bytes()
            .await
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default();
        if status.is_success() {
            return Ok(answer);
        }
        let word = |key: &str| {
            answer
                .get(key)
                .and_then(Value::as_str)
                .map(crate::cli::output::printable)
        };
        Err(refused(
            &word("title").unwrap_or_else(|| format!("the service answered with status {status}")),
            &word("detail").unwrap_or_else(|| {
                "admin is served on loopback, where server.operator_token_file is set".to_owned()
            }),
        ))
    }
}

/// A client for services on this machine.
pub(in crate::cli) fn client() -> Result<Client, Failure> {
    // Fails where one is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .timeout(TIMEOUT)
        // Nothing is verified over plain http, so a machine without certificate authorities is fine.
        .tls_certs_only([])
        .build()
        .map_err(|error| {
            refused(
                &format!("the client cannot be built: {error}"),
                "check the limits this process runs under",
            )
        })
}

const TOKEN_HINT: &str = "`corridor token new NAME` makes one; name its file with --operator-token, or set CORRIDOR_OPERATOR_TOKEN";

fn token(file: Option<&Path>) -> Result<String, Failure> {
    match file {
        Some(path) => fs::read_to_string(path).map_err(|source| Failure::Unreadable {
            path: path.to_owned(),
            source,
        }),
        None => Ok(env::var(TOKEN_VARIABLE).unwrap_or_default()),
    }
}

fn header(token: &str) -> Result<HeaderValue, Failure> {
    let token = token.trim();
    if token.is_empty() {
        return Err(refused("an operator's token is needed", TOKEN_HINT));
    }
    let mut value = HeaderValue::from_str(&format!("Bearer {token}"))
        .map_err(|_| refused("what was given is no token", TOKEN_HINT))?;
    value.set_sensitive(true);
    Ok(value)
}

fn refused(message: &str, hint: &str) -> Failure {
    Failure::Refused {
        message: message.to_owned(),
        hint: hint.to_owned(),
    }
}
