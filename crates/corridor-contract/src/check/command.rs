//! The command's rules.

use super::at::At;
use super::scalars::{command_id, count, number, text, timestamp, word};
use crate::capabilities::Capabilities;
use crate::command::{Command, Context, Defaults, Household, Member, Policies, ShoppingList, Zone};
use crate::problem::Findings;
use crate::vocabulary::Capability;

pub(super) fn command(at: &At<'_>, findings: &mut Findings) -> Option<Command> {
    let names = &[
        "command_id",
        "user_id",
        "timestamp",
        "text",
        "capabilities",
        "context",
    ];
    let object = at.object(findings, names)?;
    let command_id = object.required(findings, "command_id", command_id);
    let user_id = object.required(findings, "user_id", text);
    let timestamp = object.required(findings, "timestamp", timestamp);
    let text = object.required(findings, "text", text);
    let capabilities = object.required(findings, "capabilities", capabilities);
    let context = object.required(findings, "context", context);
    Some(Command {
        command_id: command_id?,
        user_id: user_id?,
        timestamp: timestamp?,
        text: text?,
        capabilities: capabilities?,
        context: context?,
    })
}

fn capabilities(at: &At<'_>, findings: &mut Findings) -> Option<Capabilities> {
    let list = at.at_least_one(findings, word::<Capability>)?;
    Capabilities::new(list.into_vec()).ok()
}

pub(super) fn context(at: &At<'_>, findings: &mut Findings) -> Option<Context> {
    let object = at.object(findings, &["household", "defaults", "policies"])?;
    let household = object.required(findings, "household", household);
    let defaults = object.optional(findings, "defaults", defaults);
    let policies = object.optional(findings, "policies", policies);
    Some(Context {
        household: household?,
        defaults: defaults.unwrap_or_default(),
        policies: policies.unwrap_or_default(),
    })
}

pub(super) fn household(at: &At<'_>, findings: &mut Findings) -> Option<Household> {
    let object = at.object(
        findings,
        &["household_id", "members", "zones", "shopping_lists"],
    )?;
    let household_id = object.optional(findings, "household_id", text);
    let members = object.required(findings, "members", |at, findings| {
        at.at_least_one(findings, member)
    });
    let zones = object.optional(findings, "zones", |at, findings| at.list(findings, zone));
    let shopping_lists = object.optional(findings, "shopping_lists", |at, findings| {
        at.list(findings, shopping_list)
    });
    Some(Household {
        household_id,
        members: members?,
        zones: zones.unwrap_or_default(),
        shopping_lists: shopping_lists.unwrap_or_default(),
    })
}

fn member(at: &At<'_>, findings: &mut Findings) -> Option<Member> {
    let object = at.object(
        findings,
        &["user_id", "display_name", "role", "workload_score"],
    )?;
    let user_id = object.required(findings, "user_id", text);
    let display_name = object.optional(findings, "display_name", text);
    let role = object.optional(findings, "role", text);
    let workload_score = object.optional(findings, "workload_score", number);
    Some(Member {
        user_id: user_id?,
        display_name,
        role,
        workload_score,
    })
}

fn zone(at: &At<'_>, findings: &mut Findings) -> Option<Zone> {
    let object = at.object(findings, &["zone_id", "name"])?;
    let zone_id = object.required(findings, "zone_id", text);
    let name = object.required(findings, "name", text);
    Some(Zone {
        zone_id: zone_id?,
        name: name?,
    })
}

fn shopping_list(at: &At<'_>, findings: &mut Findings) -> Option<ShoppingList> {
    let object = at.object(findings, &["list_id", "name"])?;
    let list_id = object.required(findings, "list_id", text);
    let name = object.required(findings, "name", text);
    Some(ShoppingList {
        list_id: list_id?,
        name: name?,
    })
}

fn defaults(at: &At<'_>, findings: &mut Findings) -> Option<Defaults> {
    let object = at.object(findings, &["default_assignee_id", "default_list_id"])?;
    let default_assignee_id = object.optional(findings, "default_assignee_id", text);
    let default_list_id = object.optional(findings, "default_list_id", text);
    Some(Defaults {
        default_assignee_id,
        default_list_id,
    })
}

fn policies(at: &At<'_>, findings: &mut Findings) -> Option<Policies> {
    let object = at.object(findings, &["quiet_hours", "max_open_tasks_per_user"])?;
    let quiet_hours = object.optional(findings, "quiet_hours", text);
    let max_open_tasks_per_user = object.optional(findings, "max_open_tasks_per_user", count);
    Some(Policies {
        quiet_hours,
        max_open_tasks_per_user,
    })
}
