//! Nothing that a person said, a household is called or a model answered is in any record, for any outcome.

use std::time::Duration;

use corridor_contract::Command;
use corridor_llm::call::UnavailableCause;
use corridor_llm::{CallError, TaskId};
use serde_json::{Value, json};

use crate::scripted::{Play, Scripted, bench, command, wire};

const CANARY: &str = "канарейка";

/// The command with the canary in every name of the household.
fn at_home(text: &str) -> Command {
    let plain = serde_json::to_value(command(text)).unwrap();
    let mut document: Value = plain;
    let home = &mut document["context"]["household"];
    home["members"][1]["display_name"] = json!(format!("{CANARY} один"));
    home["members"][0]["role"] = json!(CANARY);
    home["zones"][0]["name"] = json!(format!("{CANARY} два"));
    home["shopping_lists"][1]["name"] = json!(format!("{CANARY} три"));
    document["context"]["policies"] = json!({"quiet_hours": CANARY});
    Command::from_slice(document.to_string().as_bytes()).unwrap()
}

fn answer(task: TaskId) -> Value {
    let item = json!({"name": CANARY, "quantity": CANARY, "unit": CANARY});
    let listed = json!({"name": CANARY, "quantity": null, "unit": null, "list": CANARY});
    match task {
        TaskId::ShoppingExtraction | TaskId::PartialTrustShopping => {
            json!({"intent": "add_shopping_item", "items": [listed], "confidence": 0.9})
        }
        TaskId::AssistNormalization => json!({"text": format!("купи {CANARY}")}),
        TaskId::AssistEntityExtraction => json!({"items": [item], "title": CANARY}),
        TaskId::AssistClarify => json!({"question": format!("{CANARY}?")}),
    }
}

/// What a call of each task does.
type Fault = Box<dyn Fn(TaskId) -> Play>;

#[tokio::test(start_paused = true)]
async fn no_record_holds_what_was_said_or_answered() {
    let plays: Vec<(&str, Fault)> = vec![
        ("answers", Box::new(|task| Play::json(&answer(task)))),
        ("prose", Box::new(|_| Play::Answer(format!("{CANARY}!")))),
        ("cut", Box::new(|task| Play::Cut(answer(task).to_string()))),
        (
            "unknown key",
            Box::new(|_| Play::json(&json!({CANARY: CANARY}))),
        ),
        ("hang", Box::new(|_| Play::Hang)),
        ("panic", Box::new(|_| Play::Panic)),
        (
            "down",
            Box::new(|_| Play::Fail(CallError::Unavailable(UnavailableCause::Refused))),
        ),
    ];
    let texts = [
        format!("купи {CANARY}"),
        format!("купи 2 {CANARY} и молоко"),
        format!("добавь молоко в список {CANARY} три"),
        format!("напомни Саше завтра {CANARY}"),
        format!("пусть {CANARY} вынесет мусор"),
        format!("{CANARY} {CANARY}"),
        format!("кпи {CANARY} млоко"),
        format!("не покупай {CANARY}"),
        format!("оплати {CANARY}"),
        CANARY.to_owned(),
    ];
    let mut shown = 0;
    for (fault, play) in &plays {
        for text in &texts {
            let caller = Scripted::new(TaskId::ALL.map(|task| (task, play(task))));
            let bench = bench(caller, |_| ());
            let decided = bench.settle(&at_home(text)).await;
            let lines = bench.records.lines();
            assert!(lines.lines().count() >= 4, "{fault}: {text}");
            assert!(
                !lines.to_lowercase().contains(CANARY),
                "{fault}: {text}: {lines}"
            );
            // In the decision it may be, and with some texts it is.
            shown += usize::from(wire(&decided.decision).to_string().contains(CANARY));
            // Nor does anything of it show when a decision is printed for a bug hunt.
            assert!(!format!("{decided:?}").contains(CANARY), "{fault}: {text}");
        }
    }
    assert!(shown > 0);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_command_ends_its_calls_and_records_nothing() {
    let bench = bench(Scripted::new([]), |_| ());
    let command = command("купи молоко");
    let waiting = bench.decide(&command);
    let cut = tokio::time::timeout(Duration::from_millis(100), waiting).await;
    assert!(cut.is_err());
    assert_eq!(bench.caller.gauge(), (0, 1));
    assert!(bench.records.lines().is_empty());
}
