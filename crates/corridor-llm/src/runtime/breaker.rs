//! The circuit breaker of one route: after failures in a row the route rests, then one call tries whether it works again.
//!
//! Three states, one function each for what an event does in it. `Passing`: calls pass. `Tripped`: calls are refused
//! until the rest is over. `Probing`: one call is under way to find out, the others are refused.

use std::time::Duration;

use tokio::time::Instant;

use crate::call::Outcome;
use crate::policy::BreakerSettings;

/// The state of a route, for metrics and people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakerState {
    /// Calls pass.
    Passing,
    /// Calls are refused.
    Tripped,
    /// One call finds out whether the route works again.
    Probing,
}

/// Leave to make a call. Results come back with it, so that those of calls begun under an earlier state are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Admission {
    round: u64,
}

#[derive(Debug)]
pub(super) struct Breaker {
    settings: BreakerSettings,
    state: State,
    /// Grows with every change of state.
    round: u64,
}

#[derive(Debug, Clone, Copy)]
enum State {
    Passing { failures: u32 },
    Tripped { until: Instant, rest: Duration },
    Probing { rest: Duration },
}

#[derive(Debug, Clone, Copy)]
enum Event {
    Success,
    Failure {
        now: Instant,
    },
    /// The call ended without telling anything about the provider.
    Unknown {
        now: Instant,
    },
}

impl Breaker {
    pub(super) fn new(settings: BreakerSettings) -> Self {
        Self {
            settings,
            state: State::Passing { failures: 0 },
            round: 0,
        }
    }

    pub(super) fn state(&self) -> BreakerState {
        match self.state {
            State::Passing { .. } => BreakerState::Passing,
            State::Tripped { .. } => BreakerState::Tripped,
            State::Probing { .. } => BreakerState::Probing,
        }
    }

    /// Leave for one call, or none where the route rests.
    pub(super) fn admit(&mut self, now: Instant) -> Option<Admission> {
        match self.state {
            State::Passing { .. } => {}
            State::Tripped { until, rest } if now >= until => self.enter(State::Probing { rest }),
            State::Tripped { .. } | State::Probing { .. } => return None,
        }
        Some(Admission { round: self.round })
    }

    /// How an admitted call ended; `None` where it told nothing about the provider.
    pub(super) fn settle(&mut self, admission: Admission, outcome: Option<Outcome>, now: Instant) {
        if admission.round != self.round {
            return;
        }
        let event = event_of(outcome, now);
        let next = match self.state {
            State::Passing { failures } => self.passing(failures, event),
            State::Tripped { .. } => return,
            State::Probing { rest } => self.probing(rest, event),
        };
        match (self.state, next) {
            (State::Passing { .. }, State::Passing { .. }) => self.state = next,
            _ => self.enter(next),
        }
    }

    fn passing(&self, failures: u32, event: Event) -> State {
        match event {
            Event::Success => State::Passing { failures: 0 },
            Event::Unknown { .. } => State::Passing { failures },
            Event::Failure { now } => match failures.saturating_add(1) {
                failures if failures < self.settings.failures_to_trip => {
                    State::Passing { failures }
                }
                _ => self.tripped(self.settings.cooldown, now),
            },
        }
    }

    fn tripped(&self, rest: Duration, now: Instant) -> State {
        let rest = rest.min(self.settings.max_cooldown);
        State::Tripped {
            until: now.checked_add(rest).unwrap_or(now),
            rest,
        }
    }

    fn probing(&self, rest: Duration, event: Event) -> State {
        match event {
            Event::Success => State::Passing { failures: 0 },
            Event::Failure { now } => self.tripped(rest.saturating_mul(2), now),
            // The probe told nothing: the next call probes again at once.
            Event::Unknown { now } => State::Tripped { until: now, rest },
        }
    }

    fn enter(&mut self, state: State) {
        self.state = state;
        self.round = self.round.wrapping_add(1);
    }
}

/// What an outcome says about the provider. A model that answers badly is a provider that works.
fn event_of(outcome: Option<Outcome>, now: Instant) -> Event {
    match outcome {
        Some(
            Outcome::Success
            | Outcome::InvalidJson
            | Outcome::SchemaValidationFailed
            | Outcome::Empty
            | Outcome::Truncated
            | Outcome::Refused,
        ) => Event::Success,
        Some(
            Outcome::Timeout
            | Outcome::Unavailable
            | Outcome::RateLimited
            | Outcome::Rejected
            | Outcome::ProviderError
            | Outcome::TooLarge,
        ) => Event::Failure { now },
        Some(
            Outcome::BudgetExhausted
            | Outcome::CircuitOpen
            | Outcome::Cancelled
            | Outcome::NotConfigured,
        )
        | None => Event::Unknown { now },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaker() -> Breaker {
        Breaker::new(BreakerSettings {
            failures_to_trip: 3,
            cooldown: Duration::from_secs(5),
            max_cooldown: Duration::from_secs(12),
        })
    }

    fn run(breaker: &mut Breaker, outcome: Outcome) {
        let now = Instant::now();
        let admission = breaker.admit(now).expect("admitted");
        breaker.settle(admission, Some(outcome), now);
    }

    #[tokio::test(start_paused = true)]
    async fn trips_after_failures_in_a_row_only() {
        let mut breaker = breaker();
        for outcome in [
            Outcome::Timeout,
            Outcome::Unavailable,
            Outcome::InvalidJson,
            Outcome::Timeout,
            Outcome::Rejected,
        ] {
            run(&mut breaker, outcome);
            assert_eq!(breaker.state(), BreakerState::Passing, "after {outcome:?}");
        }
        run(&mut breaker, Outcome::RateLimited);
        assert_eq!(breaker.state(), BreakerState::Tripped);
        assert!(breaker.admit(Instant::now()).is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn one_probe_after_the_rest_then_passes_or_rests_longer() {
        let mut breaker = breaker();
        (0..3).for_each(|_| run(&mut breaker, Outcome::Timeout));
        // 5 s, then doubled to 10 s, then capped at 12 s.
        for rest in [5, 10, 12, 12] {
            tokio::time::advance(Duration::from_millis(rest * 1000 - 1)).await;
            assert!(
                breaker.admit(Instant::now()).is_none(),
                "rests for {rest} s"
            );
            tokio::time::advance(Duration::from_millis(1)).await;
            let probe = breaker.admit(Instant::now()).expect("one probe");
            assert_eq!(breaker.state(), BreakerState::Probing);
            assert!(
                breaker.admit(Instant::now()).is_none(),
                "no second call beside the probe"
            );
            breaker.settle(probe, Some(Outcome::Unavailable), Instant::now());
        }
        tokio::time::advance(Duration::from_secs(12)).await;
        run(&mut breaker, Outcome::Success);
        assert_eq!(breaker.state(), BreakerState::Passing);
    }

    #[tokio::test(start_paused = true)]
    async fn a_probe_that_was_dropped_leaves_the_next_call_to_probe() {
        let mut breaker = breaker();
        (0..3).for_each(|_| run(&mut breaker, Outcome::Timeout));
        tokio::time::advance(Duration::from_secs(5)).await;
        let probe = breaker.admit(Instant::now()).unwrap();
        breaker.settle(probe, None, Instant::now());
        run(&mut breaker, Outcome::Success);
        assert_eq!(breaker.state(), BreakerState::Passing);
    }

    #[tokio::test(start_paused = true)]
    async fn late_results_of_an_earlier_round_change_nothing() {
        let mut breaker = breaker();
        let slow = breaker.admit(Instant::now()).unwrap();
        (0..3).for_each(|_| run(&mut breaker, Outcome::Timeout));
        breaker.settle(slow, Some(Outcome::Success), Instant::now());
        assert_eq!(breaker.state(), BreakerState::Tripped);
        tokio::time::advance(Duration::from_secs(5)).await;
        let _probe = breaker.admit(Instant::now()).unwrap();
        breaker.settle(slow, Some(Outcome::Timeout), Instant::now());
        assert_eq!(breaker.state(), BreakerState::Probing);
    }
}
