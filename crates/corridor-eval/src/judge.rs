//! Whether an answer is right, and where it is not.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::dataset::Expected;
use crate::field::{ItemField, TaskField};

/// How an answer compares with what an entry expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement<'d> {
    /// The expected answer it is measured by: of those that are right, the one it comes nearest to.
    pub reference: &'d Answer,
    /// Where it differs, sorted; nothing where it is right.
    pub differences: Vec<Difference>,
}

impl Judgement<'_> {
    /// Whether the answer is right.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.differences.is_empty()
    }
}

/// A part of an answer that is not as expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// There is no valid decision.
    Decision,
    /// What it is about.
    Intent,
    /// What the wire says.
    Action,
    /// How many items there are.
    ItemCount,
    /// An item's name.
    Name,
    /// An item's quantity.
    Quantity,
    /// An item's unit.
    Unit,
    /// An item's list.
    List,
    /// How many tasks there are.
    TaskCount,
    /// A task's title.
    Title,
    /// A task's assignee.
    Assignee,
    /// A task's zone.
    Zone,
    /// A task's time.
    Due,
    /// A task's description, where one is expected.
    Description,
    /// What a clarify asks for.
    MissingFields,
    /// Why it is rejected.
    RejectCode,
}

impl Difference {
    /// The word in reports and baselines.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Intent => "intent",
            Self::Action => "action",
            Self::ItemCount => "item_count",
            Self::Name => "name",
            Self::Quantity => "quantity",
            Self::Unit => "unit",
            Self::List => "list",
            Self::TaskCount => "task_count",
            Self::Title => "title",
            Self::Assignee => "assignee",
            Self::Zone => "zone",
            Self::Due => "due",
            Self::Description => "description",
            Self::MissingFields => "missing_fields",
            Self::RejectCode => "reject_code",
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Compares an answer, or that there is none, with what is expected.
#[must_use]
pub fn judge<'d>(expected: &'d Expected, got: Option<&Answer>) -> Judgement<'d> {
    let Some(got) = got else {
        return Judgement {
            reference: &expected.preferred,
            differences: vec![Difference::Decision],
        };
    };
    let against = |reference| Judgement {
        reference,
        differences: differences(reference, got),
    };
    let distance = |judgement: &Judgement<'_>| {
        let another_intent = judgement.differences.contains(&Difference::Intent);
        (another_intent, judgement.differences.len())
    };
    // On a tie the first stays, so the preferred answer wins.
    expected
        .accepted
        .iter()
        .map(against)
        .fold(against(&expected.preferred), |nearest, next| {
            if distance(&next) < distance(&nearest) {
                next
            } else {
                nearest
            }
        })
}

fn differences(expected: &Answer, got: &Answer) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut note = |differs: bool, difference| {
        if differs && !found.contains(&difference) {
            found.push(difference);
        }
    };
    note(expected.intent != got.intent, Difference::Intent);
    note(expected.action != got.action, Difference::Action);
    note(
        expected.items.len() != got.items.len(),
        Difference::ItemCount,
    );
    note(
        expected.tasks.len() != got.tasks.len(),
        Difference::TaskCount,
    );
    note(
        expected.missing_fields != got.missing_fields,
        Difference::MissingFields,
    );
    note(
        expected.reject_code != got.reject_code,
        Difference::RejectCode,
    );
    // With another number of parts it is not known which belongs to which.
    if expected.items.len() == got.items.len() {
        for (expected, got) in expected.items.iter().zip(&got.items) {
            for field in ItemField::ALL {
                note(!field.agrees(expected, got), field.difference());
            }
        }
    }
    if expected.tasks.len() == got.tasks.len() {
        for (expected, got) in expected.tasks.iter().zip(&got.tasks) {
            for field in TaskField::ALL {
                note(!field.agrees(expected, got), field.difference());
            }
        }
    }
    found.sort_unstable();
    found
}
