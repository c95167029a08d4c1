//! `corridor rollout`, what it says without a service.

use serde_json::Value;

use crate::program::{Run, command, corridor, corridor_with_input, run};

fn with_environment(arguments: &[&str], environment: &[(&str, &str)]) -> Run {
    let mut call = command(arguments);
    call.envs(environment.iter().copied());
    run(call, b"")
}

#[test]
fn commands_are_placed_by_their_ids() {
    let run = corridor(&[
        "rollout",
        "who",
        "--rate",
        "0.5",
        "--command-id",
        "b",
        "--command-id",
        "a",
    ]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert_eq!(run.stdout, "in   0.2427  b\nout  0.7914  a\n");
}

#[test]
fn ids_may_come_from_standard_input() {
    let run = corridor_with_input(
        &["rollout", "who", "--rate", "1"],
        "a\n\n пара слов \n".as_bytes(),
    );
    assert_eq!(run.code, 0);
    let ids: Vec<&str> = run
        .stdout
        .lines()
        .filter_map(|line| line.get(13..))
        .collect();
    assert_eq!(ids, ["a", "пара слов"]);
    assert!(run.stdout.lines().all(|line| line.starts_with("in ")));
}

#[test]
fn the_rate_is_that_of_the_settings_unless_given() {
    let sampled = |environment: &[(&str, &str)]| {
        let call = ["rollout", "who", "--command-id", "b", "--json"];
        let run = with_environment(&call, environment);
        let shown: Value = serde_json::from_str(&run.stdout).unwrap();
        shown["sampled"].as_bool().unwrap()
    };
    assert!(!sampled(&[]), "one in a hundred");
    assert!(sampled(&[("PARTIAL_TRUST_SAMPLE_RATE", "0.25")]));
}

#[test]
fn a_rate_that_is_none_is_refused() {
    for rate in ["1.1", "-0.1", "NaN", "five"] {
        let run = corridor(&["rollout", "who", "--rate", rate, "--command-id", "a"]);
        assert_eq!(run.code, 2, "{rate}");
    }
}

#[test]
fn the_plan_says_where_the_settings_are() {
    let all = [
        ("LLM_POLICY_ENABLED", "true"),
        ("SHADOW_ROUTER_ENABLED", "true"),
        ("ASSIST_MODE_ENABLED", "true"),
        ("PARTIAL_TRUST_ENABLED", "true"),
        ("PARTIAL_TRUST_SAMPLE_RATE", "0.01"),
    ];
    let model = [
        ("LLM_MODEL", "m"),
        ("LLM_BASE_URL", "http://127.0.0.1:9/v1"),
    ];
    let at = |environment: &[(&str, &str)]| {
        let environment = [environment, &model].concat();
        let run = with_environment(&["rollout", "plan", "--json"], &environment);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""));
        let steps: Value = serde_json::from_str(&run.stdout).unwrap();
        let steps = steps.as_array().unwrap().clone();
        assert_eq!(steps.len(), 6);
        let current: Vec<_> = steps
            .iter()
            .filter(|step| step["is_current"] == true)
            .collect();
        assert_eq!(current.len(), 1);
        current[0]["step"].as_str().unwrap().to_owned()
    };
    assert_eq!(at(&[]), "rules alone");
    assert_eq!(at(&all[..1]), "rules alone");
    assert_eq!(at(&all[..2]), "shadow");
    assert_eq!(at(&all[..3]), "assist");
    assert_eq!(at(&all), "corridor 1 %");
    for (rate, step) in [
        ("0", "assist"),
        ("0.001", "corridor 1 %"),
        ("0.049", "corridor 1 %"),
        ("0.05", "corridor 5 %"),
        ("1", "corridor 10 %"),
    ] {
        let mut changed = all;
        changed[4].1 = rate;
        assert_eq!(at(&changed), step, "{rate}");
    }
    let mut off = all;
    off[0].1 = "off";
    assert_eq!(at(&off), "rules alone", "nothing is on without the master");
}

/// What is executed counts, and the plan does not hide that it came without the steps before.
#[test]
fn the_plan_names_steps_that_were_left_out() {
    let with = |others: &[(&str, &str)]| {
        let environment = [
            others,
            &[
                ("LLM_POLICY_ENABLED", "true"),
                ("PARTIAL_TRUST_ENABLED", "true"),
                ("LLM_MODEL", "m"),
                ("LLM_BASE_URL", "http://127.0.0.1:9/v1"),
            ],
        ]
        .concat();
        let run = with_environment(&["rollout", "plan"], &environment);
        assert!(run.stdout.contains("▶ 4  corridor 1 %\n"), "{}", run.stdout);
        ["2  shadow", "3  assist"].map(|step| {
            let left_out = format!("  {step} (off, though a later step is on)\n");
            let usual = format!("  {step}\n");
            assert_ne!(run.stdout.contains(&left_out), run.stdout.contains(&usual));
            run.stdout.contains(&left_out)
        })
    };
    assert_eq!(with(&[]), [true, true]);
    assert_eq!(with(&[("ASSIST_MODE_ENABLED", "true")]), [true, false]);
    assert_eq!(with(&[("SHADOW_ROUTER_ENABLED", "true")]), [false, true]);
}

/// Switches alone do not make a step: without a key or an address no model is called.
#[test]
fn the_plan_sees_that_no_model_can_be_called() {
    let environment = [
        ("LLM_POLICY_ENABLED", "true"),
        ("SHADOW_ROUTER_ENABLED", "true"),
    ];
    let run = with_environment(&["rollout", "plan"], &environment);
    assert!(run.stdout.contains("▶ 1  rules alone"), "{}", run.stdout);
    assert!(
        run.stdout
            .contains("shadow_router              off (no_model)"),
        "{}",
        run.stdout
    );
}

#[test]
fn the_plan_names_the_figures_of_the_verdict() {
    let run = corridor(&["rollout", "plan"]);
    for words in [
        "at least 50 samples",
        "at least 100 samples",
        "at least 200 samples",
        "errors below 5 %",
        "refused by the rules below 30 %",
        "other than the rules' below 10 %",
        "slower than 3000 ms less than 5 %",
        "slower than 1000 ms less than 5 %",
        "partial_trust              off (unset)",
    ] {
        assert!(run.stdout.contains(words), "{words}: {}", run.stdout);
    }
}

#[test]
fn the_switches_need_a_token_and_a_service() {
    let run = corridor(&["rollout", "switches"]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("CORRIDOR_OPERATOR_TOKEN"),
        "{}",
        run.stderr
    );
    let call = ["rollout", "switches", "--url", "http://127.0.0.1:9"];
    let run = with_environment(&call, &[("CORRIDOR_OPERATOR_TOKEN", "canary")]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("no answer from"), "{}", run.stderr);
    assert!(!run.stderr.contains("canary"), "{}", run.stderr);
}
