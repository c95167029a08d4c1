//! Settings as flags: one for each declared setting, with its help.

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches};

use crate::config::{
    Flags, SECTIONS,
    declaration::{Declaration, Notation, Reach},
};

/// Flags for the settings that every deciding command takes.
#[derive(Debug, Default)]
pub(super) struct DecisionFlags(pub(super) Flags);

/// Flags for the settings that concern models, and for those that every deciding command takes.
#[derive(Debug, Default)]
pub(super) struct ModelFlags(pub(super) Flags);

/// Flags for all settings.
#[derive(Debug, Default)]
pub(super) struct ServiceFlags(pub(super) Flags);

/// The declared settings that a command with this reach takes as flags, with their flags.
fn declarations(reach: Reach) -> impl Iterator<Item = (&'static Declaration, &'static str)> {
    SECTIONS
        .iter()
        .filter(move |section| {
            section.reach == Reach::Everywhere || section.reach == reach || reach == Reach::Service
        })
        .flat_map(|section| section.settings)
        .filter_map(|setting| Some((setting, setting.flag?)))
}

fn with_flags(command: Command, reach: Reach) -> Command {
    declarations(reach).fold(command, |command, (setting, name)| {
        command.arg(flag(setting, name))
    })
}

fn flag(setting: &'static Declaration, name: &'static str) -> Arg {
    let default = setting
        .default_toml()
        .map_or_else(String::new, |_| format!(" [default: {}]", setting.default));
    let paragraphs = setting.paragraphs();
    let summary = paragraphs.first().map(String::as_str).unwrap_or_default();
    let notes = format!("[env: {}]{default}", setting.environment);
    let argument = Arg::new(setting.environment).long(name).value_name("VALUE");
    // A switch is on by its name alone. A value of its own needs "=", so that a word behind it is none.
    let argument = match setting.notation {
        Notation::Boolean => argument
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true"),
        Notation::Text | Notation::Integer | Notation::Decimal => argument,
    };
    argument
        .help_heading("Settings")
        .help(format!("{} {notes}", summary.trim_end_matches('.')))
        .long_help(format!(
            "{}\n\nAllowed: {}\n{notes}",
            paragraphs.join("\n\n"),
            setting.allowed
        ))
}

fn given(matches: &ArgMatches, reach: Reach) -> Flags {
    declarations(reach)
        .filter_map(|(setting, _)| {
            Some((
                setting,
                matches.get_one::<String>(setting.environment)?.clone(),
            ))
        })
        .collect()
}

macro_rules! args_of {
    ($name:ident, $reach:expr) => {
        impl Args for $name {
            fn augment_args(command: Command) -> Command {
                with_flags(command, $reach)
            }

            fn augment_args_for_update(command: Command) -> Command {
                Self::augment_args(command)
            }
        }

        impl FromArgMatches for $name {
            fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
                Ok(Self(given(matches, $reach)))
            }

            fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
                *self = Self::from_arg_matches(matches)?;
                Ok(())
            }
        }
    };
}

args_of!(DecisionFlags, Reach::Everywhere);
args_of!(ModelFlags, Reach::Model);
args_of!(ServiceFlags, Reach::Service);
