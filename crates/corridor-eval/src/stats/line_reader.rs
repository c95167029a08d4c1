//! Lines of a stream, in a buffer that does not grow beyond the longest line that is taken.

use std::io::{self, Read};

use memchr::memchr;

/// What is read from the stream at once.
const CHUNK_BYTES: usize = 256 * 1024;

/// A longer line is no record. The longest records are below a hundredth of this.
const MAX_LINE_BYTES: usize = 1024 * 1024;

/// One line, without the character that ends it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line<'b> {
    /// The line.
    Whole(&'b [u8]),
    /// A line longer than any record, skipped.
    TooLong,
}

/// Reads a stream line by line.
pub(crate) struct LineReader<R> {
    stream: R,
    buffer: Vec<u8>,
    /// What of the buffer is read and not yet given: from `start` to `end`.
    start: usize,
    end: usize,
    is_at_end: bool,
}

impl<R: Read> LineReader<R> {
    pub(crate) fn new(stream: R) -> Self {
        Self {
            stream,
            buffer: vec![0; CHUNK_BYTES],
            start: 0,
            end: 0,
            is_at_end: false,
        }
    }

    /// The next line; none at the end.
    pub(crate) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        let mut searched = 0;
        let mut is_too_long = false;
        loop {
            let rest = self.buffer.get(self.start..self.end).unwrap_or_default();
            let unsearched = rest.get(searched..).unwrap_or_default();
            if let Some(found) = memchr(b'\n', unsearched) {
                let from = self.start;
                let to = from.saturating_add(searched).saturating_add(found);
                self.start = to.saturating_add(1);
                return Ok(Some(self.line(from, to, is_too_long)));
            }
            searched = rest.len();
            if self.is_at_end {
                let (from, to) = (self.start, self.end);
                self.start = self.end;
                let is_nothing = from == to && !is_too_long;
                return Ok((!is_nothing).then(|| self.line(from, to, is_too_long)));
            }
            if searched >= MAX_LINE_BYTES {
                is_too_long = true;
                self.start = self.end;
                searched = 0;
            }
            self.fill()?;
        }
    }

    fn line(&self, from: usize, to: usize, is_too_long: bool) -> Line<'_> {
        if is_too_long {
            return Line::TooLong;
        }
        Line::Whole(self.buffer.get(from..to).unwrap_or_default())
    }

    /// Reads more behind what is there, which moves to the front of the buffer.
    fn fill(&mut self) -> io::Result<()> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end = self.end.saturating_sub(self.start);
        self.start = 0;
        if self.end == self.buffer.len() {
            let larger = self.buffer.len().saturating_add(CHUNK_BYTES);
            self.buffer.resize(larger, 0);
        }
        let room = self.buffer.get_mut(self.end..).unwrap_or_default();
        let read = loop {
            match self.stream.read(room) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => break result?,
            }
        };
        self.is_at_end = read == 0;
        self.end = self.end.saturating_add(read);
        Ok(())
    }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails where it stands"
)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A stream that gives a few bytes at a time.
    struct Drip<'b>(&'b [u8], usize);

    impl Read for Drip<'_> {
        fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(room.len()).min(self.0.len());
            room[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn lines(bytes: &[u8], at_once: usize) -> Vec<Option<Vec<u8>>> {
        let mut reader = LineReader::new(Drip(bytes, at_once));
        let mut lines = Vec::new();
        while let Some(line) = reader.next().unwrap() {
            lines.push(match line {
                Line::Whole(line) => Some(line.to_vec()),
                Line::TooLong => None,
            });
        }
        lines
    }

    proptest! {
        #[test]
        fn lines_are_what_stands_between_line_ends(
            text in "[a-c\n]{0,40}",
            at_once in 1..20_usize,
        ) {
            let expected: Vec<_> = text
                .split_terminator('\n')
                .map(|line| Some(line.as_bytes().to_vec()))
                .collect();
            prop_assert_eq!(lines(text.as_bytes(), at_once), expected);
        }
    }

    #[test]
    fn a_long_line_is_taken_and_one_too_long_is_skipped() {
        let long = vec![b'x'; 700_000];
        let too_long = vec![b'y'; 3_000_000];
        let bytes = [&long[..], b"\n", &too_long, b"\n", b"z"].concat();
        assert_eq!(
            lines(&bytes, 100_000),
            [Some(long), None, Some(b"z".to_vec())]
        );
    }
}
