//! The client scopes of a live realm as a spec.

use keycloak_admin::types::{ClientScopeRepresentation, ProtocolMapperRepresentation, RealmRepresentation};
use keycloak_crds::client::Protocol;
use keycloak_crds::policy::StringMap;
use keycloak_crds::realm::{ClientScope, KeycloakRealmSpec, ProtocolMapper};

use super::{BUILT_IN_DEFAULTS, BUILT_IN_OPTIONAL, built_in};
use crate::export::filled;

type Texts = std::collections::BTreeMap<String, Option<String>>;

/// Puts the client scopes of a realm into its spec: of those that Keycloak makes itself what differs from how it makes them, and
/// all others; and which of them new clients get. Answers the fields that are said with that.
pub(crate) fn export(live: &RealmRepresentation, spec: &mut KeycloakRealmSpec) -> &'static [&'static str] {
    let Some(scopes) = &live.client_scopes else { return &[] };
    let mut exported: Vec<ClientScope> = scopes.iter().filter_map(changed).collect();
    exported.sort_by(|left, right| left.name.cmp(&right.name));
    spec.client_scopes = (!exported.is_empty()).then_some(exported);
    spec.default_client_scopes = sorted(live.default_default_client_scopes.as_ref());
    spec.optional_client_scopes = sorted(live.default_optional_client_scopes.as_ref());
    &["spec.clientScopes", "spec.defaultClientScopes", "spec.optionalClientScopes"]
}

/// What Keycloak makes with each realm and this one does not have, by path: no spec asks for its absence.
pub(crate) fn lacks(live: &RealmRepresentation) -> Vec<String> {
    let Some(scopes) = &live.client_scopes else { return Vec::new() };
    let find = |name: &str| scopes.iter().find(|scope| scope.name.as_deref() == Some(name));
    let mut lacks = Vec::new();
    for made in built_in::everywhere() {
        let path = format!("spec.clientScopes[{}]", made.name.as_deref().unwrap_or_default());
        match made.name.as_deref().and_then(find) {
            Some(live) => lacks.extend(lacks_of(&path, live, made)),
            None => lacks.push(path),
        }
    }
    let defaults = live.default_default_client_scopes.as_deref().unwrap_or_default();
    let optional = live.default_optional_client_scopes.as_deref().unwrap_or_default();
    let in_neither = |name: &str| !defaults.iter().chain(optional).any(|listed| listed == name);
    let lists = [
        ("spec.defaultClientScopes", &BUILT_IN_DEFAULTS[..]),
        ("spec.optionalClientScopes", &BUILT_IN_OPTIONAL[..]),
    ];
    for (list, names) in lists {
        let names = names.iter().filter(|name| in_neither(name) && find(name).is_some());
        lacks.extend(names.map(|name| format!("{list}[{name}]")));
    }
    lacks
}

/// What a scope lacks of what Keycloak gives it.
fn lacks_of(path: &str, live: &ClientScopeRepresentation, made: &ClientScopeRepresentation) -> Vec<String> {
    let mut lacks = Vec::new();
    if made.description.is_some() && filled(live.description.as_ref()).is_none() {
        lacks.push(format!("{path}.description"));
    }
    let attributes = texts(live.attributes.as_ref()).unwrap_or_default();
    let gone = made.attributes.iter().flatten().map(|(key, _)| key);
    let gone = gone.filter(|key| !attributes.contains_key(key.as_str()));
    lacks.extend(gone.map(|key| format!("{path}.attributes[{key}]")));
    let there = |mapper: &ProtocolMapperRepresentation| {
        live.protocol_mappers.iter().flatten().any(|live| live.name == mapper.name)
    };
    let gone = made.protocol_mappers.iter().flatten().filter(|mapper| !there(mapper));
    let gone = gone.filter_map(|mapper| mapper.name.as_deref());
    lacks.extend(gone.map(|name| format!("{path}.protocolMappers[{name}]")));
    lacks
}

/// A scope, and of one that Keycloak makes what differs from how it makes it; nothing where nothing does.
fn changed(live: &ClientScopeRepresentation) -> Option<ClientScope> {
    let mut changed = scope(live)?;
    let Some(made) = built_in::made(&changed.name).and_then(scope) else { return Some(changed) };
    changed.description.take_if(|text| made.description.as_deref() == Some(text.as_str()));
    if let Some(attributes) = &mut changed.attributes {
        let usual = made.attributes.unwrap_or_default();
        attributes.retain(|key, value| usual.get(key) != Some(&*value));
    }
    changed.attributes.take_if(|attributes| attributes.is_empty());
    if let Some(mappers) = &mut changed.protocol_mappers {
        let usual = made.protocol_mappers.unwrap_or_default();
        mappers.retain(|mapper| !usual.contains(mapper));
        for mapper in mappers {
            if let Some(usual) = usual.iter().find(|usual| usual.name == mapper.name) {
                without_its_keys(mapper, usual);
            }
        }
    }
    changed.protocol_mappers.take_if(|mappers| mappers.is_empty());
    let ClientScope { name: _, description, protocol: _, attributes, protocol_mappers } = &changed;
    let differs = description.is_some() || attributes.is_some() || protocol_mappers.is_some();
    differs.then_some(changed)
}

/// Says of keys that Keycloak gives a mapper and that this one does not have that they are not there: an empty value and none are
/// the same.
fn without_its_keys(mapper: &mut ProtocolMapper, made: &ProtocolMapper) {
    for key in made.config.iter().flatten().map(|(key, _)| key) {
        mapper.config.get_or_insert_default().entry(key.clone()).or_default();
    }
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
