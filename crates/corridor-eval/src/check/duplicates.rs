//! Commands that are there twice, and those that are answered in two ways.

use std::collections::HashMap;

use corridor_contract::{Capabilities, Command, Timestamp};

use crate::dataset::{ContextName, DatasetProblem, Entry};
use crate::text::normal;

/// What makes two commands the same to whoever decides them: the words, and all that surrounds them.
#[derive(PartialEq, Eq, Hash)]
struct Situation<'d> {
    words: String,
    context: &'d ContextName,
    timestamp: Timestamp,
    capabilities: Vec<&'static str>,
}

/// Problems of entries that repeat or contradict an earlier one. Case and spaces make another command, but no other meaning.
pub(crate) fn find(entries: &[Entry]) -> Vec<DatasetProblem> {
    let mut first: HashMap<Situation<'_>, &Entry> = HashMap::new();
    let mut problems = Vec::new();
    for entry in entries {
        let Ok(command) = Command::from_slice(&entry.command) else {
            continue;
        };
        let situation = Situation {
            words: normal(&entry.text).to_lowercase(),
            context: &entry.context,
            timestamp: command.timestamp,
            capabilities: words(command.capabilities),
        };
        let Some(earlier) = first.get(&situation) else {
            first.insert(situation, entry);
            continue;
        };
        let place = entry.place.clone();
        if earlier.expected.preferred != entry.expected.preferred {
            let message = format!(
                "expects another answer than {} at {}, to the same words",
                earlier.id, earlier.place
            );
            problems.push(DatasetProblem::new(
                place,
                message,
                "decide which is right; where both are, say so in accept",
            ));
        } else if earlier.text == entry.text {
            let message = format!("is the same command as {} at {}", earlier.id, earlier.place);
            problems.push(DatasetProblem::new(
                place,
                message,
                "remove one; its id stays unused",
            ));
        }
    }
    problems
}

fn words(capabilities: Capabilities) -> Vec<&'static str> {
    capabilities
        .iter()
        .map(|capability| capability.as_str())
        .collect()
}
