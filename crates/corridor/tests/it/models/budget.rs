//! What models cost today, over restarts.

use std::{fs, time::Duration};

use corridor_llm::{
    CallError, Correlation, Language, PersonText, TaskId, TaskInput, call::BudgetLimit,
};

use super::{ALL_ON, Home, Running, provider};

const POLICY: &str = "version = 1\nprofile = \"cheap\"\n[limits]\ncurrency = \"USD\"\nmax_calls_per_day = 2\n\
                      [profiles.cheap]\nprovider = \"openai_compatible\"\nmodel = \"m\"\n";

async fn call(running: &Running) -> Result<(), CallError> {
    let input = TaskInput::new(
        Correlation::default(),
        Language::En,
        PersonText::new("buy milk"),
    );
    let deadline = tokio::time::Instant::now() + Duration::from_secs(30);
    let runtime = running.stages().runtime.clone().unwrap();
    runtime
        .run_task(TaskId::ShoppingExtraction, input, deadline)
        .await
        .map(drop)
        .map_err(|failure| failure.error)
}

fn home(name: &str, base_url: &str) -> Home {
    let home = Home::new(name, &ALL_ON.replace("http://127.0.0.1:9/v1", base_url));
    let file = home.folder.path("policy.toml");
    fs::write(&file, POLICY).unwrap();
    home.with("LLM_POLICY_PATH", file.to_str().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_does_not_empty_the_day() {
    let provider = provider("answer").await;
    let home = home("budget", &provider.base_url());
    for _ in 0..2 {
        let running = home.start();
        assert_eq!(call(&running).await, Ok(()));
        running.control.close();
    }
    let refused = Err(CallError::BudgetExhausted(BudgetLimit::Calls));
    assert_eq!(call(&home.start()).await, refused);
    assert_eq!(provider.report().requests, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_policy_does_not_empty_the_day_either() {
    let provider = provider("answer").await;
    let home = home("budget-policy", &provider.base_url());
    let running = home.start();
    assert_eq!(call(&running).await, Ok(()));
    running.control.reload(corridor::model::Rebuild::Always);
    assert_eq!(call(&running).await, Ok(()));
    running.control.reload(corridor::model::Rebuild::Always);
    let refused = Err(CallError::BudgetExhausted(BudgetLimit::Calls));
    assert_eq!(call(&running).await, refused);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_file_counts_as_a_used_up_day() {
    let provider = provider("answer").await;
    let home = home("budget-damaged", &provider.base_url());
    fs::create_dir_all(home.folder.path("state")).unwrap();
    fs::write(home.folder.path("state/llm-budget.json"), "{\"day\":").unwrap();
    let running = home.start();
    let refused = Err(CallError::BudgetExhausted(BudgetLimit::Calls));
    assert_eq!(call(&running).await, refused);
    assert_eq!(provider.report().requests, 0);
}
