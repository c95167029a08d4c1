//! `GET` and `PATCH /v1/admin/switches`: what is on and who says so, and the operator's own word.

use std::{sync::Arc, time::Duration};

use axum::{
    Extension, Router,
    extract::{Request, State},
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::{Map, Value};
use tokio::task::spawn_blocking;

use super::{
    ReadyDetail,
    access::Caller,
    body,
    content::{json_of, require_json},
    problem::{Kind, Refusal},
};
use crate::model::{
    AdminChange, ModelControl, Status,
    switches::{SwitchName, Veto},
};

/// The largest change, in bytes: every switch by name fits many times over.
const BODY_LIMIT_BYTES: usize = 4096;

/// How long the body of a change may take to arrive.
const BODY_PATIENCE: Duration = Duration::from_secs(5);

/// The key of a change that arms the guard again.
const GUARD: &str = "guard";

/// What `/v1/admin` answers.
pub fn admin(control: Arc<ModelControl>) -> Router {
    Router::new()
        .route("/v1/admin/switches", get(show).patch(change))
        .with_state(control)
}

type Control = State<Arc<ModelControl>>;

async fn show(State(control): Control) -> Response {
    json_of(&*control.status())
}

/// Takes a JSON object of switch names, each with `"off"`, or `null` to take the operator's own off back. `"guard": "armed"` arms the
/// guard again.
async fn change(
    State(control): Control,
    caller: Option<Extension<Caller>>,
    request: Request,
) -> Response {
    match changed(control, caller, request).await {
        Ok(status) => json_of(&*status),
        Err(refusal) => refusal.into_response(),
    }
}

async fn changed(
    control: Arc<ModelControl>,
    caller: Option<Extension<Caller>>,
    request: Request,
) -> Result<Arc<Status>, Refusal> {
    let (head, body) = request.into_parts();
    require_json(&head.headers)?;
    let bytes = body::read(&head.headers, body, BODY_LIMIT_BYTES, BODY_PATIENCE).await?;
    let change = parse(&bytes).ok_or(Refusal::of(Kind::InvalidChange))?;
    let by = match caller {
        Some(Extension(Caller::Named(token))) => token.name.to_string(),
        Some(Extension(Caller::Anonymous)) | None => "anonymous".to_owned(),
    };
    // It writes to the disk, and may read files to start the model client.
    spawn_blocking(move || control.change(&change, &by))
        .await
        .map_err(|_| Refusal::of(Kind::Internal))?
        .map_err(|error| {
            tracing::error!(%error, "a change of switches cannot be kept over a restart");
            Refusal::of(Kind::ChangeNotKept)
        })
}

/// The change; nothing where it is none, so that a slip changes nothing at all.
fn parse(bytes: &[u8]) -> Option<AdminChange> {
    let object: Map<String, Value> = serde_json::from_slice(bytes).ok()?;
    let mut change = AdminChange::default();
    for (name, word) in &object {
        if name == GUARD {
            change.rearm = Some(word.as_str()? == "armed").filter(|armed| *armed)?;
            continue;
        }
        let veto = match word {
            Value::Null => Veto::Silent,
            Value::String(word) if word == "off" => Veto::Off,
            _ => return None,
        };
        change.vetoes.push((SwitchName::from_name(name)?, veto));
    }
    (!object.is_empty()).then_some(change)
}

impl ReadyDetail for ModelControl {
    fn name(&self) -> &'static str {
        "models"
    }

    fn detail(&self) -> Value {
        serde_json::to_value(&*self.status()).unwrap_or_default()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where it stands")]
mod tests {
    use super::*;

    #[test]
    fn a_change_names_switches_and_the_operators_word() {
        let change = parse(br#"{"shadow_router": "off", "llm_policy": null, "guard": "armed"}"#);
        let change = change.unwrap();
        assert!(change.rearm);
        assert_eq!(change.vetoes.len(), 2);
        assert!(change.vetoes.contains(&(SwitchName::Shadow, Veto::Off)));
        assert!(change.vetoes.contains(&(SwitchName::Master, Veto::Silent)));
    }

    #[test]
    fn a_slip_changes_nothing() {
        for slip in [
            "",
            "{}",
            "[]",
            "null",
            r#"{"shadow": "off"}"#,
            r#"{"shadow_router": "on"}"#,
            r#"{"shadow_router": true}"#,
            r#"{"shadow_router": "off", "assist": "off"}"#,
            r#"{"guard": "tripped"}"#,
            r#"{"guard": null}"#,
        ] {
            assert_eq!(parse(slip.as_bytes()), None, "{slip}");
        }
    }
}
