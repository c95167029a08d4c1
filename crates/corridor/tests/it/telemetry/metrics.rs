//! `/metrics`: both formats, labels from closed sets, figures that are right.

use std::{
    collections::BTreeMap,
    io::Write as _,
    process::{Command, Stdio},
};

use corridor::telemetry::metrics::{Kind, LabelValues, METRICS, MetricDoc};

use super::emitted::command;
use crate::process::{Process, body};

/// One line of an exposition.
struct Sample<'t> {
    name: &'t str,
    labels: BTreeMap<&'t str, &'t str>,
    value: f64,
}

/// The samples of an exposition. No label value of ours holds a quote or a comma.
fn samples(text: &str) -> Vec<Sample<'_>> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let (series, value) = line.rsplit_once(' ').unwrap();
            let (name, labels) = series.split_once('{').unwrap_or((series, ""));
            Sample {
                name,
                labels: labels
                    .trim_end_matches('}')
                    .split(',')
                    .filter(|label| !label.is_empty())
                    .map(|label| {
                        let (name, value) = label.split_once('=').unwrap();
                        (name, value.trim_matches('"'))
                    })
                    .collect(),
                value: value.parse().unwrap(),
            }
        })
        .collect()
}

/// The declaration a sample belongs to.
fn declaration(sample: &Sample<'_>) -> &'static MetricDoc {
    METRICS
        .iter()
        .find(|metric| match metric.kind {
            Kind::Counter | Kind::Gauge => sample.name == metric.full_name(),
            Kind::Histogram => sample
                .name
                .strip_prefix(&metric.family())
                .is_some_and(|suffix| ["_sum", "_count", "_bucket"].contains(&suffix)),
        })
        .unwrap_or_else(|| panic!("{} is not declared", sample.name))
}

/// Every label is declared, and its value is one that the declaration allows.
pub(super) fn assert_declared(text: &str) {
    let samples = samples(text);
    assert!(!samples.is_empty());
    for sample in &samples {
        let metric = declaration(sample);
        let mut names: Vec<&str> = metric.labels.iter().map(|label| label.name).collect();
        if sample.name.ends_with("_bucket") {
            names.push("le");
        }
        names.sort_unstable();
        let found: Vec<&str> = sample.labels.keys().copied().collect();
        assert_eq!(found, names, "{}", sample.name);
        for label in metric.labels {
            if let LabelValues::Words(words) = label.values {
                let value = sample.labels[label.name];
                assert!(
                    words().contains(&value),
                    "{}: {}={value}",
                    sample.name,
                    label.name
                );
            }
        }
    }
}

fn value(text: &str, name: &str, labels: &[(&str, &str)]) -> f64 {
    samples(text)
        .iter()
        .filter(|sample| sample.name == name)
        .filter(|sample| {
            labels
                .iter()
                .all(|(name, value)| sample.labels.get(name) == Some(value))
        })
        .map(|sample| sample.value)
        .sum()
}

fn service_with_commands() -> Process {
    let service = Process::start(&[]);
    for (id, text) in [
        ("c1", "Купи молоко"),
        ("c2", "Buy milk"),
        ("c3", "оплати счёт"),
    ] {
        let answer = service.post(&command(id, text));
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    }
    service
}

#[test]
fn both_formats_are_served_with_declared_labels_alone() {
    let service = service_with_commands();
    let prometheus = service.get("/metrics", "");
    assert!(prometheus.contains("content-type: text/plain; version=0.0.4"));
    let open_metrics = service.get("/metrics", "Accept: application/openmetrics-text\r\n");
    assert!(open_metrics.contains("content-type: application/openmetrics-text"));
    assert!(open_metrics.ends_with("# EOF\n"));
    for answer in [&prometheus, &open_metrics] {
        assert_declared(body(answer));
    }
    let text = body(&prometheus);
    for (name, labels, expected) in [
        ("corridor_decisions_total", &[][..], 3.0),
        ("corridor_decisions_total", &[("language", "en")], 1.0),
        ("corridor_decisions_total", &[("action", "reject")], 1.0),
        (
            "corridor_command_duration_seconds_count",
            &[("models", "off")],
            3.0,
        ),
        (
            "corridor_step_duration_seconds_count",
            &[("step", "core_logic")],
            3.0,
        ),
        (
            "corridor_llm_outcomes_total",
            &[("outcome", "skipped")],
            3.0,
        ),
        ("corridor_switch_on", &[], 0.0),
        ("corridor_model_client_state", &[("state", "off")], 1.0),
        ("corridor_settings_good", &[], 1.0),
        ("corridor_build_info", &[], 1.0),
    ] {
        assert!(
            (value(text, name, labels) - expected).abs() < 1e-9,
            "{name} {labels:?}: {text}"
        );
    }
    let slow: f64 = value(text, "corridor_command_duration_seconds_sum", &[]);
    assert!(slow > 0.0, "times are in seconds: {slow}");
    service.stop("-INT");
}

/// Prometheus' own check, where Debian's `prometheus` is installed.
#[test]
fn promtool_finds_nothing_wrong() {
    let Ok(mut promtool) = Command::new("promtool")
        .args(["check", "metrics"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
    else {
        eprintln!("not checked: there is no promtool; apt-get install prometheus");
        return;
    };
    let service = service_with_commands();
    let answer = service.get("/metrics", "");
    service.stop("-INT");
    promtool
        .stdin
        .take()
        .unwrap()
        .write_all(body(&answer).as_bytes())
        .unwrap();
    let output = promtool.wait_with_output().unwrap();
    let told = [output.stdout, output.stderr].concat();
    let told = String::from_utf8(told).unwrap();
    assert!(output.status.success() && told.is_empty(), "{told}");
}

#[test]
fn names_and_words_are_fit_for_prometheus() {
    for metric in METRICS {
        let name = metric.full_name();
        assert!(
            name.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_'),
            "{name}"
        );
        assert!(metric.help.trim().ends_with('.'), "{name}");
        for label in metric.labels {
            if let LabelValues::Words(words) = label.values {
                let mut words = words();
                assert!(!words.is_empty(), "{name}: {}", label.name);
                let count = words.len();
                words.sort_unstable();
                words.dedup();
                assert_eq!(
                    words.len(),
                    count,
                    "{name}: {} has a word twice",
                    label.name
                );
            }
        }
    }
}
