//! `corridor llm check`: the policy, spelled out.

use std::fmt::Write as _;

use corridor_llm::{
    check::{CallReport, PolicyReport, RouteReport, report, uncounted},
    start::Refusal,
};
use serde::Serialize;

use crate::{
    cli::{
        failure::Failure,
        output::{Output, Paint, Tone, printable},
    },
    config::{Sources, values::Switch},
    model::{Kept, Setup, state::StateFolder},
};

/// Prints every route, and whether the service would call models.
pub(super) fn check(sources: &Sources, json: bool, output: &mut Output) -> Result<(), Failure> {
    let settings = sources.load().map_err(Failure::Settings)?;
    let setup = Setup::new(&settings, &sources.environment);
    let policy = setup.policy().map_err(Failure::Model)?;
    let report = report(&policy, setup.placeholders());
    let is_on = settings.llm.policy_enabled.verdict() == Some(Switch::On);
    let kept = Kept::read(&StateFolder::new(settings.state.dir.path()));
    let beside = Beside {
        is_on,
        admin_off: kept
            .admin_off
            .iter()
            .map(|switch| switch.as_str())
            .collect(),
        uncounted: uncounted(&policy).len(),
    };
    if json {
        output.json(&Shown::of(&report, &beside))?;
    } else {
        let text = in_words(&report, &beside, output.paint());
        output.text(&text)?;
    }
    match report.refusal {
        None => Ok(()),
        Some(_) => Err(Failure::Told),
    }
}

/// What is not of the policy, and bears on whether models are called.
struct Beside {
    /// Whether the settings switch models on.
    is_on: bool,
    /// What an operator switched off through the admin API of the service with this `state.dir`.
    admin_off: Vec<&'static str>,
    /// Routes whose cost no limit sees.
    uncounted: usize,
}

fn in_words(report: &PolicyReport, beside: &Beside, paint: Paint) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "policy   {}", report.file);
    let _ = writeln!(text, "profile  {}", report.profile);
    let _ = writeln!(text, "limits   {}\n", limits_in_words(report));
    for route in &report.routes {
        text.push_str(&route_in_words(route, &report.limits.currency, paint));
    }
    let (tone, words) = match (&report.refusal, beside.is_on) {
        (Some(refusal), _) => (Tone::Bad, refusal.to_string()),
        (None, false) => (Tone::Asking, Refusal::SwitchedOff.to_string()),
        (None, true) => (Tone::Good, "models may be called".to_owned()),
    };
    let _ = writeln!(text, "\n{}", paint.paint(tone, &words));
    if !beside.admin_off.is_empty() {
        let words = format!(
            "an operator switched off: {}; corridor rollout switches --lift takes it back",
            beside.admin_off.join(", ")
        );
        let _ = writeln!(text, "{}", paint.paint(Tone::Asking, &words));
    }
    if beside.uncounted > 0 {
        let words = format!(
            "{} routes have no price, so the limit of {} a day does not see what they cost: write price = {{ … }} into the policy",
            beside.uncounted, report.limits.currency
        );
        let _ = writeln!(text, "{}", paint.paint(Tone::Asking, &words));
    }
    text
}

fn limits_in_words(report: &PolicyReport) -> String {
    let calls = report.limits.max_calls_per_day;
    let spend = report.limits.max_spend_micros_per_day;
    let calls = calls.map_or("any number of calls".to_owned(), |calls| {
        format!("{calls} calls")
    });
    let spend = spend.map_or("any cost".to_owned(), |spend| {
        format!("{} {}", money(spend), report.limits.currency)
    });
    format!("{calls} and {spend} a UTC day")
}

fn route_in_words(route: &RouteReport, currency: &str, paint: Paint) -> String {
    let name = paint.paint(Tone::Strong, &route.id.to_string());
    let call = match &route.call {
        Ok(call) => call,
        Err(gaps) => {
            let lacks = paint.paint(Tone::Bad, &format!("lacks {}", gaps.join(", ")));
            return format!("{name}  {lacks}\n");
        }
    };
    let CallReport {
        provider,
        model,
        url,
        key,
        structured_output,
        timeout,
        max_tokens,
    } = call;
    let mut text = format!("{name}  {} at {}\n", printable(model), printable(url));
    let _ = writeln!(
        text,
        "  {provider}, {structured_output}, key {}",
        key.as_str()
    );
    let _ = writeln!(
        text,
        "  at most {} ms, {max_tokens} tokens, {} at once, {} / {} {currency} for a million tokens in / out",
        timeout.as_millis(),
        route.max_concurrency,
        money(route.price.input_micros_per_million),
        money(route.price.output_micros_per_million),
    );
    for step in &route.chain {
        let _ = writeln!(text, "  {}", paint.paint(Tone::Faint, step));
    }
    text
}

/// Millionths of a currency as a decimal, without more digits than needed.
fn money(micros: u64) -> String {
    let (whole, part) = (micros / 1_000_000, micros % 1_000_000);
    let part = format!("{part:06}");
    match part.trim_end_matches('0') {
        "" => whole.to_string(),
        part => format!("{whole}.{part}"),
    }
}

#[derive(Serialize)]
struct Shown<'a> {
    policy: &'a str,
    profile: &'a str,
    master_switch: &'static str,
    admin_off: &'a [&'static str],
    routes_without_price: usize,
    refusal: Option<&'static str>,
    limits: ShownLimits<'a>,
    routes: Vec<ShownRoute<'a>>,
}

#[derive(Serialize)]
struct ShownLimits<'a> {
    currency: &'a str,
    max_calls_per_day: Option<u64>,
    max_spend_per_day: Option<f64>,
}

#[derive(Serialize)]
struct ShownRoute<'a> {
    task: &'static str,
    profile: &'a str,
    lacks: &'a [String],
    call: Option<ShownCall<'a>>,
    max_concurrency: usize,
    chain: &'a [String],
}

#[derive(Serialize)]
struct ShownCall<'a> {
    provider: &'static str,
    model: &'a str,
    url: &'a str,
    key: &'static str,
    structured_output: &'static str,
    timeout_ms: u128,
    max_tokens: u32,
}

impl<'a> Shown<'a> {
    fn of(report: &'a PolicyReport, beside: &'a Beside) -> Self {
        Self {
            policy: &report.file,
            profile: &report.profile,
            master_switch: if beside.is_on { "on" } else { "off" },
            admin_off: &beside.admin_off,
            routes_without_price: beside.uncounted,
            refusal: report.refusal.as_ref().map(Refusal::as_str),
            limits: ShownLimits {
                currency: &report.limits.currency,
                max_calls_per_day: report.limits.max_calls_per_day,
                max_spend_per_day: report
                    .limits
                    .max_spend_micros_per_day
                    .map(|micros| micros as f64 / 1e6),
            },
            routes: report.routes.iter().map(ShownRoute::of).collect(),
        }
    }
}

impl<'a> ShownRoute<'a> {
    fn of(route: &'a RouteReport) -> Self {
        Self {
            task: route.id.task.as_str(),
            profile: route.id.profile.as_str(),
            lacks: route.call.as_ref().err().map_or(&[], Vec::as_slice),
            call: route.call.as_ref().ok().map(|call| ShownCall {
                provider: call.provider,
                model: &call.model,
                url: &call.url,
                key: call.key.name(),
                structured_output: call.structured_output,
                timeout_ms: call.timeout.as_millis(),
                max_tokens: call.max_tokens,
            }),
            max_concurrency: route.max_concurrency,
            chain: &route.chain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::money;

    #[test]
    fn money_has_no_more_digits_than_needed() {
        assert_eq!(money(0), "0");
        assert_eq!(money(5_000_000), "5");
        assert_eq!(money(400_000), "0.4");
        assert_eq!(money(1), "0.000001");
    }
}
