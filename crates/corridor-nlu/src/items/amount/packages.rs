//! Containers of a size: "3 200 g bars of", "2 (14 oz) cans", "a 12 pack of", «2 бутылки по 5 литров»; what is counted is the container.

use std::ops::Range;

use super::{Measured, Scale};
use crate::amount::Amount;
use crate::pack::{Unit, UnitKind};
use crate::token::TokenKind;

impl<'r> Scale<'r, '_> {
    /// The amount that begins with `number` at `at` where it counts containers whose size is said, else `None`.
    pub(crate) fn package(
        self,
        at: usize,
        number: Amount,
        after: usize,
        article: bool,
        limited: bool,
    ) -> Option<Measured> {
        self.pack_of(at, number, after, article, limited)
            .or_else(|| self.sized_container(after, article, limited))
            .or_else(|| self.run_together(at, after, limited))
            .or_else(|| self.counted_sizes(number, after, limited))
            .or_else(|| self.of_size_each(number, after, limited))
    }

    /// "a 12 pack of eggs", "24-pack", "two six packs of cola": packs are counted, not what is in them.
    fn pack_of(
        self,
        at: usize,
        number: Amount,
        after: usize,
        article: bool,
        limited: bool,
    ) -> Option<Measured> {
        let is_pack = |place: usize| matches!(self.norm(place), "pack" | "packs" | "pk");
        let hyphen = self.norm(after) == "-" && is_pack(after + 1);
        if hyphen || (article && is_pack(after)) {
            let place = after + usize::from(hyphen);
            let (unit, end) = self.unit(place)?;
            let count = if article || hyphen {
                Amount::ONE
            } else {
                number
            };
            return Some(self.finish(Some(count), Some((unit, place)), end, limited));
        }
        let times = after + usize::from(self.is_times(after));
        let (_, end) = self.number(times).filter(|_| times > at)?;
        let place = end + usize::from(self.norm(end) == "-");
        if !is_pack(place) {
            return None;
        }
        let (unit, end) = self.unit(place)?;
        Some(self.finish(Some(number), Some((unit, place)), end, limited))
    }

    /// "a five pound bag of sugar": what is counted is the bag.
    fn sized_container(self, after: usize, article: bool, limited: bool) -> Option<Measured> {
        let place = after + usize::from(self.norm(after) == "-");
        let (measure, bag) = self.unit(place)?;
        if !article || measure.kind != UnitKind::Measure {
            return None;
        }
        let (container, end) = self.unit(bag)?;
        (container.kind == UnitKind::Container && self.norm(end) == "of")
            .then(|| self.finish(Some(Amount::ONE), Some((container, bag)), end, limited))
    }

    /// "3 200 g bars", "2 400g cans": two numbers that a tidy reader takes for thousands.
    fn run_together(self, at: usize, after: usize, limited: bool) -> Option<Measured> {
        let (first, last) = (self.view.token(at)?, self.view.token(at + 1)?);
        if after != at + 2 || first.kind != TokenKind::Number || last.kind != TokenKind::Number {
            return None;
        }
        let (measure, end) = self.unit(after)?;
        let typed_tight = self.view.token(after)?.glued;
        let container = self.container(end);
        if measure.kind != UnitKind::Measure || !(typed_tight || container.is_some()) {
            return None;
        }
        let number = Amount::from_decimal(&first.norm)?;
        let measured = self.sized(number, at + 1..end, container, end, limited);
        Some(Measured {
            size: measured.size.clone().filter(|_| measured.of),
            ..measured
        })
    }

    /// "2 x 400g", "2x400g tins", "2 (14 oz) cans", "two 5 lb bags".
    fn counted_sizes(self, number: Amount, after: usize, limited: bool) -> Option<Measured> {
        let times = self.is_times(after);
        let bracket = self.norm(after) == "(";
        let place = after + usize::from(times || bracket);
        let (_, unit_at) = self.number(place)?;
        let hyphen = usize::from(self.norm(unit_at) == "-");
        let (measure, mut end) = self.unit(unit_at + hyphen)?;
        if measure.kind != UnitKind::Measure {
            return None;
        }
        let size = place..end;
        if bracket {
            if self.norm(end) == "." {
                end += 1;
            }
            if self.norm(end) != ")" {
                return None;
            }
            end += 1;
        }
        let container = self.container(end);
        if !times && container.is_none() {
            return None;
        }
        let measured = self.sized(number, size, container, end, limited);
        // What stands in brackets is an aside, and nobody writes "400g" of "2x400g beans" on a list.
        Some(Measured {
            size: measured.size.clone().filter(|_| !bracket && measured.of),
            ..measured
        })
    }

    /// «2 бутылки по 5 литров [воды]».
    fn of_size_each(self, number: Amount, after: usize, limited: bool) -> Option<Measured> {
        let (container, by) = self.container(after)?;
        if self.norm(by) != "по" {
            return None;
        }
        let (_, unit_at) = self.number(by + 1)?;
        let (measure, end) = self.unit(unit_at)?;
        (measure.kind == UnitKind::Measure)
            .then(|| self.sized(number, by + 1..end, Some((container, by)), end, limited))
    }

    /// The container at `at`, and the first word after it.
    fn container(self, at: usize) -> Option<((&'r Unit, usize), usize)> {
        let (unit, end) = self.unit(at)?;
        (unit.kind == UnitKind::Container).then_some(((unit, at), end))
    }

    fn sized(
        self,
        number: Amount,
        size: Range<usize>,
        container: Option<((&'r Unit, usize), usize)>,
        end: usize,
        limited: bool,
    ) -> Measured {
        let end = container.map_or(end, |(_, after)| after.max(end));
        Measured {
            size: Some(size),
            ..self.finish(Some(number), container.map(|(unit, _)| unit), end, limited)
        }
    }
}
