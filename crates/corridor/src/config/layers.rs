//! The layers that settings come from: defaults, then the file, then the environment, then flags.
//!
//! Every value given anywhere is checked, also one that a higher layer overrides: a mistake that waits for the day the override
//! goes is worse than one told now.

use std::collections::BTreeMap;

use super::{
    FILE_VARIABLE,
    declaration::{Declaration, SettingValue},
    problem::{Origin, SettingProblem},
    settings::SECTIONS,
};

/// A value somebody gave, with where it stands.
#[derive(Debug)]
pub(super) struct Given {
    pub(super) declaration: &'static Declaration,
    pub(super) text: String,
    pub(super) origin: Origin,
}

/// Environment variables, read once at the edge.
pub type Environment = BTreeMap<String, String>;

/// Flags the command line gave, each with the setting it is for.
pub type Flags = Vec<(&'static Declaration, String)>;

/// All given values, lowest layer first, and the problems met on the way.
#[derive(Debug, Default)]
pub(super) struct Layers {
    given: Vec<Given>,
    pub(super) problems: Vec<SettingProblem>,
}

impl Layers {
    pub(super) fn push(&mut self, given: Given) {
        self.given.push(given);
    }

    /// Adds what the environment gives. An empty variable counts as not set, as container tools cannot unset one.
    pub(super) fn push_environment(&mut self, environment: &Environment) {
        self.note_misspelt(environment);
        for declaration in SECTIONS.iter().flat_map(|section| section.settings) {
            if let Some(text) = environment
                .get(declaration.environment)
                .filter(|text| !text.is_empty())
            {
                let origin = Origin::Environment {
                    variable: declaration.environment,
                };
                self.push(Given {
                    declaration,
                    text: text.clone(),
                    origin,
                });
            }
        }
    }

    /// Notes variables that are named almost like a setting's: a slip that would otherwise change nothing and say nothing. Other names
    /// with our prefix are not ours to judge; orchestrators make some up.
    fn note_misspelt(&mut self, environment: &Environment) {
        const PREFIX: &str = "CORRIDOR_";
        const SLIP: usize = 2;
        let known = || SECTIONS.iter().flat_map(|section| section.settings);
        for variable in environment.keys().filter(|name| name.starts_with(PREFIX)) {
            let distance = |known: &str| strsim::damerau_levenshtein(variable, known);
            let nearest = known()
                .map(|declaration| declaration.environment)
                .chain([FILE_VARIABLE])
                .min_by_key(|known| distance(known));
            if let Some(nearest) = nearest.filter(|known| (1..=SLIP).contains(&distance(known))) {
                self.problems.push(SettingProblem::UnknownVariable {
                    variable: variable.clone(),
                    nearest,
                });
            }
        }
    }

    /// Adds what the command line gives.
    pub(super) fn push_flags(&mut self, flags: &Flags) {
        for (declaration, text) in flags {
            self.push(Given {
                declaration,
                text: text.clone(),
                origin: Origin::Flag {
                    flag: declaration.flag.unwrap_or(declaration.key),
                },
            });
        }
    }

    /// The setting's value from the highest layer that gives it, else its default. Nothing where that value was refused.
    pub(super) fn value<T: SettingValue>(&mut self, section: &str, key: &str) -> Option<T> {
        let declaration = SECTIONS
            .iter()
            .flat_map(|section| section.settings)
            .find(|declaration| declaration.section == section && declaration.key == key)?;
        let mut value = self.checked(None, declaration, declaration.default, &Origin::Default);
        let given: Vec<Given> = self
            .given
            .extract_if(.., |given| std::ptr::eq(given.declaration, declaration))
            .collect();
        for Given { text, origin, .. } in given {
            value = self.checked(value, declaration, &text, &origin);
        }
        value
    }

    fn checked<T: SettingValue>(
        &mut self,
        below: Option<T>,
        declaration: &'static Declaration,
        text: &str,
        origin: &Origin,
    ) -> Option<T> {
        match T::layered(below, origin.layer(), text) {
            Ok(value) => Some(value),
            Err(reason) => {
                self.problems.push(SettingProblem::NotAllowed {
                    origin: origin.clone(),
                    declaration,
                    reason,
                });
                None
            }
        }
    }
}
