//! The guard: trips on evidence, not on a bad minute; stays tripped until somebody re-arms it.

use std::time::Duration;

use corridor_contract::Action;
use corridor_decision::records::{
    Intent, ModelFailure, ReasonCode, RecordId, RiskRecord, RiskStatus, RiskSummary, SkipReason,
    TrustRefusal,
};
use corridor_decision::stages::{Guard, GuardLimits, GuardState, TripCause};
use corridor_decision::{Z_95_ONE_SIDED, wilson};
use jiff::SignedDuration;
use proptest::prelude::*;

use crate::scripted::noon;

fn visit(
    status: RiskStatus,
    reason: Option<ReasonCode>,
    latency_ms: u64,
    minute: i64,
) -> RiskRecord {
    RiskRecord {
        timestamp: noon() + SignedDuration::from_mins(minute),
        trace_id: RecordId::new("trace"),
        command_id: RecordId::new("command"),
        corridor_intent: Intent::AddShoppingItem,
        sample_rate: 0.1,
        sampled: true,
        status,
        reason_code: reason,
        latency_ms: Some(Duration::from_millis(latency_ms).into()),
        model_meta: None,
        baseline: RiskSummary {
            action: Action::StartJob,
            intent: Intent::AddShoppingItem,
            item_count: 1,
            quantity_count: 0,
            unit_count: 0,
            list_count: 1,
            confidence: Some(0.9),
        },
        llm: None,
        diff: None,
    }
}

fn good(minute: i64) -> RiskRecord {
    visit(RiskStatus::AcceptedLlm, None, 200, minute)
}

fn failed(minute: i64) -> RiskRecord {
    let reason = ReasonCode::Model(ModelFailure::Timeout);
    visit(RiskStatus::FallbackDeterministic, Some(reason), 200, minute)
}

fn refused(minute: i64) -> RiskRecord {
    let reason = TrustRefusal::NameNotGrounded.into();
    visit(RiskStatus::FallbackDeterministic, Some(reason), 200, minute)
}

fn slow(minute: i64) -> RiskRecord {
    visit(RiskStatus::AcceptedLlm, None, 1100, minute)
}

fn guard() -> Guard {
    Guard::new(GuardLimits::default(), GuardState::default())
}

/// How many of these visits in a row it takes.
fn trips_after(guard: &mut Guard, make: fn(i64) -> RiskRecord) -> Option<i64> {
    (0..1000).find(|&minute| guard.observe(&make(minute)).is_some())
}

#[test]
fn nothing_trips_before_enough_was_seen() {
    // The fiftieth visit, counted from 0.
    assert_eq!(trips_after(&mut guard(), failed), Some(49));
    assert_eq!(trips_after(&mut guard(), refused), Some(49));
    assert_eq!(trips_after(&mut guard(), slow), Some(49));
    assert_eq!(trips_after(&mut guard(), good), None);
}

#[test]
fn a_trip_says_on_what_evidence() {
    let mut guard = guard();
    let trip = (0..50).find_map(|minute| {
        let visit = if minute < 40 {
            good(minute)
        } else {
            refused(minute)
        };
        guard.observe(&visit).cloned()
    });
    // 10 of 50 are 20 %: below the limit of 30 %.
    assert_eq!(trip, None);
    let trip = (50..200)
        .find_map(|minute| guard.observe(&failed(minute)).cloned())
        .expect("it trips");
    assert_eq!(trip.cause, TripCause::Errors);
    assert_eq!(
        trip.at,
        noon() + SignedDuration::from_mins(50 + i64::try_from(trip.bad).unwrap() - 1)
    );
    assert_eq!(trip.samples, 50 + trip.bad);
    assert!(trip.at_least > trip.limit);
    assert_eq!(
        trip.at_least,
        wilson(trip.bad, trip.samples, Z_95_ONE_SIDED).low
    );
    // One fewer would not have been evidence enough.
    assert!(wilson(trip.bad - 1, trip.samples - 1, Z_95_ONE_SIDED).low <= trip.limit);
}

#[test]
fn a_raw_rate_above_the_limit_is_not_enough() {
    let mut guard = guard();
    // 4 of 50 are 8 %, above 5 %; but with 50 visits that may be chance.
    for minute in 0..50 {
        let visit = if minute % 13 == 0 {
            failed(minute)
        } else {
            good(minute)
        };
        assert_eq!(guard.observe(&visit), None);
    }
}

#[test]
fn old_visits_are_forgotten() {
    let mut guard = guard();
    for minute in 0..49 {
        guard.observe(&failed(minute));
    }
    // A day and a bit later: the failures do not count any more.
    for minute in 2000..2100 {
        assert_eq!(guard.observe(&good(minute)), None);
    }
}

#[test]
fn visits_that_say_nothing_about_the_model_do_not_count() {
    let mut guard = guard();
    for minute in 0..500 {
        for (status, reason) in [
            (
                RiskStatus::Skipped,
                Some(SkipReason::BaselineNotExecute.into()),
            ),
            (RiskStatus::NotSampled, Some(SkipReason::NotSampled.into())),
            (
                RiskStatus::FallbackDeterministic,
                Some(ReasonCode::Model(ModelFailure::Cancelled)),
            ),
            (
                RiskStatus::FallbackDeterministic,
                Some(ReasonCode::Model(ModelFailure::BudgetExhausted)),
            ),
            (
                RiskStatus::FallbackDeterministic,
                Some(ReasonCode::Model(ModelFailure::NotConfigured)),
            ),
        ] {
            assert_eq!(guard.observe(&visit(status, reason, 5000, minute)), None);
        }
    }
    assert_eq!(trips_after(&mut guard, failed), Some(49));
}

#[test]
fn a_trip_survives_a_restart_and_ends_by_hand() {
    let mut guard = guard();
    trips_after(&mut guard, failed);
    let kept = serde_json::to_string(&guard.state()).unwrap();
    let mut again = Guard::new(GuardLimits::default(), serde_json::from_str(&kept).unwrap());
    assert_eq!(again.trip(), guard.trip());
    assert_eq!(trips_after(&mut again, good), None);
    assert!(again.trip().is_some(), "good visits do not re-arm it");
    again.rearm(noon() - SignedDuration::from_mins(1));
    assert_eq!(again.state(), GuardState::default());
    assert_eq!(trips_after(&mut again, failed), Some(49), "an empty window");
}

#[test]
fn an_outage_counts_though_the_breaker_is_open() {
    let open = |minute| {
        let reason = ReasonCode::Model(ModelFailure::CircuitOpen);
        visit(RiskStatus::FallbackDeterministic, Some(reason), 0, minute)
    };
    assert_eq!(trips_after(&mut guard(), open), Some(49));
}

#[test]
fn visits_that_began_before_it_was_rearmed_do_not_count() {
    let mut guard = guard();
    trips_after(&mut guard, failed);
    guard.rearm(noon() + SignedDuration::from_mins(100));
    // The last of a slow provider's failures come in late; the one at minute 100 began 200 ms before.
    for minute in 50..=100 {
        assert_eq!(guard.observe(&failed(minute)), None);
    }
    let tripped = (101..1000).find(|&minute| guard.observe(&failed(minute)).is_some());
    assert_eq!(tripped, Some(150));
}

proptest! {
    /// Whatever comes, it trips exactly when the lower bound of some share of the window is above its limit.
    #[test]
    fn it_trips_where_the_bound_says(kinds in prop::collection::vec(0_u8..4, 1..300)) {
        let limits = GuardLimits { window_len: 80, ..GuardLimits::default() };
        let mut guard = Guard::new(limits, GuardState::default());
        for (minute, _) in kinds.iter().enumerate() {
            let window = &kinds[(minute + 1).saturating_sub(80)..=minute];
            let share = |kind: u8| {
                let bad = window.iter().filter(|one| **one == kind).count();
                wilson(bad as u64, window.len() as u64, Z_95_ONE_SIDED).low
            };
            let expected = window.len() >= 50 && (share(1) > 0.05 || share(2) > 0.3 || share(3) > 0.05);
            let at = i64::try_from(minute).unwrap();
            let visit = [good, failed, refused, slow][usize::from(kinds[minute])](at);
            let tripped = guard.observe(&visit).is_some();
            prop_assert_eq!(tripped, expected, "{} of {}", minute, kinds.len());
            if tripped {
                break;
            }
        }
    }
}

/// The table of `docs/decisions/guard.md`.
#[test]
fn the_documented_figures_hold() {
    let text = include_str!("../../../../docs/decisions/guard.md");
    let rows: Vec<(u64, u64)> = text
        .lines()
        .filter_map(|line| {
            let mut cells = line.trim_matches('|').split('|').map(str::trim);
            Some((cells.next()?.parse().ok()?, cells.next()?.parse().ok()?))
        })
        .collect();
    assert_eq!(rows.len(), 3);
    for (visits, failures) in rows {
        let first = (0..=visits).find(|bad| wilson(*bad, visits, Z_95_ONE_SIDED).low > 0.05);
        assert_eq!(first, Some(failures), "of {visits}");
    }
}
