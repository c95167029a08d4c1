//! Verbs by the person they take: «позвонить бабушке», «купить Пете кроссовки», «забрать Сашу».

/// The person in the dative is whom the verb is about: «позвонить бабушке».
const ADDRESSED: &[&str] = &[
    "грубить",
    "дозваниваться",
    "дозвониться",
    "звонить",
    "мешать",
    "написать",
    "напомнить",
    "ответить",
    "отвечать",
    "перезвонить",
    "писать",
    "поверить",
    "позвонить",
    "помогать",
    "помочь",
    "пообещать",
    "посоветовать",
    "поспособствовать",
    "рассказать",
    "сказать",
    "сообщить",
];

/// The person in the dative is the one who gets the thing: «купить Пете кроссовки».
const GIVING: &[&str] = &[
    "вернуть",
    "взять",
    "возвратить",
    "вручить",
    "выбрать",
    "выдать",
    "выписать",
    "давать",
    "дать",
    "докупить",
    "достать",
    "завезти",
    "заказать",
    "закапать",
    "занести",
    "записать",
    "заплести",
    "измерить",
    "купить",
    "мерить",
    "накапать",
    "налить",
    "насыпать",
    "обновить",
    "одолжить",
    "оплатить",
    "отвезти",
    "отдавать",
    "отдать",
    "отнести",
    "отправить",
    "оформить",
    "перевести",
    "передать",
    "переслать",
    "подарить",
    "поднести",
    "подобрать",
    "подписать",
    "подстричь",
    "показать",
    "покупать",
    "положить",
    "померить",
    "помыть",
    "поставить",
    "постричь",
    "привезти",
    "приготовить",
    "принести",
    "присматривать",
    "продать",
    "проколоть",
    "распечатать",
    "сварить",
    "связать",
    "сделать",
    "собрать",
    "сшить",
    "удалить",
    "укоротить",
    "устроить",
];

/// Of these, what people do for themselves as often («Пете надо сделать уроки»).
const OWN_AS_OFTEN: &[&str] = &[
    "записать",
    "помыть",
    "поставить",
    "приготовить",
    "присматривать",
    "распечатать",
    "сделать",
    "собрать",
];

/// Whom the verb itself is about stands in the dative.
pub(crate) fn is_addressed(lemma: &str) -> bool {
    ADDRESSED.binary_search(&lemma).is_ok()
}

/// Somebody gets what the verb is about.
pub(crate) fn is_giving(lemma: &str) -> bool {
    GIVING.binary_search(&lemma).is_ok()
}

/// Somebody gets what the verb is about, and nearly always another than the one who does it.
pub(crate) fn gives_to_another(lemma: &str) -> bool {
    is_giving(lemma) && !OWN_AS_OFTEN.contains(&lemma)
}

/// Verbs whose object is a person, so that a name beside them without case («Мэри надо забрать») may be either.
const OF_PERSONS: &[&str] = &[
    "будить",
    "встретить",
    "встречать",
    "довезти",
    "довести",
    "забирать",
    "забрать",
    "искупать",
    "накормить",
    "отвезти",
    "отвести",
    "отводить",
    "отвозить",
    "отпустить",
    "переодеть",
    "поздравить",
    "покормить",
    "привезти",
    "привести",
    "пригласить",
    "проводить",
    "разбудить",
    "сводить",
    "свозить",
    "укладывать",
    "уложить",
    "умыть",
];

/// The verb's object is a person.
pub(crate) fn is_of_persons(lemma: &str) -> bool {
    OF_PERSONS.binary_search(&lemma).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_in_the_order_they_are_searched_in() {
        for table in [ADDRESSED, GIVING, OF_PERSONS] {
            assert!(table.is_sorted(), "{table:?}");
        }
        assert!(OWN_AS_OFTEN.iter().all(|verb| is_giving(verb)));
    }
}
