//! `corridor golden add`: a new entry from what a command is answered.

use std::{
    fs,
    io::{self, BufRead as _, IsTerminal as _},
};

use corridor_eval::{Draft, DraftError, DraftRequest, InProcess, dataset::ContextName, draft};

use super::{AddArgs, files};
use crate::{
    cli::{failure::Failure, output::Output},
    config::Sources,
    engine::Engine,
};

/// Drafts the entry, shows it, and appends it where that is wanted.
pub(super) fn add(
    arguments: &AddArgs,
    sources: Sources,
    output: &mut Output,
) -> Result<(), Failure> {
    let settings = sources.load().map_err(Failure::Settings)?;
    let files = files::read(&arguments.golden)?;
    let dataset = files::sound(&files)?;
    let engine = Engine::load(&settings.decision).map_err(Failure::Load)?;
    let request = DraftRequest {
        text: arguments.text.join(" "),
        context: ContextName::new(&arguments.context),
        difficulty: arguments.difficulty,
        tags: arguments.tags.clone(),
        file: arguments.file.clone(),
        notes: arguments.notes.clone(),
    };
    let executor = InProcess::new(engine.decider());
    let draft = match draft(&files, &dataset, &request, &executor) {
        Ok(draft) => draft,
        Err(DraftError::Unsound { entry, problems }) => {
            output.text(&format!(
                "{entry}\nnothing was recorded, as the set would not be sound\n"
            ))?;
            return Err(Failure::Dataset(problems));
        }
        Err(error) => {
            return Err(Failure::Refused {
                message: error.to_string(),
                hint: "corridor golden add --help describes every argument".to_owned(),
            });
        }
    };
    let path = arguments.golden.join(&draft.file);
    output.text(&format!("{}\n", draft.entry))?;
    if !arguments.yes && !agreed(&draft, output)? {
        return Ok(());
    }
    fs::write(&path, &draft.file_text).map_err(|source| Failure::Unwritable {
        path: path.clone(),
        source,
    })?;
    let written = format!("appended {} to {}\n", draft.id, path.display());
    Ok(output.text(&written)?)
}

/// Asks the person at the terminal. Without one there is nobody to agree.
fn agreed(draft: &Draft, output: &mut Output) -> Result<bool, Failure> {
    let stdin = io::stdin();
    if !stdin.is_terminal() {
        return Err(Failure::Refused {
            message: "nothing was recorded, as there is nobody to ask".to_owned(),
            hint: "read the entry above against the decision rules, then give --yes".to_owned(),
        });
    }
    output.text(&format!(
        "Is this what the decision rules say? Append it to {}? [y/N] ",
        draft.file
    ))?;
    output.flush()?;
    let mut answer = String::new();
    stdin
        .lock()
        .read_line(&mut answer)
        .map_err(Failure::Input)?;
    let agreed = matches!(answer.trim(), "y" | "Y" | "yes");
    if !agreed {
        output.text("nothing was recorded\n")?;
    }
    Ok(agreed)
}
