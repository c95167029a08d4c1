//! `corridor check`: the settings, the pack with its expectations, the contract.

use corridor_nlu::{Engine, ExpectationReport};

use super::{
    contract,
    failure::Failure,
    output::{Output, Tone},
};
use crate::{
    config::{Settings, Sources},
    engine,
    telemetry::records::RecordPlan,
};

/// Checks everything, also after something failed, and prints a line on each.
pub(super) fn check(sources: Sources, output: &mut Output) -> Result<(), Failure> {
    let mut all_passed = true;
    let file = sources.settings_file();
    let settings = match sources.load() {
        Ok(settings) => {
            let source = file.map_or_else(
                || "no file, defaults".to_owned(),
                |file| file.display().to_string(),
            );
            match RecordPlan::new(&settings.records) {
                Ok(_) => output.verdict("settings", Ok(&source))?,
                Err(error) => {
                    output.verdict("settings", Err("they contradict each other"))?;
                    output.complaints(&Failure::Records(error))?;
                    all_passed = false;
                }
            }
            Some(settings)
        }
        Err(problems) => {
            output.verdict("settings", Err(&problems.to_string()))?;
            output.complaints(&Failure::Settings(problems))?;
            all_passed = false;
            None
        }
    };
    match settings {
        Some(settings) => all_passed &= check_pack(&settings, output)?,
        None => output.verdict("pack", Err("not checked, as the settings name it"))?,
    }
    all_passed &= contract::check_built_in(output)?;
    if all_passed {
        Ok(())
    } else {
        Err(Failure::Told)
    }
}

fn check_pack(settings: &Settings, output: &mut Output) -> Result<bool, Failure> {
    let decision = &settings.decision;
    let loaded =
        engine::load_pack(decision).and_then(|engine| Ok((engine.run_expectations()?, engine)));
    let (expectations, engine) = match loaded {
        Ok(loaded) => loaded,
        Err(error) => {
            output.verdict("pack", Err(&error.to_string()))?;
            output.complaints(&Failure::Load(error))?;
            return Ok(false);
        }
    };
    report(&engine, &expectations, output)
}

fn report(
    engine: &Engine,
    expectations: &ExpectationReport,
    output: &mut Output,
) -> Result<bool, Failure> {
    let (version, total) = (engine.pack_version(), expectations.outcomes.len());
    let failures: Vec<_> = expectations.failures().collect();
    if failures.is_empty() {
        output.verdict("pack", Ok(&format!("{version}, {total} expectations hold")))?;
        return Ok(true);
    }
    let failed = failures.len();
    output.verdict(
        "pack",
        Err(&format!(
            "{version}, {failed} of {total} expectations do not hold"
        )),
    )?;
    for outcome in failures {
        let expected = &outcome.expected;
        let line = expected
            .line
            .map_or_else(String::new, |line| format!(":{line}"));
        output.text(&format!(
            "\n  {}{line}: {}\n  {}\n",
            expected.file, expected.about, expected.say
        ))?;
        output.text(&side_by_side(&expected.get, &outcome.got, output.paint()))?;
        for name in &outcome.unknown_goods {
            output.text(&format!("    {name}: not a known good\n"))?;
        }
    }
    output.text("\n")?;
    Ok(false)
}

/// Two lists of lines as columns, with a mark before the lines that differ.
fn side_by_side(expected: &[String], got: &[String], paint: super::output::Paint) -> String {
    const HEAD: &str = "expected";
    let width = expected
        .iter()
        .map(|line| line.chars().count())
        .max()
        .unwrap_or(0)
        .max(HEAD.len());
    let mut table = format!("    {HEAD:<width$}  got\n");
    for row in 0..expected.len().max(got.len()) {
        let (left, right) = (expected.get(row), got.get(row));
        let (left_text, right_text) = (
            left.map_or("—", String::as_str),
            right.map_or("—", String::as_str),
        );
        let line = format!("{left_text:<width$}  {right_text}");
        if left == right {
            table.push_str(&format!("    {line}\n"));
        } else {
            table.push_str(&format!("  {} {line}\n", paint.paint(Tone::Bad, "≠")));
        }
    }
    table
}
