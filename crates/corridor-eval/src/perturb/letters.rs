//! The same words in other letters: small, large, without marks.

use super::base::Base;
use super::kind::Kind;
use super::same::Tolerance;
use super::text::{first_large, without_marks};
use super::variant::Variant;

pub(super) fn variants(kind: Kind, base: &Base<'_>) -> Vec<Variant> {
    let text = base.text();
    let (changed, tolerance) = match kind {
        Kind::LowerCase => (text.to_lowercase(), Tolerance::Case),
        Kind::UpperCase => (text.to_uppercase(), Tolerance::Case),
        Kind::TitleCase => (
            text.split_inclusive(char::is_whitespace)
                .map(first_large)
                .collect(),
            Tolerance::Case,
        ),
        _ if base.is_one_line() => (without_marks(text), Tolerance::Marks),
        _ => return Vec::new(),
    };
    // Without any words a text says nothing but its marks.
    if base.words.is_empty() {
        return Vec::new();
    }
    vec![Variant {
        tolerance,
        ..Variant::same(kind, changed, base)
    }]
}
