//! One connection, from its first byte to its last: which version of HTTP it speaks, and when it is cut.
//!
//! What is cut: who sends nothing, or a head or an answer's acknowledgement too slowly. A body that comes too slowly is refused by
//! whoever reads it.

mod activity;
mod preface;
mod stream;
mod turned_away;

use std::{
    convert::Infallible,
    future::poll_fn,
    pin::pin,
    sync::Arc,
    task::Poll,
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Body,
    http::{
        HeaderValue, Request, Version,
        header::{CONNECTION, HOST, HeaderName, TRANSFER_ENCODING},
        uri::Authority,
    },
    response::IntoResponse as _,
};
use hyper::{
    body::Incoming,
    server::conn::{http1, http2},
    service::{Service as HyperService, service_fn},
};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::graceful::GracefulConnection,
};
use tokio::{net::TcpStream, sync::watch, time::timeout};
use tower::Service as _;

use super::{
    API_VERSION,
    limits::Place,
    problem::{Kind, Refusal},
};
pub(super) use activity::Patience;
use activity::{Activity, Counted, Verdict};
use preface::Protocol;
use stream::WatchedStream;
pub(super) use turned_away::turn_away;

/// The largest head of a request, in bytes, and so what a connection may make the service buffer for it.
const HEAD_LIMIT_BYTES: usize = 16 * 1024;

/// The most header fields in a head.
const HEADER_LIMIT: usize = 64;

/// The most requests at once on one HTTP/2 connection, and so how many answers it may leave untaken. Fewer would refuse clients
/// that begin before they were told (RFC 9113, 6.5.2).
const STREAM_LIMIT: u32 = 100;

/// What may be sent ahead on an HTTP/2 stream, in bytes: a body of the default limit.
const STREAM_WINDOW_BYTES: u32 = 64 * 1024;

/// What may be sent ahead on an HTTP/2 connection, in bytes, and so what it may make the service buffer.
const CONNECTION_WINDOW_BYTES: u32 = 128 * 1024;

/// Resets of streams that are taken before an HTTP/2 connection is ended: those the client sent before we accepted the stream, and
/// those our own refusals made. Both stand against floods of streams that are opened to be reset.
const RESET_LIMIT: usize = 20;
const ERROR_RESET_LIMIT: usize = 64;

/// How often an HTTP/2 peer is asked whether it is still there, and how long it may take to say so.
const PING_INTERVAL: Duration = Duration::from_secs(20);
const PING_PATIENCE: Duration = Duration::from_secs(10);

/// How long an HTTP/2 peer that was asked to leave may take.
const FAREWELL: Duration = Duration::from_secs(1);

/// Serves a connection until either side ends it, or asks it to end once `stopping` says so. It holds its place so long.
pub(super) async fn serve(
    stream: TcpStream,
    place: Place,
    router: Router,
    patience: Patience,
    stopping: watch::Receiver<bool>,
) {
    // Without this the last piece of an answer may wait for the client's acknowledgement of the one before.
    let _ = stream.set_nodelay(true);
    let activity = Arc::new(Activity::new());
    let Some(detected) = detect(stream, patience, stopping.clone()).await else {
        return;
    };
    let protocol = detected.protocol;
    let _http2 = match protocol {
        Protocol::Http1 => None,
        Protocol::Http2 => match place.enter_http2() {
            Some(among) => Some(among),
            None => return turn_away(detected.stream).await,
        },
    };
    let stream = TokioIo::new(WatchedStream::new(detected, Arc::clone(&activity)));
    let service = service(router, Arc::clone(&activity));
    // Boxed, so that a connection that has not said anything yet costs little memory.
    match protocol {
        Protocol::Http1 => {
            let connection = http1_builder().serve_connection(stream, service);
            Box::pin(drive(connection, &activity, patience, stopping)).await;
        }
        Protocol::Http2 => {
            let connection = http2_builder().serve_connection(stream, service);
            Box::pin(drive(connection, &activity, patience, stopping)).await;
        }
    }
}

/// Waits for the first bytes. Nothing where none come in time, or the service stops before.
async fn detect(
    stream: TcpStream,
    patience: Patience,
    mut stopping: watch::Receiver<bool>,
) -> Option<preface::Detected> {
    let detected = timeout(patience.read, preface::detect(stream));
    tokio::select! {
        detected = detected => detected.ok()?.ok(),
        _ = stopping.wait_for(|stopping| *stopping) => None,
    }
}

fn http1_builder() -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        // Heads are timed here, together with everything else that may stall.
        .header_read_timeout(None)
        .max_buf_size(HEAD_LIMIT_BYTES)
        .max_headers(HEADER_LIMIT)
        // A client that has sent everything may say so and still wants its answer.
        .half_close(true);
    builder
}

fn http2_builder() -> http2::Builder<TokioExecutor> {
    let mut builder = http2::Builder::new(TokioExecutor::new());
    builder
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAM_LIMIT)
        .max_header_list_size(u32::try_from(HEAD_LIMIT_BYTES).unwrap_or(u32::MAX))
        .initial_stream_window_size(STREAM_WINDOW_BYTES)
        .initial_connection_window_size(CONNECTION_WINDOW_BYTES)
        .max_send_buf_size(HEAD_LIMIT_BYTES)
        .max_pending_accept_reset_streams(RESET_LIMIT)
        .max_local_error_reset_streams(ERROR_RESET_LIMIT)
        .keep_alive_interval(PING_INTERVAL)
        .keep_alive_timeout(PING_PATIENCE);
    builder
}

/// Answers each request through the router, and counts it as under way until its answer is written or given up.
fn service(
    router: Router,
    activity: Arc<Activity>,
) -> impl HyperService<
    Request<Incoming>,
    Response = axum::http::Response<Counted>,
    Error = Infallible,
    Future: Send + 'static,
> {
    service_fn(move |request: Request<Incoming>| {
        let under_way = Activity::begin(&activity);
        let is_multiplexed = request.version() == Version::HTTP_2;
        let is_chunked = request.version() == Version::HTTP_11
            && request.headers().contains_key(TRANSFER_ENCODING);
        let answer = names_its_host(&request).then(|| router.clone().call(request.map(Body::new)));
        async move {
            let mut response = match answer {
                Some(answer) => {
                    let Ok(response) = answer.await;
                    response
                }
                None => Refusal::of(Kind::HostInvalid).into_response(),
            };
            let headers = response.headers_mut();
            headers.insert(
                HeaderName::from_static("api-version"),
                HeaderValue::from_static(API_VERSION),
            );
            if is_chunked {
                // Whoever stands between may have seen a length where we saw chunks, and another request behind (RFC 9112, 6.1):
                // nothing more is read.
                headers.insert(CONNECTION, HeaderValue::from_static("close"));
            }
            Ok::<_, Infallible>(response.map(|body| under_way.until_written(body, is_multiplexed)))
        }
    })
}

/// RFC 9112, 3.2. Whoever stands between goes by the host too, so that none, several, or what is no host are not to be guessed about.
fn names_its_host(request: &Request<Incoming>) -> bool {
    if request.version() != Version::HTTP_11 {
        return true;
    }
    let mut hosts = request.headers().get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        // RFC 9112 allows an empty one where the target has no host.
        (Some(host), None) => host.is_empty() || Authority::try_from(host.as_bytes()).is_ok(),
        _ => false,
    }
}

/// Runs a connection to its end.
async fn drive<C: GracefulConnection>(
    connection: C,
    activity: &Activity,
    patience: Patience,
    mut stopping: watch::Receiver<bool>,
) {
    let mut connection = pin!(connection);
    let mut told_to_stop = pin!(stopping.wait_for(|stopping| *stopping));
    let mut alarm = pin!(tokio::time::sleep_until(activity.due(patience).into()));
    let mut is_leaving = false;
    poll_fn(|context| {
        loop {
            // A connection's error is its client's doing: a reset, or something that is not HTTP.
            if connection.as_mut().poll(context).is_ready() {
                return Poll::Ready(());
            }
            if !is_leaving && told_to_stop.as_mut().poll(context).is_ready() {
                is_leaving = true;
                connection.as_mut().graceful_shutdown();
                continue;
            }
            let due = activity.due(patience);
            if due < alarm.deadline().into_std() {
                alarm.as_mut().reset(due.into());
            }
            if alarm.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            match activity.verdict(Instant::now(), patience) {
                Verdict::Wait(until) => alarm.as_mut().reset(until.into()),
                Verdict::Leave if !is_leaving => {
                    is_leaving = true;
                    alarm.as_mut().reset((Instant::now() + FAREWELL).into());
                    connection.as_mut().graceful_shutdown();
                }
                Verdict::Leave | Verdict::Cut => return Poll::Ready(()),
            }
        }
    })
    .await;
}
