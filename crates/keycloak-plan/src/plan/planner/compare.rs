//! Comparing: what the CR asks with what is there, what left the CR, and the links.

use std::collections::BTreeSet;

use super::{Compared, Found, Leaving, LinkChange, NO_RECORD, Planner, recreates, whole_view};
use crate::desired::{Desired, Live, LiveObject, Target};
use crate::diff::{DiffContext, ObjectDiff, asked_leaves, is_secret};
use crate::identity::Identity;
use crate::kind::{Kind, Shape};
use crate::link::{DesiredLinks, Link, Relation};
use crate::mark::LiveMark;
use crate::path::FieldPath;
use crate::plan::spread::entries;
use crate::plan::{Finding, Place, PlanError, Refused, Unresolved, WithoutEffect};
use crate::record::{ObjectRecord, Remember};
use crate::refusal::Refusal;

impl<'a> Planner<'a> {
    pub(super) fn compare_desired(&mut self) -> Result<(), PlanError> {
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

    fn is_absent(&self, identity: &Identity) -> bool {
        matches!(self.spread.live.object(identity), Some(LiveObject::Absent))
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
    pub(super) fn find_leaving(&mut self) -> Result<(), PlanError> {
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
            // It goes with what it stands below, see the deletion of that.
            if self.leaving.iter().any(|leaving| identity.is_below(&leaving.identity)) {
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
                // Nobody is to manage what Keycloak made for itself.
                None if live.built_in => {}
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
        if self.leaving.iter().any(|leaving| identity.is_below(&leaving.identity)) {
            // It goes with what it stands below, see the deletion of that.
            return Ok(());
        }
        if identity.parent().is_some_and(|parent| self.is_absent(parent)) {
            self.settle(identity, vec![Remember::Forget]);
            return Ok(());
        }
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
                    self.let_go(identity, kind);
                }
            }
        }
        Ok(())
    }

    /// An object that stays and that nobody declares any more. The links that we made from it are remembered until they are gone:
    /// the CR may still ask for them, or taking them away may fail or wait for an approval.
    fn let_go(&mut self, identity: &Identity, kind: &Kind) {
        // What carries a mark has a plan of its own, in which nobody reads it any more.
        let keeps_links = kind.mark.is_none();
        let known = self.input.record.object(identity);
        if keeps_links && known.is_some_and(ObjectRecord::knows_only_links) {
            return;
        }
        let what = if keeps_links { Remember::Released } else { Remember::Forget };
        self.settle(identity, vec![what]);
        self.findings.released.push(Finding { object: identity.clone(), what: Place { path: None } });
    }

    pub(super) fn compare_links(&mut self) -> Result<(), PlanError> {
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
            self.tell_of_links_that_wait(links);
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
        let (made_now, missing): (Vec<&String>, Vec<&String>) =
            links.targets.difference(live).partition(|target| self.may_be_linked(relation, target));
        let made_now: Vec<_> = made_now.into_iter().map(|target| change(target, true)).collect();
        let missing: Vec<Link> =
            missing.into_iter().map(|target| Link { relation, target: target.clone() }).collect();
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
        let idle = links.targets.iter().filter(|target| self.spread.live.is_without_effect(relation, target));
        let idle: Vec<WithoutEffect> =
            idle.map(|target| WithoutEffect { link: Link { relation, target: target.clone() } }).collect();
        let idle = idle.into_iter().map(|what| Finding { object: holder.clone(), what });
        self.findings.without_effect.extend(idle);
        let missing = missing.into_iter().map(|link| Unresolved { link: Some(link) });
        self.findings.unresolved.extend(missing.map(|what| Finding { object: holder.clone(), what }));
        Ok(())
    }

    /// Links that would be made together with their holder, and lead to what does not exist yet.
    fn tell_of_links_that_wait(&mut self, links: &DesiredLinks) {
        let (holder, relation) = (&links.holder, links.relation);
        let waiting = links.targets.iter().filter(|target| !self.may_be_linked(relation, target));
        let waiting: Vec<Link> = waiting.map(|target| Link { relation, target: target.clone() }).collect();
        let waiting = waiting.into_iter().map(|link| Unresolved { link: Some(link) });
        self.findings.unresolved.extend(waiting.map(|what| Finding { object: holder.clone(), what }));
    }

    /// Whether a link may lead there: it exists, this plan makes it, or nobody looked.
    fn may_be_linked(&self, relation: &Relation, target: &str) -> bool {
        self.spread.live.target_of(relation, target) != Target::Missing
            || self.compared.iter().any(|compared| {
                let identity = &compared.desired.identity;
                identity.parent().is_none() && identity.kind() == relation.target && identity.name() == target
            })
    }

    pub(super) fn count_deletions(&mut self) {
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
            // A group takes its subgroups along.
            let below = self.spread.live.all_present().map(|(identity, _)| identity);
            for _ in
                below.filter(|below| below.kind() == leaving.kind.name && below.is_below(&leaving.identity))
            {
                self.deletions.count(leaving.kind.name);
            }
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
}
