//! Names in phrases to what they stand for: classes, literal words, macros, light verbs.

use std::rc::Rc;

use rustc_hash::FxHashMap as HashMap;

use super::Lexicon;
use crate::language::Language;
use crate::phrase::{ClassId, Compiler, Node};
use crate::typo::nearest;

/// Resolves names while phrases are compiled.
pub(super) struct Names<'l> {
    pub(super) lexicon: &'l mut Lexicon,
    pub(super) macros: HashMap<String, Rc<Node>>,
    pub(super) language: Language,
}

impl Compiler for Names<'_> {
    fn class(&mut self, name: &str) -> Result<ClassId, String> {
        self.lexicon
            .find_class_of(self.language, name)
            .ok_or_else(|| {
                let own = format!("{}.", self.language.code());
                let names = self
                    .lexicon
                    .class_names()
                    .map(|name| name.strip_prefix(&own).unwrap_or(name));
                let nearest = did_you_mean(name, names);
                format!("unknown class `<{name}>`{nearest}")
            })
    }

    fn word(&mut self, text: &str, exact: bool) -> ClassId {
        self.lexicon.literal(text, exact)
    }

    fn expand(&mut self, name: &str) -> Result<Rc<Node>, String> {
        if let Some(node) = self.macros.get(name) {
            return Ok(Rc::clone(node));
        }
        let nearest = did_you_mean(name, self.macros.keys().map(String::as_str));
        Err(format!(
            "unknown macro `@{name}` in {}{nearest}",
            self.language.code()
        ))
    }
}

/// `; did you mean …?` with the most similar name, or nothing.
fn did_you_mean<'n>(name: &str, all: impl Iterator<Item = &'n str>) -> String {
    nearest(name, all)
        .map(|near| format!("; did you mean `{near}`?"))
        .unwrap_or_default()
}
