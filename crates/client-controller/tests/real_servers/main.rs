//! The controller in process, against a real API server and a real Keycloak, through proxies that count.
//!
//! `cargo xtask test` starts the servers and sets the variables. No controller manager is needed: the instance, the realm, our
//! login in it and its token are made by the tests as the other controllers make them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what it expects by failing")]

mod attacks;
mod authorization;
mod canaries;
mod crashes;
mod flows;
mod guide;
mod life;
mod outputs;
mod ownership;
mod parents;
mod place;
mod quota;
mod refusals;
mod roles;
mod scopes;
mod secrets;
mod terms;
mod two_processes;

use serde_json::{Value, json};

/// The fields of a confidential client with a mapper, that can log in by itself.
pub(crate) fn confidential(callback: &str) -> Value {
    json!({
        "redirectUris": [callback],
        "postLogoutRedirectUris": ["https://portal.example.com/bye", "https://portal.example.com/start"],
        "webOrigins": ["https://portal.example.com"],
        "settings": {"serviceAccountsEnabled": true, "directAccessGrantsEnabled": false},
        "attributes": {"acme.owner": "portal-team"},
        "protocolMappers": [{"name": "audience", "protocolMapper": "oidc-audience-mapper",
            "config": {"included.custom.audience": "orders", "access.token.claim": "true"}}],
    })
}

/// The same with further fields.
pub(crate) fn confidential_with(further: &Value) -> Value {
    let mut fields = confidential("https://portal.example.com/callback");
    for (field, value) in further.as_object().unwrap() {
        fields[field] = value.clone();
    }
    fields
}
