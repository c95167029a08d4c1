//! Words without a noun of their own: an adjective, a number in front, a name that nobody knows.

use crate::items::amount::Measured;
use crate::items::{Named, NoItems, Reader, name};
use crate::morph::{Gender, Number, Pos, VerbForm};
use crate::token::{Script, TokenKind};

impl<'u> Reader<'_, 'u> {
    /// «WD-40», «7up», «3 в 1 шампунь»: a name that begins with a number or code.
    pub(crate) fn number_in_front(
        &mut self,
        start: usize,
        measured: Option<&Measured>,
    ) -> Result<Option<Named>, NoItems> {
        let Some(end) = self.numbered_end(start) else {
            return Ok(None);
        };
        let code = self.coded(start..end);
        if self.has_noun_at(end)
            && self
                .view
                .token(end)
                .is_some_and(|t| t.script == Script::Cyrillic)
        {
            let named = self.russian(end, measured)?;
            // «3 в 1 кофе» is кофе 3 в 1, «7-дневные свечи» stay.
            let behind = self.n_in_one(start).is_some();
            return Ok(named.map(|named| Named {
                name: if behind {
                    format!("{} {code}", named.name)
                } else {
                    format!("{code} {}", named.name)
                },
                ..named
            }));
        }
        let known = self.engine.pack.lexicon.has_good(&code);
        Ok(Some(Named {
            name: code,
            end,
            known,
            ..Named::default()
        }))
    }

    /// «чего-нибудь сладкого», «красный [и чёрный перец]».
    pub(crate) fn adjective_alone(
        &mut self,
        start: usize,
        attributes: &[usize],
    ) -> Result<Option<Named>, NoItems> {
        let Some(&last) = attributes.last() else {
            return Ok(None);
        };
        let end = last + 1;
        if self.is_known(end, self.engine.pack.known.and) && self.view.word(end + 1).is_some() {
            self.attributes.extend(attributes);
            self.at = end;
            return Ok(None);
        }
        let Some(word) = self.view.word(last) else {
            return Ok(None);
        };
        if word.unknown {
            let name = name::as_said(self.view, start..end);
            return Ok(Some(Named {
                name,
                end,
                ..Named::default()
            }));
        }
        let reading = word.readings.iter().find(|r| r.is_attribute());
        let number = reading.and_then(|r| r.number).unwrap_or(Number::Singular);
        let gender = reading.and_then(|r| r.gender).unwrap_or(Gender::Neuter);
        let name = (start..end)
            .map(|at| self.attribute(at, number, Some(gender)))
            .collect::<Vec<_>>()
            .join(" ");
        Ok(Some(Named {
            name,
            end,
            repaired: word.repaired,
            ..Named::default()
        }))
    }

    /// Words the dictionary does not have, and words of other scripts.
    pub(crate) fn foreign_or_unknown(
        &mut self,
        start: usize,
        head: usize,
    ) -> Result<Option<Named>, NoItems> {
        let (Some(token), Some(word)) = (self.view.token(head), self.view.word(head)) else {
            return Ok(None);
        };
        // A number that is neither an amount nor part of a name: dropping it would change what was said.
        if token.kind != TokenKind::Word && self.code_end(head).is_none() {
            return Err(NoItems::NotAnItem);
        }
        let verb = word
            .readings
            .iter()
            .any(|r| r.pos == Pos::Verb && !matches!(r.verb, Some(VerbForm::Participle)));
        if !word.unknown && token.script == Script::Cyrillic && (verb || !word.readings.is_empty())
        {
            return Err(NoItems::NotAnItem);
        }
        let end = self.code_end(head).unwrap_or(head + 1);
        Ok(Some(Named {
            name: name::as_said(self.view, start..end),
            end,
            repaired: word.repaired,
            ..Named::default()
        }))
    }
}
