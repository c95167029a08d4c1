//! Packs from a folder: a good one, and mistakes in one.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::program::{Run, corridor};

/// A copy of the household pack in a folder of its own that goes with the test.
struct Pack(PathBuf);

impl Pack {
    fn copy(name: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("corridor-pack-{}-{name}", std::process::id()));
        copy_folder(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/household"),
            &folder,
        );
        Self(folder)
    }

    /// Replaces `old`, which must be there, in a file.
    fn change(self, file: &str, old: &str, new: &str) -> Self {
        let path = self.0.join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(old), "{file} does not hold {old:?}");
        fs::write(path, text.replacen(old, new, 1)).unwrap();
        self
    }

    fn check(&self) -> Run {
        corridor(&["check", "--pack", self.0.to_str().unwrap()])
    }
}

impl Drop for Pack {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_pack_in_a_folder_decides_as_the_built_in_one() {
    let pack = Pack::copy("same").change("pack.toml", "id = \"household\"", "id = \"mine\"");
    let run = corridor(&["decide", "купи молоко", "--pack", pack.0.to_str().unwrap()]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.contains("mine@"), "{}", run.stdout);
    assert!(run.stdout.contains("молоко"), "{}", run.stdout);
}

#[test]
fn a_mistake_is_told_with_file_line_and_key() {
    let manifest = fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../packs/household/pack.toml"
    ))
    .unwrap();
    let line = 1 + manifest
        .lines()
        .position(|line| line.starts_with("languages"))
        .unwrap();
    let pack =
        Pack::copy("language").change("pack.toml", "languages = [\"ru\"", "languages = [\"fr\"");
    let run = pack.check();
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    let told = format!(
        "error: {}:{line}: pack.languages: ",
        pack.0.join("pack.toml").display()
    );
    assert!(run.stdout.contains(&told), "{}", run.stdout);
    assert!(run.stdout.contains("\n  hint: "), "{}", run.stdout);
    assert!(run.stdout.contains("contract  ok"), "{}", run.stdout);
}

#[test]
fn all_mistakes_of_all_files_are_told_at_once() {
    let pack = Pack::copy("several")
        .change(
            "ru/triggers.toml",
            "opens = \"remind\"",
            "opens = \"remnd\"",
        )
        .change("en/units.toml", "kind = \"measure\"", "kind = \"mesure\"");
    fs::remove_file(pack.0.join("en/messages.toml")).unwrap();
    let run = pack.check();
    assert_eq!(run.code, 1);
    for file in ["ru/triggers.toml:", "en/units.toml:", "en/messages.toml"] {
        assert!(
            run.stdout
                .contains(&format!("{}", pack.0.join(file).display())),
            "{file} in {}",
            run.stdout
        );
    }
}

#[test]
fn a_good_that_stands_in_two_files_is_told_with_both_places() {
    let pack = Pack::copy("twice");
    fs::write(
        pack.0.join("ru/goods/zz-ours.toml"),
        "[[goods]]\ngroup = \"ours\"\nmass = [\n    \"кимчи\",\n    \"молоко\",\n]\n",
    )
    .unwrap();
    let run = pack.check();
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    let told = format!(
        "error: {}:5: goods: `молоко` is a good already, in {}:",
        pack.0.join("ru/goods/zz-ours.toml").display(),
        pack.0.join("ru/goods/dairy.toml").display()
    );
    assert!(run.stdout.contains(&told), "{}", run.stdout);
}

#[test]
fn a_language_without_goods_is_told() {
    let pack = Pack::copy("no-goods");
    fs::remove_dir_all(pack.0.join("en/goods")).unwrap();
    let run = pack.check();
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    let told = format!(
        "error: {}: the folder is missing",
        pack.0.join("en/goods").display()
    );
    assert!(run.stdout.contains(&told), "{}", run.stdout);
}

#[test]
fn an_expectation_that_does_not_hold_is_shown_beside_what_came() {
    let pack = Pack::copy("expectation");
    let case = "[[expect]]\nabout = \"a wrong doer\"\nsay = \"пусть Саша вынесет мусор\"\n\
                get = [\"do: Вынести мусор; who Пётр\"]\n";
    fs::create_dir_all(pack.0.join("expectations")).unwrap();
    fs::write(pack.0.join("expectations/wrong.toml"), case).unwrap();
    let run = pack.check();
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    assert!(
        run.stdout
            .contains("expectations/wrong.toml:2: a wrong doer"),
        "{}",
        run.stdout
    );
    let beside = "≠ do: Вынести мусор; who Пётр  do: Вынести мусор; who Саша\n";
    assert!(run.stdout.contains(beside), "{}", run.stdout);
}

/// A small pack over the household pack, beside the tests of the crate that reads it.
const OVERLAY: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../corridor-nlu/tests/packs/overlay"
);

impl Pack {
    fn copy_of_overlay(name: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("corridor-pack-{}-{name}", std::process::id()));
        copy_folder(Path::new(OVERLAY), &folder);
        Self(folder)
    }

    fn write(self, file: &str, text: &str) -> Self {
        let path = self.0.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }
}

#[test]
fn a_pack_over_the_household_pack_adds_to_it() {
    let run = corridor(&["check", "--pack", OVERLAY]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    let version = "pack      ok      household@1.0.0+mine@0.1.0, ";
    assert!(run.stdout.contains(version), "{}", run.stdout);
    let run = corridor(&["decide", "нужны онигири и хлеб", "--pack", OVERLAY]);
    assert!(run.stdout.contains("онигири"), "{}", run.stdout);
    assert!(run.stdout.contains("start_job"), "{}", run.stdout);
    let run = corridor(&["decide", "купи что-нибудь", "--pack", OVERLAY]);
    assert!(run.stdout.contains("Что записать?"), "{}", run.stdout);
}

#[test]
fn a_mistake_in_an_overlay_names_the_overlays_file() {
    let pack = Pack::copy_of_overlay("overlay").change("ru/messages.toml", "ask_item", "ask_itme");
    let run = pack.check();
    assert_eq!(run.code, 1);
    let told = format!(
        "pack      failed  the pack has 1 problem\nerror: {}:2: messages.ask_itme: no message of this name is ever shown\n  hint: did you mean `ask_item`?\n",
        pack.0.join("ru/messages.toml").display()
    );
    assert!(run.stdout.contains(&told), "{}", run.stdout);
}

#[test]
fn a_pack_may_lie_over_one_in_another_folder() {
    let lower = Pack::copy_of_overlay("lower");
    let beneath = format!("../{}", lower.0.file_name().unwrap().to_str().unwrap());
    let manifest =
        format!("[pack]\nid = \"upper\"\nversion = \"2.0.0\"\nextends = \"{beneath}\"\n");
    let upper = Pack::copy_of_overlay("upper").write("pack.toml", &manifest);
    let run = upper.check();
    assert!(
        run.stdout
            .contains("household@1.0.0+mine@0.1.0+upper@2.0.0"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_pack_over_itself_is_told_of() {
    let manifest = "[pack]\nid = \"mine\"\nversion = \"1\"\nextends = \".\"\n";
    let pack = Pack::copy_of_overlay("itself").write("pack.toml", manifest);
    let run = pack.check();
    assert_eq!(run.code, 1);
    assert!(
        run.stdout.contains("laid over too many others"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_file_that_is_no_toml_is_one_problem() {
    let pack = Pack::copy("broken").change("ru/classes.toml", "[classes]", "[classes");
    let run = pack.check();
    assert_eq!(run.code, 1);
    assert!(
        run.stdout
            .contains("pack      failed  the pack has 1 problem\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_good_that_the_pack_lacks_is_named_where_an_expectation_needs_it() {
    let expect = "[[expect]]\nabout = \"a good that is not there\"\nsay = \"нужен зублакс\"\n\
                  get = [\"buy: зублакс\"]\n";
    let pack = Pack::copy_of_overlay("good").write("expectations/good.toml", expect);
    let run = pack.check();
    assert_eq!(run.code, 1);
    assert!(
        run.stdout.contains("\n    зублакс: not a known good\n"),
        "{}",
        run.stdout
    );
}
