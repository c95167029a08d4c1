//! What a command of the command line can fail with: what is wrong, and apart from it what to do.

use std::{
    io,
    path::{Path, PathBuf},
};

use corridor_contract::{Problems, evolution::ContractFileError};
use corridor_eval::dataset::DatasetProblem;

use corridor_llm::file_problem::{FileProblem, FileProblems};

use crate::{
    config::SettingProblems,
    engine::LoadError,
    http::{StartError, access::AccessError},
    model::SetupError,
    telemetry::{records::PlanError, traces::TracesError},
};

/// Why a command failed.
#[derive(Debug)]
pub(super) enum Failure {
    /// The settings are wrong.
    Settings(SettingProblems),
    /// There is nothing to decide with.
    Load(LoadError),
    /// The model client cannot be set up.
    Model(SetupError),
    /// A file has problems.
    Files(FileProblems),
    /// A file that the call names cannot be read.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file cannot be written.
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A text that should be JSON is not.
    NotJson {
        /// Where it comes from.
        source: String,
        /// The line where it stops being JSON, from 1.
        line: usize,
        /// What it should hold.
        hint: &'static str,
    },
    /// What was to be decided breaks the contract.
    Command {
        /// Where it came from.
        source: String,
        /// What is wrong with it.
        problems: Problems,
    },
    /// A contract's files are none.
    Contract {
        /// The folder of the files; nothing where they are built in.
        folder: Option<PathBuf>,
        /// What is wrong with them.
        error: ContractFileError,
    },
    /// A data set has problems.
    Dataset(Vec<DatasetProblem>),
    /// What was asked for cannot be done.
    Refused {
        /// Why not.
        message: String,
        /// What to do.
        hint: String,
    },
    /// Some of what was asked for failed, which has been printed.
    Told,
    /// It went well and came to a conclusion that a script should know, which has been printed.
    Concluded {
        /// The process's exit code.
        exit_code: u8,
    },
    /// The service cannot be started.
    Start(StartError),
    /// The settings of records contradict each other.
    Records(PlanError),
    /// Traces cannot be sent.
    Traces(TracesError),
    /// The system gives no random numbers.
    Random(getrandom::Error),
    /// The system refused something the service needs.
    System {
        /// What was to be done.
        doing: &'static str,
        /// Why not.
        source: io::Error,
    },
    /// Standard input broke off.
    Input(io::Error),
    /// A result could not be written.
    Output(io::Error),
}

/// One thing that is wrong.
pub(super) struct Complaint {
    /// What is wrong.
    pub(super) message: String,
    /// What to do.
    pub(super) hint: Option<String>,
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl Failure {
    /// The process's exit code.
    pub(super) fn exit_code(&self) -> u8 {
        match self {
            Self::Settings(_) | Self::Records(_) => 2,
            Self::Concluded { exit_code } => *exit_code,
            Self::Start(StartError::Access(
                AccessError::Unprotected { .. } | AccessError::Contradiction,
            )) => 2,
            // Whoever reads the output has seen enough, as with `| head`.
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            _ => 1,
        }
    }

    /// Everything to tell.
    pub(super) fn complaints(&self) -> Vec<Complaint> {
        let one = |message: String, hint: &str| {
            vec![Complaint {
                message,
                hint: Some(hint.to_owned()),
            }]
        };
        match self {
            Self::Settings(problems) => problems
                .iter()
                .map(|problem| Complaint {
                    message: problem.to_string(),
                    hint: Some(problem.hint()),
                })
                .collect(),
            Self::Load(LoadError::Pack { problems }) => problems
                .iter()
                .map(|problem| Complaint {
                    message: format!("{}: {}", problem.place(), problem.message),
                    hint: problem.hint.clone(),
                })
                .collect(),
            Self::Load(error @ LoadError::Endless { .. }) => one(
                error.to_string(),
                "follow `extends` from pack.toml to pack.toml: one of them leads back",
            ),
            Self::Load(error) => one(
                error.to_string(),
                "name the folder of a pack with --pack, or leave it out for the household pack",
            ),
            Self::Model(SetupError::Files(problems)) | Self::Files(problems) => {
                problems.list().iter().map(of_file).collect()
            }
            Self::Model(error) => vec![Complaint {
                message: error.to_string(),
                hint: error.hint(),
            }],
            Self::Unreadable { path, source } => one(
                format!("{}: cannot be read: {source}", path.display()),
                "name a file that exists and may be read",
            ),
            Self::Unwritable { path, source } => one(
                format!("{}: cannot be written: {source}", path.display()),
                "name a file in a folder that exists and may be written to",
            ),
            Self::NotJson { source, line, hint } => {
                one(format!("{source}:{line}: not valid JSON"), hint)
            }
            Self::Command { source, problems } => {
                let last = problems.len().saturating_sub(1);
                let hint = |index| {
                    (index == last)
                        .then(|| "docs/reference/problems.md explains each code".to_owned())
                };
                problems
                    .iter()
                    .enumerate()
                    .map(|(index, problem)| Complaint {
                        message: format!("{source}: {problem}"),
                        hint: hint(index),
                    })
                    .collect()
            }
            Self::Contract { folder, error } => {
                let folder = folder
                    .as_deref()
                    .map_or("built-in contract".into(), Path::to_string_lossy);
                one(
                    format!("{folder}: {error}"),
                    "name a folder with VERSION, command.schema.json and decision.schema.json",
                )
            }
            Self::Dataset(problems) => problems
                .iter()
                .map(|problem| Complaint {
                    message: problem.to_string(),
                    hint: Some(problem.hint.clone()),
                })
                .collect(),
            Self::Refused { message, hint } => one(message.clone(), hint),
            Self::Told | Self::Concluded { .. } => Vec::new(),
            Self::Start(StartError::Access(error)) => one(error.to_string(), &error.hint()),
            Self::Records(error) => one(
                error.to_string(),
                "give each file a path of its own, or leave out its ..._LOG_PATH",
            ),
            Self::Traces(error) => one(
                error.to_string(),
                "install the system's certificate authorities, or use an http endpoint on this machine",
            ),
            Self::Random(error) => one(
                format!("cannot make a token: {error}"),
                "check that this machine's source of random numbers works",
            ),
            Self::Start(error) => one(
                error.to_string(),
                "stop what uses the address, or choose another with --listen (port 0 takes a free one)",
            ),
            Self::System { doing, source } => one(
                format!("cannot {doing}: {source}"),
                "check the limits this process runs under",
            ),
            Self::Input(error) => one(
                format!("cannot read standard input: {error}"),
                "check what the input comes from",
            ),
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Vec::new(),
            Self::Output(error) => one(
                format!("cannot write to standard output: {error}"),
                "check what the output goes to",
            ),
        }
    }
}

/// A problem of a policy, prompt or script file.
fn of_file(problem: &FileProblem) -> Complaint {
    let field = match problem.field.as_str() {
        "" => String::new(),
        field => format!("{field}: "),
    };
    Complaint {
        message: format!("{}: {field}{}", problem.place(), problem.message),
        hint: Some(problem.hint.clone()).filter(|hint| !hint.is_empty()),
    }
}
