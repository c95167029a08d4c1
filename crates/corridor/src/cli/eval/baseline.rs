//! The accepted baseline on disk, and what a run changes about it.

use std::{fs, io, path::Path};

use corridor_eval::{Baseline, Comparison, dataset::EntryId};

use super::EvalArgs;
use crate::cli::{
    failure::Failure,
    output::{Paint, Tone},
};

/// The baseline that the arguments need, if any. The first one to be accepted takes the place of an empty one.
pub(super) fn needed(arguments: &EvalArgs) -> Result<Option<Baseline>, Failure> {
    if !arguments.gate && !arguments.accept {
        return Ok(None);
    }
    let path = &arguments.baseline;
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if arguments.accept && error.kind() == io::ErrorKind::NotFound => {
            return Ok(Some(Baseline::default()));
        }
        Err(error) => {
            return Err(Failure::Refused {
                message: format!("{}: cannot be read: {error}", path.display()),
                hint: "name the accepted baseline with --baseline, or write one with --accept"
                    .to_owned(),
            });
        }
    };
    match Baseline::parse(&text) {
        Ok(baseline) => Ok(Some(baseline)),
        Err(error) => Err(Failure::Refused {
            message: format!("{}: {error}", path.display()),
            hint: "take the committed file, or delete it and write a new one with --accept"
                .to_owned(),
        }),
    }
}

/// Writes a baseline in place of the one that is there.
pub(super) fn write(path: &Path, baseline: &Baseline) -> Result<(), Failure> {
    let unwritable = |source| Failure::Unwritable {
        path: path.to_owned(),
        source,
    };
    let text = baseline
        .to_text()
        .map_err(|error| unwritable(io::Error::from(error)))?;
    fs::write(path, text).map_err(unwritable)
}

/// What changed against the baseline, and what that means.
pub(super) fn readable(gate: &Comparison, arguments: &EvalArgs, paint: Paint) -> String {
    let changes = [
        ("right before, wrong now", Tone::Bad, &gate.turned_wrong),
        ("wrong before, right now", Tone::Good, &gate.turned_right),
        ("wrong in other parts", Tone::Faint, &gate.wrong_otherwise),
        ("new and wrong", Tone::Asking, &gate.new_wrong),
        ("no longer there", Tone::Asking, &gate.gone),
    ];
    let path = arguments.baseline.display();
    let mut text = format!("\nAgainst {path}\n");
    for (what, tone, ids) in changes.into_iter().filter(|(_, _, ids)| !ids.is_empty()) {
        let head = paint.paint(tone, &format!("{what}: {}", ids.len()));
        text.push_str(&format!("  {head}\n{}", lines(ids)));
    }
    // Nobody has to look at these, and a first baseline has hundreds.
    if !gate.new_right.is_empty() {
        text.push_str(&format!("  new and right: {}\n", gate.new_right.len()));
    }
    let verdict = match (arguments.accept, gate.passes()) {
        _ if gate.is_unchanged() => "nothing changed".to_owned(),
        (true, _) => format!("written to {path}; review the difference like code"),
        (false, true) => "passes; accept what is better with --accept".to_owned(),
        (false, false) => format!(
            "{}: correct what broke these, or accept it with --accept and say why",
            paint.paint(Tone::Bad, "fails")
        ),
    };
    text.push_str(&format!("  {verdict}\n"));
    text
}

/// Ids, one a line, so that each can be given to `--only`.
fn lines(ids: &[EntryId]) -> String {
    ids.iter().map(|id| format!("    {id}\n")).collect()
}
