//! `corridor rollout verdict`: from record files to promote, hold or roll back.

use std::{fs, path::PathBuf, time::Duration};

use clap::{Args, ValueEnum};
use corridor_decision::records::RecordFile;
use corridor_eval::stats::Window;
use corridor_eval::verdict::{
    Action, EvidenceReader, Limits, ReadProblem, RolloutStage, Verdict, verdict as judge,
};
use jiff::Timestamp;

use crate::cli::{
    failure::Failure,
    output::{Output, Tone},
    stats::{args::time, files},
};

/// The exit code of "hold".
const HOLD: u8 = 3;
/// The exit code of "roll back".
const ROLL_BACK: u8 = 4;

/// Which records, and what they are held to.
#[derive(Args, Debug)]
#[group(id = "logs", required = true, multiple = true, args = ["risk_log", "shadow_log", "assist_log"])]
pub(in crate::cli) struct VerdictArgs {
    /// Log of visits to the corridor, partial_trust_risk.jsonl; rotated and compressed pieces beside it are read too
    #[arg(long, value_name = "FILE")]
    risk_log: Option<PathBuf>,

    /// Log of shadow calls, shadow_router.jsonl
    #[arg(long, value_name = "FILE")]
    shadow_log: Option<PathBuf>,

    /// Log of assist hints, assist.jsonl
    #[arg(long, value_name = "FILE")]
    assist_log: Option<PathBuf>,

    /// The stage the model is at; by default what the records tell
    #[arg(long, value_name = "STAGE")]
    stage: Option<StageArg>,

    /// Count only records from this time on: RFC 3339, or a day in UTC such as 2026-06-15
    #[arg(long, value_name = "TIME", value_parser = time)]
    since: Option<Timestamp>,

    /// Count only records before this time: RFC 3339, or a day in UTC, which then does not count itself
    #[arg(long, value_name = "TIME", value_parser = time)]
    until: Option<Timestamp>,

    /// The share of calls that may fail, 0 to 1
    #[arg(long, value_name = "SHARE", default_value = "0.05", value_parser = share)]
    max_error_share: f64,

    /// The share of answers that the rules may refuse
    #[arg(long, value_name = "SHARE", default_value = "0.3", value_parser = share)]
    max_refusal_share: f64,

    /// The share of answers that may differ from the rules in intent, action, items, amounts or lists
    #[arg(long, value_name = "SHARE", default_value = "0.1", value_parser = share)]
    max_disagreement_share: f64,

    /// The share of calls that may be slow; 0.05 asks for a 95th percentile
    #[arg(long, value_name = "SHARE", default_value = "0.05", value_parser = share)]
    max_slow_share: f64,

    /// Where a person waits, a call that takes longer is slow, in milliseconds
    #[arg(long, value_name = "MS", default_value = "1000")]
    slow_after_ms: u64,

    /// In shadow, a call that takes longer is slow, in milliseconds
    #[arg(long, value_name = "MS", default_value = "3000")]
    shadow_slow_after_ms: u64,

    /// Print it as JSON, also on a terminal
    #[arg(long)]
    json: bool,
}

/// A stage of a rollout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum StageArg {
    /// The model reads along
    Shadow,
    /// The model gives hints
    Assist,
    /// It may answer one command in a hundred
    #[value(name = "corridor-1")]
    Corridor1,
    /// It may answer five in a hundred
    #[value(name = "corridor-5")]
    Corridor5,
    /// It may answer ten in a hundred
    #[value(name = "corridor-10")]
    Corridor10,
}

impl From<StageArg> for RolloutStage {
    fn from(stage: StageArg) -> Self {
        match stage {
            StageArg::Shadow => Self::Shadow,
            StageArg::Assist => Self::Assist,
            StageArg::Corridor1 => Self::Corridor1,
            StageArg::Corridor5 => Self::Corridor5,
            StageArg::Corridor10 => Self::Corridor10,
        }
    }
}

/// Reads the logs, judges, and says so also by the exit code: 0 promote, 3 hold, 4 roll back.
pub(super) fn verdict(arguments: &VerdictArgs, output: &mut Output) -> Result<(), Failure> {
    let limits = arguments.limits();
    let mut reader = EvidenceReader::new(
        limits,
        Window {
            since: arguments.since,
            until: arguments.until,
        },
    );
    let logs = [
        (RecordFile::ShadowRouter, &arguments.shadow_log),
        (RecordFile::Assist, &arguments.assist_log),
        (RecordFile::PartialTrustRisk, &arguments.risk_log),
    ];
    for (file, path) in logs {
        let Some(path) = path else { continue };
        // The log that is named has to be there; its pieces may be.
        fs::metadata(path).map_err(|source| Failure::Unreadable {
            path: path.clone(),
            source,
        })?;
        for piece in files::pieces_of(file, path)? {
            let name = piece.path.display().to_string();
            files::open(&piece.path)
                .and_then(|stream| reader.read(file, &name, stream))
                .map_err(|source| Failure::Unreadable {
                    path: piece.path.clone(),
                    source,
                })?;
        }
    }
    let (evidence, broken) = reader.finish();
    let stage = arguments
        .stage
        .map_or_else(|| evidence.stage(), RolloutStage::from);
    let verdict = judge(stage, &evidence, &limits);
    if arguments.json {
        output.json(&verdict)?;
    } else {
        let text = in_words(&verdict, &broken, output);
        output.text(&text)?;
    }
    match verdict.action {
        Action::Promote => Ok(()),
        Action::Hold => Err(Failure::Concluded { exit_code: HOLD }),
        Action::RollBack => Err(Failure::Concluded {
            exit_code: ROLL_BACK,
        }),
    }
}

fn in_words(verdict: &Verdict, broken: &[ReadProblem], output: &Output) -> String {
    let tone = match verdict.action {
        Action::Promote => Tone::Good,
        Action::Hold => Tone::Asking,
        Action::RollBack => Tone::Bad,
    };
    let text = verdict.to_string();
    let headline = verdict.headline();
    let mut text = text.replacen(&headline, &output.paint().paint(tone, &headline), 1);
    if let Some(first) = broken.first() {
        text.push_str(&format!(
            "\n  {} lines are no records and do not count, the first: {first}\n",
            verdict.broken_lines
        ));
    }
    text
}

impl VerdictArgs {
    fn limits(&self) -> Limits {
        Limits {
            max_error_share: self.max_error_share,
            max_refusal_share: self.max_refusal_share,
            max_disagreement_share: self.max_disagreement_share,
            max_slow_share: self.max_slow_share,
            shadow_slow_after: Duration::from_millis(self.shadow_slow_after_ms),
            answer_slow_after: Duration::from_millis(self.slow_after_ms),
        }
    }
}

fn share(text: &str) -> Result<f64, String> {
    let share: f64 = text.parse().map_err(|_| "use a number from 0 to 1")?;
    if (0.0..=1.0).contains(&share) {
        Ok(share)
    } else {
        Err("use a number from 0 to 1".to_owned())
    }
}
