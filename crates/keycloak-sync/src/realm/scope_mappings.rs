//! Scope mappings of a realm: the roles that tokens of a client, or tokens with a client scope, may carry. They belong to the realm's
//! spec; what somebody else mapped stays.

mod export;
mod mapping;
mod refusal;

use std::collections::{BTreeMap, BTreeSet};

use keycloak_admin::AdminApi;
use keycloak_admin::types::{
    ClientRepresentation, MappingsRepresentation, RealmRepresentation, RoleRepresentation,
};
use keycloak_crds::realm::KeycloakRealmSpec;
use keycloak_plan::kinds::{CLIENT_SCOPE, REALM_ROLE, SCOPE_MAPPING};
use keycloak_plan::{Action, Identity, Link, LiveState, Step};

pub(crate) use export::{export, take};
use mapping::{Holder, Mapping, Role};
pub use refusal::MappingRefusal;
use refusal::refused_in;

use super::client_role::{ClientRole, Clients};
use super::client_scopes::ScopeIds;
use super::links::{Batch, Linked, without_end};
use super::parts::{Created, Look, Needed, Wanted, whole_with_clients};
use super::roles::{self, BUILT_IN as BUILT_IN_ROLES};
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
    for mapping in &wanted {
        if mapping.holder.client().is_some_and(|client| of_clients.full_scope.contains(client)) {
            live = live.without_effect(&SCOPE_MAPPING, &mapping.to_string());
        }
    }
    let mut held = mapping::shown(whole);
    held.extend(of_clients.mappings);
    let texts: Vec<String> = held.iter().map(ToString::to_string).collect();
    live = live.links(super::identity(look.realm), &SCOPE_MAPPING, texts.iter().map(String::as_str));
    let mut clients = of_clients.known;
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
    /// Those of them whose tokens carry all roles of their users.
    full_scope: BTreeSet<String>,
    mappings: BTreeSet<Mapping>,
    /// Their ids, for those of them whose roles are to be mapped, too.
    known: Clients,
}

impl OfClients {
    async fn read(look: &Look<'_>, clients: &BTreeSet<&str>) -> Result<Self, SyncError> {
        let mut read = Self::default();
        if clients.len() > ONE_BY_ONE {
            let whole = whole_with_clients(look.api, look.realm).await?;
            for live in whole.clients.iter().flatten() {
                read.note(live);
            }
            let of_these =
                |mapping: &Mapping| mapping.holder.client().is_some_and(|its| clients.contains(its));
            read.mappings.extend(mapping::shown(&whole).into_iter().filter(of_these));
            return Ok(read);
        }
        for client_id in clients {
            let identity = client::identity(client_id);
            let found = look.api.client_by_client_id(look.realm, client_id).await;
            let Some(live) = found.map_err(SyncError::call(Verb::Read, &identity))? else {
                read.known.know(client_id, None);
                continue;
            };
            let Some(id) = &live.id else { continue };
            let held = look.api.client_scope_mappings(look.realm, id).await;
            let held = held.map_err(SyncError::call(Verb::Read, &identity))?;
            read.mappings.extend(held_by(client_id, &held));
            read.note(&live);
        }
        Ok(read)
    }

    fn note(&mut self, live: &ClientRepresentation) {
        let Some(client_id) = &live.client_id else { return };
        self.there.insert(client_id.clone());
        if let Some(id) = &live.id {
            self.known.know(client_id, Some(id.clone()));
        }
        if live.full_scope_allowed == Some(true) {
            self.full_scope.insert(client_id.clone());
        }
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
pub(crate) async fn link(steps: &[&Step], created: Created<'_>, target: &Target<'_>) -> Linked {
    let (mut linked, mut batches) = (Linked::default(), Batches::new());
    for &step in steps {
        let mapping = step.link.as_ref().and_then(|link| link.target.parse::<Mapping>().ok());
        let Some(Mapping { holder, role }) = mapping else {
            linked.add(&[step], &Err(no_call(step)));
            continue;
        };
        let (client, role) = match role {
            Role::OfRealm(role) => (None, role),
            Role::OfClient(ClientRole { client, role }) => (Some(client), role),
        };
        batches.entry((holder, client)).or_default().push((step, role));
    }
    let mut ids = Ids::default();
    for ((holder, client), roles) in batches {
        let Some(first) = roles.first().map(|(step, _)| *step) else { continue };
        match ids.ends(&holder, client, first, created, target).await {
            Ok(Some(ends)) => map(&holder, &ends, roles, target, &mut linked).await,
            Ok(None) => {
                for (step, _) in roles {
                    linked.add(&[step], &Ok(()));
                }
            }
            Err(error) => {
                for (step, _) in roles {
                    linked.add(&[step], &Err(error.clone()));
                }
            }
        }
    }
    linked
}

/// Keycloak's ids of who holds mappings, and of the client whose roles they map; none for roles of the realm.
struct Ends {
    holder: String,
    client: Option<String>,
}

/// Maps roles of the realm or of one client, or takes them away: one call.
async fn map(
    holder: &Holder,
    ends: &Ends,
    roles: Vec<(&Step, String)>,
    target: &Target<'_>,
    linked: &mut Linked,
) {
    let mut batch = Batch::default();
    for (step, name) in roles {
        let role = match &ends.client {
            None => roles::target_of(step, &name, target).await,
            // A call knows these by name.
            Some(_) => Ok(Some(RoleRepresentation { name: Some(name), ..RoleRepresentation::default() })),
        };
        batch.add(step, role, linked);
    }
    if let Some(first) = batch.first() {
        linked.add(&batch.steps, &call(first, holder, ends, &batch, target).await);
    }
}

async fn call(
    step: &Step,
    holder: &Holder,
    ends: &Ends,
    batch: &Batch<'_>,
    target: &Target<'_>,
) -> Result<(), SyncError> {
    target.may_still(step)?;
    let (api, realm, id, roles) = (target.api, target.realm, ends.holder.as_str(), &batch.roles);
    let removes = step.action == Action::Unlink;
    let done = match (holder, ends.client.as_deref(), removes) {
        (Holder::Client(_), None, false) => api.client_scope_mappings_realm_add(realm, id, roles).await,
        (Holder::Client(_), None, true) => api.client_scope_mappings_realm_remove(realm, id, roles).await,
        (Holder::Client(_), Some(client), false) => {
            api.client_scope_mappings_client_add(realm, id, client, roles).await
        }
        (Holder::Client(_), Some(client), true) => {
            api.client_scope_mappings_client_remove(realm, id, client, roles).await
        }
        (Holder::Scope(_), None, false) => api.scope_scope_mappings_realm_add(realm, id, roles).await,
        (Holder::Scope(_), None, true) => api.scope_scope_mappings_realm_remove(realm, id, roles).await,
        (Holder::Scope(_), Some(client), false) => {
            api.scope_scope_mappings_client_add(realm, id, client, roles).await
        }
        (Holder::Scope(_), Some(client), true) => {
            api.scope_scope_mappings_client_remove(realm, id, client, roles).await
        }
    };
    done.map_err(SyncError::call(step.action.into(), &step.object))
}

/// Keycloak's ids of clients and client scopes, each looked up once, the scopes all together.
#[derive(Default)]
struct Ids {
    clients: BTreeMap<String, Option<String>>,
    scopes: ScopeIds,
}

impl Ids {
    /// Of both ends of mappings. `None` where they are to be taken away and went with one of the two.
    async fn ends(
        &mut self,
        holder: &Holder,
        client: Option<String>,
        step: &Step,
        created: Created<'_>,
        target: &Target<'_>,
    ) -> Result<Option<Ends>, SyncError> {
        let Some(id) = self.of(holder, step, created, target).await? else {
            return without_end(step, holder.identity()).map(|()| None);
        };
        let Some(client) = client.map(Holder::Client) else {
            return Ok(Some(Ends { holder: id, client: None }));
        };
        match self.of(&client, step, created, target).await? {
            None => without_end(step, client.identity()).map(|()| None),
            of_client => Ok(Some(Ends { holder: id, client: of_client })),
        }
    }

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
            Holder::Scope(scope) => self.scopes.id(scope, step, target).await,
        }
    }
}

fn tokens_of(holder: &Holder) -> String {
    match holder {
        Holder::Client(client) => format!("tokens of client {client}"),
        Holder::Scope(scope) => format!("tokens with client scope {scope}"),
    }
}

/// Whose tokens are to carry which role of a client; nothing for a role of the realm.
pub(crate) fn of_a_client_role(target: &str) -> Option<(String, ClientRole)> {
    let Mapping { holder, role } = target.parse::<Mapping>().ok()?;
    match role {
        Role::OfClient(role) => Some((tokens_of(&holder), role)),
        Role::OfRealm(_) => None,
    }
}

/// Why a mapping changes nothing, as a sentence without its end.
pub(crate) fn without_effect(link: &Link) -> Option<String> {
    let mapping = mapping_of(link)?;
    let field = field_of(&mapping.role);
    let client = mapping.holder.client()?;
    Some(format!(
        "{field}: client {client} has full scope, so its tokens carry all roles of their users and what is mapped to it changes \
         nothing; turn fullScopeAllowed off for the client in Keycloak, or take the entry out"
    ))
}

/// The field that asks for such mappings.
fn field_of(role: &Role) -> &'static str {
    match role {
        Role::OfRealm(_) => "spec.scopeMappings",
        Role::OfClient(_) => "spec.clientScopeMappings",
    }
}

/// What is to be mapped and does not exist, as a sentence without its end.
pub(crate) fn missing(link: &Link) -> Option<String> {
    let mapping = mapping_of(link)?;
    let (field, holder) = (field_of(&mapping.role), tokens_of(&mapping.holder));
    let role = match &mapping.role {
        Role::OfRealm(role) => format!("the role {role}"),
        Role::OfClient(ClientRole { client, role }) => format!("the role {role} of client {client}"),
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
