//! The OpenAPI document: up to date, sound, and true of what the service answers.

use std::path::Path;

use corridor::{
    config::Sources,
    engine::Engine,
    http::{
        access::{NewToken, TokenName, line},
        openapi,
        problem::Kind,
    },
};
use serde_json::{Value, json};

use super::{command, command_saying};
use crate::{
    committed::assert_file,
    folder::Folder,
    process::Process,
    service::{Service, head, post},
};

const LINES: &str = "Content-Type: application/x-ndjson";

fn document() -> Value {
    Service::shared()
        .send(&head("GET", "/openapi.json", []))
        .json()
}

/// A validator for a schema of the document, whose references point into it.
fn validator(document: &Value, schema: &Value) -> jsonschema::Validator {
    let mut root = json!({ "components": document["components"] });
    root.as_object_mut()
        .unwrap()
        .extend(schema.as_object().unwrap().clone());
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .build(&root)
        .unwrap()
}

fn assert_valid(document: &Value, schema: &Value, value: &Value, what: &str) {
    let validator = validator(document, schema);
    let errors: Vec<_> = validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{what}: {errors:?}\n{value}");
}

/// Every content (of a request body or an answer) in the document, with the place it stands at.
fn contents(value: &Value, place: &str, found: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                let place = format!("{place}/{key}");
                if key == "content" {
                    for (media_type, content) in value.as_object().unwrap() {
                        found.push((format!("{place}/{media_type}"), content.clone()));
                    }
                }
                contents(value, &place, found);
            }
        }
        Value::Array(list) => list.iter().for_each(|value| contents(value, place, found)),
        _ => {}
    }
}

fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                match value {
                    Value::String(reference) if key == "$ref" => found.push(reference.clone()),
                    _ => references(value, found),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

#[test]
fn the_committed_document_is_up_to_date() {
    let settings = Sources::default().load().unwrap();
    let engine = Engine::load(&settings.decision).unwrap();
    let document = openapi::document(engine.decider());
    let text = serde_json::to_string_pretty(&document).unwrap() + "\n";
    assert_file("../../docs/reference/openapi.json", &text);
    assert_eq!(
        self::document(),
        document,
        "what is served is what is committed"
    );
}

#[test]
fn every_reference_points_at_a_schema() {
    let document = document();
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(found.len() > 20);
    for reference in found {
        let pointer = reference
            .strip_prefix('#')
            .expect("a reference into the document");
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

#[test]
fn every_example_fits_its_schema() {
    let document = document();
    let mut found = Vec::new();
    contents(&document["paths"], "", &mut found);
    let mut examples = 0;
    for (place, content) in &found {
        let schema = &content["schema"];
        let single = content.get("example").map(|example| ("example", example));
        let named = content["examples"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, example)| (name.as_str(), &example["value"]));
        for (name, example) in single.into_iter().chain(named) {
            assert_valid(&document, schema, example, &format!("{place} {name}"));
            examples += 1;
            if let Some(line_schema) = content
                .get("x-line-schema")
                .filter(|_| place.contains("responses"))
            {
                for line in example.as_str().unwrap().lines() {
                    assert_valid(
                        &document,
                        line_schema,
                        &serde_json::from_str(line).unwrap(),
                        place,
                    );
                }
            }
        }
    }
    assert!(examples > 50, "{examples}");
}

#[test]
fn what_is_answered_fits_the_document() {
    let document = document();
    let schema_of = |path: &str, method: &str, status: u16| -> Value {
        let response = &document["paths"][path][method]["responses"][status.to_string()];
        let contents = response["content"]
            .as_object()
            .unwrap_or_else(|| panic!("{method} {path} {status}"));
        contents.values().next().unwrap()["schema"].clone()
    };
    let service = Service::shared();
    for path in ["/health", "/ready", "/version", "/openapi.json"] {
        let answer = service.send(&head("GET", path, []));
        assert_valid(
            &document,
            &schema_of(path, "get", 200),
            &answer.json(),
            path,
        );
    }
    for path in ["/v1/decide", "/decide", "/v1/explain"] {
        for text in [
            "купи 2 л молока",
            "Купи молоко и убери кухню",
            "",
            "remind Bob to call mom tomorrow at 5",
            "оплати счёт",
        ] {
            let answer = service.post(path, &command_saying(text));
            assert_valid(
                &document,
                &schema_of(path, "post", 200),
                &answer.json(),
                path,
            );
        }
        for body in [&b"{"[..], b"{}", b"\xff", &vec![b' '; 70_000]] {
            let answer = service.post(path, body);
            assert_valid(
                &document,
                &schema_of(path, "post", answer.status),
                &answer.json(),
                path,
            );
        }
        let answer = service.send(&post(path, &[], &command()));
        assert_valid(
            &document,
            &schema_of(path, "post", 415),
            &answer.json(),
            path,
        );
        let answer = service.send(&head("GET", path, []));
        assert_valid(
            &document,
            &schema_of(path, "post", 405),
            &answer.json(),
            path,
        );
    }
    let mut client = service.connect();
    let mut line = command();
    line.retain(|byte| *byte != b'\n');
    let lines = [&line[..], b"\nno command\n{}\n"].concat();
    client.write(&post("/v1/decide/batch", &[LINES], &lines));
    assert_eq!(client.answer_head().0, 200);
    let line_schema = &document["paths"]["/v1/decide/batch"]["post"]["responses"]["200"]["content"]
        ["application/x-ndjson"]["x-line-schema"];
    let answers = String::from_utf8(client.chunks()).unwrap();
    assert_eq!(answers.lines().count(), 3);
    for line in answers.lines() {
        assert_valid(
            &document,
            line_schema,
            &serde_json::from_str(line).unwrap(),
            "batch",
        );
    }
}

/// A client that branches on codes finds each of them, with what to do.
#[test]
fn every_code_is_listed() {
    let codes = document()["components"]["schemas"]["ProblemCode"].clone();
    for kind in Kind::ALL {
        assert!(
            codes["enum"]
                .as_array()
                .unwrap()
                .contains(&kind.code().into()),
            "{}",
            kind.code()
        );
        assert!(
            codes["description"]
                .as_str()
                .unwrap()
                .contains(kind.detail()),
            "{}",
            kind.code()
        );
    }
}

/// The paths in the source, so that none is added without a word in the document.
#[test]
fn every_path_that_is_served_is_in_the_document() {
    let document = document();
    let mut paths = Vec::new();
    for file in [
        "src/http/routes.rs",
        "src/http/admin.rs",
        "src/telemetry/metrics/scrape.rs",
    ] {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let text = std::fs::read_to_string(source).unwrap();
        let behind = text.split(".route(").skip(1);
        paths.extend(behind.map(|text| text.split('"').nth(1).unwrap().to_owned()));
    }
    assert!(paths.len() >= 10, "{paths:?}");
    for path in &paths {
        assert!(document["paths"][path].is_object(), "{path}");
    }
    // And nowhere else is one added.
    assert_eq!(document["paths"].as_object().unwrap().len(), paths.len());
}

/// What operators find, with its routes as the program puts them together.
#[test]
fn operators_paths_are_served_as_the_document_says() {
    let folder = Folder::new("openapi-operators");
    let (tokens, token) = (folder.path("tokens"), NewToken::make().unwrap());
    let name = TokenName::new("operator").unwrap();
    std::fs::write(&tokens, line(&name, &token.digest())).unwrap();
    let service = Process::start(&[
        "--operator-token-file",
        tokens.to_str().unwrap(),
        "--records-dir",
        folder.path("records").to_str().unwrap(),
        "--state-dir",
        folder.path("state").to_str().unwrap(),
    ]);
    let authorization = format!("Authorization: Bearer {}\r\n", token.reveal());
    for path in ["/metrics", "/v1/admin/switches"] {
        assert!(
            service
                .get(path, &authorization)
                .starts_with("HTTP/1.1 200 "),
            "{path}"
        );
        assert!(service.get(path, "").starts_with("HTTP/1.1 401 "), "{path}");
    }
    assert_eq!(service.stop("-TERM").0, Some(0));
}

#[test]
fn every_path_is_served() {
    for (path, operations) in document()["paths"].as_object().unwrap() {
        if ["/metrics", "/v1/admin/switches"].contains(&path.as_str()) {
            continue;
        }
        for method in operations.as_object().unwrap().keys() {
            let answer = Service::shared().send(&head(
                &method.to_ascii_uppercase(),
                path,
                ["Content-Length: 0"],
            ));
            assert!(
                ![404, 405].contains(&answer.status),
                "{method} {path}: {}",
                answer.status
            );
        }
    }
}
