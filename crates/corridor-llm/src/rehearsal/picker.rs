//! Which play meets the next request: a function of the seed and of how many requests came before.

use std::f64::consts::TAU;
use std::time::Duration;

use super::script::{LatencySpec, Order, PlaySpec, Script};

/// The next request's play and how long its answer takes.
#[derive(Debug, Clone)]
pub(super) struct Picked {
    /// The number of the request, from 1.
    pub(super) request: u64,
    pub(super) play: PlaySpec,
    pub(super) latency: Duration,
}

#[derive(Debug)]
pub(super) struct Picker {
    random: fastrand::Rng,
    order: Order,
    latency: LatencySpec,
    plays: Vec<PlaySpec>,
    /// The play under way and how many requests it still takes.
    burst: Option<(PlaySpec, u32)>,
    next_in_order: usize,
    requests: u64,
}

impl Picker {
    pub(super) fn new(script: &Script) -> Self {
        Self {
            random: fastrand::Rng::with_seed(script.seed),
            order: script.order,
            latency: script.latency,
            plays: script.plays.clone(),
            burst: None,
            next_in_order: 0,
            requests: 0,
        }
    }

    /// The next play; none only where a script has none, which is refused when it is read.
    pub(super) fn pick(&mut self) -> Option<Picked> {
        self.requests = self.requests.saturating_add(1);
        let (play, left) = match self.burst.take() {
            Some(burst) => burst,
            None => {
                let play = self.choose()?.clone();
                let left = play.burst.max(1);
                (play, left)
            }
        };
        self.burst = left
            .checked_sub(1)
            .filter(|left| *left > 0)
            .map(|left| (play.clone(), left));
        Some(Picked {
            request: self.requests,
            play,
            latency: self.draw_latency(),
        })
    }

    fn choose(&mut self) -> Option<&PlaySpec> {
        match self.order {
            Order::InOrder => {
                let position = self.next_in_order.checked_rem(self.plays.len())?;
                self.next_in_order = position.saturating_add(1);
                self.plays.get(position)
            }
            Order::Weighted => {
                let total: f64 = self.plays.iter().map(|play| play.weight).sum();
                let mut at = self.random.f64() * total;
                let found = self.plays.iter().find(|play| {
                    at -= play.weight;
                    at < 0.0
                });
                found.or(self.plays.last())
            }
        }
    }

    /// Log-normal: the median times e to the power of a normal variable, spread so that the 99th percentile fits.
    fn draw_latency(&mut self) -> Duration {
        /// The 99th percentile of the standard normal distribution.
        const Z99: f64 = 2.326_347_874;
        let LatencySpec { median_ms, p99_ms } = self.latency;
        // Drawn in any case, so that the plays do not depend on the latency's settings.
        let (first, second) = (self.random.f64(), self.random.f64());
        let normal = (-2.0 * (1.0 - first).ln()).sqrt() * (TAU * second).cos();
        let spread = match p99_ms {
            Some(p99) if median_ms > 0.0 => (p99 / median_ms).ln() / Z99,
            _ => 0.0,
        };
        let ms = median_ms * (spread * normal).exp();
        Duration::from_secs_f64((ms / 1000.0).clamp(0.0, 600.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rehearsal::PlayKind;

    fn kinds(script: &str, requests: usize) -> Vec<(PlayKind, Duration)> {
        let mut picker = Picker::new(&Script::parse("test", script).unwrap());
        (0..requests)
            .map(|_| picker.pick().unwrap())
            .map(|picked| (picked.play.play, picked.latency))
            .collect()
    }

    const MIXED: &str = r#"
        seed = 7
        latency = { median_ms = 300, p99_ms = 900 }
        plays = [{ play = "answer", weight = 9 }, { play = "reset", burst = 3 }]
    "#;

    #[test]
    fn the_same_seed_plays_the_same_and_another_one_does_not() {
        assert_eq!(kinds(MIXED, 500), kinds(MIXED, 500));
        assert_ne!(
            kinds(MIXED, 500),
            kinds(&MIXED.replace("seed = 7", "seed = 8"), 500)
        );
    }

    #[test]
    fn bursts_stay_together_and_weights_hold() {
        let played = kinds(MIXED, 10_000);
        let resets = played
            .iter()
            .filter(|(kind, _)| *kind == PlayKind::Reset)
            .count();
        // One choice in ten is a burst of three: 3 of 12 requests.
        assert!((2_200..2_800).contains(&resets), "{resets}");
        for run in played
            .chunk_by(|a, b| a.0 == b.0)
            .filter(|run| run[0].0 == PlayKind::Reset)
            .rev()
            .skip(1)
        {
            assert_eq!(run.len() % 3, 0);
        }
    }

    #[test]
    fn latencies_have_the_median_and_the_percentile_asked_for() {
        let mut latencies: Vec<f64> = kinds(MIXED, 20_000)
            .iter()
            .map(|(_, latency)| latency.as_secs_f64())
            .collect();
        latencies.sort_by(f64::total_cmp);
        assert!(
            (0.29..0.31).contains(&latencies[10_000]),
            "{}",
            latencies[10_000]
        );
        assert!(
            (0.82..0.98).contains(&latencies[19_800]),
            "{}",
            latencies[19_800]
        );
    }
}
