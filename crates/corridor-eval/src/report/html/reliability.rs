//! The reliability diagram: confidence against accuracy.

use super::super::number::{percent, range, thousandths};
use super::Sides;
use super::markup::Html;
use super::plot::Plot;
use crate::statistics::Bin;

pub(super) fn write(html: &mut Html, sides: &Sides<'_>) {
    let mut plot = Plot::new(1.0);
    plot.diagonal();
    for (class, report) in sides.each() {
        for bin in &report.calibration.bins {
            let name = format!(
                "{}: confidence {}, right {} ({}), {} decisions",
                report.mode,
                percent(Some(bin.confidence)),
                percent(Some(bin.accuracy)),
                range(Some(bin.interval)),
                bin.entries
            );
            let ends = (bin.interval.low, bin.interval.high);
            plot.point(
                class,
                (bin.confidence, bin.accuracy),
                Some(ends),
                radius(bin, report.entries),
                &name,
            );
        }
    }
    let errors: Vec<String> = sides
        .runs
        .iter()
        .map(|report| {
            format!(
                "{}: expected error {}, largest {}",
                report.mode,
                thousandths(report.calibration.expected_error),
                thousandths(report.calibration.largest_error)
            )
        })
        .collect();
    let caption = format!(
        "Executed decisions by confidence. On the dashed line it is what it promises; above it decisions are better than they claim. The \
         larger the point, the more decisions. {}.",
        errors.join("; ")
    );
    html.raw("<div>");
    plot.write(
        html,
        "Reliability",
        &errors.join("; "),
        ("confidence", "share right in every part"),
        &caption,
    );
    table(html, sides);
    html.raw("</div>");
}

/// By area, between a point that can be seen and one that hides nothing.
#[allow(
    clippy::cast_precision_loss,
    reason = "counts of entries are far below 2^53"
)]
fn radius(bin: &Bin, entries: usize) -> f64 {
    3.0 + 9.0 * (bin.entries as f64 / entries.max(1) as f64).sqrt()
}

fn table(html: &mut Html, sides: &Sides<'_>) {
    html.raw(
        "<details><summary>The bins as a table</summary><div class=\"scroll\"><table><thead><tr><th scope=\"col\">Run</th>\
         <th scope=\"col\">Confidence</th><th scope=\"col\">Mean</th><th scope=\"col\">Right</th><th scope=\"col\">Decisions</th></tr></thead><tbody>",
    );
    for (_, report) in sides.each() {
        for bin in &report.calibration.bins {
            html.put(format_args!(
                "<tr><td>{}</td><td>{}–{}</td><td>{}</td><td>{} ({})</td><td>{}</td></tr>",
                report.mode,
                percent(Some(bin.from)),
                percent(Some(bin.to)),
                percent(Some(bin.confidence)),
                percent(Some(bin.accuracy)),
                range(Some(bin.interval)),
                bin.entries
            ));
        }
    }
    html.raw("</tbody></table></div></details>");
}
