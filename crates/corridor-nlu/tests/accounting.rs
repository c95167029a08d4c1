//! Every word has a role: through the public door, a case a line.

use corridor_nlu::{Engine, Household, Language, Situation};

fn roles(text: &str) -> String {
    let engine = Engine::embedded().unwrap();
    let now = jiff::civil::date(2026, 6, 15)
        .at(12, 0, 0, 0)
        .to_zoned(jiff::tz::TimeZone::UTC)
        .unwrap();
    let situation = Situation {
        household: Household {
            members: vec![Some("Аня"), Some("Саша"), Some("Ann"), Some("Bob")],
            speaker: Some(0),
            zones: vec!["Кухня", "Kitchen"],
            lists: vec!["Продукты", "Groceries"],
        },
        now,
        fallback: Language::En,
    };
    let understood = engine.understand(text, &situation);
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
