//! The words that English numbers are made of.

use rustc_hash::FxHashMap as HashMap;
use std::sync::LazyLock;

/// What a word does inside a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberWord {
    /// "zero"
    Zero,
    /// 1–9
    Unit(u64),
    /// 10–19
    Teen(u64),
    /// 20–90
    Ten(u64),
    /// "hundred", which also multiplies teens ("fifteen hundred").
    Hundred,
    /// "thousand" and above.
    Power(u64),
    /// "dozen"
    Dozen,
    /// "couple"
    Couple,
    /// "pair"
    Pair,
    /// "half"
    Half,
    /// "quarter", which no ordinal shares.
    Quarter,
    /// "thirds", "quarters": so many parts, more than one of them.
    Shares(u64),
}

/// The role of a word in a number, by its normalised form.
pub(super) fn number_word(norm: &str) -> Option<NumberWord> {
    NUMBERS.get(norm).copied()
}

/// The value of an ordinal in one word.
pub(super) fn ordinal_word(norm: &str) -> Option<u32> {
    ORDINALS.get(norm).copied()
}

/// Every word listed here.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    NUMBERS.keys().chain(ORDINALS.keys()).copied()
}

static NUMBERS: LazyLock<HashMap<&'static str, NumberWord>> =
    LazyLock::new(|| NUMBER_TABLE.iter().copied().collect());
static ORDINALS: LazyLock<HashMap<&'static str, u32>> =
    LazyLock::new(|| ORDINAL_TABLE.iter().copied().collect());

use NumberWord::{
    Couple, Dozen, Half, Hundred, Pair, Power, Quarter, Shares, Teen, Ten, Unit, Zero,
};

const NUMBER_TABLE: &[(&str, NumberWord)] = &[
    ("zero", Zero),
    ("one", Unit(1)),
    ("two", Unit(2)),
    ("three", Unit(3)),
    ("four", Unit(4)),
    ("five", Unit(5)),
    ("six", Unit(6)),
    ("seven", Unit(7)),
    ("eight", Unit(8)),
    ("nine", Unit(9)),
    ("ten", Teen(10)),
    ("eleven", Teen(11)),
    ("twelve", Teen(12)),
    ("thirteen", Teen(13)),
    ("fourteen", Teen(14)),
    ("fifteen", Teen(15)),
    ("sixteen", Teen(16)),
    ("seventeen", Teen(17)),
    ("eighteen", Teen(18)),
    ("nineteen", Teen(19)),
    ("twenty", Ten(20)),
    ("thirty", Ten(30)),
    ("forty", Ten(40)),
    ("fourty", Ten(40)),
    ("fifty", Ten(50)),
    ("sixty", Ten(60)),
    ("seventy", Ten(70)),
    ("eighty", Ten(80)),
    ("ninety", Ten(90)),
    ("hundred", Hundred),
    ("thousand", Power(1_000)),
    ("million", Power(1_000_000)),
    ("billion", Power(1_000_000_000)),
    ("trillion", Power(1_000_000_000_000)),
    ("dozen", Dozen),
    ("doz", Dozen),
    ("couple", Couple),
    ("pair", Pair),
    ("half", Half),
    ("quarter", Quarter),
    ("halves", Shares(2)),
    ("thirds", Shares(3)),
    ("quarters", Shares(4)),
    ("fourths", Shares(4)),
    ("fifths", Shares(5)),
    ("sixths", Shares(6)),
    ("sevenths", Shares(7)),
    ("eighths", Shares(8)),
    ("ninths", Shares(9)),
    ("tenths", Shares(10)),
];

const ORDINAL_TABLE: &[(&str, u32)] = &[
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("eleventh", 11),
    ("twelfth", 12),
    ("thirteenth", 13),
    ("fourteenth", 14),
    ("fifteenth", 15),
    ("sixteenth", 16),
    ("seventeenth", 17),
    ("eighteenth", 18),
    ("nineteenth", 19),
    ("twentieth", 20),
    ("thirtieth", 30),
    ("fortieth", 40),
    ("fiftieth", 50),
    ("sixtieth", 60),
    ("seventieth", 70),
    ("eightieth", 80),
    ("ninetieth", 90),
    ("hundredth", 100),
    ("thousandth", 1000),
];
