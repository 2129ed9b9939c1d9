//! Groups of a realm with their subgroups and the roles of their members, and which of them new users join.

mod export;
mod moving;
mod path;
mod refusal;
mod tree;

use std::collections::{BTreeMap, BTreeSet};

use keycloak_admin::types::{GroupRepresentation, RealmRepresentation};
use keycloak_admin::{AdminApi, queries};
use keycloak_crds::realm::KeycloakRealmSpec;
use keycloak_plan::kinds::{CLIENT_ROLE_OF_GROUP, DEFAULT_GROUP, GROUP, ROLE_OF_GROUP};
use keycloak_plan::{Action, Desired, Identity, Link, Live, LiveState, Step};

pub(crate) use export::export;
pub use refusal::GroupRefusal;

use super::client_role::{self, ClientRole};
use super::links::{Batch, Linked, named, without_end};
use super::parts::{Created, Look, Lookups, Needed, Wanted, whole};
use super::roles;
use crate::error::{SyncError, Verb};
use crate::execute::{Target, body, deleted, no_call, server_id};
use crate::fields::{FieldRefusal, Fields, list_map};
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

/// What a spec wants of groups.
pub(crate) fn desired(spec: &KeycloakRealmSpec, wanted: &mut Wanted, refused: &mut Vec<FieldRefusal>) {
    let mut faults = Vec::new();
    let declared = tree::declared(spec, &mut faults);
    wanted.previous = moving::declared(&declared, &mut faults);
    for group in declared {
        let mut fields = Fields::default();
        fields
            .set("description", group.description.as_deref())
            .set("attributes", group.attributes.as_ref().map(list_map));
        let desired = Desired::new(&GROUP, group.identity.name(), fields.into_map());
        wanted.objects.push(match group.identity.parent() {
            Some(parent) => desired.below(parent.clone()),
            None => desired,
        });
        for role in &group.realm_roles {
            wanted.link(group.identity.clone(), &ROLE_OF_GROUP, role.as_str());
        }
        for role in client_role::declared(Some(&group.client_roles)) {
            wanted.link(group.identity.clone(), &CLIENT_ROLE_OF_GROUP, role.to_string());
        }
    }
    for default in spec.default_groups.iter().flatten() {
        match path::parse(default) {
            Some(group) => wanted.link(super::identity(&spec.realm_name), &DEFAULT_GROUP, path::of(&group)),
            None => faults.push(GroupRefusal::DefaultGroup(default.clone())),
        }
    }
    refused.extend(faults.into_iter().map(FieldRefusal::Group));
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

/// Adds all groups with the roles of their members and which of them new users join, as the export shows them; and who is in
/// those that would be deleted.
pub(crate) async fn observe(look: &Look<'_>, mut live: LiveState) -> Result<LiveState, SyncError> {
    let Some(whole) = look.whole.filter(|_| look.needed.has(&GROUP)) else { return Ok(live) };
    let standing = flat(whole.groups.as_deref().unwrap_or_default(), None);
    // What is to be moved is told by the place where it will stand, and so is everything that is known of it.
    let moves = moving::find(look.needed, &standing);
    let record = moving::record(look.needed.record(), &moves);
    let look = &Look { needed: look.needed.knowing(&record), ..*look };
    let groups = moving::placed(&standing, &moves);
    if look.needed.declares(&GROUP) {
        live = read(look, &groups, live).await?;
    }
    let defaults = defaults(look.api, look.realm, whole, &standing).await?;
    let defaults: Vec<String> = defaults.iter().map(|path| moving::path_after(&moves, path)).collect();
    live = live.links(super::identity(look.realm), &DEFAULT_GROUP, defaults.iter().map(String::as_str));
    live = gone(look, moves.into_iter().fold(live, LiveState::moved));
    let known: BTreeMap<&Identity, &Found<'_>> =
        groups.iter().map(|found| (&found.identity, found)).collect();
    for (_, target) in look.needed.targets(&DEFAULT_GROUP) {
        let group = path::parse(target);
        match group.as_ref().and_then(|group| known.get(group)) {
            Some(found) => live = live.target(&DEFAULT_GROUP, target, found.group.id.as_deref()),
            None if is_wanted(look.needed, target) => {}
            None => live = live.target(&DEFAULT_GROUP, target, None),
        }
    }
    Ok(live)
}

/// Says of groups that are known and were not found that they are not there, by the places where they would stand.
fn gone(look: &Look<'_>, live: LiveState) -> LiveState {
    let known: BTreeSet<&Identity> = look.needed.of_kind(&GROUP).collect();
    let gone: Vec<&Identity> = known.into_iter().filter(|group| !live.knows(group)).collect();
    gone.into_iter().fold(live, |live, group| live.absent(group.clone()))
}

/// Whether the same plan makes the group of this path: then it is nobody's to look for.
fn is_wanted(needed: Needed<'_>, path: &str) -> bool {
    path::parse(path).is_some_and(|group| needed.wants(|identity| *identity == group))
}

/// Paths of the groups that new users join, as [`path`] writes them. One more call only where what the export says may mean
/// several groups.
async fn defaults(
    api: &AdminApi,
    realm: &str,
    whole: &RealmRepresentation,
    groups: &[Found<'_>],
) -> Result<Vec<String>, SyncError> {
    let written = path::Written::of(groups.iter().map(|found| &found.identity));
    let told = whole.default_groups.as_deref().unwrap_or_default();
    if told.iter().any(|path| written.meant(path).len() > 1) {
        let listed = api.default_group_list(realm).await;
        let listed = listed.map_err(SyncError::call(Verb::Read, &super::identity(realm)))?;
        let ids: BTreeSet<&str> = listed.iter().filter_map(|group| group.id.as_deref()).collect();
        let is_one = |found: &&Found<'_>| found.group.id.as_deref().is_some_and(|id| ids.contains(id));
        return Ok(groups.iter().filter(is_one).map(|found| path::of(&found.identity)).collect());
    }
    let path =
        |told: &String| written.meant(told).first().map_or_else(|| told.clone(), |group| path::of(group));
    Ok(told.iter().map(path).collect())
}

/// What a realm that is to be made will have for groups: the roles that Keycloak makes.
pub(crate) fn of_no_realm(needed: Needed<'_>, mut live: LiveState) -> LiveState {
    live = roles::absent_roles(needed, &ROLE_OF_GROUP, &roles::BUILT_IN, live);
    for (_, target) in needed.targets(&DEFAULT_GROUP) {
        if !is_wanted(needed, target) {
            live = live.target(&DEFAULT_GROUP, target, None);
        }
    }
    live
}

async fn read(look: &Look<'_>, groups: &[Found<'_>], mut live: LiveState) -> Result<LiveState, SyncError> {
    let leaving = look.needed.leaving(&GROUP);
    let names = roles::Names::of(look.settings);
    let mut asked = 0;
    for found in groups {
        let Found { identity, group } = found;
        let name = Some(identity.name().to_owned());
        let alone = GroupRepresentation { name, sub_groups: None, ..(*group).clone() };
        let mut seen = Live::new(json(&alone));
        let first = identity.parent().is_none_or(|parent| !leaving.contains(parent));
        if leaving.contains(identity)
            && first
            && let Some(holders) = holders(look, groups, found, &leaving, &mut asked).await?
        {
            seen = holders.told(seen);
        }
        let of_realm = group.realm_roles.iter().flatten().filter_map(|role| names.known_as(role));
        let of_clients = client_role::shown(group.client_roles.as_ref());
        let texts: Vec<String> = of_clients.map(|role| role.to_string()).collect();
        live = live
            .links(identity.clone(), &ROLE_OF_GROUP, of_realm)
            .links(identity.clone(), &CLIENT_ROLE_OF_GROUP, texts.iter().map(String::as_str))
            .present(identity.clone(), seen);
    }
    Ok(roles::absent_roles(look.needed, &ROLE_OF_GROUP, &[], live))
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
    groups: &[Found<'_>],
    top: &Found<'_>,
    leaving: &BTreeSet<&Identity>,
    asked: &mut usize,
) -> Result<Option<Holders>, SyncError> {
    let mut holders = Holders::default();
    let below = groups.iter().filter(|found| found.identity.is_below(&top.identity));
    for found in std::iter::once(top).chain(below) {
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

/// The groups at the top in whose trees one has a description. Keycloak 26.4 drops descriptions in the POST of a realm, so these
/// trees are made by calls of their own: of a group that the POST carried nobody would know the id.
pub(crate) fn described<'s>(steps: &[&'s Step]) -> BTreeSet<&'s str> {
    let has_one = |step: &&'s Step| {
        let text = step.body().and_then(|body| body.expose().get("description")?.as_str());
        *step.kind() == GROUP && step.action == Action::Create && text.is_some_and(|text| !text.is_empty())
    };
    let top = |step: &'s Step| path::names(&step.object).first().copied();
    steps.iter().copied().filter(has_one).filter_map(top).collect()
}

/// Takes a step into the POST of a realm, if it can carry it: a group that is to be made, and the realm roles of its members of
/// those that are made with it. Trees of `described` it cannot.
pub(crate) fn carried(step: &Step, described: &BTreeSet<&str>, realm: &mut RealmRepresentation) -> bool {
    if *step.kind() != GROUP {
        return false;
    }
    match step.action {
        Action::Create => {
            let Ok((group, _)) = body::<GroupRepresentation>(step) else { return false };
            let list = match step.object.parent() {
                None => Some(&mut realm.groups).filter(|_| !described.contains(step.object.name())),
                Some(parent) => {
                    find(realm.groups.as_mut(), &path::names(parent)).map(|group| &mut group.sub_groups)
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
    let group = find(realm.groups.as_mut(), &path::names(&step.object))?;
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
            if let Some(moved) = step.moved() {
                moving::carry_out(step, moved, created, target).await?;
                return Ok(None);
            }
            let (group, _) = body::<GroupRepresentation>(step)?;
            api.group_update(realm, server_id(step)?, &group).await.map_err(failed)?;
            Ok(None)
        }
        Action::Delete => {
            deleted(api.group_delete(realm, server_id(step)?).await).map_err(failed)?;
            Ok(None)
        }
        Action::Link | Action::Unlink => Err(no_call(step)),
    }
}

/// Links of one relation that one object holds: the roles of a group's members, or the groups that new users join.
pub(crate) async fn link(
    steps: &[&Step],
    created: Created<'_>,
    lookups: &mut Lookups,
    target: &Target<'_>,
) -> Linked {
    let Some(first) = steps.first() else { return Linked::default() };
    let ids = match Ids::of(steps, created, lookups, target).await {
        Ok(ids) => ids,
        Err(error) => return Linked::all(steps, &Err(error)),
    };
    let relation = first.link.as_ref().map(|link| link.relation);
    if relation.is_some_and(|relation| *relation == DEFAULT_GROUP) {
        return link_defaults(steps, &ids, target).await;
    }
    let holder = match ids.holder(first) {
        Ok(holder) => holder,
        Err(error) => return Linked::all(steps, &Err(error)),
    };
    match relation {
        Some(relation) if *relation == ROLE_OF_GROUP => link_roles(steps, holder, target).await,
        Some(relation) if *relation == CLIENT_ROLE_OF_GROUP => {
            link_client_roles(steps, holder, lookups, target).await
        }
        Some(_) | None => Linked::all(steps, &Err(no_call(first))),
    }
}

/// Keycloak's ids of the groups that links are about. Of those that were made with the realm nothing told any: then one call of
/// the plan reads all.
struct Ids(BTreeMap<Identity, String>);

impl Ids {
    async fn of(
        steps: &[&Step],
        created: Created<'_>,
        lookups: &mut Lookups,
        target: &Target<'_>,
    ) -> Result<Self, SyncError> {
        let mut known = BTreeMap::new();
        for step in steps {
            let Some(link) = &step.link else { continue };
            let (group, told) = if *link.relation == DEFAULT_GROUP {
                (path::parse(&link.target), &step.target_id)
            } else {
                (Some(step.object.clone()), &step.server_id)
            };
            let Some(group) = group else { continue };
            let id = match told.as_deref().or_else(|| created.id(&group)) {
                Some(id) => Some(id.to_owned()),
                None => all(lookups, target).await?.get(&group).cloned(),
            };
            known.extend(id.map(|id| (group, id)));
        }
        Ok(Self(known))
    }

    /// Of the group of a path.
    fn at(&self, path: &str) -> Option<&str> {
        self.0.get(&path::parse(path)?).map(String::as_str)
    }

    fn holder(&self, step: &Step) -> Result<&str, SyncError> {
        self.0.get(&step.object).map(String::as_str).ok_or_else(|| SyncError::Incomplete {
            verb: step.action.into(),
            object: step.object.clone(),
            lacks: "id in Keycloak",
        })
    }
}

/// Ids of all groups of the realm.
async fn all<'l>(
    lookups: &'l mut Lookups,
    target: &Target<'_>,
) -> Result<&'l BTreeMap<Identity, String>, SyncError> {
    if lookups.groups.is_none() {
        let realm = whole(target.api, target.realm).await?;
        let found = flat(realm.groups.as_deref().unwrap_or_default(), None);
        let ids = found.into_iter().filter_map(|found| Some((found.identity, found.group.id.clone()?)));
        lookups.groups = Some(ids.collect());
    }
    Ok(lookups.groups.get_or_insert_default())
}

async fn link_defaults(steps: &[&Step], ids: &Ids, target: &Target<'_>) -> Linked {
    let mut linked = Linked::default();
    for &step in steps {
        linked.add(&[step], &link_default(step, ids, target).await);
    }
    linked
}

async fn link_default(step: &Step, ids: &Ids, target: &Target<'_>) -> Result<(), SyncError> {
    let Some(link) = &step.link else { return Err(no_call(step)) };
    let Some(id) = ids.at(&link.target) else {
        return without_end(step, Identity::new(&GROUP, &link.target));
    };
    target.may_still(step)?;
    let done = if step.action == Action::Unlink {
        deleted(target.api.default_group_remove(target.realm, id).await)
    } else {
        target.api.default_group_add(target.realm, id).await
    };
    done.map_err(SyncError::call(step.action.into(), &step.object))
}

async fn link_roles(steps: &[&Step], holder: &str, target: &Target<'_>) -> Linked {
    let (mut linked, mut batch) = (Linked::default(), Batch::default());
    for &step in steps {
        let role = match &step.link {
            Some(link) => roles::target_of(step, &link.target, target).await,
            None => Err(no_call(step)),
        };
        batch.add(step, role, &mut linked);
    }
    if let Some(first) = batch.first() {
        linked.add(&batch.steps, &give(first, holder, None, &batch, target).await);
    }
    linked
}

/// Gives the members of a group roles of the realm, or of the client with this id, or takes them away.
async fn give(
    step: &Step,
    group: &str,
    client: Option<&str>,
    batch: &Batch<'_>,
    target: &Target<'_>,
) -> Result<(), SyncError> {
    target.may_still(step)?;
    let (api, realm, roles) = (target.api, target.realm, &batch.roles);
    let done = match (client, step.action == Action::Unlink) {
        (None, false) => api.group_realm_roles_add(realm, group, roles).await,
        (None, true) => api.group_realm_roles_remove(realm, group, roles).await,
        (Some(client), false) => api.group_client_roles_add(realm, group, client, roles).await,
        (Some(client), true) => api.group_client_roles_remove(realm, group, client, roles).await,
    };
    done.map_err(SyncError::call(step.action.into(), &step.object))
}

/// One call for the roles of each client.
async fn link_client_roles(
    steps: &[&Step],
    holder: &str,
    lookups: &mut Lookups,
    target: &Target<'_>,
) -> Linked {
    let mut linked = Linked::default();
    let mut by_client: BTreeMap<String, Vec<(&Step, ClientRole)>> = BTreeMap::new();
    for &step in steps {
        match step.link.as_ref().and_then(|link| link.target.parse::<ClientRole>().ok()) {
            Some(role) => by_client.entry(role.client.clone()).or_default().push((step, role)),
            None => linked.add(&[step], &Err(no_call(step))),
        }
    }
    for (client_id, roles) in by_client {
        let client = match lookups.clients.uuid(target.api, target.realm, &client_id).await {
            Ok(Some(client)) => client,
            Ok(None) => {
                let client = crate::client::identity(&client_id);
                for (step, _) in roles {
                    linked.add(&[step], &without_end(step, client.clone()));
                }
                continue;
            }
            Err(error) => {
                for (step, _) in roles {
                    linked.add(&[step], &Err(error.clone()));
                }
                continue;
            }
        };
        let mut batch = Batch::default();
        for (step, role) in roles {
            let id = client_role::target_of(step, &role, &mut lookups.clients, target).await;
            batch.add(step, id.map(|id| id.map(|id| named(id, role.role))), &mut linked);
        }
        if let Some(first) = batch.first() {
            linked.add(&batch.steps, &give(first, holder, Some(&client), &batch, target).await);
        }
    }
    linked
}

/// What a group's members are to have, or new users are to join, and what does not exist, as a sentence without its end.
pub(crate) fn missing(holder: &Identity, link: &Link) -> Option<String> {
    if *link.relation == DEFAULT_GROUP {
        let group = &link.target;
        let is_below = path::parse(group).is_some_and(|group| group.parent().is_some());
        let more = if is_below { " (a slash in the name of a group is written ~/)" } else { "" };
        return Some(format!(
            "new users are to join the group {group}, which this realm does not have: declare it in spec.groups{more}"
        ));
    }
    let group = path::of(holder);
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

/// Adds what an export needs to settings that were read, and tells default groups apart whose paths a server writes alike.
pub(crate) async fn take(
    api: &AdminApi,
    realm: &str,
    live: &mut RealmRepresentation,
    whole: &mut RealmRepresentation,
) -> Result<(), SyncError> {
    let groups = flat(whole.groups.as_deref().unwrap_or_default(), None);
    live.default_groups = Some(defaults(api, realm, whole, &groups).await?);
    live.groups = whole.groups.take();
    Ok(())
}

#[cfg(test)]
mod tests;
