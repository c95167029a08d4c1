//! Schemas made of schemas: all of them, any of them, one under a condition.

use std::collections::HashSet;

use super::ChangeKind;
use super::compare::Comparison;
use super::keywords::set_change;
use super::location::{Location, meaning};

impl Comparison {
    /// `allOf`: each schema in it is one more rule. Those with a condition are paired by it, the others by their order.
    pub(super) fn every_of(&mut self, old: &Location<'_>, new: &Location<'_>) {
        let (mut was, mut is) = (old.list("allOf"), new.list("allOf"));
        let condition = |location: &Location<'_>| location.keyword("if").map(meaning);
        for one in std::mem::take(&mut was) {
            match is
                .iter()
                .position(|other| condition(&one) == condition(other))
            {
                Some(index) => self.schemas(&one, &is.remove(index)),
                None => self.note(
                    &one,
                    ChangeKind::Widened,
                    "A rule that had to hold beside others is gone.",
                ),
            }
        }
        for one in is {
            self.note(
                &one,
                ChangeKind::Narrowed,
                "A rule has to hold beside the others now.",
            );
        }
    }

    /// `anyOf`, and `oneOf` where no document can be valid in two ways: each schema in it is one more way to be valid.
    pub(super) fn ways(&mut self, keyword: &str, old: &Location<'_>, new: &Location<'_>) {
        let (was, mut is) = (old.list(keyword), new.list(keyword));
        if was.is_empty() || is.is_empty() {
            for kind in set_change(!was.is_empty(), !is.is_empty()) {
                self.note(new, kind, format!("`{keyword}` came or went."));
            }
            return;
        }
        if keyword == "oneOf" && !(are_tagged(&was) && are_tagged(&is)) {
            return self.opaque(keyword, old, new);
        }
        for one in was {
            let alike = |other: &Location<'_>| {
                meaning(one.schema) == meaning(other.schema)
                    || (!one.tags().is_empty() && one.tags() == other.tags())
            };
            match is.iter().position(alike) {
                Some(index) => self.schemas(&one, &is.remove(index)),
                None => self.note(&one, ChangeKind::Narrowed, "A way to be valid is gone."),
            }
        }
        for one in is {
            self.note(&one, ChangeKind::Widened, "A way to be valid is new.");
        }
    }

    pub(super) fn condition(&mut self, old: &Location<'_>, new: &Location<'_>) {
        match (old.below("if"), new.below("if")) {
            (None, None) => {}
            (Some(was), Some(is)) if meaning(was.schema) == meaning(is.schema) => {
                if was.schema != is.schema {
                    self.note(
                        &is,
                        ChangeKind::Wording,
                        "The words of a condition changed.",
                    );
                }
                self.schemas(&old.subschema("then"), &new.subschema("then"));
                self.schemas(&old.subschema("else"), &new.subschema("else"));
            }
            (None, Some(is)) => self.note(&is, ChangeKind::Narrowed, "A conditional rule is new."),
            (Some(was), None) => {
                self.note(&was, ChangeKind::Widened, "A conditional rule is gone.")
            }
            (Some(_), Some(is)) => self.note(
                &is,
                ChangeKind::NotUnderstood,
                "The condition of a rule changed.",
            ),
        }
    }
}

/// Whether a value of one fixed property each tells the schemas apart.
fn are_tagged(ways: &[Location<'_>]) -> bool {
    let tags: Vec<_> = ways.iter().map(Location::tags).collect();
    let names: HashSet<Vec<_>> = tags
        .iter()
        .map(|tags| tags.iter().map(|(name, _)| *name).collect())
        .collect();
    let repeats = tags
        .iter()
        .enumerate()
        .any(|(index, one)| tags.iter().skip(index + 1).any(|other| one == other));
    names.len() == 1 && !repeats && tags.iter().all(|tags| !tags.is_empty())
}
