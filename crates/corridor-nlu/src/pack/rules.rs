//! Files of phrases to checked rules: islands, triggers and refusals of one language.

use std::ops::Range;
use std::rc::Rc;

use rustc_hash::FxHashMap as HashMap;
use toml::Spanned;

use super::Lexicon;
use super::names::Names;
use super::problem::{PackProblems, Place};
use super::raw::{RawIslands, RawMacros, RawRefusal, RawRefusals, RawTriggers};
use super::rule::{Asked, Finds, Mood, NotOurs, Opens, RejectCode, Role, Rule};
use crate::language::Language;
use crate::phrase::{Compiler, Node, Phrase, parse};

/// The files of one language that hold phrases, of each pack from the lowest up.
pub(super) struct RuleFiles<'f> {
    pub(super) macros: Vec<(RawMacros, Place<'f>)>,
    pub(super) islands: Vec<(RawIslands, Place<'f>)>,
    pub(super) triggers: Vec<(RawTriggers, Place<'f>)>,
    pub(super) refusals: Vec<(RawRefusals, Place<'f>)>,
}

/// Compiles them. A rule of an upper pack stands for one of the same id beneath it, and is asked first.
pub(super) fn read(
    files: RuleFiles<'_>,
    language: Language,
    lexicon: &mut Lexicon,
    problems: &mut PackProblems,
) -> Vec<Rule> {
    let mut reader = RuleReader {
        names: Names {
            lexicon,
            macros: HashMap::default(),
            language,
        },
        language,
        rules: Vec::new(),
        problems,
    };
    for (raw, place) in &files.macros {
        reader.macros(raw, *place);
    }
    let mut all: Vec<Rule> = Vec::new();
    for (raw, place) in files.islands.into_iter().rev() {
        reader.islands(raw, place);
        reader.under(&mut all);
    }
    for (raw, place) in files.triggers.into_iter().rev() {
        reader.triggers(raw, place);
        reader.under(&mut all);
    }
    for (raw, place) in files.refusals.into_iter().rev() {
        reader.refusals(raw, place);
        reader.under(&mut all);
    }
    all
}

struct RuleReader<'r> {
    names: Names<'r>,
    language: Language,
    /// The rules of the file at hand.
    rules: Vec<Rule>,
    problems: &'r mut PackProblems,
}

impl RuleReader<'_> {
    /// Puts the rules of a file behind those of the packs above it.
    fn under(&mut self, all: &mut Vec<Rule>) {
        let mut own = std::mem::take(&mut self.rules);
        own.retain(|rule| all.iter().all(|upper| upper.id != rule.id));
        all.append(&mut own);
    }

    fn islands(&mut self, raw: RawIslands, place: Place<'_>) {
        for island in raw.island {
            let roles = Role::ALL.iter().map(|role| role.name());
            let finds = self.word(&island.role, place, "role", Role::named, roles);
            let finds = finds.map(Finds::Island);
            self.rule(&island.id, place, finds, &[], None, &island.phrases);
        }
    }

    fn triggers(&mut self, raw: RawTriggers, place: Place<'_>) {
        for trigger in raw.trigger {
            let opens = Opens::ALL.iter().map(|opens| opens.name());
            let finds = self.word(&trigger.opens, place, "opens", Opens::named, opens);
            let finds = finds.map(Finds::Trigger);
            self.rule(
                &trigger.id,
                place,
                finds,
                &[],
                trigger.confidence,
                &trigger.phrases,
            );
        }
    }

    fn refusals(&mut self, raw: RawRefusals, place: Place<'_>) {
        for refusal in raw.refusal {
            let finds = self.refusal(&refusal, place);
            let moods = self.moods(&refusal, place);
            self.rule(&refusal.id, place, finds, moods, None, &refusal.phrases);
        }
    }

    fn problem(
        &mut self,
        place: Place<'_>,
        span: Range<usize>,
        key: &str,
        message: String,
        hint: Option<&str>,
    ) {
        self.problems
            .push(place.problem(Some(span), key, message, hint));
    }

    fn macros(&mut self, raw: &RawMacros, place: Place<'_>) {
        for (name, text) in &raw.macros {
            let node = parse(text.get_ref()).unwrap_or_else(|error| {
                let key = format!("macros.{name}");
                self.problem(place, text.span(), &key, error.to_string(), None);
                // The macro is known, so that those who use it are not told of too.
                Node::Gap
            });
            self.names.macros.insert(name.clone(), Rc::new(node));
        }
    }

    /// A word of a closed set.
    fn word<T>(
        &mut self,
        word: &Spanned<String>,
        place: Place<'_>,
        key: &str,
        named: impl Fn(&str) -> Option<T>,
        all: impl Iterator<Item = &'static str>,
    ) -> Option<T> {
        let found = named(word.get_ref());
        if found.is_none() {
            let known = all.collect::<Vec<_>>().join(", ");
            let message = format!("unknown {key} `{}`", word.get_ref());
            self.problem(
                place,
                word.span(),
                key,
                message,
                Some(&format!("one of {known}")),
            );
        }
        found
    }

    fn refusal(&mut self, raw: &RawRefusal, place: Place<'_>) -> Option<Finds> {
        let asked = match raw
            .asked
            .as_ref()
            .map(|asked| (asked.get_ref().as_str(), asked.span()))
        {
            None => Asked::BeforeShopping,
            Some(("first", _)) => Asked::First,
            Some((other, span)) => {
                let message = format!("unknown value `{other}`");
                self.problem(
                    place,
                    span,
                    "refusal.asked",
                    message,
                    Some("write asked = \"first\" or leave it out"),
                );
                return None;
            }
        };
        match (&raw.not_ours, &raw.reject) {
            (Some(reason), None) => self
                .word(
                    reason,
                    place,
                    "not_ours",
                    NotOurs::named,
                    NotOurs::ALL.iter().map(|(_, name)| *name),
                )
                .map(|reason| Finds::NotOurs(reason, asked)),
            (None, Some(code)) => self
                .word(
                    code,
                    place,
                    "reject",
                    RejectCode::named,
                    RejectCode::ALL.iter().map(|(_, name)| *name),
                )
                .map(|code| Finds::Reject(code, asked)),
            _ => {
                let message = "a refusal has either not_ours or reject".to_owned();
                self.problem(
                    place,
                    raw.id.span(),
                    "refusal",
                    message,
                    Some("write one of the two"),
                );
                None
            }
        }
    }

    fn moods(&mut self, raw: &RawRefusal, place: Place<'_>) -> &'static [Mood] {
        match raw
            .mood
            .as_ref()
            .map(|mood| (mood.get_ref().as_str(), mood.span()))
        {
            None => &[Mood::Plain, Mood::Order, Mood::Need],
            Some(("order", _)) => &[Mood::Order],
            Some(("need", _)) => &[Mood::Need],
            Some(("plain", _)) => &[Mood::Plain, Mood::Need],
            Some((other, span)) => {
                let message = format!("unknown mood `{other}`");
                self.problem(
                    place,
                    span,
                    "refusal.mood",
                    message,
                    Some("moods are plain, order, need"),
                );
                &[]
            }
        }
    }

    fn rule(
        &mut self,
        id: &Spanned<String>,
        place: Place<'_>,
        finds: Option<Finds>,
        moods: &'static [Mood],
        confidence: Option<Spanned<f64>>,
        texts: &[Spanned<String>],
    ) {
        let key = id.get_ref().clone();
        if self.rules.iter().any(|known| *known.id == *key) {
            let hint = Some("ids name rules in explanations; choose another");
            self.problem(
                place,
                id.span(),
                &key,
                "a rule of this id stands above".to_owned(),
                hint,
            );
        }
        if texts.is_empty() {
            self.problem(
                place,
                id.span(),
                &key,
                "a rule without phrases finds nothing".to_owned(),
                Some("write phrases = [\"…\"], or take the rule out"),
            );
        }
        if let Some(confidence) = &confidence
            && !(0.0..=1.0).contains(confidence.get_ref())
        {
            let hint = Some("0.95 says that 19 of 20 such frames are right");
            self.problem(
                place,
                confidence.span(),
                &key,
                "a confidence is a number from 0 to 1".to_owned(),
                hint,
            );
        }
        let Some(finds) = finds else { return };
        let anchored = matches!(finds, Finds::Island(_) | Finds::Trigger(_));
        let mut phrases: Vec<Phrase> = Vec::with_capacity(texts.len());
        for text in texts {
            let compiled = parse(text.get_ref())
                .map_err(|error| error.to_string())
                .and_then(|node| self.names.compile(&node));
            match compiled {
                Ok(phrase) if anchored && phrase.first_classes().is_none() => {
                    let message = "an island must begin with a word or a class".to_owned();
                    self.problem(place, text.span(), &key, message, None);
                }
                Ok(phrase) => phrases.push(phrase),
                Err(message) => self.problem(place, text.span(), &key, message, None),
            }
        }
        self.rules.push(Rule {
            id: key.as_str().into(),
            language: self.language,
            finds,
            moods,
            confidence: confidence.map_or(0.95, Spanned::into_inner).clamp(0.0, 1.0),
            phrases,
        });
    }
}
