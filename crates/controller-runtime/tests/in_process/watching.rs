//! What the watch cache survives.

use controller_runtime::{Namespaces, Options};

use crate::{
    fake_api::{Call, FakeApi, Fault},
    greeting::{Mood, Wall},
    process::{
        CONFIG_MAPS, GREETINGS, condition, greeting, is_ready, options, pass_time, salutation, start,
        start_with, until,
    },
};

fn lists(api: &FakeApi) -> usize {
    let begins_anew = |call: &&Call| {
        call.collection == GREETINGS
            && (call.query.contains_key("sendInitialEvents") || (call.name.is_none() && !call.is_watch()))
    };
    api.calls().iter().filter(begins_anew).count()
}

#[tokio::test(start_paused = true)]
async fn a_watch_that_ends_goes_on_where_it_was() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let process = start(&api, &wall);
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    until("ready", || is_ready(&api, "ada")).await;
    api.end_watches();
    api.apply(GREETINGS, greeting("default", "bob", "Bob"));
    until("ready", || is_ready(&api, "bob")).await;
    assert_eq!(lists(&api), 1);
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn after_410_everything_is_listed_anew_and_what_is_gone_is_forgotten() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let process = start(&api, &wall);
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    api.apply(GREETINGS, greeting("default", "bob", "Bob"));
    until("ready", || is_ready(&api, "ada") && is_ready(&api, "bob")).await;
    let before = (wall.looks_at("ada"), wall.looks_at("bob"));
    api.delete_unseen(GREETINGS, "default", "bob");
    api.compact();
    api.apply(GREETINGS, greeting("default", "eve", "Eve"));
    until("the new one is ready", || is_ready(&api, "eve")).await;
    assert_eq!(lists(&api), 2);
    assert_eq!(wall.looks_at("ada"), before.0, "what did not change is not looked at");
    pass_time(3_600).await;
    assert_eq!(wall.looks_at("bob"), before.1, "what is gone has no resync");
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn where_lists_are_not_streamed_they_are_read_in_pages() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    api.refuse_streaming();
    for number in 0..250 {
        api.apply(GREETINGS, greeting("default", &format!("g-{number}"), "X"));
    }
    let process = start(&api, &wall);
    until("all are written", || wall.len() == 250).await;
    let pages = api
        .calls()
        .iter()
        .filter(|call| call.collection == GREETINGS && call.query.contains_key("limit"))
        .count();
    assert_eq!(pages, 3);
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_restart_with_nothing_changed_reads_no_object_until_the_resync() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    for number in 0..20 {
        api.apply(GREETINGS, greeting("default", &format!("g-{number}"), "X"));
    }
    let process = start(&api, &wall);
    until("all are ready", || (0..20).all(|number| is_ready(&api, &format!("g-{number}")))).await;
    process.stop().await;
    api.forget_calls();
    let before = wall.looks().len();

    let process = start(&api, &wall);
    pass_time(60).await;
    assert!(api.calls().iter().all(|call| call.name.is_none()), "{:?}", api.calls());
    api.apply(GREETINGS, greeting("default", "g-7", "Y"));
    until("an edit is seen", || wall.looks().len() == before + 1).await;
    pass_time(900).await;
    assert!(wall.looks().len() >= before + 20, "the resync looks at all");
    assert_eq!(api.writes(), ["PATCH configmaps", "PATCH greetings/status"], "of the edit");
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn what_changed_while_nobody_was_there_is_done_after_the_restart() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let process = start(&api, &wall);
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    api.apply(GREETINGS, greeting("default", "bob", "Bob"));
    until("ready", || is_ready(&api, "ada") && is_ready(&api, "bob")).await;
    process.stop().await;
    api.apply(GREETINGS, greeting("default", "ada", "Countess"));
    api.delete(GREETINGS, "default", "bob");
    let process = start(&api, &wall);
    let text = || api.object(GREETINGS, "default", "ada").unwrap()["status"]["text"].clone();
    until("done", || text() == "Hello, Countess" && api.object(GREETINGS, "default", "bob").is_none()).await;
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_server_that_fails_or_is_silent_at_the_start_is_asked_again() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    api.fault(3, Fault::Status(500, "etcdserver: request timed out"), Call::is_watch);
    api.fault(2, Fault::Silence, Call::is_watch);
    let process = start(&api, &wall);
    until("ready", || is_ready(&api, "ada")).await;
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_silent_server_ends_a_read_in_time_and_the_read_is_repeated() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let process = start(&api, &wall);
    api.fault(1, Fault::Silence, |call| call.short() == "GET greetings" && call.name.is_some());
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    let before = tokio::time::Instant::now();
    until("ready", || is_ready(&api, "ada")).await;
    assert!((10..12).contains(&before.elapsed().as_secs()), "{:?}", before.elapsed());
    assert_eq!(wall.looks_at("ada"), 1, "the repetition is the call's, not the pass's");
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_foreign_kind_that_the_server_does_not_have_holds_nobody_up() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    api.fault(usize::MAX, Fault::Status(404, "the server could not find the requested resource"), |call| {
        call.collection == "/configmaps" && call.name.is_none()
    });
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    let process = start(&api, &wall);
    until("ready", || is_ready(&api, "ada")).await;
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn only_the_named_namespaces_are_looked_at() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    for namespace in ["default", "second", "third"] {
        api.apply(GREETINGS, greeting(namespace, namespace, "X"));
    }
    let namespaces = Namespaces::of(vec!["second".into(), "default".into(), "default".into()]);
    let process = start_with(&api, &wall, Options { namespaces, ..options() });
    until("two are written", || wall.len() == 2).await;
    pass_time(3_600).await;
    assert_eq!(wall.looks_at("third"), 0);
    assert_eq!(condition(&api, "default", "Ready"), "True/Greeted: in sync");
    assert!(api.calls().iter().all(|call| call.namespace.as_deref() != Some("third")));
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn what_speaks_about_an_object_wakes_it_where_it_is_in_deletion_and_not_before() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let process = start(&api, &wall);
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    until("ready", || is_ready(&api, "ada")).await;
    let speaks = |text: &str| {
        let mut map = salutation("default", "note", text);
        map["data"]["about"] = "ada".into();
        api.apply(CONFIG_MAPS, map);
    };
    let before = wall.looks_at("ada");
    speaks("one");
    pass_time(5).await;
    assert_eq!(wall.looks_at("ada"), before, "it lives, and takes no notice");
    // Its teardown waits for longer and longer.
    wall.behaves("ada", Mood::Unreachable);
    api.delete(GREETINGS, "default", "ada");
    pass_time(600).await;
    let before = wall.looks_at("ada");
    pass_time(1).await;
    speaks("two");
    until("it is looked at", || wall.looks_at("ada") > before).await;
    wall.behaves_well();
    speaks("three");
    pass_time(1).await;
    assert!(api.object(GREETINGS, "default", "ada").is_none(), "it is gone at once");
    process.stop().await;
}
