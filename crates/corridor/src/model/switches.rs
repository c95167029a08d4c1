//! Which switches there are, who may say something about them, and what it comes to.
//!
//! A pure function over what everybody says. The rule: a switch is on when the settings say on and nobody says off; an explicit off in
//! file, environment, flag, admin or guard wins; what is unset says nothing. Nobody can switch on over somebody else's off.

use serde::{Deserialize, Serialize};

use crate::config::{
    Settings,
    declaration::Layer,
    values::{StageSwitch, Switch},
};

/// Declares the switches: name on the wire, and where the settings hold it.
macro_rules! switches {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $section:ident.$key:ident;)+) => {
        /// Something that can be switched. The names are those of the environment variables without `_ENABLED`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum SwitchName {
            $($(#[doc = $doc])+ #[serde(rename = $name)] $variant,)+
        }

        impl SwitchName {
            /// Every switch, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name on the wire, in logs and in metrics.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What the settings say of it.
            #[must_use]
            pub fn in_settings(self, settings: &Settings) -> StageSwitch {
                match self { $(Self::$variant => settings.$section.$key,)+ }
            }
        }
    };
}

switches! {
    /// The master switch over everything that calls a model.
    Master = "llm_policy", llm.policy_enabled;
    /// Shadow.
    Shadow = "shadow_router", shadow.enabled;
    /// Assist as a whole.
    Assist = "assist_mode", assist.enabled;
    /// Assist's hint of a repaired text.
    AssistNormalization = "assist_normalization", assist.normalization;
    /// Assist's hint of items and titles.
    AssistEntityExtraction = "assist_entity_extraction", assist.entity_extraction;
    /// Assist's hint of a question.
    AssistClarify = "assist_clarify", assist.clarify;
    /// Partial trust.
    PartialTrust = "partial_trust", partial_trust.enabled;
}

impl SwitchName {
    /// The switch of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|switch| switch.as_str() == name)
    }

    /// The switch that must be on too.
    #[must_use]
    pub const fn above(self) -> Option<Self> {
        match self {
            Self::Master => None,
            Self::Shadow | Self::Assist | Self::PartialTrust => Some(Self::Master),
            Self::AssistNormalization | Self::AssistEntityExtraction | Self::AssistClarify => {
                Some(Self::Assist)
            }
        }
    }
}

/// Whether somebody who can only switch off does so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Veto {
    /// It says nothing.
    #[default]
    Silent,
    /// It says off.
    Off,
}

/// What everybody says of one switch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The file, the environment and the flags.
    pub settings: StageSwitch,
    /// An operator, through the admin API.
    pub admin: Veto,
    /// The guard, which watches partial trust alone.
    pub guard: Veto,
    /// A settings or policy file that turned bad while running.
    pub bad_file: Veto,
}

/// What a switch comes to, and for an off who is to blame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// On.
    On,
    /// Off.
    Off(Cause),
}

/// Why a switch is off. Where several reasons hold, the first of this list is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A settings or policy file is bad.
    BadFile,
    /// The guard tripped.
    Guard,
    /// The admin API says off.
    Admin,
    /// A flag says off.
    Flag,
    /// The environment says off.
    Environment,
    /// The settings file says off.
    File,
    /// Nobody says on.
    Unset,
    /// The switch above is off.
    Above,
    /// Models cannot be called: something is missing, which the log says.
    NoModel,
}

impl Cause {
    /// Every cause, in order.
    pub const ALL: [Self; 9] = [
        Self::BadFile,
        Self::Guard,
        Self::Admin,
        Self::Flag,
        Self::Environment,
        Self::File,
        Self::Unset,
        Self::Above,
        Self::NoModel,
    ];

    /// The word on the wire and in logs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadFile => "bad_file",
            Self::Guard => "guard",
            Self::Admin => "admin",
            Self::Flag => "flag",
            Self::Environment => "environment",
            Self::File => "file",
            Self::Unset => "unset",
            Self::Above => "above",
            Self::NoModel => "no_model",
        }
    }
}

impl Verdict {
    /// Whether it is on.
    #[must_use]
    pub fn is_on(self) -> bool {
        self == Self::On
    }

    /// `on` or `off`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off(_) => "off",
        }
    }

    /// Why it is off.
    #[must_use]
    pub fn cause(self) -> Option<Cause> {
        match self {
            Self::On => None,
            Self::Off(cause) => Some(cause),
        }
    }

    /// This verdict where the switch above is on.
    #[must_use]
    pub fn under(self, above: Self) -> Self {
        match (self, above) {
            (Self::On, Self::Off(_)) => Self::Off(Cause::Above),
            _ => self,
        }
    }
}

/// What everybody's word comes to.
#[must_use]
pub fn verdict(said: &Said) -> Verdict {
    let says = |layer| said.settings.said_by(layer);
    let offs = [
        (said.bad_file == Veto::Off, Cause::BadFile),
        (said.guard == Veto::Off, Cause::Guard),
        (said.admin == Veto::Off, Cause::Admin),
        (says(Layer::Flag) == Some(Switch::Off), Cause::Flag),
        (
            says(Layer::Environment) == Some(Switch::Off),
            Cause::Environment,
        ),
        (says(Layer::File) == Some(Switch::Off), Cause::File),
    ];
    if let Some((_, cause)) = offs.into_iter().find(|(is_off, _)| *is_off) {
        return Verdict::Off(cause);
    }
    match said.settings.verdict() {
        Some(Switch::On) => Verdict::On,
        Some(Switch::Off) | None => Verdict::Off(Cause::Unset),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::declaration::SettingValue as _;

    const SAYS: [Option<Switch>; 3] = [None, Some(Switch::On), Some(Switch::Off)];
    const VETOES: [Veto; 2] = [Veto::Silent, Veto::Off];

    fn settings(said: [Option<Switch>; 3]) -> StageSwitch {
        [Layer::File, Layer::Environment, Layer::Flag]
            .into_iter()
            .zip(said)
            .fold(StageSwitch::default(), |below, (layer, said)| match said {
                None => below,
                Some(Switch::On) => StageSwitch::layered(Some(below), layer, "true").unwrap(),
                Some(Switch::Off) => StageSwitch::layered(Some(below), layer, "false").unwrap(),
            })
    }

    /// All 216 combinations against the rule as one sentence.
    #[test]
    fn a_switch_is_on_when_the_settings_say_on_and_nobody_says_off() {
        let mut seen = 0;
        for file in SAYS {
            for environment in SAYS {
                for flag in SAYS {
                    for admin in VETOES {
                        for guard in VETOES {
                            for bad_file in VETOES {
                                let layers = [file, environment, flag];
                                let said = Said {
                                    settings: settings(layers),
                                    admin,
                                    guard,
                                    bad_file,
                                };
                                let somebody_says_on = layers.contains(&Some(Switch::On));
                                let somebody_says_off = layers.contains(&Some(Switch::Off))
                                    || [admin, guard, bad_file].contains(&Veto::Off);
                                let expected = somebody_says_on && !somebody_says_off;
                                assert_eq!(verdict(&said).is_on(), expected, "{said:?}");
                                seen += 1;
                            }
                        }
                    }
                }
            }
        }
        assert_eq!(seen, 216);
    }

    #[test]
    fn an_off_names_who_is_to_blame() {
        let (on, off) = (Some(Switch::On), Some(Switch::Off));
        for (file, environment, admin, guard, bad_file, cause) in [
            (
                None,
                None,
                Veto::Silent,
                Veto::Silent,
                Veto::Silent,
                Cause::Unset,
            ),
            (
                off,
                on,
                Veto::Silent,
                Veto::Silent,
                Veto::Silent,
                Cause::File,
            ),
            (
                on,
                off,
                Veto::Silent,
                Veto::Silent,
                Veto::Silent,
                Cause::Environment,
            ),
            (on, on, Veto::Off, Veto::Silent, Veto::Silent, Cause::Admin),
            (on, on, Veto::Silent, Veto::Off, Veto::Silent, Cause::Guard),
            (on, on, Veto::Off, Veto::Off, Veto::Off, Cause::BadFile),
        ] {
            let said = Said {
                settings: settings([file, environment, None]),
                admin,
                guard,
                bad_file,
            };
            assert_eq!(verdict(&said), Verdict::Off(cause), "{said:?}");
        }
    }

    #[test]
    fn a_switch_needs_the_one_above() {
        let off = Verdict::Off(Cause::Admin);
        assert_eq!(Verdict::On.under(Verdict::On), Verdict::On);
        assert_eq!(Verdict::On.under(off), Verdict::Off(Cause::Above));
        assert_eq!(off.under(Verdict::On), off);
        assert_eq!(
            Verdict::Off(Cause::Unset).under(off),
            Verdict::Off(Cause::Unset),
            "its own reason comes first"
        );
    }

    #[test]
    fn names_are_read_back() {
        for switch in SwitchName::ALL {
            assert_eq!(SwitchName::from_name(switch.as_str()), Some(*switch));
        }
        for cause in Cause::ALL {
            assert_eq!(serde_json::to_value(cause).unwrap(), cause.as_str());
        }
    }
}
