//! Policy files: each `tests/cases/policy/*.toml` with what is said about it in the `.expected` file beside it.
//! `UPDATE_EXPECTED=1` writes those files, to be reviewed like code.

use std::path::Path;

use corridor_llm::call::{DataLogging, Provider, StructuredOutput};
use corridor_llm::check::{KeyState, report};
use corridor_llm::policy::{PolicyInputs, PolicySource, ProfileId, RouteId};
use corridor_llm::start::{PlaceholderRule, Refusal};
use corridor_llm::{ApiKey, Policy, TaskId};

fn variables(name: &str) -> Option<String> {
    (name == "LLM_PROJECT").then(|| "b1gfolder".to_owned())
}

fn load(name: &str, text: &str) -> Result<Policy, String> {
    let inputs = PolicyInputs {
        variables: &variables,
        base_url: Some("http://127.0.0.1:8080/v1".to_owned()),
        api_key: None,
        profile: None,
    };
    Policy::load(&PolicySource::from_text(name, text), &inputs)
        .map_err(|problems| problems.to_string())
}

#[test]
fn every_case_says_what_it_should() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/policy");
    let mut cases = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "expected") {
            continue;
        }
        cases += 1;
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let got = match load(&name, &std::fs::read_to_string(&path).unwrap()) {
            Err(problems) => problems,
            Ok(policy) => {
                let unresolved: Vec<String> = policy
                    .unresolved()
                    .iter()
                    .map(ToString::to_string)
                    .collect();
                format!("accepted\n{}", unresolved.join("\n"))
            }
        };
        let got = format!("{}\n", got.trim_end());
        let expected = path.with_extension("expected");
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            std::fs::write(&expected, &got).unwrap();
        }
        let expected = std::fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(got, expected, "{name}");
    }
    assert!(cases > 0, "the folder of cases is empty");
}

fn embedded(model: Option<&str>, base_url: Option<&str>, key: Option<&str>) -> Policy {
    let model = model.map(str::to_owned);
    let variables = |name: &str| {
        if name == "LLM_MODEL" {
            model.clone()
        } else {
            None
        }
    };
    let inputs = PolicyInputs {
        variables: &variables,
        base_url: base_url.map(str::to_owned),
        api_key: key.map(|key| ApiKey::new(key).unwrap()),
        profile: None,
    };
    Policy::load(&PolicySource::embedded(), &inputs).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn the_embedded_policy_works_with_a_local_server_and_one_variable() {
    let policy = embedded(Some("smollm2"), Some("http://127.0.0.1:8080/v1"), None);
    assert_eq!(
        policy.routes().count(),
        TaskId::ALL.len() * policy.profiles().len()
    );
    assert!(policy.unresolved().is_empty());
    assert_eq!(
        corridor_llm::start::refusal(&policy, PlaceholderRule::Refuse),
        None
    );
    let id = RouteId {
        task: TaskId::AssistClarify,
        profile: ProfileId::new("cheap").unwrap(),
    };
    let spec = policy.route(&id).unwrap().call.clone().unwrap();
    assert_eq!(
        (spec.max_tokens, spec.temperature),
        (100, 0.3),
        "a task's settings hold"
    );
    assert_eq!(spec.structured_output, StructuredOutput::JsonSchema);
    assert_eq!(spec.max_response_bytes, 256 * 1024);
}

#[test]
fn the_report_names_routes_and_chains_and_masks_keys() {
    let policy = embedded(
        Some("gpt-small"),
        Some("https://api.example/v1"),
        Some("sk-canary-key"),
    );
    let report = report(&policy, PlaceholderRule::Refuse);
    assert_eq!(report.refusal, None);
    let route = report
        .routes
        .iter()
        .find(|route| route.id.to_string() == "shopping_extraction/cheap")
        .unwrap();
    let call = route.call.as_ref().unwrap();
    assert_eq!(
        (call.key, call.url.as_str()),
        (KeyState::Set, "https://api.example/v1/chat/completions")
    );
    assert_eq!(
        route.chain,
        [
            "invalid_json, schema_validation_failed → repair once",
            "invalid_json, schema_validation_failed → escalate to reliable"
        ]
    );
    assert!(!format!("{report:?}{policy:?}").contains("canary"));
}

#[test]
fn a_report_without_variables_says_what_is_missing() {
    let report = report(&embedded(None, None, None), PlaceholderRule::Refuse);
    assert!(matches!(
        report.refusal,
        Some(Refusal::PlaceholdersUnresolved(_))
    ));
    let lacks = report.routes[0].call.clone().unwrap_err();
    assert_eq!(lacks, ["${LLM_MODEL}", "base_url"]);
}

#[test]
fn routes_override_tasks_and_tasks_override_profiles() {
    let policy = load(
        "layers.toml",
        r#"
        version = 1
        profile = "p"
        [profiles.p]
        provider = "yandex_ai_studio"
        model = "yandexgpt-lite"
        project = "${LLM_PROJECT}"
        max_tokens = 1
        timeout_ms = 1000
        data_logging = "provider_default"
        [tasks.assist_clarify]
        max_tokens = 2
        timeout_ms = 2000
        [routes.assist_clarify.p]
        max_tokens = 3
        model = "yandexgpt"
        "#,
    )
    .unwrap();
    let spec = |task| {
        let id = RouteId {
            task,
            profile: ProfileId::new("p").unwrap(),
        };
        policy.route(&id).unwrap().call.clone().unwrap()
    };
    let clarify = spec(TaskId::AssistClarify);
    assert_eq!(
        (
            clarify.max_tokens,
            clarify.timeouts.total.as_millis(),
            clarify.model.as_str()
        ),
        (3, 2000, "yandexgpt")
    );
    let other = spec(TaskId::AssistNormalization);
    assert_eq!(
        (
            other.max_tokens,
            other.timeouts.total.as_millis(),
            other.model.as_str()
        ),
        (1, 1000, "yandexgpt-lite")
    );
    assert_eq!(other.provider, Provider::YandexAiStudio);
    assert_eq!(
        (other.project.as_deref(), other.data_logging),
        (Some("b1gfolder"), DataLogging::ProviderDefault)
    );
}

#[test]
fn the_profile_of_the_settings_wins_and_must_exist() {
    let load = |profile: &str| {
        let inputs = PolicyInputs {
            variables: &|_| Some("m".to_owned()),
            base_url: None,
            api_key: None,
            profile: Some(profile.to_owned()),
        };
        Policy::load(&PolicySource::embedded(), &inputs)
    };
    assert_eq!(load("reliable").unwrap().profile().as_str(), "reliable");
    let problems = load("relaible").unwrap_err();
    assert!(
        problems.to_string().contains("did you mean `reliable`?"),
        "{problems}"
    );
}
