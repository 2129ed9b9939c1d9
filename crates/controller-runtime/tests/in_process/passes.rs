//! What happens to one object.

use std::time::Duration;

use controller_runtime::{Key, Options};
use serde_json::json;

use crate::{
    fake_api::{FakeApi, Fault},
    greeting::{ECHO, Mood, PENCIL, Wall},
    process::{
        CONFIG_MAPS, GREETINGS, condition, events, greeting, is_ready, options, pass_time, salutation, start,
        start_with, until,
    },
};

#[tokio::test(start_paused = true)]
async fn a_new_object_costs_one_read_a_finalizer_its_own_writes_and_one_status_patch() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let process = start(&api, &wall);
    pass_time(1).await;
    api.forget_calls();
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    until("ready", || is_ready(&api, "ada")).await;

    assert_eq!(api.writes(), ["PATCH greetings", "PATCH configmaps", "PATCH greetings/status"]);
    let reads =
        api.calls().iter().filter(|call| call.short() == "GET greetings" && call.name.is_some()).count();
    assert_eq!(reads, 1, "{:?}", api.calls());
    let object = api.object(GREETINGS, "default", "ada").unwrap();
    assert_eq!(object["status"]["text"], "Hello, Ada");
    assert_eq!(object["status"]["observedGeneration"], 1);
    assert_eq!(object["metadata"]["finalizers"], json!(["example.com/wipe"]));
    assert_eq!(condition(&api, "ada", "Ready"), "True/Greeted: in sync");
    assert_eq!(condition(&api, "ada", "Reconciling"), "False/Greeted: ");
    assert_eq!(condition(&api, "ada", "Stalled"), "False/Greeted: ");
    assert_eq!(condition(&api, "ada", "Written"), "True/Greeted: ");
    until("told", || events(&api) == ["Normal Written: wrote \"Hello, Ada\" on the wall"]).await;
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_day_in_which_nothing_changes_brings_resyncs_and_no_write() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let process = start(&api, &wall);
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    until("ready", || is_ready(&api, "ada")).await;
    api.forget_calls();
    let before = wall.looks_at("ada");
    pass_time(86_400).await;
    assert_eq!(api.writes(), Vec::<String>::new());
    let looks = wall.looks_at("ada") - before;
    assert!(
        (143..=144).contains(&looks),
        "{looks}: one look per ten minutes, the first after five to fifteen"
    );
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn what_somebody_changed_outside_is_put_right_at_the_resync() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let process = start(&api, &wall);
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    until("ready", || is_ready(&api, "ada")).await;
    let uid =
        api.object(GREETINGS, "default", "ada").unwrap()["metadata"]["uid"].as_str().unwrap().to_owned();
    wall.scribble("Go away");
    pass_time(15 * 60).await;
    assert_eq!(wall.text(&uid).unwrap(), "Hello, Ada");
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn what_a_pass_wrote_into_status_itself_does_not_stay_because_the_report_says_what_stood_there_before()
{
    let (api, wall) = (FakeApi::default(), Wall::default());
    let process = start(&api, &wall);
    api.apply(GREETINGS, greeting("default", "ada", PENCIL));
    until("ready", || is_ready(&api, "ada")).await;
    let text = || api.object(GREETINGS, "default", "ada").unwrap()["status"]["text"].clone();
    assert_eq!(text(), "Hello, Pencil");
    wall.scribble("Go away");
    api.forget_calls();
    pass_time(15 * 60).await;
    assert_eq!(text(), "Hello, Pencil");
    // Its own write, and the report, which knows the version that this write gave: nothing is read again.
    assert_eq!(api.writes(), ["PATCH greetings/status", "PATCH greetings/status"]);
    let statuses = api.calls().into_iter().filter(|call| call.short() == "PATCH greetings/status");
    let texts: Vec<_> = statuses.map(|call| call.body["status"]["text"].clone()).collect();
    assert_eq!(texts, ["in pencil", "Hello, Pencil"]);
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn an_edit_is_acted_upon_at_once_and_reported_for_its_generation() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let process = start(&api, &wall);
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    until("ready", || is_ready(&api, "ada")).await;
    let before = tokio::time::Instant::now();
    api.apply(GREETINGS, greeting("default", "ada", "Countess"));
    let text = || api.object(GREETINGS, "default", "ada").unwrap()["status"]["text"].clone();
    until("new text", || text() == "Hello, Countess").await;
    assert!(before.elapsed() < Duration::from_millis(100), "{:?}", before.elapsed());
    assert_eq!(api.object(GREETINGS, "default", "ada").unwrap()["status"]["observedGeneration"], 2);
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn deletion_undoes_the_outside_and_then_lets_the_object_go() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let process = start(&api, &wall);
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    until("ready", || is_ready(&api, "ada")).await;
    assert_eq!(wall.len(), 1);
    wall.behaves("ada", Mood::Unreachable);
    api.delete(GREETINGS, "default", "ada");
    until("it says why not", || condition(&api, "ada", "Ready").starts_with("False/WallUnreachable")).await;
    pass_time(600).await;
    assert!(api.object(GREETINGS, "default", "ada").is_some(), "kept while the wall cannot be wiped");
    wall.behaves_well();
    until("gone", || api.object(GREETINGS, "default", "ada").is_none()).await;
    assert_eq!(wall.len(), 0);
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn deletion_does_not_ask_whether_the_spec_is_valid() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let process = start(&api, &wall);
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    until("ready", || is_ready(&api, "ada")).await;
    api.apply(GREETINGS, greeting("default", "ada", ""));
    until("stalled", || condition(&api, "ada", "Stalled").starts_with("True")).await;
    api.delete(GREETINGS, "default", "ada");
    until("gone", || api.object(GREETINGS, "default", "ada").is_none()).await;
    assert_eq!(wall.len(), 0);
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn an_object_that_does_not_parse_stalls_and_the_others_go_on() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let mut odd = greeting("default", "odd", "x");
    odd["spec"]["name"] = json!({"first": "Ada"});
    odd["spec"]["salutationFrom"] = json!(7);
    api.apply(GREETINGS, odd);
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    let process = start(&api, &wall);
    until("the other is ready", || is_ready(&api, "ada")).await;
    until("stalled", || condition(&api, "odd", "Stalled").starts_with("True")).await;
    insta::assert_snapshot!(condition(&api, "odd", "Ready"), @"False/InvalidObject: Greeting default/odd cannot be read: spec.name: invalid type: map, expected a string; correct that field, or apply the CustomResourceDefinition of this version");
    until("told", || events(&api).iter().any(|event| event.starts_with("Warning InvalidObject"))).await;

    api.apply(GREETINGS, greeting("default", "odd", "Odd"));
    until("corrected", || is_ready(&api, "odd")).await;
    process.stop().await;
}

/// What the field that repeats Ready says.
fn summary(api: &FakeApi, name: &str) -> String {
    let object = api.object(GREETINGS, "default", name).unwrap_or_default();
    object["status"]["summary"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test(start_paused = true)]
async fn what_repeats_ready_never_contradicts_it_where_a_pass_ends_before_its_steps() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let process = start(&api, &wall);
    api.apply(GREETINGS, greeting("default", "odd", "Odd"));
    until("ready", || is_ready(&api, "odd")).await;
    assert_eq!(summary(&api, "odd"), "in sync");
    let mut odd = greeting("default", "odd", "x");
    odd["spec"]["name"] = json!({"first": "Ada"});
    api.apply(GREETINGS, odd);
    until("stalled", || condition(&api, "odd", "Stalled").starts_with("True")).await;
    assert_eq!(condition(&api, "odd", "Ready"), format!("False/InvalidObject: {}", summary(&api, "odd")));
    assert_eq!(api.object(GREETINGS, "default", "odd").unwrap()["status"]["text"], "Hello, Odd");

    api.fault(usize::MAX, Fault::Status(403, "no"), |call| call.short() == "PATCH greetings");
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    until("told", || condition(&api, "ada", "Reconciling").starts_with("True/KubernetesForbidden")).await;
    assert_eq!(
        condition(&api, "ada", "Ready"),
        format!("False/KubernetesForbidden: {}", summary(&api, "ada"))
    );
    // A right that is denied for long is nothing that passes.
    until("stalled", || condition(&api, "ada", "Stalled").starts_with("True/KubernetesForbidden")).await;
    assert_eq!(
        condition(&api, "ada", "Ready"),
        format!("False/KubernetesForbidden: {}", summary(&api, "ada"))
    );
    api.mend();
    until("ready", || is_ready(&api, "ada")).await;
    assert_eq!(summary(&api, "ada"), "in sync");

    // Nor where the last thing fails: the wall is wiped, and the object cannot be let go.
    api.fault(usize::MAX, Fault::Status(403, "no"), |call| call.short() == "PATCH greetings");
    api.delete(GREETINGS, "default", "ada");
    until("told", || condition(&api, "ada", "Ready").starts_with("False/KubernetesForbidden")).await;
    assert_eq!(
        condition(&api, "ada", "Ready"),
        format!("False/KubernetesForbidden: {}", summary(&api, "ada"))
    );
    api.mend();
    until("gone", || api.object(GREETINGS, "default", "ada").is_none()).await;
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn an_object_in_deletion_that_does_not_parse_says_how_to_release_it() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let process = start(&api, &wall);
    api.apply(GREETINGS, greeting("default", "odd", "Odd"));
    until("ready", || is_ready(&api, "odd")).await;
    let mut odd = greeting("default", "odd", "x");
    odd["spec"]["name"] = json!(null);
    api.apply(GREETINGS, odd.clone());
    until("stalled", || condition(&api, "odd", "Stalled").starts_with("True")).await;
    api.delete(GREETINGS, "default", "odd");
    until("it says how", || condition(&api, "odd", "Ready").contains("example.com/abandon=true")).await;
    odd["metadata"]["annotations"] = json!({"example.com/abandon": "true"});
    api.apply(GREETINGS, odd);
    until("gone", || api.object(GREETINGS, "default", "odd").is_none()).await;
    assert_eq!(wall.len(), 1, "left alone, as asked");
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_panic_is_one_objects_failure_and_is_tried_again() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    wall.behaves("bad", Mood::Panics);
    let process = start(&api, &wall);
    api.apply(GREETINGS, greeting("default", "bad", "Bad"));
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    until("the other is ready", || is_ready(&api, "ada")).await;
    until("reported", || condition(&api, "bad", "Ready").starts_with("False/InternalError")).await;
    insta::assert_snapshot!(condition(&api, "bad", "Ready"), @"False/InternalError: the controller failed on this object and tries again (the wall is in a mood about bad); please report this as a bug");
    assert!(condition(&api, "bad", "Reconciling").starts_with("True"));
    wall.behaves_well();
    until("it recovers by itself", || is_ready(&api, "bad")).await;
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_pass_that_never_ends_is_cut_short_and_said_so() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    wall.behaves("slow", Mood::Silent);
    let process = start(&api, &wall);
    api.apply(GREETINGS, greeting("default", "slow", "Slow"));
    until("reported", || condition(&api, "slow", "Ready").starts_with("False/PassTimedOut")).await;
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_failed_pass_is_reported_and_keeps_what_the_status_said_before() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let process = start(&api, &wall);
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    until("ready", || is_ready(&api, "ada")).await;
    wall.behaves("ada", Mood::Unreachable);
    api.apply(GREETINGS, greeting("default", "ada", "Countess"));
    until("not ready", || condition(&api, "ada", "Ready").starts_with("False/WallUnreachable")).await;
    let status = api.object(GREETINGS, "default", "ada").unwrap()["status"].clone();
    assert_eq!(status["text"], "Hello, Ada");
    assert_eq!(status["observedGeneration"], 2);
    assert_eq!(condition(&api, "ada", "Written"), "True/Greeted: ");
    api.forget_calls();
    pass_time(600).await;
    assert_eq!(api.writes(), Vec::<String>::new(), "the same failure is not written again and again");
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn conditions_of_others_are_left_alone() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let mut ada = greeting("default", "ada", "Ada");
    ada["status"] = json!({"judgedBy": "jury", "conditions": [{"type": "Judged", "status": "True", "reason": "Nice",
        "message": "", "lastTransitionTime": "2026-01-01T00:00:00Z"}]});
    api.apply(GREETINGS, ada);
    let process = start(&api, &wall);
    until("ready", || is_ready(&api, "ada")).await;
    assert_eq!(condition(&api, "ada", "Judged"), "True/Nice: ");
    assert_eq!(api.object(GREETINGS, "default", "ada").unwrap()["status"]["judgedBy"], "jury");
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_person_is_told_once_and_an_edit_ends_the_waiting() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let process = start(&api, &wall);
    api.apply(GREETINGS, greeting("default", "ada", "A\nB"));
    until("stalled", || condition(&api, "ada", "Stalled").starts_with("True/BadName")).await;
    pass_time(3_000).await;
    assert_eq!(wall.looks_at("ada"), 4, "at once, after 5, 10 and 30 minutes");
    assert_eq!(events(&api), ["Warning BadName: spec.name is \"A\\nB\"; write a name without line breaks"]);
    let before = tokio::time::Instant::now();
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    until("ready", || is_ready(&api, "ada")).await;
    assert!(before.elapsed() < Duration::from_millis(100));
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn something_missing_is_waited_for_and_wakes_its_dependants_when_it_comes() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let process = start(&api, &wall);
    let mut ada = greeting("default", "ada", "Ada");
    ada["spec"]["salutationFrom"] = json!("formal");
    api.apply(GREETINGS, ada);
    until("it says what is missing", || {
        condition(&api, "ada", "Ready").starts_with("False/SalutationMissing")
    })
    .await;
    assert!(condition(&api, "ada", "Stalled").starts_with("False"));
    pass_time(1_000).await;
    let before = tokio::time::Instant::now();
    api.apply(CONFIG_MAPS, salutation("default", "formal", "Dear"));
    until("ready", || is_ready(&api, "ada")).await;
    assert!(before.elapsed() < Duration::from_millis(100), "{:?}", before.elapsed());
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn only_a_change_of_the_contract_wakes_and_only_the_dependants() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    api.apply(CONFIG_MAPS, salutation("default", "formal", "Dear"));
    let mut ada = greeting("default", "ada", "Ada");
    ada["spec"]["salutationFrom"] = json!("formal");
    api.apply(GREETINGS, ada);
    api.apply(GREETINGS, greeting("default", "bob", "Bob"));
    let process = start(&api, &wall);
    until("ready", || is_ready(&api, "ada") && is_ready(&api, "bob")).await;
    let looks = || (wall.looks_at("ada"), wall.looks_at("bob"));

    let mut cosmetic = salutation("default", "formal", "Dear");
    cosmetic["data"]["farewell"] = json!("Yours");
    api.apply(CONFIG_MAPS, cosmetic);
    pass_time(5).await;
    assert_eq!(looks(), (1, 1), "nobody depends on that key");

    api.apply(CONFIG_MAPS, salutation("default", "formal", "Esteemed"));
    let text = || api.object(GREETINGS, "default", "ada").unwrap()["status"]["text"].clone();
    until("new text", || text() == "Esteemed, Ada").await;
    assert_eq!(looks(), (2, 1));
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_new_value_of_the_annotation_forces_one_thorough_pass() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let process = start(&api, &wall);
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    until("ready", || is_ready(&api, "ada")).await;
    let mut ada = greeting("default", "ada", "Ada");
    ada["metadata"]["annotations"] = json!({"example.com/reconcile-at": "now"});
    api.apply(GREETINGS, ada.clone());
    until("forced", || wall.forced() == ["ada"]).await;
    ada["metadata"]["annotations"]["elsewhere.org/note"] = json!("of no interest");
    let before = wall.looks_at("ada");
    api.apply(GREETINGS, ada);
    pass_time(5).await;
    assert_eq!(wall.looks_at("ada"), before, "annotations of others wake nobody");
    pass_time(3_600).await;
    assert_eq!(wall.forced(), ["ada"], "the same value forces once");
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn an_object_is_never_worked_on_twice_at_once_and_a_wake_meanwhile_is_kept() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    wall.behaves("ada", Mood::Slow(Duration::from_secs(10)));
    let process = start(&api, &wall);
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    until("begun", || wall.looks_at("ada") == 1).await;
    for whom in ["B", "C", "D"] {
        api.apply(GREETINGS, greeting("default", "ada", whom));
        process.waker.wake(Key::namespaced("default", "ada"));
        pass_time(1).await;
    }
    pass_time(60).await;
    assert_eq!(wall.looks_at("ada"), 2, "three edits and three wakes while it ran are one more pass");
    assert_eq!(wall.most_at_once("ada"), 1);
    assert_eq!(api.object(GREETINGS, "default", "ada").unwrap()["status"]["text"], "Hello, D");
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_wake_from_outside_is_a_pass_at_once_and_one_for_nobody_is_ignored() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let process = start(&api, &wall);
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    until("ready", || is_ready(&api, "ada")).await;
    wall.scribble("Go away");
    api.forget_calls();
    process.waker.wake(Key::namespaced("default", "nobody"));
    process.waker.wake(Key::namespaced("default", "ada"));
    until("put right", || wall.looks_at("ada") == 2).await;
    pass_time(5).await;
    assert!(api.calls().iter().all(|call| call.name.as_deref() != Some("nobody")));
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_busy_namespace_leaves_a_worker_for_the_others() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let process = start_with(&api, &wall, Options { concurrency: 4, ..options() });
    for number in 0..50 {
        let name = format!("busy-{number}");
        wall.behaves(&name, Mood::Slow(Duration::from_secs(60)));
        api.apply(GREETINGS, greeting("busy", &name, "X"));
    }
    until("all but one worker are taken", || wall.looks().len() == 3).await;
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    let before = tokio::time::Instant::now();
    until("ready", || is_ready(&api, "ada")).await;
    assert!(before.elapsed() < Duration::from_secs(1), "{:?}", before.elapsed());
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn somebody_elses_finalizer_written_at_the_same_moment_is_kept() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let process = start(&api, &wall);
    pass_time(1).await;
    // The first patch is refused as if the list had changed meanwhile, and it has.
    api.fault(
        1,
        Fault::Status(422, "the server rejected our request due to an error in our request"),
        |call| call.short() == "PATCH greetings",
    );
    let mut ada = greeting("default", "ada", "Ada");
    ada["metadata"]["finalizers"] = json!(["other.org/hold"]);
    api.apply(GREETINGS, ada);
    pass_time(1).await;
    // 422 although nothing changed is the server's verdict on the object.
    assert!(
        condition(&api, "ada", "Ready").starts_with("False/KubernetesRefused"),
        "{}",
        condition(&api, "ada", "Ready")
    );

    api.fault(1, Fault::Status(409, "the object has been modified"), |call| {
        call.short() == "PATCH greetings"
    });
    process.waker.wake(Key::namespaced("default", "ada"));
    until("ready", || is_ready(&api, "ada")).await;
    let finalizers =
        || api.object(GREETINGS, "default", "ada").map(|ada| ada["metadata"]["finalizers"].clone());
    assert_eq!(finalizers(), Some(json!(["other.org/hold", "example.com/wipe"])));
    api.delete(GREETINGS, "default", "ada");
    until("only the other is left", || finalizers() == Some(json!(["other.org/hold"]))).await;
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn an_object_of_another_operator_changes_finalizers_when_it_is_taken_over_and_not_before() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let process = start(&api, &wall);
    pass_time(1).await;
    let mut ada = greeting("default", "ada", "");
    ada["metadata"]["finalizers"] = json!(["example.org/paint-over", "other.org/hold"]);
    api.apply(GREETINGS, ada);
    let finalizers =
        || api.object(GREETINGS, "default", "ada").map(|ada| ada["metadata"]["finalizers"].clone());
    until("refused", || condition(&api, "ada", "Ready").starts_with("False/")).await;
    assert_eq!(
        finalizers(),
        Some(json!(["example.org/paint-over", "other.org/hold"])),
        "nothing is taken over"
    );

    // Somebody else writes at the moment in which the finalizers are replaced: it is tried again.
    api.fault(1, Fault::Status(409, "the object has been modified"), |call| {
        call.short() == "PATCH greetings"
    });
    api.forget_calls();
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    until("ready", || is_ready(&api, "ada")).await;
    until("replaced", || finalizers() == Some(json!(["other.org/hold", "example.com/wipe"]))).await;
    let writes = api.writes();
    let status = writes.iter().position(|write| write == "PATCH greetings/status");
    let replaced = writes.iter().position(|write| write == "PATCH greetings");
    assert!(status < replaced, "what was taken over is written down first: {writes:?}");

    api.delete(GREETINGS, "default", "ada");
    until("only the other is left", || finalizers() == Some(json!(["other.org/hold"]))).await;
    assert_eq!(wall.len(), 0, "torn down as any other");
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn an_object_of_another_operator_in_deletion_is_torn_down_and_let_go() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let mut ada = greeting("default", "ada", "Ada");
    ada["metadata"]["finalizers"] = json!(["example.org/paint-over"]);
    api.apply(GREETINGS, ada);
    api.delete(GREETINGS, "default", "ada");
    assert!(api.object(GREETINGS, "default", "ada").is_some(), "held by the finalizer of before");
    let process = start(&api, &wall);
    until("gone", || api.object(GREETINGS, "default", "ada").is_none()).await;
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_status_that_could_not_be_written_is_written_later() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let process = start(&api, &wall);
    api.fault(8, Fault::Status(503, "overloaded"), |call| call.short() == "PATCH greetings/status");
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    until("ready", || is_ready(&api, "ada")).await;
    assert!(wall.looks_at("ada") >= 2);
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_right_that_is_denied_is_retried_for_five_minutes_and_then_stalls() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let process = start(&api, &wall);
    api.fault(usize::MAX, Fault::Status(403, "configmaps is forbidden"), |call| {
        call.short() == "PATCH configmaps"
    });
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    until("retried", || condition(&api, "ada", "Reconciling").starts_with("True/KubernetesForbidden")).await;
    let before = tokio::time::Instant::now();
    until("stalled", || condition(&api, "ada", "Stalled").starts_with("True/KubernetesForbidden")).await;
    assert!((300..900).contains(&before.elapsed().as_secs()), "{:?}", before.elapsed());
    insta::assert_snapshot!(condition(&api, "ada", "Ready"), @"False/KubernetesForbidden: the API server answered 403: configmaps is forbidden");
    api.mend();
    process.waker.wake(Key::namespaced("default", "ada"));
    until("ready", || is_ready(&api, "ada")).await;
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_status_never_lands_on_an_object_made_anew_and_an_edit_meanwhile_does_not_stop_it() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    wall.behaves("ada", Mood::Slow(Duration::from_secs(5)));
    let process = start(&api, &wall);
    api.apply(GREETINGS, greeting("default", "ada", "Ada"));
    until("begun", || wall.looks_at("ada") == 1).await;
    let mut labelled = greeting("default", "ada", "Ada");
    labelled["metadata"]["annotations"] = json!({"elsewhere.org/note": "written during the pass"});
    api.apply(GREETINGS, labelled);
    until("ready", || is_ready(&api, "ada")).await;
    assert_eq!(wall.looks_at("ada"), 1);

    wall.behaves("eve", Mood::Slow(Duration::from_secs(5)));
    api.apply(GREETINGS, greeting("default", "eve", "First"));
    until("begun", || wall.looks_at("eve") == 1).await;
    api.delete_unseen(GREETINGS, "default", "eve");
    api.apply(GREETINGS, greeting("default", "eve", "Second"));
    pass_time(4).await;
    wall.behaves("eve", Mood::Silent);
    pass_time(2).await;
    assert_eq!(
        api.object(GREETINGS, "default", "eve").unwrap()["status"],
        json!(null),
        "nothing of the first one"
    );
    process.stop().await;
}

#[tokio::test(start_paused = true)]
async fn what_no_pass_can_mend_is_looked_at_at_each_resync_and_told_once() {
    let (api, wall) = (FakeApi::default(), Wall::default());
    let process = start(&api, &wall);
    api.apply(GREETINGS, greeting("default", "stubborn", ECHO));
    until("stalled", || condition(&api, "stubborn", "Stalled").starts_with("True/WallEchoes")).await;
    let looks = wall.looks_at("stubborn");
    wall.scribble("something else");
    pass_time(3_600).await;
    // Every ten minutes, and not after hours only.
    let later = wall.looks_at("stubborn") - looks;
    assert!((5..=7).contains(&later), "{later}");
    let uid =
        api.object(GREETINGS, "default", "stubborn").unwrap()["metadata"]["uid"].as_str().unwrap().to_owned();
    assert_eq!(wall.text(&uid).as_deref(), Some("Hello, Echo"), "the rest is kept");
    let told: Vec<_> = events(&api).into_iter().filter(|event| event.contains("WallEchoes")).collect();
    assert_eq!(told, ["Warning WallEchoes: the wall says another name; choose one that it takes"]);
    api.forget_calls();
    pass_time(3_600).await;
    assert!(api.writes().is_empty(), "{:?}", api.writes());
    process.stop().await;
}
