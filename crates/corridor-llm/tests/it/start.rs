//! Start-up: refusals come in order, each is one line, and nothing is built before every answer is yes.

use std::sync::Arc;

use corridor_llm::policy::{PolicyInputs, PolicySource};
use corridor_llm::record::NoRecords;
use corridor_llm::start::{
    MasterSwitch, PlaceholderRule, Refusal, Start, StartError, StartSettings, start,
};
use corridor_llm::{ApiKey, PromptLibrary};

use crate::scripted::{noon, two_profiles};

struct Given<'a> {
    master: MasterSwitch,
    policy: &'a str,
    model: Option<&'a str>,
    base_url: Option<&'a str>,
    key: Option<&'a str>,
    placeholders: PlaceholderRule,
}

const ALL_GIVEN: Given<'static> = Given {
    master: MasterSwitch::On,
    policy: "",
    model: Some("m"),
    base_url: Some("https://api.example/v1"),
    key: Some("sk-canary"),
    placeholders: PlaceholderRule::Refuse,
};

fn run(given: &Given<'_>) -> Result<Start, StartError> {
    let variables = |name: &str| {
        given
            .model
            .filter(|_| name == "LLM_MODEL")
            .map(str::to_owned)
    };
    let policy = match given.policy {
        "" => PolicySource::embedded(),
        text => PolicySource::from_text("policy.toml", text),
    };
    start(StartSettings {
        master: given.master,
        policy: &policy,
        inputs: PolicyInputs {
            variables: &variables,
            base_url: given.base_url.map(str::to_owned),
            api_key: given.key.map(|key| ApiKey::new(key).unwrap()),
            profile: None,
        },
        placeholders: given.placeholders,
        prompts: PromptLibrary::embedded().unwrap(),
        sink: Arc::new(NoRecords),
        clock: Arc::new(noon),
        budget_use: None,
    })
}

fn refused(given: &Given<'_>) -> (&'static str, String) {
    match run(given).unwrap() {
        Start::Refused(refusal) => (refusal.as_str(), refusal.to_string()),
        Start::Running(_) => panic!("not refused"),
    }
}

#[test]
fn refusals_come_in_order_and_are_one_line() {
    let nothing = Given {
        model: None,
        base_url: None,
        key: None,
        ..ALL_GIVEN
    };
    for (given, name, says) in [
        (
            Given {
                master: MasterSwitch::Off,
                ..nothing
            },
            "switched_off",
            "LLM_POLICY_ENABLED",
        ),
        (
            nothing,
            "placeholders_unresolved",
            "config/llm-policy.toml (built in):",
        ),
        (
            Given {
                base_url: None,
                key: None,
                ..ALL_GIVEN
            },
            "base_url_missing",
            "LLM_BASE_URL",
        ),
        (
            Given {
                key: None,
                ..ALL_GIVEN
            },
            "key_missing",
            "LLM_API_KEY",
        ),
    ] {
        let (refusal, line) = refused(&given);
        assert_eq!(refusal, name);
        assert!(
            line.contains(says) && !line.contains('\n') && !line.contains("canary"),
            "{line}"
        );
    }
}

#[test]
fn everything_given_starts() {
    assert!(matches!(run(&ALL_GIVEN), Ok(Start::Running(_))));
    let local = Given {
        base_url: Some("http://127.0.0.1:1/v1"),
        key: None,
        ..ALL_GIVEN
    };
    assert!(
        matches!(run(&local), Ok(Start::Running(_))),
        "a server on loopback needs no key"
    );
}

#[test]
fn off_reads_nothing_at_all() {
    let given = Given {
        master: MasterSwitch::Off,
        policy: "not = [ toml",
        ..ALL_GIVEN
    };
    assert!(matches!(
        run(&given),
        Ok(Start::Refused(Refusal::SwitchedOff))
    ));
}

#[test]
fn a_wrong_policy_is_an_error_and_no_refusal() {
    let given = Given {
        policy: "version = 2",
        ..ALL_GIVEN
    };
    assert!(matches!(run(&given), Err(StartError::Policy(_))));
    let policy = two_profiles("", "extra_ca_file = \"/nonexistent.pem\"", "");
    let error = run(&Given {
        policy: &policy,
        ..ALL_GIVEN
    })
    .unwrap_err()
    .to_string();
    assert!(error.contains("/nonexistent.pem"), "{error}");
}

#[test]
fn allowed_placeholders_leave_out_the_routes_that_need_them() {
    let policy = two_profiles("", "", "").replace("\"large\"", "\"${OTHER}\"");
    let given = Given {
        policy: &policy,
        ..ALL_GIVEN
    };
    assert_eq!(refused(&given).0, "placeholders_unresolved");
    let given = Given {
        placeholders: PlaceholderRule::Allow,
        ..given
    };
    let Start::Running(runtime) = run(&given).unwrap() else {
        panic!("refused")
    };
    assert_eq!(
        runtime
            .policy()
            .routes()
            .filter(|route| route.call.is_ok())
            .count(),
        5
    );
    let given = Given {
        model: None,
        policy: "",
        ..given
    };
    assert_eq!(
        refused(&given).0,
        "placeholders_unresolved",
        "no route at all is left"
    );
}
