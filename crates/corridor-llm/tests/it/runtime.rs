//! Deadline, retries, breaker, budget, concurrency and cancellation, on a paused clock.

use std::sync::Arc;
use std::time::Duration;

use corridor_llm::call::{BudgetLimit, CallError, Diagnosis, TimeoutPhase, UnavailableCause};
use corridor_llm::policy::{ProfileId, RouteId};
use corridor_llm::record::{AttemptKind, CostBasis};
use corridor_llm::runtime::BreakerState;
use corridor_llm::{Outcome, TaskId};
use proptest::prelude::*;
use tokio::time::Instant;

use crate::scripted::{GOOD, Play, after_ms, bench, in_ms, input, two_profiles};

const TASK: TaskId = TaskId::AssistNormalization;
const RETRY: &str =
    r#"chain = [{ on = ["unavailable", "rate_limited"], do = "retry", max_retries = 5 }]"#;
const DOWN: Play = Play::Fail(CallError::Unavailable(UnavailableCause::Refused));

fn cheap() -> RouteId {
    RouteId {
        task: TASK,
        profile: ProfileId::new("cheap").unwrap(),
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_comes_with_its_figures() {
    let price = "price = { input_per_million = 2.0, output_per_million = 50.0 }";
    let bench = bench(&two_profiles("", price, ""), [after_ms(250, GOOD)]);
    let output = bench
        .runtime
        .run_task(TASK, input(), in_ms(1000))
        .await
        .unwrap();
    assert_eq!(output.answer.expose()["text"], "купи молоко");
    assert_eq!(output.summary.latency, Duration::from_millis(250));
    assert_eq!(output.summary.cost_micros, 100 * 2 + 10 * 50);
    assert_eq!(
        output.summary.prompt.unwrap().id.as_ref(),
        "assist_normalization.ru"
    );

    let record = &bench.records.all()[0];
    let line = serde_json::to_value(record).unwrap();
    assert_eq!(
        line,
        serde_json::json!({
            "timestamp": "2026-06-15T12:00:00Z", "trace_id": "trace-1", "command_id": "command-1",
            "task": "assist_normalization", "profile": "cheap", "provider": "openai_compatible", "model": "small",
            "prompt_id": "assist_normalization.ru", "prompt_version": "1", "attempt": 1, "kind": "first",
            "escalated": false, "outcome": "success", "outcome_detail": null, "http_status": 200,
            "latency_ms": 250.0, "tokens_in": 100, "tokens_out": 10, "cost": 0.0007, "cost_basis": "usage",
        })
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_that_hangs_ends_at_the_deadline() {
    let bench = bench(&two_profiles("", "timeout_ms = 60000", ""), [Play::Hang]);
    let started = Instant::now();
    let failure = bench
        .runtime
        .run_task(TASK, input(), in_ms(1200))
        .await
        .unwrap_err();
    assert_eq!(failure.error, CallError::Timeout(TimeoutPhase::Total));
    assert_eq!(started.elapsed(), Duration::from_millis(1200));
    assert_eq!(bench.records.all()[0].outcome_detail, Some("total"));
}

#[tokio::test(start_paused = true)]
async fn one_deadline_covers_repair_and_escalation() {
    let bad = after_ms(500, Play::Answer("nonsense"));
    let bench = bench(&two_profiles("", "", ""), [bad.clone(), bad.clone(), bad]);
    let started = Instant::now();
    let failure = bench
        .runtime
        .run_task(TASK, input(), in_ms(1200))
        .await
        .unwrap_err();
    assert_eq!(started.elapsed(), Duration::from_millis(1200));
    assert_eq!(failure.error, CallError::Timeout(TimeoutPhase::Total));
    assert_eq!(failure.summary.attempts, 3);
}

#[tokio::test(start_paused = true)]
async fn an_attempt_has_a_limit_of_its_own_within_the_deadline() {
    let chain = r#"timeout_ms = 300
        chain = [{ on = ["timeout"], do = "escalate", to = "reliable" }]"#;
    let bench = bench(&two_profiles("", chain, ""), [Play::Hang, GOOD]);
    let output = bench
        .runtime
        .run_task(TASK, input(), in_ms(1000))
        .await
        .unwrap();
    assert_eq!(output.summary.latency, Duration::from_millis(300));
    assert!(output.summary.escalated);
}

#[tokio::test(start_paused = true)]
async fn a_deadline_that_is_over_makes_no_call() {
    let bench = bench(&two_profiles("", "", ""), [Play::Hang]);
    let started = Instant::now();
    let failure = bench
        .runtime
        .run_task(TASK, input(), started)
        .await
        .unwrap_err();
    assert!(
        matches!(failure.error, CallError::Timeout(_)),
        "{:?}",
        failure.error
    );
    assert_eq!(
        (started.elapsed(), bench.caller.calls()),
        (Duration::ZERO, 0)
    );
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_obeyed_within_the_deadline_and_given_up_beyond_it() {
    let limited = |seconds| {
        Play::Fail(CallError::RateLimited {
            retry_after: Some(Duration::from_secs(seconds)),
        })
    };
    let patient = bench(&two_profiles("", RETRY, ""), [limited(2), GOOD]);
    let output = patient
        .runtime
        .run_task(TASK, input(), in_ms(5000))
        .await
        .unwrap();
    assert!(output.summary.latency >= Duration::from_secs(2));

    let hopeless = bench(&two_profiles("", RETRY, ""), [limited(3600), GOOD]);
    let started = Instant::now();
    let failure = hopeless
        .runtime
        .run_task(TASK, input(), in_ms(5000))
        .await
        .unwrap_err();
    assert_eq!(failure.error.outcome(), Outcome::RateLimited);
    assert_eq!(
        started.elapsed(),
        Duration::ZERO,
        "a wait that cannot pay off is not begun"
    );
    assert_eq!(hopeless.caller.calls(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_breaker_trips_probes_and_passes_again() {
    let top = "[breaker]\nfailures_to_trip = 3\ncooldown_ms = 1000\nmax_cooldown_ms = 4000";
    let bench = bench(
        &two_profiles(top, "chain = []", ""),
        [DOWN, DOWN, DOWN, GOOD],
    );
    for _ in 0..3 {
        bench
            .runtime
            .run_task(TASK, input(), in_ms(100))
            .await
            .unwrap_err();
    }
    assert_eq!(
        bench.runtime.breaker_state(&cheap()),
        Some(BreakerState::Tripped)
    );
    let failure = bench
        .runtime
        .run_task(TASK, input(), in_ms(100))
        .await
        .unwrap_err();
    assert_eq!(failure.error, CallError::CircuitOpen);
    assert_eq!(bench.caller.calls(), 3, "a route that rests is not called");
    assert_eq!(
        bench.records.all().last().unwrap().outcome,
        Outcome::CircuitOpen
    );

    tokio::time::advance(Duration::from_secs(1)).await;
    bench
        .runtime
        .run_task(TASK, input(), in_ms(100))
        .await
        .unwrap();
    assert_eq!(
        bench.runtime.breaker_state(&cheap()),
        Some(BreakerState::Passing)
    );
}

#[tokio::test(start_paused = true)]
async fn the_breaker_is_fed_by_every_attempt_of_one_task() {
    let top = "[breaker]\nfailures_to_trip = 3";
    let bench = bench(&two_profiles(top, RETRY, ""), [DOWN]);
    let failure = bench
        .runtime
        .run_task(TASK, input(), in_ms(60_000))
        .await
        .unwrap_err();
    assert_eq!(bench.caller.calls(), 3);
    assert_eq!(
        failure.error,
        CallError::CircuitOpen,
        "the fourth attempt met the tripped breaker"
    );
}

/// Shadow and assist end their calls by the deadline: a provider that hangs must not be asked for ever.
#[tokio::test(start_paused = true)]
async fn the_breaker_is_fed_by_calls_that_end_with_their_deadline() {
    let top = "[breaker]\nfailures_to_trip = 3";
    let bench = bench(
        &two_profiles(top, "timeout_ms = 60000\nchain = []", ""),
        [Play::Hang],
    );
    for _ in 0..3 {
        let failure = bench
            .runtime
            .run_task(TASK, input(), in_ms(100))
            .await
            .unwrap_err();
        assert!(matches!(failure.error, CallError::Timeout(_)));
    }
    assert_eq!(
        bench.runtime.breaker_state(&cheap()),
        Some(BreakerState::Tripped)
    );
}

#[tokio::test(start_paused = true)]
async fn a_tripped_route_leaves_others_alone_and_can_be_escalated_from() {
    let top = "[breaker]\nfailures_to_trip = 1";
    let chain = r#"chain = [{ on = ["circuit_open"], do = "escalate", to = "reliable" }]"#;
    let bench = bench(&two_profiles(top, chain, ""), [DOWN, GOOD]);
    bench
        .runtime
        .run_task(TASK, input(), in_ms(100))
        .await
        .unwrap_err();
    let output = bench
        .runtime
        .run_task(TASK, input(), in_ms(100))
        .await
        .unwrap();
    assert_eq!(output.summary.route.profile.as_str(), "reliable");
}

#[tokio::test(start_paused = true)]
async fn a_route_is_not_blamed_for_the_time_that_others_left_it() {
    let top = "[breaker]\nfailures_to_trip = 1";
    let slow_nonsense = after_ms(900, Play::Answer("nonsense"));
    let script = [slow_nonsense, Play::Hang, Play::Hang];
    let chain = r#"chain = [{ on = ["invalid_json"], do = "escalate", to = "reliable" }]"#;
    let bench = bench(&two_profiles(top, chain, ""), script);
    let failure = bench
        .runtime
        .run_task(TASK, input(), in_ms(1000))
        .await
        .unwrap_err();
    assert_eq!(failure.error, CallError::Timeout(TimeoutPhase::Total));
    let reliable = RouteId {
        task: TASK,
        profile: ProfileId::new("reliable").unwrap(),
    };
    assert_eq!(
        bench.runtime.breaker_state(&reliable),
        Some(BreakerState::Passing)
    );
    // With the whole time to itself it is.
    bench
        .runtime
        .run_task(TASK, input(), in_ms(1000))
        .await
        .unwrap_err();
    assert_eq!(
        bench.runtime.breaker_state(&cheap()),
        Some(BreakerState::Tripped)
    );
}

#[tokio::test(start_paused = true)]
async fn a_breaker_that_is_off_lets_everything_pass() {
    let bench = bench(
        &two_profiles("[breaker]\nstate = \"off\"", "chain = []", ""),
        [DOWN],
    );
    for _ in 0..20 {
        bench
            .runtime
            .run_task(TASK, input(), in_ms(100))
            .await
            .unwrap_err();
    }
    assert_eq!(
        (bench.caller.calls(), bench.runtime.breaker_state(&cheap())),
        (20, None)
    );
}

#[tokio::test(start_paused = true)]
async fn the_daily_limit_of_calls_ends_tasks() {
    let bench = bench(
        &two_profiles("[limits]\nmax_calls_per_day = 2", "", ""),
        [GOOD],
    );
    for _ in 0..2 {
        bench
            .runtime
            .run_task(TASK, input(), in_ms(100))
            .await
            .unwrap();
    }
    let failure = bench
        .runtime
        .run_task(TASK, input(), in_ms(100))
        .await
        .unwrap_err();
    assert_eq!(
        failure.error,
        CallError::BudgetExhausted(BudgetLimit::Calls)
    );
    assert_eq!(bench.caller.calls(), 2);
    assert_eq!(bench.records.all()[2].outcome_detail, Some("calls"));
    assert_eq!(
        bench.runtime.breaker_state(&cheap()),
        Some(BreakerState::Passing)
    );
}

#[tokio::test(start_paused = true)]
async fn the_daily_limit_of_spend_is_never_passed() {
    // 110 tokens a call at 1000 a token, by the provider's count; the most a call can cost is held back while it runs.
    let price = "price = { input_per_million = 1000.0, output_per_million = 1000.0 }\nchain = []";
    let bench = bench(
        &two_profiles("[limits]\nmax_spend_per_day = 2.0", price, ""),
        [GOOD],
    );
    let mut spent = 0;
    loop {
        match bench.runtime.run_task(TASK, input(), in_ms(100)).await {
            Ok(output) => spent += output.summary.cost_micros,
            Err(failure) => {
                assert_eq!(
                    failure.error,
                    CallError::BudgetExhausted(BudgetLimit::Spend)
                );
                break;
            }
        }
    }
    assert!(spent > 0 && spent <= 2_000_000, "{spent}");
    assert_eq!(bench.runtime.budget_use().spent_micros, spent);
}

#[tokio::test(start_paused = true)]
async fn a_call_without_an_answer_counts_with_the_most_it_can_have_cost() {
    let price = "price = { input_per_million = 1.0, output_per_million = 1.0 }\nchain = []";
    let bench = bench(&two_profiles("", price, ""), [Play::Hang, DOWN]);
    bench
        .runtime
        .run_task(TASK, input(), in_ms(100))
        .await
        .unwrap_err();
    let record = &bench.records.all()[0];
    assert_eq!(record.cost_basis, CostBasis::UpperBound);
    assert!(bench.runtime.budget_use().spent_micros > 0);
    let before = bench.runtime.budget_use().spent_micros;
    bench
        .runtime
        .run_task(TASK, input(), in_ms(100))
        .await
        .unwrap_err();
    assert_eq!(bench.records.all()[1].cost_basis, CostBasis::Free);
    assert_eq!(bench.runtime.budget_use().spent_micros, before);
}

#[tokio::test(start_paused = true)]
async fn no_more_calls_at_once_than_the_route_allows() {
    let bench = bench(
        &two_profiles("", "max_concurrency = 2\nchain = []", ""),
        [after_ms(100, GOOD)],
    );
    let tasks: Vec<_> = (0..6)
        .map(|_| {
            let runtime = Arc::clone(&bench.runtime);
            tokio::spawn(async move { runtime.run_task(TASK, input(), in_ms(250)).await })
        })
        .collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(
            task.await
                .unwrap()
                .map(|_| ())
                .map_err(|failure| failure.error),
        );
    }
    assert_eq!(bench.caller.under_way.lock().unwrap().most, 2);
    // Two by two: 100 ms, 200 ms, and the last pair is cut by its deadline at 250 ms.
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 4);
    assert_eq!(
        results
            .iter()
            .filter(|result| **result == Err(CallError::Timeout(TimeoutPhase::Total)))
            .count(),
        2
    );
}

#[tokio::test(start_paused = true)]
async fn waiting_for_a_place_ends_with_the_deadline_and_tells_so() {
    let bench = bench(
        &two_profiles("", "max_concurrency = 1\ntimeout_ms = 5000\nchain = []", ""),
        [Play::Hang],
    );
    let first = tokio::spawn({
        let runtime = Arc::clone(&bench.runtime);
        async move { runtime.run_task(TASK, input(), in_ms(1000)).await }
    });
    tokio::task::yield_now().await;
    let failure = bench
        .runtime
        .run_task(TASK, input(), in_ms(300))
        .await
        .unwrap_err();
    assert_eq!(failure.error, CallError::Timeout(TimeoutPhase::Queue));
    assert_eq!(bench.caller.calls(), 1);
    first.await.unwrap().unwrap_err();
}

#[tokio::test(start_paused = true)]
async fn a_dropped_task_ends_its_call_and_is_recorded_as_cancelled() {
    let bench = bench(
        &two_profiles("[breaker]\nfailures_to_trip = 1", "", ""),
        [Play::Hang],
    );
    let dropped = tokio::time::timeout(
        Duration::from_millis(50),
        bench.runtime.run_task(TASK, input(), in_ms(10_000)),
    );
    assert!(dropped.await.is_err());
    assert_eq!(
        bench.caller.under_way.lock().unwrap().now,
        0,
        "the call is over"
    );
    let record = &bench.records.all()[0];
    assert_eq!(
        (record.outcome, record.latency_ms),
        (Outcome::Cancelled, 50.0)
    );
    assert_eq!(
        bench.runtime.breaker_state(&cheap()),
        Some(BreakerState::Passing),
        "it says nothing about the route"
    );
}

#[tokio::test(start_paused = true)]
async fn closing_cancels_what_is_under_way_and_refuses_what_comes() {
    let bench = bench(&two_profiles("", "", ""), [Play::Hang]);
    let running = tokio::spawn({
        let runtime = Arc::clone(&bench.runtime);
        async move { runtime.run_task(TASK, input(), in_ms(10_000)).await }
    });
    tokio::task::yield_now().await;
    bench.runtime.close();
    let failure = running.await.unwrap().unwrap_err();
    assert_eq!(failure.error, CallError::Cancelled);
    assert_eq!(bench.caller.under_way.lock().unwrap().now, 0);
    assert_eq!(bench.records.all()[0].outcome, Outcome::Cancelled);
    let failure = bench
        .runtime
        .run_task(TASK, input(), in_ms(10_000))
        .await
        .unwrap_err();
    assert_eq!(
        (failure.error, bench.caller.calls()),
        (CallError::Cancelled, 1)
    );
}

#[tokio::test(start_paused = true)]
async fn a_task_may_ask_for_a_profile_of_its_own() {
    let bench = bench(&two_profiles("", "", ""), [GOOD]);
    let reliable = ProfileId::new("reliable").unwrap();
    let output = bench
        .runtime
        .run_task(TASK, input().with_profile(reliable), in_ms(100))
        .await
        .unwrap();
    assert_eq!(output.summary.model.as_deref(), Some("large"));
    let unknown = ProfileId::new("fast").unwrap();
    let failure = bench
        .runtime
        .run_task(TASK, input().with_profile(unknown), in_ms(100))
        .await
        .unwrap_err();
    assert_eq!(
        (failure.error, bench.caller.calls()),
        (CallError::NotConfigured, 1)
    );
}

#[tokio::test(start_paused = true)]
async fn a_ping_calls_each_route_once_and_tries_nothing_else() {
    let bench = bench(&two_profiles("", "", ""), [Play::Answer("nonsense")]);
    let lines = bench.runtime.ping(Some(TASK)).await;
    assert_eq!(
        lines.iter().map(|line| line.outcome).collect::<Vec<_>>(),
        [Outcome::InvalidJson; 2]
    );
    assert_eq!(bench.caller.calls(), 2);
    assert!(
        bench
            .records
            .all()
            .iter()
            .all(|record| record.kind == AttemptKind::Ping)
    );
    assert_eq!(bench.runtime.ping(None).await.len(), 2 * TaskId::ALL.len());
}

fn any_play() -> impl Strategy<Value = Play> {
    let ending = prop_oneof![
        Just(GOOD),
        Just(Play::Answer("nonsense")),
        Just(Play::Answer(r#"{"text":1}"#)),
        Just(Play::Answer("")),
        Just(Play::Cut("{")),
        Just(Play::Hang),
        Just(DOWN),
        Just(Play::Fail(CallError::Rejected {
            status: 403,
            diagnosis: Diagnosis::AccessDenied
        })),
        (0_u64..5).prop_map(|s| Play::Fail(CallError::RateLimited {
            retry_after: Some(Duration::from_secs(s))
        })),
    ];
    (0_u64..800, ending).prop_map(|(ms, play)| after_ms(ms, play))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn whatever_the_model_does_a_task_ends_by_its_deadline(
        script in proptest::collection::vec(any_play(), 1..8),
        deadline_ms in 0_u64..2000,
    ) {
        let everything = r#"chain = [
            { on = ["timeout", "unavailable", "rate_limited", "empty"], do = "retry", max_retries = 3 },
            { on = ["invalid_json", "schema_validation_failed"], do = "repair" },
            { on = ["timeout", "rejected", "truncated", "invalid_json"], do = "escalate", to = "reliable" },
        ]"#;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let bench = bench(&two_profiles("", everything, "chain = []"), script);
            let started = Instant::now();
            let result = bench.runtime.run_task(TASK, input(), in_ms(deadline_ms)).await;
            let took = started.elapsed();
            assert!(took <= Duration::from_millis(deadline_ms), "{took:?} of {deadline_ms} ms: {result:?}");
            let attempts = result.map_or_else(|failure| failure.summary.attempts, |output| output.summary.attempts);
            assert!(attempts <= 7, "{attempts} attempts");
            assert_eq!(bench.records.all().len(), attempts as usize, "every attempt has a record");
        });
    }
}
