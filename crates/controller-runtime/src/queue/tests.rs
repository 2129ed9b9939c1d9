use std::{sync::Arc, time::Duration};

use tokio::time::Instant;

use super::{Lane, Next, Queue, Ticket};
use crate::{backoff::Pacing, class::ClassName, key::Key};

fn queue(group_limit: usize) -> Queue {
    Queue::new(Pacing::default(), group_limit)
}

fn key(name: &str) -> Key {
    Key::namespaced("n", name)
}

fn wake(queue: &Queue, group: &str, name: &str, lane: Lane) {
    queue.wake(&key(name), &Arc::from(group), lane);
}

/// The next object, if one is due at this moment.
async fn now(queue: &Queue) -> Option<Ticket> {
    tokio::time::timeout(Duration::from_millis(1), queue.next()).await.ok()
}

async fn names(queue: &Queue) -> Vec<String> {
    let mut names = Vec::new();
    while let Some(ticket) = now(queue).await {
        names.push(ticket.key.name().to_owned());
        queue.done(&ticket, Next::Idle);
    }
    names
}

#[tokio::test(start_paused = true)]
async fn what_people_did_goes_first_and_resyncs_last() {
    let queue = queue(10);
    for (name, lane) in
        [("e", Lane::Resync), ("d", Lane::Start), ("c", Lane::Again), ("b", Lane::Wake), ("a", Lane::Edit)]
    {
        wake(&queue, "g", name, lane);
    }
    assert_eq!(names(&queue).await, ["a", "b", "c", "d", "e"]);
}

#[tokio::test(start_paused = true)]
async fn an_object_that_waits_is_moved_up_but_never_down_and_is_there_once() {
    let queue = queue(10);
    wake(&queue, "g", "moved", Lane::Resync);
    wake(&queue, "g", "start", Lane::Start);
    wake(&queue, "g", "moved", Lane::Edit);
    wake(&queue, "g", "moved", Lane::Resync);
    assert_eq!(queue.depths().map(|(_, depth)| depth), [1, 0, 0, 1, 0]);
    assert_eq!(names(&queue).await, ["moved", "start"]);
    assert_eq!(queue.depths().map(|(_, depth)| depth), [0; 5]);
}

#[tokio::test(start_paused = true)]
async fn groups_take_turns() {
    let queue = queue(10);
    for number in 0..4 {
        wake(&queue, "busy", &format!("busy-{number}"), Lane::Edit);
    }
    wake(&queue, "calm", "calm-0", Lane::Edit);
    wake(&queue, "calm", "calm-1", Lane::Edit);
    assert_eq!(names(&queue).await, ["busy-0", "calm-0", "busy-1", "calm-1", "busy-2", "busy-3"]);
}

#[tokio::test(start_paused = true)]
async fn a_group_holds_no_more_workers_than_it_may() {
    let queue = queue(2);
    for number in 0..5 {
        wake(&queue, "busy", &format!("busy-{number}"), Lane::Edit);
    }
    wake(&queue, "calm", "calm", Lane::Resync);
    let first = now(&queue).await.unwrap();
    let _second = now(&queue).await.unwrap();
    assert_eq!(now(&queue).await.unwrap().key, key("calm"), "though less urgent");
    assert!(now(&queue).await.is_none());
    queue.done(&first, Next::Idle);
    assert_eq!(now(&queue).await.unwrap().key, key("busy-2"));
}

#[tokio::test(start_paused = true)]
async fn whoever_has_waited_too_long_is_taken_out_of_turn() {
    let queue = queue(10);
    wake(&queue, "g", "old", Lane::Resync);
    tokio::time::sleep(Duration::from_secs(31)).await;
    for number in 0..20 {
        wake(&queue, "g", &format!("edit-{number}"), Lane::Edit);
    }
    let order = names(&queue).await;
    let place = order.iter().position(|name| name == "old").unwrap();
    assert!(place < 5, "{order:?}");
    assert_eq!(order.iter().filter(|name| *name != "old").count(), 20);
}

#[tokio::test(start_paused = true)]
async fn an_object_in_work_is_not_handed_out_and_what_came_meanwhile_is_kept_once() {
    let queue = queue(10);
    wake(&queue, "g", "a", Lane::Start);
    let ticket = now(&queue).await.unwrap();
    wake(&queue, "g", "a", Lane::Resync);
    wake(&queue, "g", "a", Lane::Edit);
    wake(&queue, "g", "a", Lane::Wake);
    assert!(now(&queue).await.is_none());
    assert_eq!(queue.done(&ticket, Next::Resync { uid_hash: 1 }), Some(Duration::ZERO));
    let again = now(&queue).await.unwrap();
    assert_eq!((again.key.name(), again.lane), ("a", Lane::Edit), "the most urgent of them");
    queue.done(&again, Next::Idle);
    assert!(now(&queue).await.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_failure_waits_longer_each_time_until_something_changes() {
    let queue = queue(10);
    wake(&queue, "g", "a", Lane::Start);
    for wait in [2, 4, 8] {
        let ticket = now(&queue).await.unwrap();
        assert_eq!(queue.done(&ticket, Next::After(ClassName::Wait)), Some(Duration::from_secs(wait)));
        tokio::time::sleep(Duration::from_secs(wait)).await;
    }
    let ticket = now(&queue).await.unwrap();
    assert_eq!(ticket.lane, Lane::Again);
    queue.done(&ticket, Next::After(ClassName::Wait));
    wake(&queue, "g", "a", Lane::Edit);
    let ticket = now(&queue).await.unwrap();
    assert_eq!(queue.done(&ticket, Next::After(ClassName::Wait)), Some(Duration::from_secs(2)), "begun anew");
    tokio::time::sleep(Duration::from_secs(2)).await;
    let ticket = now(&queue).await.unwrap();
    queue.done(&ticket, Next::Resync { uid_hash: 1 });
    wake(&queue, "g", "a", Lane::Start);
    let ticket = now(&queue).await.unwrap();
    assert_eq!(
        queue.done(&ticket, Next::After(ClassName::Wait)),
        Some(Duration::from_secs(2)),
        "after success too"
    );
}

#[tokio::test(start_paused = true)]
async fn however_many_wait_ten_a_second_are_looked_at_and_each_no_later_than_at_its_resync() {
    let waits = |names: std::ops::Range<u32>, queue: &Queue| {
        names.for_each(|name| wake(queue, "g", &format!("waits-{name}"), Lane::Start));
    };
    let queue = queue(10);
    waits(0..1_000, &queue);
    let mut longest = Duration::ZERO;
    for _ in 0..1_000 {
        let ticket = now(&queue).await.unwrap();
        longest = longest.max(queue.done(&ticket, Next::After(ClassName::Wait)).unwrap());
    }
    assert_eq!(longest, Duration::from_secs(100));
    let (began, mut looks) = (Instant::now(), 0);
    while began.elapsed() < Duration::from_secs(550) {
        let ticket = queue.next().await;
        queue.done(&ticket, Next::After(ClassName::Wait));
        looks += 1;
    }
    assert!((5_000..=5_600).contains(&looks), "{looks} looks in 550 s");

    // Those that wait no longer take no turns.
    waits(0..999, &queue);
    for _ in 0..999 {
        let ticket = now(&queue).await.unwrap();
        queue.done(&ticket, Next::Idle);
    }
    let ticket = queue.next().await;
    assert_eq!(
        (ticket.key.name(), queue.done(&ticket, Next::After(ClassName::Wait))),
        ("waits-999", Some(Duration::from_secs(60)))
    );

    let crowded = Queue::new(Pacing { resync: Duration::from_secs(70), ..Pacing::default() }, 10);
    waits(0..1_000, &crowded);
    for _ in 0..1_000 {
        let ticket = now(&crowded).await.unwrap();
        let wait = crowded.done(&ticket, Next::After(ClassName::Wait)).unwrap();
        assert!(wait <= Duration::from_secs(70), "{wait:?}");
    }

    // In deletion they take no turns, also those that waited before.
    let deleting = Queue::new(Pacing::default(), 10);
    waits(0..1_000, &deleting);
    for _ in 0..1_000 {
        let ticket = now(&deleting).await.unwrap();
        deleting.done(&ticket, Next::After(ClassName::Wait));
    }
    waits(0..999, &deleting);
    for _ in 0..999 {
        let ticket = now(&deleting).await.unwrap();
        deleting.done(&ticket, Next::Deleting(ClassName::Wait));
    }
    waits(999..1_000, &deleting);
    let ticket = now(&deleting).await.unwrap();
    let wait = deleting.done(&ticket, Next::After(ClassName::Wait));
    assert_eq!((ticket.key.name(), wait), ("waits-999", Some(Duration::from_secs(4))));
}

#[tokio::test(start_paused = true)]
async fn a_wake_replaces_the_timer_and_leaves_no_second_pass_behind() {
    let queue = queue(10);
    wake(&queue, "g", "a", Lane::Start);
    let ticket = now(&queue).await.unwrap();
    queue.done(&ticket, Next::After(ClassName::Stall));
    wake(&queue, "g", "a", Lane::Edit);
    let ticket = now(&queue).await.unwrap();
    queue.done(&ticket, Next::Idle);
    tokio::time::sleep(Duration::from_secs(7_200)).await;
    assert!(now(&queue).await.is_none());
}

#[tokio::test(start_paused = true)]
async fn what_is_gone_is_forgotten_wherever_it_stands() {
    let queue = queue(10);
    wake(&queue, "g", "queued", Lane::Edit);
    wake(&queue, "g", "running", Lane::Start);
    queue.resync(&key("timed"), &Arc::from("g"), 7);
    queue.forget(&key("queued"));
    let running = now(&queue).await.unwrap();
    assert_eq!(running.key, key("running"));
    queue.forget(&key("running"));
    queue.forget(&key("timed"));
    queue.done(&running, Next::Forget);
    tokio::time::sleep(Duration::from_secs(3_600)).await;
    assert!(now(&queue).await.is_none());
    assert!(super::locked(&queue.state).entries.is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_object_that_goes_while_it_is_looked_at_is_forgotten_however_the_pass_ends() {
    let queue = queue(10);
    let ends = [
        Next::Resync { uid_hash: 1 },
        Next::After(ClassName::Stall),
        Next::Deleting(ClassName::Retry),
        Next::AtOnce,
        Next::Idle,
        Next::Forget,
    ];
    for end in ends {
        wake(&queue, "g", "a", Lane::Edit);
        let ticket = now(&queue).await.unwrap();
        wake(&queue, "g", "a", Lane::Wake);
        queue.forget(&key("a"));
        assert_eq!(queue.done(&ticket, end), None, "{end:?}");
        assert!(!queue.knows(&key("a")), "{end:?}");
    }
    wake(&queue, "g", "a", Lane::Edit);
    let ticket = now(&queue).await.unwrap();
    queue.forget(&key("a"));
    wake(&queue, "g", "a", Lane::Edit);
    queue.done(&ticket, Next::Idle);
    assert!(now(&queue).await.is_some(), "it was made anew meanwhile");
}

/// How many things a queue holds in all: entries, timers, and places in lanes with their groups.
fn held(queue: &Queue) -> usize {
    let state = super::locked(&queue.state);
    let in_lanes = |lane: &super::LaneQueue| {
        lane.turns.len() + lane.groups.values().map(|slots| slots.len() + 1).sum::<usize>()
    };
    state.entries.len()
        + state.due.len()
        + state.running.len()
        + state.lanes.iter().map(in_lanes).sum::<usize>()
}

#[tokio::test(start_paused = true)]
async fn of_objects_that_came_and_went_nothing_is_kept_whether_or_not_this_process_leads() {
    let (leading, standby) = (queue(10), queue(10));
    for number in 0..10_000 {
        let (name, group) = (format!("o-{number}"), format!("g-{}", number % 1_000));
        for queue in [&leading, &standby] {
            wake(queue, &group, &name, Lane::Start);
            wake(queue, &group, &name, Lane::Edit);
        }
        let ticket = now(&leading).await.unwrap();
        leading.done(&ticket, Next::After(ClassName::Stall));
        for queue in [&leading, &standby] {
            queue.forget(&key(&name));
        }
    }
    // Places in lanes and timers that nobody needs go in heaps: what is there at the end does not grow with what there was.
    for queue in [&leading, &standby] {
        assert!(super::locked(&queue.state).entries.is_empty());
        assert!(held(queue) < 1_000, "{} things are held for nothing", held(queue));
    }
    assert_eq!(names(&standby).await, Vec::<String>::new());
    tokio::time::sleep(Duration::from_secs(7 * 3_600)).await;
    assert!(now(&leading).await.is_none());
    assert_eq!((held(&leading), held(&standby)), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn dropping_leftovers_keeps_everybody_who_waits_in_their_order() {
    let queue = queue(10);
    for number in 0..1_000 {
        let group = if number % 2 == 0 { "even" } else { "odd" };
        wake(&queue, group, &format!("o-{number:03}"), Lane::Edit);
    }
    for number in (0..1_000).filter(|number| number % 100 != 7 && number % 100 != 8) {
        queue.forget(&key(&format!("o-{number:03}")));
    }
    assert_eq!(queue.depths()[0], (Lane::Edit, 20));
    let order = names(&queue).await;
    let of = |parity| {
        let number = |name: &&String| name[2..].parse::<u32>().unwrap() % 2 == parity;
        order.iter().filter(number).cloned().collect::<Vec<_>>()
    };
    assert_eq!(order.len(), 20);
    assert!(of(0).is_sorted() && of(1).is_sorted(), "{order:?}");
}

#[tokio::test(start_paused = true)]
async fn a_pass_cut_short_is_repeated_at_once_and_in_its_lane() {
    let queue = queue(10);
    wake(&queue, "g", "a", Lane::Edit);
    let ticket = now(&queue).await.unwrap();
    queue.done(&ticket, Next::AtOnce);
    assert_eq!(now(&queue).await.unwrap().lane, Lane::Edit);
}

#[tokio::test(start_paused = true)]
async fn ten_thousand_objects_are_looked_at_once_per_interval_and_never_all_together() {
    let queue = queue(1_000);
    for number in 0..10_000_u64 {
        let name = format!("o-{number}");
        queue.resync(&key(&name), &Arc::from("g"), crate::hash_of(&name));
    }
    let began = Instant::now();
    let mut per_minute = std::collections::BTreeMap::<u64, u32>::new();
    while began.elapsed() < Duration::from_secs(1_800) {
        let Ok(ticket) = tokio::time::timeout(Duration::from_secs(60), queue.next()).await else { continue };
        *per_minute.entry(began.elapsed().as_secs() / 60).or_default() += 1;
        let uid_hash = crate::hash_of(ticket.key.name());
        queue.done(&ticket, Next::Resync { uid_hash });
    }
    let settled: Vec<u32> = per_minute.range(15..30).map(|(_, count)| *count).collect();
    assert!(settled.iter().all(|count| (800..1_200).contains(count)), "{settled:?}");
    assert!(super::locked(&queue.state).due.len() <= 2 * 10_000 + 64, "leftovers do not pile up");
}
