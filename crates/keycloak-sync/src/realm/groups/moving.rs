//! Groups that stood elsewhere, by `previousPath`: they are moved or renamed, and keep their members.
//!
//! Nothing else says that a group of a spec is one that was there under another path. What follows from that, and what was
//! considered: docs/decisions/0020.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use keycloak_admin::types::GroupRepresentation;
use keycloak_plan::kinds::DEFAULT_GROUP;
use keycloak_plan::{Identity, Loss, Move, OwnedRecord, Step};

use super::refusal::GroupRefusal;
use super::tree::Declared;
use super::{Found, path};
use crate::error::SyncError;
use crate::execute::{Target, body, server_id};
use crate::realm::client_role;
use crate::realm::parts::{Created, Needed};

/// Where groups of a spec stood, by where they are to stand.
pub(super) fn declared(groups: &[Declared], refused: &mut Vec<GroupRefusal>) -> BTreeMap<Identity, Identity> {
    let standing: BTreeSet<&Identity> = groups.iter().map(|group| &group.identity).collect();
    let mut previous: BTreeMap<Identity, Identity> = BTreeMap::new();
    for group in groups {
        let (Some(told), at) = (&group.previous, &group.at) else { continue };
        let Some(from) = path::parse(told) else {
            refused.push(GroupRefusal::PreviousPath { at: at.clone(), path: told.clone() });
            continue;
        };
        if standing.contains(&from) {
            let (at, path) = (at.clone(), path::of(&from));
            let swaps = from != group.identity && comes_from(groups, &from, &group.identity);
            refused.push(if swaps {
                GroupRefusal::PreviousSwapped { at, path }
            } else {
                GroupRefusal::PreviousDeclared { at, path }
            });
        } else if previous.values().any(|other| *other == from) {
            refused.push(GroupRefusal::PreviousTwice { at: at.clone(), path: path::of(&from) });
        } else {
            previous.insert(group.identity.clone(), from);
        }
    }
    for group in groups {
        let (Some(from), to) = (previous.get(&group.identity), &group.identity) else { continue };
        // On its way there, a group that is new would be taken for it.
        let between =
            places(from, &previous).into_iter().find(|place| place != to && standing.contains(place));
        if let Some(place) = between {
            refused.push(GroupRefusal::PreviousDeclared { at: group.at.clone(), path: path::of(&place) });
            continue;
        }
        let parent = from.parent().map(|parent| carried_along(parent, &previous));
        if from.name() != to.name() && parent.as_ref() != to.parent() {
            let between = path::of(&super::identity(to.parent(), from.name()));
            refused.push(GroupRefusal::PreviousBoth { at: group.at.clone(), between });
        }
    }
    previous
}

/// Whether the group at this place says that it stood at that one.
fn comes_from(groups: &[Declared], place: &Identity, from: &Identity) -> bool {
    let mut there = groups.iter().filter(|group| group.identity == *place);
    there.any(|group| group.previous.as_deref().and_then(path::parse).as_ref() == Some(from))
}

/// Where a group stands once all that is told of is moved.
fn carried_along(group: &Identity, previous: &BTreeMap<Identity, Identity>) -> Identity {
    let takers = previous.iter().filter(|(_, from)| group == *from || group.is_below(from));
    let taker = takers.max_by_key(|(_, from)| from.depth());
    let place = taker.and_then(|(to, from)| Move::new(from.clone(), to.clone()).takes(group));
    place.unwrap_or_else(|| group.clone())
}

/// The moves that are due, deepest first, and those that were made by a process which could not remember them any more.
pub(super) fn find(needed: Needed<'_>, groups: &[Found<'_>]) -> Vec<Move> {
    let (previous, record) = (needed.previous(), needed.record());
    if previous.is_empty() {
        return Vec::new();
    }
    let live: BTreeMap<&Identity, &GroupRepresentation> =
        groups.iter().map(|found| (&found.identity, found.group)).collect();
    let (mut due, mut made): (Vec<Move>, Vec<Move>) = (Vec::new(), Vec::new());
    for (to, told) in previous {
        let places = places(told, previous);
        let stands = places.iter().find(|place| live.contains_key(place) && !needed.is_declared(place));
        match (stands, live.contains_key(to)) {
            // Once it has stood there the field has done its work: a group that is gone from there is drift.
            (Some(from), false) if record.object(to).is_none() => {
                due.push(Move::new(from.clone(), to.clone()));
            }
            (None, true) if record.pending().any(|pending| pending == to) => {
                let is_known = |place: &&Identity| {
                    record.objects().any(|(known, _)| known == *place || known.is_below(place))
                };
                let known = places.iter().find(is_known);
                made.extend(known.map(|from| Move::new(from.clone(), to.clone()).done()));
            }
            (Some(_) | None, _) => {}
        }
    }
    due.sort_by_key(|moved| Reverse(moved.from().depth()));
    while let Some(number) = due.iter().position(|moved| !is_possible(moved, &due, &live)) {
        due.remove(number);
    }
    due = due.iter().map(|moved| judged(moved, &due, &live)).collect();
    made.sort_by_key(|moved| Reverse(moved.from().depth()));
    let known: Vec<&str> = needed.known_targets(&DEFAULT_GROUP).collect();
    let arrived: Vec<String> = known.iter().map(|text| path_after(&made, text)).collect();
    let arrived: Vec<&str> = arrived.iter().map(String::as_str).collect();
    let wanted: Vec<&str> = needed.targets(&DEFAULT_GROUP).map(|(_, target)| target).collect();
    let made = made.iter().map(|moved| followed(moved, &made, &known));
    let due = due.iter().map(|moved| named_at_its_place(followed(moved, &due, &arrived), &wanted));
    made.chain(due).collect()
}

/// Where a group may stand of which this place was told: there, or, once one of those that it stood below was moved by itself, below
/// that.
fn places(told: &Identity, previous: &BTreeMap<Identity, Identity>) -> Vec<Identity> {
    let mut places = vec![told.clone()];
    for above in std::iter::successors(told.parent().cloned(), |above| above.parent().cloned()) {
        let carried = carried_along(&above, previous);
        let place = Move::new(above, carried).takes(told);
        if let Some(place) = place.filter(|place| !places.contains(place)) {
            places.push(place);
        }
    }
    places
}

/// Whether one call makes the move, and nothing is in its way. Without, it is as if nobody had told of the place before.
fn is_possible(moved: &Move, all: &[Move], live: &BTreeMap<&Identity, &GroupRepresentation>) -> bool {
    let (from, to) = (moved.from(), moved.to());
    let parent = from.parent().map(|parent| after(all, parent));
    let is_one_call = from.name() == to.name() || parent.as_ref() == to.parent();
    let mut others = live.keys().filter(|group| **group != from);
    is_one_call && !others.any(|group| after(all, group) == *to)
}

/// Where a group stands after these moves, deepest first.
pub(super) fn after(moves: &[Move], group: &Identity) -> Identity {
    moves.iter().find_map(|moved| moved.takes(group)).unwrap_or_else(|| group.clone())
}

/// The path that a group of this path has after these moves.
pub(super) fn path_after(moves: &[Move], written: &str) -> String {
    match path::parse(written) {
        Some(group) if !moves.is_empty() => path::of(&after(moves, &group)),
        Some(_) | None => written.to_owned(),
    }
}

/// The move with what it takes from members: roles of the groups above that neither the group nor those above its new place have.
fn judged(moved: &Move, all: &[Move], live: &BTreeMap<&Identity, &GroupRepresentation>) -> Move {
    let placed: BTreeMap<Identity, &GroupRepresentation> =
        live.iter().map(|(group, found)| (after(all, group), *found)).collect();
    let above =
        |group: &Identity| std::iter::successors(group.parent().cloned(), |above| above.parent().cloned());
    let mut lost: BTreeSet<String> =
        above(moved.from()).filter_map(|group| live.get(&group)).flat_map(|group| roles(group)).collect();
    let kept = above(moved.to()).filter_map(|group| placed.get(&group).copied());
    for group in live.get(moved.from()).copied().into_iter().chain(kept) {
        for role in roles(group) {
            lost.remove(&role);
        }
    }
    let moved = moved.clone().shown(path::of(moved.from()), path::of(moved.to()));
    match u64::try_from(lost.len()).unwrap_or(u64::MAX) {
        0 => moved,
        1 => moved.losing(Loss::Access, TAKES, 1, "role that a group above it gives"),
        count => moved.losing(Loss::Access, TAKES, count, "roles that groups above it give"),
    }
}

/// How it is told that a move takes roles away.
const TAKES: &str = "takes from its members";

/// The roles that a group gives, each by a text that no other has.
fn roles(group: &GroupRepresentation) -> Vec<String> {
    let of_realm = group.realm_roles.iter().flatten().map(|role| format!("realm {role}"));
    let of_clients = client_role::shown(group.client_roles.as_ref()).map(|role| format!("client {role}"));
    of_realm.chain(of_clients).collect()
}

/// The move with what is remembered of default groups that go along: these texts are paths before all moves.
fn followed(moved: &Move, all: &[Move], texts: &[&str]) -> Move {
    let mut told = moved.clone();
    for text in texts {
        let Some(group) = path::parse(text) else { continue };
        let place = after(all, &group);
        if moved.takes(&group).as_ref() == Some(&place) {
            told = told.target(&DEFAULT_GROUP, (*text).to_owned(), path::of(&place));
        }
    }
    told
}

/// The move with the default groups that are asked for at its new place, or below that: nothing links to them before it is made.
fn named_at_its_place(moved: Move, wanted: &[&str]) -> Move {
    let back = Move::new(moved.to().clone(), moved.from().clone());
    wanted.iter().fold(moved, |moved, text| {
        let from = path::parse(text).and_then(|group| back.takes(&group));
        match from {
            Some(from) => moved.target(&DEFAULT_GROUP, path::of(&from), (*text).to_owned()),
            None => moved,
        }
    })
}

/// The record as it will be once the moves are made.
pub(super) fn record<'r>(known: &'r OwnedRecord, moves: &[Move]) -> Cow<'r, OwnedRecord> {
    if moves.is_empty() {
        return Cow::Borrowed(known);
    }
    Cow::Owned(known.clone().following(moves))
}

/// Groups of a server at the places where they will stand.
pub(super) fn placed<'g>(groups: &[Found<'g>], moves: &[Move]) -> Vec<Found<'g>> {
    let placed = |found: &Found<'g>| Found { identity: after(moves, &found.identity), group: found.group };
    groups.iter().map(placed).collect()
}

/// Moves or renames a group: one call, and it keeps its id.
pub(super) async fn carry_out(
    step: &Step,
    moved: &Move,
    created: Created<'_>,
    target: &Target<'_>,
) -> Result<(), SyncError> {
    let failed = SyncError::call(step.action.into(), &step.object);
    let (api, realm, id) = (target.api, target.realm, server_id(step)?);
    let (group, _) = body::<GroupRepresentation>(step)?;
    let group = GroupRepresentation { id: Some(id.to_owned()), ..group };
    if moved.from().name() != moved.to().name() {
        return api.group_update(realm, id, &group).await.map_err(failed);
    }
    let placed = match step.object.parent() {
        None => api.group_create(realm, &group).await,
        Some(_) => api.group_child_create(realm, created.parent_of(step)?, &group).await,
    };
    placed.map_err(failed)?;
    Ok(())
}
