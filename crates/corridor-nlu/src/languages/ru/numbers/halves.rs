//! Words with the prefix «пол»: «полкило», «поллитра», «пол-лимона».

/// The rest of a word that begins with «пол» for half of something, in the genitive («поллитра» → «литра»), or `None` where «пол» is
/// part of the root («полка», «полезный», «полотенце»).
///
/// Half counts of things («полдюжины») are numbers of their own: see [`cardinal`](super::cardinal).
#[must_use]
pub fn half_prefix(norm: &str) -> Option<&str> {
    let rest = norm.strip_prefix("пол")?;
    if let Some(hyphenated) = rest.strip_prefix('-') {
        // The hyphen is never part of a root, so anything may follow it but another hyphen or a counting word.
        return (hyphenated.chars().count() >= 3
            && !hyphenated.contains('-')
            && !is_counting_word(hyphenated))
        .then_some(hyphenated);
    }
    is_halved_whole(rest).then_some(rest)
}

/// Whether a word is a form of «полторашка», a bottle of a litre and a half.
#[must_use]
pub fn is_liter_and_half(norm: &str) -> bool {
    norm.strip_prefix("полтора").is_some_and(|rest| {
        rest.starts_with("шк") || rest.starts_with("шек") || rest.starts_with("шеч")
    })
}

/// Whether a genitive names a whole that people halve, so that «пол» before it, with or without a space, is a half.
pub(super) fn is_halved_whole(genitive: &str) -> bool {
    HALVED_WHOLES
        .split_ascii_whitespace()
        .any(|whole| whole == genitive)
}

fn is_counting_word(word: &str) -> bool {
    matches!(word, "дюжины" | "десятка" | "сотни" | "тысячи" | "миллиона")
}

/// Measures, containers, whole foods and spans of time, with the nominative where people write that («полкилограмм»).
const HALVED_WHOLES: &str = "
    кило килограмма килограмм кг грамма литра литр литру л тонны центнера фунта пуда унции галлона пинты метра метр сантиметра
    пачки пачку пачечки бутылки бутылку бутылочки банки банку баночки стакана стаканчика ведра ведерка мешка мешочка коробки
    коробочки пакета пакетика упаковки кружки чашки чашечки тарелки миски ложки ложечки кастрюли бидона канистры бочки ящика
    корзины лотка контейнера тюбика рулона горсти щепотки порции рюмки бокала фляги термоса кувшина
    батона буханки булки булочки каравая хлеба лаваша багета торта пирога пиццы плитки палки палочки круга куска кочана вилка
    головки головы зубчика пучка пучочка грозди ветки курицы тушки гуся утки индейки рыбы рыбины арбуза дыни тыквы лимона
    апельсина яблока груши банана граната ананаса авокадо огурца помидора кабачка баклажана перца луковицы моркови моркови
    капусты картофелины
    часа часика минуты дня суток недели месяца года века вечера ночи
";
