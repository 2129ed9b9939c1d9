//! Types of mappers. Keycloak takes a client scope with a mapper of a type that it does not have, and leaves the mapper out of
//! every token.

use std::collections::BTreeSet;

use keycloak_admin::types::ProtocolMapperRepresentation;
use keycloak_plan::Step;
use serde_json::{Map, Value};

use crate::error::{MissingMapperType, SyncError};
use crate::execute::Target;

/// Types that every supported server has, as it starts. Of others the server is asked.
pub(crate) const EVERYWHERE: &[&str] = &[
    "oidc-acr-mapper",
    "oidc-address-mapper",
    "oidc-allowed-origins-mapper",
    "oidc-amr-mapper",
    "oidc-audience-mapper",
    "oidc-audience-resolve-mapper",
    "oidc-claims-param-token-mapper",
    "oidc-full-name-mapper",
    "oidc-group-membership-mapper",
    "oidc-hardcoded-claim-mapper",
    "oidc-hardcoded-role-mapper",
    "oidc-nonce-backwards-compatible-mapper",
    "oidc-organization-membership-mapper",
    "oidc-role-name-mapper",
    "oidc-session-state-mapper",
    "oidc-sha256-pairwise-sub-mapper",
    "oidc-sub-mapper",
    "oidc-usermodel-attribute-mapper",
    "oidc-usermodel-client-role-mapper",
    "oidc-usermodel-property-mapper",
    "oidc-usermodel-realm-role-mapper",
    "oidc-usersessionmodel-note-mapper",
    "saml-audience-mapper",
    "saml-audience-resolve-mapper",
    "saml-group-membership-mapper",
    "saml-hardcode-attribute-mapper",
    "saml-hardcode-role-mapper",
    "saml-organization-membership-mapper",
    "saml-role-list-mapper",
    "saml-role-name-mapper",
    "saml-user-attribute-mapper",
    "saml-user-property-mapper",
    "saml-user-session-note-mapper",
];

/// Refuses mappers of a type that the server does not have, before they are sent. No call where every type is one that all
/// servers have.
pub(super) async fn check(
    step: &Step,
    mappers: &[ProtocolMapperRepresentation],
    target: &Target<'_>,
) -> Result<(), SyncError> {
    let unusual = |mapper: &&ProtocolMapperRepresentation| {
        mapper.protocol_mapper.as_deref().is_some_and(|its| !EVERYWHERE.contains(&its))
    };
    let unusual: Vec<&ProtocolMapperRepresentation> = mappers.iter().filter(unusual).collect();
    if unusual.is_empty() {
        return Ok(());
    }
    let info = target.api.server_info().await;
    let info = info.map_err(SyncError::call(step.action.into(), &step.object))?;
    let known = types(&info);
    // A server that does not tell is left to judge by itself.
    let missing = unusual.into_iter().find(|mapper| {
        let its = mapper.protocol_mapper.as_deref().unwrap_or_default();
        !known.is_empty() && !known.contains(its)
    });
    let Some(mapper) = missing else { return Ok(()) };
    let protocol = mapper.protocol.as_deref().unwrap_or("openid-connect");
    let missing = MissingMapperType {
        mapper: mapper.name.clone().unwrap_or_default(),
        asked: mapper.protocol_mapper.clone().unwrap_or_default(),
        known: types_of(&info, protocol).into_iter().map(str::to_owned).collect(),
    };
    let (verb, object) = (step.action.into(), step.object.clone());
    Err(SyncError::NoMapperType { verb, object, missing: Box::new(missing) })
}

fn types(info: &Map<String, Value>) -> BTreeSet<&str> {
    let by_protocol = info.get("protocolMapperTypes").and_then(Value::as_object);
    by_protocol.into_iter().flat_map(Map::keys).flat_map(|protocol| types_of(info, protocol)).collect()
}

fn types_of<'i>(info: &'i Map<String, Value>, protocol: &str) -> BTreeSet<&'i str> {
    let types = info.get("protocolMapperTypes").and_then(|by_protocol| by_protocol.get(protocol));
    let types = types.and_then(Value::as_array).into_iter().flatten();
    types.filter_map(|its| its.get("id").and_then(Value::as_str)).collect()
}
