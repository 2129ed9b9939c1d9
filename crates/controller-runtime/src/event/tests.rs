use std::time::Duration;

use k8s_openapi::api::core::v1::ObjectReference;
use kube::core::Status;

use super::{Events, Notice, refused_by_the_end};
use crate::{class::Reason, metrics::Metrics};

const WHY: Reason = Reason::new("Why");

fn about(uid: &str) -> ObjectReference {
    ObjectReference { uid: Some(uid.into()), ..ObjectReference::default() }
}

fn events() -> (Events, super::Postman) {
    let nobody = tower::service_fn(|_: http::Request<kube::client::Body>| {
        std::future::pending::<Result<http::Response<kube::client::Body>, std::convert::Infallible>>()
    });
    Events::new(kube::Client::new(nobody, "default"), "test", "test", Metrics::new("test"))
}

#[tokio::test(start_paused = true)]
async fn the_same_notice_is_held_back_for_an_hour_and_another_note_is_not() {
    let (events, mut postman) = events();
    let mut sent = |note: &str| {
        events.send(about("a"), "Reconcile", Notice::warning(WHY, note));
        postman.inbox.try_recv().is_ok()
    };
    assert!(sent("first"));
    assert!(!sent("first"));
    assert!(sent("second"), "the same reason with another note");
    tokio::time::sleep(Duration::from_secs(3_600)).await;
    assert!(sent("first"));
}

#[tokio::test(start_paused = true)]
async fn a_chatty_object_is_silenced_and_the_others_are_not() {
    let (events, mut postman) = events();
    for number in 0..100 {
        events.send(about("chatty"), "Reconcile", Notice::normal(WHY, number.to_string()));
    }
    events.send(about("quiet"), "Reconcile", Notice::normal(WHY, "once"));
    let mut sent = Vec::new();
    while let Ok(letter) = postman.inbox.try_recv() {
        sent.push(letter.about.uid.unwrap());
    }
    assert_eq!(sent.len(), 26);
    assert_eq!(sent.last().unwrap(), "quiet");
    tokio::time::sleep(Duration::from_secs(301)).await;
    events.send(about("chatty"), "Reconcile", Notice::normal(WHY, "later"));
    assert!(postman.inbox.try_recv().is_ok(), "one more after five minutes");
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_for_events_that_are_not_taken() {
    let (events, postman) = events();
    for number in 0..3_000 {
        events.send(about(&number.to_string()), "Reconcile", Notice::normal(WHY, "x"));
    }
    assert_eq!(postman.inbox.len(), 1_024);
}

#[test]
fn a_namespace_that_ends_may_refuse_events() {
    let forbidden = |message: &str| Status::failure(message, "Forbidden").with_code(403);
    assert!(refused_by_the_end(&forbidden(
        "unable to create new content in namespace x because it is being terminated"
    )));
    assert!(refused_by_the_end(&Status::failure("namespaces \"x\" not found", "NotFound").with_code(404)));
    assert!(!refused_by_the_end(&forbidden("events is forbidden: User \"x\" cannot create")));
}
