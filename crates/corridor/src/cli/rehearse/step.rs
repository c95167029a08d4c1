//! The steps of the rehearsal: those of a rollout, then an outage and the way back.

use std::fmt::Write as _;

use corridor_decision::Stages;

use crate::model::GuardStatus;

/// One step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// Its name.
    pub(super) name: &'static str,
    /// What is on from this step on.
    pub(super) stage: Stage,
    /// What becomes of the provider.
    pub(super) provider: Provider,
}

/// How far the rollout has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Stage {
    /// Rules alone.
    Rules,
    /// A model reads along.
    Shadow,
    /// And gives hints.
    Assist,
    /// And its candidates may be executed, for this share of commands.
    Corridor(f64),
    /// An operator switched the master off through the admin API.
    SwitchedOff,
}

/// What becomes of the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Provider {
    /// It answers, with now and then a fault.
    Plays,
    /// It is gone.
    Gone,
    /// It is back.
    Back,
}

/// The steps, in order.
pub(super) const STEPS: &[Step] = &[
    step("rules alone", Stage::Rules, Provider::Plays),
    step("shadow", Stage::Shadow, Provider::Plays),
    step("assist", Stage::Assist, Provider::Plays),
    step("corridor 1 %", Stage::Corridor(0.01), Provider::Plays),
    step("corridor 100 %", Stage::Corridor(1.0), Provider::Plays),
    step("outage", Stage::Corridor(1.0), Provider::Gone),
    step("provider back", Stage::Corridor(1.0), Provider::Back),
    step("switched off", Stage::SwitchedOff, Provider::Plays),
];

const fn step(name: &'static str, stage: Stage, provider: Provider) -> Step {
    Step {
        name,
        stage,
        provider,
    }
}

/// The most that assist and partial trust may each add to a command, milliseconds. Short, so that a rehearsal is.
pub(super) const STAGE_TIMEOUT_MS: u64 = 300;

/// The policy of a rehearsal. Routes rest later than by default, so that the guard sees enough of an outage to trip (it passes over calls
/// that a resting route refused), and shorter, so that a provider that is back is soon tried again.
pub(super) const POLICY: &str = "\
version = 1
profile = \"cheap\"

[breaker]
failures_to_trip = 30
cooldown_ms = 100
max_cooldown_ms = 400

[profiles.cheap]
provider = \"openai_compatible\"
model = \"rehearsal\"
authorization = \"bearer\"
structured_output = \"json_schema\"
timeout_ms = 1000
max_concurrency = 64

[profiles.reliable]
provider = \"openai_compatible\"
model = \"rehearsal-reliable\"
structured_output = \"json_schema\"
timeout_ms = 1000
max_concurrency = 64
";

impl Stage {
    /// The settings file of this stage. The operator's switch is no setting.
    pub(super) fn settings(self, base_url: &str) -> Option<String> {
        let mut text = format!("[llm]\nbase_url = \"{base_url}\"\n");
        let (shadow, assist, rate) = match self {
            Self::Rules => (false, false, None),
            Self::Shadow => (true, false, None),
            Self::Assist => (true, true, None),
            Self::Corridor(rate) => (true, true, Some(rate)),
            Self::SwitchedOff => return None,
        };
        let _ = write!(
            text,
            "policy_enabled = {shadow}\n[shadow]\nenabled = {shadow}\ntimeout_ms = 1000\n"
        );
        let _ = write!(
            text,
            "[assist]\nenabled = {assist}\nnormalization = true\nentity_extraction = true\nclarify = true\n\
             timeout_ms = {STAGE_TIMEOUT_MS}\n"
        );
        let _ = write!(
            text,
            "[partial_trust]\nenabled = {}\nsample_rate = {}\ntimeout_ms = {STAGE_TIMEOUT_MS}\n",
            rate.is_some(),
            rate.unwrap_or(0.0)
        );
        // The provider plays candidates that rules refuse, which is not what the guard is to trip on here.
        text.push_str("[guard]\nmin_samples = 10\nmax_refusal_share = 1\nmax_slow_share = 1\nmax_error_share = 0.2\n");
        Some(text)
    }

    /// Whether these stages are in force. Where the guard tripped, partial trust is off whatever the settings say.
    pub(super) fn is_in_force(self, stages: &Stages, guard: &GuardStatus) -> bool {
        let rate = stages.partial_trust.as_ref().map(|trust| trust.rate.get());
        let on = (stages.shadow.is_some(), stages.assist.is_some(), rate);
        match self {
            Self::Rules | Self::SwitchedOff => {
                on == (false, false, None) && stages.runtime.is_none()
            }
            Self::Shadow => on == (true, false, None),
            Self::Assist => on == (true, true, None),
            Self::Corridor(rate) => match guard {
                GuardStatus::Armed => on == (true, true, Some(rate)),
                GuardStatus::Tripped(_) => on == (true, true, None),
            },
        }
    }
}
