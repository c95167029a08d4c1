//! Listening, serving connections, and stopping without cutting off what is under way.

use std::{convert::Infallible, io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, Request},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
    time::{sleep, timeout},
};
use tower::Service as _;

use super::{API_VERSION, Service, router};
use crate::{config::ServerSettings, engine::Engine};

/// How long to wait when the machine has no file descriptors or memory for another connection.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Why the service cannot listen.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen on {address}: {source}")]
pub struct BindError {
    /// The address.
    pub address: SocketAddr,
    /// Why.
    pub source: io::Error,
}

/// The service, listening. Clients can connect from the moment it exists and are answered once it runs.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    settings: ServerSettings,
}

impl Server {
    /// Listens on the address of the settings.
    ///
    /// # Errors
    /// An address that is taken or not this machine's.
    pub async fn bind(settings: ServerSettings) -> Result<Self, BindError> {
        let address = settings.listen.get();
        let failed = |source| BindError { address, source };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self {
            listener,
            address,
            settings,
        })
    }

    /// The address it listens on, with the port that was taken where port 0 was asked for.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `stop` ends, then lets requests under way end within the drain time.
    pub async fn run(self, engine: Engine, stop: impl Future<Output = ()>) -> Drained {
        let drain = self.settings.shutdown_drain_ms.duration();
        let read_timeout = self.settings.read_timeout_ms.duration();
        let router = router(Arc::new(Service {
            engine,
            settings: self.settings,
        }));
        let graceful = GracefulShutdown::new();
        let mut connections = JoinSet::new();
        tokio::pin!(stop);
        loop {
            tokio::select! {
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, _)) => {
                        let connection = connection(stream, router.clone(), read_timeout);
                        let connection = graceful.watch(connection);
                        // A connection's error is its client's doing: a reset, or something that is not HTTP.
                        connections.spawn(async move { drop(connection.await) });
                    }
                    Err(error) => pause_after(&error).await,
                },
                Some(_) = connections.join_next() => {}
                () = &mut stop => break,
            }
        }
        drop(self.listener);
        let ended = timeout(drain, async {
            graceful.shutdown().await;
            while connections.join_next().await.is_some() {}
        });
        match ended.await {
            Ok(()) => Drained::Whole,
            Err(_) => {
                let cut = connections.len();
                connections.shutdown().await;
                Drained::Cut { connections: cut }
            }
        }
    }
}

/// How serving ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drained {
    /// Every request under way was answered.
    Whole,
    /// The drain time ended first.
    Cut {
        /// How many connections were closed with a request under way.
        connections: usize,
    },
}

fn connection(
    stream: TcpStream,
    router: axum::Router,
    read_timeout: Duration,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> {
    // Without this the last piece of an answer may wait for the client's acknowledgement of the one before.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| {
        let answer = router.clone().call(request.map(Body::new));
        async move {
            let Ok(mut response) = answer.await;
            response.headers_mut().insert(
                HeaderName::from_static("api-version"),
                HeaderValue::from_static(API_VERSION),
            );
            Ok::<_, Infallible>(response)
        }
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(read_timeout)
        .serve_connection(TokioIo::new(stream), service)
}

async fn pause_after(error: &io::Error) {
    match error.kind() {
        io::ErrorKind::ConnectionRefused
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::ConnectionReset => {}
        _ => {
            tracing::error!(%error, pause_ms = ACCEPT_PAUSE.as_millis(), "cannot accept a connection");
            sleep(ACCEPT_PAUSE).await;
        }
    }
}
