//! The household pack has every list of topic words, in both languages.

#![allow(clippy::expect_used, reason = "a test that cannot start has failed")]

use corridor_nlu::pack::TOPIC_KEYS;
use corridor_nlu::{Engine, Language};

#[test]
fn every_topic_has_words_in_every_language() {
    let engine = Engine::embedded().expect("the embedded pack is sound");
    for language in Language::ALL {
        for key in TOPIC_KEYS {
            let words = engine.message(language, key).unwrap_or_default();
            assert!(!words.is_empty(), "{key} in {}", language.code());
            assert!(
                engine.plain_words(words).iter().all(|word| word.known),
                "{key} in {}: {words}",
                language.code()
            );
        }
    }
}
