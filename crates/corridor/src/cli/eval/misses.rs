//! A miss for reading: expected and got side by side.

use corridor_eval::Miss;

use crate::cli::output::{Paint, Tone, printable};

/// The entry, what is said, and both answers with a mark before the lines that differ.
pub(super) fn readable(miss: &Miss, paint: Paint) -> String {
    const HEAD: &str = "expected";
    let differences: Vec<&str> = miss
        .differences
        .iter()
        .map(|difference| difference.as_str())
        .collect();
    let mut text = format!(
        "{} {} {} [{}] wrong: {}\n  «{}»\n",
        paint.paint(Tone::Strong, miss.id.as_str()),
        paint.paint(Tone::Faint, &miss.place.to_string()),
        miss.difficulty,
        miss.tags.join(", "),
        paint.paint(Tone::Bad, &differences.join(", ")),
        printable(&miss.text)
    );
    let part_width = widest(miss.rows.iter().map(|row| row.part.as_str()), "");
    let expected_width = widest(
        miss.rows
            .iter()
            .map(|row| row.expected.as_deref().unwrap_or("—")),
        HEAD,
    );
    text.push_str(&format!(
        "    {:part_width$}  {HEAD:<expected_width$}  got\n",
        ""
    ));
    for row in &miss.rows {
        let (expected, got) = (
            row.expected
                .as_deref()
                .map_or_else(|| "—".to_owned(), printable),
            row.got.as_deref().map_or_else(|| "—".to_owned(), printable),
        );
        let mark = if row.differs {
            paint.paint(Tone::Bad, "≠")
        } else {
            " ".to_owned()
        };
        text.push_str(&format!(
            "  {mark} {:<part_width$}  {expected:<expected_width$}  {got}\n",
            row.part
        ));
    }
    for (name, words) in [("failure", &miss.failure), ("notes", &miss.notes)] {
        if let Some(words) = words {
            text.push_str(&format!("    {name}: {}\n", printable(words)));
        }
    }
    text.push('\n');
    text
}

fn widest<'t>(texts: impl Iterator<Item = &'t str>, head: &'t str) -> usize {
    texts
        .chain([head])
        .map(|text| text.chars().count())
        .max()
        .unwrap_or(0)
}
