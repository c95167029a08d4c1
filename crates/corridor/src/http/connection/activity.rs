//! What goes on on a connection, and whether it has gone on too long.

use std::{
    pin::Pin,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
    task::{Context, Poll},
    time::{Duration, Instant},
};

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};

/// How long a connection may stall.
#[derive(Clone, Copy, Debug)]
pub(in crate::http) struct Patience {
    /// In the middle of a head, or of an answer that the client does not take.
    pub(in crate::http) read: Duration,
    /// Between requests.
    pub(in crate::http) idle: Duration,
}

/// What goes on on one connection. Times are milliseconds since the first connection of the process; 0 means "not now".
///
/// Each is written where it changes and read by the connection's own task alone, so no order among them is needed.
#[derive(Debug)]
pub(super) struct Activity {
    under_way: AtomicU32,
    quiet_since: AtomicU64,
    head_since: AtomicU64,
    blocked_since: AtomicU64,
}

/// What to do with a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Look again at this time.
    Wait(Instant),
    /// Ask the client to leave: nothing is under way.
    Leave,
    /// End it.
    Cut,
}

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Milliseconds since the start, never 0.
fn now() -> u64 {
    u64::try_from(START.elapsed().as_millis())
        .unwrap_or(u64::MAX)
        .saturating_add(1)
}

fn instant(milliseconds: u64) -> Instant {
    *START + Duration::from_millis(milliseconds)
}

impl Activity {
    /// A connection that was just opened.
    pub(super) fn new() -> Self {
        Self {
            under_way: AtomicU32::new(0),
            quiet_since: AtomicU64::new(now()),
            head_since: AtomicU64::new(0),
            blocked_since: AtomicU64::new(0),
        }
    }

    /// A request arrived.
    pub(super) fn begin(activity: &Arc<Self>) -> UnderWay {
        activity.under_way.fetch_add(1, Ordering::Relaxed);
        activity.head_since.store(0, Ordering::Relaxed);
        UnderWay(Arc::clone(activity))
    }

    /// Bytes arrived; where no request is under way they begin a head.
    pub(super) fn arrived(&self) {
        if self.under_way.load(Ordering::Relaxed) == 0
            && self.head_since.load(Ordering::Relaxed) == 0
        {
            self.head_since.store(now(), Ordering::Relaxed);
        }
    }

    /// The client does not take what is written.
    pub(super) fn blocked(&self) {
        if self.blocked_since.load(Ordering::Relaxed) == 0 {
            self.blocked_since.store(now(), Ordering::Relaxed);
        }
    }

    /// The client took something.
    pub(super) fn unblocked(&self) {
        if self.blocked_since.load(Ordering::Relaxed) != 0 {
            self.blocked_since.store(0, Ordering::Relaxed);
        }
    }

    /// When the connection has to be looked at, as far as is known now.
    pub(super) fn due(&self, patience: Patience) -> Instant {
        let since = |since: &AtomicU64| match since.load(Ordering::Relaxed) {
            0 => None,
            since => Some(instant(since)),
        };
        let blocked = since(&self.blocked_since).map(|since| since + patience.read);
        let quiet = if self.under_way.load(Ordering::Relaxed) > 0 {
            None
        } else {
            since(&self.head_since)
                .map(|since| since + patience.read)
                .or_else(|| since(&self.quiet_since).map(|since| since + patience.idle))
        };
        // A request that is under way takes what it takes; whoever works on it has limits of its own.
        let later = || Instant::now() + patience.idle;
        match (blocked, quiet) {
            (Some(blocked), Some(quiet)) => blocked.min(quiet),
            (due, None) | (None, due) => due.unwrap_or_else(later),
        }
    }

    /// What to do at the time `at`.
    pub(super) fn verdict(&self, at: Instant, patience: Patience) -> Verdict {
        let due = self.due(patience);
        if due > at {
            return Verdict::Wait(due);
        }
        let is_stalled = self.blocked_since.load(Ordering::Relaxed) != 0
            || self.head_since.load(Ordering::Relaxed) != 0;
        if is_stalled {
            Verdict::Cut
        } else {
            Verdict::Leave
        }
    }
}

/// A request that is under way until this is dropped.
#[derive(Debug)]
pub(super) struct UnderWay(Arc<Activity>);

impl UnderWay {
    /// The body of the request's answer, which holds the request under way until it is written or given up.
    pub(super) fn until_written(self, body: Body) -> Counted {
        Counted {
            body,
            _under_way: self,
        }
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.quiet_since.store(now(), Ordering::Relaxed);
        self.0.under_way.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The body of an answer, with its request.
#[derive(Debug)]
pub(super) struct Counted {
    body: Body,
    _under_way: UnderWay,
}

impl HttpBody for Counted {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::Arc, time::Duration};

    use super::{Activity, Patience, Verdict, instant, now};

    const PATIENCE: Patience = Patience {
        read: Duration::from_secs(10),
        idle: Duration::from_secs(60),
    };

    fn verdict_after(activity: &Activity, seconds: u64) -> Verdict {
        activity.verdict(instant(now() + seconds * 1000 + 1), PATIENCE)
    }

    #[test]
    fn a_quiet_connection_is_asked_to_leave() {
        let activity = Activity::new();
        assert!(matches!(verdict_after(&activity, 59), Verdict::Wait(_)));
        assert_eq!(verdict_after(&activity, 60), Verdict::Leave);
    }

    #[test]
    fn a_head_that_does_not_end_is_cut() {
        let activity = Activity::new();
        activity.arrived();
        assert!(matches!(verdict_after(&activity, 9), Verdict::Wait(_)));
        assert_eq!(verdict_after(&activity, 10), Verdict::Cut);
    }

    #[test]
    fn a_request_under_way_is_waited_for() {
        let activity = Arc::new(Activity::new());
        activity.arrived();
        let under_way = Activity::begin(&activity);
        assert!(matches!(verdict_after(&activity, 50), Verdict::Wait(_)));
        drop(under_way);
        assert!(matches!(verdict_after(&activity, 50), Verdict::Wait(_)));
        assert_eq!(verdict_after(&activity, 60), Verdict::Leave);
    }

    #[test]
    fn an_answer_that_nobody_takes_is_cut() {
        let activity = Arc::new(Activity::new());
        let _under_way = Activity::begin(&activity);
        activity.blocked();
        assert!(matches!(verdict_after(&activity, 9), Verdict::Wait(_)));
        assert_eq!(verdict_after(&activity, 10), Verdict::Cut);
        activity.unblocked();
        assert!(matches!(verdict_after(&activity, 10), Verdict::Wait(_)));
    }
}
