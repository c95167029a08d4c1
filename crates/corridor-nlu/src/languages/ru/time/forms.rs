//! Every form of the Russian words of time.

use jiff::civil::Weekday;

use super::senses::{Preposition, Sense};
use crate::time::mention::{Edge, Every, Offset, Part, TimeUnit, WeekdaySet};

/// The ordinal in «полседьмого», and the full hour that has passed.
pub(super) const HALF_PAST: [(i8, &str); 12] = [
    (12, "первого"),
    (1, "второго"),
    (2, "третьего"),
    (3, "четвертого"),
    (4, "пятого"),
    (5, "шестого"),
    (6, "седьмого"),
    (7, "восьмого"),
    (8, "девятого"),
    (9, "десятого"),
    (10, "одиннадцатого"),
    (11, "двенадцатого"),
];

const ADJECTIVE: &str =
    "ый ая ое ого ой ому ым ом ую ые ых ыми ий яя ее его ей ему им ем юю ие их ими";
const DAYS: Offset = Offset {
    months: 0,
    days: 1,
    seconds: 0,
};
const WEEKS: Offset = Offset {
    months: 0,
    days: 7,
    seconds: 0,
};
const MONTHS: Offset = Offset {
    months: 1,
    days: 0,
    seconds: 0,
};
const QUARTERS: Offset = Offset {
    months: 3,
    days: 0,
    seconds: 0,
};
const YEARS: Offset = Offset {
    months: 12,
    days: 0,
    seconds: 0,
};
const HOURS: Offset = Offset {
    months: 0,
    days: 0,
    seconds: 3600,
};

/// Regular words: a role, stems, endings.
pub(super) const STEMS: &[(Sense, &str, &str)] = &[
    (Sense::DayAdjective(0), "сегодняшн", ADJECTIVE),
    (Sense::DayAdjective(1), "завтрашн", ADJECTIVE),
    (Sense::DayAdjective(2), "послезавтрашн", ADJECTIVE),
    (Sense::Next, "следующ будущ", ADJECTIVE),
    (Sense::Coming, "ближайш наступающ", ADJECTIVE),
    (Sense::Last, "прошл прошедш предыдущ минувш", ADJECTIVE),
    (Sense::Every, "кажд", ADJECTIVE),
    (Sense::Final, "последн", ADJECTIVE),
    (Sense::This, "текущ", ADJECTIVE),
    (Sense::WorkdayAdjective, "будн", ADJECTIVE),
    (
        Sense::WorkdayAdjective,
        "рабоч",
        "ий ие их им ими его ему ем",
    ),
    (
        Sense::Often(Every::After(DAYS)),
        "ежедневн каждодневн",
        ADJECTIVE,
    ),
    (Sense::Often(Every::After(WEEKS)), "еженедельн", ADJECTIVE),
    (Sense::Often(Every::After(MONTHS)), "ежемесячн", ADJECTIVE),
    (Sense::Often(Every::After(YEARS)), "ежегодн", ADJECTIVE),
    (
        Sense::Weekday(Weekday::Monday),
        "понедельник понидельник",
        "а у ом е",
    ),
    (Sense::Weekday(Weekday::Tuesday), "вторник", "а у ом е"),
    (Sense::Weekday(Weekday::Wednesday), "сред", "а у ы е ой"),
    (Sense::Weekday(Weekday::Thursday), "четверг", "а у ом е"),
    (Sense::Weekday(Weekday::Friday), "пятниц", "а у ы е ей"),
    (
        Sense::Weekday(Weekday::Saturday),
        "суббот субот",
        "а у ы е ой",
    ),
    (
        Sense::Weekday(Weekday::Sunday),
        "воскресень воскресени",
        "е я ю ем",
    ),
    (
        Sense::Weekdays(Weekday::Monday),
        "понедельник понидельник",
        "ам ов и",
    ),
    (Sense::Weekdays(Weekday::Tuesday), "вторник", "ам ов и"),
    (Sense::Weekdays(Weekday::Wednesday), "сред", "ам"),
    (Sense::Weekdays(Weekday::Thursday), "четверг", "ам ов и"),
    (Sense::Weekdays(Weekday::Friday), "пятниц", "ам"),
    (Sense::Weekdays(Weekday::Saturday), "суббот субот", "ам"),
    (
        Sense::Weekdays(Weekday::Sunday),
        "воскресень воскресени",
        "ям",
    ),
    (Sense::Month(1), "январ", "ь я ю ем е"),
    (Sense::Month(2), "феврал", "ь я ю ем е"),
    (Sense::Month(3), "март", "а у ом е"),
    (Sense::Month(4), "апрел", "ь я ю ем е"),
    (Sense::Month(5), "ма", "й я ю ем е"),
    (Sense::Month(6), "июн", "ь я ю ем е"),
    (Sense::Month(7), "июл", "ь я ю ем е"),
    (Sense::Month(8), "август", "а у ом е"),
    (Sense::Month(9), "сентябр", "ь я ю ем е"),
    (Sense::Month(10), "октябр", "ь я ю ем е"),
    (Sense::Month(11), "ноябр", "ь я ю ем е"),
    (Sense::Month(12), "декабр", "ь я ю ем е"),
    (
        Sense::Unit(TimeUnit::Second),
        "секунд секундочк",
        "а у ы е ой ам ами ах и",
    ),
    (
        Sense::Unit(TimeUnit::Minute),
        "минут минутк минуточк",
        "а у ы е ой ам ами ах и",
    ),
    (
        Sense::Unit(TimeUnit::Hour),
        "час часик",
        "а у ом е ы ов ам ами ах и",
    ),
    (
        Sense::Unit(TimeUnit::Week),
        "недел недельк",
        "я и ю е ей ь ям ями ях у а",
    ),
    (
        Sense::Unit(TimeUnit::Month),
        "месяц",
        "а у ем е ы ев ам ами ах",
    ),
];

/// Everything else, form by form, without ё as normalised text has none. Frequent misspellings are among them.
pub(super) const FORMS: &[(Sense, &str)] = &[
    (Sense::Day(0), "сегодня севодня сегодн седня седни"),
    (Sense::Day(1), "завтра завтро зватра"),
    (Sense::Day(2), "послезавтра послезавтро"),
    (Sense::PastDay, "вчера позавчера"),
    (Sense::Weekday(Weekday::Monday), "понедельник понидельник"),
    (Sense::Weekday(Weekday::Tuesday), "вторник"),
    (Sense::Weekday(Weekday::Thursday), "четверг четверк"),
    (Sense::Weekdays(Weekday::Friday), "пятниц"),
    (Sense::Weekdays(Weekday::Saturday), "суббот"),
    (Sense::Weekdays(Weekday::Sunday), "воскресений"),
    (Sense::WeekdayAbbreviation(Weekday::Monday), "пн"),
    (Sense::WeekdayAbbreviation(Weekday::Tuesday), "вт"),
    (Sense::WeekdayAbbreviation(Weekday::Wednesday), "ср"),
    (Sense::WeekdayAbbreviation(Weekday::Thursday), "чт"),
    (Sense::WeekdayAbbreviation(Weekday::Friday), "пт"),
    (Sense::WeekdayAbbreviation(Weekday::Saturday), "сб"),
    (Sense::WeekdayAbbreviation(Weekday::Sunday), "вс"),
    (Sense::Month(1), "янв"),
    (Sense::Month(2), "фев февр"),
    (Sense::Month(3), "март мар"),
    (Sense::Month(4), "апр"),
    (Sense::Month(8), "август авг"),
    (Sense::Month(9), "сен сент"),
    (Sense::Month(10), "окт"),
    (Sense::Month(11), "ноя нояб"),
    (Sense::Month(12), "дек"),
    (Sense::PartAdverb(Part::Morning), "утром утречком поутру"),
    (Sense::PartAdverb(Part::Afternoon), "днем"),
    (Sense::PartAdverb(Part::Evening), "вечером вечерком"),
    (Sense::PartAdverb(Part::Night), "ночью"),
    (Sense::PartNoun(Part::Morning), "утро утру утра утречко"),
    (
        Sense::PartNoun(Part::Evening),
        "вечер вечеру вечера вечерок",
    ),
    (Sense::PartNoun(Part::Night), "ночь ночи"),
    (Sense::Parts(Part::Morning), "утрам"),
    (Sense::Parts(Part::Evening), "вечерам"),
    (Sense::Parts(Part::Night), "ночам"),
    (Sense::Unit(TimeUnit::Second), "секунд сек секундочек"),
    (Sense::Unit(TimeUnit::Minute), "минут мин минуток минуточек"),
    (Sense::Unit(TimeUnit::Hour), "час часик ч"),
    (
        Sense::Unit(TimeUnit::Day),
        "день дня дню дне дни дней дням днями днях денек денечек деньков деньки сутки суток суткам",
    ),
    (
        Sense::Unit(TimeUnit::Week),
        "недель недельку недельки неделек нед",
    ),
    (Sense::Unit(TimeUnit::Month), "месяц мес"),
    (
        Sense::Unit(TimeUnit::Year),
        "год года году годом годе годы годов годам лет годик",
    ),
    (
        Sense::HalfUnit(TimeUnit::Minute),
        "полминуты полминутки пол-минуты",
    ),
    (
        Sense::HalfUnit(TimeUnit::Hour),
        "полчаса полчасика получаса пол-часа полчасик",
    ),
    (Sense::HalfUnit(TimeUnit::Day), "полдня пол-дня полсуток"),
    (Sense::HalfUnit(TimeUnit::Week), "полнедели пол-недели"),
    (Sense::HalfUnit(TimeUnit::Month), "полмесяца пол-месяца"),
    (Sense::HalfUnit(TimeUnit::Year), "полгода полугода пол-года"),
    (Sense::Noon, "полдень полудня полудню полднем"),
    (Sense::Midnight, "полночь полночи полуночи"),
    (
        Sense::This,
        "этот эта это эту этой этого этому этим этом эти этих этими",
    ),
    (Sense::Weekend, "выходные выходных выходной"),
    (Sense::DaysOfWeek(WeekdaySet::WEEKEND), "выходным"),
    (Sense::DaysOfWeek(WeekdaySet::WORKDAYS), "будням будни"),
    (Sense::Edge(Edge::Start), "начало начале начала началу"),
    (Sense::Edge(Edge::End), "конец конце конца концу"),
    (Sense::DayNumber, "число числа числу числе числом числам"),
    (Sense::Often(Every::After(HOURS)), "ежечасно"),
    (Sense::Often(Every::After(DAYS)), "ежедневно каждодневно"),
    (Sense::Often(Every::After(WEEKS)), "еженедельно"),
    (Sense::Often(Every::After(MONTHS)), "ежемесячно"),
    (Sense::Often(Every::After(QUARTERS)), "ежеквартально"),
    (Sense::Often(Every::After(YEARS)), "ежегодно"),
    (Sense::Times, "раз дважды трижды"),
    (
        Sense::Vague,
        "потом попозже позже позднее вскоре скоро когда-нибудь как-нибудь",
    ),
    (Sense::Ahead, "заранее загодя заблаговременно накануне"),
    (Sense::Now, "сейчас щас немедленно"),
    (
        Sense::About,
        "ровно примерно приблизительно где-то строго точно начиная не ближе рано поздно прямо кроме сразу срок дедлайн крайний чуть немного самое максимум",
    ),
    (
        Sense::Season,
        "лето лета лету летом осень осени осенью зима зиму зиме зимы зимой весна весну весне весны весной",
    ),
    (
        Sense::Holiday,
        "пасха пасху пасхе пасхи пасхой троицу троице троицы масленицу масленице масленицы рождество рождеству рождества рождеством",
    ),
    (Sense::Preposition(Preposition::In), "в во"),
    (Sense::Preposition(Preposition::On), "на"),
    (Sense::Preposition(Preposition::To), "к ко"),
    (Sense::Preposition(Preposition::Until), "до"),
    (Sense::Preposition(Preposition::From), "с со"),
    (Sense::Preposition(Preposition::By), "по"),
    (Sense::Preposition(Preposition::After), "после"),
    (Sense::Preposition(Preposition::Before), "перед под"),
    (Sense::Preposition(Preposition::Through), "через спустя"),
    (Sense::Preposition(Preposition::Within), "за"),
    (Sense::Preposition(Preposition::Around), "около"),
    (Sense::Preposition(Preposition::Between), "между"),
    (Sense::Without, "без"),
    (
        Sense::Governed,
        "обед обеда обедом течение течении скором районе днях рассвете закате некоторое какое-то несколько нескольких",
    ),
    (
        Sense::Governed,
        "работы работой школы школой уроков уроками занятий занятиями садика завтрака завтраком ужина ужином сна сном",
    ),
    (
        Sense::Governed,
        "пар парами выходом уходом поездкой поездки отъездом душа бани смены сменой той сада садиком кружка спортзала собрания собранием совещания совещанием каникул каникулами полдника тренировки тренировкой прогулки прогулкой темноты рассвета заката выходными праздников праздниками отпуска отпуском",
    ),
    (
        Sense::Governed,
        "сроком первых каких-то время половине половиной середина середине середины середину новый нового новому новым новом",
    ),
];
