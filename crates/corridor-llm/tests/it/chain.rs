//! Every outcome × every chain step, with a scripted caller on a paused clock.

use corridor_llm::call::{CallError, MalformedReply, TimeoutPhase, UnavailableCause};
use corridor_llm::record::AttemptKind;
use corridor_llm::{Outcome, TaskId};

use crate::scripted::{Bench, GOOD, Play, bench, in_ms, input, two_profiles};

use AttemptKind::{Escalation, First, Repair, Retry};

/// Every way in which a call or its answer can fail.
fn failures() -> Vec<(Outcome, Play)> {
    use CallError as E;
    vec![
        (
            Outcome::Timeout,
            Play::Fail(E::Timeout(TimeoutPhase::FirstByte)),
        ),
        (
            Outcome::Unavailable,
            Play::Fail(E::Unavailable(UnavailableCause::Refused)),
        ),
        (
            Outcome::RateLimited,
            Play::Fail(E::RateLimited { retry_after: None }),
        ),
        (
            Outcome::Rejected,
            Play::Fail(E::Rejected {
                status: 401,
                diagnosis: corridor_llm::call::Diagnosis::KeyRefused,
            }),
        ),
        (
            Outcome::ProviderError,
            Play::Fail(E::ProviderError(MalformedReply::Html)),
        ),
        (Outcome::InvalidJson, Play::Answer("no JSON here")),
        (
            Outcome::SchemaValidationFailed,
            Play::Answer(r#"{"text":7}"#),
        ),
        (Outcome::Empty, Play::Answer(" \n")),
        (Outcome::Truncated, Play::Cut(r#"{"text":"купи молоко"}"#)),
        (
            Outcome::TooLarge,
            Play::Fail(E::TooLarge { limit_bytes: 1 }),
        ),
        (Outcome::NotConfigured, Play::Fail(E::NotConfigured)),
    ]
}

const TRANSIENT: &str = r#"["timeout", "unavailable", "rate_limited", "provider_error", "empty"]"#;
const REPAIRABLE: &str = r#"["invalid_json", "schema_validation_failed"]"#;
const ANY: &str = r#"["timeout", "unavailable", "rate_limited", "rejected", "provider_error", "invalid_json",
    "schema_validation_failed", "empty", "truncated", "too_large", "circuit_open", "not_configured"]"#;

/// Which attempts follow an outcome.
type Expected = fn(Outcome) -> Vec<AttemptKind>;

/// A chain of the profile `cheap`, and which attempts follow when the first call fails and the second succeeds.
fn chains() -> Vec<(&'static str, String, Expected)> {
    vec![
        ("nothing", "chain = []".to_owned(), |_| vec![First]),
        (
            "retry",
            format!("chain = [{{ on = {TRANSIENT}, do = \"retry\" }}]"),
            |outcome| match outcome {
                Outcome::Timeout
                | Outcome::Unavailable
                | Outcome::RateLimited
                | Outcome::ProviderError
                | Outcome::Empty => vec![First, Retry],
                _ => vec![First],
            },
        ),
        (
            "repair",
            format!("chain = [{{ on = {REPAIRABLE}, do = \"repair\" }}]"),
            |outcome| match outcome {
                Outcome::InvalidJson | Outcome::SchemaValidationFailed => vec![First, Repair],
                _ => vec![First],
            },
        ),
        (
            "escalate",
            format!("chain = [{{ on = {ANY}, do = \"escalate\", to = \"reliable\" }}]"),
            |_| vec![First, Escalation],
        ),
        // Without a chain: repair what can be repaired, return everything else at once.
        ("standard", String::new(), |outcome| match outcome {
            Outcome::InvalidJson | Outcome::SchemaValidationFailed => vec![First, Repair],
            _ => vec![First],
        }),
    ]
}

async fn run(cheap: &str, script: Vec<Play>) -> (Bench, Option<Outcome>) {
    let bench = bench(&two_profiles("", cheap, "chain = []"), script);
    let result = bench
        .runtime
        .run_task(TaskId::AssistNormalization, input(), in_ms(60_000))
        .await;
    let failure = result.err().map(|failure| failure.error.outcome());
    (bench, failure)
}

#[tokio::test(start_paused = true)]
async fn every_outcome_takes_the_step_that_names_it() {
    for (chain_name, chain, expected) in chains() {
        for (outcome, play) in failures() {
            let case = format!("{chain_name} after {}", outcome.as_str());
            let (bench, failure) = run(&chain, vec![play, GOOD]).await;
            let kinds: Vec<_> = bench
                .records
                .all()
                .iter()
                .map(|record| record.kind)
                .collect();
            let expected = expected(outcome);
            assert_eq!(kinds, expected, "{case}");
            assert_eq!(bench.caller.calls(), expected.len(), "{case}");
            assert_eq!(failure, (expected.len() == 1).then_some(outcome), "{case}");
            let profiles: Vec<_> = bench
                .records
                .all()
                .iter()
                .map(|record| record.profile.to_string())
                .collect();
            let escalated = expected.last() == Some(&Escalation);
            assert_eq!(
                profiles.last().unwrap(),
                if escalated { "reliable" } else { "cheap" },
                "{case}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_failure_that_stays_ends_in_its_typed_reason_after_a_bounded_number_of_attempts() {
    for (chain_name, chain, expected) in chains() {
        for (outcome, play) in failures() {
            let case = format!("{chain_name} while {} stays", outcome.as_str());
            let (bench, failure) = run(&chain, vec![play]).await;
            let mut expected = expected(outcome);
            // The standard chain goes on to `reliable` when the repair did not help.
            if chain_name == "standard" && expected.last() == Some(&Repair) {
                expected.push(Escalation);
            }
            let kinds: Vec<_> = bench
                .records
                .all()
                .iter()
                .map(|record| record.kind)
                .collect();
            assert_eq!(kinds, expected, "{case}");
            assert_eq!(failure, Some(outcome), "{case}");
            let outcomes: Vec<_> = bench
                .records
                .all()
                .iter()
                .map(|record| record.outcome)
                .collect();
            assert!(
                outcomes.iter().all(|recorded| *recorded == outcome),
                "{case}: {outcomes:?}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_first_step_with_uses_left_wins() {
    let chain = r#"chain = [
        { on = ["unavailable"], do = "retry", max_retries = 2 },
        { on = ["unavailable"], do = "escalate", to = "reliable" },
    ]"#;
    let down = Play::Fail(CallError::Unavailable(UnavailableCause::Status(503)));
    let (bench, failure) = run(chain, vec![down.clone(), down.clone(), down, GOOD]).await;
    let kinds: Vec<_> = bench
        .records
        .all()
        .iter()
        .map(|record| record.kind)
        .collect();
    assert_eq!(kinds, [First, Retry, Retry, Escalation]);
    assert_eq!(failure, None);
}

#[tokio::test(start_paused = true)]
async fn a_task_is_repaired_once_even_after_escalation() {
    let policy = two_profiles(
        "",
        "",
        &format!("chain = [{{ on = {REPAIRABLE}, do = \"repair\" }}]"),
    );
    let bench = bench(&policy, [Play::Answer("nonsense")]);
    let failure = bench
        .runtime
        .run_task(TaskId::AssistNormalization, input(), in_ms(60_000))
        .await
        .unwrap_err();
    assert_eq!(failure.error, CallError::InvalidJson);
    let kinds: Vec<_> = bench
        .records
        .all()
        .iter()
        .map(|record| record.kind)
        .collect();
    assert_eq!(kinds, [First, Repair, Escalation]);
    assert!(failure.summary.repaired && failure.summary.escalated);
    assert_eq!(failure.summary.attempts, 3);
    assert_eq!(failure.summary.model.as_deref(), Some("large"));
}

#[tokio::test(start_paused = true)]
async fn the_reliable_profile_does_not_escalate_to_itself() {
    let bench = bench(
        &two_profiles("", "", "").replace("profile = \"cheap\"", "profile = \"reliable\""),
        [Play::Answer("x")],
    );
    bench
        .runtime
        .run_task(TaskId::AssistNormalization, input(), in_ms(60_000))
        .await
        .unwrap_err();
    let kinds: Vec<_> = bench
        .records
        .all()
        .iter()
        .map(|record| record.kind)
        .collect();
    assert_eq!(kinds, [First, Repair]);
}

#[tokio::test(start_paused = true)]
async fn a_repair_shows_the_model_its_answer_and_the_schema() {
    let wrong = r#"{"text":"купи молоко","note":"!"}"#;
    let (bench, failure) = run("", vec![Play::Answer(wrong), GOOD]).await;
    assert_eq!(failure, None);
    let seen = bench.caller.seen.lock().unwrap().clone();
    assert_eq!(
        seen[1].messages[..2],
        seen[0].messages[..],
        "the repair goes on from the same conversation"
    );
    assert_eq!(seen[1].messages[2].1, wrong);
    assert!(seen[1].messages[3].1.contains(&seen[0].schema.to_string()));
    assert!(
        seen[1].messages[3].1.contains("note"),
        "it says what does not fit"
    );
}

#[tokio::test(start_paused = true)]
async fn fences_and_prose_cost_no_second_call() {
    for answer in [
        "```json\n{\"text\":\"купи молоко\"}\n```",
        "Конечно! {\"text\":\"купи молоко\"} Готово.",
    ] {
        let (bench, failure) = run("", vec![Play::Answer(answer)]).await;
        assert_eq!((failure, bench.caller.calls()), (None, 1), "{answer}");
    }
}

#[tokio::test(start_paused = true)]
async fn values_are_never_coerced() {
    for answer in [
        r#"{"text":["купи молоко"]}"#,
        r#"{"text":true}"#,
        r#"[{"text":"купи молоко"}]"#,
        r#""купи молоко""#,
    ] {
        let (_, failure) = run("chain = []", vec![Play::Answer(answer)]).await;
        assert!(failure.is_some(), "{answer}");
    }
}
