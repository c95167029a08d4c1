//! The sentences about switches: who wins, what is kept, what the master switch cancels.

use std::{fs, sync::Arc, time::Duration};

use corridor::model::{
    AdminChange, Rebuild,
    switches::{SwitchName, Veto},
};
use corridor_llm::{CallError, Correlation, Language, PersonText, Runtime, TaskId, TaskInput};

use super::{ALL_ON, Home, Running, eventually, everything, provider};

fn says(running: &Running, switch: SwitchName, veto: Veto) {
    let change = AdminChange {
        vetoes: vec![(switch, veto)],
        rearm: false,
    };
    running.control.change(&change, "operator").unwrap();
}

#[test]
fn an_explicit_off_wins_wherever_it_stands() {
    let home = Home::new("wins", ALL_ON);
    let running = home.start();
    assert_eq!(running.on(), everything());
    drop(running);

    let home = home.with("SHADOW_ROUTER_ENABLED", "false");
    let running = home.start();
    assert_eq!(running.off_because("shadow_router"), "environment");
    assert!(running.stages().shadow.is_none());
    assert!(running.stages().assist.is_some(), "nobody else is off");
}

#[test]
fn on_in_the_environment_does_not_lift_off_in_the_file() {
    let settings = ALL_ON.replace("[shadow]\nenabled = true", "[shadow]\nenabled = false");
    let home = Home::new("lift", &settings).with("SHADOW_ROUTER_ENABLED", "true");
    assert_eq!(home.start().off_because("shadow_router"), "file");
}

#[test]
fn unset_is_not_off_but_nobody_says_on_either() {
    let settings = ALL_ON.replace("[shadow]\nenabled = true\n", "");
    let home = Home::new("unset", &settings);
    assert_eq!(home.start().off_because("shadow_router"), "unset");
    let home = home.with("SHADOW_ROUTER_ENABLED", "true");
    assert!(
        home.start().stages().shadow.is_some(),
        "an unset file does not contradict"
    );
}

#[test]
fn admin_lifts_only_its_own_off() {
    let settings = ALL_ON.replace("[shadow]\nenabled = true", "[shadow]\nenabled = false");
    let home = Home::new("own", &settings);
    let running = home.start();
    says(&running, SwitchName::Shadow, Veto::Off);
    assert_eq!(running.off_because("shadow_router"), "admin");
    says(&running, SwitchName::Shadow, Veto::Silent);
    assert_eq!(running.off_because("shadow_router"), "file");
}

#[test]
fn admins_off_is_kept_over_a_restart() {
    let home = Home::new("admin-kept", ALL_ON);
    says(&home.start(), SwitchName::Assist, Veto::Off);
    let running = home.start();
    assert_eq!(running.off_because("assist_mode"), "admin");
    assert_eq!(running.off_because("assist_clarify"), "above");
    says(&running, SwitchName::Assist, Veto::Silent);
    assert_eq!(home.start().on(), everything());
}

#[test]
fn a_damaged_file_of_switches_leaves_everything_off() {
    let home = Home::new("damaged", ALL_ON);
    let state = home.folder.path("state");
    fs::create_dir_all(&state).unwrap();
    fs::write(state.join("switches.json"), "{\"admin_off\":[").unwrap();
    let running = home.start();
    assert_eq!(running.on(), Vec::<&str>::new());
    assert_eq!(running.off_because("llm_policy"), "admin");
    for switch in SwitchName::ALL {
        says(&running, *switch, Veto::Silent);
    }
    assert_eq!(home.start().on(), everything(), "lifted by hand, and kept");
}

#[test]
fn an_operators_lift_does_not_lift_the_environments_off() {
    let home = Home::new("lift-environment", ALL_ON).with("ASSIST_MODE_ENABLED", "off");
    let running = home.start();
    says(&running, SwitchName::Assist, Veto::Off);
    says(&running, SwitchName::Assist, Veto::Silent);
    assert_eq!(running.off_because("assist_mode"), "environment");
}

#[test]
fn a_word_that_could_not_be_kept_is_kept_once_the_disk_takes_it() {
    let home = Home::new("kept-later", ALL_ON);
    let running = home.start();
    let state = home.folder.path("state");
    fs::write(&state, "not a folder").unwrap();
    let change = AdminChange {
        vetoes: vec![(SwitchName::Shadow, Veto::Off)],
        rearm: false,
    };
    assert!(running.control.change(&change, "operator").is_err());
    assert_eq!(running.shown()["kept"], "not_kept");
    running.control.keep_switches();
    assert_eq!(running.shown()["kept"], "not_kept", "still no folder");
    fs::remove_file(&state).unwrap();
    running.control.keep_switches();
    assert_eq!(running.shown()["kept"], "kept");
    assert_eq!(home.start().off_because("shadow_router"), "admin");
}

#[test]
fn a_word_that_cannot_be_kept_is_in_effect_and_told() {
    let home = Home::new("unkept", ALL_ON);
    let running = home.start();
    fs::write(home.folder.path("state"), "not a folder").unwrap();
    let change = AdminChange {
        vetoes: vec![(SwitchName::Master, Veto::Off)],
        rearm: false,
    };
    assert!(running.control.change(&change, "operator").is_err());
    assert_eq!(running.on(), Vec::<&str>::new());
}

fn input() -> TaskInput {
    TaskInput::new(
        Correlation::default(),
        Language::En,
        PersonText::new("buy milk"),
    )
}

/// Calls the model and waits, for longer than any test runs.
async fn call(runtime: Arc<Runtime>) -> Result<(), CallError> {
    let deadline = tokio::time::Instant::now() + Duration::from_secs(600);
    runtime
        .run_task(TaskId::ShoppingExtraction, input(), deadline)
        .await
        .map(drop)
        .map_err(|failure| failure.error)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_master_switch_cancels_calls_under_way() {
    let provider = provider("no_first_byte").await;
    let policy = "version = 1\nprofile = \"cheap\"\n[profiles.cheap]\nprovider = \"openai_compatible\"\n\
                  model = \"m\"\ntimeout_ms = 600000\nfirst_byte_timeout_ms = 600000\n";
    let home = Home::new("cancels", ALL_ON);
    let file = home.folder.path("policy.toml");
    fs::write(&file, policy).unwrap();
    home.write_settings(&ALL_ON.replace("http://127.0.0.1:9/v1", &provider.base_url()));
    let home = home.with("LLM_POLICY_PATH", file.to_str().unwrap());

    for off in ["admin", "file", "admin, after the client was replaced"] {
        home.write_settings(&ALL_ON.replace("http://127.0.0.1:9/v1", &provider.base_url()));
        let running = home.start();
        let before = provider.report().requests;
        let runtime = running.stages().runtime.clone().unwrap();
        let under_way = tokio::spawn(call(runtime));
        eventually("the call reaches the provider", || {
            provider.report().requests > before
        })
        .await;
        if off.contains("replaced") {
            running.control.reload(Rebuild::Always);
        }
        match off {
            "admin" | "admin, after the client was replaced" => {
                says(&running, SwitchName::Master, Veto::Off)
            }
            _ => {
                home.write_settings("");
                running.control.reload(Rebuild::WhereChanged);
            }
        }
        assert_eq!(under_way.await.unwrap(), Err(CallError::Cancelled), "{off}");
        assert!(running.stages().runtime.is_none());
        says(&running, SwitchName::Master, Veto::Silent);
    }
}
