//! `corridor serve`.

use std::{io, time::Instant};

use tokio::signal::unix::{SignalKind, signal};

use super::failure::Failure;
use crate::{
    config::{Settings, Sources},
    engine::Engine,
    http::{Drained, Parts, Server, Stop},
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
    let server = Server::bind(settings.server)
        .await
        .map_err(Failure::Start)?;
    let engine = Engine::load(&settings.decision).map_err(Failure::Load)?;
    tracing::info!(
        address = %server.address(),
        operator_address = server.operator_address().map(tracing::field::display),
        pack_version = engine.pack_version(),
        start_ms = started.elapsed().as_millis(),
        "ready"
    );
    if !server.serves_operators() {
        tracing::warn!(
            "metrics and admin are not served; server.operator_listen gives them an address"
        );
    }
    match server.run(Parts::new(engine), stop).await {
        Drained::Whole => tracing::info!("stopped"),
        Drained::Cut { connections } => {
            tracing::warn!(connections, "stopped with requests under way")
        }
    }
    Ok(())
}

/// Ends when the process is told to stop. Whoever sends SIGINT sits before it and does not want to wait.
fn stop_signal() -> io::Result<impl Future<Output = Stop>> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        let stop = tokio::select! {
            _ = interrupt.recv() => Stop::AtOnce,
            _ = terminate.recv() => Stop::AfterNotice,
        };
        tracing::info!("told to stop; ending requests under way");
        stop
    })
}
