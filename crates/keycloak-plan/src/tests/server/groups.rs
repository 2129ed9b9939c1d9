//! Groups of a realm: trees, the roles of their members, which of them new users join, and how they are moved.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{Model, Object, take_or_remove};
use crate::kinds::{CLIENT_ROLE_OF_GROUP, DEFAULT_GROUP, GROUP, REALM, ROLE_OF_GROUP};
use crate::plan::{Action, Step};
use crate::tests::Given;
use crate::{Identity, Link, Live, LiveState, Loss, Move, ObjectRecord, Relation};

/// Roles that members of groups may have, each with the relation that gives it.
pub(in crate::tests) static ROLES: [(&Relation, &str); 3] =
    [(&ROLE_OF_GROUP, "employee"), (&ROLE_OF_GROUP, "manager"), (&CLIENT_ROLE_OF_GROUP, "portal admin")];

pub(in crate::tests) fn realm() -> Identity {
    Identity::new(&REALM, "acme")
}

/// The group of a path, with or without the first slash.
pub(in crate::tests) fn group(path: &str) -> Identity {
    let path = path.trim_start_matches('/');
    match path.rsplit_once('/') {
        Some((parent, name)) => Identity::below(group(parent), &GROUP, name),
        None => Identity::new(&GROUP, path),
    }
}

/// The path of a group.
pub(in crate::tests) fn path(group: &Identity) -> String {
    let above = group.parent().map(path).unwrap_or_default();
    format!("{above}/{}", group.name())
}

#[derive(Debug)]
struct Group {
    name: String,
    parent: Option<String>,
    value: Object,
    /// Numbers of roles among [`ROLES`], and whether a plan gave them.
    roles: BTreeMap<usize, bool>,
    members: u64,
    /// Whether a plan made it.
    ours: bool,
}

/// The groups of a realm by their ids, which moves keep.
#[derive(Debug)]
pub(in crate::tests) struct Tree {
    groups: BTreeMap<String, Group>,
    /// Of [`ROLES`], those that there are.
    roles: BTreeSet<usize>,
    /// Groups that new users join, and whether a plan said so.
    defaults: BTreeMap<String, bool>,
    /// What the CR says of a group that stood elsewhere: from where to where it goes.
    pub(in crate::tests) previous: Option<(Identity, Identity)>,
    /// What plans deleted.
    pub(in crate::tests) deleted: Vec<String>,
    next_id: u32,
}

impl Tree {
    pub(in crate::tests) fn new() -> Self {
        Self {
            groups: BTreeMap::new(),
            roles: (0..ROLES.len()).collect(),
            defaults: BTreeMap::new(),
            previous: None,
            deleted: Vec::new(),
            next_id: 0,
        }
    }

    fn identity(&self, id: &str) -> Identity {
        let group = &self.groups[id];
        match &group.parent {
            Some(parent) => Identity::below(self.identity(parent), &GROUP, &group.name),
            None => Identity::new(&GROUP, &group.name),
        }
    }

    /// The id of the group that stands there.
    pub(in crate::tests) fn at(&self, place: &Identity) -> Option<String> {
        self.groups.keys().find(|id| self.identity(id) == *place).cloned()
    }

    pub(in crate::tests) fn all(&self) -> impl Iterator<Item = Identity> {
        self.groups.keys().map(|id| self.identity(id))
    }

    /// A group with everything below it.
    fn tree_of(&self, id: &str) -> BTreeSet<String> {
        let top = self.identity(id);
        let goes = |id: &&String| {
            let identity = self.identity(id);
            identity == top || identity.is_below(&top)
        };
        self.groups.keys().filter(goes).cloned().collect()
    }

    /// Roles that members get of the group that stands there and of those above it.
    fn gives(&self, place: Option<&Identity>) -> BTreeSet<usize> {
        let upwards = std::iter::successors(place, |place| place.parent());
        let groups = upwards.filter_map(|place| self.groups.get(&self.at(place)?));
        groups.flat_map(|group| group.roles.keys().copied()).collect()
    }

    /// Whether there is a role for members of groups.
    pub(in crate::tests) fn has_role(&self, role: usize) -> bool {
        self.roles.contains(&role)
    }

    /// Whether the group itself gives a role.
    pub(in crate::tests) fn is_given(&self, place: &Identity, role: usize) -> bool {
        self.at(place).is_some_and(|id| self.groups[&id].roles.contains_key(&role))
    }

    pub(in crate::tests) fn is_default(&self, place: &Identity) -> bool {
        self.at(place).is_some_and(|id| self.defaults.contains_key(&id))
    }

    // What people do.

    pub(in crate::tests) fn people_write(&mut self, place: &Identity, value: &Object) {
        let id = self.at(place).unwrap_or_else(|| self.make(place, false));
        self.take(&id, value);
    }

    pub(in crate::tests) fn people_give(&mut self, place: &Identity, role: usize) {
        let id = self.at(place).unwrap();
        if self.roles.contains(&role) {
            self.groups.get_mut(&id).unwrap().roles.entry(role).or_insert(false);
        }
    }

    pub(in crate::tests) fn people_join(&mut self, place: &Identity, members: u64) {
        if let Some(id) = self.at(place) {
            self.groups.get_mut(&id).unwrap().members = members;
        }
    }

    pub(in crate::tests) fn people_let_new_users_join(&mut self, place: &Identity) {
        if let Some(id) = self.at(place) {
            self.defaults.entry(id).or_insert(false);
        }
    }

    /// Which groups are gone with it: none where new users join one of them, for then they keep it.
    pub(in crate::tests) fn people_delete(&mut self, place: &Identity) -> Vec<Identity> {
        let tree = self.at(place).map(|id| self.tree_of(&id)).unwrap_or_default();
        if tree.iter().any(|id| self.defaults.contains_key(id)) {
            return Vec::new();
        }
        let gone = tree.iter().map(|id| self.identity(id)).collect();
        self.groups.retain(|id, _| !tree.contains(id));
        gone
    }

    pub(in crate::tests) fn people_delete_role(&mut self, role: usize) {
        self.roles.remove(&role);
        for group in self.groups.values_mut() {
            group.roles.remove(&role);
        }
    }

    // Keycloak.

    fn make(&mut self, place: &Identity, ours: bool) -> String {
        let parent = place.parent().map(|parent| self.at(parent).expect("404: the group above"));
        assert!(self.at(place).is_none(), "409: {place}");
        self.next_id += 1;
        let id = format!("group-{}", self.next_id);
        let name = place.name().to_owned();
        let group = Group { name, parent, value: Object::new(), roles: BTreeMap::new(), members: 0, ours };
        self.groups.insert(id.clone(), group);
        id
    }

    /// Clears a description that is not said; replaces the attributes where they are.
    fn take(&mut self, id: &str, body: &Object) {
        let group = self.groups.get_mut(id).expect("404");
        take_or_remove(&mut group.value, body, "description");
        if let Some(attributes) = body.get("attributes").and_then(Value::as_object) {
            let kept = attributes.iter().filter(|(_, values)| **values != json!([]));
            let kept: Value = kept.map(|(key, values)| (key.clone(), values.clone())).collect();
            group.value.insert("attributes".to_owned(), kept);
        }
    }

    /// The group keeps its id, with its members, its roles and what stands below it.
    fn move_to(&mut self, id: &str, moved: &Move, body: &Object, approved: bool) {
        assert_eq!(self.identity(id), *moved.from(), "it stands elsewhere");
        assert!(self.at(moved.to()).is_none(), "409: {}", moved.to());
        let before = self.gives(Some(moved.from()));
        let parent = moved.to().parent().map(|parent| self.at(parent).expect("404: the group above"));
        let group = self.groups.get_mut(id).unwrap();
        group.name = moved.to().name().to_owned();
        group.parent = parent;
        self.take(id, body);
        let after = self.gives(Some(moved.to()));
        assert!(approved || before.is_subset(&after), "{} took roles from its members", moved.to());
    }

    fn delete(&mut self, id: &str, approved: bool) {
        let (top, tree) = (self.identity(id), self.tree_of(id));
        for id in &tree {
            let group = &self.groups[id];
            let is_free = group.ours && group.members == 0;
            assert!(approved || is_free, "{} was deleted with {top}", self.identity(id));
        }
        self.groups.retain(|id, _| !tree.contains(id));
        self.defaults.retain(|id, _| !tree.contains(id));
        self.deleted.push(top.to_string());
    }

    fn link_default(&mut self, step: &Step, link: &Link) {
        let id = step.target_id.clone().or_else(|| self.at(&group(&link.target)));
        let id = id.filter(|id| self.groups.contains_key(id)).expect("404: the default group");
        if step.action == Action::Link {
            assert_eq!(self.defaults.insert(id, true), None, "it was there");
        } else {
            assert_eq!(self.defaults.remove(&id), Some(true), "{} was not ours", link.target);
        }
    }

    fn link_role(&mut self, id: &str, step: &Step, link: &Link) {
        let role = ROLES.iter().position(|(of, name)| **of == *link.relation && link.target == *name);
        let role = role.expect("404: the role");
        let group = self.groups.get_mut(id).expect("404");
        if step.action == Action::Link {
            assert!(self.roles.contains(&role), "404: {}", link.target);
            assert_eq!(group.roles.insert(role, true), None, "it was there");
        } else {
            assert_eq!(group.roles.remove(&role), Some(true), "{} was not ours", link.target);
            assert!(!step.approved.is_empty(), "{} was taken from members unasked", link.target);
        }
    }

    // Whoever reads it for a plan.

    /// The move that is to be made: the group stands where the CR says it stood, and where it is to stand there is none, nor does
    /// the record know of any there or below.
    pub(in crate::tests) fn due(&self, given: &Given) -> Option<Move> {
        let (from, to) = self.previous.clone()?;
        let id = self.at(&from)?;
        let mut known = given.record.objects().map(|(identity, _)| identity);
        if self.at(&to).is_some() || known.any(|known| *known == to || known.is_below(&to)) {
            return None;
        }
        let mut moved = Move::new(from.clone(), to.clone());
        let (mut lost, kept) = (self.gives(from.parent()), self.gives(to.parent()));
        lost.retain(|role| !kept.contains(role) && !self.groups[&id].roles.contains_key(role));
        if !lost.is_empty() {
            let count = u64::try_from(lost.len()).unwrap();
            moved = moved.losing(Loss::Access, "takes from its members", count, "roles of groups above it");
        }
        let known = given.record.object(&realm()).and_then(|known| known.links(DEFAULT_GROUP.name));
        for text in known.into_iter().flatten() {
            if let Some(place) = moved.takes(&group(text)) {
                moved = moved.target(&DEFAULT_GROUP, text.clone(), path(&place));
            }
        }
        Some(moved)
    }
}

impl Model for Tree {
    /// Every group by the place where it will stand.
    fn live(&self, given: &Given) -> LiveState {
        let moved = self.due(given);
        let place = |identity: Identity| {
            let taken = moved.as_ref().and_then(|moved| moved.takes(&identity));
            taken.unwrap_or(identity)
        };
        let places: BTreeMap<&String, Identity> =
            self.groups.keys().map(|id| (id, place(self.identity(id)))).collect();
        let record = given.record.clone().following(&moved);
        let is_declared =
            |identity: &Identity| given.desired.iter().any(|desired| desired.identity == *identity);
        let is_leaving = |identity: &Identity| {
            record.object(identity).is_some_and(ObjectRecord::created_by_us) && !is_declared(identity)
        };

        let acme = Live::new(json!({"id": "r-1", "realm": "acme"})).held(0, "users");
        let mut live = LiveState::new().present(realm(), acme);
        let mut defaults = Vec::new();
        for (id, group) in &self.groups {
            let identity = &places[id];
            let mut value = group.value.clone();
            value.insert("id".to_owned(), Value::from(id.as_str()));
            value.insert("name".to_owned(), Value::from(identity.name()));
            let mut holders = group.members;
            for (other, below) in places.iter().filter(|(_, other)| other.is_below(identity)) {
                holders += self.groups[*other].members + u64::from(!is_leaving(below));
            }
            for relation in [&ROLE_OF_GROUP, &CLIENT_ROLE_OF_GROUP] {
                let held = group.roles.keys().map(|role| ROLES[*role]);
                let held = held.filter(|(of, _)| *of == relation).map(|(_, name)| name);
                live = live.links(identity.clone(), relation, held);
            }
            if self.defaults.contains_key(id) {
                defaults.push(path(identity));
            }
            live = live.target(&DEFAULT_GROUP, &path(identity), Some(id.as_str()));
            live = live.present(identity.clone(), Live::new(Value::Object(value)).held(holders, "users"));
        }
        live = live.links(realm(), &DEFAULT_GROUP, defaults.iter().map(String::as_str));
        for (number, (relation, name)) in ROLES.into_iter().enumerate() {
            live = live.target(relation, name, self.has_role(number).then_some("role"));
        }
        let asked = given.links.iter().filter(|links| *links.relation == DEFAULT_GROUP);
        for target in asked.flat_map(|links| &links.targets) {
            let identity = group(target);
            // A group that moves, and what is below it, is there once it was moved.
            let goes = |moved: &Move| identity == *moved.to() || identity.is_below(moved.to());
            let is_later = moved.as_ref().is_some_and(goes) && !defaults.contains(target);
            if is_later || !(live.is_present(&identity) || is_declared(&identity)) {
                live = live.target(&DEFAULT_GROUP, target, None);
            }
        }
        let wanted = given.desired.iter().map(|desired| &desired.identity);
        let known = record.objects().map(|(identity, _)| identity);
        let missing: BTreeSet<&Identity> =
            wanted.chain(known).filter(|identity| !live.knows(identity)).collect();
        live = missing.into_iter().fold(live, |live, identity| live.absent(identity.clone()));
        moved.into_iter().fold(live, LiveState::moved)
    }

    fn step(&mut self, step: &Step) {
        let approved = !step.approved.is_empty();
        let body = step.body().and_then(|body| body.expose().as_object()).cloned().unwrap_or_default();
        if let Some(link) = step.link.as_ref().filter(|link| *link.relation == DEFAULT_GROUP) {
            return self.link_default(step, link);
        }
        assert_eq!(step.object.kind(), GROUP.name, "{:?}", step.object);
        if step.action == Action::Create {
            assert_eq!(body["name"], step.object.name());
            let id = self.make(&step.object, true);
            return self.take(&id, &body);
        }
        let id = step.server_id.clone().or_else(|| self.at(&step.object)).expect("404");
        match (step.action, &step.link, step.moved()) {
            (Action::Link | Action::Unlink, Some(link), None) => self.link_role(&id, step, link),
            (Action::Update, None, moved) => {
                assert_eq!(body["name"], step.object.name(), "it would be renamed");
                if let Some(moved) = moved {
                    self.move_to(&id, moved, &body, approved);
                } else {
                    assert_eq!(self.identity(&id), step.object, "it stands elsewhere");
                    self.take(&id, &body);
                }
            }
            (Action::Delete, None, None) => self.delete(&id, approved),
            (action, link, _) => panic!("{action:?} of {}: {link:?}", step.object),
        }
    }
}
