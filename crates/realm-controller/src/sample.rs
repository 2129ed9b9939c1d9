//! Objects for tests.

use std::sync::Arc;

use authorization_token::{
    EffectiveLimits,
    decision::{Decision, Outcome, Reason, Rung, Stops},
};
use keycloak_admin::logins::Credentials;
use keycloak_connect::{ClientManagerLogin, Realm, tokens::Place};
use keycloak_crds::{Keycloak, KeycloakRealm, KeycloakRealmSpec, KeycloakSpec};
use keycloak_plan::{Mark, Server};
use keycloak_sync::realm::Observed as LiveRealm;
use serde_json::{Value, json};

use crate::{
    clients::{Clients, Standing},
    observe::{LoginState, Seen},
};

/// Uid of the sample.
pub(crate) const UID: &str = "0f3c2a91-7f6e-4c0a-9a51-2f6f0c1f7c11";

/// KeycloakRealm `acme/acme` with these further fields in its spec, as an API server gives it.
pub(crate) fn realm(further: &Value, status: Value) -> KeycloakRealm {
    let mut spec = json!({"realmName": "acme", "operatorRef": {"namespace": "platform"}});
    for (field, value) in further.as_object().unwrap() {
        spec[field] = value.clone();
    }
    let spec: KeycloakRealmSpec = serde_json::from_value(spec).unwrap();
    let mut object = KeycloakRealm::new("acme", spec);
    object.metadata.namespace = Some("acme".into());
    object.metadata.uid = Some(UID.into());
    object.metadata.resource_version = Some("7".into());
    object.metadata.generation = Some(3);
    object.status = serde_json::from_value(status).unwrap();
    object
}

/// Keycloak `platform/keycloak`, ready.
pub(crate) fn instance() -> keycloak_connect::Instance {
    let spec: KeycloakSpec =
        serde_json::from_value(json!({"external": {"url": "https://sso.example.com/auth/"}})).unwrap();
    let mut object = Keycloak::new("keycloak", spec);
    object.metadata.namespace = Some("platform".into());
    object.metadata.uid = Some("6f0cbb1e-3d1e-4d3a-9c39-0d6a4a1b2c3d".into());
    object.status = serde_json::from_value(json!({
        "version": "26.7.3", "endpoints": {"internal": "https://sso.example.com/auth"},
    }))
    .unwrap();
    keycloak_connect::Instance::of(object).unwrap()
}

/// A look at the sample: the instance lets it in, and Keycloak has no such realm.
pub(crate) fn seen(object: &KeycloakRealm) -> Seen {
    let mut seen = Seen::new(Realm::of(object.clone()).unwrap());
    seen.instance = Some(Arc::new(instance()));
    seen.server = Some(Server { version: Some("26.7.3".parse().unwrap()), policies: String::new() });
    seen.decision = Some(decision(true));
    seen.live = Some(LiveRealm::Absent);
    seen.parts = Some(keycloak_plan::LiveState::new());
    seen.mark = Some(mark());
    seen.login = LoginState::Missing;
    seen.secrets = Some(crate::secrets::Resolved::default());
    seen.clients = Clients { refer: false, standing: Some(Standing::default()) };
    seen.token_place = Some(Place { name: "acme-realm-auth".into(), found: None });
    seen
}

pub(crate) fn mark() -> Mark {
    Mark {
        cluster_id: "7f6e0d1f".into(),
        namespace_uid: "b9d2".into(),
        namespace: "acme".into(),
        name: "acme".into(),
        uid: UID.into(),
    }
}

/// The realm in Keycloak, marked with the sample's mark, with further fields.
pub(crate) fn live(id: &str, further: &Value) -> LiveRealm {
    let attributes: serde_json::Map<String, Value> =
        mark().attributes().into_iter().map(|(key, value)| (key.to_owned(), json!(value))).collect();
    let mut realm = json!({"id": id, "realm": "acme", "enabled": true, "attributes": attributes});
    for (field, value) in further.as_object().unwrap() {
        realm[field] = value.clone();
    }
    LiveRealm::Present(Box::new(serde_json::from_value(realm).unwrap()))
}

/// The login of the realm with this id.
pub(crate) fn held(object: &KeycloakRealm, realm_id: &str) -> ClientManagerLogin {
    ClientManagerLogin {
        credentials: Credentials {
            client_id: "cloakroom-1a2b3c4d".into(),
            client_uuid: "4711".into(),
            client_secret: "secret".into(),
        },
        realm: "acme".into(),
        realm_id: realm_id.to_owned(),
        owner: keycloak_connect::Owner::realm(object).unwrap(),
    }
}

/// What the instance says.
pub(crate) fn decision(allowed: bool) -> Decision {
    Decision {
        outcome: if allowed { Outcome::Allowed } else { Outcome::Refused },
        reason: if allowed { Reason::AllowedByRbac } else { Reason::NotAuthorized },
        message: if allowed { "RBAC allows it" } else { "Nothing lets namespace acme in." }.into(),
        rung: allowed.then_some(Rung::Rbac),
        token: None,
        lapses_at: None,
        stops: if allowed { Stops::Nothing } else { Stops::Creation },
        limits: EffectiveLimits::default(),
    }
}
