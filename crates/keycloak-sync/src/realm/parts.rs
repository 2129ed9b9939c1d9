//! What is in a realm beside its settings, one module per area.
//!
//! Each area says what a spec wants of it ([`Wanted`]), reads what is needed for that, writes its steps, and goes the other way.
//! An area that nobody declares and that the record does not know costs no call. A realm that is to be made takes with it what
//! its POST can carry.

use std::collections::{BTreeMap, BTreeSet};

use keycloak_admin::types::RealmRepresentation;
use keycloak_admin::{AdminApi, queries};
use keycloak_crds::realm::KeycloakRealmSpec;
use keycloak_plan::kinds::{CLIENT_ROLE_OF_ROLE, REALM, REALM_ROLE};
use keycloak_plan::{
    Desired, DesiredLinks, Exclusive, Finding, Identity, Kind, LiveState, OwnedRecord, Plan, Relation, Step,
    Unresolved,
};

use super::{Observed, roles};
use crate::error::{SyncError, Verb};
use crate::execute::{Target, no_call};
use crate::fields::FieldRefusal;
use crate::planning::Planning;

/// Kinds that a partial export shows whole.
const EXPORTED: &[&Kind] = &[&REALM_ROLE];

/// What a spec asks of everything in a realm that has calls of its own.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The objects.
    pub(crate) objects: Vec<Desired>,
    /// Lists that are complete.
    pub(crate) exclusive: Vec<Exclusive>,
    /// Of the objects, those that Keycloak makes itself: never created by us.
    pub(crate) built_in: BTreeSet<Identity>,
    links: BTreeMap<(Identity, &'static Relation), BTreeSet<String>>,
}

impl Wanted {
    /// What this spec wants, and what it cannot have.
    pub(crate) fn of(spec: &KeycloakRealmSpec) -> (Self, Vec<FieldRefusal>) {
        let (mut wanted, mut refused) = (Self::default(), Vec::new());
        roles::desired(spec, &mut wanted, &mut refused);
        (wanted, refused)
    }

    /// A link from `holder`, asked for at one or several places.
    pub(crate) fn link(&mut self, holder: Identity, relation: &'static Relation, target: impl Into<String>) {
        self.links.entry((holder, relation)).or_default().insert(target.into());
    }

    fn links(&self) -> Vec<DesiredLinks> {
        let links = self.links.iter();
        links
            .map(|((holder, relation), targets)| {
                DesiredLinks::new(holder.clone(), relation, targets.iter().map(String::as_str))
            })
            .collect()
    }
}

/// Which objects and links have to be read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Needed<'a> {
    wanted: &'a Wanted,
    record: &'a OwnedRecord,
}

impl<'a> Needed<'a> {
    /// Objects that are asked for, known, or about to be made.
    fn objects(self) -> impl Iterator<Item = &'a Identity> {
        let wanted = self.wanted.objects.iter().map(Desired::identity);
        let known = self.record.objects().map(|(identity, _)| identity);
        wanted.chain(known).chain(self.record.pending()).filter(|identity| identity.kind() != REALM.name)
    }

    /// Whether anything of this kind has to be read: objects, or links to or from one.
    pub(crate) fn has(self, kind: &Kind) -> bool {
        let mut links = self.wanted.links.keys();
        self.objects().any(|identity| identity.kind() == kind.name)
            || links.any(|(holder, relation)| holder.kind() == kind.name || relation.target == kind.name)
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

    /// Says of everything that was not found that it is not there.
    fn absent(self, live: LiveState) -> LiveState {
        let missing: BTreeSet<&Identity> = self.objects().filter(|identity| !live.knows(identity)).collect();
        missing.into_iter().fold(live, |live, identity| live.absent(identity.clone()))
    }
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
        return Ok(needed.absent(roles::of_no_realm(name, needed, LiveState::new())));
    };
    let whole =
        if EXPORTED.iter().any(|kind| needed.has(kind)) { Some(whole(api, name).await?) } else { None };
    let look = Look { api, realm: name, settings, whole: whole.as_ref(), needed };
    let live = roles::observe(&look, LiveState::new()).await?;
    Ok(needed.absent(live))
}

/// The realm without its clients and users, in one call.
async fn whole(api: &AdminApi, name: &str) -> Result<RealmRepresentation, SyncError> {
    let query =
        queries::RealmPartialExportQuery { export_clients: Some(false), export_groups_and_roles: Some(true) };
    let exported = api.realm_partial_export(name, query).await;
    exported.map_err(SyncError::call(Verb::Read, &super::identity(name)))
}

/// Everything of a realm that a spec can hold, for [`export`](super::export): two calls.
///
/// # Errors
/// As [`observe`](super::observe); also where there is no such realm.
pub async fn read_whole(api: &AdminApi, name: &str) -> Result<Option<RealmRepresentation>, SyncError> {
    let Observed::Present(mut live) = super::observe(api, name).await? else { return Ok(None) };
    let whole = whole(api, name).await?;
    live.roles = whole.roles;
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
        let gone: BTreeSet<&Identity> =
            wanted.built_in.iter().filter(|identity| !live.is_present(identity)).collect();
        let objects = wanted.objects.iter().filter(|object| !gone.contains(object.identity()));
        let objects: Vec<Desired> = std::iter::once(desired).chain(objects).cloned().collect();
        // What only Keycloak makes cannot be given links before it did.
        let held = |links: &DesiredLinks| {
            let made = objects.iter().any(|object| object.identity() == links.holder());
            made || live.knows_links(links.holder(), links.relation())
        };
        let (links, later): (Vec<_>, Vec<_>) = wanted.links().into_iter().partition(held);
        let mut plan = self.plan_of(&objects, &links, &wanted.exclusive, &live)?;
        let later: BTreeSet<&Identity> = later.iter().map(DesiredLinks::holder).chain(gone).collect();
        let later = later.into_iter().cloned();
        plan.findings
            .unresolved
            .extend(later.map(|object| Finding { object, what: Unresolved { link: None } }));
        Ok(plan)
    }
}

/// What is missing, as a sentence without its end.
pub fn missing(finding: &Finding<Unresolved>) -> String {
    let object = &finding.object;
    match &finding.what.link {
        Some(link) => roles::missing(object, link).unwrap_or_else(|| {
            format!("{object} is to have the {} {}, which does not exist", link.relation.name, link.target)
        }),
        None => format!("{object} is made by Keycloak only, together with the realm, and it is not there"),
    }
}

/// Whether what is missing belongs to a client.
pub fn is_of_a_client(finding: &Finding<Unresolved>) -> bool {
    finding.what.link.as_ref().is_some_and(|link| link.relation.target == CLIENT_ROLE_OF_ROLE.target)
}

/// Takes into the POST of a realm which of these steps it can carry, and says which.
pub(crate) fn carried<'s>(
    steps: impl Iterator<Item = &'s Step>,
    realm: &mut RealmRepresentation,
) -> Vec<&'s Step> {
    steps.filter(|step| roles::carried(step, realm)).collect()
}

/// One step on an object of a realm. Answers the id of what it created.
pub(crate) async fn write(step: &Step, target: &Target<'_>) -> Result<Option<String>, SyncError> {
    if *step.kind() == REALM_ROLE { roles::write(step, target).await } else { Err(no_call(step)) }
}

/// Links of one relation that one object holds: made together, or taken away together.
pub(crate) async fn link(steps: &[&Step], target: &Target<'_>) -> Result<(), SyncError> {
    let Some(first) = steps.first() else { return Ok(()) };
    if *first.kind() == REALM_ROLE { roles::link(steps, target).await } else { Err(no_call(first)) }
}
