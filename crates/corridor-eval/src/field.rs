//! When a field of an item or a task is as expected.

use crate::answer::{Item, Task};
use crate::judge::Difference;
use crate::text::{same, same_ignoring_case};

/// A field of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemField {
    Name,
    Quantity,
    Unit,
    List,
}

impl ItemField {
    pub(crate) const ALL: [Self; 4] = [Self::Name, Self::Quantity, Self::Unit, Self::List];

    pub(crate) fn agrees(self, expected: &Item, got: &Item) -> bool {
        match self {
            Self::Name => same(&expected.name, &got.name),
            Self::Quantity => expected.quantity == got.quantity,
            Self::Unit => same_or_both_absent(expected.unit.as_deref(), got.unit.as_deref()),
            Self::List => expected.list == got.list,
        }
    }

    /// What it is called where it does not agree.
    pub(crate) fn difference(self) -> Difference {
        match self {
            Self::Name => Difference::Name,
            Self::Quantity => Difference::Quantity,
            Self::Unit => Difference::Unit,
            Self::List => Difference::List,
        }
    }
}

/// Whether all of an item is as expected.
pub(crate) fn item_agrees(expected: &Item, got: &Item) -> bool {
    ItemField::ALL
        .iter()
        .all(|field| field.agrees(expected, got))
}

/// A field of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TaskField {
    Title,
    Assignee,
    Zone,
    Due,
    Description,
}

impl TaskField {
    pub(crate) const ALL: [Self; 5] = [
        Self::Title,
        Self::Assignee,
        Self::Zone,
        Self::Due,
        Self::Description,
    ];

    pub(crate) fn agrees(self, expected: &Task, got: &Task) -> bool {
        match self {
            Self::Title => same(&expected.title, &got.title),
            Self::Assignee => expected.assignee == got.assignee,
            Self::Zone => expected.zone == got.zone,
            Self::Due => expected.due == got.due,
            // Where an entry leaves it open, anything is right.
            Self::Description => match (&expected.description, &got.description) {
                (None, _) => true,
                (Some(expected), Some(got)) => same_ignoring_case(expected, got),
                (Some(_), None) => false,
            },
        }
    }

    /// What it is called where it does not agree.
    pub(crate) fn difference(self) -> Difference {
        match self {
            Self::Title => Difference::Title,
            Self::Assignee => Difference::Assignee,
            Self::Zone => Difference::Zone,
            Self::Due => Difference::Due,
            Self::Description => Difference::Description,
        }
    }
}

/// Whether all of a task is as expected.
pub(crate) fn task_agrees(expected: &Task, got: &Task) -> bool {
    TaskField::ALL
        .iter()
        .all(|field| field.agrees(expected, got))
}

fn same_or_both_absent(one: Option<&str>, other: Option<&str>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => same(one, other),
        (one, other) => one == other,
    }
}
