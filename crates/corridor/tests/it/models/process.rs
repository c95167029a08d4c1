//! Models and the service as a process: what the log says, SIGHUP, a bad file at the start.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, ChildStderr, Command, Stdio},
};

use serde_json::Value;

use super::{ALL_ON, Home};
use crate::program::{command, run};

/// A service whose log is read event by event.
pub(super) struct Process {
    child: Child,
    log: BufReader<ChildStderr>,
}

impl Process {
    pub(super) fn start(home: &Home, flags: &[&str]) -> Self {
        let mut call = serve(home);
        let mut child = call
            .args(flags)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = BufReader::new(child.stderr.take().unwrap());
        Self { child, log }
    }

    /// The events up to the one with this message.
    pub(super) fn until(&mut self, message: &str) -> Vec<Value> {
        let mut events: Vec<Value> = Vec::new();
        while events
            .last()
            .is_none_or(|event| event["message"] != message)
        {
            let mut line = String::new();
            let read = self.log.read_line(&mut line).unwrap();
            assert_ne!(read, 0, "never logged {message:?}: {events:?}");
            let event = serde_json::from_str(&line);
            events.push(event.unwrap_or_else(|_| panic!("no event: {line}")));
        }
        events
    }

    fn signal(&self, signal: &str) {
        let told = Command::new("kill")
            .args([signal, &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(told.success());
    }

    /// Stops the service and gives what it logged until then.
    pub(super) fn end(mut self) -> Vec<Value> {
        self.signal("-INT");
        let events = self.until("stopped");
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
        events
    }

    fn stop(self) {
        self.end();
    }
}

fn serve(home: &Home) -> Command {
    let mut call = command(&["serve", "--listen", "127.0.0.1:0", "--log-format", "json"]);
    call.arg("--config")
        .arg(home.settings_file())
        .arg("--state-dir")
        .arg(home.folder.path("state"))
        .arg("--records-dir")
        .arg(home.folder.path("logs"))
        .envs(home.environment.iter().cloned());
    call
}

#[test]
fn each_refusal_is_one_line_and_the_service_decides() {
    for (name, settings, model, reason) in [
        ("off", "", "m", "switched_off"),
        ("placeholders", ALL_ON, "", "placeholders_unresolved"),
        (
            "key",
            &ALL_ON.replace("http://127.0.0.1:9", "https://api.example"),
            "m",
            "key_missing",
        ),
    ] {
        let home = Home::new(&format!("line-{name}"), settings).with("LLM_MODEL", model);
        let mut process = Process::start(&home, &[]);
        let events = process.until("ready");
        let said: Vec<&Value> = events
            .iter()
            .filter(|event| event["reason"] == reason)
            .collect();
        assert_eq!(said.len(), 1, "{events:?}");
        let message = said[0]["message"].as_str().unwrap();
        assert!(message.starts_with("models are off: "), "{message}");
        process.stop();
    }
}

#[test]
fn a_policy_that_is_wrong_stops_the_start_with_its_place() {
    let home = Home::new("process-wrong", ALL_ON);
    let policy = home.folder.path("policy.yaml");
    fs::write(&policy, "profiles:\n  cheap: {}\n").unwrap();
    let home = home.with("LLM_POLICY_PATH", policy.to_str().unwrap());
    let run = run(serve(&home), b"");
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("policy.yaml:1: "), "{}", run.stderr);
    assert!(run.stderr.contains("looks like YAML"), "{}", run.stderr);
}

/// What the file's watch does not see, SIGHUP makes the service read: here a key file that the policy names.
#[test]
fn sighup_reads_everything_again() {
    let home = Home::new("sighup", ALL_ON);
    let (policy, key) = (home.folder.path("policy.toml"), home.folder.path("key"));
    fs::write(&key, "canary-one").unwrap();
    fs::write(
        &policy,
        format!(
            "version = 1\nprofile = \"cheap\"\n[profiles.cheap]\nprovider = \"openai_compatible\"\nmodel = \"m\"\n\
             api_key_file = \"{}\"\n",
            key.display()
        ),
    )
    .unwrap();
    let home = home.with("LLM_POLICY_PATH", policy.to_str().unwrap());
    let mut process = Process::start(&home, &[]);
    let ready = process.until("ready");
    let address = ready.last().unwrap()["address"]
        .as_str()
        .unwrap()
        .to_owned();
    let metrics = || {
        let mut stream = TcpStream::connect(&address).unwrap();
        stream
            .write_all(b"GET /metrics HTTP/1.1\r\nHost: corridor\r\nConnection: close\r\n\r\n")
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    assert!(metrics().contains("\ncorridor_settings_good 1\n"));
    fs::write(&key, "").unwrap();
    process.signal("-HUP");
    let events = process.until("switch changed");
    let told = format!("{events:?}");
    assert!(told.contains("the key is empty"), "{told}");
    assert!(!told.contains("canary"), "{told}");
    assert!(metrics().contains("\ncorridor_settings_good 0\n"));
    fs::write(&key, "canary-two").unwrap();
    process.signal("-HUP");
    process.until("settings are good again");
    assert!(metrics().contains("\ncorridor_settings_good 1\n"));
    process.stop();
}

#[test]
fn changes_are_logged_with_old_and_new_value() {
    let home = Home::new("logged", ALL_ON);
    let mut process = Process::start(&home, &[]);
    let events = process.until("ready");
    let started = format!("{events:?}");
    assert!(started.contains("models may be called"), "{started}");
    home.write_settings(&ALL_ON.replace("[shadow]\nenabled = true", "[shadow]\nenabled = false"));
    let events = process.until("switch changed");
    let change = events.last().unwrap();
    for (field, value) in [
        ("switch", "shadow_router"),
        ("old", "on"),
        ("new", "off"),
        ("off_because", "file"),
        ("by", "reload"),
    ] {
        assert_eq!(change[field], value, "{change}");
    }
    process.stop();
}

/// Whoever switched partial trust on for such a route would wait for it in vain.
#[test]
fn routes_that_are_left_out_for_want_of_a_value_are_told() {
    let policy = include_str!("../../../../../config/llm-policy.toml");
    let (before, reliable) = policy.split_once("[profiles.reliable]").unwrap();
    let reliable = reliable.replacen("${LLM_MODEL}", "${LLM_STRONGER_MODEL}", 1);
    let home = Home::new(
        "left-out",
        &(ALL_ON.to_owned() + "profile_id = \"reliable\"\n"),
    );
    let path = home.folder.path("policy.toml");
    fs::write(&path, format!("{before}[profiles.reliable]{reliable}")).unwrap();
    let mut home = home
        .with("LLM_MODEL", "m")
        .with("LLM_POLICY_PATH", path.to_str().unwrap())
        .with("LLM_POLICY_ALLOW_PLACEHOLDERS", "true");
    for (stronger, is_told) in [("", true), ("m", false)] {
        home = home.with("LLM_STRONGER_MODEL", stronger);
        let mut process = Process::start(&home, &[]);
        let events = process.until("ready");
        let told: Vec<&Value> = events
            .iter()
            .filter(|event| event["routes"].is_string())
            .collect();
        assert_eq!(told.len(), usize::from(is_told), "{events:?}");
        for event in told {
            assert_eq!(event["level"], "WARN");
            let routes = event["routes"].as_str().unwrap();
            assert!(
                routes.contains("partial_trust_shopping/reliable"),
                "{routes}"
            );
            assert!(!routes.contains("/cheap"), "{routes}");
        }
        process.stop();
    }
}
