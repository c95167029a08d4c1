//! The fields of expected answers: ids that the household has, amounts and times in their notation.

use corridor_contract::Timestamp;
use jiff::civil::Date;
use toml::Spanned;

use super::super::raw::{RawItem, RawTask};
use super::Checker;
use crate::answer::{Item, Task};

/// The codes that a reject may have in entries of version 1.
pub const REJECT_CODES: &[&str] = &[
    "payment",
    "device_control",
    "foreign_household",
    "bulk_assignment",
    "bulk_removal",
    "standing_rule",
];

impl Checker<'_, '_, '_> {
    pub(super) fn item(&mut self, raw: &RawItem) -> Item {
        let lists = &self.situation.context.household.shopping_lists;
        if let Some(list) = &raw.list
            && !lists
                .iter()
                .any(|known| known.list_id.as_str() == list.get_ref())
        {
            self.unknown_id(
                "list",
                list,
                lists.iter().map(|known| known.list_id.as_str()),
            );
        }
        if let Some(quantity) = &raw.quantity
            && !is_decimal(quantity.get_ref())
        {
            self.note(
                &quantity.span(),
                "quantity: is no decimal number",
                "write digits, with a point where needed",
            );
        }
        Item {
            name: self.text("name", &raw.name),
            quantity: raw
                .quantity
                .as_ref()
                .map(|quantity| quantity.get_ref().clone()),
            unit: raw.unit.as_ref().map(|unit| self.text("unit", unit)),
            list: raw.list.as_ref().map(|list| list.get_ref().clone()),
        }
    }

    pub(super) fn task(&mut self, raw: &RawTask) -> Task {
        let household = &self.situation.context.household;
        if let Some(assignee) = &raw.assignee
            && !household
                .members
                .iter()
                .any(|known| known.user_id.as_str() == assignee.get_ref())
        {
            self.unknown_id(
                "assignee",
                assignee,
                household.members.iter().map(|known| known.user_id.as_str()),
            );
        }
        if let Some(zone) = &raw.zone
            && !household
                .zones
                .iter()
                .any(|known| known.zone_id.as_str() == zone.get_ref())
        {
            self.unknown_id(
                "zone",
                zone,
                household.zones.iter().map(|known| known.zone_id.as_str()),
            );
        }
        if let Some(due) = &raw.due
            && !is_due(due.get_ref())
        {
            let hint = "write 2026-06-16, or 2026-06-16T18:00:00+03:00 where a time is said";
            self.note(
                &due.span(),
                "due: is neither an RFC 3339 full-date nor a date-time",
                hint,
            );
        }
        Task {
            title: self.text("title", &raw.title),
            assignee: raw
                .assignee
                .as_ref()
                .map(|assignee| assignee.get_ref().clone()),
            zone: raw.zone.as_ref().map(|zone| zone.get_ref().clone()),
            due: raw.due.as_ref().map(|due| due.get_ref().clone()),
            description: raw
                .description
                .as_ref()
                .map(|text| self.text("description", text)),
        }
    }

    pub(super) fn reject_code(&mut self, raw: &Spanned<String>) -> String {
        if !REJECT_CODES.contains(&raw.get_ref().as_str()) {
            let hint = format!("write one of: {}", REJECT_CODES.join(", "));
            self.note(
                &raw.span(),
                format!("reject_code: there is no `{}`", raw.get_ref()),
                &hint,
            );
        }
        raw.get_ref().clone()
    }

    fn text(&mut self, name: &str, raw: &Spanned<String>) -> String {
        if raw.get_ref().trim().is_empty() {
            self.note(
                &raw.span(),
                format!("{name}: is blank"),
                "write what the decision should say",
            );
        }
        raw.get_ref().clone()
    }

    fn unknown_id<'i>(
        &mut self,
        name: &str,
        raw: &Spanned<String>,
        known: impl Iterator<Item = &'i str>,
    ) {
        let known: Vec<&str> = known.collect();
        let hint = if known.is_empty() {
            "the context has none".to_owned()
        } else {
            format!("the context has: {}", known.join(", "))
        };
        self.note(
            &raw.span(),
            format!("{name}: the context has no `{}`", raw.get_ref()),
            &hint,
        );
    }
}

/// Digits, and after a point more digits.
fn is_decimal(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    [whole, fraction]
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_due(text: &str) -> bool {
    let is_full_date = || text.len() == "2026-06-16".len() && text.parse::<Date>().is_ok();
    text.parse::<Timestamp>().is_ok() || is_full_date()
}
