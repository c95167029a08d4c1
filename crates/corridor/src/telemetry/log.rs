//! Log lines on standard error.
//!
//! Log calls carry ids, counts, times and names of settings; never what a person said. Only Corridor's own crates are heard below a warning.

use std::{
    io::{self, IsTerminal as _},
    panic,
};

use tracing::level_filters::LevelFilter;
use tracing_subscriber::{
    filter::Targets, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

use crate::config::{
    LogSettings,
    values::{LogFormat, LogLevel},
};

/// Starts logging for the rest of the process's life. Does nothing where it has been started already.
pub fn start(settings: &LogSettings) {
    let level = match settings.level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
    };
    let is_json = match settings.format {
        LogFormat::Auto => !io::stderr().is_terminal(),
        LogFormat::Text => false,
        LogFormat::Json => true,
    };
    let builder = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_target(false)
        .with_writer(io::stderr);
    // Libraries log what peers send, which may be anything: they tell of trouble and no more.
    let targets = Targets::new()
        .with_default(level.min(LevelFilter::WARN))
        .with_target("corridor", level);
    let started = if is_json {
        let subscriber = builder.json().flatten_event(true).finish();
        subscriber.with(targets).try_init()
    } else {
        builder.finish().with(targets).try_init()
    };
    if started.is_ok() {
        log_panics();
    }
}

/// A panic's message may hold what a person said, so only its place is logged.
fn log_panics() {
    panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        tracing::error!(place, "a bug: a panic, caught");
    }));
}
