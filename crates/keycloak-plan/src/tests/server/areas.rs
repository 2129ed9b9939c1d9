//! What a realm has beside settings, roles and groups: required actions, message texts, the user profile, and the client scopes that
//! new clients get.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::groups::realm;
use super::{Model, Object, text};
use crate::kinds::{
    CLIENT_SCOPE, MESSAGE_TEXTS, REALM_DEFAULT_SCOPE, REALM_OPTIONAL_SCOPE, REQUIRED_ACTION, USER_PROFILE,
};
use crate::plan::{Action, Step};
use crate::tests::Given;
use crate::{Identity, Link, Live, LiveState, Relation};

/// The required action that Keycloak makes with a realm.
pub(in crate::tests) const BUILT_IN: &str = "VERIFY_EMAIL";

pub(in crate::tests) const LISTS: [&str; 2] = ["attributes", "groups"];

pub(in crate::tests) const POLICY: &str = "unmanagedAttributePolicy";

/// The relations of a realm to the scopes that new clients get.
pub(in crate::tests) static RELATIONS: [&Relation; 2] = [&REALM_DEFAULT_SCOPE, &REALM_OPTIONAL_SCOPE];

#[derive(Debug)]
struct Made {
    value: Object,
    /// Whether a plan made it.
    ours: bool,
    /// How many clients use it.
    used: u64,
}

#[derive(Debug)]
pub(in crate::tests) struct Areas {
    actions: BTreeMap<String, Made>,
    /// By language. One without texts and none are the same.
    texts: BTreeMap<String, Object>,
    profile: Object,
    scopes: BTreeMap<String, Made>,
    /// Of each scope that new clients get the number of its relation, and whether a plan said so. It has one at most.
    given: BTreeMap<String, (usize, bool)>,
    /// What plans deleted.
    pub(in crate::tests) deleted: Vec<String>,
    next_id: u32,
}

impl Areas {
    pub(in crate::tests) fn new() -> Self {
        let mut areas = Self {
            actions: BTreeMap::new(),
            texts: BTreeMap::new(),
            profile: Object::new(),
            scopes: BTreeMap::new(),
            given: BTreeMap::new(),
            deleted: Vec::new(),
            next_id: 0,
        };
        areas.register(BUILT_IN, &Object::new(), false);
        areas
    }

    pub(in crate::tests) fn action(&self, alias: &str) -> Option<&Object> {
        self.actions.get(alias).map(|action| &action.value)
    }

    pub(in crate::tests) fn text(&self, locale: &str, key: &str) -> Option<&Value> {
        self.texts.get(locale)?.get(key)
    }

    pub(in crate::tests) fn profile(&self) -> &Object {
        &self.profile
    }

    pub(in crate::tests) fn scopes(&self) -> impl Iterator<Item = &str> {
        self.scopes.keys().map(String::as_str)
    }

    pub(in crate::tests) fn is_given(&self, scope: &str, relation: usize) -> bool {
        self.given.get(scope).is_some_and(|(of, _)| *of == relation)
    }

    // What people do.

    pub(in crate::tests) fn people_write_action(&mut self, alias: &str, value: &Object) {
        if let Some(action) = self.actions.get_mut(alias) {
            let mut whole = action.value.clone();
            whole.extend(value.clone());
            action.value = taken(alias, &whole);
        } else {
            self.register(alias, value, false);
        }
    }

    pub(in crate::tests) fn people_delete_action(&mut self, alias: &str) {
        self.actions.retain(|other, _| other != alias || other == BUILT_IN);
    }

    pub(in crate::tests) fn people_write_texts(&mut self, locale: &str, texts: &Object) {
        self.take_texts(locale, texts);
    }

    /// Adds entries or replaces them.
    pub(in crate::tests) fn people_write_profile(&mut self, profile: &Object) {
        for list in LISTS {
            let mut all = entries(&self.profile, list);
            all.extend(entries(profile, list));
            self.profile.insert(list.to_owned(), all.into_values().collect());
        }
        self.profile.extend(policy(profile).map(|policy| (POLICY.to_owned(), policy)));
    }

    pub(in crate::tests) fn people_delete_entry(&mut self, name: &str) {
        for list in LISTS {
            let kept = entries(&self.profile, list).into_iter().filter(|(other, _)| other != name);
            let kept: Value = kept.map(|(_, entry)| entry).collect();
            self.profile.insert(list.to_owned(), kept);
        }
    }

    pub(in crate::tests) fn people_write_scope(&mut self, name: &str, value: &Object, used: u64) {
        if !self.scopes.contains_key(name) {
            self.make_scope(name, &Object::new(), false);
        }
        let scope = self.scopes.get_mut(name).unwrap();
        scope.value.extend(value.clone());
        scope.used = used;
    }

    pub(in crate::tests) fn people_give(&mut self, scope: &str, relation: usize) {
        if self.scopes.contains_key(scope) && !self.is_given(scope, relation) {
            self.given.insert(scope.to_owned(), (relation, false));
        }
    }

    // Keycloak, by the calls that a step takes.

    /// A registration, which says provider and name, and an update with everything else that is asked for.
    fn register(&mut self, alias: &str, asked: &Object, ours: bool) {
        let mut value = json!({"providerId": alias, "name": alias, "enabled": true, "priority": 90});
        value.as_object_mut().unwrap().extend(asked.clone());
        let made = Made { value: taken(alias, value.as_object().unwrap()), ours, used: 0 };
        assert!(self.actions.insert(alias.to_owned(), made).is_none(), "409: {alias}");
    }

    /// Adds texts, and takes away those that are null.
    fn take_texts(&mut self, locale: &str, texts: &Object) {
        let all = self.texts.entry(locale.to_owned()).or_default();
        for (key, value) in texts {
            match value {
                Value::Null => all.remove(key),
                value => all.insert(key.clone(), text(value)),
            };
        }
    }

    /// The whole document. What is not in it is gone, and needs so many approvals.
    fn take_profile(&mut self, body: &Object, approved: usize) {
        let mut profile = Object::new();
        let mut gone = usize::from(policy(&self.profile).is_some() && policy(body).is_none());
        for list in LISTS {
            let (old, new) = (entries(&self.profile, list), entries(body, list));
            gone += old.keys().filter(|name| !new.contains_key(*name)).count();
            profile.insert(list.to_owned(), new.into_values().collect());
        }
        profile.extend(policy(body).map(|policy| (POLICY.to_owned(), policy)));
        assert!(gone <= approved, "{gone} parts of the profile went, {approved} were approved");
        self.profile = profile;
    }

    fn make_scope(&mut self, name: &str, body: &Object, ours: bool) {
        self.next_id += 1;
        let id = format!("scope-{}", self.next_id);
        let mut value = json!({"id": id, "name": name, "protocol": "openid-connect", "attributes": {}});
        value.as_object_mut().unwrap().extend(body.clone());
        let made = Made { value: value.as_object().unwrap().clone(), ours, used: 0 };
        assert!(self.scopes.insert(name.to_owned(), made).is_none(), "409: {name}");
    }

    /// A scope is taken out of the other list before it is put into one; what is in the other one by now is not taken out of that.
    fn link(&mut self, action: Action, link: &Link) {
        let relation = RELATIONS.iter().position(|relation| **relation == *link.relation);
        let relation = relation.expect("a relation to scopes that new clients get");
        if action == Action::Link {
            assert!(self.scopes.contains_key(&link.target), "404: {}", link.target);
            assert!(!self.is_given(&link.target, relation), "{} was there", link.target);
            self.given.insert(link.target.clone(), (relation, true));
        } else if self.is_given(&link.target, relation) {
            assert_eq!(
                self.given.remove(&link.target),
                Some((relation, true)),
                "{} was not ours",
                link.target
            );
        }
    }

    fn delete(&mut self, step: &Step) {
        let name = step.object.name();
        let of_kind = if step.object.kind() == CLIENT_SCOPE.name {
            self.given.remove(name);
            &mut self.scopes
        } else {
            assert_ne!(name, BUILT_IN, "Keycloak made it");
            &mut self.actions
        };
        let gone = of_kind.remove(name).expect("404");
        let is_free = gone.ours && gone.used == 0;
        assert!(is_free || !step.approved.is_empty(), "{} was deleted", step.object);
        self.deleted.push(step.object.to_string());
    }
}

/// What an update makes of a required action: all of it is replaced.
fn taken(alias: &str, body: &Object) -> Object {
    assert_eq!(
        body.get("providerId"),
        Some(&json!(alias)),
        "an action is registered by the name of its provider"
    );
    let mut value = json!({"alias": alias, "enabled": false, "defaultAction": false, "priority": 0});
    let mut config = Object::new();
    for (key, entry) in body.get("config").and_then(Value::as_object).into_iter().flatten() {
        config.insert(key.clone(), text(entry));
    }
    config.retain(|_, entry| entry.as_str() != Some(""));
    value.as_object_mut().unwrap().extend(body.clone());
    value["config"] = Value::Object(config);
    value.as_object().unwrap().clone()
}

/// The entries of a list of a profile by their names.
pub(in crate::tests) fn entries(profile: &Object, list: &str) -> BTreeMap<String, Value> {
    let all = profile.get(list).and_then(Value::as_array).into_iter().flatten();
    all.map(|entry| (entry["name"].as_str().unwrap().to_owned(), entry.clone())).collect()
}

/// What attributes are that nobody declared, unless that is the usual.
pub(in crate::tests) fn policy(profile: &Object) -> Option<Value> {
    profile.get(POLICY).filter(|policy| **policy != "DISABLED").cloned()
}

impl Model for Areas {
    fn live(&self, given: &Given) -> LiveState {
        let acme = Live::new(json!({"id": "r-1", "realm": "acme"})).held(0, "users");
        let mut live = LiveState::new().present(realm(), acme);
        for (alias, action) in &self.actions {
            let found = Live::new(Value::Object(action.value.clone()));
            let found = if alias == BUILT_IN { found.built_in() } else { found };
            live = live.present(Identity::new(&REQUIRED_ACTION, alias), found);
        }
        for (locale, texts) in &self.texts {
            let found = Live::new(json!({"locale": locale, "texts": texts}));
            live = live.present(Identity::new(&MESSAGE_TEXTS, locale), found);
        }
        let mut profile = self.profile.clone();
        profile.insert("realm".to_owned(), json!("acme"));
        live = live.present(Identity::new(&USER_PROFILE, "acme"), Live::new(Value::Object(profile)));
        for (name, scope) in &self.scopes {
            let found = Live::new(Value::Object(scope.value.clone())).held(scope.used, "clients");
            live = live.present(Identity::new(&CLIENT_SCOPE, name), found);
        }
        for (number, relation) in RELATIONS.into_iter().enumerate() {
            let held = self.given.iter().filter(|(_, (of, _))| *of == number);
            live = live.links(realm(), relation, held.map(|(name, _)| name.as_str()));
            let asked = given.links.iter().filter(|links| *links.relation == *relation);
            for target in asked.flat_map(|links| &links.targets) {
                if !self.scopes.contains_key(target) {
                    live = live.target(relation, target, None);
                }
            }
        }
        let wanted = given.desired.iter().map(|desired| &desired.identity);
        let known = given.record.objects().map(|(identity, _)| identity);
        let missing: BTreeSet<&Identity> =
            wanted.chain(known).filter(|identity| !live.knows(identity)).collect();
        // Every language is there, be it without a text.
        missing.into_iter().fold(live, |live, identity| {
            if identity.kind() == MESSAGE_TEXTS.name {
                let none = Live::new(json!({"locale": identity.name(), "texts": {}}));
                live.present(identity.clone(), none)
            } else {
                live.absent(identity.clone())
            }
        })
    }

    fn step(&mut self, step: &Step) {
        let body = step.body().and_then(|body| body.expose().as_object()).cloned().unwrap_or_default();
        let (kind, name) = (step.object.kind().to_owned(), step.object.name().to_owned());
        match (step.action, kind.as_str()) {
            (Action::Link | Action::Unlink, "realm") => {
                self.link(step.action, step.link.as_ref().expect("a link"));
            }
            (Action::Create, "required action") => self.register(&name, &body, true),
            (Action::Update, "required action") => {
                self.actions.get_mut(&name).expect("404").value = taken(&name, &body);
            }
            (Action::Update, "message texts") => {
                let texts = body.get("texts").and_then(Value::as_object).cloned();
                self.take_texts(&name, &texts.unwrap_or_default());
            }
            (Action::Update, "user profile") => self.take_profile(&body, step.approved.len()),
            (Action::Create, "client scope") => self.make_scope(&name, &body, true),
            (Action::Update, "client scope") => {
                assert_eq!(body["name"], name, "500: a client scope without a name");
                self.scopes.get_mut(&name).expect("404").value.extend(body);
            }
            (Action::Delete, "required action" | "client scope") => self.delete(step),
            (action, kind) => panic!("{action:?} of {kind} {name}"),
        }
    }
}
