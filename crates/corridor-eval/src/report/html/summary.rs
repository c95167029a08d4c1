//! What the reader came for: how right, how sure, and with two runs which is better.

use super::super::ComparisonReport;
use super::super::number::{difference, estimate, p_value, percent, range, thousandths};
use super::Sides;
use super::markup::{Html, text};
use crate::metrics::Ratio;
use crate::report::Report;
use crate::statistics::{Interval, PairedDifference, Tell};

pub(super) fn write(html: &mut Html, sides: &Sides<'_>) {
    html.raw(
        "<section id=\"summary\" aria-labelledby=\"summary-h\"><h2 id=\"summary-h\">Summary</h2>",
    );
    match (sides.paired, sides.subject()) {
        (Some((_, report)), _) => comparison(html, report),
        (None, Some(report)) => tiles(html, report),
        (None, None) => {}
    }
    if let Some(report) = sides.subject() {
        soundness(html, report);
        variance(html, report);
    }
    html.raw("</section>");
}

fn tiles(html: &mut Html, report: &Report) {
    let metrics = &report.metrics;
    html.raw("<div class=\"tiles\">");
    rate(html, "Right in every part", metrics.right);
    rate(html, "Intent right", metrics.intents.accuracy);
    rate(
        html,
        "Executed though it must not be",
        metrics.rates.false_execute,
    );
    figure(
        html,
        "Expected calibration error",
        &thousandths(report.calibration.expected_error),
        "mean distance of confidence from accuracy; 0 is best",
    );
    figure(
        html,
        "Area under risk–coverage",
        &thousandths(report.risk_coverage.area),
        &format!(
            "a better ranking could save {}",
            thousandths(report.risk_coverage.excess_area)
        ),
    );
    html.raw("</div>");
}

fn rate(html: &mut Html, name: &str, ratio: Ratio) {
    html.put(format_args!(
        "<div class=\"tile\"><h3>{name}</h3><p class=\"figure\">{}</p><p>{} · {} of {}</p>",
        percent(ratio.value()),
        range(ratio.interval()),
        ratio.part,
        ratio.whole
    ));
    if let (Some(value), Some(interval)) = (ratio.value(), ratio.interval()) {
        bar(html, "first", value, interval);
    }
    html.raw("</div>");
}

fn figure(html: &mut Html, name: &str, figure: &str, meaning: &str) {
    html.put(format_args!(
        "<div class=\"tile\"><h3>{name}</h3><p class=\"figure\">{figure}</p><p>{meaning}</p></div>"
    ));
}

/// A share as a bar with its interval. Decoration: the figures stand beside it as text.
pub(super) fn bar(html: &mut Html, class: &str, value: f64, interval: Interval) {
    let (value, low, high) = (value * 100.0, interval.low * 100.0, interval.high * 100.0);
    html.put(format_args!(
        "<div class=\"bar {class}\" aria-hidden=\"true\"><i style=\"width:{value:.2}%\"></i>\
         <b style=\"left:{low:.2}%;width:{:.2}%\"></b></div>",
        high - low
    ));
}

fn comparison(html: &mut Html, report: &ComparisonReport) {
    let deciding = &report.comparison.right;
    let (class, sign) = tone(deciding);
    html.put(format_args!(
        "<p class=\"verdict {class}\"><span aria-hidden=\"true\">{sign}</span> <span>With the model, decisions that are right in every \
         part: <strong>{}</strong>. {} points, {}.</span></p>",
        deciding.tell,
        difference(deciding.difference, deciding.interval),
        p_value(deciding.p_value)
    ));
    html.raw(
        "<div class=\"scroll\"><table class=\"compare\"><caption>Baseline against assisted; differences by McNemar's exact test</caption>\
         <thead><tr><th scope=\"col\">Figure</th><th scope=\"col\">Baseline</th><th scope=\"col\">Assisted</th>\
         <th scope=\"col\">Difference, points</th><th scope=\"col\">In words</th></tr></thead><tbody>",
    );
    for (name, baseline, assisted, paired) in report.figures() {
        let (class, sign) = tone(&paired);
        html.put(format_args!(
            "<tr><th scope=\"row\">{name}</th><td>{}</td><td>{}</td><td>{}<br><small>{}; only baseline {}, only assisted {}</small></td>\
             <td class=\"{class}\"><span aria-hidden=\"true\">{sign}</span> {}</td></tr>",
            estimate(baseline.into()),
            estimate(assisted.into()),
            difference(paired.difference, paired.interval),
            p_value(paired.p_value),
            paired.counts.only_first,
            paired.counts.only_second,
            paired.tell
        ));
    }
    for (name, of) in [
        (
            "expected calibration error",
            calibration as fn(&Report) -> Option<f64>,
        ),
        ("area under risk–coverage", area),
    ] {
        html.put(format_args!(
            "<tr><th scope=\"row\">{name}</th><td>{}</td><td>{}</td><td></td><td></td></tr>",
            thousandths(of(&report.baseline)),
            thousandths(of(&report.assisted))
        ));
    }
    html.raw("</tbody></table></div>");
}

fn calibration(report: &Report) -> Option<f64> {
    report.calibration.expected_error
}

fn area(report: &Report) -> Option<f64> {
    report.risk_coverage.area
}

/// The class and the sign of what can be told; never the colour alone.
pub(super) fn tone(difference: &PairedDifference) -> (&'static str, &'static str) {
    match difference.tell {
        Tell::Better => ("good", "▲"),
        Tell::Worse => ("bad", "▼"),
        Tell::CannotTell { .. } => ("open", "≈"),
    }
}

fn soundness(html: &mut Html, report: &Report) {
    if report.unsound.is_empty() {
        return;
    }
    html.put(format_args!(
        "<p class=\"verdict bad\"><span aria-hidden=\"true\">▼</span> <span>{} entries have no valid decision that is the same each \
         time: ",
        report.unsound.len()
    ));
    for id in report.unsound.iter().take(50) {
        html.put(format_args!("<code>{}</code> ", text(id.as_str())));
    }
    html.raw("</span></p>");
}

fn variance(html: &mut Html, report: &Report) {
    let Some(variance) = &report.variance else {
        return;
    };
    let right = variance.right;
    html.put(format_args!(
        "<p>Over {} rounds, right in every part: {} to {}, mean {}, standard deviation {:.2} points. {} entries were answered \
         differently in some round, {} were right in some and wrong in others.</p>",
        variance.rounds,
        percent(Some(right.least)),
        percent(Some(right.most)),
        percent(Some(right.mean)),
        right.standard_deviation * 100.0,
        variance.varied,
        variance.wavering.len()
    ));
}
