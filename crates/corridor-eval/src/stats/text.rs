//! The figures for reading.

use std::{
    collections::BTreeMap,
    fmt::{self, Display, Formatter},
};

use super::{FallbackStats, LatencyGroup, Percentiles, Stats, Tally};

impl Display for Stats {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} records in {} files", self.records, self.files)?;
        if let (Some(from), Some(to)) = (self.span.from, self.span.to) {
            write!(f, ", from {from:.0} to {to:.0}")?;
        }
        writeln!(f)?;
        if self.outside_window > 0 {
            writeln!(f, "{} more outside the time asked for", self.outside_window)?;
        }
        decisions(f, self)?;
        latency(f, self)?;
        models(f, self)?;
        calls(f, self)?;
        trial(f, self)?;
        broken(f, self)
    }
}

fn decisions(f: &mut Formatter<'_>, stats: &Stats) -> fmt::Result {
    let decisions = &stats.decisions;
    if decisions.count == 0 {
        return Ok(());
    }
    writeln!(f, "\nDecisions  {}", decisions.count)?;
    for (name, tally) in [
        ("action", &decisions.actions),
        ("intent", &decisions.intents),
        ("source", &decisions.sources),
        ("language", &decisions.languages),
    ] {
        shares(f, name, tally)?;
    }
    Ok(())
}

const HEAD: &str = "     count      p50      p90      p95      p99      max";

fn latency(f: &mut Formatter<'_>, stats: &Stats) -> fmt::Result {
    let latency = &stats.latency;
    for (name, group) in [
        ("every command", &latency.all),
        ("with models switched on", &latency.with_model),
        ("with models switched off", &latency.without_model),
        ("that waited for a model", &latency.waited_for_model),
    ] {
        // Where all commands are of one kind, the same figures twice would only be longer.
        let is_all = name != "every command" && group.total.count == latency.all.total.count;
        if group.total.count > 0 && !is_all {
            latency_group(f, name, group)?;
        }
    }
    Ok(())
}

fn latency_group(f: &mut Formatter<'_>, name: &str, group: &LatencyGroup) -> fmt::Result {
    writeln!(f, "\nTime in ms, {name}")?;
    writeln!(f, "  {:<21} {HEAD}", "")?;
    times(f, "total", &group.total)?;
    times(f, "own", &group.own)?;
    for step in &group.steps {
        times(f, step.step.trim_end_matches("_ms"), &step.times)?;
    }
    Ok(())
}

fn times(f: &mut Formatter<'_>, name: &str, times: &Percentiles) -> fmt::Result {
    writeln!(
        f,
        "  {name:<21} {:>10} {:>8.3} {:>8.3} {:>8.3} {:>8.3} {:>8.3}",
        times.count, times.p50_ms, times.p90_ms, times.p95_ms, times.p99_ms, times.max_ms
    )
}

fn models(f: &mut Formatter<'_>, stats: &Stats) -> fmt::Result {
    let fallback = &stats.fallback;
    if fallback.commands == 0 {
        return Ok(());
    }
    writeln!(f, "\nModels, over {} commands", fallback.commands)?;
    for outcome in [
        "success",
        "fallback",
        "error",
        "skipped",
        "deterministic_only",
    ] {
        let count = fallback.outcomes.count(outcome);
        writeln!(
            f,
            "  {outcome:<21} {count:>10} {:>8}",
            percent(count, fallback.commands)
        )?;
    }
    shares(f, "reason", &fallback.reasons)?;
    never_ran(f, fallback)?;
    for component in fallback.components.iter().filter(|one| !one.never_ran()) {
        writeln!(f, "\n  {}", component.component)?;
        shares(f, "  status", &component.statuses)?;
        shares(f, "  reason", &component.reasons)?;
        if component.times.count > 0 {
            writeln!(f, "  {:<21} {HEAD}", "")?;
            times(f, "  ms", &component.times)?;
        }
    }
    Ok(())
}

/// Components that did not run at all, together where they have the same reasons.
fn never_ran(f: &mut Formatter<'_>, fallback: &FallbackStats) -> fmt::Result {
    let mut names: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for component in fallback.components.iter().filter(|one| one.never_ran()) {
        let reasons = component.reasons.ranked();
        let reasons: Vec<&str> = reasons.into_iter().map(|(reason, _)| reason).collect();
        names
            .entry(reasons.join(", "))
            .or_default()
            .push(component.component);
    }
    for (reasons, names) in names {
        writeln!(f, "  {:<21} {} ({reasons})", "never ran", names.join(", "))?;
    }
    Ok(())
}

fn calls(f: &mut Formatter<'_>, stats: &Stats) -> fmt::Result {
    let calls = &stats.calls;
    if calls.attempts == 0 {
        return Ok(());
    }
    writeln!(f, "\nModel calls")?;
    writeln!(
        f,
        "  {:<26} {:>9} {:>8} {:>12} {:>12} {:>12}",
        "", "attempts", "success", "tokens in", "tokens out", "cost"
    )?;
    for task in &calls.tasks {
        writeln!(
            f,
            "  {:<26} {:>9} {:>8} {:>12} {:>12} {:>12.6}",
            task.task,
            task.attempts,
            percent(task.outcomes.count("success"), task.attempts),
            task.tokens_in,
            task.tokens_out,
            task.cost
        )?;
    }
    writeln!(
        f,
        "  {:<26} {:>9} {:>8} {:>12} {:>12} {:>12.6}",
        "all", calls.attempts, "", calls.tokens_in, calls.tokens_out, calls.cost
    )?;
    writeln!(f, "\n  {:<26}{HEAD}", "ms an attempt")?;
    for task in &calls.tasks {
        times(f, &task.task, &task.times)?;
    }
    for task in &calls.tasks {
        shares(f, &task.task, &task.outcomes)?;
    }
    Ok(())
}

fn trial(f: &mut Formatter<'_>, stats: &Stats) -> fmt::Result {
    if stats.shadow.calls > 0 {
        writeln!(f, "\nShadow  {} calls", stats.shadow.calls)?;
        for (name, tally) in [
            ("status", &stats.shadow.statuses),
            ("intent", &stats.shadow.intent),
            ("action", &stats.shadow.action),
            ("items", &stats.shadow.items),
        ] {
            shares(f, name, tally)?;
        }
    }
    if stats.partial_trust.visits > 0 {
        writeln!(f, "\nPartial trust  {} visits", stats.partial_trust.visits)?;
        shares(f, "status", &stats.partial_trust.statuses)?;
        shares(f, "reason", &stats.partial_trust.reasons)?;
    }
    Ok(())
}

fn broken(f: &mut Formatter<'_>, stats: &Stats) -> fmt::Result {
    let broken = &stats.broken;
    if broken.lines > 0 {
        writeln!(f, "\nLines that are no records, skipped  {}", broken.lines)?;
        for line in &broken.first {
            writeln!(f, "  {}:{} {}", line.file, line.line, line.reason.words())?;
        }
    }
    if !broken.files.is_empty() {
        writeln!(f, "\nFiles that could not be read to their end")?;
        for file in &broken.files {
            writeln!(f, "  {}: {}", file.file, file.reason)?;
        }
    }
    Ok(())
}

/// Each word with its share, most frequent first; nothing where there is none.
fn shares(f: &mut Formatter<'_>, name: &str, tally: &Tally) -> fmt::Result {
    let total = tally.total();
    if total == 0 {
        return Ok(());
    }
    let words: Vec<String> = tally
        .ranked()
        .into_iter()
        .map(|(word, count)| format!("{word} {count} ({})", percent(count, total)))
        .collect();
    writeln!(f, "  {name:<21} {}", words.join(", "))
}

#[allow(clippy::cast_precision_loss, reason = "for reading")]
fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "-".to_owned();
    }
    format!("{:.1} %", part as f64 / whole as f64 * 100.0)
}
