//! Every fault a provider can have, over real sockets, with every stage on: the answer is a decision, in time, and private.

use std::fs;

use corridor_contract::Decision;
use corridor_llm::rehearsal::{Rehearsal, Script};
use serde_json::Value;

use super::{ALL_ON, Home, control_of, process::Process};
use crate::service::Service;

/// The plays of a provider, each with what it needs.
const PLAYS: &[&str] = &[
    "play = \"answer\"",
    "play = \"fenced\"",
    "play = \"prose\"",
    "play = \"ungrounded\"",
    "play = \"wrong_enum\"",
    "play = \"truncated\"",
    "play = \"half_json\"",
    "play = \"empty\"",
    "play = \"error_body\"",
    "play = \"html\"",
    "play = \"status\"\nstatus = 401",
    "play = \"status\"\nstatus = 429\nretry_after_s = 1",
    "play = \"status\"\nstatus = 429\nretry_after_s = 86400",
    "play = \"status\"\nstatus = 500",
    "play = \"status\"\nstatus = 503",
    "play = \"echo_key\"",
    "play = \"oversize\"\nbytes = 1048576",
    "play = \"reset\"",
    "play = \"no_first_byte\"",
    "play = \"drip\"\ninterval_ms = 50",
    "play = \"cut_body\"",
];

/// Waits for ever, so that only the deadlines of the stages can end a call; never rests.
const POLICY: &str = "\
version = 1
profile = \"cheap\"
[breaker]
state = \"off\"
[profiles.cheap]
provider = \"openai_compatible\"
model = \"m\"
timeout_ms = 600000
first_byte_timeout_ms = 600000
idle_timeout_ms = 600000
[profiles.reliable]
provider = \"openai_compatible\"
model = \"m\"
timeout_ms = 600000
first_byte_timeout_ms = 600000
idle_timeout_ms = 600000
";

/// Stands in the key, in texts and in names, and so in what the provider answers.
const CANARY: &str = "kanareika7f3a";

/// What is said: sure shopping, a slip, nothing understood, a question, a refusal, a reminder.
const TEXTS: [&str; 6] = [
    "купи молоко и kanareika7f3a",
    "купии малако kanareika7f3a",
    "kanareika7f3a",
    "есть ли у нас kanareika7f3a",
    "оплати kanareika7f3a",
    "напомни полить kanareika7f3a",
];

fn script(plays: &[&str]) -> Script {
    let plays: String = plays
        .iter()
        .map(|play| format!("[[plays]]\n{play}\n"))
        .collect();
    Script::parse("script.toml", &format!("order = \"in_order\"\n{plays}")).unwrap()
}

fn home(name: &str, base_url: &str) -> Home {
    let settings = ALL_ON
        .replace("http://127.0.0.1:9/v1", base_url)
        .replace("sample_rate = 0.25", "sample_rate = 1\ntimeout_ms = 150")
        .replace("[assist]", "[assist]\ntimeout_ms = 150")
        .replace("[shadow]", "[shadow]\ntimeout_ms = 150");
    let home = Home::new(name, &settings).with("LLM_API_KEY", CANARY);
    let policy = home.folder.path("policy.toml");
    fs::write(&policy, POLICY).unwrap();
    home.with("LLM_POLICY_PATH", policy.to_str().unwrap())
}

/// The command of the fixtures that says this in a home with canaries, under an id that tells the play.
fn command(text: &str, number: usize) -> Vec<u8> {
    let mut command: Value =
        serde_json::from_slice(include_bytes!("../fixtures/command.json")).unwrap();
    command["text"] = text.into();
    command["command_id"] = format!("fault-{number}").into();
    let household = &mut command["context"]["household"];
    household["members"][0]["display_name"] = CANARY.into();
    household["shopping_lists"][0]["name"] = CANARY.into();
    command.to_string().into_bytes()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_leaves_a_valid_decision_in_time() {
    for play in PLAYS {
        let provider = Rehearsal::start("127.0.0.1:0".parse().unwrap(), script(&[play]))
            .await
            .unwrap();
        let name = format!(
            "fault-{}",
            play.replace(|letter: char| !letter.is_alphanumeric(), "")
        );
        let sources = home(&name, &provider.base_url());
        let started = sources.sources();
        // An answer that waited for the provider would never come: the client of this service gives up and fails.
        tokio::task::spawn_blocking(move || {
            let service = Service::start_with(&[], move |parts| {
                let control = control_of(&parts.pipeline, started);
                parts.ready_details.push(control);
            });
            for (number, text) in TEXTS.iter().enumerate() {
                let answer = service.post("/v1/decide", &command(text, number));
                assert_eq!(answer.status, 200, "{play}: {text}");
                let decision = answer.json().to_string();
                let problems = Decision::from_slice(decision.as_bytes()).err();
                assert!(problems.is_none(), "{play}: {text}: {problems:?}");
            }
        })
        .await
        .unwrap();
        assert!(provider.report().requests > 0, "{play}: nobody was asked");
    }
}

/// One process, every fault after the other, everything that can be logged and recorded.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_private_leaves_the_decision_under_any_fault() {
    // A wait that a provider asks for is remembered, and would keep the other plays away.
    let plays: Vec<&str> = PLAYS
        .iter()
        .copied()
        .filter(|play| !play.contains("retry_after_s"))
        .collect();
    let provider = Rehearsal::start("127.0.0.1:0".parse().unwrap(), script(&plays))
        .await
        .unwrap();
    let home = home("canary", &provider.base_url()).with("CORRIDOR_RECORDS_ENABLED", "true");
    let mut process = Process::start(&home, &["--log-level", "debug"]);
    let ready = process.until("ready");
    let address = ready.last().unwrap()["address"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut shown = format!("{ready:?}");
    let answers = tokio::task::spawn_blocking(move || {
        let mut answers = String::new();
        for number in 0..40 {
            let text = TEXTS[number % TEXTS.len()];
            answers += &crate::service::post_to(&address, &command(text, number));
        }
        answers
    })
    .await
    .unwrap();
    assert!(answers.contains(CANARY), "the canary shows in decisions");
    assert!(provider.report().requests > 60, "every play was met");
    shown += &format!("{:?}", process.end());
    let files = |folder: &str| -> Vec<_> {
        fs::read_dir(home.folder.path(folder))
            .into_iter()
            .flatten()
            .flatten()
            .collect()
    };
    let records = files("logs");
    assert!(records.len() >= 6, "records are written: {records:?}");
    for file in records.iter().chain(&files("state")) {
        shown += &fs::read_to_string(file.path()).unwrap();
    }
    assert!(shown.contains("fault-1"), "ids may show: {shown}");
    let leak = shown.lines().find(|line| line.contains(CANARY));
    assert_eq!(leak, None);
}
