//! The plan: ordered steps that bring the server to what a CR asks, and what there is to tell beside them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Serialize, Serializer};

use crate::body::Body;
use crate::change::{Change, Shown};
use crate::consent::{ConsentKey, WaitingFor};
use crate::desired::Held;
use crate::identity::Identity;
use crate::kind::{Kind, Loss};
use crate::link::Link;
use crate::mark::Adoption;
use crate::moving::Move;
use crate::path::FieldPath;
use crate::record::{OwnedRecord, RecordEdit};
use crate::refusal::Refusal;

mod planner;
mod spread;
mod summary;
mod teardown;

pub use planner::{Catalogue, Exclusive, PlanInput, plan};
pub use summary::{PlanSummary, STORED_PLAN_LIMIT, SummaryStep};
pub use teardown::{Teardown, teardown};

/// Whose plan it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Subject {
    /// What the plan is for: `realm acme`.
    pub what: String,
    /// The instance, as `namespace/name` or as an address: `keycloak-system/keycloak`.
    pub on: String,
    /// The CR as the plugin takes it: `realm/acme`.
    pub cr: String,
    /// Namespace of the CR.
    pub namespace: String,
    /// Uid of the CR.
    pub uid: String,
    /// Keycloak's id of the realm; empty while there is none.
    pub realm_id: String,
}

/// Why no plan can be made. All of these are faults of the call, or of what was read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// Keycloak gives everybody a reduced view of a realm; compared with it everything would look like drift.
    #[error(
        "the view of {0} has no id: the login in use has no rights on it, so nothing can be compared; grant it rights first"
    )]
    ReducedView(Identity),
    /// The representation is no JSON object.
    #[error("what was read of {0} is not a JSON object")]
    NotAnObject(Identity),
    /// A record knows the object, so it must be looked at.
    #[error("{0} is in the record of what was applied but was not read; read it before planning")]
    NotRead(Identity),
    /// Links were not read.
    #[error("the {relation} links of {holder} were not read; read them before planning")]
    LinksNotRead {
        /// The holder.
        holder: Identity,
        /// The relation.
        relation: &'static str,
    },
    /// The CR declares it twice.
    #[error("{0} is declared twice; keep one declaration")]
    DeclaredTwice(Identity),
}

/// Number of a step in its plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct StepId(pub usize);

/// What a step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// POST.
    Create,
    /// PUT.
    Update,
    /// DELETE.
    Delete,
    /// Makes a link.
    Link,
    /// Takes a link away.
    Unlink,
}

impl Action {
    /// The word, as it stands in the JSON form too.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Link => "link",
            Self::Unlink => "unlink",
        }
    }
}

/// Whether a step may run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum StepState {
    /// It may.
    Ready,
    /// It waits for an approval.
    Waiting(WaitingFor),
    /// It depends on a step that does not run.
    After(StepId),
}

/// One step.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Its number; steps run in this order.
    pub id: StepId,
    /// What it does.
    pub action: Action,
    /// To which object.
    #[serde(serialize_with = "object_fields", flatten)]
    pub object: Identity,
    /// The part of the object, where a waiting step is about a part only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<FieldPath>,
    /// Keycloak's id of the object, where it exists.
    #[serde(rename = "idOnServer", skip_serializing_if = "Option::is_none")]
    pub server_id: Option<String>,
    /// The link, for link and unlink.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
    /// Keycloak's id of what the link leads to, where it was read.
    #[serde(skip)]
    pub target_id: Option<String>,
    /// Keycloak's id of what the object stands below, where that was read.
    #[serde(skip)]
    pub parent_id: Option<String>,
    /// What changes; for a creation what is asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// What it loses.
    pub loses: Loss,
    /// Who holds the object, or whom it holds.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "held_text")]
    pub held: Option<(&'static str, Held)>,
    /// Whether it may run.
    pub state: StepState,
    /// Steps that must be done before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub depends_on: Vec<StepId>,
    #[serde(skip)]
    pub(crate) kind: &'static Kind,
    #[serde(skip)]
    pub(crate) body: Option<Body>,
    /// Objects that are created inside this one.
    #[serde(skip)]
    pub(crate) carries: Vec<Identity>,
    /// What consent is needed for.
    #[serde(skip)]
    pub(crate) waiting: Option<ConsentKey>,
    /// What was approved of it.
    #[serde(skip)]
    pub(crate) approved: Vec<ConsentKey>,
    #[serde(skip)]
    pub(crate) after: Vec<RecordEdit>,
    #[serde(skip)]
    pub(crate) moved: Option<Move>,
}

impl Step {
    /// A step that may run and changes nothing yet.
    fn new(kind: &'static Kind, object: &Identity, action: Action) -> Self {
        Self {
            id: StepId(0),
            action,
            object: object.clone(),
            path: None,
            server_id: None,
            link: None,
            target_id: None,
            parent_id: None,
            changes: Vec::new(),
            loses: Loss::Nothing,
            held: None,
            state: StepState::Ready,
            depends_on: Vec::new(),
            kind,
            body: None,
            carries: Vec::new(),
            waiting: None,
            approved: Vec::new(),
            after: Vec::new(),
            moved: None,
        }
    }

    /// The JSON to send: for a creation the POST, for an update the PUT. Never for a waiting step, which is planned
    /// anew once it is approved.
    pub fn body(&self) -> Option<&Body> {
        self.body.as_ref()
    }

    /// The declaration of the object's kind.
    pub fn kind(&self) -> &'static Kind {
        self.kind
    }

    /// Whether it only writes the owner's mark.
    pub fn is_only_mark(&self) -> bool {
        self.action == Action::Update && !self.changes.is_empty() && self.changes.iter().all(Change::is_mark)
    }

    /// Objects that are created inside this one.
    pub fn carries(&self) -> &[Identity] {
        &self.carries
    }

    /// The move, for an update that changes no value but where the object stands. Its [`body`](Self::body) holds what the server
    /// clears unless it is said.
    pub fn moved(&self) -> Option<&Move> {
        self.moved.as_ref()
    }
}

/// Something to tell about an object that is not a step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding<T> {
    /// The object.
    #[serde(serialize_with = "object_fields", flatten)]
    pub object: Identity,
    /// What there is to tell.
    #[serde(flatten)]
    pub what: T,
}

/// A value that the server makes something else of (rule 1.8).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OverriddenByServer {
    /// Where.
    pub path: FieldPath,
    /// What was written.
    pub asked: Shown,
    /// What is read back.
    pub reads: Shown,
}

/// A path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct At {
    /// Where.
    pub path: FieldPath,
}

/// An object as a whole, or a part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The part; the object itself without.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<FieldPath>,
}

/// A refused path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// Why, as a sentence that begins with the path.
    #[serde(rename = "message")]
    pub refusal: Refusal,
}

/// What is asked for and cannot be done yet, because what it needs does not exist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unresolved {
    /// The link that is not made, because what it leads to does not exist. Without one it is the object itself that is missing,
    /// and that only Keycloak makes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
}

/// A link that is asked for, and made, and that changes nothing as things are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WithoutEffect {
    /// The link.
    pub link: Link,
}

/// What there is to tell beside the steps.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Findings {
    /// Values that the server overrides; not written again until CR, policies or server change.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub overridden: Vec<Finding<OverriddenByServer>>,
    /// Paths of the CR that cannot be applied.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<Finding<Refused>>,
    /// What left the CR and stays as it is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub released: Vec<Finding<Place>>,
    /// Masked secrets that cannot be compared without the record key.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<Finding<At>>,
    /// Values that equal the seed's defaults and are not owned until they change.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub seed_defaults: Vec<Finding<At>>,
    /// What waits for something that does not exist yet; the rest goes on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unresolved: Vec<Finding<Unresolved>>,
    /// Links that change nothing as things are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without_effect: Vec<Finding<WithoutEffect>>,
    /// Objects of declared lists that nobody declares; never touched.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unmanaged: Vec<Finding<Place>>,
    /// An object that should be torn down although nothing proves that it is ours: it is left as it is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unproven: Vec<Finding<Place>>,
}

/// How many of each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Values to change, in steps that may run.
    pub change: usize,
    /// Objects to create.
    pub create: usize,
    /// Objects to delete.
    pub delete: usize,
    /// Links to make.
    pub link: usize,
    /// Links to take away.
    pub unlink: usize,
    /// Steps that wait for an approval.
    pub waiting: usize,
    /// Steps that depend on one that waits.
    pub blocked: usize,
}

/// A plan. It serialises to the JSON that is documented at [`render::json`](crate::render::json).
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Whose it is.
    pub subject: Subject,
    /// How the mark of the object that carries one compares, while it exists.
    pub adoption: Option<Adoption>,
    /// The steps in their order.
    pub steps: Vec<Step>,
    /// What there is to tell beside them.
    pub findings: Findings,
    /// Number of objects, by plural of their kind, that are as asked.
    pub unchanged: BTreeMap<&'static str, usize>,
    pub(crate) approval: Option<String>,
    pub(crate) settled: Vec<RecordEdit>,
    /// Moves that the server has made already.
    pub(crate) moved: Vec<Move>,
}

impl Plan {
    /// Whether there is no step.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Whether the server equals the CR: no step, nothing refused, overridden, unknown or missing.
    pub fn is_converged(&self) -> bool {
        let findings = &self.findings;
        self.is_empty()
            && findings.overridden.is_empty()
            && findings.refused.is_empty()
            && findings.unknown.is_empty()
            && findings.unresolved.is_empty()
            && findings.unproven.is_empty()
    }

    /// The steps that may run, in order.
    pub fn runnable(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.state == StepState::Ready)
    }

    /// The value of the annotation that approves the waiting steps.
    pub fn approval(&self) -> Option<&str> {
        self.approval.as_deref()
    }

    /// Objects that must stand in `owned.pending` before the plan runs: created ones that cannot carry a mark, and the new places
    /// of such as the record knows.
    pub fn pending(&self) -> Vec<Identity> {
        let noted = self.runnable().filter(|step| match &step.moved {
            Some(moved) => moved.is_known,
            None => step.action == Action::Create && step.kind.mark.is_none(),
        });
        noted.flat_map(|step| std::iter::once(&step.object).chain(&step.carries)).cloned().collect()
    }

    /// The record once `done` steps were carried out. A step that failed keeps what was remembered before it.
    ///
    /// With no steps done it still takes up what needs no write: values that were found as asked, released paths.
    #[must_use]
    pub fn record_after(&self, before: &OwnedRecord, done: &BTreeSet<StepId>) -> OwnedRecord {
        let moves = self.steps.iter().filter_map(|step| Some((step.moved.as_ref()?, step.id)));
        let (made, open): (Vec<_>, Vec<_>) = moves.partition(|(_, step)| done.contains(step));
        let made = made.into_iter().map(|(moved, _)| moved);
        // Of two, one of something below the other, the deeper one goes first.
        let mut made: Vec<&Move> = self.moved.iter().chain(made).collect();
        made.sort_by_key(|moved| std::cmp::Reverse(moved.from.depth()));
        let mut record = before.clone().following(made);
        // What was found at a place before the move is not remembered of the place after it.
        let is_open = |object: &Identity| {
            open.iter().any(|(moved, _)| *object == moved.to || object.is_below(&moved.to))
        };
        let settled = self.settled.iter().filter(|edit| !is_open(&edit.object));
        let steps = self.steps.iter().filter(|step| done.contains(&step.id));
        for edit in settled.chain(steps.flat_map(|step| &step.after)) {
            record.apply(edit);
        }
        record
    }

    /// How many of each.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for step in &self.steps {
            match (&step.state, step.action) {
                (StepState::Waiting(_), _) => counts.waiting += 1,
                (StepState::After(_), _) => counts.blocked += 1,
                (StepState::Ready, Action::Update) => {
                    let mark = usize::from(step.changes.iter().any(Change::is_mark));
                    counts.change += mark + step.changes.iter().filter(|change| !change.is_mark()).count();
                }
                (StepState::Ready, Action::Create) => counts.create += 1,
                (StepState::Ready, Action::Delete) => counts.delete += 1,
                (StepState::Ready, Action::Link) => counts.link += 1,
                (StepState::Ready, Action::Unlink) => counts.unlink += 1,
            }
        }
        counts
    }

    pub(crate) fn waiting_keys(&self) -> BTreeSet<ConsentKey> {
        self.steps.iter().filter_map(|step| step.waiting.clone()).collect()
    }

    pub(crate) fn approved_keys(&self) -> BTreeSet<ConsentKey> {
        self.steps.iter().flat_map(|step| step.approved.iter().cloned()).collect()
    }
}

/// `kind` and `identity` (unique among the kind), as in status.
fn object_fields<S: Serializer>(object: &Identity, serializer: S) -> Result<S::Ok, S::Error> {
    use serde::ser::SerializeMap as _;
    let mut map = serializer.serialize_map(Some(2))?;
    map.serialize_entry("kind", object.kind())?;
    map.serialize_entry("identity", &object.among_kind())?;
    map.end()
}

#[allow(clippy::ref_option, reason = "the signature that serde calls")]
fn held_text<S: Serializer>(held: &Option<(&'static str, Held)>, serializer: S) -> Result<S::Ok, S::Error> {
    match held {
        Some((phrase, held)) => {
            serializer.collect_str(&format_args!("{phrase} {} {}", held.count, held.what))
        }
        None => serializer.serialize_none(),
    }
}
