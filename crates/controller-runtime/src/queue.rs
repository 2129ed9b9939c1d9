//! The work queue of one kind: what is looked at next.
//!
//! - Lanes: a human edit or a deletion goes before a dependant, that before a repeated attempt, that before the first
//!   look after a start, that before a resync. An item that has waited too long is taken out of turn.
//! - Groups: within a lane the groups take turns, and one group never holds all workers, so a busy one does not
//!   starve the others.
//! - One object is never looked at twice at once; a wake meanwhile is kept, once.
//! - Objects that wait for something which nobody tells of take turns: many of them are looked at no more often than some hundred.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{sync::Notify, time::Instant};

use crate::{
    backoff::{Backoff, Pacing, Waiting},
    class::ClassName,
    key::Key,
    locked,
};

mod lane;

pub use lane::Lane;
use lane::{LaneQueue, Slot};

/// An item that waits longer than this is taken before more urgent ones, every fourth time.
const PATIENCE: Duration = Duration::from_secs(30);
/// Leftovers beyond as many as there are live ones, before they are looked for and dropped.
const LEFTOVERS: usize = 64;

/// What the queue hands to a worker. It must come back through [`Queue::done`].
#[derive(Debug)]
pub(crate) struct Ticket {
    pub(crate) key: Key,
    pub(crate) lane: Lane,
    pub(crate) waited: Duration,
    group: Arc<str>,
}

/// When an object is to be looked at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// It is settled: at its resync.
    Resync { uid_hash: u64 },
    /// It is not as declared, which a further pass does not mend: at its resync all the same.
    Unsettled { class: ClassName, uid_hash: u64 },
    /// It failed: after the wait of this class.
    After(ClassName),
    /// It failed in deletion: after the wait of this class, but soon.
    Deleting(ClassName),
    /// At once: the pass was cut short through no fault of the object.
    AtOnce,
    /// Not before something wakes it.
    Idle,
    /// It is gone.
    Forget,
}

/// See the module.
pub(crate) struct Queue {
    state: Mutex<State>,
    changed: Notify,
    began: Instant,
    pacing: Pacing,
    group_limit: usize,
}

#[derive(Default)]
struct State {
    lanes: [LaneQueue; 5],
    entries: HashMap<Key, Item>,
    due: BinaryHeap<Reverse<Due>>,
    running: HashMap<Arc<str>, usize>,
    waiting: Waiting,
    serial: u64,
    picks: u64,
}

struct Item {
    group: Arc<str>,
    /// Where it stands in a lane. An item in a lane queue with another serial is a leftover.
    queued: Option<(Lane, u64)>,
    /// The serial of its timer. A timer with another serial is a leftover.
    timer: Option<u64>,
    running: bool,
    /// Said to be gone while running, and nothing about it since: goes when the pass ends, however that ends.
    gone: bool,
    /// Woken while running.
    again: Option<Lane>,
    backoff: Option<Box<Backoff>>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Due {
    at: Instant,
    serial: u64,
    lane: Lane,
    key: Key,
}

impl Queue {
    /// A queue whose groups may hold `group_limit` workers each.
    pub(crate) fn new(pacing: Pacing, group_limit: usize) -> Self {
        Self {
            state: Mutex::default(),
            changed: Notify::new(),
            began: Instant::now(),
            pacing,
            group_limit: group_limit.max(1),
        }
    }

    /// Asks for a pass now. Changes (`Edit`, `Wake`) also forget how long the object has been failing.
    pub(crate) fn wake(&self, key: &Key, group: &Arc<str>, lane: Lane) {
        {
            let mut state = locked(&self.state);
            let entry = state.entry(key, group);
            if matches!(lane, Lane::Edit | Lane::Wake) {
                entry.backoff = None;
            }
            if entry.running {
                entry.again = Some(entry.again.map_or(lane, |asked| asked.min(lane)));
                return;
            }
            state.put(key, lane, Instant::now());
        }
        self.changed.notify_one();
    }

    /// Asks for a pass at the object's resync, unless something earlier is arranged.
    pub(crate) fn resync(&self, key: &Key, group: &Arc<str>, uid_hash: u64) {
        {
            let mut state = locked(&self.state);
            let entry = state.entry(key, group);
            if entry.running || entry.queued.is_some() || entry.timer.is_some() {
                return;
            }
            let now = Instant::now();
            let wait = self.pacing.until_resync(uid_hash, now - self.began);
            state.arrange(key, now + wait, Lane::Resync);
        }
        self.changed.notify_one();
    }

    /// Forgets an object that is gone. A pass that is running ends by itself.
    pub(crate) fn forget(&self, key: &Key) {
        let mut state = locked(&self.state);
        let Some(entry) = state.entries.get_mut(key) else { return };
        entry.timer = None;
        entry.again = None;
        entry.backoff = None;
        entry.gone = true;
        let running = entry.running;
        let queued = entry.queued.take();
        if !running {
            state.entries.remove(key);
        }
        if let Some((lane, _)) = queued {
            state.left(lane);
        }
        state.sweep_timers();
    }

    /// Whether anything is known of an object: it waits, is being looked at, or will be again.
    pub(crate) fn knows(&self, key: &Key) -> bool {
        locked(&self.state).entries.contains_key(key)
    }

    /// Waits for the next object to look at. To be called by one task.
    pub(crate) async fn next(&self) -> Ticket {
        loop {
            let changed = self.changed.notified();
            let due = {
                let mut state = locked(&self.state);
                let now = Instant::now();
                state.move_due(now);
                if let Some(ticket) = state.pick(now, self.group_limit) {
                    return ticket;
                }
                state.due.peek().map(|Reverse(due)| due.at)
            };
            match due {
                Some(at) => tokio::select! {
                    () = changed => {}
                    () = tokio::time::sleep_until(at) => {}
                },
                None => changed.await,
            }
        }
    }

    /// Gives an object back. The answer is how long it now waits, if it does.
    pub(crate) fn done(&self, ticket: &Ticket, next: Next) -> Option<Duration> {
        let wait = locked(&self.state).done(ticket, next, &self.pacing, self.began);
        self.changed.notify_one();
        wait
    }

    /// How many objects wait in each lane.
    pub(crate) fn depths(&self) -> [(Lane, usize); 5] {
        let state = locked(&self.state);
        Lane::ALL.map(|lane| (lane, state.lanes.get(lane.index()).map_or(0, |queue| queue.depth)))
    }
}

impl State {
    fn entry(&mut self, key: &Key, group: &Arc<str>) -> &mut Item {
        let entry = self.entries.entry(key.clone()).or_insert_with(|| Item {
            group: Arc::clone(group),
            queued: None,
            timer: None,
            running: false,
            gone: false,
            again: None,
            backoff: None,
        });
        entry.gone = false;
        // The running count is kept by group, so an object changes its group only between passes.
        if !entry.running && entry.queued.is_none() && entry.group != *group {
            entry.group = Arc::clone(group);
        }
        entry
    }

    fn lane(&mut self, lane: Lane) -> &mut LaneQueue {
        let [edit, wake, again, start, resync] = &mut self.lanes;
        match lane {
            Lane::Edit => edit,
            Lane::Wake => wake,
            Lane::Again => again,
            Lane::Start => start,
            Lane::Resync => resync,
        }
    }

    fn next_serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }

    /// Puts a known object into a lane; one that already waits in a more urgent one stays there.
    fn put(&mut self, key: &Key, lane: Lane, now: Instant) {
        let serial = self.next_serial();
        let Some(entry) = self.entries.get_mut(key) else {
            return;
        };
        let before = entry.queued;
        if before.is_some_and(|(waiting, _)| waiting <= lane) {
            return;
        }
        entry.queued = Some((lane, serial));
        entry.timer = None;
        let group = Arc::clone(&entry.group);
        if let Some((waiting, _)) = before {
            self.left(waiting);
        }
        self.lane(lane).push(group, Slot { key: key.clone(), serial, since: now });
    }

    fn arrange(&mut self, key: &Key, at: Instant, lane: Lane) {
        let serial = self.next_serial();
        if let Some(entry) = self.entries.get_mut(key) {
            entry.timer = Some(serial);
            self.due.push(Reverse(Due { at, serial, lane, key: key.clone() }));
        }
        self.sweep_timers();
    }

    /// Timers of objects that are gone, or were woken before their time, would pile up over hours.
    fn sweep_timers(&mut self) {
        if self.due.len() > 2 * self.entries.len() + LEFTOVERS {
            let entries = &self.entries;
            self.due.retain(|Reverse(due)| {
                entries.get(&due.key).is_some_and(|entry| entry.timer == Some(due.serial))
            });
        }
    }

    /// An object no longer waits in a lane. Its place there is a leftover, which whoever takes the next object passes over; but
    /// nobody takes one while another process leads.
    fn left(&mut self, lane: Lane) {
        let (lanes, entries) = (&mut self.lanes, &self.entries);
        let Some(queue) = lanes.get_mut(lane.index()) else { return };
        queue.depth -= 1;
        queue.sweep(LEFTOVERS, |slot| {
            entries.get(&slot.key).is_some_and(|entry| entry.queued == Some((lane, slot.serial)))
        });
    }

    fn move_due(&mut self, now: Instant) {
        while self.due.peek().is_some_and(|Reverse(due)| due.at <= now) {
            let Some(Reverse(due)) = self.due.pop() else { return };
            let current = self.entries.get_mut(&due.key).filter(|entry| entry.timer == Some(due.serial));
            if let Some(entry) = current {
                entry.timer = None;
                self.put(&due.key, due.lane, now);
            }
        }
    }

    fn pick(&mut self, now: Instant, group_limit: usize) -> Option<Ticket> {
        self.picks += 1;
        let out_of_turn = if self.picks.is_multiple_of(4) { self.longest_waiting(now) } else { None };
        out_of_turn.into_iter().chain(Lane::ALL).find_map(|lane| self.pick_from(lane, now, group_limit))
    }

    /// The least urgent lane in which somebody has waited too long.
    fn longest_waiting(&self, now: Instant) -> Option<Lane> {
        Lane::ALL.into_iter().rev().find(|lane| {
            self.lanes
                .get(lane.index())
                .and_then(LaneQueue::oldest)
                .is_some_and(|since| now.saturating_duration_since(since) > PATIENCE)
        })
    }

    fn pick_from(&mut self, lane: Lane, now: Instant, group_limit: usize) -> Option<Ticket> {
        for _ in 0..self.lane(lane).turns.len() {
            let group = self.lane(lane).turns.pop_front()?;
            if self.running.get(&group).is_some_and(|running| *running >= group_limit) {
                self.lane(lane).turns.push_back(group);
                continue;
            }
            while let Some(slot) = self.lane(lane).take(&group) {
                let Some(entry) = self.entries.get_mut(&slot.key) else { continue };
                if entry.queued != Some((lane, slot.serial)) {
                    continue;
                }
                entry.queued = None;
                entry.running = true;
                *self.running.entry(Arc::clone(&group)).or_default() += 1;
                let queue = self.lane(lane);
                queue.depth -= 1;
                queue.keep_turn(&group);
                let waited = now.saturating_duration_since(slot.since);
                return Some(Ticket { key: slot.key, lane, waited, group });
            }
            self.lane(lane).keep_turn(&group);
        }
        None
    }

    fn done(&mut self, ticket: &Ticket, next: Next, pacing: &Pacing, began: Instant) -> Option<Duration> {
        if let Some(running) = self.running.get_mut(&ticket.group) {
            *running -= 1;
            if *running == 0 {
                self.running.remove(&ticket.group);
            }
        }
        let now = Instant::now();
        let entry = self.entries.get_mut(&ticket.key)?;
        entry.running = false;
        if entry.gone {
            self.entries.remove(&ticket.key);
            return None;
        }
        let again = entry.again.take();
        let (wait, lane) = match next {
            Next::Resync { uid_hash } | Next::Unsettled { uid_hash, .. } => {
                entry.backoff = None;
                (Some(pacing.until_resync(uid_hash, now - began)), Lane::Resync)
            }
            // Woken while it ran: the failure may be about something that has changed since.
            Next::After(_) | Next::Deleting(_) if again.is_some() => (Some(Duration::ZERO), Lane::Again),
            Next::After(class) => {
                let wait = Backoff::next_among(&mut entry.backoff, class, pacing, &self.waiting);
                (Some(wait), Lane::Again)
            }
            Next::Deleting(class) => {
                let wait =
                    Backoff::next_alone(&mut entry.backoff, class, pacing).min(pacing.deletion_longest);
                (Some(wait), Lane::Again)
            }
            Next::AtOnce => (Some(Duration::ZERO), ticket.lane),
            Next::Idle => {
                entry.backoff = None;
                (None, Lane::Resync)
            }
            Next::Forget if again.is_none() => {
                self.entries.remove(&ticket.key);
                return None;
            }
            Next::Forget => (None, Lane::Resync),
        };
        if let Some(lane) = again {
            self.put(&ticket.key, lane, now);
            return Some(Duration::ZERO);
        }
        match wait {
            Some(Duration::ZERO) => self.put(&ticket.key, lane, now),
            Some(wait) => self.arrange(&ticket.key, now + wait, lane),
            None => {}
        }
        wait
    }
}

#[cfg(test)]
mod tests;
