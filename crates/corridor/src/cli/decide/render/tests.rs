use corridor_contract::{
    AtLeastOne, Clarify, ClarifyPurpose, Command, Confidence, Confirm, Decision, Item, JobType,
    MissingField, Payload, ProposeAddShoppingItem, ProposeCreateTask, ProposedAction, Reject,
    SchemaVersion, StartJob, Task,
};

use super::decision;
use crate::cli::output::Paint;

fn shown(payload: Payload, paint: Paint) -> String {
    let command =
        Command::from_slice(include_bytes!("../../../../tests/it/fixtures/command.json")).unwrap();
    let made = Decision {
        decision_id: "decision-1".into(),
        command_id: command.command_id.clone(),
        trace_id: "trace-1".into(),
        confidence: Confidence::new(0.876).unwrap(),
        payload,
        explanation: "Почему так.".into(),
        schema_version: SchemaVersion::CURRENT,
        decision_version: "corridor 1".into(),
        created_at: "2026-06-15T07:00:00Z".parse().unwrap(),
    };
    decision(&made, &command, paint)
}

fn item(
    name: &str,
    quantity: Option<&str>,
    unit: Option<&str>,
    list: Option<&str>,
) -> ProposedAction {
    let item = Item {
        name: name.into(),
        quantity: quantity.map(Into::into),
        unit: unit.map(Into::into),
        list_id: list.map(Into::into),
    };
    ProposedAction::AddShoppingItem(ProposeAddShoppingItem {
        item,
        idempotency_key: None,
    })
}

fn task() -> ProposedAction {
    let task = Task {
        title: "Вынести мусор".into(),
        description: Some("каждую среду".into()),
        assignee_id: Some("sasha".into()),
        zone_id: Some("kitchen".into()),
        due: Some("2026-06-17".into()),
    };
    ProposedAction::CreateTask(ProposeCreateTask {
        task,
        idempotency_key: None,
        job_hint: None,
    })
}

fn job(proposed_actions: Vec<ProposedAction>) -> Payload {
    let job_type = JobType::AddShoppingItem;
    Payload::StartJob(StartJob {
        job_id: "job-1".into(),
        job_type,
        proposed_actions,
        ui_message: None,
    })
}

#[test]
fn items_stand_in_columns_under_their_lists_names() {
    let items = vec![
        item("молоко", Some("2"), Some("л"), Some("groceries")),
        item("ржаной хлеб", None, None, Some("unknown-list")),
        item("яйца", Some("10"), None, None),
    ];
    insta::assert_snapshot!("items", shown(job(items), Paint::Plain));
}

#[test]
fn a_question_shows_its_options_and_what_is_missing() {
    let payload = Payload::Clarify(Clarify {
        purpose: ClarifyPurpose::Ask,
        question: "В какой список добавить?".into(),
        options: vec!["Продукты".into(), "Дача".into()],
        missing_fields: vec![MissingField::ItemListId],
        job_id: None,
    });
    insta::assert_snapshot!("question", shown(payload, Paint::Plain));
}

#[test]
fn a_refusal_shows_its_code_and_reason() {
    let payload = Payload::Reject(Reject {
        code: "payment".into(),
        reason: "Платежи я не провожу.".into(),
        ui_message: None,
        details: None,
    });
    insta::assert_snapshot!("refusal", shown(payload, Paint::Plain));
}

#[test]
fn a_confirmation_shows_everything_that_a_yes_sets_going() {
    let mut proposed_actions = AtLeastOne::one(task());
    proposed_actions.push(item("молоко", None, None, Some("groceries")));
    let payload = Payload::Confirm(Confirm {
        confirmation_id: "confirmation-1".into(),
        summary: "Добавить молоко и создать задачу?".into(),
        proposed_actions,
        expires_at: "2026-06-15T07:15:00Z".parse().unwrap(),
        reasons: Vec::new(),
        ui_message: None,
    });
    insta::assert_snapshot!("confirmation", shown(payload, Paint::Plain));
}

#[test]
fn outcomes_are_coloured_where_colours_are_wanted() {
    let coloured = shown(job(vec![item("молоко", None, None, None)]), Paint::Coloured);
    assert!(
        coloured.starts_with("\u{1b}[1;32mexecute\u{1b}[0m"),
        "{coloured:?}"
    );
    assert!(!shown(job(Vec::new()), Paint::Plain).contains('\u{1b}'));
}

#[test]
fn text_from_outside_cannot_steer_the_terminal() {
    let shown = shown(
        job(vec![item("мо\u{1b}[2Jлоко\r\n", None, None, Some("\u{7}"))]),
        Paint::Plain,
    );
    assert!(
        shown
            .chars()
            .all(|letter| letter == '\n' || !letter.is_control()),
        "{shown:?}"
    );
    assert_eq!(shown.lines().count(), 4, "{shown:?}");
}
