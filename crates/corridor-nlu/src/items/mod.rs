//! What is to be bought: an item slot's words to items with dictionary-form names, amounts and lists.
//!
//! Knows noun phrases and amounts; why the words are thought to be items is the rules' business.

pub(crate) mod amount;
mod amount_alone;
mod bracket;
mod conjunction;
mod given;
mod kinds;
mod lists;
pub(crate) mod name;
mod numbered;
mod said_amounts;
mod skipped;
mod taken;

use crate::amount::Amount;
use crate::engine::Engine;
use crate::language::Language;
use crate::lists::ListMention;
use crate::morph::{Gender, Number, Reading};
use crate::phrase::Forms;
use crate::token::TokenKind;
use crate::utterance::View;

use amount::Measured;

pub(crate) use amount_alone::{amount_alone, amount_end, amount_in_front};
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
            if self.take_description() || self.take_list() || self.skip_empty() {
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
            // "a bag of flour" is no order to bag.
            let measures = before.as_ref().is_some_and(|measured| measured.of);
            if !self.items.is_empty() && fresh && !measures && self.is_order(self.at) {
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
                let alone = fresh && !after_and && self.closes(measured.end);
                let of_kind = fresh && !after_and && self.amount_of_kind(measured);
                if of_kind || ((!fresh || alone) && self.belongs_to_last(measured)) {
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

    /// A separator, or the second of two dashes («лейку — 2 штуки — и совок»).
    pub(crate) fn closes(&self, at: usize) -> bool {
        let dash = self
            .view
            .token(at)
            .is_some_and(|token| token.is("-") && !token.glued);
        dash || self.is_separator(at)
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
}
