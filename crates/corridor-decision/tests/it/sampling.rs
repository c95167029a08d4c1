//! Sampling: stable, exact at its ends, and monotone.

use corridor_contract::CommandId;
use corridor_decision::stages::{SampleRate, place_of};
use proptest::prelude::*;

const VECTORS: &str = include_str!("../../../../docs/reference/sampling.md");

fn command(id: &str) -> CommandId {
    CommandId::new(id).expect("an id")
}

fn rate(share: f64) -> SampleRate {
    SampleRate::new(share).expect("a rate")
}

/// Rows of the published table: id, digits, place, and the three rates.
fn vectors() -> Vec<Vec<&'static str>> {
    VECTORS
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect()
}

#[test]
fn published_vectors_hold() {
    let vectors = vectors();
    assert!(vectors.len() >= 8);
    for row in vectors {
        let [id, digits, place, one, five, ten] = row.as_slice() else {
            panic!("a row of six: {row:?}");
        };
        let command = command(id.trim_matches('`'));
        let number = u64::from_str_radix(digits.trim_matches('`'), 16).expect("digits");
        let expected = number as f64 / 16_f64.powi(16);
        assert!((place_of(&command) - expected).abs() < 1e-15, "{id}");
        assert_eq!(format!("{expected:.6}"), *place, "{id}");
        for (share, said) in [(0.01, one), (0.05, five), (0.1, ten)] {
            let word = if rate(share).takes(&command) {
                "in"
            } else {
                "out"
            };
            assert_eq!(word, *said, "{id} at {share}");
        }
    }
}

#[test]
fn a_rate_is_from_0_to_1() {
    for share in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
        assert!(SampleRate::new(share).is_err(), "{share}");
    }
}

#[test]
fn shares_come_out_as_asked() {
    let taken = (0..100_000)
        .filter(|number| rate(0.05).takes(&command(&format!("command-{number}"))))
        .count();
    // Binomial with 100 000 draws: 5 standard deviations are 345.
    assert!(taken.abs_diff(5_000) < 345, "{taken}");
}

proptest! {
    #[test]
    fn nobody_at_0_and_everybody_at_1(id in ".{1,40}") {
        prop_assert!(!SampleRate::NONE.takes(&command(&id)));
        prop_assert!(SampleRate::ALL.takes(&command(&id)));
    }

    #[test]
    fn raising_the_rate_only_adds(id in ".{1,40}", a in 0.0_f64..=1.0, b in 0.0_f64..=1.0) {
        let (low, high) = (rate(a.min(b)), rate(a.max(b)));
        let command = command(&id);
        prop_assert!(!low.takes(&command) || high.takes(&command));
        prop_assert_eq!(low.takes(&command), low.takes(&command));
    }
}
