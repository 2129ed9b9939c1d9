//! The client scopes of a live realm as a spec.

use keycloak_admin::types::{ClientScopeRepresentation, ProtocolMapperRepresentation, RealmRepresentation};
use keycloak_crds::client::Protocol;
use keycloak_crds::policy::StringMap;
use keycloak_crds::realm::{ClientScope, KeycloakRealmSpec, ProtocolMapper};

use super::BUILT_IN;
use crate::export::filled;

type Texts = std::collections::BTreeMap<String, Option<String>>;

/// Puts the client scopes of a realm into its spec, those that Keycloak makes itself apart, and which of them new clients get.
/// Answers the fields that are said with that.
pub(crate) fn export(live: &RealmRepresentation, spec: &mut KeycloakRealmSpec) -> &'static [&'static str] {
    let Some(scopes) = &live.client_scopes else { return &[] };
    let is_built_in =
        |scope: &&ClientScopeRepresentation| BUILT_IN.contains(&scope.name.as_deref().unwrap_or_default());
    let mut exported: Vec<ClientScope> =
        scopes.iter().filter(|scope| !is_built_in(scope)).filter_map(scope).collect();
    exported.sort_by(|left, right| left.name.cmp(&right.name));
    spec.client_scopes = (!exported.is_empty()).then_some(exported);
    spec.default_client_scopes = sorted(live.default_default_client_scopes.as_ref());
    spec.optional_client_scopes = sorted(live.default_optional_client_scopes.as_ref());
    &["spec.clientScopes", "spec.defaultClientScopes", "spec.optionalClientScopes"]
}

/// A scope, unless its protocol is one that has no name here.
fn scope(live: &ClientScopeRepresentation) -> Option<ClientScope> {
    let protocol = protocol(live.protocol.as_deref())?;
    let mappers = live.protocol_mappers.iter().flatten();
    let mut mappers: Vec<ProtocolMapper> = mappers.filter_map(|its| mapper(its, protocol)).collect();
    mappers.sort_by(|left, right| left.name.cmp(&right.name));
    Some(ClientScope {
        name: live.name.clone()?,
        description: filled(live.description.as_ref()),
        protocol: (protocol != Protocol::OpenidConnect).then_some(protocol),
        attributes: texts(live.attributes.as_ref()),
        protocol_mappers: (!mappers.is_empty()).then_some(mappers),
    })
}

fn mapper(live: &ProtocolMapperRepresentation, of_scope: Protocol) -> Option<ProtocolMapper> {
    let its = protocol(live.protocol.as_deref())?;
    Some(ProtocolMapper {
        name: live.name.clone()?,
        protocol: (its != of_scope).then_some(its),
        protocol_mapper: live.protocol_mapper.clone()?,
        config: texts(live.config.as_ref()),
    })
}

fn protocol(name: Option<&str>) -> Option<Protocol> {
    let name = name.unwrap_or(Protocol::OpenidConnect.as_str());
    let all = [Protocol::OpenidConnect, Protocol::Saml, Protocol::DockerV2];
    all.into_iter().find(|protocol| protocol.as_str() == name)
}

fn texts(live: Option<&Texts>) -> Option<StringMap> {
    let texts = live?.iter().filter_map(|(key, value)| Some((key.clone(), value.clone()?)));
    let texts: StringMap = texts.collect();
    (!texts.is_empty()).then_some(texts)
}

fn sorted(names: Option<&Vec<String>>) -> Option<Vec<String>> {
    let mut names = names?.clone();
    names.sort_unstable();
    (!names.is_empty()).then_some(names)
}
