//! Decisions are total, contract-valid and repeatable, and their ids hang on the command alone.

use std::sync::LazyLock;

use corridor_contract::{Command, Decision, SchemaValidator, Side, generate};
use corridor_decision::{Decided, Decider, DecisionSettings, Reason, Stamp, StepTimes};
use corridor_nlu::{Engine, Language};
use proptest::prelude::*;
use serde_json::{Value, json};

static DECIDER: LazyLock<Decider> = LazyLock::new(|| decider(None));

fn decider(timezone: Option<&str>) -> Decider {
    let engine = Engine::embedded().expect("the embedded pack is sound");
    let timezone = timezone.map(|name| jiff::tz::TimeZone::get(name).expect("a known zone"));
    Decider::new(
        engine,
        DecisionSettings {
            language: Language::Ru,
            timezone,
        },
    )
}

fn stamp() -> Stamp {
    Stamp {
        created_at: "2026-06-15T09:00:00Z".parse().expect("a timestamp"),
        decision_id: "decision".into(),
        trace_id: "trace".into(),
    }
}

pub(crate) fn decide(command: &Command) -> Decided {
    DECIDER.decide(command, stamp(), &mut StepTimes::default())
}

/// A command of a family, with `change` merged into it.
pub(crate) fn command(text: &str, change: Value) -> Command {
    let mut document = json!({
        "command_id": "c-1",
        "user_id": "u-olga",
        "timestamp": "2026-06-15T12:00:00+03:00",
        "text": text,
        "capabilities": ["start_job", "propose_create_task", "propose_add_shopping_item", "clarify", "reject", "confirm"],
        "context": {
            "household": {
                "members": [
                    {"user_id": "u-olga", "display_name": "Ольга"},
                    {"user_id": "u-sasha", "display_name": "Саша"},
                    {"user_id": "u-sasha-2", "display_name": "Саша"}
                ],
                "zones": [{"zone_id": "z-kitchen", "name": "Кухня"}],
                "shopping_lists": [
                    {"list_id": "l-food", "name": "Продукты"},
                    {"list_id": "l-home", "name": "Хозтовары"}
                ]
            },
            "defaults": {"default_list_id": "l-food"}
        }
    });
    merge(&mut document, change);
    Command::from_slice(document.to_string().as_bytes()).expect("a valid command")
}

fn merge(into: &mut Value, change: Value) {
    match (into, change) {
        (Value::Object(into), Value::Object(change)) => {
            for (key, value) in change {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (into, change) => *into = change,
    }
}

fn wire(decision: &Decision) -> Value {
    serde_json::from_str(&decision.to_json_string().expect("a decision is JSON"))
        .expect("JSON is JSON")
}

#[test]
fn order_of_judgement() {
    let all = || json!({});
    let only = |capabilities: &[&str]| json!({ "capabilities": capabilities });
    let cases = [
        ("купи молоко", all(), "start_job", "clear"),
        ("купи молоко", only(&["clarify"]), "clarify", "not_capable"),
        ("оплати счёт", only(&["clarify"]), "clarify", "not_capable"),
        ("🙂", all(), "clarify", "no_text"),
        ("не покупай молоко", all(), "clarify", "not_ours"),
        (
            "абракадабра швабракадабра",
            all(),
            "clarify",
            "not_understood",
        ),
        ("купи это", all(), "clarify", "incomplete"),
        ("Купи молоко и оплати счёт", all(), "reject", "rejected"),
        ("Не покупай хлеб и оплати счёт", all(), "reject", "rejected"),
        ("Купи молоко и убери кухню", all(), "confirm", "compound"),
        (
            "Купи молоко и убери кухню",
            only(&[
                "start_job",
                "propose_create_task",
                "propose_add_shopping_item",
                "clarify",
            ]),
            "clarify",
            "compound_unconfirmable",
        ),
        (
            "оплати счёт",
            only(&["start_job", "clarify"]),
            "clarify",
            "rejected_unshown",
        ),
        (
            "вынеси мусор",
            only(&["start_job", "clarify"]),
            "clarify",
            "not_capable",
        ),
    ];
    for (text, change, action, reason) in cases {
        let decided = decide(&command(text, change));
        let got = (decided.decision.action().as_str(), decided.reason.name());
        assert_eq!(got, (action, reason), "{text}");
    }
}

#[test]
fn a_reject_that_cannot_be_shown_is_an_error_with_a_question() {
    let decided = decide(&command(
        "оплати счёт",
        json!({"capabilities": ["start_job", "clarify"]}),
    ));
    let wire = wire(&decided.decision);
    assert_eq!(wire["status"], "error");
    assert_eq!(
        wire["payload"]["missing_fields"],
        json!(["intent.safe_corridor"])
    );
}

#[test]
fn lists_are_the_named_the_default_the_only_one_or_asked_for() {
    let list = |text: &str, change: Value| {
        let wire = wire(&decide(&command(text, change)).decision);
        let item = &wire["payload"]["proposed_actions"][0]["payload"]["item"];
        match wire["action"].as_str() {
            Some("start_job") => item
                .get("list_id")
                .map_or("none".to_owned(), |id| id.to_string()),
            _ => format!(
                "{} {}",
                wire["payload"]["missing_fields"], wire["payload"]["options"]
            ),
        }
    };
    let asked = r#"["item.list_id"] ["Продукты","Хозтовары"]"#;
    let elsewhere = json!({"context": {"defaults": {"default_list_id": "l-elsewhere"}}});
    assert_eq!(list("купи губки", json!({})), "\"l-food\"");
    assert_eq!(list("добавь губки в хозтовары", json!({})), "\"l-home\"");
    assert_eq!(list("купи губки", elsewhere), asked);
    assert_eq!(list("добавь губки в список дача", json!({})), asked);
    let one = json!({"context": {
        "household": {"shopping_lists": [{"list_id": "l-1", "name": "Дача"}]},
        "defaults": {"default_list_id": "l-elsewhere"}
    }});
    assert_eq!(list("купи губки", one), "\"l-1\"");
    let none = json!({"context": {"household": {"shopping_lists": []}}});
    assert_eq!(list("купи губки", none), "none");
}

#[test]
fn a_doer_who_is_nobody_or_two_is_asked_for() {
    let two = wire(&decide(&command("пусть Саша вынесет мусор", json!({}))).decision);
    assert_eq!(
        two["payload"]["missing_fields"],
        json!(["task.assignee_id"])
    );
    assert_eq!(two["payload"]["options"], json!(["Саша", "Саша"]));
    let nobody = wire(&decide(&command("пусть Гоша вынесет мусор", json!({}))).decision);
    assert_eq!(
        nobody["payload"]["missing_fields"],
        json!(["task.assignee_id"])
    );
}

#[test]
fn a_confirmation_is_good_for_fifteen_minutes() {
    let wire = wire(&decide(&command("Купи молоко и убери кухню", json!({}))).decision);
    assert_eq!(wire["created_at"], "2026-06-15T09:00:00Z");
    assert_eq!(wire["payload"]["expires_at"], "2026-06-15T09:15:00Z");
}

#[test]
fn ids_hang_on_the_command_and_the_position_alone() {
    let keys = |text: &str, id: &str| {
        let wire = wire(&decide(&command(text, json!({"command_id": id}))).decision);
        let actions = wire["payload"]["proposed_actions"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let mut keys = vec![wire["payload"]["job_id"].to_string()];
        keys.extend(
            actions
                .iter()
                .map(|action| action["payload"]["idempotency_key"].to_string()),
        );
        keys
    };
    // The same command said otherwise: the ids of the same positions stay.
    assert_eq!(
        keys("купи хлеб и сыр", "c-1"),
        keys("вынеси мусор и полей цветы", "c-1")
    );
    assert_ne!(
        keys("купи хлеб и сыр", "c-1"),
        keys("купи хлеб и сыр", "c-2")
    );
    let three = keys("купи хлеб, сыр и молоко", "c-1");
    assert_eq!(
        three.iter().collect::<std::collections::HashSet<_>>().len(),
        4
    );
}

#[test]
fn a_set_time_zone_goes_before_the_offset_of_the_command() {
    let command = command("напомни завтра в 18:00 позвонить маме", json!({}));
    let decided =
        decider(Some("Asia/Vladivostok")).decide(&command, stamp(), &mut StepTimes::default());
    let wire = wire(&decided.decision);
    let due = &wire["payload"]["proposed_actions"][0]["payload"]["task"]["due"];
    assert_eq!(due, "2026-06-16T18:00:00+10:00");
}

#[test]
fn explanations_say_what_fired_and_what_lost() {
    let command = command("Купи молоко и убери кухню", json!({}));
    let (decided, explanation) = DECIDER.explain(&command, stamp(), &mut StepTimes::default());
    assert_eq!(decided.reason, Reason::Compound);
    let explanation = serde_json::to_value(&explanation).expect("an explanation is JSON");
    assert_eq!(explanation["clauses"].as_array().map(Vec::len), Some(2));
    assert!(
        explanation["clauses"][0]["rules"][0]
            .as_str()
            .is_some_and(|rule| rule.starts_with("ru."))
    );
    assert!(
        explanation["alternatives"]
            .as_array()
            .is_some_and(|all| !all.is_empty())
    );
    assert_eq!(explanation["tokens"][0]["text"], "Купи");
    assert!(explanation["steps"]["core_logic_ms"].is_number());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn every_valid_command_gets_a_contract_valid_decision(command in generate::command()) {
        let decided = decide(&command);
        let bytes = decided.decision.to_json_vec().expect("a decision is JSON");
        prop_assert!(Decision::from_slice(&bytes).is_ok());
        let validator = SchemaValidator::of(Side::Decision).expect("the schema is sound");
        let document: Value = serde_json::from_slice(&bytes).expect("JSON is JSON");
        let problems = validator.validate(&document);
        prop_assert!(problems.is_empty(), "{problems}");
        prop_assert_eq!(decided.decision.command_id.as_str(), command.command_id.as_str());
    }

    #[test]
    fn the_same_command_gets_the_same_decision(command in generate::command()) {
        let (first, second) = (decide(&command), decide(&command));
        prop_assert_eq!(first.decision, second.decision);
        prop_assert_eq!(first.reason, second.reason);
    }
}
