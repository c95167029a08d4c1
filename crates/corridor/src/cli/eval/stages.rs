//! `--stages` as settings: they go through the same switches as every other on, so that an explicit off in file or environment wins.

use super::args::StageArg;
use crate::config::{Flags, SECTIONS, declaration::Declaration};

/// The flags that turn a stage on.
const fn flags_of(stage: StageArg) -> &'static [(&'static str, &'static str)] {
    match stage {
        StageArg::Shadow => &[("shadow-enabled", "true")],
        StageArg::Assist => &[
            ("assist-enabled", "true"),
            ("assist-normalization", "true"),
            ("assist-entity-extraction", "true"),
            ("assist-clarify", "true"),
        ],
        // The share is for a rollout; an evaluation wants to know about every entry.
        StageArg::PartialTrust => &[
            ("partial-trust-enabled", "true"),
            ("partial-trust-sample-rate", "1"),
        ],
    }
}

/// Adds what turns the stages on, without overriding a flag that was given.
pub(super) fn turn_on(stages: &[StageArg], flags: &mut Flags) {
    for (flag, value) in stages.iter().flat_map(|stage| flags_of(*stage)) {
        set(flags, flag, value);
    }
}

/// Adds what turns the master switch on, where no model of anybody's is called.
pub(super) fn turn_master_on(flags: &mut Flags) {
    set(flags, "llm-policy-enabled", "true");
}

/// Adds a flag that was not given.
pub(super) fn set(flags: &mut Flags, flag: &str, value: &str) {
    if let Some(declaration) = declaration(flag)
        && !flags
            .iter()
            .any(|(given, _)| given.environment == declaration.environment)
    {
        flags.push((declaration, value.to_owned()));
    }
}

fn declaration(flag: &str) -> Option<&'static Declaration> {
    SECTIONS
        .iter()
        .flat_map(|section| section.settings)
        .find(|setting| setting.flag == Some(flag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flag_exists() {
        for stage in [StageArg::Shadow, StageArg::Assist, StageArg::PartialTrust] {
            for (flag, _) in flags_of(stage) {
                assert!(declaration(flag).is_some(), "{flag}");
            }
        }
        let mut flags = Flags::new();
        turn_master_on(&mut flags);
        assert_eq!(flags.len(), 1);
    }
}
