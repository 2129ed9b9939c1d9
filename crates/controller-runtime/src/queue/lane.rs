//! Lanes: how urgent an object is, and whose turn it is among those of one urgency.

use std::{
    collections::{HashMap, VecDeque, hash_map::Entry},
    sync::Arc,
};

use tokio::time::Instant;

use crate::key::Key;

/// Why an object is looked at, in order of urgency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Somebody changed the object: its spec, one of our annotations, or it is in deletion.
    Edit,
    /// Something it depends on changed, or somebody asked for it.
    Wake,
    /// The last pass did not settle it, and its waiting time is over.
    Again,
    /// It was there when the controller started.
    Start,
    /// It was settled, and its resync is due.
    Resync,
}

impl Lane {
    /// All lanes, most urgent first.
    pub const ALL: [Self; 5] = [Self::Edit, Self::Wake, Self::Again, Self::Start, Self::Resync];

    /// The name as metrics and logs spell it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Edit => "edit",
            Self::Wake => "wake",
            Self::Again => "again",
            Self::Start => "start",
            Self::Resync => "resync",
        }
    }

    pub(super) const fn index(self) -> usize {
        self as usize
    }
}

/// The items of one lane, by group; `turns` names each group that has items once.
#[derive(Default)]
pub(super) struct LaneQueue {
    pub(super) turns: VecDeque<Arc<str>>,
    pub(super) groups: HashMap<Arc<str>, VecDeque<Slot>>,
    pub(super) depth: usize,
    /// Slots, leftovers included.
    slots: usize,
}

pub(super) struct Slot {
    pub(super) key: Key,
    pub(super) serial: u64,
    pub(super) since: Instant,
}

impl LaneQueue {
    pub(super) fn push(&mut self, group: Arc<str>, slot: Slot) {
        self.depth += 1;
        self.slots += 1;
        // A group has its turn exactly as long as it has an entry.
        match self.groups.entry(group) {
            Entry::Occupied(mut slots) => slots.get_mut().push_back(slot),
            Entry::Vacant(vacant) => {
                self.turns.push_back(Arc::clone(vacant.key()));
                vacant.insert(VecDeque::from([slot]));
            }
        }
    }

    /// Takes the first slot of a group, which may be a leftover.
    pub(super) fn take(&mut self, group: &Arc<str>) -> Option<Slot> {
        let slot = self.groups.get_mut(group)?.pop_front()?;
        self.slots -= 1;
        Some(slot)
    }

    /// Drops leftovers if there are more of them than live slots and `allowed` ones; `is_live` tells them apart.
    pub(super) fn sweep(&mut self, allowed: usize, is_live: impl Fn(&Slot) -> bool) {
        if self.slots <= 2 * self.depth + allowed {
            return;
        }
        for slots in self.groups.values_mut() {
            slots.retain(&is_live);
        }
        self.groups.retain(|_, slots| !slots.is_empty());
        self.turns.retain(|group| self.groups.contains_key(group));
        self.slots = self.groups.values().map(VecDeque::len).sum();
    }

    /// Puts a group that was served at the end of the row, or drops it if it has nothing left.
    pub(super) fn keep_turn(&mut self, group: &Arc<str>) {
        if self.groups.get(group).is_some_and(VecDeque::is_empty) {
            self.groups.remove(group);
        } else if self.groups.contains_key(group) {
            self.turns.push_back(Arc::clone(group));
        }
    }

    /// Since when the head of the row waits. Leftovers make it look older, which only serves the lane earlier.
    pub(super) fn oldest(&self) -> Option<Instant> {
        if self.depth == 0 {
            return None;
        }
        let group = self.turns.front()?;
        self.groups.get(group)?.front().map(|slot| slot.since)
    }
}
