//! Settings from file, environment and flags.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::PathBuf};

use corridor::config::{
    SECTIONS, SettingProblems, Settings, Sources,
    declaration::{Declaration, Places},
    reference,
    values::{Language, LogLevel, Switch},
};

use crate::committed::{assert_file, cases};

fn declaration(name: &str) -> &'static Declaration {
    SECTIONS
        .iter()
        .flat_map(|section| section.settings)
        .find(|declaration| declaration.name() == name)
        .unwrap()
}

fn load(
    file: Option<&str>,
    environment: &[(&str, &str)],
    flags: &[(&str, &str)],
) -> Result<Settings, SettingProblems> {
    Sources {
        file: file.map(|file| PathBuf::from("tests/it/cases/settings-layers").join(file)),
        environment: environment
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        flags: flags
            .iter()
            .map(|(name, value)| (declaration(name), (*value).to_owned()))
            .collect(),
    }
    .load()
}

fn report(problems: &SettingProblems) -> String {
    problems.iter().fold(String::new(), |mut report, problem| {
        writeln!(report, "error: {problem}\n  hint: {}", problem.hint()).unwrap();
        report
    })
}

#[test]
fn every_default_is_allowed() {
    load(None, &[], &[]).unwrap();
}

/// Each `cases/settings/NAME.toml` is wrong in the way its name says; `NAME.expected` is what the operator reads.
#[test]
fn a_wrong_file_is_told_with_line_and_hint() {
    for file in cases("tests/it/cases/settings", "toml") {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let file = PathBuf::from(format!("tests/it/cases/settings/{name}.toml"));
        let problems = Sources {
            file: Some(file),
            ..Sources::default()
        }
        .load()
        .expect_err(&format!("{name}.toml should be refused"));
        assert_file(
            format!("tests/it/cases/settings/{name}.expected"),
            &report(&problems),
        );
    }
}

#[test]
fn a_file_that_is_not_there_is_told() {
    let problems = load(Some("absent.toml"), &[], &[]).unwrap_err();
    assert!(
        report(&problems).contains("absent.toml: cannot be read"),
        "{}",
        report(&problems)
    );
}

#[test]
fn environment_overrides_file_and_flags_override_both() {
    let in_file = load(Some("english.toml"), &[], &[]).unwrap();
    assert_eq!(in_file.decision.language, Language::English);
    assert_eq!(in_file.log.level, LogLevel::Warn);

    let environment = [("CORRIDOR_LANGUAGE", "ru"), ("CORRIDOR_LOG_LEVEL", "error")];
    let with_environment = load(Some("english.toml"), &environment, &[]).unwrap();
    assert_eq!(with_environment.decision.language, Language::Russian);
    assert_eq!(with_environment.log.level, LogLevel::Error);

    let with_flag = load(
        Some("english.toml"),
        &environment,
        &[("log.level", "debug")],
    )
    .unwrap();
    assert_eq!(with_flag.decision.language, Language::Russian);
    assert_eq!(with_flag.log.level, LogLevel::Debug);
}

#[test]
fn an_empty_variable_is_not_set() {
    let settings = load(Some("english.toml"), &[("CORRIDOR_LANGUAGE", "")], &[]).unwrap();
    assert_eq!(settings.decision.language, Language::English);
}

/// A slip would otherwise change nothing and say nothing.
#[test]
fn a_variable_that_is_named_almost_like_a_setting_is_told() {
    for (slip, meant) in [
        ("CORRIDOR_LISTN", "CORRIDOR_LISTEN"),
        ("CORRIDOR_LOG_LEVLE", "CORRIDOR_LOG_LEVEL"),
        ("CORRIDOR_CONFIGS", "CORRIDOR_CONFIG"),
    ] {
        let problems = load(None, &[(slip, "canary")], &[]).unwrap_err();
        let told = report(&problems);
        assert!(
            told.contains(slip) && told.contains(&format!("did you mean {meant}?")),
            "{told}"
        );
        assert!(!told.contains("canary"), "{told}");
    }
    // Made up by those who start services.
    for other in [
        "CORRIDOR_SERVICE_HOST",
        "CORRIDOR_PORT_8080_TCP",
        "CORRIDOR_URL",
    ] {
        load(None, &[(other, "canary")], &[]).unwrap();
    }
}

#[test]
fn the_environment_names_the_file() {
    let settings = load(
        None,
        &[(
            "CORRIDOR_CONFIG",
            "tests/it/cases/settings-layers/english.toml",
        )],
        &[],
    )
    .unwrap();
    assert_eq!(settings.decision.language, Language::English);
}

#[test]
fn wrong_values_of_variables_and_flags_are_told_at_once_and_never_repeated() {
    let problems = load(
        None,
        &[
            ("CORRIDOR_LANGUAGE", "canary"),
            ("CORRIDOR_TIMEZONE", "canary"),
        ],
        &[
            ("server.listen", "canary"),
            ("server.body_limit_bytes", "12"),
        ],
    )
    .unwrap_err();
    assert!(!report(&problems).contains("canary"));
    insta::assert_snapshot!("wrong_variables_and_flags", report(&problems));
}

#[test]
fn a_value_that_is_overridden_is_checked_too() {
    let problems = load(
        None,
        &[("CORRIDOR_LANGUAGE", "fr")],
        &[("decision.language", "en")],
    )
    .unwrap_err();
    assert!(
        report(&problems).contains("environment variable CORRIDOR_LANGUAGE"),
        "{}",
        report(&problems)
    );
}

/// Layers do not override each other for a switch: one that says off is enough.
#[test]
fn an_explicit_off_wins_over_every_on() {
    let verdict = |file: Option<&str>, environment: &str, flag: &str| {
        let flags: &[_] = if flag.is_empty() {
            &[]
        } else {
            &[("shadow.enabled", flag)]
        };
        let settings = load(file, &[("SHADOW_ROUTER_ENABLED", environment)], flags).unwrap();
        settings.shadow.enabled.verdict()
    };
    assert_eq!(verdict(None, "", ""), None);
    assert_eq!(verdict(None, "true", ""), Some(Switch::On));
    assert_eq!(verdict(Some("shadow-on.toml"), "", ""), Some(Switch::On));
    assert_eq!(
        verdict(Some("shadow-on.toml"), "off", "on"),
        Some(Switch::Off)
    );
    assert_eq!(
        verdict(Some("shadow-off.toml"), "on", "on"),
        Some(Switch::Off)
    );
    assert_eq!(
        verdict(Some("shadow-on.toml"), "1", "false"),
        Some(Switch::Off)
    );
}

#[test]
fn a_key_shows_nowhere() {
    let settings = load(None, &[("LLM_API_KEY", "sk-canary")], &[]).unwrap();
    assert!(settings.llm.api_key.is_some());
    assert!(!format!("{settings:?}").contains("canary"));
    let problems = load(None, &[("LLM_API_KEY", "sk canary")], &[]).unwrap_err();
    assert!(report(&problems).contains("LLM_API_KEY"));
    assert!(!report(&problems).contains("canary"));
}

/// A flag would show a key to everybody who lists processes.
#[test]
fn secrets_have_no_flag() {
    for declaration in SECTIONS.iter().flat_map(|section| section.settings) {
        assert_eq!(
            declaration.flag.is_none(),
            declaration.places == Places::Environment,
            "{}",
            declaration.name()
        );
    }
}

#[test]
fn names_are_declared_once() {
    let mut seen = BTreeMap::new();
    for declaration in SECTIONS.iter().flat_map(|section| section.settings) {
        for name in [
            Some(declaration.name()),
            Some(declaration.environment.to_owned()),
            declaration.flag.map(|flag| format!("--{flag}")),
        ]
        .into_iter()
        .flatten()
        {
            assert_eq!(
                seen.insert(name.clone(), ()),
                None,
                "{name} is declared twice"
            );
        }
    }
}

#[test]
fn the_reference_page_is_up_to_date() {
    assert_file(
        "../../docs/reference/settings.md",
        &reference::settings_page(),
    );
}

#[test]
fn the_example_environment_is_up_to_date() {
    assert_file("../../.env.example", &reference::env_example());
}

#[test]
fn the_commented_file_is_up_to_date() {
    assert_file("../../config/corridor.toml", &reference::config_file());
}

/// The commented file shows the defaults: as it stands, and with every setting uncommented.
#[test]
fn the_commented_file_means_the_defaults() {
    let commented = reference::config_file();
    let uncommented: String = commented
        .lines()
        .map(|line| {
            line.strip_prefix('#')
                .filter(|line| !line.starts_with(' '))
                .unwrap_or(line)
        })
        .fold(String::new(), |text, line| text + line + "\n");
    assert_ne!(commented, uncommented);
    let folder = std::env::temp_dir().join(format!("corridor-settings-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let defaults = load(None, &[], &[]).unwrap();
    for (name, text) in [
        ("commented.toml", commented),
        ("uncommented.toml", uncommented),
    ] {
        let file = folder.join(name);
        fs::write(&file, text).unwrap();
        let settings = Sources {
            file: Some(file),
            ..Sources::default()
        }
        .load()
        .unwrap();
        assert_eq!(settings, defaults, "{name}");
    }
    fs::remove_dir_all(folder).unwrap();
}
