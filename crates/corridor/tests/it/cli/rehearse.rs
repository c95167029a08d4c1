//! `corridor rehearse`: the whole rollout, as a process.

use serde_json::Value;

use crate::program::corridor;

#[test]
fn a_rehearsal_keeps_every_promise() {
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/../../datasets/golden");
    let run = corridor(&[
        "rehearse",
        "--golden",
        golden,
        "--commands",
        "150",
        "--json",
    ]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    let lines: Vec<Value> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let (kept, steps) = lines.split_last().unwrap();
    let names: Vec<&str> = steps
        .iter()
        .map(|step| step["step"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "rules alone",
            "shadow",
            "assist",
            "corridor 1 %",
            "corridor 100 %",
            "outage",
            "provider back",
            "switched off"
        ]
    );
    for promise in kept["promises"].as_array().unwrap() {
        assert_eq!(promise["kept"], true, "{promise}");
    }
    // It really went through the stages.
    let statuses = |step: usize, of: &str| steps[step][of].as_array().unwrap().clone();
    assert!(!statuses(1, "shadow").is_empty());
    assert!(!statuses(2, "assist").is_empty());
    let accepted = |status: &Value| status[0] == "accepted_llm";
    assert!(statuses(4, "corridor").iter().any(accepted));
    assert_eq!(steps[5]["switches"]["guard"]["state"], "tripped");
    assert_eq!(steps[7]["switches"]["client"]["state"], "off");
}

#[test]
fn without_a_data_set_it_has_commands_of_its_own() {
    let run = corridor(&["rehearse", "--golden", "absent"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    for words in [
        "29 commands at each step: commands of its own",
        "promises",
        "records",
    ] {
        assert!(run.stdout.contains(words), "{words}: {}", run.stdout);
    }
    assert!(!run.stdout.contains("broken"), "{}", run.stdout);
}
