//! Scope mappings of a realm: the roles that tokens of a client, or tokens with a client scope, may carry. They belong to the realm's
//! spec; what somebody else mapped stays.

mod export;
mod mapping;
mod refusal;

use std::collections::{BTreeMap, BTreeSet};

use keycloak_admin::AdminApi;
use keycloak_admin::types::{MappingsRepresentation, RealmRepresentation, RoleRepresentation};
use keycloak_crds::realm::KeycloakRealmSpec;
use keycloak_plan::kinds::{CLIENT_SCOPE, REALM_ROLE, SCOPE_MAPPING};
use keycloak_plan::{Action, Identity, Link, LiveState, Step};

pub(crate) use export::{export, take};
use mapping::{Holder, Mapping, Role};
pub use refusal::MappingRefusal;
use refusal::refused_in;

use super::client_role::{ClientRole, Clients};
use super::parts::{Created, Look, Needed, Wanted, whole_with_clients};
use super::roles::BUILT_IN as BUILT_IN_ROLES;
use crate::client;
use crate::error::{SyncError, Verb};
use crate::execute::{Target, no_call};
use crate::fields::FieldRefusal;

/// More clients than these are not looked at one by one: the long export with all clients shows their mappings at once.
const ONE_BY_ONE: usize = 5;

/// What a spec wants of scope mappings.
pub(crate) fn desired(spec: &KeycloakRealmSpec, wanted: &mut Wanted, refused: &mut Vec<FieldRefusal>) {
    refused.extend(refused_in(spec).into_iter().map(FieldRefusal::Mapping));
    for mapping in mapping::declared(spec) {
        wanted.link(super::identity(&spec.realm_name), &SCOPE_MAPPING, mapping.to_string());
    }
}

/// The mappings among what links lead to.
fn mappings<'t>(targets: impl Iterator<Item = &'t str>) -> BTreeSet<Mapping> {
    targets.filter_map(|target| target.parse().ok()).collect()
}

fn wanted_of(needed: Needed<'_>) -> BTreeSet<Mapping> {
    mappings(needed.targets(&SCOPE_MAPPING).map(|(_, target)| target))
}

/// Adds the mappings of all client scopes, as the export shows them; of the clients that are asked for or known, by two calls for
/// each of a few; and which of what is to be mapped exists.
pub(crate) async fn observe(look: &Look<'_>, mut live: LiveState) -> Result<LiveState, SyncError> {
    let Some(whole) = look.whole.filter(|_| look.needed.links_by(&SCOPE_MAPPING)) else { return Ok(live) };
    let (wanted, known) = (wanted_of(look.needed), mappings(look.needed.known_targets(&SCOPE_MAPPING)));
    let clients: BTreeSet<&str> =
        wanted.iter().chain(&known).filter_map(|mapping| mapping.holder.client()).collect();
    let of_clients = OfClients::read(look, &clients).await?;
    let mut held = mapping::shown(whole);
    held.extend(of_clients.mappings);
    let texts: Vec<String> = held.iter().map(ToString::to_string).collect();
    live = live.links(super::identity(look.realm), &SCOPE_MAPPING, texts.iter().map(String::as_str));
    let mut clients = Clients::default();
    for mapping in wanted.difference(&held) {
        let holder_is_there = match &mapping.holder {
            Holder::Client(client) => of_clients.there.contains(client),
            Holder::Scope(scope) => {
                let mut scopes = whole.client_scopes.iter().flatten();
                scopes.any(|its| its.name.as_deref() == Some(scope.as_str()))
                    || is_made(look.needed, &CLIENT_SCOPE, scope)
            }
        };
        let role = if holder_is_there {
            role_of(look, whole, &mut clients, &mapping.role).await?
        } else {
            Found::Nowhere
        };
        live = match role {
            Found::Made => live,
            Found::There(id) => live.target(&SCOPE_MAPPING, &mapping.to_string(), Some(&id)),
            Found::Nowhere => live.target(&SCOPE_MAPPING, &mapping.to_string(), None),
        };
    }
    Ok(live)
}

/// Where a role is that is to be mapped.
enum Found {
    /// It is there, with this id.
    There(String),
    /// The same plan makes it.
    Made,
    Nowhere,
}

fn is_made(needed: Needed<'_>, kind: &'static keycloak_plan::Kind, name: &str) -> bool {
    needed.wants(|wanted| *wanted == Identity::new(kind, name))
}

async fn role_of(
    look: &Look<'_>,
    whole: &RealmRepresentation,
    clients: &mut Clients,
    role: &Role,
) -> Result<Found, SyncError> {
    let found = match role {
        Role::OfRealm(name) => {
            let mut roles = whole.roles.iter().flat_map(|roles| roles.realm.iter().flatten());
            let found = roles
                .find(|role| role.name.as_deref() == Some(name.as_str()))
                .and_then(|role| role.id.clone());
            if found.is_none() && is_made(look.needed, &REALM_ROLE, name) {
                return Ok(Found::Made);
            }
            found
        }
        Role::OfClient(role) => clients.role(look.api, look.realm, role).await?,
    };
    Ok(found.map_or(Found::Nowhere, Found::There))
}

/// Mappings of clients.
#[derive(Default)]
struct OfClients {
    /// The clients that exist.
    there: BTreeSet<String>,
    mappings: BTreeSet<Mapping>,
}

impl OfClients {
    async fn read(look: &Look<'_>, clients: &BTreeSet<&str>) -> Result<Self, SyncError> {
        let mut read = Self::default();
        if clients.len() > ONE_BY_ONE {
            let whole = whole_with_clients(look.api, look.realm).await?;
            let there = whole.clients.iter().flatten().filter_map(|client| client.client_id.clone());
            read.there.extend(there);
            let of_these =
                |mapping: &Mapping| mapping.holder.client().is_some_and(|its| clients.contains(its));
            read.mappings.extend(mapping::shown(&whole).into_iter().filter(of_these));
            return Ok(read);
        }
        for client_id in clients {
            let Some(id) = client_uuid(look.api, look.realm, client_id, Verb::Read).await? else { continue };
            let held = look.api.client_scope_mappings(look.realm, &id).await;
            let held = held.map_err(SyncError::call(Verb::Read, &client::identity(client_id)))?;
            read.mappings.extend(held_by(client_id, &held));
            read.there.insert((*client_id).to_owned());
        }
        Ok(read)
    }
}

fn held_by(client: &str, held: &MappingsRepresentation) -> BTreeSet<Mapping> {
    let names = |roles: &Option<Vec<RoleRepresentation>>| -> Vec<String> {
        roles.iter().flatten().filter_map(|role| role.name.clone()).collect()
    };
    let of_realm = names(&held.realm_mappings).into_iter().map(Role::OfRealm);
    let of_clients = held.client_mappings.iter().flatten().flat_map(|(id, mappings)| {
        let client = mappings.client.as_ref().unwrap_or(id);
        let role = |role| Role::OfClient(ClientRole { client: client.clone(), role });
        names(&mappings.mappings).into_iter().map(role).collect::<Vec<_>>()
    });
    let holder = Holder::Client(client.to_owned());
    of_realm.chain(of_clients).map(|role| Mapping { holder: holder.clone(), role }).collect()
}

async fn client_uuid(
    api: &AdminApi,
    realm: &str,
    client_id: &str,
    verb: Verb,
) -> Result<Option<String>, SyncError> {
    let found = api.client_by_client_id(realm, client_id).await;
    Ok(found.map_err(SyncError::call(verb, &client::identity(client_id)))?.and_then(|client| client.id))
}

/// What a realm that is to be made will have of mappings: nothing of a client that anybody made. The client scopes and roles that
/// the plan makes, and those that Keycloak makes, are mapped once they are there.
pub(crate) fn of_no_realm(needed: Needed<'_>, scopes: &[&str], live: LiveState) -> LiveState {
    let missing = |mapping: &Mapping| {
        let holder = match &mapping.holder {
            Holder::Client(_) => false,
            Holder::Scope(scope) => scopes.contains(&scope.as_str()) || is_made(needed, &CLIENT_SCOPE, scope),
        };
        let role = match &mapping.role {
            Role::OfClient(_) => false,
            Role::OfRealm(role) => {
                BUILT_IN_ROLES.contains(&role.as_str()) || is_made(needed, &REALM_ROLE, role)
            }
        };
        !(holder && role)
    };
    let missing = wanted_of(needed).into_iter().filter(missing);
    missing.fold(live, |live, mapping| live.target(&SCOPE_MAPPING, &mapping.to_string(), None))
}

/// By holder, and by client whose roles they are (none: the realm's), the step and the name of each role.
type Batches<'s> = BTreeMap<(Holder, Option<String>), Vec<(&'s Step, String)>>;

/// Mappings that are made, or taken away: one call for each client or client scope and, among its roles, for those of the realm and
/// those of each client; after those that look up ids.
pub(crate) async fn link(
    steps: &[&Step],
    created: Created<'_>,
    target: &Target<'_>,
) -> Result<(), SyncError> {
    let mut batches: Batches<'_> = BTreeMap::new();
    for step in steps {
        let mapping = step.link.as_ref().and_then(|link| link.target.parse::<Mapping>().ok());
        let Some(Mapping { holder, role }) = mapping else { return Err(no_call(step)) };
        let (client, role) = match role {
            Role::OfRealm(role) => (None, role),
            Role::OfClient(ClientRole { client, role }) => (Some(client), role),
        };
        batches.entry((holder, client)).or_default().push((*step, role));
    }
    let mut ids = Ids::default();
    for ((holder, client), roles) in batches {
        let Some(step) = roles.first().map(|(step, _)| *step) else { continue };
        let Some(holder_id) = ids.of(&holder, step, created, target).await? else {
            gone_or_no_target(step, holder.identity())?;
            continue;
        };
        match client {
            None => {
                let roles = realm_roles(&roles, target).await?;
                map_realm_roles(step, &holder, &holder_id, roles, target).await?;
            }
            Some(client) => {
                let held = Holder::Client(client);
                let Some(client_id) = ids.of(&held, step, created, target).await? else {
                    gone_or_no_target(step, held.identity())?;
                    continue;
                };
                map_client_roles(step, &holder, (&holder_id, &client_id), roles, target).await?;
            }
        }
    }
    Ok(())
}

/// What is gone took its mappings along; nothing can be mapped to it.
fn gone_or_no_target(step: &Step, target: Identity) -> Result<(), SyncError> {
    if step.action == Action::Unlink {
        return Ok(());
    }
    Err(SyncError::NoTarget { verb: step.action.into(), object: step.object.clone(), target })
}

/// Keycloak's ids of clients and client scopes, each looked up once, the scopes all together.
#[derive(Default)]
struct Ids {
    clients: BTreeMap<String, Option<String>>,
    scopes: Option<BTreeMap<String, String>>,
}

impl Ids {
    async fn of(
        &mut self,
        holder: &Holder,
        step: &Step,
        created: Created<'_>,
        target: &Target<'_>,
    ) -> Result<Option<String>, SyncError> {
        if let Some(id) = created.id(&holder.identity()) {
            return Ok(Some(id.to_owned()));
        }
        match holder {
            Holder::Client(client) => {
                if !self.clients.contains_key(client) {
                    let id = client_uuid(target.api, target.realm, client, step.action.into()).await?;
                    self.clients.insert(client.clone(), id);
                }
                Ok(self.clients.get(client).cloned().flatten())
            }
            Holder::Scope(scope) => {
                if self.scopes.is_none() {
                    let all = target.api.scope_list(target.realm).await;
                    let all = all.map_err(SyncError::call(step.action.into(), &step.object))?;
                    let all = all.into_iter().filter_map(|scope| Some((scope.name?, scope.id?)));
                    self.scopes = Some(all.collect());
                }
                Ok(self.scopes.as_ref().and_then(|scopes| scopes.get(scope)).cloned())
            }
        }
    }
}

/// Roles of the realm as a call names them: by their ids.
async fn realm_roles(
    roles: &[(&Step, String)],
    target: &Target<'_>,
) -> Result<Vec<RoleRepresentation>, SyncError> {
    let mut named = Vec::new();
    for (step, name) in roles {
        if let Some(id) = &step.target_id {
            let (id, name) = (Some(id.clone()), Some(name.clone()));
            named.push(RoleRepresentation { id, name, ..RoleRepresentation::default() });
            continue;
        }
        match target.api.role_get(target.realm, name).await {
            Ok(role) => named.push(role),
            Err(error) if error.is_not_found() => {
                gone_or_no_target(step, Identity::new(&REALM_ROLE, name))?;
            }
            Err(error) => return Err(SyncError::call(step.action.into(), &step.object)(error)),
        }
    }
    Ok(named)
}

async fn map_realm_roles(
    step: &Step,
    holder: &Holder,
    id: &str,
    roles: Vec<RoleRepresentation>,
    target: &Target<'_>,
) -> Result<(), SyncError> {
    // A removal that names no role would remove all.
    if roles.is_empty() {
        return Ok(());
    }
    let (api, realm, removes) = (target.api, target.realm, step.action == Action::Unlink);
    let done = match (holder, removes) {
        (Holder::Client(_), false) => api.client_scope_mappings_realm_add(realm, id, &roles).await,
        (Holder::Client(_), true) => api.client_scope_mappings_realm_remove(realm, id, &roles).await,
        (Holder::Scope(_), false) => api.scope_scope_mappings_realm_add(realm, id, &roles).await,
        (Holder::Scope(_), true) => api.scope_scope_mappings_realm_remove(realm, id, &roles).await,
    };
    done.map_err(SyncError::call(step.action.into(), &step.object))
}

/// Roles of a client, which a call knows by name. `ids` are those of the holder and of the roles' client.
async fn map_client_roles(
    step: &Step,
    holder: &Holder,
    ids: (&str, &str),
    roles: Vec<(&Step, String)>,
    target: &Target<'_>,
) -> Result<(), SyncError> {
    let named = |(_, name)| RoleRepresentation { name: Some(name), ..RoleRepresentation::default() };
    let roles: Vec<RoleRepresentation> = roles.into_iter().map(named).collect();
    let ((id, client), api, realm) = (ids, target.api, target.realm);
    let done = match (holder, step.action == Action::Unlink) {
        (Holder::Client(_), false) => api.client_scope_mappings_client_add(realm, id, client, &roles).await,
        (Holder::Client(_), true) => api.client_scope_mappings_client_remove(realm, id, client, &roles).await,
        (Holder::Scope(_), false) => api.scope_scope_mappings_client_add(realm, id, client, &roles).await,
        (Holder::Scope(_), true) => api.scope_scope_mappings_client_remove(realm, id, client, &roles).await,
    };
    done.map_err(SyncError::call(step.action.into(), &step.object))
}

/// What is to be mapped and does not exist, as a sentence without its end.
pub(crate) fn missing(link: &Link) -> Option<String> {
    let mapping = mapping_of(link)?;
    let holder = match &mapping.holder {
        Holder::Client(client) => format!("tokens of client {client}"),
        Holder::Scope(scope) => format!("tokens with client scope {scope}"),
    };
    let (field, role) = match &mapping.role {
        Role::OfRealm(role) => ("spec.scopeMappings", format!("the role {role}")),
        Role::OfClient(ClientRole { client, role }) => {
            ("spec.clientScopeMappings", format!("the role {role} of client {client}"))
        }
    };
    Some(format!("{field}: {holder} are to carry {role}, and one of the two does not exist yet"))
}

/// Whether what is missing may belong to a client.
pub(crate) fn is_of_a_client(link: &Link) -> bool {
    mapping_of(link)
        .is_some_and(|mapping| mapping.holder.client().is_some() || matches!(mapping.role, Role::OfClient(_)))
}

fn mapping_of(link: &Link) -> Option<Mapping> {
    (*link.relation == SCOPE_MAPPING).then(|| link.target.parse().ok())?
}

#[cfg(test)]
mod tests;
