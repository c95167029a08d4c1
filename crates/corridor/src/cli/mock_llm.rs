//! `corridor mock-llm`: a provider that plays a script, good days and bad ones.

use std::{fs, io, net::SocketAddr, path::PathBuf, time::Duration};

use clap::Args;
use corridor_llm::rehearsal::{Rehearsal, RehearsalReport, Script};
use tokio::{
    signal::unix::{SignalKind, signal},
    time::{MissedTickBehavior, interval},
};

use super::{
    failure::Failure,
    output::{Output, Tone},
};
use crate::config::{declaration::SettingValue as _, values::LoopbackAddress};

/// How often new violations are looked for.
const WATCH_INTERVAL: Duration = Duration::from_millis(200);

/// What to play, and where.
#[derive(Args, Debug)]
pub(super) struct MockLlmArgs {
    /// Script to play, a TOML file; without one, a decent provider on an eventful day
    #[arg(long, value_name = "FILE")]
    script: Option<PathBuf>,

    /// Print the built-in script, with a comment on every key, and play nothing
    #[arg(long)]
    print_script: bool,

    /// Loopback address and port to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8090", value_parser = address)]
    listen: SocketAddr,
}

/// Plays until it is told to stop, tells violations as they come, and sums up. Violations are a failure.
pub(super) fn mock_llm(arguments: &MockLlmArgs, output: &mut Output) -> Result<(), Failure> {
    if arguments.print_script {
        return Ok(output.text(Script::DEFAULT_TEXT)?);
    }
    let script = script(arguments)?;
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(system("start the provider's threads"))?
        .block_on(play(arguments.listen, script, output))
}

fn script(arguments: &MockLlmArgs) -> Result<Script, Failure> {
    let Some(path) = &arguments.script else {
        return Script::default_mixture().map_err(Failure::Files);
    };
    let text = fs::read_to_string(path).map_err(|source| Failure::Unreadable {
        path: path.clone(),
        source,
    })?;
    Script::parse(&path.display().to_string(), &text).map_err(Failure::Files)
}

async fn play(listen: SocketAddr, script: Script, output: &mut Output) -> Result<(), Failure> {
    let mut interrupt = signal(SignalKind::interrupt()).map_err(system("wait for signals"))?;
    let mut terminate = signal(SignalKind::terminate()).map_err(system("wait for signals"))?;
    let rehearsal = Rehearsal::start(listen, script)
        .await
        .map_err(|source| Failure::Refused {
            message: format!("cannot listen on {listen}: {source}"),
            hint: "choose another address with --listen (port 0 takes a free one)".to_owned(),
        })?;
    let base_url = rehearsal.base_url();
    output.text(&format!(
        "A provider plays at {base_url} until Ctrl-C. Point Corridor at it:\n\n  \
         export LLM_POLICY_ENABLED=true LLM_MODEL=mock LLM_BASE_URL={base_url}\n  \
         corridor llm ping\n\n"
    ))?;
    output.flush()?;
    let mut ticks = interval(WATCH_INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let mut told = 0;
    loop {
        tokio::select! {
            _ = ticks.tick() => told = tell_violations(&rehearsal.report(), told, output)?,
            _ = interrupt.recv() => break,
            _ = terminate.recv() => break,
        }
    }
    let report = rehearsal.report();
    tell_violations(&report, told, output)?;
    sum_up(&report, output)?;
    if report.violation_count == 0 {
        Ok(())
    } else {
        Err(Failure::Told)
    }
}

/// Tells the violations that have not been told, and gives how many have been.
fn tell_violations(
    report: &RehearsalReport,
    told: usize,
    output: &mut Output,
) -> io::Result<usize> {
    for violation in report.violations.iter().skip(told) {
        let word = output.paint().paint(Tone::Bad, "violation");
        let (request, kind) = (violation.request, violation.kind.as_str());
        output.text(&format!("{word}  request {request}: {kind}\n"))?;
    }
    output.flush()?;
    Ok(report.violations.len())
}

fn sum_up(report: &RehearsalReport, output: &mut Output) -> io::Result<()> {
    output.text(&format!("\n{} requests\n", report.requests))?;
    for (play, count) in &report.plays {
        output.text(&format!("  {count:>6}  {play}\n"))?;
    }
    output.text(&format!("{} violations\n", report.violation_count))
}

fn system(doing: &'static str) -> impl FnOnce(io::Error) -> Failure {
    move |source| Failure::System { doing, source }
}

fn address(text: &str) -> Result<SocketAddr, String> {
    LoopbackAddress::from_text(text)
        .map(LoopbackAddress::get)
        .map_err(|_| format!("use {}", LoopbackAddress::ALLOWED))
}
