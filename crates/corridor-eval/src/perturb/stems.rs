//! Words as stem and ending: enough to put another word into the form of one.

/// How a word stands in a text, held against its dictionary form: `stem` + `written` there, `stem` + `ending` here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) stem: String,
    pub(super) written: String,
    pub(super) ending: String,
}

impl Form {
    /// The form of `word` where it may be one of `name`: alike but for short endings.
    pub(super) fn of(word: &str, name: &str, longest: usize, least: usize) -> Option<Self> {
        let shared = word
            .chars()
            .zip(name.chars())
            .take_while(|(one, other)| one == other)
            .count();
        let (written, ending): (String, String) = (
            word.chars().skip(shared).collect(),
            name.chars().skip(shared).collect(),
        );
        let fits = shared >= least
            && written.chars().count() <= longest
            && ending.chars().count() <= longest;
        fits.then(|| Self {
            stem: word.chars().take(shared).collect(),
            written,
            ending,
        })
    }

    /// Whether the word is written as in the dictionary.
    pub(super) fn is_plain(&self) -> bool {
        self.written.is_empty() && self.ending.is_empty()
    }

    /// Another name in this form; `None` where it ends otherwise.
    pub(super) fn put(&self, name: &str) -> Option<String> {
        let stem = name.strip_suffix(&self.ending)?;
        Some(format!("{stem}{}", self.written))
    }
}

/// How many slips lie between two words: a letter too many, too few or another, or two that changed places (optimal string alignment).
pub(super) fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, against) in other.iter().enumerate() {
            let at =
                |cells: &[usize], place: usize| cells.get(place).copied().unwrap_or(usize::MAX / 2);
            let changed = at(&last, column) + usize::from(letter != against);
            let mut least = changed
                .min(at(&last, column + 1) + 1)
                .min(at(&next, column) + 1);
            let swapped = row > 0
                && column > 0
                && one.get(row - 1) == Some(against)
                && other.get(column - 1) == Some(letter);
            if swapped {
                least = least.min(at(&before, column - 1) + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut last, next);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Form, distance};

    #[test]
    fn a_name_takes_the_form_of_another() {
        let form = Form::of("огурца", "огурец", 2, 3).unwrap();
        assert_eq!(
            (
                form.stem.as_str(),
                form.written.as_str(),
                form.ending.as_str()
            ),
            ("огур", "ца", "ец")
        );
        assert_eq!(form.put("перец").as_deref(), Some("перца"));
        assert_eq!(form.put("лук"), None);
        assert_eq!(Form::of("хлеб", "молоко", 2, 3), None);
    }

    #[test]
    fn slips_are_counted() {
        for (one, other, slips) in [
            ("milk", "milk", 0),
            ("milk", "mlik", 1),
            ("milk", "mik", 1),
            ("milk", "millk", 1),
            ("milk", "mulk", 1),
            ("milk", "mlk1", 2),
            ("", "abc", 3),
        ] {
            assert_eq!(distance(one, other), slips, "{one} {other}");
        }
    }
}
