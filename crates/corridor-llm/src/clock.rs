//! The wall clock, handed in: records need a time of day and daily limits need a day.
//!
//! Deadlines and latencies use `tokio::time::Instant` instead, which a test can pause.

/// Tells the time of day. The binary gives the system's clock, tests a fixed one.
pub trait Clock: Send + Sync + 'static {
    /// The time now, UTC.
    fn now(&self) -> jiff::Timestamp;
}

impl<F: Fn() -> jiff::Timestamp + Send + Sync + 'static> Clock for F {
    fn now(&self) -> jiff::Timestamp {
        self()
    }
}
