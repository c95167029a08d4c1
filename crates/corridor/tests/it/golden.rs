//! `corridor eval` and `corridor golden`, on the committed data set and on small ones of their own.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::program::{Run, corridor};

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../datasets/golden");

const CONTEXT: &str = r#"version = 1
user_id = "u-olga"
timestamp = "2026-06-15T12:00:00+03:00"
capabilities = ["start_job", "propose_create_task", "propose_add_shopping_item", "clarify", "reject", "confirm"]

[context.household]
members = [{ user_id = "u-olga", display_name = "Ольга" }]
shopping_lists = [{ list_id = "l-products", name = "Продукты" }]
"#;

/// One entry that is right, and one whose gold asks for a name that nobody would write.
const ENTRIES: &str = r#"version = 1
language = "ru"

[[entry]]
id = "ru-shop-001"
text = "Купи молоко"
context = "home"
difficulty = "easy"
tags = ["plain"]
intent = "add_shopping_item"
action = "start_job"
items = [{ name = "молоко", list = "l-products" }]

[[entry]]
id = "ru-shop-002"
text = "Купи хлеб"
context = "home"
difficulty = "hard"
tags = ["odd"]
intent = "add_shopping_item"
action = "start_job"
items = [{ name = "каравай", list = "l-products" }]
notes = "Wrong on purpose."
"#;

/// A data set in a folder of its own, removed in the end.
struct Set {
    folder: PathBuf,
}

impl Set {
    fn new(name: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("corridor-golden-{}-{name}", std::process::id()));
        let set = Self { folder };
        set.write("contexts/home.toml", CONTEXT);
        set.write(
            "tags.toml",
            "version = 1\n\n[tags]\nplain = \"one plain rule\"\nodd = \"the rest\"\n",
        );
        set.write("coverage.toml", "version = 1\n\n[at_least]\nentries = 2\n");
        set.write("ru/shopping.toml", ENTRIES);
        set
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn replace(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(name)).unwrap();
        assert!(text.contains(from), "{from} in {name}");
        self.write(name, &text.replace(from, to));
    }

    /// Runs a command on this set, with the baseline beside it.
    fn run(&self, command: &[&str], arguments: &[&str]) -> Run {
        let folder = self.folder.to_str().unwrap();
        let baseline = self.path("baseline.json");
        let mut all = command.to_vec();
        all.extend(["--golden", folder]);
        if command == ["eval"] {
            all.extend(["--baseline", baseline.to_str().unwrap()]);
        }
        all.extend(arguments);
        corridor(&all)
    }

    fn eval(&self, arguments: &[&str]) -> Run {
        self.run(&["eval"], arguments)
    }
}

impl Drop for Set {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn report(run: &Run) -> Value {
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    serde_json::from_str(&run.stdout).unwrap()
}

#[test]
fn the_committed_set_is_evaluated() {
    let report = report(&corridor(&[
        "eval", "--golden", COMMITTED, "--json", "--show", "misses",
    ]));
    assert_eq!(report["report_version"], 2);
    assert!(
        report["decision_version"]
            .as_str()
            .unwrap()
            .starts_with("corridor-")
    );
    let (entries, right) = (
        report["entries"].as_u64().unwrap(),
        report["metrics"]["right"]["part"].as_u64().unwrap(),
    );
    assert!(entries >= 240, "{entries}");
    assert_eq!(
        report["misses"].as_array().unwrap().len() as u64,
        entries - right
    );
    assert_eq!(
        report["unsound"],
        Value::Array(Vec::new()),
        "every decision is valid"
    );
    for language in ["ru", "en", "mixed"] {
        assert!(
            report["by"]["language"][language]["right"]["whole"]
                .as_u64()
                .unwrap()
                >= 10,
            "{language}"
        );
    }
}

#[test]
fn the_committed_set_is_sound() {
    let run = corridor(&["golden", "check", "--golden", COMMITTED]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    for line in ["add_shopping_item ", "tag  ", "ok: "] {
        assert!(run.stdout.contains(line), "{line} in {}", run.stdout);
    }
}

#[test]
fn misses_show_expected_and_got_side_by_side() {
    let set = Set::new("misses");
    let figures = set.eval(&[]);
    assert_eq!((figures.code, figures.stderr.as_str()), (0, ""));
    assert!(
        figures.stdout.contains("1 of 2") && !figures.stdout.contains("каравай"),
        "{}",
        figures.stdout
    );
    assert!(
        figures
            .stdout
            .contains("Tags with every entry right, and how many\n  plain 1\n"),
        "{}",
        figures.stdout
    );
    let run = set.eval(&["--show", "misses"]);
    assert!(run.stdout.contains("ru-shop-002 "), "{}", run.stdout);
    assert!(run.stdout.contains("ru/shopping.toml:14"), "{}", run.stdout);
    assert!(
        run.stdout
            .contains("  ≠ item 1  каравай · l-products  хлеб · l-products\n"),
        "{}",
        run.stdout
    );
    assert!(!run.stdout.contains("ru-shop-001"), "{}", run.stdout);
}

#[test]
fn a_part_of_the_set_is_chosen_by_tag_or_id() {
    let set = Set::new("only");
    for (only, entries) in [("plain", 1), ("odd", 1), ("ru-shop", 2), ("ru-shop-002", 1)] {
        assert_eq!(
            report(&set.eval(&["--only", only, "--json"]))["entries"],
            entries,
            "{only}"
        );
    }
    let none = set.eval(&["--only", "en-"]);
    assert_eq!((none.code, none.stdout.as_str()), (1, ""));
    assert!(
        none.stderr.contains("no entry has the tag `en-`") && none.stderr.contains("\n  hint: "),
        "{}",
        none.stderr
    );
}

#[test]
fn repeats_change_the_speed_alone() {
    let set = Set::new("repeat");
    let mut once = report(&set.eval(&["--json"]));
    let mut often = report(&set.eval(&["--json", "--repeat", "7"]));
    assert_eq!(
        (&once["speed"]["decided"], &often["speed"]["decided"]),
        (&2.into(), &14.into())
    );
    assert!(often["speed"]["elapsed_ms"].as_f64().unwrap() > 0.0);
    once["speed"].take();
    often["speed"].take();
    assert_eq!(once, often);
}

#[test]
fn the_gate_lets_nothing_that_was_right_turn_wrong() {
    let set = Set::new("gate");
    let first = set.eval(&["--accept"]);
    assert_eq!(
        (first.code, first.stderr.as_str()),
        (0, ""),
        "{}",
        first.stdout
    );
    let baseline = fs::read_to_string(set.path("baseline.json")).unwrap();
    assert!(
        baseline
            .contains("\"ru-shop-001\": \"right\",\n    \"ru-shop-002\": {\"wrong\":[\"name\"]}\n"),
        "{baseline}"
    );

    let same = set.eval(&["--gate"]);
    assert_eq!(
        (same.code, same.stderr.as_str()),
        (0, ""),
        "{}",
        same.stdout
    );
    assert!(same.stdout.contains("nothing changed"), "{}", same.stdout);

    set.replace("ru/shopping.toml", "name = \"каравай\"", "name = \"хлеб\"");
    let better = set.eval(&["--gate"]);
    assert_eq!(better.code, 0, "{}", better.stdout);
    assert!(
        better
            .stdout
            .contains("wrong before, right now: 1\n    ru-shop-002\n"),
        "{}",
        better.stdout
    );

    set.replace("ru/shopping.toml", "name = \"молоко\"", "name = \"кефир\"");
    let worse = set.eval(&["--gate"]);
    assert_eq!(
        (worse.code, worse.stderr.as_str()),
        (1, ""),
        "{}",
        worse.stdout
    );
    assert!(
        worse
            .stdout
            .contains("right before, wrong now: 1\n    ru-shop-001\n"),
        "{}",
        worse.stdout
    );
    assert!(
        worse.stdout.contains("кефир"),
        "what fails is shown: {}",
        worse.stdout
    );
    let as_json = set.eval(&["--gate", "--json"]);
    let gate: Value = serde_json::from_str(&as_json.stdout).unwrap();
    assert_eq!(
        (as_json.code, &gate["gate"]["turned_wrong"][0]),
        (1, &"ru-shop-001".into())
    );
    assert_eq!(gate["misses"][0]["id"], "ru-shop-001");

    let accepted = set.eval(&["--accept"]);
    assert_eq!(accepted.code, 0, "{}", accepted.stdout);
    assert!(
        accepted.stdout.contains("right before, wrong now: 1"),
        "what is accepted is told: {}",
        accepted.stdout
    );
    assert_eq!(set.eval(&["--gate"]).code, 0);
}

#[test]
fn commands_are_changed_and_counted_by_kind() {
    let set = Set::new("perturb");
    let run = set.eval(&["--perturb"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    assert!(
        run.stdout.starts_with("1 of 2 entries are decided right")
            && run.stdout.contains("\nKept meaning ")
            && run.stdout.contains("\nTurned meaning "),
        "{}",
        run.stdout
    );
    let page = set.path("page.html");
    let arguments = [
        "--perturb",
        "--variants",
        "5",
        "--show",
        "misses",
        "--json",
        "--html",
    ];
    let with_page = [&arguments[..], &[page.to_str().unwrap()]].concat();
    let report = report(&set.eval(&with_page));
    assert_eq!(
        (&report["perturbation_report_version"], &report["bases"]),
        (&1.into(), &1.into())
    );
    // Nothing that forbids, asks, tells or removes is executed.
    assert_eq!(report["executed"]["all"]["part"], 0);
    let (same, failing) = (
        &report["same"]["all"],
        report["failing"].as_array().unwrap(),
    );
    let failed = same["whole"].as_u64().unwrap() - same["part"].as_u64().unwrap();
    assert_eq!(failing.len() as u64, failed);
    let page = fs::read_to_string(page).unwrap();
    assert!(page.contains("id=\"changed\"") && page.contains("id=\"misses\""));
    for wrong in [&["--perturb", "--gate"][..], &["--variants", "3"]] {
        assert_eq!(set.eval(wrong).code, 2, "{wrong:?}");
    }
    let compare = set.eval(&["--perturb", "--mode", "compare"]);
    assert!(
        compare.stderr.contains("--perturb is for the rules"),
        "{}",
        compare.stderr
    );
}

#[test]
fn a_packs_expectations_are_changed_without_a_data_set() {
    let run = corridor(&[
        "eval",
        "--perturb=expectations",
        "--variants",
        "1",
        "--json",
    ]);
    let report = report(&run);
    assert!(report["bases"].as_u64().unwrap() >= 400, "{report}");
    for part in ["same", "executed"] {
        for language in ["ru", "en"] {
            let whole = &report[part]["by_language"][language]["whole"];
            assert!(whole.as_u64().unwrap() > 100, "{part} {language}");
        }
    }
}

#[test]
fn the_gate_holds_a_sample_of_changed_commands_to_the_accepted_rates() {
    let set = Set::new("rates");
    let accepted = set.eval(&["--accept"]);
    assert_eq!(accepted.code, 0, "{}", accepted.stderr);
    let same = set.eval(&["--gate"]);
    assert!(
        same.stdout
            .contains("perturbations.json\n  decided the same")
            && same.code == 0,
        "{}",
        same.stdout
    );
    // As if all had been decided the same, and none executed.
    let rates = |same: &str| {
        format!(
            "{{\"version\": 1, \"variants_per_entry\": 40, \"same\": {same}, \"turned_executed\": {{\"part\": 0, \"whole\": 9}}}}"
        )
    };
    set.write("perturbations.json", &rates("{\"part\": 0, \"whole\": 9}"));
    assert_eq!(set.eval(&["--gate"]).code, 0);
    set.write("perturbations.json", "{}");
    let broken = set.eval(&["--gate"]);
    assert!(
        broken.code == 1 && broken.stderr.contains("perturbations.json: "),
        "{}",
        broken.stderr
    );
    fs::remove_file(set.path("perturbations.json")).unwrap();
    let without = set.eval(&["--gate"]);
    assert!(
        without.code == 0 && !without.stdout.contains("changed commands"),
        "{}",
        without.stdout
    );
}

#[test]
fn a_baseline_that_cannot_be_read_is_told() {
    let set = Set::new("baseline");
    let missing = set.eval(&["--gate"]);
    assert_eq!((missing.code, missing.stdout.as_str()), (1, ""));
    assert!(
        missing.stderr.contains("baseline.json: cannot be read")
            && missing.stderr.contains("--accept"),
        "{}",
        missing.stderr
    );
    set.write("baseline.json", "{\n\"version\": 1,\n\"entries\": []}");
    for flag in ["--gate", "--accept"] {
        let broken = set.eval(&[flag]);
        assert_eq!(broken.code, 1, "{flag}");
        assert!(
            broken.stderr.contains("baseline.json: line 3: "),
            "{}",
            broken.stderr
        );
    }
    let both = set.eval(&["--gate", "--accept"]);
    assert_eq!(both.code, 2, "{}", both.stderr);
}

#[test]
fn a_broken_entry_is_told_with_file_and_line_by_both_commands() {
    let set = Set::new("broken");
    set.replace(
        "ru/shopping.toml",
        "list = \"l-products\" }]\nnotes",
        "list = \"l-zoo\" }]\nnotes",
    );
    for command in [&["eval"][..], &["golden", "check"]] {
        let run = set.run(command, &[]);
        assert_eq!(run.code, 1);
        let told = format!("{}{}", run.stdout, run.stderr);
        let place = set.path("ru/shopping.toml").display().to_string();
        assert!(
            told.contains(&format!(
                "error: {place}:22: list: the context has no `l-zoo`\n  hint: "
            )),
            "{told}"
        );
    }
}

#[test]
fn gaps_and_repetitions_fail_the_check() {
    let set = Set::new("check");
    assert_eq!(set.run(&["golden", "check"], &[]).code, 0);
    set.write(
        "coverage.toml",
        "version = 1\n\n[at_least]\nentries = 3\n\n[at_least.language]\nen = 1\n",
    );
    let gaps = set.run(&["golden", "check"], &[]);
    assert_eq!((gaps.code, gaps.stderr.as_str()), (1, ""));
    assert!(
        gaps.stdout
            .contains("all: 2 of at least 3\n  language en: 0 of at least 1\n"),
        "{}",
        gaps.stdout
    );
    set.replace("ru/shopping.toml", "Купи хлеб", "Купи молоко");
    let run = set.run(&["golden", "check"], &["--json"]);
    let found: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((run.code, found["gaps"].as_array().unwrap().len()), (1, 2));
    assert!(
        found["problems"][0]["message"]
            .as_str()
            .unwrap()
            .contains("ru-shop-001"),
        "{found}"
    );
}

#[test]
fn an_entry_is_shown_and_recorded_only_where_that_is_said() {
    let set = Set::new("add");
    let arguments = [
        "Купи 2 литра молока",
        "--context",
        "home",
        "--difficulty",
        "easy",
        "--tag",
        "plain",
    ];
    let before = fs::read_to_string(set.path("ru/shopping.toml")).unwrap();
    let shown = set.run(&["golden", "add"], &arguments);
    assert_eq!(shown.code, 1);
    assert!(
        shown
            .stdout
            .contains("id = \"ru-shop-003\"\ntext = \"Купи 2 литра молока\"\n"),
        "{}",
        shown.stdout
    );
    assert!(
        shown.stdout.contains("quantity = \"2\", unit = \"л\""),
        "{}",
        shown.stdout
    );
    assert!(
        shown.stderr.contains("nothing was recorded") && shown.stderr.contains("--yes"),
        "{}",
        shown.stderr
    );
    assert_eq!(
        fs::read_to_string(set.path("ru/shopping.toml")).unwrap(),
        before
    );

    let added = set.run(
        &["golden", "add"],
        &[&arguments[..], &["--yes", "--notes", "An amount."]].concat(),
    );
    assert_eq!(
        (added.code, added.stderr.as_str()),
        (0, ""),
        "{}",
        added.stdout
    );
    let after = fs::read_to_string(set.path("ru/shopping.toml")).unwrap();
    assert!(
        after.starts_with(&before) && after.ends_with("notes = \"An amount.\"\n"),
        "{after}"
    );
    assert_eq!(set.run(&["golden", "check"], &[]).code, 0);
    let report = report(&set.eval(&["--only", "ru-shop-003", "--json"]));
    assert_eq!(report["metrics"]["right"]["part"], 1);
}

#[test]
fn what_cannot_be_recorded_is_told() {
    let set = Set::new("refused");
    let add = |text: &str, context: &str, tag: &str| {
        set.run(
            &["golden", "add"],
            &[
                text,
                "--context",
                context,
                "--difficulty",
                "easy",
                "--tag",
                tag,
                "--yes",
            ],
        )
    };
    let before = fs::read_to_string(set.path("ru/shopping.toml")).unwrap();
    let cases = [
        (
            add("Купи чай", "castle", "plain"),
            "there is no context `castle`; there are home",
        ),
        (
            add("Купи чай", "home", "shiny"),
            "tags: `shiny` is not declared",
        ),
        (
            add("Купи молоко", "home", "plain"),
            "is the same command as ru-shop-001",
        ),
        (
            add("buy tea", "home", "plain"),
            "no file of the set is the obvious one",
        ),
    ];
    for (run, told) in cases {
        assert_eq!(run.code, 1, "{told}: {}", run.stdout);
        assert!(
            run.stderr.contains(told) && run.stderr.contains("\n  hint: "),
            "{told}: {}",
            run.stderr
        );
    }
    assert_eq!(
        fs::read_to_string(set.path("ru/shopping.toml")).unwrap(),
        before
    );
}

#[test]
fn a_folder_that_holds_no_set_is_told() {
    let nowhere = Path::new("absent").to_str().unwrap();
    for command in [&["eval"][..], &["golden", "check"]] {
        let run = corridor(&[command, &["--golden", nowhere]].concat());
        assert_eq!((run.code, run.stdout.as_str()), (1, ""));
        assert!(
            run.stderr.contains("absent: there is no such folder")
                && run.stderr.contains("\n  hint: "),
            "{}",
            run.stderr
        );
    }
}
