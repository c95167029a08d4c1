//! Items, tasks, questions and rates as tables.

use super::super::number::estimate;
use super::Sides;
use super::markup::Html;
use crate::metrics::{Estimate, Metrics};
use crate::report::Report;

type Figure = (&'static str, fn(&Metrics) -> Estimate);

const ITEMS: &[Figure] = &[
    ("whole items, precision", |m| m.items.whole.precision()),
    ("whole items, recall", |m| m.items.whole.recall()),
    ("whole items, F1", |m| m.items.whole.f1()),
    ("names, F1", |m| m.items.names.f1()),
    ("quantity", |m| m.items.quantity.into()),
    ("unit", |m| m.items.unit.into()),
    ("list", |m| m.items.list.into()),
    ("exact lists", |m| m.items.exact_lists.into()),
];

const TASKS: &[Figure] = &[
    ("whole tasks, precision", |m| m.tasks.whole.precision()),
    ("whole tasks, recall", |m| m.tasks.whole.recall()),
    ("whole tasks, F1", |m| m.tasks.whole.f1()),
    ("title", |m| m.tasks.title.into()),
    ("assignee", |m| m.tasks.assignee.into()),
    ("zone", |m| m.tasks.zone.into()),
    ("due", |m| m.tasks.due.into()),
    ("description", |m| m.tasks.description.into()),
];

const REST: &[Figure] = &[
    ("missing fields", |m| m.missing_fields.into()),
    ("reject code", |m| m.reject_code.into()),
    ("clarify rate", |m| m.rates.clarify.into()),
    ("clarify rate expected", |m| m.rates.clarify_expected.into()),
    ("start-job rate", |m| m.rates.start_job.into()),
    ("start-job rate expected", |m| {
        m.rates.start_job_expected.into()
    }),
    ("false execute", |m| m.rates.false_execute.into()),
];

pub(super) fn write(html: &mut Html, sides: &Sides<'_>) {
    html.raw(
        "<section id=\"content\" aria-labelledby=\"content-h\"><h2 id=\"content-h\">Items and tasks</h2><div class=\"pair\">",
    );
    table(html, "Items", ITEMS, &sides.runs);
    table(html, "Tasks", TASKS, &sides.runs);
    table(html, "Questions, refusals, rates", REST, &sides.runs);
    html.raw("</div></section>");
}

fn table(html: &mut Html, name: &str, figures: &[Figure], runs: &[&Report]) {
    html.put(format_args!(
        "<div class=\"scroll\"><table><thead><tr><th scope=\"col\">{name}</th>"
    ));
    for report in runs {
        html.put(format_args!("<th scope=\"col\">{}</th>", report.mode));
    }
    html.raw("</tr></thead><tbody>");
    for (name, of) in figures {
        html.put(format_args!("<tr><th scope=\"row\">{name}</th>"));
        for report in runs {
            html.put(format_args!("<td>{}</td>", estimate(of(&report.metrics))));
        }
        html.raw("</tr>");
    }
    html.raw("</tbody></table></div>");
}
