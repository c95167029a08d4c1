//! Metrics as text: OpenMetrics for those who ask for it, else the older Prometheus format that everybody reads.

use std::fmt::Write as _;

use axum::http::{HeaderMap, header};

/// A text format of metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// OpenMetrics 1.0.
    OpenMetrics,
    /// Prometheus text 0.0.4.
    Prometheus,
}

impl Format {
    /// The format a request asks for.
    pub(super) fn wanted(headers: &HeaderMap) -> Self {
        let accepts_open_metrics = headers
            .get_all(header::ACCEPT)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .any(|value| value.contains("application/openmetrics-text"));
        if accepts_open_metrics {
            Self::OpenMetrics
        } else {
            Self::Prometheus
        }
    }

    pub(super) const fn content_type(self) -> &'static str {
        match self {
            Self::OpenMetrics => "application/openmetrics-text; version=1.0.0; charset=utf-8",
            Self::Prometheus => "text/plain; version=0.0.4; charset=utf-8",
        }
    }
}

/// OpenMetrics in the older format: there a counter's documentation names it with `_total`, and units and the end are not said.
pub(super) fn prometheus_text(open_metrics: &str) -> String {
    let mut text = String::with_capacity(open_metrics.len());
    let mut help = None;
    for line in open_metrics.lines() {
        if let Some(rest) = line.strip_prefix("# HELP ") {
            help = rest.split_once(' ');
        } else if let Some(rest) = line.strip_prefix("# TYPE ") {
            let Some((name, kind)) = rest.split_once(' ') else {
                continue;
            };
            let suffix = if kind == "counter" { "_total" } else { "" };
            if let Some((_, words)) = help.take_if(|(named, _)| *named == name) {
                let _ = writeln!(text, "# HELP {name}{suffix} {words}");
            }
            let _ = writeln!(text, "# TYPE {name}{suffix} {kind}");
        } else if !line.starts_with('#') {
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_older_format_names_counters_in_full() {
        let open_metrics = "# HELP a_things Things.\n# TYPE a_things counter\na_things_total{x=\"# y\"} 1\n\
                            # HELP a_time_seconds Time.\n# TYPE a_time_seconds histogram\n# UNIT a_time_seconds seconds\n\
                            a_time_seconds_sum 0.5\n# EOF\n";
        let expected = "# HELP a_things_total Things.\n# TYPE a_things_total counter\na_things_total{x=\"# y\"} 1\n\
                        # HELP a_time_seconds Time.\n# TYPE a_time_seconds histogram\na_time_seconds_sum 0.5\n";
        assert_eq!(prometheus_text(open_metrics), expected);
    }
}
