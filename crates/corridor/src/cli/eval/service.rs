//! A running service as the executor of an evaluation.

use std::time::Duration;

use corridor_eval::{ExecutionError, Executor, Repeats};
use reqwest::{
    Client, Url,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue},
    redirect::Policy,
};
use tokio::runtime::Handle;

use crate::cli::failure::Failure;

/// Longer than any service may take; one that hangs must not hang the evaluation.
const TIMEOUT: Duration = Duration::from_secs(120);

/// Posts commands to a service.
pub(super) struct Service {
    client: Client,
    decide: Url,
    token: Option<HeaderValue>,
    runtime: Handle,
}

impl Service {
    /// The service at an address, such as `http://127.0.0.1:8080`.
    pub(super) fn at(url: &str, token: Option<&str>, runtime: Handle) -> Result<Self, Failure> {
        let refused = |message: String| Failure::Refused {
            message,
            hint: "name the service as --url http://127.0.0.1:8080".to_owned(),
        };
        let base = Url::parse(url).ok().filter(|url| {
            matches!(url.scheme(), "http" | "https")
                && url.host_str().is_some_and(|host| !host.is_empty())
        });
        let mut decide = base.ok_or_else(|| refused("--url is no http address".to_owned()))?;
        let path = format!("{}/v1/decide", decide.path().trim_end_matches('/'));
        decide.set_path(&path);
        let token = token
            .map(|token| HeaderValue::from_str(&format!("Bearer {}", token.trim())))
            .transpose()
            .map_err(|_| refused("the token file holds no token".to_owned()))?
            .map(|mut value| {
                value.set_sensitive(true);
                value
            });
        Ok(Self {
            client: client(decide.scheme() == "https")
                .map_err(|error| refused(format!("the client cannot be built: {error}")))?,
            decide,
            token,
            runtime,
        })
    }

    async fn post(&self, command: &[u8]) -> Result<Vec<u8>, ExecutionError> {
        let unanswered = |error: reqwest::Error| ExecutionError::Unanswered {
            reason: error.without_url().to_string(),
        };
        let mut request = self
            .client
            .post(self.decide.clone())
            .header(CONTENT_TYPE, "application/json")
            .body(command.to_vec());
        if let Some(token) = &self.token {
            request = request.header(AUTHORIZATION, token);
        }
        let response = request.send().await.map_err(unanswered)?;
        let status = response.status();
        if !status.is_success() {
            return Err(ExecutionError::Unanswered {
                reason: format!("the service answered with status {status}"),
            });
        }
        Ok(response.bytes().await.map_err(unanswered)?.to_vec())
    }
}

fn client(https: bool) -> reqwest::Result<Client> {
    // Fails where a provider is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .timeout(TIMEOUT)
        .user_agent(concat!("corridor/", env!("CARGO_PKG_VERSION")));
    // Without https nothing is verified, so a machine without certificate authorities is fine.
    if https {
        builder.build()
    } else {
        builder.tls_certs_only([]).build()
    }
}

impl Executor for Service {
    fn execute(&self, command: &[u8]) -> Result<Vec<u8>, ExecutionError> {
        self.runtime.block_on(self.post(command))
    }

    /// Whether a model has its say there is not known here.
    fn repeats(&self) -> Repeats {
        Repeats::MayVary
    }
}
