//! Changed commands: what each kind makes of a command, and how what is decided about it is counted.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use corridor_eval::dataset::{Dataset, DatasetFiles};
use corridor_eval::perturb::{
    AcceptedRates, Base, Direction, Kind, LanguageWords, PERTURBATION_SCHEMA, PerturbationReport,
    Perturbed, Perturber, Selection, WordsProblem,
};
use corridor_eval::{Run, RunSize};
use serde_json::{Value, json};

use crate::home::{CONTEXT, TAGS, clarify, shopping, tasks};
use crate::scripted::{self, Scripted, ask};

const RUSSIAN_CONTEXT: &str = r#"
version = 1
user_id = "u-anna"
timestamp = "2026-06-15T12:00:00+03:00"
capabilities = ["start_job", "propose_create_task", "propose_add_shopping_item", "clarify", "reject", "confirm"]

[context.household]
members = [{ user_id = "u-anna", display_name = "Анна" }, { user_id = "u-dasha", display_name = "Даша" }]
shopping_lists = [{ list_id = "l-food", name = "Продукты" }, { list_id = "l-med", name = "Аптека" }]
"#;

const RUSSIAN_GOODS: &str = r#"
[[goods]]
group = "dairy"
mass = ["молоко", "ветчина", "кефир", "сметана"]
plural = ["сливки"]
"#;

const ENGLISH_GOODS: &str = r#"
[irregular]
"mango" = "mangoes"

[[goods]]
group = "fruit"
count = ["apple", "banana", "mango", "fig", "orange"]
"#;

/// The committed words of a language, with a few goods.
fn words(language: &str) -> LanguageWords {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../datasets/perturbations")
        .join(format!("{language}.toml"));
    let goods = match language {
        "ru" => RUSSIAN_GOODS,
        _ => ENGLISH_GOODS,
    };
    let words = LanguageWords::parse(&fs::read_to_string(path).unwrap()).unwrap();
    words.with_goods([goods]).unwrap()
}

fn both() -> Vec<LanguageWords> {
    vec![words("ru"), words("en")]
}

/// A command that must be decided so, said at home.
fn said(number: usize, text: &str, answer: &str) -> String {
    let home = if text.is_ascii() { "home" } else { "dom" };
    format!(
        "\n[[entry]]\nid = \"en-{number:03}\"\ntext = \"{text}\"\ncontext = \"{home}\"\n\
         difficulty = \"easy\"\ntags = [\"one\"]\n{answer}\n"
    )
}

fn dataset(entries: &[String]) -> Dataset {
    let texts = [
        ("contexts/home.toml", CONTEXT.to_owned()),
        ("contexts/dom.toml", RUSSIAN_CONTEXT.to_owned()),
        ("tags.toml", TAGS.to_owned()),
        (
            "en/all.toml",
            format!("version = 1\nlanguage = \"en\"\n{}", entries.concat()),
        ),
    ];
    let files = texts.map(|(path, text)| (path.to_owned(), text)).to_vec();
    let reading = Dataset::read(&DatasetFiles::new("golden", files));
    assert_eq!(reading.problems, []);
    reading.dataset
}

/// A job of one item, on the food list.
fn buy(name: &str, quantity: Option<&str>) -> (&'static str, Value) {
    let mut item = json!({ "name": name, "list_id": "l-food" });
    if let Some(quantity) = quantity {
        item["quantity"] = json!(quantity);
    }
    scripted::buy(&[item])
}

/// A job of one task.
fn remind(title: &str, assignee: &str, due: Option<&str>) -> (&'static str, Value) {
    let mut task = json!({ "title": title, "assignee_id": assignee });
    if let Some(due) = due {
        task["due"] = json!(due);
    }
    scripted::do_tasks(&[task])
}

/// All texts that a kind makes of one command.
fn texts(kind: Kind, text: &str, expected: &str, decision: (&str, Value)) -> BTreeSet<String> {
    let set = dataset(&[said(1, text, expected)]);
    let script = Scripted::default().answer(1, decision);
    let run = Run::of(&set.entries, &script, RunSize::ONCE);
    assert!(run.outcomes[0].is_right(), "{text}: {:?}", run.outcomes[0]);
    let base = Base::of(&run.outcomes[0]).unwrap();
    let all = both();
    let variants = Perturber::new(&all, 10_000).variants(&base);
    let own = variants.into_iter().filter(|variant| variant.kind == kind);
    own.map(|variant| variant.text).collect()
}

fn milk(kind: Kind, text: &str) -> BTreeSet<String> {
    let name = if text.is_ascii() {
        "milk"
    } else {
        "молоко"
    };
    let item = format!("{{ name = \"{name}\", list = \"l-food\" }}");
    texts(kind, text, &shopping(&item), buy(name, None))
}

#[track_caller]
fn assert_has(texts: &BTreeSet<String>, wanted: &[&str]) {
    for wanted in wanted {
        assert!(texts.contains(*wanted), "{wanted} in {texts:#?}");
    }
}

#[test]
fn what_is_said_around_a_command() {
    assert_has(
        &milk(Kind::Greeting, "Buy milk"),
        &["Hi, buy milk", "Good morning, buy milk"],
    );
    assert_has(
        &milk(Kind::Greeting, "купи молоко"),
        &["привет купи молоко"],
    );
    assert_has(
        &milk(Kind::Politeness, "Buy milk."),
        &["Please buy milk.", "Buy milk, thanks."],
    );
    assert_eq!(milk(Kind::Politeness, "Buy milk please"), BTreeSet::new());
    assert_has(
        &milk(Kind::Filler, "Купи молоко"),
        &["Ну, купи молоко", "Купи, э-э, молоко"],
    );
    assert_has(
        &milk(Kind::Reason, "Buy milk!"),
        &["Buy milk because I won't have time!"],
    );
    assert_has(
        &milk(Kind::Address, "Купи молоко"),
        &["Милая, купи молоко", "Купи молоко, солнце"],
    );
    // Bob is addressed already, and keeps his capital.
    let task = tasks("{ title = \"Buy milk\", assignee = \"u-bob\" }");
    let bob = remind("Buy milk", "u-bob", None);
    assert_eq!(
        texts(Kind::Address, "Bob, buy milk", &task, bob.clone()),
        BTreeSet::new()
    );
    assert_has(
        &texts(Kind::Greeting, "Bob, buy milk", &task, bob),
        &["Hello, Bob, buy milk"],
    );
}

#[test]
fn parts_in_another_order() {
    assert_has(
        &milk(Kind::ListOrder, "Add milk to the food list."),
        &["To the food list add milk."],
    );
    assert_has(
        &milk(Kind::ListOrder, "добавь в аптеку молоко"),
        &["в аптеку добавь молоко", "добавь молоко в аптеку"],
    );
    assert_has(
        &milk(Kind::DayOrder, "Buy milk tomorrow at 6 pm"),
        &["Tomorrow at 6 pm buy milk"],
    );
    let task = tasks("{ title = \"Call Bob\", assignee = \"u-ann\", due = \"2026-06-16\" }");
    let call = |text| {
        texts(
            Kind::DayOrder,
            text,
            &task,
            remind("Call Bob", "u-ann", Some("2026-06-16")),
        )
    };
    assert_has(
        &call("Remind me tomorrow to call Bob"),
        &[
            "Tomorrow remind me to call Bob",
            "Remind me to call Bob tomorrow",
        ],
    );
    assert_eq!(call("Remind me by tomorrow to call Bob"), BTreeSet::new());
}

#[test]
fn other_letters_marks_and_numbers() {
    assert_has(&milk(Kind::LowerCase, "Buy Milk."), &["buy milk."]);
    assert_has(&milk(Kind::UpperCase, "Buy milk."), &["BUY MILK."]);
    assert_has(&milk(Kind::TitleCase, "Buy milk."), &["Buy Milk."]);
    assert_has(
        &milk(Kind::NoPunctuation, "Please, buy milk..."),
        &["Please buy milk"],
    );
    assert_eq!(milk(Kind::NoPunctuation, "Buy 2.5 milk"), BTreeSet::new());
    let three = |kind, text| {
        let item = "{ name = \"apples\", quantity = \"3\", list = \"l-food\" }";
        texts(kind, text, &shopping(item), buy("apples", Some("3")))
    };
    assert_has(&three(Kind::Digits, "Buy three apples"), &["Buy 3 apples"]);
    assert_has(
        &three(Kind::NumberWord, "Buy 3 apples"),
        &["Buy three apples"],
    );
    assert_eq!(three(Kind::NumberWord, "Buy 3.5 apples"), BTreeSet::new());
    assert_eq!(
        three(Kind::Digits, "Buy three dozen apples"),
        BTreeSet::new()
    );
}

#[test]
fn a_slip_another_good_another_name() {
    let slips = milk(Kind::Slip, "Purchase milk");
    assert_has(
        &slips,
        &[
            "Puurchase milk",
            "Prchase milk",
            "Pruchase milk",
            "Pyrchase milk",
        ],
    );
    assert!(
        slips
            .iter()
            .all(|text| text.ends_with(" milk") && text.starts_with('P'))
    );
    let two = |text| {
        let item = "{ name = \"apples\", quantity = \"2\", list = \"l-food\" }";
        texts(
            Kind::AnotherGood,
            text,
            &shopping(item),
            buy("apples", Some("2")),
        )
    };
    assert_has(
        &two("Buy 2 apples"),
        &["Buy 2 bananas", "Buy 2 figs", "Buy 2 oranges"],
    );
    assert_eq!(two("Buy 2 apples").len(), 3, "mangoes are irregular");
    let cream = shopping("{ name = \"сметана\", list = \"l-food\" }");
    let other = texts(
        Kind::AnotherGood,
        "купи сметану",
        &cream,
        buy("сметана", None),
    );
    assert_eq!(other, ["купи ветчину".to_owned()].into());
    let task = tasks("{ title = \"Полить цветы\", assignee = \"u-dasha\" }");
    let dasha = remind("Полить цветы", "u-dasha", None);
    let names = texts(Kind::AnotherName, "Поручи Даше полить цветы", &task, dasha);
    assert_eq!(names, BTreeSet::new(), "ш asks for other endings than н");
    let task = tasks("{ title = \"Mop the floor\", assignee = \"u-bob\" }");
    let names = texts(
        Kind::AnotherName,
        "Ask Bob to mop the floor",
        &task,
        remind("Mop the floor", "u-bob", None),
    );
    assert_eq!(names, ["Ask Ann to mop the floor".to_owned()].into());
}

#[test]
fn what_turns_a_command() {
    assert_has(&milk(Kind::Negation, "Buy milk"), &["Don't buy milk"]);
    assert_has(&milk(Kind::Negation, "купи молоко"), &["не покупай молоко"]);
    assert_has(
        &milk(Kind::Question, "Buy milk."),
        &["Did I buy milk?", "When did I buy milk?"],
    );
    assert_has(
        &milk(Kind::Question, "Купи молоко"),
        &["Купил ли я молоко?"],
    );
    assert_has(&milk(Kind::Past, "Buy milk"), &["I already bought milk"]);
    assert_has(&milk(Kind::Past, "купи молоко"), &["я уже купил молоко"]);
    assert_has(
        &milk(Kind::Removal, "Add milk to the list"),
        &["Remove milk from the list"],
    );
    assert_has(
        &milk(Kind::Elsewhere, "Add milk to the list"),
        &["Add milk on our neighbours' list"],
    );
    assert_has(
        &milk(Kind::Elsewhere, "добавь молоко"),
        &["добавь молоко в список соседей"],
    );
    assert_has(&milk(Kind::OtherSense, "Buy milk"), &["Sell milk"]);
    // Two orders are not turned by turning one.
    assert_eq!(
        milk(Kind::Negation, "Buy milk and get bread"),
        BTreeSet::new()
    );
    // What is asked about is no order to turn.
    let asked = texts(
        Kind::Negation,
        "Buy milk",
        &clarify("intent"),
        ask(&["intent"]),
    );
    assert_eq!(asked, BTreeSet::new());
}

/// A set of two commands, each decided the same whatever its text.
fn stubborn() -> (Dataset, Scripted) {
    let set = dataset(&[
        said(
            1,
            "Buy milk",
            &shopping("{ name = \"milk\", list = \"l-food\" }"),
        ),
        said(2, "What is on the list?", &clarify("intent")),
        said(3, "Add eggs", &clarify("item.name")),
    ]);
    let script = Scripted::default()
        .answer(1, buy("milk", None))
        .answer(2, ask(&["intent"]))
        .answer(3, ask(&["intent"]));
    (set, script)
}

fn perturbed<'d>(
    bases: &'d [Base<'d>],
    words: &[LanguageWords],
    most: usize,
    selection: Selection,
    script: &Scripted,
) -> Perturbed<'d> {
    Perturbed::of(
        bases,
        &Perturber::new(words, most),
        selection,
        script,
        RunSize::ONCE,
    )
}

#[test]
fn whoever_decides_the_same_whatever_is_said_keeps_all_and_turns_nothing() {
    let (set, script) = stubborn();
    let (run, all) = (Run::of(&set.entries, &script, RunSize::ONCE), both());
    let right = run.outcomes.iter().filter(|outcome| outcome.is_right());
    let bases: Vec<Base<'_>> = right.filter_map(Base::of).collect();
    let done = perturbed(&bases, &all, 3, Selection::All, &script);
    let report = PerturbationReport::of(&done, set.entries.len());
    assert_eq!((report.entries, report.bases), (3, 2));
    assert!(report.same.all.part == report.same.all.whole && report.same.all.whole > 20);
    assert!(report.executed.all.part == report.executed.all.whole && report.executed.all.whole > 8);
    let greeting = &report.same.kinds[0];
    assert_eq!(
        (greeting.kind, greeting.applied, greeting.not_applied),
        (Kind::Greeting, 2, 0)
    );
    assert_eq!(greeting.all.whole, 6, "at most three of each");
    let negation = &report.executed.kinds[0];
    assert_eq!(
        (negation.kind, negation.applied, negation.not_applied),
        (Kind::Negation, 1, 1)
    );
}

#[test]
fn whoever_asks_about_every_change_turns_all_and_keeps_nothing_that_is_executed() {
    let set = dataset(&[said(
        1,
        "Buy milk",
        &shopping("{ name = \"milk\", list = \"l-food\" }"),
    )]);
    let base = Scripted::default().answer(1, buy("milk", None));
    let (run, all) = (Run::of(&set.entries, &base, RunSize::ONCE), both());
    let bases: Vec<Base<'_>> = run.outcomes.iter().filter_map(Base::of).collect();
    let asks = Scripted::default().answer(1, ask(&["intent"]));
    let done = perturbed(&bases, &all, 2, Selection::All, &asks);
    let report = PerturbationReport::of(&done, 1).with_failing(&done);
    assert_eq!((report.same.all.part, report.executed.all.part), (0, 0));
    let failing = report.failing.as_ref().unwrap();
    assert_eq!(failing.len() as u64, report.same.all.whole);
    assert!(failing[0].text.ends_with("uy milk") || failing[0].text.ends_with("milk"));
    assert_eq!(failing[0].base, "Buy milk");
    let document = serde_json::to_value(&report).unwrap();
    let schema: Value = serde_json::from_str(PERTURBATION_SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&document)
        .map(|e| e.to_string())
        .collect();
    assert_eq!(errors, Vec::<String>::new());
    let text = report.to_string();
    assert!(
        text.contains("1 of 1 entries") && text.contains("greeting"),
        "{text}"
    );
}

#[test]
fn variants_are_the_same_every_time_and_a_sample_is_a_part_of_them() {
    let (set, script) = stubborn();
    let (run, all) = (Run::of(&set.entries, &script, RunSize::ONCE), both());
    let bases: Vec<Base<'_>> = run.outcomes.iter().filter_map(Base::of).collect();
    let texts = |most| -> Vec<(Kind, String)> {
        let perturber = Perturber::new(&all, most);
        let variants = bases.iter().flat_map(|base| perturber.variants(base));
        variants
            .map(|variant| (variant.kind, variant.text))
            .collect()
    };
    assert_eq!(texts(2), texts(2));
    let more: BTreeSet<_> = texts(4).into_iter().collect();
    assert!(texts(2).into_iter().all(|variant| more.contains(&variant)));
    let sample = perturbed(&bases, &all, 2, Selection::Sample(5), &script);
    let report = PerturbationReport::of(&sample, 3);
    assert_eq!(report.same.all.whole + report.executed.all.whole, 15);
}

#[test]
fn accepted_rates_may_be_beaten_and_not_missed() {
    let (set, script) = stubborn();
    let (run, all) = (Run::of(&set.entries, &script, RunSize::ONCE), both());
    let bases: Vec<Base<'_>> = run.outcomes.iter().filter_map(Base::of).collect();
    let report = PerturbationReport::of(&perturbed(&bases, &all, 2, Selection::All, &script), 3);
    let rates = AcceptedRates::of(&report, 2);
    let text = rates.to_text();
    assert_eq!(AcceptedRates::parse(&text).unwrap(), rates);
    assert!(rates.judge(&report).passes);
    let with = |same: &str, executed: &str| {
        let text = format!(
            "{{\"version\": 1, \"variants_per_entry\": 2, \"same\": {same}, \"turned_executed\": {executed}}}"
        );
        AcceptedRates::parse(&text).unwrap().judge(&report)
    };
    // All are decided the same and all turned ones executed, so any share of executed below all is missed.
    let all = "{\"part\": 9, \"whole\": 9}";
    assert!(with("{\"part\": 8, \"whole\": 9}", all).passes);
    assert!(!with(all, "{\"part\": 8, \"whole\": 9}").passes);
    assert!(AcceptedRates::parse("{\"version\": 2, \"variants_per_entry\": 2, \"same\": {\"part\": 0, \"whole\": 0}, \"turned_executed\": {\"part\": 0, \"whole\": 0}}").is_err());
    assert!(AcceptedRates::parse("{}").is_err());
}

#[test]
fn each_language_has_words_for_every_kind_that_needs_them() {
    for language in ["ru", "en"] {
        let path = format!(
            "{}/../../datasets/perturbations/{language}.toml",
            env!("CARGO_MANIFEST_DIR")
        );
        let raw: toml::Value = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let kinds = |table: &str| -> BTreeSet<&str> {
            let all = raw[table].as_array().unwrap().iter();
            all.map(|one| one["kind"].as_str().unwrap()).collect()
        };
        assert_eq!(
            kinds("keep"),
            ["greeting", "politeness", "filler", "reason", "address"].into()
        );
        let turning = Kind::ALL
            .iter()
            .filter(|kind| kind.direction() == Direction::Turns);
        assert_eq!(kinds("turn"), turning.map(|kind| kind.as_str()).collect());
    }
}

#[test]
fn what_are_no_words_of_a_language_is_told() {
    let path = format!(
        "{}/../../datasets/perturbations/en.toml",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = fs::read_to_string(path).unwrap();
    let wrong =
        |from: &str, to: &str| LanguageWords::parse(&text.replacen(from, to, 1)).unwrap_err();
    assert_eq!(
        wrong("version = 1", "version = 2"),
        WordsProblem::Version(2)
    );
    assert!(
        matches!(wrong("\"greeting\"", "\"negation\""), WordsProblem::Kind(kind, _) if kind == "negation")
    );
    assert!(matches!(wrong("vowels", "vowel"), WordsProblem::Shape(_)));
    assert!(words("en").with_goods(["goods = 1"]).is_err());
}
