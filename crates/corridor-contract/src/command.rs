//! The command: what a product sends.

use serde::Serialize;

use crate::at_least_one::AtLeastOne;
use crate::capabilities::Capabilities;
use crate::ids::{CommandId, HouseholdId, ListId, UserId, ZoneId};
use crate::said::{Said, wire};
use crate::timestamp::Timestamp;

/// What a person said, and the household it was said in. Serialises to its wire form, without the fields that are absent.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Command {
    /// The product's id of the command.
    pub command_id: CommandId,
    /// Who speaks.
    pub user_id: UserId,
    /// When it was said; relative dates resolve against it.
    pub timestamp: Timestamp,
    /// What the person said; may be empty or blank.
    #[serde(serialize_with = "wire::one")]
    pub text: Said,
    /// What the product can do now.
    pub capabilities: Capabilities,
    /// Where it was said.
    pub context: Context,
}

/// What the product knows and Corridor does not keep.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Context {
    /// Who lives there and what they have.
    pub household: Household,
    /// What to take where the person names nothing.
    #[serde(skip_serializing_if = "Defaults::is_empty")]
    pub defaults: Defaults,
    /// The household's rules; accepted and not used yet.
    #[serde(skip_serializing_if = "Policies::is_empty")]
    pub policies: Policies,
}

/// The people, zones and lists of a home.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Household {
    /// The product's id of the household.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub household_id: Option<HouseholdId>,
    /// Who lives there.
    pub members: AtLeastOne<Member>,
    /// Rooms and other places with a name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub zones: Vec<Zone>,
    /// The shopping lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shopping_lists: Vec<ShoppingList>,
}

/// Someone who lives there.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Member {
    /// The member's id.
    pub user_id: UserId,
    /// What the member is called; several may be called the same.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "wire::option"
    )]
    pub display_name: Option<Said>,
    /// The member's role; accepted and not used yet.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "wire::option"
    )]
    pub role: Option<Said>,
    /// How much the member has on; any finite number, accepted and not used yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workload_score: Option<f64>,
}

/// A place in the home.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Zone {
    /// The zone's id.
    pub zone_id: ZoneId,
    /// What it is called.
    #[serde(serialize_with = "wire::one")]
    pub name: Said,
}

/// A shopping list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShoppingList {
    /// The list's id.
    pub list_id: ListId,
    /// What it is called.
    #[serde(serialize_with = "wire::one")]
    pub name: Said,
}

/// What to take where the person names nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Defaults {
    /// Who gets a task that nobody is named for. Need not be a member.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_assignee_id: Option<UserId>,
    /// The list for items that no list is named for. Need not be among the lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_list_id: Option<ListId>,
}

impl Defaults {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The household's rules; accepted and not used yet.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Policies {
    /// When not to disturb, in the product's own notation.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "wire::option"
    )]
    pub quiet_hours: Option<Said>,
    /// How many open tasks a member may have; more than `u64` holds counts as its largest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_open_tasks_per_user: Option<u64>,
}

impl Policies {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
