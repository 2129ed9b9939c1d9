//! Trees of groups, the roles of their members, default groups and moves, for any desired, owned and live.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::{btree_map, btree_set};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use super::life::converge;
use super::{approve_what_waits, cases, values};
use crate::kinds::{CLIENT_ROLE_OF_GROUP, DEFAULT_GROUP, GROUP, REALM, ROLE_OF_GROUP};
use crate::render::{Color, text};
use crate::tests::Given;
use crate::tests::server::Object;
use crate::tests::server::groups::{ROLES, Tree, group, path, realm};
use crate::{ApprovalState, Desired, DesiredLinks, Exclusive, Identity, OwnedRecord};

const PATHS: [&str; 7] = ["a", "b", "x", "a/x", "b/x", "a/y", "a/x/z"];

/// What one call can move: to another parent, or to another name.
const MOVES: [(&str, &str); 10] = [
    ("x", "a/x"),
    ("x", "b/x"),
    ("a/x", "x"),
    ("a/x", "b/x"),
    ("b/x", "x"),
    ("b/x", "a/x"),
    ("a/x", "a/y"),
    ("a/y", "a/x"),
    ("a", "b"),
    ("b", "a"),
];

/// What a CR may say.
#[derive(Debug, Clone, Default)]
struct Wish {
    /// Each with the numbers of the roles of its members.
    groups: BTreeMap<&'static str, (Object, BTreeSet<usize>)>,
    /// Where one of them stood, and which one.
    previous: Option<(&'static str, &'static str)>,
    defaults: BTreeSet<&'static str>,
    complete: bool,
}

fn wish() -> impl Strategy<Value = Wish> {
    let roles = btree_set(0..ROLES.len(), 0..3);
    let groups = btree_map(select(&PATHS[..]), (values(&GROUP, &json!({})), roles), 0..5);
    let previous = option::weighted(0.5, select(&MOVES[..]));
    let defaults = btree_set(select(&PATHS[..]), 0..3);
    (groups, previous, defaults, any::<bool>()).prop_map(|(mut groups, previous, defaults, complete)| {
        if let Some((from, to)) = previous {
            // What is declared does not stand elsewhere.
            groups.retain(|path, _| *path != from && !group(path).is_below(&group(from)));
            groups.entry(to).or_default();
        }
        for path in PATHS {
            if groups.keys().any(|other| group(other).is_below(&group(path))) {
                groups.entry(path).or_default();
            }
        }
        Wish { groups, previous, defaults, complete }
    })
}

impl Wish {
    /// A move may have to wait for a role that the same plan gives, and a default group for its move.
    fn plans(&self) -> usize {
        if self.previous.is_some() { 3 } else { 1 }
    }

    fn tell(&self, given: &mut Given, tree: &mut Tree) {
        given.desired = vec![Desired::new(&REALM, "acme", Object::new())];
        given.links.clear();
        given.exclusive.clear();
        for (path, (value, roles)) in &self.groups {
            let identity = group(path);
            let desired = Desired::new(&GROUP, identity.name(), value.clone());
            given.desired.push(match identity.parent() {
                Some(parent) => desired.below(parent.clone()),
                None => desired,
            });
            for relation in [&ROLE_OF_GROUP, &CLIENT_ROLE_OF_GROUP] {
                let asked = roles.iter().map(|role| ROLES[*role]).filter(|(of, _)| *of == relation);
                let asked: Vec<&str> = asked.map(|(_, name)| name).collect();
                if !asked.is_empty() {
                    given.links.push(DesiredLinks::new(identity.clone(), relation, asked));
                }
            }
            if self.complete {
                given.exclusive.push(Exclusive { kind: &GROUP, parent: Some(identity) });
            }
        }
        if self.complete {
            given.exclusive.push(Exclusive { kind: &GROUP, parent: None });
        }
        let defaults: Vec<String> = self.defaults.iter().map(|default| path(&group(default))).collect();
        if !defaults.is_empty() {
            let defaults = defaults.iter().map(String::as_str);
            given.links.push(DesiredLinks::new(realm(), &DEFAULT_GROUP, defaults));
        }
        tree.previous = self.previous.map(|(from, to)| (group(from), group(to)));
    }

    fn asks_for(&self, identity: &Identity) -> bool {
        self.groups.keys().any(|path| group(path) == *identity)
    }
}

/// What people did to the server by hand: what they delete they do not make anew.
#[derive(Debug, Clone)]
struct Hands {
    made: Wish,
    members: BTreeMap<&'static str, u64>,
    deleted: BTreeSet<&'static str>,
    without_role: Option<usize>,
}

fn hands() -> impl Strategy<Value = Hands> {
    let members = btree_map(select(&PATHS[..]), 1_u64..3, 0..3);
    let deleted = btree_set(select(&PATHS[..]), 0..2);
    let without_role = option::weighted(0.2, 0..ROLES.len());
    (wish(), members, deleted, without_role).prop_map(|(made, members, deleted, without_role)| Hands {
        made,
        members,
        deleted,
        without_role,
    })
}

impl Hands {
    fn work(&self, tree: &mut Tree) {
        let deleted = self.deleted.iter().flat_map(|path| tree.people_delete(&group(path)));
        let gone: Vec<Identity> = deleted.collect();
        if let Some(role) = self.without_role {
            tree.people_delete_role(role);
        }
        for (path, (value, roles)) in &self.made.groups {
            let place = group(path);
            if gone.iter().any(|gone| place == *gone || place.is_below(gone)) {
                continue;
            }
            tree.people_write(&place, value);
            for role in roles {
                tree.people_give(&place, *role);
            }
        }
        for path in &self.made.defaults {
            tree.people_let_new_users_join(&group(path));
        }
        for (path, members) in &self.members {
            tree.people_join(&group(path), *members);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn groups_are_as_asked_wherever_they_stood_and_what_others_have_goes_only_when_approved(
        found in hands(), first in wish(), edits in hands(), second in wish(), lost in any::<bool>(),
    ) {
        let (mut tree, mut given) = (Tree::new(), Given::new());
        found.work(&mut tree);

        first.tell(&mut given, &mut tree);
        converge(&mut given, &mut tree, first.plans());
        prop_assert!(tree.deleted.is_empty(), "nothing was ours: {:?}", tree.deleted);
        edits.work(&mut tree);
        if lost {
            given.record = OwnedRecord::default();
        }

        second.tell(&mut given, &mut tree);
        let due = tree.due(&given).map(|moved| (tree.at(moved.from()), moved.to().clone()));
        converge(&mut given, &mut tree, second.plans());
        prop_assert!(!lost || tree.deleted.is_empty(), "nothing was known to be ours: {:?}", tree.deleted);

        // What waits runs once it is approved, and then there is nothing at all.
        approve_what_waits(&mut given);
        converge(&mut given, &mut tree, second.plans());
        let last = given.plan();
        prop_assert!(last.is_empty(), "{}", text(&last, Color::Never));
        given.approvals = given.approvals.settle(&last);
        prop_assert!(given.approvals.entries.iter().all(|entry| entry.state == ApprovalState::Consumed));

        // The server has what was asked for, and a group that was moved is the one that it was.
        if let Some((id, to)) = due {
            prop_assert_eq!(tree.at(&to), id);
        }
        for (path, (_, roles)) in &second.groups {
            let place = group(path);
            prop_assert!(tree.at(&place).is_some(), "{} is missing", path);
            for role in roles.iter().filter(|role| tree.has_role(**role)) {
                prop_assert!(tree.is_given(&place, *role), "{} does not give role {}", path, role);
            }
        }
        for path in second.defaults.iter().filter(|path| tree.at(&group(path)).is_some()) {
            prop_assert!(tree.is_default(&group(path)), "new users do not join {}", path);
        }
        let surplus: Vec<Identity> = tree.all().filter(|group| !second.asks_for(group)).collect();
        prop_assert!(!second.complete || surplus.is_empty(), "the list is complete: {:?}", surplus);
    }
}

/// A CR that asks for these groups with these roles.
fn asked(groups: &[(&'static str, &[usize])]) -> Wish {
    let groups = groups.iter().map(|(path, roles)| (*path, (Object::new(), roles.iter().copied().collect())));
    Wish { groups: groups.collect(), ..Wish::default() }
}

const EMPLOYEE: usize = 0;

#[test]
fn what_stands_below_a_group_that_goes_goes_with_it_and_its_roles() {
    let (mut tree, mut given) = (Tree::new(), Given::new());
    asked(&[("a", &[]), ("a/x", &[EMPLOYEE])]).tell(&mut given, &mut tree);
    converge(&mut given, &mut tree, 1);
    assert!(tree.is_given(&group("a/x"), EMPLOYEE));

    asked(&[]).tell(&mut given, &mut tree);
    converge(&mut given, &mut tree, 1);
    assert_eq!(tree.deleted, ["group a"]);
    assert_eq!(tree.all().count(), 0);
    assert_eq!(given.plan().approval(), None, "nobody is left to lose the role");
}

#[test]
fn a_group_of_ours_with_one_of_others_below_it_waits() {
    let (mut tree, mut given) = (Tree::new(), Given::new());
    asked(&[("a", &[])]).tell(&mut given, &mut tree);
    converge(&mut given, &mut tree, 1);
    tree.people_write(&group("a/x"), &Object::new());

    asked(&[]).tell(&mut given, &mut tree);
    converge(&mut given, &mut tree, 0);
    assert_eq!(tree.all().count(), 2);
    approve_what_waits(&mut given);
    converge(&mut given, &mut tree, 1);
    assert_eq!(tree.all().count(), 0);
}

#[test]
fn a_move_that_takes_a_role_waits_until_the_new_place_gives_the_role() {
    let (mut tree, mut given) = (Tree::new(), Given::new());
    tree.people_write(&group("a"), &Object::new());
    tree.people_give(&group("a"), EMPLOYEE);
    tree.people_write(&group("a/x"), &Object::new());
    let id = tree.at(&group("a/x"));

    let previous = Some(("a/x", "b/x"));
    Wish { previous, ..asked(&[("b", &[]), ("b/x", &[])]) }.tell(&mut given, &mut tree);
    converge(&mut given, &mut tree, 1);
    assert_eq!(tree.at(&group("a/x")), id, "it waits for an approval");
    assert!(given.plan().approval().is_some());

    Wish { previous, ..asked(&[("b", &[EMPLOYEE]), ("b/x", &[])]) }.tell(&mut given, &mut tree);
    converge(&mut given, &mut tree, 2);
    assert_eq!(tree.at(&group("b/x")), id, "its members have the role as before");
    assert!(given.plan().is_empty() && given.approvals.entries.is_empty());
}

#[test]
fn a_group_that_new_users_join_is_moved_and_they_join_it_still() {
    let (mut tree, mut given) = (Tree::new(), Given::new());
    let defaults = BTreeSet::from(["x"]);
    Wish { defaults, ..asked(&[("x", &[])]) }.tell(&mut given, &mut tree);
    converge(&mut given, &mut tree, 1);
    let id = tree.at(&group("x"));

    let (defaults, previous) = (BTreeSet::from(["a/x"]), Some(("x", "a/x")));
    Wish { previous, defaults, ..asked(&[("a", &[]), ("a/x", &[])]) }.tell(&mut given, &mut tree);
    converge(&mut given, &mut tree, 1);
    assert_eq!(tree.at(&group("a/x")), id);
    assert!(tree.is_default(&group("a/x")) && tree.all().count() == 2 && given.plan().is_empty());
    let made = given.record.object(&realm()).unwrap();
    assert!(made.made_link(DEFAULT_GROUP.name, "/a/x") && !made.made_link(DEFAULT_GROUP.name, "/x"));

    // Remembered by its new place, so that it is taken away from there.
    asked(&[("a", &[]), ("a/x", &[])]).tell(&mut given, &mut tree);
    converge(&mut given, &mut tree, 1);
    assert!(!tree.is_default(&group("a/x")));
}

#[test]
fn a_group_takes_its_place_at_the_top_with_what_others_made_below_it() {
    let (mut tree, mut given) = (Tree::new(), Given::new());
    asked(&[("a", &[]), ("a/x", &[])]).tell(&mut given, &mut tree);
    converge(&mut given, &mut tree, 1);
    tree.people_write(&group("a/x/z"), &Object::new());
    let ids = [tree.at(&group("a/x")), tree.at(&group("a/x/z"))];

    // The group that it stood in goes in the same plan, and takes nothing along.
    Wish { previous: Some(("a/x", "x")), ..asked(&[("x", &[])]) }.tell(&mut given, &mut tree);
    converge(&mut given, &mut tree, 1);
    assert_eq!([tree.at(&group("x")), tree.at(&group("x/z"))], ids);
    assert_eq!(tree.deleted, ["group a"]);
    assert!(given.plan().is_empty());
}
