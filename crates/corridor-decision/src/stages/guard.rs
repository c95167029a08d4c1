//! The guard over partial trust: switches it off when errors, refusals or slowness pass their limits.
//!
//! Pure: it is fed the corridor's own records and asked whether it has tripped. Whoever runs it keeps its state and the switch. A trip
//! stays until somebody re-arms it: what went wrong should be looked at first. Why the bounds are what they are:
//! `docs/decisions/guard.md`.

use std::collections::VecDeque;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::records::{ReasonCode, RiskRecord, RiskStatus, words::words};
use crate::wilson::{Z_95_ONE_SIDED, wilson};

/// When the guard trips.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GuardLimits {
    /// The most visits that are looked at: the latest.
    pub window_len: usize,
    /// Visits older than this are not looked at.
    pub window_age: Duration,
    /// The least number of visits before anything can trip.
    pub min_samples: usize,
    /// The share of visits that may fail, 0 to 1.
    pub max_error_share: f64,
    /// The share of visits whose candidate may be refused, 0 to 1.
    pub max_refusal_share: f64,
    /// A visit that takes longer is slow.
    pub slow_after: Duration,
    /// The share of visits that may be slow, 0 to 1.
    pub max_slow_share: f64,
}

impl Default for GuardLimits {
    /// Errors 5 %, refusals 30 %, one in twenty slower than a second, over the last 200 visits of a day, from 50 visits on.
    fn default() -> Self {
        Self {
            window_len: 200,
            window_age: Duration::from_secs(24 * 60 * 60),
            min_samples: 50,
            max_error_share: 0.05,
            max_refusal_share: 0.3,
            slow_after: Duration::from_secs(1),
            max_slow_share: 0.05,
        }
    }
}

words! {
    /// What made the guard trip.
    TripCause {
        /// Too many visits failed.
        Errors = "errors",
        /// Too many candidates were refused.
        Refusals = "refusals",
        /// Too many visits were slow.
        Latency = "latency",
    }
}

/// That the guard has tripped, and on what evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trip {
    /// What made it trip.
    pub cause: TripCause,
    /// When: the time of the visit that made it trip.
    pub at: Timestamp,
    /// Visits looked at.
    pub samples: u64,
    /// Those of them that were of this cause.
    pub bad: u64,
    /// The share that was passed, 0 to 1.
    pub limit: f64,
    /// The least that the share of bad visits is, 95 % sure, 0 to 1: the lower end of the Wilson interval.
    pub at_least: f64,
}

/// What of the guard survives a restart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuardState {
    /// The trip that nobody has re-armed yet.
    pub trip: Option<Trip>,
}

/// Watches visits to the corridor over a sliding window.
#[derive(Clone, Debug)]
pub struct Guard {
    limits: GuardLimits,
    window: VecDeque<Sample>,
    trip: Option<Trip>,
    /// Visits that began before do not count.
    since: Timestamp,
}

/// A visit in which the model was asked.
#[derive(Clone, Copy, Debug)]
struct Sample {
    at: Timestamp,
    failed: bool,
    refused: bool,
    slow: bool,
}

/// What may make it trip: the limit, and whether a visit is of this cause.
type Cause = (TripCause, f64, fn(&Sample) -> bool);

impl Guard {
    /// A guard with an empty window, tripped where `state` says so.
    #[must_use]
    pub fn new(limits: GuardLimits, state: GuardState) -> Self {
        Self {
            limits,
            window: VecDeque::new(),
            trip: state.trip,
            since: Timestamp::MIN,
        }
    }

    /// Takes a visit into account; the trip, where this visit made it trip. Visits in which no model was called say
    /// nothing about it and are passed over: not sampled, cancelled by a switch, no budget left, no route. A breaker that is open counts: it is
    /// open because of the model.
    pub fn observe(&mut self, visit: &RiskRecord) -> Option<&Trip> {
        let sample = self.sample(visit)?;
        self.window.push_back(sample);
        while self.window.len() > self.limits.window_len || self.oldest_is_too_old(sample.at) {
            self.window.pop_front();
        }
        if self.trip.is_some() {
            return None;
        }
        self.trip = self.judge(sample.at);
        self.trip.as_ref()
    }

    /// The trip that nobody has re-armed yet; partial trust is to be at rate 0 while there is one.
    #[must_use]
    pub fn trip(&self) -> Option<&Trip> {
        self.trip.as_ref()
    }

    /// What of it survives a restart.
    #[must_use]
    pub fn state(&self) -> GuardState {
        GuardState {
            trip: self.trip.clone(),
        }
    }

    /// Takes the trip back at the time `now` and begins with an empty window: neither what made it trip nor a visit that began before may
    /// make it trip again.
    pub fn rearm(&mut self, now: Timestamp) {
        self.trip = None;
        self.window.clear();
        self.since = now;
    }

    /// Other limits from now on.
    pub fn set_limits(&mut self, limits: GuardLimits) {
        self.limits = limits;
    }

    fn sample(&self, visit: &RiskRecord) -> Option<Sample> {
        let (failed, refused) = match (visit.status, visit.reason_code) {
            (RiskStatus::AcceptedLlm, _) => (false, false),
            (RiskStatus::Skipped | RiskStatus::NotSampled, _) => return None,
            (_, Some(reason)) if reason.says_nothing_about_the_model() => return None,
            (RiskStatus::FallbackDeterministic, Some(ReasonCode::Trust(_))) => (false, true),
            (RiskStatus::FallbackDeterministic | RiskStatus::Error, _) => (true, false),
        };
        let took = visit.latency_ms.unwrap_or_default().as_micros();
        let took = SignedDuration::from_micros(i64::try_from(took).unwrap_or(i64::MAX));
        if visit
            .timestamp
            .saturating_sub(took)
            .unwrap_or(Timestamp::MIN)
            < self.since
        {
            return None;
        }
        let slow_after = u64::try_from(self.limits.slow_after.as_micros()).unwrap_or(u64::MAX);
        Some(Sample {
            at: visit.timestamp,
            failed,
            refused,
            slow: visit
                .latency_ms
                .is_some_and(|latency| latency.as_micros() > slow_after),
        })
    }

    fn oldest_is_too_old(&self, now: Timestamp) -> bool {
        let age = SignedDuration::try_from(self.limits.window_age).unwrap_or(SignedDuration::MAX);
        self.window
            .front()
            .is_some_and(|oldest| now.duration_since(oldest.at) > age)
    }

    /// The first limit that is passed for certain: the lower end of the one-sided 95 % Wilson interval is above it.
    fn judge(&self, at: Timestamp) -> Option<Trip> {
        if self.window.len() < self.limits.min_samples.max(1) {
            return None;
        }
        let samples = number(self.window.len());
        let causes: [Cause; 3] = [
            (TripCause::Errors, self.limits.max_error_share, |one| {
                one.failed
            }),
            (TripCause::Refusals, self.limits.max_refusal_share, |one| {
                one.refused
            }),
            (TripCause::Latency, self.limits.max_slow_share, |one| {
                one.slow
            }),
        ];
        causes.into_iter().find_map(|(cause, limit, is_bad)| {
            let bad = number(self.window.iter().filter(|one| is_bad(one)).count());
            let at_least = wilson(bad, samples, Z_95_ONE_SIDED).low;
            (at_least > limit).then_some(Trip {
                cause,
                at,
                samples,
                bad,
                limit,
                at_least,
            })
        })
    }
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
