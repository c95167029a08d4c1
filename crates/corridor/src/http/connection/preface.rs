//! Which version of HTTP a client speaks, by its first bytes: HTTP/2 without TLS begins with a preface (RFC 9113, 3.4).

use std::io;

use tokio::{io::AsyncReadExt as _, net::TcpStream};

/// What an HTTP/2 client sends first.
const PREFACE: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// A version of HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Protocol {
    /// HTTP/1.0 or 1.1.
    Http1,
    /// HTTP/2.
    Http2,
}

/// A connection whose first bytes have been read.
#[derive(Debug)]
pub(super) struct Detected {
    pub(super) stream: TcpStream,
    pub(super) protocol: Protocol,
    /// What was read, to be read again.
    pub(super) first: First,
}

/// The first bytes of a connection.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct First {
    bytes: [u8; PREFACE.len()],
    length: usize,
}

impl First {
    /// The bytes.
    pub(super) fn as_slice(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

/// Reads until the first bytes tell.
///
/// # Errors
/// A connection that ends or breaks before.
pub(super) async fn detect(mut stream: TcpStream) -> io::Result<Detected> {
    let mut first = First::default();
    loop {
        let room = first.bytes.get_mut(first.length..).unwrap_or_default();
        let read = stream.read(room).await?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        first.length += read;
        let protocol = if !PREFACE.starts_with(first.as_slice()) {
            Protocol::Http1
        } else if first.length == PREFACE.len() {
            Protocol::Http2
        } else {
            continue;
        };
        return Ok(Detected {
            stream,
            protocol,
            first,
        });
    }
}
