//! `corridor stats`: record files as figures.

pub(in crate::cli) mod args;
pub(in crate::cli) mod files;

use corridor_eval::stats::StatsReader;

use super::{failure::Failure, output::Output};
use crate::{config::Sources, telemetry::records::RecordPlan};

pub(super) use args::StatsArgs;
use files::Found;

/// Reads the files and prints the figures.
pub(super) fn stats(
    arguments: &StatsArgs,
    sources: Sources,
    output: &mut Output,
) -> Result<(), Failure> {
    let found = match &arguments.folder {
        Some(folder) => files::in_folder(folder)?,
        None => {
            let settings = sources.load().map_err(Failure::Settings)?;
            let plan = RecordPlan::new(&settings.records).map_err(Failure::Records)?;
            files::of_plan(&plan)?
        }
    };
    if found.is_empty() {
        return Err(Failure::Refused {
            message: "there are no record files".to_owned(),
            hint: "name their folder, as in `corridor stats /var/log/corridor`; `corridor serve` writes them to records.dir"
                .to_owned(),
        });
    }
    let mut reader = StatsReader::new(arguments.window());
    for Found { file, path } in found {
        let name = path.display().to_string();
        let read = files::open(&path).and_then(|stream| reader.read(file, &name, stream));
        if let Err(error) = read {
            reader.unreadable(&name, &error);
        }
    }
    let stats = reader.finish();
    if arguments.json {
        return Ok(output.json(&stats)?);
    }
    Ok(output.text(&stats.to_string())?)
}
