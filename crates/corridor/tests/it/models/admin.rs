//! The admin API over a real socket.

use std::{fs, sync::Arc};

use corridor::http::{
    self,
    access::{NewToken, TokenName, line},
};
use corridor::model::{ModelControl, Rebuild};
use serde_json::{Value, json};

use super::{ALL_ON, Home, control_of};
use crate::{
    program::{Run, command, run},
    service::{Answer, Service, head},
};

struct Admin {
    service: Service,
    token: String,
    home: Home,
    control: Arc<ModelControl>,
}

impl Admin {
    fn new(name: &str, settings: &str) -> Self {
        Self::of(Home::new(name, settings))
    }

    fn of(home: Home) -> Self {
        let token = NewToken::make().unwrap();
        let tokens = home.folder.path("operators");
        let name = TokenName::new("night-shift").unwrap();
        fs::write(&tokens, line(&name, &token.digest())).unwrap();
        let sources = home.sources();
        let (send, made) = std::sync::mpsc::channel();
        let service = Service::start_with(
            &[("server.operator_token_file", tokens.to_str().unwrap())],
            move |parts| {
                let control = control_of(&parts.pipeline, sources);
                send.send(Arc::clone(&control)).unwrap();
                parts.admin = http::admin(Arc::clone(&control));
                parts.ready_details.push(control);
            },
        );
        Self {
            service,
            token: format!("Authorization: Bearer {}", token.reveal()),
            home,
            control: made.recv().unwrap(),
        }
    }

    fn get(&self) -> Value {
        let request = head("GET", "/v1/admin/switches", [self.token.as_str()]);
        self.service.send(&request).json()
    }

    fn patch(&self, body: &str) -> Answer {
        let length = format!("Content-Length: {}", body.len());
        let mut request = head(
            "PATCH",
            "/v1/admin/switches",
            [
                self.token.as_str(),
                "Content-Type: application/json",
                &length,
            ],
        );
        request.extend_from_slice(body.as_bytes());
        self.service.send(&request)
    }

    /// `corridor rollout switches` with these arguments.
    fn on_the_command_line(&self, arguments: &[&str]) -> Run {
        let url = format!("http://{}", self.service.address());
        let mut call = command(&["rollout", "switches", "--url", &url]);
        let token = self.token.rsplit(' ').next().unwrap();
        call.args(arguments).env("CORRIDOR_OPERATOR_TOKEN", token);
        run(call, b"")
    }

    fn ready(&self) -> Answer {
        self.service.send(&head("GET", "/ready", []))
    }
}

#[test]
fn an_operator_sees_who_says_what() {
    let admin = Admin::new("admin-sees", ALL_ON);
    let shown = admin.get();
    assert_eq!(
        shown["switches"]["shadow_router"],
        json!({
            "effective": "on", "off_because": null, "file": "on", "environment": null, "flag": null,
            "admin": null, "guard": null,
        })
    );
    assert_eq!(shown["client"], json!({ "state": "running" }));
    assert_eq!(shown["files"], json!({ "state": "good" }));
    assert_eq!(shown["guard"], json!({ "state": "armed" }));
    assert_eq!(admin.ready().json()["details"]["models"], shown);
}

#[test]
fn an_operator_switches_off_and_takes_it_back() {
    let admin = Admin::new("admin-switches", ALL_ON);
    let answer = admin.patch(r#"{"llm_policy": "off"}"#);
    assert_eq!(answer.status, 200);
    let shown = answer.json();
    assert_eq!(shown["switches"]["llm_policy"]["off_because"], "admin");
    assert_eq!(shown["switches"]["shadow_router"]["effective"], "off");
    assert_eq!(shown["client"], json!({ "state": "off" }));
    assert_eq!(admin.ready().status, 200, "rules go on");

    let shown = admin.patch(r#"{"llm_policy": null}"#).json();
    assert_eq!(shown["switches"]["llm_policy"]["effective"], "on");
    assert_eq!(shown["client"], json!({ "state": "running" }));
}

#[test]
fn a_change_that_is_none_changes_nothing() {
    let admin = Admin::new("admin-slips", ALL_ON);
    let before = admin.get();
    for body in [
        "",
        "{}",
        r#"{"shadow_router": "on"}"#,
        r#"{"shadow_router": "off", "canary": "off"}"#,
    ] {
        let answer = admin.patch(body);
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (400, "invalid_change")
        );
        assert!(!answer.json().to_string().contains("canary"));
    }
    assert_eq!(admin.get(), before);
    let large = format!("{{\"shadow_router\": \"{}\"}}", "x".repeat(5000));
    assert_eq!(admin.patch(&large).status, 413);
}

#[test]
fn a_token_is_needed() {
    let admin = Admin::new("admin-token", ALL_ON);
    for headers in [&[][..], &["Authorization: Bearer corridor_guess"]] {
        let request = head("GET", "/v1/admin/switches", headers.iter().copied());
        assert_eq!(admin.service.send(&request).status, 401);
    }
}

#[test]
fn the_command_line_shows_and_changes_the_switches() {
    let admin = Admin::new("admin-cli", ALL_ON);
    let shown = admin.on_the_command_line(&[]);
    assert_eq!((shown.code, shown.stderr.as_str()), (0, ""));
    assert!(
        shown.stdout.contains("model client               running"),
        "{}",
        shown.stdout
    );
    let changed =
        admin.on_the_command_line(&["--off", "shadow_router", "--off", "assist_mode", "--json"]);
    let changed: Value = serde_json::from_str(&changed.stdout).unwrap();
    assert_eq!(changed, admin.get());
    assert_eq!(changed["switches"]["shadow_router"]["off_because"], "admin");
    let shown = admin
        .on_the_command_line(&["--lift", "shadow_router"])
        .stdout;
    assert!(shown.contains("shadow_router              on "), "{shown}");
    assert!(
        shown.contains("assist_mode                off (admin)"),
        "{shown}"
    );
    let shown = admin.on_the_command_line(&["--rearm"]);
    assert!(
        shown.stdout.contains("guard                      armed"),
        "{}",
        shown.stdout
    );
    let slip = admin.on_the_command_line(&["--off", "shadow"]);
    assert_eq!(slip.code, 2);
}

#[test]
fn a_bad_file_shows_and_does_not_make_the_service_unready() {
    let admin = Admin::new("admin-bad-file", ALL_ON);
    admin.home.write_settings("[shadow]\nenabled = ture\n");
    admin.control.reload(Rebuild::WhereChanged);
    let ready = admin.ready();
    assert_eq!(ready.status, 200);
    let models = &ready.json()["details"]["models"];
    assert_eq!(models["files"]["state"], "bad");
    assert_eq!(
        models["switches"]["shadow_router"]["off_because"],
        "bad_file"
    );
    let shown = admin.on_the_command_line(&[]).stdout;
    assert!(shown.contains("corridor.toml:2"), "{shown}");
    admin.home.write_settings(ALL_ON);
    admin.control.reload(Rebuild::WhereChanged);
    assert_eq!(admin.get()["files"], json!({ "state": "good" }));
}

#[test]
fn the_command_line_tells_what_the_guard_tripped_on() {
    let home = Home::new("admin-tripped", ALL_ON);
    fs::create_dir(home.folder.path("state")).unwrap();
    let kept = r#"{"admin_off":[],"guard":{"cause":"errors","at":"2026-06-15T20:43:54Z","samples":50,"bad":9,"limit":0.05,"at_least":0.109}}"#;
    fs::write(home.folder.path("state/switches.json"), kept).unwrap();
    let shown = Admin::of(home).on_the_command_line(&[]).stdout;
    let words = "guard                      tripped on errors: 9 of 50 visits, surely more than 11 % (at most 5 % are allowed), \
                 at 2026-06-15T20:43:54Z";
    assert!(shown.contains(words), "{shown}");
    assert!(
        shown.contains("partial_trust              off (guard)"),
        "{shown}"
    );
}
