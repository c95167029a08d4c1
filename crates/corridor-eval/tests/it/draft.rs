//! New entries from what a command is answered.

use corridor_eval::dataset::{ContextName, Dataset, DatasetFiles};
use corridor_eval::{
    Difficulty, Draft, DraftError, DraftRequest, ExecutionError, Executor, Run, RunSize, draft,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::home::{self, clarify, easy};
use crate::scripted::{Scripted, ask, buy, confirm, do_tasks};

/// Gives every command the same answer.
struct Always((&'static str, Value));

impl Executor for Always {
    fn execute(&self, command: &[u8]) -> Result<Vec<u8>, ExecutionError> {
        let mut command: Value = serde_json::from_slice(command).unwrap();
        command["command_id"] = json!("en-001");
        Scripted::default()
            .answer(1, self.0.clone())
            .execute(command.to_string().as_bytes())
    }
}

fn request(text: &str) -> DraftRequest {
    DraftRequest {
        text: text.to_owned(),
        context: ContextName::new("home"),
        difficulty: Difficulty::Easy,
        tags: vec!["one".to_owned(), "two".to_owned()],
        file: None,
        notes: None,
    }
}

fn files() -> DatasetFiles {
    home::files(&easy(41, &clarify("intent")))
}

fn drafted(request: &DraftRequest, answer: (&'static str, Value)) -> Result<Draft, DraftError> {
    let files = files();
    draft(
        &files,
        &Dataset::read(&files).dataset,
        request,
        &Always(answer),
    )
}

#[test]
fn entries_look_like_those_that_are_there() {
    let items = [
        json!({ "name": "milk", "quantity": "2", "unit": "l", "list_id": "l-food" }),
        json!({ "name": "rye" }),
    ];
    let tasks = [
        json!({ "title": "Mop", "assignee_id": "u-bob", "zone_id": "z-kitchen", "due": "2026-06-16" }),
    ];
    let with_notes = DraftRequest {
        notes: Some("Two of a \"kind\".".to_owned()),
        ..request("buy milk and rye")
    };
    let entries = [
        drafted(&with_notes, buy(&items)),
        drafted(&request("Bob, mop"), do_tasks(&tasks)),
        drafted(&request("buy milk and mop"), confirm(&items[..1], &tasks)),
        drafted(&request("what now"), ask(&["intent"])),
        drafted(&request("pay"), crate::scripted::refuse("payment")),
    ];
    let entries: Vec<String> = entries
        .into_iter()
        .map(|draft| draft.unwrap().entry)
        .collect();
    insta::assert_snapshot!("drafted_entries", entries.join("\n"));
}

#[test]
fn a_drafted_entry_is_right_once_it_is_in_the_set() {
    let answer = do_tasks(&[
        json!({ "title": "Mop", "assignee_id": "u-bob", "description": "every Friday" }),
    ]);
    let draft = drafted(&request("Bob, mop every Friday"), answer.clone()).unwrap();
    assert_eq!(
        (draft.id.as_str(), draft.file.as_str()),
        ("en-042", "en/all.toml")
    );
    let before = files().text("en/all.toml").unwrap().to_owned();
    assert!(
        draft.file_text.starts_with(before.trim_end()),
        "what is there stays as it is"
    );
    let dataset = Dataset::read(&files().with(&draft.file, draft.file_text)).dataset;
    let run = Run::of(
        &dataset.entries[1..],
        &Scripted::default().answer(42, answer),
        RunSize::ONCE,
    );
    assert_eq!((run.right(), run.outcomes.len()), (1, 1));
}

#[test]
fn files_are_chosen_by_language_difficulty_and_intent() {
    let head = |language: &str, prefix: &str| {
        let entry = easy(1, &clarify("intent"))
            .replace("en-001", &format!("{prefix}-001"))
            .replace("say 1", prefix);
        format!("version = 1\nlanguage = \"{language}\"\n{entry}")
    };
    let files = files()
        .with("ru/shopping.toml", head("ru", "ru-shop"))
        .with("ru/clarify.toml", head("ru", "ru-clar"))
        .with("ru/hard.toml", head("ru", "ru-hard"))
        .with("mixed/any.toml", head("mixed", "mix"));
    let dataset = Dataset::read(&files).dataset;
    let chosen = |request: DraftRequest| {
        let draft = draft(&files, &dataset, &request, &Always(ask(&["intent"])));
        draft.map(|draft| (draft.file, draft.id.to_string()))
    };
    let expect = |file: &str, id: &str| Ok((file.to_owned(), id.to_owned()));
    assert_eq!(
        chosen(request("что")),
        expect("ru/clarify.toml", "ru-clar-002")
    );
    assert_eq!(
        chosen(DraftRequest {
            difficulty: Difficulty::Hard,
            ..request("что")
        }),
        expect("ru/hard.toml", "ru-hard-002")
    );
    // The only file of a language takes everything in it.
    assert_eq!(chosen(request("what")), expect("en/all.toml", "en-042"));
    assert_eq!(
        chosen(request("что what")),
        expect("mixed/any.toml", "mix-002")
    );
    let named = DraftRequest {
        file: Some("ru/shopping.toml".to_owned()),
        ..request("что")
    };
    assert_eq!(chosen(named), expect("ru/shopping.toml", "ru-shop-002"));
    let unknown = DraftRequest {
        file: Some("ru/none.toml".to_owned()),
        ..request("что")
    };
    assert!(matches!(chosen(unknown), Err(DraftError::NoFile { known }) if known.len() == 5));
    assert!(matches!(
        chosen(request("?!")),
        Err(DraftError::NoFile { .. })
    ));
}

#[test]
fn what_does_not_fit_the_set_is_not_drafted() {
    let elsewhere = DraftRequest {
        context: ContextName::new("castle"),
        ..request("what")
    };
    assert!(
        matches!(drafted(&elsewhere, ask(&["intent"])), Err(DraftError::Context { known, .. }) if known == ["home"])
    );
    let unsound = |request: &DraftRequest, answer| match drafted(request, answer) {
        Err(DraftError::Unsound { problems, .. }) => {
            problems.iter().map(ToString::to_string).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    let tagged = DraftRequest {
        tags: vec!["three".to_owned()],
        ..request("what")
    };
    assert_eq!(
        unsound(&tagged, ask(&["intent"])),
        ["golden/en/all.toml:19: tags: `three` is not declared"]
    );
    let again = unsound(&request("say 41"), ask(&["intent"]));
    assert_eq!(
        again,
        ["golden/en/all.toml:14: is the same command as en-041 at golden/en/all.toml:4"]
    );
    let job = json!({ "job_id": "j", "job_type": "unknown" });
    assert!(matches!(
        drafted(&request("what"), ("start_job", job)),
        Err(DraftError::Kind { .. })
    ));
    let invalid = ("clarify", json!({}));
    assert!(matches!(
        drafted(&request("what"), invalid),
        Err(DraftError::Execution(ExecutionError::Decision(_)))
    ));
}

proptest! {
    #[test]
    fn any_words_survive_being_written(text in "\\PC{0,12}[\"\\\\\n\t\u{7f}\u{85}\u{1}]?\\PC{0,12}", name in "[a-z\"\\\\']{1,8}") {
        let request = DraftRequest { file: Some("en/all.toml".to_owned()), ..request(&text) };
        let draft = drafted(&request, buy(&[json!({ "name": name })])).unwrap();
        let dataset = Dataset::read(&files().with(&draft.file, draft.file_text)).dataset;
        let entry = dataset.entry("en-042").unwrap();
        prop_assert_eq!(&entry.text, &text);
        prop_assert_eq!(&entry.expected.preferred.items[0].name, &name);
    }
}
