//! A decision for a person at a terminal: outcome, what will be done, what is asked.

use std::fmt::Write as _;

use corridor_contract::{
    Command, Decision, Item, JobType, ListId, MissingField, Outcome, Payload, ProposedAction, Said,
    Task, Timestamp, UserId, ZoneId,
};
use jiff::tz::TimeZone;

use crate::cli::output::{Paint, Tone, printable};

/// The decision in a few lines. Lists, doers and zones get the names that the command's household has for them.
pub(super) fn decision(decision: &Decision, command: &Command, paint: Paint) -> String {
    let mut page = Page {
        text: String::new(),
        names: Names(command),
        paint,
    };
    page.payload(&decision.payload, decision.outcome());
    page.line(Tone::Faint, decision.explanation.expose());
    page.line(
        Tone::Faint,
        &format!(
            "confidence {:.2}, decided by {}",
            decision.confidence.value(),
            decision.decision_version
        ),
    );
    page.text
}

struct Page<'a> {
    text: String,
    names: Names<'a>,
    paint: Paint,
}

impl Page<'_> {
    fn payload(&mut self, payload: &Payload, outcome: Outcome) {
        match payload {
            Payload::StartJob(job) => {
                self.head(outcome, job_words(job.job_type));
                self.actions(&job.proposed_actions);
                self.optional_line(job.ui_message.as_ref());
            }
            Payload::ProposeCreateTask(proposed) => {
                self.head(outcome, job_words(JobType::CreateTask));
                self.task(&proposed.task);
            }
            Payload::ProposeAddShoppingItem(proposed) => {
                self.head(outcome, job_words(JobType::AddShoppingItem));
                self.items(&[&proposed.item]);
            }
            Payload::Clarify(clarify) => {
                let missing: Vec<_> = clarify
                    .missing_fields
                    .iter()
                    .copied()
                    .map(MissingField::as_str)
                    .collect();
                self.head(outcome, &format!("missing: {}", missing.join(", ")));
                self.line(Tone::Strong, clarify.question.expose());
                for (number, option) in clarify.options.iter().enumerate() {
                    self.indented(&format!("{}. {}", number + 1, option.expose()));
                }
            }
            Payload::Reject(reject) => {
                self.head(outcome, reject.code.as_str());
                self.line(Tone::Strong, reject.reason.expose());
                self.optional_line(reject.ui_message.as_ref());
            }
            Payload::Confirm(confirm) => {
                self.head(
                    outcome,
                    &format!("until {}", self.names.on_their_clock(confirm.expires_at)),
                );
                self.line(Tone::Strong, confirm.summary.expose());
                self.actions(&confirm.proposed_actions);
                self.optional_line(confirm.ui_message.as_ref());
            }
        }
    }

    fn head(&mut self, outcome: Outcome, words: &str) {
        let tone = match outcome {
            Outcome::Execute => Tone::Good,
            Outcome::Clarify | Outcome::Confirm => Tone::Asking,
            Outcome::Reject => Tone::Bad,
        };
        let _ = writeln!(
            self.text,
            "{}  {}",
            self.paint.paint(tone, outcome.as_str()),
            printable(words)
        );
    }

    fn actions(&mut self, actions: &[ProposedAction]) {
        let items: Vec<&Item> = actions
            .iter()
            .filter_map(|action| match action {
                ProposedAction::AddShoppingItem(proposed) => Some(&proposed.item),
                ProposedAction::CreateTask(_) => None,
            })
            .collect();
        self.items(&items);
        for action in actions {
            if let ProposedAction::CreateTask(proposed) = action {
                self.task(&proposed.task);
            }
        }
    }

    /// Items as a table: name, amount, list.
    fn items(&mut self, items: &[&Item]) {
        let rows: Vec<[String; 3]> = items
            .iter()
            .map(|item| {
                let amount = [&item.quantity, &item.unit];
                let amount: Vec<&str> = amount.into_iter().flatten().map(Said::expose).collect();
                let list = item
                    .list_id
                    .as_ref()
                    .map_or_else(String::new, |id| format!("→ {}", self.names.list(id)));
                [
                    printable(item.name.expose()),
                    printable(&amount.join(" ")),
                    printable(&list),
                ]
            })
            .collect();
        let width = |column: usize| {
            rows.iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
        };
        let (names, amounts) = (width(0), width(1));
        for [name, amount, list] in &rows {
            self.indented(format!("{name:<names$}  {amount:<amounts$}  {list}").trim_end());
        }
    }

    fn task(&mut self, task: &Task) {
        self.indented(task.title.expose());
        let facts = [
            (
                "who",
                task.assignee_id.as_ref().map(|id| self.names.member(id)),
            ),
            ("where", task.zone_id.as_ref().map(|id| self.names.zone(id))),
            ("due", task.due.as_ref().map(Said::expose)),
            ("note", task.description.as_ref().map(Said::expose)),
        ]
        .map(|(label, value)| Some((label, value?.to_owned())));
        for (label, value) in facts.into_iter().flatten() {
            self.indented(&format!("  {label:<5} {value}"));
        }
    }

    fn optional_line(&mut self, text: Option<&Said>) {
        if let Some(text) = text {
            self.line(Tone::Strong, text.expose());
        }
    }

    fn line(&mut self, tone: Tone, text: &str) {
        let _ = writeln!(self.text, "{}", self.paint.paint(tone, &printable(text)));
    }

    fn indented(&mut self, text: &str) {
        let _ = writeln!(self.text, "  {}", printable(text));
    }
}

fn job_words(job_type: JobType) -> &'static str {
    match job_type {
        JobType::CreateTask => "create a task",
        JobType::AddShoppingItem => "add to a shopping list",
        JobType::Unknown => "start a job",
    }
}

/// What the command's household calls its lists, members and zones; the id where it has no name.
struct Names<'a>(&'a Command);

impl<'a> Names<'a> {
    /// A time as the clock at home shows it.
    fn on_their_clock(&self, time: Timestamp) -> String {
        let home = TimeZone::fixed(self.0.timestamp.offset());
        time.instant()
            .to_zoned(home)
            .strftime("%Y-%m-%d %H:%M")
            .to_string()
    }

    fn list<'b>(&self, id: &'b ListId) -> &'b str
    where
        'a: 'b,
    {
        let lists = &self.0.context.household.shopping_lists;
        lists
            .iter()
            .find(|list| list.list_id == *id)
            .map_or(id.as_str(), |list| list.name.expose())
    }

    fn member<'b>(&self, id: &'b UserId) -> &'b str
    where
        'a: 'b,
    {
        let mut members = self.0.context.household.members.iter();
        let member = members.find(|member| member.user_id == *id);
        member
            .and_then(|member| member.display_name.as_ref())
            .map_or(id.as_str(), Said::expose)
    }

    fn zone<'b>(&self, id: &'b ZoneId) -> &'b str
    where
        'a: 'b,
    {
        let zones = &self.0.context.household.zones;
        zones
            .iter()
            .find(|zone| zone.zone_id == *id)
            .map_or(id.as_str(), |zone| zone.name.expose())
    }
}

#[cfg(test)]
mod tests;
