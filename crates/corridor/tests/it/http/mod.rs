//! The service over real sockets.

mod access;
mod limits;
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
