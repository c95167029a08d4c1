//! What comes back over the wire, status by status; proxies, redirects and addresses that do not exist.

use std::sync::Arc;
use std::time::Duration;

use corridor_llm::call::{CallError, Diagnosis, MalformedReply, UnavailableCause};
use corridor_llm::{HttpCaller, LlmCaller, Outcome, TaskId};
use serde_json::json;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers};

use crate::scripted::{in_ms, input, load, runtime, two_profiles};

/// The failure of one task against an address, with no fallback.
async fn failure_at(base_url: &str, lines: &str) -> (CallError, Option<u16>) {
    let text = two_profiles(
        "",
        &format!("base_url = \"{base_url}\"\nplain_http = \"allow\"\nchain = []\n{lines}"),
        "",
    );
    let policy = load(&text);
    let caller = HttpCaller::new(
        policy
            .routes()
            .filter_map(|route| route.call.as_deref().ok()),
    )
    .unwrap();
    let (runtime, records) = runtime(&text, Arc::new(caller) as Arc<dyn LlmCaller>);
    let failure = runtime
        .run_task(TaskId::AssistNormalization, input(), in_ms(10_000))
        .await
        .unwrap_err();
    (failure.error, records.all()[0].http_status)
}

async fn failure_of(response: ResponseTemplate) -> (CallError, Option<u16>) {
    let server = MockServer::start().await;
    Mock::given(matchers::any())
        .respond_with(response)
        .mount(&server)
        .await;
    failure_at(&server.uri(), "").await
}

#[tokio::test]
async fn statuses_are_told_apart() {
    for status in [400, 401, 402, 403, 404, 405, 422, 301, 302] {
        let (error, seen) = failure_of(ResponseTemplate::new(status)).await;
        assert_eq!((error.outcome(), seen), (Outcome::Rejected, Some(status)));
    }
    for status in [408, 500, 502, 503, 504] {
        let (error, seen) = failure_of(ResponseTemplate::new(status)).await;
        assert_eq!(
            (error, seen),
            (
                CallError::Unavailable(UnavailableCause::Status(status)),
                Some(status)
            )
        );
    }
    for (value, wait) in [("7", Some(Duration::from_secs(7))), ("later", None)] {
        let (error, _) =
            failure_of(ResponseTemplate::new(429).insert_header("retry-after", value)).await;
        assert_eq!(error, CallError::RateLimited { retry_after: wait });
    }
}

#[tokio::test]
async fn a_success_must_carry_a_chat_completion() {
    for (response, malformed) in [
        (
            ResponseTemplate::new(200).set_body_json(json!({"error": {"message": "quota"}})),
            MalformedReply::ErrorBody,
        ),
        (
            ResponseTemplate::new(200).set_body_string("<html>sign in</html>"),
            MalformedReply::Html,
        ),
        (
            ResponseTemplate::new(200).set_body_string("ok"),
            MalformedReply::NotJson,
        ),
        (ResponseTemplate::new(204), MalformedReply::NotJson),
        (
            ResponseTemplate::new(200).set_body_json(json!({"choices": []})),
            MalformedReply::NoChoice,
        ),
    ] {
        assert_eq!(
            failure_of(response).await.0,
            CallError::ProviderError(malformed)
        );
    }
}

#[tokio::test]
async fn redirects_are_not_followed_so_that_the_key_stays_here() {
    let elsewhere = MockServer::start().await;
    Mock::given(matchers::any())
        .respond_with(ResponseTemplate::new(200))
        .expect(0)
        .mount(&elsewhere)
        .await;
    let (error, _) =
        failure_of(ResponseTemplate::new(307).insert_header("location", elsewhere.uri())).await;
    assert_eq!(
        error,
        CallError::Rejected {
            status: 307,
            diagnosis: Diagnosis::Redirect
        }
    );
}

#[tokio::test]
async fn addresses_that_do_not_answer_are_told_apart() {
    // A port that was free a moment ago.
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let (error, _) = failure_at(&format!("http://127.0.0.1:{port}"), "").await;
    assert_eq!(error, CallError::Unavailable(UnavailableCause::Refused));
    // RFC 6761: never resolves.
    let (error, _) = failure_at(
        "http://corridor.invalid",
        "connect_timeout_ms = 9000\ntimeout_ms = 9000",
    )
    .await;
    assert_eq!(error, CallError::Unavailable(UnavailableCause::Dns));
}

#[tokio::test]
async fn connecting_has_a_limit_of_its_own() {
    // A listener whose queue is full lets connections hang, on Linux without a refusal.
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut waiting = Vec::new();
    for _ in 0..8 {
        let connecting = tokio::net::TcpStream::connect(address);
        if let Ok(Ok(stream)) = tokio::time::timeout(Duration::from_millis(50), connecting).await {
            waiting.push(stream);
        }
    }
    let (error, _) = failure_at(
        &format!("http://{address}"),
        "connect_timeout_ms = 50\ntimeout_ms = 5000",
    )
    .await;
    assert_eq!(
        error,
        CallError::Timeout(corridor_llm::call::TimeoutPhase::Connect)
    );
}

#[tokio::test]
async fn a_proxy_is_used_when_set_but_never_for_loopback() {
    let proxy = MockServer::start().await;
    let page = ResponseTemplate::new(200).set_body_string("<html>proxy</html>");
    Mock::given(matchers::any())
        .respond_with(page)
        .mount(&proxy)
        .await;
    let line = format!("proxy = \"{}\"", proxy.uri());
    let (error, _) = failure_at("http://corridor.invalid/v1", &line).await;
    assert_eq!(
        error,
        CallError::ProviderError(MalformedReply::Html),
        "the proxy answered"
    );
    let direct = MockServer::start().await;
    Mock::given(matchers::any())
        .respond_with(ResponseTemplate::new(500))
        .mount(&direct)
        .await;
    let (error, _) = failure_at(&direct.uri(), &line).await;
    assert_eq!(
        error.outcome(),
        Outcome::Unavailable,
        "the server itself answered"
    );
}
