//! The risk–coverage curve: what answering less would gain.

use super::super::number::{percent, thousandths};
use super::Sides;
use super::markup::Html;
use super::plot::Plot;
use crate::statistics::{CoveragePoint, RiskCoverage};

/// The most points a line is drawn through; more cannot be seen.
const MOST_POINTS: usize = 300;

pub(super) fn write(html: &mut Html, sides: &Sides<'_>) {
    let most = sides
        .runs
        .iter()
        .flat_map(|report| &report.risk_coverage.points)
        .map(|point| point.risk)
        .fold(0.0, f64::max);
    let mut plot = Plot::new(nice(most));
    for (class, report) in sides.each() {
        let points = thinned(&report.risk_coverage);
        // The surest alone stand for every coverage below theirs.
        let start = points.first().map(|point| (0.0, point.risk));
        let line: Vec<(f64, f64)> = start
            .into_iter()
            .chain(points.iter().map(|point| (point.coverage, point.risk)))
            .collect();
        plot.line(class, &line);
        for point in points.iter().filter(|_| points.len() <= 40) {
            let name = format!(
                "{}: the surest {} (confidence from {}), {} of them wrong",
                report.mode,
                percent(Some(point.coverage)),
                percent(Some(point.confidence)),
                percent(Some(point.risk))
            );
            plot.point(class, (point.coverage, point.risk), None, 3.5, &name);
        }
    }
    let areas: Vec<String> = sides
        .runs
        .iter()
        .map(|report| {
            format!(
                "{}: area {}, {} above the best ranking",
                report.mode,
                thousandths(report.risk_coverage.area),
                thousandths(report.risk_coverage.excess_area)
            )
        })
        .collect();
    let caption = format!(
        "If only the surest of the executed decisions were executed, this share of them would be wrong. A good confidence keeps the line \
         low on the left. {}.",
        areas.join("; ")
    );
    html.raw("<div>");
    plot.write(
        html,
        "Risk by coverage",
        &areas.join("; "),
        ("share still executed, surest first", "share of these wrong"),
        &caption,
    );
    html.raw("</div>");
}

fn thinned(curve: &RiskCoverage) -> Vec<CoveragePoint> {
    let step = curve.points.len().div_ceil(MOST_POINTS).max(1);
    let mut points: Vec<CoveragePoint> = curve.points.iter().copied().step_by(step).collect();
    if let (Some(last), Some(end)) = (points.last(), curve.points.last())
        && last != end
    {
        points.push(*end);
    }
    points
}

/// The next round end of an axis: room above the highest point, and ticks that read well.
fn nice(most: f64) -> f64 {
    [0.01, 0.02, 0.05, 0.1, 0.2, 0.5]
        .into_iter()
        .find(|end| most * 1.1 <= *end)
        .unwrap_or(1.0)
}
