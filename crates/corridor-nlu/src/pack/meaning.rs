//! What a raw rule says it means, checked.

use toml::Spanned;

use super::raw::RawRule;
use super::rule::{Goods, Mood, NotOurs, RejectCode, Then};

/// Where a rule is wrong, how, and what to write.
pub(super) type BadRule = (std::ops::Range<usize>, String, &'static str);

/// The meaning of a rule, or where it is wrong, how, and what to write.
pub(super) fn then(rule: &RawRule) -> Result<Then, BadRule> {
    let part = |value: &Option<Spanned<String>>| {
        value
            .as_ref()
            .map(|v| v.get_ref().clone())
            .unwrap_or_default()
    };
    let at =
        |value: &Option<Spanned<String>>| value.as_ref().map_or(rule.then.span(), Spanned::span);
    Ok(match rule.then.get_ref().as_str() {
        "remind" => Then::Remind,
        "assign" => Then::Assign,
        "ask_title" => Then::AskTitle,
        "doer" => Then::Doer,
        "ask_item" => Then::AskItem,
        "chore" => Then::Chore,
        "wrap" => Then::Wrap(match part(&rule.mood).as_str() {
            "order" => Mood::Order,
            "need" => Mood::Need,
            other => {
                return Err((at(&rule.mood), format!("`{other}` is no mood"), "write mood = \"order\" or \"need\""));
            }
        }),
        "not_ours" => Then::NotOurs(NotOurs::named(&part(&rule.reason)).ok_or_else(|| {
            (at(&rule.reason), format!("`{}` is no reason", part(&rule.reason)), "reasons are listed in docs/guides/packs.md")
        })?),
        "reject" => Then::Reject(RejectCode::named(&part(&rule.code)).ok_or_else(|| {
            (
                at(&rule.code),
                format!("`{}` is no reject code", part(&rule.code)),
                "codes are payment, device_control, foreign_household, bulk_assignment, bulk_removal, standing_rule",
            )
        })?),
        "shopping" => Then::Shopping(match part(&rule.goods).as_str() {
            "any" => Goods::Any,
            "known" => Goods::Known,
            "bare" => Goods::Bare,
            other => {
                return Err((
                    at(&rule.goods),
                    format!("`{other}` says nothing about goods"),
                    "write goods = \"any\", \"known\" or \"bare\"",
                ));
            }
        }),
        other => {
            return Err((
                rule.then.span(),
                format!("`{other}` is no meaning of a rule"),
                "meanings are remind, assign, ask_title, doer, wrap, not_ours, reject, shopping, ask_item, chore",
            ));
        }
    })
}

/// Values of optional keys that are none of those a key may have.
pub(super) fn odd_values(rule: &RawRule) -> Vec<BadRule> {
    let mut odd = Vec::new();
    if let Some(mood) = &rule.mood
        && !matches!(mood.get_ref().as_str(), "plain" | "order" | "need")
    {
        odd.push((
            mood.span(),
            format!("`{}` is no mood", mood.get_ref()),
            "moods are plain, order, need",
        ));
    }
    if let Some(lists) = &rule.lists
        && !matches!(lists.get_ref().as_str(), "any" | "known")
    {
        let message = format!("`{}` says nothing about lists", lists.get_ref());
        odd.push((lists.span(), message, "write lists = \"any\" or \"known\""));
    }
    if let Some(confidence) = &rule.confidence
        && !(0.0..=1.0).contains(confidence.get_ref())
    {
        odd.push((
            confidence.span(),
            "a confidence is a number from 0 to 1".to_owned(),
            "0.95 says that 19 of 20 matches are right",
        ));
    }
    odd
}
