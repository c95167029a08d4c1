//! From byte positions to lines.

/// Where the lines of a text begin.
#[derive(Clone, Debug)]
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self(breaks.map(|(position, _)| position + 1).collect())
    }

    /// The line of a byte, from 1.
    pub(super) fn line(&self, position: usize) -> usize {
        self.0.partition_point(|start| *start <= position) + 1
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn lines_count_from_one() {
        let lines = Lines::of("a\nbc\n\nd");
        assert_eq!(
            [0, 1, 2, 4, 5, 6].map(|position| lines.line(position)),
            [1, 1, 2, 2, 3, 4]
        );
    }
}
