//! Nothing said is lost: in what is executed or confirmed, every content word of the command stands in the decision, or belongs to what may go.
//!
//! The checker sees the text, the household and the decision, never how the engine came to it. It is crude on purpose: words are compared by
//! their beginnings, numbers by value, and what may go is a closed list (`nothing_lost/*.toml`). What it finds today stands in
//! `nothing_lost/known.txt`, and there must not be more. `CORRIDOR_UPDATE=1` writes that file anew.

mod checker;
mod commands;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{env, fs};

use corridor_contract::Action;
use corridor_eval::{Answer, InProcess, Intent, Item, Task};

use checker::{Household, lost};
use commands::{Said, decided};
use words::Words;

const KNOWN: &str = "tests/it/nothing_lost/known.txt";

fn household() -> Household {
    Household {
        names: ["Анна", "Александр", "Sam", "Кухня", "Продукты", "Pharmacy"]
            .map(str::to_owned)
            .to_vec(),
    }
}

fn shopping(names: &[(&str, Option<&str>, Option<&str>)]) -> Answer {
    let mut answer = Answer::bare(Some(Intent::AddShoppingItem), Action::StartJob);
    answer.items = names
        .iter()
        .map(|(name, quantity, unit)| Item {
            name: (*name).to_owned(),
            quantity: quantity.map(str::to_owned),
            unit: unit.map(str::to_owned),
            list: None,
        })
        .collect();
    answer
}

fn task(title: &str, due: Option<&str>, description: Option<&str>) -> Answer {
    let mut answer = Answer::bare(Some(Intent::CreateTask), Action::StartJob);
    answer.tasks = vec![Task {
        title: title.to_owned(),
        due: due.map(str::to_owned),
        description: description.map(str::to_owned),
        ..Task::default()
    }];
    answer
}

fn lost_of(text: &str, answer: &Answer) -> Vec<String> {
    lost(text, &household(), answer, &Words::all())
}

#[test]
fn a_decision_that_lost_a_word_is_found() {
    let milk = shopping(&[("молоко", None, None)]);
    assert_eq!(lost_of("Купи молоко и хлеб", &milk), ["хлеб"]);
    assert_eq!(lost_of("Купи козье молоко", &milk), ["козье"]);
    assert_eq!(lost_of("Купи 3 молока", &milk), ["3"]);
    assert_eq!(
        lost_of(
            "Buy milk and take out the trash",
            &shopping(&[("milk", None, None)])
        ),
        ["trash"]
    );
    let call = task("Call mom", None, None);
    assert_eq!(
        lost_of("Remind me tomorrow to call mom", &call),
        ["tomorrow"]
    );
    assert_eq!(
        lost_of("Remind me to call mom about the leak", &call),
        ["leak"]
    );
    let water = task("Полить цветы", Some("2026-06-16T18:00:00+03:00"), None);
    assert_eq!(
        lost_of("Напомни завтра в 20:00 полить цветы", &water),
        ["20"]
    );
    assert_eq!(
        lost_of("Напомни завтра в шесть вечера полить цветы на даче", &water),
        ["даче"]
    );
}

#[test]
fn what_stands_in_the_decision_or_may_go_is_not_lost() {
    let milk = shopping(&[("молоко", Some("2"), Some("л")), ("хлеб", None, None)]);
    for text in [
        "Привет, купи, пожалуйста, два литра молока и хлеба, а то гости придут",
        "Саша, слушай, возьми 2 л малока и хлеб на ужин",
        "солнышко, молоко 2 литра и хлеб добавь в продукты, спасибо",
    ] {
        assert_eq!(lost_of(text, &milk), Vec::<String>::new(), "{text}");
    }
    let eggs = shopping(&[("eggs", Some("12"), None)]);
    for text in [
        "Could you get a dozen eggs for the party please?",
        "hey um grab 12 eggs because we have guests",
    ] {
        assert_eq!(lost_of(text, &eggs), Vec::<String>::new(), "{text}");
    }
    let water = task("Полить цветы", Some("2026-06-16T18:00:00+03:00"), None);
    for text in [
        "Напомни завтра в шесть вечера полить цветы",
        "полей цветы завтра в 18:00",
        "Напомни через тридцать часов полить цветы",
    ] {
        assert_eq!(lost_of(text, &water), Vec::<String>::new(), "{text}");
    }
    // What is asked about or refused proposes nothing that could have lost something.
    let asked = Answer::bare(Some(Intent::ClarifyNeeded), Action::Clarify);
    assert_eq!(lost_of("Купи слона", &asked), Vec::<String>::new());
}

#[test]
fn no_more_commands_lose_a_word_than_are_known_to() {
    let decider = crate::golden::decider();
    let executor = InProcess::new(&decider);
    let words = Words::all();
    let mut all: Vec<Said> = commands::golden();
    all.extend(commands::expectations(&decider));
    all.extend(commands::generated());
    all.extend(commands::changed(&executor));
    let mut found: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    let (mut proposed, mut checked) = (0, BTreeSet::new());
    for said in &all {
        checked.insert(said.source);
        let Some(answer) = decided(&executor, said) else {
            panic!("{}: no decision", said.text);
        };
        proposed += usize::from(!answer.items.is_empty() || !answer.tasks.is_empty());
        let mut lost = lost(&said.text, &said.household, &answer, &words);
        // What the command itself loses stands there once.
        if let Some((_, own)) = said.base.as_ref().and_then(|base| found.get(base)) {
            lost.retain(|word| !own.contains(word));
        }
        lost.retain(|word| !said.added.contains(word));
        if !lost.is_empty() {
            found.insert(said.id.clone(), (said.text.replace('\n', " / "), lost));
        }
    }
    assert_eq!(
        checked.len(),
        4,
        "golden, pack, generated and changed: {checked:?}"
    );
    assert!(
        proposed > 2000,
        "{proposed} of {} commands propose anything",
        all.len()
    );
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(KNOWN);
    let lines: Vec<String> = found
        .iter()
        .map(|(id, (text, lost))| format!("{id}\t{}\t{text}", lost.join(" ")))
        .collect();
    if env::var_os("CORRIDOR_UPDATE").is_some() {
        fs::write(&path, lines.join("\n") + "\n").unwrap();
        return;
    }
    let known = fs::read_to_string(&path).unwrap();
    let known: BTreeSet<&str> = known
        .lines()
        .filter_map(|line| line.split('\t').next())
        .collect();
    let new: Vec<&String> = lines
        .iter()
        .filter(|line| !known.contains(line.split('\t').next().unwrap_or("")))
        .collect();
    // An engine that is rewritten trades one for another; there must not be more of them.
    assert!(
        lines.len() <= known.len(),
        "{} commands lose words, {} are known to; new are {new:#?}",
        lines.len(),
        known.len()
    );
}
