//! Commands of entries on the wire.

use corridor_contract::{Capabilities, Timestamp};
use serde_json::json;

use super::context::GoldenContext;

/// What is said in a household, when, and to what product.
pub(crate) struct Said<'d> {
    pub(crate) id: &'d str,
    pub(crate) text: &'d str,
    pub(crate) timestamp: Timestamp,
    pub(crate) capabilities: Capabilities,
}

impl GoldenContext {
    /// The command that says this in the household.
    pub(crate) fn command(&self, said: &Said<'_>) -> Vec<u8> {
        let command = json!({
            "command_id": said.id,
            "user_id": self.user_id,
            "timestamp": said.timestamp,
            "text": said.text,
            "capabilities": said.capabilities,
            "context": self.context,
        });
        command.to_string().into_bytes()
    }
}
