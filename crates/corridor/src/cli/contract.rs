//! `corridor contract check`: whether the contract's version tells what changed in its schemas.

use std::{fs, path::Path};

use corridor_contract::{
    Side,
    evolution::{Contract, ContractFileError, Verdict, check as compare},
};

use super::{failure::Failure, output::Output};

/// Compares the schemas in one folder with the baseline in another; without a folder, those that are built in.
pub(super) fn check(
    schemas: Option<&Path>,
    baseline: Option<&Path>,
    output: &mut Output,
) -> Result<(), Failure> {
    let current = schemas.map_or_else(|| built_in(Contract::current()), in_folder)?;
    let baseline = baseline.map_or_else(|| built_in(Contract::baseline()), in_folder)?;
    let verdict = compare(&baseline, &current);
    output.text(&format!("{verdict}\n"))?;
    accepted(&verdict)
}

/// The same for what is built in, as one line of `corridor check`. Gives whether it passed.
pub(super) fn check_built_in(output: &mut Output) -> Result<bool, Failure> {
    let verdict = compare(
        &built_in(Contract::baseline())?,
        &built_in(Contract::current())?,
    );
    let words = format!("{}. {verdict}", verdict.current);
    let passed = accepted(&verdict).is_ok();
    output.verdict("contract", if passed { Ok(&words) } else { Err(&words) })?;
    Ok(passed)
}

fn accepted(verdict: &Verdict) -> Result<(), Failure> {
    if verdict.is_accepted() {
        Ok(())
    } else {
        Err(Failure::Told)
    }
}

fn built_in(contract: Result<Contract, ContractFileError>) -> Result<Contract, Failure> {
    contract.map_err(|error| Failure::Contract {
        folder: None,
        error,
    })
}

fn in_folder(folder: &Path) -> Result<Contract, Failure> {
    let text = |name: &str| {
        let path = folder.join(name);
        fs::read_to_string(&path).map_err(|source| Failure::Unreadable { path, source })
    };
    let (command, decision) = (
        text(Side::Command.file_name())?,
        text(Side::Decision.file_name())?,
    );
    Contract::from_texts(&text("VERSION")?, &command, &decision).map_err(|error| {
        Failure::Contract {
            folder: Some(folder.to_owned()),
            error,
        }
    })
}
