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
mod perturbations;
mod plot;
mod reliability;
mod summary;

use super::{ComparisonReport, Report};
use crate::paired::PairedComparison;
use crate::perturb::PerturbationReport;
use markup::{Html, text};

/// What a page is about.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'r> {
    /// A single run.
    Run(&'r Report),
    /// Two runs over the same entries.
    Comparison(&'r ComparisonReport),
    /// Changed commands alone.
    Perturbations(&'r PerturbationReport),
}

/// The page. Misses are on it where the report has them.
#[must_use]
pub fn page(subject: Subject<'_>) -> String {
    let sides = Sides::of(subject);
    let mut html = Html::default();
    if let Subject::Perturbations(report) = subject {
        let lead = Lead {
            title: "Changed commands",
            entries: report.entries,
            version: report.decision_version.as_deref(),
        };
        head(&mut html, &lead, &[("changed", "Changed commands")]);
        perturbations::write(&mut html, report);
        html.raw("</main></body></html>\n");
        return html.finish();
    }
    sides.head(&mut html);
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
    if let Some(report) = sides.perturbations() {
        perturbations::write(&mut html, report);
    }
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
            Subject::Perturbations(_) => Self {
                runs: Vec::new(),
                paired: None,
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

/// What stands above a page.
struct Lead<'r> {
    title: &'r str,
    entries: usize,
    version: Option<&'r str>,
}

impl<'r> Sides<'r> {
    fn perturbations(&self) -> Option<&'r PerturbationReport> {
        self.subject()?.perturbations.as_ref()
    }

    fn head(&self, html: &mut Html) {
        let title = match (self.paired, self.subject()) {
            (Some(_), _) => "Rules alone against rules with a model".to_owned(),
            (None, Some(report)) => format!("Evaluation, {}", report.mode),
            (None, None) => "Evaluation".to_owned(),
        };
        let mut links = vec![
            ("summary", "Summary"),
            ("parts", "Parts of the set"),
            ("confusion", "Confusion"),
            ("confidence", "Confidence"),
            ("content", "Items and tasks"),
        ];
        if self.runs.iter().any(|report| report.model.is_some()) {
            links.push(("model", "Model"));
        }
        if self.paired.is_some() {
            links.push(("changes", "Changes"));
        }
        if self.perturbations().is_some() {
            links.push(("changed", "Changed commands"));
        }
        links.push(("misses", "Misses"));
        let lead = Lead {
            title: &title,
            entries: self.subject().map_or(0, |report| report.entries),
            version: self
                .subject()
                .and_then(|report| report.decision_version.as_deref()),
        };
        head(html, &lead, &links);
    }
}

fn head(html: &mut Html, lead: &Lead<'_>, links: &[(&str, &str)]) {
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
        text(lead.title),
        text(lead.title),
        text(lead.version.unwrap_or("nothing")),
        entries = lead.entries
    ));
    html.raw("<nav aria-label=\"Sections\">");
    for (id, name) in links {
        html.put(format_args!("<a href=\"#{id}\">{name}</a>"));
    }
    html.raw("</nav></header><main id=\"main\">");
}
