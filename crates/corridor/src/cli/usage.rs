//! Calls that are wrong, told like everything else that is wrong: what, and apart from it what to do.

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{failure::Failure, output};

/// Prints what clap answers in place of a call, and gives the exit code: help and version, or what is wrong with the call.
pub(super) fn tell(answer: &clap::Error, no_color: bool) -> ExitCode {
    let code = ExitCode::from(u8::try_from(answer.exit_code()).unwrap_or(2));
    if matches!(
        answer.kind(),
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    ) {
        // Help and version go to standard output and are no errors; who closed it does not want them.
        let _ = answer.print();
        return code;
    }
    let refused = Failure::Refused {
        message: message(answer),
        hint: hint(answer),
    };
    output::tell(&refused, no_color);
    code
}

/// The first paragraph of what clap would print, on one line.
fn message(answer: &clap::Error) -> String {
    let text = answer.to_string();
    let paragraph = text.split("\n\n").next().unwrap_or_default();
    let words: Vec<_> = paragraph.split_whitespace().collect();
    let line = words.join(" ");
    line.strip_prefix("error: ").unwrap_or(&line).to_owned()
}

/// What clap thinks was meant, and how to read more.
fn hint(answer: &clap::Error) -> String {
    let meant = answer.context().find_map(|(kind, value)| {
        let is_suggestion = matches!(
            kind,
            ContextKind::SuggestedArg
                | ContextKind::SuggestedSubcommand
                | ContextKind::SuggestedValue
        );
        match value {
            ContextValue::String(word) if is_suggestion => Some(word.clone()),
            // The likeliest stands last.
            ContextValue::Strings(words) if is_suggestion => words.last().cloned(),
            _ => None,
        }
    });
    let help = format!("`{} --help` shows what it takes", called(answer));
    match meant {
        Some(meant) => format!("did you mean `{meant}`? {help}"),
        None => help,
    }
}

/// The command that was called, as far as clap understood it: the words of its usage before the first argument.
fn called(answer: &clap::Error) -> String {
    let usage = answer
        .context()
        .find_map(|(kind, value)| match (kind, value) {
            (ContextKind::Usage, ContextValue::StyledStr(usage)) => Some(usage.to_string()),
            _ => None,
        });
    let usage = usage.unwrap_or_default();
    let words: Vec<_> = usage
        .split_whitespace()
        .skip_while(|word| *word != "corridor")
        .take_while(|word| {
            word.chars()
                .all(|letter| letter.is_ascii_lowercase() || letter == '-')
                && !word.starts_with('-')
        })
        .collect();
    if words.is_empty() {
        "corridor".to_owned()
    } else {
        words.join(" ")
    }
}
