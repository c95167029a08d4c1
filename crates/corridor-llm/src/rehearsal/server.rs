//! The listening side of a rehearsal.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::Instant;

use super::http_message::{HttpRequest, reply};
use super::inspect::{Violation, inspect};
use super::picker::{Picked, Picker};
use super::play::{Connection, play, reset};
use super::script::{PlayKind, Script};

/// A provider that is being rehearsed. Stops when dropped.
#[derive(Debug)]
pub struct Rehearsal {
    address: SocketAddr,
    stage: Arc<Stage>,
    listening: JoinHandle<()>,
}

/// What happened so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RehearsalReport {
    /// Requests that arrived whole.
    pub requests: u64,
    /// How often each play was played; outages count as `outage`.
    pub plays: BTreeMap<&'static str, u64>,
    /// Violations, the first hundred of them.
    pub violations: Vec<Violation>,
    /// How many violations there were.
    pub violation_count: u64,
}

const SHOWN_VIOLATIONS: usize = 100;

/// The most connections served at once; more wait.
const MAX_CONNECTIONS: usize = 1024;

#[derive(Debug)]
struct Stage {
    script: Script,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    picker: Picker,
    report: RehearsalReport,
    outage_until: Option<Instant>,
    outages_begun: usize,
}

enum Scene {
    Play(Picked),
    Outage,
}

impl Rehearsal {
    /// Listens on an address (port 0 for any free one) and plays a script.
    ///
    /// # Errors
    /// When the address cannot be listened on.
    pub async fn start(address: SocketAddr, script: Script) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let state = State {
            picker: Picker::new(&script),
            report: RehearsalReport::default(),
            outage_until: None,
            outages_begun: 0,
        };
        let stage = Arc::new(Stage {
            script,
            state: Mutex::new(state),
        });
        let listening = tokio::spawn(listen(listener, Arc::clone(&stage)));
        Ok(Self {
            address,
            stage,
            listening,
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL to give a client.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// What happened so far.
    #[must_use]
    pub fn report(&self) -> RehearsalReport {
        self.stage.lock().report.clone()
    }

    /// Waits until the listening ends, which it does not by itself: for a command line that is ended by a signal.
    pub async fn wait(&mut self) {
        let _ = (&mut self.listening).await;
    }
}

impl Drop for Rehearsal {
    fn drop(&mut self) {
        // The connections live in the listening task and end with it.
        self.listening.abort();
    }
}

async fn listen(listener: TcpListener, stage: Arc<Stage>) {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let mut connections = JoinSet::new();
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            return;
        };
        match listener.accept().await {
            Ok((stream, _)) => {
                let stage = Arc::clone(&stage);
                connections.spawn(async move {
                    // A peer that goes away is no concern of a rehearsal.
                    let _ = serve(stream, &stage).await;
                    drop(place);
                });
            }
            // Out of descriptors, most likely: give the others time to end.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn serve(mut stream: TcpStream, stage: &Stage) -> io::Result<()> {
    stream.set_nodelay(true)?;
    while let Some(request) = HttpRequest::read(&mut stream).await? {
        let connection = match stage.next(&request) {
            None => {
                stream
                    .write_all(&reply(500, "text/plain", "", b"the script is empty"))
                    .await?;
                Connection::Closed
            }
            Some(Scene::Outage) => reset(&stream)?,
            Some(Scene::Play(picked)) => {
                // A reset comes at once, as from a broken machine; everything else takes its time.
                if picked.play.play != PlayKind::Reset {
                    tokio::time::sleep(picked.latency).await;
                }
                play(&mut stream, &request, &picked.play).await?
            }
        };
        if connection == Connection::Closed {
            break;
        }
    }
    Ok(())
}

impl Stage {
    /// Takes a request down, checks it, and says what is played.
    fn next(&self, request: &HttpRequest) -> Option<Scene> {
        let mut state = self.lock();
        let picked = state.picker.pick();
        let number = picked.as_ref().map_or(0, |picked| picked.request);
        let kinds = inspect(request, &self.script.expect);
        let outage = state.outage(&self.script, number);
        let report = &mut state.report;
        report.requests = report.requests.saturating_add(1);
        for kind in kinds {
            report.violation_count = report.violation_count.saturating_add(1);
            if report.violations.len() < SHOWN_VIOLATIONS {
                report.violations.push(Violation {
                    request: number,
                    kind,
                });
            }
        }
        let scene = if outage {
            Some(Scene::Outage)
        } else {
            picked.map(Scene::Play)
        };
        let name = match &scene {
            Some(Scene::Play(picked)) => picked.play.play.as_str(),
            Some(Scene::Outage) => "outage",
            None => "nothing",
        };
        let count = report.plays.entry(name).or_default();
        *count = count.saturating_add(1);
        scene
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn outage(&mut self, script: &Script, request: u64) -> bool {
        let now = Instant::now();
        if let Some(outage) = script.outages.get(self.outages_begun)
            && request > outage.after_requests
        {
            self.outages_begun = self.outages_begun.saturating_add(1);
            self.outage_until = now.checked_add(Duration::from_millis(outage.for_ms));
        }
        self.outage_until.is_some_and(|until| now < until)
    }
}
