//! Files that change while the service runs.

use std::{fs, os::unix::fs::symlink, sync::Arc};

use corridor::model::{
    AdminChange, Rebuild, Upkeep,
    switches::{SwitchName, Veto},
};

use super::{ALL_ON, Home, eventually, everything};

fn shadow_off() -> String {
    ALL_ON.replace("[shadow]\nenabled = true", "[shadow]\nenabled = false")
}

/// Written in place, renamed over, and swapped behind a link as Kubernetes does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_settings_file_is_in_effect_by_itself() {
    let home = Home::new("watched", ALL_ON);
    let running = home.start();
    let _upkeep = Upkeep::start(&running.control).unwrap();
    let shadow_is_on = || running.stages().shadow.is_some();

    home.write_settings(&shadow_off());
    eventually("off, written in place", || !shadow_is_on()).await;

    let new = home.folder.path("corridor.toml.new");
    fs::write(&new, ALL_ON).unwrap();
    fs::rename(&new, home.settings_file()).unwrap();
    eventually("on, renamed over", shadow_is_on).await;

    for (version, text) in [("..1", ALL_ON.to_owned()), ("..2", shadow_off())] {
        fs::create_dir(home.folder.path(version)).unwrap();
        fs::write(home.folder.path(version).join("corridor.toml"), text).unwrap();
    }
    symlink("..1", home.folder.path("..data")).unwrap();
    symlink("..data/corridor.toml", &new).unwrap();
    fs::rename(&new, home.settings_file()).unwrap();
    symlink("..2", home.folder.path("..new")).unwrap();
    fs::rename(home.folder.path("..new"), home.folder.path("..data")).unwrap();
    eventually("off, swapped behind a link", || !shadow_is_on()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_policy_file_is_in_effect_by_itself() {
    let policy = |profile: &str| {
        format!(
            "version = 1\nprofile = \"{profile}\"\n[profiles.{profile}]\nprovider = \"openai_compatible\"\nmodel = \"m\"\n"
        )
    };
    let home = Home::new("policy-watched", ALL_ON);
    let file = home.folder.path("policy.toml");
    fs::write(&file, policy("first")).unwrap();
    let home = home.with("LLM_POLICY_PATH", file.to_str().unwrap());
    let running = home.start();
    let _upkeep = Upkeep::start(&running.control).unwrap();
    let profile = || {
        let runtime = running.stages().runtime.clone();
        runtime.map(|runtime| runtime.policy().profile().to_string())
    };
    assert_eq!(profile().as_deref(), Some("first"));

    fs::write(&file, policy("second")).unwrap();
    eventually("the second profile", || {
        profile().as_deref() == Some("second")
    })
    .await;

    fs::write(&file, "version: 1").unwrap();
    eventually("off", || running.off_because("llm_policy") == "bad_file").await;
    assert_eq!(running.on(), Vec::<&str>::new());

    fs::write(&file, policy("third")).unwrap();
    eventually("the third profile", || {
        profile().as_deref() == Some("third")
    })
    .await;
    eventually("everything on", || running.on() == everything()).await;
}

/// The settings name another policy, which is wrong, and then mended: nobody touches the settings again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bad_policy_at_a_new_place_is_seen_once_it_is_mended() {
    let home = Home::new("policy-moved", ALL_ON);
    let running = home.start();
    let _upkeep = Upkeep::start(&running.control).unwrap();
    let policy = home.folder.path("elsewhere.toml");
    fs::write(&policy, "version = 1\n").unwrap();
    let moved = format!("[llm]\npolicy_path = \"{}\"", policy.display());
    home.write_settings(&ALL_ON.replace("[llm]", &moved));
    eventually("off", || running.off_because("llm_policy") == "bad_file").await;
    let problems = running.shown()["files"]["problems"].clone();
    for problem in problems.as_array().unwrap() {
        let problem = problem.as_str().unwrap();
        assert!(
            problem.contains("elsewhere.toml") && problem.contains("; "),
            "{problem}"
        );
    }
    let text = "version = 1\nprofile = \"p\"\n[profiles.p]\nprovider = \"openai_compatible\"\nmodel = \"m\"\n";
    fs::write(&policy, text).unwrap();
    eventually("on again", || running.on() == everything()).await;
}

#[test]
fn an_unknown_profile_is_a_bad_file_while_running() {
    let home = Home::new("profile-unknown", ALL_ON);
    let running = home.start();
    let unknown = "sample_rate = 0.25\nprofile_id = \"nobody\"";
    home.write_settings(&ALL_ON.replace("sample_rate = 0.25", unknown));
    running.control.reload(Rebuild::WhereChanged);
    assert_eq!(running.off_because("partial_trust"), "bad_file");
    home.write_settings(ALL_ON);
    running.control.reload(Rebuild::WhereChanged);
    assert_eq!(running.on(), everything());
    home.write_settings(&ALL_ON.replace("sample_rate = 0.25", unknown));
    assert!(home.try_start().is_err(), "and it stops a start");
}

/// What an operator met is over once a client can be made, whoever asks for it.
#[test]
fn a_problem_met_by_an_operator_does_not_stick() {
    let home = Home::new("unstuck", ALL_ON);
    let policy = home.folder.path("policy.toml");
    let good = "version = 1\nprofile = \"p\"\n[profiles.p]\nprovider = \"openai_compatible\"\nmodel = \"m\"\n";
    fs::write(&policy, good).unwrap();
    let home = home.with("LLM_POLICY_PATH", policy.to_str().unwrap());
    let running = home.start();
    let says = |veto| {
        let change = AdminChange {
            vetoes: vec![(SwitchName::Master, veto)],
            rearm: false,
        };
        running.control.change(&change, "operator").unwrap();
    };
    says(Veto::Off);
    fs::remove_file(&policy).unwrap();
    says(Veto::Silent);
    assert_eq!(running.off_because("llm_policy"), "bad_file");
    says(Veto::Off);
    fs::write(&policy, good).unwrap();
    says(Veto::Silent);
    assert_eq!(running.on(), everything());
}

#[test]
fn a_file_that_turns_bad_puts_every_stage_off_and_keeps_the_rest() {
    let home = Home::new("bad", ALL_ON);
    let running = home.start();
    for bad in [
        "[shadow]\nenabled = ture\n",
        "[shadow]\nenabeld = true\n",
        "not toml",
        "[partial_trust]\nsample_rate = 2\n",
    ] {
        home.write_settings(bad);
        running.control.reload(Rebuild::WhereChanged);
        assert_eq!(running.on(), Vec::<&str>::new(), "{bad}");
        let shown = running.shown();
        assert_eq!(shown["files"]["state"], "bad");
        let problem = shown["files"]["problems"][0].as_str().unwrap();
        assert!(problem.contains("corridor.toml:"), "{problem}");
        assert_eq!(
            shown["switches"]["shadow_router"]["file"], "on",
            "the last good settings are kept"
        );
        assert_eq!(shown["client"]["state"], "running", "and so is the client");
    }
    fs::remove_file(home.settings_file()).unwrap();
    running.control.reload(Rebuild::WhereChanged);
    assert_eq!(running.off_because("shadow_router"), "bad_file");

    home.write_settings(ALL_ON);
    running.control.reload(Rebuild::WhereChanged);
    assert_eq!(running.on(), everything());
    assert_eq!(running.shown()["files"]["state"], "good");
}

#[test]
fn what_did_not_change_keeps_its_client() {
    let home = Home::new("same-client", ALL_ON);
    let running = home.start();
    let client = || running.stages().runtime.clone().unwrap();
    let first = client();
    home.write_settings(&ALL_ON.replace("0.25", "0.5"));
    running.control.reload(Rebuild::WhereChanged);
    assert_eq!(
        running.stages().partial_trust.as_ref().unwrap().rate.get(),
        0.5
    );
    assert!(
        Arc::ptr_eq(&client(), &first),
        "breakers keep what they learned"
    );
    running.control.reload(Rebuild::Always);
    assert!(!Arc::ptr_eq(&client(), &first));
    let second = client();
    home.write_settings(&ALL_ON.replace("127.0.0.1:9", "127.0.0.1:10"));
    running.control.reload(Rebuild::WhereChanged);
    assert!(!Arc::ptr_eq(&client(), &second));
}
