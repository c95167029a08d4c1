//! Which path is served where, and to whom.

use std::sync::Arc;

use axum::{
    Router,
    middleware::{from_fn, from_fn_with_state},
    routing::{get, post},
};

use super::{
    Service,
    access::{Access, Gate, guard},
    batch, decide, explain, health, openapi,
    problem::{Kind, Refusal},
    ready,
    request_log::log_request,
    version,
};

/// What callers find at the addresses the service listens on.
pub(super) struct Routes {
    /// At `server.listen`.
    pub(super) public: Router,
    /// At `server.operator_listen`.
    pub(super) operator: Router,
}

/// Where operators are served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OperatorPlace {
    /// Beside everybody else.
    Shared,
    /// At an address of their own.
    Apart,
    /// Nowhere.
    Nowhere,
}

/// Puts the routes together. `metrics` and `admin` come from other parts of the program.
pub(super) fn routes(
    service: &Arc<Service>,
    access: Access,
    metrics: Router,
    admin: Router,
    place: OperatorPlace,
) -> Routes {
    let clients = Router::new()
        .route("/v1/decide", post(decide::decide))
        .route("/decide", post(decide::decide))
        .route("/v1/decide/batch", post(batch::batch))
        .route("/v1/explain", post(explain::explain))
        .route("/openapi.json", get(openapi::openapi))
        .route("/version", get(version::version))
        .with_state(Arc::clone(service));
    let public = probes(service).merge(behind(access.clients, clients));
    let mut operator = behind(access.metrics, metrics);
    if let Some(gate) = access.admin {
        operator = operator.merge(behind(gate, admin));
    }
    let (public, operator) = match place {
        OperatorPlace::Shared => (public.merge(operator), Router::new()),
        OperatorPlace::Apart => (public, probes(service).merge(operator)),
        OperatorPlace::Nowhere => (public, Router::new()),
    };
    Routes {
        public: finished(public),
        operator: finished(operator),
    }
}

/// What anybody may ask: whether the process answers, and whether it wants commands.
fn probes(service: &Arc<Service>) -> Router {
    Router::new()
        .route("/health", get(health::health))
        .route("/ready", get(ready::ready))
        .with_state(Arc::clone(service))
}

/// Routes behind a gate. Also a wrong method is told only to those whom the gate lets in.
fn behind(gate: Gate, routes: Router) -> Router {
    if !routes.has_routes() {
        return routes;
    }
    routes
        .method_not_allowed_fallback(method_not_allowed)
        .route_layer(from_fn_with_state(gate, guard))
}

fn finished(routes: Router) -> Router {
    routes
        .fallback(async || Refusal::of(Kind::NotFound))
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn(log_request))
}

async fn method_not_allowed() -> Refusal {
    Refusal::of(Kind::MethodNotAllowed)
}
