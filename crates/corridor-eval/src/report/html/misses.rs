//! Every entry that is not right: expected against decided.

use super::Sides;
use super::markup::{Html, text};
use crate::miss::{Miss, Row};

/// The most that are shown; a page of more helps nobody.
const MOST: usize = 1000;

pub(super) fn write(html: &mut Html, sides: &Sides<'_>) {
    html.raw("<section id=\"misses\" aria-labelledby=\"misses-h\"><h2 id=\"misses-h\">Misses</h2>");
    let misses = sides.subject().and_then(|report| report.misses.as_deref());
    match misses {
        None => html.raw("<p>Not in this report.</p>"),
        Some([]) => html.raw("<p>None: every entry is right in every part.</p>"),
        Some(misses) => {
            let whose = sides.paired.map_or("", |_| " of the assisted run");
            html.put(format_args!(
                "<p>{} entries{whose} are not right.</p>",
                misses.len()
            ));
            for miss in misses.iter().take(MOST) {
                one(html, miss);
            }
            if misses.len() > MOST {
                html.put(format_args!(
                    "<p>{} more are left out here; <code>--json --show misses</code> tells all.</p>",
                    misses.len() - MOST
                ));
            }
        }
    }
    html.raw("</section>");
}

fn one(html: &mut Html, miss: &Miss) {
    head(html, miss.id.as_str(), &miss.place.to_string(), &miss.text);
    html.put(format_args!(
        "<p class=\"tags\"><span>{}</span>",
        miss.difficulty
    ));
    for tag in &miss.tags {
        html.put(format_args!(" <span>{}</span>", text(tag)));
    }
    html.raw(" <em>wrong:");
    for (position, difference) in miss.differences.iter().enumerate() {
        let comma = if position == 0 { "" } else { "," };
        html.put(format_args!(
            "{comma} {}",
            super::confusion::words(difference.as_str())
        ));
    }
    html.raw("</em></p>");
    table(html, &["expected", "decided"], &[&miss.rows]);
    for (name, words) in [("Failure", &miss.failure), ("Why", &miss.notes)] {
        if let Some(words) = words {
            html.put(format_args!(
                "<p class=\"note\"><b>{name}:</b> {}</p>",
                text(words)
            ));
        }
    }
    html.raw("</article>");
}

/// An entry's head: its id, where it stands, and what is said.
pub(super) fn head(html: &mut Html, id: &str, place: &str, said: &str) {
    html.put(format_args!(
        "<article class=\"entry\"><h3><code>{}</code> <small>{}</small></h3><blockquote dir=\"auto\">{}</blockquote>",
        text(id),
        text(place),
        text(said)
    ));
}

/// Answers part by part: expected, then what each run decided. A part that differs is marked by a sign, not by colour alone.
pub(super) fn table(html: &mut Html, heads: &[&str], runs: &[&[Row]]) {
    html.raw(
        "<div class=\"scroll\"><table class=\"answers\"><thead><tr><th scope=\"col\">part</th>",
    );
    for head in heads {
        html.put(format_args!("<th scope=\"col\">{head}</th>"));
    }
    html.raw("</tr></thead><tbody>");
    let mut parts: Vec<&str> = Vec::new();
    for row in runs.iter().flat_map(|rows| rows.iter()) {
        if !parts.contains(&row.part.as_str()) {
            parts.push(&row.part);
        }
    }
    for part in parts {
        let of = |rows: &&[Row]| rows.iter().find(|row| row.part == part).cloned();
        let rows: Vec<Option<Row>> = runs.iter().map(of).collect();
        let expected = rows.iter().flatten().find_map(|row| row.expected.clone());
        html.put(format_args!(
            "<tr><th scope=\"row\">{}</th><td>{}</td>",
            text(part),
            text(expected.as_deref().unwrap_or("—"))
        ));
        for row in &rows {
            let got = row
                .as_ref()
                .and_then(|row| row.got.as_deref())
                .unwrap_or("—");
            if row.as_ref().is_some_and(|row| row.differs) {
                html.put(format_args!(
                    "<td class=\"differs\"><span>≠</span> {}</td>",
                    text(got)
                ));
            } else {
                html.put(format_args!("<td>{}</td>", text(got)));
            }
        }
        html.raw("</tr>");
    }
    html.raw("</tbody></table></div>");
}
