//! Daily limits on calls and spend, all routes together.
//!
//! A call reserves the most it can cost before it is made, so that calls under way together cannot pass the limit; what
//! it really cost replaces the reservation when it ends.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::call::BudgetLimit;
use crate::clock::Clock;
use crate::policy::Limits;

/// What a day has cost so far. Kept over a restart by whoever runs the service: take it at shutdown, give it at start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BudgetUse {
    /// The UTC day it belongs to.
    pub day: Date,
    /// Calls made.
    pub calls: u64,
    /// Money spent, millionths of the policy's currency; calls under way count with the most they can cost.
    pub spent_micros: u64,
}

#[derive(Clone)]
pub(super) struct Budget {
    limits: Limits,
    clock: Arc<dyn Clock>,
    used: Arc<Mutex<BudgetUse>>,
}

/// The right to make one call. Unless settled, its whole upper bound counts as spent: the provider may have done the work.
#[derive(Debug)]
pub(super) struct Reservation {
    day: Date,
    upper_bound_micros: u64,
}

impl Budget {
    pub(super) fn new(limits: Limits, clock: Arc<dyn Clock>, used: Option<BudgetUse>) -> Self {
        let day = clock.now().to_zoned(TimeZone::UTC).date();
        let used = used.unwrap_or(BudgetUse {
            day,
            calls: 0,
            spent_micros: 0,
        });
        Self {
            limits,
            clock,
            used: Arc::new(Mutex::new(used)),
        }
    }

    pub(super) fn used(&self) -> BudgetUse {
        self.today().clone()
    }

    pub(super) fn reserve(&self, upper_bound_micros: u64) -> Result<Reservation, BudgetLimit> {
        let mut used = self.today();
        if self
            .limits
            .max_calls_per_day
            .is_some_and(|limit| used.calls >= limit)
        {
            return Err(BudgetLimit::Calls);
        }
        let spent = used.spent_micros.saturating_add(upper_bound_micros);
        if self
            .limits
            .max_spend_micros_per_day
            .is_some_and(|limit| spent > limit)
        {
            return Err(BudgetLimit::Spend);
        }
        used.calls = used.calls.saturating_add(1);
        used.spent_micros = spent;
        Ok(Reservation {
            day: used.day,
            upper_bound_micros,
        })
    }

    /// Replaces a reservation by what the call really cost.
    pub(super) fn settle(&self, reservation: &Reservation, cost_micros: u64) {
        let mut used = self.today();
        // A call that outlived its day was counted there.
        if used.day == reservation.day {
            let others = used
                .spent_micros
                .saturating_sub(reservation.upper_bound_micros);
            used.spent_micros = others.saturating_add(cost_micros);
        }
    }

    fn today(&self) -> MutexGuard<'_, BudgetUse> {
        let day = self.clock.now().to_zoned(TimeZone::UTC).date();
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if used.day != day {
            *used = BudgetUse {
                day,
                calls: 0,
                spent_micros: 0,
            };
        }
        used
    }
}

impl Reservation {
    pub(super) fn upper_bound_micros(&self) -> u64 {
        self.upper_bound_micros
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;

    fn budget(calls: Option<u64>, spend: Option<u64>) -> (Budget, Arc<AtomicI64>) {
        let seconds = Arc::new(AtomicI64::new(1_800_000_000));
        let clock = {
            let seconds = Arc::clone(&seconds);
            move || jiff::Timestamp::from_second(seconds.load(Ordering::Relaxed)).unwrap()
        };
        let limits = Limits {
            currency: "RUB".into(),
            max_calls_per_day: calls,
            max_spend_micros_per_day: spend,
        };
        (Budget::new(limits, Arc::new(clock), None), seconds)
    }

    #[test]
    fn calls_are_limited_until_the_next_utc_day() {
        let (budget, seconds) = budget(Some(2), None);
        assert!(budget.reserve(0).is_ok());
        assert!(budget.reserve(0).is_ok());
        assert_eq!(budget.reserve(0).unwrap_err(), BudgetLimit::Calls);
        seconds.fetch_add(86_400, Ordering::Relaxed);
        assert!(budget.reserve(0).is_ok());
        assert_eq!(budget.used().calls, 1);
    }

    #[test]
    fn reservations_hold_back_spend_until_they_are_settled() {
        let (budget, _) = budget(None, Some(100));
        let first = budget.reserve(60).unwrap();
        assert_eq!(budget.reserve(60).unwrap_err(), BudgetLimit::Spend);
        budget.settle(&first, 5);
        assert_eq!(budget.used().spent_micros, 5);
        // Never settled: the call was dropped.
        let _ = budget.reserve(60).unwrap();
        assert_eq!(
            budget.used().spent_micros,
            65,
            "it counts with the most it can have cost"
        );
    }

    #[test]
    fn a_call_that_outlives_its_day_does_not_touch_the_next_one() {
        let (budget, seconds) = budget(None, Some(100));
        let old = budget.reserve(60).unwrap();
        seconds.fetch_add(86_400, Ordering::Relaxed);
        let _new = budget.reserve(10).unwrap();
        budget.settle(&old, 0);
        assert_eq!(budget.used().spent_micros, 10);
    }

    #[test]
    fn a_day_begun_before_a_restart_goes_on() {
        let (budget, _) = budget(Some(2), None);
        let used = BudgetUse {
            calls: 2,
            ..budget.used()
        };
        let limits = Limits {
            currency: "RUB".into(),
            max_calls_per_day: Some(2),
            max_spend_micros_per_day: None,
        };
        let again = Budget::new(limits, Arc::clone(&budget.clock), Some(used));
        assert_eq!(again.reserve(0).unwrap_err(), BudgetLimit::Calls);
    }
}
