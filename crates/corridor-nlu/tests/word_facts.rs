//! What is known of words by themselves.

#![allow(clippy::expect_used, reason = "a test that cannot start has failed")]

use std::sync::LazyLock;

use corridor_nlu::{Engine, Household, Language, Marker, Situation, Utterance};

static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::embedded().expect("the embedded pack is sound"));

fn utterance(text: &str) -> Utterance {
    let now = "2026-06-15T12:00:00+03:00[+03:00]"
        .parse()
        .expect("a date-time");
    let situation = Situation {
        household: Household::default(),
        now,
        fallback: Language::Ru,
    };
    ENGINE.understand(text, &situation).utterance
}

#[test]
fn words_are_read_as_they_are_written() {
    for (text, known) in [
        ("молоко", true),
        ("молока", true),
        ("малако", false),
        ("milk", true),
        ("mlik", false),
        ("gluten-free", true),
        ("Саша", true),
    ] {
        let words = ENGINE.plain_words(text);
        assert_eq!(words.len(), 1, "{text}");
        assert!(words.iter().all(|word| word.known == known), "{text}");
    }
}

#[test]
fn prepositions_and_articles_say_nothing_by_themselves() {
    for (text, content) in [
        ("корм для кошки", vec!["корм", "кошки"]),
        ("хлеб с отрубями", vec!["хлеб", "отрубями"]),
        ("salt and vinegar chips", vec!["salt", "vinegar", "chips"]),
        ("молоко 3,2%", vec!["молоко", "3,2"]),
    ] {
        let words = ENGINE.plain_words(text);
        let said: Vec<&str> = words
            .iter()
            .filter(|word| word.content)
            .map(|word| word.norm.as_str())
            .collect();
        assert_eq!(said, content);
    }
}

#[test]
fn markers_are_counted() {
    for (text, marker, count) in [
        ("не покупай молоко", Marker::Negation, 1),
        ("купи молоко", Marker::Negation, 0),
        ("сколько молока", Marker::Question, 1),
        ("убери молоко из списка", Marker::Removal, 1),
        ("don't buy milk", Marker::Negation, 1),
        ("what is on my list", Marker::Question, 2),
        ("delete milk", Marker::Removal, 1),
    ] {
        assert_eq!(
            ENGINE.count_markers(&utterance(text), marker),
            count,
            "{text}"
        );
    }
}

#[test]
fn amounts_are_those_that_items_could_have() {
    for (text, expected) in [
        ("купи две банки гороха и кукурузу одну", "2 банка; 1"),
        ("полкило сыра", "0.5 кг"),
        ("пачку масла", "1 пачка"),
        ("десяток яиц", "10"),
        ("2-3 яблока", ""),
        ("около килограмма сыра", "1 кг"),
        ("не меньше килограмма сыра", ""),
        ("a dozen eggs and 2 liters of milk", "12; 2 l"),
        ("at least two apples", ""),
        ("молоко 3,2%", ""),
        ("завтра купи хлеб", ""),
    ] {
        let said: Vec<String> = ENGINE
            .said_amounts(&utterance(text))
            .iter()
            .map(|amount| match &amount.unit {
                Some(unit) => format!("{} {unit}", amount.quantity),
                None => amount.quantity.to_string(),
            })
            .collect();
        assert_eq!(said.join("; "), expected, "{text}");
    }
}

#[test]
fn units_are_written_one_way() {
    for (language, said, written) in [
        (Language::Ru, "литра", Some("л")),
        (Language::Ru, "кг", Some("кг")),
        (Language::Ru, "пачки", Some("пачка")),
        (Language::En, "liters", Some("l")),
        (Language::En, "bottles", Some("bottle")),
        (Language::Ru, "молоко", None),
        (Language::En, "", None),
    ] {
        assert_eq!(ENGINE.unit_as_written(language, said), written, "{said}");
    }
}

#[test]
fn what_no_item_is_made_of() {
    let utterance = utterance("купи Пете завтра к ужину молоко, это");
    let may = ENGINE.may_name_things(&utterance);
    let things: Vec<&str> = utterance
        .words
        .iter()
        .zip(&may)
        .filter(|(word, may)| **may && word.norm.chars().count() > 1)
        .map(|(word, _)| word.norm.as_str())
        .collect();
    assert_eq!(things, ["молоко"]);
}

#[test]
fn a_word_nobody_listed_is_found() {
    for (text, unknown) in [
        ("купи молоко", false),
        ("купи малако", false),
        ("купи фыркопузик", true),
        ("купи молоко Фыркопузик", false),
        ("buy milk", false),
        ("buy some zorblax", true),
        ("купи 2 кг картошки", false),
        ("take out the trash on saturday", false),
        ("купи полбуханки хлеба", false),
        ("buy some zorblax on saturday", true),
    ] {
        assert_eq!(ENGINE.has_unknown_word(&utterance(text)), unknown, "{text}");
    }
}
