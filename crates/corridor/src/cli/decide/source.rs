//! Where a single command comes from: a file, or a text and a household.

use std::{
    fs,
    io::{self, Read as _},
    path::Path,
};

use corridor_contract::{Capability, Command, Timestamp};
use jiff::{Zoned, tz::TimeZone};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{cli::failure::Failure, config::DecisionSettings};

/// A command as it came, and where it came from.
pub(super) struct Source {
    pub(super) bytes: Vec<u8>,
    pub(super) name: String,
}

impl Source {
    /// The command, or everything wrong with it.
    pub(super) fn command(&self) -> Result<Command, Failure> {
        Command::from_slice(&self.bytes).map_err(|problems| Failure::Command {
            source: self.name.clone(),
            problems,
        })
    }
}

/// The command in a JSON file, or on standard input for `-`.
pub(super) fn file(path: &Path) -> Result<Source, Failure> {
    Ok(Source {
        bytes: read(path)?,
        name: path.display().to_string(),
    })
}

/// A command that says `text` in the household of `context`, as its first member, to a product that can do everything. `name` says
/// where the household comes from.
pub(super) fn text(text: &str, said_at: Timestamp, context: &Value, name: String) -> Source {
    // A household without members is told as such; that nobody speaks then is no problem of its own.
    let speaker = context
        .pointer("/household/members/0/user_id")
        .and_then(Value::as_str)
        .unwrap_or("speaker");
    let document = json!({
        "command_id": Uuid::now_v7().to_string(),
        "user_id": speaker,
        "timestamp": said_at.to_string(),
        "text": text,
        "capabilities": Capability::ALL,
        "context": context,
    });
    Source {
        bytes: document.to_string().into_bytes(),
        name,
    }
}

/// When a text is said: the time that the call gives, else now on a clock in the settings' zone, else in the system's.
pub(super) fn said_at(now: Option<Timestamp>, settings: &DecisionSettings) -> Timestamp {
    now.unwrap_or_else(|| {
        let zone = settings
            .timezone
            .as_ref()
            .map_or_else(TimeZone::system, |zone| zone.get().clone());
        let now = Zoned::now().with_time_zone(zone);
        // Offsets with seconds, which a timestamp cannot write, ended before computers.
        let written = now.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
        written
            .parse()
            .unwrap_or_else(|_| Timestamp::from(now.timestamp()))
    })
}

/// A JSON file of any shape. `hint` says what it should hold.
pub(super) fn json_file(path: &Path, hint: &'static str) -> Result<Value, Failure> {
    json_text(&read(path)?, &path.display().to_string(), hint)
}

/// A JSON text of any shape. `source` says where it comes from, `hint` what it should hold.
pub(super) fn json_text(text: &[u8], source: &str, hint: &'static str) -> Result<Value, Failure> {
    serde_json::from_slice(text).map_err(|error| Failure::NotJson {
        source: source.to_owned(),
        line: error.line(),
        hint,
    })
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let read = if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(path)
    };
    read.map_err(|source| Failure::Unreadable {
        path: path.to_owned(),
        source,
    })
}
