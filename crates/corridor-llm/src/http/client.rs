//! One pooled client per endpoint.

use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, NoProxy, Proxy, RequestBuilder, Response};

use super::connections::ConnectionCount;
use super::transport::of_sending;
use crate::call::{CallError, CallSpec, Network, UnavailableCause};

/// What a pool of connections belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Endpoint {
    origin: String,
    https: bool,
    network: Network,
    connect_timeout: Duration,
}

/// Why a client cannot be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The extra certificate authorities cannot be read.
    #[error(
        "the certificate authorities in {file} cannot be used: {reason}; give a readable PEM file as extra_ca_file"
    )]
    ExtraCa {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// TLS or proxy cannot be set up.
    #[error(
        "the client for {origin} cannot be built: {reason}; are the system's certificate authorities installed?"
    )]
    Build {
        /// The endpoint.
        origin: String,
        /// What is wrong.
        reason: String,
    },
}

/// Idle connections kept per endpoint: as many as routes run at once in practice, few enough to forget.
const IDLE_CONNECTIONS: usize = 32;

/// Shorter than what common servers and balancers allow, so that a connection is not closed under a request.
const IDLE_CONNECTION_TIMEOUT: Duration = Duration::from_secs(30);

impl Endpoint {
    pub(super) fn of(spec: &CallSpec) -> Self {
        Self {
            origin: spec.base_url.origin(),
            https: spec.base_url.is_https(),
            network: spec.network.clone(),
            connect_timeout: spec.timeouts.connect,
        }
    }
}

/// A pooled client, and one that reuses nothing for the second try of a request whose reused connection was dead.
pub(super) struct EndpointClient {
    pooled: Client,
    connections: ConnectionCount,
    /// Built when it is needed for the first time: certificate authorities take milliseconds to read.
    fresh: OnceLock<Option<Client>>,
}

impl EndpointClient {
    pub(super) fn new(endpoint: &Endpoint) -> Result<Self, ClientError> {
        let connections = ConnectionCount::default();
        Ok(Self {
            pooled: build(endpoint, IDLE_CONNECTIONS, connections.clone())?,
            connections,
            fresh: OnceLock::new(),
        })
    }

    /// Sends a request. Where it went over a connection that was kept from an earlier one and died before the first byte
    /// of a reply, the server had closed it meanwhile: the request is sent once more, at once, over a new connection.
    pub(super) async fn send(
        &self,
        endpoint: &Endpoint,
        request: impl Fn(&Client) -> RequestBuilder,
    ) -> Result<Response, CallError> {
        let before = self.connections.begun();
        let error = match request(&self.pooled).send().await {
            Ok(response) => return Ok(response),
            Err(error) => of_sending(&error),
        };
        let is_reused = self.connections.begun() == before;
        if !is_reused || error != CallError::Unavailable(UnavailableCause::Disconnected) {
            return Err(error);
        }
        let fresh = self
            .fresh
            .get_or_init(|| build(endpoint, 0, ConnectionCount::default()).ok());
        let fresh = fresh.as_ref().ok_or(error)?;
        request(fresh)
            .send()
            .await
            .map_err(|error| of_sending(&error))
    }
}

fn build(
    endpoint: &Endpoint,
    idle_connections: usize,
    connections: ConnectionCount,
) -> Result<Client, ClientError> {
    // Fails where a provider is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();

    let failed = |error: reqwest::Error| ClientError::Build {
        origin: endpoint.origin.clone(),
        reason: causes(&error),
    };
    let mut builder = Client::builder()
        .redirect(Policy::none())
        .referer(false)
        .no_proxy()
        .connect_timeout(endpoint.connect_timeout)
        .pool_max_idle_per_host(idle_connections)
        .connector_layer(connections)
        .pool_idle_timeout(IDLE_CONNECTION_TIMEOUT)
        .tcp_nodelay(true)
        .user_agent(concat!("corridor/", env!("CARGO_PKG_VERSION")));
    if let Some(proxy) = &endpoint.network.proxy {
        let proxy = Proxy::all(proxy.expose().clone()).map_err(failed)?;
        builder = builder.proxy(proxy.no_proxy(NoProxy::from_string("localhost,127.0.0.0/8,::1")));
    }
    builder = match (&endpoint.network.extra_ca_file, endpoint.https) {
        (Some(file), _) => builder.tls_certs_merge(read_certificates(file)?),
        // Without https nothing is verified, so a machine without certificate authorities is fine.
        (None, false) => builder.tls_certs_only([]),
        (None, true) => builder,
    };
    builder.build().map_err(failed)
}

fn read_certificates(file: &PathBuf) -> Result<Vec<Certificate>, ClientError> {
    let failed = |reason: String| ClientError::ExtraCa {
        file: file.clone(),
        reason,
    };
    let pem = std::fs::read(file).map_err(|error| failed(error.to_string()))?;
    let certificates =
        Certificate::from_pem_bundle(&pem).map_err(|error| failed(causes(&error)))?;
    if certificates.is_empty() {
        return Err(failed("no certificate in it".to_owned()));
    }
    Ok(certificates)
}

/// An error with what lies below it. Only for building clients: no request is involved yet, so nothing private.
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
