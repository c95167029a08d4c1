//! Who is let in, where.

use std::{fs, path::Path};

use axum::{Router, routing::get};
use corridor::http::access::{NewToken, TokenFile, TokenName, line};

use super::command;
use crate::{
    folder::Folder,
    service::{Answer, Service, head, post},
};

const JSON: &str = "Content-Type: application/json";

/// A token in a file, and the header that presents it.
fn token(file: &Path, name: &str) -> String {
    let token = NewToken::make().unwrap();
    let mut text = fs::read_to_string(file).unwrap_or_default();
    text.push_str(&line(&TokenName::new(name).unwrap(), &token.digest()));
    text.push('\n');
    fs::write(file, text).unwrap();
    format!("Authorization: Bearer {}", token.reveal())
}

fn decide(service: &Service, authorization: &[&str]) -> Answer {
    service.send(&post(
        "/v1/decide",
        &[&[JSON], authorization].concat(),
        &command(),
    ))
}

/// A service with a path for metrics and one for admin.
fn with_operator_paths(settings: &[(&str, &str)]) -> Service {
    Service::start_with(settings, |parts| {
        parts.metrics = Router::new().route("/metrics", get(async || "metrics"));
        parts.admin = Router::new().route("/v1/admin/switches", get(async || "switches"));
    })
}

fn get_status(service: &Service, path: &str, headers: &[&str]) -> u16 {
    service
        .send(&head("GET", path, headers.iter().copied()))
        .status
}

#[test]
fn a_token_of_the_file_is_let_in_and_no_other() {
    let folder = Folder::new("access");
    let file = folder.path("tokens");
    let (product, phone) = (token(&file, "product"), token(&file, "phone"));
    let service = Service::start(&[("server.token_file", file.to_str().unwrap())]);
    for authorization in [&product, &phone] {
        assert_eq!(decide(&service, &[authorization]).status, 200);
    }
    let mut cut_short = product.clone();
    cut_short.pop();
    for (headers, code, challenge) in [
        (&[][..], "token_missing", "Bearer realm=\"corridor\""),
        (
            &["Authorization: Basic canary"],
            "token_missing",
            "Bearer realm=\"corridor\"",
        ),
        (
            &[product.as_str(), phone.as_str()],
            "token_missing",
            "Bearer realm=\"corridor\"",
        ),
        (
            &["Authorization: Bearer canary"],
            "token_unknown",
            "Bearer realm=\"corridor\", error=\"invalid_token\"",
        ),
        (
            &[cut_short.as_str()],
            "token_unknown",
            "Bearer realm=\"corridor\", error=\"invalid_token\"",
        ),
    ] {
        let answer = decide(&service, headers);
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (401, code),
            "{code}"
        );
        assert_eq!(answer.header("www-authenticate"), Some(challenge));
        assert!(!answer.json().to_string().contains("canary"));
    }
}

#[test]
fn a_token_is_asked_for_wherever_something_is_to_be_had() {
    let folder = Folder::new("access-paths");
    let file = folder.path("tokens");
    let product = token(&file, "product");
    let service = Service::start(&[("server.token_file", file.to_str().unwrap())]);
    for (method, path) in [
        ("POST", "/v1/decide"),
        ("POST", "/decide"),
        ("GET", "/version"),
        ("DELETE", "/v1/decide"),
    ] {
        assert_eq!(
            service.send(&head(method, path, [])).status,
            401,
            "{method} {path}"
        );
    }
    for path in ["/health", "/ready"] {
        assert_eq!(get_status(&service, path, &[]), 200, "{path}");
    }
    let ready = |headers: &[&str]| {
        service
            .send(&head("GET", "/ready", headers.iter().copied()))
            .json()
    };
    assert!(ready(&[])["details"].is_null());
    assert_eq!(ready(&[&product])["details"]["tokens"]["count"], 1);
}

#[test]
fn a_changed_file_is_in_force_without_a_restart() {
    let folder = Folder::new("access-reload");
    let file = folder.path("tokens");
    let old = token(&file, "old");
    let service = Service::start(&[("server.token_file", file.to_str().unwrap())]);
    let status = |authorization: &str| decide(&service, &[authorization]).status;
    assert_eq!(status(&old), 200);

    // A broken file changes nobody's access, and is told.
    fs::write(&file, "broken").unwrap();
    while service.send(&head("GET", "/ready", [old.as_str()])).json()["details"]["tokens"]["status"]
        != "kept"
    {}
    assert_eq!(status(&old), 200);

    fs::remove_file(&file).unwrap();
    let new = token(&file, "new");
    while status(&new) != 200 {}
    assert_eq!(status(&old), 401);

    // A file without tokens lets nobody in.
    fs::write(&file, "# withdrawn\n").unwrap();
    while status(&new) == 200 {}
}

#[test]
fn operators_are_served_beside_everybody_on_loopback() {
    let service = with_operator_paths(&[]);
    assert_eq!(get_status(&service, "/metrics", &[]), 200);
    assert_eq!(
        get_status(&service, "/v1/admin/switches", &[]),
        404,
        "admin needs a token file"
    );
}

#[test]
fn operators_need_tokens_of_their_own() {
    let folder = Folder::new("access-operators");
    let (clients, operators) = (folder.path("clients"), folder.path("operators"));
    let (product, operator) = (token(&clients, "product"), token(&operators, "operator"));
    let service = with_operator_paths(&[
        ("server.token_file", clients.to_str().unwrap()),
        ("server.operator_token_file", operators.to_str().unwrap()),
    ]);
    for path in ["/metrics", "/v1/admin/switches"] {
        assert_eq!(get_status(&service, path, &[&operator]), 200, "{path}");
        assert_eq!(get_status(&service, path, &[]), 401, "{path}");
        let answer = service.send(&head("GET", path, [product.as_str()]));
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (403, "token_not_allowed"),
            "{path}"
        );
        assert_eq!(
            answer.header("www-authenticate"),
            Some("Bearer realm=\"corridor\", error=\"insufficient_scope\"")
        );
    }
    assert_eq!(decide(&service, &[&operator]).status, 403);
    let details = service
        .send(&head("GET", "/ready", [product.as_str()]))
        .json()["details"]
        .clone();
    for name in ["tokens", "operator_tokens"] {
        assert_eq!(details[name]["status"], "ok", "{name}: {details}");
    }
}

#[test]
fn operators_may_have_an_address_of_their_own() {
    let service = with_operator_paths(&[("server.operator_listen", "127.0.0.1:0")]);
    assert_eq!(get_status(&service, "/metrics", &[]), 404);
    for (path, status) in [
        ("/metrics", 200),
        ("/health", 200),
        ("/ready", 200),
        ("/v1/decide", 404),
    ] {
        assert_eq!(
            service.send_operator(&head("GET", path, [])).status,
            status,
            "{path}"
        );
    }
}

/// The switch that puts everything off is needed most when the public address is full.
#[test]
fn operators_get_in_where_the_public_address_is_full() {
    let service = with_operator_paths(&[
        ("server.operator_listen", "127.0.0.1:0"),
        ("server.max_connections", "1"),
    ]);
    let mut only = service.connect();
    only.write(&head("GET", "/health", []));
    assert_eq!(only.answer().status, 200);
    assert_eq!(service.connect().answer().code(), "too_many_connections");
    assert_eq!(
        service.send_operator(&head("GET", "/metrics", [])).status,
        200
    );
}

#[test]
fn a_file_that_is_far_too_large_is_not_read() {
    let folder = Folder::new("access-large");
    let file = folder.path("tokens");
    fs::write(&file, "#".repeat(2 << 20)).unwrap();
    let error = TokenFile::open(&file, None).unwrap_err();
    assert!(error.to_string().contains("is larger than"), "{error}");
}

#[test]
fn where_strangers_reach_the_service_operators_are_not_served_by_accident() {
    let folder = Folder::new("access-strangers");
    let (clients, operators) = (folder.path("clients"), folder.path("operators"));
    let (_, operator) = (token(&clients, "product"), token(&operators, "operator"));
    let (clients, operators) = (clients.to_str().unwrap(), operators.to_str().unwrap());
    let service = with_operator_paths(&[
        ("server.listen", "0.0.0.0:0"),
        ("server.token_file", clients),
        ("server.operator_token_file", operators),
    ]);
    assert_eq!(get_status(&service, "/metrics", &[&operator]), 404);

    // Admin stays on this machine, also where metrics may be fetched from elsewhere.
    let service = with_operator_paths(&[
        ("server.operator_listen", "0.0.0.0:0"),
        ("server.operator_token_file", operators),
    ]);
    assert_eq!(
        service
            .send_operator(&head("GET", "/metrics", [operator.as_str()]))
            .status,
        200
    );
    assert_eq!(
        service
            .send_operator(&head("GET", "/v1/admin/switches", [operator.as_str()]))
            .status,
        404
    );
}
