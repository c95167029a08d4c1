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
    let one = |verb| std::slice::from_ref(verb);
    let light = raw.light_verbs.iter();
    let of_light = light.map(|light| (one(&light.verb), &light.objects));
    let of_things = raw
        .things
        .iter()
        .map(|things| (&things.verbs[..], &things.nouns));
    for (verbs, nouns) in of_light.chain(of_things) {
        for verb in verbs.iter().map(toml::Spanned::get_ref) {
            let class = lexicon.class_of(language, &format!("light {verb}"));
            lexicon.add_to_class(class, verb, separable);
            let objects = lexicon.class_of(language, &format!("light object {verb}"));
            lexicon.set_apart(objects);
            for noun in nouns {
                lexicon.add_phrase_to_class(objects, noun.get_ref(), morphology);
            }
            if language == Language::En {
                let first = verb.split(' ').next().unwrap_or_default();
                lexicon.add_to_class(known.verb, first, false);
            }
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
        language,
        verb: lexicon.class_of(language, "chore"),
        alone: lexicon.class_of(language, "chore_alone"),
        errand_as_need: lexicon.class_of(language, "errand_need"),
        errand_as_infinitive: lexicon.class_of(language, "errand_plain"),
        light_objects: light_verbs
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
