//! Who may write, and until when.

use std::time::Duration;

use controller_runtime::{Leadership, LeaseTimes, Options, fence::Fence, lease::Campaign, metrics::Metrics};
use serde_json::json;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::{
    fake_api::{FakeApi, Fault},
    greeting::{Mood, Wall},
    process::{GREETINGS, LEASES, election, greeting, is_ready, options, pass_time, start_with, until},
};

fn elected(identity: &str) -> Options {
    Options { election: Some(election(identity)), ..options() }
}

fn holder(api: &FakeApi) -> String {
    let lease = api.object(LEASES, "system", "greeter").unwrap_or_default();
    lease["spec"]["holderIdentity"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test(start_paused = true)]
async fn after_a_crash_the_standby_works_within_six_and_a_half_seconds() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let leader = start_with(&api, &wall, elected("one"));
    until("one leads", || holder(&api).starts_with("one_")).await;
    let standby = start_with(&api, &wall, elected("two"));
    pass_time(60).await;
    assert!(holder(&api).starts_with("one_"), "a living leader keeps the lease");

    leader.crash().await;
    let before = Instant::now();
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    until("ready", || is_ready(&api, "ada")).await;
    assert!(holder(&api).starts_with("two_"));
    assert!(before.elapsed() <= Duration::from_millis(6_500), "{:?}", before.elapsed());
    assert!(
        before.elapsed() >= Duration::from_millis(3_500),
        "{:?}: too early for a leader that lives",
        before.elapsed()
    );
    standby.stop().await;
}

#[tokio::test(start_paused = true)]
async fn after_an_orderly_stop_the_standby_works_within_half_a_second() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let leader = start_with(&api, &wall, elected("one"));
    until("one leads", || holder(&api).starts_with("one_")).await;
    let standby = start_with(&api, &wall, elected("two"));
    pass_time(10).await;
    leader.stop().await;
    let before = Instant::now();
    until("two leads", || holder(&api).starts_with("two_")).await;
    assert!(before.elapsed() <= Duration::from_millis(500), "{:?}", before.elapsed());
    standby.stop().await;
    assert_eq!(holder(&api), "", "the last one hands the lease back too");
}

#[tokio::test(start_paused = true)]
async fn a_stop_lets_the_running_pass_end_and_only_then_releases_the_lease() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    wall.behaves("ada", Mood::Slow(Duration::from_secs(15)));
    let process = start_with(&api, &wall, elected("one"));
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    until("begun", || wall.looks_at("ada") == 1).await;
    process.stop.cancel();
    api.apply(GREETINGS, greeting("default", "bob", "Bob"));
    pass_time(10).await;
    assert!(holder(&api).starts_with("one_"), "renewed while passes run");
    process.stop().await;
    assert!(is_ready(&api, "ada"));
    assert_eq!(wall.looks_at("bob"), 0, "nothing new is begun");
    assert_eq!(holder(&api), "");
}

#[tokio::test(start_paused = true)]
async fn a_pass_that_does_not_end_in_time_is_dropped_at_the_stop() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    wall.behaves("ada", Mood::Silent);
    let process = start_with(&api, &wall, elected("one"));
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    until("begun", || wall.looks_at("ada") == 1).await;
    let before = Instant::now();
    process.stop().await;
    assert!((20..22).contains(&before.elapsed().as_secs()), "{:?}", before.elapsed());
    assert_eq!(holder(&api), "");
}

#[tokio::test(start_paused = true)]
async fn a_leader_that_cannot_renew_stops_by_itself_and_goes_on_when_it_can() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    wall.behaves("ada", Mood::Slow(Duration::from_secs(30)));
    let process = start_with(&api, &wall, elected("one"));
    until("leads", || !holder(&api).is_empty()).await;
    pass_time(1).await;
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    until("begun", || wall.looks_at("ada") == 1).await;
    api.fault(usize::MAX, Fault::Silence, |call| call.collection == LEASES);
    api.forget_calls();
    pass_time(60).await;
    assert_eq!(wall.looks_at("ada"), 1, "the pass was cut short and none is begun");
    assert_eq!(api.writes(), Vec::<String>::new());
    api.mend();
    until("ready", || is_ready(&api, "ada")).await;
    process.stop().await;
}

/// One candidate without a controller.
struct Candidate {
    fence: Fence,
    leadership: tokio::sync::watch::Receiver<Leadership>,
    task: tokio::task::JoinHandle<()>,
}

fn candidate(api: &FakeApi, identity: &str, times: LeaseTimes) -> Candidate {
    let fence = Fence::closed();
    let metrics = Metrics::new("test");
    let campaign = Campaign::new(api.client(), "system", "greeter", identity, times, fence.clone(), metrics);
    let leadership = campaign.leadership();
    let task = tokio::spawn(campaign.run(CancellationToken::new(), CancellationToken::new()));
    Candidate { fence, leadership, task }
}

#[tokio::test(start_paused = true)]
async fn of_many_candidates_one_leads_at_a_time_whatever_happens_to_their_calls() {
    let api = FakeApi::default();
    let candidates: Vec<_> =
        ["a", "b", "c", "d"].map(|name| candidate(&api, name, LeaseTimes::default())).into();
    let mut leaders = std::collections::HashSet::new();
    for tick in 0..60_000_u32 {
        if tick % 1_500 == 0 {
            // Whoever leads is cut off for a while; the others are not.
            api.mend();
            let who = holder(&api);
            api.fault(usize::MAX, Fault::Silence, move |call| {
                call.body["spec"]["holderIdentity"].as_str().is_some_and(|holder| holder == who)
            });
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
        let open = candidates.iter().filter(|candidate| candidate.fence.is_open()).count();
        assert!(open <= 1, "{open} may write at once");
        leaders.insert(holder(&api));
    }
    assert!(leaders.len() > 3, "leadership went round: {leaders:?}");
    for candidate in candidates {
        candidate.task.abort();
    }
}

#[tokio::test(start_paused = true)]
async fn a_process_that_slept_through_its_lease_does_not_write_when_it_wakes() {
    let api = FakeApi::default();
    let candidate = candidate(&api, "sleeper", LeaseTimes::default());
    until("leads", || candidate.fence.is_open()).await;
    // Nothing of the process runs, as after SIGSTOP, while the clock goes on.
    tokio::time::advance(Duration::from_millis(3_600)).await;
    assert!(!candidate.fence.is_open(), "the fence knows before any timer has fired");
    candidate.task.abort();
}

#[tokio::test(start_paused = true)]
async fn a_label_on_the_lease_does_not_end_the_term() {
    let api = FakeApi::default();
    let candidate = candidate(&api, "one", LeaseTimes::default());
    until("leads", || candidate.fence.is_open()).await;
    let mut leadership = candidate.leadership.clone();
    leadership.mark_unchanged();
    for round in 0..5 {
        let mut lease = api.object(LEASES, "system", "greeter").unwrap();
        lease["metadata"]["annotations"] = json!({"round": round.to_string()});
        api.apply(LEASES, lease);
        pass_time(2).await;
        assert!(candidate.fence.is_open());
    }
    assert!(!leadership.has_changed().unwrap());
    candidate.task.abort();
}

#[tokio::test(start_paused = true)]
async fn the_clock_of_the_other_machine_does_not_matter() {
    let api = FakeApi::default();
    // Renewed, by its own account, a year ago.
    api.apply(LEASES, json!({"apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
        "metadata": {"namespace": "system", "name": "greeter"},
        "spec": {"holderIdentity": "other", "leaseDurationSeconds": 8, "renewTime": "2025-01-01T00:00:00.000000Z", "leaseTransitions": 4}}));
    let before = Instant::now();
    let candidate = candidate(&api, "one", LeaseTimes::default());
    until("leads", || candidate.fence.is_open()).await;
    assert_eq!(before.elapsed().as_secs(), 8, "the other's duration is honoured, from when we saw it");
    let Leadership::Leading(term) = candidate.leadership.borrow().clone() else { panic!("leads") };
    assert_eq!(term.transitions, 5);
    candidate.task.abort();
}

#[test]
fn times_that_let_two_lead_are_refused() {
    let wrong = LeaseTimes { renew_deadline: Duration::from_secs(5), ..LeaseTimes::default() };
    insta::assert_snapshot!(wrong.checked().unwrap_err(), @"lease times must satisfy retry (1.5s) + call timeout (1.2s) < renew deadline (5s) and renew deadline + call timeout < duration (5s); raise the duration");
    assert!(LeaseTimes::default().checked().is_ok());
    for seconds in 1..120 {
        assert!(LeaseTimes::for_duration(Duration::from_secs(seconds)).checked().is_ok(), "{seconds}");
    }
}
