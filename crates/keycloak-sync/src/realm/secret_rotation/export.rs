//! The rotation of secrets in a live realm as a spec.

use keycloak_admin::types::RealmRepresentation;
use keycloak_crds::realm::KeycloakRealmSpec;

use super::document;
use super::refused_in;

/// What is told of client profiles and policies that a spec has no room for.
const SAID: &[&str] = &["spec.clientPolicies", "spec.clientProfiles"];

/// Puts the rotation of secrets of a realm into its spec, where it is as a spec can ask for it. Answers the fields that are said
/// with that.
pub(crate) fn export(live: &RealmRepresentation, spec: &mut KeycloakRealmSpec) -> &'static [&'static str] {
    let policy = document::seen(live).and_then(|found| document::policy(&found));
    // What somebody else made of it is left to people.
    let Some(policy) = policy.filter(|policy| refused_in(policy).is_empty()) else { return &[] };
    spec.secret_rotation = Some(policy);
    if document::is_alone(live) { SAID } else { &[] }
}
