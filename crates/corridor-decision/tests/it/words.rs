//! What people read: true, short, in the product's own voice, for every reason there is.

use corridor_contract::Payload;
use corridor_decision::Decided;
use corridor_nlu::pack::{MessageKey, MessageKind};
use corridor_nlu::{Engine, Language, NotOurs, RejectCode};
use serde_json::json;

use crate::decisions::{command, decide};

/// The longest message, in characters.
const MOST_CHARS: usize = 120;

fn is_sentence(text: &str) -> bool {
    text.chars().count() <= MOST_CHARS
        && text.trim() == text
        && text.ends_with(['.', '?', '!'])
        && text.starts_with(|c: char| c.is_uppercase() || c == '{')
}

#[test]
fn every_message_is_a_short_sentence_that_does_not_name_corridor() {
    let engine = Engine::embedded().expect("the embedded pack is sound");
    for language in Language::ALL {
        for key in MessageKey::all() {
            let text = engine.message(language, &key.name).unwrap_or_default();
            let place = format!("{} in {}: {text}", key.name, language.code());
            assert!(!text.to_lowercase().contains("corridor"), "{place}");
            assert!(
                key.kind != MessageKind::Sentence || is_sentence(text),
                "{place}"
            );
            if key.kind == MessageKind::Sentence {
                let cyrillic = text.chars().any(|c| ('а'..='я').contains(&c));
                assert_eq!(cyrillic, language == Language::Ru, "{place}");
            }
        }
    }
}

#[test]
fn every_reason_has_words_of_its_own() {
    let engine = Engine::embedded().expect("the embedded pack is sound");
    let names = NotOurs::ALL
        .map(|(_, name)| format!("not_ours_{name}"))
        .into_iter()
        .chain(["intent", "unsure", "mixed"].map(str::to_owned));
    let keys: Vec<String> = names
        .flat_map(|name| ["ask", "explain"].map(|way| format!("{way}_{name}")))
        .chain(RejectCode::ALL.map(|(_, name)| format!("reject_{name}")))
        .collect();
    for language in Language::ALL {
        let mut texts: Vec<&str> = keys
            .iter()
            .map(|key| engine.message(language, key).expect("a message"))
            .collect();
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), keys.len(), "{}", language.code());
    }
}

/// What a person reads first, and why.
fn words(decided: &Decided) -> (String, String) {
    let first = match &decided.decision.payload {
        Payload::Clarify(clarify) => clarify.question.expose(),
        Payload::Reject(reject) => reject.reason.expose(),
        Payload::Confirm(confirm) => confirm.summary.expose(),
        _ => "",
    };
    let explanation = decided.decision.explanation.expose();
    (first.to_owned(), explanation.to_owned())
}

#[test]
fn what_is_not_ours_says_what_it_is() {
    let cases = [
        ("убери молоко из списка", "Удалять"),
        ("не покупай молоко", "Отменять"),
        ("перенеси уборку на завтра", "Переносить"),
        ("включи музыку", "Музыкой"),
        ("позвони маме", "Звонить"),
        ("remove milk from the list", "remove"),
        ("move the cleaning to Friday", "move"),
        ("set a timer for ten minutes", "timers"),
        ("call dad", "call"),
    ];
    for (text, word) in cases {
        let (question, explanation) = words(&decide(&command(text, json!({}))));
        assert!(question.contains(word), "{text}: {question}");
        // Of a command about a list it is not said that it is about none.
        assert!(!explanation.contains("neither"), "{text}: {explanation}");
    }
}

#[test]
fn a_refusal_that_cannot_be_shown_still_says_what_is_refused() {
    let only = json!({"capabilities": ["start_job", "clarify"]});
    let (question, _) = words(&decide(&command("оплати счёт", only)));
    assert_eq!(
        question,
        "Платежи я не провожу. Добавить покупку или создать задачу?"
    );
}

#[test]
fn a_list_that_there_is_not_is_told_apart_from_one_that_was_not_named() {
    let none = json!({"context": {"defaults": {"default_list_id": "l-elsewhere"}}});
    let (question, _) = words(&decide(&command("купи губки", none)));
    assert_eq!(question, "В какой список добавить?");
    let (question, _) = words(&decide(&command("добавь губки в список дача", json!({}))));
    assert_eq!(question, "Такого списка нет. В какой добавить?");
}

#[test]
fn a_confirmation_reads_as_one_sentence() {
    let cases = [
        (
            "Купи молоко и убери кухню",
            "Купить молоко и создать задачу «Убрать кухню»?",
        ),
        (
            "Купи грушу и красную рыбу и помой посуду",
            "Купить грушу и красную рыбу, а ещё создать задачу «Помыть посуду»?",
        ),
        (
            "Купи туалетную бумагу и напомни вынести мусор",
            "Купить туалетную бумагу и создать задачу «Вынести мусор»?",
        ),
        (
            "купи хлеб, сыр и воду. вынеси мусор и помой посуду",
            "Купить хлеб, сыр и воду, а ещё создать задачи «Вынести мусор» и «Помыть посуду»?",
        ),
        (
            "Buy milk and clean the kitchen",
            "Buy milk and create the task \"Clean the kitchen\"?",
        ),
        (
            "buy bread, eggs and cheese. clean the bathroom and mop the floors",
            "Buy bread, eggs and cheese, and create the tasks \"Clean the bathroom\" and \"Mop the floors\"?",
        ),
    ];
    for (text, summary) in cases {
        assert_eq!(
            words(&decide(&command(text, json!({})))).0,
            summary,
            "{text}"
        );
    }
}
