//! Reports of 10,000 entries: text, JSON and page of a run, and of a comparison. The claim is a second for each.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark fails where it stands"
)]

use std::path::Path;
use std::time::Duration;

use corridor_decision::{Decider, DecisionSettings};
use corridor_eval::dataset::{Dataset, DatasetFiles, Entry, EntryId};
use corridor_eval::{
    ComparisonReport, InProcess, Miss, Mode, Report, Run, RunSize, Speed, Subject, page,
};

const ENTRIES: usize = 10_000;

fn main() {
    divan::main();
}

/// The golden set over and over, with an id for each time.
fn entries() -> Vec<Entry> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets/golden");
    let mut files = Vec::new();
    read(&folder, "", &mut files);
    let golden = Dataset::read(&DatasetFiles::new("golden", files)).dataset;
    (0..ENTRIES)
        .map(|number| {
            let mut entry = golden.entries[number % golden.entries.len()].clone();
            entry.id = EntryId::new(format!("{}-{number}", entry.id.as_str())).unwrap();
            entry
        })
        .collect()
}

fn read(folder: &Path, prefix: &str, files: &mut Vec<(String, String)>) {
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            read(&path, &format!("{name}/"), files);
        } else if path.extension().is_some_and(|found| found == "toml") {
            files.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
}

fn decider() -> Decider {
    let settings = DecisionSettings {
        language: corridor_nlu::Language::Ru,
        timezone: None,
    };
    Decider::new(corridor_nlu::Engine::embedded().unwrap(), settings)
}

/// A run where one entry in ten is wrong, so that there is something to tell.
fn run(entries: &[Entry], wrong: usize) -> Run<'_> {
    let decider = decider();
    let mut run = Run::of(entries, &InProcess::new(&decider), RunSize::ONCE);
    for (number, outcome) in run.outcomes.iter_mut().enumerate() {
        if number % 10 == wrong {
            outcome.unstable = true;
        }
    }
    run
}

fn report(run: &Run<'_>, mode: Mode) -> Report {
    let speed = Speed {
        decided: ENTRIES,
        threads: 1,
        elapsed: Duration::from_secs(1),
    };
    let mut report = Report::of(run, mode, speed);
    report.misses = Some(run.outcomes.iter().filter_map(Miss::of).collect());
    report
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn of_a_run(bencher: divan::Bencher<'_, '_>) {
    let entries = entries();
    let run = run(&entries, 3);
    bencher.bench_local(|| {
        let report = report(&run, Mode::Baseline);
        (
            report.to_string(),
            serde_json::to_string(&report).unwrap(),
            page(Subject::Run(&report)),
        )
    });
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn of_a_comparison(bencher: divan::Bencher<'_, '_>) {
    let entries = entries();
    let (baseline, assisted) = (run(&entries, 3), run(&entries, 4));
    bencher.bench_local(|| {
        let report = ComparisonReport::of(
            (&baseline, report(&baseline, Mode::Baseline)),
            (&assisted, report(&assisted, Mode::Assisted)),
        );
        (
            report.to_string(),
            serde_json::to_string(&report).unwrap(),
            page(Subject::Comparison(&report)),
        )
    });
}
