//! Answering `/metrics`: what is not counted as it happens is looked up when it is asked for.

use std::sync::{Arc, PoisonError, atomic::Ordering};

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use corridor_contract::SCHEMA_VERSION;
use corridor_decision::Pipeline;
use corridor_llm::runtime::BreakerState;
use prometheus_client::encoding::text;

use super::{
    Metrics,
    catalogue::{BREAKER_STATES, CLIENT_STATES},
    exposition::{Format, prometheus_text},
    labels::{
        BreakerLabels, BuildLabels, FileLabels, RecordLabels, ResultLabels, StateLabels,
        SwitchLabels,
    },
};
use crate::{
    http::API_VERSION,
    model::{ClientStatus, FilesStatus, ModelControl, switches::SwitchName},
    telemetry::{
        Telemetry,
        records::{LogFile, RecordWriter},
    },
};

/// Whose state is told.
#[derive(Clone)]
pub struct Watched {
    /// Holds the metrics, and writes records and traces.
    pub telemetry: Arc<Telemetry>,
    /// Decides.
    pub pipeline: Arc<Pipeline>,
    /// Says what is switched on.
    pub models: Arc<ModelControl>,
}

/// Answers `/metrics`.
pub fn router(watched: Watched) -> Router {
    Router::new()
        .route("/metrics", get(metrics))
        .with_state(watched)
}

async fn metrics(State(watched): State<Watched>, headers: HeaderMap) -> Response {
    let format = Format::wanted(&headers);
    match watched.render(format) {
        Some(text) => ([(header::CONTENT_TYPE, format.content_type())], text).into_response(),
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

impl Watched {
    fn render(&self, format: Format) -> Option<String> {
        let metrics = self.telemetry.metrics();
        let scraping = metrics
            .scraping
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        metrics.look_up_records(self.telemetry.records());
        metrics.look_up_models(&self.models);
        metrics.look_up_breakers(&self.pipeline);
        metrics.look_up_shadow(&self.pipeline);
        metrics.look_up_spans(&self.telemetry);
        metrics.look_up_build(&self.pipeline);
        let mut open_metrics = String::new();
        text::encode(&mut open_metrics, &metrics.registry).ok()?;
        drop(scraping);
        Some(match format {
            Format::OpenMetrics => open_metrics,
            Format::Prometheus => prometheus_text(&open_metrics),
        })
    }
}

impl Metrics {
    fn look_up_records(&self, writer: &RecordWriter) {
        for file in LogFile::ALL.into_iter().filter(|file| writer.writes(*file)) {
            let health = writer.health(file);
            for (result, count) in [
                ("written", health.written),
                ("dropped", health.dropped),
                ("failed", health.failed),
            ] {
                let file = file.as_str();
                self.records
                    .get_or_create(&RecordLabels { file, result })
                    .inner()
                    .store(count, Ordering::Relaxed);
            }
            let file = file.as_str();
            self.records_failing
                .get_or_create(&FileLabels { file })
                .set(i64::from(health.error.is_some()));
        }
        self.record_queue
            .set(i64::try_from(writer.queued()).unwrap_or(i64::MAX));
        self.half_lines
            .inner()
            .store(writer.half_lines(), Ordering::Relaxed);
    }

    fn look_up_models(&self, models: &ModelControl) {
        let status = models.status();
        for name in SwitchName::ALL.iter().copied() {
            let switch = name.as_str();
            self.switch_on
                .get_or_create(&SwitchLabels { switch })
                .set(i64::from(status.switches.of(name).is_on()));
        }
        let current = match &status.client {
            ClientStatus::Running => "running",
            ClientStatus::Off => "off",
            ClientStatus::Refused { .. } => "refused",
        };
        for state in CLIENT_STATES {
            self.model_client
                .get_or_create(&StateLabels { state })
                .set(i64::from(state == current));
        }
        self.files_good
            .set(i64::from(matches!(status.files, FilesStatus::Good)));
    }

    fn look_up_breakers(&self, pipeline: &Pipeline) {
        // Another policy may have other routes.
        self.breaker_state.clear();
        let stages = pipeline.stages();
        let Some(runtime) = &stages.runtime else {
            return;
        };
        for route in runtime.policy().routes() {
            let Some(current) = runtime.breaker_state(&route.id) else {
                continue;
            };
            let current = match current {
                BreakerState::Passing => "passing",
                BreakerState::Tripped => "tripped",
                BreakerState::Probing => "probing",
            };
            for state in BREAKER_STATES {
                self.breaker_state
                    .get_or_create(&BreakerLabels {
                        task: route.id.task.as_str(),
                        profile: route.id.profile.as_str().into(),
                        state,
                    })
                    .set(i64::from(state == current));
            }
        }
    }

    fn look_up_shadow(&self, pipeline: &Pipeline) {
        let load = pipeline.shadow_load();
        let gauge = |number| i64::try_from(number).unwrap_or(i64::MAX);
        self.shadow_under_way.set(gauge(load.under_way));
        self.shadow_waiting.set(gauge(load.waiting));
        self.shadow_shed.inner().store(load.shed, Ordering::Relaxed);
    }

    fn look_up_spans(&self, telemetry: &Telemetry) {
        let Some(counts) = telemetry.span_counts() else {
            return;
        };
        for (result, count) in [
            ("sent", counts.sent),
            ("dropped", counts.dropped),
            ("failed", counts.failed),
        ] {
            self.spans
                .get_or_create(&ResultLabels { result })
                .inner()
                .store(count, Ordering::Relaxed);
        }
    }

    fn look_up_build(&self, pipeline: &Pipeline) {
        self.build_info
            .get_or_create(&BuildLabels {
                version: env!("CARGO_PKG_VERSION"),
                api_version: API_VERSION,
                schema_version: SCHEMA_VERSION,
                pack_version: pipeline.decider().engine().pack_version().to_owned(),
            })
            .set(1);
    }
}
