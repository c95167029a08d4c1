//! How many files and connections the process may have open.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// What the service needs beside its connections: files it reads and writes, calls of models, standard streams.
const BESIDES: u64 = 128;

/// How many files may be open, and whether that is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Descriptors {
    /// The limit.
    pub(super) limit: u64,
    /// What is needed.
    pub(super) needed: u64,
}

impl Descriptors {
    /// Raises the process's own limit as far as the system lets it, where `connections` need that.
    pub(super) fn raise_for(connections: usize) -> Self {
        let needed = u64::try_from(connections)
            .unwrap_or(u64::MAX)
            .saturating_add(BESIDES);
        let found = getrlimit(Resource::Nofile);
        // No limit at all is told as none.
        let soft = found.current.unwrap_or(u64::MAX);
        let hard = found.maximum.unwrap_or(u64::MAX);
        let wanted = needed.min(hard);
        let is_raised = wanted > soft
            && setrlimit(
                Resource::Nofile,
                Rlimit {
                    current: Some(wanted),
                    maximum: found.maximum,
                },
            )
            .is_ok();
        Self {
            limit: if is_raised { wanted } else { soft },
            needed,
        }
    }

    /// Whether every connection that the settings allow can be opened.
    pub(super) fn are_enough(self) -> bool {
        self.limit >= self.needed
    }
}
