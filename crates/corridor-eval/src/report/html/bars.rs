//! How right each part of the set is, worst first.

use std::collections::BTreeMap;

use super::super::number::{difference, estimate};
use super::Sides;
use super::markup::{Html, text};
use super::summary::{bar, tone};
use crate::metrics::{Metrics, Ratio};
use crate::report::Report;
use crate::statistics::{PairedDifference, Tell};

pub(super) fn write(html: &mut Html, sides: &Sides<'_>) {
    html.raw(
        "<section id=\"parts\" aria-labelledby=\"parts-h\"><h2 id=\"parts-h\">Parts of the set</h2>\
         <p>Right in every part. The bar is the share, the line its 95 % interval: few entries, long line.</p>",
    );
    if sides.paired.is_some() {
        html.raw(
            "<p class=\"legend\"><span class=\"key first\">baseline</span> <span class=\"key second\">assisted</span> \
             Differences are told after correction for looking at many (Holm).</p>",
        );
    }
    let paired = sides.paired.map(|(paired, _)| &paired.by);
    let parts = |of: fn(&Report) -> BTreeMap<String, &Metrics>| {
        sides
            .runs
            .iter()
            .map(|report| of(report))
            .collect::<Vec<_>>()
    };
    group(
        html,
        "Language",
        &parts(|r| named(&r.by.language)),
        paired.map(|by| &by.language),
    );
    group(
        html,
        "Difficulty",
        &parts(|r| named(&r.by.difficulty)),
        paired.map(|by| &by.difficulty),
    );
    group(
        html,
        "Tag",
        &parts(|r| named(&r.by.tag)),
        paired.map(|by| &by.tag),
    );
    html.raw("</section>");
}

fn named<K: ToString>(groups: &BTreeMap<K, Metrics>) -> BTreeMap<String, &Metrics> {
    groups
        .iter()
        .map(|(key, metrics)| (key.to_string(), metrics))
        .collect()
}

type Differences<'r> = Option<&'r BTreeMap<String, PairedDifference>>;

fn group(
    html: &mut Html,
    name: &str,
    runs: &[BTreeMap<String, &Metrics>],
    differences: Differences<'_>,
) {
    let Some(last) = runs.last() else { return };
    let mut rows: Vec<(&String, Vec<Ratio>)> = last
        .keys()
        .map(|key| {
            let ratios = runs.iter().map(|run| {
                run.get(key)
                    .map_or_else(Ratio::default, |metrics| metrics.right)
            });
            (key, ratios.collect())
        })
        .collect();
    rows.sort_by(|(_, one), (_, other)| worst(one).total_cmp(&worst(other)));
    let (perfect, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(_, ratios)| {
        name == "Tag" && ratios.iter().all(|ratio| ratio.part == ratio.whole)
    });
    table(html, name, &others, differences);
    if !perfect.is_empty() {
        html.put(format_args!(
            "<details><summary>{} tags with every entry right</summary>",
            perfect.len()
        ));
        table(html, "Tag", &perfect, differences);
        html.raw("</details>");
    }
}

fn worst(ratios: &[Ratio]) -> f64 {
    ratios
        .iter()
        .filter_map(|ratio| ratio.value())
        .fold(1.0, f64::min)
}

fn table(
    html: &mut Html,
    name: &str,
    rows: &[(&String, Vec<Ratio>)],
    differences: Differences<'_>,
) {
    if rows.is_empty() {
        return;
    }
    html.put(format_args!(
        "<table class=\"bars\"><thead><tr><th scope=\"col\">{name}</th><th scope=\"col\">Entries</th>\
         <th scope=\"col\">Right in every part</th></tr></thead><tbody>"
    ));
    for (key, ratios) in rows {
        let entries = ratios.last().map_or(0, |ratio| ratio.whole);
        html.put(format_args!(
            "<tr><th scope=\"row\">{}</th><td class=\"count\">{entries}</td><td>",
            text(key)
        ));
        for (class, ratio) in ["first", "second"].into_iter().zip(ratios) {
            if let (Some(value), Some(interval)) = (ratio.value(), ratio.interval()) {
                html.raw("<div class=\"line\">");
                bar(html, class, value, interval);
                html.put(format_args!(
                    "<span>{}</span></div>",
                    estimate((*ratio).into())
                ));
            }
        }
        // Where nothing can be told, which is nearly everywhere, saying so would hide where something can.
        if let Some(paired) = differences.and_then(|all| all.get(*key))
            && !matches!(paired.tell, Tell::CannotTell { .. })
        {
            let (class, sign) = tone(paired);
            html.put(format_args!(
                "<div class=\"{class}\"><span aria-hidden=\"true\">{sign}</span> {}, {} points</div>",
                paired.tell,
                difference(paired.difference, paired.interval)
            ));
        }
        html.raw("</td></tr>");
    }
    html.raw("</tbody></table>");
}
