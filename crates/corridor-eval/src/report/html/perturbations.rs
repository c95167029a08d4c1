//! Changed commands: how often they are decided the same, how often they are executed though turned, and those that fail.

use super::super::number::{estimate, percent, range};
use super::markup::{Html, text};
use super::misses;
use super::summary::bar;
use crate::metrics::Ratio;
use crate::perturb::{Direction, Figures, PerturbationReport};

/// The most failing variants that are shown.
const MOST: usize = 500;

pub(super) fn write(html: &mut Html, report: &PerturbationReport) {
    html.raw("<section id=\"changed\" aria-labelledby=\"changed-h\"><h2 id=\"changed-h\">Changed commands</h2>");
    html.put(format_args!(
        "<p>{} of {} entries are decided right and are changed, each at most {} times a kind. What keeps the meaning must be decided the \
         same; what turns it must not be executed.</p>",
        report.bases, report.entries, report.variants_per_kind
    ));
    html.raw("<div class=\"tiles\">");
    tile(html, "Decided the same", "first", report.same.all);
    tile(html, "Turned and executed", "second", report.executed.all);
    html.raw("</div>");
    table(html, "Kept meaning", "decided the same", &report.same);
    table(html, "Turned meaning", "executed", &report.executed);
    if let Some(failing) = &report.failing {
        html.put(format_args!(
            "<details><summary>{} variants fail</summary>",
            failing.len()
        ));
        for one in failing.iter().take(MOST) {
            misses::head(html, one.id.as_str(), &one.place.to_string(), &one.text);
            html.put(format_args!(
                "<p class=\"note\"><b>{}</b> of: {}</p>",
                one.kind,
                text(&one.base)
            ));
            let heads = match one.kind.direction() {
                Direction::Keeps => ["expected", "decided"],
                Direction::Turns => ["nothing", "executed"],
            };
            misses::table(html, &heads, &[&one.rows]);
            if let Some(failure) = &one.failure {
                html.put(format_args!(
                    "<p class=\"note\"><b>Failure:</b> {}</p>",
                    text(failure)
                ));
            }
            html.raw("</article>");
        }
        if failing.len() > MOST {
            html.put(format_args!(
                "<p>{} more are left out here; <code>--perturb --json --show misses</code> tells all.</p>",
                failing.len() - MOST
            ));
        }
        html.raw("</details>");
    }
    html.raw("</section>");
}

fn tile(html: &mut Html, name: &str, class: &str, ratio: Ratio) {
    html.put(format_args!(
        "<div class=\"tile\"><h3>{name}</h3><p class=\"figure\">{}</p><p>{} · {} of {}</p>",
        percent(ratio.value()),
        range(ratio.interval()),
        ratio.part,
        ratio.whole
    ));
    if let (Some(value), Some(interval)) = (ratio.value(), ratio.interval()) {
        bar(html, class, value, interval);
    }
    html.raw("</div>");
}

fn table(html: &mut Html, title: &str, rate: &str, figures: &Figures) {
    html.put(format_args!(
        "<div class=\"scroll\"><table><caption>{title}: {rate}</caption><thead><tr><th scope=\"col\">kind</th>\
         <th scope=\"col\">applied</th><th scope=\"col\">not applied</th><th scope=\"col\">variants</th><th scope=\"col\">{rate}</th>"
    ));
    for language in figures.by_language.keys() {
        html.put(format_args!("<th scope=\"col\">{language}</th>"));
    }
    html.raw("</tr></thead><tbody>");
    for kind in &figures.kinds {
        html.put(format_args!(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td>",
            kind.kind,
            kind.applied,
            kind.not_applied,
            kind.all.whole,
            estimate(kind.all.into())
        ));
        for language in figures.by_language.keys() {
            let ratio = kind.by_language.get(language).copied().unwrap_or_default();
            html.put(format_args!("<td>{}</td>", estimate(ratio.into())));
        }
        html.raw("</tr>");
    }
    html.raw("</tbody></table></div>");
}
