//! A live client as a spec.

use std::collections::BTreeMap;

use keycloak_admin::AdminApi;
use keycloak_admin::types::{ClientRepresentation, ProtocolMapperRepresentation, RoleRepresentation};
use keycloak_crds::client::{ClientAuthenticator, ClientSettings, KeycloakClientSpec, Protocol};
use keycloak_crds::policy::StringMap;
use keycloak_crds::realm::ProtocolMapper;
use keycloak_crds::reference::RealmRef;
use keycloak_plan::kinds::CLIENT;

use super::roles::roles_of;
use super::{Observed, identity, kept, observe, representation};
use crate::error::SyncError;
use crate::export::{Exported, attributes, filled, left_out, unless_empty};

/// Fields that stand in a spec and not in the representation that is made of it.
const LINKS: &[&str] = &["spec.defaultClientScopes", "spec.optionalClientScopes"];

/// The spec of a live client, for the realm that `realm_ref` names: every field that is acted on, without the secret and
/// without the mark. Applied to the same client it changes nothing. Flows of its own are named as left out: it holds their ids,
/// and a spec their aliases.
pub fn export(live: &ClientRepresentation, realm_ref: RealmRef) -> Exported<KeycloakClientSpec> {
    let mut attributes = attributes(&CLIENT, live.attributes.as_ref()).unwrap_or_default();
    let post_logout_redirect_uris = kept::post_logout_uris(&mut attributes);
    let settings = settings(live, &kept::settings_of(&mut attributes));
    let protocol = live.protocol.as_deref().and_then(protocol);
    let spec = KeycloakClientSpec {
        client_id: live.client_id.clone().unwrap_or_default(),
        realm_ref,
        client_name: filled(live.name.as_ref()),
        description: filled(live.description.as_ref()),
        public_client: live.public_client,
        bearer_only: live.bearer_only,
        protocol: protocol.filter(|its| *its != Protocol::OpenidConnect),
        root_url: filled(live.root_url.as_ref()),
        base_url: filled(live.base_url.as_ref()),
        admin_url: filled(live.admin_url.as_ref()),
        redirect_uris: sorted(live.redirect_uris.as_ref()),
        post_logout_redirect_uris,
        web_origins: sorted(live.web_origins.as_ref()),
        settings: unless_empty(settings),
        default_client_scopes: sorted(live.default_client_scopes.as_ref())
            .filter(|scopes| !scopes.is_empty()),
        optional_client_scopes: sorted(live.optional_client_scopes.as_ref())
            .filter(|scopes| !scopes.is_empty()),
        protocol_mappers: mappers(live.protocol_mappers.as_deref(), protocol.unwrap_or_default()),
        attributes: (!attributes.is_empty()).then_some(attributes),
        ..KeycloakClientSpec::default()
    };
    let mut left_out = left_out(live, &representation(&spec));
    left_out.retain(|field| !LINKS.contains(&field.as_str()));
    // What Keycloak gives a new client it takes from the realm.
    Exported { spec, left_out, lacks: Vec::new() }
}

/// The same with the roles of the client. Of a role only its name is said; what is more to it is left out.
pub fn export_whole(
    live: &ClientRepresentation,
    roles: &[RoleRepresentation],
    realm_ref: RealmRef,
) -> Exported<KeycloakClientSpec> {
    let mut exported = export(live, realm_ref);
    let mut names: Vec<String> = roles.iter().filter_map(|role| role.name.clone()).collect();
    names.sort_unstable();
    let has_more = |role: &&RoleRepresentation| {
        let attributes = role.attributes.as_ref().is_some_and(|attributes| !attributes.is_empty());
        attributes || role.composite == Some(true) || filled(role.description.as_ref()).is_some()
    };
    let more = roles.iter().filter(has_more);
    let more = more.filter_map(|role| Some(format!("spec.roles[{}]", role.name.as_deref()?)));
    exported.left_out.extend(more);
    exported.left_out.sort_unstable();
    exported.spec.client_roles = (!names.is_empty()).then_some(names);
    exported
}

/// A client with its roles, for [`export_whole`]: two calls. `None` where there is no such client.
///
/// # Errors
/// As [`observe`].
pub async fn read_whole(
    api: &AdminApi,
    realm: &str,
    client_id: &str,
) -> Result<Option<(ClientRepresentation, Vec<RoleRepresentation>)>, SyncError> {
    let Observed::Present(live) = observe(api, realm, client_id).await? else { return Ok(None) };
    let roles = match live.id.as_deref() {
        Some(uuid) => roles_of(api, realm, uuid, &identity(client_id)).await?,
        None => Vec::new(),
    };
    Ok(Some((*live, roles)))
}

/// With those that are kept among the attributes.
fn settings(live: &ClientRepresentation, kept: &ClientSettings) -> ClientSettings {
    ClientSettings {
        enabled: live.enabled,
        always_display_in_console: live.always_display_in_console,
        standard_flow_enabled: live.standard_flow_enabled,
        implicit_flow_enabled: live.implicit_flow_enabled,
        direct_access_grants_enabled: live.direct_access_grants_enabled,
        service_accounts_enabled: live.service_accounts_enabled,
        consent_required: live.consent_required,
        client_authenticator_type: authenticator(live),
        frontchannel_logout: live.frontchannel_logout,
        full_scope_allowed: live.full_scope_allowed,
        ..*kept
    }
}

/// How the client proves itself. A public one does not, and what it holds nevertheless the API server would refuse.
fn authenticator(live: &ClientRepresentation) -> Option<ClientAuthenticator> {
    let word = live.client_authenticator_type.as_deref()?;
    let known = ClientAuthenticator::ALL.into_iter().find(|way| way.as_str() == word)?;
    let makes_sense = live.public_client != Some(true) || known == ClientAuthenticator::ClientSecret;
    makes_sense.then_some(known)
}

fn protocol(word: &str) -> Option<Protocol> {
    let all = [Protocol::OpenidConnect, Protocol::Saml, Protocol::DockerV2];
    all.into_iter().find(|protocol| protocol.as_str() == word)
}

fn mappers(
    live: Option<&[ProtocolMapperRepresentation]>,
    of_client: Protocol,
) -> Option<Vec<ProtocolMapper>> {
    let mut mappers: Vec<ProtocolMapper> = live?.iter().filter_map(|its| mapper(its, of_client)).collect();
    mappers.sort_by(|left, right| left.name.cmp(&right.name));
    (!mappers.is_empty()).then_some(mappers)
}

/// One that says no protocol has that of its client.
fn mapper(live: &ProtocolMapperRepresentation, of_client: Protocol) -> Option<ProtocolMapper> {
    let protocol = live.protocol.as_deref().and_then(protocol);
    Some(ProtocolMapper {
        name: live.name.clone()?,
        protocol: protocol.filter(|its| *its != of_client),
        protocol_mapper: live.protocol_mapper.clone()?,
        config: live.config.as_ref().map(present),
    })
}

/// The keys that have a value.
fn present(map: &BTreeMap<String, Option<String>>) -> StringMap {
    map.iter().filter_map(|(key, value)| Some((key.clone(), value.clone()?))).collect()
}

/// A set, in an order that stays.
fn sorted(live: Option<&Vec<String>>) -> Option<Vec<String>> {
    let mut values = live?.clone();
    values.sort_unstable();
    Some(values)
}
