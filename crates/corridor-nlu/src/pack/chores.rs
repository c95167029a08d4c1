//! Chores and errands of a pack to entries of the lexicon.

use super::raw::{RawChores, RawVerbs};
use super::{ChoreClasses, KnownClasses, Lexicon};
use crate::language::Language;
use crate::morph::Morphology;

/// Adds the verbs by what they need to make a task, and the nouns that name one.
pub(super) fn add(
    raw: &RawChores,
    language: Language,
    lexicon: &mut Lexicon,
    known: &KnownClasses,
    morphology: &dyn Morphology,
) {
    let separable = language == Language::En;
    let chore = lexicon.class_of(language, "chore");
    let intransitive = lexicon.class_of(language, "chore_alone");
    let need_only = lexicon.class_of(language, "errand_need");
    let mut add = |group: &RawVerbs| {
        for verb in &group.verbs {
            lexicon.add_to_class(chore, verb.get_ref(), separable);
        }
        for verb in group
            .verbs
            .iter()
            .chain(&group.intransitive)
            .chain(&group.only_as_need)
        {
            if language == Language::En {
                lexicon.add_to_class(
                    known.verb,
                    verb.get_ref().split(' ').next().unwrap_or_default(),
                    false,
                );
            }
        }
        for verb in &group.intransitive {
            lexicon.add_to_class(intransitive, verb.get_ref(), separable);
        }
        for verb in &group.only_as_need {
            lexicon.add_to_class(need_only, verb.get_ref(), separable);
        }
    };
    raw.chores.iter().chain(&raw.errands).for_each(&mut add);
    for light in &raw.light_verbs {
        let verb = lexicon.class_of(language, &format!("light {}", light.verb.get_ref()));
        lexicon.add_to_class(verb, light.verb.get_ref(), false);
        let objects = lexicon.class_of(language, &format!("light object {}", light.verb.get_ref()));
        for object in &light.objects {
            lexicon.add_phrase_to_class(objects, object.get_ref(), morphology);
        }
        if language == Language::En {
            lexicon.add_to_class(known.verb, light.verb.get_ref(), false);
        }
    }
    let activity = lexicon.class_of(language, "activity");
    for noun in raw.gerund_nouns.iter().chain(&raw.activity_nouns) {
        lexicon.add_phrase_to_class(activity, noun.get_ref(), morphology);
    }
}

/// The classes that the verbs of a language went into.
pub(super) fn classes(language: Language, lexicon: &mut Lexicon) -> ChoreClasses {
    let objects = format!("{}.light object ", language.code());
    let mut light_verbs: Vec<String> = lexicon
        .class_names()
        .filter_map(|name| name.strip_prefix(&objects).map(str::to_owned))
        .collect();
    light_verbs.sort_unstable();
    ChoreClasses {
        verb: lexicon.class_of(language, "chore"),
        alone: lexicon.class_of(language, "chore_alone"),
        errand_as_need: lexicon.class_of(language, "errand_need"),
        errand_as_infinitive: lexicon.class_of(language, "errand_plain"),
        light: light_verbs
            .iter()
            .map(|verb| {
                (
                    lexicon.class_of(language, &format!("light {verb}")),
                    lexicon.class_of(language, &format!("light object {verb}")),
                )
            })
            .collect(),
    }
}
