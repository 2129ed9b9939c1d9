//! Roles of a realm: what a spec wants of them, what is there, and how they are written.

mod export;
mod refusal;

use std::collections::{BTreeMap, BTreeSet};

use keycloak_admin::queries;
use keycloak_admin::types::{GroupRepresentation, RealmRepresentation, RoleRepresentation};
use keycloak_crds::realm::KeycloakRealmSpec;
use keycloak_crds::realm::membership::RealmRole;
use keycloak_plan::kinds::{
    CLIENT_ROLE, CLIENT_ROLE_OF_CLIENT_ROLE, CLIENT_ROLE_OF_ROLE, COMPOSITE_OF_ROLE, REALM_ROLE,
};
use keycloak_plan::{Action, Desired, FieldPath, Identity, Link, Live, LiveState, Refusal, Relation, Step};
use serde_json::{Map, Value};

pub(crate) use export::{export, lacks};
pub use refusal::RoleRefusal;
pub(crate) use refusal::cycle;
use refusal::refused_in;

use super::client_role::{self, ClientRole};
use super::links::{Batch, Linked, named, without_end};
use super::parts::{Created, Look, Lookups, Needed, Wanted, whole_with_clients};
use crate::error::{SyncError, Verb};
use crate::execute::{Target, body, deleted, no_call, server_id};
use crate::fields::{FieldRefusal, Fields, list_map};
use crate::observed::json;

/// Roles that Keycloak makes with each realm, beside its [`default_role`].
pub(super) const BUILT_IN: [&str; 2] = ["offline_access", "uma_authorization"];

/// How many users are counted who hold a role that would be deleted.
const COUNTED: u64 = 100;

/// For how many roles that would be deleted it is asked who holds them. Of further ones nothing is said, so they count as held.
const ASKED: usize = 100;

/// More roles than these are looked up in one list.
const ONE_BY_ONE: usize = 5;

/// Name of the role that holds what new users get, in a realm of this name.
fn default_role(realm: &str) -> String {
    format!("default-roles-{}", realm.to_lowercase())
}

fn identity(name: &str) -> Identity {
    Identity::new(&REALM_ROLE, name)
}

/// The roles of a spec, each with the field it stands in.
fn declared(spec: &KeycloakRealmSpec) -> impl Iterator<Item = &RealmRole> {
    let listed = spec.roles.iter().flat_map(|roles| roles.realm_roles.iter().flatten());
    listed.chain(&spec.default_role)
}

/// What a spec wants of roles.
pub(crate) fn desired(spec: &KeycloakRealmSpec, wanted: &mut Wanted, refused: &mut Vec<FieldRefusal>) {
    refused.extend(refused_in(spec).into_iter().map(FieldRefusal::Role));
    let default = default_role(&spec.realm_name);
    let mut names = BTreeSet::new();
    for role in declared(spec).filter(|role| names.insert(role.name.as_str())) {
        let holder = identity(&role.name);
        if role.name == default || BUILT_IN.contains(&role.name.as_str()) {
            wanted.built_in.insert(holder.clone());
        }
        wanted.objects.push(Desired::new(&REALM_ROLE, &role.name, representation(role)));
        for held in role.composite_roles.iter().flatten() {
            wanted.link(holder.clone(), &COMPOSITE_OF_ROLE, held.as_str());
        }
        for held in client_role::declared(role.composite_client_roles.as_ref()) {
            wanted.link(holder.clone(), &CLIENT_ROLE_OF_ROLE, held.to_string());
        }
    }
    for held in spec.default_roles.iter().flatten() {
        wanted.link(identity(&default), &COMPOSITE_OF_ROLE, held.as_str());
    }
}

fn representation(role: &RealmRole) -> Map<String, Value> {
    let RealmRole {
        name: _,
        description,
        attributes,
        // It follows from what the role holds.
        composite: _,
        client_role: _,
        // A note for people, as exports have it.
        container_id: _,
        // Links.
        composite_roles: _,
        composite_client_roles: _,
    } = role;
    let mut fields = Fields::default();
    fields.set("description", description.clone()).set("attributes", attributes.as_ref().map(list_map));
    fields.into_map()
}

/// Adds all roles with what they hold, as the export shows them; and who holds those that would be deleted.
pub(crate) async fn observe(look: &Look<'_>, mut live: LiveState) -> Result<LiveState, SyncError> {
    let Some(whole) = look.whole.filter(|_| look.needed.has(&REALM_ROLE)) else { return Ok(live) };
    let roles = whole.roles.as_ref().and_then(|roles| roles.realm.as_deref()).unwrap_or_default();
    let names = Names::of(look.settings);
    let gone = look.needed.leaving(&REALM_ROLE);
    let leaving: Leaving<'_> = roles
        .iter()
        .filter_map(|role| {
            let name = role.name.as_deref()?;
            gone.contains(&identity(names.known_as(name)?)).then_some((name, role))
        })
        .collect();
    let asked = holders(look, roles, whole.groups.as_deref(), &leaving).await?;
    for role in roles {
        let Some(name) = role.name.as_deref() else { continue };
        let Some(identity) = names.known_as(name).map(identity) else { continue };
        let mut found = Live::new(json(role));
        if names.is_built_in(name) {
            found = found.built_in();
        }
        if let Some(holders) = asked.get(name) {
            found = holders.told(found);
        }
        let (of_realm, of_clients) = held(role);
        let of_realm: Vec<&str> = of_realm.into_iter().filter_map(|role| names.known_as(role)).collect();
        let texts: Vec<String> = of_clients.iter().map(ToString::to_string).collect();
        live = live
            .links(identity.clone(), &COMPOSITE_OF_ROLE, of_realm)
            .links(identity.clone(), &CLIENT_ROLE_OF_ROLE, texts.iter().map(String::as_str))
            .present(identity, found);
    }
    Ok(absent_roles(look.needed, &COMPOSITE_OF_ROLE, &[], live))
}

/// Says of roles of the realm to which links of this relation are to lead, and which were not found, that they are not there;
/// but for those that Keycloak is about to make.
pub(super) fn absent_roles(
    needed: Needed<'_>,
    relation: &'static Relation,
    made: &[&str],
    mut live: LiveState,
) -> LiveState {
    for (_, target) in needed.targets(relation) {
        if !made.contains(&target) && !live.knows(&identity(target)) {
            live = live.absent(identity(target));
        }
    }
    live
}

/// What a realm that is to be made will have of roles: those that Keycloak makes.
pub(crate) fn of_no_realm(realm: &str, needed: Needed<'_>, mut live: LiveState) -> LiveState {
    let default = identity(&default_role(realm));
    for relation in [&COMPOSITE_OF_ROLE, &CLIENT_ROLE_OF_ROLE] {
        if needed.targets(relation).any(|(holder, _)| *holder == default) {
            live = live.links(default.clone(), relation, []);
        }
    }
    absent_roles(needed, &COMPOSITE_OF_ROLE, &BUILT_IN, live)
}

/// What a role is to hold and what does not exist, as a sentence without its end.
pub(crate) fn missing(holder: &Identity, link: &Link) -> Option<String> {
    if *link.relation == COMPOSITE_OF_ROLE {
        let role = &link.target;
        return Some(format!(
            "{holder} is to hold the role {role}, which this realm does not have: declare it in spec.roles.realmRoles"
        ));
    }
    let ClientRole { client, role } = link.target.parse().ok()?;
    let is_of_role = *link.relation == CLIENT_ROLE_OF_ROLE;
    is_of_role
        .then(|| format!("{holder} is to hold the role {role} of client {client}, which does not exist yet"))
}

/// What a realm calls the role that holds what new users get, which objects know by its [usual](default_role) name: one that was
/// renamed, or imported, has another name for it.
pub(super) struct Names {
    usual: String,
    real: String,
}

impl Names {
    /// Of a realm with these settings.
    pub(super) fn of(settings: &RealmRepresentation) -> Self {
        let usual = default_role(settings.realm.as_deref().unwrap_or_default());
        let real = settings.default_role.as_ref().and_then(|role| role.name.clone());
        Self { real: real.unwrap_or_else(|| usual.clone()), usual }
    }

    fn is_built_in(&self, name: &str) -> bool {
        name == self.real || BUILT_IN.contains(&name)
    }

    /// What objects call the role that the realm has under this name. `None` for one that has the usual name of the default role and
    /// is another one: no object can mean it.
    pub(super) fn known_as<'n>(&'n self, name: &'n str) -> Option<&'n str> {
        if name == self.real { Some(&self.usual) } else { Some(name).filter(|name| *name != self.usual) }
    }

    /// Why this role cannot be asked for in a realm of these names.
    pub(super) fn refusal(&self, role: &Identity) -> Option<Refusal> {
        let is_it = self.real != self.usual && *role == identity(&self.real);
        let why = || {
            format!(
                "in this realm the role that holds what new users get has this name; declare it as spec.defaultRole, by the name {}",
                self.usual
            )
        };
        is_it.then(|| Refusal::Area { path: FieldPath::field("name"), why: why() })
    }
}

/// What a role holds: roles of the realm, and of clients.
fn held(role: &RoleRepresentation) -> (Vec<&str>, Vec<ClientRole>) {
    let Some(held) = &role.composites else { return Default::default() };
    let of_realm = held.realm.iter().flatten().map(String::as_str).collect();
    (of_realm, client_role::shown(held.client.as_ref()).collect())
}

/// Who holds a role.
#[derive(Debug, Default)]
struct Holders {
    users: u64,
    groups: u64,
    roles: u64,
}

/// Roles of the realm that would be deleted, by name.
type Leaving<'r> = BTreeMap<&'r str, &'r RoleRepresentation>;

/// Looks who holds roles that would be deleted, of as many as are asked about: users by a call for each, the rest is in the export,
/// and in the one with clients.
async fn holders<'r>(
    look: &Look<'_>,
    roles: &[RoleRepresentation],
    groups: Option<&[GroupRepresentation]>,
    leaving: &Leaving<'r>,
) -> Result<BTreeMap<&'r str, Holders>, SyncError> {
    let mut asked = BTreeMap::new();
    if leaving.is_empty() {
        return Ok(asked);
    }
    let by_clients = held_by_clients(look).await?;
    for &name in leaving.keys().take(ASKED) {
        let holding = roles.iter().filter(|other| {
            let stays = other.name.as_deref().is_some_and(|name| !leaving.contains_key(name));
            stays && held(other).0.contains(&name)
        });
        let holding = holding.count() + usize::from(by_clients.contains(name));
        let query = queries::RoleUsersQuery {
            brief_representation: Some(true),
            first: Some(0),
            max: i32::try_from(COUNTED).ok(),
        };
        let users = look.api.role_users(look.realm, name, query).await;
        let users = users.map_err(SyncError::call(Verb::Read, &identity(name)))?;
        let holders = Holders {
            users: u64::try_from(users.len()).unwrap_or(COUNTED),
            groups: groups_with(groups.unwrap_or_default(), name),
            roles: u64::try_from(holding).unwrap_or_default(),
        };
        asked.insert(name, holders);
    }
    count_those_that_wait(&mut asked, leaving);
    Ok(asked)
}

/// A role that would be deleted holds others until it is gone. Where nobody holds it, all go together; but where somebody does, or
/// where nobody asked, its deletion waits, and so it counts as a holder. Deleted before it, what it holds would be taken from
/// whoever has it, without an approval.
fn count_those_that_wait<'r>(asked: &mut BTreeMap<&'r str, Holders>, leaving: &Leaving<'r>) {
    let waits = |name: &&'r str| asked.get(name).is_none_or(Holders::are_any);
    let mut next: Vec<&'r str> = leaving.keys().copied().filter(waits).collect();
    let mut waiting: BTreeSet<&'r str> = next.iter().copied().collect();
    while let Some(role) = next.pop().and_then(|name| leaving.get(name).copied()) {
        for name in held(role).0 {
            let Some(holders) = asked.get_mut(name) else { continue };
            holders.roles += 1;
            if waiting.insert(name) {
                next.push(name);
            }
        }
    }
}

/// Names of the realm's roles that roles of clients hold. Only the long export with all clients tells; it is taken where a role
/// would be deleted.
async fn held_by_clients(look: &Look<'_>) -> Result<BTreeSet<String>, SyncError> {
    let whole = whole_with_clients(look.api, look.realm).await?;
    let by_client = whole.roles.and_then(|roles| roles.client).unwrap_or_default();
    let roles = by_client.into_values().flatten().flatten();
    Ok(roles.filter_map(|role| role.composites?.realm).flatten().collect())
}

fn groups_with(groups: &[GroupRepresentation], role: &str) -> u64 {
    let with = |group: &GroupRepresentation| {
        let holds = group.realm_roles.iter().flatten().any(|held| held == role);
        u64::from(holds) + groups_with(group.sub_groups.as_deref().unwrap_or_default(), role)
    };
    groups.iter().map(with).sum()
}

impl Holders {
    fn are_any(&self) -> bool {
        self.users + self.groups + self.roles > 0
    }

    fn told(&self, live: Live) -> Live {
        let Self { users, groups, roles } = *self;
        let counted = [(users, "users"), (groups, "groups"), (roles, "roles")];
        let what: Vec<&str> = counted.iter().filter(|(count, _)| *count > 0).map(|(_, what)| *what).collect();
        let more = if users >= COUNTED { " or more" } else { "" };
        live.held(users + groups + roles, &format!("{}{more}", what.join(" and ")))
    }
}

/// Takes a step into the POST of a realm, if it can carry it: a role that is to be made, and what it holds of those that are made
/// with it.
pub(crate) fn carried(step: &Step, realm: &mut RealmRepresentation) -> bool {
    if *step.kind() != REALM_ROLE {
        return false;
    }
    match step.action {
        Action::Create => {
            let Ok((role, _)) = body::<RoleRepresentation>(step) else { return false };
            realm.roles.get_or_insert_default().realm.get_or_insert_default().push(role);
            true
        }
        Action::Link => carries_link(step, realm).is_some(),
        Action::Update | Action::Delete | Action::Unlink => false,
    }
}

fn carries_link(step: &Step, realm: &mut RealmRepresentation) -> Option<()> {
    let link = step.link.as_ref().filter(|link| *link.relation == COMPOSITE_OF_ROLE)?;
    let default = default_role(realm.realm.as_deref()?);
    let roles = realm.roles.as_mut()?.realm.as_mut()?;
    let named = |role: &RoleRepresentation, name: &str| role.name.as_deref() == Some(name);
    roles.iter().find(|role| named(role, &link.target))?;
    if step.object.name() == default {
        // By this list Keycloak adds to what it puts there itself; the role among the others would replace that.
        realm.default_roles.get_or_insert_default().push(link.target.clone());
        return Some(());
    }
    let holder = roles.iter_mut().find(|role| named(role, step.object.name()))?;
    holder.composite = Some(true);
    holder.composites.get_or_insert_default().realm.get_or_insert_default().push(link.target.clone());
    Some(())
}

/// One step on a role, of the realm or of a client. What is gone already is deleted. Keycloak tells no id of what it created.
pub(crate) async fn write(
    step: &Step,
    created: Created<'_>,
    target: &Target<'_>,
) -> Result<Option<String>, SyncError> {
    let failed = SyncError::call(step.action.into(), &step.object);
    let (api, realm) = (target.api, target.realm);
    match step.action {
        Action::Create => {
            let (role, _) = body::<RoleRepresentation>(step)?;
            if *step.kind() == CLIENT_ROLE {
                let client = created.parent_of(step)?;
                api.client_role_create(realm, client, &role).await.map_err(failed)?;
            } else {
                api.role_create(realm, &role).await.map_err(failed)?;
            }
            Ok(None)
        }
        Action::Update => {
            let (role, _) = body::<RoleRepresentation>(step)?;
            api.role_by_id_update(realm, server_id(step)?, &role).await.map_err(failed)?;
            Ok(None)
        }
        Action::Delete => {
            deleted(api.role_by_id_delete(realm, server_id(step)?).await).map_err(failed)?;
            Ok(None)
        }
        Action::Link | Action::Unlink => Err(no_call(step)),
    }
}

/// What one role holds, by one relation: one call for all of it, after those that tell ids of what was made just now.
pub(crate) async fn link(steps: &[&Step], lookups: &mut Lookups, target: &Target<'_>) -> Linked {
    let Some(first) = steps.first() else { return Linked::default() };
    let ids = match Ids::read(first, steps, lookups, target).await {
        Ok(ids) => ids,
        Err(error) => return Linked::all(steps, &Err(error)),
    };
    let (mut linked, mut batch) = (Linked::default(), Batch::default());
    for &step in steps {
        batch.add(step, ids.target(step, lookups, target).await, &mut linked);
    }
    if let Some(first) = batch.first() {
        linked.add(&batch.steps, &hold(first, &ids.holder, &batch, target).await);
    }
    linked
}

/// Puts roles into one that holds others, or takes them out of it.
async fn hold(step: &Step, holder: &str, batch: &Batch<'_>, target: &Target<'_>) -> Result<(), SyncError> {
    target.may_still(step)?;
    let done = if step.action == Action::Unlink {
        target.api.role_by_id_composites_remove(target.realm, holder, &batch.roles).await
    } else {
        target.api.role_by_id_composites_add(target.realm, holder, &batch.roles).await
    };
    done.map_err(SyncError::call(step.action.into(), &step.object))
}

fn without_id(step: &Step) -> SyncError {
    let (verb, object) = (step.action.into(), step.object.clone());
    SyncError::Incomplete { verb, object, lacks: "id in Keycloak" }
}

/// Keycloak's ids of roles of the realm that links are about: few that were made just now are read one by one, many in the list of
/// all.
struct Ids {
    /// Of who holds the links.
    holder: String,
    /// Of all roles by name, where they were listed.
    listed: Option<BTreeMap<String, String>>,
}

impl Ids {
    /// Of links that one role holds; `first` speaks for all.
    async fn read(
        first: &Step,
        steps: &[&Step],
        lookups: &mut Lookups,
        target: &Target<'_>,
    ) -> Result<Self, SyncError> {
        if *first.kind() == CLIENT_ROLE {
            return Self::of_client(first, lookups, target).await;
        }
        let failed = || SyncError::call(first.action.into(), &first.object);
        let is_new = |step: &&&Step| {
            let of_realm = step.link.as_ref().is_some_and(|link| *link.relation == COMPOSITE_OF_ROLE);
            of_realm && step.target_id.is_none()
        };
        let unknown = usize::from(first.server_id.is_none()) + steps.iter().filter(is_new).count();
        let mut listed: Option<BTreeMap<String, String>> = None;
        if unknown > ONE_BY_ONE {
            let roles = target.api.roles(target.realm).await.map_err(failed())?;
            listed = Some(roles.into_iter().filter_map(|role| Some((role.name?, role.id?))).collect());
        }
        let name = first.object.name();
        let holder = match (&first.server_id, &listed) {
            (Some(id), _) => Some(id.clone()),
            (None, Some(listed)) => listed.get(name).cloned(),
            (None, None) => target.api.role_get(target.realm, name).await.map_err(failed())?.id,
        };
        Ok(Self { holder: holder.ok_or_else(|| without_id(first))?, listed })
    }

    /// Of links that one role of a client holds; where they lead is looked up with its client.
    async fn of_client(first: &Step, lookups: &mut Lookups, target: &Target<'_>) -> Result<Self, SyncError> {
        let holder = if let Some(id) = &first.server_id {
            Some(id.clone())
        } else {
            let client = first.object.parent().map(Identity::name).unwrap_or_default().to_owned();
            let role = ClientRole { client, role: first.object.name().to_owned() };
            lookups.clients.role(target.api, target.realm, &role).await?
        };
        Ok(Self { holder: holder.ok_or_else(|| without_id(first))?, listed: None })
    }

    /// The role that a link leads to, by its id alone. `None` for a link that is to be taken away and whose role is gone.
    async fn target(
        &self,
        step: &Step,
        lookups: &mut Lookups,
        target: &Target<'_>,
    ) -> Result<Option<RoleRepresentation>, SyncError> {
        let Some(link) = &step.link else { return Err(no_call(step)) };
        let id = if step.target_id.is_some() {
            step.target_id.clone()
        } else if *link.relation == CLIENT_ROLE_OF_ROLE || *link.relation == CLIENT_ROLE_OF_CLIENT_ROLE {
            let Ok(role) = link.target.parse::<ClientRole>() else { return Err(no_call(step)) };
            client_role::target_of(step, &role, &mut lookups.clients, target).await?
        } else if let Some(listed) = &self.listed {
            let id = listed.get(&link.target).cloned();
            if id.is_none() {
                without_end(step, identity(&link.target))?;
            }
            id
        } else {
            target_of(step, &link.target, target).await?.and_then(|role| role.id)
        };
        Ok(id.map(|id| RoleRepresentation { id: Some(id), ..RoleRepresentation::default() }))
    }
}

/// The role of the realm that a link leads to, as a call names it. `None` for a link that is to be taken away and whose role is gone.
pub(super) async fn target_of(
    step: &Step,
    name: &str,
    target: &Target<'_>,
) -> Result<Option<RoleRepresentation>, SyncError> {
    if let Some(id) = &step.target_id {
        return Ok(Some(named(id.clone(), name.to_owned())));
    }
    match target.api.role_get(target.realm, name).await {
        Err(error) if error.is_not_found() => without_end(step, identity(name)).map(|()| None),
        role => role.map(Some).map_err(SyncError::call(step.action.into(), &step.object)),
    }
}

#[cfg(test)]
mod tests;
