//! A client: `KeycloakClient` and Keycloak's client representation.

mod export;
mod flows;
mod kept;
mod needs;
mod roles;
mod scopes;

use keycloak_admin::types::ClientRepresentation;
use keycloak_admin::{AdminApi, Secret};
use keycloak_crds::client::fields::NOT_BUILT_YET;
use keycloak_crds::client::{ClientAuthenticator, ClientList, ClientSettings, KeycloakClientSpec, Protocol};
use keycloak_crds::name::ClientId;
use keycloak_crds::realm::ProtocolMapper;
use keycloak_plan::kinds::CLIENT;
use keycloak_plan::{
    Action, Desired, FieldPath, Finding, Identity, LiveState, Mark, OwnedRecord, Plan, Refused, Step,
    Unresolved,
};
use serde_json::{Map, Value};

pub use export::{export, export_whole, read_whole};
pub use flows::{Flows, MissingFlow, observe_flows};
use roles::WantedRoles;
pub use roles::{ClientRoleRefusal, Roles};
pub use scopes::Scopes;
use scopes::WantedScopes;

use crate::error::{SyncError, Verb};
use crate::execute::{Target, body, deleted, no_call, server_id};
use crate::fields::{FieldRefusal, Fields, RefusedFields, not_built_yet, text_map, with_extra};
use crate::planning::Planning;
use crate::realm::scopes_in_both;

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
    let mut desired = kept::created(desired);
    if is_complete(spec, ClientList::ProtocolMappers) {
        desired = desired.exclusive(FieldPath::field("protocolMappers"));
    }
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

/// Whether a list of the CR names all that there is to be.
fn is_complete(spec: &KeycloakClientSpec, list: ClientList) -> bool {
    spec.exclusive.as_ref().is_some_and(|lists| lists.contains(&list))
}

/// What a spec asks of a client beside its own fields, which [`desired`] says.
#[derive(Clone, Debug)]
pub struct Wanted {
    client_id: String,
    scopes: WantedScopes,
    roles: WantedRoles,
}

/// What a spec asks of a client beside its own fields. What cannot be asked for is refused by [`desired`].
pub fn wanted(spec: &KeycloakClientSpec) -> Wanted {
    Wanted { client_id: spec.client_id.clone(), scopes: WantedScopes::of(spec), roles: WantedRoles::of(spec) }
}

impl Wanted {
    /// Whether a plan has to know the client scopes of the realm: for a client that may be made, or lacks one that is asked for.
    pub fn needs_scopes(&self, observed: Option<&Observed>) -> bool {
        self.scopes.need_the_realms(observed)
    }

    /// The roles of the client that are asked for, by name.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        self.roles.names()
    }

    /// The client scopes that are asked for, by name.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.scopes.names()
    }
}

/// What was read beside the client itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'a> {
    /// The client scopes of its realm, where they [are needed](Wanted::needs_scopes).
    pub scopes: Option<&'a Scopes>,
    /// Its roles, where there are any that [`observe_roles`] read.
    pub roles: Option<&'a Roles>,
}

impl Planning<'_> {
    /// The plan that brings a client, with what a spec wants beside its own fields, to what is desired. `observed` is `None` where
    /// it was not looked for: then it is created.
    ///
    /// # Errors
    /// As [`Planning::plan`].
    pub fn plan_client(
        &self,
        desired: &Desired,
        wanted: &Wanted,
        observed: Option<&Observed>,
        beside: Beside<'_>,
    ) -> Result<Plan, SyncError> {
        let Beside { scopes, roles } = beside;
        let identity = desired.identity();
        let is_there = observed.and_then(Observed::present).is_some();
        let live = observed.map_or_else(LiveState::new, |observed| observed.state(identity));
        let live = wanted.scopes.state(observed, &wanted.client_id, scopes, live);
        let live = wanted.roles.state(self.record, is_there, roles, live);
        let mut refused = Vec::new();
        let mut links = wanted.scopes.granted(observed, scopes, &mut refused);
        links.extend(wanted.roles.links());
        let client = wanted.scopes.created(desired.clone(), scopes);
        let objects: Vec<Desired> = std::iter::once(client).chain(wanted.roles.objects()).collect();
        let complete: Vec<_> = wanted.roles.exclusive().into_iter().collect();
        let mut plan = self.plan_of(&objects, &links, &complete, &live)?;
        let refused = refused.into_iter().map(|refusal| Refused { refusal });
        let refused = refused.map(|what| Finding { object: identity.clone(), what });
        plan.findings.refused.extend(refused);
        Ok(plan)
    }
}

/// What is missing of what a client is to have, as a sentence without its end.
pub fn missing(finding: &Finding<Unresolved>) -> String {
    let link = finding.what.link.as_ref();
    if let Some(told) = link.and_then(|link| roles::missing(&finding.object, link)) {
        return told;
    }
    match link {
        Some(link) => format!(
            "the client is to have the client scope {}, which its realm does not have: declare it in spec.clientScopes of the \
             KeycloakRealm, or make it in the admin console",
            link.target
        ),
        None => format!("{} is made by Keycloak only, and it is not there", finding.object),
    }
}

fn refused(spec: &KeycloakClientSpec) -> Vec<FieldRefusal> {
    let mut refused = not_built_yet(spec, NOT_BUILT_YET, ELSEWHERE);
    if let Err(error) = spec.client_id.parse::<ClientId>() {
        refused.push(error.into());
    }
    let defaults = spec.default_client_scopes.as_deref();
    let in_both = scopes_in_both(defaults, spec.optional_client_scopes.as_deref());
    refused.extend(in_both.into_iter().map(FieldRefusal::Scope));
    refused.extend(roles::refused_in(spec).into_iter().map(FieldRefusal::ClientRole));
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

/// Reads the roles of a client that is there, as far as a plan has to know them: no call where the spec names none and the record
/// knows of none, else one; and some more where roles would be deleted.
///
/// # Errors
/// Why a call failed.
pub async fn observe_roles(
    api: &AdminApi,
    realm: &str,
    observed: &Observed,
    wanted: &Wanted,
    record: &OwnedRecord,
) -> Result<Option<Roles>, SyncError> {
    match observed.id() {
        Some(uuid) if wanted.roles.need_the_clients(record) => {
            Roles::read(api, realm, uuid, &wanted.roles, record).await.map(Some)
        }
        Some(_) | None => Ok(None),
    }
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
