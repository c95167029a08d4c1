//! `decide --stdin`: one command a line in, one decision a line out, in the same order.
//!
//! A line is answered before the next one is read, and what has been answered is handed over whenever the input has nothing more
//! to read at once: a program may talk to this one line by line, and a large file still goes through in large pieces.

use std::io::{BufRead, BufReader, Read};

use corridor_contract::{Command, Problems};
use jiff::Timestamp;

use crate::{
    cli::{failure::Failure, output::Output},
    engine::Engine,
    http::problem::{BadLine, Refusal},
};

/// The longest line that is read as a command, in bytes. Longer ones are passed over and refused.
const LINE_LIMIT: usize = 16 * 1024 * 1024;

/// Decides every line of `input`. Bad lines are answered with what is wrong with them, and failed for at the end.
pub(super) fn decide_lines(
    engine: &Engine,
    clock: impl Fn() -> Timestamp,
    input: impl Read,
    output: &mut Output,
) -> Result<(), Failure> {
    let mut lines = Lines {
        input: BufReader::with_capacity(64 * 1024, input),
        number: 0,
        bytes: Vec::new(),
    };
    let mut all_decided = true;
    loop {
        if !lines.has_more_at_once() {
            output.flush()?;
        }
        let Some(read) = lines.next().map_err(Failure::Input)? else {
            break;
        };
        let refusal = match read {
            Line::Blank => continue,
            Line::TooLong => Refusal::too_large(LINE_LIMIT),
            Line::Text(text) => match decide_line(engine, &clock, text, output)? {
                Ok(()) => continue,
                Err(problems) => Refusal::of_command(problems),
            },
        };
        all_decided = false;
        output.json_line(&BadLine {
            line: lines.number,
            error: refusal.document(),
        })?;
    }
    if all_decided {
        Ok(())
    } else {
        Err(Failure::Told)
    }
}

fn decide_line(
    engine: &Engine,
    clock: &impl Fn() -> Timestamp,
    text: &[u8],
    output: &mut Output,
) -> Result<Result<(), Problems>, Failure> {
    match Command::from_slice(text) {
        Ok(command) => {
            output.json_line(&engine.decide(&command, None, clock()).decision)?;
            Ok(Ok(()))
        }
        Err(problems) => Ok(Err(problems)),
    }
}

/// The lines of an input, held to [`LINE_LIMIT`].
struct Lines<R> {
    input: BufReader<R>,
    number: u64,
    bytes: Vec<u8>,
}

enum Line<'a> {
    Blank,
    TooLong,
    Text(&'a [u8]),
}

impl<R: Read> Lines<R> {
    /// Whether the next line can be read without waiting for more input.
    fn has_more_at_once(&self) -> bool {
        self.input.buffer().contains(&b'\n')
    }

    /// The next line without its end; nothing at the end of the input.
    fn next(&mut self) -> std::io::Result<Option<Line<'_>>> {
        self.bytes.clear();
        let limit = u64::try_from(LINE_LIMIT).unwrap_or(u64::MAX);
        let read = self
            .input
            .by_ref()
            .take(limit + 1)
            .read_until(b'\n', &mut self.bytes)?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        if self.bytes.len() > LINE_LIMIT && !self.bytes.ends_with(b"\n") {
            self.input.skip_until(b'\n')?;
            return Ok(Some(Line::TooLong));
        }
        let text = self.bytes.trim_ascii();
        Ok(Some(if text.is_empty() {
            Line::Blank
        } else {
            Line::Text(text)
        }))
    }
}
