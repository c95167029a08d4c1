//! Counts the connections that a client opens, so that a failed call can tell whether its connection was a reused one.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use tower::{Layer, Service};

/// How many connections were begun.
#[derive(Debug, Clone, Default)]
pub(super) struct ConnectionCount(Arc<AtomicU64>);

impl ConnectionCount {
    pub(super) fn begun(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

impl<S> Layer<S> for ConnectionCount {
    type Service = Counted<S>;

    fn layer(&self, connector: S) -> Counted<S> {
        Counted {
            connector,
            count: self.clone(),
        }
    }
}

/// A connector that counts.
#[derive(Debug, Clone)]
pub(super) struct Counted<S> {
    connector: S,
    count: ConnectionCount,
}

impl<S, R> Service<R> for Counted<S>
where
    S: Service<R>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.connector.poll_ready(context)
    }

    fn call(&mut self, request: R) -> S::Future {
        self.count.0.fetch_add(1, Ordering::SeqCst);
        self.connector.call(request)
    }
}
