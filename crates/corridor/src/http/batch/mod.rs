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
    sync::{mpsc, watch},
    time::{Instant, sleep, timeout, timeout_at},
};

use super::{
    Service, Shared,
    access::Caller,
    body,
    content::require_ndjson,
    decide,
    limits::Room,
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
    let admitted = require_ndjson(&head.headers).and_then(|()| service.in_flight.enter_batch());
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
        due: Instant::now() + service.settings.read_timeout_ms.duration(),
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
    /// When the next line has to be here. Neither blank lines nor pieces of a line put it off: who sends a little now and then would hold
    /// a place for ever.
    due: Instant,
    _room: Room,
}

/// Why a batch ends before its last line.
enum End {
    /// The client takes no more answers: it left, or it has not read any for too long.
    Gone,
    /// For what the line at hand is answered with. It and those behind it are not decided.
    Refused(Kind),
}

/// What came of reading more.
enum More {
    /// Something that may hold lines.
    Lines,
    /// The body has ended.
    Nothing,
}

impl Batch {
    async fn run(mut self) {
        if let Err(End::Refused(kind)) = self.answer().await {
            self.tell(&Refusal::of(kind));
            // Whoever has left needs no answer, and nothing else is to be done.
            let _ = self.hand_over().await;
        }
    }

    async fn answer(&mut self) -> Result<(), End> {
        loop {
            self.answer_lines_at_hand().await?;
            match self.read_more().await? {
                More::Lines => {}
                More::Nothing => break,
            }
        }
        self.lines.end();
        self.answer_lines_at_hand().await
    }

    async fn answer_lines_at_hand(&mut self) -> Result<(), End> {
        let mut has_answered = false;
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
            has_answered = true;
            if self.chunk.len() >= CHUNK_BYTES {
                self.hand_over().await?;
            }
        }
        if has_answered {
            self.hand_over().await?;
            self.due = Instant::now() + self.service.settings.read_timeout_ms.duration();
        }
        Ok(())
    }

    /// Waits until the caller may send another command, unless it may send none any more.
    async fn keep_pace(&mut self) -> Result<(), End> {
        loop {
            if *self.stopping.borrow() {
                return Err(End::Refused(Kind::Stopping));
            }
            if !self.service.clients.still_admits(&self.caller) {
                return Err(End::Refused(Kind::TokenUnknown));
            }
            let Err(early) = self.caller.count_request() else {
                return Ok(());
            };
            self.hand_over().await?;
            tokio::select! {
                () = sleep(early) => {}
                () = self.answers.closed() => return Err(End::Gone),
                _ = self.stopping.wait_for(|stopping| *stopping) => {}
            }
        }
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
    async fn hand_over(&mut self) -> Result<(), End> {
        if self.chunk.is_empty() {
            return Ok(());
        }
        let chunk = std::mem::take(&mut self.chunk);
        let patience = self.service.settings.read_timeout_ms.duration();
        match timeout(patience, self.answers.send(chunk.into())).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(End::Gone),
        }
    }

    /// Reads the next piece of the body.
    async fn read_more(&mut self) -> Result<More, End> {
        let piece = tokio::select! {
            biased;
            _ = self.stopping.wait_for(|stopping| *stopping) => Err(Kind::Stopping),
            () = self.answers.closed() => return Err(End::Gone),
            piece = timeout_at(self.due, body::next_frame(&mut self.body)) => match piece {
                Ok(piece) => piece.map_err(|refusal| refusal.kind()),
                Err(_) => Err(Kind::BodyTimeout),
            },
        };
        match piece {
            Ok(Some(bytes)) => {
                self.lines.push(&bytes);
                Ok(More::Lines)
            }
            Ok(None) => Ok(More::Nothing),
            Err(kind) => {
                self.lines.count_next();
                Err(End::Refused(kind))
            }
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
