//! Listening, serving connections, and stopping without cutting off what is under way.

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, OnceLock},
    time::Duration,
};

use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
    time::{sleep, timeout},
};

use super::{
    Parts, Service,
    access::{Access, AccessError, Gate},
    connection::{self, Patience},
    limits::{Connections, InFlight},
    ready::Readiness,
    routes::{OperatorPlace, routes},
};
use crate::config::ServerSettings;

/// How long to wait when the machine has no file descriptors or memory for another connection.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// The most connections at `server.operator_listen`, beside those of everybody else: whoever is to switch something off must get in also
/// where the public address is full.
const OPERATOR_CONNECTIONS: usize = 64;

/// Why the service cannot be started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The service would be open to strangers, or cannot tell them apart.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// It cannot listen.
    #[error("cannot listen on {address}: {source}")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
}

/// The service, listening. Clients can connect from the moment it exists and are answered once it runs.
#[derive(Debug)]
pub struct Server {
    public: Listener,
    operator: Option<Listener>,
    access: Access,
    settings: ServerSettings,
}

/// A bound address.
#[derive(Debug)]
struct Listener {
    socket: TcpListener,
    address: SocketAddr,
}

/// How the service is told to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Accept no more connections from now on.
    AtOnce,
    /// First say at `/ready` that the service is stopping, and go on for `server.shutdown_notice_ms`, so that whoever sends commands
    /// can turn elsewhere.
    AfterNotice,
}

impl Server {
    /// Reads the token files and listens on the addresses of the settings.
    ///
    /// # Errors
    /// Settings that would let strangers in without saying so; an address that is taken or not this machine's.
    pub async fn bind(settings: ServerSettings) -> Result<Self, StartError> {
        let access = Access::new(&settings)?;
        let public = Listener::bind(settings.listen.get()).await?;
        let operator = match settings.operator_listen {
            Some(address) => Some(Listener::bind(address.get()).await?),
            None => None,
        };
        Ok(Self {
            public,
            operator,
            access,
            settings,
        })
    }

    /// The address it listens on, with the port that was taken where port 0 was asked for.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.public.address
    }

    /// The address that operators have for themselves, where they have one.
    #[must_use]
    pub fn operator_address(&self) -> Option<SocketAddr> {
        self.operator.as_ref().map(|listener| listener.address)
    }

    /// Who is let in to decide, in words.
    #[must_use]
    pub fn admits(&self) -> &'static str {
        match self.access.clients {
            Gate::Tokens { .. } => "those with a token of server.token_file",
            Gate::Open if self.public.address.ip().is_loopback() => "everybody on this machine",
            Gate::Open => "everybody who reaches the address, as server.no_auth says",
        }
    }

    /// Whether metrics and admin are served anywhere: beside everybody else on a loopback address, else at an address of their own.
    #[must_use]
    pub fn serves_operators(&self) -> bool {
        self.operator_place() != OperatorPlace::Nowhere
    }

    fn operator_place(&self) -> OperatorPlace {
        if self.operator.is_some() {
            OperatorPlace::Apart
        } else if self.settings.listen.get().ip().is_loopback() {
            OperatorPlace::Shared
        } else {
            OperatorPlace::Nowhere
        }
    }

    /// Serves until `stop` ends, then lets requests under way end within the drain time.
    pub async fn run(self, parts: Parts, stop: impl Future<Output = Stop>) -> Drained {
        let drain = self.settings.shutdown_drain_ms.duration();
        let notice = self.settings.shutdown_notice_ms.duration();
        let patience = Patience {
            read: self.settings.read_timeout_ms.duration(),
            idle: self.settings.idle_timeout_ms.duration(),
        };
        let open = Connections::new(
            self.settings.max_connections.get(),
            self.settings.max_http2_connections.get(),
        );
        let operators = Connections::new(OPERATOR_CONNECTIONS, OPERATOR_CONNECTIONS);
        let place = self.operator_place();
        let token_files = self.access.files.clone();
        let mut details = parts.ready_details;
        details.extend(token_files.iter().map(|file| Arc::clone(file) as _));
        let (drain_now, draining) = watch::channel(false);
        let service = Arc::new(Service {
            stopping: draining.clone(),
            openapi: OnceLock::new(),
            in_flight: InFlight::new(&self.settings),
            pipeline: parts.pipeline,
            telemetry: parts.telemetry,
            settings: self.settings,
            clients: self.access.clients.clone(),
            readiness: Readiness::default(),
            details,
        });
        let routes = routes(&service, self.access, parts.metrics, parts.admin, place);
        let mut background = JoinSet::new();
        for file in token_files {
            background.spawn(file.watch());
        }
        let mut connections = JoinSet::new();
        let stopping = async {
            if stop.await == Stop::AfterNotice {
                service.readiness.stop();
                sleep(notice).await;
            }
            service.readiness.stop();
        };
        tokio::pin!(stopping);
        loop {
            let (accepted, router, open) = tokio::select! {
                accepted = self.public.socket.accept() => (accepted, &routes.public, &open),
                accepted = accept_on(self.operator.as_ref()) => (accepted, &routes.operator, &operators),
                Some(_) = connections.join_next() => continue,
                Some(_) = background.join_next() => continue,
                () = &mut stopping => break,
            };
            match accepted {
                Ok((stream, _)) => match open.enter() {
                    Some(place) => {
                        let (router, draining) = (router.clone(), draining.clone());
                        connections
                            .spawn(connection::serve(stream, place, router, patience, draining));
                    }
                    None => {
                        background.spawn(connection::turn_away(stream));
                    }
                },
                Err(error) => pause_after(&error).await,
            }
        }
        drop((self.public, self.operator));
        let _ = drain_now.send(true);
        let ended = timeout(drain, async {
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

impl Listener {
    async fn bind(address: SocketAddr) -> Result<Self, StartError> {
        let failed = |source| StartError::Bind { address, source };
        let socket = TcpListener::bind(address).await.map_err(failed)?;
        let address = socket.local_addr().map_err(failed)?;
        Ok(Self { socket, address })
    }
}

/// The next connection of a listener; never one where there is no listener.
async fn accept_on(listener: Option<&Listener>) -> io::Result<(TcpStream, SocketAddr)> {
    match listener {
        Some(listener) => listener.socket.accept().await,
        None => std::future::pending().await,
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
