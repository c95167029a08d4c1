//! A list that cannot be empty.

use std::ops::Deref;

use serde::{Serialize, Serializer};

/// Why a list is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the list must have at least one element")]
pub struct EmptyList;

/// A list with at least one element. Reads like a slice.
#[derive(Clone, Debug, PartialEq)]
pub struct AtLeastOne<T>(Vec<T>);

impl<T> AtLeastOne<T> {
    /// Accepts a list that has an element.
    ///
    /// # Errors
    /// [`EmptyList`] for an empty one.
    pub fn new(list: Vec<T>) -> Result<Self, EmptyList> {
        if list.is_empty() {
            Err(EmptyList)
        } else {
            Ok(Self(list))
        }
    }

    /// A list of one element.
    #[must_use]
    pub fn one(element: T) -> Self {
        Self(vec![element])
    }

    /// Appends an element.
    pub fn push(&mut self, element: T) {
        self.0.push(element);
    }

    /// The elements, as a plain list.
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        self.0
    }
}

impl<T> Deref for AtLeastOne<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<'a, T> IntoIterator for &'a AtLeastOne<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T: Serialize> Serialize for AtLeastOne<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
