//! Making a plan.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::spread::{Spread, entries, inner_path, spread_fields};
use super::{
    Action, At, Finding, Findings, OverriddenByServer, Place, Plan, PlanError, Refused, Step, StepId,
    StepState, Subject,
};
use crate::body;
use crate::change::{Change, Reason, Shown};
use crate::consent::{Approvals, ConsentKey, Deletions, Verdict, approval_hash};
use crate::desired::{Desired, Held, Live, LiveObject, LiveState};
use crate::diff::{
    DiffContext, Edit, ObjectDiff, asked_leaves, child_identity, is_secret, remember_created, remembered_hash,
};
use crate::digest::RecordKey;
use crate::identity::Identity;
use crate::kind::{Deletion, Kind, Loss, OnImmutable, Shape};
use crate::leaf::{Leaves, Rule};
use crate::link::{DesiredLinks, Link, Relation};
use crate::mark::{Adoption, LiveMark};
use crate::path::FieldPath;
use crate::record::{ObjectRecord, OwnedRecord, RecordEdit, Remember};
use crate::refusal::Refusal;
use crate::version::Server;

/// The kinds and relations that a record may name.
#[derive(Debug, Clone, Copy)]
pub struct Catalogue {
    /// Kinds of objects.
    pub kinds: &'static [&'static Kind],
    /// Kinds of links.
    pub relations: &'static [&'static Relation],
}

impl Catalogue {
    fn kind(&self, name: &str) -> Option<&'static Kind> {
        self.kinds.iter().find(|kind| kind.name == name).copied()
    }

    fn relation(&self, name: &str, holder: &str) -> Option<&'static Relation> {
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
    let spread = Spread::new(input.desired, input.live, input.exclusive, input.record);
    let mut planner = Planner::new(input, &spread);
    planner.compare_desired()?;
    planner.find_leaving()?;
    planner.compare_links()?;
    planner.count_deletions();
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

    fn compare_desired(&mut self) -> Result<(), PlanError> {
        let mut seen = BTreeSet::new();
        for desired in &self.spread.desired {
            if !seen.insert(&desired.identity) {
                return Err(PlanError::DeclaredTwice(desired.identity.clone()));
            }
            let server = self.input.server;
            if !server.knows(desired.kind.since) {
                self.refuse_kind(desired);
                continue;
            }
            let mut refused = Vec::new();
            let mut asked = asked_leaves(desired, server, &mut refused);
            if asked.iter().any(|(path, leaf)| is_secret(desired, path, leaf.rule)) {
                self.remember_key(&desired.identity);
            }
            let found = match self.spread.live.object(&desired.identity) {
                Some(LiveObject::Present(live)) => self.compare_present(desired, live)?,
                None if self.is_known(&desired.identity) => {
                    return Err(PlanError::NotRead(desired.identity.clone()));
                }
                Some(LiveObject::Absent) | None => Found::Missing { refused },
            };
            if matches!(found, Found::Missing { .. }) {
                // What it names may not exist yet: written by the next plan, after all creations.
                asked.retain(|_, leaf| leaf.rule.refers_to().is_none());
            }
            self.compared.push(Compared { desired, asked, found });
        }
        Ok(())
    }

    fn refuse_kind(&mut self, desired: &Desired) {
        let refusal = Refusal::KindTooOld {
            path: FieldPath::field(desired.kind.plural),
            since: desired.kind.since,
            server: self.input.server.version.unwrap_or(desired.kind.since),
        };
        self.findings.refused.push(Finding { object: desired.identity.clone(), what: Refused { refusal } });
    }

    fn remember_key(&mut self, object: &Identity) {
        if let Some(key) = self.input.key.filter(|key| self.input.record.key_id() != Some(key.id())) {
            self.settle(object, vec![Remember::Key(key.id().to_owned())]);
        }
    }

    fn is_known(&self, identity: &Identity) -> bool {
        self.input.record.object(identity).is_some() || self.is_pending(identity)
    }

    fn is_pending(&self, identity: &Identity) -> bool {
        self.input.record.pending().any(|pending| pending == identity)
    }

    fn compare_present(&mut self, desired: &'a Desired, live: &'a Live) -> Result<Found<'a>, PlanError> {
        let map = whole_view(desired.kind, &desired.identity, live)?;
        let owned = self.input.record.object(&desired.identity).unwrap_or(&NO_RECORD);
        let context =
            DiffContext { server: self.input.server, key: self.input.key, edited_by_others: live.edited };
        let diff = ObjectDiff::find(desired, owned, map, context);
        let pending = self.is_pending(&desired.identity);
        if pending {
            // Present and pending: our POST arrived before a crash (rule 1.6).
            self.settle(&desired.identity, vec![Remember::Created, Remember::NotPending]);
        }
        if let (Some(mark), Some(_)) = (&desired.mark, desired.kind.mark) {
            self.adoption = Some(mark.compare(&LiveMark::read(desired.kind, &live.value)));
        }
        Ok(Found::There { live, map, diff: Box::new(diff), created_by_us: pending || owned.created_by_us() })
    }

    /// Objects of the record, or of exclusive lists, that the CR does not declare.
    fn find_leaving(&mut self) -> Result<(), PlanError> {
        let declared: BTreeSet<&Identity> =
            self.spread.desired.iter().map(|desired| &desired.identity).collect();
        let record = self.input.record;
        let known: BTreeSet<&Identity> =
            record.objects().map(|(identity, _)| identity).chain(record.pending()).collect();
        for identity in known.iter().copied().filter(|identity| !declared.contains(identity)) {
            self.find_known_leaving(identity)?;
        }
        for (identity, live) in self.spread.live.all_present() {
            if declared.contains(identity) || known.contains(identity) {
                continue;
            }
            let list =
                self.spread.exclusive.iter().find(|list| {
                    list.kind.name == identity.kind() && list.parent.as_ref() == identity.parent()
                });
            match list {
                Some(list) if !live.built_in => {
                    let kind = list.kind;
                    let identity = identity.clone();
                    self.leaving.push(Leaving { identity, kind, live, created_by_us: false });
                }
                Some(_) => {}
                None => self
                    .findings
                    .unmanaged
                    .push(Finding { object: identity.clone(), what: Place { path: None } }),
            }
        }
        Ok(())
    }

    fn find_known_leaving(&mut self, identity: &Identity) -> Result<(), PlanError> {
        // A record of a newer controller may know kinds that this one does not: they are not ours to touch.
        let Some(kind) = self.input.catalogue.kind(identity.kind()) else { return Ok(()) };
        let created_by_us = self.is_pending(identity)
            || self.input.record.object(identity).is_some_and(ObjectRecord::created_by_us);
        match self.spread.live.object(identity) {
            None => return Err(PlanError::NotRead(identity.clone())),
            Some(LiveObject::Absent) => self.settle(identity, vec![Remember::Forget]),
            // What carries the mark is only ever deleted by its teardown.
            Some(LiveObject::Present(live)) if created_by_us && kind.mark.is_none() => {
                whole_view(kind, identity, live)?;
                let identity = identity.clone();
                self.leaving.push(Leaving { identity, kind, live, created_by_us });
            }
            Some(LiveObject::Present(live)) => {
                let exclusive = self
                    .spread
                    .exclusive
                    .iter()
                    .any(|list| list.kind.name == kind.name && list.parent.as_ref() == identity.parent());
                if exclusive && kind.mark.is_none() && !live.built_in {
                    let identity = identity.clone();
                    self.leaving.push(Leaving { identity, kind, live, created_by_us });
                } else {
                    self.settle(identity, vec![Remember::Forget]);
                    self.findings
                        .released
                        .push(Finding { object: identity.clone(), what: Place { path: None } });
                }
            }
        }
        Ok(())
    }

    fn compare_links(&mut self) -> Result<(), PlanError> {
        for links in self.input.links {
            self.compare_relation(links)?;
        }
        let leaving: BTreeSet<&Identity> = self.leaving.iter().map(|leaving| &leaving.identity).collect();
        let mut released = Vec::new();
        for (holder, owned) in self.input.record.objects().filter(|(holder, _)| !leaving.contains(holder)) {
            for name in owned.relations() {
                let asked = |links: &&DesiredLinks| links.holder == *holder && links.relation.name == name;
                let relation = self.input.catalogue.relation(name, holder.kind());
                if let (None, Some(relation)) = (self.input.links.iter().find(asked), relation) {
                    released.push(DesiredLinks::new(holder.clone(), relation, []));
                }
            }
        }
        for links in &released {
            let there = matches!(self.spread.live.object(&links.holder), Some(LiveObject::Present(_)));
            if there {
                self.compare_relation(links)?;
            }
        }
        Ok(())
    }

    fn compare_relation(&mut self, links: &DesiredLinks) -> Result<(), PlanError> {
        let (holder, relation) = (&links.holder, links.relation);
        let missing = self.compared.iter().any(|compared| {
            compared.desired.identity == *holder && matches!(compared.found, Found::Missing { .. })
        });
        let none = BTreeSet::new();
        if missing && relation.at_creation.is_some() {
            return Ok(());
        }
        let live = match self.spread.live.links_of(holder, relation.name) {
            Some(live) => live,
            None if missing => &none,
            None => return Err(PlanError::LinksNotRead { holder: holder.clone(), relation: relation.name }),
        };
        let made =
            self.input.record.object(holder).and_then(|owned| owned.links(relation.name)).unwrap_or(&none);
        let change = |target: &String, makes| LinkChange {
            holder: holder.clone(),
            relation,
            target: target.clone(),
            makes,
            made_by_us: made.contains(target),
        };
        let made_now: Vec<_> = links.targets.difference(live).map(|target| change(target, true)).collect();
        let surplus =
            live.difference(&links.targets).filter(|target| links.exclusive || made.contains(*target));
        let taken: Vec<_> = surplus.map(|target| change(target, false)).collect();
        let forgotten =
            made.iter().filter(|target| !live.contains(*target) && !links.targets.contains(*target));
        let forgotten =
            forgotten.map(|target| Remember::NoLink(relation.name.to_owned(), target.clone())).collect();
        self.settle(holder, forgotten);
        self.links.extend(made_now);
        self.links.extend(taken);
        Ok(())
    }

    fn count_deletions(&mut self) {
        for (identity, live) in self.spread.live.all_present() {
            self.deletions.add_total(identity.kind(), 1);
            let Some(kind) = self.input.catalogue.kind(identity.kind()) else { continue };
            for field in kind.fields {
                if let Shape::Children(rules) = &field.shape
                    && crate::leaf::travels_in_parent(rules)
                {
                    self.deletions.add_total(rules.kind.name, entries(live.value.get(field.name)).len());
                }
            }
        }
        for kind in self.input.catalogue.kinds {
            if let Some(total) = self.spread.live.told_total(kind.name) {
                self.deletions.set_total(kind.name, total);
            }
        }
        for leaving in &self.leaving {
            self.deletions.count(leaving.kind.name);
        }
        for compared in &self.compared {
            let Found::There { diff, .. } = &compared.found else { continue };
            for removed in diff.edits.iter().filter_map(|edit| edit.removes.as_ref()) {
                self.deletions.count(removed.kind.name);
            }
            if recreates(compared.desired.kind, diff) {
                self.deletions.count(compared.desired.kind.name);
            }
        }
    }

    fn draft_desired(&mut self) {
        for compared in std::mem::take(&mut self.compared) {
            let Compared { desired, asked, found } = compared;
            match found {
                Found::Missing { refused } => {
                    self.report_refused(&desired.identity, refused);
                    self.draft_creation(desired, &asked, 0, vec![]);
                }
                Found::There { live, map, diff, created_by_us } => {
                    self.draft_existing(desired, &asked, live, map, *diff, created_by_us);
                }
            }
        }
    }

    fn draft_creation(&mut self, desired: &Desired, asked: &Leaves, sub: u8, mut needs: Vec<Need>) {
        let identity = &desired.identity;
        let links: Vec<&DesiredLinks> =
            self.input.links.iter().filter(|links| links.holder == *identity).collect();
        let travelling: Vec<(&'static str, Vec<&str>)> = links
            .iter()
            .filter_map(|links| {
                Some((links.relation.at_creation?, links.targets.iter().map(String::as_str).collect()))
            })
            .collect();
        let mut step = Step::new(desired.kind, identity, Action::Create);
        step.body = Some(body::creation(desired, asked, &travelling, self.input.server));
        step.changes = asked.iter().map(|(path, leaf)| created_change(desired, path, leaf)).collect();
        step.after = self.after_creation(desired, asked, &mut step.carries);
        for links in links.iter().filter(|links| links.relation.at_creation.is_some()) {
            let made = |target: &String| Remember::Link(links.relation.name.to_owned(), target.clone());
            step.after.extend(edits_of(identity, links.targets.iter().map(made)));
            needs.extend(links.targets.iter().map(|target| target_need(links.relation, target)));
        }
        needs.extend(identity.parent().map(|parent| Need::CreateOf(parent.clone())));
        self.drafts.push(Draft { phase: 0, order: i32::from(desired.kind.order), sub, step, needs });
    }

    /// What is remembered after a POST, for the object and for those that were created inside it.
    fn after_creation(
        &self,
        desired: &Desired,
        asked: &Leaves,
        carries: &mut Vec<Identity>,
    ) -> Vec<RecordEdit> {
        let identity = &desired.identity;
        let mut after = edits_of(identity, [Remember::Forget, Remember::Created]);
        let spread: BTreeMap<&str, &'static Kind> =
            spread_fields(desired.kind).map(|(field, rules)| (field.name, rules.kind)).collect();
        let mut entry: Option<(FieldPath, Identity)> = None;
        for (path, leaf) in asked {
            if let (Rule::Child(rules), true) = (leaf.rule, spread.contains_key(path.top())) {
                let key = crate::leaf::child_key(rules.kind.naming, &leaf.wire).unwrap_or_default();
                let child = Identity::below(identity.clone(), rules.kind, &key);
                carries.push(child.clone());
                after.extend(edits_of(&child, [Remember::Forget, Remember::Created]));
                entry = Some((path.clone(), child));
                continue;
            }
            let inside = entry.as_ref().and_then(|(at, child)| Some((inner_path(path, at)?, child)));
            let remembered = match inside {
                Some((inner, child)) => {
                    let hash = remembered_hash_of(desired, child, self.input.key, path, &inner, leaf);
                    hash.map(|what| RecordEdit { object: child.clone(), what })
                }
                None => remember_created(desired, self.input.key, path, leaf)
                    .map(|what| RecordEdit { object: identity.clone(), what }),
            };
            after.extend(remembered);
        }
        after
    }

    fn draft_existing(
        &mut self,
        desired: &'a Desired,
        asked: &Leaves,
        live: &Live,
        map: &Map<String, Value>,
        mut diff: ObjectDiff,
        created_by_us: bool,
    ) {
        let identity = &desired.identity;
        if recreates(desired.kind, &diff) && self.draft_recreation(desired, asked, live, created_by_us) {
            return;
        }
        let refuses = desired.kind.on_immutable == OnImmutable::Refuse;
        for (path, live) in std::mem::take(&mut diff.immutable).into_iter().filter(|_| refuses) {
            let live = crate::render::shown_text(&live);
            diff.refused.push(Refusal::Immutable { path, live });
        }
        let (ready, waiting): (Vec<_>, Vec<_>) = diff
            .edits
            .iter()
            .map(|edit| (edit, self.judge_edit(desired, live, edit)))
            .partition(|(_, (verdict, _))| !matches!(verdict, Verdict::Waiting(_)));
        for (edit, (verdict, key)) in waiting {
            self.draft_waiting_edit(desired, live, edit, verdict, key);
        }
        if ready.is_empty() && diff.edits.is_empty() {
            *self.unchanged.entry(desired.kind.plural).or_default() += 1;
        }
        let (late, early): (Vec<_>, Vec<_>) = ready.into_iter().partition(|(edit, _)| edit.names.is_some());
        let before: Vec<&Edit> = early.iter().map(|(edit, _)| *edit).collect();
        for (phase, before, judged) in [(0, &[][..], early), (1, &before[..], late)] {
            if !judged.is_empty() {
                let edits: Vec<&Edit> = judged.iter().map(|(edit, _)| *edit).collect();
                let body = body::update(desired.kind, asked, map, before, &edits, self.input.server);
                self.draft_update(phase, desired, live, body, judged);
            }
        }
        self.report(identity, diff);
    }

    fn draft_update(
        &mut self,
        phase: u8,
        desired: &Desired,
        live: &Live,
        body: body::Body,
        judged: Vec<(&Edit, (Verdict, ConsentKey))>,
    ) {
        let identity = &desired.identity;
        let mut step = Step::new(desired.kind, identity, Action::Update);
        step.server_id = id_of(&live.value);
        step.body = Some(body);
        let mut needs = Vec::new();
        for (edit, (verdict, key)) in judged {
            step.changes.push(edit.change.clone());
            step.loses = step.loses.max(edit.loss);
            step.after.extend(edits_of(identity, edit.after.iter().cloned()));
            if verdict == Verdict::Approved {
                step.approved.push(key);
            }
            needs.extend(edit.names.iter().map(|(kind, name)| Need::CreateOf(Identity::named(kind, name))));
        }
        self.drafts.push(Draft { phase, order: i32::from(desired.kind.order), sub: 0, step, needs });
    }

    fn judge_edit(&self, desired: &Desired, live: &Live, edit: &Edit) -> (Verdict, ConsentKey) {
        if let Some(removed) = &edit.removes {
            let child = child_identity(&desired.identity, removed);
            let key = consent_key(&child, removed.id.clone(), edit.loss);
            return (self.deletions.judge(&key, removed.created_by_us, true, self.input.approvals), key);
        }
        let key = ConsentKey {
            kind: desired.kind.name.to_owned(),
            identity: format!("{}#{}", desired.identity.among_kind(), edit.change.path),
            id: id_of(&live.value).unwrap_or_default(),
            loses: edit.loss,
        };
        // Taking a value away is an act of the CR's author: only what needs an approval in any case waits.
        (self.deletions.judge(&key, true, false, self.input.approvals), key)
    }

    fn draft_waiting_edit(
        &mut self,
        desired: &Desired,
        live: &Live,
        edit: &Edit,
        verdict: Verdict,
        key: ConsentKey,
    ) {
        let mut step = if let Some(removed) = &edit.removes {
            let child = child_identity(&desired.identity, removed);
            let mut step = Step::new(removed.kind, &child, Action::Delete);
            step.server_id.clone_from(&removed.id);
            step
        } else {
            let mut step = Step::new(desired.kind, &desired.identity, Action::Update);
            step.server_id = id_of(&live.value);
            step.path = Some(edit.change.path.clone());
            step.changes = vec![edit.change.clone()];
            step
        };
        step.loses = edit.loss;
        step.state = waiting_state(verdict);
        step.waiting = Some(key);
        self.drafts.push(Draft {
            phase: 0,
            order: i32::from(desired.kind.order),
            sub: 1,
            step,
            needs: vec![],
        });
    }

    /// Deletes an object and creates it anew. `false` when the deletion waits: then the rest of the object goes on.
    fn draft_recreation(
        &mut self,
        desired: &'a Desired,
        asked: &Leaves,
        live: &Live,
        created_by_us: bool,
    ) -> bool {
        let kind = desired.kind;
        let mut step = deletion(kind, &desired.identity, live);
        let (verdict, key) = self.judge_deletion(&step, created_by_us);
        consent(&mut step, verdict, key);
        let waits = matches!(verdict, Verdict::Waiting(_));
        self.drafts.push(Draft { phase: 0, order: i32::from(kind.order), sub: 2, step, needs: vec![] });
        self.draft_creation(desired, asked, 3, vec![Need::DeleteOf(desired.identity.clone())]);
        !waits
    }

    fn draft_deletions(&mut self) {
        for leaving in std::mem::take(&mut self.leaving) {
            let mut step = deletion(leaving.kind, &leaving.identity, leaving.live);
            let (verdict, key) = self.judge_deletion(&step, leaving.created_by_us);
            consent(&mut step, verdict, key);
            let depth = depth_of(&leaving.identity);
            let order = -(i32::from(leaving.kind.order) * 8 + depth);
            self.drafts.push(Draft { phase: 4, order, sub: 0, step, needs: vec![] });
        }
    }

    fn judge_deletion(&self, step: &Step, created_by_us: bool) -> (Verdict, ConsentKey) {
        let key = consent_key(&step.object, step.server_id.clone(), step.loses);
        (self.deletions.judge(&key, created_by_us, true, self.input.approvals), key)
    }

    fn draft_links(&mut self) {
        for change in std::mem::take(&mut self.links) {
            let kind = self.input.catalogue.kind(change.relation.holder);
            let Some(kind) = kind else { continue };
            let action = if change.makes { Action::Link } else { Action::Unlink };
            let mut step = Step::new(kind, &change.holder, action);
            step.server_id = match self.spread.live.object(&change.holder) {
                Some(LiveObject::Present(live)) => id_of(&live.value),
                Some(LiveObject::Absent) | None => None,
            };
            step.link = Some(Link { relation: change.relation, target: change.target.clone() });
            let name = change.relation.name.to_owned();
            let mut needs = Vec::new();
            if change.makes {
                step.after = edits_of(&change.holder, [Remember::Link(name, change.target.clone())]);
                needs.push(Need::CreateOf(change.holder.clone()));
                needs.push(target_need(change.relation, &change.target));
            } else {
                step.after = edits_of(&change.holder, [Remember::NoLink(name, change.target.clone())]);
                step.loses = change.relation.unlinking_loses;
                let identity = format!("{}>{}", change.holder.key(), change.target);
                let kind = change.relation.name.to_owned();
                let id = step.server_id.clone().unwrap_or_default();
                let key = ConsentKey { kind, identity, id, loses: step.loses };
                let verdict = self.deletions.judge(&key, change.made_by_us, false, self.input.approvals);
                consent(&mut step, verdict, key);
            }
            let phase = if change.makes { 2 } else { 3 };
            self.drafts.push(Draft { phase, order: i32::from(kind.order), sub: 0, step, needs });
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

    fn finish(mut self) -> Plan {
        self.drafts.sort_by(|left, right| sort_key(left).cmp(&sort_key(right)));
        let mut numbers: BTreeMap<Need, StepId> = BTreeMap::new();
        for (number, draft) in self.drafts.iter().enumerate() {
            let object = draft.step.object.clone();
            match draft.step.action {
                Action::Create => {
                    for carried in &draft.step.carries {
                        numbers.insert(Need::CreateOf(carried.clone()), StepId(number));
                    }
                    numbers.insert(Need::CreateOf(object), StepId(number));
                }
                Action::Delete => {
                    numbers.insert(Need::DeleteOf(object), StepId(number));
                }
                Action::Update | Action::Link | Action::Unlink => {}
            }
        }
        let mut steps: Vec<Step> = Vec::with_capacity(self.drafts.len());
        for (number, draft) in self.drafts.into_iter().enumerate() {
            let mut step = draft.step;
            step.id = StepId(number);
            let depends: BTreeSet<StepId> =
                draft.needs.iter().filter_map(|need| numbers.get(need).copied()).collect();
            step.depends_on = depends.into_iter().filter(|on| *on != step.id).collect();
            // Steps stand after what they depend on, so one look back is enough.
            let held_up = step
                .depends_on
                .iter()
                .find(|on| steps.get(on.0).is_some_and(|before: &Step| before.state != StepState::Ready));
            if let (StepState::Ready, Some(on)) = (&step.state, held_up) {
                step.state = StepState::After(*on);
            }
            if let StepState::Waiting(_) = step.state {
                step.body = None;
            }
            steps.push(step);
        }
        let mut plan = Plan {
            subject: self.input.subject.clone(),
            adoption: self.adoption,
            steps,
            findings: self.findings,
            unchanged: self.unchanged,
            approval: None,
            settled: self.settled,
        };
        plan.approval = approval_of(&plan, self.input.approvals);
        plan
    }
}

/// The hash that approves what waits in a plan.
pub(super) fn approval_of(plan: &Plan, approvals: &Approvals) -> Option<String> {
    let waiting = plan.waiting_keys();
    let subject = &plan.subject;
    (!waiting.is_empty())
        .then(|| approval_hash(&subject.uid, &subject.realm_id, approvals.consumed, &waiting))
}

/// A deletion that nobody judged yet.
pub(super) fn deletion(kind: &'static Kind, identity: &Identity, live: &Live) -> Step {
    let mut step = Step::new(kind, identity, Action::Delete);
    step.server_id = id_of(&live.value);
    step.after = edits_of(identity, [Remember::Forget]);
    (step.loses, step.held) = deletion_loss(kind, live);
    step
}

/// What deleting a live object loses, and who holds it.
fn deletion_loss(kind: &Kind, live: &Live) -> (Loss, Option<(&'static str, Held)>) {
    match (kind.deletion, &live.held) {
        (Deletion::Loses(loss), _) => (loss, None),
        (Deletion::IfHeld { free, .. }, Some(Held { count: 0, .. })) => (free, None),
        (Deletion::IfHeld { held, phrase, .. }, Some(by)) => (held, Some((phrase, by.clone()))),
        (Deletion::IfHeld { held, .. }, None) => (held, None),
    }
}

pub(super) fn consent_key(object: &Identity, id: Option<String>, loses: Loss) -> ConsentKey {
    let (kind, identity) = (object.kind().to_owned(), object.among_kind());
    ConsentKey { kind, identity, id: id.unwrap_or_default(), loses }
}

pub(super) fn consent(step: &mut Step, verdict: Verdict, key: ConsentKey) {
    match verdict {
        Verdict::Free => {}
        Verdict::Approved => step.approved.push(key),
        Verdict::Waiting(_) => {
            step.state = waiting_state(verdict);
            step.waiting = Some(key);
        }
    }
}

fn waiting_state(verdict: Verdict) -> StepState {
    match verdict {
        Verdict::Waiting(reason) => StepState::Waiting(reason),
        Verdict::Free | Verdict::Approved => StepState::Ready,
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

fn sort_key(draft: &Draft) -> (u8, i32, i32, &Identity, u8, Option<&Link>, Option<&FieldPath>) {
    let depth = if draft.phase == 0 { depth_of(&draft.step.object) } else { 0 };
    (
        draft.phase,
        draft.order,
        depth,
        &draft.step.object,
        draft.sub,
        draft.step.link.as_ref(),
        draft.step.path.as_ref(),
    )
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

fn created_change(desired: &Desired, path: &FieldPath, leaf: &crate::leaf::Leaf) -> Change {
    let entry = matches!(leaf.rule, Rule::Child(_));
    let new = if is_secret(desired, path, leaf.rule) {
        Shown::Secret
    } else if entry {
        Shown::Value(Value::Bool(true))
    } else {
        Shown::Value(leaf.wire.clone())
    };
    Change {
        path: path.clone(),
        old: Shown::Absent,
        new,
        reason: Reason::Desired,
        note: None,
        set: false,
        entry,
        mark: false,
    }
}

/// What is remembered of a value inside a child that was created with its parent, under the child's own identity.
fn remembered_hash_of(
    desired: &Desired,
    child: &Identity,
    key: Option<&RecordKey>,
    path: &FieldPath,
    inner: &FieldPath,
    leaf: &crate::leaf::Leaf,
) -> Option<Remember> {
    let mut as_child = desired.clone();
    as_child.identity = child.clone();
    if desired.secrets.contains(path) {
        as_child.secrets.insert(inner.clone());
    }
    let hash = remembered_hash(&as_child, key, inner, leaf.rule, leaf.normal.as_ref())?;
    let standing = crate::record::Standing::Written { over: None };
    Some(Remember::Value(inner.clone(), crate::record::Applied { hash, standing }))
}

fn place(path: FieldPath) -> Place {
    Place { path: Some(path) }
}

fn findings<T>(object: &Identity, what: impl Iterator<Item = T>) -> impl Iterator<Item = Finding<T>> {
    what.map(|what| Finding { object: object.clone(), what })
}
