//! `corridor serve --check`: whether the service would start, without starting it.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::Timestamp;

use super::{descriptors::Descriptors, failure::Failure, output::Output};
use crate::{
    config::{Settings, Sources},
    engine::Engine,
    http::{Server, StartError},
    model::{ControlParts, GuardWatch, ModelControl},
    telemetry::{records::RecordPlan, traces::Traces},
};

/// Checks everything a start needs, also after something failed, and prints a line on each. Nothing is called, served or kept.
pub(super) fn check(sources: Sources, output: &mut Output) -> Result<(), Failure> {
    let settings = match sources.load() {
        Ok(settings) => settings,
        Err(problems) => {
            output.verdict("settings", Err(&problems.to_string()))?;
            output.complaints(&Failure::Settings(problems))?;
            return Err(Failure::Told);
        }
    };
    output.verdict("settings", Ok("valid"))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|source| Failure::System {
            doing: "start the service's threads",
            source,
        })?;
    let _inside = runtime.enter();
    let (access, address) = runtime.block_on(listening(&settings));
    let needed = [
        ("pack", pack(&settings)),
        ("access", access),
        ("address", address),
        ("models", models(sources, &settings)),
        ("records", records(&settings)),
        ("traces", traces(&settings)),
    ];
    let mut would_start = true;
    for (subject, outcome) in needed {
        match outcome {
            Ok(words) => output.verdict(subject, Ok(&words))?,
            Err(failure) => {
                would_start = false;
                output.verdict(subject, Err("it would not start"))?;
                output.complaints(&failure)?;
            }
        }
    }
    // The service warns of these and goes on, as decisions do not need them.
    let wanted = [
        ("folders", folders(&settings)),
        ("files", descriptors(&settings)),
    ];
    for (subject, outcome) in wanted {
        match outcome {
            Ok(words) => output.verdict(subject, Ok(&words))?,
            Err(failure) => {
                output.warning(subject, "it would start, and something is amiss")?;
                output.complaints(&failure)?;
            }
        }
    }
    if would_start {
        Ok(())
    } else {
        Err(Failure::Told)
    }
}

type Outcome = Result<String, Failure>;

fn pack(settings: &Settings) -> Outcome {
    let engine = Engine::load(&settings.decision).map_err(Failure::Load)?;
    Ok(engine.pack_version().to_owned())
}

/// Who would be let in, and whether the addresses are free.
async fn listening(settings: &Settings) -> (Outcome, Outcome) {
    match Server::bind(settings.server.clone()).await {
        Ok(server) => {
            let operators = match server.operator_address() {
                Some(address) => format!(", operators at {address}"),
                None => String::new(),
            };
            (
                Ok(server.admits().to_owned()),
                Ok(format!("{} is free{operators}", server.address())),
            )
        }
        Err(error @ StartError::Access(_)) => (
            Err(Failure::Start(error)),
            Ok("not tried, as it would not be opened".to_owned()),
        ),
        Err(error) => (Ok("as set".to_owned()), Err(Failure::Start(error))),
    }
}

fn models(sources: Sources, settings: &Settings) -> Outcome {
    let control = ModelControl::start(ControlParts {
        sources,
        settings: settings.clone(),
        attempts: Arc::new(corridor_llm::record::NoRecords),
        clock: Arc::new(Timestamp::now),
        guard: GuardWatch::new(&settings.guard),
        publish: Box::new(|_| {}),
    })
    .map_err(Failure::Model)?;
    control.close();
    Ok("as the settings ask".to_owned())
}

fn records(settings: &Settings) -> Outcome {
    let plan = RecordPlan::new(&settings.records).map_err(Failure::Records)?;
    let written = plan.paths.iter().filter(|(_, path)| path.is_some()).count();
    Ok(format!("{written} files are written"))
}

fn traces(settings: &Settings) -> Outcome {
    let traces = Traces::start(&settings.traces).map_err(Failure::Traces)?;
    Ok(if traces.is_some() { "sent" } else { "off" }.to_owned())
}

/// The folders that the service writes to.
fn folders(settings: &Settings) -> Outcome {
    let plan = RecordPlan::new(&settings.records).map_err(Failure::Records)?;
    let of_records = plan
        .paths
        .iter()
        .filter_map(|(_, path)| path.as_deref()?.parent());
    let folders: BTreeSet<&Path> = std::iter::once(settings.state.dir.path())
        .chain(of_records)
        .collect();
    for folder in &folders {
        try_writing(folder).map_err(|source| Failure::Unwritable {
            path: (*folder).to_owned(),
            source,
        })?;
    }
    let names: Vec<_> = folders
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    Ok(format!("{} can be written to", names.join(" and ")))
}

/// Writes and removes an empty file in the folder or, where that is not there yet, in the nearest one above it.
fn try_writing(folder: &Path) -> io::Result<()> {
    let absolute = std::path::absolute(folder)?;
    let existing = absolute
        .ancestors()
        .find(|folder| folder.exists())
        .map_or_else(PathBuf::new, Path::to_owned);
    if !existing.is_dir() {
        return Err(io::ErrorKind::NotADirectory.into());
    }
    let probe = existing.join(format!(".corridor-check-{}", std::process::id()));
    fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&probe)?;
    fs::remove_file(probe)
}

fn descriptors(settings: &Settings) -> Outcome {
    let descriptors = Descriptors::raise_for(settings.server.max_connections.get());
    if descriptors.are_enough() {
        Ok(format!("{} may be open", descriptors.limit))
    } else {
        Err(Failure::Refused {
            message: format!(
                "{} files may be open, and server.max_connections needs {}",
                descriptors.limit, descriptors.needed
            ),
            hint: "raise the limit (LimitNOFILE in a unit, ulimit -Hn in a shell), or lower server.max_connections"
                .to_owned(),
        })
    }
}
