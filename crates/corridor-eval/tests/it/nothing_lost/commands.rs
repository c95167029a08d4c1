//! The commands that are looked at: golden entries, the pack's expectations, made-up ones, and golden entries changed.

use corridor_contract::Decision;
use corridor_decision::Decider;
use corridor_eval::perturb::{Base, LanguageWords, Perturber};
use corridor_eval::{Answer, Executor, InProcess, Run, RunSize};
use serde_json::{Value, json};

use super::checker::{Household, tokens};
use super::words::Words;

/// Changes that only put words around a command.
const SETTINGS: [&str; 5] = ["greeting", "politeness", "filler", "reason", "address"];

/// Something said, and where.
pub(super) struct Said {
    pub(super) source: &'static str,
    pub(super) id: String,
    pub(super) text: String,
    pub(super) household: Household,
    /// The id of the command that it was made of, where it was.
    pub(super) base: Option<String>,
    /// What was put around that command and says nothing of the matter.
    pub(super) added: Vec<String>,
    command: Vec<u8>,
}

/// What is decided about it.
pub(super) fn decided(executor: &InProcess<'_>, said: &Said) -> Option<Answer> {
    let bytes = executor.execute(&said.command).ok()?;
    Some(Answer::of(&Decision::from_slice(&bytes).ok()?))
}

/// The golden entries.
pub(super) fn golden() -> Vec<Said> {
    let entries = &crate::golden::golden().entries;
    let said = entries
        .iter()
        .map(|entry| said("golden", entry.id.to_string(), &entry.text, &entry.command));
    said.collect()
}

/// The pack's expectations, in the household of the golden set that is most like the one they are tried in.
pub(super) fn expectations(decider: &Decider) -> Vec<Said> {
    let report = decider.engine().run_expectations().unwrap();
    let sentences = report
        .outcomes
        .iter()
        .map(|outcome| outcome.expected.say.clone());
    at_home("pack", sentences)
}

/// Orders of the lists, one to three goods each, with what may stand behind. A fixed sequence chooses.
pub(super) fn generated() -> Vec<Said> {
    let mut state = 20_260_615_u32;
    let mut next = move |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    let mut sentences = Vec::new();
    for words in Words::all() {
        let own = &words.generated;
        for _ in 0..400 {
            let mut goods = own.goods[next(own.goods.len())].clone();
            for _ in 0..next(3) {
                let join = &own.joins[next(own.joins.len())];
                goods = format!("{goods}{join}{}", own.goods[next(own.goods.len())]);
            }
            let order = own.orders[next(own.orders.len())].replace("{}", &goods);
            sentences.push(format!("{order}{}", own.tails[next(own.tails.len())]));
        }
    }
    sentences.sort();
    sentences.dedup();
    at_home("made", sentences.into_iter())
}

/// Golden entries, each changed once in every way.
pub(super) fn changed(executor: &InProcess<'_>) -> Vec<Said> {
    let texts = ["ru", "en"].map(|language| {
        let path = format!(
            "{}/../../datasets/perturbations/{language}.toml",
            env!("CARGO_MANIFEST_DIR")
        );
        std::fs::read_to_string(path).unwrap()
    });
    let languages = texts.map(|text| LanguageWords::parse(&text).unwrap());
    let perturber = Perturber::new(&languages, 1);
    let run = Run::of(&crate::golden::golden().entries, executor, RunSize::ONCE);
    let mut all = Vec::new();
    for outcome in run.outcomes.iter().filter(|outcome| outcome.is_right()) {
        for variant in perturber.variants(&Base::of(outcome).unwrap()) {
            let mut command: Value = serde_json::from_slice(&outcome.entry.command).unwrap();
            command["text"] = variant.text.clone().into();
            let id = format!("{}-{}", outcome.entry.id, variant.kind);
            let mut changed = said("changed", id, &variant.text, command.to_string().as_bytes());
            changed.base = Some(outcome.entry.id.to_string());
            if SETTINGS.contains(&variant.kind.to_string().as_str()) {
                let own = tokens(&outcome.entry.text);
                let around = tokens(&variant.text);
                changed.added = around
                    .into_iter()
                    .filter(|word| !own.contains(word))
                    .collect();
            }
            all.push(changed);
        }
    }
    all
}

fn at_home(source: &'static str, sentences: impl Iterator<Item = String>) -> Vec<Said> {
    let russian = &Words::all()[0];
    let command = |text: &str| {
        let is_russian = text
            .to_lowercase()
            .chars()
            .any(|letter| russian.alphabet.contains(letter));
        let (members, zones, lists) = if is_russian {
            (
                ["Аня", "Саша", "Пётр"],
                ["Кухня", "Детская", "Ванная"],
                ["Продукты", "Аптека"],
            )
        } else {
            (
                ["Ann", "Bob", "Samantha"],
                ["Kitchen", "Nursery", "Bathroom"],
                ["Groceries", "Pharmacy"],
            )
        };
        let named = |id: &str, name: &str, names: &[&str]| -> Vec<Value> {
            let one =
                |(number, own): (usize, &&str)| json!({ id: format!("{id}-{number}"), name: own });
            names.iter().enumerate().map(one).collect()
        };
        json!({
            "command_id": "c", "user_id": "user_id-0", "timestamp": "2026-06-15T12:00:00+03:00", "text": text,
            "capabilities": ["start_job", "propose_create_task", "propose_add_shopping_item", "clarify", "reject", "confirm"],
            "context": {
                "household": {
                    "members": named("user_id", "display_name", &members), "zones": named("zone_id", "name", &zones),
                    "shopping_lists": named("list_id", "name", &lists),
                },
                "defaults": { "default_list_id": "list_id-0" },
            },
        })
    };
    let all = sentences.map(|text| {
        said(
            source,
            format!("{source}: {}", text.replace('\n', " / ")),
            &text,
            command(&text).to_string().as_bytes(),
        )
    });
    all.collect()
}

fn said(source: &'static str, id: String, text: &str, command: &[u8]) -> Said {
    let parsed: Value = serde_json::from_slice(command).unwrap();
    let household = &parsed["context"]["household"];
    let mut names = Vec::new();
    for (list, key) in [
        ("members", "display_name"),
        ("zones", "name"),
        ("shopping_lists", "name"),
    ] {
        for one in household[list].as_array().into_iter().flatten() {
            names.extend(one[key].as_str().map(str::to_owned));
        }
    }
    Said {
        source,
        id,
        text: text.to_owned(),
        household: Household { names },
        base: None,
        added: Vec::new(),
        command: command.to_vec(),
    }
}
