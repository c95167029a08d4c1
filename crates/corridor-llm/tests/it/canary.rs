//! Privacy: canaries in key, prompt and answer, searched for in every log line, record, error and panic message.

use std::io::Write;
use std::sync::{Arc, Mutex, Once};

use corridor_llm::call::{Message, Role};
use corridor_llm::policy::{PolicyInputs, PolicySource};
use corridor_llm::rehearsal::{PlayKind, Rehearsal, Script};
use corridor_llm::runtime::RuntimeParts;
use corridor_llm::{
    ApiKey, AttemptSink, Correlation, HttpCaller, Language, LlmCaller, PersonText, Policy,
    PromptLibrary, PromptText, Runtime, TaskId, TaskInput,
};

use crate::rehearsal_faults::FAULTS;
use crate::scripted::{Records, in_ms, noon};

/// Stands in the key, in the text (so the provider's answers carry it back) and in a list's name.
const CANARY: &str = "kanareika7f3a";

/// Everything logged or panicked with since the test began.
static SEEN: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Capture;

impl Write for Capture {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        SEEN.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Captures every event of every crate, `log` included, and every panic message.
fn capture() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing_subscriber::fmt()
            .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
            .with_writer(|| Capture)
            .init();
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let _ = write!(Capture, "{panic}");
            before(panic);
        }));
    });
}

fn task_input() -> TaskInput {
    let correlation = Correlation {
        trace_id: "trace".to_owned(),
        command_id: "command".to_owned(),
    };
    TaskInput::new(
        correlation,
        Language::En,
        PersonText::new(format!("buy {CANARY}")),
    )
    .with_lists(vec![PersonText::new(CANARY)])
}

#[tokio::test]
async fn nothing_private_shows_under_any_fault() {
    capture();
    let drip = (
        PlayKind::Drip,
        "interval_ms = 50",
        corridor_llm::Outcome::Timeout,
        None,
    );
    for (play, lines, ..) in FAULTS.into_iter().chain([drip]) {
        let script = format!("[[plays]]\nplay = \"{}\"\n{lines}", play.as_str());
        let script = Script::parse("script.toml", &script).unwrap();
        let rehearsal = Rehearsal::start("127.0.0.1:0".parse().unwrap(), script)
            .await
            .unwrap();
        // The standard chain, so that repair and escalation carry the canary too.
        let policy = "version = 1\nprofile = \"cheap\"\n\
             [profiles.cheap]\nprovider = \"openai_compatible\"\nmodel = \"m\"\ntimeout_ms = 400\n\
             [profiles.reliable]\nprovider = \"yandex_ai_studio\"\nmodel = \"m\"\ntimeout_ms = 400\n";
        let inputs = PolicyInputs {
            variables: &|_| None,
            base_url: Some(rehearsal.base_url()),
            api_key: Some(ApiKey::new(CANARY).unwrap()),
            profile: None,
        };
        let policy =
            Policy::load(&PolicySource::from_text("canary.toml", policy), &inputs).unwrap();
        let caller = HttpCaller::new(
            policy
                .routes()
                .filter_map(|route| route.call.as_deref().ok()),
        )
        .unwrap();
        let records = Arc::new(Records::default());
        let mut shown = format!("{policy:?} {caller:?}");
        let runtime = Runtime::new(RuntimeParts {
            policy,
            prompts: PromptLibrary::embedded().unwrap(),
            caller: Arc::new(caller) as Arc<dyn LlmCaller>,
            sink: Arc::clone(&records) as Arc<dyn AttemptSink>,
            clock: Arc::new(noon),
            budget_use: None,
        });
        for task in TaskId::ALL {
            let result = runtime.run_task(task, task_input(), in_ms(500)).await;
            shown += &format!("{result:?}");
            match result {
                Err(failure) => shown += &failure.to_string(),
                Ok(output) if task == TaskId::AssistNormalization && play == PlayKind::Answer => {
                    assert!(
                        output.answer.expose().to_string().contains(CANARY),
                        "the canary really went there and back"
                    );
                }
                Ok(_) => {}
            }
        }
        for record in records.all() {
            shown += &format!("{record:?}{}", serde_json::to_string(&record).unwrap());
        }
        shown += &format!("{runtime:?}{:?}{:?}", rehearsal.report(), task_input());
        assert!(!shown.contains(CANARY), "{}: {shown}", play.as_str());
    }
    // A panic shows what Debug shows.
    let message = Message {
        role: Role::User,
        content: PromptText::new(CANARY),
    };
    let _ = std::panic::catch_unwind(|| panic!("{message:?} {:?}", task_input()));
    let seen = String::from_utf8_lossy(&SEEN.lock().unwrap()).into_owned();
    assert!(seen.contains("model call ended"), "the capture works");
    assert!(
        seen.contains("reqwest"),
        "the capture of the HTTP stack's own log works"
    );
    assert!(
        seen.contains("PromptText(private)"),
        "the capture of panics works"
    );
    let line = seen.lines().find(|line| line.contains(CANARY));
    assert_eq!(line, None);
}
