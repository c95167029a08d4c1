//! Sending spans to the collector, in batches, from a task of its own.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use prost::Message as _;
use reqwest::{Client, StatusCode, header::CONTENT_TYPE, redirect::Policy};
use tokio::{
    sync::{Notify, mpsc, watch},
    time::{sleep, timeout},
};

use super::{
    event::Event,
    otlp::{
        ExportTraceServiceRequest, ExportTraceServiceResponse, InstrumentationScope, KeyValue,
        Resource, ResourceSpans, ScopeSpans, Span,
    },
    spans::{SEMANTIC_CONVENTIONS, SpanMaker},
};

/// How often spans are sent where there are few.
const INTERVAL: Duration = Duration::from_secs(1);

/// The most spans sent at once.
const BATCH: usize = 512;

/// How long one attempt to send may take.
const SEND_TIMEOUT: Duration = Duration::from_secs(5);

/// Pauses before sending a batch again that the collector could not take at the moment.
const RETRY_PAUSES: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];

/// The most of an answer that is read.
const MAX_ANSWER_BYTES: usize = 64 * 1024;

/// What became of spans since the start.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) sent: AtomicU64,
    pub(super) dropped: AtomicU64,
    pub(super) failed: AtomicU64,
}

/// Everything the task owns.
pub(super) struct Exporter {
    pub(super) client: Client,
    pub(super) url: String,
    pub(super) resource: Vec<KeyValue>,
    pub(super) events: mpsc::Receiver<Event>,
    /// Told when the queue fills before the interval ends.
    pub(super) wake: Arc<Notify>,
    pub(super) is_closing: watch::Receiver<bool>,
    pub(super) counts: Arc<Counts>,
}

/// Why a batch was not taken.
#[derive(Debug)]
enum NotSent {
    /// It may go better a moment later.
    Transient(String),
    /// It will not.
    Final(String),
}

/// Makes a client for the collector. Redirects are not followed, and no proxy is taken from the environment.
pub(super) fn client(url: &str) -> Result<Client, reqwest::Error> {
    // Fails where a provider is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .user_agent(concat!("corridor/", env!("CARGO_PKG_VERSION")));
    let builder = if url.starts_with("https:") {
        builder
    } else {
        // Without https nothing is verified, so a machine without certificate authorities is fine.
        builder.tls_certs_only([])
    };
    builder.build()
}

impl Exporter {
    /// Runs until it is told to close and everything queued is sent, or tried.
    pub(super) async fn run(mut self) {
        let mut maker = SpanMaker::default();
        let mut is_failing = false;
        loop {
            tokio::select! {
                () = sleep(INTERVAL) => {}
                () = self.wake.notified() => {}
                _ = self.is_closing.wait_for(|is_closing| *is_closing) => {}
            }
            let is_closing = *self.is_closing.borrow();
            loop {
                let mut spans = Vec::new();
                while spans.len() < BATCH {
                    let Ok(event) = self.events.try_recv() else {
                        break;
                    };
                    maker.add(event, &mut spans);
                }
                if spans.is_empty() {
                    break;
                }
                self.send(spans, &mut is_failing).await;
            }
            if is_closing {
                return;
            }
        }
    }

    async fn send(&self, spans: Vec<Span>, is_failing: &mut bool) {
        let count = u64::try_from(spans.len()).unwrap_or(u64::MAX);
        let body = self.request(spans).encode_to_vec();
        match self.send_with_retries(body).await {
            Ok(rejected) => {
                let rejected = rejected.min(count);
                self.counts
                    .sent
                    .fetch_add(count.saturating_sub(rejected), Ordering::Relaxed);
                self.counts.failed.fetch_add(rejected, Ordering::Relaxed);
                if std::mem::take(is_failing) {
                    tracing::info!("the collector takes traces again");
                }
            }
            Err(reason) => {
                self.counts.failed.fetch_add(count, Ordering::Relaxed);
                if !std::mem::replace(is_failing, true) {
                    tracing::warn!(
                        reason,
                        "the collector does not take traces, and they are lost; decisions go on"
                    );
                }
            }
        }
    }

    /// Gives the number of spans that the collector refused.
    async fn send_with_retries(&self, body: Vec<u8>) -> Result<u64, String> {
        let mut pauses = RETRY_PAUSES.into_iter();
        loop {
            let sent = timeout(SEND_TIMEOUT, self.post(body.clone())).await;
            let reason = match sent {
                Ok(Ok(rejected)) => return Ok(rejected),
                Ok(Err(NotSent::Final(reason))) => return Err(reason),
                Ok(Err(NotSent::Transient(reason))) => reason,
                Err(_) => "it takes too long".to_owned(),
            };
            // Who stops the service does not want to wait for a collector that is away.
            match pauses.next().filter(|_| !*self.is_closing.borrow()) {
                Some(pause) => sleep(pause).await,
                None => return Err(reason),
            }
        }
    }

    async fn post(&self, body: Vec<u8>) -> Result<u64, NotSent> {
        // An address may hold what is nobody's business; an error says enough without it.
        let failed = |error: reqwest::Error| NotSent::Transient(error.without_url().to_string());
        let mut response = self
            .client
            .post(&self.url)
            .header(CONTENT_TYPE, "application/x-protobuf")
            .body(body)
            .send()
            .await
            .map_err(failed)?;
        let status = response.status();
        if !status.is_success() {
            let reason = format!("it answers with status {}", status.as_u16());
            let is_transient = matches!(
                status,
                StatusCode::TOO_MANY_REQUESTS
                    | StatusCode::BAD_GATEWAY
                    | StatusCode::SERVICE_UNAVAILABLE
                    | StatusCode::GATEWAY_TIMEOUT
            );
            return Err(if is_transient {
                NotSent::Transient(reason)
            } else {
                NotSent::Final(reason)
            });
        }
        let mut answer = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            answer.extend_from_slice(&chunk);
            if answer.len() > MAX_ANSWER_BYTES {
                return Ok(0);
            }
        }
        // What is no such answer has taken the spans all the same: the status says so.
        let answer = ExportTraceServiceResponse::decode(answer.as_slice()).unwrap_or_default();
        Ok(answer
            .partial_success
            .and_then(|partial| u64::try_from(partial.rejected_spans).ok())
            .unwrap_or_default())
    }

    fn request(&self, spans: Vec<Span>) -> ExportTraceServiceRequest {
        ExportTraceServiceRequest {
            resource_spans: vec![ResourceSpans {
                resource: Some(Resource {
                    attributes: self.resource.clone(),
                }),
                scope_spans: vec![ScopeSpans {
                    scope: Some(InstrumentationScope {
                        name: "corridor".to_owned(),
                        version: env!("CARGO_PKG_VERSION").to_owned(),
                    }),
                    spans,
                    schema_url: SEMANTIC_CONVENTIONS.to_owned(),
                }],
                schema_url: SEMANTIC_CONVENTIONS.to_owned(),
            }],
        }
    }
}
