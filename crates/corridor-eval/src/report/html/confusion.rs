//! Which intent was taken for which.

use super::super::number::{estimate, percent};
use super::Sides;
use super::markup::Html;
use crate::metrics::{Column, Metrics, Ratio};
use crate::vocabulary::Intent;

pub(super) fn write(html: &mut Html, sides: &Sides<'_>) {
    html.raw(
        "<section id=\"confusion\" aria-labelledby=\"confusion-h\"><h2 id=\"confusion-h\">Confusion</h2>\
         <p>Rows are what was expected, columns what was decided; the diagonal is right. The stronger the shade, the larger the share of its row.</p>\
         <div class=\"pair\">",
    );
    for (_, report) in sides.each() {
        html.raw("<div>");
        if sides.paired.is_some() {
            html.put(format_args!("<h3>{}</h3>", report.mode));
        }
        matrix(html, &report.metrics);
        html.raw("</div>");
    }
    html.raw("</div>");
    for (_, report) in sides.each() {
        scores(
            html,
            &report.metrics,
            sides.paired.map(|_| report.mode.as_str()),
        );
    }
    html.raw("</section>");
}

fn matrix(html: &mut Html, metrics: &Metrics) {
    html.raw("<div class=\"scroll\"><table class=\"confusion\"><thead><tr><th scope=\"col\">expected <span aria-hidden=\"true\">↓</span> decided <span aria-hidden=\"true\">→</span></th>");
    for column in Column::all() {
        html.put(format_args!(
            "<th scope=\"col\"><span>{}</span></th>",
            words(&column.to_string())
        ));
    }
    html.raw("</tr></thead><tbody>");
    for expected in Intent::ALL {
        let cells: Vec<(Column, u64)> = Column::all()
            .map(|column| (column, metrics.intents.confusion.cell(*expected, column)))
            .collect();
        let whole: u64 = cells.iter().map(|(_, count)| count).sum();
        html.put(format_args!(
            "<tr><th scope=\"row\">{}</th>",
            words(expected.as_str())
        ));
        for (column, part) in cells {
            let share = Ratio { part, whole };
            let class = if column == Column::Intent(*expected) {
                "right"
            } else {
                "wrong"
            };
            let shade = share.value().unwrap_or(0.0);
            if part == 0 {
                html.raw("<td class=\"none\">0</td>");
            } else {
                html.put(format_args!(
                    "<td class=\"{class}\" style=\"--share:{shade:.4}\" title=\"{} of the row\">{part}</td>",
                    percent(share.value())
                ));
            }
        }
        html.raw("</tr>");
    }
    html.raw("</tbody></table></div>");
}

fn scores(html: &mut Html, metrics: &Metrics, whose: Option<&str>) {
    let whose = whose.map_or_else(String::new, |mode| format!(", {mode}"));
    html.put(format_args!(
        "<details><summary>Precision, recall and F1 of each intent{whose}</summary><div class=\"scroll\"><table><thead><tr>\
         <th scope=\"col\">Intent</th><th scope=\"col\">Precision</th><th scope=\"col\">Recall</th><th scope=\"col\">F1</th>\
         <th scope=\"col\">Expected</th><th scope=\"col\">Decided</th></tr></thead><tbody>"
    ));
    for (intent, scores) in &metrics.intents.each {
        html.put(format_args!(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            words(intent.as_str()),
            estimate(scores.precision()),
            estimate(scores.recall()),
            estimate(scores.f1()),
            scores.expected,
            scores.got
        ));
    }
    html.put(format_args!(
        "</tbody></table></div><p>Macro F1 {}.</p></details>",
        percent(metrics.intents.macro_f1)
    ));
}

/// `add_shopping_item` as words.
pub(super) fn words(name: &str) -> String {
    name.replace('_', " ")
}
