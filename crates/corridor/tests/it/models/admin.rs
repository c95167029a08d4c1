//! The admin API over a real socket.

use std::{fs, sync::Arc};

use corridor::http::{
    self,
    access::{NewToken, TokenName, line},
};
use serde_json::{Value, json};

use super::{ALL_ON, Home, control_of};
use crate::{
    program::{Run, command, run},
    service::{Answer, Service, head},
};

struct Admin {
    service: Service,
    token: String,
    _home: Home,
}

impl Admin {
    fn new(name: &str, settings: &str) -> Self {
        let home = Home::new(name, settings);
        let token = NewToken::make().unwrap();
        let tokens = home.folder.path("operators");
        let name = TokenName::new("night-shift").unwrap();
        fs::write(&tokens, line(&name, &token.digest())).unwrap();
        let sources = home.sources();
        let service = Service::start_with(
            &[("server.operator_token_file", tokens.to_str().unwrap())],
            move |parts| {
                let control = control_of(&parts.pipeline, sources);
                parts.admin = http::admin(Arc::clone(&control));
                parts.ready_details.push(control);
            },
        );
        Self {
            service,
            token: format!("Authorization: Bearer {}", token.reveal()),
            _home: home,
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
