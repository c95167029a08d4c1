//! Commands.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::texts::{name, text};
use super::{id, timestamp};
use crate::{
    AtLeastOne, Capabilities, Capability, Command, CommandId, Context, Defaults, Household, Member,
    Policies, ShoppingList, Zone,
};

/// Any valid command.
pub fn command() -> BoxedStrategy<Command> {
    let command_id =
        id::<String>("command").prop_filter_map("is not empty", |id| CommandId::new(id).ok());
    (
        command_id,
        id("user"),
        timestamp(),
        text(),
        capabilities(),
        context(),
    )
        .prop_map(
            |(command_id, user_id, timestamp, text, capabilities, context)| Command {
                command_id,
                user_id,
                timestamp,
                text,
                capabilities,
                context,
            },
        )
        .boxed()
}

/// Any valid context of a command.
pub fn context() -> BoxedStrategy<Context> {
    let defaults = (option::of(id("user")), option::of(id("list"))).prop_map(
        |(default_assignee_id, default_list_id)| Defaults {
            default_assignee_id,
            default_list_id,
        },
    );
    let policies = (option::of(name()), option::of(any::<u64>())).prop_map(
        |(quiet_hours, max_open_tasks_per_user)| Policies {
            quiet_hours,
            max_open_tasks_per_user,
        },
    );
    (household(), defaults, policies)
        .prop_map(|(household, defaults, policies)| Context {
            household,
            defaults,
            policies,
        })
        .boxed()
}

/// Any valid household, some of them large.
pub fn household() -> BoxedStrategy<Household> {
    let members = few_or_many(1, 50, member)
        .prop_filter_map("has a member", |members| AtLeastOne::new(members).ok());
    (
        option::of(id("household")),
        members,
        few_or_many(0, 100, zone),
        few_or_many(0, 50, shopping_list),
    )
        .prop_map(|(household_id, members, zones, shopping_lists)| Household {
            household_id,
            members,
            zones,
            shopping_lists,
        })
        .boxed()
}

fn zone() -> BoxedStrategy<Zone> {
    (id("zone"), name())
        .prop_map(|(zone_id, name)| Zone { zone_id, name })
        .boxed()
}

fn shopping_list() -> BoxedStrategy<ShoppingList> {
    (id("list"), name())
        .prop_map(|(list_id, name)| ShoppingList { list_id, name })
        .boxed()
}

fn member() -> BoxedStrategy<Member> {
    let score = prop_oneof![
        -10.0..100.0,
        any::<f64>().prop_filter("is finite", |score| score.is_finite())
    ];
    (
        id("user"),
        option::of(name()),
        option::of(name()),
        option::of(score),
    )
        .prop_map(|(user_id, display_name, role, workload_score)| Member {
            user_id,
            display_name,
            role,
            workload_score,
        })
        .boxed()
}

fn capabilities() -> BoxedStrategy<Capabilities> {
    let some = prop::sample::subsequence(Capability::ALL, 1..=Capability::ALL.len())
        .prop_filter_map("has a capability", |some| Capabilities::new(some).ok());
    prop_oneof![Just(Capabilities::all()), some].boxed()
}

fn few_or_many<S: Strategy + 'static>(
    least: usize,
    most: usize,
    one: fn() -> S,
) -> BoxedStrategy<Vec<S::Value>> {
    prop_oneof![9 => vec(one(), least..5), 1 => vec(one(), most / 2..=most)].boxed()
}
