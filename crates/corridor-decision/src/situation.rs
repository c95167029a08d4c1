//! A command's household as language understanding needs it.

use corridor_contract::Command;
use corridor_nlu::{Household, Language, Situation};
use jiff::tz::TimeZone;

/// What is said about the text from outside. Times resolve in `timezone` where set, else in the offset the command carries.
pub(crate) fn of<'c>(
    command: &'c Command,
    timezone: Option<&TimeZone>,
    fallback: Language,
) -> Situation<'c> {
    let household = &command.context.household;
    let said = command.timestamp.to_zoned();
    let now = match timezone {
        Some(zone) => said.with_time_zone(zone.clone()),
        None => said,
    };
    let names = Household {
        members: household
            .members
            .iter()
            .map(|member| member.display_name.as_ref().map(|name| name.expose()))
            .collect(),
        speaker: household
            .members
            .iter()
            .position(|member| member.user_id == command.user_id),
        zones: household
            .zones
            .iter()
            .map(|zone| zone.name.expose())
            .collect(),
        lists: household
            .shopping_lists
            .iter()
            .map(|list| list.name.expose())
            .collect(),
    };
    let fallback = language_of_names(&names).unwrap_or(fallback);
    Situation {
        household: names,
        now,
        fallback,
    }
}

/// The language that most letters of the household's names are in.
fn language_of_names(household: &Household<'_>) -> Option<Language> {
    let names = household.members.iter().flatten().chain(&household.lists);
    let (mut russian, mut english) = (0_usize, 0_usize);
    for letter in names.flat_map(|name| name.chars()) {
        // The letters of most names are told without a look into Unicode's tables.
        if letter.is_ascii_alphabetic() {
            english += 1;
        } else if matches!(letter, 'а'..='я' | 'А'..='Я')
            || (!letter.is_ascii() && letter.is_alphabetic())
        {
            russian += 1;
        }
    }
    match russian.cmp(&english) {
        std::cmp::Ordering::Greater => Some(Language::Ru),
        std::cmp::Ordering::Less => Some(Language::En),
        std::cmp::Ordering::Equal => None,
    }
}
