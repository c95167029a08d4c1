//! What is understood to what is decided: the order of judgement over clauses, capabilities, lists and doers.

use corridor_contract::{
    AtLeastOne, Capability, Clarify, ClarifyPurpose, Command, Confirm, Item, JobHint, JobType,
    ListId, MissingField, Payload, ProposeAddShoppingItem, ProposeCreateTask, ProposedAction,
    Reject, Said, StartJob, Task, Timestamp, UserId,
};
use corridor_nlu::{
    Clause, Doer, Engine, ItemReading, Language, ListMention, Meaning, RejectCode, TaskReading,
};
use jiff::SignedDuration;

use crate::ids;
use crate::question::Question;
use crate::reason::Reason;
use crate::words::Words;

/// How long a confirmation may be answered.
const CONFIRMATION_VALID: SignedDuration = SignedDuration::from_mins(15);

/// A decision but for its ids and times.
pub(crate) struct Plan {
    pub(crate) payload: Payload,
    pub(crate) reason: Reason,
    pub(crate) explanation: Said,
    pub(crate) confidence: f64,
}

/// Judges all clauses together.
pub(crate) fn make(
    engine: &Engine,
    command: &Command,
    language: Language,
    clauses: &[Clause],
    created_at: Timestamp,
) -> Plan {
    let planner = Planner {
        engine,
        command,
        words: Words::new(engine, language),
        created_at,
    };
    planner.plan(clauses)
}

struct Planner<'p> {
    engine: &'p Engine,
    command: &'p Command,
    words: Words<'p>,
    created_at: Timestamp,
}

/// What clauses come to when nothing stands in the way.
#[derive(Default)]
struct Work {
    items: Vec<Item>,
    tasks: Vec<Task>,
    timed: bool,
}

impl Planner<'_> {
    fn plan(&self, clauses: &[Clause]) -> Plan {
        if !self.can(Capability::StartJob) {
            return self.clarify(Question::not_capable(Capability::StartJob), 1.0);
        }
        if clauses.is_empty() {
            return self.clarify(Question::no_text(), 1.0);
        }
        let confidence = clauses
            .iter()
            .map(|clause| clause.confidence)
            .fold(1.0, f64::min);
        let reject = clauses.iter().find_map(|clause| match clause.meaning {
            Meaning::Reject(code) => Some((code, clause.confidence)),
            _ => None,
        });
        if let Some((code, confidence)) = reject {
            return self.reject(code, confidence);
        }
        let mut work = Work::default();
        for clause in clauses {
            if let Err(question) = self.clause(clause, clauses.len() > 1, &mut work) {
                return self.clarify(question, clause.confidence);
            }
        }
        if confidence < self.engine.execute_threshold() {
            return self.clarify(Question::intent(Reason::Unsure, "unsure"), confidence);
        }
        self.execute(work, confidence)
    }

    fn can(&self, capability: Capability) -> bool {
        self.command.capabilities.contains(capability)
    }

    /// Adds what a clause comes to. `mixed` says that there are others.
    fn clause(&self, clause: &Clause, mixed: bool, work: &mut Work) -> Result<(), Question> {
        match &clause.meaning {
            Meaning::NotOurs(reason) => Err(Question::not_ours(*reason, mixed)),
            Meaning::AskItem => Err(Question::incomplete(MissingField::ItemName, "item")),
            Meaning::AskTitle => Err(Question::incomplete(MissingField::TaskTitle, "title")),
            Meaning::AskDue(problem) => Err(Question::due(*problem)),
            Meaning::Shopping { items, list, timed } => {
                if !self.can(Capability::ProposeAddShoppingItem) {
                    return Err(Question::not_capable(Capability::ProposeAddShoppingItem));
                }
                work.timed |= *timed;
                for item in items {
                    let list = self.list(item.list.as_ref().or(list.as_ref()))?;
                    work.items.push(item_of(item, list));
                }
                Ok(())
            }
            Meaning::Tasks(tasks) => {
                if !self.can(Capability::ProposeCreateTask) {
                    return Err(Question::not_capable(Capability::ProposeCreateTask));
                }
                for task in tasks {
                    let assignee = self.assignee(task.doer.as_ref())?;
                    work.tasks.push(self.task_of(task, assignee));
                }
                Ok(())
            }
            // `Reject` was answered above; meanings of later versions are not understood yet.
            _ => Err(Question::intent(Reason::NotUnderstood, "intent")),
        }
    }

    /// The list items go to: the one named, the default, the only one; `None` where the household has none.
    fn list(&self, named: Option<&ListMention>) -> Result<Option<ListId>, Question> {
        let lists = &self.command.context.household.shopping_lists;
        if lists.is_empty() {
            return Ok(None);
        }
        let default = self.command.context.defaults.default_list_id.as_ref();
        let chosen = match named {
            Some(ListMention::Known(index)) => lists.get(*index),
            Some(ListMention::Unknown) => None,
            None => match lists.iter().find(|list| Some(&list.list_id) == default) {
                Some(list) => Some(list),
                None if lists.len() == 1 => lists.first(),
                None => None,
            },
        };
        let name = match named {
            Some(ListMention::Unknown) => "list_unknown",
            _ => "list",
        };
        chosen
            .map(|list| Some(list.list_id.clone()))
            .ok_or_else(|| {
                Question::incomplete(MissingField::ItemListId, name)
                    .with_options(lists.iter().map(|list| list.name.clone()).collect())
            })
    }

    fn assignee(&self, doer: Option<&Doer>) -> Result<UserId, Question> {
        let members = &self.command.context.household.members;
        let candidates: Vec<usize> = match doer {
            None => {
                let default = self.command.context.defaults.default_assignee_id.as_ref();
                return Ok(default.unwrap_or(&self.command.user_id).clone());
            }
            Some(Doer::Speaker) => return Ok(self.command.user_id.clone()),
            Some(Doer::Member(index)) => match members.get(*index) {
                Some(member) => return Ok(member.user_id.clone()),
                None => Vec::new(),
            },
            Some(Doer::Several(all)) => all.clone(),
            Some(Doer::Stranger) => (0..members.len()).collect(),
        };
        let options = candidates
            .iter()
            .filter_map(|&index| members.get(index)?.display_name.clone())
            .collect();
        Err(Question::incomplete(MissingField::TaskAssigneeId, "assignee").with_options(options))
    }

    fn task_of(&self, task: &TaskReading, assignee: UserId) -> Task {
        let zone = task
            .zone
            .and_then(|zone| self.command.context.household.zones.get(zone));
        Task {
            title: Said::new(&task.title),
            description: task.description.as_ref().map(Said::new),
            assignee_id: Some(assignee),
            zone_id: zone.map(|zone| zone.zone_id.clone()),
            due: task.due.as_ref().map(|due| Said::new(due.to_string())),
        }
    }

    fn execute(&self, work: Work, confidence: f64) -> Plan {
        let compound = !work.items.is_empty() && !work.tasks.is_empty();
        let timed = work.timed && !work.items.is_empty();
        if compound {
            return self.confirm(work, confidence);
        }
        let (job_type, explanation) = match (work.items.as_slice(), work.tasks.as_slice()) {
            ([], [_]) => (JobType::CreateTask, "explain_task"),
            ([], _) => (JobType::CreateTask, "explain_tasks"),
            _ => (JobType::AddShoppingItem, "explain_shopping"),
        };
        let payload = StartJob {
            job_id: ids::job(&self.command.command_id),
            job_type,
            proposed_actions: self.actions(work, Some(job_type)),
            ui_message: timed.then(|| self.words.say("ui_timed")),
        };
        self.plan_of(
            Payload::StartJob(payload),
            Reason::Clear,
            explanation,
            confidence,
        )
    }

    fn confirm(&self, work: Work, confidence: f64) -> Plan {
        if !self.can(Capability::Confirm) {
            return self.clarify(
                Question::intent(Reason::CompoundUnconfirmable, "confirm_one"),
                confidence,
            );
        }
        let summary = Said::new(self.words.confirmation(&work.items, &work.tasks));
        let actions = self.actions(work, None);
        let Ok(proposed_actions) = AtLeastOne::new(actions) else {
            return self.clarify(Question::intent(Reason::NotUnderstood, "intent"), 0.0);
        };
        let payload = Confirm {
            confirmation_id: ids::confirmation(&self.command.command_id),
            summary,
            proposed_actions,
            expires_at: self.created_at.saturating_add(CONFIRMATION_VALID),
            reasons: vec![self.words.say("confirm_reason")],
            ui_message: None,
        };
        self.plan_of(
            Payload::Confirm(payload),
            Reason::Compound,
            "explain_confirm",
            confidence,
        )
    }

    fn actions(&self, work: Work, job_type: Option<JobType>) -> Vec<ProposedAction> {
        let command = &self.command.command_id;
        let hint = job_type.map(|job_type| JobHint {
            job_type: Some(job_type),
            job_id: Some(ids::job(command)),
        });
        let items = work.items.into_iter().map(|item| {
            ProposedAction::AddShoppingItem(ProposeAddShoppingItem {
                item,
                idempotency_key: None,
            })
        });
        let tasks = work.tasks.into_iter().map(|task| {
            ProposedAction::CreateTask(ProposeCreateTask {
                task,
                idempotency_key: None,
                job_hint: hint.clone(),
            })
        });
        let mut actions: Vec<ProposedAction> = items.chain(tasks).collect();
        for (position, action) in actions.iter_mut().enumerate() {
            let key = Some(ids::idempotency_key(command, position));
            match action {
                ProposedAction::CreateTask(task) => task.idempotency_key = key,
                ProposedAction::AddShoppingItem(item) => item.idempotency_key = key,
            }
        }
        actions
    }

    fn reject(&self, code: RejectCode, confidence: f64) -> Plan {
        let refusal = self.words.say(&format!("reject_{}", code.name()));
        if !self.can(Capability::Reject) {
            let question = self
                .words
                .fill("ask_safe", &[("refusal", refusal.expose())]);
            let payload = Clarify {
                purpose: ClarifyPurpose::StandInForReject,
                question: Said::new(question),
                options: Vec::new(),
                missing_fields: vec![MissingField::IntentSafeCorridor],
                job_id: None,
            };
            let reason = Reason::RejectedUnshown(code);
            return self.plan_of(
                Payload::Clarify(payload),
                reason,
                "explain_reject",
                confidence,
            );
        }
        let payload = Reject {
            code: code.name().into(),
            reason: refusal,
            ui_message: None,
            details: None,
        };
        self.plan_of(
            Payload::Reject(payload),
            Reason::Rejected(code),
            "explain_reject",
            confidence,
        )
    }

    fn clarify(&self, question: Question, confidence: f64) -> Plan {
        let payload = Clarify {
            purpose: ClarifyPurpose::Ask,
            question: self.words.say(&format!("ask_{}", question.name)),
            options: question.options,
            missing_fields: vec![question.missing],
            job_id: None,
        };
        self.plan_of(
            Payload::Clarify(payload),
            question.reason,
            &format!("explain_{}", question.name),
            confidence,
        )
    }

    fn plan_of(
        &self,
        payload: Payload,
        reason: Reason,
        explanation: &str,
        confidence: f64,
    ) -> Plan {
        Plan {
            payload,
            reason,
            explanation: self.words.say(explanation),
            confidence,
        }
    }
}

fn item_of(item: &ItemReading, list_id: Option<ListId>) -> Item {
    Item {
        name: Said::new(&item.name),
        quantity: item
            .quantity
            .map(|quantity| Said::new(quantity.to_string())),
        unit: item.unit.as_ref().map(Said::new),
        list_id,
    }
}
