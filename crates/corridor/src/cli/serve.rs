//! `corridor serve`.

use std::{
    io,
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};

use corridor_decision::Pipeline;
use jiff::Timestamp;
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    sync::oneshot,
};

use super::{descriptors::Descriptors, failure::Failure};
use crate::{
    config::{Settings, Sources},
    engine::Engine,
    http::{self, Drained, Parts, Server, Stop},
    model::{ControlParts, GuardWatch, ModelControl, Upkeep},
    telemetry::{
        self, Telemetry,
        metrics::{self, Watched},
        records::{LogFile, RecordPlan, RecordWriter},
        traces::Traces,
    },
};

/// How long writing records and sending traces may take at the end, beside `server.shutdown_notice_ms` and `server.shutdown_drain_ms`.
/// `docs/guides/http.md` states it.
const CLOSE_PATIENCE: Duration = Duration::from_secs(5);

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
        .block_on(run(sources, settings, started))
}

async fn run(sources: Sources, settings: Settings, started: Instant) -> Result<(), Failure> {
    let signals = Signals::listen().map_err(|source| Failure::System {
        doing: "wait for signals",
        source,
    })?;
    // The address comes first: whether it is free is known at once, and clients that connect meanwhile wait instead of failing.
    let drain = settings.server.shutdown_drain_ms.duration();
    let notice = settings.server.shutdown_notice_ms.duration();
    let descriptors = Descriptors::raise_for(settings.server.max_connections.get());
    if !descriptors.are_enough() {
        tracing::warn!(
            limit = descriptors.limit,
            needed = descriptors.needed,
            "fewer files may be open than server.max_connections needs"
        );
    }
    let server = Server::bind(settings.server.clone())
        .await
        .map_err(Failure::Start)?;
    let engine = Engine::load(&settings.decision).map_err(Failure::Load)?;
    let telemetry = telemetry(&settings)?;
    let guard = GuardWatch::new(&settings.guard);
    let pipeline = engine.pipeline(guard.around(Arc::clone(&telemetry) as _));
    let models = models(sources, settings, &pipeline, &telemetry, guard)?;
    let upkeep = Upkeep::start(&models).map_err(|source| Failure::System {
        doing: "wait for signals",
        source,
    })?;
    let mut parts = Parts::new(Arc::clone(&pipeline));
    parts.telemetry = Some(Arc::clone(&telemetry));
    parts.metrics = metrics::router(Watched {
        telemetry: Arc::clone(&telemetry),
        pipeline: Arc::clone(&pipeline),
        models: Arc::clone(&models),
    });
    parts.ready_details.push(Arc::clone(&telemetry) as _);
    parts.admin = http::admin(Arc::clone(&models));
    parts.ready_details.push(Arc::clone(&models) as _);
    tracing::info!(
        address = %server.address(),
        operator_address = server.operator_address().map(tracing::field::display),
        pack_version = engine.pack_version(),
        start_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        "ready"
    );
    if !server.serves_operators() {
        tracing::warn!(
            "metrics and admin are not served; server.operator_listen gives them an address"
        );
    }
    let (told, told_again) = signals.told();
    // Requests and shadow calls share one time.
    let until = Arc::new(OnceLock::new());
    let begun = Arc::clone(&until);
    let stop = async move {
        let stop = told.await;
        let notice = match stop {
            Stop::AtOnce => Duration::ZERO,
            Stop::AfterNotice => notice,
        };
        let _ = begun.set(Instant::now() + notice + drain);
        stop
    };
    let ended = async {
        let drained = server.run(parts, stop).await;
        let left = until.get().map_or(Duration::ZERO, |until| {
            until.saturating_duration_since(Instant::now())
        });
        pipeline.drain(left).await;
        Some(drained)
    };
    let drained = tokio::select! {
        drained = ended => drained,
        () = told_again => None,
    };
    drop(upkeep);
    models.close();
    telemetry.close(CLOSE_PATIENCE).await;
    match drained {
        Some(Drained::Whole) => tracing::info!("stopped"),
        None => tracing::warn!("told to stop a second time; stopped with requests under way"),
        Some(Drained::Cut { connections }) => {
            tracing::warn!(connections, "stopped with requests under way")
        }
    }
    Ok(())
}

/// Starts what writes records and sends traces.
fn telemetry(settings: &Settings) -> Result<Arc<Telemetry>, Failure> {
    let plan = RecordPlan::new(&settings.records).map_err(Failure::Records)?;
    if let Some(path) = plan.paths.get(LogFile::UserText) {
        tracing::warn!(
            file = %path.display(),
            "what people say is written to a file, since LOG_USER_TEXT asks for it; switch it off when you are done"
        );
    }
    let records = RecordWriter::start(plan, Timestamp::now).map_err(|source| Failure::System {
        doing: "start the thread that writes records",
        source,
    })?;
    let traces = Traces::start(&settings.traces).map_err(Failure::Traces)?;
    Ok(Arc::new(Telemetry::new(records, traces)))
}

/// Starts the model client where it is switched on, and hands the pipeline its stages from now on.
fn models(
    sources: Sources,
    settings: Settings,
    pipeline: &Arc<Pipeline>,
    telemetry: &Arc<Telemetry>,
    guard: Arc<GuardWatch>,
) -> Result<Arc<ModelControl>, Failure> {
    let pipeline = Arc::clone(pipeline);
    ModelControl::start(ControlParts {
        sources,
        settings,
        attempts: Arc::clone(telemetry) as _,
        clock: Arc::new(Timestamp::now),
        guard,
        publish: Box::new(move |stages| pipeline.set_stages(stages)),
    })
    .map(Arc::new)
    .map_err(Failure::Model)
}

/// What tells the process to stop.
struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    /// From now on signals end nothing by themselves.
    fn listen() -> io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    /// The first time the process is told to stop, and the next: whoever says it twice does not want to wait.
    fn told(mut self) -> (impl Future<Output = Stop>, impl Future<Output = ()>) {
        let (first, told) = oneshot::channel();
        let (second, told_again) = oneshot::channel();
        tokio::spawn(async move {
            let stop = self.next().await;
            tracing::info!("told to stop; ending requests under way");
            let _ = first.send(stop);
            self.next().await;
            let _ = second.send(());
        });
        (
            async move { told.await.unwrap_or(Stop::AtOnce) },
            async move {
                if told_again.await.is_err() {
                    std::future::pending::<()>().await;
                }
            },
        )
    }

    /// Whoever sends SIGINT sits before the process and does not want to wait.
    async fn next(&mut self) -> Stop {
        tokio::select! {
            _ = self.interrupt.recv() => Stop::AtOnce,
            _ = self.terminate.recv() => Stop::AfterNotice,
        }
    }
}
