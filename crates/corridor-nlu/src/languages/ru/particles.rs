//! Particles written behind a hyphen: they soften or stress a word and say nothing else.

use crate::engine::Engine;
use crate::morph::{Reading, VerbForm};
use crate::utterance::Word;

/// «купи-ка»: the order; `None` where the word is none.
pub(crate) fn softened_order(engine: &Engine, norm: &str) -> Option<Word> {
    let order = norm.strip_suffix("-ка")?;
    let readings = engine.memo.readings(order, || engine.russian.read(order));
    let is_order = |reading: &Reading| reading.known && reading.verb == Some(VerbForm::Imperative);
    readings.iter().any(is_order).then(|| Word {
        norm: order.to_owned(),
        readings,
        ..Word::default()
    })
}

/// «сахар-то»: the good.
pub(crate) fn stressed_noun(engine: &Engine, norm: &str) -> Option<String> {
    let noun = norm.strip_suffix("-то")?;
    let lexicon = &engine.pack.lexicon;
    let good = engine
        .russian
        .read(noun)
        .iter()
        .any(|reading| reading.is_nominal() && lexicon.has_good(&reading.lemma));
    good.then(|| noun.to_owned())
}
