//! The one place that prints: standard output for results, standard error for failures.

use std::{
    fmt::Write as _,
    io::{self, BufWriter, IsTerminal as _, StdoutLock, Write},
};

use serde::Serialize;

use super::failure::{Complaint, Failure};

/// Standard output, buffered, which knows who reads it.
pub(super) struct Output {
    stream: BufWriter<StdoutLock<'static>>,
    reader: Reader,
    paint: Paint,
}

/// Who reads standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    /// A person at a terminal.
    Person,
    /// A program, or a file.
    Program,
}

/// Whether text is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paint {
    /// With ANSI colours.
    Coloured,
    /// Plain text.
    Plain,
}

/// The meanings that have a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// It went well.
    Good,
    /// It needs a person.
    Asking,
    /// It did not go.
    Bad,
    /// Of lesser interest.
    Faint,
    /// Of greater interest.
    Strong,
}

impl Paint {
    /// The text in its tone's colour.
    pub(super) fn paint(self, tone: Tone, text: &str) -> String {
        let code = match (self, tone) {
            (Self::Plain, _) => return text.to_owned(),
            (Self::Coloured, Tone::Good) => "1;32",
            (Self::Coloured, Tone::Asking) => "1;33",
            (Self::Coloured, Tone::Bad) => "1;31",
            (Self::Coloured, Tone::Faint) => "2",
            (Self::Coloured, Tone::Strong) => "1",
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }
}

/// Columns where nobody says how many there are.
const PAGER_WIDTH: usize = 100;

impl Output {
    /// Opens standard output. Colours are for terminals whose owner has not set `NO_COLOR`.
    pub(super) fn open(no_color: bool) -> Self {
        let stdout = io::stdout().lock();
        let reader = if stdout.is_terminal() {
            Reader::Person
        } else {
            Reader::Program
        };
        let paint = if reader == Reader::Person && !no_color {
            Paint::Coloured
        } else {
            Paint::Plain
        };
        Self {
            stream: BufWriter::with_capacity(64 * 1024, stdout),
            reader,
            paint,
        }
    }

    /// Who reads.
    pub(super) fn reader(&self) -> Reader {
        self.reader
    }

    /// How text is coloured.
    pub(super) fn paint(&self) -> Paint {
        self.paint
    }

    /// How many characters a line may have: the terminal's width, or what reads well in a pager.
    pub(super) fn width(&self) -> usize {
        match self.reader {
            Reader::Person => terminal_size::terminal_size()
                .map_or(PAGER_WIDTH, |(width, _)| usize::from(width.0)),
            Reader::Program => PAGER_WIDTH,
        }
    }

    /// Writes a text that ends its own lines.
    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        self.stream.write_all(text.as_bytes())
    }

    /// Writes bytes as they are.
    pub(super) fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes)
    }

    /// Writes a value as JSON: indented for a person, on one line for a program.
    pub(super) fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        match self.reader {
            Reader::Person => {
                serde_json::to_writer_pretty(&mut self.stream, value)?;
                self.stream.write_all(b"\n")
            }
            Reader::Program => self.json_line(value),
        }
    }

    /// Writes a value as JSON on one line.
    pub(super) fn json_line(&mut self, value: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.stream, value)?;
        self.stream.write_all(b"\n")
    }

    /// Writes the outcome of one check on a line: what was found, or what failed.
    pub(super) fn verdict(&mut self, subject: &str, verdict: Result<&str, &str>) -> io::Result<()> {
        let (word, words) = match verdict {
            Ok(words) => (self.paint.paint(Tone::Good, "ok    "), words),
            Err(words) => (self.paint.paint(Tone::Bad, "failed"), words),
        };
        writeln!(self.stream, "{subject:<8}  {word}  {words}")
    }

    /// Writes on a line what one check found that stops nothing.
    pub(super) fn warning(&mut self, subject: &str, words: &str) -> io::Result<()> {
        let word = self.paint.paint(Tone::Bad, "warns ");
        writeln!(self.stream, "{subject:<8}  {word}  {words}")
    }

    /// Writes what is wrong, as part of the results.
    pub(super) fn complaints(&mut self, failure: &Failure) -> io::Result<()> {
        let text = lines_of(failure, self.paint);
        self.text(&text)
    }

    /// Hands everything written to its reader.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// Tells a person at standard error what failed and what to do about it.
pub(super) fn tell(failure: &Failure, no_color: bool) {
    let mut stderr = io::stderr().lock();
    let paint = if stderr.is_terminal() && !no_color {
        Paint::Coloured
    } else {
        Paint::Plain
    };
    let text = lines_of(failure, paint);
    // Nobody is left to be told that this failed.
    let _ = stderr.write_all(text.as_bytes());
}

/// Each complaint on a line, and below it what to do.
fn lines_of(failure: &Failure, paint: Paint) -> String {
    let mut text = String::new();
    for Complaint { message, hint } in failure.complaints() {
        let _ = writeln!(text, "{} {message}", paint.paint(Tone::Bad, "error:"));
        if let Some(hint) = hint {
            let _ = writeln!(text, "  {} {hint}", paint.paint(Tone::Strong, "hint:"));
        }
    }
    text
}

/// Text from outside, without the control characters that could steer a terminal.
pub(super) fn printable(text: &str) -> String {
    text.chars()
        .map(|letter| {
            if letter.is_control() {
                '\u{FFFD}'
            } else {
                letter
            }
        })
        .collect()
}
