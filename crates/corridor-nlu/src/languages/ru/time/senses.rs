//! Russian words of time and the roles they play, in every form that is used.

use std::sync::LazyLock;

use jiff::civil::Weekday;

use super::forms::{FORMS, HALF_PAST, STEMS};
use crate::languages::ru::numbers;
use crate::time::mention::{Edge, Every, Part, TimeUnit, WeekdaySet};
use crate::time::spelling;
use crate::time::words::WordMap;

/// The role of a word in an expression of time. Words with two roles («дня», «ночи») carry the one that is looked up more often;
/// rules that need the other look at the form.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sense {
    /// «сегодня», «послезавтра»: days after today.
    Day(i32),
    /// «вчера»
    PastDay,
    /// «завтрашний»
    DayAdjective(i32),
    Weekday(Weekday),
    /// «средам»
    Weekdays(Weekday),
    /// «пт»
    WeekdayAbbreviation(Weekday),
    Month(i8),
    /// «утром», by itself
    PartAdverb(Part),
    /// «утро», after a word that points at it
    PartNoun(Part),
    /// «утрам»
    Parts(Part),
    Unit(TimeUnit),
    /// «полчаса»
    HalfUnit(TimeUnit),
    /// «полседьмого»: the full hour before.
    HalfPast(i8),
    Noon,
    Midnight,
    This,
    Next,
    /// «ближайший»
    Coming,
    /// «последний» of a month
    Final,
    Last,
    Every,
    Weekend,
    /// «лето», whose first day nobody means
    Season,
    /// «пасха», which a preposition makes a time
    Holiday,
    /// «выходным» after «по»
    DaysOfWeek(WeekdaySet),
    /// «пн-пт», in no table
    NamedDays(WeekdaySet),
    /// «будний», «рабочий»
    WorkdayAdjective,
    Edge(Edge),
    /// «число»
    DayNumber,
    /// «ежедневно», and the adjective
    Often(Every),
    /// «дважды»
    Times,
    Vague,
    /// «заранее», «накануне»
    Ahead,
    Now,
    /// «ровно», «примерно»: goes with the time after it.
    About,
    Preposition(Preposition),
    /// «без пятнадцати»
    Without,
    /// A word that numbers begin with.
    Number,
    /// A word that only certain prepositions make a time («в обед», «после работы»).
    Governed,
}

/// The prepositions that times stand with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Preposition {
    In,
    On,
    To,
    Until,
    From,
    By,
    After,
    Before,
    Through,
    Within,
    Around,
    Between,
}

/// The role of a word, by its normalised form.
pub(super) fn sense(norm: &str) -> Option<Sense> {
    SENSES.get(norm).copied()
}

/// What a long word with one slip in it means, where that is clear.
pub(crate) fn repaired(norm: &str) -> Option<&'static str> {
    spelling::repair(norm, REPAIRED, NOT_REPAIRED).filter(|_| sense(norm).is_none())
}

/// Words worth repairing, by their first letter: long, frequent, and like no other word.
const REPAIRED: &[(char, &str)] = &[
    ('з', "завтра"),
    ('с', "сегодня суббота субботу субботы субботе сентября"),
    (
        'п',
        "послезавтра понедельник понедельника понедельнику пятница пятницу пятницы пятнице",
    ),
    (
        'в',
        "вторник вторника вторнику воскресенье воскресенья вечером выходные выходных",
    ),
    ('ч', "четверг четверга четвергу"),
    ('у', "утром"),
    ('я', "января"),
    ('ф', "февраля"),
    ('о', "октября"),
    ('н', "ноября"),
    ('д', "декабря"),
    ('а', "августа"),
];

/// Words within a slip of those.
const NOT_REPAIRED: &[&str] = &[
    "завтрак",
    "четверо",
    "вечерам",
    "вечеров",
    "субботник",
    "выходной",
    "выходным",
];

/// «утра», «дня», «вечера», «ночи» after a clock time.
pub(super) fn part_after_clock(norm: &str) -> Option<Part> {
    Some(match norm {
        "утра" => Part::Morning,
        "дня" => Part::Afternoon,
        "вечера" => Part::Evening,
        "ночи" => Part::Night,
        _ => return None,
    })
}

/// One word can have more roles than one list says («дня» counts days too); the list that comes first wins.
static SENSES: LazyLock<WordMap<Sense>> = LazyLock::new(|| {
    let mut senses = WordMap::default();
    let mut add = |form: String, sense| {
        senses.entry(form).or_insert(sense);
    };
    for &(sense, forms) in FORMS {
        for form in forms.split_ascii_whitespace() {
            add(form.to_owned(), sense);
        }
    }
    for &(sense, stems, endings) in STEMS {
        for stem in stems.split_ascii_whitespace() {
            for ending in endings.split_ascii_whitespace() {
                add(format!("{stem}{ending}"), sense);
            }
        }
    }
    for (hour, ordinal) in HALF_PAST {
        for form in [
            format!("пол{ordinal}"),
            format!("пол-{ordinal}"),
            format!("пол{}", dative(ordinal)),
        ] {
            add(form, Sense::HalfPast(hour));
        }
    }
    for form in numbers::first_words() {
        add(form, Sense::Number);
    }
    senses
});

/// «седьмого» → «седьмому», «третьего» → «третьему».
fn dative(genitive: &str) -> String {
    genitive
        .strip_suffix("го")
        .map_or_else(|| genitive.to_owned(), |stem| format!("{stem}му"))
}
