//! `POST /v1/decide/batch`: a command a line in, a decision a line out, in the same order.
//!
//! A line is answered before more of the body is read, and no more is read while the client does not take its answers, so that a batch of
//! any length needs the memory of a few lines. A line that cannot be decided is answered with what is wrong with it, and the rest goes on.

mod lines;

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    Extension,
    body::{Body, Bytes, HttpBody},
    extract::{Request, State},
    http::{HeaderValue, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use hyper::body::Frame;
use tokio::{
    sync::{OwnedSemaphorePermit, mpsc, watch},
    time::{sleep, timeout},
};

use super::{
    Service, Shared,
    access::Caller,
    body,
    content::require_ndjson,
    decide,
    problem::{BadLine, Kind, Refusal},
    trace_context::{self, TraceParent},
};
use lines::{Line, Lines};

/// How many bytes of answers are gathered before they are handed over while more lines are at hand.
const CHUNK_BYTES: usize = 16 * 1024;

/// Decides every line of the body.
pub(super) async fn batch(
    State(service): Shared,
    caller: Option<Extension<Caller>>,
    request: Request,
) -> Response {
    match begin(service, caller, request) {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(),
    }
}

fn begin(
    service: Arc<Service>,
    caller: Option<Extension<Caller>>,
    request: Request,
) -> Result<Response, Refusal> {
    let (head, body) = request.into_parts();
    let admitted = require_ndjson(&head.headers).and_then(|()| service.in_flight.enter_owned());
    let room = match admitted {
        Ok(room) => room,
        Err(refusal) => {
            body::discard(&head.headers, body);
            return Err(refusal);
        }
    };
    let (answers, receiver) = mpsc::channel(1);
    let batch = Batch {
        lines: Lines::new(service.settings.body_limit_bytes.bytes()),
        trace: trace_context::trace_parent(&head.headers),
        caller: caller.map_or(Caller::Anonymous, |Extension(caller)| caller),
        stopping: service.stopping.clone(),
        service,
        body,
        answers,
        chunk: Vec::new(),
        _room: room,
    };
    tokio::spawn(batch.run());
    let mut response = Response::new(Body::new(Answers(receiver)));
    response.headers_mut().insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/x-ndjson"),
    );
    Ok(response)
}

/// A batch under way.
struct Batch {
    service: Arc<Service>,
    caller: Caller,
    /// The caller's trace, which every command of the batch belongs to.
    trace: Option<TraceParent>,
    body: Body,
    lines: Lines,
    /// Says when the service stops reading.
    stopping: watch::Receiver<bool>,
    answers: mpsc::Sender<Bytes>,
    /// Answers that have not been handed over.
    chunk: Vec<u8>,
    _room: OwnedSemaphorePermit,
}

/// The client takes no more answers: it left, or it has not read any for too long.
struct Gone;

/// What came of reading more.
enum More {
    /// Something that may hold lines.
    Lines,
    /// The body has ended.
    End,
    /// The client has left.
    Gone,
}

impl Batch {
    async fn run(mut self) {
        // Whoever has left needs no answer, and nothing else is to be done.
        let _ = self.answer().await;
    }

    async fn answer(&mut self) -> Result<(), Gone> {
        loop {
            self.answer_lines_at_hand().await?;
            self.hand_over().await?;
            match self.read_more().await {
                Ok(More::Lines) => {}
                Ok(More::End) => break,
                Ok(More::Gone) => return Err(Gone),
                Err(refusal) => {
                    self.lines.count_next();
                    self.tell(&refusal);
                    return self.hand_over().await;
                }
            }
        }
        self.lines.end();
        self.answer_lines_at_hand().await?;
        self.hand_over().await
    }

    async fn answer_lines_at_hand(&mut self) -> Result<(), Gone> {
        while let Some(line) = self.lines.next() {
            match line {
                Line::Blank => continue,
                Line::TooLong { limit } => self.tell(&Refusal::too_large(limit)),
                Line::Text(text) => {
                    self.keep_pace().await?;
                    match decide::decide_bytes(&self.service, &text, self.trace).await {
                        Ok(decided) => {
                            self.chunk.extend_from_slice(&decided.bytes);
                            self.chunk.push(b'\n');
                        }
                        Err(refusal) => self.tell(&refusal),
                    }
                }
            }
            if self.chunk.len() >= CHUNK_BYTES {
                self.hand_over().await?;
            }
        }
        Ok(())
    }

    /// Waits until the caller may send another command.
    async fn keep_pace(&mut self) -> Result<(), Gone> {
        while let Err(early) = self.caller.count_request() {
            self.hand_over().await?;
            sleep(early).await;
        }
        Ok(())
    }

    /// Answers the line that was read last with what is wrong with it.
    fn tell(&mut self, refusal: &Refusal) {
        tracing::debug!(code = refusal.kind().code(), "line refused");
        let line = BadLine {
            line: self.lines.number(),
            error: refusal.document(),
        };
        if serde_json::to_writer(&mut self.chunk, &line).is_ok() {
            self.chunk.push(b'\n');
        }
    }

    /// Hands the answers over that there are.
    async fn hand_over(&mut self) -> Result<(), Gone> {
        if self.chunk.is_empty() {
            return Ok(());
        }
        let chunk = std::mem::take(&mut self.chunk);
        let patience = self.service.settings.read_timeout_ms.duration();
        match timeout(patience, self.answers.send(chunk.into())).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(Gone),
        }
    }

    /// Reads the next piece of the body.
    async fn read_more(&mut self) -> Result<More, Refusal> {
        let patience = self.service.settings.read_timeout_ms.duration();
        let piece = tokio::select! {
            biased;
            _ = self.stopping.wait_for(|stopping| *stopping) => {
                return Err(Refusal::of(Kind::Stopping));
            }
            () = self.answers.closed() => return Ok(More::Gone),
            piece = timeout(patience, body::next_frame(&mut self.body)) => piece,
        };
        match piece.unwrap_or_else(|_| Err(Refusal::of(Kind::BodyTimeout)))? {
            Some(bytes) => {
                self.lines.push(&bytes);
                Ok(More::Lines)
            }
            None => Ok(More::End),
        }
    }
}

/// The body of the answer: chunks as they come.
struct Answers(mpsc::Receiver<Bytes>);

impl HttpBody for Answers {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.0
            .poll_recv(context)
            .map(|chunk| chunk.map(|chunk| Ok(Frame::data(chunk))))
    }
}
