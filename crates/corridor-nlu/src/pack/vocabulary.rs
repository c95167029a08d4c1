//! Words of a pack: classes, chores, devices, goods, units, messages.

use super::check::{Loader, Need, Parts};
use super::chores;
use super::goods::Goods;
use super::problem::Place;
use super::raw::{RawChores, RawClasses, RawDevices, RawGoods, RawMessages, RawUnit, RawUnits};
use super::unit::{Unit, UnitKind};
use super::{KnownClasses, Lexicon, messages};
use crate::language::Language;
use crate::morph::Morphology;

impl<'f> Loader<'f> {
    /// Adds the words of one language, those of each pack to those beneath it.
    pub(super) fn words(
        &mut self,
        language: Language,
        parts: &mut Parts,
        known: &KnownClasses,
        morphology: &dyn Morphology,
    ) {
        let code = language.code();
        let lexicon = &mut parts.lexicon;
        let unread = self.unread;
        for (raw, _) in self.read::<RawClasses>(&format!("{code}/classes.toml"), Need::Required) {
            for (name, entries) in raw.classes {
                let class = lexicon.class_of(language, &name);
                for entry in entries.into_inner() {
                    lexicon.add_phrase_to_class(class, entry.get_ref(), morphology);
                }
            }
        }
        for (raw, _) in self.read::<RawChores>(&format!("{code}/chores.toml"), Need::Required) {
            chores::add(&raw, language, lexicon, known, morphology);
        }
        let (device, room) = (lexicon.class("device"), lexicon.class("room"));
        for (raw, _) in self.read::<RawDevices>(&format!("{code}/devices.toml"), Need::Optional) {
            for (class, entries) in [(device, raw.devices), (room, raw.rooms)] {
                for entry in entries {
                    lexicon.add_phrase_to_class(class, entry.get_ref(), morphology);
                }
            }
        }
        if self.unread > unread {
            self.unclear.push(language);
        }
        self.goods(language, lexicon, morphology);
        self.units(language, parts);
        self.messages(language, parts);
    }

    /// Goods stand in as many files as there are aisles.
    fn goods(&mut self, language: Language, lexicon: &mut Lexicon, morphology: &dyn Morphology) {
        let folder = format!("{}/goods", language.code());
        let mut found = Goods::new(language);
        for (height, layer) in self.files.layers().iter().enumerate() {
            for place in layer.folder(&folder) {
                let raw = self.parse::<RawGoods>(place);
                found.read(place, height, raw.unwrap_or_default());
            }
        }
        if found.no_files() {
            self.missing(&folder, "the folder is missing or has no TOML files");
        }
        for problem in found.duplicates() {
            self.problems.push(problem);
        }
        for problem in found.add_to(lexicon, morphology) {
            self.problems.push(problem);
        }
    }

    /// Of two units that are said alike, the one of the upper pack is meant.
    fn units(&mut self, language: Language, parts: &mut Parts) {
        let path = format!("{}/units.toml", language.code());
        let files = self.read::<RawUnits>(&path, Need::Required);
        for (raw, place) in files.into_iter().rev() {
            for unit in raw.unit {
                self.unit(unit, language, parts, place);
            }
        }
    }

    fn unit(&mut self, unit: RawUnit, language: Language, parts: &mut Parts, place: Place<'_>) {
        let Some(kind) = UnitKind::named(unit.kind.get_ref()) else {
            return self.problems.push(place.problem(
                Some(unit.kind.span()),
                "unit.kind",
                format!("`{}` is no kind of unit", unit.kind.get_ref()),
                Some("kinds are measure, container, piece"),
            ));
        };
        let unit_of = |write| Unit {
            write,
            kind,
            language,
        };
        parts.units.add(unit_of(unit.write.into_inner()), &unit.say);
    }

    fn messages(&mut self, language: Language, parts: &mut Parts) {
        let path = format!("{}/messages.toml", language.code());
        let unread = self.unread;
        let files = self.read::<RawMessages>(&path, Need::Required);
        let mut found = Vec::new();
        let mut messages = messages::read(files, &mut found);
        if unread == self.unread {
            let lowest = self.files.layers().first();
            let file = lowest.map(|layer| layer.missing(&path)).unwrap_or_default();
            messages::missing(&messages, &file, &mut found);
        }
        found.into_iter().for_each(|one| self.problems.push(one));
        messages.shrink_to_fit();
        parts.messages.insert(language, messages);
    }
}
