//! Connections above the limit: told so at once, in HTTP/1.1, which also an HTTP/2 client understands as a refusal.

use std::{sync::LazyLock, time::Duration};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::Semaphore,
    time::timeout,
};

use crate::http::{
    API_VERSION,
    limits::RETRY_AFTER,
    problem::{Kind, Refusal},
};

/// How many connections are turned away at once with an answer; any more are just closed.
const AT_ONCE: usize = 64;

/// How long a client may take to read why.
const PATIENCE: Duration = Duration::from_secs(1);

static ROOM: Semaphore = Semaphore::const_new(AT_ONCE);

static ANSWER: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let refusal = Refusal::of(Kind::TooManyConnections);
    let body = serde_json::to_vec(&refusal.document()).unwrap_or_default();
    let mut answer = format!(
        "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/problem+json\r\ncontent-length: {}\r\n\
         retry-after: {}\r\nconnection: close\r\napi-version: {API_VERSION}\r\n\r\n",
        body.len(),
        RETRY_AFTER.as_secs()
    )
    .into_bytes();
    answer.extend_from_slice(&body);
    answer
});

/// Answers and closes.
pub(in crate::http) async fn turn_away(mut stream: TcpStream) {
    let Ok(_room) = ROOM.try_acquire() else {
        return;
    };
    // Whatever fails here fails a client that is being refused.
    let _ = timeout(PATIENCE, async {
        stream.write_all(&ANSWER).await?;
        stream.shutdown().await?;
        // A socket that is closed with something unread resets the connection, and the answer with it.
        let mut unread = [0; 1024];
        while stream.read(&mut unread).await? > 0 {}
        std::io::Result::Ok(())
    })
    .await;
}
