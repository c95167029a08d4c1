//! The search: which frames, between which borders, make the best reading of the whole utterance.

use crate::engine::Engine;
use crate::household::Household;
use crate::islands::Island;
use crate::utterance::View;

use super::reader::Reader;
use super::{Before, DeclinedRule, FRAME, Frame, FrameKind, Outcome, borders, governed};

/// What a search came to.
pub(crate) struct Searched<'r> {
    /// The frames of the best reading, in order.
    pub(crate) frames: Vec<Frame>,
    /// The islands that they were made of.
    pub(crate) islands: Vec<Island<'r>>,
    /// The best reading that was tried with another outcome, where there was one.
    pub(crate) runner_up: Option<RunnerUp>,
}

/// A reading that lost.
#[derive(Clone, Debug)]
pub(crate) struct RunnerUp {
    pub(crate) frames: Vec<Frame>,
    /// How much worse it reads than the best.
    pub(crate) margin: f64,
}

/// The frames of a view, in order, with the islands in it.
pub(crate) fn search<'r>(
    engine: &'r Engine,
    household: &Household<'_>,
    view: &View<'_>,
    islands: Vec<Island<'r>>,
    declined: &mut Vec<DeclinedRule>,
) -> Searched<'r> {
    let (frames, runner_up) = read(engine, household, view, &islands, declined);
    Searched {
        frames,
        islands,
        runner_up,
    }
}

impl Searched<'_> {
    /// Nothing that anybody could read.
    pub(crate) fn not_understood(view: &View<'_>) -> Self {
        Self {
            frames: vec![Frame::not_understood(0..view.at.len())],
            islands: Vec::new(),
            runner_up: None,
        }
    }
}

fn read(
    engine: &Engine,
    household: &Household<'_>,
    view: &View<'_>,
    islands: &[Island<'_>],
    declined: &mut Vec<DeclinedRule>,
) -> (Vec<Frame>, Option<RunnerUp>) {
    let mut reader = Reader {
        engine,
        household,
        view,
        islands,
        declined,
    };
    let Some(borders) = borders::find(&reader) else {
        return (vec![Frame::not_understood(0..view.at.len())], None);
    };
    let whole = reader.read(0..view.at.len(), Before::default());
    let settles = !matches!(
        whole.kind,
        FrameKind::Statement(..) | FrameKind::Checked(_) | FrameKind::NotOurs(_)
    );
    if borders.is_empty() || (settles && whole.cost < 2.0 * FRAME) {
        return (vec![whole], None);
    }
    let mut edges = vec![0];
    edges.extend(borders);
    edges.push(view.at.len());
    let (mut frames, runner_up) = cheapest(&mut reader, &edges, whole);
    governed::ask_about(&reader, &mut frames);
    (frames, runner_up)
}

/// The cheapest way to a border, with the frame that leads there.
struct Way {
    cost: f64,
    from: usize,
    outcome: Outcome,
    frame: Option<Frame>,
}

/// The cheapest way through all borders, and the cheapest other one that was tried and has another outcome.
fn cheapest(
    reader: &mut Reader<'_, '_, '_>,
    edges: &[usize],
    whole: Frame,
) -> (Vec<Frame>, Option<RunnerUp>) {
    let last = edges.len() - 1;
    let mut ways: Vec<Way> = vec![Way {
        cost: 0.0,
        from: 0,
        outcome: Outcome::default(),
        frame: None,
    }];
    let mut lost: Vec<Way> = Vec::new();
    for to in 1..=last {
        let mut best: Option<Way> = None;
        for from in 0..to {
            let (Some(way), Some(&start), Some(&end)) =
                (ways.get(from), edges.get(from), edges.get(to))
            else {
                continue;
            };
            if best
                .as_ref()
                .is_some_and(|best| way.cost + FRAME >= best.cost)
            {
                continue;
            }
            let frame = if from == 0 && to == last {
                whole.clone()
            } else {
                let before = way
                    .frame
                    .as_ref()
                    .map_or_else(Before::default, Before::after);
                reader.read(start..end, before)
            };
            let next = Way {
                cost: way.cost + frame.cost,
                from,
                outcome: way.outcome.with(&frame),
                frame: Some(frame),
            };
            let worse = if best.as_ref().is_none_or(|best| next.cost < best.cost) {
                best.replace(next)
            } else {
                Some(next)
            };
            if to == last {
                lost.extend(worse);
            }
        }
        let Some(best) = best else {
            return (vec![whole], None);
        };
        ways.push(best);
    }
    let runner_up = runner_up(&ways, lost);
    let mut frames = Vec::new();
    let mut at = last;
    while at > 0 {
        let Some(way) = ways.get_mut(at) else { break };
        at = way.from;
        frames.extend(way.frame.take());
    }
    frames.reverse();
    // «не покупай хлеб и оплати счёт»: what must be refused in a part is refused, whatever the whole only looks like.
    if let [one] = frames.as_slice()
        && matches!(one.kind, FrameKind::NotOurs(_))
    {
        let refused = edges.iter().skip(1).take(last - 1).find_map(|&from| {
            let part = reader.read(
                from..edges.last().copied().unwrap_or(from),
                Before::default(),
            );
            matches!(part.kind, FrameKind::Reject(_)).then_some(part)
        });
        frames.extend(refused);
    }
    (frames, runner_up)
}

/// Of the ways to the end that lost, the cheapest one that comes to something else than the best.
fn runner_up(ways: &[Way], lost: Vec<Way>) -> Option<RunnerUp> {
    let best = ways.last()?;
    let second = lost
        .into_iter()
        .filter(|way| way.outcome != best.outcome)
        .min_by(|one, other| one.cost.total_cmp(&other.cost))?;
    let margin = second.cost - best.cost;
    let mut frames: Vec<Frame> = second.frame.into_iter().collect();
    let mut at = second.from;
    while at > 0 {
        let Some(way) = ways.get(at) else { break };
        at = way.from;
        frames.extend(way.frame.clone());
    }
    frames.reverse();
    Some(RunnerUp { frames, margin })
}
