//! A client: `KeycloakClient` and Keycloak's client representation.

mod export;
mod flows;
mod kept;
mod needs;

use keycloak_admin::types::ClientRepresentation;
use keycloak_admin::{AdminApi, Secret};
use keycloak_crds::client::fields::NOT_BUILT_YET;
use keycloak_crds::client::{ClientAuthenticator, ClientSettings, KeycloakClientSpec, Protocol};
use keycloak_crds::name::ClientId;
use keycloak_crds::realm::ProtocolMapper;
use keycloak_plan::kinds::CLIENT;
use keycloak_plan::{Action, Desired, Identity, Mark, Step};
use serde_json::{Map, Value};

pub use export::export;
pub use flows::{Flows, MissingFlow, observe_flows};

use crate::error::{SyncError, Verb};
use crate::execute::{Target, body, deleted, no_call, server_id};
use crate::fields::{FieldRefusal, Fields, RefusedFields, not_built_yet, text_map, with_extra};

/// What Keycloak has of a client.
pub type Observed = crate::observed::Observed<ClientRepresentation>;

/// Fields of the CR that are about Kubernetes: where secrets come from and go to.
const ELSEWHERE: &[&str] = &["spec.secretRotation"];

/// How Keycloak shows a secret that it does not give out.
const MASK: &str = "**********";

/// The client as a plan names it.
pub fn identity(client_id: &str) -> Identity {
    Identity::new(&CLIENT, client_id)
}

/// What the CR asks of the client: only what stands in it. Values that the client is created with and that belong to
/// nobody afterwards are in the declaration of its kind; without `clientName` its name is the client id at first. Flows, which
/// the CR names and Keycloak knows by ids, are not in it: [`Flows::bind`] adds them to what is planned.
///
/// `secret` is the value of the Secret that the application reads; a public client and a bearer-only one get none, whatever is
/// given. Without it a confidential client keeps the one it has, and a new one gets one that Keycloak invents. `mark` is left
/// out where nothing may be marked.
///
/// # Errors
/// Every field that cannot be asked for, with what to write instead.
pub fn desired(
    spec: &KeycloakClientSpec,
    secret: Option<&Secret>,
    mark: Option<&Mark>,
) -> Result<Desired, RefusedFields> {
    let mut refused = refused(spec);
    let mut value = with_extra(&CLIENT, representation(spec), spec.extra.as_ref(), &mut refused);
    if !refused.is_empty() {
        return Err(RefusedFields(refused));
    }
    if let Some(secret) = secret.filter(|_| !asks_for_no_secret(spec)) {
        value.insert("secret".to_owned(), Value::from(secret.expose()));
    }
    let desired = Desired::new(&CLIENT, &spec.client_id, value).created_with("name", spec.client_id.as_str());
    let desired = kept::created(desired);
    Ok(match mark {
        Some(mark) => desired.marked(mark.clone()),
        None => desired,
    })
}

/// Whether the CR makes it a client that Keycloak keeps no secret of.
fn asks_for_no_secret(spec: &KeycloakClientSpec) -> bool {
    spec.public_client == Some(true) || spec.bearer_only == Some(true)
}

/// Whether Keycloak keeps no secret of a client like this one: it is public, or only checks tokens.
pub fn has_no_secret(spec: &KeycloakClientSpec, observed: Option<&Observed>) -> bool {
    let live = observed.and_then(Observed::present);
    let is_public = spec.public_client.or(live.and_then(|live| live.public_client));
    let is_bearer_only = spec.bearer_only.or(live.and_then(|live| live.bearer_only));
    is_public == Some(true) || is_bearer_only == Some(true)
}

fn refused(spec: &KeycloakClientSpec) -> Vec<FieldRefusal> {
    let mut refused = not_built_yet(spec, NOT_BUILT_YET, ELSEWHERE);
    if let Err(error) = spec.client_id.parse::<ClientId>() {
        refused.push(error.into());
    }
    refused.extend(kept::said_twice(spec));
    refused
}

/// The fields that have a name of their own in the CR.
fn representation(spec: &KeycloakClientSpec) -> Map<String, Value> {
    let mappers = spec.protocol_mappers.as_ref();
    let mut fields = Fields::default();
    fields
        .set("name", spec.client_name.clone())
        .set("description", spec.description.clone())
        .set("protocol", spec.protocol.map(Protocol::as_str))
        .set("publicClient", spec.public_client)
        .set("bearerOnly", spec.bearer_only)
        .set("rootUrl", spec.root_url.clone())
        .set("baseUrl", spec.base_url.clone())
        .set("adminUrl", spec.admin_url.clone())
        .set("redirectUris", spec.redirect_uris.clone())
        .set("webOrigins", spec.web_origins.clone())
        .set("attributes", attributes(spec))
        .set("protocolMappers", mappers.map(|mappers| of_client(mappers, spec.protocol)));
    if let Some(settings) = &spec.settings {
        set_settings(&mut fields, settings);
    }
    fields.into_map()
}

fn set_settings(fields: &mut Fields, settings: &ClientSettings) {
    fields
        .set("enabled", settings.enabled)
        .set("alwaysDisplayInConsole", settings.always_display_in_console)
        .set("standardFlowEnabled", settings.standard_flow_enabled)
        .set("implicitFlowEnabled", settings.implicit_flow_enabled)
        .set("directAccessGrantsEnabled", settings.direct_access_grants_enabled)
        .set("serviceAccountsEnabled", settings.service_accounts_enabled)
        .set("consentRequired", settings.consent_required)
        .set("clientAuthenticatorType", settings.client_authenticator_type.map(ClientAuthenticator::as_str))
        .set("frontchannelLogout", settings.frontchannel_logout)
        .set("fullScopeAllowed", settings.full_scope_allowed);
}

/// The attributes of the CR and those that fields of the CR are kept in.
fn attributes(spec: &KeycloakClientSpec) -> Option<Map<String, Value>> {
    let mut attributes = spec.attributes.as_ref().map(text_map).unwrap_or_default();
    attributes.extend(kept::attributes(spec));
    (!attributes.is_empty()).then_some(attributes)
}

/// Mappers by Keycloak's names. One that says no protocol has that of its client.
fn of_client(mappers: &[ProtocolMapper], protocol: Option<Protocol>) -> Vec<Value> {
    let of_client =
        |its: &ProtocolMapper| ProtocolMapper { protocol: its.protocol.or(protocol), ..its.clone() };
    mappers.iter().map(|its| mapper(&of_client(its))).collect()
}

/// A mapper by Keycloak's names.
pub(crate) fn mapper(mapper: &ProtocolMapper) -> Value {
    let ProtocolMapper { name, protocol, protocol_mapper, config } = mapper;
    let mut fields = Fields::default();
    fields
        .set("name", Some(name.as_str()))
        .set("protocol", protocol.map(Protocol::as_str))
        .set("protocolMapper", Some(protocol_mapper.as_str()))
        .set("config", config.as_ref().map(text_map));
    Value::Object(fields.into_map())
}

/// Looks the client up by its client id: one call, whatever the number of clients.
///
/// # Errors
/// Why the call failed; [`SyncError::is_not_found`] says that there is no such realm.
pub async fn observe(api: &AdminApi, realm: &str, client_id: &str) -> Result<Observed, SyncError> {
    let found = api.client_by_client_id(realm, client_id).await;
    let found = found.map_err(SyncError::call(Verb::Read, &identity(client_id)))?;
    Ok(found.map_or(Observed::Absent, |live| Observed::Present(Box::new(live))))
}

/// Reads the client by Keycloak's id of it: one call. Where that leads to nothing or to another client (it was deleted
/// and made anew, or renamed), it is looked up by its client id with a second one.
///
/// # Errors
/// As [`observe`].
pub async fn observe_by_id(
    api: &AdminApi,
    realm: &str,
    client_id: &str,
    id: &str,
) -> Result<Observed, SyncError> {
    match api.client_get(realm, id).await {
        Ok(live) if live.client_id.as_deref() == Some(client_id) => Ok(Observed::Present(Box::new(live))),
        Err(error) if !error.is_not_found() => Err(SyncError::call(Verb::Read, &identity(client_id))(error)),
        Ok(_) | Err(_) => observe(api, realm, client_id).await,
    }
}

/// The secret that the client has, unless it has none or Keycloak does not give it out.
pub fn secret(observed: &Observed) -> Option<&Secret> {
    observed.present()?.secret.as_ref().filter(|secret| !["", MASK].contains(&secret.expose()))
}

/// One step on a client. What is gone already is deleted.
pub(crate) async fn write(step: &Step, target: &Target<'_>) -> Result<Option<String>, SyncError> {
    let failed = SyncError::call(step.action.into(), &step.object);
    match step.action {
        Action::Create => {
            let (client, id) = body::<ClientRepresentation>(step)?;
            needs::check(step, &client, target).await?;
            let created = target.api.client_create(target.realm, &client).await.map_err(failed)?;
            Ok(created.id().map(str::to_owned).or(id))
        }
        Action::Update => {
            let (client, _) = body::<ClientRepresentation>(step)?;
            needs::check(step, &client, target).await?;
            target.api.client_update(target.realm, server_id(step)?, &client).await.map_err(failed)?;
            Ok(None)
        }
        Action::Delete => {
            deleted(target.api.client_delete(target.realm, server_id(step)?).await).map_err(failed)?;
            Ok(None)
        }
        Action::Link | Action::Unlink => Err(no_call(step)),
    }
}

#[cfg(test)]
mod tests;
