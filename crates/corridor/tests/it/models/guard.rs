//! The guard at work: it trips on what models really did, and its off lasts until somebody arms it.

use std::sync::Arc;

use corridor::{
    engine::{Engine, measured_steps, stamp},
    model::{
        AdminChange, ModelControl, Upkeep,
        switches::{SwitchName, Veto},
    },
};
use corridor_contract::Command;
use corridor_decision::{Pipeline, Stages, records::NoRecords};
use serde_json::Value;

use super::{ALL_ON, Home, Running, control, eventually, provider};

/// A control and a pipeline whose visits the guard sees.
fn watched(home: &Home) -> (Running, Arc<Pipeline>) {
    let settings = home.sources().load().unwrap();
    let stages = Arc::new(std::sync::Mutex::new(Arc::new(Stages::off())));
    let published = Arc::clone(&stages);
    let control: Arc<ModelControl> = control(
        home.sources(),
        Box::new(move |stages| *published.lock().unwrap() = stages),
    )
    .unwrap();
    let engine = Engine::load(&settings.decision).unwrap();
    let pipeline = engine.pipeline(control.guard().around(Arc::new(NoRecords)));
    (Running { control, stages }, pipeline)
}

/// Decides shopping commands with what is on now.
async fn decide(running: &Running, pipeline: &Pipeline, commands: usize) {
    let mut command: Value =
        serde_json::from_slice(include_bytes!("../fixtures/command.json")).unwrap();
    command["text"] = "купи молоко".into();
    for number in 0..commands {
        command["command_id"] = format!("guarded-{number}").into();
        let command = Command::from_slice(command.to_string().as_bytes()).unwrap();
        pipeline.set_stages(running.stages());
        let stamp = stamp(None, jiff::Timestamp::now());
        pipeline
            .decide(&command, stamp, &mut measured_steps())
            .await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_guard_switches_partial_trust_off_until_somebody_arms_it() {
    let provider = provider("html").await;
    let settings = ALL_ON
        .replace("http://127.0.0.1:9/v1", &provider.base_url())
        .replace("sample_rate = 0.25", "sample_rate = 1")
        + "[guard]\nmin_samples = 4\n";
    let home = Home::new("guard", &settings);
    let (running, pipeline) = watched(&home);
    let _upkeep = Upkeep::start(&running.control).unwrap();
    decide(&running, &pipeline, 3).await;
    assert!(running.stages().partial_trust.is_some(), "too few visits");
    decide(&running, &pipeline, 1).await;
    eventually("tripped", || running.stages().partial_trust.is_none()).await;
    assert!(running.stages().assist.is_some(), "it guards one stage");

    // In effect first, then on the disk.
    eventually("kept", || home.folder.path("state/switches.json").exists()).await;

    let restarted = home.start();
    assert_eq!(restarted.off_because("partial_trust"), "guard");
    let shown = restarted.shown();
    assert_eq!(shown["guard"]["state"], "tripped");
    assert_eq!(shown["guard"]["cause"], "errors");
    assert_eq!(shown["guard"]["samples"], 4);
    let lift = AdminChange {
        vetoes: vec![(SwitchName::PartialTrust, Veto::Silent)],
        rearm: false,
    };
    restarted.control.change(&lift, "operator").unwrap();
    assert_eq!(
        restarted.off_because("partial_trust"),
        "guard",
        "admin lifts its own off alone"
    );

    let rearm = AdminChange {
        vetoes: Vec::new(),
        rearm: true,
    };
    running.control.change(&rearm, "operator").unwrap();
    assert!(running.stages().partial_trust.is_some());
    decide(&running, &pipeline, 3).await;
    assert!(
        running.stages().partial_trust.is_some(),
        "it begins with an empty window"
    );
    assert!(home.start().stages().partial_trust.is_some());
}
