//! How far the events of a realm were read.

use std::{collections::BTreeMap, time::Duration};

use keycloak_admin::types::AdminEventRepresentation;
use tokio::time::Instant;

/// Events that one call gives at most.
pub(super) const PAGE: i32 = 100;
/// How long an event may take from the time that it carries until others can read it: its transaction ends after it.
const LATE: Duration = Duration::from_secs(10);
/// Reads that follow each other at once because there is more than one of them gives. After these the realm waits for its turn
/// again, so that it is not read for ever where events come as fast as they are read.
const ROUNDS: u32 = 20;

/// How far the events of a realm were read.
///
/// Events carry the server's clock, which is never compared with ours: what is known is that it was at least at the time of the
/// newest event when that was read, and has gone on since. The last [`LATE`] of what was read is read again, and what was seen
/// there passed over.
#[derive(Debug, Default)]
pub(super) struct Journal {
    reached: Option<Reached>,
    /// What was seen since the time from which is read again, with its time.
    seen: BTreeMap<String, i64>,
    /// A read ended before all was read: the next goes on at this time.
    behind: Option<i64>,
    /// Reads in a row that ended before all was read.
    unfinished: u32,
}

#[derive(Clone, Copy, Debug)]
struct Reached {
    /// The server's clock, in milliseconds.
    server: i64,
    /// When it was at least there.
    at: Instant,
    /// When the last read began that came to the end.
    read: Instant,
}

/// Where a read begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begin {
    /// Nothing was read yet: with the newest, and no further.
    Newest,
    /// At this time, in order.
    At(i64),
}

impl Journal {
    pub(super) fn begin(&self) -> Begin {
        match (self.behind, self.reached) {
            (Some(behind), _) => Begin::At(behind),
            (None, Some(reached)) => Begin::At(reached.from()),
            (None, None) => Begin::Newest,
        }
    }

    /// Whether the next read is to follow at once: the last one ended before all was read, and not too many did so in a row.
    pub(super) fn goes_on(&self) -> bool {
        self.behind.is_some() && !self.unfinished.is_multiple_of(ROUNDS)
    }

    /// What of these was not seen before, in the order of time. `began` is when the read began, and `complete` whether it came to
    /// the end.
    pub(super) fn take(
        &mut self,
        mut events: Vec<AdminEventRepresentation>,
        complete: bool,
        began: Instant,
        now: Instant,
    ) -> Vec<AdminEventRepresentation> {
        events.sort_by_key(|event| event.time);
        let newest = events.iter().filter_map(|event| event.time).max().unwrap_or_default();
        let known = self.reached.map_or(0, |reached| reached.server_at(now));
        let (server, at) = match self.reached {
            Some(reached) if known >= newest => (reached.server, reached.at),
            Some(_) | None => (newest, now),
        };
        let read = if complete { began } else { self.reached.map_or(began, |reached| reached.read) };
        let reached = Reached { server, at, read };
        self.reached = Some(reached);
        self.behind = (!complete).then_some(newest);
        self.unfinished = if complete { 0 } else { self.unfinished.saturating_add(1) };
        let mut new = Vec::new();
        for event in events {
            let time = event.time.unwrap_or_default();
            if self.seen.insert(name_of(&event), time).is_none() {
                new.push(event);
            }
        }
        if !complete && new.is_empty() {
            // All of one moment, and more of it than is read at once.
            self.behind = Some(newest.saturating_add(1));
        }
        let from = self.behind.unwrap_or_else(|| reached.from());
        self.seen.retain(|_, time| *time >= from);
        new
    }
}

impl Reached {
    fn server_at(self, then: Instant) -> i64 {
        self.server.saturating_add(milliseconds(then.saturating_duration_since(self.at)))
    }

    fn from(self) -> i64 {
        self.server_at(self.read).saturating_sub(milliseconds(LATE)).max(0)
    }
}

fn milliseconds(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}

/// Its id; what tells it apart where a server gives none.
fn name_of(event: &AdminEventRepresentation) -> String {
    event.id.clone().unwrap_or_else(|| {
        let (what, how) = (&event.resource_path, &event.operation_type);
        format!("{:?} {:?} {what:?} {how:?}", event.time, event.resource_type)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(id: &str, time: i64) -> AdminEventRepresentation {
        AdminEventRepresentation { id: Some(id.into()), time: Some(time), ..Default::default() }
    }

    fn ids(events: &[AdminEventRepresentation]) -> Vec<&str> {
        events.iter().filter_map(|event| event.id.as_deref()).collect()
    }

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn each_event_is_new_once_and_the_last_seconds_are_read_again() {
        let (mut journal, start) = (Journal::default(), Instant::now());
        assert_eq!(journal.begin(), Begin::Newest);
        // The newest come first.
        let first = journal.take(vec![event("b", 100_500), event("a", 100_000)], true, start, start);
        assert_eq!(ids(&first), ["a", "b"]);
        assert_eq!(journal.begin(), Begin::At(90_500));
        // One that took its time is found although a later one was seen.
        let again = vec![event("late", 95_000), event("a", 100_000), event("b", 100_500)];
        assert_eq!(ids(&journal.take(again, true, start + SECOND, start + SECOND)), ["late"]);
        // The server's clock has gone on beside ours: what is long over is not asked for again.
        let later = start + 60 * SECOND;
        assert_eq!(ids(&journal.take(vec![], true, later, later)), [""; 0]);
        assert_eq!(journal.begin(), Begin::At(150_500));
        assert!(journal.seen.is_empty());
        let then = later + 30 * SECOND;
        assert_eq!(ids(&journal.take(vec![event("c", 185_000)], true, then, then)), ["c"]);
        assert_eq!(journal.begin(), Begin::At(180_500), "it may have happened before it was read");
    }

    #[test]
    fn a_realm_without_events_is_read_from_its_beginning() {
        let (mut journal, start) = (Journal::default(), Instant::now());
        assert!(journal.take(vec![], true, start, start).is_empty());
        assert_eq!(journal.begin(), Begin::At(0));
        assert_eq!(ids(&journal.take(vec![event("a", 100_000)], true, start, start)), ["a"]);
    }

    #[test]
    fn what_was_not_read_to_its_end_goes_on_where_it_ended() {
        let (mut journal, start) = (Journal::default(), Instant::now());
        journal.take(vec![event("a", 100_000)], true, start, start);
        let many = vec![event("b", 101_000), event("c", 102_000)];
        assert_eq!(ids(&journal.take(many, false, start + SECOND, start + SECOND)), ["b", "c"]);
        assert!(journal.goes_on());
        assert_eq!(journal.begin(), Begin::At(102_000));
        let rest = vec![event("c", 102_000), event("d", 102_000), event("e", 103_000)];
        assert_eq!(ids(&journal.take(rest, true, start + SECOND, start + SECOND)), ["d", "e"]);
        assert!(!journal.goes_on());
        assert_eq!(journal.begin(), Begin::At(93_000));
    }

    #[test]
    fn what_never_comes_to_its_end_is_not_read_for_ever() {
        let (mut journal, start) = (Journal::default(), Instant::now());
        journal.take(vec![event("first", 100_000)], true, start, start);
        let mut read = |number: i64, complete: bool| {
            let at = 100_000 + number;
            journal.take(vec![event(&at.to_string(), at)], complete, start, start);
            journal.goes_on()
        };
        let rounds = i64::from(ROUNDS);
        assert!((1..rounds).all(|number| read(number, false)), "at once");
        assert!(!read(rounds, false), "after its interval");
        assert!(read(rounds + 1, false), "and on from there");
        assert!(!read(rounds + 2, true), "until all is read");
        assert!(read(rounds + 3, false), "which counts anew");
    }
}
