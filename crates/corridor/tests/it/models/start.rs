//! Start-up: off is off, refusals come in order, and a file that is wrong stops the start.

use std::{io, net::TcpListener};

use corridor::http;

use super::{ALL_ON, Home, control_of};
use crate::service::{Service, head};

/// The bait is a provider that nobody may connect to.
#[test]
fn with_the_master_switch_off_no_client_is_built_and_no_socket_opened() {
    for (name, settings, environment) in [
        ("unset", ALL_ON.replace("policy_enabled = true\n", ""), ""),
        (
            "file",
            ALL_ON.replace("policy_enabled = true", "policy_enabled = false"),
            "true",
        ),
        ("environment", ALL_ON.to_owned(), "false"),
    ] {
        let bait = TcpListener::bind("127.0.0.1:0").unwrap();
        bait.set_nonblocking(true).unwrap();
        let address = format!("http://{}/v1", bait.local_addr().unwrap());
        let home = Home::new(&format!("off-{name}"), &settings)
            .with("LLM_POLICY_ENABLED", environment)
            // Nothing is read either: this file is not there.
            .with("LLM_POLICY_PATH", "/absent/policy.toml");
        home.write_settings(&settings.replace("http://127.0.0.1:9/v1", &address));
        let sources = home.sources();
        let service = Service::start_with(&[], move |parts| {
            let control = control_of(&parts.pipeline, sources);
            parts.ready_details.push(control);
        });
        let command = include_bytes!("../fixtures/command.json");
        for _ in 0..20 {
            assert_eq!(service.post("/v1/decide", command).status, 200);
        }
        let ready = service.send(&head("GET", "/ready", [])).json();
        assert_eq!(ready["details"]["models"]["client"]["state"], "off");
        service.stopped();
        let nobody = bait.accept().map(|_| ()).unwrap_err().kind();
        assert_eq!(nobody, io::ErrorKind::WouldBlock, "{name}: somebody called");
    }
}

#[test]
fn what_is_missing_is_told_in_order_and_rules_go_on_alone() {
    let without_address = ALL_ON.replace("base_url = \"http://127.0.0.1:9/v1\"\n", "");
    let remote = ALL_ON.replace("http://127.0.0.1:9", "https://api.example");
    for (settings, model, reason) in [
        (&without_address, "", "placeholders_unresolved"),
        (&without_address, "m", "base_url_missing"),
        (&remote, "m", "key_missing"),
    ] {
        let home = Home::new(&format!("missing-{reason}"), settings).with("LLM_MODEL", model);
        let running = home.start();
        assert_eq!(running.shown()["client"]["reason"], reason);
        assert_eq!(running.on(), ["llm_policy"], "{reason}");
        assert_eq!(running.off_because("shadow_router"), "no_model");
        let stages = running.stages();
        assert!(stages.runtime.is_none() && stages.shadow.is_none() && stages.assist.is_none());
    }
    let home = Home::new("nothing-missing", &remote).with("LLM_API_KEY", "canary");
    let running = home.start();
    assert_eq!(running.shown()["client"]["state"], "running");
    assert!(!running.shown().to_string().contains("canary"));
}

#[test]
fn limits_reach_the_stages() {
    let settings = ALL_ON.to_owned() + "timeout_ms = 700\nprofile_id = \"reliable\"\n";
    let home = Home::new("limits", &settings).with("SHADOW_ROUTER_TIMEOUT_MS", "900");
    let stages = home.start().stages();
    let trust = stages.partial_trust.as_ref().unwrap();
    assert_eq!(trust.rate.get(), 0.25);
    assert_eq!(trust.timeout.as_millis(), 700);
    assert_eq!(trust.profile.as_ref().unwrap().as_str(), "reliable");
    assert_eq!(stages.shadow.as_ref().unwrap().timeout.as_millis(), 900);
    assert_eq!(stages.assist.as_ref().unwrap().timeout.as_millis(), 1200);
}

#[test]
fn a_file_that_is_wrong_stops_the_start() {
    for (name, file, variable) in [
        (
            "policy",
            "version = 1\nprofile = \"canary!\"\n",
            "LLM_POLICY_PATH",
        ),
        ("yaml", "version: 1\n", "LLM_POLICY_PATH"),
        ("key", "two lines\nof canary", "LLM_API_KEY_FILE"),
    ] {
        let home = Home::new(&format!("wrong-{name}"), ALL_ON);
        let path = home.folder.path(name);
        std::fs::write(&path, file).unwrap();
        let home = home.with(variable, path.to_str().unwrap());
        let error = home.try_start().err().unwrap().to_string();
        assert!(error.contains(path.to_str().unwrap()), "{error}");
    }
}

#[test]
fn the_admin_paths_are_put_together() {
    let home = Home::new("router", ALL_ON);
    assert!(http::admin(home.start().control).has_routes());
}
