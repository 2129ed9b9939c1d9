//! Making a plan.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::spread::Spread;
use super::{At, Finding, Findings, OverriddenByServer, Place, Plan, PlanError, Refused, Step, Subject};
use crate::consent::{Approvals, Deletions};
use crate::desired::{Desired, Live, LiveState};
use crate::diff::ObjectDiff;
use crate::digest::RecordKey;
use crate::identity::Identity;
use crate::kind::{Kind, OnImmutable};
use crate::leaf::Leaves;
use crate::link::{DesiredLinks, Relation};
use crate::mark::Adoption;
use crate::path::FieldPath;
use crate::record::{ObjectRecord, OwnedRecord, RecordEdit, Remember};
use crate::refusal::Refusal;
use crate::version::Server;

mod compare;
mod draft;
mod moves;
mod order;
mod removal;

pub(super) use order::approval_of;
pub(super) use removal::{consent, consent_key, deletion};

/// The kinds and relations that a record may name.
#[derive(Debug, Clone, Copy)]
pub struct Catalogue {
    /// Kinds of objects.
    pub kinds: &'static [&'static Kind],
    /// Kinds of links.
    pub relations: &'static [&'static Relation],
}

impl Catalogue {
    pub(super) fn kind(&self, name: &str) -> Option<&'static Kind> {
        self.kinds.iter().find(|kind| kind.name == name).copied()
    }

    /// The relation of this name that objects of this kind hold.
    pub fn relation(&self, name: &str, holder: &str) -> Option<&'static Relation> {
        self.relations.iter().find(|relation| relation.name == name && relation.holder == holder).copied()
    }
}

/// A list of a CR that is exclusive: what is not declared is deleted, after approval where we did not create it.
#[derive(Debug, Clone)]
pub struct Exclusive {
    /// Kind of its objects.
    pub kind: &'static Kind,
    /// Below which object, for kinds that stand below one.
    pub parent: Option<Identity>,
}

/// Everything that a plan is made from.
#[derive(Debug, Clone, Copy)]
pub struct PlanInput<'a> {
    /// Whose plan it is.
    pub subject: &'a Subject,
    /// What the CR asks.
    pub desired: &'a [Desired],
    /// The links that it asks.
    pub links: &'a [DesiredLinks],
    /// Its exclusive lists.
    pub exclusive: &'a [Exclusive],
    /// What the server has.
    pub live: &'a LiveState,
    /// What was applied last.
    pub record: &'a OwnedRecord,
    /// What was approved.
    pub approvals: &'a Approvals,
    /// The server.
    pub server: &'a Server,
    /// The key of hashes from Secrets. The plugin has none.
    pub key: Option<&'a RecordKey>,
    /// The kinds and relations that the record may name.
    pub catalogue: Catalogue,
}

/// Makes the plan of one CR: three-way diff of every object, order, consent, and the bodies to send.
///
/// # Errors
///
/// When something that must be read was not, or only a reduced view of it was.
pub fn plan(input: &PlanInput<'_>) -> Result<Plan, PlanError> {
    // What is remembered of an object that is to stand elsewhere is compared with what is asked for there.
    let record = input.record.clone().following(input.live.moves());
    let input = PlanInput { record: &record, ..*input };
    let spread = Spread::new(&input);
    let mut planner = Planner::new(&input, &spread);
    planner.compare_desired()?;
    planner.find_leaving()?;
    planner.compare_links()?;
    planner.count_deletions();
    planner.draft_moves();
    planner.draft_desired();
    planner.draft_deletions();
    planner.draft_links();
    Ok(planner.finish())
}

/// One desired object, compared.
struct Compared<'a> {
    desired: &'a Desired,
    asked: Leaves,
    found: Found<'a>,
}

enum Found<'a> {
    Missing { refused: Vec<Refusal> },
    There { live: &'a Live, map: &'a Map<String, Value>, diff: Box<ObjectDiff>, created_by_us: bool },
}

/// An object to delete.
struct Leaving<'a> {
    identity: Identity,
    kind: &'static Kind,
    live: &'a Live,
    created_by_us: bool,
}

/// A link to make or to take away.
struct LinkChange {
    holder: Identity,
    relation: &'static Relation,
    target: String,
    makes: bool,
    made_by_us: bool,
}

/// A step before it has a number.
struct Draft {
    phase: u8,
    order: i32,
    sub: u8,
    step: Step,
    needs: Vec<Need>,
}

/// What a step depends on, if the plan has it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Need {
    CreateOf(Identity),
    DeleteOf(Identity),
}

struct Planner<'a> {
    input: &'a PlanInput<'a>,
    spread: &'a Spread,
    compared: Vec<Compared<'a>>,
    leaving: Vec<Leaving<'a>>,
    links: Vec<LinkChange>,
    deletions: Deletions,
    drafts: Vec<Draft>,
    findings: Findings,
    settled: Vec<RecordEdit>,
    unchanged: BTreeMap<&'static str, usize>,
    adoption: Option<Adoption>,
}

static NO_RECORD: ObjectRecord = ObjectRecord::EMPTY;

impl<'a> Planner<'a> {
    fn new(input: &'a PlanInput<'a>, spread: &'a Spread) -> Self {
        Self {
            input,
            spread,
            compared: Vec::new(),
            leaving: Vec::new(),
            links: Vec::new(),
            deletions: Deletions::default(),
            drafts: Vec::new(),
            findings: Findings::default(),
            settled: Vec::new(),
            unchanged: BTreeMap::new(),
            adoption: None,
        }
    }

    fn settle(&mut self, object: &Identity, what: Vec<Remember>) {
        self.settled.extend(edits_of(object, what));
    }

    fn report_refused(&mut self, object: &Identity, refused: Vec<Refusal>) {
        let refused = refused.into_iter().map(|refusal| Refused { refusal });
        self.findings.refused.extend(findings(object, refused));
    }

    fn report(&mut self, object: &Identity, diff: ObjectDiff) {
        self.settle(object, diff.settled);
        let overridden = diff.overridden.into_iter();
        let overridden = overridden.map(|value| OverriddenByServer {
            path: value.path,
            asked: value.asked,
            reads: value.reads,
        });
        self.findings.overridden.extend(findings(object, overridden));
        self.report_refused(object, diff.refused);
        self.findings.released.extend(findings(object, diff.left.into_iter().map(place)));
        self.findings.unknown.extend(findings(object, diff.unknown.into_iter().map(|path| At { path })));
        self.findings
            .seed_defaults
            .extend(findings(object, diff.seed_defaults.into_iter().map(|path| At { path })));
        self.findings.unmanaged.extend(findings(object, diff.unmanaged.into_iter().map(place)));
    }
}

/// The representation, unless it is no object or a reduced view.
pub(super) fn whole_view<'l>(
    kind: &Kind,
    identity: &Identity,
    live: &'l Live,
) -> Result<&'l Map<String, Value>, PlanError> {
    let map = live.value.as_object().ok_or_else(|| PlanError::NotAnObject(identity.clone()))?;
    if kind.has_id() && id_of(&live.value).is_none() {
        return Err(PlanError::ReducedView(identity.clone()));
    }
    Ok(map)
}

pub(super) fn id_of(live: &Value) -> Option<String> {
    live.get("id").and_then(Value::as_str).filter(|id| !id.is_empty()).map(str::to_owned)
}

pub(super) fn edits_of(object: &Identity, what: impl IntoIterator<Item = Remember>) -> Vec<RecordEdit> {
    what.into_iter().map(|what| RecordEdit { object: object.clone(), what }).collect()
}

fn depth_of(identity: &Identity) -> i32 {
    std::iter::successors(identity.parent(), |parent| parent.parent()).map(|_| 1).sum()
}

fn target_need(relation: &Relation, target: &str) -> Need {
    Need::CreateOf(Identity::named(relation.target, target))
}

fn recreates(kind: &Kind, diff: &ObjectDiff) -> bool {
    kind.on_immutable == OnImmutable::Recreate && !diff.immutable.is_empty()
}

fn place(path: FieldPath) -> Place {
    Place { path: Some(path) }
}

fn findings<T>(object: &Identity, what: impl Iterator<Item = T>) -> impl Iterator<Item = Finding<T>> {
    what.map(|what| Finding { object: object.clone(), what })
}
