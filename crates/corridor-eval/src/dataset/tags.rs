//! The closed list of tags.

use std::collections::BTreeMap;

use serde::Deserialize as _;

use super::file::Source;
use super::problem::{DatasetProblem, Place};
use super::raw::RawTags;

/// Every tag there is, with the line that declares it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagList(BTreeMap<String, Place>);

impl TagList {
    /// Whether a tag is declared.
    #[must_use]
    pub fn contains(&self, tag: &str) -> bool {
        self.0.contains_key(tag)
    }

    /// The tags, sorted, each with the line that declares it.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Place)> {
        self.0.iter().map(|(tag, place)| (tag.as_str(), place))
    }
}

pub(super) fn read(source: Source<'_>, problems: &mut Vec<DatasetProblem>) -> Option<TagList> {
    let raw = toml::Deserializer::parse(source.text).and_then(RawTags::deserialize);
    match raw {
        Ok(raw) => {
            problems.extend(source.wrong_version(&raw.version));
            let place = |(tag, meaning): (String, toml::Spanned<String>)| {
                (tag, source.place(&meaning.span()))
            };
            Some(TagList(raw.tags.into_iter().map(place).collect()))
        }
        Err(error) => {
            problems.push(source.toml_problem(&error, &(0..0)));
            None
        }
    }
}
