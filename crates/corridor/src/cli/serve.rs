//! `corridor serve`.

use std::{future::poll_fn, io, task::Poll, time::Instant};

use tokio::signal::unix::{Signal, SignalKind, signal};

use super::failure::Failure;
use crate::{
    config::{Settings, Sources},
    engine::Engine,
    http::{Drained, Server},
    telemetry,
};

/// Serves until the process is told to stop (SIGINT or SIGTERM).
pub(super) fn serve(sources: Sources) -> Result<(), Failure> {
    let started = Instant::now();
    let settings = sources.load().map_err(Failure::Settings)?;
    telemetry::log::start(&settings.log);
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|source| Failure::System {
            doing: "start the service's threads",
            source,
        })?
        .block_on(run(settings, started))
}

async fn run(settings: Settings, started: Instant) -> Result<(), Failure> {
    let stop = stop_signal().map_err(|source| Failure::System {
        doing: "wait for signals",
        source,
    })?;
    // The address comes first: whether it is free is known at once, and clients that connect meanwhile wait instead of failing.
    let server = Server::bind(settings.server).await.map_err(Failure::Bind)?;
    let engine = Engine::load(&settings.decision).map_err(Failure::Load)?;
    tracing::info!(
        address = %server.address(),
        pack_version = engine.pack_version(),
        start_ms = started.elapsed().as_millis(),
        "ready"
    );
    match server.run(engine, stop).await {
        Drained::Whole => tracing::info!("stopped"),
        Drained::Cut { connections } => {
            tracing::warn!(connections, "stopped with requests under way")
        }
    }
    Ok(())
}

/// Ends when the process is told to stop.
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(poll_fn(move |context| {
        let mut told = |signal: &mut Signal| signal.poll_recv(context).is_ready();
        // Both are polled, so that either one wakes.
        let (interrupted, terminated) = (told(&mut interrupt), told(&mut terminate));
        if interrupted || terminated {
            tracing::info!("told to stop; ending requests under way");
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }))
}
