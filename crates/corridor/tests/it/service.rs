//! The service on a real socket, and the smallest client that can send it anything at all.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    sync::{Arc, OnceLock},
    thread,
    time::Duration,
};

use corridor::{
    config::{Flags, SECTIONS, Settings, Sources},
    engine::Engine,
    http::{Drained, Parts, Server, Stop},
};
use corridor_decision::records::NoRecords;
use serde_json::Value;
use tokio::sync::oneshot;

/// How long a client waits before the test fails. Nothing takes this long when it works.
const PATIENCE: Duration = Duration::from_secs(30);

/// A service in a thread of this process, on a free port.
pub(crate) struct Service {
    address: SocketAddr,
    operator_address: Option<SocketAddr>,
    stop: Option<oneshot::Sender<Stop>>,
    thread: Option<thread::JoinHandle<Drained>>,
}

impl Service {
    /// Starts a service with these settings, named as in `server.listen`.
    pub(crate) fn start(settings: &[(&str, &str)]) -> Self {
        Self::start_with(settings, |_| {})
    }

    /// Starts a service with these settings and parts.
    pub(crate) fn start_with(
        settings: &[(&str, &str)],
        change: impl FnOnce(&mut Parts) + Send + 'static,
    ) -> Self {
        let settings = settings_of(settings);
        let (stop, stopped) = oneshot::channel();
        let (address_sender, address) = std::sync::mpsc::channel();
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let engine = Engine::load(&settings.decision).unwrap();
                let server = Server::bind(settings.server).await.unwrap();
                address_sender
                    .send((server.address(), server.operator_address()))
                    .unwrap();
                let mut parts = Parts::new(engine.pipeline(Arc::new(NoRecords)));
                change(&mut parts);
                let stop = async move { stopped.await.unwrap_or(Stop::AtOnce) };
                server.run(parts, stop).await
            })
        });
        let (address, operator_address) = address.recv().unwrap();
        Self {
            address,
            operator_address,
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    /// The service with default settings that all tests share which do not stop theirs.
    pub(crate) fn shared() -> &'static Self {
        static SHARED: OnceLock<Service> = OnceLock::new();
        SHARED.get_or_init(|| Service::start(&[]))
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Opens a connection.
    pub(crate) fn connect(&self) -> Client {
        Client::connect(self.address)
    }

    /// Sends one request to the address of operators.
    pub(crate) fn send_operator(&self, request: &[u8]) -> Answer {
        let mut client = Client::connect(self.operator_address.expect("an operator's address"));
        client.write(request);
        client.answer()
    }

    /// Sends one request on a connection of its own.
    pub(crate) fn send(&self, request: &[u8]) -> Answer {
        let mut client = self.connect();
        client.write(request);
        client.answer()
    }

    /// Posts a body as JSON.
    pub(crate) fn post(&self, path: &str, body: &[u8]) -> Answer {
        self.send(&post(path, &["Content-Type: application/json"], body))
    }

    /// Tells the service to stop.
    pub(crate) fn tell_to_stop(&mut self) {
        drop(self.stop.take());
    }

    /// Tells the service to stop in this way.
    pub(crate) fn tell_to(&mut self, stop: Stop) {
        self.stop.take().unwrap().send(stop).unwrap();
    }

    /// Waits until the service has stopped.
    pub(crate) fn stopped(mut self) -> Drained {
        self.tell_to_stop();
        self.thread.take().unwrap().join().unwrap()
    }
}

fn settings_of(settings: &[(&str, &str)]) -> Settings {
    let flags: Flags = [("server.listen", "127.0.0.1:0")]
        .iter()
        .chain(settings)
        .map(|(name, value)| {
            let mut declarations = SECTIONS.iter().flat_map(|section| section.settings);
            (
                declarations
                    .find(|declaration| declaration.name() == *name)
                    .unwrap(),
                (*value).to_owned(),
            )
        })
        .collect();
    Sources {
        flags,
        ..Sources::default()
    }
    .load()
    .unwrap()
}

/// Posts a command to a service at an address and gives the body of the answer.
pub(crate) fn post_to(address: &str, command: &[u8]) -> String {
    let mut client = Client::connect(address.parse().unwrap());
    client.write(&post(
        "/v1/decide",
        &["Content-Type: application/json"],
        command,
    ));
    let answer = client.answer();
    assert_eq!(answer.status, 200);
    answer.json().to_string()
}

/// A POST request with a length.
pub(crate) fn post(path: &str, headers: &[&str], body: &[u8]) -> Vec<u8> {
    let length = format!("Content-Length: {}", body.len());
    let mut request = head(
        "POST",
        path,
        headers.iter().copied().chain([length.as_str()]),
    );
    request.extend_from_slice(body);
    request
}

/// The head of a request, with the empty line that ends it.
pub(crate) fn head<'a>(
    method: &str,
    path: &str,
    headers: impl IntoIterator<Item = &'a str>,
) -> Vec<u8> {
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\n");
    for header in headers {
        head.push_str(header);
        head.push_str("\r\n");
    }
    head.push_str("\r\n");
    head.into_bytes()
}

/// One connection.
pub(crate) struct Client {
    reader: BufReader<TcpStream>,
}

impl Client {
    /// Opens a connection to an address.
    pub(crate) fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Self {
            reader: BufReader::new(stream),
        }
    }

    /// The same connection, to write to it from another thread.
    pub(crate) fn another_end(&self) -> Self {
        Self {
            reader: BufReader::new(self.reader.get_ref().try_clone().unwrap()),
        }
    }

    /// How long reading waits from now on.
    pub(crate) fn set_patience(&mut self, patience: Duration) {
        self.reader
            .get_mut()
            .set_read_timeout(Some(patience))
            .unwrap();
    }

    /// Reads what there is onto the end of `bytes`.
    pub(crate) fn read_some(&mut self, bytes: &mut Vec<u8>) -> std::io::Result<usize> {
        let mut piece = [0; 4096];
        let length = self.reader.read(&mut piece)?;
        bytes.extend_from_slice(&piece[..length]);
        Ok(length)
    }

    /// Reads this many bytes.
    pub(crate) fn read_exactly(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        self.reader.read_exact(&mut bytes).unwrap();
        bytes
    }

    /// Sends bytes to a service that may have closed the connection.
    pub(crate) fn try_write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.reader.get_mut().write_all(bytes)
    }

    /// Sends bytes as they are.
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        self.reader.get_mut().write_all(bytes).unwrap();
    }

    /// Writes as much as the service takes, until it closes the connection; gives how many bytes that were. Nothing is read.
    pub(crate) fn write_until_closed(&mut self, bytes: &[u8], most: usize) -> usize {
        let mut written = 0;
        while written < most {
            match self.reader.get_mut().write(bytes) {
                Ok(length) => written += length,
                Err(_) => break,
            }
        }
        written
    }

    /// Reads the head of an answer whose body comes in chunks.
    pub(crate) fn answer_head(&mut self) -> (u16, Vec<(String, String)>) {
        let status_line = self.line();
        let status = status_line.split(' ').nth(1).unwrap().parse().unwrap();
        let mut headers = Vec::new();
        loop {
            let line = self.line();
            let Some((name, value)) = line.split_once(':') else {
                return (status, headers);
            };
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
    }

    /// Reads one chunk of an answer; empty at its end.
    pub(crate) fn chunk(&mut self) -> Vec<u8> {
        let length = usize::from_str_radix(&self.line(), 16).expect("the length of a chunk");
        let mut chunk = vec![0; length];
        self.reader.read_exact(&mut chunk).unwrap();
        assert_eq!(self.line(), "");
        chunk
    }

    /// Reads the chunks of an answer to its end.
    pub(crate) fn chunks(&mut self) -> Vec<u8> {
        let mut all = Vec::new();
        loop {
            let chunk = self.chunk();
            if chunk.is_empty() {
                return all;
            }
            all.extend_from_slice(&chunk);
        }
    }

    /// Reads one answer.
    pub(crate) fn answer(&mut self) -> Answer {
        let status_line = self.line();
        let status = status_line
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        let mut headers = Vec::new();
        loop {
            let line = self.line();
            let Some((name, value)) = line.split_once(':') else {
                break;
            };
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let mut answer = Answer {
            status: status.expect("a status line"),
            headers,
            body: Vec::new(),
        };
        let length = answer
            .header("content-length")
            .map_or(0, |length| length.parse().unwrap());
        answer.body.resize(length, 0);
        self.reader.read_exact(&mut answer.body).unwrap();
        answer
    }

    /// Says that nothing more is sent, to a service that may have closed the connection.
    pub(crate) fn finish_sending(&mut self) {
        let _ = self.reader.get_mut().shutdown(std::net::Shutdown::Write);
    }

    /// Everything until the service closes the connection; what came before a reset counts.
    pub(crate) fn rest(&mut self) -> Vec<u8> {
        let mut rest = Vec::new();
        let _ = self.reader.read_to_end(&mut rest);
        rest
    }

    /// Whether the service has closed the connection and said nothing more.
    pub(crate) fn is_closed(&mut self) -> bool {
        self.reader.fill_buf().is_ok_and(<[u8]>::is_empty)
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.reader.read_line(&mut line).expect("an answer");
        line.trim_end().to_owned()
    }
}

/// All answers in what a service sent, one behind the other, each with a length.
pub(crate) fn answers_in(mut bytes: &[u8]) -> Vec<Answer> {
    let mut answers = Vec::new();
    while !bytes.is_empty() {
        let end = bytes
            .windows(4)
            .position(|window| window == b"\r\n\r\n")
            .expect("a whole head");
        let head = std::str::from_utf8(&bytes[..end]).unwrap();
        let mut lines = head.lines();
        let status = lines
            .next()
            .unwrap()
            .split(' ')
            .nth(1)
            .unwrap()
            .parse()
            .unwrap();
        let headers: Vec<_> = lines
            .map(|line| line.split_once(':').unwrap())
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        let length = headers
            .iter()
            .find(|(name, _)| name == "content-length")
            .map_or(0, |(_, length)| length.parse().unwrap());
        let body = bytes[end + 4..end + 4 + length].to_vec();
        bytes = &bytes[end + 4 + length..];
        answers.push(Answer {
            status,
            headers,
            body,
        });
    }
    answers
}

/// An answer of the service.
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(found, _)| found == name)
            .map(|(_, value)| value.as_str())
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("the body is JSON")
    }

    /// The body's `code`.
    pub(crate) fn code(&self) -> String {
        self.json()["code"]
            .as_str()
            .expect("a problem document has a code")
            .to_owned()
    }
}
