//! The files that document settings, written from their declarations. A test keeps the committed files equal to these.

use std::fmt::Write as _;

use super::{
    declaration::{Declaration, Notation, Places, Reach},
    settings::SECTIONS,
};

/// `docs/reference/settings.md`.
#[must_use]
pub fn settings_page() -> String {
    let mut page = String::from(
        "# Settings\n\n\
         <!-- Generated from crates/corridor/src/config/settings.rs; CONTRIBUTING.md says how to refresh it. -->\n\n\
         A setting comes from `corridor.toml`, is overridden by its environment variable, and that by its flag. The file is the one\n\
         named with `--config` or `CORRIDOR_CONFIG`, else `corridor.toml` in the working directory if there is one. An environment\n\
         variable that is set but empty counts as not set. Unknown names and values that are not allowed stop the start, with file\n\
         and line. `corridor check` checks settings without starting anything.\n",
    );
    for section in SECTIONS {
        let commands = match section.reach {
            Reach::Everywhere => "`decide`, `serve` and `check`",
            Reach::Model => "`serve`, `check`, `llm` and `rollout`",
            Reach::Service => "`serve` and `check`",
        };
        let _ = write!(
            page,
            "\n## `[{}]`\n\n{}\n\nFlags are taken by {commands}.\n",
            section.name,
            section.paragraphs().join("\n\n")
        );
        for setting in section.settings {
            let default = setting
                .default_toml()
                .map_or_else(|| "unset".to_owned(), |default| format!("`{default}`"));
            let _ = write!(
                page,
                "\n### `{}`\n\n{}\n\n- Default: {default}\n- Allowed: {}\n- Environment: `{}`\n",
                setting.name(),
                setting.paragraphs().join("\n\n"),
                setting.allowed,
                setting.environment,
            );
            let _ = match setting.flag {
                Some(flag) => writeln!(page, "- Flag: `--{flag}`"),
                None => page.write_str("- A secret: taken from the environment alone\n"),
            };
        }
    }
    page
}

/// `.env.example`.
#[must_use]
pub fn env_example() -> String {
    let mut file = String::from(
        "# Settings as environment variables, with their defaults. Uncomment what you change.\n\
         # A variable overrides corridor.toml and is overridden by a flag; docs/reference/settings.md explains each. Corridor reads\n\
         # the environment, not this file: load it with `set -a; . ./.env; set +a`, or with what starts your services.\n",
    );
    for section in SECTIONS {
        let _ = write!(file, "\n# {}\n", section.paragraphs().join(" "));
        for setting in section.settings {
            let _ = write!(
                file,
                "\n{}# Allowed: {}\n",
                commented(&setting.paragraphs()),
                setting.allowed
            );
            let _ = writeln!(file, "#{}={}", setting.environment, setting.default);
        }
    }
    file
}

/// `config/corridor.toml`: every setting, commented out, at its default.
#[must_use]
pub fn config_file() -> String {
    let mut file = String::from(
        "# Settings of Corridor with their defaults. Copy this file to corridor.toml and uncomment what you change.\n\
         # Environment variables and flags override it; docs/reference/settings.md explains each setting.\n",
    );
    for section in SECTIONS {
        let _ = write!(
            file,
            "\n{}[{}]\n",
            commented(&section.paragraphs()),
            section.name
        );
        let in_file = |setting: &&Declaration| setting.places == Places::Anywhere;
        for setting in section.settings.iter().filter(in_file) {
            let _ = write!(
                file,
                "\n{}# Allowed: {}\n",
                commented(&setting.paragraphs()),
                setting.allowed
            );
            let _ = match (setting.default_toml(), setting.notation) {
                (Some(default), _) => writeln!(file, "#{} = {default}", setting.key),
                (None, Notation::Text) => writeln!(file, "#{} = \"\"", setting.key),
                // TOML has no way to say that these are unset.
                (None, Notation::Boolean) => writeln!(file, "# Unset:\n# {} = true", setting.key),
                (None, Notation::Integer | Notation::Decimal) => {
                    writeln!(file, "# Unset:\n# {} = 1", setting.key)
                }
            };
        }
    }
    file
}

fn commented(paragraphs: &[String]) -> String {
    paragraphs
        .iter()
        .fold(String::new(), |mut lines, paragraph| {
            let _ = writeln!(lines, "# {paragraph}");
            lines
        })
}
