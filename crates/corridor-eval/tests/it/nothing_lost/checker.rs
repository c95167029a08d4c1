//! What a decision lost of a command. Knows no grammar.

use corridor_contract::Action;
use corridor_eval::Answer;

use super::words::Words;

/// What the checker may know of a home: all names in it.
#[derive(Clone)]
pub(super) struct Household {
    pub(super) names: Vec<String>,
}

/// The words of a command that stand nowhere in what is proposed and may not go either, in their order.
pub(super) fn lost(
    text: &str,
    household: &Household,
    answer: &Answer,
    languages: &[Words],
) -> Vec<String> {
    if !matches!(answer.action, Action::StartJob | Action::Confirm) {
        return Vec::new();
    }
    let kept = Kept::of(household, answer, languages);
    clauses(text, languages)
        .iter()
        .flat_map(|clause| lost_of_clause(clause, &kept, languages))
        .collect()
}

/// What the decision holds.
struct Kept {
    words: Vec<String>,
    /// Names of the household: a doer stands in the decision as an id, a list too.
    names: Vec<String>,
    numbers: Vec<f64>,
    has_items: bool,
    /// Whether it has a time, or a place for one in words. A list keeps no time.
    has_time: bool,
}

impl Kept {
    fn of(household: &Household, answer: &Answer, languages: &[Words]) -> Self {
        let (items, tasks) = (&answer.items, &answer.tasks);
        let said = items
            .iter()
            .flat_map(|item| [Some(&item.name), item.unit.as_ref()])
            .chain(
                tasks
                    .iter()
                    .flat_map(|task| [Some(&task.title), task.description.as_ref()]),
            )
            .flatten();
        let words: Vec<String> = said.flat_map(|text| tokens(text)).collect();
        let names = household.names.iter().flat_map(|text| tokens(text));
        let quantities = items
            .iter()
            .filter_map(|item| item.quantity.as_deref()?.parse().ok());
        let mut numbers: Vec<f64> = quantities.collect();
        let own = words.iter().filter_map(|word| number(word, languages));
        numbers.extend(own);
        for due in tasks.iter().filter_map(|task| task.due.as_deref()) {
            numbers.extend(parts_of_time(due));
        }
        Self {
            words,
            names: names.collect(),
            numbers,
            has_items: !items.is_empty(),
            has_time: tasks
                .iter()
                .any(|task| task.due.is_some() || task.description.is_some()),
        }
    }

    fn has_word(&self, word: &str, languages: &[Words]) -> bool {
        let is_kept = |word: &str| self.words.iter().any(|kept| akin(word, kept));
        forms(word, languages).any(is_kept)
    }

    fn is_name(&self, word: &str, languages: &[Words]) -> bool {
        let is_name = |word: &str| self.names.iter().any(|name| akin(word, name));
        forms(word, languages).any(is_name)
    }

    fn has_number(&self, value: f64) -> bool {
        self.numbers.iter().any(|kept| (kept - value).abs() < 1e-9)
    }
}

/// A word, without its particle, and its other forms.
fn forms<'w>(word: &'w str, languages: &'w [Words]) -> impl Iterator<Item = &'w str> {
    let mut particles = languages.iter().flat_map(|own| &own.particles);
    let bare = particles.find_map(|particle| word.strip_suffix(particle.as_str()));
    let bare = bare.unwrap_or(word);
    let others = languages.iter().flat_map(move |own| own.other_forms(bare));
    std::iter::once(bare).chain(others)
}

/// Year, month, day, hour of both clocks, minute and the minutes that are left.
fn parts_of_time(due: &str) -> Vec<f64> {
    let part =
        |range: std::ops::Range<usize>| due.get(range).and_then(|part| part.parse::<f64>().ok());
    let mut parts: Vec<f64> = [
        part(0..4),
        part(5..7),
        part(8..10),
        part(11..13),
        part(14..16),
    ]
    .into_iter()
    .flatten()
    .collect();
    if let Some(year) = part(0..4) {
        parts.push(year % 100.0);
    }
    if let (Some(hour), Some(minute)) = (part(11..13), part(14..16)) {
        let clock = (hour + 11.0) % 12.0 + 1.0;
        // «Без четверти шесть», "half past", "quarter to": the hour beside, and parts of it.
        parts.extend([
            clock,
            clock % 12.0 + 1.0,
            60.0 - minute,
            minute / 60.0,
            1.0 - minute / 60.0,
        ]);
        parts.extend([hour + 1.0, hour * 100.0 + minute, clock * 100.0 + minute]);
    }
    parts
}

/// Clauses as words: the text cut at marks that end one, reasons and what follows them left out.
fn clauses(text: &str, languages: &[Words]) -> Vec<Vec<String>> {
    let cut = |letter: char| matches!(letter, '!' | '?' | ';' | '\n' | '…' | '(' | ')');
    // "82,5" is one number, and its comma ends nothing.
    let text = points(text);
    let sentences = text
        .split(cut)
        .flat_map(|part| part.split(". "))
        .flat_map(|part| part.split(": "));
    sentences
        .flat_map(|sentence| without_reasons(sentence, languages))
        .collect()
}

/// The text with a point for every comma between digits, and halves as numbers.
fn points(text: &str) -> String {
    let letters: Vec<char> = text.replace('½', "0.5").chars().collect();
    let is_digit = |at: Option<usize>| {
        at.and_then(|at| letters.get(at))
            .is_some_and(char::is_ascii_digit)
    };
    let point = |(at, letter): (usize, &char)| {
        let inside = is_digit(at.checked_sub(1)) && is_digit(at.checked_add(1));
        if *letter == ',' && inside {
            '.'
        } else {
            *letter
        }
    };
    letters.iter().enumerate().map(point).collect()
}

/// A sentence's clauses between commas, up to the first reason; what stands in front of a reason's order comes back after its comma.
fn without_reasons(sentence: &str, languages: &[Words]) -> Vec<Vec<String>> {
    let orders = |words: &[String]| {
        words
            .iter()
            .any(|word| languages.iter().any(|own| own.is_order(word)))
    };
    let mut kept = Vec::new();
    let mut in_reason = false;
    for clause in sentence
        .split(" — ")
        .flat_map(|part| part.split(" – "))
        .flat_map(|part| part.split(','))
    {
        let mut words = tokens(clause);
        in_reason &= !orders(&words);
        let reason = (0..words.len())
            .find(|at| begins_reason(words.get(*at..).unwrap_or_default(), languages));
        if let Some(at) = reason {
            words.truncate(at);
            in_reason = true;
        } else if in_reason {
            continue;
        }
        kept.push(words);
    }
    kept
}

fn begins_reason(words: &[String], languages: &[Words]) -> bool {
    languages.iter().flat_map(|own| &own.reasons).any(|reason| {
        let reason = tokens(reason);
        words.starts_with(&reason)
    })
}

fn lost_of_clause(clause: &[String], kept: &Kept, languages: &[Words]) -> Vec<String> {
    let any = |test: &dyn Fn(&Words) -> bool| languages.iter().any(test);
    // A statement without an order of its own is background.
    let states = clause.iter().any(|word| any(&|own| own.states(word)));
    let orders = clause.iter().any(|word| any(&|own| own.is_order(word)));
    if states && !orders {
        return Vec::new();
    }
    let mut lost = Vec::new();
    let mut last_kept_item = false;
    let mut in_occasion = 0_u8;
    for (at, word) in clause.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| clause.get(at));
        let after = clause.get(at + 1);
        let opens_occasion = kept.has_items && any(&|own| own.occasions.contains(word));
        let nearby = [at.checked_sub(2), at.checked_sub(1), Some(at + 1)];
        let limited = nearby
            .into_iter()
            .flatten()
            .filter_map(|at| clause.get(at))
            .any(|word| any(&|own| own.limits(word)));
        if opens_occasion {
            in_occasion = if last_kept_item { 3 } else { 2 };
        } else if is_range(word, languages) {
            // "2-3" gives no quantity.
        } else if let Some(value) = number(word, languages) {
            let (around, place) = run_of_numbers(clause, at, languages);
            let in_time = kept.has_time
                && [before, after]
                    .into_iter()
                    .flatten()
                    .any(|word| any(&|own| own.is_time(word)));
            let covered = kept.has_number(value)
                || combined((&around, place))
                    .iter()
                    .any(|value| kept.has_number(*value))
                || (limited && !kept.has_time)
                || in_time
                || kept.has_word(word, languages)
                || (any(&|own| own.may_go(word)) && value <= 1.0);
            if !covered {
                lost.push(word.clone());
            }
            in_occasion = 0;
        } else if kept.has_word(word, languages) {
            last_kept_item = true;
            in_occasion = 0;
        } else if kept.is_name(word, languages) || any(&|own| own.may_go(word)) {
            // Neither here nor there.
        } else if any(&|own| own.is_time(word)) {
            if !kept.has_time && !kept.has_items {
                lost.push(word.clone());
            }
        } else if in_occasion > 0 {
            in_occasion -= 1;
        } else {
            lost.push(word.clone());
        }
        if any(&|own| own.is_unit(word)) {
            in_occasion = 0;
        }
    }
    lost
}

/// The numbers that stand in a row around a place: «двадцать пять», "two and a half".
fn run_of_numbers(clause: &[String], at: usize, languages: &[Words]) -> (Vec<f64>, usize) {
    let joins = |word: &String| matches!(word.as_str(), "и" | "с" | "and" | "a" | "of");
    let value = |at: usize| clause.get(at).and_then(|word| number(word, languages));
    let mut from = at;
    while from > 0 && (value(from - 1).is_some() || clause.get(from - 1).is_some_and(joins)) {
        from -= 1;
    }
    let mut to = at;
    while value(to + 1).is_some()
        || (clause.get(to + 1).is_some_and(joins) && value(to + 2).is_some())
    {
        to += 1;
    }
    // An article in the middle counts nothing: "two and a half".
    let counts = |at: &usize| clause.get(*at).is_some_and(|word| word != "a");
    let values = |to: usize| (from..to).filter(counts).filter_map(value);
    (values(to + 1).collect(), values(at).count())
}

/// Two numbers with a hyphen, in digits or words.
fn is_range(word: &str, languages: &[Words]) -> bool {
    let mut ends = word.split(['-', '–']);
    let is_number = |end: Option<&str>| end.is_some_and(|end| number(end, languages).is_some());
    is_number(ends.next()) && is_number(ends.next()) && ends.next().is_none()
}

/// Sums and products of the number at a place with its neighbours.
fn combined((numbers, place): (&[f64], usize)) -> Vec<f64> {
    let mut all = Vec::new();
    for from in 0..=place {
        let (mut sum, mut product) = (0.0, 1.0);
        for (at, value) in numbers.iter().enumerate().skip(from) {
            sum += value;
            product *= value;
            if at >= place {
                all.push(sum);
                // The minutes of a full hour are 0, and stand for nothing else.
                all.extend(
                    [product, product / 1000.0]
                        .into_iter()
                        .filter(|value| *value > 0.0),
                );
            }
        }
    }
    if let [whole, fraction, ..] = numbers {
        all.extend([
            whole + fraction / 10.0,
            whole + fraction / 1000.0,
            whole / fraction,
            whole * 100.0 + fraction,
        ]);
    }
    if let [whole, part, parts] = numbers {
        all.push(whole + part / parts);
    }
    all
}

fn number(word: &str, languages: &[Words]) -> Option<f64> {
    let digits: String = word
        .trim_start_matches(['x', 'х', '№', '+'])
        .trim_end_matches(|letter: char| letter.is_alphabetic() || matches!(letter, '%' | '-'))
        .replace(',', ".");
    digits
        .parse()
        .ok()
        .or_else(|| languages.iter().find_map(|own| own.number(word)))
}

/// Small words of letters and digits; hyphens, apostrophes and the points of numbers stay inside.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let letters: Vec<char> = text
        .to_lowercase()
        .chars()
        .map(|letter| match letter {
            'ё' => 'е',
            '’' => '\'',
            other => other,
        })
        .collect();
    let mut all = vec![String::new()];
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let after = letters.get(at + 1);
        let beside = |test: fn(&char) -> bool| before.is_some_and(test) && after.is_some_and(test);
        let joins = (matches!(letter, '-' | '–' | '\'')
            && beside(|letter| letter.is_alphanumeric()))
            || (matches!(letter, '.' | ',') && beside(char::is_ascii_digit));
        match all.last_mut() {
            Some(word) if letter.is_alphanumeric() || joins => word.push(*letter),
            _ => all.push(String::new()),
        }
    }
    all.retain(|word| !word.is_empty());
    all
}

/// Whether two words may be forms of one, or one a slip of the other: alike at the beginning, or but for a letter or two. Letters that look
/// alike in both scripts are alike: «А5» may be written either way.
fn akin(said: &str, kept: &str) -> bool {
    let letters =
        |word: &str| -> Vec<char> { word.trim_end_matches("'s").chars().map(latin).collect() };
    let (said, kept) = (letters(said), letters(kept));
    let shared = said.iter().zip(&kept).take_while(|(a, b)| a == b).count();
    let (one, other) = (said.len(), kept.len());
    let least = match one.min(other) {
        0..=2 => return said == kept,
        3 => 2.max(one.max(other) - 2),
        4 | 5 => 3,
        _ => 4,
    };
    // A slip and another ending at once.
    let stem = one.min(other).saturating_sub(2);
    let stems_slip = stem >= 4
        && [stem, stem + 1].iter().any(|length| {
            let (said, kept) = (said.get(..*length), kept.get(..stem));
            said.zip(kept)
                .is_some_and(|(said, kept)| slips(said, kept) <= 1)
        });
    let near = one >= 4 && slips(&said, &kept) <= 1 + usize::from(one >= 6);
    shared >= least || stems_slip || near
}

/// The Latin letter that a small Cyrillic one looks like as a capital.
fn latin(letter: char) -> char {
    let pairs = "аaвbеeкkмmнhоoрpсcтtуyхx";
    let mut letters = pairs.chars();
    while let (Some(cyrillic), Some(latin)) = (letters.next(), letters.next()) {
        if cyrillic == letter {
            return latin;
        }
    }
    letter
}

/// Letters too many, too few, changed or swapped with the next (optimal string alignment).
pub(super) fn slips(one: &[char], other: &[char]) -> usize {
    let mut rows = vec![(0..=other.len()).collect::<Vec<usize>>()];
    for (at, letter) in one.iter().enumerate() {
        let last = &rows[at];
        let mut row = vec![at + 1];
        for (column, against) in other.iter().enumerate() {
            let changed = last[column] + usize::from(letter != against);
            let mut least = changed.min(last[column + 1] + 1).min(row[column] + 1);
            let swapped =
                at > 0 && column > 0 && one[at - 1] == *against && other[column - 1] == *letter;
            if swapped {
                least = least.min(rows[at - 1][column - 1] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[one.len()][other.len()]
}
