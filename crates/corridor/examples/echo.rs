//! The least that an HTTP service on axum can do with a JSON body: parse it and write it back. `scripts/bench-http` measures the
//! service beside it.

use axum::{
    Router, body::Bytes, http::header::CONTENT_TYPE, response::IntoResponse, routing::post,
};

async fn echo(body: Bytes) -> impl IntoResponse {
    let echoed = serde_json::from_slice::<serde_json::Value>(&body)
        .and_then(|value| serde_json::to_vec(&value));
    (
        [(CONTENT_TYPE, "application/json")],
        echoed.unwrap_or_default(),
    )
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "127.0.0.1:8081".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    axum::serve(listener, Router::new().route("/v1/decide", post(echo))).await
}
