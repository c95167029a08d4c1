//! Just enough HTTP/1.1 to be a server whose faults are below HTTP: requests are read here, replies written by the play.

use std::io;

use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

/// A request, read whole.
#[derive(Debug)]
pub(super) struct HttpRequest {
    pub(super) method: String,
    pub(super) path: String,
    headers: Vec<(String, Vec<u8>)>,
    pub(super) body: Vec<u8>,
}

/// The largest request taken, head and body, bytes.
const MAX_REQUEST_BYTES: usize = 1024 * 1024;
const MAX_HEADERS: usize = 64;

impl HttpRequest {
    /// Reads the next request of a connection; `None` where the peer is done.
    pub(super) async fn read(stream: &mut TcpStream) -> io::Result<Option<Self>> {
        let mut bytes = Vec::new();
        loop {
            if let Some((mut request, body_start)) = Self::parse_head(&bytes)? {
                let length = request.content_length()?;
                let end = body_start.saturating_add(length);
                if end > MAX_REQUEST_BYTES {
                    return Err(invalid("the request is too large"));
                }
                while bytes.len() < end {
                    if stream.read_buf(&mut bytes).await? == 0 {
                        return Ok(None);
                    }
                }
                request.body = bytes.get(body_start..end).unwrap_or_default().to_vec();
                return Ok(Some(request));
            }
            if bytes.len() > MAX_REQUEST_BYTES {
                return Err(invalid("the head is too large"));
            }
            if stream.read_buf(&mut bytes).await? == 0 {
                return Ok(None);
            }
        }
    }

    fn parse_head(bytes: &[u8]) -> io::Result<Option<(Self, usize)>> {
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut head = httparse::Request::new(&mut headers);
        let httparse::Status::Complete(body_start) =
            head.parse(bytes).map_err(|_| invalid("no HTTP request"))?
        else {
            return Ok(None);
        };
        let request = Self {
            method: head.method.unwrap_or_default().to_owned(),
            path: head.path.unwrap_or_default().to_owned(),
            headers: head
                .headers
                .iter()
                .map(|header| (header.name.to_ascii_lowercase(), header.value.to_vec()))
                .collect(),
            body: Vec::new(),
        };
        Ok(Some((request, body_start)))
    }

    /// A header by its lower-case name.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(known, _)| known == name)?;
        std::str::from_utf8(value).ok().map(str::trim)
    }

    fn content_length(&self) -> io::Result<usize> {
        match self.header("content-length") {
            Some(length) => length
                .parse()
                .map_err(|_| invalid("content-length is no number")),
            None if self.header("transfer-encoding").is_some() => {
                Err(invalid("chunked requests are not read"))
            }
            None => Ok(0),
        }
    }
}

fn invalid(why: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

/// A reply, head and body, ready to be written as a whole or in pieces.
pub(super) fn reply(status: u16, content_type: &str, extra_headers: &str, body: &[u8]) -> Vec<u8> {
    let reason = match status {
        200 => "OK",
        401 => "Unauthorized",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "Status",
    };
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} {reason}\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\n{extra_headers}\r\n"
    );
    [head.as_bytes(), body].concat()
}
