//! Binary search over a text of sorted lines: nothing is built at start.

use std::cmp::Ordering;

/// The line for which `order` says equal. The first line is a comment, the others are sorted bytewise.
pub(super) fn find(text: &str, order: impl Fn(&[u8]) -> Ordering) -> Option<&[u8]> {
    let bytes = text.as_bytes();
    let (mut low, mut high) = (
        bytes
            .iter()
            .position(|&b| b == b'\n')
            .map_or(0, |end| end + 1),
        bytes.len(),
    );
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
