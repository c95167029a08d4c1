//! The number grammars through their public door: folders of cases, and every number spelled by an independent speller.
//!
//! A case is `[marked words] rest = value`: the number must start at the bracket and take exactly what it marks; `= none` means no
//! number starts there. `#` in place of `=` asks for the ordinal. Adding a case is adding a line, adding a topic a file.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use std::fs;
use std::path::Path;

use corridor_nlu::amount::{Amount, Numeral, NumeralForm};
use corridor_nlu::languages::{en, ru};
use corridor_nlu::token::Token;
use corridor_nlu::tokenize::tokenize;
use proptest::prelude::*;

type Cardinal = fn(&[Token], usize) -> Option<Numeral>;
type Ordinal = fn(&[Token], usize) -> Option<(u32, usize)>;

/// Runs every line of every file in `tests/numbers/{folder}`.
fn run_cases(folder: &str, cardinal: Cardinal, ordinal: Ordinal) {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/numbers")
        .join(folder);
    let mut failures = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(&dir).expect("the case folder exists") {
        let path = entry.unwrap().path();
        for (number, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            if line.starts_with('#') || line.is_empty() {
                continue;
            }
            count += 1;
            if let Err(problem) = check(line, cardinal, ordinal) {
                failures.push(format!(
                    "{}:{}: {line}: {problem}",
                    path.display(),
                    number + 1
                ));
            }
        }
    }
    assert!(count > 0, "no cases in {}", dir.display());
    assert!(
        failures.is_empty(),
        "{} of {count} failed:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

fn check(line: &str, cardinal: Cardinal, ordinal: Ordinal) -> Result<(), String> {
    let (text, expected, wants_ordinal) = match line.rsplit_once(" = ") {
        Some((text, expected)) => (text, expected, false),
        None => line
            .rsplit_once(" # ")
            .map(|(text, expected)| (text, expected, true))
            .expect("`=` or `#`"),
    };
    let (before, rest) = text.split_once('[').expect("an opening bracket");
    let (marked, after) = rest.split_once(']').expect("a closing bracket");
    let tokens = tokenize(&format!("{before}{marked}{after}"));
    let at = tokens
        .iter()
        .position(|token| token.span.start >= before.len())
        .expect("a marked token");
    let len = tokens
        .iter()
        .filter(|t| t.span.start >= before.len() && t.span.end <= before.len() + marked.len())
        .count();
    let found = if wants_ordinal {
        ordinal(&tokens, at).map(|(value, len)| (value.to_string(), len))
    } else {
        cardinal(&tokens, at).map(|numeral| (numeral.amount.to_string(), numeral.len))
    };
    let wanted = (expected != "none").then(|| (expected.to_owned(), len));
    if found == wanted {
        Ok(())
    } else {
        Err(format!("found {found:?}, wanted {wanted:?}"))
    }
}

#[test]
fn russian_cases() {
    run_cases("ru", ru::numbers::cardinal, ru::numbers::ordinal);
}

#[test]
fn english_cases() {
    run_cases("en", en::numbers::cardinal, en::numbers::ordinal);
}

#[test]
fn half_prefix_takes_measures_and_leaves_roots() {
    for (word, rest) in [
        ("полкило", "кило"),
        ("поллитра", "литра"),
        ("полкилограмма", "килограмма"),
        ("пол-литра", "литра"),
        ("полпачки", "пачки"),
        ("полбатона", "батона"),
        ("полчаса", "часа"),
        ("пол-ананаса", "ананаса"),
    ] {
        assert_eq!(ru::numbers::half_prefix(word), Some(rest), "{word}");
    }
    for word in [
        "пол",
        "полка",
        "полку",
        "полный",
        "полотенце",
        "полтора",
        "полезный",
        "поле",
        "полено",
        "полиция",
        "полдюжины",
        "полдня-то",
        "поляна",
        "пол-",
        "политра",
        "половина",
        "пол-дюжины",
    ] {
        assert_eq!(ru::numbers::half_prefix(word), None, "{word}");
    }
    assert_eq!(en::numbers::half_prefix("half-gallon"), Some("gallon"));
    assert_eq!(en::numbers::half_prefix("half-price"), None);
    assert_eq!(en::numbers::half_prefix("half-dozen"), None);
}

#[test]
fn range_words_are_ranges_and_no_numbers() {
    let bounds = |low, high| {
        Some((
            Amount::from_integer(low).unwrap(),
            Amount::from_integer(high).unwrap(),
        ))
    };
    for (word, expected) in [
        ("два-три", bounds(2, 3)),
        ("двадцать-тридцать", bounds(20, 30)),
        ("пару-тройку", bounds(2, 3)),
        ("двадцать-пять", None),
        ("три-два", None),
        ("сине-зеленый", None),
    ] {
        assert_eq!(ru::numbers::range_word(word), expected, "{word}");
        if expected.is_some() {
            assert_eq!(ru::numbers::cardinal(&tokenize(word), 0), None, "{word}");
        }
    }
    assert_eq!(en::numbers::range_word("two-three"), bounds(2, 3));
    assert_eq!(en::numbers::range_word("twenty-five"), None);
}

#[test]
fn the_form_tells_digits_from_words() {
    for (text, form) in [
        ("2 тысячи", NumeralForm::Digits),
        ("½", NumeralForm::Digits),
        ("две тысячи", NumeralForm::Words),
    ] {
        assert_eq!(
            ru::numbers::cardinal(&tokenize(text), 0).unwrap().form,
            form,
            "{text}"
        );
    }
}

#[test]
fn a_number_ends_with_its_line() {
    let tokens = tokenize("двадцать\nпять яиц\n10\n000");
    assert_eq!(ru::numbers::cardinal(&tokens, 0).unwrap().len, 1);
    assert_eq!(ru::numbers::cardinal(&tokens, 3).unwrap().len, 1);
    let tokens = tokenize("one hundred\nand five");
    assert_eq!(en::numbers::cardinal(&tokens, 0).unwrap().len, 2);
}

mod spell {
    //! Spells numbers by table lookup of each digit group, in a way unlike the parser's.

    const RU: [[&str; 20]; 2] = [
        [
            "",
            "один",
            "два",
            "три",
            "четыре",
            "пять",
            "шесть",
            "семь",
            "восемь",
            "девять",
            "десять",
            "одиннадцать",
            "двенадцать",
            "тринадцать",
            "четырнадцать",
            "пятнадцать",
            "шестнадцать",
            "семнадцать",
            "восемнадцать",
            "девятнадцать",
        ],
        [
            "",
            "одного",
            "двух",
            "трёх",
            "четырёх",
            "пяти",
            "шести",
            "семи",
            "восьми",
            "девяти",
            "десяти",
            "одиннадцати",
            "двенадцати",
            "тринадцати",
            "четырнадцати",
            "пятнадцати",
            "шестнадцати",
            "семнадцати",
            "восемнадцати",
            "девятнадцати",
        ],
    ];
    const RU_TENS: [[&str; 10]; 2] = [
        [
            "",
            "",
            "двадцать",
            "тридцать",
            "сорок",
            "пятьдесят",
            "шестьдесят",
            "семьдесят",
            "восемьдесят",
            "девяносто",
        ],
        [
            "",
            "",
            "двадцати",
            "тридцати",
            "сорока",
            "пятидесяти",
            "шестидесяти",
            "семидесяти",
            "восьмидесяти",
            "девяноста",
        ],
    ];
    const RU_HUNDREDS: [[&str; 10]; 2] = [
        [
            "",
            "сто",
            "двести",
            "триста",
            "четыреста",
            "пятьсот",
            "шестьсот",
            "семьсот",
            "восемьсот",
            "девятьсот",
        ],
        [
            "",
            "ста",
            "двухсот",
            "трёхсот",
            "четырёхсот",
            "пятисот",
            "шестисот",
            "семисот",
            "восьмисот",
            "девятисот",
        ],
    ];

    /// `case` 0 is the nominative, 1 the genitive.
    pub(super) fn russian(n: usize, case: usize) -> String {
        if n == 0 {
            return ["ноль", "ноля"][case].to_owned();
        }
        let thousands = n / 1000;
        let mut words = Vec::new();
        if thousands > 0 {
            let mut group = russian_group(thousands, case);
            let last = group.last_mut().unwrap();
            *last = match (*last, case) {
                ("один", _) => "одна",
                ("одного", _) => "одной",
                ("два", _) => "две",
                (other, _) => other,
            };
            words.extend(group);
            words.push(match (thousands % 100, thousands % 10, case) {
                (11..=14, ..) => "тысяч",
                (_, 1, 0) => "тысяча",
                (_, 1, _) => "тысячи",
                (_, 2..=4, 0) => "тысячи",
                _ => "тысяч",
            });
        }
        words.extend(russian_group(n % 1000, case));
        words.join(" ")
    }

    fn russian_group(n: usize, case: usize) -> Vec<&'static str> {
        let mut words = vec![RU_HUNDREDS[case][n / 100]];
        if n % 100 < 20 {
            words.push(RU[case][n % 100]);
        } else {
            words.extend([RU_TENS[case][n % 100 / 10], RU[case][n % 10]]);
        }
        words.retain(|word| !word.is_empty());
        words
    }

    const EN: [&str; 20] = [
        "",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const EN_TENS: [&str; 10] = [
        "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];

    /// With or without "and", with or without the hyphen.
    pub(super) fn english(n: usize, and: bool, hyphen: bool) -> String {
        if n == 0 {
            return "zero".to_owned();
        }
        let mut parts = Vec::new();
        if n >= 1000 {
            parts.push(format!("{} thousand", english(n / 1000, and, hyphen)));
        }
        if n % 1000 >= 100 {
            parts.push(format!("{} hundred", EN[n % 1000 / 100]));
        }
        let rest = n % 100;
        let below = match rest {
            0 => None,
            1..20 => Some(EN[rest].to_owned()),
            _ if rest.is_multiple_of(10) => Some(EN_TENS[rest / 10].to_owned()),
            _ => Some(format!(
                "{}{}{}",
                EN_TENS[rest / 10],
                if hyphen { '-' } else { ' ' },
                EN[rest % 10]
            )),
        };
        if let Some(below) = below {
            parts.push(if and && n > 100 {
                format!("and {below}")
            } else {
                below
            });
        }
        parts.join(" ")
    }
}

fn assert_reads_back(cardinal: Cardinal, spelled: &str, n: usize) {
    let tokens = tokenize(spelled);
    let numeral = cardinal(&tokens, 0).unwrap_or_else(|| panic!("{spelled} is no number"));
    assert_eq!(
        (numeral.amount.to_string(), numeral.len),
        (n.to_string(), tokens.len()),
        "{spelled}"
    );
}

fn assert_all_spellings_read_back(n: usize) {
    for case in 0..2 {
        assert_reads_back(ru::numbers::cardinal, &spell::russian(n, case), n);
    }
    for (and, hyphen) in [(false, false), (false, true), (true, false), (true, true)] {
        assert_reads_back(en::numbers::cardinal, &spell::english(n, and, hyphen), n);
    }
}

#[test]
fn every_number_to_two_thousand_reads_back() {
    (0..=2000).for_each(assert_all_spellings_read_back);
}

proptest! {
    #[test]
    fn numbers_to_a_hundred_thousand_read_back(n in 0_usize..=100_000) {
        assert_all_spellings_read_back(n);
    }

    /// Whatever is said, a number stays inside the tokens and nothing panics.
    #[test]
    fn readings_stay_inside(words in prop::collection::vec(prop::sample::select(PIECES), 0..8), at in 0_usize..9) {
        let tokens = tokenize(&words.join(" "));
        for cardinal in [ru::numbers::cardinal as Cardinal, en::numbers::cardinal] {
            if let Some(numeral) = cardinal(&tokens, at) {
                prop_assert!(numeral.len >= 1 && at + numeral.len <= tokens.len());
            }
        }
        for ordinal in [ru::numbers::ordinal as Ordinal, en::numbers::ordinal] {
            if let Some((_, len)) = ordinal(&tokens, at) {
                prop_assert!(len >= 1 && at + len <= tokens.len());
            }
        }
    }

    #[test]
    fn amounts_print_what_they_parse(whole in 0_u64..10_000_000_000_000, part in 0_u32..1_000_000) {
        let text = format!("{whole}.{part:06}");
        let amount = Amount::from_decimal(&text).expect("within limits");
        prop_assert_eq!(amount.to_string(), text.trim_end_matches('0').trim_end_matches('.'));
        prop_assert_eq!(Amount::from_decimal(&amount.to_string()), Some(amount));
    }

    #[test]
    fn arithmetic_agrees_with_integers(a in 0_u64..1_000_000_000, b in 0_u64..10_000) {
        let (left, right) = (Amount::from_integer(a).unwrap(), Amount::from_integer(b).unwrap());
        prop_assert_eq!(left.checked_add(right), Amount::from_integer(a + b));
        prop_assert_eq!(left.checked_mul(right), Amount::from_integer(a * b));
    }
}

const PIECES: &[&str] = &[
    "два",
    "двадцать",
    "сто",
    "тысяч",
    "миллиард",
    "триллион",
    "полтора",
    "пол",
    "литра",
    "десятка",
    "пару",
    "с",
    "половиной",
    "целых",
    "десятых",
    "ноль",
    "вторая",
    "пятого",
    "5",
    "10",
    "000",
    "1/2",
    "½",
    "2,5",
    "5-го",
    ".75",
    "one",
    "twenty",
    "hundred",
    "thousand",
    "trillion",
    "and",
    "a",
    "half",
    "quarter",
    "third",
    "of",
    "dozen",
    "couple",
    "21st",
    "half-dozen",
    "99999999999999999999",
    "двадцать-пять",
];

#[test]
fn amounts_too_large_are_none() {
    let big = Amount::from_decimal("18000000000000").unwrap();
    assert_eq!(big.checked_add(big), None);
    assert_eq!(big.checked_mul(big), None);
    assert_eq!(Amount::from_integer(u64::MAX), None);
    assert_eq!(Amount::from_fraction(1, 0), None);
    assert_eq!(Amount::from_decimal("1."), None);
    assert_eq!(Amount::from_decimal("-1"), None);
    assert_eq!(Amount::from_decimal("1.2.3"), None);
}
