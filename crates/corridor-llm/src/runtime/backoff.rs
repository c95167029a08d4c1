//! The pause before a retry, with full jitter.
//!
//! Our own few lines rather than a library's loop: retries, repair and escalation share one chain and one deadline,
//! and the pause must give way to `Retry-After`, so there is no loop left that a library could run.

use std::time::Duration;

use crate::policy::BackoffSettings;

/// A random pause up to `base` doubled for each retry so far, at most `max`; never shorter than the provider asks for.
pub(super) fn pause(
    settings: BackoffSettings,
    retries_so_far: u32,
    retry_after: Option<Duration>,
) -> Duration {
    let doubled = settings
        .base
        .saturating_mul(2_u32.saturating_pow(retries_so_far.min(16)));
    let pause = doubled.min(settings.max).mul_f64(fastrand::f64());
    pause.max(retry_after.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_spread_below_a_growing_bound() {
        let settings = BackoffSettings {
            base: Duration::from_millis(100),
            max: Duration::from_millis(300),
        };
        for (retries, bound) in [(0, 100), (1, 200), (2, 300), (40, 300)] {
            let longest = (0..200)
                .map(|_| pause(settings, retries, None))
                .max()
                .unwrap();
            assert!(
                longest <= Duration::from_millis(bound),
                "{retries} retries: {longest:?}"
            );
            assert!(
                longest > Duration::from_millis(bound / 2),
                "{retries} retries: {longest:?} is no spread"
            );
        }
    }

    #[test]
    fn the_provider_is_given_the_time_it_asks_for() {
        let settings = BackoffSettings {
            base: Duration::from_millis(1),
            max: Duration::from_millis(1),
        };
        assert_eq!(
            pause(settings, 0, Some(Duration::from_secs(2))),
            Duration::from_secs(2)
        );
    }
}
