//! `packaging/` against what it claims, and against the program.

use std::{
    fs,
    process::{Command, Stdio},
};

use corridor::config::SECTIONS;

use super::root;
use crate::{folder::Folder, less::less, service::Service};

fn unit() -> String {
    fs::read_to_string(root().join("packaging/systemd/corridor.service")).unwrap()
}

/// The instructions of the container file, each on a line of its own.
fn container() -> Vec<(String, String)> {
    fs::read_to_string(root().join("packaging/container/Containerfile"))
        .unwrap()
        .replace("\\\n", " ")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| {
            line.split_once(' ')
                .expect("an instruction and what it is about")
        })
        .map(|(instruction, rest)| (instruction.to_owned(), rest.trim().to_owned()))
        .collect()
}

/// All there is to say for an instruction, or a directive.
fn values<'a>(pairs: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    pairs
        .iter()
        .filter(|(found, _)| found == name)
        .map(|(_, value)| value.as_str())
        .collect()
}

fn assert_settings(variables: impl IntoIterator<Item = String>) {
    for variable in variables {
        assert!(
            SECTIONS
                .iter()
                .flat_map(|section| section.settings)
                .any(|setting| setting.environment == variable),
            "{variable} is no setting"
        );
    }
}

fn directives() -> Vec<(String, String)> {
    unit()
        .lines()
        .filter(|line| !line.starts_with(['#', '[']) && !line.is_empty())
        .map(|line| line.split_once('=').expect("a directive and its value"))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

#[test]
fn the_unit_gives_the_service_nothing_it_does_not_need() {
    let directives = directives();
    for (name, expected) in [
        ("DynamicUser", "yes"),
        ("NoNewPrivileges", "yes"),
        ("CapabilityBoundingSet", ""),
        ("ProtectSystem", "strict"),
        ("ProtectHome", "yes"),
        ("PrivateTmp", "yes"),
        ("PrivateDevices", "yes"),
        ("MemoryDenyWriteExecute", "yes"),
        ("RestrictNamespaces", "yes"),
        ("UMask", "0077"),
    ] {
        assert_eq!(values(&directives, name), [expected], "{name}");
    }
    assert!(values(&directives, "SystemCallFilter").contains(&"@system-service"));
}

#[test]
fn the_unit_names_settings_and_calls_that_exist() {
    let directives = directives();
    let environment = values(&directives, "Environment");
    assert!(environment.len() >= 3);
    assert_settings(
        environment
            .iter()
            .map(|pair| pair.split_once('=').unwrap().0.to_owned()),
    );
    // What may be written to is what systemd makes.
    for (variable, folder, made) in [
        ("CORRIDOR_STATE_DIR", "/var/lib/corridor", "StateDirectory"),
        ("CORRIDOR_RECORDS_DIR", "/var/log/corridor", "LogsDirectory"),
    ] {
        assert!(
            environment.contains(&format!("{variable}={folder}").as_str()),
            "{variable}"
        );
        assert_eq!(values(&directives, made), ["corridor"]);
    }
    assert_eq!(
        values(&directives, "ExecStart"),
        ["/usr/bin/corridor serve"]
    );
    assert_eq!(
        values(&directives, "ExecStartPre"),
        ["/usr/bin/corridor serve --check"]
    );
}

/// Notice, drain, and the writing of records at the end, with time to spare; connections at their default.
#[test]
fn the_unit_leaves_room_for_the_default_settings() {
    let default = |name: &str| -> u64 {
        let mut settings = SECTIONS.iter().flat_map(|section| section.settings);
        settings
            .find(|setting| setting.name() == name)
            .unwrap()
            .default
            .parse()
            .unwrap()
    };
    let directives = directives();
    let number = |name: &str| -> u64 { values(&directives, name)[0].parse().unwrap() };
    const CLOSE_MS: u64 = 5000;
    let stop_ms =
        default("server.shutdown_notice_ms") + default("server.shutdown_drain_ms") + CLOSE_MS;
    assert!(number("TimeoutStopSec") * 1000 > stop_ms);
    let page = fs::read_to_string(root().join("docs/guides/http.md")).unwrap();
    let told = format!("the sum: {} s at the defaults", stop_ms / 1000);
    assert!(page.contains(&told), "{told}");
    assert!(number("LimitNOFILE") > default("server.max_connections") + 128);
}

/// Where systemd is installed it reads the unit without complaint.
#[test]
fn systemd_understands_the_unit() {
    let Ok(found) = Command::new("systemd-analyze")
        .arg("--version")
        .stdout(Stdio::null())
        .status()
    else {
        less("SKIPPED: systemd-analyze is not installed, so the unit was not checked by it");
        return;
    };
    assert!(found.success());
    let folder = Folder::new("unit");
    let file = folder.path("corridor.service");
    fs::write(
        &file,
        unit().replace("/usr/bin/corridor", env!("CARGO_BIN_EXE_corridor")),
    )
    .unwrap();
    let output = Command::new("systemd-analyze")
        .arg("verify")
        .arg(&file)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && told.is_empty(), "{told}");
}

#[test]
fn the_image_is_built_in_stages_and_run_by_nobody_special() {
    let container = container();
    let from = values(&container, "FROM");
    assert_eq!(from.len(), 2, "one stage builds, one runs");
    assert!(
        from.iter()
            .all(|image| image.contains(':') && !image.contains(":latest")),
        "{from:?}"
    );
    let last_stage = container
        .iter()
        .rposition(|(name, _)| name == "FROM")
        .unwrap();
    let run = &container[last_stage..];
    let user: u32 = values(run, "USER")[0]
        .split(':')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    assert!(user > 0);
    assert!(
        values(run, "ADD").is_empty() && !values(run, "RUN").iter().any(|run| run.contains("apt"))
    );
    assert!(
        values(run, "COPY")
            .iter()
            .all(|copy| copy.starts_with("--from=build "))
    );
    assert_eq!(values(run, "STOPSIGNAL"), ["SIGTERM"]);
    assert_eq!(values(run, "ENTRYPOINT"), ["[\"/usr/local/bin/corridor\"]"]);
    // The toolchain is the one that the workspace asks for.
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let version = manifest
        .lines()
        .find_map(|line| line.strip_prefix("rust-version = "))
        .unwrap()
        .trim_matches('"');
    assert!(
        from[0].starts_with(&format!("rust:{version}-")),
        "{}",
        from[0]
    );
}

/// The service is another user than whoever makes the token file, a file mounted alone cannot be replaced, and podman's own format has no
/// health check.
#[test]
fn the_instructions_make_tokens_readable_and_replaceable() {
    for page in [
        "docs/guides/deploying.md",
        "packaging/container/Containerfile",
    ] {
        let text = fs::read_to_string(root().join(page)).unwrap();
        assert!(text.contains("podman build --format docker "), "{page}");
        assert!(text.contains("chmod 0644 etc-corridor/tokens"), "{page}");
        assert!(
            text.contains("-v ./etc-corridor:/etc/corridor:ro"),
            "{page}"
        );
    }
    let guide = fs::read_to_string(root().join("docs/guides/deploying.md")).unwrap();
    assert!(guide.contains("chmod 0644 /etc/corridor/tokens"));
}

/// With a read-only root the service writes to its volumes alone.
#[test]
fn the_image_writes_to_volumes_alone() {
    let container = container();
    let environment = values(&container, "ENV").join(" ");
    let pairs: Vec<_> = environment
        .split_whitespace()
        .map(|pair| pair.split_once('=').unwrap())
        .collect();
    assert_settings(pairs.iter().map(|(name, _)| (*name).to_owned()));
    let volumes: Vec<String> = serde_json::from_str(values(&container, "VOLUME")[0]).unwrap();
    for variable in ["CORRIDOR_STATE_DIR", "CORRIDOR_RECORDS_DIR"] {
        let folder = pairs.iter().find(|(name, _)| *name == variable).unwrap().1;
        assert!(volumes.iter().any(|volume| volume == folder), "{variable}");
    }
}

/// The health check as it stands in the file, against a service and against none.
#[test]
fn the_image_knows_whether_it_is_healthy() {
    let container = container();
    let check = values(&container, "HEALTHCHECK")[0]
        .split_once("CMD ")
        .unwrap()
        .1;
    let words: Vec<String> = serde_json::from_str(check).unwrap();
    let is_healthy = |port: u16| {
        let script = words[2].replace("8080", &port.to_string());
        Command::new(&words[0])
            .arg(&words[1])
            .arg(script)
            .stderr(Stdio::null())
            .status()
            .unwrap()
            .success()
    };
    let service = Service::start(&[]);
    let port = service.address().port();
    assert!(is_healthy(port));
    service.stopped();
    assert!(!is_healthy(port));
}
