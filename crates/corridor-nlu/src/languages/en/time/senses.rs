//! English words of time and the roles they play.

use std::sync::LazyLock;

use jiff::civil::Weekday;

use crate::languages::en::numbers;
use crate::time::mention::{Every, Offset, Part, Period, TimeUnit, WeekdaySet};
use crate::time::spelling;
use crate::time::words::WordMap;

/// The role of a word in an expression of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sense {
    /// "today", "tomorrow": days after today.
    Day(i32),
    PastDay,
    /// "tomorrow's"
    DayPossessive(i32),
    Tonight,
    TonightPossessive,
    Weekday(Weekday),
    /// "mondays"
    Weekdays(Weekday),
    /// "monday's"
    WeekdayPossessive(Weekday),
    /// "mon", which has other meanings for some days.
    WeekdayAbbreviation(Weekday),
    Month(i8),
    Part(Part),
    /// "mornings"
    Parts(Part),
    Noon,
    Midnight,
    Unit(TimeUnit),
    /// "this"
    This,
    /// "next"
    Next,
    /// "coming"
    Coming,
    /// "last"
    Last,
    Every,
    Weekend,
    Weekends,
    /// "mon-fri", in no table
    DaysOfWeek(WeekdaySet),
    /// "weekday"
    Workday,
    /// "weekdays"
    Workdays,
    /// "daily", "nightly"
    Often(Every, Option<Part>),
    /// "once", "twice"
    Times,
    Vague,
    /// "beforehand"
    Ahead,
    Now,
    /// "eod"
    EndOfDay,
    /// "eow", "eom"
    EndOf(Period),
    /// "christmas", by its month and day
    Holiday(i8, i8),
    /// "summer", whose first day nobody means
    Season,
    /// "later", alone or before a day
    Later,
    /// "exactly", "early": goes with the time after it.
    About,
    Preposition(Preposition),
    /// "the"
    The,
    /// "a", "an"
    Article,
    /// A word that numbers begin with.
    Number,
    /// A word that only certain words before it make a time ("at lunch", "after work", "a few days").
    Governed,
}

/// The prepositions that times stand with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Preposition {
    On,
    At,
    /// "by", "until"
    By,
    Before,
    For,
    In,
    From,
    Between,
    After,
    Around,
    Within,
    Over,
    Starting,
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
    ('t', "tomorrow tonight today tuesday thursday"),
    ('m', "monday"),
    ('w', "wednesday weekend weekday"),
    ('f', "friday february"),
    ('s', "saturday sunday september"),
    ('e', "evening"),
    ('a', "afternoon"),
    ('j', "january"),
    ('o', "october"),
    ('n', "november"),
    ('d', "december"),
];

/// Words within a slip of those.
const NOT_REPAIRED: &[&str] = &[
    "sundae",
    "sunday's",
    "toady",
    "evenings",
    "afternoons",
    "mondays",
    "toddy",
];

/// The list that comes first wins where a word is in two ("second" is rather the ordinal).
static SENSES: LazyLock<WordMap<Sense>> = LazyLock::new(|| {
    let mut senses = WordMap::default();
    for &(sense, words) in WORDS {
        for word in words.split_ascii_whitespace() {
            senses.entry(word.to_owned()).or_insert(sense);
        }
    }
    for word in numbers::first_words() {
        senses.entry(word.to_owned()).or_insert(Sense::Number);
    }
    senses
});

const HOURLY: Every = Every::After(Offset {
    months: 0,
    days: 0,
    seconds: 3600,
});
const DAILY: Every = Every::After(Offset {
    months: 0,
    days: 1,
    seconds: 0,
});
const WEEKLY: Every = Every::After(Offset {
    months: 0,
    days: 7,
    seconds: 0,
});
const FORTNIGHTLY: Every = Every::After(Offset {
    months: 0,
    days: 14,
    seconds: 0,
});
const MONTHLY: Every = Every::After(Offset {
    months: 1,
    days: 0,
    seconds: 0,
});
const QUARTERLY: Every = Every::After(Offset {
    months: 3,
    days: 0,
    seconds: 0,
});
const YEARLY: Every = Every::After(Offset {
    months: 12,
    days: 0,
    seconds: 0,
});

/// Frequent misspellings are among the forms.
const WORDS: &[(Sense, &str)] = &[
    (Sense::Day(0), "today todday 2day"),
    (
        Sense::Day(1),
        "tomorrow tommorow tommorrow tomorow tomorrrow tomorro tomoro tommorw tomorrw tmrw tmr tmrrw tmro tmoro tmw tomoz 2moro 2morrow 2mrw",
    ),
    (Sense::PastDay, "yesterday yesterdays"),
    (Sense::DayPossessive(0), "today's todays"),
    (
        Sense::DayPossessive(1),
        "tomorrow's tomorrows tommorow's tommorrow's tomorow's",
    ),
    (Sense::Tonight, "tonight tonite tonigh 2nite 2night"),
    (Sense::TonightPossessive, "tonight's tonights"),
    (Sense::Weekday(Weekday::Monday), "monday munday"),
    (
        Sense::Weekday(Weekday::Tuesday),
        "tuesday tusday teusday tuseday",
    ),
    (
        Sense::Weekday(Weekday::Wednesday),
        "wednesday wensday wednsday wendsday wedensday",
    ),
    (
        Sense::Weekday(Weekday::Thursday),
        "thursday thrusday thursaday thurday",
    ),
    (Sense::Weekday(Weekday::Friday), "friday firday"),
    (
        Sense::Weekday(Weekday::Saturday),
        "saturday saterday saturay",
    ),
    (Sense::Weekday(Weekday::Sunday), "sunday"),
    (Sense::Weekdays(Weekday::Monday), "mondays"),
    (Sense::Weekdays(Weekday::Tuesday), "tuesdays"),
    (Sense::Weekdays(Weekday::Wednesday), "wednesdays"),
    (Sense::Weekdays(Weekday::Thursday), "thursdays"),
    (Sense::Weekdays(Weekday::Friday), "fridays"),
    (Sense::Weekdays(Weekday::Saturday), "saturdays"),
    (Sense::Weekdays(Weekday::Sunday), "sundays"),
    (Sense::WeekdayPossessive(Weekday::Monday), "monday's"),
    (Sense::WeekdayPossessive(Weekday::Tuesday), "tuesday's"),
    (Sense::WeekdayPossessive(Weekday::Wednesday), "wednesday's"),
    (Sense::WeekdayPossessive(Weekday::Thursday), "thursday's"),
    (Sense::WeekdayPossessive(Weekday::Friday), "friday's"),
    (Sense::WeekdayPossessive(Weekday::Saturday), "saturday's"),
    (Sense::WeekdayPossessive(Weekday::Sunday), "sunday's"),
    (Sense::WeekdayAbbreviation(Weekday::Monday), "mon"),
    (Sense::WeekdayAbbreviation(Weekday::Tuesday), "tue tues"),
    (Sense::WeekdayAbbreviation(Weekday::Wednesday), "wed weds"),
    (
        Sense::WeekdayAbbreviation(Weekday::Thursday),
        "thu thur thurs",
    ),
    (Sense::WeekdayAbbreviation(Weekday::Friday), "fri"),
    (Sense::WeekdayAbbreviation(Weekday::Saturday), "sat"),
    (Sense::WeekdayAbbreviation(Weekday::Sunday), "sun"),
    (Sense::Month(1), "january jan"),
    (Sense::Month(2), "february feb febuary"),
    (Sense::Month(3), "march mar"),
    (Sense::Month(4), "april apr"),
    (Sense::Month(5), "may"),
    (Sense::Month(6), "june jun"),
    (Sense::Month(7), "july jul"),
    (Sense::Month(8), "august aug"),
    (Sense::Month(9), "september sep sept"),
    (Sense::Month(10), "october oct"),
    (Sense::Month(11), "november nov"),
    (Sense::Month(12), "december dec"),
    (Sense::Part(Part::Morning), "morning"),
    (Sense::Part(Part::Afternoon), "afternoon arvo"),
    (Sense::Part(Part::Evening), "evening"),
    (Sense::Part(Part::Night), "night"),
    (Sense::Parts(Part::Morning), "mornings"),
    (Sense::Parts(Part::Afternoon), "afternoons arvos"),
    (Sense::Parts(Part::Evening), "evenings"),
    (Sense::Parts(Part::Night), "nights"),
    (Sense::Noon, "noon midday noontime noonish"),
    (Sense::Midnight, "midnight"),
    (Sense::Number, "second"),
    (Sense::Unit(TimeUnit::Second), "seconds sec secs"),
    (Sense::Unit(TimeUnit::Minute), "minute minutes min mins"),
    (Sense::Unit(TimeUnit::Hour), "hour hours hr hrs h"),
    (Sense::Unit(TimeUnit::Day), "day days"),
    (Sense::Unit(TimeUnit::Week), "week weeks wk wks"),
    (Sense::Unit(TimeUnit::Fortnight), "fortnight fortnights"),
    (Sense::Unit(TimeUnit::Month), "month months"),
    (Sense::Unit(TimeUnit::Year), "year years"),
    (Sense::This, "this"),
    (Sense::Next, "next"),
    (Sense::Coming, "coming upcoming"),
    (Sense::Last, "last"),
    (Sense::Every, "every each"),
    (Sense::Weekend, "weekend"),
    (Sense::Weekends, "weekends"),
    (Sense::Workday, "weekday workday"),
    (Sense::Workdays, "weekdays workdays"),
    (Sense::Often(HOURLY, None), "hourly"),
    (Sense::Often(DAILY, None), "daily everyday"),
    (Sense::Often(DAILY, Some(Part::Night)), "nightly"),
    (Sense::Often(WEEKLY, None), "weekly"),
    (
        Sense::Often(FORTNIGHTLY, None),
        "biweekly bi-weekly fortnightly",
    ),
    (Sense::Often(MONTHLY, None), "monthly"),
    (Sense::Often(QUARTERLY, None), "quarterly"),
    (Sense::Often(YEARLY, None), "yearly annually"),
    (Sense::Times, "once twice thrice"),
    (Sense::Vague, "soon eventually someday asap"),
    (Sense::Ahead, "beforehand"),
    (Sense::Now, "now immediately"),
    (Sense::EndOfDay, "eod cob"),
    (Sense::EndOf(Period::Week), "eow"),
    (Sense::EndOf(Period::Month), "eom"),
    (Sense::Holiday(12, 25), "christmas xmas"),
    (Sense::Holiday(10, 31), "halloween"),
    (Sense::Holiday(2, 14), "valentine's valentines"),
    (
        Sense::Season,
        "spring summer autumn winter summertime wintertime springtime",
    ),
    (Sense::Later, "later sometime"),
    (
        Sense::About,
        "except all exactly approximately sharply early late first right no as due deadline end beginning start middle mid straight shortly",
    ),
    (Sense::Preposition(Preposition::On), "on"),
    (Sense::Preposition(Preposition::At), "at @"),
    (
        Sense::Preposition(Preposition::By),
        "by until till til thru through",
    ),
    (Sense::Preposition(Preposition::Before), "before"),
    (Sense::Preposition(Preposition::For), "for"),
    (Sense::Preposition(Preposition::In), "in"),
    (Sense::Preposition(Preposition::From), "from"),
    (Sense::Preposition(Preposition::Between), "between"),
    (Sense::Preposition(Preposition::After), "after"),
    (Sense::Preposition(Preposition::Around), "around about"),
    (Sense::Preposition(Preposition::Within), "within"),
    (Sense::Preposition(Preposition::Over), "over during"),
    (Sense::Preposition(Preposition::Starting), "starting since"),
    (Sense::The, "the"),
    (Sense::Article, "a an"),
    (
        Sense::Governed,
        "lunch lunchtime dinner dinnertime breakfast supper work school bed bedtime class classes dark dawn dusk sunset sunrise",
    ),
    (
        Sense::Governed,
        "easter thanksgiving passover hanukkah chanukah ramadan eid diwali mardi good black ash palm shrove pancake mother's mothers father's fathers labor labour memorial lent",
    ),
    (
        Sense::Governed,
        "latest same little gym meeting game show party holidays practice training church tea teatime lessons homework nursery kindergarten",
    ),
    (
        Sense::Governed,
        "few several some bit while moment advance following another like single other alternate half-hour half-day half-year new",
    ),
];
