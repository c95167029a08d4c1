//! `corridor rollout switches`: what is on in a running service and who says so, and the operator's own word.

use std::fmt::Write as _;

use corridor_decision::stages::Trip;
use serde_json::{Map, Value, json};

use super::{args::SwitchesArgs, operator::Operator};
use crate::{
    cli::{
        failure::Failure,
        output::{Output, Paint, Tone, printable},
    },
    model::switches::SwitchName,
};

/// Changes what is to be changed, and prints what is on then.
pub(super) fn switches(arguments: &SwitchesArgs, output: &mut Output) -> Result<(), Failure> {
    let operator = Operator::at(&arguments.url, arguments.operator_token.as_deref())?;
    let change = change(arguments);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|source| Failure::System {
            doing: "ask the service",
            source,
        })?;
    let status = runtime.block_on(operator.ask(change.as_ref()))?;
    if arguments.json {
        output.json(&status)?;
    } else {
        let text = in_words(&status, output.paint());
        output.text(&text)?;
    }
    Ok(())
}

/// The body of the change; nothing where nothing is to be changed.
fn change(arguments: &SwitchesArgs) -> Option<Value> {
    let offs = arguments.off.iter().map(|switch| (switch, json!("off")));
    let lifts = arguments.lift.iter().map(|switch| (switch, Value::Null));
    let mut change: Map<String, Value> = offs
        .chain(lifts)
        .map(|(switch, word)| (switch.as_str().to_owned(), word))
        .collect();
    if arguments.rearm {
        change.insert("guard".to_owned(), json!("armed"));
    }
    (!change.is_empty()).then_some(Value::Object(change))
}

fn in_words(status: &Value, paint: Paint) -> String {
    let word = |pointer: &str| {
        status
            .pointer(pointer)
            .and_then(Value::as_str)
            .map(printable)
    };
    let mut text = format!(
        "{:<26} {:<16} {:<6} {:<11} {:<5} {:<6} {}\n",
        "", "", "file", "environment", "flag", "admin", "guard"
    );
    for switch in SwitchName::ALL {
        let name = switch.as_str();
        let of = |key: &str| word(&format!("/switches/{name}/{key}"));
        let effective = of("effective").unwrap_or_default();
        let shown = match of("off_because") {
            Some(cause) => format!("off ({cause})"),
            None => effective.clone(),
        };
        let tone = if effective == "on" {
            Tone::Good
        } else {
            Tone::Faint
        };
        let said = |key| of(key).unwrap_or_else(|| "·".to_owned());
        let _ = writeln!(
            text,
            "{name:<26} {} {:<6} {:<11} {:<5} {:<6} {}",
            paint.paint(tone, &format!("{shown:<16}")),
            said("file"),
            said("environment"),
            said("flag"),
            said("admin"),
            said("guard"),
        );
    }
    let mut line = |name: &str, words: &str| {
        let _ = writeln!(text, "{name:<26} {words}");
    };
    let client = [word("/client/state"), word("/client/message")];
    line(
        "model client",
        &client.into_iter().flatten().collect::<Vec<_>>().join(": "),
    );
    line("files", &word("/files/state").unwrap_or_default());
    let problems = status.pointer("/files/problems").and_then(Value::as_array);
    for problem in problems.into_iter().flatten().filter_map(Value::as_str) {
        line("", &printable(problem));
    }
    line("guard", &guard_in_words(status.get("guard")));
    if word("/kept").as_deref() == Some("not_kept") {
        line(
            "kept",
            "no: a restart would forget what was switched off; let the service write to state.dir",
        );
    }
    text
}

/// What the guard tripped on, or that it watches.
fn guard_in_words(guard: Option<&Value>) -> String {
    let trip: Option<Trip> = guard.and_then(|guard| {
        let mut trip = guard.clone();
        trip.as_object_mut()?.remove("state")?;
        serde_json::from_value(trip).ok()
    });
    match trip {
        None => "armed".to_owned(),
        Some(trip) => format!(
            "tripped on {}: {} of {} visits, surely more than {:.0} % (at most {:.0} % are allowed), at {}",
            trip.cause.as_str(),
            trip.bad,
            trip.samples,
            trip.at_least * 100.0,
            trip.limit * 100.0,
            trip.at,
        ),
    }
}
