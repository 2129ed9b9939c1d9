use std::sync::atomic::{AtomicU16, Ordering};

use super::super::testing::{Server, count, exchange, never, scripted, status};
use super::*;
use crate::error::{LoginError, TransportFault};

const PAUSE: Duration = Duration::from_secs(60);

fn breaker() -> Arc<Breaker> {
    Arc::new(Breaker::new(5, PAUSE))
}

async fn call(breaker: &Arc<Breaker>, server: impl Server) -> Outcome {
    BreakerLayer(Arc::clone(breaker)).layer(server).oneshot(exchange("client_get")).await
}

/// A server whose status can be changed.
fn adjustable() -> (Arc<AtomicU16>, impl Server, Arc<std::sync::atomic::AtomicUsize>) {
    let code = Arc::new(AtomicU16::new(500));
    let shared = Arc::clone(&code);
    let (server, asked) = scripted(move |_| status(shared.load(Ordering::SeqCst)));
    (code, server, asked)
}

#[tokio::test(start_paused = true)]
async fn five_failures_in_a_row_open_it_and_then_nothing_is_sent() {
    let (breaker, (_, server, asked)) = (breaker(), adjustable());
    for _ in 0..5 {
        assert_eq!(breaker.state(), BreakerState::Closed);
        assert!(call(&breaker, server.clone()).await.is_ok());
    }
    let refusal = call(&breaker, server).await.unwrap_err();
    let Refusal::BreakerOpen(retry_after) = refusal else { panic!("{refusal:?}") };
    assert!(retry_after >= PAUSE && retry_after <= PAUSE.mul_f64(1.1), "{retry_after:?}");
    assert_eq!(count(&asked), 5);
}

#[tokio::test(start_paused = true)]
async fn a_success_between_failures_starts_the_count_again() {
    let (breaker, (code, server, _)) = (breaker(), adjustable());
    for _ in 0..3 {
        for _ in 0..4 {
            let _ = call(&breaker, server.clone()).await;
        }
        code.store(404, Ordering::SeqCst);
        let _ = call(&breaker, server.clone()).await;
        code.store(500, Ordering::SeqCst);
    }
    assert_eq!(breaker.state(), BreakerState::Closed);
}

#[tokio::test(start_paused = true)]
async fn a_4xx_never_counts_and_time_limits_connections_and_failed_logins_do() {
    let login = |status: u16| {
        Refusal::Login(LoginError::Unavailable {
            account: "a".into(),
            status: http::StatusCode::from_u16(status).unwrap(),
            message: crate::error::KeycloakMessage::default(),
        })
    };
    let outcomes: Vec<(Outcome, bool)> = vec![
        (status(400), false),
        (status(401), false),
        (status(403), false),
        (status(404), false),
        (status(429), false),
        (Err(login(429)), false),
        (Err(Refusal::Login(LoginError::RealmDisabled { realm: "r".into(), account: "a".into() })), false),
        (status(500), true),
        (status(503), true),
        (Err(login(502)), true),
        (Err(Refusal::Timeout(PAUSE)), true),
        (Err(Refusal::Transport(TransportFault::Connect("refused".into()))), true),
        (Err(Refusal::Transport(TransportFault::Broken("reset".into()))), true),
    ];
    for (outcome, opens) in outcomes {
        let breaker = breaker();
        let (server, asked) = scripted({
            let outcome = outcome.clone();
            move |_| outcome.clone()
        });
        for _ in 0..20 {
            let _ = call(&breaker, server.clone()).await;
        }
        assert_eq!(count(&asked), if opens { 5 } else { 20 }, "{outcome:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn after_the_pause_one_probe_goes_and_its_success_closes() {
    let (breaker, (code, server, asked)) = (breaker(), adjustable());
    for _ in 0..5 {
        let _ = call(&breaker, server.clone()).await;
    }
    tokio::time::sleep(PAUSE.mul_f64(0.99)).await;
    assert!(call(&breaker, server.clone()).await.is_err(), "not before the pause is over");
    tokio::time::sleep(PAUSE.mul_f64(0.12)).await;
    assert_eq!(breaker.state(), BreakerState::HalfOpen);
    code.store(200, Ordering::SeqCst);
    assert!(call(&breaker, server.clone()).await.is_ok());
    assert_eq!(breaker.state(), BreakerState::Closed);
    assert_eq!(count(&asked), 6);
}

#[tokio::test(start_paused = true)]
async fn a_failed_probe_opens_it_again_for_a_whole_pause() {
    let (breaker, (_, server, asked)) = (breaker(), adjustable());
    for _ in 0..5 {
        let _ = call(&breaker, server.clone()).await;
    }
    tokio::time::sleep(PAUSE.mul_f64(1.11)).await;
    assert!(call(&breaker, server.clone()).await.is_ok(), "the probe itself is answered");
    assert!(matches!(breaker.state(), BreakerState::Open { retry_after } if retry_after >= PAUSE));
    assert_eq!(count(&asked), 6);
}

#[tokio::test(start_paused = true)]
async fn while_a_probe_is_under_way_nothing_else_goes_and_a_probe_given_up_is_replaced() {
    let (breaker, (code, server, asked)) = (breaker(), adjustable());
    for _ in 0..5 {
        let _ = call(&breaker, server.clone()).await;
    }
    tokio::time::sleep(PAUSE.mul_f64(1.11)).await;
    let probe = tokio::spawn({
        let breaker = Arc::clone(&breaker);
        async move { call(&breaker, never()).await }
    });
    tokio::task::yield_now().await;
    assert_eq!(
        call(&breaker, server.clone()).await.unwrap_err(),
        Refusal::BreakerOpen(Duration::from_secs(1))
    );
    probe.abort();
    let _ = probe.await;
    code.store(200, Ordering::SeqCst);
    assert!(call(&breaker, server.clone()).await.is_ok());
    assert_eq!(breaker.state(), BreakerState::Closed);
    assert_eq!(count(&asked), 6);
}

#[tokio::test(start_paused = true)]
async fn an_answer_from_before_it_opened_does_not_close_it() {
    let breaker = breaker();
    let early = breaker.admit().unwrap();
    for _ in 0..5 {
        let _ = call(&breaker, scripted(|_| status(500)).0).await;
    }
    let mut early = early;
    early.verdict = Verdict::Well;
    drop(early);
    assert!(matches!(breaker.state(), BreakerState::Open { .. }));
}
