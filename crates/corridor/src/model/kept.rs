//! Who switched off what while the service ran, kept over a restart.

use std::collections::BTreeSet;

use corridor_decision::stages::Trip;
use serde::{Deserialize, Serialize};

use super::{
    state::StateFolder,
    switches::{SwitchName, Veto},
};

/// The file that holds it.
pub(super) const SWITCHES_FILE: &str = "switches.json";

/// The offs of the admin API and of the guard. Each lifts only its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// What an operator switched off.
    pub admin_off: BTreeSet<SwitchName>,
    /// Why the guard switched partial trust off, until somebody arms it again.
    pub guard: Option<Trip>,
}

impl Kept {
    /// Reads what was kept. Where that cannot be known, everything counts as switched off by an operator: somebody may have had a reason.
    #[must_use]
    pub fn read(folder: &StateFolder) -> Self {
        match folder.read(SWITCHES_FILE) {
            Ok(kept) => kept.unwrap_or_default(),
            Err(error) => {
                tracing::error!(
                    %error,
                    "what was switched off is unknown: every model stage counts as switched off through the admin API; \
                     lift it there, or stop the service and remove the file"
                );
                Self {
                    admin_off: SwitchName::ALL.iter().copied().collect(),
                    guard: None,
                }
            }
        }
    }

    /// What an operator says of a switch.
    #[must_use]
    pub fn admin(&self, switch: SwitchName) -> Veto {
        if self.admin_off.contains(&switch) {
            Veto::Off
        } else {
            Veto::Silent
        }
    }

    /// What the guard says of a switch: it watches partial trust alone.
    #[must_use]
    pub fn guard(&self, switch: SwitchName) -> Veto {
        if switch == SwitchName::PartialTrust && self.guard.is_some() {
            Veto::Off
        } else {
            Veto::Silent
        }
    }

    /// Takes an operator's word.
    pub fn set_admin(&mut self, switch: SwitchName, veto: Veto) {
        match veto {
            Veto::Off => self.admin_off.insert(switch),
            Veto::Silent => self.admin_off.remove(&switch),
        };
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use corridor_decision::stages::TripCause;

    use super::*;

    fn folder(name: &str) -> StateFolder {
        let path = std::env::temp_dir().join(format!("corridor-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        StateFolder::new(&path)
    }

    #[test]
    fn offs_survive_a_restart() {
        let folder = folder("offs");
        assert_eq!(Kept::read(&folder), Kept::default());
        let mut kept = Kept::default();
        kept.set_admin(SwitchName::Shadow, Veto::Off);
        kept.guard = Some(Trip {
            cause: TripCause::Errors,
            at: "2026-06-15T12:00:00Z".parse().unwrap(),
            samples: 60,
            bad: 9,
            limit: 0.05,
            at_least: 0.0905,
        });
        folder.write(SWITCHES_FILE, &kept).unwrap();
        let read = Kept::read(&folder);
        assert_eq!(read, kept);
        assert_eq!(read.admin(SwitchName::Shadow), Veto::Off);
        assert_eq!(read.admin(SwitchName::Master), Veto::Silent);
        assert_eq!(read.guard(SwitchName::PartialTrust), Veto::Off);
        assert_eq!(read.guard(SwitchName::Shadow), Veto::Silent);
    }

    #[test]
    fn a_damaged_file_leaves_everything_off() {
        let folder = folder("damaged-switches");
        for damaged in [
            "",
            "{\"admin_off\":[\"shadow_router\"]",
            "{\"admin_off\":[\"another_version\"],\"guard\":null}",
            "{}",
        ] {
            fs::write(folder.path(SWITCHES_FILE), damaged).unwrap();
            let kept = Kept::read(&folder);
            for switch in SwitchName::ALL {
                assert_eq!(kept.admin(*switch), Veto::Off, "{damaged:?}");
            }
        }
    }
}
