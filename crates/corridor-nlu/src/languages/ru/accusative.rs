//! Names of things as what a verb acts on: «красная рыба» is bought as «красную рыбу».

use crate::morph::{Case, Form, Gender, Morphology, Number, Reading};

/// A name in the nominative, put into the accusative. Of what people buy only feminine words differ; other names stay as they are.
#[must_use]
pub fn accusative(name: &str, morphology: &dyn Morphology) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    let readings: Vec<Vec<Reading>> = words
        .iter()
        .map(|word| morphology.read(&word.to_lowercase()))
        .collect();
    let describes = |at: usize| {
        let next = readings.get(at + 1);
        // «Красная» is a noun too, but not before one.
        readings.get(at).is_some_and(|own| attribute(own).is_some())
            && next.is_some_and(|next| {
                attribute(next).is_some() || noun(next).is_some_and(is_feminine)
            })
    };
    let attributes = (0..readings.len()).take_while(|&at| describes(at)).count();
    let Some(head) = readings.get(attributes).and_then(|readings| noun(readings)) else {
        return name.to_owned();
    };
    if !is_feminine(head) {
        return name.to_owned();
    }
    let behind = readings
        .iter()
        .skip(attributes + 1)
        .take_while(|readings| attribute(readings).is_some())
        .count();
    let changed = words
        .iter()
        .zip(&readings)
        .enumerate()
        .map(|(at, (word, readings))| {
            let reading = match at {
                at if at == attributes => Some(head),
                at if at <= attributes + behind => attribute(readings),
                _ => None,
            };
            reading
                .and_then(|reading| morphology.inflect(reading, Form::FeminineAccusative))
                .map_or_else(|| (*word).to_owned(), |form| in_case_of(word, form))
        });
    changed.collect::<Vec<_>>().join(" ")
}

/// The reading as a noun in the nominative that people mean first.
fn noun(readings: &[Reading]) -> Option<&Reading> {
    readings
        .iter()
        .filter(|r| r.is_nominal() && r.case == Some(Case::Nominative))
        .max_by(|a, b| a.share.total_cmp(&b.share))
}

/// The reading as a feminine adjective in the nominative.
fn attribute(readings: &[Reading]) -> Option<&Reading> {
    readings
        .iter()
        .find(|r| r.is_attribute() && r.case == Some(Case::Nominative) && is_feminine(r))
}

fn is_feminine(reading: &Reading) -> bool {
    reading.gender == Some(Gender::Feminine) && reading.number == Some(Number::Singular)
}

/// Names keep their capital.
fn in_case_of(word: &str, form: String) -> String {
    let mut letters = form.chars();
    match letters.next() {
        Some(first) if word.starts_with(char::is_uppercase) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => form,
    }
}
