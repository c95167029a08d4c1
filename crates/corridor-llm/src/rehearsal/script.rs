//! The script of a rehearsal, as a TOML file.

use serde::Deserialize;

use crate::file_problem::{FileProblem, FileProblems, SourceFile};

/// A whole script.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// Makes two runs with the same requests alike.
    #[serde(default = "default_seed")]
    pub seed: u64,
    /// How the next play is chosen.
    #[serde(default)]
    pub order: Order,
    /// What every request must have.
    #[serde(default)]
    pub expect: Expectations,
    /// How long an answer takes.
    #[serde(default)]
    pub latency: LatencySpec,
    /// What is played; at least one.
    #[serde(default)]
    pub plays: Vec<PlaySpec>,
    /// Times at which nothing works.
    #[serde(default)]
    pub outages: Vec<Outage>,
}

/// How the next play is chosen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// At random by weight, from the seed.
    #[default]
    Weighted,
    /// One after the other, then from the start again.
    InOrder,
}

/// What every request must have; what is not named is not asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectations {
    /// How the key comes.
    #[serde(default)]
    pub authorization: AuthorizationExpected,
    /// The key itself: one made for rehearsals, never a real one.
    pub key: Option<String>,
    /// The value of `OpenAI-Project`.
    pub project: Option<String>,
    /// The model's name as it must arrive.
    pub model: Option<String>,
    /// Whether logging must be refused.
    #[serde(default)]
    pub data_logging: DataLoggingExpected,
    /// The `type` of `response_format`.
    pub response_format: Option<String>,
}

/// How a key must come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthorizationExpected {
    /// As it likes.
    #[default]
    Any,
    /// `Bearer …`
    Bearer,
    /// `Api-Key …`
    ApiKey,
}

/// Whether `x-data-logging-enabled: false` must come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataLoggingExpected {
    /// As it likes.
    #[default]
    Any,
    /// It must.
    Refused,
}

/// How long an answer takes: log-normal, as real services are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LatencySpec {
    /// Half of the answers are faster, milliseconds.
    #[serde(default)]
    pub median_ms: f64,
    /// One in a hundred is slower, milliseconds; the median where not given.
    pub p99_ms: Option<f64>,
}

/// One thing that may be played.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaySpec {
    /// What.
    pub play: PlayKind,
    /// How often, against the other plays.
    #[serde(default = "one")]
    pub weight: f64,
    /// How many requests in a row.
    #[serde(default = "one_request")]
    pub burst: u32,
    /// The status of [`PlayKind::Status`].
    pub status: Option<u16>,
    /// `Retry-After` of [`PlayKind::Status`], seconds.
    pub retry_after_s: Option<u64>,
    /// The pause between two bytes of [`PlayKind::Drip`], milliseconds.
    pub interval_ms: Option<u64>,
    /// The size of [`PlayKind::Oversize`], bytes.
    pub bytes: Option<usize>,
}

/// What may be played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlayKind {
    /// A plausible answer.
    Answer,
    /// A plausible answer inside a Markdown fence.
    Fenced,
    /// A plausible answer with words around it.
    Prose,
    /// An answer that fits the schema and names what nobody said.
    Ungrounded,
    /// An answer with a value the schema does not allow.
    WrongEnum,
    /// An answer cut at the token limit, and said to be.
    Truncated,
    /// An answer whose JSON ends half-way without saying so.
    HalfJson,
    /// An answer without text.
    Empty,
    /// Status 200 with an error in the body.
    ErrorBody,
    /// Status 200 with an HTML page.
    Html,
    /// Another status.
    Status,
    /// Status 401 with a body that echoes the key and the request.
    EchoKey,
    /// A body larger than anybody wants.
    Oversize,
    /// The connection is reset.
    Reset,
    /// The request is read and nothing follows.
    NoFirstByte,
    /// The reply comes byte by byte.
    Drip,
    /// The connection closes in the middle of the body.
    CutBody,
}

impl PlayKind {
    /// The name in scripts and reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Fenced => "fenced",
            Self::Prose => "prose",
            Self::Ungrounded => "ungrounded",
            Self::WrongEnum => "wrong_enum",
            Self::Truncated => "truncated",
            Self::HalfJson => "half_json",
            Self::Empty => "empty",
            Self::ErrorBody => "error_body",
            Self::Html => "html",
            Self::Status => "status",
            Self::EchoKey => "echo_key",
            Self::Oversize => "oversize",
            Self::Reset => "reset",
            Self::NoFirstByte => "no_first_byte",
            Self::Drip => "drip",
            Self::CutBody => "cut_body",
        }
    }
}

/// A time at which every connection is reset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outage {
    /// It begins with the request after so many.
    pub after_requests: u64,
    /// It lasts so long, milliseconds.
    pub for_ms: u64,
}

impl Script {
    /// The built-in script, with a comment on every key.
    pub const DEFAULT_TEXT: &str = include_str!("../../rehearsal/default.toml");

    /// A useful mixture: mostly good answers with a plausible latency, now and then each fault.
    ///
    /// # Errors
    /// Never, as long as the crate's tests pass.
    pub fn default_mixture() -> Result<Self, FileProblems> {
        Self::parse("the built-in script", Self::DEFAULT_TEXT)
    }

    /// Reads a script.
    ///
    /// # Errors
    /// What is wrong, with the line.
    pub fn parse(name: &str, text: &str) -> Result<Self, FileProblems> {
        let file = SourceFile { name, text };
        let script: Self = toml::from_str(text).map_err(|error| {
            file.toml_problem(
                &error,
                "corridor mock-llm --print-script prints one with every key",
            )
        })?;
        FileProblems::check(script.problems(file))?;
        Ok(script)
    }

    fn problems(&self, file: SourceFile<'_>) -> Vec<FileProblem> {
        let mut problems = Vec::new();
        let mut report = |field: &str, message: &str, hint: &str| {
            problems.push(file.problem(0..0, field, message, hint));
        };
        if self.plays.is_empty() {
            report(
                "plays",
                "names nothing to play",
                "[[plays]] with play = \"answer\"",
            );
        }
        let latencies = [Some(self.latency.median_ms), self.latency.p99_ms];
        if latencies
            .into_iter()
            .flatten()
            .any(|ms| !(0.0..=600_000.0).contains(&ms))
        {
            report("latency", "is out of range", "from 0 to 600000 ms");
        }
        if self
            .latency
            .p99_ms
            .is_some_and(|p99| p99 < self.latency.median_ms)
        {
            report(
                "latency.p99_ms",
                "is below median_ms",
                "make it at least as large",
            );
        }
        let weights = self.plays.iter().map(|play| play.weight);
        if weights.clone().any(|weight| !(0.0..=1e9).contains(&weight))
            || weights.sum::<f64>() <= 0.0
        {
            report(
                "plays.weight",
                "must be 0 or more, and not all of them 0",
                "leave it out for 1",
            );
        }
        for play in &self.plays {
            let status = play.status.unwrap_or(0);
            if play.play == PlayKind::Status && !(200..=599).contains(&status) {
                report(
                    "plays.status",
                    "is missing or out of range",
                    "status = 429, for example",
                );
            }
        }
        problems
    }
}

fn default_seed() -> u64 {
    1
}

fn one() -> f64 {
    1.0
}

fn one_request() -> u32 {
    1
}
