//! The report as one page to show around: self-contained, no scripts, nothing fetched.
//!
//! Holds what entries say, which is ours. Every text goes through [`markup::text`]; nothing else writes text into the page.

mod bars;
mod changes;
mod confusion;
mod content;
mod coverage;
mod markup;
mod misses;
mod model;
mod plot;
mod reliability;
mod summary;

use super::{ComparisonReport, Report};
use crate::paired::PairedComparison;
use markup::{Html, text};

/// What a page is about.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'r> {
    /// A single run.
    Run(&'r Report),
    /// Two runs over the same entries.
    Comparison(&'r ComparisonReport),
}

/// The page. Misses are on it where the report has them.
#[must_use]
pub fn page(subject: Subject<'_>) -> String {
    let sides = Sides::of(subject);
    let mut html = Html::default();
    head(&mut html, &sides);
    summary::write(&mut html, &sides);
    bars::write(&mut html, &sides);
    confusion::write(&mut html, &sides);
    html.raw("<section id=\"confidence\" aria-labelledby=\"confidence-h\"><h2 id=\"confidence-h\">Confidence</h2><div class=\"pair\">");
    reliability::write(&mut html, &sides);
    coverage::write(&mut html, &sides);
    html.raw("</div></section>");
    content::write(&mut html, &sides);
    model::write(&mut html, &sides);
    changes::write(&mut html, &sides);
    misses::write(&mut html, &sides);
    html.raw("</main></body></html>\n");
    html.finish()
}

/// One run, or two of which the second might take the first's place.
struct Sides<'r> {
    /// In the order they are shown.
    runs: Vec<&'r Report>,
    paired: Option<(&'r PairedComparison, &'r ComparisonReport)>,
}

impl<'r> Sides<'r> {
    fn of(subject: Subject<'r>) -> Self {
        match subject {
            Subject::Run(report) => Self {
                runs: vec![report],
                paired: None,
            },
            Subject::Comparison(report) => Self {
                runs: vec![&report.baseline, &report.assisted],
                paired: Some((&report.comparison, report)),
            },
        }
    }

    /// The run that the page is about: the only one, or the one that might take the other's place.
    fn subject(&self) -> Option<&'r Report> {
        self.runs.last().copied()
    }

    /// Each run with the class that gives it its colour.
    fn each(&self) -> impl Iterator<Item = (&'static str, &'r Report)> {
        ["first", "second"]
            .into_iter()
            .zip(self.runs.iter().copied())
    }
}

const STYLE: &str = include_str!("html/style.css");

fn head(html: &mut Html, sides: &Sides<'_>) {
    let entries = sides.subject().map_or(0, |report| report.entries);
    let kind = match (sides.paired, sides.subject()) {
        (Some(_), _) => "Rules alone against rules with a model".to_owned(),
        (None, Some(report)) => format!("Evaluation, {}", report.mode),
        (None, None) => "Evaluation".to_owned(),
    };
    let version = sides
        .subject()
        .and_then(|report| report.decision_version.as_deref())
        .unwrap_or("nothing");
    // Nothing may be loaded or run, whatever a text should hold.
    html.raw(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
    );
    html.put(format_args!(
        "<title>{} · {entries} entries</title><style>{STYLE}</style></head><body>\
         <a class=\"skip\" href=\"#main\">Skip to the figures</a>\
         <header><p class=\"brand\">Corridor</p><h1>{}</h1>\
         <p class=\"lead\">{entries} entries, decided by <code>{}</code>. Ranges are 95 % intervals.</p>",
        text(&kind),
        text(&kind),
        text(version)
    ));
    html.raw("<nav aria-label=\"Sections\">");
    let mut links = vec![
        ("summary", "Summary"),
        ("parts", "Parts of the set"),
        ("confusion", "Confusion"),
        ("confidence", "Confidence"),
        ("content", "Items and tasks"),
    ];
    if sides.runs.iter().any(|report| report.model.is_some()) {
        links.push(("model", "Model"));
    }
    if sides.paired.is_some() {
        links.push(("changes", "Changes"));
    }
    links.push(("misses", "Misses"));
    for (id, name) in links {
        html.put(format_args!("<a href=\"#{id}\">{name}</a>"));
    }
    html.raw("</nav></header><main id=\"main\">");
}
