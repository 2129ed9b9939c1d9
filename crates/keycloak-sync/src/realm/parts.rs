//! What is in a realm beside its settings, one module per area.
//!
//! Each area says what a spec wants of it ([`Wanted`]), reads what is needed for that, writes its steps, and goes the other way.
//! An area that nobody declares and that the record does not know costs no call. A realm that is to be made takes with it what
//! its POST can carry.

use std::collections::{BTreeMap, BTreeSet};

use keycloak_admin::types::RealmRepresentation;
use keycloak_admin::{AdminApi, queries};
use keycloak_crds::realm::KeycloakRealmSpec;
use keycloak_crds::realm::membership::ExclusiveList;
use keycloak_plan::kinds::{
    CATALOGUE, CLIENT_ROLE, CLIENT_ROLE_OF_ROLE, CLIENT_SCOPE, DEFAULT_GROUP, GROUP, MESSAGE_TEXTS, REALM,
    REALM_ROLE, REQUIRED_ACTION, SCOPE_MAPPING, SECRET_ROTATION, USER_PROFILE,
};
use keycloak_plan::{
    Desired, DesiredLinks, Exclusive, Finding, Identity, Kind, LiveState, OwnedRecord, Plan, Refusal,
    Refused, Relation, Server, Step, Unresolved, WithoutEffect,
};
use serde_json::{Map, Value};

use super::client_role::{self, Clients, Guard};
use super::links::Linked;
use super::roles::Names;
use super::{
    Observed, client_scopes, groups, required_actions, roles, scope_mappings, secret_rotation, texts,
    user_profile,
};
use crate::error::{SyncError, Verb};
use crate::execute::{Target, no_call};
use crate::fields::FieldRefusal;
use crate::planning::Planning;

/// Kinds that a partial export shows whole.
const EXPORTED: &[&Kind] = &[&REALM_ROLE, &GROUP, &CLIENT_SCOPE, &MESSAGE_TEXTS, &REQUIRED_ACTION];

/// Kinds whose objects are there with the realm, whatever anybody asks for: one that left the spec stays and gives up its values.
const ALWAYS_THERE: &[&Kind] = &[&MESSAGE_TEXTS, &USER_PROFILE];

/// What a spec asks of everything in a realm that has calls of its own.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The objects.
    pub(crate) objects: Vec<Desired>,
    /// Lists that are complete.
    pub(crate) exclusive: Vec<Exclusive>,
    /// Of the objects, those that Keycloak makes itself: never created by us.
    pub(crate) built_in: BTreeSet<Identity>,
    /// Of the objects, those that Keycloak makes with the realm: not created before it is there.
    pub(crate) made_with_realm: BTreeSet<Identity>,
    /// What it says of `adminPermissionsEnabled`.
    pub(crate) admin_permissions: Option<bool>,
    /// Where groups stood, by where they are to stand.
    pub(crate) previous: BTreeMap<Identity, Identity>,
    links: BTreeMap<(Identity, &'static Relation), BTreeSet<String>>,
}

impl Wanted {
    /// What this spec wants, and what it cannot have.
    pub(crate) fn of(spec: &KeycloakRealmSpec) -> (Self, Vec<FieldRefusal>) {
        let (mut wanted, mut refused) = (Self::default(), Vec::new());
        let extra = spec.extra.as_ref().map(|extra| &extra.0);
        let asked = extra.and_then(|extra| extra.get(client_role::ADMIN_PERMISSIONS));
        wanted.admin_permissions = asked.and_then(Value::as_bool);
        roles::desired(spec, &mut wanted, &mut refused);
        groups::desired(spec, &mut wanted, &mut refused);
        client_scopes::desired(spec, &mut wanted, &mut refused);
        texts::desired(spec, &mut wanted, &mut refused);
        required_actions::desired(spec, &mut wanted, &mut refused);
        user_profile::desired(spec, &mut wanted, &mut refused);
        secret_rotation::desired(spec, &mut wanted, &mut refused);
        scope_mappings::desired(spec, &mut wanted, &mut refused);
        wanted.exclusive = spec.exclusive.iter().flatten().flat_map(|list| wanted.complete(*list)).collect();
        (wanted, refused)
    }

    /// A list that is complete, with those in its objects.
    fn complete(&self, list: ExclusiveList) -> Vec<Exclusive> {
        let kind: &'static Kind = match list {
            ExclusiveList::ClientScopes => &CLIENT_SCOPE,
            ExclusiveList::Groups => &GROUP,
            ExclusiveList::Roles => &REALM_ROLE,
        };
        let mut complete = vec![Exclusive { kind, parent: None }];
        if list == ExclusiveList::Groups {
            let groups = self.objects.iter().map(Desired::identity);
            let groups = groups.filter(|identity| identity.kind() == GROUP.name);
            complete.extend(groups.map(|group| Exclusive { kind, parent: Some(group.clone()) }));
        }
        complete
    }

    /// A link from `holder`, asked for at one or several places.
    pub(crate) fn link(&mut self, holder: Identity, relation: &'static Relation, target: impl Into<String>) {
        self.links.entry((holder, relation)).or_default().insert(target.into());
    }

    /// Of what is always there, what left the spec and still has values of ours.
    fn left(&self, record: &OwnedRecord) -> Vec<Desired> {
        let left = record.objects().filter_map(|(identity, known)| {
            let kind = ALWAYS_THERE.iter().copied().find(|kind| kind.name == identity.kind())?;
            let has_ours = known.paths().next().is_some() || known.children().next().is_some();
            let is_wanted = || self.objects.iter().any(|object| object.identity() == identity);
            (has_ours && !is_wanted()).then(|| Desired::new(kind, identity.name(), Map::new()))
        });
        left.collect()
    }
}

/// Which objects and links have to be read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Needed<'a> {
    wanted: &'a Wanted,
    record: &'a OwnedRecord,
}

impl<'a> Needed<'a> {
    /// The same with another record.
    pub(crate) fn knowing<'b>(self, record: &'b OwnedRecord) -> Needed<'b>
    where
        'a: 'b,
    {
        Needed { wanted: self.wanted, record }
    }

    /// What was applied last.
    pub(crate) fn record(self) -> &'a OwnedRecord {
        self.record
    }

    /// Where groups stood, by where they are to stand.
    pub(crate) fn previous(self) -> &'a BTreeMap<Identity, Identity> {
        &self.wanted.previous
    }

    /// Whether this object is asked for.
    pub(crate) fn is_declared(self, identity: &Identity) -> bool {
        self.wanted.objects.iter().any(|object| object.identity() == identity)
    }

    /// Objects that are asked for, known, or about to be made.
    fn objects(self) -> impl Iterator<Item = &'a Identity> {
        let wanted = self.wanted.objects.iter().map(Desired::identity);
        let known = self.record.objects().map(|(identity, _)| identity);
        wanted.chain(known).chain(self.record.pending()).filter(|identity| identity.kind() != REALM.name)
    }

    /// Whether anything of this kind has to be read: objects, or links to or from one.
    pub(crate) fn has(self, kind: &Kind) -> bool {
        let asked = self.wanted.links.keys().map(|(holder, relation)| (holder, *relation));
        let made = self.record.objects().flat_map(|(holder, known)| {
            let relations = known.relations().filter_map(|name| CATALOGUE.relation(name, holder.kind()));
            relations.map(move |relation| (holder, relation))
        });
        self.declares(kind)
            || asked
                .chain(made)
                .any(|(holder, relation)| holder.kind() == kind.name || leads_to(relation, kind))
    }

    /// Whether objects of this kind are asked for, or known, or there are to be no others; or such that stand below one: a mapper
    /// may be all that is left of a scope in the record.
    pub(crate) fn declares(self, kind: &Kind) -> bool {
        let is_of = |identity: &Identity| {
            let mut upwards = std::iter::successors(Some(identity), |identity| identity.parent());
            upwards.any(|identity| identity.kind() == kind.name)
        };
        let complete = self.wanted.exclusive.iter().any(|list| list.kind.name == kind.name);
        complete || self.wants(is_of)
    }

    /// Whether an object is asked for, or known, that this is said of.
    pub(crate) fn wants(self, is: impl Fn(&Identity) -> bool) -> bool {
        self.objects().any(is)
    }

    /// Objects of this kind that are asked for, or known.
    pub(crate) fn of_kind(self, kind: &Kind) -> impl Iterator<Item = &'a Identity> {
        self.objects().filter(move |identity| identity.kind() == kind.name)
    }

    /// What was made by us, is known, and is not asked for any more: it would be deleted.
    pub(crate) fn leaving(self, kind: &Kind) -> BTreeSet<&'a Identity> {
        let made = self.record.objects().filter(|(_, known)| known.created_by_us());
        let made = made.map(|(identity, _)| identity).chain(self.record.pending());
        let wanted: BTreeSet<&Identity> = self.wanted.objects.iter().map(Desired::identity).collect();
        made.filter(|identity| identity.kind() == kind.name && !wanted.contains(identity)).collect()
    }

    /// What is to be linked by one relation: holder and target.
    pub(crate) fn targets(self, relation: &Relation) -> impl Iterator<Item = (&'a Identity, &'a str)> {
        let links = self.wanted.links.iter().filter(move |((_, asked), _)| **asked == *relation);
        links.flat_map(|((holder, _), targets)| targets.iter().map(move |target| (holder, target.as_str())))
    }

    /// What links of one relation lead to that were made by us.
    pub(crate) fn known_targets(self, relation: &Relation) -> impl Iterator<Item = &'a str> {
        let name = relation.name;
        let made = self.record.objects().filter_map(move |(_, known)| known.links(name));
        made.flatten().map(String::as_str)
    }

    /// Whether links of this relation are asked for, or were made by us.
    pub(crate) fn links_by(self, relation: &Relation) -> bool {
        self.targets(relation).next().is_some() || self.known_targets(relation).next().is_some()
    }

    /// Says of everything that was not found that it is not there.
    fn absent(self, live: LiveState) -> LiveState {
        let missing: BTreeSet<&Identity> = self.objects().filter(|identity| !live.knows(identity)).collect();
        missing.into_iter().fold(live, |live, identity| live.absent(identity.clone()))
    }
}

/// Whether links of this relation lead to objects of this kind.
fn leads_to(relation: &Relation, kind: &Kind) -> bool {
    relation.target == kind.name || (*relation == DEFAULT_GROUP && *kind == GROUP)
}

/// A look into a realm that is there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look<'a> {
    pub(crate) api: &'a AdminApi,
    /// Its name.
    pub(crate) realm: &'a str,
    /// Its settings.
    pub(crate) settings: &'a RealmRepresentation,
    /// What a partial export shows, where any kind of that has to be read.
    pub(crate) whole: Option<&'a RealmRepresentation>,
    /// What has to be read.
    pub(crate) needed: Needed<'a>,
}

/// What an area sees of a realm, for its tests.
#[cfg(test)]
pub(crate) fn look_at(
    wanted: &Wanted,
    record: &OwnedRecord,
    settings: &RealmRepresentation,
    whole: &RealmRepresentation,
    area: impl Fn(&Look<'_>, LiveState) -> LiveState,
) -> LiveState {
    let (needed, api) = (Needed { wanted, record }, crate::tests::nowhere());
    let look = Look { api: &api, realm: "acme", settings, whole: Some(whole), needed };
    needed.absent(area(&look, LiveState::new()))
}

/// The plan of a realm that is there, for the tests of its areas, and the record after all of its steps that may run.
#[cfg(test)]
pub(crate) fn planned(
    spec: &KeycloakRealmSpec,
    settings: &RealmRepresentation,
    live: &LiveState,
    record: &OwnedRecord,
    approvals: &keycloak_plan::Approvals,
) -> (Plan, OwnedRecord) {
    let planning = Planning {
        subject: &crate::tests::subject("realm acme"),
        record,
        approvals,
        server: &Server::default(),
        key: None,
    };
    let desired = super::desired(spec, &super::Secrets::default(), None).unwrap();
    let observed = Observed::Present(Box::new(settings.clone()));
    let plan = planning.plan_realm(&desired, &wanted(spec), &observed, live).unwrap();
    let all: BTreeSet<_> = plan.runnable().map(|step| step.id).collect();
    let record = plan.record_after(record, &all);
    (plan, record)
}

/// What a spec asks of everything in the realm that has calls of its own. What cannot be asked for is refused by
/// [`realm::desired`](super::desired).
pub fn wanted(spec: &KeycloakRealmSpec) -> Wanted {
    Wanted::of(spec).0
}

/// Reads what a plan of the realm compares beside its settings, which are read already: nothing where nothing is asked for and
/// the record knows of nothing; else one call for the whole realm, whatever its size, and what an area has to ask beside it.
///
/// # Errors
/// Why a call failed.
pub async fn observe_parts(
    api: &AdminApi,
    name: &str,
    settings: &Observed,
    wanted: &Wanted,
    record: &OwnedRecord,
) -> Result<LiveState, SyncError> {
    let needed = Needed { wanted, record };
    let Some(settings) = settings.present() else {
        let live = roles::of_no_realm(name, needed, LiveState::new());
        let live = groups::of_no_realm(needed, live);
        let live = client_role::of_no_realm(needed, live);
        let live = texts::of_no_realm(needed, live);
        let live = scope_mappings::of_no_realm(needed, &client_scopes::BUILT_IN, live);
        return Ok(needed.absent(client_scopes::of_no_realm(name, needed, live)));
    };
    let is_exported = EXPORTED.iter().any(|kind| needed.has(kind)) || needed.links_by(&SCOPE_MAPPING);
    let whole = if is_exported { Some(whole(api, name).await?) } else { None };
    let look = Look { api, realm: name, settings, whole: whole.as_ref(), needed };
    let live = roles::observe(&look, LiveState::new()).await?;
    let live = groups::observe(&look, live).await?;
    let live = client_role::observe(&look, live).await?;
    let live = client_scopes::observe(&look, live).await?;
    let live = texts::observe(&look, live);
    let live = required_actions::observe(&look, live);
    let live = user_profile::observe(&look, live).await?;
    let live = secret_rotation::observe(&look, live);
    let live = scope_mappings::observe(&look, live).await?;
    Ok(needed.absent(live))
}

/// The realm without its clients and users, in one call.
pub(crate) async fn whole(api: &AdminApi, name: &str) -> Result<RealmRepresentation, SyncError> {
    exported(api, name, false).await
}

/// The same with its clients, and so with the roles of clients.
pub(crate) async fn whole_with_clients(api: &AdminApi, name: &str) -> Result<RealmRepresentation, SyncError> {
    exported(api, name, true).await
}

async fn exported(api: &AdminApi, name: &str, clients: bool) -> Result<RealmRepresentation, SyncError> {
    let query = queries::RealmPartialExportQuery {
        export_clients: Some(clients),
        export_groups_and_roles: Some(true),
    };
    let exported = api.realm_partial_export(name, query).await;
    exported.map_err(SyncError::call(Verb::Read, &super::identity(name)))
}

/// Everything of a realm that a spec can hold, for [`export`](super::export): two calls, and one more where the paths of its default
/// groups may mean several groups. The second shows the clients too: only so are scopes mapped to clients shown at once.
///
/// # Errors
/// As [`observe`](super::observe); also where there is no such realm.
pub async fn read_whole(api: &AdminApi, name: &str) -> Result<Option<RealmRepresentation>, SyncError> {
    let Observed::Present(mut live) = super::observe(api, name).await? else { return Ok(None) };
    let mut whole = whole_with_clients(api, name).await?;
    live.roles = whole.roles.take();
    groups::take(api, name, &mut live, &mut whole).await?;
    client_scopes::take(&mut live, &mut whole);
    texts::take(&mut live, &mut whole);
    required_actions::take(&mut live, &mut whole);
    user_profile::take(&mut live, &mut whole);
    scope_mappings::take(&mut live, &mut whole);
    Ok(Some(*live))
}

impl Planning<'_> {
    /// The plan that brings a realm, and what a spec wants in it, to what is desired. `live` is what
    /// [`observe_parts`] read.
    ///
    /// # Errors
    /// As [`Planning::plan`].
    pub fn plan_realm(
        &self,
        desired: &Desired,
        wanted: &Wanted,
        observed: &Observed,
        live: &LiveState,
    ) -> Result<Plan, SyncError> {
        let identity = desired.identity().clone();
        let live = match observed.live() {
            Some(realm) => live.clone().present(identity, realm),
            None => live.clone().absent(identity),
        };
        let mut gone: BTreeSet<&Identity> =
            wanted.built_in.iter().filter(|identity| !live.is_present(identity)).collect();
        if observed.present().is_none() {
            gone.extend(&wanted.made_with_realm);
        }
        let mut refused = Vec::new();
        let Granted { objects, links } = Granted::of(wanted, observed, &live, self.server, &mut refused);
        let objects = objects.into_iter().filter(|object| !gone.contains(object.identity()));
        let objects = std::iter::once(desired).chain(objects).cloned();
        // In a realm that is to be made there is nothing to give up.
        let left = observed.present().map(|_| wanted.left(self.record));
        let objects: Vec<Desired> = objects.chain(left.into_iter().flatten()).collect();
        // What only Keycloak makes cannot be given links before it did.
        let held = |links: &DesiredLinks| {
            let made = objects.iter().any(|object| object.identity() == links.holder());
            made || live.knows_links(links.holder(), links.relation())
        };
        let (links, later): (Vec<_>, Vec<_>) = links.into_iter().partition(held);
        let mut plan = self.plan_of(&objects, &links, &wanted.exclusive, &live)?;
        let later: BTreeSet<&Identity> = later.iter().map(DesiredLinks::holder).chain(gone).collect();
        let later = later.into_iter().cloned();
        plan.findings
            .unresolved
            .extend(later.map(|object| Finding { object, what: Unresolved { link: None } }));
        plan.findings.refused.extend(refused);
        Ok(plan)
    }
}

/// What a spec wants and can have in a realm as it is.
struct Granted<'w> {
    objects: Vec<&'w Desired>,
    links: Vec<DesiredLinks>,
}

impl<'w> Granted<'w> {
    /// What cannot be is added to `refused`. Links that are there stay, also such as could not be made.
    fn of(
        wanted: &'w Wanted,
        observed: &Observed,
        live: &LiveState,
        server: &Server,
        refused: &mut Vec<Finding<Refused>>,
    ) -> Self {
        let names = observed.present().map(Names::of);
        let misnamed = |role: &Identity| names.as_ref().and_then(|names| names.refusal(role));
        let mut refuse = |object: &Identity, refusal: Option<Refusal>| {
            let found = refusal.map(|refusal| Finding { object: object.clone(), what: Refused { refusal } });
            let is_granted = found.is_none();
            refused.extend(found);
            is_granted
        };
        let objects = wanted.objects.iter();
        let objects =
            objects.filter(|object| refuse(object.identity(), misnamed(object.identity()))).collect();
        let guard = Guard::of(wanted.admin_permissions, observed, server);
        let mut links = Vec::new();
        for ((holder, relation), targets) in &wanted.links {
            // Told of the holder already.
            if misnamed(holder).is_some() {
                continue;
            }
            let targets = targets.iter().map(String::as_str).filter(|target| {
                let is_there = live.is_linked(holder, relation, target);
                is_there || refuse(holder, guard.refusal(relation, target))
            });
            links.push(DesiredLinks::new(holder.clone(), relation, targets));
        }
        Self { objects, links }
    }
}

/// What is missing, as a sentence without its end.
pub fn missing(finding: &Finding<Unresolved>) -> String {
    let object = &finding.object;
    match &finding.what.link {
        Some(link) => {
            let told = roles::missing(object, link).or_else(|| groups::missing(object, link));
            let told =
                told.or_else(|| client_scopes::missing(link)).or_else(|| scope_mappings::missing(link));
            told.unwrap_or_else(|| {
                format!(
                    "{object} is to have the {} {}, which does not exist",
                    link.relation.name, link.target
                )
            })
        }
        None => required_actions::missing(object).unwrap_or_else(|| {
            format!("{object} is made by Keycloak only, together with the realm, and it is not there")
        }),
    }
}

/// What of the object changes nothing as things are, as a sentence without its end.
pub fn without_effect(finding: &Finding<WithoutEffect>) -> String {
    let WithoutEffect { link } = &finding.what;
    scope_mappings::without_effect(link).unwrap_or_else(|| {
        format!("{} has the {} {}, which changes nothing", finding.object, link.relation.name, link.target)
    })
}

/// Whether what is missing belongs to a client.
pub fn is_of_a_client(finding: &Finding<Unresolved>) -> bool {
    finding.what.link.as_ref().is_some_and(|link| {
        link.relation.target == CLIENT_ROLE_OF_ROLE.target || scope_mappings::is_of_a_client(link)
    })
}

/// Takes into the POST of a realm which of these steps it can carry, and says which.
pub(crate) fn carried<'s>(
    steps: impl Iterator<Item = &'s Step>,
    realm: &mut RealmRepresentation,
) -> Vec<&'s Step> {
    let steps: Vec<&'s Step> = steps.collect();
    let described = groups::described(&steps);
    let mut carries = |step: &Step| {
        roles::carried(step, realm) || groups::carried(step, &described, realm) || texts::carried(step, realm)
    };
    steps.into_iter().filter(|step| carries(step)).collect()
}

/// Keycloak's ids of what a plan has created so far, where it says them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Created<'a>(pub(crate) &'a BTreeMap<Identity, String>);

impl<'a> Created<'a> {
    pub(crate) fn id(self, object: &Identity) -> Option<&'a str> {
        self.0.get(object).map(String::as_str)
    }

    /// The id of what the object of a step stands below.
    pub(crate) fn parent_of<'s>(self, step: &'s Step) -> Result<&'s str, SyncError>
    where
        'a: 's,
    {
        let made = || step.object.parent().and_then(|parent| self.id(parent));
        step.parent_id.as_deref().or_else(made).ok_or_else(|| SyncError::Incomplete {
            verb: step.action.into(),
            object: step.object.clone(),
            lacks: "id in Keycloak of what it stands below",
        })
    }
}

/// What the links of one plan have to look up, each once.
#[derive(Debug, Default)]
pub(crate) struct Lookups {
    /// Ids of all groups, once one was asked for that nothing told.
    pub(crate) groups: Option<BTreeMap<Identity, String>>,
    /// Clients whose roles links lead to.
    pub(crate) clients: Clients,
}

/// One step on an object of a realm. Answers the id of what it created.
pub(crate) async fn write(
    step: &Step,
    created: Created<'_>,
    target: &Target<'_>,
) -> Result<Option<String>, SyncError> {
    if *step.kind() == REALM_ROLE || *step.kind() == CLIENT_ROLE {
        roles::write(step, created, target).await
    } else if *step.kind() == GROUP {
        groups::write(step, created, target).await
    } else if *step.kind() == CLIENT_SCOPE || is_of_scope(step) {
        client_scopes::write(step, created, target).await
    } else if *step.kind() == MESSAGE_TEXTS {
        texts::write(step, target).await
    } else if *step.kind() == REQUIRED_ACTION {
        required_actions::write(step, target).await
    } else if *step.kind() == USER_PROFILE {
        user_profile::write(step, target).await
    } else if *step.kind() == SECRET_ROTATION {
        secret_rotation::write(step, target).await
    } else {
        Err(no_call(step))
    }
}

/// Whether the step is about a mapper of a client scope.
fn is_of_scope(step: &Step) -> bool {
    step.object.parent().is_some_and(|parent| parent.kind() == CLIENT_SCOPE.name)
}

/// Links of one relation that one object holds: made together, or taken away together. One that fails leaves the others alone.
pub(crate) async fn link(
    steps: &[&Step],
    created: Created<'_>,
    lookups: &mut Lookups,
    target: &Target<'_>,
) -> Linked {
    let Some(first) = steps.first() else { return Linked::default() };
    let Some(relation) = first.link.as_ref().map(|link| link.relation) else {
        return Linked::all(steps, &Err(no_call(first)));
    };
    if *first.kind() == REALM_ROLE || *first.kind() == CLIENT_ROLE {
        roles::link(steps, lookups, target).await
    } else if *first.kind() == GROUP || *relation == DEFAULT_GROUP {
        groups::link(steps, created, lookups, target).await
    } else if *relation == SCOPE_MAPPING {
        scope_mappings::link(steps, created, target).await
    } else if client_scopes::is_relation(relation) {
        client_scopes::link(steps, created, target).await
    } else {
        Linked::all(steps, &Err(no_call(first)))
    }
}

#[cfg(test)]
mod tests;
