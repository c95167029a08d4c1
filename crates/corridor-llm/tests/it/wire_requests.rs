//! What goes over the wire, per provider: method, path, headers and body, field by field.

use std::sync::Arc;

use corridor_llm::policy::{PolicyInputs, PolicySource};
use corridor_llm::{ApiKey, HttpCaller, LlmCaller, Policy, PromptLibrary, Runtime, TaskId};
use serde_json::{Value, json};
use wiremock::{Mock, MockServer, Request, ResponseTemplate, matchers};

use crate::scripted::{Records, in_ms, input, noon};

/// Runs one task under a profile with these lines and gives back the request that arrived.
async fn request(profile: &str, key: Option<&str>) -> Request {
    let server = MockServer::start().await;
    let answer = json!({
        "choices": [{"message": {"role": "assistant", "content": "{\"text\":\"купи молоко\"}"}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 7, "completion_tokens": 3},
    });
    Mock::given(matchers::any())
        .respond_with(ResponseTemplate::new(200).set_body_json(answer))
        .mount(&server)
        .await;
    let policy = format!("version = 1\nprofile = \"p\"\n[profiles.p]\n{profile}\n");
    let policy = Policy::load(
        &PolicySource::from_text("wire.toml", &policy),
        &PolicyInputs {
            variables: &|_| None,
            base_url: Some(format!("{}/v1", server.uri())),
            api_key: key.map(|key| ApiKey::new(key).unwrap()),
            profile: None,
        },
    )
    .unwrap_or_else(|problems| panic!("{problems}"));
    let caller = HttpCaller::new(
        policy
            .routes()
            .filter_map(|route| route.call.as_deref().ok()),
    )
    .unwrap();
    let records = Arc::new(Records::default());
    let runtime = Runtime::new(corridor_llm::runtime::RuntimeParts {
        policy,
        prompts: PromptLibrary::embedded().unwrap(),
        caller: Arc::new(caller) as Arc<dyn LlmCaller>,
        sink: Arc::clone(&records) as Arc<_>,
        clock: Arc::new(noon),
        budget_use: None,
    });
    let output = runtime
        .run_task(TaskId::AssistNormalization, input(), in_ms(5000))
        .await
        .unwrap();
    assert_eq!(
        (
            output.summary.usage.input_tokens,
            output.summary.usage.output_tokens
        ),
        (7, 3)
    );
    assert_eq!(records.all()[0].http_status, Some(200));
    server.received_requests().await.unwrap().remove(0)
}

fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request
        .headers
        .get(name)
        .map(|value| value.to_str().unwrap())
}

/// The body without its messages, and the messages.
fn body(request: &Request) -> (Value, Vec<(String, String)>) {
    let mut body: Value = serde_json::from_slice(&request.body).unwrap();
    let messages = body.as_object_mut().unwrap().remove("messages").unwrap();
    let text = |message: &Value, key: &str| message[key].as_str().unwrap().to_owned();
    let messages = messages.as_array().unwrap();
    (
        body,
        messages
            .iter()
            .map(|message| (text(message, "role"), text(message, "content")))
            .collect(),
    )
}

/// The schema in its written order, on one line.
const SCHEMA_BEGINS: &str = r#"{"title":"assist_normalization","type":"object","properties""#;

fn schema() -> Value {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../packs/household/prompts/assist_normalization.schema.json"
    );
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[tokio::test]
async fn openai_compatible_sends_a_bearer_key_and_a_strict_schema() {
    let profile = "provider = \"openai_compatible\"\nmodel = \"gpt-small\"\ntemperature = 0.5\nmax_tokens = 77";
    let request = request(profile, Some("sk-test")).await;
    assert_eq!(
        (request.method.as_str(), request.url.path()),
        ("POST", "/v1/chat/completions")
    );
    assert_eq!(header(&request, "authorization"), Some("Bearer sk-test"));
    assert_eq!(header(&request, "content-type"), Some("application/json"));
    assert_eq!(header(&request, "accept"), Some("application/json"));
    assert_eq!(header(&request, "openai-project"), None);
    assert_eq!(header(&request, "x-data-logging-enabled"), None);
    let (body, messages) = body(&request);
    assert_eq!(
        body,
        json!({
            "model": "gpt-small", "temperature": 0.5, "max_tokens": 77, "stream": false,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "assist_normalization", "strict": true, "schema": schema()},
            },
        })
    );
    assert_eq!(
        messages
            .iter()
            .map(|(role, _)| role.as_str())
            .collect::<Vec<_>>(),
        ["system", "user"]
    );
    assert!(messages[0].1.contains("JSON"));
    assert_eq!(
        messages[1].1,
        "<data>\n{\"text\":\"купии малако\"}\n</data>"
    );
}

#[tokio::test]
async fn openai_compatible_needs_no_key_on_loopback_and_takes_a_project() {
    let profile = r#"provider = "openai_compatible"
        model = "local"
        project = "proj_1"
        structured_output = "json_object"
        token_limit_field = "max_completion_tokens""#;
    let request = request(profile, None).await;
    assert_eq!(header(&request, "authorization"), None);
    assert_eq!(header(&request, "openai-project"), Some("proj_1"));
    let (body, messages) = body(&request);
    assert_eq!(body["response_format"], json!({"type": "json_object"}));
    assert_eq!(
        (&body["max_completion_tokens"], &body["max_tokens"]),
        (&json!(400), &Value::Null)
    );
    assert!(messages[0].1.contains(SCHEMA_BEGINS));
}

#[tokio::test]
async fn prompt_only_sends_no_response_format() {
    let profile =
        "provider = \"openai_compatible\"\nmodel = \"old\"\nstructured_output = \"prompt_only\"";
    let (body, messages) = body(&request(profile, None).await);
    assert_eq!(body.get("response_format"), None);
    assert!(messages[0].1.contains(SCHEMA_BEGINS));
}

#[tokio::test]
async fn yandex_sends_folder_model_address_and_no_logging() {
    let profile =
        "provider = \"yandex_ai_studio\"\nmodel = \"yandexgpt-lite\"\nproject = \"b1gfolder\"";
    let request = request(profile, Some("t1.token")).await;
    assert_eq!(
        (request.method.as_str(), request.url.path()),
        ("POST", "/v1/chat/completions")
    );
    assert_eq!(header(&request, "authorization"), Some("Bearer t1.token"));
    assert_eq!(header(&request, "openai-project"), Some("b1gfolder"));
    assert_eq!(header(&request, "x-data-logging-enabled"), Some("false"));
    let (body, _) = body(&request);
    assert_eq!(
        body,
        json!({
            "model": "gpt://b1gfolder/yandexgpt-lite/latest", "temperature": 0.0, "max_tokens": 400, "stream": false,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "assist_normalization", "strict": true, "schema": schema()},
            },
        })
    );
}

#[tokio::test]
async fn yandex_takes_an_api_key_and_may_leave_logging_to_the_provider() {
    let profile = r#"provider = "yandex_ai_studio"
        model = "gpt://b1gother/yandexgpt/rc"
        authorization = "api_key"
        data_logging = "provider_default""#;
    let request = request(profile, Some("AQVN-test")).await;
    assert_eq!(header(&request, "authorization"), Some("Api-Key AQVN-test"));
    assert_eq!(header(&request, "openai-project"), None);
    assert_eq!(header(&request, "x-data-logging-enabled"), None);
    assert_eq!(body(&request).0["model"], "gpt://b1gother/yandexgpt/rc");
}
