//! Packs that are wrong, each mistake told once and with its place, and packs laid over others.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot start has failed"
)]

use std::path::{Path, PathBuf};

use corridor_nlu::{Engine, Language, PackFiles};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(folder: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).unwrap();
            let text = std::fs::read_to_string(&path).unwrap();
            files.push((name.to_str().unwrap().replace('\\', "/"), text));
        }
    }
    files
}

/// The household pack with some of a file replaced.
fn household(file: &str, old: &str, new: &str) -> PackFiles {
    let mut files = read(&root("../../packs/household"));
    let (_, text) = files.iter_mut().find(|(name, _)| name == file).unwrap();
    assert!(text.contains(old), "{file} does not hold {old:?}");
    *text = text.replacen(old, new, 1);
    PackFiles::new(files)
}

/// The small pack of the tests with some files replaced or added.
fn overlay(changed: &[(&str, &str)]) -> PackFiles {
    let mut files = read(&root("tests/packs/overlay"));
    for (name, text) in changed {
        files.retain(|(known, _)| known != name);
        files.push(((*name).to_owned(), (*text).to_owned()));
    }
    PackFiles::in_folder("mine/", files)
}

/// Every problem, as it is printed.
fn problems(files: &PackFiles) -> Vec<String> {
    match Engine::from_pack(files) {
        Ok(engine) => match engine.run_expectations() {
            Ok(_) => Vec::new(),
            Err(problems) => problems.iter().map(ToString::to_string).collect(),
        },
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn a_file_that_is_no_toml_is_one_problem() {
    for file in [
        "ru/classes.toml",
        "ru/chores.toml",
        "ru/triggers.toml",
        "ru/macros.toml",
        "en/messages.toml",
        "en/units.toml",
        "pack.toml",
    ] {
        let found = problems(&household(file, "\n", "\n]\n"));
        assert_eq!(found.len(), 1, "{file}: {found:#?}");
        assert!(found.iter().all(|one| one.starts_with(file)), "{found:#?}");
    }
}

#[test]
fn a_missing_file_is_one_problem() {
    let mut files = read(&root("../../packs/household"));
    files.retain(|(name, _)| name != "ru/classes.toml");
    let found = problems(&PackFiles::new(files));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found
            .iter()
            .all(|one| one.contains("ru/classes.toml: the file is missing"))
    );
}

/// A mistake in a file of the household pack, and what is told of it.
#[test]
fn mistakes_are_told_with_file_line_key_and_hint() {
    let cases = [
        (
            household("ru/triggers.toml", "\nopens = ", "\nopen = \"x\"\nopens = "),
            "ru/triggers.toml:",
            ": trigger.open: unknown key `open`\n  hint: did you mean `opens`?",
        ),
        (
            household("pack.toml", "[thresholds]", "[thresholds]\nasking = 0.1"),
            "pack.toml:",
            ": thresholds.asking: unknown key `asking`\n  hint: keys here are execute",
        ),
        (
            household("evidence.toml", "\nunknown_items = ", "\nunknown_itmes = "),
            "evidence.toml:",
            ": weights.unknown_itmes: no feature of the engine\n  hint: did you mean unknown_items?",
        ),
        (
            household("evidence.toml", "\nunknown_items = -", "\nunknown_items = "),
            "evidence.toml:",
            "has not the sign that this feature must have\n  hint: fit it again with `corridor fit`",
        ),
        (
            household("evidence.toml", "version = 1", "version = 7"),
            "evidence.toml:",
            ": version: version 7 is not one that this build reads",
        ),
        (
            household("ru/messages.toml", "ask_text = ", "ask_texd = "),
            "ru/messages.toml",
            ": messages.ask_texd: no message of this name is ever shown\n  hint: did you mean `ask_text`?",
        ),
        (
            household("ru/messages.toml", "ask_text = ", "ask_texd = "),
            "ru/messages.toml",
            ": messages.ask_text: the message is missing\n  hint: rename `ask_texd`",
        ),
        (
            household("en/messages.toml", "Buy {items} and", "Buy {item} and"),
            "en/messages.toml:",
            ": messages.confirm_item_task: unknown placeholder `{item}`\n  hint: this message holds {items} and {titles}",
        ),
        (
            household("en/messages.toml", "What's the task?", "What's the {task}?"),
            "en/messages.toml:",
            ": messages.ask_title: unknown placeholder `{task}`\n  hint: this message has no placeholders",
        ),
        (
            household("en/messages.toml", "\"{refusal} Add", "\"Add"),
            "en/messages.toml:",
            ": messages.ask_safe: the placeholder `{refusal}` is missing",
        ),
        (
            household(
                "en/units.toml",
                "unit = [",
                "unit = [\n{ write = \"x\", say = [], kind = \"box\" },",
            ),
            "en/units.toml:",
            ": unit.kind: `box` is no kind of unit\n  hint: kinds are measure, container, piece",
        ),
    ];
    for (files, file, told) in cases {
        let found = problems(&files);
        assert!(
            found
                .iter()
                .any(|one| one.starts_with(file) && one.contains(told)),
            "{told}\n{found:#?}"
        );
    }
}

#[test]
fn a_rule_without_phrases_is_a_mistake() {
    let rule = "[[trigger]]\nid = \"ru.mine\"\nopens = \"buy\"\n";
    let found = problems(&overlay(&[("ru/triggers.toml", rule)]));
    assert_eq!(
        found,
        [
            "mine/ru/triggers.toml:2: ru.mine: a rule without phrases finds nothing\n  hint: write phrases = [\"…\"], or take the rule out"
        ]
    );
}

#[test]
fn a_file_that_nothing_reads_is_a_mistake() {
    for (name, told) in [
        ("ru/gods/ours.toml", "no part of a pack"),
        ("ru/clases.toml", "hint: did you mean ru/classes.toml?"),
        ("ru/goods.toml", "hint: move it to ru/goods/"),
        ("goods.txt", "no part of a pack"),
        ("fr/units.toml", "no part of a pack"),
    ] {
        let found = problems(&overlay(&[(name, "")]));
        let [one] = found.as_slice() else {
            panic!("{name}: {found:#?}");
        };
        assert!(one.starts_with(&format!("mine/{name}: ")), "{one}");
        assert!(one.contains(told), "{one}");
    }
    for name in ["README.md", "LICENSE", ".editorconfig", "prompts/x.prompt"] {
        assert_eq!(problems(&overlay(&[(name, "")])), [""; 0], "{name}");
    }
}

#[test]
fn an_unknown_class_or_good_is_named() {
    let rule = "[[trigger]]\nid = \"ru.mine\"\nopens = \"buy\"\nphrases = [\"<bay:imp>\"]\n";
    let found = problems(&overlay(&[("ru/triggers.toml", rule)]));
    assert_eq!(
        found,
        ["mine/ru/triggers.toml:4: ru.mine: unknown class `<bay>`; did you mean `buy`?"]
    );
    let irregular = "[irregular]\n\"flugelfoot\" = \"flugelfeet\"\n";
    let found = problems(&overlay(&[("en/goods/feet.toml", irregular)]));
    assert_eq!(
        found,
        [
            "mine/en/goods/feet.toml:2: irregular: flugelfoot: not a known good\n  hint: add it under count, or take its plural out"
        ]
    );
}

#[test]
fn an_expectation_that_fails_for_an_unknown_good_names_it() {
    let expect = "[[expect]]\nabout = \"a good that is not there\"\nsay = \"need wipes zorblax and milk\"\nget = [\"buy: wipes zorblax 2 pack, milk\"]\n";
    let engine = Engine::from_pack(&overlay(&[("expectations/ours.toml", expect)])).unwrap();
    let report = engine.run_expectations().unwrap();
    let failed: Vec<_> = report.failures().collect();
    let [one] = failed.as_slice() else {
        panic!("{failed:#?}");
    };
    assert_eq!(one.unknown_goods, ["wipes zorblax"]);
    assert_eq!(one.expected.file, "mine/expectations/ours.toml");
    assert_eq!(one.expected.line, Some(2));
}

#[test]
fn a_line_that_nothing_comes_to_is_a_mistake() {
    for (line, told) in [
        ("byu: хлеб", "`byu` is nothing that a sentence comes to"),
        (
            "not ours: negatoin",
            "hint: did you mean `not ours: negation`?",
        ),
        ("reject: money", "`money` is no word for `reject:`"),
        ("ask: day", "hint: write one of text, item, title, due"),
    ] {
        let expect =
            format!("[[expect]]\nabout = \"a slip\"\nsay = \"купи хлеб\"\nget = [\"{line}\"]\n");
        let found = problems(&overlay(&[("expectations/ours.toml", &expect)]));
        let [one] = found.as_slice() else {
            panic!("{line}: {found:#?}");
        };
        assert!(
            one.starts_with("mine/expectations/ours.toml:4: expect.get: "),
            "{one}"
        );
        assert!(one.contains(told), "{one}");
    }
}

#[test]
fn a_pack_over_another_adds_words_and_changes_messages_and_thresholds() {
    let engine = Engine::from_pack(&overlay(&[])).unwrap();
    assert_eq!(engine.pack_version(), "household@1.0.0+mine@0.1.0");
    assert!((engine.execute_threshold() - 0.7).abs() < f64::EPSILON);
    let message = |key| engine.message(Language::Ru, key).unwrap();
    assert_eq!(message("ask_item"), "Что записать?");
    assert_eq!(message("ask_title"), "Какую задачу создать?");
    let report = engine.run_expectations().unwrap();
    let failures: Vec<_> = report.failures().collect();
    assert!(failures.is_empty(), "{failures:#?}");
    let ours = |outcome: &&corridor_nlu::pack::ExpectationOutcome| {
        outcome.expected.file.starts_with("mine/")
    };
    assert_eq!(report.outcomes.iter().filter(ours).count(), 2);
    assert!(report.outcomes.len() > 100);
}

#[test]
fn a_rule_good_or_expectation_of_the_upper_pack_replaces_the_one_beneath() {
    let goods = "[[goods]]\ngroup = \"mine\"\nplural = [\"молоко\"]\n";
    let rule = "[[refusal]]\nid = \"ru.mine.soap\"\nnot_ours = \"chit_chat\"\nasked = \"first\"\nphrases = [\"<buy:imp> =мыло\"]\n";
    let expect =
        "[[expect]]\nabout = \"no soap\"\nsay = \"купи мыло\"\nget = [\"not ours: chit_chat\"]\n";
    let lower = overlay(&[
        ("ru/goods/milk.toml", goods),
        ("ru/refusals.toml", rule),
        ("expectations/ours.toml", expect),
    ]);
    assert_eq!(problems(&lower), [""; 0]);
    let engine = Engine::from_pack(&lower).unwrap();
    let report = engine.run_expectations().unwrap();
    assert!(
        report
            .outcomes
            .iter()
            .filter(|one| one.expected.say == "купи мыло")
            .all(|one| one.passed())
    );

    let other = rule.replace("chit_chat", "override");
    let upper = PackFiles::new(
        [
            ("pack.toml", "[pack]\nid = \"third\"\nversion = \"1\"\n"),
            ("ru/refusals.toml", other.as_str()),
            (
                "expectations/a.toml",
                &expect.replace("chit_chat", "override"),
            ),
        ]
        .map(|(name, text)| (name.to_owned(), text.to_owned())),
    );
    let engine = Engine::from_pack(&upper.over(lower)).unwrap();
    assert_eq!(engine.pack_version(), "household@1.0.0+mine@0.1.0+third@1");
    let report = engine.run_expectations().unwrap();
    let soap: Vec<_> = report
        .outcomes
        .iter()
        .filter(|one| one.expected.say == "купи мыло")
        .collect();
    assert!(
        soap.len() == 1 && soap.iter().all(|one| one.passed()),
        "{soap:#?}"
    );
}

#[test]
fn a_pack_over_one_that_is_not_there_is_a_mistake() {
    let manifest = "[pack]\nid = \"mine\"\nversion = \"1\"\nextends = \"houshold\"\n";
    let found = problems(&overlay(&[("pack.toml", manifest)]));
    let first = found.first().unwrap();
    assert!(
        first.starts_with("mine/pack.toml:4: pack.extends: there is no pack `houshold`"),
        "{found:#?}"
    );
    assert_eq!(found.len(), 1, "{found:#?}");
}

#[test]
fn a_pack_that_does_not_speak_a_language_answers_in_one_that_it_speaks() {
    let manifest =
        "[pack]\nid = \"mine\"\nversion = \"1\"\nextends = \"household\"\nlanguages = [\"ru\"]\n";
    let engine = Engine::from_pack(&overlay(&[("pack.toml", manifest)])).unwrap();
    assert_eq!(
        engine.message(Language::En, "ask_text"),
        Some("Что нужно сделать?")
    );
}
