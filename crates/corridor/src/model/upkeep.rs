//! What goes on beside the answers while the service runs: watching files, SIGHUP, writing down what models cost.

use std::{io, path::Path, sync::Arc, time::Duration};

use tokio::{
    signal::unix::{SignalKind, signal},
    task::{JoinHandle, spawn_blocking},
    time::{MissedTickBehavior, interval},
};

use super::{
    control::{ModelControl, Rebuild},
    watch::{Fingerprint, WATCH_INTERVAL, Watch},
};

/// How often it is written down what models cost today, and what could not be written before: a crash forgets at most that much.
const KEEP_INTERVAL: Duration = Duration::from_secs(5);

/// The tasks that keep a control up to date. They end when this is dropped.
#[derive(Debug)]
pub struct Upkeep(Vec<JoinHandle<()>>);

impl Upkeep {
    /// Starts them. Must be called within a runtime.
    ///
    /// # Errors
    /// When the system refuses to deliver signals.
    pub fn start(control: &Arc<ModelControl>) -> io::Result<Self> {
        let mut hangup = signal(SignalKind::hangup())?;
        let told = Arc::clone(control);
        let reload = async move {
            while hangup.recv().await.is_some() {
                let control = Arc::clone(&told);
                // A reload that panics is a bug; the old settings stay in force.
                let _ = spawn_blocking(move || control.reload(Rebuild::Always)).await;
            }
        };
        Ok(Self(vec![
            tokio::spawn(reload),
            tokio::spawn(watch(Arc::clone(control))),
            tokio::spawn(keep(Arc::clone(control))),
            tokio::spawn(heed_guard(Arc::clone(control))),
        ]))
    }
}

impl Drop for Upkeep {
    fn drop(&mut self) {
        for task in &self.0 {
            task.abort();
        }
    }
}

async fn watch(control: Arc<ModelControl>) {
    // Nothing is known to be in force, so that a change between the start and the first look is not missed.
    let mut watch = Watch::new(Fingerprint::default());
    let mut ticks = interval(WATCH_INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let Ok(seen) = look(&control).await else {
            continue;
        };
        if watch.settled(seen) {
            let control = Arc::clone(&control);
            let _ = spawn_blocking(move || control.reload(Rebuild::WhereChanged)).await;
        }
    }
}

/// Reads the files where reading may block.
async fn look(control: &Arc<ModelControl>) -> Result<Fingerprint, tokio::task::JoinError> {
    let control = Arc::clone(control);
    spawn_blocking(move || {
        let files = control.files();
        Fingerprint::of(files.iter().map(|file| -> &Path { file }))
    })
    .await
}

async fn heed_guard(control: Arc<ModelControl>) {
    loop {
        control.guard().tripped().await;
        let control = Arc::clone(&control);
        let _ = spawn_blocking(move || control.heed_guard()).await;
    }
}

async fn keep(control: Arc<ModelControl>) {
    let mut ticks = interval(KEEP_INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let control = Arc::clone(&control);
        let _ = spawn_blocking(move || {
            control.keep_switches();
            control.keep_budget();
        })
        .await;
    }
}
