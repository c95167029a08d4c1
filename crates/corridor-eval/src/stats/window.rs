//! The time that is asked about.

use jiff::Timestamp;

/// From one time to another, the first included, the second not. Open where nothing is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// The first time that counts.
    pub since: Option<Timestamp>,
    /// The first time that does not count any more.
    pub until: Option<Timestamp>,
}

impl Window {
    pub(crate) fn holds(self, time: Timestamp) -> bool {
        self.since.is_none_or(|since| time >= since) && self.until.is_none_or(|until| time < until)
    }
}
