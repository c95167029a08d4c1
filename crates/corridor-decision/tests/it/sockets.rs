//! One run over a real socket for every fault of the rehearsal provider, with every stage on.

use std::sync::Arc;
use std::time::Duration;

use corridor_decision::records::{LlmOutcome, RiskStatus, ShadowStatus, Source};
use corridor_llm::rehearsal::{PlayKind, Rehearsal, Script};
use corridor_llm::{HttpCaller, LlmCaller};

use crate::scripted::{Bench, Scripted, baseline, bench_around, command, runtime_at, wire};

/// Every play with the lines it needs, and the reason of the fallback for a command that the corridor takes; `None` where it is followed.
const FAULTS: [(PlayKind, &str, Option<&str>); 21] = [
    (PlayKind::Answer, "", None),
    (PlayKind::Fenced, "", None),
    (PlayKind::Prose, "", None),
    (PlayKind::Ungrounded, "", Some("name_not_grounded")),
    (PlayKind::WrongEnum, "", Some("schema_validation_failed")),
    (PlayKind::Truncated, "", Some("truncated")),
    (PlayKind::HalfJson, "", Some("invalid_json")),
    (PlayKind::Empty, "", Some("empty")),
    (PlayKind::ErrorBody, "", Some("provider_error")),
    (PlayKind::Html, "", Some("provider_error")),
    (PlayKind::Status, "status = 401", Some("rejected")),
    (
        PlayKind::Status,
        "status = 429\nretry_after_s = 86400",
        Some("rate_limited"),
    ),
    (PlayKind::Status, "status = 500", Some("unavailable")),
    (PlayKind::Status, "status = 503", Some("unavailable")),
    (PlayKind::EchoKey, "", Some("rejected")),
    (PlayKind::Oversize, "bytes = 300000", Some("too_large")),
    (PlayKind::Reset, "", Some("unavailable")),
    (PlayKind::CutBody, "", Some("unavailable")),
    (PlayKind::NoFirstByte, "", Some("timeout")),
    (PlayKind::Drip, "interval_ms = 50", Some("timeout")),
    // Nobody listens.
    (PlayKind::Reset, "absent", Some("unavailable")),
];

/// Long enough that a busy machine does not turn an answer into a time-out, short where a time-out is what is played.
fn patience(play: PlayKind) -> Duration {
    match play {
        PlayKind::NoFirstByte | PlayKind::Drip => Duration::from_millis(300),
        _ => Duration::from_secs(20),
    }
}

async fn against(play: PlayKind, lines: &str) -> (Bench, Option<Rehearsal>) {
    let (url, rehearsal) = if lines == "absent" {
        // Bound and dropped: a port that was free a moment ago.
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        (
            format!("http://{}/v1", listener.local_addr().unwrap()),
            None,
        )
    } else {
        let script = format!("[[plays]]\nplay = \"{}\"\n{lines}", play.as_str());
        let script =
            Script::parse("script.toml", &script).unwrap_or_else(|problems| panic!("{problems}"));
        let rehearsal = Rehearsal::start("127.0.0.1:0".parse().unwrap(), script)
            .await
            .unwrap();
        (rehearsal.base_url(), Some(rehearsal))
    };
    let runtime = runtime_at(&url, |policy| {
        let specs = policy
            .routes()
            .filter_map(|route| route.call.as_deref().ok());
        Arc::new(HttpCaller::new(specs).unwrap()) as Arc<dyn LlmCaller>
    });
    let bench = bench_around(runtime, Scripted::new([]), |stages| {
        if let Some(limits) = &mut stages.shadow {
            limits.timeout = patience(play);
        }
        if let Some(limits) = &mut stages.assist {
            limits.timeout = patience(play);
        }
        if let Some(limits) = &mut stages.partial_trust {
            limits.timeout = patience(play);
        }
    });
    (bench, rehearsal)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_ends_in_a_decision() {
    for (play, lines, reason) in FAULTS {
        let name = format!("{} {lines}", play.as_str());
        let (bench, _rehearsal) = against(play, lines).await;
        let (sure, lost) = (
            command("купи молоко и хлеб"),
            command("абракадабра швабракадабра"),
        );
        let decided = bench.decide(&sure).await;
        let asked = bench.decide(&lost).await;
        bench.pipeline.drain(Duration::from_secs(60)).await;

        let fallbacks = bench.records.fallbacks();
        assert_eq!(fallbacks.len(), 2, "{name}");
        let risk = &bench.records.risks()[0];
        assert_eq!(
            risk.reason_code.map(|reason| reason.as_str()),
            reason,
            "{name}"
        );
        let sent = wire(&decided.decision);
        assert_eq!(
            sent["payload"],
            wire(&baseline(&sure).decision)["payload"],
            "{name}"
        );
        let shadow = &bench.records.shadows()[0];
        match reason {
            None => {
                assert_eq!(decided.source, Source::PartialTrust, "{name}");
                assert_eq!(shadow.status, ShadowStatus::Compared, "{name}");
            }
            Some("name_not_grounded") => {
                assert_eq!(shadow.status, ShadowStatus::Compared, "{name}");
                assert_eq!(shadow.diff.as_ref().unwrap().items_extra, 1, "{name}");
            }
            Some(reason) => {
                assert_eq!(risk.status, RiskStatus::FallbackDeterministic, "{name}");
                assert_eq!(shadow.status, ShadowStatus::Failed, "{name}");
                assert_eq!(decided.decision, baseline(&sure).decision, "{name}");
                assert_eq!(asked.decision, baseline(&lost).decision, "{name}");
                for record in &fallbacks {
                    assert_eq!(record.llm_outcome, LlmOutcome::Fallback, "{name}");
                    assert_eq!(record.fallback_reason.unwrap().as_str(), reason, "{name}");
                    assert!(record.deterministic_used, "{name}");
                }
            }
        }
        // What is asked may be asked in other words; it stays a question about the same.
        let question = wire(&asked.decision);
        assert_eq!(question["payload"]["missing_fields"][0], "intent", "{name}");
    }
}
