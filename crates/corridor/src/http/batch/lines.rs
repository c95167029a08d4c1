//! Lines out of pieces of any size, each held to a limit.

/// A line without its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Nothing but white space.
    Blank,
    /// More than the limit; it is passed over to its end.
    TooLong {
        /// The limit, in bytes.
        limit: usize,
    },
    /// Anything else, without the white space around it.
    Text(Vec<u8>),
}

/// Cuts what is pushed into lines.
#[derive(Debug)]
pub(super) struct Lines {
    limit: usize,
    /// What was pushed and not yet given as lines.
    buffer: Vec<u8>,
    /// How much of the buffer has been given.
    given: usize,
    /// Up to where the buffer was searched for the end of the line that begins at `given`.
    searched: usize,
    /// The line at hand was too long; the rest of it is not kept.
    is_passing_over: bool,
    has_ended: bool,
    number: u64,
}

impl Lines {
    /// Lines of at most `limit` bytes.
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            buffer: Vec::new(),
            given: 0,
            searched: 0,
            is_passing_over: false,
            has_ended: false,
            number: 0,
        }
    }

    /// Adds a piece.
    pub(super) fn push(&mut self, piece: &[u8]) {
        self.buffer.drain(..self.given.min(self.buffer.len()));
        self.searched = self.searched.saturating_sub(self.given);
        self.given = 0;
        self.buffer.extend_from_slice(piece);
    }

    /// Nothing more comes: what is left is the last line.
    pub(super) fn end(&mut self) {
        self.has_ended = true;
    }

    /// The number of the line that was given last, from 1.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// Counts a line that could not be read.
    pub(super) fn count_next(&mut self) {
        if !self.is_passing_over {
            self.number += 1;
        }
    }

    /// The next line that is whole, or that is too long already.
    pub(super) fn next(&mut self) -> Option<Line> {
        loop {
            let left = self.buffer.get(self.searched..).unwrap_or_default();
            let end = left
                .iter()
                .position(|byte| *byte == b'\n')
                .map(|found| self.searched + found);
            let Some(end) = end.or_else(|| self.last_end()) else {
                self.searched = self.buffer.len();
                return self.too_long_already();
            };
            let line = self.buffer.get(self.given..end).unwrap_or_default();
            let (length, text) = (line.len(), line.trim_ascii());
            let line = if length > self.limit {
                Line::TooLong { limit: self.limit }
            } else if text.is_empty() {
                Line::Blank
            } else {
                Line::Text(text.to_vec())
            };
            self.given = end + 1;
            self.searched = self.given;
            if std::mem::take(&mut self.is_passing_over) {
                continue;
            }
            self.number += 1;
            return Some(line);
        }
    }

    /// The end of what is left, where nothing more comes and something is left.
    fn last_end(&self) -> Option<usize> {
        (self.has_ended && self.given < self.buffer.len()).then_some(self.buffer.len())
    }

    /// A line whose end has not come and that is too long without it.
    fn too_long_already(&mut self) -> Option<Line> {
        if self.buffer.len().saturating_sub(self.given) <= self.limit {
            return None;
        }
        self.buffer.clear();
        self.given = 0;
        self.searched = 0;
        if std::mem::replace(&mut self.is_passing_over, true) {
            return None;
        }
        self.number += 1;
        Some(Line::TooLong { limit: self.limit })
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Lines};

    fn text(text: &str) -> Line {
        Line::Text(text.as_bytes().to_vec())
    }

    /// All lines of a text that arrives in pieces of `size` bytes, with their numbers.
    fn lines_of(bytes: &[u8], size: usize, limit: usize) -> Vec<(u64, Line)> {
        let mut lines = Lines::new(limit);
        let mut all = Vec::new();
        let mut take = |lines: &mut Lines| {
            while let Some(line) = lines.next() {
                all.push((lines.number(), line));
            }
        };
        for piece in bytes.chunks(size) {
            lines.push(piece);
            take(&mut lines);
        }
        lines.end();
        take(&mut lines);
        all
    }

    #[test]
    fn pieces_of_any_size_make_the_same_lines() {
        let bytes = b"one\n\n two \r\n12345678901\n12345678901234567890\n1234567890\nlast";
        let expected = [
            (1, text("one")),
            (2, Line::Blank),
            (3, text("two")),
            (4, Line::TooLong { limit: 10 }),
            (5, Line::TooLong { limit: 10 }),
            (6, text("1234567890")),
            (7, text("last")),
        ];
        for size in 1..=bytes.len() {
            assert_eq!(lines_of(bytes, size, 10), expected, "pieces of {size}");
        }
    }

    #[test]
    fn nothing_makes_no_line() {
        assert_eq!(lines_of(b"", 1, 10), []);
        assert_eq!(lines_of(b"\n", 1, 10), [(1, Line::Blank)]);
    }

    #[test]
    fn a_line_without_end_is_not_kept() {
        let mut lines = Lines::new(10);
        for _ in 0..1000 {
            lines.push(b"123456789012345");
            while lines.next().is_some() {}
            assert!(lines.buffer.len() <= 10 + 15);
        }
    }
}
