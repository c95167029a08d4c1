//! Whether an answer is right, and where it is not.

use crate::answer::Answer;
use crate::dataset::Expected;
use crate::field::{ItemField, TaskField};
use crate::vocabulary::words;

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

words! {
    /// A part of an answer that is not as expected.
    Difference {
        /// There is no valid decision.
        Decision = "decision",
        /// What it is about.
        Intent = "intent",
        /// What the wire says.
        Action = "action",
        /// How many items there are.
        ItemCount = "item_count",
        /// An item's name.
        Name = "name",
        /// An item's quantity.
        Quantity = "quantity",
        /// An item's unit.
        Unit = "unit",
        /// An item's list.
        List = "list",
        /// How many tasks there are.
        TaskCount = "task_count",
        /// A task's title.
        Title = "title",
        /// A task's assignee.
        Assignee = "assignee",
        /// A task's zone.
        Zone = "zone",
        /// A task's time.
        Due = "due",
        /// A task's description, where one is expected.
        Description = "description",
        /// What a clarify asks for.
        MissingFields = "missing_fields",
        /// Why it is rejected.
        RejectCode = "reject_code",
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
