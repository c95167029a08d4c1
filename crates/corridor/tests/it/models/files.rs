//! Files that change while the service runs.

use std::{fs, os::unix::fs::symlink, sync::Arc};

use corridor::model::{Rebuild, Upkeep};

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
