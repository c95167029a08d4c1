//! What is wrong with a set as a whole, and what it lacks.

use corridor_eval::check::check;
use corridor_eval::dataset::DatasetFiles;

use crate::home::{self, clarify, easy, entry};

const COVERAGE: &str = "version = 1\n[at_least]\nentries = 1\n";

fn problems(files: &DatasetFiles) -> Vec<String> {
    check(files)
        .problems
        .iter()
        .map(ToString::to_string)
        .collect()
}

/// A set that carries every tag, and these entries.
fn files(entries: &str) -> DatasetFiles {
    let all_tags = entry(90, "one\", \"two", "hard", &clarify("intent"));
    home::files(&format!("{entries}{all_tags}")).with(DatasetFiles::COVERAGE, COVERAGE.to_owned())
}

#[test]
fn a_sound_set_passes() {
    let report = check(&files(""));
    assert_eq!(
        (report.passes(), report.coverage.entries),
        (true, 1),
        "{report:?}"
    );
}

#[test]
fn the_same_command_twice_is_told() {
    let entry = easy(1, &clarify("intent"));
    let again = entry.replace("en-001", "en-002");
    assert_eq!(
        problems(&files(&format!("{entry}{again}"))),
        ["golden/en/all.toml:14: is the same command as en-001 at golden/en/all.toml:4"]
    );
}

#[test]
fn the_same_words_at_another_time_or_to_another_product_are_another_command() {
    let entry = easy(1, &clarify("intent"));
    let later = entry.replace("en-001", "en-002") + "timestamp = \"2026-06-16T12:00:00+03:00\"\n";
    let poorer = entry.replace("en-001", "en-003") + "capabilities = [\"clarify\"]\n";
    assert_eq!(
        problems(&files(&format!("{entry}{later}{poorer}"))),
        Vec::<String>::new()
    );
}

#[test]
fn two_answers_to_the_same_words_are_told() {
    let one = easy(1, &clarify("intent"));
    let other = easy(2, &clarify("item.name")).replace("say 2", "Say  1");
    assert_eq!(
        problems(&files(&format!("{one}{other}"))),
        [
            "golden/en/all.toml:14: expects another answer than en-001 at golden/en/all.toml:4, to the same words"
        ]
    );
    let in_capitals = easy(2, &clarify("intent")).replace("say 2", "SAY 1");
    assert_eq!(
        problems(&files(&format!("{one}{in_capitals}"))),
        Vec::<String>::new()
    );
}

#[test]
fn tags_and_households_that_nothing_needs_are_told() {
    let files = home::files(&easy(1, &clarify("intent")))
        .with(DatasetFiles::COVERAGE, COVERAGE.to_owned())
        .with("contexts/castle.toml", home::CONTEXT.to_owned());
    assert_eq!(
        problems(&files),
        [
            "golden/contexts/castle.toml:1: context: no entry is said in `castle`",
            "golden/tags.toml:5: tags: no entry carries `two`",
        ]
    );
}

#[test]
fn files_that_every_set_has_are_missed() {
    let entries = format!("{}{}", home::HEAD, easy(1, &clarify("intent")));
    let files = [
        ("contexts/home.toml", home::CONTEXT.to_owned()),
        ("en/all.toml", entries),
    ];
    let files = DatasetFiles::new(
        "golden",
        files.map(|(path, text)| (path.to_owned(), text)).to_vec(),
    );
    assert_eq!(
        problems(&files),
        [
            "golden/coverage.toml:1: is missing",
            "golden/tags.toml:1: is missing"
        ]
    );
}

#[test]
fn gaps_are_told_by_what_there_is_too_little_of() {
    let coverage = "version = 1\n[at_least]\nentries = 9\n[at_least.language]\nru = 2\nen = 1\n[at_least.intent]\nreject = 3\n\
                    [at_least.difficulty]\nhard = 2\n[at_least.each]\ntag = 2\n";
    let files =
        files(&easy(1, &clarify("intent"))).with(DatasetFiles::COVERAGE, coverage.to_owned());
    let report = check(&files);
    let gaps: Vec<String> = report.gaps.iter().map(ToString::to_string).collect();
    assert_eq!(
        gaps,
        [
            "all: 2 of at least 9",
            "language ru: 0 of at least 2",
            "intent reject: 0 of at least 3",
            "difficulty hard: 1 of at least 2",
            "tag two: 1 of at least 2",
        ]
    );
    assert!(!report.passes());
}

#[test]
fn gaps_between_intents_and_languages_are_told() {
    let coverage =
        "version = 1\n[at_least.each]\nintent_in_language = 1\nintent_at_difficulty = 1\n";
    let report = check(&files("").with(DatasetFiles::COVERAGE, coverage.to_owned()));
    let gaps: Vec<String> = report.gaps.iter().map(ToString::to_string).collect();
    // Five intents in three languages and at three difficulties, of which one entry is one of each.
    assert_eq!(gaps.len(), 30 - 2);
    assert!(
        gaps.contains(&"intent reject, language ru: 0 of at least 1".to_owned()),
        "{gaps:?}"
    );
    assert!(
        gaps.contains(&"intent clarify_needed, difficulty easy: 0 of at least 1".to_owned()),
        "{gaps:?}"
    );
}

#[test]
fn a_broken_coverage_file_is_told_by_line() {
    let broken = "version = 1\n[at_least]\nentires = 1\n";
    let found = problems(&files("").with(DatasetFiles::COVERAGE, broken.to_owned()));
    assert_eq!(found.len(), 1);
    assert!(
        found[0].starts_with("golden/coverage.toml:3: unknown field `entires`"),
        "{found:?}"
    );
}

#[test]
fn the_coverage_table() {
    let entries = [
        easy(1, &clarify("intent")),
        entry(2, "two", "medium", &home::reject("payment")),
    ]
    .concat();
    insta::assert_snapshot!("coverage_table", check(&files(&entries)).coverage);
}
