//! Files that are none of a pack's: a slip in a name would otherwise change nothing and say nothing.

use super::files::Layer;
use super::problem::PackProblem;
use crate::language::Language;
use crate::typo::nearest;

/// The files of one language.
const OF_A_LANGUAGE: &[&str] = &[
    "chores.toml",
    "classes.toml",
    "devices.toml",
    "islands.toml",
    "macros.toml",
    "messages.toml",
    "refusals.toml",
    "triggers.toml",
    "units.toml",
];

/// What readers find in a folder; the program looks at none of it.
const FOR_READERS: &[&str] = &["README", "LICENSE", "NOTICE", "CHANGELOG"];

/// A problem for each file that nothing reads.
pub(super) fn check(layer: &Layer, languages: &[Language]) -> Vec<PackProblem> {
    layer
        .files()
        .filter(|(path, _)| !is_known(path, languages))
        .map(|(path, place)| {
            let hint = hint(path, languages);
            place.problem(None, "", "no part of a pack", Some(&hint))
        })
        .collect()
}

fn is_known(path: &str, languages: &[Language]) -> bool {
    let hidden = path.split('/').any(|part| part.starts_with('.'));
    let toml = |name: &str| name.ends_with(".toml") && !name.contains('/');
    hidden
        || match path.split_once('/') {
            None => {
                path == "pack.toml"
                    || path == super::evidence::FILE
                    || FOR_READERS.iter().any(|prefix| path.starts_with(prefix))
            }
            Some(("expectations", name)) => toml(name),
            // Those who read prompts check their names.
            Some(("prompts", _)) => true,
            Some((folder, name)) => {
                languages.iter().any(|language| language.code() == folder)
                    && (OF_A_LANGUAGE.contains(&name)
                        || name.strip_prefix("goods/").is_some_and(toml))
            }
        }
}

fn hint(path: &str, languages: &[Language]) -> String {
    let folder = path.split_once('/').map(|(folder, _)| folder);
    let other = folder
        .and_then(Language::from_code)
        .filter(|language| !languages.contains(language));
    if let Some(language) = other {
        return format!("add \"{}\" to pack.languages", language.code());
    }
    let code = folder.unwrap_or_default();
    if path == format!("{code}/goods.toml") {
        return format!("move it to {code}/goods/; goods stand in a file per aisle");
    }
    let known: Vec<String> = languages
        .iter()
        .flat_map(|language| {
            OF_A_LANGUAGE
                .iter()
                .map(|name| format!("{}/{name}", language.code()))
        })
        .chain(["pack.toml".to_owned(), super::evidence::FILE.to_owned()])
        .collect();
    match nearest(path, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean {near}?"),
        None => "take it out; docs/guides/packs.md lists the files of a pack".to_owned(),
    }
}
