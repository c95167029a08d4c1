//! How long the verdict takes to send a bad model back, and how seldom it does so to a good one: by simulation, with its seed.

use corridor_decision::records::RiskRecord;
use corridor_eval::verdict::{Action, Evidence, Limits, RolloutStage, verdict};

use super::records::{Draw, Drawn, Quality, risk};
use crate::committed::assert_file;

const SEED: u64 = 20_260_615;
const ROLLOUTS: usize = 1000;
/// The verdict is asked for every so many visits.
const LOOK_EVERY: usize = 25;
const MOST_VISITS: usize = 1500;

struct Model {
    name: &'static str,
    /// Visits at which it was good before, unasked; the figures count from then on.
    good_before: usize,
    quality: Quality,
}

const GOOD: Quality = Quality {
    errors: 0.01,
    refusals: 0.08,
    disagreements: 0.03,
    slow: 0.01,
};

const MODELS: [Model; 11] = [
    Model {
        name: "good",
        good_before: 0,
        quality: GOOD,
    },
    Model {
        name: "fair",
        good_before: 0,
        quality: Quality {
            errors: 0.02,
            refusals: 0.15,
            disagreements: 0.05,
            slow: 0.02,
        },
    },
    Model {
        name: "just at every limit",
        good_before: 0,
        quality: Quality {
            errors: 0.05,
            refusals: 0.3,
            disagreements: 0.1,
            slow: 0.05,
        },
    },
    Model {
        name: "fails twice as often as allowed",
        good_before: 0,
        quality: Quality {
            errors: 0.1,
            ..GOOD
        },
    },
    Model {
        name: "fails one time in five",
        good_before: 0,
        quality: Quality {
            errors: 0.2,
            ..GOOD
        },
    },
    Model {
        name: "provider is down",
        good_before: 0,
        quality: Quality {
            errors: 1.0,
            ..GOOD
        },
    },
    Model {
        name: "half of its answers are refused",
        good_before: 0,
        quality: Quality {
            refusals: 0.5,
            ..GOOD
        },
    },
    Model {
        name: "differs from the rules one time in four",
        good_before: 0,
        quality: Quality {
            disagreements: 0.25,
            ..GOOD
        },
    },
    Model {
        name: "slow one time in five",
        good_before: 0,
        quality: Quality { slow: 0.2, ..GOOD },
    },
    Model {
        name: "good for 1000 visits, then down",
        good_before: 1000,
        quality: Quality {
            errors: 1.0,
            ..GOOD
        },
    },
    Model {
        name: "good for 1000 visits, then fails one time in five",
        good_before: 1000,
        quality: Quality {
            errors: 0.2,
            ..GOOD
        },
    },
];

/// How the simulated rollouts of a model ended: with the first verdict that was not "hold".
struct Ends {
    /// Visits until it was sent back, sorted.
    rolled_back: Vec<usize>,
    /// Visits until it was promoted, sorted.
    promoted: Vec<usize>,
}

impl Ends {
    fn share(&self, ends: &[usize], within: usize) -> f64 {
        ends.iter().filter(|visits| **visits <= within).count() as f64 / ROLLOUTS as f64
    }

    fn rolled_back_within(&self, visits: usize) -> f64 {
        self.share(&self.rolled_back, visits)
    }

    fn promoted_within(&self, visits: usize) -> f64 {
        self.share(&self.promoted, visits)
    }
}

/// Each way a visit can end, as a record, so that a simulated rollout is only counting.
struct Visits(Vec<RiskRecord>);

impl Visits {
    fn new() -> Self {
        let outcomes = [
            Drawn::Failed,
            Drawn::Refused,
            Drawn::TakenDifferent,
            Drawn::TakenSame,
        ];
        let all = outcomes.into_iter().flat_map(|outcome| {
            [false, true]
                .map(|slow| serde_json::from_value(risk(0, Draw { outcome, slow }, 0.01)).unwrap())
        });
        Self(all.collect())
    }

    fn of(&self, draw: Draw) -> &RiskRecord {
        &self.0[draw.outcome as usize * 2 + usize::from(draw.slow)]
    }
}

fn simulate(model: &Model, visits: &Visits, random: &mut fastrand::Rng) -> Ends {
    let limits = Limits::default();
    let mut ends = Ends {
        rolled_back: Vec::new(),
        promoted: Vec::new(),
    };
    for _ in 0..ROLLOUTS {
        let mut evidence = Evidence::default();
        for _ in 0..model.good_before {
            evidence.risk(visits.of(GOOD.draw(random)), &limits);
        }
        for visit in 1..=MOST_VISITS {
            evidence.risk(visits.of(model.quality.draw(random)), &limits);
            if visit % LOOK_EVERY != 0 {
                continue;
            }
            match verdict(RolloutStage::Corridor1, &evidence, &limits).action {
                Action::Hold => continue,
                Action::RollBack => ends.rolled_back.push(visit),
                Action::Promote => ends.promoted.push(visit),
            }
            break;
        }
    }
    ends.rolled_back.sort_unstable();
    ends.promoted.sort_unstable();
    ends
}

fn median(sorted: &[usize]) -> String {
    sorted
        .get(sorted.len() / 2)
        .map_or_else(|| "—".to_owned(), ToString::to_string)
}

#[test]
fn a_bad_model_goes_back_and_a_good_one_seldom() {
    let visits = Visits::new();
    let mut random = fastrand::Rng::with_seed(SEED);
    let mut rows = String::new();
    let mut ends_of = Vec::new();
    for model in MODELS {
        let ends = simulate(&model, &visits, &mut random);
        let Quality {
            errors,
            refusals,
            disagreements,
            slow,
        } = model.quality;
        let percent = |share: f64| format!("{:.1} %", share * 100.0);
        rows.push_str(&format!(
            "| {} | {:.0} / {:.0} / {:.0} / {:.0} % | {} | {} | {} | {} | {} | {} |\n",
            model.name,
            errors * 100.0,
            refusals * 100.0,
            disagreements * 100.0,
            slow * 100.0,
            percent(ends.rolled_back_within(50)),
            percent(ends.rolled_back_within(200)),
            percent(ends.rolled_back_within(MOST_VISITS)),
            median(&ends.rolled_back),
            percent(ends.promoted_within(MOST_VISITS)),
            median(&ends.promoted),
        ));
        ends_of.push((model.name, ends));
    }
    let of = |name: &str| &ends_of.iter().find(|(other, _)| *other == name).unwrap().1;
    // What the guide promises.
    assert!(of("good").rolled_back_within(MOST_VISITS) <= 0.01);
    assert!(of("good").promoted_within(MOST_VISITS) >= 0.95);
    assert!(of("fair").rolled_back_within(MOST_VISITS) <= 0.05);
    assert_eq!(of("provider is down").rolled_back_within(50), 1.0);
    assert_eq!(
        of("good for 1000 visits, then down").rolled_back_within(50),
        1.0
    );
    for bad in [
        "fails one time in five",
        "half of its answers are refused",
        "differs from the rules one time in four",
        "slow one time in five",
    ] {
        assert!(of(bad).rolled_back_within(200) >= 0.95, "{bad}");
        assert!(of(bad).promoted_within(MOST_VISITS) <= 0.001, "{bad}");
    }
    assert!(of("fails twice as often as allowed").rolled_back_within(MOST_VISITS) >= 0.95);
    assert_file("../../docs/reference/rollout-verdict.md", &page(&rows));
}

fn page(rows: &str) -> String {
    let limits = Limits::default();
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    format!(
        "<!-- Generated: CORRIDOR_UPDATE=1 cargo test -p corridor --test it -->\n\n\
# What a rollout verdict is worth\n\n\
`corridor rollout verdict` judges by bounds: it sends a model back where a share is surely above its limit, promotes it where every share is\n\
surely below, and holds otherwise. This page says how often that is right, for models whose quality is known because they are made up.\n\n\
## The rules\n\n\
| measure | of | limit |\n| --- | --- | --- |\n\
| error | calls | {} |\n| refusal | answers | {} |\n| disagreement | answers that were compared: in shadow another intent, action, items, amounts or lists than the rules'; in the corridor, of what was executed, other items, amounts or lists | {} |\n\
| latency | calls that were answered or timed out: those slower than {} ms in shadow, {} ms where a person waits | {} |\n\n\
The first rule that holds decides: `limit_passed` (at least {} samples, and the lower one-sided 95 % Wilson bound of a share is above its\n\
limit) rolls back; `unreadable` (more than {} of the lines are no records) holds; `too_few_samples` (fewer than {} in shadow and assist, {} at 1 %, {} at 5 % and 10 %) holds; `not_sure_yet` (an upper\n\
bound is not below its limit) holds; `all_below` promotes.\n\n\
Of each log the newest {} samples count, and of these the ones since the profile or the version of a prompt last changed: a model that has\n\
turned bad is not judged by its good days, nor a new one by the old one's. In the corridor only visits at the present rate count. What says\n\
nothing about the model is passed over, by the guard too: calls that a switch called off, without budget, or on a route that is not configured.\n\n\
## Operating characteristic\n\n\
{ROLLOUTS} simulated rollouts at 1 % for each model, with the verdict asked for every {LOOK_EVERY} visits up to {MOST_VISITS} and the first\n\
that is not \"hold\" taken; seed {SEED}. Looking so often is part of the figures: each look is another chance to be wrong.\n\n\
| model | errors / refusals / disagreement / slow | rolled back within 50 | within 200 | within {MOST_VISITS} | median visits | promoted within {MOST_VISITS} | median visits |\n\
| --- | --- | --- | --- | --- | --- | --- | --- |\n{rows}\n\
A model exactly at its limits is neither good nor bad, and is treated so: it is not promoted, and in the end chance sends it back.\n\
Where a model was good before, the verdict is not asked then, and visits count from the change on; one that only sometimes fails\n\
may still be promoted at a look soon after, when nearly all that is judged is from before. The guard and the next look are there for that.\n",
        percent(limits.max_error_share),
        percent(limits.max_refusal_share),
        percent(limits.max_disagreement_share),
        limits.shadow_slow_after.as_millis(),
        limits.answer_slow_after.as_millis(),
        percent(limits.max_slow_share),
        Limits::MIN_SAMPLES_TO_ROLL_BACK,
        percent(Limits::MAX_BROKEN_SHARE),
        Limits::min_samples(RolloutStage::Shadow),
        Limits::min_samples(RolloutStage::Corridor1),
        Limits::min_samples(RolloutStage::Corridor5),
        Limits::WINDOW,
    )
}
