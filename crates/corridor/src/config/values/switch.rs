//! Switches: on, off, and for stages also unset, with the rule that an explicit off wins.

use crate::config::declaration::{Layer, Notation, SettingValue};

/// On or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// On.
    On,
    /// Off.
    Off,
}

impl SettingValue for Switch {
    const NOTATION: Notation = Notation::Boolean;
    const ALLOWED: &'static str = "`true` or `false`; in the environment and as a flag also `on`, `off`, `yes`, `no`, `1`, `0`";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        match text.trim().to_ascii_lowercase().as_str() {
            "true" | "on" | "yes" | "1" => Ok(Self::On),
            "false" | "off" | "no" | "0" => Ok(Self::Off),
            _ => Err("is neither true nor false"),
        }
    }
}

/// What each layer says of a switch. Layers do not override each other here: one off is enough to be off, so that nobody switches on
/// by a forgotten variable what somebody else switched off in the file, or the other way round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StageSwitch {
    file: Option<Switch>,
    environment: Option<Switch>,
    flag: Option<Switch>,
}

impl StageSwitch {
    /// What one layer says; nothing where it is unset there.
    #[must_use]
    pub fn said_by(self, layer: Layer) -> Option<Switch> {
        match layer {
            Layer::Default => None,
            Layer::File => self.file,
            Layer::Environment => self.environment,
            Layer::Flag => self.flag,
        }
    }

    /// What the layers come to: off where one says off, else on where one says on, else nothing.
    #[must_use]
    pub fn verdict(self) -> Option<Switch> {
        let said = [self.file, self.environment, self.flag];
        if said.contains(&Some(Switch::Off)) {
            Some(Switch::Off)
        } else {
            said.contains(&Some(Switch::On)).then_some(Switch::On)
        }
    }
}

impl SettingValue for StageSwitch {
    const NOTATION: Notation = Switch::NOTATION;
    const ALLOWED: &'static str = Switch::ALLOWED;

    /// A switch is unset until a layer says something, so without one only nothing can be said.
    fn from_text(text: &str) -> Result<Self, &'static str> {
        Self::layered(None, Layer::Default, text)
    }

    fn layered(below: Option<Self>, layer: Layer, text: &str) -> Result<Self, &'static str> {
        let mut switch = below.unwrap_or_default();
        let said = match layer {
            Layer::Default => return Ok(switch),
            Layer::File => &mut switch.file,
            Layer::Environment => &mut switch.environment,
            Layer::Flag => &mut switch.flag,
        };
        *said = Some(Switch::from_text(text)?);
        Ok(switch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_explicit_off_wins_and_unset_is_not_off() {
        let (on, off) = (Some(Switch::On), Some(Switch::Off));
        for (file, environment, flag, verdict) in [
            (None, None, None, None),
            (on, None, None, on),
            (None, on, None, on),
            (None, None, on, on),
            (off, on, on, off),
            (on, off, on, off),
            (on, on, off, off),
            (off, None, None, off),
        ] {
            let switch = StageSwitch {
                file,
                environment,
                flag,
            };
            assert_eq!(switch.verdict(), verdict, "{switch:?}");
        }
    }
}
