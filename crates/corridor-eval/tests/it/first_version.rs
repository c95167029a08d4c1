//! Entries of the first version stay valid and keep their meaning, whatever is added to the format.
//!
//! `fixtures/entries-v1.toml` is frozen: it has every field that version 1 had when it was written, in every shape. A change that makes this
//! fail breaks sets of others. New optional fields need no change here.

use corridor_contract::{Action, Command, MissingField};
use corridor_eval::dataset::{Dataset, DatasetFiles, FORMAT_VERSION};
use corridor_eval::{Answer, Difficulty, EntryLanguage, Intent, Item, Task};

const ENTRIES: &str = include_str!("../fixtures/entries-v1.toml");
const CONTEXT: &str = include_str!("../fixtures/context-v1.toml");
const TAGS: &str = include_str!("../fixtures/tags-v1.toml");
const COVERAGE: &str = include_str!("../fixtures/coverage-v1.toml");

fn dataset() -> Dataset {
    let files = [
        ("contexts/home.toml", CONTEXT),
        ("tags.toml", TAGS),
        ("ru/all.toml", ENTRIES),
        ("coverage.toml", COVERAGE),
    ];
    let files = DatasetFiles::new(
        "v1",
        files
            .map(|(path, text)| (path.to_owned(), text.to_owned()))
            .to_vec(),
    );
    let report = corridor_eval::check::check(&files);
    assert!(report.passes(), "{:#?} {:#?}", report.problems, report.gaps);
    Dataset::read(&files).dataset
}

#[test]
fn version_one_is_still_read() {
    assert_eq!(
        FORMAT_VERSION, 1,
        "a build that reads another version must read version 1 as well; extend this test"
    );
    assert_eq!(dataset().entries.len(), 7);
}

#[test]
fn shopping_means_what_it_meant() {
    let dataset = dataset();
    let entry = dataset.entry("ru-shop-001").unwrap();
    assert_eq!(
        (entry.language, entry.difficulty),
        (EntryLanguage::Russian, Difficulty::Medium)
    );
    assert_eq!(
        entry
            .tags
            .iter()
            .map(|tag| tag.name.as_str())
            .collect::<Vec<_>>(),
        ["quantity", "unit"]
    );
    assert_eq!(
        entry.notes.as_deref(),
        Some("Одно — с количеством, другое без.")
    );
    let text = |text: &str| Some(text.to_owned());
    let milk = Item {
        name: "молоко".to_owned(),
        quantity: text("2"),
        unit: text("л"),
        list: text("l-products"),
    };
    let bread = Item {
        name: "хлеб".to_owned(),
        ..Item::default()
    };
    let mut expected = Answer::bare(Some(Intent::AddShoppingItem), Action::StartJob);
    expected.items = vec![milk, bread];
    assert_eq!(entry.expected.preferred, expected);
    assert_eq!(entry.expected.accepted, []);
}

#[test]
fn a_task_means_what_it_meant() {
    let dataset = dataset();
    let text = |text: &str| Some(text.to_owned());
    let task = Task {
        title: "Вынести мусор".to_owned(),
        assignee: text("u-olga"),
        zone: text("z-kitchen"),
        due: text("2026-06-17T18:00:00+03:00"),
        description: text("каждую среду"),
    };
    let mut expected = Answer::bare(Some(Intent::CreateTask), Action::StartJob);
    expected.tasks = vec![task];
    assert_eq!(
        dataset.entry("ru-task-001").unwrap().expected.preferred,
        expected
    );
}

#[test]
fn a_question_a_refusal_and_a_confirmation_mean_what_they_meant() {
    let dataset = dataset();
    let preferred = |id: &str| dataset.entry(id).unwrap().expected.preferred.clone();
    let question = preferred("ru-clar-001");
    assert_eq!(
        (question.intent, question.action),
        (Some(Intent::ClarifyNeeded), Action::Clarify)
    );
    assert_eq!(question.missing_fields, [MissingField::Intent]);
    let refusal = preferred("ru-rej-001");
    assert_eq!(
        (refusal.action, refusal.reject_code.as_deref()),
        (Action::Reject, Some("payment"))
    );
    let confirmation = preferred("ru-conf-001");
    assert_eq!(
        (
            confirmation.action,
            confirmation.items.len(),
            confirmation.tasks.len()
        ),
        (Action::Confirm, 1, 1)
    );
}

#[test]
fn alternatives_mean_what_they_meant() {
    let dataset = dataset();
    let accepted = &dataset.entry("ru-task-002").unwrap().expected.accepted;
    assert_eq!(
        accepted[0].intent,
        Some(Intent::CreateTask),
        "an alternative has the entry's intent where it names none"
    );
    assert_eq!(accepted[0].tasks[0].title, "Посуда");
    assert_eq!(
        (accepted[1].intent, accepted[1].action),
        (Some(Intent::ClarifyNeeded), Action::Clarify)
    );
}

#[test]
fn an_entry_takes_from_its_household_what_it_does_not_say() {
    let dataset = dataset();
    let command = |id: &str| Command::from_slice(&dataset.entry(id).unwrap().command).unwrap();
    let plain = command("ru-shop-001");
    assert_eq!(plain.command_id.as_str(), "ru-shop-001");
    assert_eq!(plain.user_id.as_str(), "u-olga");
    assert_eq!(plain.timestamp.to_string(), "2026-06-15T12:00:00+03:00");
    assert_eq!(plain.capabilities.iter().count(), 6);
    let other = command("ru-clar-002");
    assert_eq!(other.timestamp.to_string(), "2026-12-31T23:59:00+03:00");
    assert_eq!(
        other
            .capabilities
            .iter()
            .map(|one| one.as_str())
            .collect::<Vec<_>>(),
        ["clarify", "reject"]
    );
    assert_eq!(other.context, plain.context);
}
