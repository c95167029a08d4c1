//! A connection's bytes, with an eye on whether they move.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};

use super::{
    activity::Activity,
    preface::{Detected, First, Protocol},
};

/// A stream that gives its first bytes again and notes when bytes arrive and when they are not taken.
#[derive(Debug)]
pub(super) struct WatchedStream {
    stream: TcpStream,
    protocol: Protocol,
    first: First,
    /// How many of the first bytes have been given again.
    given: usize,
    activity: Arc<Activity>,
}

impl WatchedStream {
    pub(super) fn new(detected: Detected, activity: Arc<Activity>) -> Self {
        Self {
            stream: detected.stream,
            protocol: detected.protocol,
            first: detected.first,
            given: 0,
            activity,
        }
    }

    fn note_written(&self, written: &Poll<io::Result<usize>>) {
        match written {
            Poll::Pending => self.activity.blocked(),
            Poll::Ready(_) => self.activity.unblocked(),
        }
    }

    /// An HTTP/2 peer also sends where no request is to come; it is held to the time between requests.
    fn note_arrived(&self) {
        if self.protocol == Protocol::Http1 {
            self.activity.arrived();
        }
    }
}

impl AsyncRead for WatchedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let left = self.first.as_slice().get(self.given..).unwrap_or_default();
        let length = left.len().min(buffer.remaining());
        buffer.put_slice(left.get(..length).unwrap_or_default());
        self.given += length;
        // What came with the first bytes is taken along: a head is then refused as a whole or not at all.
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if buffer.filled().len() == before {
            return read;
        }
        self.note_arrived();
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for WatchedStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.note_written(&written);
        written
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.note_written(&written);
        written
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
