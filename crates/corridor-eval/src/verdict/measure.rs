//! One share against its limit.

use serde::Serialize;

use super::{Evidence, Limits, RolloutStage, Tallies};
use crate::metrics::Ratio;
use crate::statistics::{Interval, Z_95_ONE_SIDED, wilson};
use crate::vocabulary::words;

words! {
    /// What is measured, in the order it is judged.
    MeasureName {
        /// The share of calls that failed.
        Error = "error",
        /// The share of answers that the rules refused.
        Refusal = "refusal",
        /// The share of answers that differ from the rules.
        Disagreement = "disagreement",
        /// The share of slow calls.
        Latency = "latency",
    }
}

words! {
    /// Where samples come from.
    SourceLog {
        /// `partial_trust_risk.jsonl`
        Risk = "risk",
        /// `assist.jsonl`
        Assist = "assist",
        /// `shadow_router.jsonl`
        Shadow = "shadow",
    }
}

words! {
    /// What a share's bounds say about its limit.
    Finding {
        /// Surely above: the lower bound is.
        Above = "above",
        /// There are too few samples to say anything.
        TooFew = "too_few",
        /// Neither surely above nor surely below.
        Open = "open",
        /// Surely below: the upper bound is.
        Below = "below",
    }
}

/// A share, its bounds, and what they say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measure {
    /// Which log.
    pub log: SourceLog,
    /// Which share.
    pub measure: MeasureName,
    /// Samples that were bad.
    pub bad: u64,
    /// Samples.
    pub samples: u64,
    /// Their share; `None` of nothing.
    pub share: Option<f64>,
    /// One-sided 95 % bounds of the share: with 95 % it is above `low`, with 95 % below `high`.
    pub bounds: Interval,
    /// What it is held to.
    pub limit: f64,
    /// The fewest samples it is judged by.
    pub min_samples: u64,
    /// What the bounds say.
    pub finding: Finding,
    /// About how many more samples it takes to be surely below, if the share stays; `None` where it is, or as many as are judged would not do.
    pub more_samples: Option<u64>,
}

/// Everything that counts at a stage, in the order it is judged: the stage's own log first, the shadow beside it where there is one.
pub(super) fn of(stage: RolloutStage, evidence: &Evidence, limits: &Limits) -> Vec<Measure> {
    let own = match stage {
        RolloutStage::Shadow => None,
        RolloutStage::Assist => Some((
            SourceLog::Assist,
            evidence.assist_tallies().unwrap_or_default(),
        )),
        _ => Some((SourceLog::Risk, evidence.risk_tallies().unwrap_or_default())),
    };
    // Without a log of its own there is nothing to judge a stage by, which too few samples say.
    let shadow = match stage {
        RolloutStage::Shadow => Some(evidence.shadow_tallies().unwrap_or_default()),
        _ => evidence.shadow_tallies(),
    };
    let logs: Vec<(SourceLog, Tallies)> = own
        .into_iter()
        .chain(shadow.map(|tallies| (SourceLog::Shadow, tallies)))
        .collect();
    MeasureName::ALL
        .iter()
        .flat_map(|name| {
            logs.iter()
                .map(move |(log, tallies)| (*name, *log, tallies))
        })
        .filter_map(|(name, log, tallies)| {
            let (ratio, limit) = match name {
                MeasureName::Error => (tallies.errors, limits.max_error_share),
                MeasureName::Refusal if log == SourceLog::Shadow => return None,
                MeasureName::Refusal => (tallies.refusals, limits.max_refusal_share),
                MeasureName::Disagreement if log == SourceLog::Assist => return None,
                MeasureName::Disagreement => (tallies.disagreements, limits.max_disagreement_share),
                MeasureName::Latency => (tallies.slow, limits.max_slow_share),
            };
            Some(measure(name, log, ratio, limit, Limits::min_samples(stage)))
        })
        .collect()
}

fn measure(
    name: MeasureName,
    log: SourceLog,
    ratio: Ratio,
    limit: f64,
    min_samples: u64,
) -> Measure {
    let bounds = wilson(ratio.part, ratio.whole, Z_95_ONE_SIDED);
    let finding = if ratio.whole >= Limits::MIN_SAMPLES_TO_ROLL_BACK && bounds.low > limit {
        Finding::Above
    } else if ratio.whole < min_samples {
        Finding::TooFew
    } else if bounds.high < limit {
        Finding::Below
    } else {
        Finding::Open
    };
    let more_samples = match finding {
        Finding::TooFew | Finding::Open => more_samples(ratio, limit, min_samples),
        Finding::Above | Finding::Below => None,
    };
    Measure {
        log,
        measure: name,
        bad: ratio.part,
        samples: ratio.whole,
        share: ratio.value(),
        bounds,
        limit,
        min_samples,
        finding,
        more_samples,
    }
}

/// How many more samples of the same share put the upper bound below the limit.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count of samples times a share, far below 2^53 and not negative"
)]
fn more_samples(ratio: Ratio, limit: f64, min_samples: u64) -> Option<u64> {
    let share = ratio.value().unwrap_or(0.0);
    let is_enough = |samples: u64| {
        let bad = (share * samples as f64).ceil() as u64;
        samples >= min_samples && wilson(bad, samples, Z_95_ONE_SIDED).high < limit
    };
    let (mut few, mut enough) = (ratio.whole, Limits::WINDOW as u64);
    if few >= enough || !is_enough(enough) {
        return None;
    }
    while few + 1 < enough {
        let middle = few.midpoint(enough);
        if is_enough(middle) {
            enough = middle;
        } else {
            few = middle;
        }
    }
    Some(enough - ratio.whole)
}
