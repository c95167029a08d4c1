//! The household pack understands what it says it does, and nothing that anybody can type does harm.

#![allow(clippy::expect_used, reason = "a test that cannot start has failed")]

use corridor_nlu::{Engine, Household, Language, Situation};
use jiff::civil::date;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::embedded().expect("the embedded pack is sound"));

fn situation<'c>() -> Situation<'c> {
    Situation {
        household: Household {
            members: vec![Some("Аня"), Some("Саша"), Some("Саша"), None],
            speaker: Some(0),
            zones: vec!["Кухня", "Детская комната"],
            lists: vec!["Продукты", "Для дачи"],
        },
        now: date(2026, 6, 15)
            .at(12, 0, 0, 0)
            .to_zoned(TimeZone::UTC)
            .expect("an ordinary day"),
        fallback: Language::Ru,
    }
}

fn lines(text: &str) -> Vec<String> {
    let situation = situation();
    ENGINE
        .understand(text, &situation)
        .lines(&situation.household)
}

#[test]
fn the_pack_meets_its_own_expectations() {
    let report = ENGINE.run_expectations().unwrap();
    assert!(!report.outcomes.is_empty(), "the pack has expectations");
    let failures: Vec<String> = report
        .failures()
        .map(|f| {
            let e = &f.expected;
            format!(
                "{} ({}): {}\n  expected {:?}\n  got      {:?}",
                e.file, e.about, e.say, e.get, f.got
            )
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn nothing_said_asks_for_text() {
    for text in ["", "   ", "\u{200b}", "🙂🧹", "…!?", "\u{0}"] {
        assert_eq!(lines(text), ["ask: text"], "{text:?}");
    }
}

#[test]
fn spans_lie_in_the_text_and_say_what_was_said() {
    let text = "Купи  «Простоквашино»,\u{200b} 2\u{a0}л и\u{306}огурт";
    let situation = situation();
    let understood = ENGINE.understand(text, &situation);
    for token in &understood.utterance.tokens {
        let said = text
            .get(token.span.clone())
            .expect("a span on character boundaries");
        assert!(!said.is_empty());
    }
}

#[test]
fn huge_inputs_end_soon_and_alone() {
    let many_items: String = (0..1000).map(|n| format!("товар{n}, ")).collect();
    let texts = [
        "а".repeat(65_536),
        ",".repeat(10_000),
        format!("купи {many_items}"),
        "купи молоко и ".repeat(2_000),
        "вынеси мусор, ".repeat(2_000),
        "напомни ".repeat(4_000),
        "if not add it ".repeat(2_000),
        "\u{301}".repeat(20_000),
    ];
    for text in texts {
        let _ = lines(&text);
    }
}

/// Pieces that rules are about, so that random text meets rules more often than random letters would.
/// What is tried does not grow with the text, however often it says the same: rules that declined are counted, not seconds.
#[test]
fn a_text_of_nothing_but_openings_is_tried_a_bounded_number_of_times() {
    const MOST: usize = 200;
    for said in [
        "Bob, ",
        "remind me and ",
        "Саша, ",
        "рис, нет, лучше гречка ",
        "add milk and ",
        "to the list ",
    ] {
        for times in [40, 2_000] {
            let declined = ENGINE
                .understand(&said.repeat(times), &situation())
                .declined
                .len();
            assert!(declined <= MOST, "{said}x{times}: {declined}");
        }
    }
}

fn speech() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("купи"),
        Just("добавь"),
        Just("в список"),
        Just("молоко"),
        Just("2 литра"),
        Just("и"),
        Just(","),
        Just("напомни"),
        Just("Саше"),
        Just("завтра"),
        Just("в 18:00"),
        Just("убери"),
        Just("кухню"),
        Just("не"),
        Just("надо"),
        Just("?"),
        Just("buy"),
        Just("add"),
        Just("to my list"),
        Just("milk"),
        Just("two"),
        Just("and"),
        Just("remind me to"),
        Just("call"),
        Just("every friday"),
        Just("it"),
        Just("если"),
        Just("if not"),
        Just("пусть"),
        Just("полкило"),
        Just("3,2%"),
        Just("\n"),
    ];
    prop_oneof![
        proptest::collection::vec(word, 0..14).prop_map(|words| words.join(" ")),
        "\\PC{0,60}",
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn understanding_is_total_and_repeatable(text in speech()) {
        let situation = situation();
        let first = ENGINE.understand(&text, &situation);
        let second = ENGINE.understand(&text, &situation);
        prop_assert_eq!(first.lines(&situation.household), second.lines(&situation.household));
        for clause in &first.clauses {
            prop_assert!((0.0..=1.0).contains(&clause.confidence));
        }
    }

    #[test]
    fn politeness_changes_nothing(text in "(купи|добавь) (молоко|хлеб и сыр|2 кг яблок|пачку масла)") {
        let plain = lines(&text);
        prop_assert_eq!(&plain, &lines(&format!("{text}, пожалуйста")));
        prop_assert_eq!(&plain, &lines(&text.to_uppercase()));
        prop_assert_eq!(&plain, &lines(&format!("Слушай, {text}!")));
    }
}

/// Each word with its role, marks left out.
fn roles(text: &str) -> String {
    let situation = Situation {
        household: Household {
            members: vec![Some("Аня"), Some("Саша"), Some("Ann"), Some("Bob")],
            speaker: Some(0),
            zones: vec!["Кухня", "Kitchen"],
            lists: vec!["Продукты", "Groceries"],
        },
        ..situation()
    };
    let understood = ENGINE.understand(text, &situation);
    assert_eq!(understood.roles.len(), understood.utterance.tokens.len());
    let pairs = understood.utterance.tokens.iter().zip(&understood.roles);
    let shown = pairs
        .filter(|(_, role)| role.name() != "mark")
        .map(|(token, role)| format!("{}:{}", token.text, role.name()));
    shown.collect::<Vec<_>>().join(" ")
}

#[test]
fn every_word_has_a_role() {
    let cases = [
        (
            "купи, пожалуйста, два литра молока и хлеб",
            "купи:trigger пожалуйста:noise два:amount литра:amount молока:item и:function хлеб:item",
        ),
        (
            "рис, нет, лучше гречку добавь в список",
            "рис:taken_back нет:taken_back лучше:taken_back гречку:item добавь:trigger в:list список:list",
        ),
        (
            "Remind Bob to take out the trash tomorrow",
            "Remind:trigger Bob:trigger to:trigger take:title out:title the:title trash:title tomorrow:time",
        ),
        (
            "add oat milk to Groceries, we're having people over",
            "add:trigger oat:item milk:item to:list Groceries:list we're:background having:background people:background over:noise",
        ),
        (
            "what's on my list",
            "what's:refused on:refused my:refused list:refused",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(roles(text), expected);
    }
}
