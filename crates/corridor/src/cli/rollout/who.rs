//! `corridor rollout who`: which commands are in the sample.

use std::io::{self, BufRead as _};

use corridor_contract::CommandId;
use corridor_decision::stages::{SampleRate, place_of};
use serde::Serialize;

use super::args::WhoArgs;
use crate::{
    cli::{
        failure::Failure,
        output::{Output, Tone, printable},
    },
    config::Sources,
};

#[derive(Serialize)]
struct Shown<'a> {
    command_id: &'a str,
    sampled: bool,
    place: f64,
}

/// Prints a line for each id. Blank lines of standard input are passed over.
pub(super) fn who(
    arguments: &WhoArgs,
    sources: &Sources,
    output: &mut Output,
) -> Result<(), Failure> {
    let rate = match arguments.rate {
        Some(rate) => rate,
        None => {
            let settings = sources.load().map_err(Failure::Settings)?;
            settings.partial_trust.sample_rate.rate()
        }
    };
    if !arguments.command_ids.is_empty() {
        for id in &arguments.command_ids {
            show(id, rate, arguments.json, output)?;
        }
        return Ok(());
    }
    for line in io::stdin().lock().lines() {
        let line = line.map_err(Failure::Input)?;
        let id = line.trim();
        if !id.is_empty() {
            show(id, rate, arguments.json, output)?;
        }
    }
    Ok(())
}

fn show(id: &str, rate: SampleRate, json: bool, output: &mut Output) -> Result<(), Failure> {
    let command = CommandId::new(id).map_err(|error| Failure::Refused {
        message: error.to_string(),
        hint: "leave --command-id out to read ids from standard input".to_owned(),
    })?;
    let (sampled, place) = (rate.takes(&command), place_of(&command));
    if json {
        output.json_line(&Shown {
            command_id: id,
            sampled,
            place,
        })?;
        return Ok(());
    }
    let word = if sampled {
        output.paint().paint(Tone::Good, "in ")
    } else {
        output.paint().paint(Tone::Faint, "out")
    };
    output.text(&format!("{word}  {place:.4}  {}\n", printable(id)))?;
    Ok(())
}
