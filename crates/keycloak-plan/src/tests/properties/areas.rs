//! Required actions, message texts, the user profile and the scopes that new clients get, for any desired, owned and live.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::{btree_map, btree_set};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::life::converge;
use super::{approve_what_waits, cases, map, values};
use crate::kinds::{CLIENT_SCOPE, MESSAGE_TEXTS, REALM, REQUIRED_ACTION, USER_PROFILE};
use crate::render::{Color, text};
use crate::tests::server::Object;
use crate::tests::server::areas::{Areas, BUILT_IN, LISTS, POLICY, RELATIONS, entries, policy};
use crate::tests::server::groups::realm;
use crate::tests::{Given, object};
use crate::{ApprovalState, Desired, DesiredLinks, Exclusive, OwnedRecord};

const ALIASES: [&str; 3] = [BUILT_IN, "acme-terms", "acme-phone"];
const LOCALES: [&str; 2] = ["en", "nl"];
const SCOPES: [&str; 3] = ["team", "office", "guest"];
const DEFAULT: usize = 0;
const OPTIONAL: usize = 1;

/// What a CR may say.
#[derive(Debug, Clone, Default)]
struct Wish {
    actions: BTreeMap<&'static str, Object>,
    texts: BTreeMap<&'static str, Object>,
    profile: Object,
    scopes: BTreeMap<&'static str, Object>,
    /// Scopes that new clients get, each with the number of its relation.
    given: BTreeMap<&'static str, usize>,
    complete: bool,
}

fn wish() -> impl Strategy<Value = Wish> {
    let actions = btree_map(select(&ALIASES[..]), values(&REQUIRED_ACTION, &action_defaults()), 0..3);
    let texts = btree_map(select(&LOCALES[..]), map("texts", false).prop_map(object), 0..3);
    let description = option::of(select(vec!["", "x"]));
    let scopes = btree_map(select(&SCOPES[..]), description, 0..3);
    let given = btree_map(select(&SCOPES[..]), 0..RELATIONS.len(), 0..3);
    (actions, texts, profile(), scopes, given, any::<bool>()).prop_map(
        |(mut actions, texts, profile, scopes, given, complete)| {
            for (alias, action) in &mut actions {
                if let Some(provider) = action.get_mut("providerId") {
                    *provider = json!(alias);
                }
            }
            let described = |description: Option<&str>| -> Object {
                description.into_iter().map(|text| ("description".to_owned(), json!(text))).collect()
            };
            let scopes = scopes.into_iter().map(|(name, text)| (name, described(text))).collect();
            Wish { actions, texts, profile, scopes, given, complete }
        },
    )
}

fn action_defaults() -> Value {
    json!({"enabled": true, "defaultAction": false, "priority": 0})
}

fn profile() -> impl Strategy<Value = Object> {
    let some = |names: &'static [&'static str]| {
        let definitions =
            vec![json!({}), json!({"displayName": "A"}), json!({"permissions": {"view": ["admin"]}})];
        btree_map(select(names), select(definitions), 0..3)
    };
    let policy = option::of(select(vec!["ENABLED", "ADMIN_VIEW", "DISABLED"]));
    (some(&["department", "phone"]), some(&["contact", "job"]), policy).prop_map(
        |(attributes, groups, policy)| {
            let mut profile = Object::new();
            for (list, some) in LISTS.into_iter().zip([attributes, groups]) {
                let some = some.into_iter();
                let some: Vec<Value> =
                    some.map(|(name, definition)| json!({"name": name, "definition": definition})).collect();
                if !some.is_empty() {
                    profile.insert(list.to_owned(), Value::from(some));
                }
            }
            profile.extend(policy.map(|policy| (POLICY.to_owned(), json!(policy))));
            profile
        },
    )
}

impl Wish {
    fn tell(&self, given: &mut Given) {
        given.desired = vec![Desired::new(&REALM, "acme", Object::new())];
        for (alias, action) in &self.actions {
            given.desired.push(Desired::new(&REQUIRED_ACTION, alias, action.clone()));
        }
        for (locale, texts) in self.texts.iter().filter(|(_, texts)| !texts.is_empty()) {
            let texts = object(json!({ "texts": texts }));
            given.desired.push(Desired::new(&MESSAGE_TEXTS, locale, texts));
        }
        if !self.profile.is_empty() {
            given.desired.push(Desired::new(&USER_PROFILE, "acme", self.profile.clone()));
        }
        // What is always there and left the CR gives up its values.
        let left = given.record.objects().filter_map(|(identity, known)| {
            let mut kinds = [&MESSAGE_TEXTS, &USER_PROFILE].into_iter();
            let kind = kinds.find(|kind| kind.name == identity.kind())?;
            let has_ours = known.paths().next().is_some() || known.children().next().is_some();
            let is_asked = given.desired.iter().any(|desired| desired.identity == *identity);
            (has_ours && !is_asked).then(|| Desired::new(kind, identity.name(), Object::new()))
        });
        let left: Vec<Desired> = left.collect();
        given.desired.extend(left);
        for (name, scope) in &self.scopes {
            given.desired.push(Desired::new(&CLIENT_SCOPE, name, scope.clone()));
        }
        given.links.clear();
        for (number, relation) in RELATIONS.into_iter().enumerate() {
            let asked = self.given.iter().filter(|(_, of)| **of == number);
            let asked: Vec<&str> = asked.map(|(scope, _)| *scope).collect();
            if !asked.is_empty() {
                given.links.push(DesiredLinks::new(realm(), relation, asked));
            }
        }
        given.exclusive.clear();
        if self.complete {
            given.exclusive.push(Exclusive { kind: &CLIENT_SCOPE, parent: None });
        }
    }
}

/// What people did to the server by hand: what they delete they do not make anew.
#[derive(Debug, Clone)]
struct Hands {
    made: Wish,
    deleted: BTreeSet<&'static str>,
    used: bool,
}

fn hands() -> impl Strategy<Value = Hands> {
    let deleted = btree_set(select(vec!["acme-terms", "acme-phone", "department", "contact"]), 0..3);
    (wish(), deleted, any::<bool>()).prop_map(|(made, deleted, used)| Hands { made, deleted, used })
}

impl Hands {
    fn work(&self, areas: &mut Areas) {
        for name in &self.deleted {
            areas.people_delete_action(name);
            areas.people_delete_entry(name);
        }
        for (alias, action) in self.made.actions.iter().filter(|(alias, _)| !self.deleted.contains(*alias)) {
            areas.people_write_action(alias, action);
        }
        for (locale, texts) in &self.made.texts {
            areas.people_write_texts(locale, texts);
        }
        let mut profile = self.made.profile.clone();
        for list in LISTS {
            if let Some(Value::Array(all)) = profile.get_mut(list) {
                all.retain(|entry| !self.deleted.iter().any(|name| entry["name"] == *name));
            }
        }
        areas.people_write_profile(&profile);
        for (name, scope) in &self.made.scopes {
            areas.people_write_scope(name, scope, u64::from(self.used));
        }
        for (scope, relation) in &self.made.given {
            areas.people_give(scope, *relation);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn actions_texts_profile_and_scopes_are_as_asked_after_one_plan_and_what_is_lost_was_approved(
        found in hands(), first in wish(), edits in hands(), second in wish(), lost in any::<bool>(),
    ) {
        let (mut areas, mut given) = (Areas::new(), Given::new());
        found.work(&mut areas);

        first.tell(&mut given);
        converge(&mut given, &mut areas, 1);
        prop_assert!(areas.deleted.is_empty(), "nothing was ours: {:?}", areas.deleted);
        edits.work(&mut areas);
        if lost {
            given.record = OwnedRecord::default();
        }

        second.tell(&mut given);
        converge(&mut given, &mut areas, 1);
        prop_assert!(!lost || areas.deleted.is_empty(), "nothing was known to be ours: {:?}", areas.deleted);

        // What waits runs once it is approved, and then there is nothing at all, today and tomorrow.
        approve_what_waits(&mut given);
        for _ in 0..2 {
            converge(&mut given, &mut areas, 1);
            let last = given.plan();
            prop_assert!(last.is_empty(), "{}", text(&last, Color::Never));
            given.approvals = given.approvals.settle(&last);
            prop_assert!(given.approvals.entries.iter().all(|entry| entry.state == ApprovalState::Consumed));
            second.tell(&mut given);
        }

        // The server has what was asked for.
        for (alias, asked) in &second.actions {
            let there = areas.action(alias).unwrap();
            for (field, value) in asked.iter().filter(|(field, _)| *field != "config") {
                prop_assert_eq!(there.get(field), Some(value), "{} of {}", field, alias);
            }
        }
        for (locale, texts) in &second.texts {
            for (key, value) in texts {
                let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                prop_assert_eq!(areas.text(locale, key).cloned(), Some(json!(value)), "{} in {}", key, locale);
            }
        }
        for list in LISTS {
            let there = entries(areas.profile(), list);
            for (name, entry) in entries(&second.profile, list) {
                prop_assert_eq!(there.get(&name), Some(&entry));
            }
        }
        if second.profile.contains_key(POLICY) {
            prop_assert_eq!(policy(areas.profile()), policy(&second.profile));
        }
        let there: BTreeSet<&str> = areas.scopes().collect();
        let asked: BTreeSet<&str> = second.scopes.keys().copied().collect();
        prop_assert!(there.is_superset(&asked) && (!second.complete || there == asked), "{:?}", there);
        for (scope, relation) in second.given.iter().filter(|(scope, _)| there.contains(*scope)) {
            prop_assert!(areas.is_given(scope, *relation), "new clients do not get {}", scope);
        }
    }
}

#[test]
fn a_scope_goes_from_the_optional_ones_to_the_defaults_in_one_plan() {
    let (mut areas, mut given) = (Areas::new(), Given::new());
    let scopes = BTreeMap::from([("team", Object::new())]);
    let optional = BTreeMap::from([("team", OPTIONAL)]);
    Wish { scopes: scopes.clone(), given: optional, ..Wish::default() }.tell(&mut given);
    converge(&mut given, &mut areas, 1);
    assert!(areas.is_given("team", OPTIONAL));

    let default = BTreeMap::from([("team", DEFAULT)]);
    Wish { scopes, given: default, ..Wish::default() }.tell(&mut given);
    converge(&mut given, &mut areas, 1);
    assert!(areas.is_given("team", DEFAULT) && given.plan().is_empty());
}

#[test]
fn hiding_the_attributes_that_nobody_declared_waits_and_the_rest_of_the_profile_does_not() {
    let (mut areas, mut given) = (Areas::new(), Given::new());
    areas.people_write_profile(&object(json!({POLICY: "ENABLED"})));
    let attributes = json!([{"name": "phone", "definition": {}}]);
    let profile = object(json!({"attributes": attributes, POLICY: "DISABLED"}));
    Wish { profile, ..Wish::default() }.tell(&mut given);
    converge(&mut given, &mut areas, 1);
    assert!(entries(areas.profile(), "attributes").contains_key("phone"));
    assert_eq!(policy(areas.profile()), Some(json!("ENABLED")));

    approve_what_waits(&mut given);
    converge(&mut given, &mut areas, 1);
    assert_eq!(policy(areas.profile()), None);
    assert!(entries(areas.profile(), "attributes").contains_key("phone"));
}

#[test]
fn texts_that_left_go_and_those_of_others_stay() {
    let (mut areas, mut given) = (Areas::new(), Given::new());
    areas.people_write_texts("en", &object(json!({"theirs": "Theirs"})));
    let texts = BTreeMap::from([("en", object(json!({"ours": "Ours"})))]);
    Wish { texts, ..Wish::default() }.tell(&mut given);
    converge(&mut given, &mut areas, 1);
    assert_eq!(areas.text("en", "ours"), Some(&json!("Ours")));

    Wish::default().tell(&mut given);
    converge(&mut given, &mut areas, 1);
    assert_eq!(areas.text("en", "ours"), None);
    assert_eq!(areas.text("en", "theirs"), Some(&json!("Theirs")));

    // Nothing is left to give up, so that the language is forgotten.
    Wish::default().tell(&mut given);
    converge(&mut given, &mut areas, 0);
    assert!(given.record.is_empty(), "{:?}", given.record);
}

#[test]
fn an_action_of_ours_goes_with_its_line_and_one_that_keycloak_made_keeps_its_values() {
    let (mut areas, mut given) = (Areas::new(), Given::new());
    let off = object(json!({"enabled": false}));
    let actions = BTreeMap::from([(BUILT_IN, off.clone()), ("acme-terms", off)]);
    Wish { actions, ..Wish::default() }.tell(&mut given);
    converge(&mut given, &mut areas, 1);
    assert_eq!(areas.action("acme-terms").unwrap()["enabled"], json!(false));

    Wish::default().tell(&mut given);
    converge(&mut given, &mut areas, 1);
    assert_eq!(areas.deleted, ["required action acme-terms"]);
    assert_eq!(areas.action(BUILT_IN).unwrap()["enabled"], json!(false));
}
