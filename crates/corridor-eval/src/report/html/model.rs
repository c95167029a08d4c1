//! What the model did.

use std::collections::BTreeMap;

use super::super::number::{estimate, milliseconds};
use super::Sides;
use super::confusion::words;
use super::markup::{Html, text};
use crate::model_use::{ModelUse, ShadowUse};

pub(super) fn write(html: &mut Html, sides: &Sides<'_>) {
    let Some(model) = sides.subject().and_then(|report| report.model.as_ref()) else {
        return;
    };
    html.raw("<section id=\"model\" aria-labelledby=\"model-h\"><h2 id=\"model-h\">Model</h2>");
    calls(html, model);
    html.raw("<div class=\"pair\">");
    counts(html, "Components", &model.components);
    counts(
        html,
        "Why hints and candidates were not followed",
        &model.reasons,
    );
    html.raw("</div>");
    if let Some(shadow) = &model.shadow {
        shadow_table(html, shadow);
    }
    html.raw("</section>");
}

fn calls(html: &mut Html, model: &ModelUse) {
    let names: Vec<String> = model
        .models
        .iter()
        .map(|name| text(name).to_string())
        .collect();
    html.put(format_args!(
        "<p>Asked: <code>{}</code>. ",
        names.join("</code>, <code>")
    ));
    let calls = &model.calls;
    html.put(format_args!(
        "{} calls, {} answered with data that fits the schema; {} tokens in, {} out. ",
        calls.calls,
        estimate(calls.answered.into()),
        calls.tokens_in,
        calls.tokens_out
    ));
    if let Some(latency) = calls.latency {
        html.put(format_args!(
            "Half of the calls took up to {}, 95 % up to {}, the longest {}. ",
            milliseconds(latency.median_ms),
            milliseconds(latency.p95_ms),
            milliseconds(latency.longest_ms)
        ));
    }
    let by: Vec<String> = model
        .decided_by
        .iter()
        .map(|(who, count)| format!("{} {count}", words(who)))
        .collect();
    html.put(format_args!("Decisions sent by: {}.</p>", by.join(", ")));
}

fn counts(html: &mut Html, name: &str, groups: &BTreeMap<String, BTreeMap<String, u64>>) {
    if groups.is_empty() {
        return;
    }
    html.put(format_args!(
        "<div class=\"scroll\"><table><thead><tr><th scope=\"col\" colspan=\"2\">{name}</th><th scope=\"col\">Commands</th></tr></thead><tbody>"
    ));
    for (group, counts) in groups {
        for (position, (name, count)) in counts.iter().enumerate() {
            html.raw("<tr>");
            if position == 0 {
                html.put(format_args!(
                    "<th scope=\"rowgroup\" rowspan=\"{}\">{}</th>",
                    counts.len(),
                    words(group)
                ));
            }
            html.put(format_args!(
                "<td>{}</td><td class=\"count\">{count}</td></tr>",
                words(name)
            ));
        }
    }
    html.raw("</tbody></table></div>");
}

fn shadow_table(html: &mut Html, shadow: &ShadowUse) {
    html.raw("<div class=\"scroll\"><table><caption>The shadow: the model's own readings, which change nothing</caption><tbody>");
    for (name, ratio) in [
        ("calls with a reading to compare", shadow.compared),
        ("intent as expected", shadow.intent_right),
        ("intent as the rules", shadow.agrees_intent),
        ("action as the rules", shadow.agrees_action),
        ("items as the rules", shadow.agrees_items),
    ] {
        html.put(format_args!(
            "<tr><th scope=\"row\">{name}</th><td>{}</td><td class=\"count\">{} of {}</td></tr>",
            estimate(ratio.into()),
            ratio.part,
            ratio.whole
        ));
    }
    html.raw("</tbody></table></div>");
}
