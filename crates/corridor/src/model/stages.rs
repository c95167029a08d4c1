//! From switches and settings to what the pipeline may do.

use std::sync::Arc;

use corridor_contract::JobType;
use corridor_decision::{
    Stages,
    records::{CorridorIntent, Master},
    stages::{AssistLimits, PartialTrustLimits, SampleRate, ShadowLimits, Switch},
};
use corridor_llm::Runtime;

use super::{
    kept::Kept,
    status::Verdicts,
    switches::{SwitchName, Veto},
};
use crate::config::Settings;

/// The stages that are on, within the limits of the settings. Without a model client none is.
pub(super) fn stages(
    settings: &Settings,
    verdicts: &Verdicts,
    runtime: Option<Arc<Runtime>>,
) -> Stages {
    let is_on = |switch| verdicts.of(switch).is_on();
    let switch = |name| if is_on(name) { Switch::On } else { Switch::Off };
    let shadow = &settings.shadow;
    let assist = &settings.assist;
    let trust = &settings.partial_trust;
    Stages {
        master: if is_on(SwitchName::Master) {
            Master::On
        } else {
            Master::Off
        },
        runtime,
        shadow: is_on(SwitchName::Shadow).then(|| ShadowLimits {
            timeout: shadow.timeout_ms.duration(),
            max_concurrency: shadow.max_concurrency.get(),
            queue_len: shadow.queue_length.get(),
        }),
        assist: is_on(SwitchName::Assist).then(|| AssistLimits {
            timeout: assist.timeout_ms.duration(),
            normalization: switch(SwitchName::AssistNormalization),
            entities: switch(SwitchName::AssistEntityExtraction),
            clarify: switch(SwitchName::AssistClarify),
        }),
        partial_trust: is_on(SwitchName::PartialTrust).then(|| PartialTrustLimits {
            timeout: trust.timeout_ms.duration(),
            intents: trust.intent.get().iter().filter_map(corridor).collect(),
            rate: trust.sample_rate.rate(),
            profile: trust
                .profile_id
                .as_ref()
                .map(|profile| profile.id().clone()),
        }),
        max_text_chars: settings.llm.max_text_chars.get(),
    }
}

/// The stages that the settings alone turn on: for command-line runs, which no operator switches and no guard watches.
#[must_use]
pub fn stages_by_settings(settings: &Settings, runtime: Option<Arc<Runtime>>) -> Stages {
    let verdicts = Verdicts::judge(settings, &Kept::default(), Veto::Silent);
    stages(settings, &verdicts, runtime)
}

fn corridor(intent: &JobType) -> Option<CorridorIntent> {
    match intent {
        JobType::AddShoppingItem => Some(CorridorIntent::AddShoppingItem),
        JobType::CreateTask | JobType::Unknown => None,
    }
}

impl crate::config::values::SampleRate {
    /// The share as the sampling takes it.
    #[must_use]
    pub fn rate(self) -> SampleRate {
        SampleRate::new(self.get()).unwrap_or(SampleRate::NONE)
    }
}
