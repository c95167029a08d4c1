//! A verdict in words.

use std::fmt::{self, Display, Formatter};

use super::{Action, Finding, Limits, Measure, MeasureName, Rule, Verdict};

impl Display for Verdict {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.headline())?;
        writeln!(f, "  {}\n", self.reason())?;
        writeln!(
            f,
            "  {:<8} {:<14} {:>12} {:>8}   {:<16} {:>7}",
            "log", "measure", "bad/samples", "share", "95 % bounds", "limit"
        )?;
        for measure in &self.measures {
            line(f, measure)?;
        }
        Ok(())
    }
}

impl Verdict {
    /// What to do, in a few words.
    #[must_use]
    pub fn headline(&self) -> String {
        let stage = self.stage.words();
        match (self.action, self.next) {
            (Action::Promote, Some(next)) if next == self.stage => {
                format!("{stage} → stay: the last stage, and everything is below its limit")
            }
            (Action::Promote, next) => {
                format!(
                    "{stage} → promote to {}",
                    next.map_or("rules alone", |next| next.words())
                )
            }
            (Action::Hold, _) => format!("{stage} → hold"),
            (Action::RollBack, next) => format!(
                "{stage} → roll back to {}",
                next.map_or("rules alone", |next| next.words())
            ),
        }
    }

    /// Why, by the rule that decided.
    #[must_use]
    pub fn reason(&self) -> String {
        if self.rule == Rule::Unreadable {
            return format!(
                "unreadable: {} of {} lines are no records; allowed are {}",
                self.broken_lines,
                self.lines,
                percent(Limits::MAX_BROKEN_SHARE)
            );
        }
        let Some(measure) = &self.decided_by else {
            return "every measure is below its limit, 95 % sure".to_owned();
        };
        let what = what(measure);
        match self.rule {
            Rule::LimitPassed => format!(
                "limit passed: {what} are at least {}, 95 % sure; allowed are {}",
                percent(measure.bounds.low),
                percent(measure.limit)
            ),
            Rule::TooFewSamples => format!(
                "too few samples: {} of at least {} for {what}{}",
                measure.samples,
                measure.min_samples,
                more(measure)
            ),
            Rule::NotSureYet | Rule::Unreadable | Rule::AllBelow => format!(
                "not sure yet: {what} may be up to {}; allowed are {}{}",
                percent(measure.bounds.high),
                percent(measure.limit),
                more(measure)
            ),
        }
    }
}

fn what(measure: &Measure) -> String {
    let what = match measure.measure {
        MeasureName::Error => "errors",
        MeasureName::Refusal => "refusals",
        MeasureName::Disagreement => "disagreements",
        MeasureName::Latency => "slow calls",
    };
    format!("{what} ({})", measure.log)
}

fn more(measure: &Measure) -> String {
    measure.more_samples.map_or_else(
        || {
            format!(
                "; the most that are judged, {}, would not do while the share stays",
                Limits::WINDOW
            )
        },
        |more| format!("; about {more} more would do if the share stays"),
    )
}

fn line(f: &mut Formatter<'_>, measure: &Measure) -> fmt::Result {
    let sign = match measure.finding {
        Finding::Below => "✓",
        Finding::Open => "?",
        Finding::TooFew => "…",
        Finding::Above => "✗",
    };
    let counts = format!("{}/{}", measure.bad, measure.samples);
    let bounds = format!(
        "{:.1}–{}",
        measure.bounds.low * 100.0,
        percent(measure.bounds.high)
    );
    let share = measure.share.map_or_else(|| "—".to_owned(), percent);
    writeln!(
        f,
        "{sign} {:<8} {:<14} {counts:>12} {share:>8}   {bounds:<16} {:>7}",
        measure.log,
        measure.measure,
        percent(measure.limit)
    )
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}
