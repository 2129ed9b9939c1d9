//! Every field of our kinds that refers to another object, against everything that a namespace can hold.
//!
//! The fields are found in the schemas, so one that is new has no row and fails here: whoever adds it says which way it goes.

use std::collections::BTreeMap;

use authorization_token::TargetKind;
use keycloak_crds::generate::KINDS;

use super::*;

/// Which way a reference goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// To a target, perhaps of another namespace, which decides.
    Target(TargetKind),
    /// To something in the object's own namespace, and never elsewhere: there is no field for a namespace.
    Own,
    /// To a Secret that we write into the object's own namespace, under the guard of those that are ours.
    Written,
    /// To a namespace where our own logins are kept; who says so must be allowed to create Secrets there.
    Logins,
    /// Nowhere as long as the field is refused.
    Refused,
}

const ROWS: &[(&str, &str, Way)] = &[
    ("Keycloak", "spec.admin.existingSecret", Way::Own),
    ("Keycloak", "spec.authorization.tokens[].secretName", Way::Written),
    ("Keycloak", "spec.database.cnpg.namespace", Way::Refused),
    ("Keycloak", "spec.database.cnpgCluster.userSecretName", Way::Refused),
    ("Keycloak", "spec.database.credentialsSecret", Way::Own),
    ("Keycloak", "spec.database.external.credentialsSecret", Way::Own),
    ("Keycloak", "spec.database.external.passwordSecret", Way::Own),
    ("Keycloak", "spec.database.managed.credentialsSecret", Way::Own),
    ("Keycloak", "spec.database.managed.passwordSecret", Way::Own),
    ("Keycloak", "spec.database.passwordSecret", Way::Own),
    ("Keycloak", "spec.envVars[].valueFrom.configMapKeyRef", Way::Own),
    ("Keycloak", "spec.envVars[].valueFrom.secretKeyRef", Way::Own),
    ("Keycloak", "spec.external.caSecret", Way::Own),
    ("Keycloak", "spec.ingress.tlsSecretName", Way::Own),
    ("Keycloak", "spec.logins.namespace", Way::Logins),
    ("Keycloak", "spec.operatorRef.namespace", Way::Refused),
    ("Keycloak", "spec.serviceAccount", Way::Own),
    ("Keycloak", "spec.tls.secretName", Way::Own),
    ("KeycloakClient", "spec.clientSecret", Way::Own),
    ("KeycloakClient", "spec.realmRef", Way::Target(TargetKind::KeycloakRealm)),
    ("KeycloakClient", "spec.realmRef.authorizationSecretRef", Way::Own),
    ("KeycloakClient", "spec.secretName", Way::Written),
    ("KeycloakRealm", "spec.authorization.tokens[].secretName", Way::Written),
    ("KeycloakRealm", "spec.identityProviders[].configSecrets{}", Way::Own),
    ("KeycloakRealm", "spec.operatorRef", Way::Target(TargetKind::Keycloak)),
    ("KeycloakRealm", "spec.operatorRef.authorizationSecretRef", Way::Own),
    ("KeycloakRealm", "spec.smtpServer.passwordSecret", Way::Own),
    ("KeycloakRealm", "spec.userFederation[].bindCredentialSecret", Way::Own),
    ("KeycloakRealm", "spec.userFederation[].keytabSecret", Way::Own),
];

/// Ends of the names of texts that name an object, or where one is.
const NAMING: &[&str] = &["namespace", "secret", "secretname", "serviceaccount"];

/// Every reference below a schema. `[]` stands for the items of a list, `{}` for the values of a map.
fn references(node: &Value, path: &str, found: &mut BTreeMap<String, Value>) {
    let properties = node.get("properties").and_then(Value::as_object);
    let has = |name: &str| properties.is_some_and(|properties| properties.contains_key(name));
    let is_reference = has("name") && (has("namespace") || has("key"));
    if is_reference {
        found.insert(path.to_owned(), node.clone());
    }
    for (name, property) in properties.into_iter().flatten() {
        let below = format!("{path}.{name}");
        let is_part = is_reference && name == "namespace";
        let word = name.to_ascii_lowercase();
        if property["type"] == "string" && !is_part && NAMING.iter().any(|end| word.ends_with(end)) {
            found.insert(below, property.clone());
        } else {
            references(property, &below, found);
        }
    }
    if let Some(items) = node.get("items") {
        references(items, &format!("{path}[]"), found);
    }
    if let Some(values) = node.get("additionalProperties").filter(|values| values.is_object()) {
        references(values, &format!("{path}{{}}"), found);
    }
}

/// Those of all kinds, by kind and path.
fn all() -> BTreeMap<(&'static str, String), Value> {
    let mut all = BTreeMap::new();
    for kind in KINDS {
        let crd = kind.finished_crd().unwrap();
        let spec = crd.pointer("/spec/versions/0/schema/openAPIV3Schema/properties/spec").unwrap();
        let mut found = BTreeMap::new();
        references(spec, "spec", &mut found);
        all.extend(found.into_iter().map(|(path, node)| ((kind.name, path), node)));
    }
    all
}

#[test]
fn every_reference_in_a_schema_has_a_row_and_every_row_a_reference() {
    let found: Vec<(&str, String)> = all().into_keys().collect();
    let rows: Vec<(&str, String)> = ROWS.iter().map(|(kind, path, _)| (*kind, (*path).to_owned())).collect();
    assert_eq!(found, rows);
}

#[test]
fn only_targets_are_looked_for_in_another_namespace() {
    let all = all();
    for (kind, path, way) in ROWS {
        let node = &all[&(*kind, (*path).to_owned())];
        let names_a_namespace =
            path.ends_with(".namespace") || node.pointer("/properties/namespace").is_some();
        match way {
            Way::Own | Way::Written => assert!(!names_a_namespace, "{kind} {path}"),
            Way::Target(_) | Way::Logins => assert!(names_a_namespace, "{kind} {path}"),
            Way::Refused => {
                let kind = KINDS.iter().find(|known| known.name == *kind).unwrap();
                let is_refused = kind.not_built_yet.iter().any(|field| path.starts_with(field.path));
                assert!(is_refused, "{path} works by now: say which way it goes");
            }
        }
    }
}

/// What the other namespace holds, and how that ends. Whoever presents a token that is bad, and whoever is denied, holds
/// everything else too.
const SITUATIONS: &[(&str, Reason)] = &[
    ("same namespace", Reason::SameNamespace),
    ("nothing", Reason::NotAuthorized),
    ("token", Reason::TokenAccepted),
    ("rbac", Reason::AllowedByRbac),
    ("grant", Reason::Granted),
    ("revoked", Reason::TokenRevoked),
    ("expired", Reason::TokenExpired),
    ("denied", Reason::Denied),
];

/// A target that knows the token, with these terms.
fn target(kind: TargetKind, authorization: &Value, expires_at: &str) -> Terms {
    let nothing = json!({});
    let identity = match kind {
        TargetKind::Keycloak => fake::instance(&nothing, &nothing).identity().clone(),
        TargetKind::KeycloakRealm => fake::realm("acme", &nothing, &nothing).identity().clone(),
    };
    let mut ledger = Ledger::default();
    let entry = LedgerEntry {
        id: token().id(),
        name: None,
        digest: token().digest(),
        scope: Scope { target: identity, namespaces: None },
        limits: None,
        issued_at: "2026-01-01T00:00:00Z".parse().unwrap(),
        expires_at: expires_at.parse().unwrap(),
        state: TokenState::Active,
    };
    ledger.add(entry).unwrap();
    let status = json!({"authorization": {"tokens": tokens::entries(&ledger).unwrap()}});
    let spec = json!({"authorization": authorization});
    match kind {
        TargetKind::Keycloak => Terms::of_instance(&fake::instance(&spec, &status)),
        TargetKind::KeycloakRealm => Terms::of_realm(&fake::realm("acme", &spec, &status)),
    }
}

async fn decided(kind: TargetKind, situation: &str) -> Decision {
    let holds = |what: &str| situation == what || ["revoked", "expired", "denied"].contains(&situation);
    let expires_at = if situation == "expired" { "2026-01-31T00:00:00Z" } else { "2026-04-01T00:00:00Z" };
    let mut authorization = json!({});
    if holds("grant") {
        authorization["grants"] = json!([{"namespaces": ["tenant"]}]);
    }
    if situation == "revoked" {
        authorization["revoked"] = json!([token().id()]);
    }
    if situation == "denied" {
        authorization["deny"] = json!([{"namespaces": ["tenant"]}]);
    }
    let terms = target(kind, &authorization, expires_at);
    let api = fake::Api::default();
    if holds("rbac") {
        api.binds("tenant");
    }
    let beside = terms.identity().namespace.as_str().to_owned();
    let namespace = if situation == "same namespace" { beside.as_str() } else { "tenant" };
    let named = TokenRef { name: "mine".into(), key: "token".into() };
    api.holds_secret(&fake::secret(namespace, "mine", &[("token", token().expose().as_str())]));
    let (consumer, field) = match kind {
        TargetKind::Keycloak => (OwnerKind::KeycloakRealm, "spec.operatorRef"),
        TargetKind::KeycloakRealm => (OwnerKind::KeycloakClient, "spec.realmRef"),
    };
    let reader = fake::owner(consumer, namespace, "portal");
    let ask = Ask {
        reader: &reader,
        field,
        name: "portal",
        token: Some(&named).filter(|_| holds("token")),
        asks: NOTHING,
        operation: Operation::Change,
        others: 0,
    };
    decide(&api, &ask, &terms).await
}

#[tokio::test]
async fn every_reference_to_a_target_is_decided_by_what_its_namespace_holds() {
    let mut targets = 0;
    for (kind, path, way) in ROWS {
        let Way::Target(target) = way else { continue };
        targets += 1;
        for (situation, reason) in SITUATIONS {
            let decision = decided(*target, situation).await;
            assert_eq!(decision.reason, *reason, "{kind} {path}, {situation}");
            let allowed = decision.outcome == Outcome::Allowed;
            assert_eq!(allowed, ConnectError::of_decision(&decision).is_none(), "{kind} {path}, {situation}");
        }
    }
    assert_eq!(targets, 2);
}
