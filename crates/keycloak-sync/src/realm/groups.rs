//! Groups of a realm with their subgroups and the roles of their members, and which of them new users join.

mod export;
mod refusal;
mod tree;

use std::collections::{BTreeMap, BTreeSet};

use keycloak_admin::queries;
use keycloak_admin::types::{GroupRepresentation, RealmRepresentation, RoleRepresentation};
use keycloak_crds::policy::ListMap;
use keycloak_crds::realm::KeycloakRealmSpec;
use keycloak_plan::kinds::{CLIENT_ROLE_OF_GROUP, DEFAULT_GROUP, GROUP, REALM_ROLE, ROLE_OF_GROUP};
use keycloak_plan::{Action, Desired, Identity, Link, Live, LiveState, Step};
use serde_json::{Map, Value};

pub(crate) use export::export;
pub use refusal::GroupRefusal;

use super::client_role::{self, ClientRole};
use super::parts::{Created, Look, Needed, Wanted, whole};
use super::roles;
use crate::error::{SyncError, Verb};
use crate::execute::{Target, body, no_call, server_id};
use crate::fields::{FieldRefusal, Fields};
use crate::observed::json;

/// How many members of a group that would be deleted are counted.
const COUNTED: u64 = 100;

/// Of how many groups that would be deleted it is asked who is in them. Of further ones nothing is said, so they count as full.
const ASKED: usize = 100;

fn identity(parent: Option<&Identity>, name: &str) -> Identity {
    match parent {
        Some(parent) => Identity::below(parent.clone(), &GROUP, name),
        None => Identity::new(&GROUP, name),
    }
}

/// The names of a group and of those it stands below, from the top.
fn names(group: &Identity) -> Vec<&str> {
    let mut names: Vec<&str> =
        std::iter::successors(Some(group), |group| group.parent()).map(Identity::name).collect();
    names.reverse();
    names
}

/// The path of a group, as Keycloak writes it.
fn path(group: &Identity) -> String {
    format!("/{}", names(group).join("/"))
}

/// What a spec wants of groups.
pub(crate) fn desired(spec: &KeycloakRealmSpec, wanted: &mut Wanted, refused: &mut Vec<FieldRefusal>) {
    let mut faults = Vec::new();
    for group in tree::declared(spec, &mut faults) {
        let mut fields = Fields::default();
        fields.set("attributes", group.attributes.as_ref().map(lists));
        let desired = Desired::new(&GROUP, group.identity.name(), fields.into_map());
        wanted.objects.push(match group.identity.parent() {
            Some(parent) => desired.below(parent.clone()),
            None => desired,
        });
        for role in &group.realm_roles {
            wanted.link(group.identity.clone(), &ROLE_OF_GROUP, role.as_str());
        }
        for role in of_clients(&group.client_roles) {
            wanted.link(group.identity.clone(), &CLIENT_ROLE_OF_GROUP, role.to_string());
        }
    }
    for default in spec.default_groups.iter().flatten() {
        let path = format!("/{}", default.trim_start_matches('/'));
        if path.split('/').skip(1).any(str::is_empty) {
            faults.push(GroupRefusal::DefaultGroup(default.clone()));
        } else {
            wanted.link(super::identity(&spec.realm_name), &DEFAULT_GROUP, path);
        }
    }
    refused.extend(faults.into_iter().map(FieldRefusal::Group));
}

fn lists(map: &ListMap) -> Map<String, Value> {
    map.iter().map(|(key, values)| (key.clone(), Value::from(values.clone()))).collect()
}

fn of_clients(map: &ListMap) -> impl Iterator<Item = ClientRole> {
    map.iter().flat_map(|(client, roles)| {
        roles.iter().map(|role| ClientRole { client: client.clone(), role: role.clone() })
    })
}

/// A group of the server's tree.
struct Found<'a> {
    identity: Identity,
    group: &'a GroupRepresentation,
}

/// Every group of a tree, each after the one it stands below.
fn flat<'a>(groups: &'a [GroupRepresentation], parent: Option<&Identity>) -> Vec<Found<'a>> {
    let mut found = Vec::new();
    for group in groups {
        let identity = identity(parent, group.name.as_deref().unwrap_or_default());
        let below = flat(group.sub_groups.as_deref().unwrap_or_default(), Some(&identity));
        found.push(Found { identity, group });
        found.extend(below);
    }
    found
}

/// Adds all groups with the roles of their members and which of them new users join, as the export shows them; who is in those
/// that would be deleted; and which roles of clients that are to be given exist.
pub(crate) async fn observe(look: &Look<'_>, mut live: LiveState) -> Result<LiveState, SyncError> {
    let Some(whole) = look.whole.filter(|_| look.needed.has(&GROUP)) else { return Ok(live) };
    let groups = flat(whole.groups.as_deref().unwrap_or_default(), None);
    if look.needed.declares(&GROUP) {
        live = read(look, &groups, live).await?;
    }
    let defaults = whole.default_groups.iter().flatten().map(String::as_str);
    live = live.links(super::identity(look.realm), &DEFAULT_GROUP, defaults);
    let known: BTreeMap<String, &Found<'_>> =
        groups.iter().map(|found| (path(&found.identity), found)).collect();
    for (_, target) in look.needed.targets(&DEFAULT_GROUP) {
        match known.get(target) {
            Some(found) => live = live.target(&DEFAULT_GROUP, target, found.group.id.as_deref()),
            // What the same plan makes is nobody's to look for.
            None if look
                .needed
                .wants(|identity| identity.kind() == GROUP.name && path(identity) == target) => {}
            None => live = live.target(&DEFAULT_GROUP, target, None),
        }
    }
    Ok(live)
}

/// What a realm that is to be made will have for groups: the roles that Keycloak makes, and none of a client that anybody
/// made.
pub(crate) fn of_no_realm(needed: Needed<'_>, mut live: LiveState) -> LiveState {
    for (_, target) in needed.targets(&ROLE_OF_GROUP) {
        let role = Identity::new(&REALM_ROLE, target);
        if !roles::BUILT_IN.contains(&target) && !live.knows(&role) {
            live = live.absent(role);
        }
    }
    for (_, target) in needed.targets(&CLIENT_ROLE_OF_GROUP) {
        live = live.target(&CLIENT_ROLE_OF_GROUP, target, None);
    }
    for (_, target) in needed.targets(&DEFAULT_GROUP) {
        if !needed.wants(|identity| identity.kind() == GROUP.name && path(identity) == target) {
            live = live.target(&DEFAULT_GROUP, target, None);
        }
    }
    live
}

async fn read(look: &Look<'_>, groups: &[Found<'_>], mut live: LiveState) -> Result<LiveState, SyncError> {
    let leaving = look.needed.leaving(&GROUP);
    let mut asked = 0;
    let mut held_of_clients = BTreeSet::new();
    for found in groups {
        let Found { identity, group } = found;
        let alone = GroupRepresentation { sub_groups: None, ..(*group).clone() };
        let mut seen = Live::new(json(&alone));
        let first = identity.parent().is_none_or(|parent| !leaving.contains(parent));
        if leaving.contains(identity)
            && first
            && let Some(holders) = holders(look, found, &leaving, &mut asked).await?
        {
            seen = holders.told(seen);
        }
        let of_realm = group.realm_roles.iter().flatten().map(String::as_str);
        let of_clients: Vec<ClientRole> = client_roles(group).collect();
        let texts: Vec<String> = of_clients.iter().map(ToString::to_string).collect();
        live = live
            .links(identity.clone(), &ROLE_OF_GROUP, of_realm)
            .links(identity.clone(), &CLIENT_ROLE_OF_GROUP, texts.iter().map(String::as_str))
            .present(identity.clone(), seen);
        held_of_clients.extend(of_clients.into_iter().map(|role| (identity.clone(), role)));
    }
    for (_, target) in look.needed.targets(&ROLE_OF_GROUP) {
        let role = Identity::new(&REALM_ROLE, target);
        if !live.knows(&role) {
            live = live.absent(role);
        }
    }
    let new = look.needed.targets(&CLIENT_ROLE_OF_GROUP).filter_map(|(holder, target)| {
        let target: ClientRole = target.parse().ok()?;
        Some((holder.clone(), target)).filter(|link| !held_of_clients.contains(link))
    });
    let new = new.map(|(_, target)| target).collect();
    client_role::look_up(look, &CLIENT_ROLE_OF_GROUP, new, live).await
}

fn client_roles(group: &GroupRepresentation) -> impl Iterator<Item = ClientRole> {
    group.client_roles.iter().flatten().flat_map(|(client, roles)| {
        roles.iter().flatten().map(|role| ClientRole { client: client.clone(), role: role.clone() })
    })
}

/// Who goes with a group.
#[derive(Debug, Default)]
struct Holders {
    members: u64,
    /// Groups below it that are not ours.
    others: u64,
    or_more: bool,
}

impl Holders {
    fn told(&self, live: Live) -> Live {
        let counted = [(self.members, "users"), (self.others, "groups of others")];
        let what: Vec<&str> = counted.iter().filter(|(count, _)| *count > 0).map(|(_, what)| *what).collect();
        let more = if self.or_more { " or more" } else { "" };
        live.held(self.members + self.others, &format!("{}{more}", what.join(" and ")))
    }
}

/// Looks who is in a group that would be deleted, and in those below it, which go with it: one call each. `None` where that
/// would be too many calls.
async fn holders(
    look: &Look<'_>,
    top: &Found<'_>,
    leaving: &BTreeSet<&Identity>,
    asked: &mut usize,
) -> Result<Option<Holders>, SyncError> {
    let mut holders = Holders::default();
    let below = flat(top.group.sub_groups.as_deref().unwrap_or_default(), Some(&top.identity));
    let itself = Found { identity: top.identity.clone(), group: top.group };
    for found in std::iter::once(itself).chain(below) {
        if !leaving.contains(&found.identity) {
            holders.others += 1;
        }
        if *asked >= ASKED {
            return Ok(None);
        }
        *asked += 1;
        let query = queries::GroupMembersQuery {
            brief_representation: Some(true),
            first: Some(0),
            max: i32::try_from(COUNTED).ok(),
        };
        let id = found.group.id.as_deref().unwrap_or_default();
        let members = look.api.group_members(look.realm, id, query).await;
        let members = members.map_err(SyncError::call(Verb::Read, &found.identity))?;
        let members = u64::try_from(members.len()).unwrap_or(COUNTED);
        holders.members += members;
        holders.or_more |= members >= COUNTED;
    }
    Ok(Some(holders))
}

/// Takes a step into the POST of a realm, if it can carry it: a group that is to be made, and the realm roles of its members of
/// those that are made with it.
pub(crate) fn carried(step: &Step, realm: &mut RealmRepresentation) -> bool {
    if *step.kind() != GROUP {
        return false;
    }
    match step.action {
        Action::Create => {
            let Ok((group, _)) = body::<GroupRepresentation>(step) else { return false };
            let list = match step.object.parent() {
                None => Some(&mut realm.groups),
                Some(parent) => {
                    find(realm.groups.as_mut(), &names(parent)).map(|group| &mut group.sub_groups)
                }
            };
            list.map(|list| list.get_or_insert_default().push(group)).is_some()
        }
        Action::Link => carries_link(step, realm).is_some(),
        Action::Update | Action::Delete | Action::Unlink => false,
    }
}

fn carries_link(step: &Step, realm: &mut RealmRepresentation) -> Option<()> {
    let link = step.link.as_ref().filter(|link| *link.relation == ROLE_OF_GROUP)?;
    let roles = realm.roles.as_ref()?.realm.as_ref()?;
    // Keycloak would make a role that it does not find.
    roles.iter().find(|role| role.name.as_deref() == Some(link.target.as_str()))?;
    let group = find(realm.groups.as_mut(), &names(&step.object))?;
    group.realm_roles.get_or_insert_default().push(link.target.clone());
    Some(())
}

fn find<'g>(
    groups: Option<&'g mut Vec<GroupRepresentation>>,
    names: &[&str],
) -> Option<&'g mut GroupRepresentation> {
    let (first, rest) = names.split_first()?;
    let group = groups?.iter_mut().find(|group| group.name.as_deref() == Some(*first))?;
    if rest.is_empty() { Some(group) } else { find(group.sub_groups.as_mut(), rest) }
}

/// One step on a group. What is gone already is deleted.
pub(crate) async fn write(
    step: &Step,
    created: Created<'_>,
    target: &Target<'_>,
) -> Result<Option<String>, SyncError> {
    let failed = SyncError::call(step.action.into(), &step.object);
    let (api, realm) = (target.api, target.realm);
    match step.action {
        Action::Create => {
            let (group, _) = body::<GroupRepresentation>(step)?;
            let made = match step.object.parent() {
                None => api.group_create(realm, &group).await,
                Some(_) => api.group_child_create(realm, created.parent_of(step)?, &group).await,
            };
            Ok(made.map_err(failed)?.id().map(str::to_owned))
        }
        Action::Update => {
            let (group, _) = body::<GroupRepresentation>(step)?;
            api.group_update(realm, server_id(step)?, &group).await.map_err(failed)?;
            Ok(None)
        }
        Action::Delete => match api.group_delete(realm, server_id(step)?).await {
            Err(error) if !error.is_not_found() => Err(failed(error)),
            Ok(()) | Err(_) => Ok(None),
        },
        Action::Link | Action::Unlink => Err(no_call(step)),
    }
}

/// Links of one relation that one object holds: the roles of a group's members, or the groups that new users join.
pub(crate) async fn link(
    steps: &[&Step],
    created: Created<'_>,
    target: &Target<'_>,
) -> Result<(), SyncError> {
    let Some(first) = steps.first() else { return Ok(()) };
    let ids = Ids::of(steps, created, target).await?;
    match first.link.as_ref().map(|link| link.relation) {
        Some(relation) if *relation == DEFAULT_GROUP => link_defaults(steps, &ids, target).await,
        Some(relation) if *relation == ROLE_OF_GROUP => link_roles(first, steps, &ids, target).await,
        Some(relation) if *relation == CLIENT_ROLE_OF_GROUP => {
            link_client_roles(first, steps, &ids, target).await
        }
        Some(_) | None => Err(no_call(first)),
    }
}

/// Keycloak's ids of the groups that links are about. Of those that were made with the realm nothing told any: then one call
/// reads all.
struct Ids(BTreeMap<String, String>);

impl Ids {
    async fn of(steps: &[&Step], created: Created<'_>, target: &Target<'_>) -> Result<Self, SyncError> {
        let mut known = BTreeMap::new();
        let mut unknown = false;
        for step in steps {
            let Some(link) = &step.link else { continue };
            let (path, id) = if *link.relation == DEFAULT_GROUP {
                (link.target.clone(), step.target_id.as_deref())
            } else {
                (path(&step.object), step.server_id.as_deref())
            };
            let made =
                || created.all().find(|(made, _)| made.kind() == GROUP.name && self::path(made) == path);
            match id.or_else(|| made().map(|(_, id)| id)) {
                Some(id) => {
                    known.insert(path, id.to_owned());
                }
                None => unknown = true,
            }
        }
        if unknown {
            let realm = whole(target.api, target.realm).await?;
            for found in flat(realm.groups.as_deref().unwrap_or_default(), None) {
                if let Some(id) = &found.group.id {
                    known.insert(path(&found.identity), id.clone());
                }
            }
        }
        Ok(Self(known))
    }

    fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    fn holder(&self, step: &Step) -> Result<&str, SyncError> {
        self.get(&path(&step.object)).ok_or_else(|| SyncError::Incomplete {
            verb: step.action.into(),
            object: step.object.clone(),
            lacks: "id in Keycloak",
        })
    }
}

async fn link_defaults(steps: &[&Step], ids: &Ids, target: &Target<'_>) -> Result<(), SyncError> {
    for step in steps {
        let Some(link) = &step.link else { continue };
        let failed = SyncError::call(step.action.into(), &step.object);
        match (ids.get(&link.target), step.action == Action::Link) {
            (Some(id), true) => {
                target.api.default_group_add(target.realm, id).await.map_err(failed)?;
            }
            (Some(id), false) => match target.api.default_group_remove(target.realm, id).await {
                Err(error) if !error.is_not_found() => return Err(failed(error)),
                Ok(()) | Err(_) => {}
            },
            (None, true) => return Err(no_target(step, Identity::new(&GROUP, &link.target))),
            // It went with the group.
            (None, false) => {}
        }
    }
    Ok(())
}

fn no_target(step: &Step, target: Identity) -> SyncError {
    SyncError::NoTarget { verb: step.action.into(), object: step.object.clone(), target }
}

async fn link_roles(first: &Step, steps: &[&Step], ids: &Ids, target: &Target<'_>) -> Result<(), SyncError> {
    let failed = || SyncError::call(first.action.into(), &first.object);
    let (api, realm) = (target.api, target.realm);
    let mut roles = Vec::new();
    for step in steps {
        let Some(link) = &step.link else { continue };
        let role = match &step.target_id {
            Some(id) => named(id, &link.target),
            None => match api.role_get(realm, &link.target).await {
                Err(error) if error.is_not_found() => {
                    return Err(no_target(step, Identity::new(&REALM_ROLE, &link.target)));
                }
                role => role.map_err(failed())?,
            },
        };
        roles.push(role);
    }
    let holder = ids.holder(first)?;
    if first.action == Action::Unlink {
        api.group_realm_roles_remove(realm, holder, &roles).await.map_err(failed())
    } else {
        api.group_realm_roles_add(realm, holder, &roles).await.map_err(failed())
    }
}

/// A role as a call names it.
fn named(id: &str, name: &str) -> RoleRepresentation {
    let (id, name) = (Some(id.to_owned()), Some(name.to_owned()));
    RoleRepresentation { id, name, ..RoleRepresentation::default() }
}

async fn link_client_roles(
    first: &Step,
    steps: &[&Step],
    ids: &Ids,
    target: &Target<'_>,
) -> Result<(), SyncError> {
    let failed = || SyncError::call(first.action.into(), &first.object);
    let (api, realm) = (target.api, target.realm);
    let holder = ids.holder(first)?;
    let mut by_client: BTreeMap<String, Vec<(&Step, String)>> = BTreeMap::new();
    for step in steps {
        let role = step.link.as_ref().and_then(|link| link.target.parse::<ClientRole>().ok());
        let Some(ClientRole { client, role }) = role else { return Err(no_call(step)) };
        by_client.entry(client).or_default().push((*step, role));
    }
    for (client_id, steps) in by_client {
        let client = crate::client::identity(&client_id);
        let found = api.client_by_client_id(realm, &client_id).await.map_err(failed())?;
        let Some(uuid) = found.and_then(|client| client.id) else {
            if first.action == Action::Unlink {
                continue;
            }
            return Err(no_target(first, client));
        };
        let mut roles = Vec::new();
        for (step, role) in steps {
            let found = match &step.target_id {
                Some(id) => named(id, &role),
                None => match api.client_role_get(realm, &uuid, &role).await {
                    Err(error) if error.is_not_found() && first.action == Action::Unlink => continue,
                    Err(error) if error.is_not_found() => {
                        return Err(no_target(step, Identity::below(client, &REALM_ROLE, &role)));
                    }
                    role => role.map_err(failed())?,
                },
            };
            roles.push(found);
        }
        if first.action == Action::Unlink {
            api.group_client_roles_remove(realm, holder, &uuid, &roles).await.map_err(failed())?;
        } else {
            api.group_client_roles_add(realm, holder, &uuid, &roles).await.map_err(failed())?;
        }
    }
    Ok(())
}

/// What a group's members are to have, or new users are to join, and what does not exist, as a sentence without its end.
pub(crate) fn missing(holder: &Identity, link: &Link) -> Option<String> {
    if *link.relation == DEFAULT_GROUP {
        let group = &link.target;
        return Some(format!(
            "new users are to join the group {group}, which this realm does not have: declare it in spec.groups"
        ));
    }
    let group = path(holder);
    if *link.relation == ROLE_OF_GROUP {
        let role = &link.target;
        return Some(format!(
            "group {group} is to have the role {role}, which this realm does not have: declare it in spec.roles.realmRoles"
        ));
    }
    let ClientRole { client, role } = link.target.parse().ok()?;
    let is_of_group = *link.relation == CLIENT_ROLE_OF_GROUP;
    is_of_group.then(|| {
        format!("group {group} is to have the role {role} of client {client}, which does not exist yet")
    })
}

/// Adds what an export needs to settings that were read.
pub(crate) fn take(live: &mut RealmRepresentation, whole: &mut RealmRepresentation) {
    live.groups = whole.groups.take();
    live.default_groups = whole.default_groups.take();
}

#[cfg(test)]
mod tests;
