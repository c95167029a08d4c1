//! Which model stages are on, and within which limits: the effective switches, after file, environment, admin and guard.
//!
//! A stage that is off is absent, so that nothing can run it. How switches come to be effective is not known here.

mod ask;
pub(crate) mod assist;
mod compare;
pub mod grounding;
mod guard;
pub(crate) mod partial_trust;
mod reading;
mod sampling;
pub(crate) mod scene;
pub(crate) mod shadow;

use std::sync::Arc;
use std::time::Duration;

use corridor_llm::Runtime;
use corridor_llm::policy::ProfileId;

pub use guard::{Guard, GuardLimits, GuardState, Trip, TripCause};
pub use sampling::{NotARate, SampleRate, place_of};
pub use shadow::desk::ShadowLoad;

use crate::records::{CorridorIntent, Master};

/// Texts longer than this are not sent to a model unless set otherwise: no household command is.
pub const DEFAULT_MAX_TEXT_CHARS: usize = 1000;

/// What may happen beside the baseline. Swapped as a whole, so that one command sees one state.
#[derive(Clone, Debug)]
pub struct Stages {
    /// The switch over everything that calls a model. Off means that no stage runs, whatever stands below.
    pub master: Master,
    /// The model client; absent where the master switch is off or it could not be started.
    pub runtime: Option<Arc<Runtime>>,
    /// Shadow, where on.
    pub shadow: Option<ShadowLimits>,
    /// Assist, where on.
    pub assist: Option<AssistLimits>,
    /// Partial trust, where on.
    pub partial_trust: Option<PartialTrustLimits>,
    /// The longest text that is sent to a model, in characters.
    pub max_text_chars: usize,
}

/// The limits of shadow calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShadowLimits {
    /// From the hand-over to the end of a call, waiting in the queue included.
    pub timeout: Duration,
    /// The most calls under way at once.
    pub max_concurrency: usize,
    /// The most calls that wait for a place; more are shed and counted.
    pub queue_len: usize,
}

/// The limits of assist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssistLimits {
    /// The most that assist adds to a command: all hints together.
    pub timeout: Duration,
    /// Whether the text is normalised.
    pub normalization: Switch,
    /// Whether items and titles are looked for.
    pub entities: Switch,
    /// Whether a question is asked for.
    pub clarify: Switch,
}

/// The limits of partial trust.
#[derive(Clone, Debug, PartialEq)]
pub struct PartialTrustLimits {
    /// The most that a visit adds to a command.
    pub timeout: Duration,
    /// The intents that the corridor covers.
    pub intents: Vec<CorridorIntent>,
    /// The share of commands it takes. The guard sets it to 0.
    pub rate: SampleRate,
    /// The profile that is asked; the policy's where absent.
    pub profile: Option<ProfileId>,
}

/// Whether one thing is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// It is.
    On,
    /// It is not.
    Off,
}

impl Stages {
    /// Rules alone.
    #[must_use]
    pub const fn off() -> Self {
        Self {
            master: Master::Off,
            runtime: None,
            shadow: None,
            assist: None,
            partial_trust: None,
            max_text_chars: DEFAULT_MAX_TEXT_CHARS,
        }
    }
}

impl Default for Stages {
    fn default() -> Self {
        Self::off()
    }
}

impl Default for ShadowLimits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_millis(3000),
            max_concurrency: 32,
            queue_len: 64,
        }
    }
}

impl Default for AssistLimits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_millis(1200),
            normalization: Switch::On,
            entities: Switch::On,
            clarify: Switch::On,
        }
    }
}

impl Default for PartialTrustLimits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_millis(1200),
            intents: vec![CorridorIntent::AddShoppingItem],
            rate: SampleRate::DEFAULT,
            profile: None,
        }
    }
}
