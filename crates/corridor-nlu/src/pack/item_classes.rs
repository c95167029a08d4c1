//! Classes that only items ask for, by the names that packs give them.

use super::Lexicon;
use crate::phrase::ClassId;

/// What the reading of items knows of words beyond goods and units.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ItemClasses {
    /// «каждого», "each": an amount is of every item named.
    pub(crate) each: ClassId,
    /// "at least", «не больше»: the amount behind it is no quantity.
    pub(crate) limit: ClassId,
    /// «вкусный», "bloody": says what somebody feels, not what to buy.
    pub(crate) taste: ClassId,
    /// «ватт», "ply": a number in front of it names («60 watt bulb»).
    pub(crate) rating: ClassId,
    /// «размер», "size": a number behind it names.
    pub(crate) numbered: ClassId,
    /// «борщ»: what food is for, but what other goods are told apart by («свечи на торт»).
    pub(crate) dish: ClassId,
    /// «магазин», "bakery": where a thing is bought or put.
    pub(crate) place: ClassId,
    /// «гости», "everyone": for whom.
    pub(crate) people: ClassId,
    /// Nouns that a name of a kind may follow («сыр», «рыба»).
    pub(crate) kind_head: ClassId,
    /// Such names («гауда», «форель», «ассорти»).
    pub(crate) kind: ClassId,
    /// What dishes are filled or flavoured with ("pork", "leek").
    pub(crate) filling: ClassId,
    /// Dishes that are filled or flavoured ("pie", "crisp").
    pub(crate) filled: ClassId,
    /// "salt and vinegar", "black and white": one name with a conjunction in it.
    pub(crate) pair: ClassId,
    /// English goods that modify no other ("milk", "bread").
    pub(crate) alone: ClassId,
    /// "about", "with": what has one of them is more than a name.
    pub(crate) function: ClassId,
    /// "wear", "make": verbs that no name of a good begins with.
    pub(crate) deed: ClassId,
    /// Brands that are goods themselves («Сникерс», "Coke").
    pub(crate) product: ClassId,
}

impl ItemClasses {
    pub(super) fn new(lexicon: &mut Lexicon) -> Self {
        Self {
            each: lexicon.class("each"),
            limit: lexicon.class("limit"),
            taste: lexicon.class("taste"),
            rating: lexicon.class("rating"),
            numbered: lexicon.class("numbered"),
            dish: lexicon.class("dish"),
            place: lexicon.class("place"),
            people: lexicon.class("people"),
            kind_head: lexicon.class("kind_head"),
            kind: lexicon.class("kind"),
            filling: lexicon.class("filling"),
            filled: lexicon.class("filled"),
            pair: lexicon.class("pair"),
            alone: lexicon.class("alone"),
            function: lexicon.class("function"),
            deed: lexicon.class("deed"),
            product: lexicon.class("product"),
        }
    }
}
