//! Steps that create and update, with their bodies.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Compared, Draft, Found, Need, Planner, edits_of, id_of, recreates, removal, target_need};
use crate::body;
use crate::change::{Change, Reason, Shown};
use crate::consent::{ConsentKey, Verdict};
use crate::desired::{Desired, Live};
use crate::diff::{Edit, ObjectDiff, child_identity, is_secret, remember_created, remembered_hash};
use crate::digest::RecordKey;
use crate::identity::Identity;
use crate::kind::{Kind, OnImmutable};
use crate::leaf::{Leaf, Leaves, Rule};
use crate::link::{DesiredLinks, Link, Relation};
use crate::path::FieldPath;
use crate::plan::spread::{inner_path, spread_fields};
use crate::plan::{Action, Step};
use crate::record::{Applied, RecordEdit, Remember, Standing};
use crate::refusal::Refusal;

impl<'a> Planner<'a> {
    pub(super) fn draft_desired(&mut self) {
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
        let links = self.input.links.iter().filter(|links| links.holder == *identity);
        let travelling: Vec<(&'static Relation, &'static str, Vec<&str>)> = links
            .filter_map(|links| Some((links.relation, links.relation.at_creation?, self.made_now(links))))
            .collect();
        let fields: Vec<(&'static str, Vec<&str>)> =
            travelling.iter().map(|(_, field, targets)| (*field, targets.clone())).collect();
        let mut step = Step::new(desired.kind, identity, Action::Create);
        step.body = Some(body::creation(desired, asked, &fields, self.input.server));
        step.changes = asked.iter().map(|(path, leaf)| created_change(desired, path, leaf)).collect();
        step.after = self.after_creation(desired, asked, &mut step.carries);
        for (relation, _, targets) in &travelling {
            let made = |target: &&str| Remember::Link(relation.name.to_owned(), (*target).to_owned());
            step.after.extend(edits_of(identity, targets.iter().map(made)));
            needs.extend(targets.iter().map(|target| target_need(relation, target)));
        }
        needs.extend(identity.parent().map(|parent| Need::CreateOf(parent.clone())));
        self.drafts.push(Draft { phase: 0, order: i32::from(desired.kind.order), sub, step, needs });
    }

    /// Where links lead that the POST of their holder makes: not those that wait for something, which were told of.
    fn made_now<'l>(&self, links: &'l DesiredLinks) -> Vec<&'l str> {
        let waits = |target: &str| {
            self.findings.unresolved.iter().any(|waiting| {
                let is_it = |link: &Link| *link.relation == *links.relation && link.target == target;
                waiting.object == links.holder && waiting.what.link.as_ref().is_some_and(is_it)
            })
        };
        links.targets.iter().map(String::as_str).filter(|target| !waits(target)).collect()
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
        if diff.is_as_asked() {
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
            let key = removal::consent_key(&child, removed.id.clone(), edit.loss);
            return (self.deletions.judge(&key, removed.created_by_us, true, self.input.approvals), key);
        }
        let identity = format!("{}#{}", desired.identity.among_kind(), edit.change.path);
        let id = id_of(&live.value).unwrap_or_default();
        let key = ConsentKey::new(desired.kind.name, identity, id, edit.loss);
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
        step.state = removal::waiting_state(verdict);
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
        let mut step = removal::deletion(kind, &desired.identity, live);
        let (verdict, key) = self.judge_deletion(&step, created_by_us);
        removal::consent(&mut step, verdict, key);
        let waits = matches!(verdict, Verdict::Waiting(_));
        self.drafts.push(Draft { phase: 0, order: i32::from(kind.order), sub: 2, step, needs: vec![] });
        self.draft_creation(desired, asked, 3, vec![Need::DeleteOf(desired.identity.clone())]);
        !waits
    }
}

fn created_change(desired: &Desired, path: &FieldPath, leaf: &Leaf) -> Change {
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
    leaf: &Leaf,
) -> Option<Remember> {
    let mut as_child = desired.clone();
    as_child.identity = child.clone();
    if desired.secrets.contains(path) {
        as_child.secrets.insert(inner.clone());
    }
    let hash = remembered_hash(&as_child, key, inner, leaf.rule, leaf.normal.as_ref())?;
    let standing = Standing::Written { over: None };
    Some(Remember::Value(inner.clone(), Applied { hash, standing }))
}
