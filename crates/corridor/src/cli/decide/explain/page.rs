//! Headings, rows and tables that stay within a width.

use std::fmt::Write as _;

use crate::cli::output::{Paint, Tone, printable};

/// How wide a label is.
const LABEL: usize = 20;

/// What a value needs at least, however narrow the terminal is.
const LEAST: usize = 16;

/// A page as it is written.
pub(super) struct Page {
    text: String,
    paint: Paint,
    width: usize,
}

impl Page {
    pub(super) fn new(paint: Paint, width: usize) -> Self {
        Self {
            text: String::new(),
            paint,
            width,
        }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    pub(super) fn heading(&mut self, name: &str, note: &str) {
        let mut lines = folded(note, self.rest(name.chars().count() + 2)).into_iter();
        let first = lines.next().unwrap_or_default();
        let note = if first.is_empty() {
            String::new()
        } else {
            format!("  {}", self.paint.paint(Tone::Faint, &first))
        };
        let name = self.paint.paint(Tone::Strong, name);
        let _ = writeln!(self.text, "\n{name}{note}");
        for line in lines {
            let line = self.paint.paint(Tone::Faint, &line);
            let _ = writeln!(self.text, "  {line}");
        }
    }

    /// A label and its value; what does not fit goes on below, under the value.
    pub(super) fn row(&mut self, label: &str, value: &str) {
        let label = printable(label);
        let lines = folded(&printable(value), self.rest(LABEL + 4));
        if label.chars().count() > LABEL {
            for line in folded(&label, self.rest(2)) {
                let _ = writeln!(self.text, "  {line}");
            }
            for line in lines {
                let _ = writeln!(self.text, "  {:<LABEL$}  {line}", "");
            }
            return;
        }
        for (number, line) in lines.into_iter().enumerate() {
            let label = if number == 0 { label.as_str() } else { "" };
            let row = format!("  {label:<LABEL$}  {line}");
            let _ = writeln!(self.text, "{}", row.trim_end());
        }
    }

    /// Rows of columns, each as wide as it needs, as far as the width allows.
    pub(super) fn table<const N: usize>(&mut self, rows: &[[String; N]]) {
        let rows: Vec<[String; N]> = rows
            .iter()
            .map(|row| row.clone().map(|cell| printable(&cell)))
            .collect();
        // Two spaces before each column.
        let most = (self.width.max(LEAST) / N.max(1)).saturating_sub(2);
        let widest = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let needed: Vec<usize> = (0..N).map(widest).collect();
        let fits = needed.iter().map(|width| width + 2).sum::<usize>() <= self.width;
        let columns: Vec<usize> = needed
            .iter()
            .map(|width| if fits { *width } else { (*width).min(most) })
            .collect();
        for row in rows {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&columns) {
                let _ = write!(line, "  {:<width$}", shortened(cell, *width));
            }
            let _ = writeln!(self.text, "{}", line.trim_end());
        }
    }

    /// What is left of a line behind so many columns.
    fn rest(&self, taken: usize) -> usize {
        self.width.saturating_sub(taken).max(LEAST)
    }
}

/// A cell that does not fit ends in a mark that says so.
fn shortened(cell: &str, width: usize) -> String {
    if cell.chars().count() <= width {
        return cell.to_owned();
    }
    let kept: String = cell.chars().take(width.saturating_sub(1)).collect();
    format!("{kept}…")
}

/// A text in lines of at most so many characters, broken between words where that can be.
fn folded(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    for word in text.split(' ') {
        let mut word: Vec<char> = word.chars().collect();
        if length > 0 && length + 1 + word.len() > width {
            lines.push(std::mem::take(&mut line));
            length = 0;
        } else if length > 0 {
            line.push(' ');
            length += 1;
        }
        while word.len() > width {
            let rest = word.split_off(width);
            lines.push(word.into_iter().collect());
            word = rest;
        }
        length += word.len();
        line.extend(word);
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_the_page() {
        let mut page = Page::new(Paint::Plain, 40);
        page.heading(
            "evidence",
            "right with a likelihood of 0.97; executed from 0.30 on",
        );
        page.row(
            "slots",
            "buy: молоко 2 л, хлеб, сыр 0.5 кг, батон; list Продукты",
        );
        page.row(
            "en.not-ours.rescheduling-of-events",
            "what stands beside it means nothing",
        );
        page.row("slots", &"а".repeat(100));
        page.table(&[["вертикально".repeat(3), "item".to_owned(), "x".repeat(50)]]);
        let text = page.into_text();
        for line in text.lines() {
            assert!(line.chars().count() <= 40, "{line}");
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        assert!(words.join(" ").contains("батон; list Продукты"), "{text}");
    }
}
