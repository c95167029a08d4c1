//! Another member's name in the place of one.

use super::base::{Base, Member};
use super::kind::Kind;
use super::language::LanguageWords;
use super::stems::Form;
use super::text::{first_large, plain, replaced};
use super::variant::Variant;

pub(super) fn variants(language: &LanguageWords, base: &Base<'_>) -> Vec<Variant> {
    // Whom a question or a refusal names may be what it is about.
    if !base.proposes() {
        return Vec::new();
    }
    let mut named = base.members.iter().flat_map(|member| {
        let name = plain(&member.name);
        let least = name.chars().count().saturating_sub(1).max(2);
        base.words
            .iter()
            .filter_map(move |word| Form::of(&word.plain, &name, 2, least))
            .filter(|form| {
                language.raw.name_endings.contains(&form.ending)
                    && language.raw.name_forms.contains(&form.written)
            })
            .map(move |form| (member, form))
    });
    let (Some((member, form)), None) = (named.next(), named.next()) else {
        return Vec::new();
    };
    let others = base.members.iter().filter(|other| other.id != member.id);
    others
        .filter_map(|other| of_member(language, base, (member, &form), other))
        .collect()
}

fn of_member(
    language: &LanguageWords,
    base: &Base<'_>,
    (member, form): (&Member, &Form),
    other: &Member,
) -> Option<Variant> {
    let name = plain(&other.name);
    let is_word = language.raw.ambiguous_names.contains(&name);
    let beginning = |name: &str| -> String { name.chars().take(4).collect() };
    let alike = base
        .members
        .iter()
        .any(|third| third.id != other.id && beginning(&plain(&third.name)) == beginning(&name));
    if is_word
        || alike
        || !name.chars().all(char::is_alphabetic)
        || !declines(language, form, &name)
    {
        return None;
    }
    let written = form.put(&name)?;
    let said = format!("{}{}", form.stem, form.written);
    let word = base.words.iter().find(|word| word.plain == said)?;
    let capital = |text: &str, like: &str| {
        if like.starts_with(char::is_uppercase) {
            first_large(text)
        } else {
            text.to_owned()
        }
    };
    let in_text = base.text().get(word.span.clone())?;
    let text = replaced(base.text(), &word.span, &capital(&written, in_text))?;
    let mut variant = Variant::same(Kind::AnotherName, text, base);
    for task in &mut variant.expected.tasks {
        let own = super::text::words(&task.title);
        let in_title = own.iter().find(|word| word.plain == said);
        match in_title {
            // Whoever is named there need not be whoever does it.
            Some(_) if task.assignee.as_deref() == Some(&member.id) => return None,
            Some(word) => {
                task.title = replaced(&task.title, &word.span, &first_large(&written))?;
            }
            None if task.assignee.as_deref() == Some(&member.id) => {
                task.assignee = Some(other.id.clone());
            }
            None => {}
        }
    }
    // A name with ё is compared without it, but written with it.
    (!other.name.contains(['ё', 'Ё'])).then_some(variant)
}

/// Whether a name takes endings as the other one does.
fn declines(language: &LanguageWords, form: &Form, name: &str) -> bool {
    let Some(stem) = name.strip_suffix(&form.ending) else {
        return false;
    };
    let (Some(one), Some(two)) = (form.stem.chars().next_back(), stem.chars().next_back()) else {
        return false;
    };
    let is_hushing = |letter: char| language.raw.hushing.contains(letter);
    if language.raw.shifting.is_empty() {
        return true;
    }
    language.is_vowel(one) == language.is_vowel(two) && is_hushing(one) == is_hushing(two)
}
