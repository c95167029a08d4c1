//! `corridor serve` as a process.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, Command, Stdio},
    thread::{self, JoinHandle},
    time::Duration,
};

use serde_json::Value;

use crate::program::command;

/// How long an answer may take before the test fails. Nothing takes this long when it works.
const PATIENCE: Duration = Duration::from_secs(60);

/// A service in a process of its own, whose log is read.
pub(crate) struct Process {
    child: Child,
    /// Reads the log beside everything else: a service whose log nobody takes comes to a stop.
    log: JoinHandle<String>,
    read: String,
    address: String,
}

impl Process {
    /// Starts the service and waits until its log says that it is ready.
    pub(crate) fn start(flags: &[&str]) -> Self {
        Self::start_with(flags, &[])
    }

    /// Starts the service with variables in its environment.
    pub(crate) fn start_with(flags: &[&str], environment: &[(&str, &str)]) -> Self {
        let arguments = [
            &["serve", "--log-format", "json", "--shutdown-notice-ms", "0"][..],
            if flags.contains(&"--listen") {
                &[]
            } else {
                &["--listen", "127.0.0.1:0"][..]
            },
            flags,
        ]
        .concat();
        let mut child = command(&arguments)
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let mut read = String::new();
        let ready = loop {
            let mut line = String::new();
            assert_ne!(log.read_line(&mut line).unwrap(), 0, "never ready: {read}");
            read.push_str(&line);
            let event: Value = serde_json::from_str(&line).unwrap();
            if event["message"] == "ready" {
                break event;
            }
        };
        let address = ready["address"].as_str().unwrap().to_owned();
        let log = thread::spawn(move || {
            let mut rest = String::new();
            log.read_to_string(&mut rest).unwrap();
            rest
        });
        Self {
            child,
            log,
            read,
            address,
        }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The process's id.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Posts a command and gives the whole answer.
    pub(crate) fn post(&self, body: &str) -> String {
        self.post_with(body, "")
    }

    /// The same with more headers, each with its line end.
    pub(crate) fn post_with(&self, body: &str, headers: &str) -> String {
        self.send(&format!(
            "POST /v1/decide HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n\
             {headers}Content-Length: {}\r\n\r\n{body}",
            body.len()
        ))
    }

    /// Gets a path and gives the whole answer.
    pub(crate) fn get(&self, path: &str, headers: &str) -> String {
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n"
        ))
    }

    /// Sends a request and gives everything that comes until the connection is closed.
    pub(crate) fn send(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        // A service that says nothing fails its test instead of stopping the run.
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Sends the process a signal.
    pub(crate) fn signal(&self, signal: &str) {
        let told = Command::new("kill")
            .args([signal, &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(told.success());
    }

    /// Tells the process to stop and gives its exit code and everything it logged.
    pub(crate) fn stop(mut self, signal: &str) -> (Option<i32>, String) {
        self.signal(signal);
        let code = self.child.wait().unwrap().code();
        self.read.push_str(&self.log.join().unwrap());
        (code, self.read)
    }
}

/// The body of an answer.
pub(crate) fn body(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").unwrap().1
}
