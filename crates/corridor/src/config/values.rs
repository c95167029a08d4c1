//! The types of settings: each is valid by construction and has one parser.

mod limits;
mod model;
mod server;
mod switch;

pub use limits::{Days, Hours, Megabytes, RecordQueueLength, ServiceName};
pub use model::{
    BaseUrl, CallPlaces, Profile, QueueLength, SampleCount, SampleRate, Secret, Share, TextLength,
    TrustedIntents,
};
pub use server::{Count, ListenAddress, MillisecondsOrNone, RateLimit};
pub use switch::{StageSwitch, Switch};

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::tz::TimeZone;

use super::declaration::{Notation, SettingValue};

/// An address of this machine's loopback interface, with a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoopbackAddress(SocketAddr);

impl LoopbackAddress {
    /// The address to bind.
    #[must_use]
    pub fn get(self) -> SocketAddr {
        self.0
    }
}

impl SettingValue for LoopbackAddress {
    const NOTATION: Notation = Notation::Text;
    const ALLOWED: &'static str =
        "a loopback address and port: 127.0.0.1:PORT or [::1]:PORT, with PORT from 0 to 65535";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        let address: SocketAddr = text
            .parse()
            .map_err(|_| "is not an IP address with a port")?;
        if !address.ip().is_loopback() {
            return Err("is reachable from other machines, and the service has no authentication");
        }
        Ok(Self(address))
    }
}

/// The largest body the service reads, in bytes: 1 KiB to 16 MiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BodyLimit(usize);

impl BodyLimit {
    /// The limit in bytes.
    #[must_use]
    pub fn bytes(self) -> usize {
        self.0
    }
}

impl SettingValue for BodyLimit {
    const NOTATION: Notation = Notation::Integer;
    const ALLOWED: &'static str = "a number of bytes from 1024 to 16777216";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        let bytes: usize = text.parse().map_err(|_| "is not a whole number of bytes")?;
        if !(1024..=16_777_216).contains(&bytes) {
            return Err("is out of range");
        }
        Ok(Self(bytes))
    }
}

/// A time span of 1 ms to 10 minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Milliseconds(u32);

impl Milliseconds {
    /// The span as a duration.
    #[must_use]
    pub fn duration(self) -> Duration {
        Duration::from_millis(u64::from(self.0))
    }
}

impl SettingValue for Milliseconds {
    const NOTATION: Notation = Notation::Integer;
    const ALLOWED: &'static str = "a number of milliseconds from 1 to 600000";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        let milliseconds: u32 = text
            .parse()
            .map_err(|_| "is not a whole number of milliseconds")?;
        if !(1..=600_000).contains(&milliseconds) {
            return Err("is out of range");
        }
        Ok(Self(milliseconds))
    }
}

/// The folder of a pack. Whether it holds one shows when it is loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackDirectory(PathBuf);

impl PackDirectory {
    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl SettingValue for PackDirectory {
    const NOTATION: Notation = Notation::Text;
    const ALLOWED: &'static str = "the path of a folder";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        not_blank(text).map(Self)
    }
}

/// The path of a file. Whether there is one shows when it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePath(PathBuf);

impl FilePath {
    /// The path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl SettingValue for FilePath {
    const NOTATION: Notation = Notation::Text;
    const ALLOWED: &'static str = "the path of a file";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        not_blank(text).map(Self)
    }
}

/// The path of a folder to keep things in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder(PathBuf);

impl Folder {
    /// The path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl SettingValue for Folder {
    const NOTATION: Notation = Notation::Text;
    const ALLOWED: &'static str = "the path of a folder";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        not_blank(text).map(Self)
    }
}

fn not_blank(text: &str) -> Result<PathBuf, &'static str> {
    if text.trim().is_empty() {
        return Err("is blank");
    }
    Ok(PathBuf::from(text))
}

/// A time zone of the IANA database, which is built in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    /// The time zone.
    #[must_use]
    pub fn get(&self) -> &TimeZone {
        &self.0
    }
}

impl SettingValue for Zone {
    const NOTATION: Notation = Notation::Text;
    const ALLOWED: &'static str = "the name of an IANA time zone, such as Europe/Moscow or UTC";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        TimeZone::get(text)
            .map(Self)
            .map_err(|_| "is not the name of a known time zone")
    }
}

/// Declares a setting whose values are a closed list of words.
macro_rules! word_setting {
    (
        $(#[doc = $doc:literal])+
        $name:ident, $allowed:literal {
            $( $(#[doc = $word_doc:literal])+ $variant:ident = $word:literal, )+
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $( $(#[doc = $word_doc])+ $variant, )+
        }

        impl SettingValue for $name {
            const NOTATION: Notation = Notation::Text;
            const ALLOWED: &'static str = $allowed;

            fn from_text(text: &str) -> Result<Self, &'static str> {
                match text {
                    $( $word => Ok(Self::$variant), )+
                    _ => Err("is not one of the allowed words"),
                }
            }
        }
    };
}

word_setting! {
    /// A language Corridor speaks.
    Language, "`ru` or `en`" {
        /// Russian.
        Russian = "ru",
        /// English.
        English = "en",
    }
}

word_setting! {
    /// How important a log message must be to be written.
    LogLevel, "`error`, `warn`, `info` or `debug`" {
        /// What went wrong inside.
        Error = "error",
        /// And what an operator should look at.
        Warn = "warn",
        /// And start, stop and readiness.
        Info = "info",
        /// And one line a request, without what was said.
        Debug = "debug",
    }
}

word_setting! {
    /// The form of log messages.
    LogFormat, "`auto`, `text` or `json`" {
        /// Lines for a person at a terminal, JSON for anything else.
        Auto = "auto",
        /// Lines for people.
        Text = "text",
        /// One JSON object a line.
        Json = "json",
    }
}
