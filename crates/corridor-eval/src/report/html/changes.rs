//! Entries that two runs answer differently: first what got worse.

use super::Sides;
use super::markup::Html;
use super::misses::{head, table};
use crate::paired::{Effect, PairedComparison};

/// The most that are shown of each kind.
const MOST: usize = 300;

pub(super) fn write(html: &mut Html, sides: &Sides<'_>) {
    let Some((paired, _)) = sides.paired else {
        return;
    };
    html.raw(
        "<section id=\"changes\" aria-labelledby=\"changes-h\"><h2 id=\"changes-h\">Changes</h2>",
    );
    if paired.changed.is_empty() {
        html.raw("<p>No entry is answered differently with the model.</p>");
    }
    for (effect, class, sign, words) in [
        (
            Effect::Worse,
            "bad",
            "▼",
            "Worse: right without the model, wrong with it",
        ),
        (
            Effect::Better,
            "good",
            "▲",
            "Better: wrong without the model, right with it",
        ),
        (
            Effect::Different,
            "open",
            "≈",
            "Different, and as right or as wrong as before",
        ),
    ] {
        group(
            html,
            paired,
            effect,
            &format!("<span class=\"{class}\" aria-hidden=\"true\">{sign}</span> {words}"),
        );
    }
    html.raw("</section>");
}

fn group(html: &mut Html, paired: &PairedComparison, effect: Effect, heading: &str) {
    let count = paired.with(effect).count();
    if count == 0 {
        return;
    }
    let open = if effect == Effect::Different {
        ""
    } else {
        " open"
    };
    html.put(format_args!(
        "<details{open}><summary>{heading} ({count})</summary>"
    ));
    for change in paired.with(effect).take(MOST) {
        head(
            html,
            change.id.as_str(),
            &change.place.to_string(),
            &change.text,
        );
        table(
            html,
            &["expected", "baseline", "assisted"],
            &[&change.first, &change.second],
        );
        html.raw("</article>");
    }
    if count > MOST {
        html.put(format_args!(
            "<p>{} more are left out here.</p>",
            count - MOST
        ));
    }
    html.raw("</details>");
}
