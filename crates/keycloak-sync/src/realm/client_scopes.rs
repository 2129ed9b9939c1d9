//! Client scopes of a realm with their mappers, and which of them new clients get.

mod built_in;
mod export;
mod mapper_types;
mod refusal;

use std::collections::{BTreeMap, BTreeSet};

use keycloak_admin::types::{ClientScopeRepresentation, ProtocolMapperRepresentation, RealmRepresentation};
use keycloak_admin::{AdminError, queries};
use keycloak_crds::client::Protocol;
use keycloak_crds::realm::{ClientScope, KeycloakRealmSpec, ProtocolMapper};
use keycloak_plan::kinds::{
    CLIENT, CLIENT_SCOPE, DEFAULT_CLIENT_SCOPE, OPTIONAL_CLIENT_SCOPE, PROTOCOL_MAPPER, REALM_DEFAULT_SCOPE,
    REALM_OPTIONAL_SCOPE,
};
use keycloak_plan::{Action, Desired, Identity, Link, Live, LiveState, Relation, Step};
use serde_json::{Map, Value};

pub(crate) use export::{export, lacks};
pub use refusal::ScopeRefusal;
pub(crate) use refusal::in_both;
use refusal::refused_in;

use super::links::{Linked, without_end};
use super::parts::{Created, Look, Needed, Wanted};
use crate::client;
use crate::error::{SyncError, Verb};
use crate::execute::{Target, body, deleted, no_call, server_id};
use crate::fields::{FieldRefusal, Fields, text_map};
use crate::observed::json;

/// Client scopes that Keycloak makes with each realm.
pub(crate) const BUILT_IN: [&str; 15] = [
    "AuthnContextClassRef",
    "acr",
    "address",
    "basic",
    "email",
    "microprofile-jwt",
    "offline_access",
    "organization",
    "phone",
    "profile",
    "role_list",
    "roles",
    "saml_organization",
    "service_account",
    "web-origins",
];

/// Those of them that it gives to new clients, whatever its version.
pub(crate) const BUILT_IN_DEFAULTS: [&str; 8] =
    ["acr", "basic", "email", "profile", "role_list", "roles", "saml_organization", "web-origins"];

/// Those of them that new clients may ask for.
pub(crate) const BUILT_IN_OPTIONAL: [&str; 5] =
    ["address", "microprofile-jwt", "offline_access", "organization", "phone"];

/// Clients per page, when it is asked who uses a scope that would be deleted.
const PAGE: i32 = 100;

/// No more pages than these are read. Where they do not tell that nobody uses a scope, it counts as used.
const PAGES: i32 = 20;

fn identity(name: &str) -> Identity {
    Identity::new(&CLIENT_SCOPE, name)
}

/// What a spec wants of client scopes.
pub(crate) fn desired(spec: &KeycloakRealmSpec, wanted: &mut Wanted, refused: &mut Vec<FieldRefusal>) {
    refused.extend(refused_in(spec).into_iter().map(FieldRefusal::Scope));
    let mut names = BTreeSet::new();
    for scope in spec.client_scopes.iter().flatten().filter(|scope| names.insert(scope.name.as_str())) {
        if BUILT_IN.contains(&scope.name.as_str()) {
            wanted.made_with_realm.insert(identity(&scope.name));
        }
        wanted.objects.push(Desired::new(&CLIENT_SCOPE, &scope.name, representation(scope)));
    }
    let lists = [
        (&spec.default_client_scopes, &REALM_DEFAULT_SCOPE),
        (&spec.optional_client_scopes, &REALM_OPTIONAL_SCOPE),
    ];
    for (list, relation) in lists {
        for name in list.iter().flatten() {
            wanted.link(super::identity(&spec.realm_name), relation, name.as_str());
        }
    }
}

fn representation(scope: &ClientScope) -> Map<String, Value> {
    let ClientScope { name: _, description, protocol, attributes, protocol_mappers } = scope;
    let mappers = protocol_mappers.as_ref().map(|mappers| {
        let mappers = mappers.iter().map(|mapper| client::mapper(&of_scope(mapper, *protocol)));
        mappers.collect::<Vec<_>>()
    });
    let mut fields = Fields::default();
    fields
        .set("description", description.clone())
        .set("protocol", protocol.map(Protocol::as_str))
        .set("attributes", attributes.as_ref().map(text_map))
        .set("protocolMappers", mappers);
    fields.into_map()
}

/// A mapper that says no protocol has that of its scope.
fn of_scope(mapper: &ProtocolMapper, scope: Option<Protocol>) -> ProtocolMapper {
    ProtocolMapper { protocol: mapper.protocol.or(scope), ..mapper.clone() }
}

/// Adds the client scopes and which of them new clients get, as the export shows them, and who uses those that would be
/// deleted.
pub(crate) async fn observe(look: &Look<'_>, mut live: LiveState) -> Result<LiveState, SyncError> {
    let Some(whole) = look.whole.filter(|_| look.needed.has(&CLIENT_SCOPE)) else { return Ok(live) };
    let scopes = whole.client_scopes.as_deref().unwrap_or_default();
    let leaving: BTreeSet<&str> =
        look.needed.leaving(&CLIENT_SCOPE).into_iter().map(Identity::name).collect();
    let there = scopes.iter().filter_map(|scope| scope.name.as_deref());
    let uses = uses(look, there.filter(|name| leaving.contains(name)).collect()).await?;
    for scope in scopes {
        let Some(name) = scope.name.as_deref() else { continue };
        if !look.needed.declares(&CLIENT_SCOPE) {
            live = live.target(&REALM_DEFAULT_SCOPE, name, scope.id.as_deref());
            continue;
        }
        let mut found = Live::new(json(scope));
        if BUILT_IN.contains(&name) {
            found = found.built_in();
        }
        if let Some(uses) = uses.get(name) {
            found = uses.told(found);
        }
        live = live.present(identity(name), found);
    }
    let held = [
        (&REALM_DEFAULT_SCOPE, &whole.default_default_client_scopes),
        (&REALM_OPTIONAL_SCOPE, &whole.default_optional_client_scopes),
    ];
    for (relation, names) in held {
        let names = names.iter().flatten().map(String::as_str);
        live = live.links(super::identity(look.realm), relation, names);
        for (_, target) in look.needed.targets(relation) {
            let there = scopes.iter().any(|scope| scope.name.as_deref() == Some(target));
            if !there {
                live = live.target(relation, target, None);
            }
        }
    }
    Ok(live)
}

/// What a realm that is to be made will have of scopes: those that Keycloak makes, and of them new clients get what it gives
/// them.
pub(crate) fn of_no_realm(realm: &str, needed: Needed<'_>, mut live: LiveState) -> LiveState {
    let lists =
        [(&REALM_DEFAULT_SCOPE, &BUILT_IN_DEFAULTS[..]), (&REALM_OPTIONAL_SCOPE, &BUILT_IN_OPTIONAL[..])];
    for (relation, names) in lists {
        live = live.links(super::identity(realm), relation, names.iter().copied());
        for (_, target) in needed.targets(relation) {
            if !BUILT_IN.contains(&target) && !needed.wants(|wanted| *wanted == identity(target)) {
                live = live.target(relation, target, None);
            }
        }
    }
    live
}

/// How many clients use a scope.
#[derive(Clone, Copy, Debug, Default)]
struct Uses {
    clients: u64,
    /// There may be more.
    or_more: bool,
}

impl Uses {
    fn told(self, live: Live) -> Live {
        live.held(self.clients, if self.or_more { "clients or more" } else { "clients" })
    }
}

/// Looks which clients use these scopes, page by page until each has a user. A scope of which it could not be found out is
/// not in the answer.
async fn uses<'s>(look: &Look<'_>, scopes: BTreeSet<&'s str>) -> Result<BTreeMap<&'s str, Uses>, SyncError> {
    let mut uses: BTreeMap<&str, Uses> = scopes.iter().map(|scope| (*scope, Uses::default())).collect();
    for page in 0..PAGES {
        if uses.values().all(|uses| uses.clients > 0) {
            break;
        }
        let query = queries::ClientListQuery {
            first: Some(page * PAGE),
            max: Some(PAGE),
            ..queries::ClientListQuery::default()
        };
        let clients = look.api.client_list(look.realm, query).await;
        let clients = clients.map_err(SyncError::call(Verb::Read, &super::identity(look.realm)))?;
        for client in &clients {
            let lists = [&client.default_client_scopes, &client.optional_client_scopes];
            let held: BTreeSet<&str> = lists.into_iter().flatten().flatten().map(String::as_str).collect();
            for (_, uses) in uses.iter_mut().filter(|(scope, _)| held.contains(**scope)) {
                uses.clients += 1;
            }
        }
        if clients.len() < usize::try_from(PAGE).unwrap_or_default() {
            return Ok(uses);
        }
    }
    uses.retain(|_, uses| uses.clients > 0);
    for used in uses.values_mut() {
        used.or_more = true;
    }
    Ok(uses)
}

/// One step on a client scope, or on a mapper of one. What is gone already is deleted.
pub(crate) async fn write(
    step: &Step,
    created: Created<'_>,
    target: &Target<'_>,
) -> Result<Option<String>, SyncError> {
    if *step.kind() == PROTOCOL_MAPPER {
        return write_mapper(step, created, target).await;
    }
    let failed = SyncError::call(step.action.into(), &step.object);
    let (api, realm) = (target.api, target.realm);
    match step.action {
        Action::Create => {
            let (scope, id) = body::<ClientScopeRepresentation>(step)?;
            mapper_types::check(step, scope.protocol_mappers.as_deref().unwrap_or_default(), target).await?;
            let made = api.scope_create(realm, &scope).await.map_err(failed)?;
            Ok(made.id().map(str::to_owned).or(id))
        }
        Action::Update => {
            let (scope, _) = body::<ClientScopeRepresentation>(step)?;
            api.scope_update(realm, server_id(step)?, &scope).await.map_err(failed)?;
            Ok(None)
        }
        Action::Delete => {
            deleted(api.scope_delete(realm, server_id(step)?).await).map_err(failed)?;
            Ok(None)
        }
        Action::Link | Action::Unlink => Err(no_call(step)),
    }
}

async fn write_mapper(
    step: &Step,
    created: Created<'_>,
    target: &Target<'_>,
) -> Result<Option<String>, SyncError> {
    let failed = SyncError::call(step.action.into(), &step.object);
    let (api, realm) = (target.api, target.realm);
    let scope = created.parent_of(step)?;
    match step.action {
        Action::Create => {
            let (mapper, id) = body::<ProtocolMapperRepresentation>(step)?;
            mapper_types::check(step, std::slice::from_ref(&mapper), target).await?;
            let made = api.scope_mapper_create(realm, scope, &mapper).await.map_err(failed)?;
            Ok(made.id().map(str::to_owned).or(id))
        }
        Action::Update => {
            let (mapper, _) = body::<ProtocolMapperRepresentation>(step)?;
            mapper_types::check(step, std::slice::from_ref(&mapper), target).await?;
            api.scope_mapper_update(realm, scope, server_id(step)?, &mapper).await.map_err(failed)?;
            Ok(None)
        }
        Action::Delete => {
            deleted(api.scope_mapper_delete(realm, scope, server_id(step)?).await).map_err(failed)?;
            Ok(None)
        }
        Action::Link | Action::Unlink => Err(no_call(step)),
    }
}

/// Scopes by one relation: those that new clients of a realm get, or those of one client.
///
/// A scope is a default, or optional, or neither. Keycloak does not make an optional one a default before it is taken out: it
/// refuses that for a realm, and does nothing for a client. Taking a scope out of either list takes it out of the other too. So
/// both are read first.
pub(crate) async fn link(steps: &[&Step], created: Created<'_>, target: &Target<'_>) -> Linked {
    let Some(first) = steps.first() else { return Linked::default() };
    let mut lists = match Lists::read(first, created, target).await {
        Ok(lists) => lists,
        Err(error) => return Linked::all(steps, &Err(error)),
    };
    let mut linked = Linked::default();
    for &step in steps {
        linked.add(&[step], &lists.link(step, created, target).await);
    }
    linked
}

/// Who has scopes.
enum Holder {
    /// The realm, for new clients.
    Realm,
    /// A client, by Keycloak's id of it.
    Client(String),
}

impl Holder {
    fn of(step: &Step, created: Created<'_>) -> Result<Self, SyncError> {
        if *step.kind() != CLIENT {
            return Ok(Self::Realm);
        }
        let id = step.server_id.as_deref().or_else(|| created.id(&step.object));
        let id = id.ok_or_else(|| SyncError::Incomplete {
            verb: step.action.into(),
            object: step.object.clone(),
            lacks: "id in Keycloak",
        })?;
        Ok(Self::Client(id.to_owned()))
    }

    async fn scopes(
        &self,
        default: bool,
        target: &Target<'_>,
    ) -> Result<Vec<ClientScopeRepresentation>, AdminError> {
        let Target { api, realm, .. } = *target;
        match (self, default) {
            (Self::Realm, true) => api.realm_default_scopes(realm).await,
            (Self::Realm, false) => api.realm_optional_scopes(realm).await,
            (Self::Client(client), true) => api.client_default_scopes(realm, client).await,
            (Self::Client(client), false) => api.client_optional_scopes(realm, client).await,
        }
    }

    async fn put(&self, default: bool, id: &str, target: &Target<'_>) -> Result<(), AdminError> {
        let Target { api, realm, .. } = *target;
        match (self, default) {
            (Self::Realm, true) => api.realm_default_scope_add(realm, id).await,
            (Self::Realm, false) => api.realm_optional_scope_add(realm, id).await,
            (Self::Client(client), true) => api.client_default_scope_add(realm, client, id).await,
            (Self::Client(client), false) => api.client_optional_scope_add(realm, client, id).await,
        }
    }

    async fn take_out(&self, default: bool, id: &str, target: &Target<'_>) -> Result<(), AdminError> {
        let Target { api, realm, .. } = *target;
        deleted(match (self, default) {
            (Self::Realm, true) => api.realm_default_scope_remove(realm, id).await,
            (Self::Realm, false) => api.realm_optional_scope_remove(realm, id).await,
            (Self::Client(client), true) => api.client_default_scope_remove(realm, client, id).await,
            (Self::Client(client), false) => api.client_optional_scope_remove(realm, client, id).await,
        })
    }
}

/// The scopes that somebody has, as they were read.
struct Lists {
    holder: Holder,
    /// Whether links are about those that are got unasked.
    are_defaults: bool,
    /// The list that links are about.
    here: Vec<ClientScopeRepresentation>,
    /// The other one.
    elsewhere: Vec<ClientScopeRepresentation>,
    /// All scopes of the realm, once one was asked for that was not read, because it was made with the realm just now, or because
    /// a link that leads there is all that is known of it.
    all: ScopeIds,
}

impl Lists {
    async fn read(first: &Step, created: Created<'_>, target: &Target<'_>) -> Result<Self, SyncError> {
        let failed = || SyncError::call(first.action.into(), &first.object);
        let holder = Holder::of(first, created)?;
        let are_defaults = first.link.as_ref().is_some_and(|link| {
            *link.relation == REALM_DEFAULT_SCOPE || *link.relation == DEFAULT_CLIENT_SCOPE
        });
        let here = holder.scopes(are_defaults, target).await.map_err(failed())?;
        let elsewhere = holder.scopes(!are_defaults, target).await.map_err(failed())?;
        Ok(Self { holder, are_defaults, here, elsewhere, all: ScopeIds::default() })
    }

    async fn link(
        &mut self,
        step: &Step,
        created: Created<'_>,
        target: &Target<'_>,
    ) -> Result<(), SyncError> {
        let Some(name) = step.link.as_ref().map(|link| link.target.as_str()) else {
            return Err(no_call(step));
        };
        let Some(id) = self.id(step, name, created, target).await? else {
            return without_end(step, identity(name));
        };
        let failed = || SyncError::call(step.action.into(), &step.object);
        let is = |scope: &ClientScopeRepresentation| scope.name.as_deref() == Some(name);
        let (is_here, is_elsewhere) = (self.here.iter().any(is), self.elsewhere.iter().any(is));
        let put = step.action == Action::Link;
        if put == is_here {
            return Ok(());
        }
        target.may_still(step)?;
        if is_elsewhere && put {
            self.holder.take_out(!self.are_defaults, &id, target).await.map_err(failed())?;
        }
        let done = if put {
            self.holder.put(self.are_defaults, &id, target).await
        } else {
            self.holder.take_out(self.are_defaults, &id, target).await
        };
        done.map_err(failed())
    }

    /// Keycloak's id of a scope. `None` where it is not there.
    async fn id(
        &mut self,
        step: &Step,
        name: &str,
        created: Created<'_>,
        target: &Target<'_>,
    ) -> Result<Option<String>, SyncError> {
        if let Some(id) = step.target_id.as_deref().or_else(|| created.id(&identity(name))) {
            return Ok(Some(id.to_owned()));
        }
        self.all.id(name, step, target).await
    }
}

/// Keycloak's ids of the client scopes of a realm, by name: read together, when one is asked for.
#[derive(Default)]
pub(crate) struct ScopeIds(Option<BTreeMap<String, String>>);

impl ScopeIds {
    /// The id of this scope. `None` where it is not there.
    pub(crate) async fn id(
        &mut self,
        name: &str,
        step: &Step,
        target: &Target<'_>,
    ) -> Result<Option<String>, SyncError> {
        let ids = match &mut self.0 {
            Some(ids) => ids,
            none => {
                let all = target.api.scope_list(target.realm).await;
                let all = all.map_err(SyncError::call(step.action.into(), &step.object))?;
                none.insert(all.into_iter().filter_map(|scope| Some((scope.name?, scope.id?))).collect())
            }
        };
        Ok(ids.get(name).cloned())
    }
}

/// A scope that new clients are to get and that does not exist, as a sentence without its end.
pub(crate) fn missing(link: &Link) -> Option<String> {
    let scope = &link.target;
    let is_of_realm = *link.relation == REALM_DEFAULT_SCOPE || *link.relation == REALM_OPTIONAL_SCOPE;
    is_of_realm.then(|| {
        format!("new clients are to have the client scope {scope}, which this realm does not have: declare it in spec.clientScopes")
    })
}

/// Adds what an export needs to settings that were read.
pub(crate) fn take(live: &mut RealmRepresentation, whole: &mut RealmRepresentation) {
    live.client_scopes = whole.client_scopes.take();
    live.default_default_client_scopes = whole.default_default_client_scopes.take();
    live.default_optional_client_scopes = whole.default_optional_client_scopes.take();
}

/// The relations between a realm and the scopes that new clients get, and between a client and those that it has.
pub(crate) fn is_relation(relation: &Relation) -> bool {
    let all = [&REALM_DEFAULT_SCOPE, &REALM_OPTIONAL_SCOPE, &DEFAULT_CLIENT_SCOPE, &OPTIONAL_CLIENT_SCOPE];
    all.into_iter().any(|known| *known == *relation)
}

#[cfg(test)]
mod tests;
