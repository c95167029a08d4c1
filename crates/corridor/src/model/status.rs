//! What an operator is shown: every switch with who says what, the model client, the files, the guard.

use corridor_decision::stages::Trip;
use corridor_llm::start::Refusal;
use serde::{Serialize, Serializer, ser::SerializeMap as _};

use super::{
    kept::Kept,
    switches::{Said, SwitchName, Verdict, Veto, verdict},
};
use crate::config::{Settings, declaration::Layer, values};

/// The verdict on each switch, those above taken into account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdicts(Vec<(SwitchName, Said, Verdict)>);

impl Verdicts {
    /// Judges every switch.
    #[must_use]
    pub fn judge(settings: &Settings, kept: &Kept, bad_file: Veto) -> Self {
        let mut verdicts: Vec<(SwitchName, Said, Verdict)> = Vec::new();
        // Each switch stands behind the one above it in the list of all.
        for switch in SwitchName::ALL.iter().copied() {
            let said = Said {
                settings: switch.in_settings(settings),
                admin: kept.admin(switch),
                guard: kept.guard(switch),
                bad_file,
            };
            let own = verdict(&said);
            let above = switch
                .above()
                .and_then(|above| verdicts.iter().find(|(name, ..)| *name == above));
            let verdict = above.map_or(own, |(_, _, above)| own.under(*above));
            verdicts.push((switch, said, verdict));
        }
        Self(verdicts)
    }

    /// The same where no model can be called: what would be on is off.
    #[must_use]
    pub fn without_model(mut self) -> Self {
        for (switch, _, verdict) in &mut self.0 {
            if *switch != SwitchName::Master && verdict.is_on() {
                *verdict = Verdict::Off(super::switches::Cause::NoModel);
            }
        }
        self
    }

    /// The verdict on one switch.
    #[must_use]
    pub fn of(&self, switch: SwitchName) -> Verdict {
        self.0.iter().find(|(name, ..)| *name == switch).map_or(
            Verdict::Off(super::switches::Cause::Unset),
            |(.., verdict)| *verdict,
        )
    }

    /// Every switch with what was said of it.
    pub fn iter(&self) -> impl Iterator<Item = &(SwitchName, Said, Verdict)> {
        self.0.iter()
    }
}

/// Everything at one moment.
#[derive(Clone, Debug, Serialize)]
pub struct Status {
    /// Every switch.
    pub switches: Verdicts,
    /// The model client.
    pub client: ClientStatus,
    /// The settings and policy files.
    pub files: FilesStatus,
    /// The guard over partial trust.
    pub guard: GuardStatus,
    /// Whether what admin and guard switched off would survive a restart.
    pub kept: KeptStatus,
}

/// Whether what was switched off is on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KeptStatus {
    /// It is.
    Kept,
    /// The folder of `state.dir` did not take it; it is tried again.
    NotKept,
}

/// Whether models can be called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ClientStatus {
    /// They can.
    Running,
    /// The master switch is off, and there is no client.
    Off,
    /// Something is missing.
    Refused {
        /// What, a closed word.
        reason: &'static str,
        /// What, in words.
        message: String,
    },
}

impl ClientStatus {
    pub(super) fn refused(refusal: &Refusal) -> Self {
        Self::Refused {
            reason: refusal.as_str(),
            message: refusal.to_string(),
        }
    }
}

/// Whether the files are fit to be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum FilesStatus {
    /// They are in force.
    Good,
    /// One turned bad: the last good settings are in force, and every model stage is off.
    Bad {
        /// Everything wrong, with file and line.
        problems: Vec<String>,
    },
}

/// Whether the guard lets partial trust be.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum GuardStatus {
    /// It watches.
    Armed,
    /// It switched partial trust off.
    Tripped(Trip),
}

impl Serialize for Verdicts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (switch, said, verdict) in &self.0 {
            map.serialize_entry(switch.as_str(), &ShownSwitch::of(said, *verdict))?;
        }
        map.end()
    }
}

/// One switch: what it comes to, and who says what; null where somebody says nothing.
#[derive(Serialize)]
struct ShownSwitch {
    effective: &'static str,
    off_because: Option<&'static str>,
    file: Option<&'static str>,
    environment: Option<&'static str>,
    flag: Option<&'static str>,
    admin: Option<&'static str>,
    guard: Option<&'static str>,
}

impl ShownSwitch {
    fn of(said: &Said, verdict: Verdict) -> Self {
        let layer = |layer| {
            said.settings.said_by(layer).map(|said| match said {
                values::Switch::On => "on",
                values::Switch::Off => "off",
            })
        };
        let veto = |veto| (veto == Veto::Off).then_some("off");
        Self {
            effective: verdict.as_str(),
            off_because: verdict.cause().map(|cause| cause.as_str()),
            file: layer(Layer::File),
            environment: layer(Layer::Environment),
            flag: layer(Layer::Flag),
            admin: veto(said.admin),
            guard: veto(said.guard),
        }
    }
}
