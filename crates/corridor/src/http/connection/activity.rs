//! What goes on on a connection, and whether it has gone on too long.

use std::{
    pin::Pin,
    sync::{
        Arc, LazyLock, Mutex, MutexGuard, PoisonError,
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
    /// Since when each answer has waited to be taken on.
    untaken_since: Mutex<Vec<Arc<AtomicU64>>>,
}

/// How much of an answer is handed over at once, in bytes, and so the least that a client has to take within its time.
const PIECE_BYTES: usize = 16 * 1024;

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
            untaken_since: Mutex::new(Vec::new()),
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
        let stalls = self.stalls().map(|since| since + patience.read);
        let leaves = self.quiet().map(|since| since + patience.idle);
        match (stalls, leaves) {
            (Some(stalls), Some(leaves)) => stalls.min(leaves),
            // A request that is under way takes what it takes; whoever works on it has limits of its own.
            (due, None) | (None, due) => due.unwrap_or_else(|| Instant::now() + patience.idle),
        }
    }

    /// What to do at the time `at`.
    pub(super) fn verdict(&self, at: Instant, patience: Patience) -> Verdict {
        let due = self.due(patience);
        if due > at {
            Verdict::Wait(due)
        } else if self
            .stalls()
            .is_some_and(|since| since + patience.read <= at)
        {
            Verdict::Cut
        } else {
            Verdict::Leave
        }
    }

    /// Since when the client keeps something waiting: a head, or an answer.
    fn stalls(&self) -> Option<Instant> {
        let untaken = self.untaken();
        let oldest = untaken
            .iter()
            .map(|since| since.load(Ordering::Relaxed))
            .filter(|since| *since != 0)
            .min();
        let blocked = noted(&self.blocked_since);
        let head = noted(&self.head_since).filter(|_| !self.is_under_way());
        [oldest, blocked, head]
            .into_iter()
            .flatten()
            .min()
            .map(instant)
    }

    /// Since when nothing goes on.
    fn quiet(&self) -> Option<Instant> {
        noted(&self.quiet_since)
            .filter(|_| !self.is_under_way() && noted(&self.head_since).is_none())
            .map(instant)
    }

    fn is_under_way(&self) -> bool {
        self.under_way.load(Ordering::Relaxed) > 0
    }

    fn untaken(&self) -> MutexGuard<'_, Vec<Arc<AtomicU64>>> {
        self.untaken_since
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// A time that is noted now.
fn noted(since: &AtomicU64) -> Option<u64> {
    Some(since.load(Ordering::Relaxed)).filter(|since| *since != 0)
}

/// A request that is under way until this is dropped.
#[derive(Debug)]
pub(super) struct UnderWay(Arc<Activity>);

impl UnderWay {
    /// The body of the request's answer, which holds the request under way until it is written or given up.
    ///
    /// On a multiplexed connection (HTTP/2) a piece is let go of as soon as the client has room for one byte of it, so that the last
    /// byte of an answer is given apart: it is let go of once there is room for all before it.
    pub(super) fn until_written(self, body: Body, is_multiplexed: bool) -> Counted {
        let untaken_since = Arc::new(AtomicU64::new(now()));
        self.0.untaken().push(Arc::clone(&untaken_since));
        Counted {
            holds_last: is_multiplexed && body.size_hint().exact().is_some(),
            rest: Bytes::new(),
            untaken_since,
            under_way: self,
            body,
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
///
/// It is asked for more only when the client has room for what it gave before: an HTTP/2 client that gives none would otherwise make us
/// keep its answers for ever. Given in pieces, so that little of it lies where it is not watched.
#[derive(Debug)]
pub(super) struct Counted {
    body: Body,
    /// Whether the last byte is given apart.
    holds_last: bool,
    /// What the body gave and the client has not been given.
    rest: Bytes,
    /// Since when nobody asked for more; 0 while the body has nothing more to give yet.
    untaken_since: Arc<AtomicU64>,
    under_way: UnderWay,
}

impl Counted {
    /// The next piece of a frame's data.
    fn piece(&mut self) -> Bytes {
        let most = match self.rest.len() {
            length @ 2.. if self.holds_last => PIECE_BYTES.min(length - 1),
            length => PIECE_BYTES.min(length),
        };
        if most == self.rest.len() && !self.holds_last {
            return std::mem::take(&mut self.rest);
        }
        let is_kept_elsewhere = !self.rest.is_unique();
        let piece = self.rest.split_to(most);
        if is_kept_elsewhere {
            return piece;
        }
        // Copied, as a slice would keep the whole answer in memory until the last of it is sent.
        Bytes::copy_from_slice(&piece)
    }
}

impl HttpBody for Counted {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.rest.is_empty() {
            match Pin::new(&mut self.body).poll_frame(context) {
                Poll::Pending => {
                    self.untaken_since.store(0, Ordering::Relaxed);
                    return Poll::Pending;
                }
                Poll::Ready(Some(Ok(frame))) => match frame.into_data() {
                    Ok(data) => self.rest = data,
                    Err(trailers) => return Poll::Ready(Some(Ok(trailers))),
                },
                end @ Poll::Ready(Some(Err(_)) | None) => return end,
            }
        }
        self.untaken_since.store(now(), Ordering::Relaxed);
        let piece = self.piece();
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let rest = u64::try_from(self.rest.len()).unwrap_or(u64::MAX);
        let body = self.body.size_hint();
        let mut hint = SizeHint::new();
        hint.set_lower(body.lower().saturating_add(rest));
        if let Some(upper) = body.upper() {
            hint.set_upper(upper.saturating_add(rest));
        }
        hint
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let ours = &self.untaken_since;
        self.under_way
            .0
            .untaken()
            .retain(|since| !Arc::ptr_eq(since, ours));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where it stands")]
mod tests {
    use super::*;

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

    #[tokio::test]
    async fn an_answer_that_nobody_asks_for_is_cut_and_one_that_is_not_made_yet_is_not() {
        let activity = Arc::new(Activity::new());
        let answer = vec![b'a'; 2 * PIECE_BYTES + 1];
        let mut body = Activity::begin(&activity).until_written(Body::from(answer), true);
        assert!(matches!(verdict_after(&activity, 9), Verdict::Wait(_)));
        assert_eq!(verdict_after(&activity, 10), Verdict::Cut);
        let mut lengths = Vec::new();
        while let Some(frame) = next_frame(&mut body).await {
            lengths.push(frame.unwrap().into_data().unwrap().len());
        }
        assert_eq!(lengths, [PIECE_BYTES, PIECE_BYTES, 1]);
        drop(body);
        assert_eq!(verdict_after(&activity, 60), Verdict::Leave);

        let mut body = Activity::begin(&activity).until_written(Body::new(Never), true);
        let asked = std::future::poll_fn(|context| {
            Poll::Ready(Pin::new(&mut body).poll_frame(context).is_pending())
        });
        assert!(asked.await);
        assert!(matches!(verdict_after(&activity, 50), Verdict::Wait(_)));
    }

    /// Answers that many ask for would otherwise be in memory as often as there are streams that leave them untaken.
    #[tokio::test]
    async fn what_is_kept_elsewhere_is_not_copied() {
        let activity = Arc::new(Activity::new());
        let kept = Bytes::from(vec![b'a'; 2 * PIECE_BYTES + 1]);
        for (answer, is_copied) in [(kept.clone(), false), (kept.to_vec().into(), true)] {
            let place = answer.as_ptr_range();
            let mut body = Activity::begin(&activity).until_written(Body::from(answer), true);
            let mut at = place.start;
            while let Some(frame) = next_frame(&mut body).await {
                let piece = frame.unwrap().into_data().unwrap();
                assert_eq!(piece.as_ptr() != at, is_copied);
                at = at.wrapping_add(piece.len());
            }
            assert_eq!(at, place.end);
        }
    }

    async fn next_frame(body: &mut Counted) -> Option<Result<Frame<Bytes>, axum::Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await
    }

    /// A body that never has anything to give.
    struct Never;

    impl HttpBody for Never {
        type Data = Bytes;
        type Error = std::convert::Infallible;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
            Poll::Pending
        }
    }
}
