//! Amounts in several parts: «кило двести», "2 lb 8 oz", "a pound and a half".

use super::Scale;
use crate::amount::Amount;
use crate::pack::Unit;

/// How many of a smaller unit are one of a larger.
const PARTS: [(&str, &str, u64); 8] = [
    ("кг", "г", 1000),
    ("л", "мл", 1000),
    ("м", "см", 100),
    ("kg", "g", 1000),
    ("l", "ml", 1000),
    ("m", "cm", 100),
    ("lb", "oz", 16),
    ("foot", "inch", 12),
];

/// A unit and where it stands.
type Placed<'r> = (&'r Unit, usize);

impl<'r> Scale<'r, '_> {
    /// What follows number and unit and belongs to the same amount.
    pub(crate) fn more_parts(
        self,
        number: Amount,
        unit: Option<Placed<'r>>,
        end: usize,
    ) -> (Amount, Option<Placed<'r>>, usize) {
        unit.and_then(|unit| {
            self.smaller(number, unit, end)
                .or_else(|| self.hundreds(number, unit, end))
        })
        .map_or((number, unit, end), |(number, unit, end)| {
            (number, Some(unit), end)
        })
    }

    /// "2 lb 8 oz", «1 кг 300 г».
    fn smaller(
        self,
        number: Amount,
        unit: Placed<'r>,
        end: usize,
    ) -> Option<(Amount, Placed<'r>, usize)> {
        let place = end + usize::from(self.norm(end) == "and" || self.norm(end) == "и");
        let (part, after) = self.number(place)?;
        let (small, after) = self.unit(after)?;
        let parts = PARTS
            .iter()
            .find(|(large, less, _)| *large == unit.0.write && *less == small.write)?
            .2;
        let share = Amount::from_fraction(part.as_integer().filter(|&part| part < parts)?, parts)?;
        Some((number.checked_add(share)?, unit, after))
    }

    /// «кило двести», «литр триста»: hundreds of grams that nobody names.
    pub(crate) fn hundreds(
        self,
        number: Amount,
        unit: Placed<'r>,
        end: usize,
    ) -> Option<(Amount, Placed<'r>, usize)> {
        if !matches!(unit.0.write.as_str(), "кг" | "л") || number.as_integer().is_none() {
            return None;
        }
        let (grams, after) = self.number(end)?;
        let grams = grams
            .as_integer()
            .filter(|grams| (100..1000).contains(grams) && grams.is_multiple_of(50))?;
        if self.unit(after).is_some() || self.is_percent(after) {
            return None;
        }
        let share = Amount::from_fraction(grams, 1000)?;
        Some((number.checked_add(share)?, unit, after))
    }

    /// "a pound and a half", «килограмм с половиной»: a share after the unit.
    pub(crate) fn and_share(self, number: Amount, has_unit: bool, end: usize) -> (Amount, usize) {
        let words: Vec<&str> = (end..end + 3).map(|at| self.norm(at)).collect();
        let share = match words.as_slice() {
            ["and", "a", "half"] => Some((Amount::HALF, 3)),
            ["and", "a", "quarter"] => Some((Amount::QUARTER, 3)),
            ["с", "половиной", _] => Some((Amount::HALF, 2)),
            ["с", "четвертью", _] => Some((Amount::QUARTER, 2)),
            _ => None,
        };
        match share {
            Some((share, len)) if has_unit => {
                (number.checked_add(share).unwrap_or(number), end + len)
            }
            _ => (number, end),
        }
    }
}
