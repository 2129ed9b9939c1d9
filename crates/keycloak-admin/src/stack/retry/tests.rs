use http::HeaderValue;
use tokio::time::Instant;

use super::super::testing::{count, exchange, scripted, status};
use super::*;

fn layer() -> RetryLayer {
    RetryLayer::new(&Limits::default())
}

/// Final status or refusal, and the number of attempts.
async fn attempts(
    operation: &str,
    answer: impl Fn(usize) -> Outcome + Clone + Send + Sync + 'static,
) -> (Outcome, usize) {
    let (server, asked) = scripted(answer);
    let outcome = layer().layer(server).oneshot(exchange(operation)).await;
    (outcome, count(&asked))
}

fn login_that(fault: TransportFault) -> Refusal {
    Refusal::Login(LoginError::Transport { account: "a".into(), fault })
}

#[tokio::test(start_paused = true)]
async fn reading_changing_and_deleting_are_sent_again_and_creating_is_not() {
    for (operation, expected) in
        [("client_get", 3), ("client_update", 3), ("client_delete", 3), ("client_create", 1)]
    {
        for code in [502, 503, 504] {
            assert_eq!(attempts(operation, move |_| status(code)).await.1, expected, "{operation} {code}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_second_attempt_that_succeeds_is_the_answer() {
    let (outcome, asked) = attempts("client_get", |n| status(if n == 0 { 503 } else { 200 })).await;
    assert_eq!((outcome.unwrap().status().as_u16(), asked), (200, 2));
}

#[tokio::test(start_paused = true)]
async fn what_was_refused_before_anything_was_done_is_sent_again_whatever_it_is() {
    let refused = || Err(Refusal::Transport(TransportFault::Connect("refused".into())));
    assert_eq!(attempts("client_create", move |_| refused()).await.1, 3);
    let login = || login_that(TransportFault::Connect("refused".into()));
    assert_eq!(attempts("client_create", move |_| Err(login())).await.1, 3);
    assert_eq!(attempts("client_create", |_| status(429)).await.1, 3);
}

#[tokio::test(start_paused = true)]
async fn a_broken_connection_repeats_only_what_is_idempotent() {
    let broken = || Err(Refusal::Transport(TransportFault::Broken("reset".into())));
    assert_eq!(attempts("client_create", move |_| broken()).await.1, 1);
    assert_eq!(attempts("client_update", move |_| broken()).await.1, 3);
}

#[tokio::test(start_paused = true)]
async fn refusals_that_time_or_the_caller_must_mend_are_not_repeated() {
    let login = LoginError::RealmDisabled { realm: "r".into(), account: "a".into() };
    let refusals = [
        Refusal::Timeout(Duration::from_secs(30)),
        Refusal::BreakerOpen(Duration::from_secs(60)),
        Refusal::Saturated(Duration::from_secs(60)),
        Refusal::TooLarge(1),
        Refusal::Login(login),
        login_that(TransportFault::Broken("reset".into())),
        login_that(TransportFault::Certificate("unknown issuer".into())),
        Refusal::Transport(TransportFault::Certificate("unknown issuer".into())),
    ];
    for refusal in refusals {
        let expected = refusal.clone();
        let (outcome, asked) = attempts("client_get", move |_| Err(refusal.clone())).await;
        assert_eq!((outcome.unwrap_err(), asked), (expected, 1));
    }
    for code in [400, 403, 404, 409, 500] {
        assert_eq!(attempts("client_get", move |_| status(code)).await.1, 1, "{code}");
    }
}

#[tokio::test(start_paused = true)]
async fn after_a_401_any_call_is_sent_once_again_and_not_twice() {
    let started = Instant::now();
    for operation in ["client_get", "client_create"] {
        assert_eq!(attempts(operation, |_| status(401)).await.1, 2);
    }
    assert_eq!(started.elapsed(), Duration::ZERO, "at once");
}

#[tokio::test(start_paused = true)]
async fn pauses_grow_and_follow_retry_after_up_to_a_limit() {
    let with_header = |seconds: &'static str| {
        move |_| {
            let mut answer = status(503)?;
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(seconds));
            Ok(answer)
        }
    };
    let started = Instant::now();
    assert_eq!(attempts("client_get", |_| status(503)).await.1, 3);
    let usual = started.elapsed();
    assert!(usual >= Duration::from_millis(300) && usual < Duration::from_secs(1), "{usual:?}");

    let started = Instant::now();
    assert_eq!(attempts("client_get", with_header("4")).await.1, 3);
    assert_eq!(started.elapsed().as_secs(), 8);

    let started = Instant::now();
    assert_eq!(attempts("client_get", with_header("3600")).await.1, 1);
    assert_eq!(started.elapsed(), Duration::ZERO);
}
