//! Which realm's events are read next: each realm after its interval, each instance at most twice a second and one at a time.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    time::Duration,
};

use controller_runtime::Key;
use tokio::time::Instant;

/// Between the beginnings of two reads on one instance.
const APART: Duration = Duration::from_millis(500);

#[derive(Default)]
pub(super) struct Schedule {
    /// Of each realm its line, and when it is due.
    realms: HashMap<Key, (Key, Instant)>,
    /// By instance.
    lines: BTreeMap<Key, Line>,
}

#[derive(Default)]
struct Line {
    due: BTreeSet<(Instant, Key)>,
    /// When the next read may begin.
    free: Option<Instant>,
    reading: bool,
}

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// The events of this realm are to be read now.
    Read {
        /// The realm.
        realm: Key,
        /// Its line.
        line: Key,
    },
    /// Nothing before that.
    At(Instant),
    /// Nothing at all, as things are.
    Never,
}

impl Schedule {
    /// The realm is due then. One that is being read is added when that is over.
    pub(super) fn add(&mut self, realm: &Key, line: &Key, due: Instant) {
        self.remove(realm);
        self.realms.insert(realm.clone(), (line.clone(), due));
        self.lines.entry(line.clone()).or_default().due.insert((due, realm.clone()));
    }

    pub(super) fn remove(&mut self, realm: &Key) {
        let Some((line, due)) = self.realms.remove(realm) else { return };
        if let Some(waiting) = self.lines.get_mut(&line) {
            waiting.due.remove(&(due, realm.clone()));
            if waiting.due.is_empty() && !waiting.reading {
                self.lines.remove(&line);
            }
        }
    }

    /// What is to be read at this moment, which then counts as being read; else when to ask again.
    pub(super) fn next(&mut self, now: Instant) -> Turn {
        let mut soonest: Option<Instant> = None;
        for (name, line) in self.lines.iter_mut().filter(|(_, line)| !line.reading) {
            let Some((due, realm)) = line.due.first().cloned() else { continue };
            let at = line.free.map_or(due, |free| free.max(due));
            if at <= now {
                line.due.remove(&(due, realm.clone()));
                line.reading = true;
                line.free = Some(now + APART);
                return Turn::Read { realm, line: name.clone() };
            }
            soonest = Some(soonest.map_or(at, |soonest| soonest.min(at)));
        }
        soonest.map_or(Turn::Never, Turn::At)
    }

    /// A read of this realm is over; if it is still followed, it is due again then.
    pub(super) fn done(&mut self, realm: &Key, line: &Key, again: Instant) {
        if let Some(line) = self.lines.get_mut(line) {
            line.reading = false;
        }
        if let Some((now_in, due)) = self.realms.get(realm).cloned() {
            // It may have been read by a pass meanwhile, and is due later.
            self.add(realm, &now_in, due.max(again));
        }
        if self.lines.get(line).is_some_and(|line| line.due.is_empty()) {
            self.lines.remove(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn realm(name: &str) -> Key {
        Key::namespaced("acme", name)
    }

    fn line(name: &str) -> Key {
        Key::namespaced("platform", name)
    }

    fn read(name: &str) -> Turn {
        let line = line(if name == "c" { "two" } else { "one" });
        Turn::Read { realm: realm(name), line }
    }

    #[test]
    fn realms_are_read_when_they_are_due_and_on_one_instance_one_after_the_other() {
        let (mut schedule, start) = (Schedule::default(), Instant::now());
        assert_eq!(schedule.next(start), Turn::Never);
        let later = |milliseconds| start + Duration::from_millis(milliseconds);
        schedule.add(&realm("a"), &line("one"), start);
        schedule.add(&realm("b"), &line("one"), start);
        schedule.add(&realm("c"), &line("two"), later(100));
        assert_eq!(schedule.next(start), read("a"));
        assert_eq!(schedule.next(start), Turn::At(later(100)), "b waits for a");
        assert_eq!(schedule.next(later(100)), read("c"), "another instance does not");
        assert_eq!(schedule.next(later(100)), Turn::Never);
        schedule.done(&realm("a"), &line("one"), later(30_000));
        assert_eq!(schedule.next(later(200)), Turn::At(later(500)), "two a second");
        assert_eq!(schedule.next(later(500)), read("b"));
        schedule.done(&realm("b"), &line("one"), later(30_500));
        schedule.done(&realm("c"), &line("two"), later(30_100));
        assert_eq!(schedule.next(later(600)), Turn::At(later(30_000)));
    }

    #[test]
    fn what_a_pass_has_read_meanwhile_is_due_later_and_what_is_forgotten_is_not() {
        let (mut schedule, start) = (Schedule::default(), Instant::now());
        let later = |seconds| start + Duration::from_secs(seconds);
        schedule.add(&realm("a"), &line("one"), start);
        assert_eq!(schedule.next(start), read("a"));
        schedule.add(&realm("a"), &line("one"), later(40));
        schedule.done(&realm("a"), &line("one"), later(30));
        assert_eq!(schedule.next(start), Turn::At(later(40)));
        schedule.remove(&realm("a"));
        assert_eq!(schedule.next(later(60)), Turn::Never);
        assert!(schedule.lines.is_empty() && schedule.realms.is_empty());

        schedule.add(&realm("a"), &line("one"), start);
        assert_eq!(schedule.next(start), read("a"));
        schedule.remove(&realm("a"));
        schedule.done(&realm("a"), &line("one"), later(30));
        assert!(schedule.lines.is_empty() && schedule.realms.is_empty());
    }
}
