//! What is to be bought: an item slot's words to items with dictionary-form names, amounts and lists.
//!
//! Knows noun phrases and amounts; why the words are thought to be items is the rules' business.
//!
//! Past 400 lines on purpose: one walk over the slot, in which what ends an item depends on all that was read before.

pub(crate) mod amount;
mod amount_alone;
mod bracket;
mod conjunction;
mod given;
mod lists;
pub(crate) mod name;
mod numbered;
mod said_amounts;

use crate::amount::Amount;
use crate::engine::Engine;
use crate::language::Language;
use crate::lists::ListMention;
use crate::morph::{Case, Gender, Number, Reading};
use crate::pack::UnitKind;
use crate::phrase::Forms;
use crate::token::{Script, TokenKind};
use crate::utterance::View;

use amount::Measured;

pub(crate) use amount_alone::amount_alone;
pub use said_amounts::SaidAmount;

/// One item to buy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemReading {
    /// What a person would write on the list.
    pub name: String,
    /// How many or how much.
    pub quantity: Option<Amount>,
    /// Of what unit or container, as a decision writes it.
    pub unit: Option<String>,
    /// The list said with this very item, where several were said.
    pub list: Option<ListMention>,
    /// The pack knows the good.
    pub known: bool,
    /// A typo in it was repaired.
    pub repaired: bool,
}

/// Why words are no list of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoItems {
    /// Nothing is named.
    Nothing,
    /// Only pointed at («это», "this item").
    Pointer,
    /// A word is there that no item consists of.
    NotAnItem,
    /// Tickets, taxis, money: bought, but on no list.
    NotGoods,
}

/// Reads the words of an item slot.
///
/// # Errors
/// Why they are no items; nothing is kept of a slot that is partly something else.
pub(crate) fn read(
    engine: &Engine,
    view: &View<'_>,
    lists: &[&str],
    language: Language,
) -> Result<Vec<ItemReading>, NoItems> {
    let mut reader = Reader {
        engine,
        view,
        lists,
        language,
        at: 0,
        phrase_start: 0,
        items: Vec::new(),
        undecided: 0,
        list_ahead: None,
        pointer: false,
        attributes: Vec::new(),
        kept_amount: None,
        amount_behind: false,
        each: None,
        last_head: None,
    };
    reader.run()?;
    if reader.pointer {
        return Err(NoItems::Pointer);
    }
    if reader.items.is_empty() {
        Err(NoItems::Nothing)
    } else {
        Ok(said_once(reader.items))
    }
}

/// «молоко, молоко и молоко» is one thing to buy; with an amount it is the one that has it. Two amounts of one thing stay two, as the
/// person said both.
fn said_once(items: Vec<ItemReading>) -> Vec<ItemReading> {
    let mut once: Vec<ItemReading> = Vec::with_capacity(items.len());
    for item in items {
        let bare = |item: &ItemReading| item.quantity.is_none() && item.unit.is_none();
        let same = |other: &&mut ItemReading| {
            other.name == item.name && other.list == item.list && (bare(other) || bare(&item))
        };
        match once.iter_mut().find(same) {
            Some(other) if bare(other) => *other = item,
            Some(_) => {}
            None => once.push(item),
        }
    }
    once
}

/// A noun phrase that was read.
#[derive(Default)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) end: usize,
    pub(crate) known: bool,
    pub(crate) repaired: bool,
    /// Names that share the noun of this one ("green [and black] tea"), in front of it.
    pub(crate) shared: Vec<String>,
    /// What is still to be said of the item agrees with this.
    pub(crate) head: Option<Head>,
}

/// The noun of a Russian item.
#[derive(Clone)]
pub(crate) struct Head {
    pub(crate) reading: Reading,
    /// As a list shows it, alone.
    pub(crate) word: String,
    pub(crate) number: Number,
    pub(crate) gender: Option<Gender>,
    /// An adjective stood beside it.
    pub(crate) described: bool,
    /// Where its phrase ended.
    pub(crate) end: usize,
    /// The preposition of what tells it apart («в линейку»).
    pub(crate) preposition: Option<String>,
}

pub(crate) struct Reader<'r, 'u> {
    pub(crate) engine: &'r Engine,
    pub(crate) view: &'r View<'u>,
    pub(crate) lists: &'r [&'r str],
    /// The language of the trigger, in whose symbols units are written.
    pub(crate) language: Language,
    pub(crate) at: usize,
    /// Where the phrase being read begins.
    pub(crate) phrase_start: usize,
    pub(crate) items: Vec<ItemReading>,
    /// Items before this one have their list; a list said later is for those from here on.
    pub(crate) undecided: usize,
    /// A list said in front of its items.
    pub(crate) list_ahead: Option<ListMention>,
    pub(crate) pointer: bool,
    /// Adjectives whose noun follows the conjunction («красный и чёрный перец»).
    pub(crate) attributes: Vec<usize>,
    /// The amount said in front of them.
    pub(crate) kept_amount: Option<Measured>,
    /// The amount of the last item stood behind it.
    pub(crate) amount_behind: bool,
    /// An amount of every item from here on («по две пачки…»).
    pub(crate) each: Option<Measured>,
    /// The noun of the last item.
    pub(crate) last_head: Option<Head>,
}

impl Reader<'_, '_> {
    pub(crate) fn run(&mut self) -> Result<(), NoItems> {
        let len = self.view.at.len();
        let mut fresh = true;
        // "X and two bulbs" are two things, "X, two bulbs" may be one.
        let mut after_and = false;
        while self.at < len {
            let start = self.at;
            self.phrase_start = start;
            if self.is_known(self.at, self.engine.pack.known.and) {
                after_and = true;
            } else if self.is_break(self.at) {
                after_and = false;
            }
            if self.take_bracket() {
                fresh = false;
                continue;
            }
            if self.skip_separator() {
                fresh = true;
                continue;
            }
            if self.take_list() || self.skip_empty() {
                continue;
            }
            if self.skip_recipient() {
                continue;
            }
            if self.norm(self.at) == "-" {
                fresh = true;
                self.at += 1;
                continue;
            }
            if !self.is_grade(self.at) && amount::is_nonsense(self.view, self.at) {
                return Err(NoItems::NotAnItem);
            }
            // "a 60 watt bulb", "WD-40"
            let article = self.is_known(self.at, self.engine.pack.known.article);
            let names = self.numbered_end(self.at).is_some()
                || (article && self.numbered_end(self.at + 1).is_some());
            let before = if names {
                None
            } else {
                amount::read(self.engine, self.view, self.at, self.language)
            };
            if before.is_none() && self.take_pointer() {
                continue;
            }
            if before.is_none()
                && (self.take_each()
                    || self.take_adjectives(fresh)
                    || self.take_modifiers()
                    || self.take_variety())
            {
                continue;
            }
            if !self.items.is_empty() && fresh && self.is_order(self.at) {
                return Err(NoItems::NotAnItem);
            }
            let before = before.map(|measured| self.with_last_unit(measured));
            let before = before.map(|measured| self.with_last_grams(measured));
            if let Some(measured) = &before {
                if self.share_back(measured) {
                    continue;
                }
                if !fresh && self.counts_sizes(measured) {
                    continue;
                }
                // «яблок — килограмма полтора», "light bulbs, 6 pcs": an amount alone behind a mark.
                let alone = fresh && !after_and && self.is_separator(measured.end);
                if (!fresh || alone) && self.belongs_to_last(measured) {
                    self.give_to_last(measured.clone());
                    fresh = false;
                    continue;
                }
                self.at = measured.end;
                // «две пачки», "5 bags": the container itself is what is wanted.
                if !self.noun_follows() && self.numbered_end(self.at).is_none() {
                    self.take_bare_container(start, measured)?;
                    fresh = false;
                    continue;
                }
            }
            self.phrase_start = self.at;
            self.take_item(before)?;
            fresh = false;
            if self.at == start {
                return Err(NoItems::NotAnItem);
            }
        }
        Ok(())
    }

    pub(crate) fn is_known(&self, at: usize, class: crate::phrase::ClassId) -> bool {
        self.view.word(at).is_some_and(|word| word.is(class))
    }

    pub(crate) fn norm(&self, at: usize) -> &str {
        self.view.word(at).map_or("", |word| word.norm.as_str())
    }

    pub(crate) fn is_separator(&self, at: usize) -> bool {
        let Some(token) = self.view.token(at) else {
            return true;
        };
        match token.kind {
            TokenKind::Symbol if token.is("&") => !self.inside_name(at),
            TokenKind::Symbol => !matches!(
                token.norm.as_str(),
                "%" | "\"" | "'" | "№" | "-" | "½" | "¼" | "¾" | "⅓" | "⅔" | "⅛"
            ),
            // A line break stands before its word: the phrase that begins with the word does not end at it.
            _ => {
                (token.new_line && at > self.phrase_start)
                    || (self.is_known(at, self.engine.pack.known.and)
                        && !self.inside_name(at)
                        && self.code_end(at).is_none())
            }
        }
    }

    /// "Head and Shoulders", "M&M's": an English conjunction inside a name that is said among Russian words, or a sign without spaces.
    pub(crate) fn inside_name(&self, at: usize) -> bool {
        let latin = |at: usize| {
            self.view
                .token(at)
                .is_some_and(|token| token.script == Script::Latin)
        };
        let foreign = self.language == Language::Ru && self.norm(at) == "and";
        let tight = self.view.token(at).is_some_and(|token| {
            token.is("&") && token.glued && self.view.token(at + 1).is_some_and(|next| next.glued)
        });
        (foreign || tight) && at > 0 && latin(at - 1) && latin(at + 1)
    }

    pub(crate) fn skip_separator(&mut self) -> bool {
        let Some(token) = self.view.token(self.at) else {
            return false;
        };
        let symbol = token.kind == TokenKind::Symbol
            && amount::read(self.engine, self.view, self.at, self.language).is_none();
        let and =
            self.is_known(self.at, self.engine.pack.known.and) && self.code_end(self.at).is_none();
        if symbol || and {
            self.at += 1;
            return true;
        }
        false
    }

    /// Articles, possessives and vague amounts name nothing.
    pub(crate) fn skip_empty(&mut self) -> bool {
        let known = &self.engine.pack.known;
        let Some(word) = self.view.word(self.at) else {
            return false;
        };
        // «хлеб посвежее», «молоко побыстрее»
        if crate::languages::ru::morphology::is_softened_comparative(&word.norm, &word.readings)
            && !self.items.is_empty()
        {
            self.at += 1;
            return true;
        }
        // «чёртово [молоко]», "bloody [milk]"
        let taste = word.entry(known.items.taste, Forms::ANY).filter(|len| {
            self.has_noun_at(self.at + len) && (!word.norm.is_ascii() || self.is_taste(self.at))
        });
        let len = word
            .entry(known.vague, Forms::ANY)
            .or_else(|| word.entry(known.article, Forms::ANY))
            .or(taste)
            .filter(|_| self.code_end(self.at).is_none());
        // "a liter": the article is part of an amount.
        if let Some(len) = len
            && amount::read(self.engine, self.view, self.at, self.language).is_none()
            && word.good.is_none_or(|(_, words)| words <= 1)
        {
            // "… each and a loaf": an article begins an amount of its own.
            if self.is_known(self.at, known.article) && word.norm.is_ascii() {
                self.each = None;
            }
            self.at += self.view.covered(self.at, len).max(1);
            if self.norm(self.at) == "of" {
                self.at += 1;
            }
            return true;
        }
        false
    }

    /// «Пете» in «купи Пете кефир»: who it is for is no item.
    pub(crate) fn skip_recipient(&mut self) -> bool {
        let Some(word) = self.view.word(self.at) else {
            return false;
        };
        let given = self.is_known(self.at, self.engine.pack.known.person) && word.number.is_none();
        // "buy Zorblax cleaner": a capital alone makes nobody of a brand.
        let english = given
            && word.readings.iter().all(|reading| reading.case.is_none())
            // "plasters, kids paracetamol": many are given something with an article or an amount.
            && (!word.norm.ends_with('s') || self.is_known(self.at + 1, self.engine.pack.known.article))
            && (!self.engine.names.find(&word.norm).is_empty()
                || self.is_known(self.at + 1, self.engine.pack.known.article));
        let dative = english
            || self
                .engine
                .names
                .find(&word.norm)
                .iter()
                .any(|form| form.case == Some(Case::Dative));
        if self.is_recipient(self.at) {
            self.at += 1;
            return true;
        }
        let capital = self
            .view
            .token(self.at)
            .is_some_and(|t| t.text.chars().next().is_some_and(char::is_uppercase));
        let last = self.at + 1 >= self.view.at.len();
        if dative && (word.good.is_none() || capital) && (self.has_noun_at(self.at + 1) || last) {
            self.at += 1;
            return true;
        }
        false
    }

    /// «детям», «коту»: a living being in the dative is whom something is bought for.
    pub(crate) fn is_recipient(&self, at: usize) -> bool {
        self.view.word(at).is_some_and(|word| {
            let given = |r: &&Reading| matches!(r.case, Some(Case::Dative | Case::Locative));
            let nouns = || word.readings.iter().filter(|r| r.is_nominal());
            nouns().all(|r| given(&r))
                && nouns().any(|r| r.animate && r.case == Some(Case::Dative))
                && word.readings.first().is_some_and(|r| r.is_nominal())
        })
    }

    /// "take out the trash" behind "and": a verb with something behind it begins a clause, not an item.
    pub(crate) fn is_order(&self, at: usize) -> bool {
        let Some(word) = self.view.word(at) else {
            return false;
        };
        let Some(len) = word.entry(self.engine.pack.known.verb, Forms::IMPERATIVE) else {
            return false;
        };
        let known_good =
            word.good.is_some() && !self.is_known(at + len, self.engine.pack.known.article);
        !known_good && self.view.word(at + len).is_some() && !self.is_separator(at + len)
    }

    pub(crate) fn take_pointer(&mut self) -> bool {
        let Some(word) = self.view.word(self.at) else {
            return false;
        };
        let Some(len) = word.entry(self.engine.pack.known.pointer, Forms::ANY) else {
            return false;
        };
        // «это хлеб», "this milk", "everything bagels": what is pointed at is named.
        let deictic = self.is_known(self.at, self.engine.pack.known.deictic);
        let mut noun = self.at + len;
        while deictic
            && self.view.word(noun).is_some_and(|word| {
                word.good.is_none() && word.readings.iter().any(Reading::is_attribute)
            })
            && noun < self.at + len + 2
        {
            noun += 1;
        }
        let named = self.view.word(noun).is_some_and(|next| next.good.is_some());
        if named && deictic {
            self.at += len;
            return true;
        }
        if named
            && self
                .view
                .token(self.at)
                .is_some_and(|t| t.script == Script::Latin)
        {
            return false;
        }
        self.pointer = true;
        self.at += len;
        true
    }

    pub(crate) fn noun_follows(&self) -> bool {
        let mut at = self.at;
        while self.is_known(at, self.engine.pack.known.article) {
            at += 1;
        }
        !self.is_separator(at)
            && self
                .view
                .token(at)
                .is_some_and(|token| token.kind == TokenKind::Word)
            && !matches!(
                self.norm(at),
                "в" | "на" | "для" | "к" | "за" | "for" | "to" | "on" | "from" | "at"
            )
    }

    pub(crate) fn has_noun_at(&self, at: usize) -> bool {
        !self.is_separator(at)
            && self
                .view
                .token(at)
                .is_some_and(|token| token.kind == TokenKind::Word)
    }

    /// An amount with nothing behind it: «2 пачки», «десяток».
    pub(crate) fn take_bare_container(
        &mut self,
        start: usize,
        measured: &Measured,
    ) -> Result<(), NoItems> {
        let Some(unit_at) = measured.unit_at else {
            return if self.items.is_empty() {
                Err(NoItems::Nothing)
            } else {
                Ok(())
            };
        };
        // «порошка пачку три килограмма»: a measure is no thing to buy.
        let kind = |word: &crate::utterance::Word| {
            let units = &self.engine.pack.units;
            units
                .find(self.language, &word.norm, &word.readings)
                .map(|unit| unit.kind)
        };
        let measure = self.view.word(unit_at).and_then(kind) == Some(UnitKind::Measure);
        if measure && !self.items.is_empty() {
            return Err(NoItems::NotAnItem);
        }
        // «25 одноразовых стаканчиков»: what is said of the container is said of the thing.
        self.at = (start..unit_at)
            .rev()
            .take_while(|&at| {
                self.view.word(at).is_some_and(|word| {
                    word.number.is_none()
                        && (word.readings.iter().any(Reading::is_attribute)
                            || self.is_known(at, self.engine.pack.known.modifier))
                        && !self.is_known(at, self.engine.pack.known.article)
                })
            })
            .last()
            .unwrap_or(unit_at);
        if !measured.each {
            self.each = None;
        }
        let counted =
            (start..unit_at).any(|at| self.view.word(at).is_some_and(|word| word.number.is_some()));
        let quantity = measured.number.filter(|_| counted);
        self.take_item(quantity.map(|number| Measured {
            quantity: Some(number),
            unit: None,
            number: Some(number),
            unit_at: None,
            end: unit_at,
            of: false,
            each: measured.each,
            size: None,
        }))
    }

    pub(crate) fn take_item(&mut self, measured: Option<Measured>) -> Result<(), NoItems> {
        let start = self.at;
        let Some(token) = self.view.token(start) else {
            return Ok(());
        };
        if let Some(measured) = &measured {
            self.each = measured.each.then(|| measured.clone());
        }
        let measured = measured
            .or_else(|| self.kept_amount.take())
            .or_else(|| self.each.clone());
        let cyrillic = token.script == Script::Cyrillic
            || (token.script == Script::None && self.language == Language::Ru);
        let named = if cyrillic {
            self.russian(start, measured.as_ref())?
        } else {
            self.english(start, measured.as_ref())?
        };
        let Some(named) = named else {
            self.kept_amount = measured;
            return Ok(());
        };
        self.at = named.end.max(start + 1);
        let shared: Vec<String> = std::mem::take(&mut self.attributes)
            .into_iter()
            .filter_map(|attribute| self.with_attribute(attribute, &named.name))
            .chain(named.shared)
            .collect();
        let size = measured.as_ref().and_then(|m| m.size.clone());
        let (quantity, unit) = measured.map_or((None, None), |m| (m.quantity, m.unit));
        let name = match size {
            Some(size) => self.with_size(size, &named.name, cyrillic),
            None => named.name,
        };
        if name.is_empty() {
            return Err(NoItems::NotAnItem);
        }
        self.last_head = named.head;
        self.amount_behind = false;
        for name in shared.into_iter().chain([name]) {
            self.items.push(ItemReading {
                name,
                quantity,
                unit: unit.clone(),
                list: self.list_ahead.clone(),
                known: named.known,
                repaired: named.repaired,
            });
        }
        Ok(())
    }

    /// Whether a word can be no part of an item's name.
    pub(crate) fn forbidden(&self, at: usize) -> bool {
        self.is_known(at, self.engine.pack.known.never_item)
            && self.view.word(at).is_some_and(|word| word.good.is_none())
    }
}
