//! Binary search over a text of sorted lines. Only where the lines of each first letter begin is found out, when the text is first asked.

use std::cmp::Ordering;
use std::sync::LazyLock;

/// First bytes of lines: enough for ASCII.
const FIRST_BYTES: usize = 128;

/// A text whose first line is a comment and whose others are sorted bytewise.
pub(super) struct SortedLines {
    text: &'static str,
    /// Where the lines begin whose first two bytes come to at least this much.
    starts: LazyLock<Vec<u32>>,
}

impl SortedLines {
    pub(super) const fn new(text: &'static str, starts: fn() -> Vec<u32>) -> Self {
        Self {
            text,
            starts: LazyLock::new(starts),
        }
    }

    /// The line that begins as `word` does and for which `order` says equal.
    pub(super) fn find(
        &self,
        word: &str,
        order: impl Fn(&[u8]) -> Ordering,
    ) -> Option<&'static [u8]> {
        let place = place(word.as_bytes())?;
        // Behind a single letter anything may stand in its line.
        let width = if word.len() < 2 { FIRST_BYTES } else { 1 };
        let low = *self.starts.get(place)?;
        let high = *self.starts.get(place + width)?;
        let lines = self.text.as_bytes().get(low as usize..high as usize)?;
        search(lines, order)
    }
}

/// For each pair of first bytes, where the lines begin that are not before it.
pub(super) fn starts(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let mut starts = Vec::with_capacity(FIRST_BYTES * FIRST_BYTES + 1);
    let mut at = bytes
        .iter()
        .position(|&b| b == b'\n')
        .map_or(0, |end| end + 1);
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let length = rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len());
        let line = rest.get(..length).unwrap_or(rest);
        let place = place(line).unwrap_or(FIRST_BYTES * FIRST_BYTES - 1);
        while starts.len() <= place {
            starts.push(u32::try_from(at).unwrap_or(u32::MAX));
        }
        at += length + 1;
    }
    let end = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    starts.resize(FIRST_BYTES * FIRST_BYTES + 1, end);
    starts
}

/// A number for the first two bytes that grows with them.
fn place(line: &[u8]) -> Option<usize> {
    let byte = |at: usize| usize::from(line.get(at).copied().unwrap_or(0));
    let (first, second) = (byte(0), byte(1));
    (first < FIRST_BYTES && second < FIRST_BYTES).then_some(first * FIRST_BYTES + second)
}

fn search(bytes: &[u8], order: impl Fn(&[u8]) -> Ordering) -> Option<&[u8]> {
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let before = bytes.get(low..middle).unwrap_or(&[]);
        let start = before
            .iter()
            .rposition(|&b| b == b'\n')
            .map_or(low, |newline| low + newline + 1);
        let line = bytes.get(start..high).unwrap_or(&[]);
        let line = line
            .get(..line.iter().position(|&b| b == b'\n').unwrap_or(line.len()))
            .unwrap_or(line);
        match order(line) {
            Ordering::Equal => return Some(line),
            Ordering::Less => low = start + line.len() + 1,
            Ordering::Greater => high = start,
        }
    }
    None
}
