//! Slips in words of time: one letter left out, added, changed, or two in the wrong order.

/// The one word of `targets`, listed by first letters, that `norm` misses by a single slip; none for short words, for words in `others`,
/// and where two fit.
pub(crate) fn repair(
    norm: &str,
    targets: &[(char, &'static str)],
    others: &[&str],
) -> Option<&'static str> {
    const SHORTEST: usize = 5;
    // People rarely miss the first letter, and looking at it first spares the comparisons.
    let first = norm.chars().next()?;
    let (_, targets) = targets.iter().find(|(letter, _)| *letter == first)?;
    if norm.chars().count() < SHORTEST || others.contains(&norm) {
        return None;
    }
    let mut near = targets
        .split_ascii_whitespace()
        .filter(|target| is_one_slip(norm, target));
    let target = near.next()?;
    near.next().is_none().then_some(target)
}

/// Whether one slip leads from one word to the other.
fn is_one_slip(said: &str, meant: &str) -> bool {
    let same_start = said
        .chars()
        .zip(meant.chars())
        .take_while(|(said, meant)| said == meant)
        .count();
    let said: Rest<'_> = Rest::after(said, same_start);
    let meant: Rest<'_> = Rest::after(meant, same_start);
    said.tail(1) == meant.tail(1)
        || said.tail(1) == meant.tail(0)
        || said.tail(0) == meant.tail(1)
        || (said.tail(2).is_some()
            && said.tail(2) == meant.tail(2)
            && said.swapped() == meant.head())
}

/// What of a word follows the letters that two words share.
struct Rest<'w> {
    text: &'w str,
}

impl<'w> Rest<'w> {
    fn after(word: &'w str, letters: usize) -> Self {
        Self {
            text: beyond(word, letters).unwrap_or(""),
        }
    }

    /// Everything after so many more letters, where there are as many.
    fn tail(&self, letters: usize) -> Option<&'w str> {
        beyond(self.text, letters).filter(|_| letters == 0 || !self.text.is_empty())
    }

    fn head(&self) -> Option<(char, char)> {
        let mut letters = self.text.chars();
        Some((letters.next()?, letters.next()?))
    }

    fn swapped(&self) -> Option<(char, char)> {
        self.head().map(|(first, second)| (second, first))
    }
}

fn beyond(text: &str, letters: usize) -> Option<&str> {
    let mut rest = text.chars();
    for _ in 0..letters {
        rest.next()?;
    }
    Some(rest.as_str())
}
