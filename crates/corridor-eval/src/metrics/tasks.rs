//! Things to do: expected against proposed.

use serde::Serialize;

use super::figures::{Ratio, Scores};
use crate::answer::Task;
use crate::field::{TaskField, task_agrees};

/// The figures of tasks, over all tasks of all entries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tasks {
    /// Tasks that agree in every field.
    pub whole: Scores,
    /// Of expected tasks: there is one with this title.
    pub title: Ratio,
    /// Of expected tasks: it is given to the right person.
    pub assignee: Ratio,
    /// Of tasks where either side has a zone: it is right.
    pub zone: Ratio,
    /// Of tasks where either side has a time: it is right.
    pub due: Ratio,
    /// Of expected tasks with a description: it is right.
    pub description: Ratio,
}

impl Tasks {
    pub(super) fn count(&mut self, expected: &[Task], got: &[Task]) {
        let pairs = pairs(expected, got);
        let mut agreeing = 0;
        for pair in &pairs {
            let agrees = |field: TaskField| matches!(pair, (Some(expected), Some(got)) if field.agrees(expected, got));
            let either_has = |field: fn(&Task) -> Option<&String>| {
                [pair.0, pair.1]
                    .into_iter()
                    .flatten()
                    .any(|task| field(task).is_some())
            };
            if let Some(expected) = pair.0 {
                self.title.count(agrees(TaskField::Title));
                self.assignee.count(agrees(TaskField::Assignee));
                if expected.description.is_some() {
                    self.description.count(agrees(TaskField::Description));
                }
            }
            if either_has(|task| task.zone.as_ref()) {
                self.zone.count(agrees(TaskField::Zone));
            }
            if either_has(|task| task.due.as_ref()) {
                self.due.count(agrees(TaskField::Due));
            }
            let is_whole =
                matches!(pair, (Some(expected), Some(got)) if task_agrees(expected, got));
            agreeing += usize::from(is_whole);
        }
        self.whole.add(expected.len(), got.len(), agreeing);
    }
}

type Pair<'t> = (Option<&'t Task>, Option<&'t Task>);

/// Tasks with the same title belong together; of the rest, the first with the first and so on. What is left over stands alone.
fn pairs<'t>(expected: &'t [Task], got: &'t [Task]) -> Vec<Pair<'t>> {
    let mut free: Vec<&Task> = got.iter().collect();
    let mut pairs: Vec<Pair<'t>> = Vec::new();
    let mut open = Vec::new();
    for expected in expected {
        match free
            .iter()
            .position(|got| TaskField::Title.agrees(expected, got))
        {
            Some(position) => pairs.push((Some(expected), Some(free.remove(position)))),
            None => open.push(expected),
        }
    }
    let mut free = free.into_iter();
    pairs.extend(
        open.into_iter()
            .map(|expected| (Some(expected), free.next())),
    );
    pairs.extend(free.map(|got| (None, Some(got))));
    pairs
}
