//! The service over real sockets.

mod access;
mod attacks;
mod batch;
mod explain;
mod http2;
mod limits;
mod openapi;
mod overload;
mod problems;
mod ready;
mod routes;
mod shutdown;

use std::path::Path;

use serde_json::Value;

/// The command of the fixtures, as bytes.
fn command() -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/command.json"))
        .unwrap()
}

/// The command of the fixtures with another text.
fn command_saying(text: &str) -> Vec<u8> {
    let mut command: Value = serde_json::from_slice(&command()).unwrap();
    command["text"] = text.into();
    command.to_string().into_bytes()
}

/// The next piece of an answer's body; nothing at its end.
async fn next_piece(body: &mut axum::body::Body) -> Option<axum::body::Bytes> {
    use axum::body::HttpBody as _;

    let frame =
        std::future::poll_fn(|context| std::pin::Pin::new(&mut *body).poll_frame(context)).await;
    frame.map(|frame| frame.unwrap().into_data().unwrap())
}
