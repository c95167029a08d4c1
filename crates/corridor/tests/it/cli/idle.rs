//! Very many connections to a service in a process of its own.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::{
    frames::{END_HEADERS, END_STREAM, Frame, HEADERS, PREFACE, SETTINGS, frame, read_until},
    less::less,
    process::Process,
    service::Client,
};

/// How many there should be.
const CONNECTIONS: usize = 10_000;

/// How many of them speak HTTP/2: as many as may by default, as `docs/guides/deploying.md` says.
const HTTP2: usize = 512;

/// What `docs/guides/deploying.md` promises of them, in megabytes; the test looks.
const CAP_MB: usize = 512;

/// Files this process needs beside them, other tests included.
const BESIDES: usize = 500;

const HEALTH: &[u8] = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// As many connections as may be: fewer than wanted where this machine lets a process open too few files.
fn allowed() -> usize {
    let found = getrlimit(Resource::Nofile);
    let limit = Rlimit {
        current: found.maximum,
        maximum: found.maximum,
    };
    let _ = setrlimit(Resource::Nofile, limit);
    let files = getrlimit(Resource::Nofile)
        .current
        .map_or(usize::MAX, |files| usize::try_from(files).unwrap());
    let allowed = files.saturating_sub(BESIDES).min(CONNECTIONS);
    if allowed < CONNECTIONS {
        less(&format!(
            "LESSENED: {allowed} connections instead of {CONNECTIONS}, as a process may open {files} files"
        ));
    }
    allowed
}

fn resident_mb(process: u32) -> usize {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    let kilobytes: usize = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kilobytes / 1024
}

fn health(connection: &mut TcpStream) {
    connection.write_all(HEALTH).unwrap();
    let mut answer = [0; 512];
    let read = connection.read(&mut answer).unwrap();
    assert!(answer[..read].starts_with(b"HTTP/1.1 200 "));
}

/// As many requests as one HTTP/2 connection may have at once, sent together and all answered: what that took is kept for the next ones.
fn burst(connection: &mut Client) {
    connection.write(PREFACE);
    connection.write(&frame(SETTINGS, 0, 0, &[]));
    // GET http://localhost/health by the static table and literals.
    let head = [
        &[0x82, 0x86, 0x04, 7][..],
        b"/health",
        &[0x41, 9],
        b"localhost",
    ]
    .concat();
    let streams = (0..100).map(|number| 2 * number + 1);
    let requests: Vec<_> = streams
        .clone()
        .map(|stream| frame(HEADERS, END_HEADERS | END_STREAM, stream, &head))
        .collect();
    connection.write(&requests.concat());
    for _ in streams {
        read_until(connection, Frame::ends_stream);
    }
}

/// HTTP/2 connections after a burst, as many as there may be, and of the others a third that says nothing, a third that has been served,
/// and a third that stops in the middle of as large a head as it may send.
#[test]
#[cfg(target_os = "linux")]
fn idle_connections_cost_little_and_keep_nobody_out() {
    let page = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../docs/guides/deploying.md"
    );
    let page = fs::read_to_string(page).unwrap().replace('\n', " ");
    for promise in [format!("to {CAP_MB} MB"), format!("{HTTP2} over HTTP/2")] {
        assert!(page.contains(&promise), "{promise}");
    }
    let connections = allowed();
    let multiplexed = HTTP2.min(connections / 2);
    let service = Process::start(&[
        "--max-connections",
        "10240",
        "--max-http2-connections",
        &HTTP2.to_string(),
        "--read-timeout-ms",
        "600000",
        "--idle-timeout-ms",
        "600000",
    ]);
    let half_a_head = [
        &b"GET /health HTTP/1.1\r\nHost: localhost\r\nX: "[..],
        &[b'a'; 15_000],
    ]
    .concat();
    let mut open: Vec<TcpStream> = (0..connections - multiplexed)
        .map(|number| {
            let mut connection = TcpStream::connect(service.address()).unwrap();
            match number % 3 {
                0 => {}
                1 => health(&mut connection),
                _ => connection.write_all(&half_a_head).unwrap(),
            }
            connection
        })
        .collect();
    // The last, as they are asked now and then whether they are still there, and do not say so.
    let bursts: Vec<Client> = (0..multiplexed)
        .map(|_| {
            let mut connection = Client::connect(service.address().parse().unwrap());
            burst(&mut connection);
            connection
        })
        .collect();
    // The last heads are read before another connection's request is.
    let mut another = TcpStream::connect(service.address()).unwrap();
    health(&mut another);
    let resident = resident_mb(service.id());
    assert!(
        resident <= CAP_MB,
        "{resident} MB with {connections} connections"
    );
    for connection in open.iter_mut().skip(1).step_by(3).take(100) {
        health(connection);
    }
    for connection in open.iter_mut().skip(2).step_by(3).take(100) {
        connection.write_all(b"\r\n\r\n").unwrap();
        let mut answer = [0; 512];
        let read = connection.read(&mut answer).unwrap();
        assert!(answer[..read].starts_with(b"HTTP/1.1 200 "));
    }
    drop((open, bursts));
    let (code, log) = service.stop("-INT");
    assert_eq!(code, Some(0), "{log}");
}
